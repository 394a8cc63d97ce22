#include "reach.h"

int reach_modal(const struct box_tree *tree)
{
    for (size_t i = tree->count; i > 0; i--) {
        if (tree->boxes[i - 1].states & BOX_MODAL) {
            return (int)(i - 1);
        }
    }
    return -1;
}

static bool in_bar(const struct box_tree *tree, int index)
{
    while (index >= 0 && tree->boxes[index].role != BOX_BAR) {
        index = tree->boxes[index].parent;
    }
    return index >= 0;
}

bool reach_allows(const struct box_tree *tree, int modal, int index)
{
    return index >= modal || in_bar(tree, index);
}

bool reach_within(const struct box_tree *tree, int ancestor, int index)
{
    while (index > ancestor) {
        index = tree->boxes[index].parent;
    }
    return index == ancestor;
}

bool reach_covered(const struct box_tree *tree, int index)
{
    const struct box *box = &tree->boxes[index];
    for (size_t i = (size_t)index + 1; i < tree->count; i++) {
        if (tree->boxes[i].role == BOX_PANEL) {
            struct rect seen = rect_intersect(box->rect, box->clip);
            /* Scrolled out of view: it would come into view somewhere in its clip. */
            seen = rect_empty(seen) ? box->clip : seen;
            const struct box *over = &tree->boxes[i];
            if (!rect_empty(seen) && rect_holds(rect_intersect(over->rect, over->clip), seen) &&
                !in_bar(tree, index)) {
                return true;
            }
        }
    }
    return false;
}

bool reach_contains(const struct box *box, int x, int y, int slop_px)
{
    if (!rect_contains(box->clip, x, y)) {
        return false;
    }
    if (box->fragment_count == 0 && slop_px == 0) {
        return rect_contains(box->rect, x, y);
    }
    if (box->fragment_count == 0) {
        return rect_contains(rect_inset(box->rect, -slop_px, -slop_px), x, y);
    }
    for (size_t i = 0; i < box->fragment_count; i++) {
        if (rect_contains(rect_inset(box->fragments[i], -slop_px, -slop_px), x, y)) {
            return true;
        }
    }
    return false;
}
