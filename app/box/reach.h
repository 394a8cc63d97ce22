/* What a finger or the keyboard can get at: modals and panels shut off what lies below them. */
#ifndef BOX_REACH_H
#define BOX_REACH_H

#include "box/box.h"

/* Index of the topmost modal box, -1 when there is none. */
int reach_modal(const struct box_tree *tree);
/* Is the box one that this modal leaves free: the modal's own, a later one, or one of the bar? Always with
 * modal -1. */
bool reach_allows(const struct box_tree *tree, int modal, int index);
/* Is `ancestor` above `index` in the tree (or the same box)? */
bool reach_within(const struct box_tree *tree, int ancestor, int index);
/* Does a later panel, which it does not belong to, hide all that can be seen of it? */
bool reach_covered(const struct box_tree *tree, int index);
/* Does what can be seen of the box, grown by slop_px, hold the point? Its clip is not grown. */
bool reach_contains(const struct box *box, int x, int y, int slop_px);

#endif
