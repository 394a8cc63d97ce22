/* Keys and presenter remotes: what each of them does. */
#include "internal.h"

#include <string.h>

static bool scroll(struct player *player, const char *way)
{
    static const struct {
        enum visit_scroller scroller;
        const char *up, *down;
    } order[] = {{SCROLLER_PANEL, "panel up", "panel down"}, {SCROLLER_MAIN, "main up", "main down"},
        {SCROLLER_SIDE, "side up", "side down"}};
    player_lay_out(player);
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (player->metrics.regions[order[i].scroller].present) {
            player_act(player, ACTION_SCROLL, str_from(way[0] == 'u' ? order[i].up : order[i].down));
            return true;
        }
    }
    return false;
}

/* A presenter remote has two keys: in a guided reading they are its steps, in a classroom's questions they
 * show answers one by one, under the spotlight they light paragraphs, elsewhere they scroll, and where there
 * is nothing to scroll they turn the pages of what is read. */
static void turn_page(struct player *player, bool forward)
{
    bool asking = player->visit.here.place.kind == PLACE_QUESTIONS &&
                  player->visit.here.panel.kind == PLACE_NONE && player->visit.frame.mode == MODE_CLASSROOM &&
                  visit_reveals(&player->visit, forward);
    if (player->visit.tour.active) {
        player_act(player, ACTION_TOUR, forward ? STR("next") : STR("previous"));
    } else if (asking) {
        player_act(player, ACTION_REVEAL, forward ? STR("+1") : STR("-1"));
    } else if (player->visit.spotlight && player->visit.here.place.kind == PLACE_DOCUMENT) {
        player_act(player, ACTION_SPOTLIGHT, forward ? STR("+1") : STR("-1"));
    } else if (!scroll(player, forward ? "down" : "up") && player->metrics.has_page) {
        player_act(player, ACTION_PAGE, forward ? STR("next") : STR("previous"));
    }
}

static bool any_region(const struct player *player)
{
    bool any = false;
    for (int i = 0; i < SCROLLERS; i++) {
        any = any || player->metrics.regions[i].present;
    }
    return any;
}

/* The page is close, and nothing else waits for an arrow: the focus is on the page's overview, or there is
 * none and nothing but the page to look at. */
static bool arrows_move(struct player *player)
{
    const struct visit *visit = &player->visit;
    player_lay_out(player);
    return visit->menu == MENU_NONE && visit->here.panel.kind == PLACE_NONE &&
           visit_page_close(visit, &player->metrics) &&
           (visit->focus_visible ? strcmp(visit->here.focus, "page.overview") == 0 : !any_region(player));
}

/* Up and down go by rows on a keyboard, elsewhere by reading order. */
static void lead(struct player *player, int step, const char *way)
{
    bool rows = way[0] == 'u' || way[0] == 'd';
    if (!rows || !focus_row(player, step)) {
        focus_move(player, step);
    }
}

static void arrow(struct player *player, int step, const char *way)
{
    if (!arrows_move(player)) {
        lead(player, step, way);
        return;
    }
    struct camera before = player->visit.here.camera;
    player_act(player, ACTION_MOVE, str_from(way));
    const struct camera *after = &player->visit.here.camera;
    bool moved = before.x_page != after->x_page || before.y_page != after->y_page;
    /* At the page's edge whoever has nothing but arrows comes away from it again. */
    if (!moved && player->visit.focus_visible) {
        lead(player, step, way);
    }
}

/* Someone types on a real keyboard: the focus is not shown, and there is something to take back. */
static bool takes_back(const struct player *player)
{
    const struct visit *visit = &player->visit;
    return visit->here.place.kind == PLACE_SEARCH && visit->here.panel.kind == PLACE_NONE &&
           visit->menu == MENU_NONE && !visit->focus_visible && visit->search.query[0] != '\0';
}

/* The space bar also selects, where the focus is shown. */
void keys_type(struct player *player, struct str text)
{
    bool selects = str_equal_c(text, " ") && player->visit.focus_visible;
    player->touched = true;
    if (player->visit.here.place.kind != PLACE_SEARCH || selects ||
        visit_locked(&player->visit, player->now_ms) || visit_touched(&player->visit, player->now_ms)) {
        return;
    }
    visit_typed(&player->visit);
    visit_focus(&player->visit, NULL, player->now_ms);
    player_act(player, ACTION_TYPE, text);
}

static void back(struct player *player)
{
    player_act(player, player->visit.menu != MENU_NONE ? ACTION_CLOSE : ACTION_BACK, STR(""));
}

