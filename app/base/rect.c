#include "base/rect.h"

#include <limits.h>
#include <stdint.h>

static int64_t right_of(struct rect r)
{
    return (int64_t)r.x + r.w;
}

static int64_t bottom_of(struct rect r)
{
    return (int64_t)r.y + r.h;
}

static int clamped(int64_t value)
{
    return value > INT_MAX ? INT_MAX : value < INT_MIN ? INT_MIN : (int)value;
}

static struct rect from_edges(int64_t left, int64_t top, int64_t right, int64_t bottom)
{
    return (struct rect){clamped(left), clamped(top), clamped(right - left), clamped(bottom - top)};
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

bool rect_equal(struct rect a, struct rect b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

bool rect_holds(struct rect outer, struct rect inner)
{
    return rect_empty(inner) ||
           (inner.x >= outer.x && inner.y >= outer.y && right_of(inner) <= right_of(outer) &&
               bottom_of(inner) <= bottom_of(outer));
}

struct rect rect_intersect(struct rect a, struct rect b)
{
    int64_t left = larger(a.x, b.x), right = smaller(right_of(a), right_of(b));
    int64_t top = larger(a.y, b.y), bottom = smaller(bottom_of(a), bottom_of(b));
    if (rect_empty(a) || rect_empty(b) || right <= left || bottom <= top) {
        return (struct rect){clamped(left), clamped(top), 0, 0};
    }
    return from_edges(left, top, right, bottom);
}

struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_empty(a)) {
        return b;
    }
    if (rect_empty(b)) {
        return a;
    }
    return from_edges(smaller(a.x, b.x), smaller(a.y, b.y), larger(right_of(a), right_of(b)),
        larger(bottom_of(a), bottom_of(b)));
}

/* One axis: moves *from and *size inwards by `by`, to the middle when nothing is left. */
static void inset_axis(int *from, int *size, int by)
{
    int64_t left = (int64_t)*from + by, rest = (int64_t)*size - 2 * (int64_t)by;
    if (rest < 0) {
        left = (int64_t)*from + (*size > 0 ? *size / 2 : 0);
        rest = 0;
    }
    *from = clamped(left);
    *size = clamped(rest);
}

struct rect rect_inset(struct rect r, int dx, int dy)
{
    inset_axis(&r.x, &r.w, dx);
    inset_axis(&r.y, &r.h, dy);
    return r;
}
