#include "camera/camera.h"

#include <math.h>

/* A soft edge yields at most this part of the view's shorter side, and follows the finger at first by this
 * part. */
#define SOFT_REACH 0.25
#define SOFT_SLOPE 0.55
/* The same of a zoom beyond the closest or the farthest, as a logarithm. */
#define SOFT_ZOOM 0.5

static int turns_of(int quarter_turns)
{
    return ((quarter_turns % 4) + 4) % 4;
}

static double page_width(struct camera_page page)
{
    return page.width_img > 0 ? page.width_img : 1;
}

static double page_height(struct camera_page page)
{
    return page.height_img > 0 ? page.height_img : 1;
}

static double scale_of(struct camera camera, struct camera_page page, struct size view)
{
    if (camera.scale > 0 && isfinite(camera.scale)) {
        return camera.scale;
    }
    return camera_fit_scale(page, view, camera.quarter_turns, 0);
}

static struct pointf turned(struct pointf d, int quarter_turns)
{
    switch (turns_of(quarter_turns)) {
    case 1:
        return (struct pointf){-d.y, d.x};
    case 2:
        return (struct pointf){-d.x, -d.y};
    case 3:
        return (struct pointf){d.y, -d.x};
    default:
        return d;
    }
}

struct camera camera_whole(void)
{
    return (struct camera){0.5, 0.5, 0, 0};
}

double camera_fit_scale(struct camera_page page, struct size view, int quarter_turns, int margin_view)
{
    bool across = turns_of(quarter_turns) % 2 != 0;
    double w = across ? page_height(page) : page_width(page);
    double h = across ? page_width(page) : page_height(page);
    double room_w = fmax(1, view.w - 2.0 * margin_view);
    double room_h = fmax(1, view.h - 2.0 * margin_view);
    return fmin(room_w / w, room_h / h);
}

struct camera camera_for_box(struct camera_page page, struct size view, struct rectf box_img, int margin_view,
    double max_scale, int quarter_turns)
{
    bool across = turns_of(quarter_turns) % 2 != 0;
    double w = fmax(across ? box_img.h : box_img.w, 1e-6);
    double h = fmax(across ? box_img.w : box_img.h, 1e-6);
    double scale = fmin(fmax(1, view.w - 2.0 * margin_view) / w, fmax(1, view.h - 2.0 * margin_view) / h);
    if (max_scale > 0) {
        scale = fmin(scale, max_scale);
    }
    return (struct camera){
        .x_page = (box_img.x + box_img.w / 2) / page_width(page),
        .y_page = (box_img.y + box_img.h / 2) / page_height(page),
        .scale = scale,
        .quarter_turns = turns_of(quarter_turns),
    };
}

/* The centre on one axis, in image pixels, so that the page's ends stand at or outside the margins. */
static double clamp_centre(double centre, double page, double view, double margin, double scale)
{
    double half = (view / 2 - margin) / scale;
    if (!isfinite(centre) || 2 * half >= page) {
        return page / 2;
    }
    return fmin(fmax(centre, half), page - half);
}

struct camera camera_clamp(
    struct camera camera, struct camera_page page, struct size view, int margin_view, double max_scale)
{
    int turns = turns_of(camera.quarter_turns);
    double fit = camera_fit_scale(page, view, turns, margin_view);
    double scale = camera.scale > 0 && isfinite(camera.scale) ? camera.scale : fit;
    scale = fmax(fmin(scale, max_scale), fit);
    double view_x = turns % 2 ? view.h : view.w; /* the view's extent along the page's own axes */
    double view_y = turns % 2 ? view.w : view.h;
    double w = page_width(page), h = page_height(page);
    return (struct camera){
        .x_page = clamp_centre(camera.x_page * w, w, view_x, margin_view, scale) / w,
        .y_page = clamp_centre(camera.y_page * h, h, view_y, margin_view, scale) / h,
        .scale = scale,
        .quarter_turns = turns,
    };
}

/* What is left of `excess` view pixels past an edge: slope SOFT_SLOPE at first, never more than `reach`. */
static double soft(double excess, double reach)
{
    double size = fabs(excess) * SOFT_SLOPE;
    return copysign(reach * size / (size + reach), excess);
}

/* The excess of which `left` is left. */
static double unsoft(double left, double reach)
{
    double size = fmin(fabs(left), 0.98 * reach);
    return copysign(reach * size / (reach - size) / SOFT_SLOPE, left);
}

