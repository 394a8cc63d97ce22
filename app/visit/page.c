/* The page in hand, and the camera's own ways: to segments, through the tour, after a fling. */
#include "visit_internal.h"

#include <math.h>
#include <string.h>

#define ZONE_CLOSEST 4.0 /* a zone is never shown larger than this many times the whole page */

enum { ZOOM_MS = 200, BY_DISTANCE = -1 };

#define MOVE_PART 0.5 /* of the view, by a key */

/* ---- cameras */

void page_set_camera(struct camera *to, struct camera from)
{
    to->x_page = from.x_page;
    to->y_page = from.y_page;
    to->scale = from.scale;
    to->quarter_turns = from.quarter_turns;
}

struct camera page_clamp(struct camera camera, const struct visit_metrics *metrics)
{
    return camera_clamp(
        camera, metrics->page, metrics->page_view, metrics->page_margin_px, metrics->page_max_scale);
}

/* What is shown of what a hand holds. */
struct camera page_soften(struct camera camera, const struct visit_metrics *metrics)
{
    return camera_soften(
        camera, metrics->page, metrics->page_view, metrics->page_margin_px, metrics->page_max_scale);
}

double page_fit_scale(const struct visit_metrics *metrics, int quarter_turns)
{
    return camera_fit_scale(metrics->page, metrics->page_view, quarter_turns, metrics->page_margin_px);
}

/* As it is remembered: what shows the whole page shows it in a window of any size. */
void page_store(struct visit *visit, struct camera camera, const struct visit_metrics *metrics)
{
    camera = page_clamp(camera, metrics);
    if (camera.scale <= page_fit_scale(metrics, camera.quarter_turns) * (1 + 1e-6)) {
        struct camera whole = camera_whole();
        whole.quarter_turns = camera.quarter_turns;
        camera = whole;
    }
    page_set_camera(&visit->here.camera, camera);
}

void page_end_flight(struct visit *visit)
{
    visit->flying = visit->springing = false;
    memset(&visit->flight, 0, sizeof visit->flight);
}

void page_end_glide(struct visit *visit)
{
    visit->gliding = false;
    visit->gliding_region = 0;
    memset(&visit->momentum, 0, sizeof visit->momentum);
}

void page_let_go(struct visit *visit)
{
    visit->held = false;
    memset(&visit->hand, 0, sizeof visit->hand);
}

void page_rest(struct visit *visit)
{
    page_let_go(visit);
    page_end_flight(visit);
    page_end_glide(visit);
    visit->aim = AIM_NONE;
}

/* ---- where a segment or a step of the tour lies */

static bool zone_bounds(const struct visit *visit, const struct visit_metrics *metrics, const char *segment,
    struct rectf *box_img)
{
    const struct document *document = visit_document(visit);
    if (document == NULL || (size_t)visit->here.page >= document->page_count || segment[0] == '\0') {
        return false;
    }
    const struct page *page = &document->pages[visit->here.page];
    if (!exhibit_segment_bounds(page, segment, box_img)) {
        return false;
    }
    /* Zones may have been measured in a picture of another size. */
    if (page->zone_size.w > 0 && page->zone_size.h > 0) {
        double x = (double)metrics->page.width_img / page->zone_size.w;
        double y = (double)metrics->page.height_img / page->zone_size.h;
        *box_img = (struct rectf){box_img->x * x, box_img->y * y, box_img->w * x, box_img->h * y};
    }
    return true;
}

static struct camera camera_on(
    const struct visit *visit, const struct visit_metrics *metrics, struct rectf box_img, double max_scale)
{
    int turns = visit->here.camera.quarter_turns;
    int shorter = metrics->page_view.w < metrics->page_view.h ? metrics->page_view.w : metrics->page_view.h;
    int margin = metrics->page_margin_px > shorter / 12 ? metrics->page_margin_px : shorter / 12;
    return page_clamp(
        camera_for_box(metrics->page, metrics->page_view, box_img, margin, max_scale, turns), metrics);
}

/* A zone wider than this share of the page is a piece of running text: it is shown with the lines around it
 * whole, so that nothing but the page's margins is cut. */
#define RUNNING_TEXT 0.45
#define RUNNING_TEXT_SEEN 0.78 /* of the page's width */

static struct rectf with_its_lines(struct camera_page page, struct rectf box_img, int quarter_turns)
{
    if (quarter_turns % 2 == 0 && box_img.w > RUNNING_TEXT * page.width_img &&
        box_img.w < RUNNING_TEXT_SEEN * page.width_img) {
        double width = RUNNING_TEXT_SEEN * page.width_img;
        return (struct rectf){(page.width_img - width) / 2, box_img.y, width, box_img.h};
    }
    return box_img;
}

