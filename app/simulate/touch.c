/* What a finger and the focus find on a screen: every control where it is drawn, and nothing twice or never.
 */
#include "rules.h"

#include <string.h>

/* Is the box a control that stands whole on the screen, with nothing over its middle? */
static bool stands_free(const struct box_tree *tree, int i)
{
    const struct box *box = &tree->boxes[i];
    bool control = (box->role == BOX_BUTTON || box->role == BOX_TAB) && box->action.verb != 0;
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    return control && box->fragment_count == 0 && rect_holds(rect_intersect(box->clip, window), box->rect) &&
           box_hit(tree, box->rect.x + box->rect.w / 2, box->rect.y + box->rect.h / 2, 0) == i;
}

static const char *id_at(const struct box_tree *tree, int x, int y)
{
    int hit = box_hit(tree, x, y, 0);
    return hit >= 0 ? tree->boxes[hit].id : "nothing";
}

/* Does a sheet lie over the box at this point? */
static bool is_covered(const struct box_tree *tree, int i, int x, int y)
{
    for (size_t j = (size_t)i + 1; j < tree->count; j++) {
        const struct box *over = &tree->boxes[j];
        if ((over->role == BOX_PANEL || over->role == BOX_ALERT) && rect_contains(over->rect, x, y)) {
            return true;
        }
    }
    return false;
}

/* The pixels of its edges are the control's, unless what lies over it has them; those beside it are not.
 * *plain: nothing lay over any of its corners, so that the answers are those of the box alone. */
static bool edges_hit(struct world *world, const struct box_tree *tree, int i, bool *plain)
{
    struct rect r = tree->boxes[i].rect;
    const int inside[][2] = {
        {r.x, r.y}, {r.x + r.w - 1, r.y}, {r.x, r.y + r.h - 1}, {r.x + r.w - 1, r.y + r.h - 1}};
    const int outside[][2] = {{r.x - 1, r.y}, {r.x + r.w, r.y}, {r.x, r.y - 1}, {r.x, r.y + r.h}};
    *plain = true;
    for (int k = 0; k < 4; k++) {
        int x = inside[k][0], y = inside[k][1], on = box_hit(tree, x, y, 0);
        int beside = box_hit(tree, outside[k][0], outside[k][1], 0);
        *plain = *plain && on == i;
        if (on < i && !is_covered(tree, i, x, y)) {
            return world_break(world, "hit", "%s (%d,%d %dx%d): at %d,%d is %s", tree->boxes[i].id, r.x, r.y,
                r.w, r.h, x, y, id_at(tree, x, y));
        }
        if (beside == i) {
            return world_break(world, "hit", "%s (%d,%d %dx%d) is touched beside it, at %d,%d",
                tree->boxes[i].id, r.x, r.y, r.w, r.h, outside[k][0], outside[k][1]);
        }
    }
    return true;
}

/* What a control alone decides of where it is touched. */
static uint64_t hash_of_control(const struct box *box)
{
    struct rect rects[2] = {box->rect, box->clip};
    return str_hash_words(STR_HASH_START + (uint64_t)box->role, rects, sizeof rects);
}

/* Controls that were found good where nothing lay over them are good on every screen that has them there. */
static bool fingers_find(struct world *world, const struct box_tree *tree)
{
    for (int i = 0; i < (int)tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        bool plain, control = (box->role == BOX_BUTTON || box->role == BOX_TAB) && box->action.verb != 0;
        if (!control || world_knows(world, hash_of_control(box)) || !stands_free(tree, i)) {
            continue;
        }
        if (!edges_hit(world, tree, i, &plain)) {
            return false;
        }
        if (plain) {
            world_learn(world, hash_of_control(box));
        }
    }
    return true;
}

/* Step by step the focus comes to every box that can have it, in their order, and back. It goes by the boxes'
 * ids, and by which of them can have it: where these are as they were on another screen, so is the walk. */
static bool focus_finds(struct world *world, const struct box_tree *tree)
{
    int before = -1, steps = 0, count = 0;
    uint64_t hash = STR_HASH_START;
    for (int i = 0; i < (int)tree->count; i++) {
        bool focusable = box_focusable(tree, i);
        count += focusable;
        hash = str_hash_words(hash + focusable, tree->boxes[i].id, strlen(tree->boxes[i].id));
    }
    if (world_knows(world, hash)) {
        return true;
    }
    for (int at = box_focus_step(tree, NULL, 1); at > before && steps <= count; steps++) {
        int next = box_focus_step(tree, tree->boxes[at].id, 1);
        if (next > at && box_focus_step(tree, tree->boxes[next].id, -1) != at) {
            return world_break(world, "walk", "the focus does not come back from %s to %s",
                tree->boxes[next].id, tree->boxes[at].id);
        }
        before = at;
        at = next;
    }
    if (steps == count) {
        world_learn(world, hash);
    }
    return steps == count || world_break(world, "walk", "the focus comes to %d of %d boxes", steps, count);
}

bool rules_touch(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    return fingers_find(world, tree) && focus_finds(world, tree);
}

bool rules_released(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    for (size_t i = 0; i < tree->count; i++) {
        if ((tree->boxes[i].states & BOX_PRESSED) != 0) {
            return world_break(
                world, "released", "%s is pressed by a finger that was lost", tree->boxes[i].id);
        }
    }
    return true;
}
