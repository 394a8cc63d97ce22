/* From place to place and back. */
#include "check.h"
#include "fake.h"

struct traveller {
    struct visit visit;
    struct fake_screen screen;
    int64_t now;
};

static void start(struct traveller *v, enum visit_mode mode)
{
    struct visit_frame frame = fake_frame(mode);
    v->now = 1000;
    fake_screen_init(&v->screen);
    visit_init(&v->visit, &frame, v->now);
    fake_layout(&v->screen, &v->visit);
}

/* A step of each sequence: what is done, where one is then, and how many stops lie behind. */
struct step {
    const char *words, *where;
    int behind;
};

static void play(const char *name, const struct step *steps, size_t count)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    for (size_t i = 0; i < count; i++) {
        v.now += 5000;
        fake_do(&v.screen, &v.visit, steps[i].words, v.now);
        const char *where = fake_where(&v.visit);
        CHECK_THAT(strcmp(where, steps[i].where) == 0, "%s, step %zu (%s): %s, not %s", name, i + 1,
            steps[i].words, where, steps[i].where);
        CHECK_THAT(v.visit.history_count == steps[i].behind, "%s, step %zu (%s): %d stops", name, i + 1,
            steps[i].words, v.visit.history_count);
    }
}
#define PLAY(steps) play(__func__, steps, sizeof(steps) / sizeof((steps)[0]))

static void screens_and_back(void)
{
    static const struct step steps[] = {
        {"back", "home", 0},
        {"go people", "people", 1},
        {"go people", "people", 1},
        {"go scan", "document:telegram/scan", 2},
        {"go document:telegram/scan", "document:telegram/scan", 2},
        {"go document:telegram/text", "document:telegram/text", 3},
        {"back", "document:telegram/scan", 2},
        {"back", "people", 1},
        {"back", "home", 0},
        {"back", "home", 0},
        {"go timeline", "timeline", 1},
        {"go places", "places", 2},
        {"home", "home", 0},
        {"back", "home", 0},
        {"go timeline", "timeline", 1},
        {"go home", "home", 0},
    };
    PLAY(steps);
}

static void panels_over_screens(void)
{
    static const struct step steps[] = {
        {"go document:telegram/parallel", "document:telegram/parallel", 1},
        {"go person:stalin", "document:telegram/parallel + person:stalin", 2},
        {"go person:stalin", "document:telegram/parallel + person:stalin", 2},
        {"go term:comrade", "document:telegram/parallel + term:comrade", 3},
        {"back", "document:telegram/parallel + person:stalin", 2},
        {"go note:why", "document:telegram/parallel + note:why", 3},
        {"close", "document:telegram/parallel", 1},
        {"close", "document:telegram/parallel", 1},
        {"back", "home", 0},
        {"go event:may", "home + event:may", 1},
        {"back", "home", 0},
        {"go place:beijing", "home + place:beijing", 1},
        {"close", "home", 0},
        {"go person:mao", "home + person:mao", 1},
        {"home", "home", 0},
    };
    PLAY(steps);
}

static void from_a_panel_to_a_screen(void)
{
    static const struct step steps[] = {
        {"go people", "people", 1},
        {"go person:mao", "people + person:mao", 2},
        {"go document:telegram#p2", "document:telegram/parallel", 3},
        {"go person:stalin", "document:telegram/parallel + person:stalin", 4},
        {"go document:telegram#p1", "document:telegram/parallel", 5},
        {"back", "document:telegram/parallel + person:stalin", 4},
        {"back", "document:telegram/parallel", 3},
        {"back", "people + person:mao", 2},
        {"close", "people", 1},
        {"back", "home", 0},
    };
    PLAY(steps);
}

