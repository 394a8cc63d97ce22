#include "filter.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#define ONE ((int64_t)1 << 32)

struct filter_tap filter_tap_at(int64_t centre, int64_t step)
{
    int64_t width = step > ONE ? step : ONE;
    int64_t low = centre - width / 2;
    int64_t cover0 = ONE - (low & (ONE - 1));
    cover0 = cover0 < width ? cover0 : width;
    int64_t rest = width - cover0;
    int64_t cover2 = rest > ONE ? rest - ONE : 0;
    struct filter_tap tap = {.first = (int)(low >> 32)};
    tap.weight[0] = (uint16_t)((cover0 * FILTER_ONE + width / 2) / width);
    tap.weight[2] = (uint16_t)((cover2 * FILTER_ONE + width / 2) / width);
    tap.weight[1] = (uint16_t)(FILTER_ONE - tap.weight[0] - tap.weight[2]);
    return tap;
}

bool filter_columns_reserve(struct filter_columns *columns, size_t count)
{
    if (count <= columns->capacity) {
        return true;
    }
    int32_t *first = malloc(count * sizeof *first);
    uint16_t *weights = aligned_alloc(16, (count * 12 * sizeof *weights + 15) / 16 * 16);
    if (first == NULL || weights == NULL) {
        free(first);
        free(weights);
        return false;
    }
    filter_columns_finish(columns);
    *columns = (struct filter_columns){.first = first, .weights = weights, .capacity = count};
    return true;
}

void filter_columns_finish(struct filter_columns *columns)
{
    free(columns->first);
    free(columns->weights);
    *columns = (struct filter_columns){0};
}

void filter_columns_set(struct filter_columns *columns, size_t count, int64_t centre, int64_t step)
{
    columns->count = count;
    for (size_t i = 0; i < count; i++) {
        struct filter_tap tap = filter_tap_at(centre + (int64_t)i * step, step);
        columns->first[i] = tap.first;
        for (size_t k = 0; k < 12; k++) {
            columns->weights[12 * i + k] = tap.weight[k / 4];
        }
    }
}

/* Two channels at a time: sums of at most 255 * 256 + 128 stay within 16 bits. */
static uint32_t weighed(uint32_t a, uint32_t b, uint32_t c, uint32_t w0, uint32_t w1, uint32_t w2)
{
    const uint32_t mask = 0x00FF00FF, half = 0x00800080;
    uint32_t low = (a & mask) * w0 + (b & mask) * w1 + (c & mask) * w2 + half;
    uint32_t high = (a >> 8 & mask) * w0 + (b >> 8 & mask) * w1 + (c >> 8 & mask) * w2 + half;
    return (low >> 8 & mask) | (high & ~mask);
}

void filter_rows_plain(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = weighed(a[i], b[i], c[i], weight[0], weight[1], weight[2]);
    }
}

void filter_across_plain(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *p = row + (columns->first[from + i] - origin);
        const uint16_t *w = columns->weights + 12 * (from + i);
        to[i] = weighed(p[0], p[1], p[2], w[0], w[4], w[8]);
    }
}

#ifdef __SSE2__

static __m128i load(const void *from)
{
    return _mm_loadu_si128(from);
}

/* Four words of a row, times a weight, as 2 x 8 sums. */
static void add_row(__m128i *low, __m128i *high, const uint32_t *row, __m128i weight)
{
    const __m128i zero = _mm_setzero_si128();
    __m128i words = load(row);
    *low = _mm_add_epi16(*low, _mm_mullo_epi16(_mm_unpacklo_epi8(words, zero), weight));
    *high = _mm_add_epi16(*high, _mm_mullo_epi16(_mm_unpackhi_epi8(words, zero), weight));
}

/* The same with words twice as wide, where the processor has them; returns how many are done. */
__attribute__((target("avx2"))) static void add_wide_row(
    __m256i *low, __m256i *high, const uint32_t *row, __m256i weight)
{
    const __m256i zero = _mm256_setzero_si256();
    __m256i words = _mm256_loadu_si256((const void *)row);
    *low = _mm256_add_epi16(*low, _mm256_mullo_epi16(_mm256_unpacklo_epi8(words, zero), weight));
    *high = _mm256_add_epi16(*high, _mm256_mullo_epi16(_mm256_unpackhi_epi8(words, zero), weight));
}

__attribute__((target("avx2"))) static size_t filter_wide_rows(uint32_t *to, const uint32_t *a,
    const uint32_t *b, const uint32_t *c, const uint16_t weight[3], size_t count)
{
    __m256i w0 = _mm256_set1_epi16((short)weight[0]), w1 = _mm256_set1_epi16((short)weight[1]);
    __m256i w2 = _mm256_set1_epi16((short)weight[2]), half = _mm256_set1_epi16(FILTER_ONE / 2);
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256i low = half, high = half;
        add_wide_row(&low, &high, a + i, w0);
        add_wide_row(&low, &high, b + i, w1);
        if (weight[2] != 0) {
            add_wide_row(&low, &high, c + i, w2);
        }
        __m256i words = _mm256_packus_epi16(_mm256_srli_epi16(low, 8), _mm256_srli_epi16(high, 8));
        _mm256_storeu_si256((void *)(to + i), words);
    }
    return i;
}

