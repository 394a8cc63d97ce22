#include "exhibit/interface.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/stream.h"
#include "base/utf8.h"
#include "language.h"
#include "path.h"
#include "source.h"
#include "table.h"
#include "yaml_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_BYTES ((size_t)1 << 20)

struct words {
    const char *language;
    struct table by_key; /* -> const struct str * */
};

struct interface {
    struct arena arena;
    struct words *languages;
    size_t count, capacity;
    const struct words *english;
};

/* ---- reading */

static bool first_finding(const struct findings *findings, const char *folder, struct error *err)
{
    const struct finding *finding = findings_get(findings, 0);
    char file[256];
    if (finding == NULL) {
        return true;
    }
    snprintf(file, sizeof file, "%s/%s", folder, finding->file);
    return error_set_at(err, ERROR_MACHINE, file, finding->line, finding->column, "%s", finding->message);
}

static bool take_pair(struct interface *interface, struct words *words, const struct yaml_pair *pair,
    struct findings *findings, const char *file)
{
    if (pair->value->kind != YAML_SCALAR || yaml_is_empty(pair->value)) {
        findings_add(findings, FINDING_WRONG_TYPE, file, pair->value->line, pair->value->column,
            "a text is expected here, not %s", yaml_kind_name(pair->value));
        return true;
    }
    struct str *text = arena_take(&interface->arena, sizeof *text);
    struct str key = arena_copy(&interface->arena, pair->key->text);
    if (text == NULL || key.data == NULL) {
        return false;
    }
    *text = arena_copy(&interface->arena, pair->value->text);
    return text->data != NULL && table_put(&words->by_key, key, text);
}

static bool read_words(struct interface *interface, struct words *words, struct str bytes, const char *file,
    struct findings *findings)
{
    struct arena scratch = {0};
    struct source source;
    struct yaml_node *root = NULL;
    bool good = source_take(findings, &scratch, file, bytes, &source) &&
                yaml_read(findings, &scratch, &source, &root);
    if (good && (root == NULL || root->kind != YAML_MAPPING)) {
        findings_add(
            findings, FINDING_WRONG_TYPE, file, 1, 1, "a flat map from key to text is expected here");
    }
    for (const struct yaml_pair *pair = root != NULL ? root->pairs : NULL; good && pair != NULL;
         pair = pair->next) {
        good = take_pair(interface, words, pair, findings, file);
    }
    arena_finish(&scratch);
    return good;
}

static bool read_file(
    struct interface *interface, int root, const char *folder, const char *name, struct error *err)
{
    struct arena scratch = {0};
    struct str bytes = {NULL, 0}, language = str_slice(str_from(name), 0, strlen(name) - 5);
    struct findings *findings = findings_create();
    struct words words = {arena_copy(&interface->arena, language).data, {NULL, 0, 0}};
    enum path_result result = path_read(root, name, LIMIT_BYTES, &scratch, &bytes);
    bool good = false;
    if (result != PATH_GOOD && result != PATH_NO_MEMORY) {
        error_set(err, ERROR_MACHINE, "the interface words %s/%s cannot be read", folder, name);
    } else if (findings == NULL || words.language == NULL || result == PATH_NO_MEMORY ||
               !read_words(interface, &words, bytes, name, findings)) {
        error_memory(err);
    } else if (first_finding(findings, folder, err)) {
        good = ARRAY_PUSH(interface->languages, interface->count, interface->capacity, words) ||
               error_memory(err);
    }
    if (!good) {
        table_finish(&words.by_key);
    }
    findings_destroy(findings);
    arena_finish(&scratch);
    return good;
}

static const struct words *find_language(const struct interface *interface, struct str language)
{
    for (size_t i = 0; i < interface->count; i++) {
        if (str_equal_c(language, interface->languages[i].language)) {
            return &interface->languages[i];
        }
    }
    return NULL;
}

static const char *const plural_forms[] = {"zero", "one", "two", "few", "many", "other"};

