#include "rules.h"

#include "random.h"

#include "view/audit.h"

#include <math.h>
#include <string.h>

#define TEXT_BYTES_MAX ((size_t)96 << 20)
#define TILE_BYTES_MAX ((size_t)72 << 20) /* the cache's 64 MB and the tiles that are pinned */
#define HOME_EVERY 8
#define BACK_EVERY 8
#define IDLE_EVERY 512
#define IDLE_TURNS_MAX 20000
#define ANSWER_MS 20000 /* WCAG 2.2.1 */
#define HISTORY_EVERY 512
#define IDLE_MS_MAX 3600000 /* a guided reading and the idle time after it are shorter */

static const char *kind_words(const struct visit *visit, char buffer[160])
{
    return place_format(
        visit->here.panel.kind != PLACE_NONE ? &visit->here.panel : &visit->here.place, buffer, 160);
}

/* ---- the state */

static bool is_language(const struct visit *visit)
{
    const struct exhibit_head *head = exhibit_head(visit->frame.exhibit);
    for (size_t i = 0; i < head->language_count; i++) {
        if (strcmp(head->languages[i], visit->language) == 0) {
            return true;
        }
    }
    return head->language_count == 0;
}

static bool is_scroll(const struct visit_scroll *scroll)
{
    return scroll->item >= 0 && scroll->fraction >= 0 && scroll->fraction < 1;
}

static bool is_camera(const struct camera *camera)
{
    return isfinite(camera->x_page) && isfinite(camera->y_page) && isfinite(camera->scale) &&
           camera->quarter_turns >= 0 && camera->quarter_turns < 4;
}

static const char *fault_of_stop(const struct visit_stop *stop)
{
    for (int i = 0; i < SCROLLERS; i++) {
        if (!is_scroll(&stop->scroll[i])) {
            return "a scroll position is none";
        }
    }
    if (!is_camera(&stop->camera) || stop->page < 0) {
        return "the camera is none";
    }
    bool places = stop->place.kind > PLACE_NONE && stop->place.kind < PLACE_KINDS &&
                  (stop->panel.kind == PLACE_NONE || place_is_panel(&stop->panel));
    return places ? NULL : "it is nowhere";
}

static const char *fault_of(const struct visit *visit, int64_t now_ms)
{
    int size = visit->text_size;
    if (visit->history_count < 0 || visit->history_count > VISIT_HISTORY) {
        return "the history has no such length";
    }
    if (size != 100 && size != 125 && size != 150 && size != 200) {
        return "there is no such text size";
    }
    if (!is_language(visit)) {
        return "the exhibit has no such language";
    }
    if (visit->locked_until_ms > now_ms + VISIT_LOCK_MS || visit->warning_ms > now_ms) {
        return "it waits for a time that is too far";
    }
    if (visit->warning_ms != 0 && visit->frame.mode == MODE_CLASSROOM) {
        return "a class is warned of an end";
    }
    return fault_of_stop(&visit->here);
}

bool rules_state(struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    const char *fault = fault_of(visit, world->now_ms);
    for (int i = 0; fault == NULL && i < visit->history_count; i++) {
        fault = fault_of_stop(&visit->history[i]);
    }
    if (fault == NULL && player_deadline(world->player, world->now_ms) < world->now_ms) {
        fault = "its deadline has passed";
    }
    if (world->options->holds != NULL && !world->options->holds(visit)) {
        return world_break(world, "asked", "what was asked for does not hold");
    }
    return fault == NULL ? rules_moves(world) : world_break(world, "state", "%s", fault);
}

/* ---- the screen */

/* The sizes that are promised; on others nothing may break, but not everything fits. */
static bool is_promised(struct size window)
{
    int shorter = window.w < window.h ? window.w : window.h, longer = window.w + window.h - shorter;
    return shorter >= 600 && longer >= 1024 && longer <= 3840 && longer <= 3 * shorter;
}

