/* Pixels to items and fractions, against a screen that lays out only what is near. */
#include "check.h"
#include "fake.h"

#include <math.h>

static void start(struct visitor *v)
{
    struct visit_frame frame = fake_frame(MODE_CLASSROOM);
    fake_screen_init(&v->screen);
    visit_init(&v->visit, &frame, 0);
    fake_layout(&v->screen, &v->visit);
    fake_do(&v->screen, &v->visit, "go timeline", 1000);
}

static int total(const struct visitor *v)
{
    int sum = 0;
    for (int i = 0; i < v->screen.counts[SCROLLER_MAIN]; i++) {
        sum += v->screen.heights[SCROLLER_MAIN][i];
    }
    return sum;
}

/* Pixels from the content's start. */
static double offset(const struct visitor *v)
{
    const struct visit_scroll *scroll = &v->visit.here.scroll[SCROLLER_MAIN];
    double y = 0;
    for (int i = 0; i < scroll->item; i++) {
        y += v->screen.heights[SCROLLER_MAIN][i];
    }
    return y + scroll->fraction * v->screen.heights[SCROLLER_MAIN][scroll->item];
}

static void scroll(struct visitor *v, double dy)
{
    visit_scroll(&v->visit, SCROLLER_MAIN, dy, &v->screen.metrics, 5000);
}

static void follows_the_finger(void)
{
    struct visitor v;
    start(&v);
    scroll(&v, -137);
    CHECK(fabs(offset(&v) - 137) < 1e-6);
    fake_layout(&v.screen, &v.visit);
    CHECK(fabs(offset(&v) - 137) < 1e-6);
    scroll(&v, -400);
    fake_layout(&v.screen, &v.visit);
    scroll(&v, 100);
    CHECK(fabs(offset(&v) - 437) < 1e-6);
    CHECK(
        v.visit.here.scroll[SCROLLER_MAIN].fraction >= 0 && v.visit.here.scroll[SCROLLER_MAIN].fraction < 1);
    CHECK_INT(v.visit.here.scroll[SCROLLER_SIDE].item, 0);
}

static void several_moves_in_one_frame_add_up(void)
{
    struct visitor v;
    start(&v);
    for (int i = 0; i < 10; i++) {
        scroll(&v, -30);
    }
    CHECK(fabs(offset(&v) - 300) < 1e-6);
}

static void parts_of_pixels_add_up(void)
{
    struct visitor v;
    start(&v);
    for (int i = 0; i < 1000; i++) {
        scroll(&v, -0.3);
        fake_layout(&v.screen, &v.visit);
    }
    CHECK_THAT(fabs(offset(&v) - 300) < 1e-3, "%f", offset(&v));
}

static void stops_at_both_ends(void)
{
    struct visitor v;
    start(&v);
    scroll(&v, 500);
    CHECK(offset(&v) == 0);
    int steps = 0;
    double before;
    do {
        before = offset(&v);
        scroll(&v, -1e6);
        fake_layout(&v.screen, &v.visit);
        steps++;
    } while (offset(&v) > before && steps < 100);
    CHECK(v.screen.metrics.regions[SCROLLER_MAIN].at_end);
    CHECK_THAT(fabs(offset(&v) - (total(&v) - 500)) < 1, "%f of %d", offset(&v), total(&v));
    CHECK_THAT(steps < 20, "%d", steps);
    /* Without dead travel the other way. */
    scroll(&v, 10);
    CHECK(fabs(offset(&v) - (total(&v) - 510)) < 1);
    scroll(&v, 1e6);
    fake_layout(&v.screen, &v.visit);
    scroll(&v, NAN);
    CHECK(offset(&v) < total(&v) - 600);
}

static void what_is_clamped_is_remembered_as_it_stands(void)
{
    struct visitor v;
    start(&v);
    v.visit.here.scroll[SCROLLER_MAIN].item = 19;
    v.visit.here.scroll[SCROLLER_MAIN].fraction = 0.9;
    fake_layout(&v.screen, &v.visit);
    CHECK_THAT(fabs(offset(&v) - (total(&v) - 500)) < 1e-6, "%f", offset(&v));
    /* The list became shorter than the region. */
    v.screen.counts[SCROLLER_MAIN] = 2;
    fake_layout(&v.screen, &v.visit);
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, 0);
    scroll(&v, -100);
    CHECK(offset(&v) == 0);
    v.screen.counts[SCROLLER_MAIN] = 0;
    fake_layout(&v.screen, &v.visit);
    scroll(&v, -100);
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, 0);
}

