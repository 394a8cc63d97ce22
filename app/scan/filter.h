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

/* The same, spread out for the second pass: per pixel its first source pixel and its weights. */
struct filter_columns {
    int32_t *first;    /* count */
    uint16_t *weights; /* 12 per pixel: four times the first, the second and the third */
    size_t count, capacity;
};

bool filter_columns_reserve(struct filter_columns *columns, size_t count);
void filter_columns_finish(struct filter_columns *columns);
/* Pixel i stands at `centre` + i * step. */
void filter_columns_set(struct filter_columns *columns, size_t count, int64_t centre, int64_t step);

/* First pass: to[i] = (a[i] * w0 + b[i] * w1 + c[i] * w2 + half) / FILTER_ONE for every channel. */
void filter_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count);
/* Second pass over columns [from, from + count); row[0] is source pixel `origin`. Reads three words at every
 * first. */
void filter_across(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count);

/* The same in plain C, for processors without SSE2; the results are equal to the last bit. */
void filter_rows_plain(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count);
void filter_across_plain(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count);

#endif
