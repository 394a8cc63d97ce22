/* Polygons and strokes to coverage, antialiased, with FreeType's stroker and smooth rasteriser. Coordinates
 * are pixels, y down.
 *
 *     shape_begin ── shape_polygon / shape_stroke ... ── shape_blend | shape_multiply | shape_cover
 *
 * What was added is one shape: where its parts overlap they count once. Coverage does not depend on the clip.
 */
#ifndef PAINT_SHAPE_H
#define PAINT_SHAPE_H

#include "paint/paint.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_OUTLINE_H
#include FT_STROKER_H

/* Points of one shape at most: FreeType counts them in a short. */
#define SHAPE_POINTS_MAX 32000

struct shape {
    FT_Library library;
    FT_Stroker stroker;
    FT_Vector *points;
    char *tags;
    short *contours;
    size_t count, capacity, tag_capacity; /* points */
    size_t contour_count, contour_capacity;
    bool failed; /* memory ran out or it grew too large: nothing is drawn */
};

enum shape_ends { SHAPE_BUTT, SHAPE_ROUND };

bool shape_init(struct shape *shape, struct error *err);
void shape_finish(struct shape *shape);

void shape_begin(struct shape *shape);
/* A closed polygon moved by (dx, dy). Polygons of both directions may be mixed. */
void shape_polygon(struct shape *shape, const struct pointf *points, size_t count, double dx, double dy);
/* A line of `width` along the points. */
void shape_stroke(struct shape *shape, const struct pointf *points, size_t count, bool closed, double width,
    enum shape_ends ends, double dx, double dy);

void shape_blend(struct shape *shape, const struct paint_target *target, struct rect clip, colour c);
void shape_multiply(struct shape *shape, const struct paint_target *target, struct rect clip, colour c);
/* Raises bytes of a w x h mask to the shape's coverage. */
void shape_cover(struct shape *shape, unsigned char *mask, int w, int h);

#endif
