/* From fingers to what they mean. The tree that is asked is the one on the screen: a finger means what its
 * owner saw. */
#include "internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A finger may slide so far and still tap; a link is larger than its words by as much. */
#define SLOP_UNITS 2.0
#define WHEEL_ZOOM 1.2   /* a step over a page */
#define WHEEL_UNITS 15.0 /* a step over a region */

void input_init(struct player *player)
{
    player->input = (struct input){.hold = HOLD_NONE};
    gesture_init(&player->input.gesture, player_units(player, SLOP_UNITS));
}

static int hit(const struct player *player, double x, double y)
{
    return box_hit(&player->tree, (int)x, (int)y, player_units(player, SLOP_UNITS));
}

static void release(struct player *player)
{
    if (player->input.pressed[0] != '\0') {
        player->input.pressed[0] = '\0';
        player->touched = true;
    }
}

static void wake_up(struct player *player)
{
    visit_touched(&player->visit, player->now_ms);
    player->input.asleep = false;
    player->touched = true;
}

/* The page that is in the visitor's hand; others are pictures. */
static int page_at(const struct player *player, double x, double y)
{
    int page = box_page_at(&player->tree, (int)x, (int)y);
    return page >= 0 && strcmp(player->tree.boxes[page].id, "page") == 0 ? page : -1;
}

/* ---- one finger */

static void press(struct player *player, const struct gesture_event *event)
{
    struct input *input = &player->input;
    input->swallow = input->asleep = false;
    input->hold = HOLD_NONE;
    release(player);
    if (player_by_itself(player) && !visit_locked(&player->visit, player->now_ms)) {
        input->asleep = true;
    } else if (visit_touched(&player->visit, player->now_ms)) {
        input->swallow = true;
    } else {
        int box = hit(player, event->x, event->y);
        visit_focus(&player->visit, NULL, player->now_ms);
        bool on_page =
            page_at(player, event->x, event->y) >= 0 && (box < 0 || player->tree.boxes[box].role == BOX_ZONE);
        visit_page_stop(&player->visit, on_page, &player->metrics, player->now_ms);
        snprintf(input->pressed, sizeof input->pressed, "%s", box >= 0 ? player->tree.boxes[box].id : "");
    }
    player->touched = true;
}

/* A touch that wakes the screen does only that, except that an invitation may be in a language. */
static void tap_asleep(struct player *player, int box)
{
    if (box >= 0 && player->tree.boxes[box].action.verb == ACTION_BEGIN) {
        player->input.asleep = false;
        player_act_box(player, box);
    } else {
        wake_up(player);
    }
}

/* What was pressed must still be there: the screen may have changed under the finger. */
static bool is_pressed(const struct player *player, int box)
{
    return box >= 0 && player->input.pressed[0] != '\0' &&
           strcmp(player->tree.boxes[box].id, player->input.pressed) == 0;
}

static struct pointf in_view(struct rect page_win, double x, double y)
{
    return (struct pointf){x - page_win.x, y - page_win.y};
}

/* The point of the page, as fractions of it, under a finger on the overview. */
static struct pointf overview_point(const struct player *player, int overview, double x, double y)
{
    const struct box *box = &player->tree.boxes[overview];
    const struct box_page *look = box->look.page;
    struct camera_page page = player->metrics.page;
    if (look == NULL || page.width_img <= 0 || page.height_img <= 0) {
        return (struct pointf){0.5, 0.5};
    }
    struct camera camera = {look->x_page, look->y_page, look->scale, look->quarter_turns};
    struct size view = {box->rect.w, box->rect.h};
    struct pointf img = camera_to_img(camera, page, view, in_view(box->rect, x, y));
    return (struct pointf){img.x / page.width_img, img.y / page.height_img};
}

static void look_there(struct player *player, int overview, double x, double y)
{
    char place[64];
    struct pointf at_page = overview_point(player, overview, x, y);
    snprintf(place, sizeof place, "%.4f %.4f", at_page.x, at_page.y);
    player_act(player, ACTION_CENTRE, str_from(place));
}

static bool is_overview(const struct player *player, int box)
{
    return box >= 0 && player->tree.boxes[box].action.verb == ACTION_CENTRE;
}

static void tap(struct player *player, const struct gesture_event *event)
{
    int box = hit(player, event->x, event->y);
    if (player->input.asleep) {
        tap_asleep(player, box);
    } else if (is_pressed(player, box) && is_overview(player, box)) {
        look_there(player, box, event->x, event->y);
    } else if (is_pressed(player, box)) {
        player_act_box(player, box);
    }
    release(player);
}

/* On the page it comes closer, wherever else it is one more tap: whoever taps + quickly wants it twice. */
static void double_tap(struct player *player, const struct gesture_event *event)
{
    int box = hit(player, event->x, event->y), page = page_at(player, event->x, event->y);
    bool on_page = page >= 0 && (box < 0 || player->tree.boxes[box].role == BOX_ZONE);
    if (!on_page || player->input.asleep) {
        tap(player, event);
        return;
    }
    struct rect win = player->tree.boxes[page].rect;
    visit_page_double_tap(&player->visit, in_view(win, event->x, event->y), &player->metrics, player->now_ms);
    observe_act(player, ACTION_ZOOM);
    release(player);
    player->touched = true;
}

