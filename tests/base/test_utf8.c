#include "base/array.h"
#include "base/utf8.h"

#include "check.h"

/* Table 3-7 of the Unicode standard by its edges, and everything that Markus Kuhn's stress test calls
 * malformed. */
static const struct {
    const char *bytes;
    size_t length;
    uint32_t character; /* UTF8_REPLACEMENT with a length other than 3: malformed at the first byte */
    bool good;
} CASES[] = {
    {"\x00", 1, 0, true},
    {"a", 1, 'a', true},
    {"\x7F", 1, 0x7F, true},
    {"\xC2\x80", 2, 0x80, true},
    {"\xDF\xBF", 2, 0x7FF, true},
    {"\xE0\xA0\x80", 3, 0x800, true},
    {"\xEC\xBF\xBF", 3, 0xCFFF, true},
    {"\xED\x9F\xBF", 3, 0xD7FF, true},
    {"\xEE\x80\x80", 3, 0xE000, true},
    {"\xEF\xBF\xBD", 3, 0xFFFD, true},
    {"\xEF\xBF\xBF", 3, 0xFFFF, true},
    {"\xF0\x90\x80\x80", 4, 0x10000, true},
    {"\xF3\xBF\xBF\xBF", 4, 0xFFFFF, true},
    {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF, true},
    {"\x80", 1, 0, false},
    {"\xBF", 1, 0, false},
    {"\xC0\x80", 2, 0, false}, /* overlong NUL */
    {"\xC1\xBF", 2, 0, false}, /* overlong */
    {"\xC2", 1, 0, false},     /* cut */
    {"\xC2"
     "a",
        2, 0, false},              /* no continuation */
    {"\xE0\x9F\xBF", 3, 0, false}, /* overlong */
    {"\xE1\x80", 2, 0, false},     /* cut */
    {"\xE1\x80"
     "a",
        3, 0, false},
    {"\xED\xA0\x80", 3, 0, false},     /* surrogate */
    {"\xED\xBF\xBF", 3, 0, false},     /* surrogate */
    {"\xF0\x8F\xBF\xBF", 4, 0, false}, /* overlong */
    {"\xF0\x90\x80", 3, 0, false},     /* cut */
    {"\xF4\x90\x80\x80", 4, 0, false}, /* above U+10FFFF */
    {"\xF5\x80\x80\x80", 4, 0, false},
    {"\xFE", 1, 0, false},
    {"\xFF", 1, 0, false},
};

static void decodes(void)
{
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        struct str s = {CASES[i].bytes, CASES[i].length};
        size_t at = 0;
        uint32_t character = utf8_next(s, &at);
        CHECK_THAT(character == (CASES[i].good ? CASES[i].character : UTF8_REPLACEMENT), "case %zu: U+%04X",
            i, (unsigned)character);
        CHECK_THAT(at == (CASES[i].good ? CASES[i].length : 1), "case %zu moves by %zu", i, at);
    }
}

static void checks(void)
{
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char text[8] = "xy";
        memcpy(text + 2, CASES[i].bytes, CASES[i].length);
        struct str s = {text, 2 + CASES[i].length};
        CHECK_THAT(utf8_check(s) == (CASES[i].good ? s.length : 2), "case %zu: %zu", i, utf8_check(s));
    }
    CHECK_INT(utf8_check((struct str){NULL, 0}), 0);
}

/* Every scalar value there is goes out and comes back; what is none is refused. */
static void encodes_and_decodes_all_of_unicode(void)
{
    size_t wrong = 0;
    for (uint32_t character = 0; character <= 0x110000; character++) {
        char bytes[4];
        size_t length = utf8_encode(character, bytes), at = 0;
        bool scalar = character <= 0x10FFFF && (character < 0xD800 || character > 0xDFFF);
        if (!scalar) {
            wrong += length != 0;
        } else if (length == 0 || utf8_next((struct str){bytes, length}, &at) != character || at != length) {
            wrong++;
        }
    }
    CHECK_INT(wrong, 0);
    char bytes[4];
    CHECK_INT(utf8_encode(UINT32_MAX, bytes), 0);
}

/* Backwards gives the same characters at the same places as forwards, also in rubbish. */
static void backwards_mirrors_forwards(void)
{
    static const unsigned char ALPHABET[] = {
        'a', 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0xF0, 0x90, 0xF4, 0x8F, 0xFF};
    uint32_t seed = 1950;
    for (int round = 0; round < 20000; round++) {
        char bytes[12];
        uint32_t characters[12];
        size_t starts[12], count = 0;
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)ALPHABET[(seed >> 16) % sizeof ALPHABET];
        }
        struct str s = {bytes, sizeof bytes};
        for (size_t at = 0; at < s.length; count++) {
            starts[count] = at;
            characters[count] = utf8_next(s, &at);
        }
        CHECK_INT(utf8_count(s), count);
        size_t at = s.length;
        while (count > 0) {
            count--;
            uint32_t character = utf8_previous(s, &at);
            CHECK_INT(character, characters[count]);
            CHECK_INT(at, starts[count]);
        }
        if (check_failures > 0) {
            return;
        }
    }
}

static void counts(void)
{
    CHECK_INT(utf8_count(STR("")), 0);
    CHECK_INT(utf8_count(STR("Рощин")), 5);
    CHECK_INT(utf8_count(STR("毛泽东")), 3);
    CHECK_INT(utf8_count(STR("\x80\x80")), 2);
    CHECK_INT(utf8_count(STR("\xE1\x80")), 2);
}

int main(void)
{
    RUN(decodes);
    RUN(checks);
    RUN(encodes_and_decodes_all_of_unicode);
    RUN(backwards_mirrors_forwards);
    RUN(counts);
    return check_report();
}
