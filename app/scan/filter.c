#include "filter.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#define X86 1
#endif

#define ONE ((int64_t)1 << 32)
#define WEIGHTS 16 /* bytes per pixel of filter_columns */
#define THIRD 8    /* among them */

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
    struct filter_columns more = {.capacity = count};
    more.first = malloc(count * sizeof *more.first);
    more.weights = aligned_alloc(32, (count * WEIGHTS + 31) / 32 * 32);
    more.plain = malloc(count * sizeof *more.plain);
    if (more.first == NULL || more.weights == NULL || more.plain == NULL) {
        filter_columns_finish(&more);
        return false;
    }
    filter_columns_finish(columns);
    *columns = more;
    return true;
}

void filter_columns_finish(struct filter_columns *columns)
{
    free(columns->first);
    free(columns->weights);
    free(columns->plain);
    *columns = (struct filter_columns){0};
}

void filter_columns_set(struct filter_columns *columns, size_t count, int64_t centre, int64_t step)
{
    columns->count = count;
    columns->plain_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct filter_tap tap = filter_tap_at(centre + (int64_t)i * step, step);
        uint8_t *w = columns->weights + WEIGHTS * i;
        bool plain = tap.weight[0] == FILTER_ONE || tap.weight[1] == FILTER_ONE;
        columns->first[i] = tap.first + (tap.weight[1] == FILTER_ONE ? 1 : 0);
        if (plain) {
            columns->plain[columns->plain_count++] = (int32_t)i;
        }
        for (size_t k = 0; k < WEIGHTS / 2; k += 2) {
            w[k] = plain ? 0 : (uint8_t)tap.weight[0];
            w[k + 1] = plain ? 0 : (uint8_t)tap.weight[1];
            w[WEIGHTS / 2 + k] = plain ? 0 : (uint8_t)tap.weight[2];
            w[WEIGHTS / 2 + k + 1] = 0;
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

static void rows_plain(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = weighed(a[i], b[i], c[i], weight[0], weight[1], weight[2]);
    }
}

static void across_plain(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t *p = row + (columns->first[from + i] - origin);
        const uint8_t *w = columns->weights + WEIGHTS * (from + i);
        to[i] = (w[0] | w[1]) == 0 ? p[0] : weighed(p[0], p[1], p[2], w[0], w[1], w[THIRD]);
    }
}

#ifdef X86

/* Which of the three rows is all of it; -1: none. */
static int only_row(const uint16_t weight[3])
{
    return weight[0] == FILTER_ONE ? 0 : weight[1] == FILTER_ONE ? 1 : weight[2] == FILTER_ONE ? 2 : -1;
}

/* Two products of a byte with a weight, added up, are one instruction, which takes weights without a sign and
 * pixels with one: pixels are halved about 128, w * (p - 128), and as weights add up to 256, what is missing
 * in the sum is 128 * 256. No sum leaves 16 bits:
 *
 *     -128 * 256 = -32768 <= sum <= 127 * 256 = 32512 */
#define ABOUT ((char)-128)
#define MISSING_AND_HALF ((short)0x8080)

struct weights_avx2 {
    __m256i first, third;
    bool three;
};

__attribute__((target("avx2"))) static inline void eight_avx2(
    uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c, const struct weights_avx2 *w)
{
    const __m256i about = _mm256_set1_epi8(ABOUT), half = _mm256_set1_epi16(MISSING_AND_HALF);
    __m256i p = _mm256_xor_si256(_mm256_loadu_si256((const void *)a), about);
    __m256i q = _mm256_xor_si256(_mm256_loadu_si256((const void *)b), about);
    __m256i low = _mm256_maddubs_epi16(w->first, _mm256_unpacklo_epi8(p, q));
    __m256i high = _mm256_maddubs_epi16(w->first, _mm256_unpackhi_epi8(p, q));
    if (w->three) {
        __m256i r = _mm256_xor_si256(_mm256_loadu_si256((const void *)c), about);
        low = _mm256_add_epi16(low, _mm256_maddubs_epi16(w->third, _mm256_unpacklo_epi8(r, r)));
        high = _mm256_add_epi16(high, _mm256_maddubs_epi16(w->third, _mm256_unpackhi_epi8(r, r)));
    }
    low = _mm256_srli_epi16(_mm256_add_epi16(low, half), 8);
    high = _mm256_srli_epi16(_mm256_add_epi16(high, half), 8);
    _mm256_storeu_si256((void *)to, _mm256_packus_epi16(low, high));
}

