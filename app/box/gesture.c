#include "box/gesture.h"

#include <math.h>
#include <string.h>

enum { VELOCITY_MS = 80, TRAIL_STEP_MS = 10 };
#define PINCH_LEAST_PX 8.0 /* fingers closer than this say nothing about a size */

/* What has been reported in one call. */
struct report {
    struct gesture_event *out;
    int count;
};

static struct gesture_event *add(struct report *report, enum gesture_kind kind, double x, double y)
{
    /* No call has more than three things to say; a fourth would overwrite the last rather than the caller's
     * memory. */
    struct gesture_event *event = &report->out[report->count < 3 ? report->count++ : 2];
    *event = (struct gesture_event){.kind = kind, .x = x, .y = y, .factor = 1.0};
    return event;
}

/* ---- fingers */

static bool active(const struct gesture_finger *finger)
{
    return finger->down && !finger->stuck;
}

static int active_count(const struct gesture *gesture)
{
    int count = 0;
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        count += active(&gesture->fingers[i]);
    }
    return count;
}

static struct gesture_finger *first_active(struct gesture *gesture)
{
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        if (active(&gesture->fingers[i])) {
            return &gesture->fingers[i];
        }
    }
    return NULL;
}

static struct gesture_finger *find_finger(struct gesture *gesture, int64_t id)
{
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        if (gesture->fingers[i].down && gesture->fingers[i].id == id) {
            return &gesture->fingers[i];
        }
    }
    return NULL;
}

/* A free place for a finger, if need be that of the finger that has been stuck longest. */
static struct gesture_finger *free_finger(struct gesture *gesture)
{
    struct gesture_finger *oldest = NULL;
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        struct gesture_finger *finger = &gesture->fingers[i];
        if (!finger->down) {
            return finger;
        }
        if (finger->stuck && (oldest == NULL || finger->moved_ms < oldest->moved_ms)) {
            oldest = finger;
        }
    }
    return oldest;
}

/* ---- velocity */

static void trail_start(struct gesture *gesture, double x, double y, int64_t now_ms)
{
    gesture->trail_count = 1;
    gesture->trail[0].x = x;
    gesture->trail[0].y = y;
    gesture->trail[0].ms = now_ms;
}

/* Keeps positions at least TRAIL_STEP_MS apart, the newest always, so that a fast panel does not leave a
 * trail of a few milliseconds. */
static void trail_add(struct gesture *gesture, double x, double y, int64_t now_ms)
{
    const int length = (int)(sizeof gesture->trail / sizeof gesture->trail[0]);
    int last = gesture->trail_count - 1;
    if (last < 1 || now_ms - gesture->trail[last - 1].ms >= TRAIL_STEP_MS) {
        last++;
    }
    if (last == length) {
        memmove(&gesture->trail[0], &gesture->trail[1], sizeof gesture->trail - sizeof gesture->trail[0]);
        last--;
    }
    gesture->trail[last].x = x;
    gesture->trail[last].y = y;
    gesture->trail[last].ms = now_ms;
    gesture->trail_count = last + 1;
}

static void trail_velocity(const struct gesture *gesture, int64_t now_ms, double *vx, double *vy)
{
    *vx = *vy = 0;
    int last = gesture->trail_count - 1, from = last;
    while (from > 0 && now_ms - gesture->trail[from - 1].ms <= VELOCITY_MS) {
        from--;
    }
    int64_t ms = last >= 0 ? gesture->trail[last].ms - gesture->trail[from].ms : 0;
    if (last < 1 || now_ms - gesture->trail[last].ms > VELOCITY_MS || ms <= 0) {
        return;
    }
    *vx = (gesture->trail[last].x - gesture->trail[from].x) * 1000.0 / (double)ms;
    *vy = (gesture->trail[last].y - gesture->trail[from].y) * 1000.0 / (double)ms;
}

/* ---- pinches */

/* The middle of all fingers and their mean distance from it. */
static void measure_pinch(const struct gesture *gesture, double *x, double *y, double *distance)
{
    double count = (double)active_count(gesture);
    *x = *y = *distance = 0;
    for (int i = 0; i < GESTURE_FINGERS && count > 0; i++) {
        if (active(&gesture->fingers[i])) {
            *x += gesture->fingers[i].x / count;
            *y += gesture->fingers[i].y / count;
        }
    }
    for (int i = 0; i < GESTURE_FINGERS && count > 0; i++) {
        if (active(&gesture->fingers[i])) {
            *distance += hypot(gesture->fingers[i].x - *x, gesture->fingers[i].y - *y) / count;
        }
    }
}

static void hold_pinch(struct gesture *gesture)
{
    gesture->state = GESTURE_PINCHING;
    measure_pinch(gesture, &gesture->pinch_x, &gesture->pinch_y, &gesture->pinch_distance);
}