static void what_is_not_there_changes_nothing(void)
{
    static const struct step steps[] = {
        {"go person:nobody", "home", 0},
        {"go place:nowhere", "home", 0},
        {"go term:nothing", "home", 0},
        {"go event:never", "home", 0},
        {"go nonsense", "home", 0},
        {"go person:", "home", 0},
        {"go document:telegram/sideways", "home", 0},
        {"language fr", "home", 0},
        {"text-size 175", "home", 0},
        {"menu lunch", "home", 0},
        {"select p1x", "home", 0},
        {"pane right translation.fr", "home", 0},
        {"page next", "home", 0},
        {"tour next", "home", 0},
        {"tour stop", "home", 0},
        {"go document:far", "document:far", 1}, /* not loaded: the screen will say what there is */
        {"go note:unlisted", "document:far + note:unlisted", 2},
    };
    PLAY(steps);
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    struct visit before = v.visit;
    for (size_t i = 0; i < 13; i++) {
        fake_act(&v.screen, &v.visit, steps[i].words, v.now);
        before.last_input_ms = v.visit.last_input_ms;
        before.menu = v.visit.menu;
        if (strcmp(steps[i].words, "page next") != 0 && strncmp(steps[i].words, "select", 6) != 0) {
            CHECK_THAT(memcmp(&before.here, &v.visit.here, sizeof before.here) == 0, "%s", steps[i].words);
        }
        CHECK_TEXT(v.visit.language, "en");
        CHECK_INT(v.visit.text_size, 125);
    }
}

static void documents_without_pages_show_their_record(void)
{
    static const struct step steps[] = {
        {"go document:letter#p1", "document:letter", 1},
        {"go document:letter/parallel", "document:letter", 1},
        {"go document:essay#p1", "document:essay/parallel", 2},
        {"go read", "read", 3},
    };
    PLAY(steps);
}

static void the_visit_begins_with_a_touch(void)
{
    struct traveller v;
    start(&v, MODE_KIOSK);
    CHECK_TEXT(fake_where(&v.visit), "attract");
    CHECK(visit_touched(&v.visit, 2000));
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK_INT(v.visit.history_count, 0);
    CHECK(!visit_touched(&v.visit, 3000));
    start(&v, MODE_KIOSK);
    fake_act(&v.screen, &v.visit, "begin ko", 2000);
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK_TEXT(v.visit.language, "ko");
    fake_act(&v.screen, &v.visit, "begin", 2000);
    CHECK_TEXT(fake_where(&v.visit), "home");
    start(&v, MODE_DEMO);
    CHECK_TEXT(fake_where(&v.visit), "document:telegram/scan");
    CHECK(visit_touched(&v.visit, 2000));
    CHECK_TEXT(fake_where(&v.visit), "home");
    start(&v, MODE_CLASSROOM);
    CHECK_TEXT(fake_where(&v.visit), "home");
    CHECK(!visit_touched(&v.visit, 2000));
}

static void scripts_go_anywhere(void)
{
    static const struct {
        const char *to, *where;
        int behind;
    } cases[] = {
        {"attract", "attract", 0},
        {"home", "home", 0},
        {"person:stalin", "people + person:stalin", 1},
        {"place:beijing", "places + place:beijing", 1},
        {"event:may", "timeline + event:may", 1},
        {"term:comrade", "words + term:comrade", 1},
        {"note:why", "meaning + note:why", 1},
        {"note:record", "about + note:record", 1},
        {"note:unlisted", "meaning + note:unlisted", 1},
        {"parallel", "document:telegram/parallel", 1},
        {"document:telegram#p2", "document:telegram/parallel", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct traveller v;
        start(&v, MODE_KIOSK);
        fake_go(&v.screen, &v.visit, cases[i].to, 5000);
        CHECK_TEXT(fake_where(&v.visit), cases[i].where);
        CHECK_INT(v.visit.history_count, cases[i].behind);
        start(&v, MODE_CLASSROOM);
        fake_go(&v.screen, &v.visit, cases[i].to, 5000);
        CHECK_TEXT(fake_where(&v.visit), cases[i].where);
        /* Over a screen of its own a panel opens like a link's. */
        fake_go(&v.screen, &v.visit, "timeline", 6000);
        fake_go(&v.screen, &v.visit, "person:mao", 7000);
        CHECK_TEXT(fake_where(&v.visit), "timeline + person:mao");
    }
}

static void a_segments_place_lights_it(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_act(&v.screen, &v.visit, "go document:telegram#q1", 2000);
    CHECK_TEXT(v.visit.here.segment, "q1");
    CHECK_TEXT(v.visit.bring, "q1");
    CHECK_INT(v.visit.here.page, 1);
    CHECK_TEXT(v.visit.here.place.segment, "");
    fake_layout(&v.screen, &v.visit);
    CHECK_TEXT(v.visit.bring, "");
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, 15); /* the item with q1's key stands at the top */
    fake_act(&v.screen, &v.visit, "go document:telegram#nonsense", 3000);
    CHECK_TEXT(v.visit.here.segment, "q1");
}

