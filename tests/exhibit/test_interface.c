/* The player's own words: languages, fallback, filling in, dates. */
#include "exhibit/interface.h"

#include "base/arena.h"
#include "base/array.h"

#include "check.h"
#include "files.h"
#include "folder.h"

static const char english[] =
    "bar.home: \"Home\"\nonly.english: \"Only here\"\nfound: \"{0} of {1} in {0}\"\ndirection: ltr\n"
    "date.day: \"{d} {month} {y}\"\ndate.month: \"{monthname} {y}\"\ndate.year: \"{y}\"\n"
    "date.range-days: \"{d}–{d2} {month} {y}\"\ndate.range-months: \"{d} {month} – {d2} {month2} {y}\"\n"
    "date.range: \"{0} – {1}\"\n"
    "month.3: March\nmonth.4: April\nmonth.5: May\nmonth.6: June\nmonth.12: December\n"
    "monthname.1: january\nmonthname.3: march\nmonthname.5: may\nmonthname.6: june\nmonthname.12: december\n";
static const char korean[] =
    "bar.home: \"처음\"\ndate.day: \"{y}년 {m}월 {d}일\"\ndate.month: \"{y}년 {m}월\"\ndate.year: \"{y}년\"\n"
    "date.range-days: \"{y}년 {m}월 {d}–{d2}일\"\ndate.range-months: \"{y}년 {m}월 {d}일 – {m2}월 {d2}일\"\n";

static struct folder words_folder(void)
{
    struct folder folder = folder_make("interface");
    folder_write(&folder, "en.yaml", english);
    folder_write(&folder, "ko.yaml", korean);
    folder_write(&folder, "zh.yaml", "bar.home: \"首页\"\n");
    folder_write(&folder, "zh-Hant.yaml", "bar.home: \"首頁\"\n");
    folder_write(&folder, "ar.yaml", "direction: rtl\n");
    folder_write(&folder, "README.md", "not words");
    return folder;
}

static struct interface *open_words(const struct folder *folder)
{
    struct error err = {0};
    struct interface *interface = interface_open(folder->path, &err);
    CHECK_THAT(interface != NULL, "%s", err.message);
    return interface;
}

static void falls_back_step_by_step(void)
{
    struct folder folder = words_folder();
    struct interface *w = open_words(&folder);
    CHECK(str_equal_c(interface_words(w, "zh-Hant", "bar.home"), "首頁"));
    CHECK(str_equal_c(interface_words(w, "zh-Hans", "bar.home"), "首页"));
    CHECK(str_equal_c(interface_words(w, "ko", "bar.home"), "처음"));
    CHECK(str_equal_c(interface_words(w, "ko", "only.english"), "Only here"));
    CHECK(str_equal_c(interface_words(w, "fr", "bar.home"), "Home"));
    CHECK(str_equal_c(interface_words(w, "en", "no.such.key"), "no.such.key"));
    CHECK(interface_is_rtl(w, "ar") && !interface_is_rtl(w, "ko"));
    interface_destroy(w);
    interface_destroy(NULL);
    folder_remove(&folder);
}

static void fills_in(void)
{
    struct folder folder = words_folder();
    struct interface *w = open_words(&folder);
    struct arena arena = {0};
    struct str values[] = {STR("3"), STR("{0}")};
    CHECK_TEXT(interface_format(w, "en", "found", &arena, values, 2).data, "3 of {0} in 3");
    CHECK_TEXT(interface_format(w, "en", "found", &arena, values, 1).data, "3 of {1} in 3");
    CHECK_TEXT(interface_format(w, "en", "bar.home", &arena, NULL, 0).data, "Home");
    struct str names[] = {STR("مالك"), STR("Chang 張")};
    CHECK_TEXT(interface_format(w, "en", "found", &arena, names, 2).data,
        "\u2068مالك\u2069 of Chang 張 in \u2068مالك\u2069");
    CHECK_TEXT(
        interface_format(w, "ar", "found", &arena, names, 2).data, "مالك of \u2068Chang 張\u2069 in مالك");
    struct str figures[] = {STR("1950 - ١٩"), STR("(2)")};
    CHECK_TEXT(interface_format(w, "ar", "found", &arena, figures, 2).data, "1950 - ١٩ of (2) in 1950 - ١٩");
    CHECK_TEXT(interface_format(w, "en", "found", &arena, figures, 2).data, "1950 - ١٩ of (2) in 1950 - ١٩");
    arena_finish(&arena);
    interface_destroy(w);
    folder_remove(&folder);
}

