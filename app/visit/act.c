/* What each action does: one handler a verb. */
#include "visit_internal.h"

#include "base/array.h"

#include <string.h>

#define ZOOM_FACTOR 1.5

/* What an action comes with. */
struct context {
    struct str argument;
    const struct visit_metrics *metrics;
    int64_t now_ms;
};

typedef void handler(struct visit *visit, const struct context *context);

static void act_go(struct visit *visit, const struct context *c)
{
    struct place place;
    if (place_parse(c->argument, &place)) {
        go_to(visit, &place, false, c->metrics, c->now_ms);
    }
}

static void act_back(struct visit *visit, const struct context *c)
{
    if (visit->menu != MENU_NONE) {
        visit->menu = MENU_NONE;
        return;
    }
    go_begin(visit, c->now_ms);
    go_back(visit, c->now_ms);
}

static void act_home(struct visit *visit, const struct context *c)
{
    go_home(visit, c->now_ms);
}

static void act_close(struct visit *visit, const struct context *c)
{
    if (visit->menu != MENU_NONE) {
        visit->menu = MENU_NONE;
        return;
    }
    go_close(visit, c->now_ms);
}

static void act_language(struct visit *visit, const struct context *c)
{
    const struct exhibit_head *head = exhibit_head(visit->frame.exhibit);
    for (size_t i = 0; i < head->language_count; i++) {
        if (str_equal_c(c->argument, head->languages[i]) && c->argument.length <= VISIT_LANGUAGE_MAX) {
            visit_copy_text(visit->language, sizeof visit->language, c->argument);
            visit_fade(visit, c->now_ms);
        }
    }
}

static void act_begin(struct visit *visit, const struct context *c)
{
    go_begin(visit, c->now_ms);
    act_language(visit, c);
}

static void act_menu(struct visit *visit, const struct context *c)
{
    static const struct {
        enum visit_menu menu;
        const char *word;
    } menus[] = {{MENU_LANGUAGE, "language"}, {MENU_TEXT_SIZE, "text-size"}, {MENU_LEFT, "left"},
        {MENU_RIGHT, "right"}, {MENU_SPEED, "speed"}, {MENU_VOLUME, "volume"}};
    for (size_t i = 0; i < ARRAY_LENGTH(menus); i++) {
        if (str_equal_c(c->argument, menus[i].word)) {
            visit->menu = visit->menu == menus[i].menu ? MENU_NONE : menus[i].menu;
            memset(&visit->here.scroll[SCROLLER_MENU], 0, sizeof visit->here.scroll[SCROLLER_MENU]);
        }
    }
}

static void act_text_size(struct visit *visit, const struct context *c)
{
    static const int sizes[] = {100, 125, 150, 200};
    long size;
    for (size_t i = 0; i < ARRAY_LENGTH(sizes) && str_to_long(c->argument, &size); i++) {
        if (size == sizes[i]) {
            visit->text_size = sizes[i];
            visit_fade(visit, c->now_ms);
        }
    }
}

static void act_contrast(struct visit *visit, const struct context *c)
{
    visit->high_contrast = !visit->high_contrast;
    visit_fade(visit, c->now_ms);
}

static void act_low_reach(struct visit *visit, const struct context *c)
{
    visit->low_reach = !visit->low_reach;
    visit_fade(visit, c->now_ms);
}

static void act_listen(struct visit *visit, const struct context *c)
{
    (void)c;
    listen_toggle(visit);
}

/* How it sounds now is heard at once. */
static void act_speed(struct visit *visit, const struct context *c)
{
    if (listen_choose(&visit->speed, VISIT_SPEECH_STEPS, c->argument)) {
        listen_begin(visit);
    }
}

static void act_volume(struct visit *visit, const struct context *c)
{
    if (listen_choose(&visit->volume, VISIT_SPEECH_STEPS, c->argument)) {
        listen_begin(visit);
    }
}

static void act_motion(struct visit *visit, const struct context *c)
{
    (void)c;
    visit->reduced_motion = !visit->reduced_motion;
    if (visit->reduced_motion) {
        page_rest(visit);
        visit->transition_ms = 0;
    }
}

static void act_shortcuts(struct visit *visit, const struct context *c)
{
    (void)c;
    visit->no_shortcuts = !visit->no_shortcuts;
}

