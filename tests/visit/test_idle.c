/* The warning, the reset, and the lock for cleaning. */
#include "check.h"
#include "fake.h"

/* A visitor who touched the screen at 10 s and is at home. */
static void start(struct visitor *v, enum visit_mode mode)
{
    struct visit_frame frame = fake_frame(mode);
    fake_screen_init(&v->screen);
    visit_init(&v->visit, &frame, 0);
    fake_layout(&v->screen, &v->visit);
    visit_touched(&v->visit, 10000);
    fake_layout(&v->screen, &v->visit);
    visit_tick(&v->visit, &v->screen.metrics, 10300);
}

static void tick(struct visitor *v, int64_t now)
{
    visit_tick(&v->visit, &v->screen.metrics, now);
}

enum { WARNING = 10000 + 90000, RESET = WARNING + VISIT_WARNING_MS };

static void warns_and_resets_to_the_millisecond(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    CHECK_INT(visit_deadline(&v.visit, 11000), WARNING);
    tick(&v, WARNING - 1);
    CHECK_INT(v.visit.warning_ms, 0);
    CHECK_INT(visit_warning_left(&v.visit, WARNING - 1), 0);
    tick(&v, WARNING);
    CHECK_INT(v.visit.warning_ms, WARNING);
    CHECK_INT(visit_warning_left(&v.visit, WARNING), 20);
    tick(&v, RESET - 1);
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK_INT(visit_warning_left(&v.visit, RESET - 1), 1);
    tick(&v, RESET);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    CHECK_INT(v.visit.warning_ms, 0);
    CHECK_INT(v.visit.last_input_ms, RESET);
}

static void counts_down_once_a_second(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    int64_t now = WARNING;
    tick(&v, now);
    for (int left = 20; left >= 1; left--) {
        CHECK_INT(visit_warning_left(&v.visit, now), left);
        int64_t next = visit_deadline(&v.visit, now);
        CHECK_INT(next, now + 1000);
        CHECK_INT(visit_warning_left(&v.visit, next - 1), left);
        now = next;
        tick(&v, now);
    }
    CHECK_INT(now, RESET);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    /* Asked in the middle of a second it says when that second ends. */
    start(&v, MODE_KIOSK);
    tick(&v, WARNING);
    CHECK_INT(visit_deadline(&v.visit, WARNING + 400), WARNING + 1000);
    CHECK_INT(visit_deadline(&v.visit, RESET - 1), RESET);
}

static void any_touch_keeps_the_visit(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    fake_do(&v.screen, &v.visit, "go people", 10500);
    tick(&v, 10500 + 90000);
    CHECK(v.visit.warning_ms != 0);
    int64_t last = 10500 + 90000 + VISIT_WARNING_MS - 1;
    tick(&v, last);
    CHECK(visit_touched(&v.visit, last)); /* the touch means only that */
    CHECK_INT(v.visit.warning_ms, 0);
    CHECK_TEXT(fake_where(&v.visit), "people");
    tick(&v, last + 1);
    CHECK_TEXT(fake_where(&v.visit), "people");
    CHECK_INT(visit_deadline(&v.visit, last + 1), last + 90000);
    tick(&v, last + 90000);
    fake_act(&v.screen, &v.visit, "stay", last + 95000);
    CHECK_INT(v.visit.warning_ms, 0);
    CHECK_TEXT(fake_where(&v.visit), "people");
    CHECK_INT(visit_deadline(&v.visit, last + 95000), last + 95000 + 90000);
}

/* WCAG 2.2.1: by one simple action, at least ten times, with twenty seconds for it each time. */
static void a_warning_can_be_answered_again_and_again(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    int64_t warned = WARNING;
    for (int i = 0; i < 25; i++) {
        tick(&v, warned);
        CHECK_INT(v.visit.warning_ms, warned);
        tick(&v, warned + 19999);
        CHECK_INT(visit_warning_left(&v.visit, warned + 19999), 1);
        CHECK_TEXT(fake_where(&v.visit), "home");
        CHECK(visit_touched(&v.visit, warned + 19999));
        CHECK_INT(v.visit.warning_ms, 0);
        warned += 19999 + 90000;
    }
    tick(&v, warned);
    tick(&v, warned + 20000);
    CHECK_TEXT(fake_where(&v.visit), "attract");
}

