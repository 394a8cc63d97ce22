#include "runner.h"

#include "box/box.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FIRST_FINGER 100000 /* of motions and taps, beyond those that a script may number */
#define PINCH_MOST 6.0      /* of one spread of two fingers; larger factors take several */

void runner_start(struct runner *runner, int64_t now_ms)
{
    runner->started = true;
    runner->start_ms = now_ms;
}

static void send_finger(
    struct runner *runner, enum player_event_kind kind, int64_t finger, struct pointf at_win)
{
    struct player_event event = {.kind = kind, .finger = finger, .x_win = at_win.x, .y_win = at_win.y};
    runner->host.send(runner->host.context, &event);
}

static void fail(struct runner *runner, const struct script_step *step, const char *format, const char *word)
{
    error_set_at(&runner->err, ERROR_INPUT, runner->script.name, step->line, 0, format, word);
}

static struct pointf to_win(const struct runner *runner, double x, double y)
{
    return (struct pointf){x * runner->window.w, y * runner->window.h};
}

/* ---- taps on boxes */

static bool hits(const struct box_tree *tree, int box, double x, double y)
{
    return box_hit(tree, (int)x, (int)y, 0) == box;
}

/* A point of the rectangle at which a finger means the box: its middle, or, where something lies over that,
 * somewhere else in it. */
static bool find_in(const struct box_tree *tree, int box, struct rect r, struct pointf *at_win)
{
    static const double order[] = {0.5, 0.25, 0.75, 0.1, 0.9};
    const size_t count = sizeof order / sizeof order[0];
    r = rect_intersect(
        r, rect_intersect(tree->boxes[box].clip, (struct rect){0, 0, tree->window.w, tree->window.h}));
    for (size_t i = 0; !rect_empty(r) && i < count * count; i++) {
        double x = floor(r.x + order[i % count] * r.w), y = floor(r.y + order[i / count] * r.h);
        if (hits(tree, box, x, y)) {
            *at_win = (struct pointf){x + 0.5, y + 0.5};
            return true;
        }
    }
    return false;
}

static bool find_point(const struct box_tree *tree, int box, struct pointf *at_win)
{
    const struct box *b = &tree->boxes[box];
    for (size_t i = 0; i < b->fragment_count; i++) {
        if (find_in(tree, box, b->fragments[i], at_win)) {
            return true;
        }
    }
    return find_in(tree, box, b->rect, at_win);
}

static void tap(struct runner *runner, const struct script_step *step, int64_t now_ms)
{
    struct pointf at_win = to_win(runner, step->n[0], step->n[1]);
    if (step->text != NULL) {
        player_update(runner->player, now_ms);
        const struct box_tree *tree = player_tree(runner->player);
        int box = box_find(tree, step->text);
        if (box < 0) {
            fail(runner, step, "there is no box \"%s\" on this screen", step->text);
            return;
        }
        if (!find_point(tree, box, &at_win)) {
            fail(runner, step,
                "the box \"%s\" cannot be touched: it has no action, or is out of view, or something lies "
                "over it",
                step->text);
            return;
        }
    }
    send_finger(runner, PLAYER_FINGER_DOWN, FIRST_FINGER, at_win);
    send_finger(runner, PLAYER_FINGER_UP, FIRST_FINGER, at_win);
}

/* ---- motions */

static int64_t finger_of(const struct runner *runner, const struct motion *motion, int finger)
{
    return FIRST_FINGER + 1 + 2 * (int64_t)(motion - runner->motions) + finger;
}

