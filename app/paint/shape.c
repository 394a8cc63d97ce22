#include "shape.h"

#include "base/array.h"
#include "pixel.h"

#include <math.h>
#include <stdlib.h>

/* The rasteriser is safe within 2^18 pixels; what lies farther out is pulled in, where nobody looks. */
#define FARTHEST_PX 200000.0

bool shape_init(struct shape *shape, struct error *err)
{
    *shape = (struct shape){0};
    /* Of parts that found no memory FreeType does not tell. */
    if (FT_Init_FreeType(&shape->library) != 0 || FT_Get_Module(shape->library, "smooth") == NULL ||
        FT_Stroker_New(shape->library, &shape->stroker) != 0) {
        shape_finish(shape);
        return error_set(err, ERROR_MACHINE, "FreeType does not start");
    }
    return true;
}

void shape_finish(struct shape *shape)
{
    if (shape->stroker != NULL) {
        FT_Stroker_Done(shape->stroker);
    }
    if (shape->library != NULL) {
        FT_Done_FreeType(shape->library);
    }
    free(shape->points);
    free(shape->tags);
    free(shape->contours);
    *shape = (struct shape){0};
}

void shape_begin(struct shape *shape)
{
    shape->count = 0;
    shape->contour_count = 0;
    shape->failed = false;
}

static FT_Pos fixed(double px)
{
    if (!(fabs(px) <= FARTHEST_PX)) { /* also what is not a number */
        px = px < 0 ? -FARTHEST_PX : FARTHEST_PX;
    }
    return lround(px * 64);
}

static bool reserve(struct shape *shape, size_t points, size_t contours)
{
    size_t needed = shape->count + points, needed_contours = shape->contour_count + contours;
    if (needed > SHAPE_POINTS_MAX || needed_contours > SHAPE_POINTS_MAX ||
        !array_reserve(&shape->points, &shape->capacity, needed, sizeof *shape->points) ||
        !array_reserve(&shape->tags, &shape->tag_capacity, needed, sizeof *shape->tags) ||
        !array_reserve(
            &shape->contours, &shape->contour_capacity, needed_contours, sizeof *shape->contours)) {
        shape->failed = true;
    }
    return !shape->failed;
}

/* Twice the area, its sign the direction. */
static double signed_area(const struct pointf *points, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        struct pointf a = points[i], b = points[i + 1 < count ? i + 1 : 0];
        sum += a.x * b.y - b.x * a.y;
    }
    return sum;
}

/* Every polygon is added in the same direction: with the non-zero rule overlaps then count once. */
void shape_polygon(struct shape *shape, const struct pointf *points, size_t count, double dx, double dy)
{
    if (count < 3 || !reserve(shape, count, 1)) {
        return;
    }
    bool backwards = signed_area(points, count) < 0;
    for (size_t i = 0; i < count; i++) {
        struct pointf p = points[backwards ? count - 1 - i : i];
        shape->points[shape->count] = (FT_Vector){fixed(p.x + dx), fixed(p.y + dy)};
        shape->tags[shape->count++] = FT_CURVE_TAG_ON;
    }
    shape->contours[shape->contour_count++] = (short)(shape->count - 1);
}

/* Feeds the stroker; false when it fails, or when all points are one: of a line without a length it makes no
 * outline, and asked for one it falls over. */
static bool trace(
    struct shape *shape, const struct pointf *points, size_t count, bool closed, double dx, double dy)
{
    FT_Vector last = {fixed(points[0].x + dx), fixed(points[0].y + dy)};
    bool any = false;
    if (FT_Stroker_BeginSubPath(shape->stroker, &last, !closed) != 0) {
        return false;
    }
    for (size_t i = 1; i < count; i++) {
        FT_Vector to = {fixed(points[i].x + dx), fixed(points[i].y + dy)};
        /* Steps well under a pixel only give the stroker corners to stumble over. */
        bool step = labs(to.x - last.x) + labs(to.y - last.y) >= 24 || (i + 1 == count && !closed);
        if (step && (to.x != last.x || to.y != last.y)) {
            if (FT_Stroker_LineTo(shape->stroker, &to) != 0) {
                return false;
            }
            last = to;
            any = true;
        }
    }
    return any && FT_Stroker_EndSubPath(shape->stroker) == 0;
}

