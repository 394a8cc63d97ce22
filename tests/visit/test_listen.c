/* Listening: what goes on, what stops, and where it goes on from. */
#include "fake.h"

#include "check.h"

#include <string.h>

static void start(struct visitor *v)
{
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    visit_init(&v->visit, &frame, 1000);
    fake_screen_init(&v->screen);
    visit_touched(&v->visit, 1500);
    fake_do(&v->screen, &v->visit, "home", 2000);
}

static bool reads(const struct visitor *v)
{
    return v->visit.listening && v->visit.reading;
}

static void begins_stops_and_goes_on(void)
{
    struct visitor v;
    start(&v);
    CHECK(!v.visit.listening && !v.visit.reading);
    fake_act(&v.screen, &v.visit, "listen", 3000);
    CHECK(reads(&v) && v.visit.here.spoken[0] == '\0');
    visit_read(&v.visit, "home.lead", 10, 40, 3500);
    CHECK_TEXT(v.visit.here.spoken, "home.lead");
    CHECK(v.visit.here.spoken_from == 10 && v.visit.here.spoken_to == 40);
    visit_touched(&v.visit, 4000); /* any touch */
    CHECK(v.visit.listening && !v.visit.reading);
    visit_read(&v.visit, "late", 1, 2, 4100); /* what was under way is no position */
    CHECK_TEXT(v.visit.here.spoken, "home.lead");
    visit_touched(&v.visit, 5000);
    fake_act(&v.screen, &v.visit, "listen", 5100);
    CHECK(reads(&v));
    CHECK_TEXT(v.visit.here.spoken, "home.lead");
    visit_read(&v.visit, NULL, 0, 0, 6000); /* the end: the next time from the start */
    CHECK(v.visit.listening && !v.visit.reading && v.visit.here.spoken[0] == '\0');
}

/* The finger that comes down on Listen stops the reading; its lift must not begin it anew. */
static void listen_while_reading_ends_it(void)
{
    struct visitor v;
    start(&v);
    visit_touched(&v.visit, 3000);
    fake_act(&v.screen, &v.visit, "listen", 3100);
    CHECK(reads(&v));
    visit_touched(&v.visit, 4000);
    CHECK(!v.visit.reading);
    fake_act(&v.screen, &v.visit, "listen", 4100);
    CHECK(!v.visit.listening && !v.visit.reading);
    fake_act(&v.screen, &v.visit, "listen", 5000); /* as a script does, without a touch */
    fake_act(&v.screen, &v.visit, "listen", 5100);
    CHECK(!v.visit.listening);
}

static void goes_on_with_the_next_screen(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "listen", 3000);
    visit_read(&v.visit, "home.lead", 10, 40, 3500);
    fake_do(&v.screen, &v.visit, "go people", 4000);
    CHECK(reads(&v) && v.visit.here.spoken[0] == '\0');
    visit_read(&v.visit, "title", 0, 6, 4500);
    fake_do(&v.screen, &v.visit, "contrast", 5000);
    CHECK(v.visit.listening && !v.visit.reading);
    fake_do(&v.screen, &v.visit, "back", 6000);
    CHECK(reads(&v));
    CHECK_TEXT(v.visit.here.spoken, "home.lead"); /* where it was left there */
    fake_do(&v.screen, &v.visit, "language ko", 7000);
    CHECK(reads(&v) && v.visit.here.spoken_from == 0);
    CHECK_TEXT(v.visit.here.spoken, "home.lead");
    visit_focus(&v.visit, "home.people", 8000);
    CHECK(!v.visit.reading);
    fake_do(&v.screen, &v.visit, "go people", 9000);
    CHECK(reads(&v));
    fake_do(&v.screen, &v.visit, "back", 10000); /* by keys the focus speaks */
    CHECK(v.visit.listening && !v.visit.reading);
}

