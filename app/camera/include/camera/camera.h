/* Looking at a page: where its pixels lie in a view. All pure values; time is a parameter, in milliseconds.
 *
 * A camera is a page centre and a scale, so it survives a change of size and language. Page coordinates
 * (_page) are fractions of the page, 0..1 on both axes; image pixels (_img) are the page's own; view pixels
 * (_view) start at the view's top left.
 *
 *     img ── minus centre ── turned clockwise ── times scale ── plus half the view ──▶ view
 *
 * A camera is *resolved* when its scale is > 0; camera_clamp() resolves. What is not resolved is taken as the
 * whole page without a margin, so that no function divides by zero or returns what is not a number. */
#ifndef CAMERA_CAMERA_H
#define CAMERA_CAMERA_H

#include "base/rect.h"

#include <stdbool.h>
#include <stdint.h>

struct camera_page {
    int width_img, height_img; /* > 0 */
};

struct camera {
    double x_page, y_page; /* what stands in the middle of the view */
    double scale; /* view pixels per image pixel; <= 0 means "the whole page", whatever the view's size */
    int quarter_turns; /* clockwise, 0..3 */
};

/* The whole page, centred. */
struct camera camera_whole(void);
/* The scale at which the whole page (turned as it is) fits the view with `margin_view` pixels around it. */
double camera_fit_scale(struct camera_page page, struct size view, int quarter_turns, int margin_view);
/* The camera that shows `box_img` as large as fits with the margin, but not beyond `max_scale` (<= 0: no
 * limit). The box stands in the middle even where that shows what is beside the page; camera_clamp() mends
 * that. */
struct camera camera_for_box(struct camera_page page, struct size view, struct rectf box_img, int margin_view,
    double max_scale, int quarter_turns);
/* With scale resolved (never <= 0), clamped to [whole page, max_scale] (a page that is smaller than the view
 * even at max_scale gets the whole-page scale), and the centre where the page fills the view as far as it
 * can, but for the margin. */
struct camera camera_clamp(
    struct camera camera, struct camera_page page, struct size view, int margin_view, double max_scale);
/* Soft edges, for the time a finger is down: like camera_clamp(), but what the clamp takes away is given back
 * in part, the less the farther, so that an edge yields and never runs away. Keep the finger's own camera and
 * show this one; when the finger lifts, fly to camera_clamp(). */
struct camera camera_soften(
    struct camera camera, struct camera_page page, struct size view, int margin_view, double max_scale);
/* The other way round: the finger's own camera for one that is shown, so that a page that is caught while it
 * springs back does not jump. */
struct camera camera_harden(
    struct camera shown, struct camera_page page, struct size view, int margin_view, double max_scale);

struct pointf camera_to_view(
    struct camera camera, struct camera_page page, struct size view, struct pointf img);
struct pointf camera_to_img(
    struct camera camera, struct camera_page page, struct size view, struct pointf view_point);
/* The view rectangle (not rounded) that the image rectangle covers. */
struct rectf camera_rect_to_view(
    struct camera camera, struct camera_page page, struct size view, struct rectf img);
/* The image rectangle that the view shows, not cut to the page: what an overview outlines. */
struct rectf camera_seen(struct camera camera, struct camera_page page, struct size view);

/* Zooms by `factor` so that what is under `fixed_view` stays there. The camera must be resolved (clamped). */
struct camera camera_zoom_at(
    struct camera camera, struct camera_page page, struct size view, double factor, struct pointf fixed_view);
/* Moves what is seen by (dx, dy) view pixels: dragging the page to the right is dx > 0. The camera must be
 * resolved. */
struct camera camera_pan(struct camera camera, struct camera_page page, double dx_view, double dy_view);
/* Turned by `turns` quarters, clockwise when > 0, about the middle of the view. */
struct camera camera_turn(struct camera camera, int turns);

/* A flight from one camera to another along van Wijk and Nuij's optimal path ("Smooth and efficient zooming
 * and panning", 2003): it zooms out, travels and zooms in, and what is seen moves evenly. It starts and ends
 * gently. */
struct camera_flight {
    struct camera from, to;
    double u1;     /* distance between the centres, image pixels */
    double w0, w1; /* widths seen at the ends, image pixels */
    double rho, s_end, r0;
    int64_t start_ms, duration_ms; /* duration 0: no flight */
};
/* Duration is 600-1200 ms by the length of the path unless duration_ms >= 0 is given. */
struct camera_flight camera_fly(struct camera from, struct camera to, struct camera_page page,
    struct size view, int64_t start_ms, int64_t duration_ms);
/* Where the flight is at `now_ms`: exactly `from` until it starts and exactly `to` from its end on. A turn
 * happens at the start. */
struct camera camera_flight_at(
    const struct camera_flight *flight, struct camera_page page, struct size view, int64_t now_ms);
bool camera_flight_over(const struct camera_flight *flight, int64_t now_ms);

/* Momentum after a drag: velocity in view pixels per second, decaying exponentially. The way is the same
 * whatever the steps. */
struct camera_momentum {
    double vx, vy;
    int64_t start_ms;
    double taken_x, taken_y; /* how far it has carried so far */
};
/* The movement since the last call; false once it has come to rest (the last movement comes with the first
 * false). */
bool camera_momentum_step(struct camera_momentum *momentum, int64_t now_ms, double *dx_view, double *dy_view);

#endif
