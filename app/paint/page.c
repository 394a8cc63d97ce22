#include "internal.h"

#include "camera/camera.h"
#include "pixel.h"

#include <math.h>
#include <stdlib.h>

struct glass {
    struct camera camera;
    struct camera_page size;
    struct size view;
    struct point at; /* of the view in the target */
};

/* A zone's polygon in view pixels, malloc'd. */
static struct pointf *zone_in_view(const struct glass *glass, const struct pointf *points_img, size_t count)
{
    struct pointf *points = calloc(count, sizeof *points);
    for (size_t i = 0; points != NULL && i < count; i++) {
        points[i] = camera_to_view(glass->camera, glass->size, glass->view, points_img[i]);
    }
    return points;
}

static void add_zones(
    struct shape *shape, const struct box_page *page, const struct glass *glass, double outline_px)
{
    shape_begin(shape);
    for (size_t i = 0; i < page->zone_count; i++) {
        size_t count = page->zones[i].count;
        struct pointf *points = count >= 3 ? zone_in_view(glass, page->zones[i].points_img, count) : NULL;
        if (points != NULL && outline_px > 0) {
            shape_stroke(shape, points, count, true, outline_px, SHAPE_BUTT, glass->at.x, glass->at.y);
        } else if (points != NULL) {
            shape_polygon(shape, points, count, glass->at.x, glass->at.y);
        }
        free(points);
    }
}

/* All zones are one shape: where two overlap the highlight is not doubled. An outline stands on a black one
 * twice its width, so that it is seen on light paper too. */
static void zones_paint(struct paint *paint, const struct box_page *page, const struct glass *glass,
    const struct paint_target *target, struct rect clip)
{
    struct shape *shape = &paint->shape;
    if (page->outline_px > 0) {
        add_zones(shape, page, glass, 2.0 * page->outline_px);
        shape_blend(shape, target, clip, COLOUR_RGB(0x000000));
        add_zones(shape, page, glass, page->outline_px);
        shape_blend(shape, target, clip, page->lit);
    } else {
        add_zones(shape, page, glass, 0);
        shape_multiply(shape, target, clip, page->lit);
    }
}

bool page_view(const struct box *box, const struct paint_source *source, struct scan_view *view)
{
    const struct box_page *page = box->look.page;
    *view = (struct scan_view){
        .page = source->scan != NULL && source->page_handle != NULL
                    ? source->page_handle(source->context, page->document, page->page)
                    : -1,
        .camera = {page->x_page, page->y_page, page->scale, page->quarter_turns},
        .view_win = box->rect,
    };
    return view->page >= 0;
}

static struct glass glass_of(const struct paint_source *source, const struct scan_view *view)
{
    return (struct glass){
        .camera = view->camera,
        .size = scan_page_size(source->scan, view->page),
        .view = {view->view_win.w, view->view_win.h},
        .at = {view->view_win.x, view->view_win.y},
    };
}

void page_paint_zones(struct paint *paint, const struct box *box, const struct paint_source *source,
    const struct paint_target *target, struct rect clip)
{
    struct scan_view view;
    struct rect seen = pixel_clip(target, box->rect, clip);
    if (box->look.page->zone_count > 0 && !rect_empty(seen) && page_view(box, source, &view)) {
        struct glass glass = glass_of(source, &view);
        zones_paint(paint, box->look.page, &glass, target, seen);
    }
}

/* The table around the page: what the page will cover is not filled first, which would write a large window
 * twice. */
static void fill_around(
    const struct paint_target *target, struct rect all, struct rect page, struct rect clip, colour c)
{
    struct rect in = rect_intersect(all, page);
    if (rect_empty(in)) {
        paint_fill(target, all, clip, c);
        return;
    }
    int right = in.x + in.w, bottom = in.y + in.h;
    paint_fill(target, (struct rect){all.x, all.y, all.w, in.y - all.y}, clip, c);
    paint_fill(target, (struct rect){all.x, bottom, all.w, all.y + all.h - bottom}, clip, c);
    paint_fill(target, (struct rect){all.x, in.y, in.x - all.x, in.h}, clip, c);
    paint_fill(target, (struct rect){right, in.y, all.x + all.w - right, in.h}, clip, c);
}

void page_paint(struct paint *paint, const struct box *box, const struct paint_source *source,
    const struct paint_target *target, struct rect clip)
{
    struct scan_view view;
    struct rect seen = pixel_clip(target, box->rect, clip);
    if (rect_empty(seen) || !page_view(box, source, &view)) {
        paint_fill(target, box->rect, clip, box->look.fill);
        return;
    }
    fill_around(target, box->rect, scan_page_rect(source->scan, &view), clip, box->look.fill);
    struct scan_target pixels = {target->pixels, target->width, target->height, target->stride};
    scan_compose(source->scan, &view, &pixels, seen, box->look.page->missing);
    page_paint_zones(paint, box, source, target, clip);
}

#define FARTHEST_PX 1e6 /* beyond it nothing is seen, and a rectangle must stay one */

struct rect page_zones_extent(const struct box *box, const struct paint_source *source)
{
    const struct box_page *page = box->look.page;
    struct scan_view view;
    double left = FARTHEST_PX, top = FARTHEST_PX, right = -FARTHEST_PX, bottom = -FARTHEST_PX;
    if (page->zone_count == 0 || !page_view(box, source, &view)) {
        return (struct rect){0};
    }
    struct glass glass = glass_of(source, &view);
    for (size_t i = 0; i < page->zone_count; i++) {
        for (size_t k = 0; k < page->zones[i].count; k++) {
            struct pointf p =
                camera_to_view(glass.camera, glass.size, glass.view, page->zones[i].points_img[k]);
            left = fmin(left, fmax(p.x, -FARTHEST_PX));
            top = fmin(top, fmax(p.y, -FARTHEST_PX));
            right = fmax(right, fmin(p.x, FARTHEST_PX));
            bottom = fmax(bottom, fmin(p.y, FARTHEST_PX));
        }
    }
    /* The mitres of an outline reach as far as twice its width, which itself is doubled. */
    int around = 4 * page->outline_px + 2;
    struct rect r = {(int)floor(left) - around, (int)floor(top) - around, 0, 0};
    r.w = (int)ceil(right) + around - r.x;
    r.h = (int)ceil(bottom) + around - r.y;
    r.x += glass.at.x;
    r.y += glass.at.y;
    return right < left ? (struct rect){0} : rect_intersect(r, rect_intersect(box->rect, box->clip));
}