void filter_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count)
{
    __m128i w0 = _mm_set1_epi16((short)weight[0]), w1 = _mm_set1_epi16((short)weight[1]);
    __m128i w2 = _mm_set1_epi16((short)weight[2]), half = _mm_set1_epi16(FILTER_ONE / 2);
    size_t i = __builtin_cpu_supports("avx2") ? filter_wide_rows(to, a, b, c, weight, count) : 0;
    for (; i + 4 <= count; i += 4) {
        __m128i low = half, high = half;
        add_row(&low, &high, a + i, w0);
        add_row(&low, &high, b + i, w1);
        if (weight[2] != 0) {
            add_row(&low, &high, c + i, w2);
        }
        __m128i words = _mm_packus_epi16(_mm_srli_epi16(low, 8), _mm_srli_epi16(high, 8));
        _mm_storeu_si128((void *)(to + i), words);
    }
    filter_rows_plain(to + i, a + i, b + i, c + i, weight, count - i);
}

/* Two pairs of neighbours as weighed sums, one pair in each half. */
__attribute__((target("avx2"))) static __m256i two_pairs(
    const uint32_t *p, const uint32_t *q, const uint16_t *weights)
{
    __m128i words = _mm_unpacklo_epi64(_mm_loadl_epi64((const void *)p), _mm_loadl_epi64((const void *)q));
    __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(load(weights)), load(weights + 12), 1);
    return _mm256_mullo_epi16(_mm256_cvtepu8_epi16(words), both);
}

static __m128i third_weights(const uint16_t *p, const uint16_t *q)
{
    return _mm_unpacklo_epi64(_mm_loadl_epi64((const void *)(p + 8)), _mm_loadl_epi64((const void *)(q + 8)));
}

/* Four pixels at a time; the first and the third lie in one half, the second and the fourth in the other. */
__attribute__((target("avx2"))) static size_t filter_wide_across(uint32_t *to, const uint32_t *row,
    int origin, const struct filter_columns *columns, size_t from, size_t count)
{
    const __m256i half = _mm256_set1_epi16(FILTER_ONE / 2);
    const int32_t *first = columns->first + from;
    const uint16_t *w = columns->weights + 12 * from;
    size_t i = 0;
    for (; i + 4 <= count; i += 4, w += 48) {
        const uint32_t *p0 = row + (first[i] - origin), *p1 = row + (first[i + 1] - origin);
        const uint32_t *p2 = row + (first[i + 2] - origin), *p3 = row + (first[i + 3] - origin);
        __m256i a = two_pairs(p0, p1, w), b = two_pairs(p2, p3, w + 24);
        __m256i third = _mm256_cvtepu8_epi16(_mm_set_epi32((int)p3[2], (int)p1[2], (int)p2[2], (int)p0[2]));
        __m256i weights = _mm256_inserti128_si256(
            _mm256_castsi128_si256(third_weights(w, w + 24)), third_weights(w + 12, w + 36), 1);
        __m256i sum = _mm256_add_epi16(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
        sum = _mm256_add_epi16(sum, _mm256_mullo_epi16(third, weights));
        sum = _mm256_srli_epi16(_mm256_add_epi16(sum, half), 8);
        sum = _mm256_packus_epi16(sum, sum);
        _mm_storeu_si128((void *)(to + i),
            _mm_unpacklo_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1)));
    }
    return i;
}

/* Two neighbours and the pixel behind them, as weighed sums: the first two in the halves of *pair, the third
 * in its own half. */
static __m128i two_words(const uint32_t *p, const uint16_t *weights)
{
    __m128i words = _mm_unpacklo_epi8(_mm_loadl_epi64((const void *)p), _mm_setzero_si128());
    return _mm_mullo_epi16(words, load(weights));
}

void filter_across(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    const __m128i zero = _mm_setzero_si128(), half = _mm_set1_epi16(FILTER_ONE / 2);
    const int32_t *first = columns->first + from;
    size_t i = __builtin_cpu_supports("avx2") ? filter_wide_across(to, row, origin, columns, from, count) : 0;
    const uint16_t *weights = columns->weights + 12 * (from + i);
    for (; i + 2 <= count; i += 2, weights += 24) {
        const uint32_t *p = row + (first[i] - origin), *q = row + (first[i + 1] - origin);
        __m128i a = two_words(p, weights), b = two_words(q, weights + 12);
        __m128i third = _mm_unpacklo_epi32(_mm_cvtsi32_si128((int)p[2]), _mm_cvtsi32_si128((int)q[2]));
        third = _mm_mullo_epi16(_mm_unpacklo_epi8(third, zero), third_weights(weights, weights + 12));
        __m128i sum = _mm_add_epi16(_mm_unpacklo_epi64(a, b), _mm_unpackhi_epi64(a, b));
        sum = _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(sum, third), half), 8);
        _mm_storel_epi64((void *)(to + i), _mm_packus_epi16(sum, sum));
    }
    filter_across_plain(to + i, row, origin, columns, from + i, count - i);
}

#else

void filter_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count)
{
    filter_rows_plain(to, a, b, c, weight, count);
}

void filter_across(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    filter_across_plain(to, row, origin, columns, from, count);
}

#endif
