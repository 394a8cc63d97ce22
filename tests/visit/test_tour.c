/* Guided reading: steps at 0, 10 and 16 s; over after 24. */
#include "check.h"
#include "fake.h"

#include <math.h>

static void start(struct visitor *v, enum visit_mode mode)
{
    struct visit_frame frame = fake_frame(mode);
    fake_screen_init(&v->screen);
    visit_init(&v->visit, &frame, 1000);
    fake_layout(&v->screen, &v->visit);
}

static void tick(struct visitor *v, int64_t now)
{
    visit_tick(&v->visit, &v->screen.metrics, now);
    while (fake_layout(&v->screen, &v->visit)) {
    }
}

/* Runs on from deadline to deadline, frames of 16 ms while something moves, up to `until`. */
static void run(struct visitor *v, int64_t now, int64_t until)
{
    while (now < until) {
        int64_t next = visit_deadline(&v->visit, now);
        next = next <= now ? now + 16 : next;
        now = next < until ? next : until;
        tick(v, now);
    }
}

static void plays_from_step_to_step_and_goes_back(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    visit_touched(&v.visit, 2000);
    fake_do(&v.screen, &v.visit, "go people", 3000);
    visit_scroll(&v.visit, SCROLLER_MAIN, -300, &v.screen.metrics, 4000);
    fake_layout(&v.screen, &v.visit);
    struct visit_stop stop = v.visit.here;
    fake_act(&v.screen, &v.visit, "tour start", 10000);
    CHECK_TEXT(fake_where(&v.visit), "document:telegram/scan");
    CHECK_TEXT(v.visit.here.segment, "p1");
    CHECK_INT(v.visit.tour.step, 0);
    fake_layout(&v.screen, &v.visit);
    double first = v.visit.here.camera.y_page;
    CHECK(v.visit.here.camera.scale > 0 && first < 0.3);
    run(&v, 10000, 19999);
    CHECK_INT(v.visit.tour.step, 0);
    CHECK_INT(visit_deadline(&v.visit, 19999), 20000);
    tick(&v, 20000);
    CHECK_INT(v.visit.tour.step, 1);
    CHECK_TEXT(v.visit.here.segment, "p2");
    CHECK(v.visit.flying); /* on the same page the camera flies */
    CHECK(v.visit.here.camera.y_page > 0.6);
    run(&v, 20000, 25999);
    CHECK_INT(v.visit.tour.step, 1);
    run(&v, 25999, 26000);
    CHECK_INT(v.visit.tour.step, 2);
    CHECK_INT(v.visit.here.page, 1);
    CHECK(fabs(v.visit.here.camera.x_page - 0.25) < 0.15); /* the step's own box, 0,0 500x500 */
    run(&v, 26000, 33999);
    CHECK(v.visit.tour.active);
    run(&v, 33999, 34000);
    CHECK(!v.visit.tour.active);
    CHECK(memcmp(&stop, &v.visit.here, sizeof stop) == 0);
    CHECK_INT(v.visit.history_count, 1);
    CHECK_INT(v.visit.last_input_ms, 34000); /* from here on idle time runs */
    CHECK_INT(v.visit.warning_ms, 0);
}

static void stepping_by_hand(void)
{
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "tour start", 10000);
    fake_do(&v.screen, &v.visit, "tour next", 15000);
    CHECK_INT(v.visit.tour.step, 1);
    CHECK_INT(v.visit.tour.step_ms, 15000);
    fake_do(&v.screen, &v.visit, "tour previous", 18000);
    CHECK_INT(v.visit.tour.step, 0);
    CHECK_INT(v.visit.tour.step_ms, 18000); /* the dwell begins anew */
    fake_do(&v.screen, &v.visit, "tour previous", 19000);
    CHECK_INT(v.visit.tour.step, 0);
    CHECK_INT(v.visit.tour.step_ms, 19000);
    fake_do(&v.screen, &v.visit, "tour next", 20000);
    fake_do(&v.screen, &v.visit, "tour next", 23000);
    CHECK_INT(v.visit.tour.step, 2);
    fake_do(&v.screen, &v.visit, "tour next", 26000);
    CHECK(!v.visit.tour.active);
    CHECK_TEXT(fake_where(&v.visit), "home");
    fake_do(&v.screen, &v.visit, "tour start", 30000);
    fake_do(&v.screen, &v.visit, "tour next", 33000);
    fake_do(&v.screen, &v.visit, "tour start", 36000);
    CHECK_INT(v.visit.tour.step, 0);
    CHECK_INT(v.visit.history_count, 1); /* one start is remembered, not two */
    fake_do(&v.screen, &v.visit, "tour stop", 39000);
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK_INT(v.visit.history_count, 0);
}

