/* From fingers to gestures: a pure state machine. Positions are window pixels, times milliseconds of one
 * monotonic clock. */
#ifndef BOX_GESTURE_H
#define BOX_GESTURE_H

#include <stdbool.h>
#include <stdint.h>

#define GESTURE_FINGERS 10

enum gesture_kind {
    GESTURE_NONE,
    GESTURE_PRESS,      /* a first finger came down at (x, y): show it */
    GESTURE_CANCEL,     /* the press is none: it slid, a second finger came, or it was lost */
    GESTURE_TAP,        /* released where it was pressed; (x, y) is where it came down */
    GESTURE_DOUBLE_TAP, /* the second of two taps, instead of its TAP (the first was reported as one): a tap
                           where it means nothing more */
    GESTURE_LONG_PRESS, /* held for GESTURE_LONG_MS without moving; a CANCEL went before, no tap follows */
    GESTURE_DRAG, /* one finger moved by (dx, dy) since the last report; (start_x, start_y) is where it came
                     down */
    GESTURE_DRAG_END, /* with velocity (vx, vy) px/s, 0 when it rested before lifting */
    GESTURE_PINCH, /* two fingers or more: scaled by factor about (x, y), where they now are, having moved by
                      (dx, dy) */
    GESTURE_PINCH_END /* a finger that stays goes on as a drag */
};

struct gesture_event {
    enum gesture_kind kind;
    double x, y, dx, dy, vx, vy, factor;
    double start_x, start_y;
};

#define GESTURE_LONG_MS 3000
#define GESTURE_DOUBLE_MS 350
#define GESTURE_LOST_MS 10000 /* a finger that neither moves nor lifts is stuck, ignored until it lifts */

struct gesture_finger {
    int64_t id;
    bool down, stuck;
    double x, y, start_x, start_y;
    int64_t down_ms, moved_ms;
};

struct gesture {
    struct gesture_finger fingers[GESTURE_FINGERS];
    int slop_px; /* how far a finger may slide and still tap */
    enum { GESTURE_IDLE, GESTURE_PRESSED, GESTURE_DRAGGING, GESTURE_PINCHING, GESTURE_SPENT } state;
    double last_tap_x, last_tap_y;
    int64_t last_tap_ms;
    struct {
        double x, y;
        int64_t ms;
    } trail[8]; /* the last positions, for velocity */
    int trail_count;
    double pinch_x, pinch_y, pinch_distance;
};

void gesture_init(struct gesture *gesture, int slop_px);
/* Each returns how many events it wrote (at most 3). Coordinates out of the window are clamped by the caller.
 * Unknown fingers, fingers past the tenth and doubled downs are survived. */
int gesture_down(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3]);
int gesture_move(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3]);
int gesture_up(
    struct gesture *gesture, int64_t id, double x, double y, int64_t now_ms, struct gesture_event out[3]);
/* Time passes: long presses and lost fingers. */
int gesture_tick(struct gesture *gesture, int64_t now_ms, struct gesture_event out[3]);
/* When the next tick is needed, or INT64_MAX. */
int64_t gesture_deadline(const struct gesture *gesture);
/* All fingers are gone (window lost, display unplugged). */
int gesture_cancel(struct gesture *gesture, struct gesture_event out[3]);

#endif
