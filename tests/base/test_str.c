#include "base/array.h"
#include "base/str.h"

#include "check.h"

#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

static const struct str NOTHING = {NULL, 0};

/* A slice in a block of exactly its size, so that the sanitizer sees a read behind it. */
static struct str exact(const char *text, char **owner)
{
    size_t length = strlen(text);
    *owner = malloc(length != 0 ? length : 1);
    if (*owner == NULL) {
        return NOTHING;
    }
    memcpy(*owner, text, length);
    return (struct str){*owner, length};
}

static void nothing_is_the_empty_slice(void)
{
    CHECK(str_equal(str_from(NULL), STR("")));
    CHECK(str_equal_c(NOTHING, ""));
    CHECK(str_equal_c(NOTHING, NULL));
    CHECK(!str_equal_c(STR("a"), NULL));
    CHECK(str_starts_with(NOTHING, NOTHING));
    CHECK(str_ends_with(NOTHING, NOTHING));
    CHECK_INT(str_compare(NOTHING, STR("")), 0);
    CHECK_INT(str_trim(NOTHING).length, 0);
    CHECK_INT(str_find(NOTHING, 'a'), 0);
    CHECK_INT(str_slice(NOTHING, 3, 4).length, 0);
    CHECK(str_hash(STR_HASH_START, NOTHING) == STR_HASH_START);
}