/* The last eight again rather than up to seven one by one: a tile's row is short. */
__attribute__((target("avx2"))) static void rows_avx2(uint32_t *to, const uint32_t *a, const uint32_t *b,
    const uint32_t *c, const uint16_t weight[3], size_t count)
{
    struct weights_avx2 w = {_mm256_set1_epi16((short)(weight[0] | weight[1] << 8)),
        _mm256_set1_epi16((short)weight[2]), weight[2] != 0};
    if (count < 8) {
        rows_plain(to, a, b, c, weight, count);
        return;
    }
    for (size_t i = 0; i + 8 <= count; i += 8) {
        eight_avx2(to + i, a + i, b + i, c + i, &w);
    }
    if (count % 8 != 0) {
        size_t i = count - 8;
        eight_avx2(to + i, a + i, b + i, c + i, &w);
    }
}

__attribute__((target("ssse3"))) static void rows_ssse3(uint32_t *to, const uint32_t *a, const uint32_t *b,
    const uint32_t *c, const uint16_t weight[3], size_t count)
{
    const __m128i about = _mm_set1_epi8(ABOUT), half = _mm_set1_epi16(MISSING_AND_HALF);
    const __m128i first = _mm_set1_epi16((short)(weight[0] | weight[1] << 8));
    const __m128i third = _mm_set1_epi16((short)weight[2]);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        __m128i p = _mm_xor_si128(_mm_loadu_si128((const void *)(a + i)), about);
        __m128i q = _mm_xor_si128(_mm_loadu_si128((const void *)(b + i)), about);
        __m128i r = _mm_xor_si128(_mm_loadu_si128((const void *)(c + i)), about);
        __m128i low = _mm_maddubs_epi16(first, _mm_unpacklo_epi8(p, q));
        __m128i high = _mm_maddubs_epi16(first, _mm_unpackhi_epi8(p, q));
        low = _mm_add_epi16(low, _mm_maddubs_epi16(third, _mm_unpacklo_epi8(r, r)));
        high = _mm_add_epi16(high, _mm_maddubs_epi16(third, _mm_unpackhi_epi8(r, r)));
        low = _mm_srli_epi16(_mm_add_epi16(low, half), 8);
        high = _mm_srli_epi16(_mm_add_epi16(high, half), 8);
        _mm_storeu_si128((void *)(to + i), _mm_packus_epi16(low, high));
    }
    rows_plain(to + i, a + i, b + i, c + i, weight, count - i);
}

/* Four source pixels a, b, c, d become ab ab ab ab c- c- c- c-, channel by channel, as the weights lie. */
#define PAIRS 0, 4, 1, 5, 2, 6, 3, 7, 8, -1, 9, -1, 10, -1, 11, -1

/* How many pixels are done; the caller does the rest. */

/* The weighed sums of two pixels, in one half each: the first two source pixels below, the third above. */
__attribute__((target("avx2"))) static __m256i two_avx2(
    const uint32_t *p, const uint32_t *q, const uint8_t *weights)
{
    const __m256i pairs = _mm256_setr_epi8(PAIRS, PAIRS);
    __m256i words = _mm256_castsi128_si256(_mm_loadu_si128((const void *)p));
    words = _mm256_inserti128_si256(words, _mm_loadu_si128((const void *)q), 1);
    words = _mm256_shuffle_epi8(_mm256_xor_si256(words, _mm256_set1_epi8(ABOUT)), pairs);
    return _mm256_maddubs_epi16(_mm256_loadu_si256((const void *)weights), words);
}

__attribute__((target("avx2"))) static size_t across_avx2(uint32_t *to, const uint32_t *row, ptrdiff_t origin,
    const int32_t *first, const uint8_t *weights, size_t count)
{
    const __m256i half = _mm256_set1_epi16(MISSING_AND_HALF);
    size_t i = 0;
    for (; i + 4 <= count; i += 4, weights += (size_t)4 * WEIGHTS) {
        __m256i a = two_avx2(row + (first[i] - origin), row + (first[i + 1] - origin), weights);
        __m256i b = two_avx2(
            row + (first[i + 2] - origin), row + (first[i + 3] - origin), weights + (size_t)2 * WEIGHTS);
        __m256i sum = _mm256_add_epi16(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
        sum = _mm256_srli_epi16(_mm256_add_epi16(sum, half), 8);
        sum = _mm256_packus_epi16(sum, sum); /* the first and the third, and the second and the fourth */
        _mm_storeu_si128((void *)(to + i),
            _mm_unpacklo_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1)));
    }
    return i;
}

