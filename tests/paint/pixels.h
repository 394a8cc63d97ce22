/* What tests that compare pixels share. */
#ifndef TESTS_PAINT_PIXELS_H
#define TESTS_PAINT_PIXELS_H

#include "base/rect.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Outside of the damage no word of a picture of this size may have been touched. */
static inline bool pixels_only_there(
    const uint32_t *before, const uint32_t *after, struct size size, const struct rect *damage, int count)
{
    for (int i = 0; i < size.w * size.h; i++) {
        bool inside = false;
        for (int d = 0; d < count; d++) {
            inside = inside || rect_contains(damage[d], i % size.w, i / size.w);
        }
        if (!inside && before[i] != after[i]) {
            return false;
        }
    }
    return true;
}

/* How far two colours are from one another: the most of their channels. */
static inline int pixels_far(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = difference > most ? difference : most;
    }
    return most;
}

/* How many pixels are of another colour; what stands in their highest byte does not count. */
static inline long pixels_different(const uint32_t *a, const uint32_t *b, struct size size)
{
    long count = 0;
    for (int i = 0; i < size.w * size.h; i++) {
        count += ((a[i] ^ b[i]) & 0xFFFFFFu) != 0;
    }
    return count;
}

#endif
