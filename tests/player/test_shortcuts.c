/* Keys that are a single character can be switched off (WCAG 2.1.4), and nothing needs them: what each of
 * them does can be come to by Tab and Enter. */
#include "exhibit/site.h"

#include "check.h"
#include "work.h"

static const struct size projector = {1024, 768};

static bool open_at(struct work *work, const char *site, enum visit_mode mode)
{
    struct error err = {0};
    struct site read = {.idle_s = 0};
    memset(work, 0, sizeof *work);
    work->window = projector;
    work->now_ms = 1000;
    if (player_find_paths(&work->paths, &err) && (site == NULL || site_read(site, &read, NULL, &err))) {
        struct player_options options = {.exhibit = work->paths.exhibit,
            .paths = &work->paths,
            .mode = mode,
            .site = &read,
            .window = projector,
            .reduced_motion = true};
        work->player = player_create(&options, work->now_ms, &err);
    }
    CHECK_THAT(work->player != NULL, "%s", err.message);
    return work->player != NULL && player_wait_ready(work->player, 20000);
}

static const struct visit *visit(const struct work *work)
{
    return player_visit(work->player);
}

/* Tab until the focus is on a box with this action; false when it has come round without. */
static bool tab_to(struct work *work, enum action_verb verb, const char *argument)
{
    for (int i = 0; i < 300; i++) {
        const struct box *box = work_box(work, visit(work)->here.focus);
        if (visit(work)->focus_visible && box != NULL && box->action.verb == (int)verb &&
            str_equal_c(box->action.argument, argument)) {
            return true;
        }
        work_key(work, KEY_TAB);
    }
    return false;
}

static void choose(struct work *work, enum action_verb verb, const char *argument)
{
    bool found = tab_to(work, verb, argument);
    CHECK_THAT(found, "no focus comes to \"%s %s\"", action_word(verb), argument);
    if (found) {
        work_key(work, KEY_SELECT);
        work_pass(work, 400);
    }
}

static void switch_shortcuts(struct work *work)
{
    choose(work, ACTION_MENU, "text-size");
    choose(work, ACTION_SHORTCUTS, "");
}

/* Presses every key that is a character, and says whether any of them did something. */
static bool any_acts(struct work *work)
{
    static const enum player_key keys[] = {KEY_PLUS, KEY_MINUS, KEY_SPOTLIGHT, KEY_PEN, KEY_UNDO, KEY_WIPE,
        KEY_DIGIT_0, KEY_DIGIT_0 + 3, KEY_DIGIT_9, KEY_BLANK};
    bool acts = false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct visit before = *visit(work);
        work_key(work, keys[i]);
        work_pass(work, 400);
        const struct visit *after = visit(work);
        acts = acts || memcmp(&before.here, &after->here, sizeof before.here) != 0 ||
               before.blank != after->blank || before.pen != after->pen ||
               before.spotlight != after->spotlight || before.history_count != after->history_count;
    }
    return acts;
}

static void in_a_classroom_they_are_switched_off_and_on_by_keys(void)
{
    struct work work;
    if (open_at(&work, NULL, MODE_CLASSROOM)) {
        work_go(&work, "scan");
        CHECK(!visit(&work)->no_shortcuts);
        switch_shortcuts(&work);
        CHECK(visit(&work)->no_shortcuts && visit(&work)->menu == MENU_NONE);
        CHECK(!any_acts(&work));
        switch_shortcuts(&work);
        CHECK(!visit(&work)->no_shortcuts && any_acts(&work));
    }
    work_close(&work);
}

