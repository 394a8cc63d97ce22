/* Motion over time: flights and momentum. */
#include "camera/camera.h"

#include <math.h>

#define RHO 1.4142135623730951 /* how far a flight zooms out; users in the paper's study preferred 1.42 */
#define SHORTEST_MS 600
#define LONGEST_MS 1200
#define MS_PER_LENGTH 420 /* of the path, in the paper's units */

#define DECAY_S 0.325      /* time in which momentum falls to 1/e */
#define REST_PX_PER_S 12.0 /* slower than this is rest */

/* A path without travel: the centres are the same for all that can be seen, so the zoom's own centre carries
 * the rest. */
static bool only_zoom(const struct camera_flight *flight)
{
    return flight->u1 < 1e-3 * fmin(flight->w0, flight->w1);
}

static double resolved(struct camera camera, struct camera_page page, struct size view)
{
    return camera.scale > 0 ? camera.scale : camera_fit_scale(page, view, camera.quarter_turns, 0);
}

struct camera_flight camera_fly(struct camera from, struct camera to, struct camera_page page,
    struct size view, int64_t start_ms, int64_t duration_ms)
{
    double width = view.w > 0 ? view.w : 1;
    double dx = (to.x_page - from.x_page) * page.width_img, dy = (to.y_page - from.y_page) * page.height_img;
    struct camera_flight f = {.from = from, .to = to, .rho = RHO, .start_ms = start_ms};
    f.u1 = hypot(dx, dy);
    f.w0 = width / resolved(from, page, view);
    f.w1 = width / resolved(to, page, view);
    if (only_zoom(&f)) {
        f.s_end = fabs(log(f.w1 / f.w0)) / RHO;
    } else {
        double r2u = RHO * RHO * f.u1;
        double b0 = (f.w1 * f.w1 - f.w0 * f.w0 + r2u * r2u) / (2 * f.w0 * r2u);
        double b1 = (f.w1 * f.w1 - f.w0 * f.w0 - r2u * r2u) / (2 * f.w1 * r2u);
        f.r0 = -asinh(b0);
        f.s_end = (-asinh(b1) - f.r0) / RHO;
    }
    if (duration_ms >= 0) {
        f.duration_ms = duration_ms;
    } else if (f.s_end > 1e-6) {
        f.duration_ms = (int64_t)fmin(fmax(f.s_end * MS_PER_LENGTH, SHORTEST_MS), LONGEST_MS);
    }
    if (!isfinite(f.s_end)) {
        f.duration_ms = 0; /* a camera that is not a number: be there at once */
    }
    return f;
}

bool camera_flight_over(const struct camera_flight *flight, int64_t now_ms)
{
    return now_ms - flight->start_ms >= flight->duration_ms;
}

struct camera camera_flight_at(
    const struct camera_flight *flight, struct camera_page page, struct size view, int64_t now_ms)
{
    const struct camera_flight *f = flight;
    if (camera_flight_over(f, now_ms) || view.w <= 0 || page.width_img <= 0 || page.height_img <= 0) {
        return f->to;
    }
    if (now_ms <= f->start_ms) {
        return f->from;
    }
    double t = (double)(now_ms - f->start_ms) / (double)f->duration_ms;
    double s = f->s_end * t * t * (3 - 2 * t);
    double w, part; /* the width seen; the part of the way between the centres */
    if (only_zoom(f)) {
        w = f->w0 * exp((f->w1 < f->w0 ? -1 : 1) * f->rho * s);
        part = fabs(f->w1 - f->w0) > 1e-9 * f->w0 ? (w - f->w0) / (f->w1 - f->w0) : t;
    } else {
        double r = f->rho * s + f->r0;
        w = f->w0 * cosh(f->r0) / cosh(r);
        part = f->w0 / (f->rho * f->rho) * (cosh(f->r0) * tanh(r) - sinh(f->r0)) / f->u1;
    }
    part = fmin(fmax(part, 0), 1);
    return (struct camera){
        .x_page = f->from.x_page + (f->to.x_page - f->from.x_page) * part,
        .y_page = f->from.y_page + (f->to.y_page - f->from.y_page) * part,
        .scale = view.w / w,
        .quarter_turns = f->to.quarter_turns,
    };
}

bool camera_momentum_step(struct camera_momentum *momentum, int64_t now_ms, double *dx_view, double *dy_view)
{
    double speed = hypot(momentum->vx, momentum->vy);
    double elapsed = fmax(0, (double)(now_ms - momentum->start_ms) / 1000);
    double rest = speed > REST_PX_PER_S && isfinite(speed) ? DECAY_S * log(speed / REST_PX_PER_S) : 0;
    double carried = DECAY_S * -expm1(-fmin(elapsed, rest) / DECAY_S); /* seconds at the first speed */
    double x = rest > 0 ? momentum->vx * carried : momentum->taken_x;
    double y = rest > 0 ? momentum->vy * carried : momentum->taken_y;
    *dx_view = x - momentum->taken_x;
    *dy_view = y - momentum->taken_y;
    momentum->taken_x = x;
    momentum->taken_y = y;
    return elapsed < rest;
}