/* ---- drags and pinches keep hold of what was under the finger when they began */

static void take_hold(struct player *player, double x, double y)
{
    struct input *input = &player->input;
    int page = page_at(player, x, y), region = box_region_at(&player->tree, (int)x, (int)y);
    if (is_overview(player, box_hit(&player->tree, (int)x, (int)y, 0))) {
        input->hold = HOLD_OVERVIEW;
    } else if (page >= 0 && page > region) {
        input->hold = HOLD_PAGE;
        input->page_win = player->tree.boxes[page].rect;
    } else if (region >= 0) {
        input->hold = HOLD_REGION;
        input->scroller = player->tree.boxes[region].scroll->scroller;
    }
}

static void drag(struct player *player, const struct gesture_event *event)
{
    struct input *input = &player->input;
    if (input->hold == HOLD_NONE) {
        take_hold(player, event->start_x, event->start_y);
    }
    if (input->hold == HOLD_PAGE) {
        visit_page_drag(&player->visit, event->dx, event->dy, &player->metrics, player->now_ms);
    } else if (input->hold == HOLD_OVERVIEW && box_find(&player->tree, "page.overview") >= 0) {
        int overview = box_find(&player->tree, "page.overview");
        visit_page_centre(&player->visit, overview_point(player, overview, event->x, event->y),
            &player->metrics, player->now_ms);
    } else if (input->hold == HOLD_REGION) {
        visit_scroll(&player->visit, (enum visit_scroller)input->scroller, event->dy, &player->metrics,
            player->now_ms);
    }
    player->touched = true;
}

static void drag_end(struct player *player, const struct gesture_event *event)
{
    struct input *input = &player->input;
    if (input->hold == HOLD_PAGE) {
        visit_page_fling(&player->visit, event->vx, event->vy, &player->metrics, player->now_ms);
    } else if (input->hold == HOLD_REGION) {
        visit_scroll_fling(&player->visit, (enum visit_scroller)input->scroller, event->vy, &player->metrics,
            player->now_ms);
    }
    input->hold = HOLD_NONE;
    player->touched = true;
}

static void pinch(struct player *player, const struct gesture_event *event)
{
    struct input *input = &player->input;
    if (input->hold == HOLD_NONE) {
        take_hold(player, event->x, event->y);
    }
    if (input->hold == HOLD_PAGE) {
        visit_page_pinch(&player->visit, event->factor, in_view(input->page_win, event->x, event->y),
            event->dx, event->dy, &player->metrics, player->now_ms);
        observe_act(player, ACTION_ZOOM);
        player->touched = true;
    }
}

/* The last bar's height of the bar, where its line ends. */
static bool on_bar_end(const struct player *player, double x, double y)
{
    for (size_t i = 0; i < player->tree.count; i++) {
        const struct box *bar = &player->tree.boxes[i];
        if (bar->role == BOX_BAR) {
            struct rect end = {
                bar->rect.x + bar->rect.w - bar->rect.h, bar->rect.y, bar->rect.h, bar->rect.h};
            end.x = player->tree.rtl ? bar->rect.x : end.x;
            return rect_contains(end, (int)x, (int)y);
        }
    }
    return false;
}

static void handle(struct player *player, const struct gesture_event *event)
{
    struct input *input = &player->input;
    bool ends = event->kind == GESTURE_DRAG_END || event->kind == GESTURE_PINCH_END ||
                event->kind == GESTURE_LONG_PRESS;
    if (event->kind == GESTURE_PRESS) {
        press(player, event);
        return;
    }
    if (event->kind == GESTURE_CANCEL) {
        release(player);
        return;
    }
    if (input->swallow) {
        return;
    }
    if (input->asleep && ends) {
        wake_up(player);
        input->swallow = true;
        return;
    }
    switch (event->kind) {
    case GESTURE_TAP:
        tap(player, event);
        break;
    case GESTURE_DOUBLE_TAP:
        double_tap(player, event);
        break;
    case GESTURE_LONG_PRESS:
        if (on_bar_end(player, event->x, event->y)) {
            visit_lock(&player->visit, player->now_ms);
            player->touched = true;
        }
        break;
    case GESTURE_DRAG:
        drag(player, event);
        break;
    case GESTURE_DRAG_END:
        drag_end(player, event);
        break;
    case GESTURE_PINCH:
        pinch(player, event);
        break;
    case GESTURE_PINCH_END:
        if (input->hold == HOLD_PAGE) {
            visit_page_release(&player->visit, &player->metrics, player->now_ms);
        }
        input->hold = HOLD_NONE;
        player->touched = true;
        break;
    default:
        break;
    }
}