static void act_select(struct visit *visit, const struct context *c)
{
    page_select(visit, c->argument, c->metrics, c->now_ms);
}

static void act_pane(struct visit *visit, const struct context *c)
{
    struct str shows = c->argument, side = str_split(&shows, ' ');
    pane_choose(visit, side, shows, c->now_ms);
}

static void act_zoom(struct visit *visit, const struct context *c)
{
    if (str_equal_c(c->argument, "in")) {
        page_zoom(visit, ZOOM_FACTOR, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "out")) {
        page_zoom(visit, 1 / ZOOM_FACTOR, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "whole")) {
        page_whole(visit, c->metrics, c->now_ms);
    }
}

static void act_rotate(struct visit *visit, const struct context *c)
{
    page_rotate(visit, c->metrics, c->now_ms);
}

static void act_move(struct visit *visit, const struct context *c)
{
    static const struct {
        const char *word;
        double dx, dy;
    } ways[] = {{"left", 1, 0}, {"right", -1, 0}, {"up", 0, 1}, {"down", 0, -1}};
    for (size_t i = 0; i < ARRAY_LENGTH(ways); i++) {
        if (str_equal_c(c->argument, ways[i].word)) {
            page_move(visit, ways[i].dx, ways[i].dy, c->metrics, c->now_ms);
        }
    }
}

static void act_centre(struct visit *visit, const struct context *c)
{
    struct str y = c->argument, x = str_split(&y, ' ');
    struct pointf at_page;
    if (str_to_double(x, &at_page.x) && str_to_double(y, &at_page.y)) {
        page_centre(visit, at_page, c->metrics, c->now_ms);
    }
}

static void act_page(struct visit *visit, const struct context *c)
{
    if (str_equal_c(c->argument, "next")) {
        page_turn(visit, 1, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "previous")) {
        page_turn(visit, -1, c->metrics, c->now_ms);
    }
}

static void act_tour(struct visit *visit, const struct context *c)
{
    if (str_equal_c(c->argument, "start")) {
        tour_start(visit, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "next")) {
        tour_move(visit, 1, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "previous")) {
        tour_move(visit, -1, c->metrics, c->now_ms);
    } else if (str_equal_c(c->argument, "pause")) {
        tour_pause(visit, !visit->tour.paused, c->now_ms);
    } else if (str_equal_c(c->argument, "stop")) {
        tour_stop(visit, c->now_ms);
    }
}

static void act_reveal(struct visit *visit, const struct context *c)
{
    size_t count = 0;
    const struct question *questions = exhibit_questions(visit->frame.exhibit, &count);
    if (str_equal_c(c->argument, "+1") || str_equal_c(c->argument, "-1")) {
        classroom_reveal(visit, c->argument.data[0] == '+');
        return;
    }
    for (size_t i = 0; i < count && i < VISIT_QUESTIONS; i++) {
        if (str_equal_c(c->argument, questions[i].id)) {
            visit->revealed ^= UINT64_C(1) << i;
            if (visit->revealed >> i & 1) {
                visit_copy_text(visit->bring, sizeof visit->bring, c->argument);
            }
        }
    }
}

static void act_type(struct visit *visit, const struct context *c)
{
    search_type(visit, c->argument);
}

static void act_keyboard(struct visit *visit, const struct context *c)
{
    search_key(visit, c->argument);
}

static void act_pick(struct visit *visit, const struct context *c)
{
    search_pick(visit, c->argument);
}

static void act_find(struct visit *visit, const struct context *c)
{
    search_go(visit, c->argument, c->metrics, c->now_ms);
}

static void act_pen(struct visit *visit, const struct context *c)
{
    classroom_pen(visit, c->argument);
}

static void act_spotlight(struct visit *visit, const struct context *c)
{
    classroom_spotlight(visit, c->argument, c->metrics, c->now_ms);
}

static void act_blank(struct visit *visit, const struct context *c)
{
    (void)c;
    classroom_blank(visit);
}

static void act_section(struct visit *visit, const struct context *c)
{
    long number;
    struct place place;
    if (!str_to_long(c->argument, &number) || visit->frame.mode != MODE_CLASSROOM) {
        return;
    }
    if (number == 0) {
        go_home(visit, c->now_ms);
    } else if (number < 10 && visit_section(visit->frame.exhibit, (int)number, &place)) {
        go_to(visit, &place, false, c->metrics, c->now_ms);
    }
}

