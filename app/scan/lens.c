#include "lens.h"

#include <math.h>

/* Scales that differ by rounding only are one scale. */
#define SAME_SCALE 1e-9

int lens_level(const struct scan_pyramid *pyramid, double scale)
{
    for (int i = 0; i < pyramid->level_count; i++) {
        if (scale * pyramid->levels[i].factor <= 1 + SAME_SCALE) {
            return i;
        }
    }
    return pyramid->level_count - 1;
}

double lens_scale(const struct scan_pyramid *pyramid, const struct scan_view *view)
{
    if (view->camera.scale > 0 && isfinite(view->camera.scale)) {
        return view->camera.scale;
    }
    struct camera_page page = {pyramid->size.w, pyramid->size.h};
    struct size size = {view->view_win.w, view->view_win.h};
    return camera_fit_scale(page, size, view->camera.quarter_turns, 0);
}

static int64_t ceil_div(int64_t a, int64_t b)
{
    return a / b + (a % b > 0);
}

static int clamp_int(int64_t value, int64_t low, int64_t high)
{
    return (int)(value < low ? low : value > high ? high : value);
}

/* The centre of the first upright pixel on one axis; with a step of one it stands on a level pixel's centre,
 * so that 1:1 is exact. */
static int64_t first_centre(double centre_page, int image, double unit, int up, double step, bool exact)
{
    double centre = isfinite(centre_page) ? fmin(fmax(centre_page, -8), 9) : 0.5;
    double first = centre * image / unit + (0.5 - up / 2.0) * step;
    if (exact) {
        first = floor(first) + 0.5;
    }
    return llround(first * (double)LENS_ONE);
}

/* First pixel and count on one axis of those whose centres lie on the page. */
static void page_span(int64_t first, int64_t step, int image, double unit, int up, int *start, int *count)
{
    int64_t end = llround(image / unit * (double)LENS_ONE);
    *start = clamp_int(ceil_div(-first, step), 0, up);
    *count = clamp_int(ceil_div(end - first, step), 0, up) - *start;
}

/* The level pixels that the filter touches for `count` pixels from `start`. */
static void needed_span(
    int64_t first, int64_t step, int start, int count, int shift, int level, int *from, int *length)
{
    int64_t half = (step > LENS_ONE ? step : LENS_ONE) / 2;
    int64_t low = (first + start * step - half) >> 32;
    int64_t high = ((first + (start + count - 1) * step + half) >> 32) + 1;
    *from = clamp_int(low < 0 ? 0 : low << shift, 0, level - 1);
    *length = clamp_int(high < 0 ? 0 : high << shift, *from + 1, level) - *from;
}

static void find_tiles(struct lens *lens, const struct pyramid_level *level)
{
    struct rect n = lens->level_needed;
    struct rect *t = &lens->tiles_needed;
    t->x = n.x / level->tile.w;
    t->y = n.y / level->tile.h;
    t->w = (n.x + n.w - 1) / level->tile.w + 1 - t->x;
    t->h = (n.y + n.h - 1) / level->tile.h + 1 - t->y;
}

struct lens lens_make(const struct scan_pyramid *pyramid, const struct scan_view *view, int level)
{
    const struct pyramid_level *l = &pyramid->levels[level];
    int turns = ((view->camera.quarter_turns % 4) + 4) % 4;
    struct lens lens = {.level = level, .quarter_turns = turns, .view = {view->view_win.w, view->view_win.h}};
    if (lens.view.w <= 0 || lens.view.h <= 0) {
        return lens;
    }
    lens.up = turns % 2 ? (struct size){lens.view.h, lens.view.w} : lens.view;
    double step = 1 / (lens_scale(pyramid, view) * l->factor), unit = l->factor;
    while (step > 2 + SAME_SCALE && lens.shift < 30) {
        lens.shift++;
        step /= 2;
        unit *= 2;
    }
    bool exact = fabs(step - 1) < SAME_SCALE;
    step = exact ? 1 : fmin(step, 2);
    lens.step = llround(step * (double)LENS_ONE);
    lens.step = lens.step < 1 ? 1 : lens.step;
    lens.u = first_centre(view->camera.x_page, pyramid->size.w, unit, lens.up.w, step, exact);
    lens.v = first_centre(view->camera.y_page, pyramid->size.h, unit, lens.up.h, step, exact);
    lens.squares.w = ((l->size.w - 1) >> lens.shift) + 1;
    lens.squares.h = ((l->size.h - 1) >> lens.shift) + 1;
    struct rect *p = &lens.page_up, *n = &lens.level_needed;
    page_span(lens.u, lens.step, pyramid->size.w, unit, lens.up.w, &p->x, &p->w);
    page_span(lens.v, lens.step, pyramid->size.h, unit, lens.up.h, &p->y, &p->h);
    if (rect_empty(*p)) {
        *p = (struct rect){0, 0, 0, 0};
        return lens;
    }
    needed_span(lens.u, lens.step, p->x, p->w, lens.shift, l->size.w, &n->x, &n->w);
    needed_span(lens.v, lens.step, p->y, p->h, lens.shift, l->size.h, &n->y, &n->h);
    find_tiles(&lens, l);
    return lens;
}

struct rect lens_turn(const struct lens *lens, struct rect up)
{
    switch (lens->quarter_turns) {
    case 1:
        return (struct rect){lens->view.w - up.y - up.h, up.x, up.h, up.w};
    case 2:
        return (struct rect){lens->view.w - up.x - up.w, lens->view.h - up.y - up.h, up.w, up.h};
    case 3:
        return (struct rect){up.y, lens->view.h - up.x - up.w, up.h, up.w};
    default:
        return up;
    }
}

struct rect lens_unturn(const struct lens *lens, struct rect view)
{
    switch (lens->quarter_turns) {
    case 1:
        return (struct rect){view.y, lens->view.w - view.x - view.w, view.h, view.w};
    case 2:
        return (struct rect){lens->view.w - view.x - view.w, lens->view.h - view.y - view.h, view.w, view.h};
    case 3:
        return (struct rect){lens->view.h - view.y - view.h, view.x, view.h, view.w};
    default:
        return view;
    }
}
