/* One pixel at a time: what every part of the painter shares. Words are 0x00RRGGBB; the high byte is
 * nobody's. */
#ifndef PAINT_PIXEL_H
#define PAINT_PIXEL_H

#include "paint/paint.h"

#define PIXEL_RGB 0x00FFFFFFu

/* `over` laid on `under` by share / 256: exactly `under` at 0 and exactly `over` at 256. Two channels go
 * through one multiplication: the products of both fit beside each other, and wrap-around takes care of
 * negative differences. */
static inline uint32_t pixel_mix(uint32_t under, uint32_t over, uint32_t share)
{
    uint32_t red_blue = under & 0x00FF00FFu, green = under & 0x0000FF00u;
    red_blue += (((over & 0x00FF00FFu) - red_blue) * share) >> 8;
    green += (((over & 0x0000FF00u) - green) * share) >> 8;
    return (red_blue & 0x00FF00FFu) | (green & 0x0000FF00u);
}

/* 0..255 to 0..256, so that full coverage is all of it. */
static inline uint32_t pixel_share(uint32_t alpha)
{
    return alpha + (alpha >> 7);
}

/* Channel by channel product, as ink printed over ink. */
static inline uint32_t pixel_multiply(uint32_t a, uint32_t b)
{
    uint32_t red = (a >> 16 & 255) * (b >> 16 & 255) / 255;
    uint32_t green = (a >> 8 & 255) * (b >> 8 & 255) / 255;
    uint32_t blue = (a & 255) * (b & 255) / 255;
    return red << 16 | green << 8 | blue;
}

/* The part of `area` that is inside `clip` and inside the target. */
static inline struct rect pixel_clip(const struct paint_target *target, struct rect area, struct rect clip)
{
    struct rect all = {0, 0, target->width, target->height};
    return rect_intersect(rect_intersect(area, clip), all);
}

static inline uint32_t *pixel_row(const struct paint_target *target, int y)
{
    return target->pixels + (ptrdiff_t)y * target->stride;
}

#endif
