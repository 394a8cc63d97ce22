/* The page in hand, flights, and which segment is lit. */
#include "check.h"
#include "fake.h"

#include <math.h>

/* In the scan of the telegram, whole, everything at rest, at 10 s. */
static void start(struct visitor *v)
{
    struct visit_frame frame = fake_frame(MODE_CLASSROOM);
    fake_screen_init(&v->screen);
    visit_init(&v->visit, &frame, 0);
    fake_layout(&v->screen, &v->visit);
    fake_do(&v->screen, &v->visit, "go scan", 1000);
}

/* As the view resolves it. */
static struct camera camera_at(const struct visitor *v, int64_t now)
{
    const struct visit_metrics *m = &v->screen.metrics;
    return camera_clamp(
        visit_camera(&v->visit, m, now), m->page, m->page_view, m->page_margin_px, m->page_max_scale);
}

static double fit(const struct visitor *v)
{
    const struct visit_metrics *m = &v->screen.metrics;
    return camera_fit_scale(m->page, m->page_view, 0, m->page_margin_px);
}

static bool in_view(const struct visitor *v, int64_t now, struct rectf box_img)
{
    const struct visit_metrics *m = &v->screen.metrics;
    struct rectf r = camera_rect_to_view(camera_at(v, now), m->page, m->page_view, box_img);
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= m->page_view.w && r.y + r.h <= m->page_view.h;
}

static const struct rectf zone_p1 = {100, 100, 800, 100}, zone_p2 = {100, 1200, 800, 100},
                          zone_q1 = {200, 600, 600, 300};

static void begins_with_the_whole_page(void)
{
    struct visitor v;
    start(&v);
    CHECK(v.visit.here.camera.scale <= 0);
    CHECK(fabs(camera_at(&v, 10000).scale - fit(&v)) < 1e-9);
    CHECK(!visit_moving(&v.visit, 10000));
}

static void selecting_flies_to_the_zone(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "select p1", 10000);
    CHECK_TEXT(v.visit.here.segment, "p1");
    CHECK_TEXT(v.visit.bring, "p1");
    CHECK(v.visit.flying && visit_moving(&v.visit, 10000));
    CHECK(v.visit.flight.duration_ms >= 600 && v.visit.flight.duration_ms <= 1200);
    CHECK(fabs(camera_at(&v, 10000).scale - fit(&v)) < 1e-6);
    double before = camera_at(&v, 10000).scale, between = camera_at(&v, 10400).scale;
    CHECK(between > before);
    int64_t end = 10000 + v.visit.flight.duration_ms;
    CHECK_INT(visit_deadline(&v.visit, end - 1), end - 1);
    visit_tick(&v.visit, &v.screen.metrics, end);
    CHECK(!v.visit.flying && !visit_moving(&v.visit, end));
    CHECK(in_view(&v, end, zone_p1));
    CHECK(camera_at(&v, end).scale > 1.3 * fit(&v));
    CHECK_TEXT(v.visit.here.segment, "p1");
    fake_do(&v.screen, &v.visit, "select p1", 20000); /* selects, never toggles */
    CHECK_TEXT(v.visit.here.segment, "p1");
    CHECK(in_view(&v, 30000, zone_p1));
    fake_do(&v.screen, &v.visit, "select p2", 40000);
    CHECK(in_view(&v, 50000, zone_p2));
}

static void with_reduced_motion_it_jumps(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "motion", 9000);
    fake_act(&v.screen, &v.visit, "select p2", 10000);
    CHECK(!v.visit.flying && !visit_moving(&v.visit, 10000));
    CHECK(in_view(&v, 10000, zone_p2));
    fake_act(&v.screen, &v.visit, "zoom in", 11000);
    CHECK(!v.visit.flying);
    visit_page_fling(&v.visit, 3000, 0, &v.screen.metrics, 12000);
    CHECK(!v.visit.gliding);
}

static void a_segment_on_another_page_turns_to_it(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "select q1", 10000);
    CHECK_INT(v.visit.here.page, 1);
    CHECK(v.visit.aim == AIM_SEGMENT);
    CHECK(in_view(&v, 10000,
        zone_q1)); /* at once, also before it is settled; zones measured in a smaller picture fit */
    fake_layout(&v.screen, &v.visit);
    CHECK(v.visit.aim == AIM_NONE && v.visit.here.camera.scale > 0);
    CHECK(in_view(&v, 10000, zone_q1));
    fake_do(&v.screen, &v.visit, "select tail", 20000); /* in no zone: lit in the text, the page stays */
    CHECK_TEXT(v.visit.here.segment, "tail");
    CHECK_INT(v.visit.here.page, 1);
    CHECK(in_view(&v, 30000, zone_q1));
}