/* The limits of a camera, and what it has beyond them made less (soft) or more (unsoft). */
static struct camera past_edges(struct camera camera, struct camera_page page, struct size view,
    int margin_view, double max_scale, double (*change)(double excess, double reach))
{
    struct camera result = camera_clamp(camera, page, view, margin_view, max_scale);
    if (!(camera.scale > 0) || !isfinite(camera.scale) || !isfinite(camera.x_page) ||
        !isfinite(camera.y_page)) {
        return result;
    }
    double scale = result.scale * exp(change(log(camera.scale / result.scale), SOFT_ZOOM));
    /* Both ways the excess is measured in the pixels that are shown. */
    double shown = change == soft ? scale : camera.scale;
    double reach = fmax(1, SOFT_REACH * fmin(view.w, view.h));
    double w_shown = page_width(page) * shown, h_shown = page_height(page) * shown;
    result.x_page += change((camera.x_page - result.x_page) * w_shown, reach) / w_shown;
    result.y_page += change((camera.y_page - result.y_page) * h_shown, reach) / h_shown;
    result.scale = scale;
    return result;
}

struct camera camera_soften(
    struct camera camera, struct camera_page page, struct size view, int margin_view, double max_scale)
{
    return past_edges(camera, page, view, margin_view, max_scale, soft);
}

struct camera camera_harden(
    struct camera shown, struct camera_page page, struct size view, int margin_view, double max_scale)
{
    return past_edges(shown, page, view, margin_view, max_scale, unsoft);
}

struct pointf camera_to_view(
    struct camera camera, struct camera_page page, struct size view, struct pointf img)
{
    double scale = scale_of(camera, page, view);
    struct pointf d = {img.x - camera.x_page * page_width(page), img.y - camera.y_page * page_height(page)};
    d = turned(d, camera.quarter_turns);
    return (struct pointf){view.w / 2.0 + d.x * scale, view.h / 2.0 + d.y * scale};
}

struct pointf camera_to_img(
    struct camera camera, struct camera_page page, struct size view, struct pointf view_point)
{
    double scale = scale_of(camera, page, view);
    struct pointf d = {(view_point.x - view.w / 2.0) / scale, (view_point.y - view.h / 2.0) / scale};
    d = turned(d, -camera.quarter_turns);
    return (struct pointf){d.x + camera.x_page * page_width(page), d.y + camera.y_page * page_height(page)};
}

static struct rectf between(struct pointf a, struct pointf b)
{
    return (struct rectf){fmin(a.x, b.x), fmin(a.y, b.y), fabs(a.x - b.x), fabs(a.y - b.y)};
}

struct rectf camera_rect_to_view(
    struct camera camera, struct camera_page page, struct size view, struct rectf img)
{
    return between(camera_to_view(camera, page, view, (struct pointf){img.x, img.y}),
        camera_to_view(camera, page, view, (struct pointf){img.x + img.w, img.y + img.h}));
}

struct rectf camera_seen(struct camera camera, struct camera_page page, struct size view)
{
    return between(camera_to_img(camera, page, view, (struct pointf){0, 0}),
        camera_to_img(camera, page, view, (struct pointf){view.w, view.h}));
}

struct camera camera_zoom_at(
    struct camera camera, struct camera_page page, struct size view, double factor, struct pointf fixed_view)
{
    if (!(factor > 0) || !isfinite(factor)) {
        return camera;
    }
    struct pointf fixed_img = camera_to_img(camera, page, view, fixed_view);
    struct camera result = camera;
    result.scale = scale_of(camera, page, view) * factor;
    /* The fixed point's distance from the centre shrinks by the factor in image pixels. */
    double cx = camera.x_page * page_width(page), cy = camera.y_page * page_height(page);
    result.x_page = (fixed_img.x - (fixed_img.x - cx) / factor) / page_width(page);
    result.y_page = (fixed_img.y - (fixed_img.y - cy) / factor) / page_height(page);
    return result;
}

struct camera camera_pan(struct camera camera, struct camera_page page, double dx_view, double dy_view)
{
    if (!(camera.scale > 0)) {
        return camera; /* the whole page has nowhere to go */
    }
    struct pointf d = turned((struct pointf){dx_view, dy_view}, -camera.quarter_turns);
    camera.x_page -= d.x / camera.scale / page_width(page);
    camera.y_page -= d.y / camera.scale / page_height(page);
    return camera;
}

struct camera camera_turn(struct camera camera, int turns)
{
    camera.quarter_turns = turns_of(camera.quarter_turns + turns % 4);
    return camera;
}
