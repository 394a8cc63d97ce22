/* The parts of the painter, among themselves. */
#ifndef PAINT_INTERNAL_H
#define PAINT_INTERNAL_H

#include "icon.h"
#include "shape.h"

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
    bool page;          /* shows tiles */
};
struct records {
    struct record *items;
    size_t count, capacity;
};
/* Adds to `damage` the extents of what is in one list only. Both are in painting order; what changed its
 * place in the order counts as changed. False when there is no memory. */
bool damage_compare(struct damage *damage, const struct records *before, const struct records *after);

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
/* What differs from what was drawn before; at most all of the window. Remembers the tree as drawn. */
void tree_damage(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct apart *apart, struct rect window, bool whole, bool tiles_changed, struct damage *changed);
void tree_draw_area(const struct brush *brush, struct rect area);

/* ---- the painter */
struct paint {
    struct shape shape;
    struct icon_cache icons;
    struct records records; /* of the tree drawn last */
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