/* CLDR's cardinal categories of whole numbers. */
static void counts_as_each_language_does(void)
{
    static const struct {
        const char *language;
        long number;
        const char *words;
    } rows[] = {
        {"en", 1, "1 second"}, {"en", 0, "0 seconds"}, {"en", 2, "2 seconds"}, {"ru", 1, "1 секунду"},
        {"ru", 2, "2 секунды"}, {"ru", 4, "4 секунды"}, {"ru", 5, "5 секунд"}, {"ru", 11, "11 секунд"},
        {"ru", 12, "12 секунд"}, {"ru", 14, "14 секунд"}, {"ru", 20, "20 секунд"}, {"ru", 21, "21 секунду"},
        {"ru", 22, "22 секунды"}, {"ru", 0, "0 секунд"}, {"ru", 111, "111 секунд"},
        {"ru", 101, "101 секунду"}, {"ko", 1, "1초"}, {"ko", 5, "5초"}, {"ar", 0, "zero"}, {"ar", 1, "one"},
        {"ar", 2, "two"}, {"ar", 3, "few 3"}, {"ar", 110, "few 110"}, {"ar", 11, "many 11"},
        {"ar", 99, "many 99"}, {"ar", 100, "other 100"}, {"ar", 102, "other 102"},
        {"fr", 1, "1 second"}, /* no file: English words, English forms */
        {"zh", 1, "1 second"}, /* a file without these words */
    };
    struct folder folder = folder_make("counts");
    folder_write(&folder, "en.yaml",
        "plural: one\nleft.one: \"{0} second\"\nleft.other: \"{0} seconds\"\nplain: \"{0} min\"\n");
    folder_write(&folder, "ru.yaml",
        "plural: slavic\nleft.one: \"{0} секунду\"\nleft.few: \"{0} секунды\"\nleft.many: \"{0} секунд\"\n"
        "left.other: \"{0} секунды\"\n");
    folder_write(&folder, "ko.yaml", "plural: none\nleft.other: \"{0}초\"\n");
    folder_write(&folder, "ar.yaml",
        "plural: arabic\nleft.zero: zero\nleft.one: one\nleft.two: two\nleft.few: \"few {0}\"\n"
        "left.many: \"many {0}\"\nleft.other: \"other {0}\"\n");
    folder_write(&folder, "zh.yaml", "plural: none\n");
    struct interface *w = open_words(&folder);
    struct arena arena = {0};
    for (size_t i = 0; w != NULL && i < ARRAY_LENGTH(rows); i++) {
        char figures[32];
        snprintf(figures, sizeof figures, "%ld", rows[i].number);
        struct str words =
            interface_count(w, rows[i].language, "left", &arena, rows[i].number, str_from(figures));
        CHECK_TEXT(words.data, rows[i].words);
    }
    CHECK_TEXT(interface_count(w, "ru", "plain", &arena, 5, STR("5")).data, "5 min");
    CHECK(str_equal_c(interface_count(w, "ru", "no.such", &arena, 5, STR("5")), "no.such"));
    arena_finish(&arena);
    interface_destroy(w);
    folder_remove(&folder);
}

static void says_dates(void)
{
    static const struct {
        struct date from, to;
        const char *english, *korean;
    } rows[] = {
        {{1950, 5, 13}, {0, 0, 0}, "13 May 1950", "1950년 5월 13일"},
        {{1950, 5, 0}, {0, 0, 0}, "may 1950", "1950년 5월"},
        {{1950, 0, 0}, {0, 0, 0}, "1950", "1950년"},
        {{0, 0, 0}, {0, 0, 0}, "", ""},
        {{1949, 5, 15}, {1949, 5, 18}, "15–18 May 1949", "1949년 5월 15–18일"},
        {{1949, 5, 15}, {1949, 5, 15}, "15 May 1949", "1949년 5월 15일"},
        {{1949, 4, 30}, {1949, 5, 2}, "30 April – 2 May 1949", "1949년 4월 30일 – 5월 2일"},
        {{1949, 12, 30}, {1950, 3, 2}, "30 December 1949 – 2 March 1950",
            "1949년 12월 30일 – 1950년 3월 2일"},
        {{1949, 3, 0}, {1949, 6, 0}, "march 1949 – june 1949", "1949년 3월 – 1949년 6월"},
        {{1949, 12, 0}, {1950, 1, 0}, "december 1949 – january 1950", "1949년 12월 – 1950년 1월"},
        {{1949, 0, 0}, {1950, 0, 0}, "1949 – 1950", "1949년 – 1950년"},
        {{1949, 5, 15}, {1949, 6, 0}, "15 May 1949 – june 1949", "1949년 5월 15일 – 1949년 6월"},
        {{1949, 0, 0}, {1949, 6, 0}, "1949 – june 1949", "1949년 – 1949년 6월"},
    };
    struct folder folder = words_folder();
    struct interface *w = open_words(&folder);
    struct arena arena = {0};
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        CHECK_TEXT(interface_date_range(w, "en", rows[i].from, rows[i].to, &arena).data, rows[i].english);
        CHECK_TEXT(interface_date_range(w, "ko", rows[i].from, rows[i].to, &arena).data, rows[i].korean);
        if (rows[i].to.year == 0) {
            CHECK_TEXT(interface_date(w, "en", rows[i].from, &arena).data, rows[i].english);
        }
    }
    arena_finish(&arena);
    interface_destroy(w);
    folder_remove(&folder);
}

