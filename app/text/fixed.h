/* Positions in 26.6 pixels that stop at 16 million pixels instead of overflowing. */
#ifndef TEXT_FIXED_H
#define TEXT_FIXED_H

#include <stdint.h>

enum { FIXED_MAX = INT32_MAX / 2 };

static inline int32_t add_26_6(int32_t a, int32_t b)
{
    int64_t sum = (int64_t)a + b;
    return sum > FIXED_MAX ? FIXED_MAX : sum < -FIXED_MAX ? -FIXED_MAX : (int32_t)sum;
}

/* The nearest; not a number is 0. */
static inline int32_t round_26_6(double value)
{
    if (!(value > -FIXED_MAX && value < FIXED_MAX)) {
        return value > 0 ? FIXED_MAX : value < 0 ? -FIXED_MAX : 0;
    }
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

#endif