static void back_gives_an_equal_stop(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go document:telegram/parallel", 2000);
    fake_do(&v.screen, &v.visit, "pane left transcription.ru", 5000);
    fake_do(&v.screen, &v.visit, "pane right page", 8000);
    fake_do(&v.screen, &v.visit, "select p2", 11000);
    visit_page_pinch(&v.visit, 1.7, (struct pointf){100, 80}, 3, 4, &v.screen.metrics, 14000);
    visit_scroll(&v.visit, SCROLLER_SIDE, -123, &v.screen.metrics, 14100);
    visit_focus(&v.visit, "text.p2", 14200);
    fake_layout(&v.screen, &v.visit);
    struct visit_stop stop = v.visit.here;
    CHECK(stop.camera.scale > 0 && stop.scroll[SCROLLER_SIDE].item > 0);

    fake_do(&v.screen, &v.visit, "go person:stalin", 15000);
    CHECK_TEXT(v.visit.here.segment, "p2"); /* nothing of the page's is lost below the panel */
    CHECK(memcmp(&stop.camera, &v.visit.here.camera, sizeof stop.camera) == 0);
    CHECK(memcmp(&stop.scroll, &v.visit.here.scroll, sizeof stop.scroll) == 0);
    CHECK_TEXT(v.visit.here.focus, "");
    fake_do(&v.screen, &v.visit, "back", 20000);
    CHECK(memcmp(&stop, &v.visit.here, sizeof stop) == 0);

    fake_do(&v.screen, &v.visit, "go people", 25000);
    fake_do(&v.screen, &v.visit, "go person:mao", 30000);
    fake_do(&v.screen, &v.visit, "go document:telegram/text", 35000);
    fake_do(&v.screen, &v.visit, "back", 40000);
    fake_do(&v.screen, &v.visit, "back", 45000);
    fake_do(&v.screen, &v.visit, "back", 50000);
    CHECK(memcmp(&stop, &v.visit.here, sizeof stop) == 0);

    fake_do(&v.screen, &v.visit, "go person:stalin", 55000);
    fake_do(&v.screen, &v.visit, "go term:comrade", 60000);
    fake_do(&v.screen, &v.visit, "close", 65000);
    CHECK(memcmp(&stop, &v.visit.here, sizeof stop) == 0);
}

static void the_page_below_a_panel_can_be_moved(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go scan", 2000);
    fake_do(&v.screen, &v.visit, "go person:stalin", 5000);
    visit_page_pinch(&v.visit, 2, (struct pointf){400, 300}, 0, 0, &v.screen.metrics, 8000);
    struct camera camera = v.visit.here.camera;
    fake_do(&v.screen, &v.visit, "close", 9000);
    CHECK(camera.scale > 0 && memcmp(&camera, &v.visit.here.camera, sizeof camera) == 0);
}

static void views_of_one_document_share_what_is_looked_at(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go document:telegram/text", 2000);
    fake_do(&v.screen, &v.visit, "select q1", 5000);
    fake_act(&v.screen, &v.visit, "go document:telegram/scan", 8000);
    CHECK_TEXT(v.visit.here.segment, "q1");
    CHECK_TEXT(v.visit.bring, "q1");
    CHECK_INT(v.visit.here.page, 1);
    fake_layout(&v.screen, &v.visit);
    CHECK(v.visit.here.camera.scale > 0); /* coming from a screen without the page, it goes to the zone */
    CHECK(v.visit.aim == AIM_NONE);
    /* With nothing lit one goes on where one was reading. */
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go document:telegram/text", 2000);
    visit_scroll(&v.visit, SCROLLER_MAIN, -1500, &v.screen.metrics, 3000);
    fake_layout(&v.screen, &v.visit);
    while (v.screen.keys[SCROLLER_MAIN][v.visit.here.scroll[SCROLLER_MAIN].item] == NULL) {
        visit_scroll(&v.visit, SCROLLER_MAIN, -60, &v.screen.metrics, 3000);
        fake_layout(&v.screen, &v.visit);
    }
    fake_act(&v.screen, &v.visit, "go document:telegram/parallel", 8000);
    CHECK_TEXT(v.visit.bring, "p2");
    CHECK_TEXT(v.visit.here.segment, "");
    /* Another document begins afresh. */
    fake_do(&v.screen, &v.visit, "select p2", 9000);
    fake_do(&v.screen, &v.visit, "go document:essay/text", 10000);
    CHECK_TEXT(v.visit.here.segment, "");
    CHECK_INT(v.visit.here.page, 0);
    CHECK_INT(v.visit.here.scroll[SCROLLER_MAIN].item, 0);
}

