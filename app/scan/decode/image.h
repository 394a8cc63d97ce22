/* Decoding in the decoder's own process: stb_image behind a header check of our own. */
#ifndef SCAN_DECODE_IMAGE_H
#define SCAN_DECODE_IMAGE_H

#include "protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An image and its halved levels, 1 (grey), 3 (red, green, blue) or, one level alone, 4 bytes a pixel (and
 * one that says nothing), rows without a gap. */
struct image {
    uint8_t *levels[DECODE_LEVELS];
    uint32_t width[DECODE_LEVELS], height[DECODE_LEVELS];
    uint32_t level_count; /* 0: nothing is kept */
    uint32_t channels;
};

/* Decodes `bytes` into level 0. 16 bits a sample become 8, a palette and inks become colours, and what is
 * transparent is laid on white paper. Colour profiles and gamma are not looked at. NULL when done, else the
 * reason (a literal). */
const char *image_decode(
    struct image *image, const uint8_t *bytes, size_t length, uint64_t limit_pixels, bool orient);
/* Makes levels 1 .. count - 1, each a box filter of the one before; an odd last row or column counts alone.
 */
const char *image_halve(struct image *image, uint32_t count);
void image_finish(struct image *image);

/* Writes a rectangle of a level as 0xFFRRGGBB words. False when it does not lie within the level. */
bool image_cut(
    const struct image *image, uint32_t level, uint32_t x, uint32_t y, uint32_t w, uint32_t h, uint32_t *to);

#endif