static void pausing_keeps_the_time_run(void)
{
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "tour start", 10000);
    fake_do(&v.screen, &v.visit, "tour pause", 14000);
    CHECK(v.visit.tour.paused);
    CHECK(visit_deadline(&v.visit, 17000) == INT64_MAX);
    tick(&v, 900000);
    CHECK_INT(v.visit.tour.step, 0);
    fake_do(&v.screen, &v.visit, "tour pause", 900000);
    CHECK(!v.visit.tour.paused);
    run(&v, 902000, 905999);
    CHECK_INT(v.visit.tour.step, 0);
    run(&v, 905999, 906000);
    CHECK_INT(v.visit.tour.step, 1);
    fake_do(&v.screen, &v.visit, "tour pause", 907000);
    fake_do(&v.screen, &v.visit, "tour next", 908000);
    CHECK_INT(v.visit.tour.step, 2);
    CHECK(v.visit.tour.paused && v.visit.tour.ran_ms == 0);
    fake_do(&v.screen, &v.visit, "tour pause", 950000);
    CHECK_INT(visit_deadline(&v.visit, 957000), 958000);
}

static void taking_the_page_in_hand_pauses(void)
{
    static const char *const actions[] = {"zoom in", "rotate", "select p2", "page next", "zoom whole"};
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        struct visitor v;
        start(&v, MODE_CLASSROOM);
        fake_do(&v.screen, &v.visit, "tour start", 10000);
        fake_do(&v.screen, &v.visit, actions[i], 13000);
        CHECK_THAT(
            v.visit.tour.active && v.visit.tour.paused && v.visit.tour.ran_ms == 3000, "%s", actions[i]);
    }
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "tour start", 10000);
    visit_page_drag(&v.visit, 5, 5, &v.screen.metrics, 13000);
    CHECK(v.visit.tour.paused);
    fake_do(&v.screen, &v.visit, "language ko", 14000);
    fake_do(&v.screen, &v.visit, "menu text-size", 14000);
    CHECK(v.visit.tour.active);
}

static void leaving_ends_it(void)
{
    static const struct {
        const char *words, *where;
        int behind;
    } cases[] = {
        {"back", "timeline", 1},
        {"home", "home", 0},
        {"go people", "people", 3},
        {"go person:mao", "document:telegram/scan + person:mao", 3},
        {"go document:telegram/scan#p2", "document:telegram/scan", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct visitor v;
        start(&v, MODE_CLASSROOM);
        fake_do(&v.screen, &v.visit, "go timeline", 5000);
        fake_do(&v.screen, &v.visit, "tour start", 10000);
        fake_do(&v.screen, &v.visit, cases[i].words, 12000);
        CHECK_THAT(!v.visit.tour.active, "%s", cases[i].words);
        CHECK_TEXT(fake_where(&v.visit), cases[i].where);
        CHECK_THAT(v.visit.history_count == cases[i].behind, "%s: %d", cases[i].words, v.visit.history_count);
    }
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "tour start", 10000);
    fake_do(&v.screen, &v.visit, "menu language", 12000);
    fake_do(&v.screen, &v.visit, "back", 13000); /* first the menu, then the reading */
    CHECK(v.visit.tour.active);
    fake_do(&v.screen, &v.visit, "back", 14000);
    CHECK(!v.visit.tour.active);
}

static void demo_plays_for_ever(void)
{
    struct visitor v;
    start(&v, MODE_DEMO);
    CHECK(v.visit.tour.active && v.visit.tour.by_itself);
    run(&v, 1000, 1000 + 10 * 24000 + 11000);
    CHECK(v.visit.tour.active);
    CHECK_INT(v.visit.tour.step, 1);
    CHECK_INT(v.visit.tour.step_ms, 1000 + 10 * 24000 + 10000);
    CHECK_INT(v.visit.warning_ms, 0);
    visit_page_drag(&v.visit, 50, 0, &v.screen.metrics, 260000); /* nobody has it in hand before the touch */
    CHECK(v.visit.tour.by_itself);
    CHECK(visit_touched(&v.visit, 260000));
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK(!v.visit.tour.active);
    fake_layout(&v.screen, &v.visit);
    /* A visitor's own reading in demo stops at its end. */
    fake_do(&v.screen, &v.visit, "tour start", 270000);
    CHECK(!v.visit.tour.by_itself);
    run(&v, 272000, 294000);
    CHECK(!v.visit.tour.active);
    CHECK_TEXT(fake_where(&v.visit), "home");
    /* Idle, warning, and the tour again. */
    run(&v, 294000, 294000 + 90000 + VISIT_WARNING_MS);
    CHECK(v.visit.tour.by_itself);
    CHECK_TEXT(fake_where(&v.visit), "document:telegram/scan");
}

static void attract_plays_behind(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    CHECK(v.visit.tour.active && v.visit.tour.by_itself);
    run(&v, 1000, 11000);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    CHECK_INT(v.visit.tour.step, 1);
    run(&v, 11000, 25000);
    CHECK_INT(v.visit.tour.step, 0);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    CHECK_INT(v.visit.history_count, 0);
}

