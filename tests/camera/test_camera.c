#include "camera/camera.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>

static const struct camera_page page = {4960, 7016};
static const struct size view = {1920, 1080};

static double any(double low, double high)
{
    return low + (high - low) * (rand() / (double)RAND_MAX);
}

static struct camera any_camera(void)
{
    return (struct camera){any(0, 1), any(0, 1), exp(any(-4, 2)), rand() % 4};
}

static bool near(double a, double b, double within)
{
    return fabs(a - b) <= within;
}

static void there_and_back(void)
{
    for (int i = 0; i < 1000; i++) {
        struct camera c = any_camera();
        struct pointf p = {any(-500, 6000), any(-500, 8000)};
        struct pointf q = camera_to_img(c, page, view, camera_to_view(c, page, view, p));
        CHECK(near(p.x, q.x, 1e-6) && near(p.y, q.y, 1e-6));
    }
}

static void centre_stands_in_the_middle(void)
{
    for (int turns = 0; turns < 4; turns++) {
        struct camera c = {0.25, 0.75, 0.3, turns};
        struct pointf p = camera_to_view(c, page, view, (struct pointf){0.25 * 4960, 0.75 * 7016});
        CHECK(near(p.x, 960, 1e-9) && near(p.y, 540, 1e-9));
    }
}

static void turns_are_clockwise(void)
{
    /* What is to the right of the centre goes below it, then to the left, then above. */
    static const struct pointf expected[] = {{1060, 540}, {960, 640}, {860, 540}, {960, 440}};
    for (int turns = 0; turns < 4; turns++) {
        struct camera c = {0.5, 0.5, 1, turns};
        struct pointf p = camera_to_view(c, page, view, (struct pointf){2480 + 100, 3508});
        CHECK(near(p.x, expected[turns].x, 1e-9) && near(p.y, expected[turns].y, 1e-9));
    }
    struct camera c = camera_turn((struct camera){0.5, 0.5, 1, 0}, -1);
    CHECK_INT(c.quarter_turns, 3);
    CHECK_INT(camera_turn(c, 2).quarter_turns, 1);
}

static void whole_page_fits(void)
{
    for (int turns = 0; turns < 4; turns++) {
        struct camera c = camera_whole();
        c.quarter_turns = turns;
        c = camera_clamp(c, page, view, 24, 4);
        struct rectf r = camera_rect_to_view(c, page, view, (struct rectf){0, 0, 4960, 7016});
        CHECK(r.x >= 24 - 1e-6 && r.y >= 24 - 1e-6);
        CHECK(r.x + r.w <= 1920 - 24 + 1e-6 && r.y + r.h <= 1080 - 24 + 1e-6);
        CHECK(near(r.y, 24, 1e-6) || near(r.x, 24, 1e-6));
        CHECK(near(r.x + r.w / 2, 960, 1e-6) && near(r.y + r.h / 2, 540, 1e-6));
    }
}

static void zoom_keeps_the_fixed_point(void)
{
    for (int i = 0; i < 1000; i++) {
        struct camera c = any_camera();
        struct pointf fixed = {any(0, 1920), any(0, 1080)};
        struct pointf before = camera_to_img(c, page, view, fixed);
        double factor = exp(any(-1, 1));
        struct camera d = camera_zoom_at(c, page, view, factor, fixed);
        struct pointf after = camera_to_img(d, page, view, fixed);
        CHECK(near(before.x, after.x, 1e-6) && near(before.y, after.y, 1e-6));
        CHECK(near(d.scale, c.scale * factor, 1e-9 * d.scale));
    }
}

static void zoom_in_and_out_is_nothing(void)
{
    struct camera c = any_camera(), d = c;
    struct pointf fixed = {100, 1000};
    for (int i = 0; i < 200; i++) {
        d = camera_zoom_at(d, page, view, i % 2 ? 1 / 1.7 : 1.7, fixed);
    }
    CHECK(near(c.x_page, d.x_page, 1e-9) && near(c.y_page, d.y_page, 1e-9) && near(c.scale, d.scale, 1e-9));
}

static void pan_moves_what_is_seen(void)
{
    for (int i = 0; i < 1000; i++) {
        struct camera c = any_camera();
        struct pointf img = {any(0, 4960), any(0, 7016)};
        struct pointf before = camera_to_view(c, page, view, img);
        struct camera d = camera_pan(c, page, 31, -17);
        struct pointf after = camera_to_view(d, page, view, img);
        CHECK(near(after.x, before.x + 31, 1e-6) && near(after.y, before.y - 17, 1e-6));
    }
}

static void clamp_leaves_no_gap(void)
{
    for (int i = 0; i < 2000; i++) {
        struct camera c = any_camera();
        c.x_page = any(-2, 3);
        c.y_page = any(-2, 3);
        int margin = rand() % 60;
        c = camera_clamp(c, page, view, margin, 4);
        CHECK(c.scale <= 4 && c.scale >= camera_fit_scale(page, view, c.quarter_turns, margin));
        struct rectf r = camera_rect_to_view(c, page, view, (struct rectf){0, 0, 4960, 7016});
        bool wide = r.w > view.w - 2 * margin + 1e-6, high = r.h > view.h - 2 * margin + 1e-6;
        if (wide) {
            CHECK(r.x <= margin + 1e-6 && r.x + r.w >= view.w - margin - 1e-6);
        } else {
            CHECK(near(r.x + r.w / 2, view.w / 2.0, 1e-6));
        }
        if (high) {
            CHECK(r.y <= margin + 1e-6 && r.y + r.h >= view.h - margin - 1e-6);
        } else {
            CHECK(near(r.y + r.h / 2, view.h / 2.0, 1e-6));
        }
        struct camera again = camera_clamp(c, page, view, margin, 4);
        CHECK(near(again.x_page, c.x_page, 1e-12) && near(again.y_page, c.y_page, 1e-12) &&
              again.scale == c.scale);
    }
}