void shape_stroke(struct shape *shape, const struct pointf *points, size_t count, bool closed, double width,
    enum shape_ends ends, double dx, double dy)
{
    if (count < 2 || shape->failed || !(width > 0)) {
        return;
    }
    bool round = ends == SHAPE_ROUND;
    FT_Stroker_Set(shape->stroker, lround(fmin(width, 1000) * 32),
        round ? FT_STROKER_LINECAP_ROUND : FT_STROKER_LINECAP_BUTT,
        round ? FT_STROKER_LINEJOIN_ROUND : FT_STROKER_LINEJOIN_MITER_FIXED, 4 << 16);
    FT_UInt new_points = 0, new_contours = 0;
    if (!trace(shape, points, count, closed, dx, dy)) {
        return;
    }
    if (FT_Stroker_GetCounts(shape->stroker, &new_points, &new_contours) != 0 ||
        !reserve(shape, new_points, new_contours)) {
        shape->failed = true;
        return;
    }
    FT_Outline outline = {(short)shape->contour_count, (short)shape->count, shape->points, shape->tags,
        shape->contours, FT_OUTLINE_NONE};
    FT_Stroker_Export(shape->stroker, &outline);
    shape->count = (size_t)outline.n_points;
    shape->contour_count = (size_t)outline.n_contours;
}

/* ---- rendering */

struct sink {
    const struct paint_target *target;
    uint32_t ink, share;
    unsigned char *mask;
    int stride;
};

static void blend_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct sink *sink = user;
    for (int i = 0; i < count; i++) {
        uint32_t *row = pixel_row(sink->target, y) + spans[i].x;
        uint32_t share = pixel_share(spans[i].coverage) * sink->share >> 8;
        for (int x = 0; x < spans[i].len; x++) {
            row[x] = pixel_mix(row[x], sink->ink, share);
        }
    }
}

static void multiply_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct sink *sink = user;
    for (int i = 0; i < count; i++) {
        uint32_t *row = pixel_row(sink->target, y) + spans[i].x;
        uint32_t share = pixel_share(spans[i].coverage);
        for (int x = 0; x < spans[i].len; x++) {
            row[x] = pixel_mix(row[x], pixel_multiply(row[x], sink->ink), share);
        }
    }
}

static void cover_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct sink *sink = user;
    for (int i = 0; i < count; i++) {
        unsigned char *row = sink->mask + (ptrdiff_t)y * sink->stride + spans[i].x;
        for (int x = 0; x < spans[i].len; x++) {
            row[x] = row[x] > spans[i].coverage ? row[x] : spans[i].coverage;
        }
    }
}

/* FreeType's y grows upwards, but a row is a row: fed with y down it reports rows that are counted down. */
static void render(struct shape *shape, struct rect clip, FT_SpanFunc spans, struct sink *sink)
{
    if (shape->failed || shape->count == 0 || rect_empty(clip)) {
        return;
    }
    FT_Outline outline = {(short)shape->contour_count, (short)shape->count, shape->points, shape->tags,
        shape->contours, FT_OUTLINE_NONE};
    FT_Raster_Params params = {
        .flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
        .gray_spans = spans,
        .user = sink,
        .clip_box = {clip.x, clip.y, clip.x + clip.w, clip.y + clip.h},
    };
    FT_Outline_Render(shape->library, &outline, &params);
}

void shape_blend(struct shape *shape, const struct paint_target *target, struct rect clip, colour c)
{
    struct sink sink = {.target = target, .ink = c & PIXEL_RGB, .share = pixel_share(c >> 24)};
    if (sink.share != 0) {
        render(shape, pixel_clip(target, clip, clip), blend_spans, &sink);
    }
}

void shape_multiply(struct shape *shape, const struct paint_target *target, struct rect clip, colour c)
{
    struct sink sink = {.target = target, .ink = c & PIXEL_RGB, .share = 256};
    render(shape, pixel_clip(target, clip, clip), multiply_spans, &sink);
}

void shape_cover(struct shape *shape, unsigned char *mask, int w, int h)
{
    struct sink sink = {.mask = mask, .stride = w};
    render(shape, (struct rect){0, 0, w, h}, cover_spans, &sink);
}
