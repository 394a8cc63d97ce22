/* The page in a visitor's hand: dragged, pinched, let go, caught. */
#include "visit_internal.h"

#include <math.h>
#include <string.h>

#define DOUBLE_TAP_FACTOR 2.5 /* of the whole page's scale */
#define CLOSE_FACTOR 1.6      /* from this on a double tap leads back */
#define HAND_ZOOM 16.0        /* how far beyond its limits a pinch is followed, most of it unseen */

enum { DOUBLE_TAP_MS = 300, SPRING_MS = 260 };

static bool can_hold(const struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    return metrics->has_page && !visit_locked(visit, now_ms) && !visit_by_itself(visit);
}

/* Takes the page in hand: whatever moved stops where it is. False when there is none, or nobody to take it.
 */
bool page_hold(
    struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms, struct camera *camera)
{
    if (!can_hold(visit, metrics, now_ms)) {
        return false;
    }
    idle_input(visit, now_ms);
    tour_pause(visit, true, now_ms);
    *camera = page_clamp(visit_camera(visit, metrics, now_ms), metrics);
    page_rest(visit);
    page_store(visit, *camera, metrics);
    return true;
}

/* The same for a finger that stays on it: `hand` is its own camera, as far as the finger has gone. */
static bool take_in_hand(
    struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms, struct camera *hand)
{
    if (!can_hold(visit, metrics, now_ms)) {
        return false;
    }
    struct camera shown = visit_camera(visit, metrics, now_ms);
    bool held = visit->held, springing = visit->springing;
    *hand = held ? visit->hand : page_clamp(shown, metrics);
    if (springing) {
        *hand = camera_harden(
            shown, metrics->page, metrics->page_view, metrics->page_margin_px, metrics->page_max_scale);
    }
    idle_input(visit, now_ms);
    tour_pause(visit, true, now_ms);
    page_rest(visit);
    return true;
}

static void keep_in_hand(struct visit *visit, struct camera hand, const struct visit_metrics *metrics)
{
    page_store(visit, hand, metrics);
    if (!visit->reduced_motion) {
        page_set_camera(&visit->hand, hand);
        visit->held = true;
    }
}

/* A hand moves what it sees: its centre is measured at the scale that is shown. */
static struct camera moved_by(
    struct camera hand, double dx_px, double dy_px, const struct visit_metrics *metrics)
{
    double own = hand.scale;
    hand.scale = page_soften(hand, metrics).scale;
    hand = camera_pan(hand, metrics->page, dx_px, dy_px);
    hand.scale = own;
    return hand;
}

void visit_page_drag(
    struct visit *visit, double dx_px, double dy_px, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera hand;
    metrics = visit_metrics_of(metrics);
    if (isfinite(dx_px) && isfinite(dy_px) && take_in_hand(visit, metrics, now_ms, &hand)) {
        keep_in_hand(visit, moved_by(hand, dx_px, dy_px, metrics), metrics);
    }
}

void visit_page_pinch(struct visit *visit, double factor, struct pointf about_view, double dx_px,
    double dy_px, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera hand;
    metrics = visit_metrics_of(metrics);
    if (!isfinite(factor) || factor <= 0 || !isfinite(dx_px) || !isfinite(dy_px) ||
        !take_in_hand(visit, metrics, now_ms, &hand)) {
        return;
    }
    hand = moved_by(hand, dx_px, dy_px, metrics);
    /* What is not zoomed any more is not zoomed about the fingers either, or the page would slide away from
     * them. */
    double fit = page_fit_scale(metrics, hand.quarter_turns), before = page_soften(hand, metrics).scale;
    double most = fmax(metrics->page_max_scale, fit) * HAND_ZOOM;
    hand.scale = fmax(fmin(hand.scale * factor, most), fit / HAND_ZOOM);
    double own = hand.scale, after = page_soften(hand, metrics).scale;
    hand.scale = before;
    hand = camera_zoom_at(hand, metrics->page, metrics->page_view, after / before, about_view);
    hand.scale = own;
    keep_in_hand(visit, hand, metrics);
}

void visit_page_release(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    metrics = visit_metrics_of(metrics);
    if (!visit->held || !metrics->has_page) {
        page_let_go(visit);
        return;
    }
    struct camera shown = page_soften(visit->hand, metrics), to = page_clamp(shown, metrics);
    page_let_go(visit);
    page_store(visit, to, metrics);
    visit->flight = camera_fly(shown, to, metrics->page, metrics->page_view, now_ms, SPRING_MS);
    visit->flying = visit->springing = !camera_flight_over(&visit->flight, now_ms);
    if (!visit->flying) {
        page_end_flight(visit);
    }
}

void visit_page_wheel(struct visit *visit, double factor, struct pointf about_view,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (!isfinite(factor) || factor <= 0 || !page_hold(visit, metrics, now_ms, &camera)) {
        return;
    }
    double fit = page_fit_scale(metrics, camera.quarter_turns);
    double scale = fmax(fmin(camera.scale * factor, metrics->page_max_scale), fit);
    camera = camera_zoom_at(camera, metrics->page, metrics->page_view, scale / camera.scale, about_view);
    page_store(visit, camera, metrics);
}

static bool is_beyond(struct camera shown, struct camera limit)
{
    return fabs(shown.x_page - limit.x_page) > 1e-9 || fabs(shown.y_page - limit.y_page) > 1e-9 ||
           fabs(shown.scale / limit.scale - 1) > 1e-9;
}

void visit_page_fling(
    struct visit *visit, double vx, double vy, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (visit->held && metrics->has_page) {
        struct camera shown = page_soften(visit->hand, metrics);
        if (is_beyond(shown, page_clamp(shown, metrics))) {
            visit_page_release(visit, metrics, now_ms);
            return;
        }
    }
    if (!isfinite(vx) || !isfinite(vy) || !page_hold(visit, metrics, now_ms, &camera) ||
        visit->reduced_motion || (vx == 0 && vy == 0)) {
        return;
    }
    visit->momentum.vx = vx;
    visit->momentum.vy = vy;
    visit->momentum.start_ms = now_ms;
    visit->gliding = true;
}

void visit_page_stop(struct visit *visit, bool on_page, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (visit->gliding && visit->gliding_region != 0 && !visit_locked(visit, now_ms)) {
        page_end_glide(visit);
    }
    if (on_page && (visit->gliding || (visit->flying && !visit->springing))) {
        page_hold(visit, metrics, now_ms, &camera);
    }
}

void visit_page_centre(
    struct visit *visit, struct pointf at_page, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (isfinite(at_page.x) && isfinite(at_page.y) && page_hold(visit, metrics, now_ms, &camera)) {
        camera.x_page = at_page.x;
        camera.y_page = at_page.y;
        page_store(visit, camera, metrics);
    }
}

bool visit_page_close(const struct visit *visit, const struct visit_metrics *metrics)
{
    metrics = visit_metrics_of(metrics);
    return metrics->has_page && page_clamp(visit->here.camera, metrics).scale >
                                    page_fit_scale(metrics, visit->here.camera.quarter_turns) * (1 + 1e-6);
}

void visit_page_double_tap(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (!page_hold(visit, metrics, now_ms, &camera)) {
        return;
    }
    double fit = page_fit_scale(metrics, camera.quarter_turns);
    double factor =
        camera.scale > CLOSE_FACTOR * fit ? fit / camera.scale : DOUBLE_TAP_FACTOR * fit / camera.scale;
    camera = camera_zoom_at(camera, metrics->page, metrics->page_view, factor, at_view);
    page_fly(visit, camera, DOUBLE_TAP_MS, metrics, now_ms);
}
