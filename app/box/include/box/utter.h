/* What of a screen is spoken: the names of its boxes, in reading order. Pure; there is no second text of a
 * screen for the ear. */
#ifndef BOX_UTTER_H
#define BOX_UTTER_H

#include "box/box.h"

struct box_utterance {
    int box;
    struct str text; /* the box's name */
};

/* When somebody has the screen read: every name that the screen shows, once.
 *   - Where something modal lies over the screen, or a panel, only that is read.
 *   - Not read is what is contained in what was (a link in its paragraph, a card's title in the card's
 *     name, a zone where the paragraph stands beside the page), what shows no words (icons alone, groups),
 *     a name without a letter or digit, the bar, and low reach's second copy of links.
 *   - Provenance outside of what scrolls comes last.
 * `scope`: the id of a box whose descendants alone are read, or NULL. The array is the arena's. *count is 0
 * when memory is out. */
const struct box_utterance *box_utterances(
    const struct box_tree *tree, const char *scope, struct arena *arena, size_t *count);

/* The region that the box is in, or -1. */
int box_region_of(const struct box_tree *tree, int box);

#endif