static void survives_another_size(void)
{
    struct visitor v;
    start(&v);
    scroll(&v, -400);
    fake_layout(&v.screen, &v.visit);
    struct visit_scroll before = v.visit.here.scroll[SCROLLER_MAIN];
    for (int i = 0; i < FAKE_ITEMS; i++) {
        v.screen.heights[SCROLLER_MAIN][i] *= 2; /* text at 200 % */
    }
    fake_layout(&v.screen, &v.visit);
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, before.item);
    CHECK(v.visit.here.scroll[SCROLLER_MAIN].fraction == before.fraction);
}

static void brings_into_view(void)
{
    struct visitor v;
    start(&v);
    snprintf(v.visit.bring, sizeof v.visit.bring, "q1");
    fake_layout(&v.screen, &v.visit);
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, 15);
    CHECK(v.visit.here.scroll[SCROLLER_MAIN].fraction == 0);
    CHECK_TEXT(v.visit.bring, "");
    CHECK_INT(v.visit.here.scroll[SCROLLER_SIDE].item, 15);
}

static void taps_scroll_by_most_of_a_screen(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "scroll main down", 5000);
    CHECK(fabs(offset(&v) - 400) < 1e-6);
    fake_layout(&v.screen, &v.visit);
    fake_act(&v.screen, &v.visit, "scroll main up", 6000);
    CHECK(fabs(offset(&v)) < 1e-6);
    fake_act(&v.screen, &v.visit, "scroll side down", 7000);
    CHECK(v.visit.here.scroll[SCROLLER_SIDE].item > 0);
    fake_act(&v.screen, &v.visit, "scroll main", 7000);
    fake_act(&v.screen, &v.visit, "scroll elsewhere down", 7000);
    fake_act(&v.screen, &v.visit, "scroll panel down", 7000);
    CHECK(offset(&v) == 0 && v.visit.here.scroll[SCROLLER_PANEL].item == 0);
}

static void momentum_carries_on(void)
{
    struct visitor v;
    start(&v);
    visit_scroll_fling(&v.visit, SCROLLER_MAIN, -1500, &v.screen.metrics, 10000);
    CHECK(v.visit.gliding && visit_deadline(&v.visit, 10000) == 10000);
    double before = offset(&v);
    int64_t now = 10000;
    while (v.visit.gliding && now < 30000) {
        now += 16;
        visit_tick(&v.visit, &v.screen.metrics, now);
        CHECK(offset(&v) >= before);
        before = offset(&v);
        fake_layout(&v.screen, &v.visit);
    }
    CHECK_THAT(now < 13000 && before > 200, "%d ms, %f px", (int)(now - 10000), before);
    CHECK(visit_deadline(&v.visit, now) > now);
}

static void momentum_stops_at_the_end_and_under_a_finger(void)
{
    struct visitor v;
    start(&v);
    visit_scroll_fling(&v.visit, SCROLLER_MAIN, 5000, &v.screen.metrics, 10000);
    visit_tick(&v.visit, &v.screen.metrics, 10016);
    CHECK(!v.visit.gliding); /* it is at the start already */
    visit_scroll_fling(&v.visit, SCROLLER_MAIN, -1500, &v.screen.metrics, 11000);
    visit_tick(&v.visit, &v.screen.metrics, 11016);
    CHECK(v.visit.gliding);
    scroll(&v, 0);
    CHECK(!v.visit.gliding && v.visit.gliding_region == 0);
    visit_scroll_fling(&v.visit, SCROLLER_PANEL, -1500, &v.screen.metrics, 12000);
    CHECK(!v.visit.gliding); /* there is no panel */
    visit_scroll_fling(&v.visit, (enum visit_scroller)77, -1500, &v.screen.metrics, 12000);
    visit_scroll(&v.visit, (enum visit_scroller) - 1, -1500, &v.screen.metrics, 12000);
    CHECK(!v.visit.gliding);
    visit_scroll_fling(&v.visit, SCROLLER_MAIN, -1500, &v.screen.metrics, 13000);
    fake_act(&v.screen, &v.visit, "go people", 13010); /* nor does it go on elsewhere */
    CHECK(!v.visit.gliding);
}

int main(void)
{
    RUN(follows_the_finger);
    RUN(several_moves_in_one_frame_add_up);
    RUN(parts_of_pixels_add_up);
    RUN(stops_at_both_ends);
    RUN(what_is_clamped_is_remembered_as_it_stands);
    RUN(survives_another_size);
    RUN(brings_into_view);
    RUN(taps_scroll_by_most_of_a_screen);
    RUN(momentum_carries_on);
    RUN(momentum_stops_at_the_end_and_under_a_finger);
    return check_report();
}
