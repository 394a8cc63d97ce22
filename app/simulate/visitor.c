#include "visitor.h"

#include "random.h"

#include <math.h>
#include <string.h>

#define HOUR_MS 3600000

void visitor_init(struct visitor *visitor, uint64_t seed)
{
    *visitor = (struct visitor){.random = seed};
}

static int any(struct visitor *visitor, int below)
{
    return random_below(&visitor->random, below);
}

static void add(struct visitor *visitor, int64_t delay_ms, struct player_event event)
{
    if (visitor->count < VISITOR_QUEUE) {
        visitor->queue[visitor->count++] = (struct step){.delay_ms = delay_ms, .event = event};
    }
}

static void add_wait(struct visitor *visitor, int64_t delay_ms)
{
    if (visitor->count < VISITOR_QUEUE) {
        visitor->queue[visitor->count++] = (struct step){.delay_ms = delay_ms, .waits = true};
    }
}

static void add_finger(struct visitor *visitor, int64_t delay_ms, enum player_event_kind kind, int64_t finger,
    double x, double y)
{
    add(visitor, delay_ms, (struct player_event){.kind = kind, .finger = finger, .x_win = x, .y_win = y});
}

/* Between two reports of a finger: several of them may come in one frame. */
static int64_t report_ms(struct visitor *visitor)
{
    return any(visitor, 4) == 0 ? 8 + any(visitor, 16) : 0;
}

/* ---- fingers on boxes */

static bool meant(const struct box_tree *tree, int box, double *x, double *y)
{
    struct rect seen = rect_intersect(tree->boxes[box].rect, tree->boxes[box].clip);
    if (tree->boxes[box].fragment_count > 0) {
        seen = rect_intersect(tree->boxes[box].fragments[0], tree->boxes[box].clip);
    }
    *x = seen.x + seen.w / 2.0;
    *y = seen.y + seen.h / 2.0;
    return cover_offers(tree, &tree->boxes[box]) && !rect_empty(seen) &&
           box_hit(tree, (int)*x, (int)*y, 0) == box;
}

static uint16_t *tried_of(struct visitor *visitor, const struct world *world, const struct box *box)
{
    int place = cover_place(player_visit(world->player));
    uint64_t hash = str_hash_words(STR_HASH_START + (uint64_t)place, box->id, strlen(box->id));
    return &visitor->tried[hash & (VISITOR_TRIED - 1)];
}

/* How little a box tempts: what it does was done here before, and it was touched here so often. A menu of
 * which a choice was never taken here tempts as if it had not been opened yet. */
static uint32_t staleness(struct visitor *visitor, const struct world *world, const struct box *box)
{
    const uint32_t *done = world->cover.done[cover_place(player_visit(world->player))];
    uint32_t tried = *tried_of(visitor, world, box);
    bool leads_on = box->action.verb == ACTION_MENU && done[ACTION_MOTION] == 0 && tried < 8 &&
                    str_equal_c(box->action.argument, "text-size");
    return tried + (done[box->action.verb] > 0 && !leads_on ? UINT32_C(1) << 16 : 0);
}

/* A box that acts: any, or, three times of four, the one that tempts most. */
static int choose_box(struct visitor *visitor, const struct world *world, double *x, double *y)
{
    const struct box_tree *tree = player_tree(world->player);
    bool curious = any(visitor, 4) > 0;
    int start = any(visitor, (int)tree->count), chosen = -1;
    uint32_t least = UINT32_MAX;
    for (int i = 0; i < (int)tree->count && (curious || chosen < 0); i++) {
        int box = (start + i) % (int)tree->count;
        double at_x, at_y;
        bool acts = tree->boxes[box].action.verb > 0;
        uint32_t stale = acts ? staleness(visitor, world, &tree->boxes[box]) : UINT32_MAX;
        if (stale < least && meant(tree, box, &at_x, &at_y)) {
            chosen = box;
            least = stale;
            *x = at_x;
            *y = at_y;
        }
    }
    if (chosen >= 0 && (least & UINT16_MAX) < UINT16_MAX) {
        ++*tried_of(visitor, world, &tree->boxes[chosen]);
    }
    return chosen;
}