static void compares_by_bytes(void)
{
    static const struct {
        const char *a, *b;
        int sign;
    } CASES[] = {{"", "", 0}, {"", "a", -1}, {"a", "", 1}, {"a", "b", -1}, {"ab", "a", 1}, {"a", "ab", -1},
        {"abc", "abd", -1}, {"z", "\xC3\xA9", -1}, {"telegram", "telegram", 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        int order = str_compare(str_from(CASES[i].a), str_from(CASES[i].b));
        CHECK_THAT((order > 0) - (order < 0) == CASES[i].sign, "case %zu gives %d", i, order);
        CHECK_INT(str_equal(str_from(CASES[i].a), str_from(CASES[i].b)), CASES[i].sign == 0);
    }
    CHECK(!str_equal(((struct str){"a\0b", 3}), ((struct str){"a\0c", 3})));
}

static void begins_and_ends(void)
{
    CHECK(str_starts_with(STR("document:telegram"), STR("document:")));
    CHECK(str_starts_with(STR("a"), STR("")));
    CHECK(!str_starts_with(STR("doc"), STR("document:")));
    CHECK(!str_starts_with(STR("Document:"), STR("document:")));
    CHECK(str_ends_with(STR("1.jpg"), STR(".jpg")));
    CHECK(str_ends_with(STR("a"), STR("")));
    CHECK(!str_ends_with(STR("jpg"), STR(".jpg")));
    CHECK(!str_ends_with(STR("1.jpg2"), STR(".jpg")));
}

static void slices_are_clamped(void)
{
    static const struct {
        size_t from, length;
        const char *expected;
    } CASES[] = {{0, 3, "abc"}, {1, 1, "b"}, {1, SIZE_MAX, "bc"}, {3, 1, ""}, {SIZE_MAX, SIZE_MAX, ""},
        {0, 0, ""}, {2, 9, "c"}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        struct str part = str_slice(STR("abc"), CASES[i].from, CASES[i].length);
        CHECK_THAT(str_equal_c(part, CASES[i].expected), "case %zu gives \"%.*s\"", i, STR_ARGS(part));
    }
}

static void trims(void)
{
    static const char *const CASES[][2] = {{"", ""}, {" \t\r\n", ""}, {"a", "a"}, {"  a b \n", "a b"},
        {"\r\na", "a"}, {"a\t", "a"},
        {"\xC2\xA0"
         "a",
            "\xC2\xA0"
            "a"}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *owner;
        struct str trimmed = str_trim(exact(CASES[i][0], &owner));
        CHECK_THAT(str_equal_c(trimmed, CASES[i][1]), "case %zu gives \"%.*s\"", i, STR_ARGS(trimmed));
        free(owner);
    }
}

static void splits(void)
{
    struct str rest = STR("a,,bc,");
    CHECK(str_equal_c(str_split(&rest, ','), "a"));
    CHECK(str_equal_c(rest, ",bc,"));
    CHECK(str_equal_c(str_split(&rest, ','), ""));
    CHECK(str_equal_c(str_split(&rest, ','), "bc"));
    CHECK_INT(rest.length, 0);
    CHECK(str_equal_c(str_split(&rest, ','), ""));
    rest = STR("none");
    CHECK(str_equal_c(str_split(&rest, ','), "none"));
    CHECK_INT(rest.length, 0);
    rest = NOTHING;
    CHECK_INT(str_split(&rest, ',').length, 0);
}

static void finds(void)
{
    CHECK_INT(str_find(STR("a:b:c"), ':'), 1);
    CHECK_INT(str_find(STR("abc"), ':'), 3);
    CHECK_INT(str_find(((struct str){"a\0b", 3}), '\0'), 1);
}

/* The reference values of the FNV authors. */
static void hashes_as_published(void)
{
    CHECK(str_hash(STR_HASH_START, STR("")) == UINT64_C(0xcbf29ce484222325));
    CHECK(str_hash(STR_HASH_START, STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    CHECK(str_hash(STR_HASH_START, STR("foobar")) == UINT64_C(0x85944171f73967e8));
    uint64_t chained = str_hash(str_hash(STR_HASH_START, STR("foo")), STR("bar"));
    CHECK(chained == UINT64_C(0x85944171f73967e8));
    CHECK(str_hash_bytes(STR_HASH_START, "a", 1) == str_hash(STR_HASH_START, STR("a")));
}

/* Every length and every byte counts. */
static void hashes_by_words(void)
{
    unsigned char bytes[20] = {0};
    for (size_t length = 1; length <= sizeof bytes; length++) {
        uint64_t zero = str_hash_words(STR_HASH_START, bytes, length);
        CHECK(zero != str_hash_words(STR_HASH_START, bytes, length - 1));
        for (size_t i = 0; i < length; i++) {
            bytes[i] = 1;
            CHECK(str_hash_words(STR_HASH_START, bytes, length) != zero);
            bytes[i] = 0;
        }
        CHECK(str_hash_words(STR_HASH_START, bytes, length) == zero);
    }
}

static void reads_whole_numbers(void)
{
    static const struct {
        const char *text;
        bool good;
        long value;
    } CASES[] = {{"0", true, 0}, {"12", true, 12}, {"-7", true, -7}, {"+5", true, 5}, {"007", true, 7},
        {"9223372036854775807", true, LONG_MAX}, {"-9223372036854775808", true, LONG_MIN},
        {"9223372036854775808", false, 0}, {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0}, {"", false, 0}, {"-", false, 0}, {"+", false, 0},
        {" 1", false, 0}, {"1 ", false, 0}, {"1a", false, 0}, {"0x10", false, 0}, {"1.0", false, 0},
        {"--1", false, 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *owner;
        long value = 4711;
        bool good = str_to_long(exact(CASES[i].text, &owner), &value);
        CHECK_THAT(good == CASES[i].good, "\"%s\" gives %d", CASES[i].text, good);
        CHECK_INT(value, CASES[i].good ? CASES[i].value : 4711);
        free(owner);
    }
}

static void reads_decimal_numbers(void)
{
    static const struct {
        const char *text;
        bool good;
        double value;
    } CASES[] = {{"0", true, 0}, {"12", true, 12}, {"-0.5", true, -0.5}, {"1e3", true, 1000},
        {"1E-2", true, 0.01}, {".5", true, 0.5}, {"5.", true, 5}, {"+2.25", true, 2.25},
        {"39.9042", true, 39.9042}, {"", false, 0}, {".", false, 0}, {"e5", false, 0}, {"1e", false, 0},
        {"1e+", false, 0}, {"inf", false, 0}, {"nan", false, 0}, {"0x1p3", false, 0}, {" 1", false, 0},
        {"1 ", false, 0}, {"1,5", false, 0}, {"1e999", false, 0}, {"1.2.3", false, 0}, {"-", false, 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *owner;
        double value = 4711;
        bool good = str_to_double(exact(CASES[i].text, &owner), &value);
        CHECK_THAT(good == CASES[i].good, "\"%s\" gives %d", CASES[i].text, good);
        CHECK_THAT(value == (CASES[i].good ? CASES[i].value : 4711), "\"%s\" gives %g", CASES[i].text, value);
        free(owner);
    }
}

static void refuses_an_endless_number(void)
{
    char digits[200];
    double value = 1;
    memset(digits, '1', sizeof digits);
    CHECK(!str_to_double((struct str){digits, sizeof digits}, &value));
    CHECK(value == 1);
}

static void reads_the_point_in_every_locale(void)
{
    static const char *const COMMAS[] = {"de_DE.UTF-8", "ru_RU.UTF-8", "fr_FR.UTF-8"};
    bool found = false;
    for (size_t i = 0; i < ARRAY_LENGTH(COMMAS) && !found; i++) {
        found = setlocale(LC_NUMERIC, COMMAS[i]) != NULL;
    }
    if (!found) {
        SKIP("no locale with a decimal comma is installed");
    }
    double value = 0;
    CHECK(str_to_double(STR("1.5"), &value));
    CHECK(value == 1.5);
    setlocale(LC_NUMERIC, "C");
}

static void counts_edits(void)
{
    static const struct {
        const char *a, *b;
        size_t edits;
    } CASES[] = {{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"title", "title", 0}, {"titel", "title", 2},
        {"languges", "languages", 1}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"a", "b", 1},
        {"provenence", "provenance", 1}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        CHECK_INT(str_distance(str_from(CASES[i].a), str_from(CASES[i].b)), CASES[i].edits);
        CHECK_INT(str_distance(str_from(CASES[i].b), str_from(CASES[i].a)), CASES[i].edits);
    }
    char text[64];
    memset(text, 'a', sizeof text);
    struct str longest = {text, 63}, longer = {text, 64};
    CHECK_INT(str_distance(longest, longest), 0);
    CHECK_INT(str_distance(longest, NOTHING), 63);
    CHECK(str_distance(longer, STR("a")) == SIZE_MAX);
    CHECK(str_distance(STR("a"), longer) == SIZE_MAX);
}

int main(void)
{
    RUN(nothing_is_the_empty_slice);
    RUN(compares_by_bytes);
    RUN(begins_and_ends);
    RUN(slices_are_clamped);
    RUN(trims);
    RUN(splits);
    RUN(finds);
    RUN(hashes_as_published);
    RUN(hashes_by_words);
    RUN(reads_whole_numbers);
    RUN(reads_decimal_numbers);
    RUN(refuses_an_endless_number);
    RUN(reads_the_point_in_every_locale);
    RUN(counts_edits);
    return check_report();
}