static void history_is_bounded(void)
{
    static const char *const tour[] = {"go people", "go places", "go timeline"};
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    for (int i = 0; i < 100; i++) {
        fake_do(&v.screen, &v.visit, tour[i % 3], 5000 * i);
        CHECK(v.visit.history_count <= VISIT_HISTORY);
    }
    CHECK_INT(v.visit.history_count, VISIT_HISTORY);
    for (int i = 0; i < VISIT_HISTORY; i++) {
        fake_do(&v.screen, &v.visit, "back", 600000 + 5000 * i);
    }
    CHECK_INT(v.visit.history_count, 0);
    CHECK_TEXT(fake_where(&v.visit), "places"); /* the oldest were dropped ... */
    fake_do(&v.screen, &v.visit, "back", 900000);
    CHECK_TEXT(fake_where(&v.visit), "home"); /* ... and below the oldest is home */
}

static void menus(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go people", 2000);
    static const struct {
        const char *words;
        enum visit_menu menu;
        const char *where;
    } cases[] = {
        {"menu language", MENU_LANGUAGE, "people"},
        {"menu language", MENU_NONE, "people"},
        {"menu language", MENU_LANGUAGE, "people"},
        {"menu text-size", MENU_TEXT_SIZE, "people"},
        {"scroll menu down", MENU_TEXT_SIZE, "people"},
        {"back", MENU_NONE, "people"},
        {"menu left", MENU_LEFT, "people"},
        {"close", MENU_NONE, "people"},
        {"menu right", MENU_RIGHT, "people"},
        {"contrast", MENU_NONE, "people"},
        {"menu right", MENU_RIGHT, "people"},
        {"go timeline", MENU_NONE, "timeline"},
        {"menu language", MENU_LANGUAGE, "timeline"},
        {"language ko", MENU_NONE, "timeline"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fake_do(&v.screen, &v.visit, cases[i].words, 5000 + 5000 * (int64_t)i);
        CHECK_THAT(v.visit.menu == cases[i].menu, "step %zu", i + 1);
        CHECK_TEXT(fake_where(&v.visit), cases[i].where);
    }
    CHECK_TEXT(v.visit.language, "ko");
}

static void switches(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "contrast", 2000);
    fake_do(&v.screen, &v.visit, "low-reach", 5000);
    fake_do(&v.screen, &v.visit, "motion", 8000);
    fake_do(&v.screen, &v.visit, "shortcuts", 9000);
    fake_do(&v.screen, &v.visit, "text-size 200", 11000);
    CHECK(v.visit.high_contrast && v.visit.low_reach && v.visit.reduced_motion && v.visit.no_shortcuts);
    CHECK_INT(v.visit.text_size, 200);
    CHECK(v.visit.transition_ms == 0); /* with reduced motion everything changes at once */
    fake_do(&v.screen, &v.visit, "contrast", 14000);
    CHECK(!v.visit.high_contrast);
    fake_do(&v.screen, &v.visit, "home", 29000);
    CHECK_INT(v.visit.text_size, 200); /* home is no reset */
}

static void answers_are_shown_and_hidden(void)
{
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go questions", 2000);
    fake_act(&v.screen, &v.visit, "reveal when", 5000);
    CHECK(v.visit.revealed == 2);
    CHECK_TEXT(v.visit.bring, "when");
    fake_do(&v.screen, &v.visit, "reveal who", 8000);
    CHECK(v.visit.revealed == 3);
    fake_do(&v.screen, &v.visit, "reveal when", 11000);
    fake_do(&v.screen, &v.visit, "reveal why", 14000);
    CHECK(v.visit.revealed == 1);
}