static bool bar_stands(struct world *world, const struct box_tree *tree)
{
    static const char *const ids[] = {"bar.home", "bar.back", "bar.language", "bar.text-size", "bar.contrast",
        "bar.low-reach", "bar.listen"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        int box = box_find(tree, ids[i]);
        struct rect window = {0, 0, tree->window.w, tree->window.h};
        if (box < 0 || !rect_holds(window, tree->boxes[box].rect)) {
            return world_break(world, "bar", "%s is not on the screen", ids[i]);
        }
    }
    return true;
}

bool rules_screen(struct world *world, uint64_t tree_hash)
{
    const struct box_tree *tree = player_tree(world->player);
    const struct visit *visit = player_visit(world->player);
    struct audit_breach breach;
    char words[160];
    bool attract = visit->here.place.kind == PLACE_ATTRACT;
    uint64_t hash = str_hash_words(tree_hash + (uint64_t)(visit->low_reach + 2 * visit->listening),
        visit->language, sizeof visit->language);
    if (player_closed(world->player)) { /* it is black, and nothing on it can be touched */
        return (tree->count == 1 && tree->boxes[0].action.verb == 0) ||
               world_break(world, "screen", "outside the opening hours something is on it");
    }
    if (tree->failed || tree->count < 2) {
        return world_break(world, "screen", "%s is empty", kind_words(visit, words));
    }
    if (!is_promised(tree->window) || world_knows(world, hash)) {
        return true;
    }
    if (!attract && !(bar_stands(world, tree) && rules_words(world))) {
        return false;
    }
    if (view_audit(tree, visit->low_reach && !attract, &breach, 1) > 0) {
        return world_break(world, "screen", "%s in %s, %dx%d, text %d%s%s: %s", kind_words(visit, words),
            visit->language, tree->window.w, tree->window.h, visit->text_size,
            visit->high_contrast ? ", high contrast" : "", visit->low_reach ? ", low reach" : "",
            breach.message);
    }
    world_learn(world, hash);
    return rules_touch(world);
}

bool rules_focus(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    const struct visit *visit = player_visit(world->player);
    int box = visit->focus_visible ? box_find(tree, visit->here.focus) : -1;
    if (box < 0 || !box_focusable(tree, box) || !is_promised(tree->window)) {
        return true;
    }
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    struct rect seen = rect_intersect(rect_intersect(tree->boxes[box].rect, tree->boxes[box].clip), window);
    return !rect_empty(seen) ||
           world_break(world, "focus", "the focus is on %s at %d,%d %dx%d, which is out of view",
               visit->here.focus, tree->boxes[box].rect.x, tree->boxes[box].rect.y, tree->boxes[box].rect.w,
               tree->boxes[box].rect.h);
}

/* ---- what would happen if */

static void copy_visit(struct visit *to, const struct visit *from)
{
    memcpy(to, from, sizeof *to); /* all bytes, padding too: equal visits are equal in memory */
}

static void would_act(struct world *world, struct visit *visit, enum action_verb verb, struct str argument)
{
    struct action action = action_make(verb, argument);
    visit_act(visit, &action, player_metrics(world->player), world->now_ms);
}

static bool home_within_two(struct world *world)
{
    struct visit visit;
    char words[160];
    copy_visit(&visit, player_visit(world->player));
    for (int i = 0; i < 2; i++) {
        would_act(world, &visit, ACTION_HOME, STR(""));
    }
    bool home = visit.here.place.kind == PLACE_HOME && visit.here.panel.kind == PLACE_NONE &&
                visit.menu == MENU_NONE && !visit.tour.active;
    return home || world_break(world, "home", "two actions from %s do not lead home",
                       kind_words(player_visit(world->player), words));
}

/* Everything of a stop that back promises: the place, and how one looked at it. What differs, or NULL. */
const char *rules_difference(const struct visit_stop *a, const struct visit_stop *b)
{
    bool cameras = a->camera.x_page == b->camera.x_page && a->camera.y_page == b->camera.y_page &&
                   a->camera.scale == b->camera.scale && a->camera.quarter_turns == b->camera.quarter_turns;
    if (!place_equal(&a->place, &b->place) || !place_equal(&a->panel, &b->panel)) {
        return "the place";
    }
    for (int i = 0; i < SCROLLERS; i++) {
        if (a->scroll[i].item != b->scroll[i].item || a->scroll[i].fraction != b->scroll[i].fraction) {
            return "a scroll position";
        }
    }
    return a->page != b->page || !cameras                ? "the camera"
           : strcmp(a->segment, b->segment) != 0         ? "what is lit"
           : strcmp(a->left.shows, b->left.shows) != 0   ? "the left pane"
           : strcmp(a->right.shows, b->right.shows) != 0 ? "the right pane"
                                                         : NULL;
}