static void move_pinch(struct gesture *gesture, struct report *report)
{
    double x, y, distance;
    measure_pinch(gesture, &x, &y, &distance);
    struct gesture_event *event = add(report, GESTURE_PINCH, x, y);
    event->dx = x - gesture->pinch_x;
    event->dy = y - gesture->pinch_y;
    if (distance >= PINCH_LEAST_PX && gesture->pinch_distance >= PINCH_LEAST_PX) {
        event->factor = distance / gesture->pinch_distance;
    }
    gesture->pinch_x = x;
    gesture->pinch_y = y;
    if (distance >= PINCH_LEAST_PX) {
        gesture->pinch_distance = distance;
    }
}

/* ---- from one state to another */

static void press(
    struct gesture *gesture, struct gesture_finger *finger, int64_t now_ms, struct report *report)
{
    gesture->state = GESTURE_PRESSED;
    trail_start(gesture, finger->x, finger->y, now_ms);
    struct gesture_event *event = add(report, GESTURE_PRESS, finger->x, finger->y);
    event->start_x = finger->x;
    event->start_y = finger->y;
}

/* What was going on with one finger is over without a result. */
static void interrupt(struct gesture *gesture, double x, double y, struct report *report)
{
    if (gesture->state == GESTURE_PRESSED) {
        add(report, GESTURE_CANCEL, x, y);
    } else if (gesture->state == GESTURE_DRAGGING) {
        add(report, GESTURE_DRAG_END, x, y);
    } else if (gesture->state == GESTURE_PINCHING) {
        add(report, GESTURE_PINCH_END, gesture->pinch_x, gesture->pinch_y);
    }
}

/* The number of fingers became smaller; `x`, `y` is where the one that left was. */
static void finger_left(struct gesture *gesture, double x, double y, int64_t now_ms, struct report *report)
{
    int count = active_count(gesture);
    if (gesture->state == GESTURE_PINCHING && count >= 2) {
        hold_pinch(gesture);
    } else if (gesture->state == GESTURE_PINCHING && count == 1) {
        interrupt(gesture, x, y, report);
        struct gesture_finger *stays = first_active(gesture);
        stays->start_x = stays->x;
        stays->start_y = stays->y;
        gesture->state = GESTURE_DRAGGING;
        trail_start(gesture, stays->x, stays->y, now_ms);
    } else if (count == 0) {
        interrupt(gesture, x, y, report);
        gesture->state = GESTURE_IDLE;
    }
}

static void tap(
    struct gesture *gesture, const struct gesture_finger *finger, int64_t now_ms, struct report *report)
{
    double reach = 2.0 * gesture->slop_px;
    bool second =
        gesture->last_tap_ms != INT64_MIN && now_ms - gesture->last_tap_ms <= GESTURE_DOUBLE_MS &&
        hypot(finger->start_x - gesture->last_tap_x, finger->start_y - gesture->last_tap_y) <= reach;
    struct gesture_event *event =
        add(report, second ? GESTURE_DOUBLE_TAP : GESTURE_TAP, finger->start_x, finger->start_y);
    event->start_x = finger->start_x;
    event->start_y = finger->start_y;
    gesture->last_tap_x = finger->start_x;
    gesture->last_tap_y = finger->start_y;
    gesture->last_tap_ms = second ? INT64_MIN : now_ms;
    gesture->state = GESTURE_IDLE;
}

static void end_drag(
    struct gesture *gesture, const struct gesture_finger *finger, int64_t now_ms, struct report *report)
{
    struct gesture_event *event = add(report, GESTURE_DRAG_END, finger->x, finger->y);
    event->start_x = finger->start_x;
    event->start_y = finger->start_y;
    trail_velocity(gesture, now_ms, &event->vx, &event->vy);
    gesture->state = GESTURE_IDLE;
}

/* Long presses and lost fingers, up to now. */
static void elapse(struct gesture *gesture, int64_t now_ms, struct report *report)
{
    struct gesture_finger *finger = first_active(gesture);
    if (gesture->state == GESTURE_PRESSED && finger != NULL && now_ms - finger->down_ms >= GESTURE_LONG_MS) {
        add(report, GESTURE_CANCEL, finger->x, finger->y);
        struct gesture_event *event = add(report, GESTURE_LONG_PRESS, finger->start_x, finger->start_y);
        event->start_x = finger->start_x;
        event->start_y = finger->start_y;
        gesture->state = GESTURE_SPENT;
    }
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        finger = &gesture->fingers[i];
        if (active(finger) && now_ms - finger->moved_ms >= GESTURE_LOST_MS) {
            finger->stuck = true;
            finger_left(gesture, finger->x, finger->y, now_ms, report);
        }
    }
}

/* ---- the contract */

void gesture_init(struct gesture *gesture, int slop_px)
{
    memset(gesture, 0, sizeof *gesture);
    gesture->slop_px = slop_px;
    gesture->last_tap_ms = INT64_MIN;
}