static struct pointf position(const struct motion *motion, int finger, double t)
{
    struct pointf a = motion->from[finger], b = motion->to[finger];
    if (motion->widening) {
        double whole = hypot(motion->to[1].x - motion->to[0].x, motion->to[1].y - motion->to[0].y);
        double start = hypot(motion->from[1].x - motion->from[0].x, motion->from[1].y - motion->from[0].y);
        double now = start * pow(whole / start, t);
        t = whole != start ? (now - start) / (whole - start) : t;
    }
    return (struct pointf){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

static void begin(struct runner *runner, struct motion *motion, int64_t now_ms)
{
    motion->start_ms = motion->moved_ms = now_ms;
    for (int i = 0; i < motion->fingers; i++) {
        send_finger(runner, PLAYER_FINGER_DOWN, finger_of(runner, motion, i), motion->from[i]);
    }
}

static void move(struct runner *runner, struct motion *motion, int64_t now_ms)
{
    int64_t passed = now_ms - motion->start_ms;
    bool over = passed >= motion->duration_ms;
    double t = over ? 1 : (double)passed / (double)motion->duration_ms;
    for (int i = 0; i < motion->fingers; i++) {
        send_finger(runner, PLAYER_FINGER_MOVE, finger_of(runner, motion, i), position(motion, i, t));
    }
    for (int i = 0; over && i < motion->fingers; i++) {
        send_finger(runner, PLAYER_FINGER_UP, finger_of(runner, motion, i), position(motion, i, 1));
    }
    motion->moved_ms = now_ms;
    if (over && motion->repeats-- > 0) {
        begin(runner, motion, now_ms);
    } else {
        motion->running = !over;
    }
}

static void start_motion(
    struct runner *runner, const struct script_step *step, struct motion motion, int64_t now_ms)
{
    struct motion *slot = NULL;
    for (int i = 0; i < MOTIONS && slot == NULL; i++) {
        slot = runner->motions[i].running ? NULL : &runner->motions[i];
    }
    if (slot == NULL) {
        fail(runner, step, "too many drags and pinches at the same time: %s", "let one of them end first");
        return;
    }
    *slot = motion;
    slot->running = true;
    begin(runner, slot, now_ms);
}

static void drag(struct runner *runner, const struct script_step *step, int64_t now_ms)
{
    struct motion motion = {.fingers = 1, .duration_ms = (int64_t)step->n[4]};
    motion.from[0] = to_win(runner, step->n[0], step->n[1]);
    motion.to[0] = to_win(runner, step->n[2], step->n[3]);
    start_motion(runner, step, motion, now_ms);
}

/* Two fingers side by side about the centre, as far apart at their widest as the window allows. */
static void pinch(struct runner *runner, const struct script_step *step, int64_t now_ms)
{
    struct pointf centre = to_win(runner, step->n[0], step->n[1]);
    int rounds = (int)ceil(fabs(log(step->n[2])) / log(PINCH_MOST));
    rounds = rounds > 1 ? rounds : 1;
    double factor = pow(step->n[2], 1.0 / rounds);
    double room_x = fmin(centre.x, runner->window.w - centre.x),
           room_y = fmin(centre.y, runner->window.h - centre.y);
    bool along_x = room_x >= room_y;
    double wide = 0.95 * (along_x ? room_x : room_y), narrow = wide * fmin(factor, 1 / factor);
    double from = factor > 1 ? narrow : wide, to = factor > 1 ? wide : narrow;
    struct motion motion = {.fingers = 2,
        .duration_ms = (int64_t)step->n[3] / rounds,
        .widening = from != to && narrow > 0,
        .repeats = rounds - 1};
    for (int i = 0; i < 2; i++) {
        double side = i == 0 ? -1 : 1;
        double dx = along_x ? side : 0, dy = along_x ? 0 : side;
        motion.from[i] = (struct pointf){centre.x + dx * from, centre.y + dy * from};
        motion.to[i] = (struct pointf){centre.x + dx * to, centre.y + dy * to};
    }
    start_motion(runner, step, motion, now_ms);
}

/* ---- steps */

static void look(struct runner *runner, const struct script_step *step, int64_t now_ms)
{
    struct camera camera = {.x_page = step->n[0], .y_page = step->n[1], .scale = step->n[2]};
    player_look(runner->player, camera, (int64_t)step->n[3], now_ms);
    runner->jumped = runner->jumped || step->n[3] <= 0;
}

/* Where the script left this finger; a new finger takes the place of one that it has not used for longest. */
static struct raw_finger *raw_finger(struct runner *runner, int64_t finger)
{
    struct raw_finger found = {.finger = finger};
    int at = RAW_FINGERS - 1;
    for (int i = 0; i < RAW_FINGERS; i++) {
        if (runner->raw[i].finger == finger) {
            found = runner->raw[i];
            at = i;
            break;
        }
    }
    memmove(&runner->raw[1], &runner->raw[0], (size_t)at * sizeof runner->raw[0]);
    runner->raw[0] = found;
    return &runner->raw[0];
}

static void send_raw(struct runner *runner, const struct script_step *step, enum player_event_kind kind)
{
    struct raw_finger *raw = raw_finger(runner, (int64_t)step->n[0]);
    if (step->count > 1) {
        raw->at_win = to_win(runner, step->n[1], step->n[2]);
    }
    send_finger(runner, kind, raw->finger, raw->at_win);
}

static void send_other(struct runner *runner, const struct script_step *step)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = step->key};
    if (step->verb == SCRIPT_WHEEL) {
        struct pointf at_win = to_win(runner, step->n[0], step->n[1]);
        event = (struct player_event){
            .kind = PLAYER_WHEEL, .x_win = at_win.x, .y_win = at_win.y, .wheel = step->n[2]};
    } else if (step->verb == SCRIPT_TYPE) {
        event = (struct player_event){.kind = PLAYER_TEXT};
        snprintf(event.text, sizeof event.text, "%s", step->text);
    } else if (step->verb == SCRIPT_RESIZE) {
        event = (struct player_event){.kind = PLAYER_RESIZE, .window = {(int)step->n[0], (int)step->n[1]}};
    }
    runner->host.send(runner->host.context, &event);
}

