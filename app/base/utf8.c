#include "base/utf8.h"

/* The second byte decides about overlong forms, surrogates and the end of Unicode: RFC 3629, section 4. */
struct lead {
    unsigned char first, last; /* lead bytes of this row */
    unsigned char length;      /* bytes of the character */
    unsigned char low, high;   /* what the second byte may be */
};

static const struct lead LEADS[] = {
    {0xC2, 0xDF, 2, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x80, 0x8F},
};

static const struct lead *lead_of(unsigned char byte)
{
    for (size_t i = 0; i < sizeof LEADS / sizeof LEADS[0]; i++) {
        if (byte >= LEADS[i].first && byte <= LEADS[i].last) {
            return &LEADS[i];
        }
    }
    return NULL;
}

/* Bytes of the well-formed character at `at`, and the character; 0 where there is none. */
static size_t decode(struct str s, size_t at, uint32_t *character)
{
    const unsigned char *bytes = (const unsigned char *)s.data + at;
    size_t left = s.length - at;
    if (bytes[0] < 0x80) {
        *character = bytes[0];
        return 1;
    }
    const struct lead *lead = lead_of(bytes[0]);
    if (lead == NULL || left < lead->length || bytes[1] < lead->low || bytes[1] > lead->high) {
        return 0;
    }
    uint32_t value = bytes[0] & (0x7Fu >> lead->length);
    for (size_t i = 1; i < lead->length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    *character = value;
    return lead->length;
}

uint32_t utf8_next(struct str s, size_t *at)
{
    uint32_t character = UTF8_REPLACEMENT;
    if ((unsigned char)s.data[*at] < 0x80) {
        return (unsigned char)s.data[(*at)++];
    }
    size_t length = decode(s, *at, &character);
    *at += length != 0 ? length : 1;
    return character;
}

uint32_t utf8_previous(struct str s, size_t *at)
{
    struct str before = {s.data, *at};
    for (size_t length = 1; length <= 4 && length <= *at; length++) {
        uint32_t character;
        if (decode(before, *at - length, &character) == length) {
            *at -= length;
            return character;
        }
    }
    *at -= 1;
    return UTF8_REPLACEMENT;
}

size_t utf8_encode(uint32_t character, char out[4])
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) {
        return 0;
    }
    size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char MARKS[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(MARKS[length] | character);
    return length;
}

size_t utf8_check(struct str s)
{
    size_t at = 0;
    while (at < s.length) {
        uint32_t character;
        size_t length = decode(s, at, &character);
        if (length == 0) {
            break;
        }
        at += length;
    }
    return at;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.length; count++) {
        utf8_next(s, &at);
    }
    return count;
}