static void tap(struct visitor *visitor, const struct world *world, int times)
{
    struct size window = player_tree(world->player)->window;
    double x = any(visitor, window.w), y = any(visitor, window.h);
    if (any(visitor, 10) > 0) {
        choose_box(visitor, world, &x, &y);
    }
    int64_t finger = 1 + any(visitor, 3);
    for (int i = 0; i < times; i++) {
        add_finger(visitor, 20 + any(visitor, 60), PLAYER_FINGER_DOWN, finger, x, y);
        add_finger(
            visitor, (int64_t)any(visitor, 4) * 20, PLAYER_FINGER_UP, finger, x + any(visitor, 5) - 2, y);
    }
    if (any(visitor, 3) == 0) {
        add_wait(visitor, 20 + any(visitor, 400));
    }
}

static void drag(struct visitor *visitor, const struct world *world)
{
    struct size window = player_tree(world->player)->window;
    double x = any(visitor, window.w), y = any(visitor, window.h);
    double dx = any(visitor, 121) - 60, dy = any(visitor, 121) - 60;
    int moves = 3 + any(visitor, 24);
    int64_t finger = 1 + any(visitor, 3);
    add_finger(visitor, 30, PLAYER_FINGER_DOWN, finger, x, y);
    for (int i = 0; i < moves; i++) {
        x += dx;
        y += dy;
        add_finger(visitor, report_ms(visitor), PLAYER_FINGER_MOVE, finger, x, y);
    }
    if (any(visitor, 30) > 0) { /* else the lift is lost, or the finger stays */
        add_finger(visitor, report_ms(visitor), PLAYER_FINGER_UP, finger, x, y);
    }
}

static void pinch(struct visitor *visitor, const struct world *world)
{
    struct size window = player_tree(world->player)->window;
    double x = any(visitor, window.w), y = any(visitor, window.h), apart = 40 + any(visitor, 400);
    double by = any(visitor, 61) - 30;
    int moves = 2 + any(visitor, 12);
    add_finger(visitor, 30, PLAYER_FINGER_DOWN, 4, x - apart / 2, y);
    add_finger(visitor, 0, PLAYER_FINGER_DOWN, 5, x + apart / 2, y);
    for (int i = 0; i < moves; i++) {
        apart += by;
        add_finger(visitor, report_ms(visitor), PLAYER_FINGER_MOVE, 4, x - apart / 2, y + i);
        add_finger(visitor, 0, PLAYER_FINGER_MOVE, 5, x + apart / 2, y - i);
    }
    add_finger(visitor, report_ms(visitor), PLAYER_FINGER_UP, 4, x - apart / 2, y);
    if (any(visitor, 10) > 0) {
        add_finger(visitor, report_ms(visitor), PLAYER_FINGER_UP, 5, x + apart / 2, y);
    }
}

/* What a broken panel says: fingers that were never put down, and places that are none. */
static void nonsense(struct visitor *visitor)
{
    static const double places[] = {-1, -1e9, 1e9, 100, 0, 5000};
    double x = places[any(visitor, 6)], y = any(visitor, 8) == 0 ? (double)NAN : places[any(visitor, 6)];
    enum player_event_kind kind = (enum player_event_kind)((int)PLAYER_FINGER_DOWN + any(visitor, 3));
    int64_t finger = any(visitor, 4) == 0 ? INT64_MAX : any(visitor, 14);
    add_finger(visitor, report_ms(visitor), kind, finger, x, any(visitor, 9) == 0 ? (double)INFINITY : y);
}

/* Long enough to lock the screen for cleaning. */
static void hold_bar_end(struct visitor *visitor, const struct world *world)
{
    struct size window = player_tree(world->player)->window;
    double x = window.w - 10, y = window.h - 10;
    add_finger(visitor, 30, PLAYER_FINGER_DOWN, 1, x, y);
    add_wait(visitor, 500 + (int64_t)any(visitor, 6) * 1000);
    add_finger(visitor, 100, PLAYER_FINGER_UP, 1, x, y);
    add_wait(visitor, (int64_t)any(visitor, 40) * 1000);
}

/* ---- everything else */

static void press_key(struct visitor *visitor)
{
    enum player_key last = KEY_LISTEN;
    enum player_key key = (enum player_key)((int)KEY_TAB + any(visitor, (int)last - (int)KEY_TAB + 1));
    int times = key <= KEY_SELECT ? 1 + any(visitor, 6) : 1;
    for (int i = 0; i < times; i++) {
        add(visitor, (int64_t)any(visitor, 2) * 60, (struct player_event){.kind = PLAYER_KEY, .key = key});
    }
    if (any(visitor, 3) == 0) {
        add(visitor, 50, (struct player_event){.kind = PLAYER_KEY, .key = KEY_SELECT});
    }
}