static void panes(void)
{
    static const struct {
        const char *words, *left, *right;
    } cases[] = {
        {"select p1", "page", "translation.en"},
        {"pane right translation.ko", "page", "translation.ko"},
        {"pane right page", "translation.ko", "page"}, /* shown on the other side: they change places */
        {"pane left page", "page", "translation.ko"},
        {"pane left translation.ko", "translation.ko", "page"},
        {"pane left transcription.ru", "transcription.ru", "page"},
        {"pane left transcription.en", "transcription.ru", "page"}, /* no such text */
        {"pane left remarks", "transcription.ru", "page"},
        {"pane middle page", "transcription.ru", "page"},
        {"pane", "transcription.ru", "page"},
        {"pane right remarks.en", "transcription.ru", "remarks.en"},
    };
    struct traveller v;
    start(&v, MODE_CLASSROOM);
    fake_do(&v.screen, &v.visit, "go parallel", 2000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct visit_pane left, right;
        fake_do(&v.screen, &v.visit, cases[i].words, 5000 + 5000 * (int64_t)i);
        visit_pane_shows(&v.visit, visit_document(&v.visit), true, &left);
        visit_pane_shows(&v.visit, visit_document(&v.visit), false, &right);
        CHECK_THAT(strcmp(left.shows, cases[i].left) == 0 && strcmp(right.shows, cases[i].right) == 0,
            "%s: %s, %s", cases[i].words, left.shows, right.shows);
    }
}

static void the_default_text_is_in_the_visitors_language(void)
{
    static const struct {
        const char *document, *language, *shows;
    } cases[] = {
        {"telegram", "en", "translation.en"},
        {"telegram", "ko", "translation.ko"},
        {"telegram", "ru", "transcription.ru"},
        {"telegram", "fr", "translation.en"},
        {"essay", "ko", "translation.ko"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct visit_pane pane;
        CHECK(visit_default_pane(
            exhibit_find_document(&fake_exhibit, cases[i].document), cases[i].language, &pane));
        CHECK_TEXT(pane.shows, cases[i].shows);
    }
    struct visit_pane pane;
    CHECK(!visit_default_pane(exhibit_find_document(&fake_exhibit, "letter"), "en", &pane));
}

/* The words of what must be loaded, with spaces between. */
static const char *needs(const struct visit *visit)
{
    static char text[400];
    struct place places[4];
    size_t count = visit_needs(visit, places);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        char words[160];
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? " " : "",
            place_format(&places[i], words, sizeof words));
    }
    return text;
}

static void says_what_must_be_loaded(void)
{
    struct traveller v;
    start(&v, MODE_KIOSK);
    CHECK_TEXT(needs(&v.visit), "attract document:telegram/parallel document:telegram");
    start(&v, MODE_CLASSROOM);
    CHECK_TEXT(needs(&v.visit), "home");
    fake_do(&v.screen, &v.visit, "go document:essay/text", 2000);
    fake_do(&v.screen, &v.visit, "go person:mao", 5000);
    CHECK_TEXT(needs(&v.visit), "document:essay/text person:mao");
    fake_do(&v.screen, &v.visit, "tour start", 8000);
    CHECK_TEXT(needs(&v.visit), "document:telegram/scan document:telegram/parallel document:telegram");
}

int main(void)
{
    RUN(screens_and_back);
    RUN(panels_over_screens);
    RUN(from_a_panel_to_a_screen);
    RUN(what_is_not_there_changes_nothing);
    RUN(documents_without_pages_show_their_record);
    RUN(the_visit_begins_with_a_touch);
    RUN(scripts_go_anywhere);
    RUN(a_segments_place_lights_it);
    RUN(back_gives_an_equal_stop);
    RUN(the_page_below_a_panel_can_be_moved);
    RUN(views_of_one_document_share_what_is_looked_at);
    RUN(history_is_bounded);
    RUN(menus);
    RUN(switches);
    RUN(answers_are_shown_and_hidden);
    RUN(panes);
    RUN(the_default_text_is_in_the_visitors_language);
    RUN(says_what_must_be_loaded);
    return check_report();
}
