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

static bool same(struct camera a, struct camera b)
{
    return a.x_page == b.x_page && a.y_page == b.y_page && a.scale == b.scale &&
           a.quarter_turns == b.quarter_turns;
}

static bool close_to(struct camera a, struct camera b, double within)
{
    return fabs(a.x_page - b.x_page) < within && fabs(a.y_page - b.y_page) < within &&
           fabs(log(a.scale / b.scale)) < within;
}

static void starts_and_ends_exactly(void)
{
    for (int i = 0; i < 500; i++) {
        struct camera a = {any(0, 1), any(0, 1), exp(any(-3, 2)), rand() % 4};
        struct camera b = {any(0, 1), any(0, 1), exp(any(-3, 2)), rand() % 4};
        struct camera_flight f = camera_fly(a, b, page, view, 1000, -1);
        CHECK(f.duration_ms >= 600 && f.duration_ms <= 1200);
        CHECK(same(camera_flight_at(&f, page, view, 0), a));
        CHECK(same(camera_flight_at(&f, page, view, 1000), a));
        CHECK(same(camera_flight_at(&f, page, view, 1000 + f.duration_ms), b));
        CHECK(same(camera_flight_at(&f, page, view, 99999), b));
        CHECK(!camera_flight_over(&f, 1000 + f.duration_ms - 1) &&
              camera_flight_over(&f, 1000 + f.duration_ms));
        /* No jump at either end. */
        a.quarter_turns = b.quarter_turns;
        CHECK(close_to(camera_flight_at(&f, page, view, 1001), a, 1e-3));
        CHECK(close_to(camera_flight_at(&f, page, view, 1000 + f.duration_ms - 1), b, 1e-3));
    }
}

static void moves_evenly(void)
{
    /* No step of 10 ms moves the middle by more than a few hundredths of what is seen, or zooms by more than
     * 10 %. */
    for (int i = 0; i < 200; i++) {
        struct camera a = {any(0, 1), any(0, 1), exp(any(-1.5, 1)), 0};
        struct camera b = {any(0, 1), any(0, 1), exp(any(-1.5, 1)), 0};
        struct camera_flight f = camera_fly(a, b, page, view, 0, -1);
        struct camera last = a;
        for (int64_t t = 10; t <= f.duration_ms; t += 10) {
            struct camera c = camera_flight_at(&f, page, view, t);
            double moved =
                hypot((c.x_page - last.x_page) * page.width_img, (c.y_page - last.y_page) * page.height_img);
            CHECK_THAT(moved * c.scale < 0.12 * view.w, "%f", moved * c.scale);
            CHECK(fabs(log(c.scale / last.scale)) < 0.12);
            last = c;
        }
    }
}

static void far_flight_zooms_out(void)
{
    struct camera a = {0.1, 0.1, 2, 0}, b = {0.9, 0.9, 2, 0};
    struct camera_flight f = camera_fly(a, b, page, view, 0, 1000);
    struct camera middle = camera_flight_at(&f, page, view, 500);
    CHECK(middle.scale < 0.5);
    CHECK(fabs(middle.x_page - 0.5) < 1e-9 && fabs(middle.y_page - 0.5) < 1e-9);
    /* A near one does not. */
    b = (struct camera){0.12, 0.1, 2, 0};
    f = camera_fly(a, b, page, view, 0, 1000);
    CHECK(camera_flight_at(&f, page, view, 500).scale > 1.9);
}

