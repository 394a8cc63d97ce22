/* Visitors who do anything at all, and what must hold whatever they do. */
#include "check.h"
#include "fake.h"

#include <math.h>

enum { VISITS = 200, STEPS = 400 };

struct walker {
    struct visit visit;
    struct fake_screen screen;
    uint64_t random;
    int64_t now;
};

static uint32_t draw(struct walker *w, uint32_t below)
{
    w->random = w->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(w->random >> 33) % below;
}

static const char *const actions[] = {"go home", "go read", "go scan", "go text", "go parallel", "go meaning",
    "go people", "go places", "go timeline", "go words", "go related", "go questions", "go about",
    "go document:letter", "go document:essay/text", "go document:telegram#q1", "go document:telegram#p1",
    "go document:far", "go person:stalin", "go person:mao", "go place:beijing", "go term:comrade",
    "go event:may", "go note:why", "go person:nobody", "go rubbish", "go attract", "back", "back", "back",
    "home", "close", "begin", "begin ko", "menu language", "menu text-size", "menu left", "menu right",
    "language en", "language ko", "language tlh", "text-size 100", "text-size 125", "text-size 150",
    "text-size 200", "text-size 7", "contrast", "low-reach", "listen", "motion", "select p1", "select p2",
    "select q1", "select tail", "select nothing", "pane left page", "pane right page",
    "pane left translation.ko", "pane right translation.en", "pane right transcription.ru", "zoom in",
    "zoom out", "zoom whole", "rotate", "move left", "move down", "centre 0.9 0.1", "page next",
    "page previous", "tour start", "tour start", "tour next", "tour previous", "tour pause", "tour stop",
    "reveal who", "reveal when", "go search", "go search", "type a", "type ㄱ", "type ㅏ", "keyboard erase",
    "keyboard space", "keyboard shift", "keyboard layout ru", "keyboard hide", "keyboard clear", "pick 毛",
    "find document:telegram#p1 translation.ko", "find document:far#x remarks.en", "find person:stalin",
    "find questions who", "find rubbish x", "scroll main down", "scroll main up", "scroll side down",
    "scroll panel down", "stay", "unlock-note"};

static double number(struct walker *w, double most)
{
    return most * ((double)draw(w, 2001) / 1000.0 - 1.0);
}

/* One random thing a visitor, or the clock, does. */
static void anything(struct walker *w)
{
    struct visit *visit = &w->visit;
    const struct visit_metrics *m = draw(w, 50) == 0 ? NULL : &w->screen.metrics;
    struct pointf at = {draw(w, 800), draw(w, 600)};
    enum visit_scroller scroller = (enum visit_scroller)draw(w, SCROLLERS);
    switch (draw(w, 20)) {
    case 0:
        visit_page_drag(visit, number(w, 500), number(w, 500), m, w->now);
        break;
    case 1:
        visit_page_pinch(visit, exp(number(w, 3)), at, number(w, 50), number(w, 50), m, w->now);
        break;
    case 2:
        visit_page_fling(visit, number(w, 5000), number(w, 5000), m, w->now);
        break;
    case 3:
        visit_page_double_tap(visit, at, m, w->now);
        break;
    case 4:
        visit_scroll(visit, scroller, number(w, 900), m, w->now);
        break;
    case 5:
        visit_scroll_fling(visit, scroller, number(w, 5000), m, w->now);
        break;
    case 6:
        visit_touched(visit, w->now);
        break;
    case 7:
        visit_focus(visit, draw(w, 3) == 0 ? NULL : "bar.home", w->now);
        break;
    case 8:
        if (draw(w, 20) == 0) {
            visit_lock(visit, w->now);
        }
        break;
    case 9:
        w->now += draw(w, 30) == 0 ? draw(w, 200000) : draw(w, 3000);
        break;
    default:
        fake_act(&w->screen, visit, actions[draw(w, sizeof actions / sizeof actions[0])], w->now);
        break;
    }
}

static bool text_is_clean(const char *text, size_t size)
{
    size_t length = strnlen(text, size);
    for (size_t i = length; i < size; i++) {
        if (text[i] != '\0') {
            return false;
        }
    }
    return length < size;
}

