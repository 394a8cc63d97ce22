/* What a finger and the focus find on a screen: every control where it is drawn, and nothing twice or never.
 */
#include "rules.h"

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

/* The pixels of its edges are the control's, unless what lies over it has them; those beside it are not. */
static bool edges_hit(struct world *world, const struct box_tree *tree, int i)
{
    struct rect r = tree->boxes[i].rect;
    const int inside[][2] = {
        {r.x, r.y}, {r.x + r.w - 1, r.y}, {r.x, r.y + r.h - 1}, {r.x + r.w - 1, r.y + r.h - 1}};
    const int outside[][2] = {{r.x - 1, r.y}, {r.x + r.w, r.y}, {r.x, r.y - 1}, {r.x, r.y + r.h}};
    for (int k = 0; k < 4; k++) {
        int x = inside[k][0], y = inside[k][1];
        if (box_hit(tree, x, y, 0) < i && !is_covered(tree, i, x, y)) {
            return world_break(world, "hit", "%s (%d,%d %dx%d): at %d,%d is %s", tree->boxes[i].id, r.x, r.y,
                r.w, r.h, x, y, id_at(tree, x, y));
        }
        if (box_hit(tree, outside[k][0], outside[k][1], 0) == i) {
            return world_break(world, "hit", "%s (%d,%d %dx%d) is touched beside it, at %d,%d",
                tree->boxes[i].id, r.x, r.y, r.w, r.h, outside[k][0], outside[k][1]);
        }
    }
    return true;
}

static bool fingers_find(struct world *world, const struct box_tree *tree)
{
    for (int i = 0; i < (int)tree->count; i++) {
        if (stands_free(tree, i) && !edges_hit(world, tree, i)) {
            return false;
        }
    }
    return true;
}

/* Step by step the focus comes to every box that can have it, in their order, and back. */
static bool focus_finds(struct world *world, const struct box_tree *tree)
{
    int before = -1, steps = 0, count = 0;
    for (int i = 0; i < (int)tree->count; i++) {
        count += box_focusable(tree, i);
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
