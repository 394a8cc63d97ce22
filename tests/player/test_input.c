/* Fingers, wheel and keys on the small exhibit, as a visitor would use them; the clock is ours. */
#include "check.h"
#include "work.h"

static const struct size hd = {1280, 720};

static const struct visit *visit(const struct work *work)
{
    return player_visit(work->player);
}

static enum place_kind kind(const struct work *work)
{
    return visit(work)->here.place.kind;
}

static void a_touch_wakes_attract_when_it_lifts(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    CHECK_INT(kind(&work), PLACE_ATTRACT);
    work_finger(&work, PLAYER_FINGER_DOWN, 600, 300);
    work_pass(&work, 100);
    CHECK_INT(kind(&work), PLACE_ATTRACT);
    work_finger(&work, PLAYER_FINGER_UP, 600, 300);
    work_pass(&work, 100);
    CHECK_INT(kind(&work), PLACE_HOME);
    work_close(&work);
}

static void a_drag_wakes_attract_too(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    work_finger(&work, PLAYER_FINGER_DOWN, 600, 300);
    work_finger(&work, PLAYER_FINGER_MOVE, 300, 100);
    work_finger(&work, PLAYER_FINGER_UP, 300, 100);
    work_pass(&work, 100);
    CHECK_INT(kind(&work), PLACE_HOME);
    work_close(&work);
}

static void a_press_shows_and_a_slide_cancels(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    CHECK_INT(kind(&work), PLACE_HOME);
    const struct box *box = work_box(&work, "bar.contrast");
    CHECK(box != NULL);
    double x = box->rect.x + box->rect.w / 2.0, y = box->rect.y + box->rect.h / 2.0;
    work_finger(&work, PLAYER_FINGER_DOWN, x, y);
    work_pass(&work, 16);
    CHECK((work_box(&work, "bar.contrast")->states & BOX_PRESSED) != 0);
    CHECK(!visit(&work)->high_contrast);
    work_finger(&work, PLAYER_FINGER_MOVE, x, y - 200);
    work_pass(&work, 16);
    CHECK((work_box(&work, "bar.contrast")->states & BOX_PRESSED) == 0);
    work_finger(&work, PLAYER_FINGER_UP, x, y);
    work_pass(&work, 16);
    CHECK(!visit(&work)->high_contrast);
    CHECK(work_tap(&work, "bar.contrast"));
    CHECK(visit(&work)->high_contrast);
    work_close(&work);
}

static void pages_are_dragged_pinched_and_tapped_twice(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/scan");
    const struct box *page = work_box(&work, "page");
    CHECK(page != NULL && page->look.page != NULL);
    double scale = page->look.page->scale;
    for (int i = 0; i < 2; i++) {
        work_finger(&work, PLAYER_FINGER_DOWN, 20, 300); /* beside the zones */
        work_finger(&work, PLAYER_FINGER_UP, 20, 300);
        work_pass(&work, 100);
    }
    work_pass(&work, 1000);
    double closer = work_box(&work, "page")->look.page->scale;
    CHECK_THAT(closer > scale * 2, "%g after %g", closer, scale);

    double y_page = work_box(&work, "page")->look.page->y_page;
    work_finger(&work, PLAYER_FINGER_DOWN, 400, 300);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, 400, 250);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, 400, 200);
    work_pass(&work, 300); /* rests, so that it does not glide on */
    work_finger(&work, PLAYER_FINGER_UP, 400, 200);
    work_pass(&work, 100);
    double moved = (work_box(&work, "page")->look.page->y_page - y_page) * 1400 * closer;
    CHECK_THAT(moved > 99 && moved < 101, "100 pixels became %g", moved);

    struct player_event wheel = {.kind = PLAYER_WHEEL, .x_win = 400, .y_win = 300, .wheel = -1};
    work_event(&work, wheel);
    work_pass(&work, 50);
    CHECK(work_box(&work, "page")->look.page->scale < closer);
    work_event(&work, (struct player_event){.kind = PLAYER_KEY, .key = KEY_PLUS});
    work_pass(&work, 500);
    CHECK(work_box(&work, "page")->look.page->scale > closer);
    work_close(&work);
}

/* The small notice as a document of two pages. */
static bool write_two_pages(void)
{
    return system("cp -r '" SMALL "' two && cd two/documents/notice && cp pages/1.png pages/2.png &&"
                  " sed -i 's|^layers:|  - image: pages/2.png\\n    alt: \"Again\"\\n    provenance: "
                  "[{kind: reconstruction, who: V}]\\nlayers:|' document.yaml") == 0;
}

