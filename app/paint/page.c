#include "internal.h"

#include "camera/camera.h"

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

void page_paint(struct paint *paint, const struct box *box, const struct paint_source *source,
    const struct paint_target *target, struct rect clip)
{
    const struct box_page *page = box->look.page;
    struct rect seen =
        rect_intersect(clip, rect_intersect(box->rect, (struct rect){0, 0, target->width, target->height}));
    int handle = source->scan != NULL && source->page_handle != NULL
                     ? source->page_handle(source->context, page->document, page->page)
                     : -1;
    if (handle < 0 || rect_empty(seen)) {
        return;
    }
    struct glass glass = {
        .camera = {page->x_page, page->y_page, page->scale, page->quarter_turns},
        .size = scan_page_size(source->scan, handle),
        .view = {box->rect.w, box->rect.h},
        .at = {box->rect.x, box->rect.y},
    };
    struct scan_view view = {handle, glass.camera, box->rect};
    struct scan_target pixels = {target->pixels, target->width, target->height, target->stride};
    scan_compose(source->scan, &view, &pixels, seen, page->missing);
    if (page->zone_count > 0) {
        zones_paint(paint, page, &glass, target, seen);
    }
}
