/* Two drawings of one view compared: by how their lenses stand, and by the tiles that they are made of. */
#include "scan/changes.h"

#include "scan_state.h"

#include "base/array.h"

#include <stdlib.h>

/* Level pixels by which a tile may be seen beside itself: the reach of the filter. */
#define REACH 3

/* In place of a share: the tile has failed. */
#define FAILED UINT16_MAX

struct scan_drawing {
    bool known;
    struct scan_view view;
    uint32_t face; /* of the page */
    struct lens lens;
    unsigned long below; /* what had come and gone of coarser levels, of which stand-ins are made */
    uint16_t *seen;      /* of each tile needed, row by row: its share of SCAN_SEEN, or FAILED */
    size_t capacity;
};

struct scan_drawing *scan_drawing_create(void)
{
    return calloc(1, sizeof(struct scan_drawing));
}

void scan_drawing_destroy(struct scan_drawing *drawing)
{
    if (drawing != NULL) {
        free(drawing->seen);
        free(drawing);
    }
}

/* ---- how it is drawn now */

static uint16_t seen_of(const struct scan *scan, struct tile_key key)
{
    const struct tile *tile = cache_find(&scan->cache, key);
    if (tile == NULL) {
        return 0;
    }
    return tile->pixels == NULL ? FAILED : (uint16_t)scan_tile_seen(scan, tile);
}

static bool look(const struct scan *scan, struct scan_drawing *drawing, const struct scan_view *view)
{
    const struct scan_page *page = scan_page(scan, view->page);
    if (page == NULL) {
        return false;
    }
    drawing->view = *view;
    drawing->face = page->face;
    drawing->lens = scan_drawn_lens(scan, view);
    for (int k = 0; k < drawing->lens.level; k++) {
        drawing->below += scan->cache.changes[k];
    }
    struct rect n = drawing->lens.tiles_needed;
    size_t count = (size_t)n.w * (size_t)n.h, at = 0;
    if (!array_reserve((void **)&drawing->seen, &drawing->capacity, count, sizeof *drawing->seen)) {
        return false;
    }
    for (int y = n.y; y < n.y + n.h; y++) {
        for (int x = n.x; x < n.x + n.w; x++) {
            struct tile_key key = scan_tile_key(scan, view->page, drawing->lens.level, x, y);
            drawing->seen[at++] = seen_of(scan, key);
        }
    }
    return true;
}

/* ---- how it has moved */

/* Are both of the same pixels of the same level, but for where they begin? */
static bool same_grid(const struct scan_drawing *a, const struct scan_drawing *b)
{
    return a->view.page == b->view.page && a->face == b->face &&
           rect_equal(a->view.view_win, b->view.view_win) && a->lens.level == b->lens.level &&
           a->lens.shift == b->lens.shift && a->lens.quarter_turns == b->lens.quarter_turns &&
           a->lens.step == b->lens.step && (a->lens.u - b->lens.u) % a->lens.step == 0 &&
           (a->lens.v - b->lens.v) % a->lens.step == 0;
}

static bool movement(const struct lens *before, const struct lens *after, struct point *moved)
{
    int64_t x = (before->u - after->u) / after->step, y = (before->v - after->v) / after->step;
    if (llabs(x) >= after->up.w || llabs(y) >= after->up.h) {
        return false; /* nothing of it is left */
    }
    const struct point turned[] = {
        {(int)x, (int)y}, {(int)-y, (int)x}, {(int)-x, (int)-y}, {(int)y, (int)-x}};
    *moved = turned[after->quarter_turns];
    return true;
}

/* ---- which tiles are others */

/* The view's pixels, on one axis, that level pixels [from, to) can touch. */
static void touched_span(
    int64_t first, const struct lens *lens, int from, int to, int view, int *at, int *length)
{
    int64_t low = ((from - REACH) * LENS_ONE >> lens->shift) - first;
    int64_t high = ((to + REACH) * LENS_ONE >> lens->shift) - first;
    int64_t start = low / lens->step - 2, end = high / lens->step + 2;
    start = start < 0 ? 0 : start;
    end = end > view ? view : end;
    *at = (int)start;
    *length = end > start ? (int)(end - start) : 0;
}