static void whatever_is_done_counts(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    fake_do(&v.screen, &v.visit, "go scan", 20000);
    visit_page_drag(&v.visit, 1, 1, &v.screen.metrics, 30000);
    CHECK_INT(v.visit.last_input_ms, 30000);
    visit_page_pinch(&v.visit, 2, (struct pointf){9, 9}, 0, 0, &v.screen.metrics, 31000);
    CHECK_INT(v.visit.last_input_ms, 31000);
    visit_scroll(&v.visit, SCROLLER_MAIN, -5, &v.screen.metrics, 32000);
    CHECK_INT(v.visit.last_input_ms, 32000);
    visit_focus(&v.visit, "bar.home", 33000);
    CHECK_INT(v.visit.last_input_ms, 33000);
    CHECK(v.visit.focus_visible);
    CHECK_TEXT(v.visit.here.focus, "bar.home");
    visit_focus(&v.visit, NULL, 34000);
    CHECK(!v.visit.focus_visible);
    CHECK_TEXT(v.visit.here.focus, "bar.home");
    fake_act(&v.screen, &v.visit, "contrast", 35000);
    CHECK_INT(v.visit.last_input_ms, 35000);
}

static void a_reset_equals_a_fresh_visit(void)
{
    static const char *const actions[] = {"begin ko", "text-size 200", "contrast", "low-reach", "motion",
        "go parallel", "select p2", "pane right page", "menu language", "listen", "zoom in", "go person:mao",
        "reveal who", "tour start", "tour pause"};
    static const enum visit_mode modes[] = {MODE_KIOSK, MODE_DEMO};
    for (size_t m = 0; m < 2; m++) {
        struct visitor v;
        struct visit fresh;
        int64_t now = 10000;
        start(&v, modes[m]);
        for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
            now += 3000;
            fake_do(&v.screen, &v.visit, actions[i], now);
        }
        visit_focus(&v.visit, "bar.home", now);
        tick(&v, now + 90000);
        tick(&v, now + 90000 + VISIT_WARNING_MS);
        memset(&fresh, 0xA5, sizeof fresh);
        struct visit_frame frame = fake_frame(modes[m]);
        /* What stood in the memory before does not matter. */
        visit_init(&fresh, &frame, now + 90000 + VISIT_WARNING_MS);
        CHECK(memcmp(&fresh, &v.visit, sizeof fresh) == 0);
        CHECK_TEXT(v.visit.language, "en");
    }
}

static void nobody_is_warned_where_nobody_is(void)
{
    struct visitor v;
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    fake_screen_init(&v.screen);
    visit_init(&v.visit, &frame, 0);
    for (int64_t now = 0; now < 1000000; now += 5000) {
        tick(&v, now);
        CHECK_INT(v.visit.warning_ms, 0);
    }
    CHECK_TEXT(fake_where(&v.visit), "attract");
}

static void a_classroom_is_never_reset(void)
{
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    CHECK(visit_deadline(&v.visit, 11000) == INT64_MAX);
    fake_do(&v.screen, &v.visit, "go people", 20000);
    tick(&v, 99999999);
    tick(&v, 99999999 + VISIT_WARNING_MS);
    CHECK_INT(v.visit.warning_ms, 0);
    CHECK_TEXT(fake_where(&v.visit), "people");
}

static void an_exhibit_may_have_no_idle_time(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    v.visit.frame.idle_s = 0;
    CHECK(visit_deadline(&v.visit, 11000) == INT64_MAX);
    tick(&v, 99999999);
    CHECK_INT(v.visit.warning_ms, 0);
}

static void a_guided_reading_counts_as_being_there(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    v.visit.frame.idle_s = 5;
    fake_do(&v.screen, &v.visit, "tour start", 11000);
    tick(&v, 20999);
    CHECK(v.visit.warning_ms == 0 && v.visit.tour.active);
    fake_do(&v.screen, &v.visit, "tour pause", 21500); /* paused it does not */
    tick(&v, 26499);
    CHECK_INT(v.visit.warning_ms, 0);
    tick(&v, 26500);
    CHECK_INT(v.visit.warning_ms, 26500);
    tick(&v, 26500 + VISIT_WARNING_MS);
    CHECK_TEXT(fake_where(&v.visit), "attract");
}

