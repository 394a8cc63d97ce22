#include "base/array.h"
#include "base/rect.h"

#include "check.h"

#include <limits.h>

static void check_rect(size_t number, struct rect actual, struct rect expected)
{
    CHECK_THAT(rect_equal(actual, expected), "case %zu: %d,%d %dx%d, not %d,%d %dx%d", number, actual.x,
        actual.y, actual.w, actual.h, expected.x, expected.y, expected.w, expected.h);
}

static void knows_what_is_empty(void)
{
    CHECK(rect_empty((struct rect){0, 0, 0, 5}));
    CHECK(rect_empty((struct rect){0, 0, 5, 0}));
    CHECK(rect_empty((struct rect){0, 0, -1, 5}));
    CHECK(!rect_empty((struct rect){-9, -9, 1, 1}));
}

static void contains_its_left_and_top_edge_only(void)
{
    struct rect r = {10, 20, 5, 4};
    CHECK(rect_contains(r, 10, 20));
    CHECK(rect_contains(r, 14, 23));
    CHECK(!rect_contains(r, 15, 20));
    CHECK(!rect_contains(r, 10, 24));
    CHECK(!rect_contains(r, 9, 20));
    CHECK(!rect_contains(r, 10, 19));
    CHECK(!rect_contains((struct rect){0, 0, 0, 0}, 0, 0));
    CHECK(rect_contains((struct rect){INT_MAX - 1, 0, INT_MAX, 1}, INT_MAX, 0));
}

static void holds(void)
{
    struct rect outer = {0, 0, 10, 10};
    CHECK(rect_holds(outer, outer));
    CHECK(rect_holds(outer, (struct rect){2, 2, 8, 8}));
    CHECK(!rect_holds(outer, (struct rect){2, 2, 9, 8}));
    CHECK(!rect_holds(outer, (struct rect){2, 2, 8, 9}));
    CHECK(!rect_holds(outer, (struct rect){-1, 2, 2, 2}));
    CHECK(!rect_holds(outer, (struct rect){2, -1, 2, 2}));
    CHECK(rect_holds(outer, (struct rect){50, 50, 0, 3}));
    CHECK(rect_holds((struct rect){0, 0, 0, 0}, (struct rect){7, 7, 0, 0}));
}

static void intersects(void)
{
    static const struct rect CASES[][3] = {
        {{0, 0, 10, 10}, {5, 5, 10, 10}, {5, 5, 5, 5}},
        {{0, 0, 10, 10}, {2, 3, 4, 5}, {2, 3, 4, 5}},
        {{0, 0, 10, 10}, {-5, -5, 30, 30}, {0, 0, 10, 10}},
        {{-10, -10, 5, 5}, {-8, -9, 2, 20}, {-8, -9, 2, 4}},
        {{INT_MAX - 5, 0, INT_MAX, 9}, {INT_MAX - 3, 0, INT_MAX, 9}, {INT_MAX - 3, 0, INT_MAX - 2, 9}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        check_rect(i, rect_intersect(CASES[i][0], CASES[i][1]), CASES[i][2]);
        check_rect(i, rect_intersect(CASES[i][1], CASES[i][0]), CASES[i][2]);
    }
    static const struct rect APART[][2] = {{{0, 0, 10, 10}, {10, 0, 5, 5}}, {{0, 0, 10, 10}, {0, 10, 5, 5}},
        {{0, 0, 10, 10}, {3, 3, 0, 5}}, {{0, 0, 10, 10}, {3, 3, -2, 5}},
        {{INT_MIN, 0, 5, 5}, {INT_MAX, 0, 5, 5}}};
    for (size_t i = 0; i < ARRAY_LENGTH(APART); i++) {
        struct rect none = rect_intersect(APART[i][0], APART[i][1]);
        CHECK_THAT(none.w == 0 && none.h == 0, "case %zu: %dx%d", i, none.w, none.h);
    }
}

static void unites(void)
{
    static const struct rect CASES[][3] = {
        {{0, 0, 10, 10}, {5, 5, 10, 10}, {0, 0, 15, 15}}, {{0, 0, 1, 1}, {9, 9, 1, 1}, {0, 0, 10, 10}},
        {{0, 0, 4, 4}, {100, 100, 0, 9}, {0, 0, 4, 4}}, {{-5, -5, 2, 2}, {-9, 0, 1, 1}, {-9, -5, 6, 6}},
        {{INT_MIN, 0, 5, 5}, {INT_MAX - 5, 0, 5, 5}, {INT_MIN, 0, INT_MAX, 5}}, /* too wide for an int: cut */
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        check_rect(i, rect_union(CASES[i][0], CASES[i][1]), CASES[i][2]);
        check_rect(i, rect_union(CASES[i][1], CASES[i][0]), CASES[i][2]);
    }
}

static void insets(void)
{
    static const struct {
        struct rect r;
        int dx, dy;
        struct rect expected;
    } CASES[] = {
        {{0, 0, 10, 20}, 2, 3, {2, 3, 6, 14}},
        {{5, 5, 10, 10}, -2, -1, {3, 4, 14, 12}},
        {{0, 0, 10, 10}, 5, 5, {5, 5, 0, 0}},
        {{0, 0, 10, 10}, 6, 0, {5, 0, 0, 10}},
        {{100, 0, 7, 4}, 50, 50, {103, 2, 0, 0}},
        {{0, 0, 10, 10}, INT_MAX, INT_MAX, {5, 5, 0, 0}},
        {{0, 0, 10, 10}, INT_MIN + 1, 0, {INT_MIN + 1, 0, INT_MAX, 10}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        check_rect(i, rect_inset(CASES[i].r, CASES[i].dx, CASES[i].dy), CASES[i].expected);
    }
}

int main(void)
{
    RUN(knows_what_is_empty);
    RUN(contains_its_left_and_top_edge_only);
    RUN(holds);
    RUN(intersects);
    RUN(unites);
    RUN(insets);
    return check_report();
}
