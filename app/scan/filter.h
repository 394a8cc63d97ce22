/* The two passes of the resampling filter, on rows of 0xAARRGGBB words.
 *
 * Each pixel of the result is the mean of what a box of max(1, step) source pixels covers, exactly by area,
 * per axis: at a step of one or less that is bilinear interpolation, at two it is the very box that coarser
 * levels are made with, so a change of level does not show. At most three source pixels take part, with
 * weights that add up to FILTER_ONE. */
#ifndef SCAN_FILTER_H
#define SCAN_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILTER_ONE 256

struct filter_tap {
    int first; /* source pixel of the first weight; may be -1 or reach past the end: repeat the edge */
    uint16_t weight[3];
};

/* The taps of the pixel whose centre is at `centre`, 32.32 fixed point, for steps of at most 2. */
struct filter_tap filter_tap_at(int64_t centre, int64_t step);

/* The same, spread out for the second pass. A weight of FILTER_ONE does not fit a byte: such a pixel is its
 * first source pixel, its weights are zeros, and it is listed. */
struct filter_columns {
    int32_t *first; /* count: the first source pixel of each */
    uint8_t
        *weights;   /* 16 per pixel: the first and the second, four times, and the third and 0, four times */
    int32_t *plain; /* plain_count: the pixels that are one source pixel, in order */
    size_t count, plain_count, capacity;
};

bool filter_columns_reserve(struct filter_columns *columns, size_t count);
void filter_columns_finish(struct filter_columns *columns);
/* Pixel i stands at `centre` + i * step. */
void filter_columns_set(struct filter_columns *columns, size_t count, int64_t centre, int64_t step);

/* First pass: to[i] = (a[i] * w0 + b[i] * w1 + c[i] * w2 + half) / FILTER_ONE for every channel. */
void filter_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count);
/* Second pass over columns [from, from + count); row[0] is source pixel `origin`. Reads FILTER_READS words at
 * every first. */
#define FILTER_READS 4
void filter_across(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count);

/* Who does it: what the processor has, or plain C. The results are equal to the last bit. */
enum filter_unit { FILTER_PLAIN, FILTER_SSSE3, FILTER_AVX2 };
enum filter_unit filter_best_unit(void);
/* The same by a unit, not above the best one. */
void filter_rows_by(enum filter_unit unit, uint32_t *to, const uint32_t *a, const uint32_t *b,
    const uint32_t *c, const uint16_t weight[3], size_t count);
void filter_across_by(enum filter_unit unit, uint32_t *to, const uint32_t *row, int origin,
    const struct filter_columns *columns, size_t from, size_t count);

#endif