/* A form of words that English does not have needs only its `other` there. */
static bool has_english(const struct interface *interface, struct str key)
{
    char other[128];
    if (table_find(&interface->english->by_key, key) != NULL) {
        return true;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(plural_forms); i++) {
        struct str form = str_from(plural_forms[i]);
        if (str_ends_with(key, form) && key.length > form.length + 1 &&
            key.data[key.length - form.length - 1] == '.') {
            snprintf(
                other, sizeof other, "%.*s.other", STR_ARGS(str_slice(key, 0, key.length - form.length - 1)));
            return table_find(&interface->english->by_key, str_from(other)) != NULL;
        }
    }
    return false;
}

/* English is what every other language falls back to: a key that it lacks would be shown as a key. */
static bool check_complete(const struct interface *interface, const char *folder, struct error *err)
{
    if (interface->english == NULL) {
        return error_set(
            err, ERROR_MACHINE, "there are no English interface words: %s/en.yaml is missing", folder);
    }
    for (size_t i = 0; i < interface->count; i++) {
        const struct table *table = &interface->languages[i].by_key;
        for (size_t j = 0; j < table->capacity; j++) {
            struct str key = {table->slots[j].key, table->slots[j].length};
            if (key.data != NULL && !has_english(interface, key)) {
                return error_set(err, ERROR_MACHINE,
                    "%s/%s.yaml has the words \"%.*s\", which en.yaml lacks: add them there", folder,
                    interface->languages[i].language, STR_ARGS(key));
            }
        }
    }
    return true;
}

static bool read_folder(struct interface *interface, int root, const char *folder, struct error *err)
{
    struct arena scratch = {0};
    const char **names;
    size_t count;
    bool good = path_list(root, "", &scratch, &names, &count) == PATH_GOOD ||
                error_set(err, ERROR_MACHINE, "the folder %s cannot be listed", folder);
    for (size_t i = 0; good && i < count; i++) {
        struct str name = str_from(names[i]);
        if (str_ends_with(name, STR(".yaml")) && language_is_tag(str_slice(name, 0, name.length - 5))) {
            good = read_file(interface, root, folder, names[i], err);
        }
    }
    arena_finish(&scratch);
    return good;
}

struct interface *interface_open(const char *folder, struct error *err)
{
    struct interface *interface = calloc(1, sizeof *interface);
    int root = stream_descriptor(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY);
    bool good = false;
    if (interface == NULL) {
        error_memory(err);
    } else if (root < 0) {
        error_set(
            err, ERROR_MACHINE, "the interface words in %s cannot be opened: %s", folder, strerror(errno));
    } else if (read_folder(interface, root, folder, err)) {
        interface->english = find_language(interface, STR("en"));
        good = check_complete(interface, folder, err);
    }
    if (root >= 0) {
        close(root);
    }
    if (!good) {
        interface_destroy(interface);
        interface = NULL;
    }
    return interface;
}

void interface_destroy(struct interface *interface)
{
    if (interface == NULL) {
        return;
    }
    for (size_t i = 0; i < interface->count; i++) {
        table_finish(&interface->languages[i].by_key);
    }
    free(interface->languages);
    arena_finish(&interface->arena);
    free(interface);
}

/* ---- words */

static const struct str *look_up(const struct words *words, const char *key)
{
    const struct table_slot *slot = words != NULL ? table_find(&words->by_key, str_from(key)) : NULL;
    return slot != NULL ? slot->value : NULL;
}

struct str interface_words(const struct interface *interface, const char *language, const char *key)
{
    struct str tag = str_from(language);
    const struct str *text = look_up(find_language(interface, tag), key);
    if (text == NULL) {
        text = look_up(find_language(interface, str_slice(tag, 0, str_find(tag, '-'))), key);
    }
    if (text == NULL) {
        text = look_up(interface->english, key);
    }
    return text != NULL ? *text : str_from(key);
}

bool interface_is_rtl(const struct interface *interface, const char *language)
{
    return str_equal_c(interface_words(interface, language, "direction"), "rtl");
}

/* ---- filling in */

struct slot {
    struct str name; /* between the braces */
    struct str value;
};