static void in_a_text_the_page_waits(void)
{
    struct visitor v;
    start(&v);
    fake_do(&v.screen, &v.visit, "go document:telegram/text", 10000);
    fake_act(&v.screen, &v.visit, "select p2", 20000);
    CHECK(!v.visit.flying);
    CHECK_TEXT(v.visit.bring, "p2");
    fake_layout(&v.screen, &v.visit);
    fake_do(&v.screen, &v.visit, "go document:telegram/scan", 30000);
    CHECK(in_view(&v, 40000, zone_p2));
}

static void touching_interrupts_flights(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "select p1", 10000);
    struct camera before = camera_at(&v, 10300);
    visit_page_drag(&v.visit, 0, 0, &v.screen.metrics, 10300);
    CHECK(!v.visit.flying);
    struct camera after = camera_at(&v, 12000);
    CHECK_THAT(fabs(before.scale - after.scale) < 1e-9, "%f %f", before.scale, after.scale);
    CHECK(fabs(before.y_page - after.y_page) < 1e-9);
    fake_act(&v.screen, &v.visit, "select p2", 20000);
    before = camera_at(&v, 20300);
    visit_page_pinch(&v.visit, 1, (struct pointf){0, 0}, 0, 0, &v.screen.metrics, 20300);
    CHECK(!v.visit.flying && fabs(before.scale - camera_at(&v, 22000).scale) < 1e-9);
}

static void dragging_moves_the_page(void)
{
    struct visitor v;
    start(&v);
    visit_page_drag(&v.visit, 50, 50, &v.screen.metrics, 10000);
    CHECK(v.visit.here.camera.scale <= 0); /* the whole page has nowhere to go */
    visit_page_pinch(&v.visit, 4, (struct pointf){400, 300}, 0, 0, &v.screen.metrics, 10100);
    struct camera before = camera_at(&v, 10100);
    visit_page_drag(&v.visit, 40, -20, &v.screen.metrics, 10200);
    struct camera after = camera_at(&v, 10200);
    CHECK_THAT(fabs((before.x_page - after.x_page) * 1000 * after.scale - 40) < 1e-6, "%f",
        before.x_page - after.x_page);
    CHECK(fabs((before.y_page - after.y_page) * 1400 * after.scale + 20) < 1e-6);
    visit_page_drag(&v.visit, 1e9, NAN, &v.screen.metrics, 10300);
    CHECK(memcmp(&after, &v.visit.here.camera, sizeof(double) * 3) == 0);
}

static void pinching_keeps_what_is_under_the_fingers(void)
{
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    visit_page_pinch(&v.visit, 3, (struct pointf){400, 300}, 0, 0, m, 10000);
    struct pointf fingers = {350, 280}, moved = {360, 275};
    struct pointf img = camera_to_img(camera_at(&v, 10000), m->page, m->page_view, fingers);
    visit_page_pinch(&v.visit, 1.4, moved, 10, -5, m, 10100);
    struct pointf view = camera_to_view(camera_at(&v, 10100), m->page, m->page_view, img);
    CHECK_THAT(fabs(view.x - moved.x) < 1e-6 && fabs(view.y - moved.y) < 1e-6, "%f %f", view.x, view.y);
    /* Beyond the closest it yields a little, about the fingers all the same, and comes back. */
    img = camera_to_img(camera_at(&v, 10100), m->page, m->page_view, moved);
    visit_page_pinch(&v.visit, 1e6, moved, 0, 0, m, 10200);
    struct camera beyond = visit_camera(&v.visit, m, 10200);
    CHECK(beyond.scale > m->page_max_scale && beyond.scale < 2 * m->page_max_scale);
    view = camera_to_view(beyond, m->page, m->page_view, img);
    CHECK_THAT(fabs(view.x - moved.x) < 1e-6 && fabs(view.y - moved.y) < 1e-6, "%f %f", view.x, view.y);
    visit_page_release(&v.visit, m, 10210);
    visit_tick(&v.visit, m, 10600);
    CHECK(!v.visit.flying && fabs(camera_at(&v, 10600).scale - m->page_max_scale) < 1e-9);
    /* A wheel ends there. */
    struct camera before = camera_at(&v, 10600);
    visit_page_wheel(&v.visit, 2, (struct pointf){0, 0}, m, 10610);
    CHECK(!v.visit.held && fabs(before.x_page - camera_at(&v, 10610).x_page) < 1e-9);
    visit_page_wheel(&v.visit, 0.5, moved, m, 10620);
    CHECK(fabs(camera_at(&v, 10620).scale - m->page_max_scale / 2) < 1e-9);
    visit_page_wheel(&v.visit, NAN, moved, m, 10630);
    visit_page_wheel(&v.visit, -1, moved, m, 10630);
    CHECK(fabs(camera_at(&v, 10630).scale - m->page_max_scale / 2) < 1e-9);
    /* Pinched away it is the whole page again, in a window of any size. */
    visit_page_pinch(&v.visit, 1e-6, moved, 0, 0, m, 10400);
    CHECK(v.visit.here.camera.scale <= 0);
    visit_page_pinch(&v.visit, 0, moved, 0, 0, m, 10500);
    visit_page_pinch(&v.visit, NAN, moved, 0, 0, m, 10500);
    CHECK(v.visit.here.camera.scale <= 0);
}

