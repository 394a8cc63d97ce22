/* The icons: our own outlines on a grid of 24 units, strokes 2 units wide, square and mitred as if cut with a
 * graver. */
#ifndef PAINT_ICON_H
#define PAINT_ICON_H

#include "shape.h"

/* How much of each pixel an icon covers. Colour is not part of it. */
struct icon_mask {
    enum box_icon icon;
    int size_px;
    bool mirrored;
    unsigned long used;   /* when it was asked for last, for throwing out the oldest */
    unsigned char *cover; /* size_px x size_px */
};

#define ICON_MASKS 64

struct icon_cache {
    struct icon_mask masks[ICON_MASKS];
    size_t count;
    unsigned long clock;
};

/* The mask, made or found; NULL when there is no such icon or no memory. Lent until the next call. */
const struct icon_mask *icon_find(
    struct icon_cache *cache, struct shape *shape, enum box_icon icon, int size_px, bool mirrored);
void icon_finish(struct icon_cache *cache);
/* Does this icon point along the line of reading, so that right-to-left screens mirror it? */
bool icon_points_along(enum box_icon icon);

#endif
