/* UTF-16 that was made from checked UTF-8: surrogates always come in pairs, save where a caller cuts. */
#ifndef TEXT_UTF16_H
#define TEXT_UTF16_H

#include <stdbool.h>
#include <stdint.h>

static inline bool utf16_is_lead(uint16_t unit)
{
    return (unit & 0xFC00) == 0xD800;
}

static inline bool utf16_is_trail(uint16_t unit)
{
    return (unit & 0xFC00) == 0xDC00;
}

/* The character at *at (< length), and *at moves behind it. A surrogate alone is itself. */
static inline int32_t utf16_next(const uint16_t *units, int *at, int length)
{
    int32_t c = units[(*at)++];
    if (utf16_is_lead((uint16_t)c) && *at < length && utf16_is_trail(units[*at])) {
        c = 0x10000 + ((c - 0xD800) << 10) + (units[(*at)++] - 0xDC00);
    }
    return c;
}

static inline int32_t utf16_at(const uint16_t *units, int at, int length)
{
    return utf16_next(units, &at, length);
}

/* Writes one or two units, returns how many. */
static inline int utf16_encode(uint32_t c, uint16_t out[2])
{
    if (c < 0x10000) {
        out[0] = (uint16_t)c;
        return 1;
    }
    out[0] = (uint16_t)(0xD7C0 + (c >> 10));
    out[1] = (uint16_t)(0xDC00 + (c & 0x3FF));
    return 2;
}

#endif