static void what_they_do_is_done_without_them(void)
{
    struct work work;
    if (open_at(&work, NULL, MODE_CLASSROOM)) {
        work_go(&work, "scan");
        switch_shortcuts(&work);
        double scale = visit(&work)->here.camera.scale;
        choose(&work, ACTION_ZOOM, "in");
        CHECK(visit(&work)->here.camera.scale > scale);
        choose(&work, ACTION_ZOOM, "out");
        choose(&work, ACTION_PEN, "");
        CHECK(visit(&work)->pen);
        work_finger(&work, PLAYER_FINGER_DOWN, 400, 200);
        work_finger(&work, PLAYER_FINGER_MOVE, 450, 240);
        work_finger(&work, PLAYER_FINGER_UP, 500, 250);
        work_pass(&work, 50);
        CHECK_INT(visit(&work)->ink.stroke_count, 1);
        CHECK(tab_to(&work, ACTION_PEN, "wipe"));
        choose(&work, ACTION_PEN, "undo");
        CHECK_INT(visit(&work)->ink.stroke_count, 0);
        work_go(&work, "text");
        choose(&work, ACTION_SPOTLIGHT, "");
        CHECK(visit(&work)->spotlight);
        choose(&work, ACTION_HOME, "");
        for (int i = 1; i <= 9; i++) {
            struct place place;
            char words[160];
            CHECK(visit_section(player_exhibit(work.player), i, &place));
            const char *target =
                place.kind == PLACE_DOCUMENT ? "parallel" : place_format(&place, words, sizeof words);
            CHECK_THAT(tab_to(&work, ACTION_GO, target), "section %d: %s", i, target);
        }
        choose(&work, ACTION_BLANK, "");
        CHECK(visit(&work)->blank);
    }
    work_close(&work);
}

/* Letters that do nothing are not promised. */
static void what_is_off_is_not_named(void)
{
    struct work work;
    if (open_at(&work, NULL, MODE_CLASSROOM)) {
        const struct box *people = work_box(&work, "home.people");
        CHECK(people != NULL && people->name.length > 1 && people->name.data[0] == '3');
        switch_shortcuts(&work);
        people = work_box(&work, "home.people");
        CHECK(people != NULL && people->name.length > 1 && people->name.data[0] != '3');
    }
    work_close(&work);
}

/* A gallery without a keyboard says nothing of keys; whoever has pressed one is offered to be rid of them;
 * and the next visitor begins anew. */
static void a_kiosk_offers_it_to_who_has_such_keys(void)
{
    struct work work;
    if (open_at(&work, NULL, MODE_KIOSK)) {
        work_go(&work, "scan");
        CHECK(work_tap(&work, "bar.text-size") && work_box(&work, "menu.text-size.5") != NULL);
        CHECK(work_box(&work, "menu.text-size.6") == NULL);
        work_key(&work, KEY_RIGHT);
        CHECK(work_box(&work, "menu.text-size.6") == NULL);
        work_key(&work, KEY_PLUS);
        work_tap(&work, "bar.text-size");
        if (work_box(&work, "menu.text-size.6") == NULL) { /* the key closed the menu */
            work_tap(&work, "bar.text-size");
        }
        CHECK(work_tap(&work, "menu.text-size.6") && visit(&work)->no_shortcuts);
        double scale = visit(&work)->here.camera.scale;
        work_key(&work, KEY_PLUS);
        work_pass(&work, 400);
        CHECK(visit(&work)->here.camera.scale == scale);
        player_reset(work.player, work.now_ms);
        CHECK(!visit(&work)->no_shortcuts && !visit(&work)->typed);
    }
    work_close(&work);
}

static void a_site_begins_without_them(void)
{
    struct work work;
    CHECK(work_write("site.yaml", "vitrine: 1\nkeypad: {shortcuts: false}\n"));
    if (open_at(&work, "site.yaml", MODE_CLASSROOM)) {
        CHECK(visit(&work)->no_shortcuts);
        work_go(&work, "scan");
        CHECK(!any_acts(&work));
        switch_shortcuts(&work);
        CHECK(!visit(&work)->no_shortcuts);
        player_reset(work.player, work.now_ms);
        CHECK(visit(&work)->no_shortcuts);
    }
    work_close(&work);
}

/* Where one types they are letters, off or on. */
static void typing_is_not_switched_off(void)
{
    struct work work;
    if (open_at(&work, NULL, MODE_CLASSROOM)) {
        switch_shortcuts(&work);
        work_go(&work, "search");
        work_key(&work, KEY_PEN);
        work_event(&work, (struct player_event){.kind = PLAYER_TEXT, .text = "p"});
        work_pass(&work, 50);
        CHECK_TEXT(visit(&work)->search.query, "p");
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
    RUN(in_a_classroom_they_are_switched_off_and_on_by_keys);
    RUN(what_they_do_is_done_without_them);
    RUN(what_is_off_is_not_named);
    RUN(a_kiosk_offers_it_to_who_has_such_keys);
    RUN(a_site_begins_without_them);
    RUN(typing_is_not_switched_off);
    return work_leave(folder, check_report());
}
