/* Sequences of fingers against the gestures they mean, written as short lines:
 *
 *     d1 100 100 @0     finger 1 down at (100, 100) at 0 ms; m: moves; u: lifts; t @500: a tick; c: all lost
 *
 * and what must come out: P press, X cancel, T tap, D double tap, L long press, M drag, E drag end, Z pinch,
 * z pinch end. */
#include "box/gesture.h"
#include "check.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { SLOP = 20 };

static char letter(enum gesture_kind kind)
{
    return "?PXTDLMEZz"[kind];
}

/* Plays `script`; writes the letters of what came out, and the last event. */
static void play(const char *script, char *out, size_t size, struct gesture_event *last)
{
    struct gesture gesture;
    size_t length = 0;
    gesture_init(&gesture, SLOP);
    while (*script != '\0') {
        struct gesture_event events[3];
        char kind = *script;
        int64_t finger = 0, ms = 0;
        double x = 0, y = 0;
        int used = 0, count = 0;
        if (kind == 't' || kind == 'c') {
            sscanf(script, "%*c @%" SCNd64 "%n", &ms, &used);
            count = kind == 't' ? gesture_tick(&gesture, ms, events) : gesture_cancel(&gesture, events);
        } else {
            sscanf(script, "%*c%" SCNd64 " %lf %lf @%" SCNd64 "%n", &finger, &x, &y, &ms, &used);
            count = kind == 'd'   ? gesture_down(&gesture, finger, x, y, ms, events)
                    : kind == 'm' ? gesture_move(&gesture, finger, x, y, ms, events)
                                  : gesture_up(&gesture, finger, x, y, ms, events);
        }
        if (used == 0) {
            fprintf(stderr, "cannot read \"%s\"\n", script);
            exit(1);
        }
        for (int i = 0; i < count && length + 1 < size; i++) {
            out[length++] = letter(events[i].kind);
            *last = events[i];
        }
        script += used;
        script += strspn(script, " ;");
    }
    out[length] = '\0';
}