static const struct slot *slot_at(struct str pattern, size_t at, const struct slot *slots, size_t count)
{
    struct str rest = str_slice(pattern, at, pattern.length);
    for (size_t i = 0; i < count; i++) {
        size_t length = slots[i].name.length;
        if (rest.length >= length + 2 && rest.data[0] == '{' && rest.data[length + 1] == '}' &&
            str_equal(str_slice(rest, 1, length), slots[i].name)) {
            return &slots[i];
        }
    }
    return NULL;
}

/* Two passes: how long it will be, then the words. */
static struct str fill(struct str pattern, const struct slot *slots, size_t count, struct arena *arena)
{
    char *out = NULL;
    size_t length = 0;
    for (int pass = 0; pass < 2; pass++) {
        length = 0;
        for (size_t at = 0; at < pattern.length;) {
            const struct slot *slot = slot_at(pattern, at, slots, count);
            struct str piece = slot != NULL ? slot->value : str_slice(pattern, at, 1);
            if (out != NULL && piece.length > 0) {
                memcpy(out + length, piece.data, piece.length);
            }
            length += piece.length;
            at += slot != NULL ? slot->name.length + 2 : 1;
        }
        if (pass == 0 && (out = arena_take(arena, length + 1)) == NULL) {
            return (struct str){NULL, 0};
        }
    }
    return (struct str){out, length};
}

static bool is_rtl_letter(uint32_t c)
{
    return (c >= 0x0590 && c <= 0x08FF && !(c >= 0x0660 && c <= 0x0669) && !(c >= 0x06F0 && c <= 0x06F9)) ||
           (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

static bool is_ltr_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && !is_rtl_letter(c) && !(c >= 0x2000 && c <= 0x2BFF) &&
               !(c >= 0x0660 && c <= 0x06F9) && c < 0xE0000);
}

/* A value that runs the other way, or both ways, is isolated (UAX #9, FSI and PDI), so that it does not draw
 * what stands beside it into its own order. */
static struct str isolate(struct str value, bool rtl, struct arena *arena)
{
    bool other = false;
    for (size_t at = 0; at < value.length && !other;) {
        uint32_t c = utf8_next(value, &at);
        other = rtl ? is_ltr_letter(c) : is_rtl_letter(c);
    }
    struct str isolated =
        other ? arena_format(arena, "\xE2\x81\xA8%.*s\xE2\x81\xA9", STR_ARGS(value)) : value;
    return isolated.data != NULL ? isolated : value;
}

struct str interface_format(const struct interface *interface, const char *language, const char *key,
    struct arena *arena, const struct str *values, size_t count)
{
    static const char digits[] = "0123456789";
    struct slot slots[10];
    size_t used = count < ARRAY_LENGTH(slots) ? count : ARRAY_LENGTH(slots);
    bool rtl = interface_is_rtl(interface, language);
    for (size_t i = 0; i < used; i++) {
        slots[i] = (struct slot){{digits + i, 1}, isolate(values[i], rtl, arena)};
    }
    return fill(interface_words(interface, language, key), slots, used, arena);
}

/* ---- numbers */

static const char *slavic_form(long n)
{
    long tens = n % 100, ones = n % 10;
    if (ones == 1 && tens != 11) {
        return "one";
    }
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? "few" : "many";
}

static const char *arabic_form(long n)
{
    long tens = n % 100;
    if (n <= 2) {
        return plural_forms[n];
    }
    return tens >= 3 && tens <= 10 ? "few" : tens >= 11 ? "many" : "other";
}

static const char *plural_form(struct str rule, long n)
{
    n = n < 0 ? -n : n;
    if (str_equal_c(rule, "one")) {
        return n == 1 ? "one" : "other";
    }
    if (str_equal_c(rule, "slavic")) {
        return slavic_form(n);
    }
    return str_equal_c(rule, "arabic") ? arabic_form(n) : "other";
}

/* The file of `language`, of its language alone, or English: the first that has the key in any form, so that
 * the rule and the words are of one language. */