/* + comes closer, arrows move over the page and, at its edge or whole, the focus; Page Up and Down turn. */
static void keys_move_over_pages(void)
{
    struct work work;
    CHECK(write_two_pages() && work_open(&work, "two", MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/scan");
    CHECK(work_box(&work, "page.overview") == NULL);
    CHECK_TEXT(work_box(&work, "page.number")->name.data, "Page 1 of 2");
    CHECK((work_box(&work, "page.previous")->states & BOX_DISABLED) != 0);
    for (int i = 0; i < 4; i++) {
        work_key(&work, KEY_PLUS);
        work_pass(&work, 300);
    }
    CHECK(work_box(&work, "page.overview") != NULL);
    double x = visit(&work)->here.camera.x_page;
    work_key(&work, KEY_RIGHT);
    work_pass(&work, 300);
    CHECK(visit(&work)->here.camera.x_page > x && !visit(&work)->focus_visible);
    for (int i = 0; i < 12; i++) {
        work_key(&work, KEY_RIGHT);
    }
    CHECK(!visit(&work)->focus_visible); /* at the edge, without a focus, nothing happens */
    for (int i = 0; i < 60 && strcmp(visit(&work)->here.focus, "page.overview") != 0; i++) {
        work_key(&work, KEY_TAB);
    }
    CHECK_TEXT(visit(&work)->here.focus, "page.overview");
    x = visit(&work)->here.camera.x_page;
    work_key(&work, KEY_LEFT);
    CHECK(visit(&work)->here.camera.x_page < x);
    CHECK_TEXT(visit(&work)->here.focus, "page.overview");
    work_key(&work, KEY_SELECT); /* the middle of the page */
    work_pass(&work, 1300);
    CHECK(visit(&work)->here.camera.x_page > 0.49 && visit(&work)->here.camera.x_page < 0.51);
    for (int i = 0; i < 60 && strcmp(visit(&work)->here.focus, "page.overview") == 0; i++) {
        work_key(&work, KEY_RIGHT);
    }
    CHECK(strcmp(visit(&work)->here.focus, "page.overview") != 0); /* arrows alone lead away again */
    work_key(&work, KEY_PAGE_DOWN);
    CHECK_INT(visit(&work)->here.page, 1);
    CHECK(visit(&work)->here.camera.scale <= 0);
    CHECK_TEXT(work_box(&work, "page.number")->name.data, "Page 2 of 2");
    CHECK((work_box(&work, "page.next")->states & BOX_DISABLED) != 0);
    work_key(&work, KEY_PAGE_DOWN);
    CHECK_INT(visit(&work)->here.page, 1);
    work_key(&work, KEY_PAGE_UP);
    CHECK_INT(visit(&work)->here.page, 0);
    CHECK(work_tap(&work, "page.next"));
    CHECK_INT(visit(&work)->here.page, 1);
    work_close(&work);
}

/* A tap on the overview leads there; a drag takes the page along. */
static void the_overview_leads(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/scan");
    for (int i = 0; i < 5; i++) {
        work_key(&work, KEY_PLUS);
        work_pass(&work, 300);
    }
    CHECK(work_box(&work, "page.overview") != NULL);
    struct rect r = work_box(&work, "page.overview")->rect;
    double scale = work_box(&work, "page")->look.page->scale;
    work_tap_at(&work, r.x + r.w * 0.5, r.y + r.h * 0.75);
    work_pass(&work, 1300);
    const struct box_page *look = work_box(&work, "page")->look.page;
    CHECK_THAT(look->y_page > 0.7 && look->y_page < 0.8, "y %f", look->y_page);
    CHECK(look->scale == scale);
    work_finger(&work, PLAYER_FINGER_DOWN, r.x + r.w * 0.5, r.y + r.h * 0.75);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, r.x + r.w * 0.5, r.y + r.h * 0.5);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, r.x + r.w * 0.5, r.y + r.h * 0.4);
    work_pass(&work, 16);
    look = work_box(&work, "page")->look.page;
    CHECK_THAT(look->y_page > 0.35 && look->y_page < 0.45, "y %f", look->y_page);
    work_finger(&work, PLAYER_FINGER_UP, r.x + r.w * 0.5, r.y + r.h * 0.4);
    work_pass(&work, 50);
    CHECK(!visit_moving(visit(&work), work.now_ms));
    /* The whole page needs none. */
    CHECK(work_tap(&work, "page.whole"));
    work_pass(&work, 1300);
    CHECK(work_box(&work, "page.overview") == NULL);
    work_close(&work);
}

