#include "languages.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LANGUAGES_MAX = 255 };

static const struct language nothing; /* what number 0 is before memory was had */

/* Does the tag begin with these subtags? */
static bool begins(const char *name, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncasecmp(name, prefix, length) == 0 && (name[length] == '\0' || name[length] == '-');
}

static bool has_subtag(const char *name, const char *subtag)
{
    size_t length = strlen(subtag);
    for (const char *at = strchr(name, '-'); at != NULL; at = strchr(at + 1, '-')) {
        if (strncasecmp(at + 1, subtag, length) == 0 && (at[1 + length] == '\0' || at[1 + length] == '-')) {
            return true;
        }
    }
    return false;
}

static const char *east_of(const char *name)
{
    if (begins(name, "ja")) {
        return "ja";
    }
    if (begins(name, "ko")) {
        return "ko";
    }
    if (begins(name, "yue") || has_subtag(name, "HK") || has_subtag(name, "MO")) {
        return has_subtag(name, "Hans") ? "zh-Hans" : "zh-Hant-HK";
    }
    if (begins(name, "zh")) {
        return has_subtag(name, "Hant") || has_subtag(name, "TW") ? "zh-Hant" : "zh-Hans";
    }
    return NULL;
}

static bool is_rtl(const char *name)
{
    static const char *const tags[] = {
        "ar", "he", "iw", "fa", "ur", "ps", "yi", "ug", "sd", "ckb", "dv", "syr", "arc"};
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (begins(name, tags[i])) {
            return !has_subtag(name, "Latn") && !has_subtag(name, "Cyrl");
        }
    }
    return has_subtag(name, "Arab") || has_subtag(name, "Hebr");
}

static bool add(struct languages *languages, const char *name, size_t length)
{
    struct language language = {0};
    memcpy(language.name, name, length);
    language.hb = length > 0 ? hb_language_from_string(name, (int)length) : HB_LANGUAGE_INVALID;
    language.east = east_of(language.name);
    language.rtl = is_rtl(language.name);
    return ARRAY_PUSH(languages->items, languages->count, languages->capacity, language);
}

int languages_intern(struct languages *languages, const char *name)
{
    if (languages->count == 0 && !add(languages, "", 0)) {
        return 0;
    }
    size_t length = name != NULL ? strnlen(name, sizeof languages->items->name - 1) : 0;
    for (size_t i = 0; length > 0 && i < languages->count; i++) {
        const char *known = languages->items[i].name;
        if (memcmp(known, name, length) == 0 && known[length] == '\0') {
            return (int)i;
        }
    }
    if (length == 0 || languages->count >= LANGUAGES_MAX || !add(languages, name, length)) {
        return 0;
    }
    return (int)languages->count - 1;
}

const struct language *languages_get(const struct languages *languages, int number)
{
    return (size_t)number < languages->count ? &languages->items[number] : &nothing;
}

void languages_finish(struct languages *languages)
{
    free(languages->items);
    *languages = (struct languages){0};
}
