/* The focus walks the tree in reading order. Of a region only what is near the screen is in the tree, so the
 * walk scrolls it on until it finds something to stop at or comes to its end:
 *
 *     before the region ──▶ [its start ... laid out ... its end] ──▶ after it
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

#define STEPS_MAX 400 /* of most of a screen each: no region is longer than anybody walks */

/* The region that a box is in, or -1. */
static int region_of(const struct box_tree *tree, int box)
{
    for (int i = box; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == BOX_REGION && tree->boxes[i].scroll != NULL && i != box) {
            return i;
        }
    }
    return -1;
}

static bool at_end(const struct box_tree *tree, int region, int step)
{
    const struct box_scroll *scroll = tree->boxes[region].scroll;
    return tree->complete || (step > 0 ? scroll->at_end : scroll->at_start);
}

/* The first (or, backwards, the last) box of the region that can be focused. */
static int edge_of(const struct box_tree *tree, int region, int step)
{
    int count = (int)tree->count;
    for (int n = 0; n < count; n++) {
        int i = step > 0 ? n : count - 1 - n;
        if (region_of(tree, i) == region && box_focusable(tree, i)) {
            return i;
        }
    }
    return -1;
}

/* What follows the region, when nothing in it is left to stop at. */
static int beyond(const struct box_tree *tree, int region, int step)
{
    int count = (int)tree->count;
    for (int n = 1; n < count; n++) {
        int i = step > 0 ? (region + n) % count : (region - n + count) % count;
        if (region_of(tree, i) != region && box_focusable(tree, i)) {
            return i;
        }
    }
    return -1;
}

static void scroll_on(struct player *player, int region, double screens)
{
    const struct box_scroll *scroll = player->tree.boxes[region].scroll;
    visit_scroll(&player->visit, (enum visit_scroller)scroll->scroller, -screens * scroll->viewport_px,
        &player->metrics, player->now_ms);
    player->dirty = true;
    player_lay_out(player);
}

/* Scrolls the region until something after `from` (an id, or NULL: anything) can be focused, or its end has
 * come. */
static int search(struct player *player, const char *region_id, const char *from, int step)
{
    const struct box_tree *tree = &player->tree;
    char region_name[128], from_name[128];
    snprintf(region_name, sizeof region_name, "%s", region_id);
    snprintf(from_name, sizeof from_name, "%s", from != NULL ? from : "");
    for (int i = 0; i < STEPS_MAX; i++) {
        int region = box_find(tree, region_name);
        int current = from_name[0] != '\0' ? box_find(tree, from_name) : -1;
        if (region < 0) {
            break;
        }
        int next = current >= 0 ? box_focus_step(tree, from_name, step) : edge_of(tree, region, step);
        bool onwards = current < 0 || (step > 0 ? next > current : next < current);
        if (next >= 0 && onwards && region_of(tree, next) == region) {
            return next;
        }
        if (at_end(tree, region, step)) {
            return beyond(tree, region, step);
        }
        scroll_on(player, region, 0.8 * step);
    }
    return -1;
}

static int find_next(struct player *player, int step)
{
    const struct box_tree *tree = &player->tree;
    int current = box_find(tree, player->visit.here.focus);
    current = current >= 0 && box_focusable(tree, current) ? current : -1;
    const char *id = current >= 0 ? tree->boxes[current].id : NULL;
    int next = box_focus_step(tree, id, step);
    if (next < 0) {
        return -1;
    }
    bool wrapped = current >= 0 && (step > 0 ? next <= current : next >= current);
    int from = current >= 0 ? region_of(tree, current) : -1, to = region_of(tree, next);
    if (from >= 0 && (to != from || wrapped) && !at_end(tree, from, step)) {
        return search(player, tree->boxes[from].id, id, step);
    }
    if (to >= 0 && (to != from || wrapped) && !at_end(tree, to, -step)) {
        char region[128];
        snprintf(region, sizeof region, "%s", tree->boxes[to].id);
        for (int i = 0; i < STEPS_MAX && to >= 0 && !at_end(tree, to, -step); i++) {
            scroll_on(player, to, -0.9 * step);
            to = box_find(tree, region);
        }
        return search(player, region, NULL, step);
    }
    return next;
}