/* The page follows a finger over its edge, less and less, and comes back when it is let go; caught on the way
 * it does not jump. */
static void edges_are_soft(void)
{
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    visit_page_wheel(&v.visit, 4, (struct pointf){400, 300}, m, 10000);
    struct camera edge = visit_camera(&v.visit, m, 10000);
    double last = edge.x_page;
    for (int i = 0; i < 60; i++) {
        visit_page_drag(&v.visit, 40, 0, m, 10010 + i);
        double x = visit_camera(&v.visit, m, 10010 + i).x_page;
        CHECK_THAT(x < last, "%d: %f after %f", i, x, last);
        last = x;
    }
    struct camera shown = visit_camera(&v.visit, m, 10100);
    double left = camera_to_view(shown, m->page, m->page_view, (struct pointf){0, 0}).x;
    CHECK_THAT(left > 60 && left < 0.25 * 600 + m->page_margin_px + 1, "the edge stands at %f", left);
    CHECK(camera_at(&v, 10100).x_page == v.visit.here.camera.x_page); /* leaving now loses nothing */
    visit_page_fling(&v.visit, 4000, 0, m, 10100);
    CHECK(v.visit.flying && v.visit.springing && !v.visit.held && !v.visit.gliding);
    shown = visit_camera(&v.visit, m, 10160);
    visit_page_stop(&v.visit, true, m, 10160);
    visit_page_drag(&v.visit, 0, 0, m, 10160);
    struct camera caught = visit_camera(&v.visit, m, 10160);
    CHECK_THAT(fabs(caught.x_page - shown.x_page) < 1e-9, "%f became %f", shown.x_page, caught.x_page);
    visit_page_fling(&v.visit, 0, 0, m, 10170);
    visit_tick(&v.visit, m, 10170 + 400);
    CHECK(!visit_moving(&v.visit, 10170 + 400));
    double rest =
        camera_to_view(visit_camera(&v.visit, m, 10570), m->page, m->page_view, (struct pointf){0, 0}).x;
    CHECK_THAT(fabs(rest - m->page_margin_px) < 1e-6, "%f", rest);
    /* With reduced motion it is hard. */
    fake_act(&v.screen, &v.visit, "motion", 11000);
    visit_page_drag(&v.visit, 500, 0, m, 11010);
    CHECK(
        !v.visit.held && fabs(visit_camera(&v.visit, m, 11010).x_page - v.visit.here.camera.x_page) < 1e-12);
    visit_page_fling(&v.visit, 900, 0, m, 11020);
    CHECK(!visit_moving(&v.visit, 11020));
}

