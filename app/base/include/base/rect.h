/* Rectangles and points. Integer ones are window pixels unless a name says otherwise; x, y is the top left
 * corner. */
#ifndef BASE_RECT_H
#define BASE_RECT_H

#include <stdbool.h>

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

bool rect_empty(struct rect r);
bool rect_equal(struct rect a, struct rect b);
bool rect_contains(struct rect r, int x, int y);
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