/* From the top of the page as it is turned. */
static struct camera as_wide_as_the_view(const struct visit *visit, const struct visit_metrics *metrics)
{
    int turns = visit->here.camera.quarter_turns;
    double w = metrics->page.width_img, h = metrics->page.height_img;
    bool upright = turns % 2 == 0;
    double scale = (metrics->page_view.w - 2.0 * metrics->page_margin_px) / (upright ? w : h);
    struct camera top = {.x_page = upright      ? 0.5
                                   : turns == 1 ? 0.0
                                                : 1.0,
        .y_page = upright ? turns == 0 ? 0.0 : 1.0 : 0.5,
        .scale = scale,
        .quarter_turns = turns};
    return page_clamp(top, metrics);
}

/* In a view that is higher than wide a short line is not shown so close that the lines around it are cut on
 * both sides. */
static double upright_closest(const struct visit_metrics *metrics)
{
    struct size view = metrics->page_view;
    return view.h > view.w ? view.w / (RUNNING_TEXT_SEEN * metrics->page.width_img) : metrics->page_max_scale;
}

/* The camera that an aim asks for; false when it asks for none. The page must be on the screen. */
static bool aimed(
    const struct visit *visit, enum visit_aim aim, const struct visit_metrics *metrics, struct camera *camera)
{
    struct rectf box = {0, 0, 0, 0};
    if (aim == AIM_WIDTH) {
        *camera = as_wide_as_the_view(visit, metrics);
        return true;
    }
    const struct tour_step *step = aim == AIM_STEP ? tour_current(visit) : NULL;
    if (step != NULL && step->camera_img.w > 0) {
        *camera = camera_on(visit, metrics, step->camera_img, metrics->page_max_scale);
        return true;
    }
    if (zone_bounds(visit, metrics, visit->here.segment, &box)) {
        double closest = ZONE_CLOSEST * page_fit_scale(metrics, visit->here.camera.quarter_turns);
        box = with_its_lines(metrics->page, box, visit->here.camera.quarter_turns);
        closest = fmin(closest, upright_closest(metrics));
        *camera = camera_on(visit, metrics, box, fmin(closest, metrics->page_max_scale));
        return true;
    }
    *camera = camera_whole();
    return aim == AIM_STEP;
}

struct camera visit_camera(const struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    metrics = visit_metrics_of(metrics);
    if (visit->aim != AIM_NONE && metrics->has_page && aimed(visit, visit->aim, metrics, &camera)) {
        return camera;
    }
    if (visit->held && metrics->has_page) {
        return page_soften(visit->hand, metrics);
    }
    if (visit->flying && metrics->has_page) {
        return camera_flight_at(&visit->flight, metrics->page, metrics->page_view, now_ms);
    }
    return visit->here.camera;
}

void page_fly(struct visit *visit, struct camera target, int64_t duration_ms,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera from = page_clamp(visit_camera(visit, metrics, now_ms), metrics),
                  to = page_clamp(target, metrics);
    page_rest(visit);
    page_store(visit, to, metrics);
    if (visit->reduced_motion || duration_ms == 0) {
        return;
    }
    visit->flight = camera_fly(from, to, metrics->page, metrics->page_view, now_ms, duration_ms);
    visit->flying = !camera_flight_over(&visit->flight, now_ms);
    if (!visit->flying) {
        page_end_flight(visit);
    }
}

void page_aim(struct visit *visit, enum visit_aim aim, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    if (!metrics->has_page) {
        page_rest(visit);
        visit->aim = aim;
    } else if (aimed(visit, aim, metrics, &camera)) {
        page_fly(visit, camera, BY_DISTANCE, metrics, now_ms);
    }
}

/* ---- segments */

bool page_has_segment(const struct document *document, const char *segment)
{
    struct rectf box;
    for (size_t i = 0; i < document->page_count; i++) {
        if (exhibit_segment_bounds(&document->pages[i], segment, &box)) {
            return true;
        }
    }
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct prose *prose = &document->layers[i].text;
        for (size_t t = 0; t < prose->count; t++) {
            if (exhibit_find_segment(&prose->texts[t], segment) >= 0) {
                return true;
            }
        }
    }
    return false;
}

bool page_follow_segment(struct visit *visit)
{
    const struct document *document = visit_document(visit);
    const char *segment = visit->here.segment;
    struct rectf box;
    if (document == NULL || segment[0] == '\0' ||
        ((size_t)visit->here.page < document->page_count &&
            exhibit_segment_bounds(&document->pages[visit->here.page], segment, &box))) {
        return false;
    }
    for (size_t i = 0; i < document->page_count; i++) {
        if (exhibit_segment_bounds(&document->pages[i], segment, &box)) {
            visit->here.page = (int)i;
            page_set_camera(&visit->here.camera, camera_whole());
            page_end_flight(visit);
            page_end_glide(visit);
            return true;
        }
    }
    return false;
}

void page_select(struct visit *visit, struct str segment, const struct visit_metrics *metrics, int64_t now_ms)
{
    const struct document *document = visit_document(visit);
    char name[PLACE_ID_MAX + 1];
    visit_copy_text(name, sizeof name, segment);
    if (document == NULL || segment.length >= sizeof name || name[0] == '\0' ||
        !page_has_segment(document, name)) {
        return;
    }
    tour_pause(visit, true, now_ms);
    memcpy(visit->here.segment, name, sizeof name);
    memcpy(visit->bring, name, sizeof name);
    if (page_follow_segment(visit)) {
        metrics = visit_metrics_of(NULL);
        visit_fade(visit, now_ms);
    }
    page_aim(visit, AIM_SEGMENT, metrics, now_ms);
}