static const struct {
    const char *name, *script, *events;
} cases[] = {
    {"tap", "d1 100 100 @0; u1 105 103 @90", "PT"},
    {"tap that wobbles within the slop", "d1 100 100 @0; m1 110 110 @20; m1 95 100 @40; u1 100 100 @60",
        "PT"},
    {"slides off", "d1 100 100 @0; m1 130 100 @50; u1 130 100 @60", "PXME"},
    {"slides off and comes back", "d1 100 100 @0; m1 130 100 @50; m1 100 100 @90; u1 100 100 @100", "PXMME"},
    {"lifts far away without a move", "d1 100 100 @0; u1 200 100 @90", "PXME"},
    {"double tap", "d1 100 100 @0; u1 100 100 @80; d1 104 100 @200; u1 104 100 @280", "PTPD"},
    {"two slow taps", "d1 100 100 @0; u1 100 100 @80; d1 100 100 @500; u1 100 100 @580", "PTPT"},
    {"two taps apart", "d1 100 100 @0; u1 100 100 @80; d1 300 100 @200; u1 300 100 @280", "PTPT"},
    {"three quick taps", "d1 9 9 @0; u1 9 9 @50; d1 9 9 @100; u1 9 9 @150; d1 9 9 @200; u1 9 9 @250",
        "PTPDPT"},
    {"four quick taps",
        "d1 9 9 @0; u1 9 9 @50; d1 9 9 @100; u1 9 9 @150; d1 9 9 @200; u1 9 9 @250; d1 9 9 @300; u1 9 9 @340",
        "PTPDPTPD"},
    {"tap, drag, tap is no double tap", "d1 9 9 @0; u1 9 9 @20; d1 9 9 @40; m1 99 9 @60; u1 99 9 @70",
        "PTPXME"},
    {"long press", "d1 100 100 @0; t @2999; t @3000; u1 100 100 @3500", "PXL"},
    {"long press that is noticed at the lift", "d1 100 100 @0; u1 100 100 @3100", "PXL"},
    {"held just too short", "d1 100 100 @0; t @2999; u1 100 100 @2999", "PT"},
    {"a wobble does not prevent a long press", "d1 100 100 @0; m1 110 100 @1000; t @3000; u1 110 100 @3100",
        "PXL"},
    {"a drag is no long press", "d1 100 100 @0; m1 200 100 @1000; t @3000; u1 200 100 @3100", "PXME"},
    {"moving after a long press",
        "d1 100 100 @0; t @3000; m1 300 300 @3100; u1 300 300 @3200; d1 1 1 @3300; u1 1 1 @3350", "PXLPT"},
    {"pinch", "d1 100 100 @0; d2 200 100 @10; m2 300 100 @20; m1 50 100 @30; u1 50 100 @40; u2 300 100 @50",
        "PXZZzE"},
    {"pinch from a drag",
        "d1 100 100 @0; m1 200 100 @20; d2 300 100 @40; m2 400 100 @60; u2 400 100 @80; u1 200 100 @90",
        "PXMEZzE"},
    {"the finger that stays drags",
        "d1 100 100 @0; d2 200 100 @0; u1 100 100 @20; m2 250 100 @40; u2 250 100 @60", "PXzME"},
    {"three fingers",
        "d1 0 0 @0; d2 100 0 @0; d3 50 90 @0; m3 50 200 @20; u3 50 200 @30; m2 150 0 @40; u2 150 0 @50; u1 0 "
        "0 @60",
        "PXZZzE"},
    {"a second finger in the same place",
        "d1 100 100 @0; d2 100 100 @0; m2 100 102 @10; u2 100 102 @20; u1 100 100 @30", "PXZzE"},
    {"all lost while pressed", "d1 100 100 @0; c @10; u1 100 100 @20; d1 5 5 @30; u1 5 5 @40", "PXPT"},
    {"all lost while dragging", "d1 100 100 @0; m1 200 100 @10; c @20; m1 300 100 @30", "PXME"},
    {"all lost while pinching", "d1 100 100 @0; d2 200 100 @0; c @20; u2 200 100 @40", "PXz"},
    {"all lost while nothing is there", "c @0; c @10", ""},
    {"moves and lifts of unknown fingers",
        "m7 1 1 @0; u7 1 1 @1; d1 5 5 @10; m7 500 500 @20; u7 5 5 @30; u1 5 5 @40", "PT"},
    {"a doubled down is a lost lift", "d1 100 100 @0; d1 300 300 @100; u1 300 300 @150", "PXPT"},
    {"a doubled down while dragging", "d1 100 100 @0; m1 200 100 @10; d1 300 300 @100; u1 300 300 @150",
        "PXMEPT"},
    {"a doubled down while pinching",
        "d1 100 100 @0; d2 200 100 @0; d2 300 100 @10; m2 400 100 @20; u1 100 100 @30; u2 400 100 @40",
        "PXzEZzE"},
    {"a stuck finger is ignored",
        "d1 100 100 @0; t @3000; t @10000; d2 400 400 @10500; u2 400 400 @10600; u1 100 100 @10700", "PXLPT"},
    {"a stuck finger that moves is ignored still",
        "d1 100 100 @0; t @3000; t @10000; m1 300 300 @10100; d2 400 400 @10500; m1 9 9 @10550; u2 400 400 "
        "@10600",
        "PXLPT"},
    {"a drag that rests too long is over",
        "d1 100 100 @0; m1 200 100 @100; t @10099; t @10100; u1 200 100 @11000", "PXME"},
    {"one of two is stuck",
        "d1 100 100 @0; d2 200 100 @0; m2 300 100 @9000; t @10000; m2 350 100 @10100; u2 350 100 @10200",
        "PXZzME"},
    {"after being stuck it works again", "d1 5 5 @0; t @10000; u1 5 5 @11000; d1 5 5 @12000; u1 5 5 @12050",
        "PXLPT"},
};

static void sequences(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[64];
        struct gesture_event last = {0};
        play(cases[i].script, out, sizeof out, &last);
        CHECK_THAT(strcmp(out, cases[i].events) == 0, "%s: %s, not %s", cases[i].name, out, cases[i].events);
    }
}

static void a_tap_is_where_it_came_down(void)
{
    char out[64];
    struct gesture_event last = {0};
    play("d1 100 100 @0; u1 112 95 @90", out, sizeof out, &last);
    CHECK(last.x == 100 && last.y == 100);
}

static void drags_add_up(void)
{
    struct gesture gesture;
    struct gesture_event events[3];
    double x = 0, y = 0;
    gesture_init(&gesture, SLOP);
    gesture_down(&gesture, 1, 100, 100, 0, events);
    for (int i = 1; i <= 50; i++) {
        int count = gesture_move(&gesture, 1, 100 + 3 * i, 100 - i, 16 * i, events);
        for (int e = 0; e < count; e++) {
            if (events[e].kind == GESTURE_DRAG) {
                x += events[e].dx;
                y += events[e].dy;
                CHECK(events[e].start_x == 100 && events[e].start_y == 100);
            }
        }
    }
    CHECK(x == 150 && y == -50);
}

