#include "internal.h"

#include <math.h>

#define CHUNK 1500 /* points of a line that are stroked at once: the stroker makes up to ten of one */
#define DASH 4.0   /* in widths */
#define GAP 3.0
#define HEAD_LENGTH 5.0
#define HEAD_HALF 2.5

struct stroke {
    struct paint *paint;
    const struct paint_target *target;
    const struct box_path *path;
    struct rect clip;
    double dx, dy;
};

/* Does this part of a line come near what is drawn? Most of a coast does not when a button beside it is. */
static bool is_seen(const struct stroke *s, const struct pointf *points, size_t count)
{
    struct box_path part = {.points = points, .count = count, .width_px = s->path->width_px};
    struct rect r = path_bounds(&part);
    r.x += (int)s->dx;
    r.y += (int)s->dy;
    return !rect_empty(rect_intersect(r, s->clip));
}

static void draw_line(const struct stroke *s, const struct pointf *points, size_t count, bool closed)
{
    struct shape *shape = &s->paint->shape;
    bool whole = count <= CHUNK;
    for (size_t from = 0; from + 1 < count; from += CHUNK - 1) {
        size_t length = count - from < CHUNK ? count - from : CHUNK;
        if (!is_seen(s, points + from, length)) {
            continue;
        }
        shape_begin(shape);
        shape_stroke(shape, points + from, length, closed && whole, s->path->width_px,
            whole ? SHAPE_BUTT : SHAPE_ROUND, s->dx, s->dy);
        shape_blend(shape, s->target, s->clip, s->path->ink);
    }
    if (closed && !whole) {
        struct pointf ends[2] = {points[count - 1], points[0]};
        draw_line(s, ends, 2, false);
    }
}

static double distance(struct pointf a, struct pointf b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

static struct pointf between(struct pointf a, struct pointf b, double t)
{
    return (struct pointf){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* Dashes run on around corners: `phase` is how far into the pattern the line is. All of them are one shape.
 */
static void draw_dashes(const struct stroke *s, struct pointf a, struct pointf b, double *phase)
{
    double on = DASH * s->path->width_px, period = on + GAP * s->path->width_px;
    double length = distance(a, b), at = 0;
    if (!(length > 0) || !(period > 0.5) || length / period > 10000) {
        return;
    }
    while (at < length) {
        bool drawn = *phase < on;
        double step = fmin((drawn ? on : period) - *phase, length - at);
        if (drawn) {
            struct pointf dash[2] = {between(a, b, at / length), between(a, b, (at + step) / length)};
            shape_stroke(&s->paint->shape, dash, 2, false, s->path->width_px, SHAPE_BUTT, s->dx, s->dy);
        }
        at += step;
        *phase += step;
        if (*phase >= period - 1e-9) {
            *phase = 0;
        }
    }
}

static void draw_dashed(const struct stroke *s)
{
    const struct box_path *path = s->path;
    double phase = 0;
    shape_begin(&s->paint->shape);
    for (size_t i = 0; i + 1 < path->count; i++) {
        draw_dashes(s, path->points[i], path->points[i + 1], &phase);
    }
    if (path->closed && path->count > 2) {
        draw_dashes(s, path->points[path->count - 1], path->points[0], &phase);
    }
    shape_blend(&s->paint->shape, s->target, s->clip, path->ink);
}

/* The last point is the tip; the line ends inside the head, so that its blunt end does not show. */
static void draw_arrow(const struct stroke *s)
{
    const struct box_path *path = s->path;
    size_t last = path->count - 1, before = last;
    while (
        before > 0 && distance(path->points[before - 1], path->points[last]) < HEAD_LENGTH * path->width_px) {
        before--;
    }
    struct pointf tip = path->points[last], from = path->points[before > 0 ? before - 1 : 0];
    double length = distance(from, tip), head = fmin(HEAD_LENGTH * path->width_px, length);
    if (!(length > 0)) {
        return;
    }
    struct pointf foot = between(tip, from, head / length), neck = between(tip, from, head * 0.8 / length);
    double half = head * HEAD_HALF / HEAD_LENGTH;
    double nx = -(tip.y - from.y) / length * half, ny = (tip.x - from.x) / length * half;
    struct pointf triangle[3] = {tip, {foot.x + nx, foot.y + ny}, {foot.x - nx, foot.y - ny}};
    struct pointf shaft[2] = {from, neck};
    struct shape *shape = &s->paint->shape;
    if (before > 1) {
        draw_line(s, path->points, before, false);
    }
    shape_begin(shape);
    shape_polygon(shape, triangle, 3, s->dx, s->dy);
    shape_blend(shape, s->target, s->clip, path->ink);
    draw_line(s, shaft, 2, false);
}

static void draw_fill(const struct stroke *s)
{
    struct shape *shape = &s->paint->shape;
    shape_begin(shape);
    shape_polygon(shape, s->path->points, s->path->count, s->dx, s->dy);
    shape_blend(shape, s->target, s->clip, s->path->ink);
}

void paint_path(struct paint *paint, const struct paint_target *target, const struct box_path *path, int x,
    int y, struct rect clip)
{
    struct stroke s = {paint, target, path, clip, x, y};
    if (path->count < 2 || !is_seen(&s, path->points, path->count)) {
        return;
    }
    switch (path->stroke) {
    case STROKE_LINE:
        draw_line(&s, path->points, path->count, path->closed);
        break;
    case STROKE_DASHED:
        draw_dashed(&s);
        break;
    case STROKE_ARROW:
        draw_arrow(&s);
        break;
    case STROKE_FILL:
        draw_fill(&s);
        break;
    }
}

struct rect path_bounds(const struct box_path *path)
{
    if (path->count == 0) {
        return (struct rect){0};
    }
    double left = path->points[0].x, right = left, top = path->points[0].y, bottom = top;
    for (size_t i = 1; i < path->count; i++) {
        left = fmin(left, path->points[i].x);
        right = fmax(right, path->points[i].x);
        top = fmin(top, path->points[i].y);
        bottom = fmax(bottom, path->points[i].y);
    }
    double margin = fmin(fmax(path->width_px, 0), 1000) * HEAD_LENGTH + 2;
    left = fmax(left - margin, -1e6);
    top = fmax(top - margin, -1e6);
    right = fmin(right + margin, 1e6);
    bottom = fmin(bottom + margin, 1e6);
    return (struct rect){
        (int)floor(left), (int)floor(top), (int)ceil(right - left) + 1, (int)ceil(bottom - top) + 1};
}