static void clamp_survives_nonsense(void)
{
    struct camera c = camera_clamp((struct camera){NAN, INFINITY, NAN, -5}, page, view, 0, 4);
    CHECK(c.x_page == 0.5 && c.y_page == 0.5 && c.scale > 0 && isfinite(c.scale));
    CHECK_INT(c.quarter_turns, 3);
    c = camera_clamp(camera_whole(), (struct camera_page){0, 0}, (struct size){0, 0}, 10, 4);
    CHECK(isfinite(c.scale) && c.scale > 0);
    /* A stamp-sized page is shown whole, however small max_scale is. */
    c = camera_clamp(camera_whole(), (struct camera_page){20, 10}, view, 0, 4);
    CHECK(near(c.scale, 96, 1e-9));
}

static void box_is_shown_whole(void)
{
    for (int turns = 0; turns < 4; turns++) {
        struct rectf box = {400, 1200, 3000, 220};
        struct camera c = camera_for_box(page, view, box, 40, 10, turns);
        struct rectf r = camera_rect_to_view(c, page, view, box);
        CHECK(r.x >= 40 - 1e-6 && r.y >= 40 - 1e-6 && r.x + r.w <= 1880 + 1e-6 && r.y + r.h <= 1040 + 1e-6);
        CHECK(near(r.w, 1840, 1e-6) || near(r.h, 1000, 1e-6));
    }
    struct camera c = camera_for_box(page, view, (struct rectf){10, 10, 0, 0}, 40, 3, 0);
    CHECK(c.scale == 3);
}

static void soft_edges_yield_and_hold(void)
{
    struct camera start = camera_clamp((struct camera){0, 0, 1, 0}, page, view, 0, 4);
    double last = 0;
    for (int dx = 0; dx <= 5000; dx += 10) {
        struct camera pulled = camera_soften(camera_pan(start, page, dx, 0), page, view, 0, 4);
        struct pointf corner = camera_to_view(pulled, page, view, (struct pointf){0, 0});
        CHECK(corner.x >= last - 1e-9);
        CHECK(corner.x <= 0.25 * 1080 + 1e-9 && corner.x <= dx + 1e-9);
        last = corner.x;
    }
    CHECK(last > 100);
    /* Inside the limits nothing is softened. */
    struct camera inside = {0.5, 0.5, 1, 1};
    struct camera same = camera_soften(inside, page, view, 0, 4);
    CHECK(same.x_page == inside.x_page && same.y_page == inside.y_page && same.scale == inside.scale);
    struct camera deep = camera_soften((struct camera){0.5, 0.5, 400, 0}, page, view, 0, 4);
    CHECK(deep.scale > 4 && deep.scale < 4 * exp(0.5));
}

/* What is shown tells where the finger's own camera is, inside and outside the limits. */
static void soft_edges_can_be_caught(void)
{
    static const struct camera hands[] = {
        {0.5, 0.5, 1, 0}, {-0.4, 0.3, 2, 0}, {1.7, -0.8, 3, 1}, {0.5, 0.5, 9, 2}, {0.1, 0.9, 0.01, 3}};
    for (size_t i = 0; i < sizeof hands / sizeof hands[0]; i++) {
        struct camera shown = camera_soften(hands[i], page, view, 12, 4);
        struct camera again = camera_soften(camera_harden(shown, page, view, 12, 4), page, view, 12, 4);
        CHECK_THAT(near(again.x_page, shown.x_page, 1e-9) && near(again.y_page, shown.y_page, 1e-9) &&
                       near(again.scale, shown.scale, 1e-9),
            "%d: %f,%f at %f", (int)i, again.x_page, again.y_page, again.scale);
    }
    struct camera whole = camera_harden(camera_whole(), page, view, 12, 4);
    CHECK(whole.scale > 0 && whole.x_page == 0.5);
    struct camera far = camera_harden((struct camera){1e9, 0.5, 1, 0}, page, view, 12, 4);
    CHECK(isfinite(far.x_page) && far.x_page > 1);
}

static void seen_is_what_the_view_shows(void)
{
    struct camera c = {0.5, 0.5, 2, 1};
    struct rectf r = camera_seen(c, page, view);
    CHECK(near(r.w, 540, 1e-9) && near(r.h, 960, 1e-9));
    CHECK(near(r.x, 2480 - 270, 1e-9) && near(r.y, 3508 - 480, 1e-9));
}

int main(void)
{
    srand(1950);
    RUN(there_and_back);
    RUN(soft_edges_can_be_caught);
    RUN(centre_stands_in_the_middle);
    RUN(turns_are_clockwise);
    RUN(whole_page_fits);
    RUN(zoom_keeps_the_fixed_point);
    RUN(zoom_in_and_out_is_nothing);
    RUN(pan_moves_what_is_seen);
    RUN(clamp_leaves_no_gap);
    RUN(clamp_survives_nonsense);
    RUN(box_is_shown_whole);
    RUN(soft_edges_yield_and_hold);
    RUN(seen_is_what_the_view_shows);
    return check_report();
}