int gesture_down(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3])
{
    struct report report = {out, 0};
    if (!isfinite(x) || !isfinite(y)) {
        return 0;
    }
    elapse(gesture, now_ms, &report);
    struct gesture_finger *finger = find_finger(gesture, id);
    if (finger != NULL) {
        /* Its lift was lost. */
        bool was_active = active(finger);
        finger->down = false;
        if (was_active) {
            finger_left(gesture, finger->x, finger->y, now_ms, &report);
        }
    }
    finger = free_finger(gesture);
    if (finger == NULL) {
        return report.count;
    }
    *finger = (struct gesture_finger){id, true, false, x, y, x, y, now_ms, now_ms};
    int count = active_count(gesture);
    if (gesture->state == GESTURE_IDLE) {
        press(gesture, finger, now_ms, &report);
    } else if (gesture->state != GESTURE_SPENT && count >= 2) {
        if (gesture->state != GESTURE_PINCHING) {
            interrupt(gesture, x, y, &report);
        }
        hold_pinch(gesture);
    }
    return report.count;
}

static void drag(struct gesture *gesture, struct gesture_finger *finger, double dx, double dy, int64_t now_ms,
    struct report *report)
{
    trail_add(gesture, finger->x, finger->y, now_ms);
    struct gesture_event *event = add(report, GESTURE_DRAG, finger->x, finger->y);
    event->dx = dx;
    event->dy = dy;
    event->start_x = finger->start_x;
    event->start_y = finger->start_y;
}

static void move_finger(struct gesture *gesture, struct gesture_finger *finger, double x, double y,
    int64_t now_ms, struct report *report)
{
    double dx = x - finger->x, dy = y - finger->y;
    finger->x = x;
    finger->y = y;
    if (dx != 0 || dy != 0) {
        finger->moved_ms = now_ms;
    }
    if (gesture->state == GESTURE_PRESSED) {
        double slid = hypot(x - finger->start_x, y - finger->start_y);
        if (slid > gesture->slop_px) {
            add(report, GESTURE_CANCEL, x, y);
            gesture->state = GESTURE_DRAGGING;
            drag(gesture, finger, x - finger->start_x, y - finger->start_y, now_ms, report);
        } else {
            trail_add(gesture, x, y, now_ms);
        }
    } else if (gesture->state == GESTURE_DRAGGING && (dx != 0 || dy != 0)) {
        drag(gesture, finger, dx, dy, now_ms, report);
    } else if (gesture->state == GESTURE_PINCHING && (dx != 0 || dy != 0)) {
        move_pinch(gesture, report);
    }
}

int gesture_move(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3])
{
    struct report report = {out, 0};
    elapse(gesture, now_ms, &report);
    struct gesture_finger *finger = find_finger(gesture, id);
    if (finger != NULL && active(finger) && isfinite(x) && isfinite(y)) {
        move_finger(gesture, finger, x, y, now_ms, &report);
    }
    return report.count;
}

int gesture_up(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3])
{
    struct report report = {out, 0};
    elapse(gesture, now_ms, &report);
    struct gesture_finger *finger = find_finger(gesture, id);
    if (finger == NULL) {
        return report.count;
    }
    if (active(finger) && isfinite(x) && isfinite(y)) {
        move_finger(gesture, finger, x, y, now_ms, &report);
    }
    bool was_active = active(finger);
    finger->down = finger->stuck = false;
    if (!was_active) {
        return report.count;
    }
    if (gesture->state == GESTURE_PRESSED) {
        tap(gesture, finger, now_ms, &report);
    } else if (gesture->state == GESTURE_DRAGGING) {
        end_drag(gesture, finger, now_ms, &report);
    } else {
        finger_left(gesture, finger->x, finger->y, now_ms, &report);
    }
    return report.count;
}

int gesture_tick(struct gesture *gesture, int64_t now_ms, struct gesture_event out[3])
{
    struct report report = {out, 0};
    elapse(gesture, now_ms, &report);
    return report.count;
}

int64_t gesture_deadline(const struct gesture *gesture)
{
    int64_t deadline = INT64_MAX;
    for (int i = 0; i < GESTURE_FINGERS; i++) {
        const struct gesture_finger *finger = &gesture->fingers[i];
        if (!active(finger)) {
            continue;
        }
        int64_t at = finger->moved_ms + GESTURE_LOST_MS;
        if (gesture->state == GESTURE_PRESSED && finger->down_ms + GESTURE_LONG_MS < at) {
            at = finger->down_ms + GESTURE_LONG_MS;
        }
        deadline = at < deadline ? at : deadline;
    }
    return deadline;
}

int gesture_cancel(struct gesture *gesture, struct gesture_event out[3])
{
    struct report report = {out, 0};
    const struct gesture_finger *finger = first_active(gesture);
    interrupt(gesture, finger != NULL ? finger->x : 0, finger != NULL ? finger->y : 0, &report);
    gesture_init(gesture, gesture->slop_px);
    return report.count;
}