/* Window pixels of a run of tiles in one row of the grid. */
static struct rect run_in_window(
    const struct scan *scan, const struct scan_drawing *d, int x, int y, int count)
{
    const struct scan_pyramid *pyramid = scan->pages[d->view.page].pyramid;
    struct rect run = rect_union(pyramid_tile_rect(pyramid, d->lens.level, x, y),
        pyramid_tile_rect(pyramid, d->lens.level, x + count - 1, y));
    struct rect up;
    touched_span(d->lens.u, &d->lens, run.x, run.x + run.w, d->lens.up.w, &up.x, &up.w);
    touched_span(d->lens.v, &d->lens, run.y, run.y + run.h, d->lens.up.h, &up.y, &up.h);
    struct rect r = lens_turn(&d->lens, up);
    r.x += d->view.view_win.x;
    r.y += d->view.view_win.y;
    return r;
}

/* The grid of which both hold the state; what only one has lies outside of what both show. */
static struct rect common_grid(const struct scan_drawing *a, const struct scan_drawing *b)
{
    return rect_intersect(a->lens.tiles_needed, b->lens.tiles_needed);
}

static uint16_t state_at(const struct scan_drawing *d, int x, int y)
{
    struct rect n = d->lens.tiles_needed;
    return d->seen[(size_t)(y - n.y) * (size_t)n.w + (size_t)(x - n.x)];
}

/* Runs that lie under one another and are equally long are one rectangle. */
static bool add_run(struct scan_changes *changes, struct rect run)
{
    for (int i = 0; i < changes->count; i++) {
        struct rect *r = &changes->rects[i];
        if ((r->x == run.x && r->w == run.w && run.y <= r->y + r->h && r->y <= run.y + run.h) ||
            (r->y == run.y && r->h == run.h && run.x <= r->x + r->w && r->x <= run.x + run.w)) {
            *r = rect_union(*r, run);
            return true;
        }
    }
    if (changes->count == SCAN_CHANGES_MAX) {
        return false;
    }
    changes->rects[changes->count++] = run;
    return true;
}

static bool add_tiles(const struct scan *scan, const struct scan_drawing *before,
    const struct scan_drawing *after, bool unsharp_too, struct scan_changes *changes)
{
    struct rect grid = common_grid(before, after);
    for (int y = grid.y; y < grid.y + grid.h; y++) {
        int start = -1;
        for (int x = grid.x; x <= grid.x + grid.w; x++) {
            uint16_t a = x < grid.x + grid.w ? state_at(before, x, y) : SCAN_SEEN;
            uint16_t b = x < grid.x + grid.w ? state_at(after, x, y) : SCAN_SEEN;
            bool changed = a != b || (unsharp_too && b != SCAN_SEEN);
            if (changed && start < 0) {
                start = x;
            } else if (!changed && start >= 0) {
                if (!add_run(changes, run_in_window(scan, after, start, y, x - start))) {
                    return false;
                }
                start = -1;
            }
        }
    }
    return true;
}

/* ---- */

void scan_compare(const struct scan *scan, struct scan_drawing *drawing, const struct scan_view *view,
    struct scan_changes *changes)
{
    *changes = (struct scan_changes){.all = true};
    struct scan_drawing now = {0};
    bool looked = look(scan, &now, view);
    if (looked && drawing->known && same_grid(drawing, &now) &&
        movement(&drawing->lens, &now.lens, &changes->moved)) {
        changes->all = !add_tiles(scan, drawing, &now, drawing->below != now.below, changes);
    }
    free(drawing->seen);
    *drawing = now;
    drawing->known = looked;
}