static void refuses(const char *file, const char *text, const char *message, int line)
{
    struct folder folder = words_folder();
    struct error err = {0};
    folder_write(&folder, file, text);
    CHECK(interface_open(folder.path, &err) == NULL);
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK_THAT(strstr(err.message, message) != NULL, "\"%s\" without \"%s\"", err.message, message);
    CHECK_INT(err.line, line);
    folder_remove(&folder);
}

static void broken_words_are_told(void)
{
    refuses("ko.yaml", "bar.home: \"처음\"\nbar.haus: \"집\"\n", "bar.haus", 0);
    refuses("ko.yaml", "bar.home: \"처음\n", "quotation mark", 1);
    refuses("ko.yaml", "bar.home: [a]\n", "a text is expected", 1);
    refuses("ko.yaml", "bar.home: a\nonly.english:\n", "a text is expected", 2);
    refuses("en.yaml", "- a\n", "flat map", 1);
    struct folder folder = folder_make("no-words");
    struct error err = {0};
    CHECK(interface_open(folder.path, &err) == NULL && strstr(err.message, "en.yaml") != NULL);
    CHECK(interface_open(folder_path(&folder, "none"), NULL) == NULL);
    folder_remove(&folder);
}

/* The words that ship must open: they are read at every start. */
static void the_shipped_words_open(void)
{
    struct error err = {0};
    if (access(TEST_SOURCE_DIR "/assets/interface/en.yaml", R_OK) != 0) {
        SKIP("assets/interface is not there");
    }
    struct interface *w = interface_open(TEST_SOURCE_DIR "/assets/interface", &err);
    CHECK_THAT(w != NULL, "%s:%d: %s", err.file, err.line, err.message);
    if (w != NULL) {
        struct arena arena = {0};
        CHECK_TEXT(interface_date(w, "en", (struct date){1950, 5, 13}, &arena).data, "13 May 1950");
        CHECK_TEXT(interface_date(w, "en", (struct date){1950, 13, 1}, &arena).data, "1  1950");
        arena_finish(&arena);
    }
    interface_destroy(w);
}

/* A key's text in a file of one text a line, quoted or not; NULL when it has none. */
static const char *find_line(const char *text, const char *key, size_t length)
{
    for (const char *at = text; at != NULL; at = strchr(at, '\n'), at = at != NULL ? at + 1 : NULL) {
        if (strncmp(at, key, length) == 0 && at[length] == ':') {
            return at + length + 1;
        }
    }
    return NULL;
}

static char *read_words_in(const char *folder, const char *language)
{
    char path[512];
    snprintf(path, sizeof path, "%s/assets/%s/%s.yaml", TEST_SOURCE_DIR, folder, language);
    return files_read(path, NULL);
}

static char *read_words_file(const char *language)
{
    return read_words_in("interface", language);
}

/* Is the key a form that a number asks for (interface_count), of which languages have as many as they need?
 */
static bool is_plural_form(const char *key, size_t length)
{
    return length > 4 && strncmp(key + length - 4, ".one", 4) == 0;
}

/* Prints every key of English that the language lacks, and returns how many. The names of months standing
 * alone count only where the language's dates use them. */
static int count_lacking(const char *english_text, const char *text, const char *language, int *keys)
{
    int lacking = 0;
    bool standing = strstr(text, "{monthname}") != NULL;
    for (const char *at = english_text; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, ":\n");
        bool key = at[length] == ':' && at[0] >= 'a' && at[0] <= 'z';
        if (key && !is_plural_form(at, length) && (standing || strncmp(at, "monthname.", 10) != 0)) {
            ++*keys;
            if (find_line(text, at, length) == NULL) {
                printf("%s.yaml lacks %.*s\n", language, (int)length, at);
                lacking++;
            }
        }
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    return lacking;
}

