/* The parts of the painter, among themselves. */
#ifndef PAINT_INTERNAL_H
#define PAINT_INTERNAL_H

#include "icon.h"
#include "shape.h"

#include "scan/changes.h"

/* ---- damage.c: what has to be drawn again */
struct damage {
    struct rect rects[PAINT_DAMAGE_MAX];
    int count;
};
/* Adds an area (empty: nothing); areas that overlap or nearly do become one, and never more than
 * PAINT_DAMAGE_MAX are kept. */
void damage_add(struct damage *damage, struct rect area);

/* One drawn box of the last tree. */
struct record {
    uint64_t id, look;  /* hashes */
    struct rect extent; /* window pixels that it may have touched */
    bool page;          /* shows tiles that nobody compares */
};
struct records {
    struct record *items;
    size_t count, capacity;
};
/* Adds to `damage` the extents of what is in one list only. Both are in painting order; what changed its
 * place in the order counts as changed. False when there is no memory. */
bool damage_compare(struct damage *damage, const struct records *before, const struct records *after);

/* ---- scroll.c: pages that are only moved */

/* A page box of this tree, compared with how it was drawn last. */
struct followed {
    const struct box *box;
    size_t record; /* its place in the tree's records */
    struct scan_changes changes;
};
/* How pages were drawn last, from one tree to the next. */
struct follower {
    struct {
        uint64_t id; /* of the box */
        struct scan_drawing *drawing;
        bool used; /* by the tree that is being looked at */
    } memory[PAINT_PAGES_MAX];
    struct followed pages[PAINT_PAGES_MAX]; /* of the tree that is being looked at */
    int count;
};
void follower_finish(struct follower *follower);
/* A new tree begins. */
void follower_begin(struct follower *follower);
/* Compares a page box, if it can be followed: it hides what is under it, and nothing but the page is drawn in
 * it. Its record then is the box without its camera. */
bool follower_add(struct follower *follower, const struct box *box, uint64_t id, size_t record,
    const struct paint_source *source);
/* All boxes are recorded: what was not seen any more is forgotten. */
void follower_end(struct follower *follower);

/* Pixels of the last picture that are used again in another place. */
struct scroll {
    struct rect area; /* empty: none; window pixels */
    struct point by;
};
/* Adds what has changed of the followed pages whose boxes are in both lists. `scroll` NULL: the target cannot
 * be moved. */
void scroll_damage(const struct follower *follower, const struct records *before, const struct records *after,
    const struct paint_source *source, struct damage *changed, struct scroll *scroll);
/* Moves the pixels. */
void scroll_do(const struct scroll *scroll, const struct paint_target *target);

/* ---- apart.c: which pages are drawn by somebody else */
struct apart {
    const struct box *boxes[PAINT_PAGES_MAX];
    int count;
};
void apart_find(struct apart *apart, const struct box_tree *tree, const struct paint_source *source);
bool apart_has(const struct apart *apart, const struct box *box);

/* ---- tree.c */
struct brush {
    struct paint *paint;
    const struct box_tree *tree;
    const struct paint_source *source;
    const struct paint_target *target;
    const struct apart *apart; /* in place of these pages ... */
    colour hole;               /* ... there is this */
};
/* What differs from what was drawn before, once `scroll` (NULL: nothing can be moved) is done; at most all of
 * the window. Remembers the tree as drawn. */
void tree_damage(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct apart *apart, struct rect window, bool whole, bool tiles_changed, struct damage *changed,
    struct scroll *scroll);
void tree_draw_area(const struct brush *brush, struct rect area);

/* ---- the painter */
struct paint {
    struct shape shape;
    struct icon_cache icons;
    struct records records; /* of the tree drawn last */
    struct follower follower;
    struct size window;
    colour ground;
};

/* ---- page.c: a page of a document through its camera, with its lit zones */
/* False when there is no such page. */
bool page_view(const struct box *box, const struct paint_source *source, struct scan_view *view);
void page_paint(struct paint *paint, const struct box *box, const struct paint_source *source,
    const struct paint_target *target, struct rect clip);
/* The zones alone, and the window pixels that they may touch. */
void page_paint_zones(struct paint *paint, const struct box *box, const struct paint_source *source,
    const struct paint_target *target, struct rect clip);
struct rect page_zones_extent(const struct box *box, const struct paint_source *source);
/* Bounding box of a path at (0, 0), stroke and arrow head included. */
struct rect path_bounds(const struct box_path *path);

#endif