/* What holds of every stop. */
static bool stop_is_sound(const struct visit_stop *stop)
{
    bool sound =
        stop->place.kind != PLACE_NONE && !place_is_panel(&stop->place) && stop->place.segment[0] == '\0' &&
        (stop->panel.kind == PLACE_NONE || place_is_panel(&stop->panel)) && isfinite(stop->camera.x_page) &&
        isfinite(stop->camera.y_page) && isfinite(stop->camera.scale) && stop->camera.quarter_turns >= 0 &&
        stop->camera.quarter_turns < 4 && stop->page >= 0 && stop->page < 2 &&
        text_is_clean(stop->segment, sizeof stop->segment);
    for (int s = 0; s < SCROLLERS; s++) {
        sound = sound && stop->scroll[s].item >= 0 && stop->scroll[s].fraction >= 0 &&
                stop->scroll[s].fraction < 1;
    }
    return sound;
}

static bool is_sound(const struct walker *w)
{
    const struct visit *visit = &w->visit;
    bool sound = stop_is_sound(&visit->here) && visit->history_count >= 0 &&
                 visit->history_count <= VISIT_HISTORY &&
                 (strcmp(visit->language, "en") == 0 || strcmp(visit->language, "ko") == 0) &&
                 visit->text_size >= 100 && visit->text_size <= 200 && (unsigned)visit->menu <= MENU_RIGHT &&
                 visit->revealed < 4 && !(visit->flying && visit->reduced_motion) &&
                 !(visit->flying && visit->gliding && visit->gliding_region == 0);
    for (int i = 0; i < visit->history_count; i++) {
        sound = sound && stop_is_sound(&visit->history[i]) && visit->history[i].place.kind != PLACE_ATTRACT;
    }
    /* A guided reading remembers where it was started; what plays by itself has nothing behind it. */
    if (visit->tour.active) {
        sound = sound && (visit->tour.by_itself ? visit->history_count == 0 : visit->history_count > 0) &&
                visit->tour.step >= 0 && visit->tour.step < 3;
    }
    return sound && visit_deadline(visit, w->now) >= w->now;
}

static void check_home_is_one_action_away(const struct walker *w)
{
    struct visit visit = w->visit;
    struct action home = action_make(ACTION_HOME, STR(""));
    if (visit_locked(&visit, w->now)) {
        return;
    }
    visit_act(&visit, &home, &w->screen.metrics, w->now);
    CHECK(visit.here.place.kind == PLACE_HOME && visit.here.panel.kind == PLACE_NONE &&
          visit.history_count == 0);
    CHECK(visit.menu == MENU_NONE && !visit.tour.active && visit.language[0] == w->visit.language[0]);
}

/* Lets flights and momentum come to their end. */
static void come_to_rest(struct walker *w)
{
    for (int i = 0; i < 500 && visit_moving(&w->visit, w->now) && !w->visit.tour.by_itself; i++) {
        w->now += 16;
        visit_tick(&w->visit, &w->screen.metrics, w->now);
        fake_layout(&w->screen, &w->visit);
    }
}

/* Goes somewhere else and back. */
static void check_back_returns(const struct walker *w)
{
    static const char *const elsewhere[] = {
        "go people", "go document:essay/text", "go person:stalin", "go note:why", "go timeline"};
    struct walker away = *w;
    /* The screen's pointers must be the copy's own. */
    fake_layout(&away.screen, &away.visit);
    if (visit_locked(&away.visit, away.now) || away.visit.tour.active ||
        away.visit.here.place.kind == PLACE_ATTRACT) {
        return;
    }
    away.visit.menu = MENU_NONE;
    come_to_rest(&away);
    const struct visit_stop stop = away.visit.here;
    fake_do(&away.screen, &away.visit, elsewhere[draw(&away, 5)], away.now);
    if (place_equal(&stop.place, &away.visit.here.place) &&
        place_equal(&stop.panel, &away.visit.here.panel)) {
        return; /* it was there already */
    }
    for (int i = 0; i < 5; i++) {
        visit_scroll(&away.visit, (enum visit_scroller)draw(&away, SCROLLERS), number(&away, 500),
            &away.screen.metrics, away.now + 3000);
        fake_layout(&away.screen, &away.visit);
    }
    fake_act(&away.screen, &away.visit, "back", away.now + 5000);
    CHECK_THAT(memcmp(&stop, &away.visit.here, sizeof stop) == 0, "%s", fake_where(&away.visit));
}