static void path_is_the_optimal_one(void)
{
    /* The path's length in the paper's metric, (rho^2 du^2 + dw^2 / rho^2) / w^2, is what its formula
     * says. */
    struct camera a = {0.1, 0.2, 1.5, 0}, b = {0.8, 0.7, 0.7, 0};
    struct camera_flight f = camera_fly(a, b, page, view, 0, 100000);
    double length = 0;
    struct camera last = a;
    for (int64_t t = 1; t <= 100000; t++) {
        struct camera c = camera_flight_at(&f, page, view, t);
        double du =
            hypot((c.x_page - last.x_page) * page.width_img, (c.y_page - last.y_page) * page.height_img);
        double w = view.w / c.scale, dw = w - view.w / last.scale;
        length += sqrt(f.rho * f.rho * du * du + dw * dw / (f.rho * f.rho)) / w;
        last = c;
    }
    CHECK_THAT(fabs(length - f.s_end) < 1e-3 * f.s_end, "%f %f", length, f.s_end);
}

static void zoom_without_travel(void)
{
    struct camera a = {0.5, 0.5, 0.1, 0}, b = {0.5, 0.5, 3, 0};
    struct camera_flight f = camera_fly(a, b, page, view, 0, -1);
    double last = a.scale;
    for (int64_t t = 0; t <= f.duration_ms; t += 16) {
        struct camera c = camera_flight_at(&f, page, view, t);
        CHECK(isfinite(c.scale) && c.scale >= last);
        CHECK(c.x_page == 0.5 && c.y_page == 0.5);
        last = c.scale;
    }
    struct camera_flight none = camera_fly(a, a, page, view, 5, -1);
    CHECK_INT(none.duration_ms, 0);
    CHECK(camera_flight_over(&none, 5) && same(camera_flight_at(&none, page, view, 5), a));
    struct camera_flight jump = camera_fly(a, b, page, view, 5, 0);
    CHECK(same(camera_flight_at(&jump, page, view, 5), b));
}

static void whole_page_is_understood(void)
{
    struct camera_flight f = camera_fly(camera_whole(), (struct camera){0.2, 0.2, 2, 0}, page, view, 0, 1000);
    struct camera c = camera_flight_at(&f, page, view, 1);
    CHECK(fabs(c.scale / camera_fit_scale(page, view, 0, 0) - 1) < 0.01);
}

static void momentum_does_not_depend_on_steps(void)
{
    struct camera_momentum fine = {1500, -700, 100, 0, 0}, coarse = fine;
    double fx = 0, fy = 0, cx = 0, cy = 0, dx, dy;
    int64_t t = 100;
    while (camera_momentum_step(&fine, t, &dx, &dy)) {
        fx += dx;
        fy += dy;
        t += 1;
        CHECK(t < 10000);
    }
    fx += dx;
    fy += dy;
    for (t = 100; camera_momentum_step(&coarse, t, &dx, &dy); t += 33) {
        cx += dx;
        cy += dy;
    }
    cx += dx;
    cy += dy;
    CHECK(fabs(fx - cx) < 1e-6 && fabs(fy - cy) < 1e-6);
    CHECK(fx > 400 && fx < 1500 * 0.325 && fy < 0);
    CHECK(!camera_momentum_step(&coarse, t + 1000, &dx, &dy) && dx == 0 && dy == 0);
}

static void momentum_decays(void)
{
    struct camera_momentum m = {2000, 0, 0, 0, 0};
    double last = 1e9, dx, dy;
    for (int64_t t = 16; camera_momentum_step(&m, t, &dx, &dy); t += 16) {
        CHECK(dx < last && dx > 0 && dy == 0);
        if (last < 1e9) {
            CHECK(fabs(dx / last - exp(-0.016 / 0.325)) < 1e-9);
        }
        last = dx;
    }
    struct camera_momentum slow = {5, 5, 0, 0, 0};
    CHECK(!camera_momentum_step(&slow, 10, &dx, &dy) && dx == 0 && dy == 0);
}

int main(void)
{
    srand(1950);
    RUN(starts_and_ends_exactly);
    RUN(moves_evenly);
    RUN(far_flight_zooms_out);
    RUN(path_is_the_optimal_one);
    RUN(zoom_without_travel);
    RUN(whole_page_is_understood);
    RUN(momentum_does_not_depend_on_steps);
    RUN(momentum_decays);
    return check_report();
}