static void select_focused(struct player *player)
{
    player_lay_out(player);
    int box = player->visit.focus_visible ? box_find(&player->tree, player->visit.here.focus) : -1;
    if (box >= 0 && box_focusable(&player->tree, box)) {
        player_act_box(player, box);
    }
}

static void zoom(struct player *player, struct str way)
{
    player_lay_out(player);
    if (player->metrics.has_page) {
        player_act(player, ACTION_ZOOM, way);
    }
}

static void teach(struct player *player, enum player_key key)
{
    char digit[2] = {0};
    player_lay_out(player);
    switch (key) {
    case KEY_BLANK:
        player_act(player, ACTION_BLANK, STR(""));
        break;
    case KEY_PEN:
        player_act(player, ACTION_PEN, STR(""));
        break;
    case KEY_SPOTLIGHT:
        player_act(player, ACTION_SPOTLIGHT, STR(""));
        break;
    case KEY_UNDO:
        player_act(player, ACTION_PEN, STR("undo"));
        break;
    case KEY_WIPE:
        player_act(player, ACTION_PEN, STR("wipe"));
        break;
    default:
        digit[0] = (char)('0' + (key - KEY_DIGIT_0));
        player_act(player, ACTION_SECTION, str_from(digit));
        break;
    }
}

/* Whoever begins with a key may not see: the focus stands on Listen, and it is said how to listen. */
static void wake(struct player *player, enum player_key key)
{
    player_lay_out(player);
    if (player->visit.frame.mode == MODE_CLASSROOM) {
        return;
    }
    visit_focus(&player->visit, "bar.listen", player->now_ms);
    if (key == KEY_LISTEN) {
        player_act(player, ACTION_LISTEN, STR(""));
    } else {
        speech_offer(player);
    }
}

/* A key that types a character is a shortcut where nothing is typed: WCAG 2.1.4. The digits of a keypad are
 * none: they are its arrows (stage/input.c). */
static bool is_character(enum player_key key)
{
    return key == KEY_PLUS || key == KEY_MINUS || key >= KEY_BLANK;
}

static void press_character(struct player *player, enum player_key key)
{
    const struct visit *visit = &player->visit;
    visit_typed(&player->visit);
    if (visit->no_shortcuts) {
        return;
    }
    if (key == KEY_PLUS || key == KEY_MINUS) {
        zoom(player, key == KEY_PLUS ? STR("in") : STR("out"));
    } else if (visit->frame.mode == MODE_CLASSROOM && visit->here.place.kind != PLACE_SEARCH) {
        teach(player, key); /* in the search letters are letters */
    }
}

bool keys_press(struct player *player, enum player_key key)
{
    if (key == KEY_NONE) {
        return false;
    }
    if (key == KEY_ESCAPE && player->visit.frame.mode == MODE_CLASSROOM) {
        return true;
    }
    player->touched = true;
    /* A key that wakes the screen, or answers the idle warning, does only that. */
    bool asleep = player_by_itself(player);
    if (visit_locked(&player->visit, player->now_ms)) {
        return false;
    }
    if (visit_touched(&player->visit, player->now_ms)) {
        if (asleep) {
            wake(player, key);
        }
        return false;
    }
    if (player->visit.blank) { /* it comes back, and that is all */
        player_act(player, ACTION_BLANK, STR(""));
        return false;
    }
    if (is_character(key)) {
        press_character(player, key);
        return false;
    }
    switch (key) {
    case KEY_TAB:
        focus_move(player, 1);
        break;
    case KEY_BACKTAB:
        focus_move(player, -1);
        break;
    case KEY_RIGHT:
        arrow(player, 1, "right");
        break;
    case KEY_DOWN:
        arrow(player, 1, "down");
        break;
    case KEY_LEFT:
        arrow(player, -1, "left");
        break;
    case KEY_UP:
        arrow(player, -1, "up");
        break;
    case KEY_SELECT:
        select_focused(player);
        break;
    case KEY_BACK:
    case KEY_ESCAPE:
        if (key == KEY_BACK && takes_back(player)) {
            player_act(player, ACTION_KEYBOARD, STR("erase"));
        } else {
            back(player);
        }
        break;
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        turn_page(player, key == KEY_PAGE_DOWN);
        break;
    case KEY_HOME:
        player_act(player, ACTION_HOME, STR(""));
        break;
    case KEY_LISTEN:
        player_act(player, ACTION_LISTEN, STR(""));
        break;
    default:
        break;
    }
    return false;
}