static void velocity_is_of_the_last_moments(void)
{
    char out[64];
    struct gesture_event last = {0};
    /* Slow first, then 10 px every 10 ms. */
    play("d1 0 0 @0; m1 30 0 @1000; m1 40 0 @1010; m1 50 0 @1020; m1 60 0 @1030; m1 70 0 @1040; m1 80 0 "
         "@1050; u1 80 0 @1055",
        out, sizeof out, &last);
    CHECK_INT(last.kind, GESTURE_DRAG_END);
    CHECK_THAT(fabs(last.vx - 1000) < 1 && last.vy == 0, "%f %f", last.vx, last.vy);
    /* It rested before it lifted. */
    play("d1 0 0 @0; m1 50 0 @20; m1 100 0 @40; u1 100 0 @200", out, sizeof out, &last);
    CHECK(last.vx == 0 && last.vy == 0);
    /* All in one millisecond: no division by nothing. */
    play("d1 0 0 @0; m1 50 0 @0; u1 100 0 @0", out, sizeof out, &last);
    CHECK(last.vx == 0 && last.vy == 0);
}

static void a_fast_panel_gives_the_same_velocity(void)
{
    struct gesture gesture;
    struct gesture_event events[3] = {{0}};
    gesture_init(&gesture, SLOP);
    gesture_down(&gesture, 1, 0, 0, 0, events);
    for (int ms = 1; ms <= 500; ms++) {
        gesture_move(&gesture, 1, 0, 2.0 * ms, ms, events);
    }
    CHECK_INT(gesture_up(&gesture, 1, 0, 1000, 501, events), 1);
    CHECK_THAT(fabs(events[0].vy - 2000) < 50, "%f", events[0].vy);
}

static void pinches_scale_and_move(void)
{
    char out[64];
    struct gesture_event last = {0};
    play("d1 100 100 @0; d2 200 100 @10; m2 300 100 @20", out, sizeof out, &last);
    CHECK_INT(last.kind, GESTURE_PINCH);
    CHECK_THAT(fabs(last.factor - 2) < 1e-9, "%f", last.factor);
    CHECK(last.x == 200 && last.y == 100 && last.dx == 50 && last.dy == 0);
    /* A third finger changes neither size nor place until it moves. */
    play("d1 100 100 @0; d2 200 100 @10; d3 150 400 @20; m3 150 401 @30", out, sizeof out, &last);
    CHECK_THAT(fabs(last.factor - 1) < 0.01, "%f", last.factor);
    CHECK(fabs(last.dy) < 1);
    /* Fingers that meet say nothing about a size. */
    play("d1 100 100 @0; d2 101 100 @10; m2 500 100 @20", out, sizeof out, &last);
    CHECK(last.factor == 1);
}

static void deadlines_are_exact(void)
{
    struct gesture gesture;
    struct gesture_event events[3];
    gesture_init(&gesture, SLOP);
    CHECK(gesture_deadline(&gesture) == INT64_MAX);
    gesture_down(&gesture, 1, 5, 5, 1000, events);
    CHECK_INT(gesture_deadline(&gesture), 1000 + GESTURE_LONG_MS);
    CHECK_INT(gesture_tick(&gesture, 1000 + GESTURE_LONG_MS - 1, events), 0);
    CHECK_INT(gesture_tick(&gesture, 1000 + GESTURE_LONG_MS, events), 2);
    CHECK_INT(gesture_deadline(&gesture), 1000 + GESTURE_LOST_MS);
    gesture_tick(&gesture, 1000 + GESTURE_LOST_MS, events);
    CHECK(gesture_deadline(&gesture) == INT64_MAX);
}

static void eleven_fingers(void)
{
    struct gesture gesture;
    struct gesture_event events[3];
    gesture_init(&gesture, SLOP);
    for (int i = 0; i < 11; i++) {
        gesture_down(&gesture, i, 50.0 * i, 0, i, events);
    }
    CHECK_INT(gesture_move(&gesture, 10, 900, 900, 20, events), 0);
    CHECK_INT(gesture_up(&gesture, 10, 900, 900, 30, events), 0);
    for (int i = 0; i < 10; i++) {
        gesture_up(&gesture, i, 50.0 * i, 0, 40, events);
    }
    CHECK_INT(gesture_down(&gesture, 1, 5, 5, 50, events), 1);
    CHECK_INT(events[0].kind, GESTURE_PRESS);
}

static void ten_stuck_fingers_leave_room_for_one(void)
{
    struct gesture gesture;
    struct gesture_event events[3];
    gesture_init(&gesture, SLOP);
    for (int i = 0; i < 10; i++) {
        gesture_down(&gesture, i, 50.0 * i, 0, i, events);
    }
    gesture_tick(&gesture, 20000, events);
    CHECK_INT(gesture_down(&gesture, 77, 5, 5, 20100, events), 1);
    CHECK_INT(gesture_up(&gesture, 77, 5, 5, 20200, events), 1);
    CHECK_INT(events[0].kind, GESTURE_TAP);
}