/* Dragged beyond its edge the page is seen to yield, and comes back by itself. */
static void edges_yield_to_a_finger(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/scan");
    work_finger(&work, PLAYER_FINGER_DOWN, 20, 300);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, 120, 300);
    work_pass(&work, 16);
    work_finger(&work, PLAYER_FINGER_MOVE, 220, 300);
    work_pass(&work, 16);
    double pulled = work_box(&work, "page")->look.page->x_page;
    CHECK_THAT(pulled < 0.5 - 0.01, "x %f", pulled);
    work_finger(&work, PLAYER_FINGER_UP, 220, 300);
    work_pass(&work, 100);
    double back = work_box(&work, "page")->look.page->x_page;
    CHECK_THAT(back > pulled && back < 0.5, "x %f", back);
    work_pass(&work, 400);
    CHECK(work_box(&work, "page")->look.page->x_page == 0.5 && !visit_moving(visit(&work), work.now_ms));
    work_close(&work);
}

static void a_zone_and_its_paragraph_find_each_other(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/parallel");
    const struct box_tree *tree = player_tree(work.player);
    const char *id = NULL;
    for (size_t i = 0; i < tree->count && id == NULL; i++) {
        id = tree->boxes[i].role == BOX_ZONE ? tree->boxes[i].id : NULL;
    }
    CHECK(id != NULL);
    char zone[128];
    snprintf(zone, sizeof zone, "%s", id != NULL ? id : "");
    CHECK(work_tap(&work, zone));
    work_pass(&work, 1500);
    CHECK(visit(&work)->here.segment[0] != '\0');
    CHECK((work_box(&work, zone)->states & BOX_SELECTED) != 0);
    CHECK(work_box(&work, "page")->look.page->zone_count > 0);
    work_close(&work);
}

/* There the arrows move over the page; Tab leads on. */
static bool on_overview(const struct work *work)
{
    return visit(work)->focus_visible && strcmp(visit(work)->here.focus, "page.overview") == 0;
}

/* What the arrow keys reach is what has an action, on screens that scroll too: the whole of them, not what is
 * near the window. */
static void keys_reach_everything(const char *exhibit, const char *place, struct size size)
{
    struct work work;
    CHECK(work_open(&work, exhibit, MODE_CLASSROOM, size));
    work_go(&work, place);
    player_complete(work.player, true);
    work_pass(&work, 16);
    static char wanted[600][128];
    size_t count = 0, reached = 0;
    const struct box_tree *tree = player_tree(work.player);
    for (size_t i = 0; i < tree->count && count < 600; i++) {
        if (box_focusable(tree, (int)i)) {
            snprintf(wanted[count++], sizeof wanted[0], "%s", tree->boxes[i].id);
        }
    }
    CHECK_THAT(count > 5, "%zu", count);
    player_complete(work.player, false);
    work_pass(&work, 16);
    for (size_t i = 0; i < count + 1; i++) {
        work_key(&work, on_overview(&work) ? KEY_TAB : KEY_DOWN);
        const char *focus = visit(&work)->here.focus;
        CHECK_THAT(strcmp(focus, wanted[i % count]) == 0, "%s: step %zu is %s, not %s", place, i, focus,
            wanted[i % count]);
        reached += strcmp(focus, wanted[i % count]) == 0;
        const struct box *box = work_box(&work, focus);
        CHECK_THAT(box != NULL && !rect_empty(rect_intersect(box->rect, box->clip)), "%s: %s is out of view",
            place, focus);
        if (box == NULL || reached <= i) {
            break; /* everything after it would be wrong too */
        }
        CHECK((box->states & BOX_FOCUSED) != 0);
    }
    for (size_t i = 0; i < count; i++) { /* and back, from the first by way of the last */
        work_key(&work, on_overview(&work) ? KEY_BACKTAB : KEY_UP);
        const char *focus = visit(&work)->here.focus;
        CHECK_THAT(strcmp(focus, wanted[count - 1 - i]) == 0, "%s: step %zu back is %s, not %s", place, i,
            focus, wanted[count - 1 - i]);
        if (strcmp(focus, wanted[count - 1 - i]) != 0) {
            break;
        }
    }
    work_close(&work);
}