static const struct box *any_link(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    int start = random_below(&world->probe, (int)tree->count);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[((size_t)start + i) % tree->count];
        if (box->action.verb == ACTION_GO) {
            return box;
        }
    }
    return NULL;
}

static bool back_returns(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    const struct box *link = any_link(world);
    struct visit visit;
    bool still = !player_by_itself(world->player) && now->menu == MENU_NONE && !now->tour.active &&
                 !now->flying && !now->gliding && now->aim == AIM_NONE && now->bring[0] == '\0';
    if (link == NULL || !still) {
        return true;
    }
    copy_visit(&visit, now);
    would_act(world, &visit, ACTION_GO, link->action.argument);
    bool went = visit.history_count > now->history_count ||
                !place_equal(&visit.here.place, &now->here.place) ||
                !place_equal(&visit.here.panel, &now->here.panel);
    if (!went) {
        return true;
    }
    would_act(world, &visit, ACTION_BACK, STR(""));
    const char *other = rules_difference(&visit.here, &now->here);
    return other == NULL ||
           world_break(world, "back", "back from %.*s does not lead to where one was: %s is another",
               STR_ARGS(link->action.argument), other);
}

/* However far one went, back leads the same way, as far as is remembered. */
static bool history_holds(struct world *world)
{
    static const char *const ways[] = {"people", "meaning", "timeline", "words", "about"};
    const int count = VISIT_HISTORY + 3, kinds = (int)(sizeof ways / sizeof ways[0]);
    const struct visit *now = player_visit(world->player);
    struct visit visit;
    enum place_kind been[VISIT_HISTORY + 3];
    if (player_by_itself(world->player) || now->blank) {
        return true;
    }
    copy_visit(&visit, now);
    for (int i = 0; i < count; i++) {
        would_act(world, &visit, ACTION_GO, str_from(ways[i % kinds]));
        been[i] = visit.here.place.kind;
    }
    for (int i = count - 2; i >= count - 1 - VISIT_HISTORY; i--) {
        would_act(world, &visit, ACTION_BACK, STR(""));
        if (visit.here.place.kind != been[i]) {
            return world_break(world, "history", "%d times back from %s one is somewhere else than one was",
                count - 1 - i, ways[(count - 1) % kinds]);
        }
    }
    return true;
}