void visit_look(struct visit *visit, struct camera camera, int64_t duration_ms,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    metrics = visit_metrics_of(metrics);
    idle_input(visit, now_ms);
    tour_pause(visit, true, now_ms);
    if (metrics->has_page) {
        page_fly(visit, camera, duration_ms > 0 ? duration_ms : 0, metrics, now_ms);
    } else {
        page_rest(visit);
        page_set_camera(&visit->here.camera, camera);
    }
}

/* ---- by buttons */

/* Where the next step of a key or button goes on from: where the last one is going to. */
static bool step_from(
    struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms, struct camera *from)
{
    struct camera target = visit->flight.to, camera;
    bool flying = visit->flying && !visit->springing;
    if (!page_hold(visit, metrics, now_ms, &camera)) {
        return false;
    }
    *from = flying ? target : camera;
    return true;
}

void page_zoom(struct visit *visit, double factor, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera from;
    if (step_from(visit, metrics, now_ms, &from)) { /* taps in quick succession add up */
        struct pointf centre = {metrics->page_view.w / 2.0, metrics->page_view.h / 2.0};
        struct camera target = camera_zoom_at(from, metrics->page, metrics->page_view, factor, centre);
        page_fly(visit, target, ZOOM_MS, metrics, now_ms);
    }
}

void page_whole(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    if (page_hold(visit, metrics, now_ms, &camera)) {
        struct camera whole = camera_whole();
        whole.quarter_turns = camera.quarter_turns;
        page_fly(visit, whole, BY_DISTANCE, metrics, now_ms);
    }
}

void page_move(struct visit *visit, double dx, double dy, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera from;
    if (step_from(visit, metrics, now_ms, &from)) {
        from = camera_pan(from, metrics->page, dx * MOVE_PART * metrics->page_view.w,
            dy * MOVE_PART * metrics->page_view.h);
        page_fly(visit, from, ZOOM_MS, metrics, now_ms);
    }
}

void page_centre(
    struct visit *visit, struct pointf at_page, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    if (isfinite(at_page.x) && isfinite(at_page.y) && page_hold(visit, metrics, now_ms, &camera)) {
        camera.x_page = at_page.x;
        camera.y_page = at_page.y;
        page_fly(visit, camera, BY_DISTANCE, metrics, now_ms);
    }
}

void page_rotate(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera;
    if (page_hold(visit, metrics, now_ms, &camera)) {
        bool whole = visit->here.camera.scale <= 0;
        camera.quarter_turns = (camera.quarter_turns + 1) % 4;
        camera.scale = whole ? 0 : camera.scale;
        page_store(visit, camera, metrics);
    }
}

void page_turn(struct visit *visit, int by, const struct visit_metrics *metrics, int64_t now_ms)
{
    const struct document *document = visit_document(visit);
    int count = document != NULL ? (int)document->page_count : metrics->page_count;
    int page = visit->here.page + by;
    if (page < 0 || page >= count) {
        return;
    }
    tour_pause(visit, true, now_ms);
    page_rest(visit);
    visit->here.page = page;
    page_set_camera(&visit->here.camera, camera_whole());
    visit_fade(visit, now_ms);
}

/* ---- over time */

static bool same_camera(struct camera a, struct camera b)
{
    return a.x_page == b.x_page && a.y_page == b.y_page && a.scale == b.scale;
}

bool page_glide(struct visit *visit, double dx, double dy, const struct visit_metrics *metrics)
{
    if (!metrics->has_page) {
        return false;
    }
    struct camera camera = page_clamp(visit->here.camera, metrics);
    struct camera moved = page_clamp(camera_pan(camera, metrics->page, dx, dy), metrics);
    page_store(visit, moved, metrics);
    return !same_camera(camera, moved);
}

static void glide(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    double dx, dy;
    bool goes_on = camera_momentum_step(&visit->momentum, now_ms, &dx, &dy);
    bool moved = visit->gliding_region == 0
                     ? page_glide(visit, dx, dy, metrics)
                     : scroll_by(visit, (enum visit_scroller)(visit->gliding_region - 1), dy, metrics);
    if (!goes_on || (!moved && (dx != 0 || dy != 0))) {
        page_end_glide(visit);
    }
}

void page_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    if (visit->flying && (!metrics->has_page || camera_flight_over(&visit->flight, now_ms))) {
        page_end_flight(visit);
    }
    if (visit->gliding) {
        glide(visit, metrics, now_ms);
    }
}

void page_settle(struct visit *visit, const struct visit_metrics *metrics)
{
    struct camera camera;
    if (visit->aim != AIM_NONE && metrics->has_page) {
        if (aimed(visit, visit->aim, metrics, &camera)) {
            page_store(visit, camera, metrics);
        }
        visit->aim = AIM_NONE;
    }
}