/* At every moment of a flight a finger finds the page where it is, and there it stays. */
static void a_touch_stops_at_any_moment(void)
{
    for (int ms = 0; ms < 1300; ms += 50) {
        struct visitor v;
        start(&v);
        const struct visit_metrics *m = &v.screen.metrics;
        fake_act(&v.screen, &v.visit, "select p1", 10000);
        struct camera there = camera_at(&v, 10000 + ms);
        visit_tick(&v.visit, m, 10000 + ms);
        visit_page_stop(&v.visit, false, m, 10000 + ms); /* beside the page: it goes on */
        CHECK(v.visit.flying == !camera_flight_over(&v.visit.flight, 10000 + ms) || !v.visit.flying);
        visit_page_stop(&v.visit, true, m, 10000 + ms);
        struct camera after = camera_at(&v, 14000);
        CHECK_THAT(!visit_moving(&v.visit, 14000) && fabs(there.scale / after.scale - 1) < 1e-9 &&
                       fabs(there.x_page - after.x_page) < 1e-9 && fabs(there.y_page - after.y_page) < 1e-9,
            "stopped after %d ms", ms);
    }
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    visit_page_wheel(&v.visit, 4, (struct pointf){400, 300}, m, 10000);
    visit_page_fling(&v.visit, 300, 0, m, 10000);
    visit_tick(&v.visit, m, 10050);
    CHECK(v.visit.gliding);
    visit_page_stop(&v.visit, true, m, 10060);
    CHECK(!v.visit.gliding && !visit_moving(&v.visit, 10060));
    /* A text that glides beside a page that flies: one finger stops both. */
    fake_act(&v.screen, &v.visit, "select p2", 11000);
    visit_scroll_fling(&v.visit, SCROLLER_SIDE, -900, m, 11010);
    CHECK(v.visit.gliding && v.visit.gliding_region != 0 && v.visit.flying);
    visit_page_stop(&v.visit, true, m, 11020);
    CHECK(!v.visit.gliding && !v.visit.flying);
}

static void moves_by_half_views(void)
{
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    fake_do(&v.screen, &v.visit, "move right", 10000);
    CHECK(v.visit.here.camera.scale <= 0 && !visit_page_close(&v.visit, m)); /* nowhere to go */
    visit_page_wheel(&v.visit, 6, (struct pointf){400, 300}, m, 11000);
    CHECK(visit_page_close(&v.visit, m) && !visit_page_close(&v.visit, NULL));
    struct camera before = camera_at(&v, 11000);
    fake_do(&v.screen, &v.visit, "move right", 12000);
    struct camera after = camera_at(&v, 13000);
    CHECK(fabs((after.x_page - before.x_page) * 1000 * after.scale - 400) < 1e-6);
    fake_act(&v.screen, &v.visit, "move down", 14000);
    fake_act(&v.screen, &v.visit, "move left", 14010); /* quickly one after the other they add up */
    visit_tick(&v.visit, m, 16000);
    after = camera_at(&v, 16000);
    CHECK(fabs(after.x_page - before.x_page) < 1e-9);
    CHECK(fabs((after.y_page - before.y_page) * 1400 * after.scale - 300) < 1e-6);
    for (int i = 0; i < 9; i++) {
        fake_do(&v.screen, &v.visit, "move up", 20000 + 1000 * i);
    }
    CHECK(fabs(camera_to_view(camera_at(&v, 30000), m->page, m->page_view, (struct pointf){0, 0}).y -
               m->page_margin_px) < 1e-6);
    before = v.visit.here.camera;
    fake_do(&v.screen, &v.visit, "move somewhere", 31000);
    fake_do(&v.screen, &v.visit, "centre", 31000);
    fake_do(&v.screen, &v.visit, "centre 0.5", 31000);
    fake_do(&v.screen, &v.visit, "centre 0.5 nan", 31000);
    CHECK(memcmp(&before, &v.visit.here.camera, sizeof(double) * 3) == 0);
    fake_do(&v.screen, &v.visit, "centre 0.5 0.75", 32000);
    after = camera_at(&v, 35000);
    CHECK(fabs(after.x_page - 0.5) < 1e-9 && fabs(after.y_page - 0.75) < 1e-9 && after.scale == before.scale);
    visit_page_centre(&v.visit, (struct pointf){0.4, 1e300}, m, 36000);
    CHECK(!v.visit.flying && fabs(camera_at(&v, 36000).x_page - 0.4) < 1e-9);
}