static void act_scroll(struct visit *visit, const struct context *c)
{
    struct str way = c->argument, region = str_split(&way, ' ');
    if (str_equal_c(way, "up") || str_equal_c(way, "down")) {
        scroll_step(visit, region, str_equal_c(way, "up"), c->metrics, c->now_ms);
    }
}

/* STAY and the lock's note have no more to do than every action does. */
static handler *const handlers[ACTION_VERBS] = {
    [ACTION_GO] = act_go,
    [ACTION_BACK] = act_back,
    [ACTION_HOME] = act_home,
    [ACTION_CLOSE] = act_close,
    [ACTION_BEGIN] = act_begin,
    [ACTION_MENU] = act_menu,
    [ACTION_LANGUAGE] = act_language,
    [ACTION_TEXT_SIZE] = act_text_size,
    [ACTION_CONTRAST] = act_contrast,
    [ACTION_LOW_REACH] = act_low_reach,
    [ACTION_LISTEN] = act_listen,
    [ACTION_SPEED] = act_speed,
    [ACTION_VOLUME] = act_volume,
    [ACTION_MOTION] = act_motion,
    [ACTION_SHORTCUTS] = act_shortcuts,
    [ACTION_SELECT] = act_select,
    [ACTION_PANE] = act_pane,
    [ACTION_ZOOM] = act_zoom,
    [ACTION_ROTATE] = act_rotate,
    [ACTION_MOVE] = act_move,
    [ACTION_CENTRE] = act_centre,
    [ACTION_PAGE] = act_page,
    [ACTION_TOUR] = act_tour,
    [ACTION_REVEAL] = act_reveal,
    [ACTION_TYPE] = act_type,
    [ACTION_KEYBOARD] = act_keyboard,
    [ACTION_PICK] = act_pick,
    [ACTION_FIND] = act_find,
    [ACTION_PEN] = act_pen,
    [ACTION_SPOTLIGHT] = act_spotlight,
    [ACTION_BLANK] = act_blank,
    [ACTION_SECTION] = act_section,
    [ACTION_SCROLL] = act_scroll,
};

/* An open menu is closed by whatever is done beside it; these see to it themselves, or happen in it. */
static bool leaves_menu_open(enum action_verb verb)
{
    return verb == ACTION_MENU || verb == ACTION_BACK || verb == ACTION_CLOSE || verb == ACTION_SCROLL ||
           verb == ACTION_STAY;
}

void visit_act(
    struct visit *visit, const struct action *action, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct context context = {{action->argument, strnlen(action->argument, sizeof action->argument)},
        visit_metrics_of(metrics), now_ms};
    if (visit_locked(visit, now_ms) || action->verb <= ACTION_NONE || action->verb >= ACTION_VERBS) {
        return;
    }
    if (visit->staff.screen != STAFF_NONE) { /* nothing of the visit is there */
        if (action->verb == ACTION_STAFF) {
            staff_act(visit, context.argument, now_ms);
        } else if (action->verb == ACTION_BACK || action->verb == ACTION_CLOSE ||
                   action->verb == ACTION_HOME) {
            staff_back(visit, now_ms);
        } else if (action->verb == ACTION_SCROLL) {
            visit->staff.input_ms = now_ms;
            act_scroll(visit, &context);
        }
        return;
    }
    struct visit_stop before;
    char language[VISIT_LANGUAGE_MAX + 1];
    memcpy(&before, &visit->here, sizeof before);
    memcpy(language, visit->language, sizeof language);
    visit->interrupted = visit->interrupted || visit->reading;
    idle_input(visit, now_ms);
    if (visit->blank &&
        action->verb != ACTION_BLANK) { /* whatever is done brings the screen back, and does no more */
        visit->blank = false;
        return;
    }
    if (!leaves_menu_open(action->verb)) {
        visit->menu = MENU_NONE;
    }
    if (handlers[action->verb] != NULL) {
        handlers[action->verb](visit, &context);
    }
    visit->interrupted = false;
    listen_arrive(visit, &before, language);
    classroom_tend(visit);
}