static void play(struct runner *runner, const struct script_step *step, int64_t now_ms)
{
    switch (step->verb) {
    case SCRIPT_GO:
        player_go(runner->player, &step->place, now_ms);
        break;
    case SCRIPT_WAIT:
        runner->waiting = true;
        runner->waiting_since_ms = now_ms;
        break;
    case SCRIPT_TAP:
        tap(runner, step, now_ms);
        break;
    case SCRIPT_DRAG:
        drag(runner, step, now_ms);
        break;
    case SCRIPT_PINCH:
        pinch(runner, step, now_ms);
        break;
    case SCRIPT_LOOK:
        look(runner, step, now_ms);
        break;
    case SCRIPT_DOWN:
        send_raw(runner, step, PLAYER_FINGER_DOWN);
        break;
    case SCRIPT_MOVE:
        send_raw(runner, step, PLAYER_FINGER_MOVE);
        break;
    case SCRIPT_UP:
        send_raw(runner, step, PLAYER_FINGER_UP);
        break;
    case SCRIPT_SCREENSHOT:
        runner->screenshot = step->text;
        break;
    case SCRIPT_QUIT:
        runner->quit = true;
        break;
    default:
        send_other(runner, step);
        break;
    }
}

static int64_t due(const struct runner *runner)
{
    bool blocked = !runner->started || runner->waiting || runner->screenshot != NULL || runner->quit ||
                   runner->next >= runner->script.count || runner->err.category != ERROR_NONE;
    return blocked ? INT64_MAX : runner->start_ms + runner->script.steps[runner->next].ms;
}

/* Moves come 60 times a second, as those of a touch panel do at least. */
static int64_t next_move(const struct motion *motion)
{
    int64_t frame = (motion->moved_ms - motion->start_ms) * 60 / 1000 + 1;
    int64_t next = motion->start_ms + (frame * 1000 + 59) / 60, end = motion->start_ms + motion->duration_ms;
    return next < end ? next : end;
}

void runner_step(struct runner *runner, int64_t now_ms)
{
    runner->jumped = false;
    for (int i = 0; i < MOTIONS; i++) {
        if (runner->motions[i].running && now_ms >= next_move(&runner->motions[i])) {
            move(runner, &runner->motions[i], now_ms);
        }
    }
    if (now_ms >= due(runner)) {
        play(runner, &runner->script.steps[runner->next++], now_ms);
    }
}

int64_t runner_deadline(const struct runner *runner, int64_t now_ms)
{
    int64_t next = due(runner);
    for (int i = 0; i < MOTIONS; i++) {
        if (runner->motions[i].running && next_move(&runner->motions[i]) < next) {
            next = next_move(&runner->motions[i]);
        }
    }
    if (runner->waiting && runner->waiting_since_ms + RUNNER_WAIT_MS < next) {
        next = runner->waiting_since_ms + RUNNER_WAIT_MS;
    }
    return next > now_ms ? next : now_ms;
}

bool runner_done(const struct runner *runner)
{
    bool moving = false;
    for (int i = 0; i < MOTIONS; i++) {
        moving = moving || runner->motions[i].running;
    }
    return runner->quit || runner->err.category != ERROR_NONE ||
           (runner->started && runner->next >= runner->script.count && !moving && !runner->waiting &&
               runner->screenshot == NULL);
}

void runner_settle(struct runner *runner, bool ready, int64_t now_ms)
{
    if (runner->waiting && (ready || now_ms - runner->waiting_since_ms >= RUNNER_WAIT_MS)) {
        runner->waiting = false;
        runner->start_ms += now_ms - runner->waiting_since_ms;
    }
    if (runner->screenshot != NULL) {
        struct error err = {0};
        if (!runner->host.screenshot(runner->host.context, runner->screenshot, &err)) {
            runner->err = err;
        }
        runner->screenshot = NULL;
    }
}
