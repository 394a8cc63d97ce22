/* Stretches of one script, and so of one voice. */
#include "voice/voice.h"

#include "base/array.h"
#include "base/utf8.h"

#include <string.h>
#include <unicode/uscript.h>

/* Whose voice reads a script where the text's own language is not written in it. */
static const struct {
    UScriptCode script;
    const char *language;
} usual[] = {
    {USCRIPT_LATIN, "en"},
    {USCRIPT_CYRILLIC, "ru"},
    {USCRIPT_GREEK, "el"},
    {USCRIPT_HAN, "zh-Hans"},
    {USCRIPT_HANGUL, "ko"},
    {USCRIPT_HIRAGANA, "ja"},
    {USCRIPT_KATAKANA, "ja"},
    {USCRIPT_ARABIC, "ar"},
    {USCRIPT_HEBREW, "he"},
    {USCRIPT_DEVANAGARI, "hi"},
    {USCRIPT_THAI, "th"},
    {USCRIPT_ARMENIAN, "hy"},
    {USCRIPT_GEORGIAN, "ka"},
    {USCRIPT_BENGALI, "bn"},
    {USCRIPT_TAMIL, "ta"},
};

/* The scripts of the languages that are not written in Latin letters. */
static const struct {
    const char *language;
    UScriptCode scripts[4];
} written[] = {
    {"ru", {USCRIPT_CYRILLIC}},
    {"uk", {USCRIPT_CYRILLIC}},
    {"be", {USCRIPT_CYRILLIC}},
    {"bg", {USCRIPT_CYRILLIC}},
    {"mk", {USCRIPT_CYRILLIC}},
    {"sr", {USCRIPT_CYRILLIC, USCRIPT_LATIN}},
    {"kk", {USCRIPT_CYRILLIC}},
    {"ky", {USCRIPT_CYRILLIC}},
    {"tt", {USCRIPT_CYRILLIC}},
    {"mn", {USCRIPT_CYRILLIC}},
    {"el", {USCRIPT_GREEK}},
    {"zh", {USCRIPT_HAN}},
    {"yue", {USCRIPT_HAN}},
    {"cmn", {USCRIPT_HAN}},
    {"ko", {USCRIPT_HANGUL}},
    {"ja", {USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HAN}},
    {"ar", {USCRIPT_ARABIC}},
    {"fa", {USCRIPT_ARABIC}},
    {"ur", {USCRIPT_ARABIC}},
    {"he", {USCRIPT_HEBREW}},
    {"yi", {USCRIPT_HEBREW}},
    {"hi", {USCRIPT_DEVANAGARI}},
    {"mr", {USCRIPT_DEVANAGARI}},
    {"ne", {USCRIPT_DEVANAGARI}},
    {"th", {USCRIPT_THAI}},
    {"hy", {USCRIPT_ARMENIAN}},
    {"ka", {USCRIPT_GEORGIAN}},
    {"bn", {USCRIPT_BENGALI}},
    {"ta", {USCRIPT_TAMIL}},
};

static bool is_of(const char *tag, const char *language)
{
    size_t length = strlen(language);
    return strncmp(tag, language, length) == 0 && (tag[length] == '\0' || tag[length] == '-');
}

static bool writes(const char *language, UScriptCode script)
{
    for (size_t i = 0; i < ARRAY_LENGTH(written); i++) {
        if (is_of(language, written[i].language)) {
            for (size_t k = 0; k < ARRAY_LENGTH(written[i].scripts); k++) {
                if (written[i].scripts[k] == script && script != USCRIPT_COMMON) {
                    return true;
                }
            }
            return false;
        }
    }
    return script == USCRIPT_LATIN;
}

/* NULL: it belongs to whatever stands before it. */
static const char *language_of(uint32_t c, const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)c, &status);
    if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) {
        return NULL;
    }
    if (writes(language, script)) {
        return language;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(usual); i++) {
        if (usual[i].script == script) {
            return usual[i].language;
        }
    }
    return language;
}

bool voice_run(struct str text, const char *language, size_t from, struct voice_run *out)
{
    const char *own = language != NULL ? language : "en", *now = NULL;
    size_t at = from, end = from;
    while (at < text.length) {
        const char *next = language_of(utf8_next(text, &at), own);
        if (now != NULL && next != NULL && next != now) {
            break;
        }
        now = next != NULL ? next : now;
        end = at;
    }
    *out = (struct voice_run){{from, end}, now != NULL ? now : own};
    return end > from;
}
