#include "blend.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The four channels of a pixel, 16 bits each, so that one multiplication does for all. */
static inline uint64_t spread(uint32_t pixel)
{
    return (uint64_t)(pixel & 0xFF00FF00u) << 24 | (pixel & 0x00FF00FFu);
}

/* `under` with `over` (spread) laid on it; weight 0 to 256. The borrows between channels cancel out below the
 * mask. */
static inline uint32_t mix(uint32_t under, uint64_t over, uint32_t weight)
{
    uint64_t channels = spread(under);
    channels += ((over - channels) * weight) >> 8;
    return (under & 0xFF000000u) | (uint32_t)(channels & 0xFF00FFu) |
           ((uint32_t)(channels >> 24) & 0x00FF00u);
}

void blend_fill(uint32_t *pixels, int count, uint32_t ink, uint32_t weight)
{
    uint64_t over = spread(ink);
    for (int i = 0; i < count; i++) {
        pixels[i] = mix(pixels[i], over, weight);
    }
}

static inline uint32_t blend_one(
    uint32_t under, uint32_t coverage, uint32_t ink, uint64_t over, uint32_t weight)
{
    uint32_t c = ((coverage + (coverage >> 7)) * weight) >> 8;
    return c == 256 ? (under & 0xFF000000u) | (ink & 0xFFFFFFu) : mix(under, over, c);
}

#ifdef __SSE2__

/* Four pixels, each channel in 16 bits: under * (256 - c) + over * c is 65280 at most. */
static inline __m128i blend_pair(__m128i under, __m128i over, __m128i c)
{
    __m128i rest = _mm_sub_epi16(_mm_set1_epi16(256), c);
    return _mm_srli_epi16(_mm_add_epi16(_mm_mullo_epi16(under, rest), _mm_mullo_epi16(over, c)), 8);
}

static inline void blend_four(uint32_t *pixels, uint32_t coverage, __m128i over, uint32_t weight)
{
    const __m128i zero = _mm_setzero_si128(), colours = _mm_set_epi16(0, -1, -1, -1, 0, -1, -1, -1);
    __m128i under = _mm_loadu_si128((const __m128i *)(const void *)pixels);
    __m128i c = _mm_unpacklo_epi8(_mm_cvtsi32_si128((int)coverage), zero);
    c = _mm_add_epi16(c, _mm_srli_epi16(c, 7));
    if (weight < 256) {
        c = _mm_srli_epi16(_mm_mullo_epi16(c, _mm_set1_epi16((short)weight)), 8);
    }
    c = _mm_unpacklo_epi16(c, c);
    __m128i low =
        blend_pair(_mm_unpacklo_epi8(under, zero), over, _mm_and_si128(_mm_unpacklo_epi32(c, c), colours));
    __m128i high =
        blend_pair(_mm_unpackhi_epi8(under, zero), over, _mm_and_si128(_mm_unpackhi_epi32(c, c), colours));
    _mm_storeu_si128((__m128i *)(void *)pixels, _mm_packus_epi16(low, high));
}

/* Whole fours; returns how many pixels they are. */
static int blend_fours(
    uint32_t *restrict pixels, const uint8_t *restrict coverage, int count, uint32_t ink, uint32_t weight)
{
    __m128i over = _mm_unpacklo_epi8(_mm_set1_epi32((int)ink), _mm_setzero_si128());
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        uint32_t four;
        memcpy(&four, coverage + i, sizeof four);
        if (four != 0) {
            blend_four(pixels + i, four, over, weight);
        }
    }
    return i;
}

#else

static int blend_fours(
    uint32_t *restrict pixels, const uint8_t *restrict coverage, int count, uint32_t ink, uint32_t weight)
{
    (void)pixels, (void)coverage, (void)count, (void)ink, (void)weight;
    return 0;
}

#endif

/* Most of a glyph is empty, and that is passed over. */
void blend_row(
    uint32_t *restrict pixels, const uint8_t *restrict coverage, int count, uint32_t ink, uint32_t weight)
{
    uint64_t over = spread(ink);
    for (int i = blend_fours(pixels, coverage, count, ink, weight); i < count; i++) {
        if (coverage[i] != 0) {
            pixels[i] = blend_one(pixels[i], coverage[i], ink, over, weight);
        }
    }
}