static void speed_and_volume(void)
{
    struct visitor v;
    start(&v);
    CHECK(visit_speech_rate(&v.visit) == 160 && visit_speech_volume(&v.visit) == 60);
    fake_act(&v.screen, &v.visit, "speed 4", 3000);
    CHECK(visit_speech_rate(&v.visit) == 270 && !v.visit.reading);
    fake_act(&v.screen, &v.visit, "listen", 3500);
    fake_act(&v.screen, &v.visit, "menu volume", 4000);
    CHECK(v.visit.menu == MENU_VOLUME && !v.visit.reading);
    fake_act(&v.screen, &v.visit, "volume 1", 4500);
    CHECK(v.visit.menu == MENU_NONE && reads(&v) && visit_speech_volume(&v.visit) == 0);
    static const char *const wrong[] = {"speed 0", "speed 5", "speed x", "volume -1", "volume 9", "volume"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fake_act(&v.screen, &v.visit, wrong[i], 5000);
        CHECK(v.visit.speed == 3 && v.visit.volume == 0);
    }
    struct visit fresh;
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    visit_init(&v.visit, &frame, 9000);
    visit_init(&fresh, &frame, 9000);
    CHECK(memcmp(&v.visit, &fresh, sizeof fresh) == 0 && !fresh.listening);
}

/* Who is read to is there, but not for ever. */
static void idle_waits_for_the_reading(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "listen", 3000);
    visit_tick(&v.visit, NULL, 3000 + VISIT_READ_MS - 1);
    CHECK(v.visit.warning_ms == 0 && v.visit.reading);
    int64_t end = 3000 + VISIT_READ_MS;
    visit_tick(&v.visit, NULL, end);
    CHECK(v.visit.warning_ms == end && !v.visit.reading);
    CHECK(visit_touched(&v.visit, end + 100));
    fake_act(&v.screen, &v.visit, "listen", end + 1000);
    CHECK(reads(&v));
    visit_read(&v.visit, NULL, 0, 0, end + 100000);
    int64_t idle_ms = (int64_t)v.visit.frame.idle_s * 1000;
    visit_tick(&v.visit, NULL, end + 100000 + idle_ms - 1);
    CHECK(v.visit.warning_ms == 0);
    visit_tick(&v.visit, NULL, end + 100000 + idle_ms);
    CHECK(v.visit.warning_ms != 0);
}

/* Twenty seconds, to the millisecond, and as often as one likes. */
static void the_warning_can_be_answered_again_and_again(void)
{
    struct visitor v;
    start(&v);
    int64_t now = 3000;
    fake_act(&v.screen, &v.visit, "contrast", now);
    for (int i = 0; i < 12; i++) {
        now += (int64_t)v.visit.frame.idle_s * 1000;
        visit_tick(&v.visit, NULL, now);
        CHECK(v.visit.warning_ms == now && visit_warning_left(&v.visit, now) == 20);
        now += 19999;
        visit_tick(&v.visit, NULL, now);
        CHECK(visit_warning_left(&v.visit, now) == 1);
        CHECK(visit_touched(&v.visit, now));
        CHECK(v.visit.warning_ms == 0 && v.visit.high_contrast);
    }
    now += (int64_t)v.visit.frame.idle_s * 1000;
    visit_tick(&v.visit, NULL, now);
    visit_tick(&v.visit, NULL, now + 20000);
    CHECK(!v.visit.high_contrast && v.visit.here.place.kind == PLACE_ATTRACT);
}

static void the_tour_waits_for_its_caption(void)
{
    struct visitor v;
    start(&v);
    fake_act(&v.screen, &v.visit, "listen", 3000);
    fake_do(&v.screen, &v.visit, "tour start", 4000);
    CHECK(reads(&v) && v.visit.tour.active && v.visit.tour.step == 0);
    visit_tick(&v.visit, &v.screen.metrics, 60000); /* long past its ten seconds */
    CHECK(v.visit.tour.step == 0);
    visit_read(&v.visit, NULL, 0, 0, 61000);
    visit_tick(&v.visit, &v.screen.metrics, 61000);
    CHECK(v.visit.tour.step == 0); /* a breath */
    visit_tick(&v.visit, &v.screen.metrics, 62000);
    CHECK(v.visit.tour.step == 1 && reads(&v));
}

int main(void)
{
    RUN(begins_stops_and_goes_on);
    RUN(listen_while_reading_ends_it);
    RUN(goes_on_with_the_next_screen);
    RUN(speed_and_volume);
    RUN(idle_waits_for_the_reading);
    RUN(the_warning_can_be_answered_again_and_again);
    RUN(the_tour_waits_for_its_caption);
    return check_report();
}
