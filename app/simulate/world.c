#include "world.h"

#include "rules.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define START_MS 1000
#define FRAME_MS 16
#define WALK_MAX 2 /* moments of a wait that are looked at */
#define MEMORY_EVERY 256
#define SLOP_UNITS 2.0

bool world_break(struct world *world, const char *rule, const char *format, ...)
{
    if (!world->broken) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(world->message, sizeof world->message, format, arguments);
        va_end(arguments);
        snprintf(world->rule, sizeof world->rule, "%s", rule);
        world->broken = true;
    }
    return false;
}

/* Most runs are of a kiosk; every fourth is of one of the other modes. */
static enum visit_mode mode_of(uint64_t seed)
{
    switch (seed % 8) {
    case 3:
        return MODE_CLASSROOM;
    case 7:
        return MODE_DEMO;
    default:
        return MODE_KIOSK;
    }
}

static void nobody_sleeps(void *context)
{
    (void)context;
}

bool world_open(struct world *world, const struct simulate_options *options, struct error *err)
{
    *world = (struct world){.options = options,
        .mode = mode_of(options->seed),
        .now_ms = START_MS,
        .digest = STR_HASH_START,
        .probe = options->seed ^ UINT64_C(0x5DEECE66D)};
    struct player_options player = {.exhibit = options->exhibit,
        .paths = options->paths,
        .mode = world->mode,
        .window = {1920, 1080},
        .wake = nobody_sleeps,
        .log = options->log};
    world->seen = calloc(SEEN_SLOTS, sizeof *world->seen);
    if (world->seen == NULL) {
        return error_memory(err);
    }
    world->player = player_create(&player, world->now_ms, err);
    return world->player != NULL;
}

void world_close(struct world *world)
{
    player_destroy(world->player);
    free(world->seen);
    world->player = NULL;
    world->seen = NULL;
}

/* ---- looking */

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    return str_hash_bytes(hash, &number, sizeof number);
}

static uint64_t hash_tree(const struct box_tree *tree)
{
    uint64_t hash = hash_number(STR_HASH_START, (int64_t)tree->window.w << 32 | tree->window.h);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        hash = str_hash(hash, str_from(box->id));
        hash = str_hash(hash, box->name);
        hash = str_hash(hash, box->action.argument);
        hash = str_hash_bytes(hash, &box->rect, sizeof box->rect);
        int64_t rest[] = {box->action.verb, (int64_t)box->states, box->role, box->look.ink, box->ground};
        hash = str_hash_bytes(hash, rest, sizeof rest);
    }
    return hash;
}

static bool look(struct world *world)
{
    struct player_figures figures = player_figures(world->player);
    if (figures.layouts == world->layouts) {
        return true;
    }
    world->layouts = figures.layouts;
    uint64_t hash = hash_tree(player_tree(world->player));
    world->digest = hash_number(world->digest, (int64_t)hash);
    cover_note_offers(&world->cover, player_visit(world->player), player_tree(world->player));
    return rules_screen(world, hash);
}

static bool update(struct world *world)
{
    bool began = player_by_itself(world->player);
    player_update(world->player, world->now_ms);
    world->visits += !began && player_by_itself(world->player);
    return look(world);
}

/* ---- time */

/* As the loop would sleep: from deadline to deadline, in frames while something moves; but no more than a few
 * of them, for a wait may be a night. */
static bool pass(struct world *world, int64_t delay_ms)
{
    int64_t end = world->now_ms + delay_ms;
    bool good = true;
    for (int i = 0; i < WALK_MAX && good; i++) {
        int64_t next = player_deadline(world->player, world->now_ms);
        next = next > world->now_ms ? next : world->now_ms + FRAME_MS;
        if (next >= end) {
            break;
        }
        world->now_ms = next;
        good = update(world);
    }
    world->now_ms = end;
    return good && update(world);
}

/* ---- what was done, for the coverage: a finger that came down on a box and went up on it */

static int box_under(const struct world *world, const struct player_event *event)
{
    const struct box_tree *tree = player_tree(world->player);
    bool finite = isfinite(event->x_win) && isfinite(event->y_win);
    bool inside = finite && event->x_win >= 0 && event->y_win >= 0 && event->x_win < tree->window.w &&
                  event->y_win < tree->window.h;
    int shorter = tree->window.w < tree->window.h ? tree->window.w : tree->window.h;
    return inside ? box_hit(tree, (int)event->x_win, (int)event->y_win, (int)(SLOP_UNITS * shorter / 135))
                  : -1;
}

static void note_finger(struct world *world, const struct player_event *event)
{
    const struct box_tree *tree = player_tree(world->player);
    const struct visit *visit = player_visit(world->player);
    int box = box_under(world, event);
    const char *id = box >= 0 ? tree->boxes[box].id : "";
    if (event->kind == PLAYER_FINGER_DOWN) {
        bool awake = visit->warning_ms == 0 && !visit_locked(visit, world->now_ms);
        snprintf(world->pressed, sizeof world->pressed, "%s", awake ? id : "");
    } else if (event->kind == PLAYER_FINGER_UP) {
        if (world->pressed[0] != '\0' && strcmp(world->pressed, id) == 0) {
            cover_note_done(&world->cover, cover_place(visit), tree->boxes[box].action.verb);
        }
        world->pressed[0] = '\0';
    } else if (event->kind != PLAYER_FINGER_MOVE) {
        world->pressed[0] = '\0';
    }
}

static bool moves_focus(const struct player_event *event)
{
    return event->kind == PLAYER_KEY && event->key >= KEY_TAB && event->key <= KEY_DOWN;
}

bool world_step(struct world *world, const struct step *step)
{
    bool good = step->delay_ms <= 0 || pass(world, step->delay_ms);
    if (good && !step->waits) {
        note_finger(world, &step->event);
        player_event(world->player, &step->event, world->now_ms);
        world->digest = hash_number(world->digest, step->event.kind);
    }
    world->events++;
    if (good && !step->waits && moves_focus(&step->event)) {
        good = update(world) && rules_focus(world);
    }
    good = good && rules_state(world) && rules_probe(world);
    return good && (world->events % MEMORY_EVERY != 0 || rules_memory(world));
}
