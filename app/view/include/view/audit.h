/* What must hold of every screen, whatever the exhibit, language, size and settings: measured on the tree
 * itself, so that tests, the simulation and the curator's check ask the same questions. */
#ifndef VIEW_AUDIT_H
#define VIEW_AUDIT_H

#include "box/box.h"

#include <stdbool.h>
#include <stddef.h>

enum audit_rule {
    AUDIT_INK,      /* a text's ink lies inside its box, and on the screen unless it scrolls */
    AUDIT_OVERLAP,  /* two texts on one sheet do not lie on one another */
    AUDIT_FONT,     /* every character has a font */
    AUDIT_TARGET,   /* a button or tab is at least 6 % of the shorter edge and 44 px, both ways */
    AUDIT_SCREEN,   /* what acts lies on the screen, unless it scrolls or lies on an image */
    AUDIT_NAME,     /* what acts has a name */
    AUDIT_ID,       /* ids are of the contract's letters, and those of what acts are unique */
    AUDIT_CONTRAST, /* text 4.5:1, icons 3:1 on what is behind them (WCAG 2.2, 1.4.3 and 1.4.11) */
    AUDIT_REACH,    /* in low reach what acts is in the lower 40 %, or has its like there */
    AUDIT_FOCUS,    /* at most one box has the focus, and it can be focused */
    AUDIT_RULES
};

struct audit_breach {
    enum audit_rule rule;
    int box;           /* index in the tree */
    char message[200]; /* what is wrong, with the box's id and measures */
};

/* The target that a finger needs where the display's size is not known: 6 % of the shorter edge, 44 px at
 * least. */
int audit_target_px(struct size window);

/* Writes at most `capacity` breaches and returns how many there are. `low_reach`: the screen is laid out for
 * it. The tree may be complete or what is near the screen. */
size_t view_audit(
    const struct box_tree *tree, bool low_reach, struct audit_breach *breaches, size_t capacity);

#endif
