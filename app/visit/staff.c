/* The staff's menu: a knock that visitors do not come upon, a code, and then what the host is asked to do. */
#include "visit_internal.h"

#include "base/array.h"

#include <string.h>

#define KNOCK_MS 6000      /* from the first to the last of its touches or keys */
#define CODE_IDLE_MS 30000 /* who does not go on is gone */
#define MENU_IDLE_MS 180000
#define PICTURES 6

static bool is_inside(const struct visit *visit)
{
    return visit->staff.screen > STAFF_CODE;
}

static void open_screen(struct visit *visit, enum visit_staff_screen screen, int64_t now_ms)
{
    struct visit_staff *staff = &visit->staff;
    memset(staff->code, 0, sizeof staff->code);
    memset(&visit->here.scroll[SCROLLER_MAIN], 0, sizeof visit->here.scroll[SCROLLER_MAIN]);
    memset(visit->here.focus, 0, sizeof visit->here.focus);
    staff->screen = screen;
    staff->request = REQUEST_NONE;
    staff->reply = REPLY_NONE;
    staff->touched = 0;
    staff->picture = 0;
    staff->input_ms = now_ms;
}

/* What the visitor before was doing is over. */
static bool let_in(struct visit *visit, int64_t now_ms)
{
    bool focus = visit->focus_visible;
    visit_init(visit, &visit->frame, now_ms);
    go_begin(visit, now_ms);
    go_home(visit, now_ms);
    visit->transition_ms = 0;
    visit->focus_visible = focus;
    open_screen(visit, STAFF_CODE, now_ms);
    return true;
}

/* Is this the next one of the knock? *count is how many there were. */
static bool knocks(int *count, int64_t *first_ms, int expected, int given, int all, int64_t now_ms)
{
    bool late = *count > 0 && (now_ms - *first_ms > KNOCK_MS || now_ms < *first_ms);
    if (given != expected || late) {
        *count = 0;
        expected = 0; /* it may be the first of another knock */
    }
    if (given != expected) {
        return false;
    }
    *first_ms = *count == 0 ? now_ms : *first_ms;
    return ++*count == all;
}

bool visit_knock_corner(struct visit *visit, int corner, int64_t now_ms)
{
    struct visit_staff *staff = &visit->staff;
    if (!visit->frame.staff || staff->screen != STAFF_NONE) {
        return false;
    }
    if (corner < 0) {
        staff->corners = 0;
        return false;
    }
    bool whole = knocks(&staff->corners, &staff->corner_ms, staff->corners, corner, VISIT_CORNERS, now_ms);
    return whole && let_in(visit, now_ms);
}

bool visit_knock_key(struct visit *visit, int way, int64_t now_ms)
{
    static const int ways[] = {0, 1, 0, 1, 2, 3, 2, 3}; /* up down up down left right left right */
    struct visit_staff *staff = &visit->staff;
    const int all = (int)ARRAY_LENGTH(ways);
    if (!visit->frame.staff || staff->screen != STAFF_NONE) {
        return false;
    }
    if (way < 0) {
        staff->keys = 0;
        return false;
    }
    bool whole = knocks(&staff->keys, &staff->key_ms, ways[staff->keys % all], way, all, now_ms);
    return whole && let_in(visit, now_ms);
}

/* ---- what is done in it */

static void leave(struct visit *visit, int64_t now_ms)
{
    visit_init(visit, &visit->frame, now_ms);
}

static void type(struct visit *visit, struct str digit)
{
    struct visit_staff *staff = &visit->staff;
    size_t length = strlen(staff->code);
    bool is_digit = digit.length == 1 && digit.data[0] >= '0' && digit.data[0] <= '9';
    if (is_digit && length < VISIT_CODE_MAX) {
        staff->code[length] = digit.data[0];
        staff->reply = REPLY_NONE;
    }
}

static void at_the_door(struct visit *visit, struct str word, struct str rest)
{
    struct visit_staff *staff = &visit->staff;
    size_t length = strlen(staff->code);
    if (str_equal_c(word, "digit")) {
        type(visit, rest);
    } else if (str_equal_c(word, "erase") && length > 0) {
        staff->code[length - 1] = '\0';
    } else if (str_equal_c(word, "enter") && length > 0) {
        staff->request = REQUEST_ENTER;
    }
}

