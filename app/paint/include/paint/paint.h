/* From boxes to pixels in memory, without a GPU: fills, lines, icons, text, pages. Only what changed is drawn
 * again. */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include "base/error.h"
#include "base/rect.h"
#include "box/box.h"
#include "scan/scan.h"
#include "text/text.h"

#include <stdbool.h>
#include <stdint.h>

struct paint; /* what was drawn last, per box, to know what changed */

/* 0x00RRGGBB words in memory (a window surface, or our own). */
struct paint_target {
    uint32_t *pixels;
    int width, height, stride; /* stride in words */
};

struct paint_source {
    struct text *text;
    struct scan *scan;
    /* Scan's number of a page; -1: it cannot be shown. */
    int (*page_handle)(void *context, const char *document, int page);
    void *context;
};

struct paint *paint_create(struct error *err);
void paint_destroy(struct paint *paint);

#define PAINT_DAMAGE_MAX 16
/* Draws the tree. With `whole` false only what differs from the tree drawn before, plus what `tiles_changed`
 * pages show; damage (at most PAINT_DAMAGE_MAX rectangles, window pixels) says what was drawn; 0 rectangles:
 * nothing changed and no pixel was touched. The tree's texts must live until the next call. */
int paint_tree(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct paint_target *target, bool whole, bool tiles_changed, struct rect damage[PAINT_DAMAGE_MAX]);

/* ---- pages apart, for a host that lets a graphics card draw them. What is not a page is drawn into memory,
 * and with it how it lies over the pages:
 *
 *     the screen = page * keep / 255 + add    channel by channel, where a page shows
 *     the screen = add                        elsewhere; what `keep` has there means nothing
 *
 * Whatever is painted, blended or multiplied over a page comes to this, so nothing needs to know about it. */
struct paint_apart {
    struct paint_target add, keep; /* of one size */
};

#define PAINT_PAGES_MAX 8
struct paint_page {
    struct rect seen; /* window pixels that it is drawn in, wholly: first `ground`, then the view */
    struct scan_view view;
    colour ground;
    colour missing; /* the hatching of parts that cannot be shown */
};
struct paint_pages { /* later ones lie over earlier ones */
    struct paint_page pages[PAINT_PAGES_MAX];
    int count;
};

/* As paint_tree(), without the pages: they are listed in *pages. A page that moves does no damage. A page
 * that has no opaque ground, or that scan cannot lend in pieces, is drawn into memory as ever; so are those
 * beyond PAINT_PAGES_MAX. */
int paint_tree_apart(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct paint_apart *target, bool whole, bool tiles_changed, struct rect damage[PAINT_DAMAGE_MAX],
    struct paint_pages *pages);

/* target = from + (target - from) * alpha / 256, in `area`: a cross-fade. Both have target's size. */
void paint_blend(
    const struct paint_target *target, const uint32_t *from, int from_stride, struct rect area, int alpha);

/* Fills, outlines, icons and paths by themselves, for tests and typesetting. */
void paint_fill(const struct paint_target *target, struct rect area, struct rect clip, colour c);
void paint_outline(
    const struct paint_target *target, struct rect area, int width_px, struct rect clip, colour c);
void paint_icon(struct paint *paint, const struct paint_target *target, enum box_icon icon, struct rect area,
    struct rect clip, colour c, bool mirrored);
void paint_path(struct paint *paint, const struct paint_target *target, const struct box_path *path, int x,
    int y, struct rect clip);

/* Writes a PNG (24 bits, with a resolution when dpi > 0). The bytes depend on the pixels only. */
bool paint_write_png(const char *path, const struct paint_target *target, double dpi, struct error *err);

#endif