static void handle_all(struct player *player, const struct gesture_event *events, int count)
{
    for (int i = 0; i < count; i++) {
        handle(player, &events[i]);
    }
}

void input_tick(struct player *player)
{
    struct gesture_event events[3];
    handle_all(player, events, gesture_tick(&player->input.gesture, player->now_ms, events));
}

/* ---- other events */

static void wheel(struct player *player, const struct player_event *event)
{
    if (!isfinite(event->wheel) || event->wheel == 0 || visit_locked(&player->visit, player->now_ms) ||
        visit_touched(&player->visit, player->now_ms)) {
        player->touched = true;
        return;
    }
    take_hold(player, event->x_win, event->y_win);
    double steps = fmin(fmax(event->wheel, -20), 20);
    if (player->input.hold == HOLD_PAGE) {
        struct pointf about = in_view(player->input.page_win, event->x_win, event->y_win);
        visit_page_wheel(&player->visit, pow(WHEEL_ZOOM, steps), about, &player->metrics, player->now_ms);
        observe_act(player, ACTION_ZOOM);
    } else if (player->input.hold == HOLD_REGION) {
        visit_scroll(&player->visit, (enum visit_scroller)player->input.scroller,
            steps * player_units(player, WHEEL_UNITS), &player->metrics, player->now_ms);
    }
    player->input.hold = HOLD_NONE;
    player->touched = true;
}

static void resize(struct player *player, struct size window)
{
    struct gesture_event events[3];
    if (window.w <= 0 || window.h <= 0) {
        return;
    }
    handle_all(player, events, gesture_cancel(&player->input.gesture, events));
    player->window = window;
    player->input.gesture.slop_px = player_units(player, SLOP_UNITS);
    player->dirty = true;
}

static double clamped(double value, int limit)
{
    return !(value > 0) ? 0 : value < limit ? value : limit - 1;
}

/* The pen follows one finger; others mean nothing while it is down. True when the event was the pen's. */
static bool pen_takes(struct player *player, const struct player_event *event)
{
    struct input *input = &player->input;
    if (event->kind == PLAYER_FINGER_DOWN && !input->writing && player->visit.pen) {
        player_lay_out(player);
        int page = page_at(player, event->x_win, event->y_win), box = hit(player, event->x_win, event->y_win);
        bool on_page = page >= 0 && (box < 0 || player->tree.boxes[box].role == BOX_ZONE);
        struct rect win = on_page ? player->tree.boxes[page].rect : (struct rect){0};
        input->writing = on_page && visit_pen_down(&player->visit, in_view(win, event->x_win, event->y_win),
                                        &player->metrics, player->now_ms);
        input->page_win = input->writing ? win : input->page_win;
        input->pen = event->finger;
        player->touched = player->touched || input->writing;
        return input->writing;
    }
    if (!input->writing) {
        return false;
    }
    if (event->kind == PLAYER_FINGER_MOVE && event->finger == input->pen) {
        visit_pen_move(&player->visit, in_view(input->page_win, event->x_win, event->y_win), &player->metrics,
            player->now_ms);
        player->touched = true;
    } else if (event->kind == PLAYER_FINGERS_LOST || event->kind == PLAYER_RESIZE ||
               (event->kind == PLAYER_FINGER_UP && event->finger == input->pen)) {
        visit_pen_up(&player->visit);
        input->writing = false;
        return event->kind == PLAYER_FINGER_UP;
    }
    return event->kind == PLAYER_FINGER_DOWN || event->kind == PLAYER_FINGER_MOVE ||
           event->kind == PLAYER_FINGER_UP;
}

bool input_event(struct player *player, const struct player_event *event)
{
    struct gesture *gesture = &player->input.gesture;
    struct gesture_event events[3];
    double x = clamped(event->x_win, player->window.w), y = clamped(event->y_win, player->window.h);
    struct player_event inside = *event;
    inside.x_win = x;
    inside.y_win = y;
    int64_t now = player->now_ms;
    if (pen_takes(player, &inside)) {
        return false;
    }
    switch (event->kind) {
    case PLAYER_FINGER_DOWN:
        handle_all(player, events, gesture_down(gesture, event->finger, x, y, now, events));
        break;
    case PLAYER_FINGER_MOVE:
        handle_all(player, events, gesture_move(gesture, event->finger, x, y, now, events));
        break;
    case PLAYER_FINGER_UP:
        handle_all(player, events, gesture_up(gesture, event->finger, x, y, now, events));
        break;
    case PLAYER_FINGERS_LOST:
        handle_all(player, events, gesture_cancel(gesture, events));
        break;
    case PLAYER_WHEEL:
        wheel(player, &inside);
        break;
    case PLAYER_RESIZE:
        resize(player, event->window);
        break;
    case PLAYER_KEY:
        return !staff_key(player, event->key) && keys_press(player, event->key);
    case PLAYER_TEXT:
        keys_type(player, str_from(event->text));
        break;
    case PLAYER_RELOAD:
        break;
    }
    return false;
}