static void momentum_carries_on_and_stops_at_the_edge(void)
{
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    visit_page_pinch(&v.visit, 4, (struct pointf){400, 300}, 0, 0, m, 10000);
    double x = camera_at(&v, 10000).x_page;
    visit_page_fling(&v.visit, 300, 0, m, 10000);
    CHECK(v.visit.gliding && visit_moving(&v.visit, 10000));
    visit_tick(&v.visit, m, 10016);
    visit_tick(&v.visit, m, 10032);
    CHECK(camera_at(&v, 10032).x_page < x);
    x = camera_at(&v, 10032).x_page;
    visit_page_drag(&v.visit, 0, 0, m, 10040); /* a finger stops it at once */
    CHECK(!v.visit.gliding);
    visit_tick(&v.visit, m, 10200);
    CHECK(camera_at(&v, 10200).x_page == x);
    visit_page_fling(&v.visit, 9000, 0, m, 11000);
    int64_t now = 11000;
    while (v.visit.gliding && now < 20000) {
        now += 16;
        visit_tick(&v.visit, m, now);
    }
    CHECK_THAT(now < 12500, "%d ms",
        (int)(now - 11000)); /* there is no more to see: it does not go on for nothing */
    CHECK(!visit_moving(&v.visit, now));
}

static void buttons_zoom_by_half(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "zoom in", 10000);
    CHECK(v.visit.flying && v.visit.flight.duration_ms == 200);
    visit_tick(&v.visit, &v.screen.metrics, 10200);
    CHECK(!v.visit.flying);
    CHECK_THAT(
        fabs(camera_at(&v, 10200).scale / fit(&v) - 1.5) < 1e-6, "%f", camera_at(&v, 10200).scale / fit(&v));
    /* Two quick taps are two steps. */
    fake_act(&v.screen, &v.visit, "zoom in", 20000);
    fake_act(&v.screen, &v.visit, "zoom in", 20100);
    visit_tick(&v.visit, &v.screen.metrics, 20300);
    CHECK(fabs(camera_at(&v, 20300).scale / fit(&v) - 1.5 * 1.5 * 1.5) < 1e-6);
    fake_do(&v.screen, &v.visit, "zoom out", 30000);
    CHECK(fabs(camera_at(&v, 40000).scale / fit(&v) - 1.5 * 1.5) < 1e-6);
    fake_do(&v.screen, &v.visit, "zoom whole", 50000);
    CHECK(v.visit.here.camera.scale <= 0);
    fake_do(&v.screen, &v.visit, "zoom out", 60000);
    CHECK(v.visit.here.camera.scale <= 0);
    struct camera before = v.visit.here.camera;
    fake_do(&v.screen, &v.visit, "zoom sideways", 70000);
    CHECK(memcmp(&before, &v.visit.here.camera, sizeof before) == 0);
    for (int i = 0; i < 30; i++) {
        fake_do(&v.screen, &v.visit, "zoom in", 80000 + 3000 * i);
    }
    CHECK(fabs(camera_at(&v, 900000).scale - v.screen.metrics.page_max_scale) < 1e-9);
}

static void double_taps_lead_closer_and_back(void)
{
    struct visitor v;
    start(&v);
    const struct visit_metrics *m = &v.screen.metrics;
    struct pointf at = {400, 200};
    struct pointf img = camera_to_img(camera_at(&v, 10000), m->page, m->page_view, at);
    visit_page_double_tap(&v.visit, at, m, 10000);
    visit_tick(&v.visit, m, 11000);
    struct camera close = camera_at(&v, 11000);
    CHECK(fabs(close.scale / fit(&v) - 2.5) < 1e-6);
    struct pointf view = camera_to_view(close, m->page, m->page_view, img);
    CHECK_THAT(fabs(view.x - at.x) < 1 && fabs(view.y - at.y) < 60, "%f %f", view.x, view.y);
    visit_page_double_tap(&v.visit, at, m, 12000);
    visit_tick(&v.visit, m, 13000);
    CHECK(v.visit.here.camera.scale <= 0);
}

static void rotates_by_quarters(void)
{
    struct visitor v;
    start(&v);
    for (int i = 1; i <= 4; i++) {
        fake_do(&v.screen, &v.visit, "rotate", 10000 * i);
        CHECK_INT(v.visit.here.camera.quarter_turns, i % 4);
        CHECK(v.visit.here.camera.scale <= 0);
    }
    fake_do(&v.screen, &v.visit, "zoom in", 90000);
    fake_do(&v.screen, &v.visit, "rotate", 95000);
    CHECK(v.visit.here.camera.scale > 0 && v.visit.here.camera.quarter_turns == 1);
    fake_do(&v.screen, &v.visit, "zoom whole", 99000);
    CHECK(v.visit.here.camera.scale <= 0 && v.visit.here.camera.quarter_turns == 1);
    fake_do(&v.screen, &v.visit, "select p1", 105000);
    CHECK_INT(v.visit.here.camera.quarter_turns, 1);
    CHECK(in_view(&v, 110000, zone_p1));
}