/* How far `inner` must move to lie in `outer`; what is larger shows its start. */
static int move_into(int inner, int inner_length, int outer, int outer_length)
{
    if (inner < outer || inner_length > outer_length) {
        return outer - inner;
    }
    int over = inner + inner_length - (outer + outer_length);
    return over > 0 ? -over : 0;
}

static void bring_into_view(struct player *player, int box)
{
    const struct box *b = &player->tree.boxes[box];
    int region = region_of(&player->tree, box), margin = player_units(player, 2);
    if (region >= 0) {
        struct rect outer = rect_inset(player->tree.boxes[region].rect, 0, margin);
        int dy = move_into(b->rect.y, b->rect.h, outer.y, outer.h);
        if (dy != 0) {
            visit_scroll(&player->visit, (enum visit_scroller)player->tree.boxes[region].scroll->scroller, dy,
                &player->metrics, player->now_ms);
        }
    } else if (b->role == BOX_ZONE && b->parent >= 0 && player->metrics.has_page) {
        struct rect outer = rect_inset(player->tree.boxes[b->parent].rect, margin, margin);
        int dx = move_into(b->rect.x, b->rect.w, outer.x, outer.w),
            dy = move_into(b->rect.y, b->rect.h, outer.y, outer.h);
        /* Put there, not drawn there: a hand's soft edges would pull it back. A flight ends here too, or it
         * would carry the focus out of view. */
        if (dx != 0 || dy != 0 || visit_moving(&player->visit, player->now_ms)) {
            const struct box_page *drawn = player->tree.boxes[b->parent].look.page;
            struct camera camera = visit_camera(&player->visit, &player->metrics, player->now_ms);
            if (drawn != NULL) { /* a flight may pass beyond the page's edge, but is not drawn there */
                camera = (struct camera){drawn->x_page, drawn->y_page, drawn->scale, drawn->quarter_turns};
            }
            camera = camera_pan(camera, player->metrics.page, dx, dy);
            visit_look(&player->visit, camera, 0, &player->metrics, player->now_ms);
        }
    }
}

void focus_move(struct player *player, int step)
{
    player->dirty |= visit_moving(&player->visit, player->now_ms); /* what moves is not where it was drawn */
    player_lay_out(player);
    int next = find_next(player, step);
    if (next >= 0) {
        visit_focus(&player->visit, player->tree.boxes[next].id, player->now_ms);
        bring_into_view(player, next);
        player->dirty = true;
    }
}

/* ---- the keyboard is a grid */

/* How far a box's middle lies from x. */
static int distance(const struct box *box, int x)
{
    int middle = box->rect.x + box->rect.w / 2;
    return middle > x ? middle - x : x - middle;
}

/* The nearest box of the same group in the next line of it, or -1. */
static int next_in_grid(const struct box_tree *tree, int current, int step)
{
    const struct box *from = &tree->boxes[current];
    int best = -1, x = from->rect.x + from->rect.w / 2;
    for (int i = 0; i < (int)tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        bool beyond =
            step > 0 ? box->rect.y >= from->rect.y + from->rect.h : box->rect.y + box->rect.h <= from->rect.y;
        if (box->parent != from->parent || !beyond || !box_focusable(tree, i)) {
            continue;
        }
        const struct box *other = best >= 0 ? &tree->boxes[best] : NULL;
        int line = other != NULL ? step * (box->rect.y - other->rect.y) : -1;
        if (line < 0 || (line == 0 && distance(box, x) < distance(other, x))) {
            best = i;
        }
    }
    return best;
}

bool focus_row(struct player *player, int step)
{
    player_lay_out(player);
    const struct box_tree *tree = &player->tree;
    int current = player->visit.focus_visible ? box_find(tree, player->visit.here.focus) : -1;
    int parent = current >= 0 ? tree->boxes[current].parent : -1;
    if (parent < 0 || strcmp(tree->boxes[parent].id, "keyboard") != 0) {
        return false;
    }
    int next = next_in_grid(tree, current, step);
    if (next < 0) { /* past its first or last line the walk goes on */
        for (int i = current; i >= 0 && i < (int)tree->count && tree->boxes[i].parent == parent; i += step) {
            visit_focus(&player->visit, tree->boxes[i].id, player->now_ms);
        }
        return false;
    }
    visit_focus(&player->visit, tree->boxes[next].id, player->now_ms);
    player->dirty = true;
    return true;
}
