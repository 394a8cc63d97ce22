#include "reach.h"

static bool focusable_under(const struct box_tree *tree, int modal, int index)
{
    return tree->boxes[index].action.verb != 0 && reach_allows(tree, modal, index) &&
           !reach_covered(tree, index);
}

bool box_focusable(const struct box_tree *tree, int index)
{
    return index >= 0 && (size_t)index < tree->count && tree->boxes[index].action.verb != 0 &&
           focusable_under(tree, reach_modal(tree), index);
}

int box_focus_step(const struct box_tree *tree, const char *current, int step)
{
    int count = (int)tree->count, modal = reach_modal(tree);
    int direction = step < 0 ? -1 : 1;
    int at = box_find(tree, current);
    if (at < 0) {
        at = direction > 0 ? -1 : count;
    }
    for (int tried = 0; tried < count; tried++) {
        at += direction;
        if (at < 0) {
            at = count - 1;
        } else if (at >= count) {
            at = 0;
        }
        if (focusable_under(tree, modal, at)) {
            return at;
        }
    }
    return -1;
}