static void turns_pages(void)
{
    struct visitor v;
    start(&v);
    fake_do(&v.screen, &v.visit, "page previous", 10000);
    CHECK_INT(v.visit.here.page, 0);
    fake_do(&v.screen, &v.visit, "zoom in", 20000);
    fake_do(&v.screen, &v.visit, "page next", 30000);
    CHECK_INT(v.visit.here.page, 1);
    CHECK(v.visit.here.camera.scale <= 0);
    fake_do(&v.screen, &v.visit, "page next", 40000);
    fake_do(&v.screen, &v.visit, "page over", 40000);
    CHECK_INT(v.visit.here.page, 1);
}

static void scripts_look(void)
{
    struct visitor v;
    start(&v);
    struct camera camera = {.x_page = 0.5, .y_page = 0.4, .scale = 1.5};
    visit_look(&v.visit, camera, 0, &v.screen.metrics, 10000);
    CHECK(!v.visit.flying && camera_at(&v, 10000).scale == 1.5 &&
          fabs(camera_at(&v, 10000).y_page - 0.4) < 1e-9);
    camera.scale = 3;
    visit_look(&v.visit, camera, 700, &v.screen.metrics, 20000);
    CHECK(v.visit.flying && v.visit.flight.duration_ms == 700);
    CHECK(camera_at(&v, 20000).scale < 1.6 && camera_at(&v, 20700).scale == 3);
    /* Before the page is known. */
    visit_look(&v.visit, camera, 0, NULL, 30000);
    CHECK(v.visit.here.camera.scale == 3);
}

static void leaving_in_mid_flight_loses_nothing(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "select p2", 10000);
    fake_do(&v.screen, &v.visit, "go people", 10100);
    CHECK(!v.visit.flying);
    fake_do(&v.screen, &v.visit, "back", 20000);
    CHECK(in_view(&v, 30000, zone_p2));
}

static void without_a_page_nothing_happens(void)
{
    struct visitor v;
    start(&v);
    fake_do(&v.screen, &v.visit, "go people", 10000);
    struct visit before = v.visit;
    visit_page_drag(&v.visit, 5, 5, &v.screen.metrics, 20000);
    visit_page_pinch(&v.visit, 2, (struct pointf){1, 1}, 0, 0, &v.screen.metrics, 20000);
    visit_page_fling(&v.visit, 900, 900, &v.screen.metrics, 20000);
    visit_page_double_tap(&v.visit, (struct pointf){1, 1}, NULL, 20000);
    CHECK(memcmp(&before, &v.visit, sizeof before) == 0);
    fake_act(&v.screen, &v.visit, "zoom in", 20000);
    fake_act(&v.screen, &v.visit, "rotate", 20000);
    fake_act(&v.screen, &v.visit, "select p1", 20000); /* people has no segments */
    CHECK(memcmp(&before.here, &v.visit.here, sizeof before.here) == 0);
}

int main(void)
{
    RUN(begins_with_the_whole_page);
    RUN(selecting_flies_to_the_zone);
    RUN(with_reduced_motion_it_jumps);
    RUN(a_segment_on_another_page_turns_to_it);
    RUN(in_a_text_the_page_waits);
    RUN(touching_interrupts_flights);
    RUN(dragging_moves_the_page);
    RUN(pinching_keeps_what_is_under_the_fingers);
    RUN(edges_are_soft);
    RUN(a_touch_stops_at_any_moment);
    RUN(moves_by_half_views);
    RUN(momentum_carries_on_and_stops_at_the_edge);
    RUN(buttons_zoom_by_half);
    RUN(double_taps_lead_closer_and_back);
    RUN(rotates_by_quarters);
    RUN(turns_pages);
    RUN(scripts_look);
    RUN(leaving_in_mid_flight_loses_nothing);
    RUN(without_a_page_nothing_happens);
    return check_report();
}