static const struct words *words_with(
    const struct interface *interface, const char *language, const char *key)
{
    struct str tag = str_from(language);
    const struct words *tries[] = {find_language(interface, tag),
        find_language(interface, str_slice(tag, 0, str_find(tag, '-'))), interface->english};
    char other[128];
    snprintf(other, sizeof other, "%s.other", key);
    for (size_t i = 0; i < ARRAY_LENGTH(tries); i++) {
        if (look_up(tries[i], key) != NULL || look_up(tries[i], other) != NULL) {
            return tries[i];
        }
    }
    return NULL;
}

struct str interface_count(const struct interface *interface, const char *language, const char *key,
    struct arena *arena, long number, struct str figures)
{
    const struct words *words = words_with(interface, language, key);
    const struct str *rule = look_up(words, "plural"), *pattern = NULL;
    const char *forms[] = {plural_form(rule != NULL ? *rule : STR("none"), number), "other"};
    char form[128];
    for (size_t i = 0; pattern == NULL && i < ARRAY_LENGTH(forms); i++) {
        snprintf(form, sizeof form, "%s.%s", key, forms[i]);
        pattern = look_up(words, form);
    }
    pattern = pattern != NULL ? pattern : look_up(words, key);
    const struct slot slot = {STR("0"), figures};
    return pattern != NULL ? fill(*pattern, &slot, 1, arena) : str_from(key);
}

/* ---- dates */

/* One pattern, filled with one date or two. */
struct dates {
    const struct interface *interface;
    const char *language;
    struct date from, to; /* to: all 0 where there is one date */
};

static struct str month_name(const struct dates *dates, const char *form, int month)
{
    char key[32];
    if (month < 1 || month > 12) { /* a word that is not there would be the key itself, which does not last */
        return (struct str){"", 0};
    }
    snprintf(key, sizeof key, "%s.%d", form, month);
    return interface_words(dates->interface, dates->language, key);
}

static struct str fill_dates(const struct dates *dates, const char *key, struct arena *arena)
{
    char numbers[6][16];
    const int values[6] = {
        dates->from.year, dates->from.month, dates->from.day, dates->to.year, dates->to.month, dates->to.day};
    for (int i = 0; i < 6; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", values[i]);
    }
    const struct slot slots[] = {
        {STR("y"), str_from(numbers[0])},
        {STR("m"), str_from(numbers[1])},
        {STR("d"), str_from(numbers[2])},
        {STR("y2"), str_from(numbers[3])},
        {STR("m2"), str_from(numbers[4])},
        {STR("d2"), str_from(numbers[5])},
        {STR("month"), month_name(dates, "month", dates->from.month)},
        {STR("month2"), month_name(dates, "month", dates->to.month)},
        {STR("monthname"), month_name(dates, "monthname", dates->from.month)},
    };
    return fill(interface_words(dates->interface, dates->language, key), slots, ARRAY_LENGTH(slots), arena);
}

struct str interface_date(
    const struct interface *interface, const char *language, struct date date, struct arena *arena)
{
    const struct dates dates = {interface, language, date, {0, 0, 0}};
    if (date.year == 0) {
        return (struct str){"", 0};
    }
    return fill_dates(&dates,
        date.day != 0     ? "date.day"
        : date.month != 0 ? "date.month"
                          : "date.year",
        arena);
}

struct str interface_date_range(const struct interface *interface, const char *language, struct date from,
    struct date to, struct arena *arena)
{
    const struct dates dates = {interface, language, from, to};
    bool days = from.day != 0 && to.day != 0, one_year = from.year == to.year;
    if (to.year == 0 || (one_year && from.month == to.month && from.day == to.day)) {
        return interface_date(interface, language, from, arena);
    }
    if (days && one_year) { /* 15–18 May 1949, 30 March – 25 April 1950 */
        return fill_dates(&dates, from.month == to.month ? "date.range-days" : "date.range-months", arena);
    }
    struct str ends[2] = {
        interface_date(interface, language, from, arena), interface_date(interface, language, to, arena)};
    return interface_format(interface, language, "date.range", arena, ends, 2);
}