static void attract_drifts_slowly_and_rests(void)
{
    struct visitor v;
    start(&v, MODE_KIOSK);
    double before = 0, fastest = 0;
    for (int64_t now = 1000; now <= 1000 + VISIT_DRIFT_MS; now += 20) {
        tick(&v, now);
        double at = visit_drift(&v.visit, now);
        fastest = fmax(fastest, (at - before) / 0.020);
        CHECK(at >= before && at <= 1);
        before = at;
    }
    CHECK(before == 1);
    CHECK_THAT(fastest * 0.02 < 0.01, "%f of the screen a second", fastest * 0.02);
    CHECK(!visit_moving(&v.visit, 1000 + VISIT_DRIFT_MS));
    CHECK_INT(visit_deadline(&v.visit, 1000 + VISIT_DRIFT_MS), 11000);
    v.visit.reduced_motion = true;
    CHECK(visit_drift(&v.visit, 3000) == 0 && !visit_moving(&v.visit, 3000));
}

static void without_a_tour(void)
{
    struct visitor v;
    struct visit_frame frame = fake_frame(MODE_DEMO);
    frame.exhibit = &fake_exhibit_without_tour;
    fake_screen_init(&v.screen);
    visit_init(&v.visit, &frame, 1000);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    CHECK(!v.visit.tour.active);
    CHECK(visit_deadline(&v.visit, 1000) == INT64_MAX);
    visit_touched(&v.visit, 2000);
    struct visit before = v.visit;
    fake_act(&v.screen, &v.visit, "tour start", 2000);
    CHECK(memcmp(&before, &v.visit, sizeof before) == 0);
}

static void a_tour_that_is_taken_away_ends(void)
{
    struct visitor v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "tour start", 10000);
    v.visit.frame.exhibit = &fake_exhibit_without_tour; /* the curator saved the file */
    fake_act(&v.screen, &v.visit, "tour next", 12000);
    tick(&v, 13000);
    CHECK(!v.visit.tour.active);
    CHECK_TEXT(fake_where(&v.visit), "home");
    start(&v, MODE_DEMO);
    v.visit.frame.exhibit = &fake_exhibit_without_tour;
    tick(&v, 30000);
    CHECK(!v.visit.tour.active);
    tick(&v, 30000 + 90000);
    tick(&v, 30000 + 90000 + VISIT_WARNING_MS);
    CHECK_TEXT(fake_where(&v.visit), "attract");
}

static void a_clock_that_jumps_is_survived(void)
{
    struct visitor v;
    start(&v, MODE_DEMO);
    int64_t now = INT64_C(1000) * 3600 * 24 * 365 * 10; /* ten years in one tick */
    tick(&v, now);
    CHECK(v.visit.tour.active);
    CHECK(visit_deadline(&v.visit, now + 5000) <= now + 10000);
    start(&v, MODE_KIOSK);
    visit_touched(&v.visit, 1500);
    fake_do(&v.screen, &v.visit, "tour start", 2000);
    tick(&v, now);
    CHECK(!v.visit.tour.active);
}

/* ---- reading pace */

static int64_t dwell_of(const char *text, double seconds)
{
    struct span span = {.text = str_from(text)};
    struct block block = {.spans = &span, .span_count = 1};
    struct prose_text caption = {.blocks = &block, .block_count = 1};
    struct tour_step step = {.caption = {&caption, 1}, .seconds = seconds};
    return visit_tour_dwell(&fake_exhibit, &step, "en");
}

static void dwells_at_reading_pace(void)
{
    CHECK_INT(dwell_of("", 0), 6000);
    CHECK_INT(dwell_of("Two words.", 0), 6000);
    CHECK_INT(dwell_of("", 12.5), 12500);
    CHECK_INT(dwell_of("long enough to be longer than that", 3), 3000); /* as given, also when it is short */
    /* 30 words: ten seconds. */
    CHECK_INT(dwell_of("one two three four five six seven eight nine ten, one two three - four five six "
                       "seven eight nine ten; "
                       "one two three four five six seven eight nine ten.",
                  0),
        30 * 333);
    /* 40 Han characters, with punctuation that is not read. */
    CHECK_INT(
        dwell_of(
            "一二三四五六七八九十，一二三四五六七八九十。一二三四五六七八九十，一二三四五六七八九十。", 0),
        40 * 200);
    /* 60 syllables of Hangul, spaces between. */
    CHECK_INT(dwell_of("가나다라마 바사아자차 가나다라마 바사아자차 가나다라마 바사아자차 가나다라마 "
                       "바사아자차 가나다라마 바사아자차 "
                       "가나다라마 바사아자차",
                  0),
        60 * 150);
    /* Cyrillic is read by words. */
    CHECK_INT(dwell_of("раз два три четыре пять шесть семь восемь девять десять раз два три четыре пять "
                       "шесть семь восемь девять "
                       "десять",
                  0),
        20 * 333);
}

int main(void)
{
    RUN(plays_from_step_to_step_and_goes_back);
    RUN(stepping_by_hand);
    RUN(pausing_keeps_the_time_run);
    RUN(taking_the_page_in_hand_pauses);
    RUN(leaving_ends_it);
    RUN(demo_plays_for_ever);
    RUN(attract_plays_behind);
    RUN(attract_drifts_slowly_and_rests);
    RUN(without_a_tour);
    RUN(a_tour_that_is_taken_away_ends);
    RUN(a_clock_that_jumps_is_survived);
    RUN(dwells_at_reading_pace);
    return check_report();
}