__attribute__((target("ssse3"))) static __m128i one_ssse3(const uint32_t *p, const uint8_t *weights)
{
    __m128i words = _mm_xor_si128(_mm_loadu_si128((const void *)p), _mm_set1_epi8(ABOUT));
    return _mm_maddubs_epi16(
        _mm_loadu_si128((const void *)weights), _mm_shuffle_epi8(words, _mm_setr_epi8(PAIRS)));
}

__attribute__((target("ssse3"))) static size_t across_ssse3(uint32_t *to, const uint32_t *row,
    ptrdiff_t origin, const int32_t *first, const uint8_t *weights, size_t count)
{
    const __m128i half = _mm_set1_epi16(MISSING_AND_HALF);
    size_t i = 0;
    for (; i + 2 <= count; i += 2, weights += (size_t)2 * WEIGHTS) {
        __m128i a = one_ssse3(row + (first[i] - origin), weights);
        __m128i b = one_ssse3(row + (first[i + 1] - origin), weights + WEIGHTS);
        __m128i sum = _mm_add_epi16(_mm_unpacklo_epi64(a, b), _mm_unpackhi_epi64(a, b));
        sum = _mm_srli_epi16(_mm_add_epi16(sum, half), 8);
        _mm_storel_epi64((void *)(to + i), _mm_packus_epi16(sum, sum));
    }
    return i;
}

enum filter_unit filter_best_unit(void)
{
    return __builtin_cpu_supports("avx2")    ? FILTER_AVX2
           : __builtin_cpu_supports("ssse3") ? FILTER_SSSE3
                                             : FILTER_PLAIN;
}

void filter_rows_by(enum filter_unit unit, uint32_t *to, const uint32_t *a, const uint32_t *b,
    const uint32_t *c, const uint16_t weight[3], size_t count)
{
    const uint32_t *const rows[] = {a, b, c};
    int only = only_row(weight);
    if (only >= 0) {
        memcpy(to, rows[only], count * sizeof *to);
    } else if (unit == FILTER_AVX2) {
        rows_avx2(to, a, b, c, weight, count);
    } else if (unit == FILTER_SSSE3) {
        rows_ssse3(to, a, b, c, weight, count);
    } else {
        rows_plain(to, a, b, c, weight, count);
    }
}

/* Pixels that are one source pixel, which bytes cannot weigh. */
static void put_plain(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    for (size_t k = 0; k < columns->plain_count; k++) {
        size_t i = (size_t)columns->plain[k];
        if (i >= from && i < from + count) {
            to[i - from] = row[columns->first[i] - origin];
        }
    }
}

void filter_across_by(enum filter_unit unit, uint32_t *to, const uint32_t *row, int origin,
    const struct filter_columns *columns, size_t from, size_t count)
{
    const int32_t *first = columns->first + from;
    const uint8_t *weights = columns->weights + WEIGHTS * from;
    size_t i = 0;
    if (unit == FILTER_AVX2) {
        i = across_avx2(to, row, origin, first, weights, count);
    } else if (unit == FILTER_SSSE3) {
        i = across_ssse3(to, row, origin, first, weights, count);
    }
    put_plain(to, row, origin, columns, from, i);
    across_plain(to + i, row, origin, columns, from + i, count - i);
}

#else

enum filter_unit filter_best_unit(void)
{
    return FILTER_PLAIN;
}

void filter_rows_by(enum filter_unit unit, uint32_t *to, const uint32_t *a, const uint32_t *b,
    const uint32_t *c, const uint16_t weight[3], size_t count)
{
    (void)unit;
    rows_plain(to, a, b, c, weight, count);
}

void filter_across_by(enum filter_unit unit, uint32_t *to, const uint32_t *row, int origin,
    const struct filter_columns *columns, size_t from, size_t count)
{
    (void)unit;
    across_plain(to, row, origin, columns, from, count);
}

#endif

void filter_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, const uint32_t *c,
    const uint16_t weight[3], size_t count)
{
    filter_rows_by(filter_best_unit(), to, a, b, c, weight, count);
}

void filter_across(uint32_t *to, const uint32_t *row, int origin, const struct filter_columns *columns,
    size_t from, size_t count)
{
    filter_across_by(filter_best_unit(), to, row, origin, columns, from, count);
}