static void numbers_that_are_none(void)
{
    struct gesture gesture;
    struct gesture_event events[3];
    gesture_init(&gesture, SLOP);
    CHECK_INT(gesture_down(&gesture, 1, NAN, 5, 0, events), 0);
    gesture_down(&gesture, 1, 5, 5, 0, events);
    CHECK_INT(gesture_move(&gesture, 1, INFINITY, 5, 10, events), 0);
    CHECK_INT(gesture_up(&gesture, 1, NAN, NAN, 20, events), 1);
    CHECK_INT(events[0].kind, GESTURE_TAP);
}

/* ---- any sequence at all */

/* What must hold after every event: what was begun is ended before another begins. */
struct watch {
    bool pressed, dragging, pinching;
    long events, bad;
};

static void watch(struct watch *w, const struct gesture_event *e)
{
    bool sound = isfinite(e->x) && isfinite(e->y) && isfinite(e->dx) && isfinite(e->dy) && isfinite(e->vx) &&
                 isfinite(e->vy) && isfinite(e->factor) && e->factor > 0;
    bool free = !w->pressed && !w->dragging && !w->pinching;
    bool good = false;
    switch (e->kind) {
    case GESTURE_PRESS:
        good = free;
        w->pressed = true;
        break;
    case GESTURE_CANCEL:
    case GESTURE_TAP:
    case GESTURE_DOUBLE_TAP:
        good = w->pressed;
        w->pressed = false;
        break;
    case GESTURE_LONG_PRESS:
        good = free;
        break;
    case GESTURE_DRAG:
        good = !w->pressed && !w->pinching;
        w->dragging = true;
        break;
    case GESTURE_DRAG_END:
        good = !w->pressed && !w->pinching;
        w->dragging = false;
        break;
    case GESTURE_PINCH:
        good = !w->pressed && !w->dragging;
        w->pinching = true;
        break;
    case GESTURE_PINCH_END:
        good = !w->pressed && !w->dragging;
        w->pinching = false;
        break;
    default:
        break;
    }
    w->events++;
    w->bad += !(good && sound);
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void survives_a_million_events(void)
{
    struct gesture gesture;
    struct watch w = {0};
    uint64_t random = 20500513;
    int64_t now = 0;
    gesture_init(&gesture, SLOP);
    for (int i = 0; i < 1000000; i++) {
        struct gesture_event events[3];
        uint32_t r = next_random(&random);
        int64_t finger = next_random(&random) % 13;
        double x = next_random(&random) % 1920, y = next_random(&random) % 1080;
        now += r % 97 == 0 ? next_random(&random) % 12000 : next_random(&random) % 30;
        int count;
        if (r % 16 < 5) {
            count = gesture_down(&gesture, finger, x, y, now, events);
        } else if (r % 16 < 10) {
            count = gesture_up(&gesture, finger, x, y, now, events);
        } else if (r % 16 < 14) {
            count = gesture_move(&gesture, finger, x, y, now, events);
        } else if (r % 1024 != 15) {
            count = gesture_tick(&gesture, now, events);
        } else {
            count = gesture_cancel(&gesture, events);
        }
        CHECK(count >= 0 && count <= 3);
        for (int e = 0; e < count; e++) {
            watch(&w, &events[e]);
        }
        int64_t deadline = gesture_deadline(&gesture);
        if (deadline <= now) {
            w.bad++; /* what is due has been done */
        }
        if (w.bad != 0) {
            break;
        }
    }
    CHECK_INT(w.bad, 0);
    CHECK(w.events > 100000);
    struct gesture_event events[3];
    int count = gesture_cancel(&gesture, events);
    for (int e = 0; e < count; e++) {
        watch(&w, &events[e]);
    }
    CHECK(!w.pressed && !w.dragging && !w.pinching);
    CHECK(gesture_deadline(&gesture) == INT64_MAX);
}

int main(void)
{
    RUN(sequences);
    RUN(a_tap_is_where_it_came_down);
    RUN(drags_add_up);
    RUN(velocity_is_of_the_last_moments);
    RUN(a_fast_panel_gives_the_same_velocity);
    RUN(pinches_scale_and_move);
    RUN(deadlines_are_exact);
    RUN(eleven_fingers);
    RUN(ten_stuck_fingers_leave_room_for_one);
    RUN(numbers_that_are_none);
    RUN(survives_a_million_events);
    return check_report();
}
