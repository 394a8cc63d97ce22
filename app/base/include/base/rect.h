/* Rectangles and points. Integer ones are window pixels unless a name says otherwise; x, y is the top left
 * corner. */
#ifndef BASE_RECT_H
#define BASE_RECT_H

#include <stdbool.h>
#include <stdint.h>

struct size {
    int w, h;
};

struct point {
    int x, y;
};

struct pointf {
    double x, y;
};

struct rect {
    int x, y, w, h; /* empty when w <= 0 or h <= 0 */
};

struct rectf {
    double x, y, w, h;
};

bool rect_equal(struct rect a, struct rect b);
/* These two are asked of every box for every finger: they stand here to be inlined. Edges are kept in 64
 * bits: x + w of a hostile or far scrolled rectangle may leave an int. */
static inline bool rect_empty(struct rect r)
{
    return r.w <= 0 || r.h <= 0;
}
static inline bool rect_contains(struct rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < (int64_t)r.x + r.w && y < (int64_t)r.y + r.h;
}
/* Does `outer` hold all of `inner`? An empty inner is held by everything. */
bool rect_holds(struct rect outer, struct rect inner);
/* The common part; w = h = 0 where there is none. */
struct rect rect_intersect(struct rect a, struct rect b);
/* The smallest rectangle around both; an empty one does not count. */
struct rect rect_union(struct rect a, struct rect b);
/* Smaller by dx on the left and right and dy above and below (larger when negative); never of negative size.
 */
struct rect rect_inset(struct rect r, int dx, int dy);

#endif