/* Nobody does anything any more: the visit is over in the end, and what then stands there is as new. */
static bool leaving_resets(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    struct visit visit, fresh;
    int64_t ms = world->now_ms, end = ms + IDLE_MS_MAX;
    int64_t warned_ms = now->warning_ms, left_ms = IDLE_MS_MAX;
    bool by_itself = player_by_itself(world->player), was = by_itself;
    copy_visit(&visit, now);
    for (int i = 0; i < IDLE_TURNS_MAX && ms < end && !by_itself; i++) {
        int64_t next = visit_deadline(&visit, ms);
        ms = next > ms ? next : ms + 100;
        if (ms >= end) {
            break;
        }
        visit_tick(&visit, NULL, ms);
        left_ms = warned_ms != 0 && visit.warning_ms == 0 ? ms - warned_ms : left_ms;
        warned_ms = visit.warning_ms;
        by_itself = visit.here.place.kind == PLACE_ATTRACT || visit.tour.by_itself;
    }
    if (was || now->frame.mode == MODE_CLASSROOM || now->frame.idle_s <= 0) {
        return true;
    }
    if (!by_itself) {
        return world_break(world, "idle", "a visitor who left is never followed by attract");
    }
    if (left_ms < ANSWER_MS) {
        return world_break(world, "warning", "there are %d ms to answer it", (int)left_ms);
    }
    visit_init(&fresh, &visit.frame, ms);
    /* visit_init() writes every byte. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    return memcmp(&fresh, &visit, sizeof fresh) == 0 ||
           world_break(world, "reset", "something of a visit remains in the state after it");
}

/* Locked for cleaning: nothing is done by anything. */
static bool lock_holds(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    struct visit visit;
    copy_visit(&visit, now);
    would_act(world, &visit, ACTION_HOME, STR(""));
    would_act(world, &visit, ACTION_CONTRAST, STR(""));
    /* Visits are written as bytes. NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
    return memcmp(&visit, now, sizeof visit) == 0 ||
           world_break(world, "lock", "the locked screen does what it is told");
}

/* The warning goes away when it is answered, and nothing else changes but the moment of the last sign. */
static bool warning_is_answered(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    struct visit visit;
    if (now->warning_ms == 0) {
        return true;
    }
    copy_visit(&visit, now);
    would_act(world, &visit, ACTION_STAY, STR(""));
    bool stays = visit.warning_ms == 0 && visit.last_input_ms == world->now_ms &&
                 rules_difference(&visit.here, &now->here) == NULL &&
                 strcmp(visit.language, now->language) == 0;
    return stays || world_break(world, "warning", "answering the warning does not keep the visit as it is");
}

/* Taking back a stroke takes back that one, and wiping takes all. */
static bool pen_takes_back(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    struct visit visit;
    int strokes = now->ink.stroke_count;
    if (strokes == 0 || now->ink.drawing || now->blank || now->here.place.kind != PLACE_DOCUMENT) {
        return true;
    }
    copy_visit(&visit, now);
    would_act(world, &visit, ACTION_PEN, STR("undo"));
    bool one = visit.ink.stroke_count == strokes - 1;
    would_act(world, &visit, ACTION_PEN, STR("wipe"));
    return (one && visit.ink.stroke_count == 0) ||
           world_break(world, "pen", "of %d strokes one, and then all, are not taken back", strokes);
}

/* Another language is another language and nothing else: places, scroll and page stay. */
static bool languages_keep_the_place(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    const struct exhibit_head *head = exhibit_head(now->frame.exhibit);
    struct visit visit;
    if (head->language_count == 0 || player_by_itself(world->player) || now->blank) {
        return true;
    }
    const char *tag = head->languages[random_below(&world->probe, (int)head->language_count)];
    copy_visit(&visit, now);
    would_act(world, &visit, ACTION_LANGUAGE, str_from(tag));
    bool keeps = strcmp(visit.language, tag) == 0 && place_equal(&visit.here.place, &now->here.place) &&
                 place_equal(&visit.here.panel, &now->here.panel) &&
                 visit.history_count == now->history_count && visit.here.page == now->here.page;
    return keeps || world_break(world, "language", "choosing %s does more or less than that", tag);
}

bool rules_probe(struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    if (visit_locked(visit, world->now_ms)) {
        return lock_holds(world);
    }
    return warning_is_answered(world) && rules_probe_page(world) &&
           (!random_once_in(&world->probe, HISTORY_EVERY) || history_holds(world)) &&
           (!random_once_in(&world->probe, HOME_EVERY) || pen_takes_back(world)) &&
           (!random_once_in(&world->probe, BACK_EVERY) || languages_keep_the_place(world)) &&
           (!random_once_in(&world->probe, HOME_EVERY) || home_within_two(world)) &&
           (!random_once_in(&world->probe, BACK_EVERY) || back_returns(world)) &&
           (!random_once_in(&world->probe, IDLE_EVERY) || leaving_resets(world));
}

/* ---- memory */

bool rules_memory(struct world *world)
{
    struct player_figures figures = player_figures(world->player);
    if (figures.text_bytes > TEXT_BYTES_MAX) {
        return world_break(world, "memory", "texts take %zu bytes", figures.text_bytes);
    }
    if (figures.tile_bytes > TILE_BYTES_MAX) {
        return world_break(world, "memory", "tiles take %zu bytes", figures.tile_bytes);
    }
    return true;
}