static const char *const shipped[] = {"ko", "zh-Hans", "ru", "ar", "he", "hi", "th", "ja", "zh-Hant", "el"};

static void check_whole(const char *folder, int least)
{
    char *all = read_words_in(folder, "en");
    for (size_t i = 0; all != NULL && i < ARRAY_LENGTH(shipped); i++) {
        char *text = read_words_in(folder, shipped[i]);
        int keys = 0, lacking = text != NULL ? count_lacking(all, text, shipped[i], &keys) : -1;
        CHECK_THAT(
            lacking == 0 && keys > least, "%s/%s lacks %d of %d texts", folder, shipped[i], lacking, keys);
        free(text);
    }
    CHECK(all != NULL);
    free(all);
}

static void the_shipped_languages_are_whole(void)
{
    check_whole("interface", 150);
    check_whole("report", 80); /* of the statistics */
}

/* A line's text without quotation marks. */
static struct str value_of(const char *at)
{
    struct str value = str_trim((struct str){at, strcspn(at, "\n")});
    if (value.length >= 2 && value.data[0] == '"') {
        value = str_slice(value, 1, value.length - 2);
    }
    return value;
}

/* Has it words in it, beside what is filled in? */
static bool has_words(struct str text)
{
    int depth = 0;
    bool any = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        any = any || (depth == 0 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')));
    }
    return any;
}

/* What is meant to be the same everywhere. */
static bool is_international(struct str key)
{
    return str_equal_c(key, "direction") || str_equal_c(key, "plural") ||
           str_equal_c(key, "page.centimetres");
}

static void the_shipped_languages_have_no_english_left(void)
{
    char *all = read_words_file("en");
    for (size_t i = 0; all != NULL && i < ARRAY_LENGTH(shipped); i++) {
        char *text = read_words_file(shipped[i]);
        int compared = 0;
        for (const char *at = all; text != NULL && at != NULL && *at != '\0';) {
            struct str key = {at, strcspn(at, ":\n")};
            const char *line = at[key.length] == ':' ? find_line(text, at, key.length) : NULL;
            struct str ours = value_of(at + key.length + 1), theirs = line != NULL ? value_of(line) : STR("");
            if (line != NULL && has_words(ours) && !is_international(key)) {
                compared++;
                CHECK_THAT(!str_equal(ours, theirs), "%s.yaml: %.*s is English", shipped[i], STR_ARGS(key));
            }
            at = strchr(at, '\n');
            at = at != NULL ? at + 1 : NULL;
        }
        CHECK_THAT(compared > 150, "%s: %d texts compared", shipped[i], compared);
        free(text);
    }
    free(all);
}

/* What is filled in must be the same in every language: a translation that loses {0} loses the name. */
static void translations_keep_what_is_filled_in(void)
{
    char *all = read_words_file("en");
    for (size_t i = 0; all != NULL && i < ARRAY_LENGTH(shipped); i++) {
        char *text = read_words_file(shipped[i]);
        for (const char *at = all; text != NULL && at != NULL && *at != '\0';) {
            size_t length = strcspn(at, ":\n");
            bool whole = at[length] == ':' && !is_plural_form(at, length);
            const char *line = whole ? find_line(text, at, length) : NULL;
            for (int slot = 0; line != NULL && slot < 4; slot++) {
                char mark[] = {'{', (char)('0' + slot), '}', '\0'};
                const char *here = strstr(at, mark), *there = strstr(line, mark);
                bool ours = here != NULL && here < at + strcspn(at, "\n");
                bool theirs = there != NULL && there < line + strcspn(line, "\n");
                CHECK_THAT(ours == theirs, "%s.yaml: %.*s and %s", shipped[i], (int)length, at, mark);
            }
            at = strchr(at, '\n');
            at = at != NULL ? at + 1 : NULL;
        }
        free(text);
    }
    free(all);
}

int main(void)
{
    RUN(falls_back_step_by_step);
    RUN(fills_in);
    RUN(counts_as_each_language_does);
    RUN(says_dates);
    RUN(broken_words_are_told);
    RUN(the_shipped_words_open);
    RUN(the_shipped_languages_are_whole);
    RUN(the_shipped_languages_have_no_english_left);
    RUN(translations_keep_what_is_filled_in);
    return check_report();
}