/* A zone that is focused while the page flies is in view at once and stays so: the walk goes by where the
 * page is now, not by where it was drawn, and the flight ends. */
static void focus_waits_for_no_flight(void)
{
    struct work work;
    CHECK(work_open(&work, TEST_SOURCE_DIR "/exhibits/telegram-1950", MODE_KIOSK, hd));
    work_go(&work, "scan");
    int zones = 0;
    for (int i = 0; i < 60; i++) {
        struct rect page = work_box(&work, "page")->rect;
        double x = page.x + page.w * (0.2 + 0.01 * i), y = page.y + page.h * (i % 2 == 0 ? 0.8 : 0.2);
        for (int tap = 0; tap < 2; tap++) { /* closer, or the whole page again */
            work_finger(&work, PLAYER_FINGER_DOWN, x, y);
            work_finger(&work, PLAYER_FINGER_UP, x, y);
        }
        work_pass(&work, 20 * (i % 9));
        work.now_ms += 60; /* a late frame */
        work_event(&work, (struct player_event){.kind = PLAYER_KEY, .key = i < 30 ? KEY_TAB : KEY_BACKTAB});
        bool zone = strncmp(visit(&work)->here.focus, "zone.", 5) == 0;
        for (int when = 0; zone && when < 2; when++) {
            work_pass(&work, when == 0 ? 1 : 1500);
            const struct box *box = work_box(&work, visit(&work)->here.focus);
            CHECK_THAT(box != NULL && !rect_empty(rect_intersect(box->rect, box->clip)),
                "step %d: %s is out of view %s", i, visit(&work)->here.focus,
                when == 0 ? "at once" : "later");
        }
        zones += zone;
    }
    CHECK_THAT(zones > 3, "%d zones", zones);
    work_close(&work);
}