static void a_late_tick_still_warns_in_full(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    tick(&v, 5000000); /* the machine slept */
    CHECK_INT(v.visit.warning_ms, 5000000);
    CHECK_INT(visit_warning_left(&v.visit, 5000000), 20);
    CHECK_TEXT(fake_where(&v.visit), "home");
}

static void locked_for_cleaning(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    fake_do(&v.screen, &v.visit, "go scan", 20000);
    fake_do(&v.screen, &v.visit, "menu language", 25000);
    visit_lock(&v.visit, 30000);
    CHECK(visit_locked(&v.visit, 30000) && visit_locked(&v.visit, 59999) && !visit_locked(&v.visit, 60000));
    CHECK_INT(visit_lock_left(&v.visit, 30000), 30);
    CHECK_INT(visit_lock_left(&v.visit, 59999), 1);
    CHECK_INT(visit_lock_left(&v.visit, 60000), 0);
    struct visit before = v.visit;
    CHECK(visit_touched(&v.visit, 40000));
    fake_act(&v.screen, &v.visit, "home", 40000);
    fake_act(&v.screen, &v.visit, "stay", 40000);
    struct place people = {.kind = PLACE_PEOPLE};
    visit_go(&v.visit, &people, &v.screen.metrics, 40000);
    visit_page_drag(&v.visit, 50, 50, &v.screen.metrics, 40000);
    visit_page_pinch(&v.visit, 2, (struct pointf){0, 0}, 0, 0, &v.screen.metrics, 40000);
    visit_page_fling(&v.visit, 500, 0, &v.screen.metrics, 40000);
    visit_scroll(&v.visit, SCROLLER_MAIN, -50, &v.screen.metrics, 40000);
    visit_scroll_fling(&v.visit, SCROLLER_MAIN, -500, &v.screen.metrics, 40000);
    visit_focus(&v.visit, "bar.home", 40000);
    CHECK(memcmp(&before, &v.visit, sizeof before) == 0);
    CHECK_INT(visit_deadline(&v.visit, 40000), 41000); /* its countdown is shown */
    CHECK_INT(visit_deadline(&v.visit, 59500), 60000);
    tick(&v, 60000);
    CHECK_INT(v.visit.locked_until_ms, 0);
    CHECK_TEXT(fake_where(&v.visit), "document:telegram/scan");
    CHECK_INT(visit_deadline(&v.visit, 60000), 60000 + 90000); /* cleaning was no idling */
    fake_act(&v.screen, &v.visit, "home", 61000);
    CHECK_TEXT(fake_where(&v.visit), "home");
}

static void idle_time_does_not_cut_a_lock_short(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    v.visit.frame.idle_s = 5;
    visit_lock(&v.visit, 14000);
    tick(&v, 43999);
    CHECK(v.visit.warning_ms == 0 && visit_locked(&v.visit, 43999));
    tick(&v, 44000);
    CHECK_INT(v.visit.warning_ms, 0);
    tick(&v, 49000);
    CHECK_INT(v.visit.warning_ms, 49000);
}

int main(void)
{
    RUN(warns_and_resets_to_the_millisecond);
    RUN(counts_down_once_a_second);
    RUN(any_touch_keeps_the_visit);
    RUN(a_warning_can_be_answered_again_and_again);
    RUN(whatever_is_done_counts);
    RUN(a_reset_equals_a_fresh_visit);
    RUN(nobody_is_warned_where_nobody_is);
    RUN(a_classroom_is_never_reset);
    RUN(an_exhibit_may_have_no_idle_time);
    RUN(a_guided_reading_counts_as_being_there);
    RUN(a_late_tick_still_warns_in_full);
    RUN(locked_for_cleaning);
    RUN(idle_time_does_not_cut_a_lock_short);
    return check_report();
}