static void check_reset(struct walker *w, enum visit_mode mode)
{
    struct visit fresh;
    struct visit_frame frame = fake_frame(mode);
    w->now += 200000;
    for (int i = 0; i < 20; i++) { /* whatever is going on: nobody touches it any more */
        int64_t next = visit_deadline(&w->visit, w->now);
        visit_read(&w->visit, NULL, 0, 0, w->now); /* what is read out comes to its end */
        bool reading = w->visit.tour.active && !w->visit.tour.by_itself && !w->visit.tour.paused;
        visit_tick(&w->visit, &w->screen.metrics, w->now);
        if (w->visit.tour.by_itself && w->visit.last_input_ms == w->now && w->visit.entered_ms == w->now) {
            break;
        }
        w->now += reading || next == INT64_MAX ? 30000 : VISIT_WARNING_MS;
    }
    if (w->visit.tour.by_itself && w->visit.entered_ms == w->now) {
        memset(&fresh, 0x5A, sizeof fresh);
        visit_init(&fresh, &frame, w->now);
        CHECK(memcmp(&fresh, &w->visit, sizeof fresh) == 0);
    } else {
        CHECK(w->visit.here.place.kind == PLACE_ATTRACT || w->visit.tour.by_itself);
    }
}

static void walk(enum visit_mode mode, uint64_t seed)
{
    struct walker w = {.random = seed, .now = 1000};
    struct visit_frame frame = fake_frame(mode);
    fake_screen_init(&w.screen);
    visit_init(&w.visit, &frame, w.now);
    fake_layout(&w.screen, &w.visit);
    for (int i = 0; i < STEPS; i++) {
        anything(&w);
        bool sound = is_sound(&w);
        visit_tick(&w.visit, &w.screen.metrics, w.now);
        while (fake_layout(&w.screen, &w.visit)) {
        }
        sound = sound && is_sound(&w);
        CHECK_THAT(sound, "mode %d, seed %llu, step %d: %s", (int)mode, (unsigned long long)seed, i,
            fake_where(&w.visit));
        if (!sound) {
            return;
        }
        if (i % 10 == 0) {
            check_home_is_one_action_away(&w);
            check_back_returns(&w);
        }
        w.now += draw(&w, 400);
    }
    if (mode != MODE_CLASSROOM) {
        check_reset(&w, mode);
    }
}

static void visitors_in_a_kiosk(void)
{
    for (uint64_t seed = 1; seed <= VISITS; seed++) {
        walk(MODE_KIOSK, seed * 7919);
    }
}

static void visitors_of_a_demo(void)
{
    for (uint64_t seed = 1; seed <= VISITS; seed++) {
        walk(MODE_DEMO, seed * 104729);
    }
}

static void teachers(void)
{
    for (uint64_t seed = 1; seed <= VISITS; seed++) {
        walk(MODE_CLASSROOM, seed * 1299709);
    }
}

/* The same seed gives the same visit, byte for byte, whenever it is at rest. */
static void walks_are_repeatable(void)
{
    static struct walker a, b;
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    struct walker *both[] = {&a, &b};
    for (int n = 0; n < 2; n++) {
        struct walker *w = both[n];
        memset(w, n == 0 ? 0 : 0xFF, sizeof *w);
        w->random = 42;
        w->now = 1000;
        fake_screen_init(&w->screen);
        visit_init(&w->visit, &frame, w->now);
        fake_layout(&w->screen, &w->visit);
        for (int i = 0; i < 3000; i++) {
            anything(w);
            visit_tick(&w->visit, &w->screen.metrics, w->now);
            while (fake_layout(&w->screen, &w->visit)) {
            }
            w->now += draw(w, 400);
        }
        w->now += 3000;
        visit_tick(&w->visit, &w->screen.metrics, w->now);
    }
    CHECK(!a.visit.flying && !a.visit.gliding);
    CHECK(memcmp(&a.visit, &b.visit, sizeof a.visit) == 0);
}

int main(void)
{
    RUN(visitors_in_a_kiosk);
    RUN(visitors_of_a_demo);
    RUN(teachers);
    RUN(walks_are_repeatable);
    return check_report();
}