static void go_in(struct visit *visit, struct str where, int64_t now_ms)
{
    static const struct {
        const char *word;
        enum visit_staff_screen screen;
    } screens[] = {{"menu", STAFF_MENU}, {"about", STAFF_ABOUT}, {"touch", STAFF_TOUCH},
        {"picture", STAFF_PICTURE}, {"exhibits", STAFF_EXHIBITS}};
    for (size_t i = 0; i < ARRAY_LENGTH(screens); i++) {
        if (str_equal_c(where, screens[i].word)) {
            open_screen(visit, screens[i].screen, now_ms);
        }
    }
}

static void ask(struct visit *visit, struct str what)
{
    static const struct {
        const char *word;
        enum visit_request request;
    } requests[] = {{"sound", REQUEST_SOUND}, {"export", REQUEST_EXPORT}, {"restart", REQUEST_RESTART},
        {"shell", REQUEST_SHELL}};
    for (size_t i = 0; i < ARRAY_LENGTH(requests); i++) {
        if (str_equal_c(what, requests[i].word)) {
            visit->staff.request = requests[i].request;
            visit->staff.reply = REPLY_NONE;
        }
    }
}

/* One of the exhibits that are listed. */
static void choose(struct visit *visit, struct str which)
{
    long index;
    if (str_to_long(which, &index) && index >= 0 && index < VISIT_EXHIBITS) {
        visit->staff.chosen = (int)index;
        visit->staff.request = REQUEST_SWITCH;
        visit->staff.reply = REPLY_NONE;
    }
}

static void try_screen(struct visit *visit, struct str word, struct str rest, int64_t now_ms)
{
    struct visit_staff *staff = &visit->staff;
    long cell;
    if (str_equal_c(word, "cell") && str_to_long(rest, &cell) && cell >= 0 && cell < VISIT_CELLS) {
        staff->touched |= UINT64_C(1) << cell;
    } else if (str_equal_c(word, "choose") && staff->screen == STAFF_EXHIBITS) {
        choose(visit, rest);
    } else if (str_equal_c(word, "next") && staff->screen == STAFF_PICTURE && ++staff->picture >= PICTURES) {
        open_screen(visit, STAFF_MENU, now_ms);
    }
}

void staff_act(struct visit *visit, struct str argument, int64_t now_ms)
{
    struct str rest = argument, word = str_split(&rest, ' ');
    if (visit->staff.screen == STAFF_NONE) {
        return;
    }
    visit->staff.input_ms = now_ms;
    if (str_equal_c(word, "close")) {
        leave(visit, now_ms);
    } else if (!is_inside(visit)) {
        at_the_door(visit, word, rest);
    } else if (str_equal_c(word, "go")) {
        go_in(visit, rest, now_ms);
    } else if (str_equal_c(word, "do")) {
        ask(visit, rest);
    } else {
        try_screen(visit, word, rest, now_ms);
    }
}

void staff_back(struct visit *visit, int64_t now_ms)
{
    if (visit->staff.screen > STAFF_MENU) {
        open_screen(visit, STAFF_MENU, now_ms);
    } else {
        leave(visit, now_ms);
    }
}

enum visit_request visit_staff_request(struct visit *visit, char code[VISIT_CODE_MAX + 1])
{
    enum visit_request request = visit->staff.request;
    memcpy(code, visit->staff.code, VISIT_CODE_MAX + 1);
    if (request == REQUEST_ENTER) {
        memset(visit->staff.code, 0, sizeof visit->staff.code);
    }
    visit->staff.request = REQUEST_NONE;
    return request;
}

void visit_staff_reply(struct visit *visit, enum visit_reply reply, long wait_s, int64_t now_ms)
{
    if (visit->staff.screen == STAFF_CODE && reply == REPLY_DONE) {
        open_screen(visit, STAFF_MENU, now_ms);
        return;
    }
    visit->staff.reply = reply;
    visit->staff.wait_s = wait_s;
}

/* ---- time */

int64_t staff_deadline(const struct visit *visit)
{
    int64_t idle = is_inside(visit) ? MENU_IDLE_MS : CODE_IDLE_MS;
    return visit->staff.screen != STAFF_NONE ? visit->staff.input_ms + idle : INT64_MAX;
}

void staff_tick(struct visit *visit, int64_t now_ms)
{
    if (now_ms >= staff_deadline(visit)) {
        leave(visit, now_ms);
    }
}
