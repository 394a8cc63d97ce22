/* From a camera to one level of a pyramid, in shared integers: everything that draws, loads or asks about a
 * view goes through this, so that no two of them ever disagree by a pixel.
 *
 * The view is looked at unturned ("upright", _up): a view of 1920x1080 that is turned by a quarter is
 * 1080x1920 upright, and the finished pixels are turned. The centre of upright pixel X stands at level
 * position u + X * step, and likewise v for Y. Positions are 32.32 fixed point, in level pixels.
 *
 * A view that is less than half as fine as the level, because there is none coarser, looks through `shift`:
 * positions then count squares of 2^shift level pixels, each averaged to one. */
#ifndef SCAN_LENS_H
#define SCAN_LENS_H

#include "pyramid.h"

#define LENS_ONE ((int64_t)1 << 32)

struct lens {
    int level, shift;
    int quarter_turns;
    struct size view, up;     /* the view's size, and turned upright */
    int64_t u, v, step;       /* step <= 2 */
    struct size squares;      /* the level in squares of 2^shift pixels */
    struct rect page_up;      /* the pixels whose centres lie on the page, within the view; may be empty */
    struct rect level_needed; /* level pixels that filtering page_up can touch */
    struct rect tiles_needed; /* the same in tiles: first column and row, and how many */
};

/* The coarsest level that is at least as fine as the view; the finest one where there is none. */
int lens_level(const struct scan_pyramid *pyramid, double scale);
/* Looks at `level`. A view without a size or page gives an empty page_up. */
struct lens lens_make(const struct scan_pyramid *pyramid, const struct scan_view *view, int level);
/* The scale of a view, also of a camera that is not resolved. */
double lens_scale(const struct scan_pyramid *pyramid, const struct scan_view *view);
/* An upright rectangle as it lies in the view, and back. */
struct rect lens_turn(const struct lens *lens, struct rect up);
struct rect lens_unturn(const struct lens *lens, struct rect view);

#endif
