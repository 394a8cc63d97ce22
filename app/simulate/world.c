#include "world.h"

#include "random.h"
#include "rules.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define START_MS 1000
#define FRAME_MS 16
#define WALK_MAX 2 /* moments of a wait that are looked at */
#define MEMORY_EVERY 256
#define FRESH_EVERY 32
#define SHARP_EVERY 256 /* of those */
#define SHARP_UPDATES 8
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

bool world_knows(const struct world *world, uint64_t hash)
{
    return world->seen[hash & (SEEN_SLOTS - 1)] == hash;
}

void world_learn(struct world *world, uint64_t hash)
{
    world->seen[hash & (SEEN_SLOTS - 1)] = hash;
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

/* ---- the decoders' twin */

/* How many tiles come in an update: decoders are quick, slow, or come to nothing for a while. */
static int tiles_of(const struct world *world)
{
    switch (world->options->seed % 4) {
    case 0:
        return 2;
    case 1:
        return world->updates % 8 == 0 ? 1 : 0;
    case 2:
        return world->updates / 64 % 2 == 0 ? 8 : 0;
    default:
        return 16;
    }
}

/* Some exhibits have tiles that cannot be read. */
static bool is_torn(const struct world *world, int level, int x, int y)
{
    uint64_t place = world->options->seed ^ ((uint64_t)level << 40 | (uint64_t)x << 20 | (uint64_t)y);
    return world->options->seed % 8 == 6 && random_once_in(&place, 50);
}

static enum scan_source_answer decode(
    void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels)
{
    struct world *world = context;
    (void)page;
    (void)size;
    (void)pixels;
    if (world->tiles_due <= 0) {
        return SCAN_SOURCE_LATER;
    }
    world->tiles_due--; /* nothing is drawn, and nobody looks at its pixels */
    return is_torn(world, level, x, y) ? SCAN_SOURCE_FAILED : SCAN_SOURCE_DONE;
}

bool world_open(struct world *world, const struct simulate_options *options, struct error *err)
{
    *world = (struct world){.options = options,
        .mode = mode_of(options->seed),
        .now_ms = options->start_ms > 0 ? options->start_ms : START_MS,
        .digest = STR_HASH_START,
        .probe = options->seed ^ UINT64_C(0x5DEECE66D)};
    world->source = (struct scan_source){world, decode};
    struct player_options player = {.exhibit = options->exhibit,
        .paths = options->paths,
        .mode = world->mode,
        .window = {1920, 1080},
        .wake = nobody_sleeps,
        .source = &world->source,
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
        hash = str_hash_words(hash, box->id, strlen(box->id));
        hash = str_hash_words(hash, box->name.data, box->name.length);
        hash = str_hash_words(hash, box->action.argument.data, box->action.argument.length);
        hash = str_hash_words(hash, &box->rect, sizeof box->rect);
        int64_t rest[] = {box->action.verb, (int64_t)box->states, box->role, box->look.ink, box->ground};
        hash = str_hash_words(hash, rest, sizeof rest);
    }
    return hash;
}

/* Value by value: what lies between them in a flight means nothing. */
static uint64_t hash_flight(uint64_t hash, const struct camera_flight *flight)
{
    double values[] = {flight->from.x_page, flight->from.y_page, flight->from.scale, flight->to.x_page,
        flight->to.y_page, flight->to.scale, flight->s_end};
    int64_t times[] = {flight->start_ms, flight->duration_ms, flight->to.quarter_turns};
    return str_hash_words(str_hash_words(hash, values, sizeof values), times, sizeof times);
}

/* What a visitor can change, all of it that changes often; equal visits are equal in memory. */
static uint64_t hash_visit(uint64_t hash, const struct visit *visit)
{
    hash = str_hash_words(hash, &visit->here, sizeof visit->here);
    hash = str_hash_words(hash, visit->language, sizeof visit->language);
    hash = str_hash_words(hash, &visit->search, sizeof visit->search);
    hash = str_hash_words(hash, &visit->tour, sizeof visit->tour);
    hash = hash_flight(hash, &visit->flight);
    hash = str_hash_words(hash, &visit->momentum, sizeof visit->momentum);
    int64_t rest[] = {visit->history_count, visit->text_size, visit->speed, visit->volume, visit->menu,
        visit->high_contrast, visit->low_reach, visit->reduced_motion, visit->no_shortcuts, visit->typed,
        visit->focus_visible, visit->listening, visit->reading, visit->pen, visit->spotlight, visit->blank,
        visit->ink.stroke_count, visit->flying, visit->gliding, (int64_t)visit->revealed,
        visit->last_input_ms, visit->warning_ms, visit->locked_until_ms, visit->entered_ms,
        visit->transition_ms};
    return str_hash_words(hash, rest, sizeof rest);
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
    rules_note_caption(world);
    return rules_screen(world, hash) && rules_camera(world);
}

/* The screen is what it would be if it were laid out now: nothing that changed it was missed. Asks for a
 * complete tree and takes that back, which has the next update lay it out. */
static bool is_up_to_date(struct world *world)
{
    uint64_t before = hash_tree(player_tree(world->player));
    player_complete(world->player, true);
    player_complete(world->player, false);
    world->tiles_due = 0;
    player_update(world->player, world->now_ms);
    world->layouts = player_figures(world->player).layouts;
    return hash_tree(player_tree(world->player)) == before ||
           world_break(world, "fresh", "what is on the screen is not what would be laid out now");
}

/* When tiles come as fast as they are asked for, what stands still is sharp soon. */
static bool gets_sharp(struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    for (int i = 0; i < SHARP_UPDATES && !player_ready(world->player); i++) {
        world->tiles_due = INT_MAX;
        player_update(world->player, world->now_ms);
    }
    bool sharp = player_ready(world->player) || visit->here.place.kind == PLACE_SEARCH ||
                 player_moving(world->player, world->now_ms);
    return sharp || world_break(world, "sharp", "the pages of a screen that stands still do not get sharp");
}

/* What stood there sharp stays so as long as nothing else is on the screen. */
static bool stays_sharp(struct world *world)
{
    bool other = player_figures(world->player).layouts != world->layouts;
    bool was = world->sharp && !other;
    world->sharp = player_ready(world->player);
    return !was || world->sharp || player_moving(world->player, world->now_ms) ||
           world_break(world, "sharp", "what is on the screen was sharp, and is not any more");
}

static bool update(struct world *world)
{
    bool began = player_by_itself(world->player);
    world->updates++;
    world->tiles_due = tiles_of(world);
    player_update(world->player, world->now_ms);
    world->visits += !began && player_by_itself(world->player);
    return stays_sharp(world) && look(world);
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
        if (!awake && box >= 0 && tree->boxes[box].action.verb == ACTION_STAY) { /* any touch answers it */
            cover_note_done(&world->cover, cover_place(visit), ACTION_STAY);
        }
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

/* The exhibit's files are what they were: the visitor stays where one is. */
static bool reload_keeps(struct world *world, const struct player_event *event)
{
    struct visit before;
    memcpy(&before, player_visit(world->player), sizeof before);
    player_event(world->player, event, world->now_ms);
    const struct visit *after = player_visit(world->player);
    const char *other = rules_difference(&before.here, &after->here);
    other = other != NULL                                   ? other
            : strcmp(before.language, after->language) != 0 ? "the language"
            : before.history_count != after->history_count  ? "the way back"
            : before.tour.active != after->tour.active || before.tour.step != after->tour.step
                ? "the guided reading"
                : NULL;
    return other == NULL ||
           world_break(world, "reload", "%s is another after the exhibit was read anew", other);
}

static bool happen(struct world *world, const struct player_event *event)
{
    world->sharp = false;
    note_finger(world, event);
    if (event->kind == PLAYER_RELOAD && !player_visit(world->player)->flying) {
        return reload_keeps(world, event);
    }
    player_event(world->player, event, world->now_ms);
    return true;
}

bool world_step(struct world *world, const struct step *step)
{
    bool good = step->delay_ms <= 0 || pass(world, step->delay_ms);
    if (good && !step->waits) {
        good = happen(world, &step->event);
        world->digest = hash_number(world->digest, step->event.kind);
    }
    world->digest = hash_visit(hash_number(world->digest, world->now_ms), player_visit(world->player));
    world->events++;
    if (good && !step->waits && moves_focus(&step->event)) {
        good = update(world) && rules_focus(world);
    }
    if (good && world->events % FRESH_EVERY == 0) {
        good =
            update(world) && is_up_to_date(world) && (world->events % SHARP_EVERY != 0 || gets_sharp(world));
    }
    if (good && !step->waits && step->event.kind == PLAYER_FINGERS_LOST) {
        good = update(world) && rules_released(world);
    }
    good = good && rules_state(world) && rules_caption(world) && rules_probe(world);
    return good && (world->events % MEMORY_EVERY != 0 || rules_memory(world));
}