static void turn_wheel(struct visitor *visitor, const struct world *world)
{
    struct size window = player_tree(world->player)->window;
    add(visitor, 16,
        (struct player_event){.kind = PLAYER_WHEEL,
            .x_win = any(visitor, window.w),
            .y_win = any(visitor, window.h),
            .wheel = any(visitor, 40) == 0 ? (double)NAN : any(visitor, 9) - 4.0});
}

/* Another display is plugged in, or none is left of it. */
static void change_size(struct visitor *visitor)
{
    static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {1280, 800}, {3840, 2160},
        {768, 1366}, {1366, 768}, {1600, 1200}, {600, 1024}, {320, 200}, {1, 1}, {0, 0}, {4000, 90}};
    int count = (int)(sizeof sizes / sizeof sizes[0]), odd = 4;
    int which = any(visitor, any(visitor, 4) == 0 ? count : count - odd);
    add(visitor, 40, (struct player_event){.kind = PLAYER_RESIZE, .window = sizes[which]});
    if (sizes[which].w < 600) { /* nobody is to stay with that */
        add_wait(visitor, 40);
        add(visitor, 40, (struct player_event){.kind = PLAYER_RESIZE, .window = sizes[any(visitor, 4)]});
    }
}

static void wait_long(struct visitor *visitor)
{
    switch (any(visitor, 24)) {
    case 0:
        add_wait(visitor, (int64_t)HOUR_MS * (1 + any(visitor, 100))); /* a night, or the clock jumped */
        break;
    case 1:
    case 2:
    case 3:
        add_wait(visitor, 95000); /* the idle warning comes up ... */
        add_wait(visitor, (int64_t)any(visitor, 30) * 1000);
        break;
    default:
        add_wait(visitor, 1000 + any(visitor, 20000));
        break;
    }
}

/* Nobody touches anything until the warning comes up, and then it is answered. */
static void come_back(struct visitor *visitor)
{
    add_wait(visitor, 91000);
    visitor->answers = true;
}

/* What is up wants an answer: a choice of the menu, the warning. */
static bool wants_answer(struct visitor *visitor, const struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    bool warned = visitor->answers && visit->warning_ms != 0;
    visitor->answers = false;
    return warned || (visit->menu != MENU_NONE && any(visitor, 3) > 0);
}

static bool may_come_back(struct visitor *visitor, const struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    return visit->frame.mode != MODE_CLASSROOM && !player_by_itself(world->player) &&
           world->cover.done[cover_place(visit)][ACTION_STAY] == 0 && any(visitor, 20) == 0;
}

static void begin_movement(struct visitor *visitor, const struct world *world)
{
    int what = any(visitor, 1000);
    if (wants_answer(visitor, world)) {
        what = 0;
    } else if (may_come_back(visitor, world)) {
        what = 974;
    }
    if (what < 480) {
        tap(visitor, world, 1);
    } else if (what < 520) {
        tap(visitor, world, 2);
    } else if (what < 640) {
        drag(visitor, world);
    } else if (what < 690) {
        pinch(visitor, world);
    } else if (what < 870) {
        press_key(visitor);
    } else if (what < 910) {
        turn_wheel(visitor, world);
    } else if (what < 940) {
        nonsense(visitor);
    } else if (what < 950) {
        add(visitor, 20, (struct player_event){.kind = PLAYER_FINGERS_LOST});
    } else if (what < 953) {
        hold_bar_end(visitor, world);
    } else if (what < 957) {
        change_size(visitor);
    } else if (what < 958) {
        if (any(visitor, 4) == 0) { /* it takes as long as a thousand other events */
            add(visitor, 20, (struct player_event){.kind = PLAYER_RELOAD});
        }
    } else if (what < 970) {
        wait_long(visitor);
    } else if (what < 975) {
        come_back(visitor);
    } else {
        add_wait(visitor, 10 + any(visitor, 1500));
    }
}

struct step visitor_next(struct visitor *visitor, const struct world *world)
{
    while (visitor->at >= visitor->count) {
        visitor->at = visitor->count = 0;
        begin_movement(visitor, world);
    }
    return visitor->queue[visitor->at++];
}