/* A flight that passes beyond the page's edge is drawn at the edge, and the focus goes by what is drawn. */
static void focus_goes_by_what_is_drawn(void)
{
    static const double corners[][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    struct work work;
    CHECK(work_open(&work, TEST_SOURCE_DIR "/exhibits/telegram-1950", MODE_KIOSK, (struct size){768, 1366}));
    work_go(&work, "scan");
    int zones = 0;
    for (int i = 0; i < 64; i++) {
        const double *from = corners[i % 4], *to = corners[(i / 4 + 1) % 4];
        player_look(work.player, (struct camera){from[0], from[1], 0.14, 0}, 0, work.now_ms);
        work_pass(&work, 16);
        player_look(work.player, (struct camera){to[0], to[1], 0.37, 0}, 600, work.now_ms);
        work.now_ms += 100 + 100 * (i % 4);
        work_event(
            &work, (struct player_event){.kind = PLAYER_KEY, .key = i % 3 == 0 ? KEY_TAB : KEY_BACKTAB});
        work_pass(&work, 1);
        const struct box *box = work_box(&work, visit(&work)->here.focus);
        if (box != NULL && box->role == BOX_ZONE) {
            zones++;
            CHECK_THAT(!rect_empty(rect_intersect(box->rect, box->clip)), "flight %d: %s is out of view", i,
                visit(&work)->here.focus);
        }
        if (i % 16 == 15) {
            CHECK(work_tap(&work, "page.rotate"));
        }
    }
    CHECK_THAT(zones > 10, "%d zones", zones);
    work_close(&work);
}

static void keys_reach_everything_everywhere(void)
{
    static const char *const places[] = {"home", "read", "document:notice/scan", "document:notice/text",
        "document:notice/parallel", "meaning", "people", "places", "timeline", "words", "questions", "about"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        keys_reach_everything(SMALL, places[i], hd);
        keys_reach_everything(SMALL, places[i], (struct size){600, 400});
    }
}

/* A list of sixty, of which one screen shows eight, and a note of forty paragraphs with a link in its first,
 * one in the middle and one in its last. */
static bool write_long_exhibit(void)
{
    static char people[60 * 200], note[40 * 400] = "# Long\n\n";
    size_t at = 0, note_at = strlen(note);
    for (int i = 0; i < 60; i++) {
        at += (size_t)snprintf(people + at, sizeof people - at,
            "- id: person-%d\n  name: \"Person %d\"\n  role: \"A neighbour\"\n  text: \"Was there.\"\n", i,
            i);
    }
    at += (size_t)snprintf(people + at, sizeof people - at,
        "- id: anna-beispiel\n  name: \"Anna Beispiel\"\n  text: \"Signed.\"\n");
    for (int i = 0; i < 40; i++) {
        const char *link = i == 0 || i == 20 || i == 39 ? " See [a neighbour](person:person-7)." : "";
        note_at += (size_t)snprintf(note + note_at, sizeof note - note_at,
            "Paragraph %d says nothing that could be touched, and says it at a length that fills some lines "
            "of a screen as small as this one is.%s\n\n",
            i, link);
    }
    return system("rm -rf long && cp -r '" SMALL "' long && rm -f long/notes/what-it-is.*") == 0 &&
           work_write("long/people.yaml", people) && work_write("long/notes/what-it-is.en.md", note);
}

static void keys_reach_what_is_far_below(void)
{
    CHECK(write_long_exhibit());
    keys_reach_everything("long", "people", hd);
    keys_reach_everything("long", "people", (struct size){600, 400});
    keys_reach_everything("long", "note:what-it-is", (struct size){600, 400});
    keys_reach_everything("long", "meaning", (struct size){600, 400});
}

static void keys_act_and_go_back(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    work_key(&work, KEY_SELECT); /* wakes */
    CHECK_INT(kind(&work), PLACE_HOME);
    for (int i = 0; i < 40 && strcmp(visit(&work)->here.focus, "home.people") != 0; i++) {
        work_key(&work, KEY_TAB);
    }
    CHECK_TEXT(visit(&work)->here.focus, "home.people");
    work_key(&work, KEY_SELECT);
    work_pass(&work, 300);
    CHECK_INT(kind(&work), PLACE_PEOPLE);
    CHECK(!work_key(&work, KEY_ESCAPE));
    CHECK_INT(kind(&work), PLACE_HOME);
    work_key(&work, KEY_HOME);
    CHECK_INT(kind(&work), PLACE_HOME);
    work_close(&work);
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    CHECK(!work_key(&work, KEY_BACK));
    CHECK(work_key(&work, KEY_ESCAPE));
    work_close(&work);
}

static void the_warning_takes_a_touch_for_itself(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    work_tap_at(&work, 100, 100);
    work_go(&work, "people");
    work_pass(&work, 95000);
    CHECK(work_box(&work, "warning") != NULL);
    const struct box *home = work_box(&work, "bar.home");
    work_tap_at(&work, home->rect.x + 5, home->rect.y + 5);
    CHECK(work_box(&work, "warning") == NULL);
    CHECK_INT(kind(&work), PLACE_PEOPLE);
    CHECK(work_tap(&work, "bar.home"));
    CHECK_INT(kind(&work), PLACE_HOME);
    work_close(&work);
}

static void any_key_answers_the_warning_and_does_no_more(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    work_tap_at(&work, 100, 100);
    work_go(&work, "people");
    for (int k = KEY_TAB; k <= KEY_DIGIT_9; k++) {
        struct player_event event = {.kind = PLAYER_KEY, .key = (enum player_key)k};
        work_pass(&work, 95000);
        CHECK(work_box(&work, "warning") != NULL);
        player_event(work.player, &event, work.now_ms);
        work_pass(&work, 20);
        CHECK_THAT(work_box(&work, "warning") == NULL && kind(&work) == PLACE_PEOPLE, "key %d", k);
        CHECK(player_visit(work.player)->here.panel.kind == PLACE_NONE);
    }
    work_close(&work);
}

static void a_long_press_on_the_bars_end_locks(void)
{
    struct work work;
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    work_finger(&work, PLAYER_FINGER_DOWN, 1275, 710);
    work_pass(&work, 3100);
    work_finger(&work, PLAYER_FINGER_UP, 1275, 710);
    work_pass(&work, 100);
    CHECK(visit_locked(visit(&work), work.now_ms));
    work_tap(&work, "bar.contrast");
    work_key(&work, KEY_TAB);
    CHECK(!visit(&work)->high_contrast);
    CHECK(!visit(&work)->focus_visible);
    work_pass(&work, 31000);
    CHECK(!visit_locked(visit(&work), work.now_ms));
    CHECK(work_tap(&work, "bar.contrast"));
    CHECK(visit(&work)->high_contrast);
    work_close(&work);
}

static void nonsense_is_survived(void)
{
    struct work work;
    uint32_t state = 7;
    CHECK(work_open(&work, SMALL, MODE_KIOSK, hd));
    for (int i = 0; i < 3000; i++) {
        state = state * 1664525u + 1013904223u;
        double far =
            (state >> 9 & 7) == 0 ? 1e300 * ((state >> 12 & 1) ? 1 : -1) : (double)(state >> 13 & 2047);
        struct player_event event = {.kind = (enum player_event_kind)(state >> 24 & 7),
            .finger = state >> 3 & 15,
            .x_win = far,
            .y_win = (double)(state >> 5 & 1023),
            .wheel = (state & 1) ? 1e9 : -3,
            .key = (enum player_key)(state >> 7 & 15),
            .window = {(int)(state >> 11 & 2047) - 10, (int)(state >> 17 & 1023) - 10}};
        if (event.kind > PLAYER_RESIZE ||
            (event.kind == PLAYER_RESIZE && (event.window.w < 300 || event.window.h < 300 || i % 7 != 0))) {
            event = (struct player_event){.kind = PLAYER_FINGERS_LOST};
        }
        work_event(&work, event);
        work.now_ms += state >> 20 & 63;
        if (i % 5 == 0) {
            player_update(work.player, work.now_ms);
        }
        CHECK(player_deadline(work.player, work.now_ms) >= work.now_ms);
    }
    work_pass(&work, 200000);
    CHECK_INT(kind(&work), PLACE_ATTRACT);
    work_close(&work);
}

/* With drags, screens and fades in between, what is drawn by damage is at any moment what is drawn whole. */
static void damage_is_exact_during_a_visit(void)
{
    struct work work;
    static uint32_t kept[1280 * 720], fresh[1280 * 720];
    struct paint_target target = {kept, hd.w, hd.h, hd.w}, other = {fresh, hd.w, hd.h, hd.w};
    struct rect damage[PAINT_DAMAGE_MAX];
    static const char *const places[] = {
        "home", "document:notice/scan", "people", "document:notice/parallel", "words", "timeline"};
    CHECK(work_open(&work, SMALL, MODE_CLASSROOM, hd));
    player_draw(work.player, &target, true, damage);
    uint32_t state = 11;
    for (int i = 0; i < 120; i++) {
        state = state * 1664525u + 1013904223u;
        struct place place;
        if (i % 20 == 0 && place_parse(str_from(places[i / 20]), &place)) {
            player_go(work.player, &place, work.now_ms);
        } else if (i % 3 == 0) {
            work_event(&work, (struct player_event){
                                  .kind = PLAYER_KEY, .key = (state >> 20 & 3) == 0 ? KEY_SELECT : KEY_TAB});
        } else {
            work_event(&work, (struct player_event){.kind = PLAYER_WHEEL,
                                  .x_win = state >> 8 & 1023,
                                  .y_win = 300,
                                  .wheel = (state >> 28) / 4.0 - 2});
        }
        work.now_ms += 40;
        CHECK(player_wait_ready(work.player, 20000));
        player_draw(work.player, &target, false, damage);
        work.now_ms += 400; /* fades are over */
        player_update(work.player, work.now_ms);
        CHECK(player_wait_ready(work.player, 20000));
        player_draw(work.player, &target, false, damage);
        memset(fresh, 0x55, sizeof fresh);
        player_draw(work.player, &other, true, damage);
        long wrong = 0;
        for (int p = 0; p < hd.w * hd.h; p++) {
            wrong += ((kept[p] ^ fresh[p]) & 0xFFFFFF) != 0;
        }
        CHECK_THAT(wrong == 0, "step %d: %ld pixels differ", i, wrong);
    }
    work_close(&work);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(a_touch_wakes_attract_when_it_lifts);
    RUN(a_drag_wakes_attract_too);
    RUN(a_press_shows_and_a_slide_cancels);
    RUN(pages_are_dragged_pinched_and_tapped_twice);
    RUN(keys_move_over_pages);
    RUN(the_overview_leads);
    RUN(edges_yield_to_a_finger);
    RUN(a_zone_and_its_paragraph_find_each_other);
    RUN(focus_waits_for_no_flight);
    RUN(focus_goes_by_what_is_drawn);
    RUN(keys_reach_everything_everywhere);
    RUN(keys_reach_what_is_far_below);
    RUN(keys_act_and_go_back);
    RUN(the_warning_takes_a_touch_for_itself);
    RUN(any_key_answers_the_warning_and_does_no_more);
    RUN(a_long_press_on_the_bars_end_locks);
    RUN(nonsense_is_survived);
    RUN(damage_is_exact_during_a_visit);
    return work_leave(folder, check_report());
}
