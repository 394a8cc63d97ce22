#include "compose_state.h"

#include "base/array.h"
#include "crew.h"

#include <stdlib.h>
#include <string.h>

/* With less to draw a second thread costs more than it brings; rows that are only copied need less of it. */
#define PIXELS_FOR_TWO 65536
#define COPIED_FOR_TWO (1 << 22)
/* A level is drawn once this part of it is known; until then the next coarser one is enlarged. */
#define KNOWN_PART 4

#define HATCH_PERIOD 16
#define HATCH_WIDTH 3

struct compose_memory {
    struct compose_cell *cells;
    size_t cell_capacity;
    struct filter_columns across;
    struct filter_columns standins[PYRAMID_LEVELS];
    struct band bands[2];
    struct crew *crew; /* made when first needed */
};

void compose_memory_destroy(struct compose_memory *memory)
{
    if (memory == NULL) {
        return;
    }
    crew_destroy(memory->crew);
    free(memory->cells);
    filter_columns_finish(&memory->across);
    for (int i = 0; i < PYRAMID_LEVELS; i++) {
        filter_columns_finish(&memory->standins[i]);
    }
    band_finish(&memory->bands[0]);
    band_finish(&memory->bands[1]);
    free(memory);
}

/* ---- what to draw from */

/* Is a quarter of what the view needs of this level there, or known to fail? */
static bool is_known(const struct scan *scan, const struct lens *lens, int page)
{
    struct rect n = lens->tiles_needed;
    int known = 0;
    for (int y = n.y; y < n.y + n.h; y++) {
        for (int x = n.x; x < n.x + n.w; x++) {
            known += cache_find(&scan->cache, scan_tile_key(scan, page, lens->level, x, y)) != NULL;
        }
    }
    return (int64_t)known * KNOWN_PART >= (int64_t)n.w * n.h;
}

struct lens scan_drawn_lens(const struct scan *scan, const struct scan_view *view)
{
    const struct scan_page *page = &scan->pages[view->page];
    int level = scan_view_level(page, view);
    struct lens lens = lens_make(page->pyramid, view, level);
    while (level > 0 && !is_known(scan, &lens, view->page)) {
        level--;
        lens = lens_make(page->pyramid, view, level);
    }
    return lens;
}

static void choose_span(struct compose *c)
{
    int64_t centre = c->lens.u + c->area_up.x * c->lens.step;
    int64_t last = centre + (c->area_up.w - 1) * c->lens.step;
    c->low = filter_tap_at(centre, c->lens.step).first;
    c->high = filter_tap_at(last, c->lens.step).first + 3;
    c->from = c->low < 0 ? 0 : c->low;
    c->from = c->from < c->lens.squares.w ? c->from : c->lens.squares.w - 1;
    c->to = c->high < c->lens.squares.w ? c->high : c->lens.squares.w;
    c->to = c->to > c->from ? c->to : c->from + 1;
    c->level_from = c->from << c->lens.shift;
    int64_t end = (int64_t)c->to << c->lens.shift;
    c->level_to = end < c->level->size.w ? (int)end : c->level->size.w;
    int64_t half = LENS_ONE / 2;
    c->exact = c->lens.shift == 0 && c->lens.step == LENS_ONE && (c->lens.u & (LENS_ONE - 1)) == half &&
               (c->lens.v & (LENS_ONE - 1)) == half;
}

/* The tiles under the area; first row and last row by the filter's reach. */
static void choose_tiles(struct compose *c)
{
    int64_t centre = c->lens.v + c->area_up.y * c->lens.step;
    int64_t last = centre + (c->area_up.h - 1) * c->lens.step;
    int top = filter_tap_at(centre, c->lens.step).first, bottom = filter_tap_at(last, c->lens.step).first + 2;
    int rows = c->lens.squares.h;
    top = top < 0 ? 0 : top >= rows ? rows - 1 : top;
    bottom = bottom < top ? top : bottom >= rows ? rows - 1 : bottom;
    int64_t end = (int64_t)(bottom + 1) << c->lens.shift;
    int level_top = top << c->lens.shift, level_end = end < c->level->size.h ? (int)end : c->level->size.h;
    c->tiles.x = c->level_from / c->level->tile.w;
    c->tiles.y = level_top / c->level->tile.h;
    c->tiles.w = (c->level_to - 1) / c->level->tile.w + 1 - c->tiles.x;
    c->tiles.h = (level_end - 1) / c->level->tile.h + 1 - c->tiles.y;
}

static bool gather_cells(struct compose *c, struct compose_memory *memory, bool *any_failed)
{
    size_t count = (size_t)c->tiles.w * (size_t)c->tiles.h;
    if (!array_reserve((void **)&memory->cells, &memory->cell_capacity, count, sizeof *memory->cells)) {
        return false;
    }
    *any_failed = false;
    struct compose_cell *cell = memory->cells;
    for (int y = c->tiles.y; y < c->tiles.y + c->tiles.h; y++) {
        for (int x = c->tiles.x; x < c->tiles.x + c->tiles.w; x++, cell++) {
            const struct tile *tile =
                cache_find(&c->scan->cache, scan_tile_key(c->scan, c->page, c->lens.level, x, y));
            bool there = tile != NULL && tile->pixels != NULL;
            cell->tile = there ? tile : NULL;
            cell->failed = tile != NULL && !there;
            cell->seen = there ? scan_tile_seen(c->scan, tile) : 0;
            cell->standin = cell->seen == SCAN_SEEN ? -1 : standin_level(c, x, y);
            cell->seen = there && cell->standin < 0 ? SCAN_SEEN : cell->seen; /* nothing to come out of */
            *any_failed = *any_failed || cell->failed;
        }
    }
    c->cells = memory->cells;
    return true;
}

/* How this level's pixels lie on each level that stands in for it. */
static bool set_standins(struct compose *c, struct compose_memory *memory)
{
    bool used[PYRAMID_LEVELS] = {false};
    size_t count = (size_t)(c->level_to - c->level_from);
    for (size_t i = 0; i < (size_t)c->tiles.w * (size_t)c->tiles.h; i++) {
        int k = c->cells[i].standin;
        if (k < 0 || used[k]) {
            continue;
        }
        used[k] = true;
        int64_t ratio = LENS_ONE * c->level->factor / c->pyramid->levels[k].factor;
        if (!filter_columns_reserve(&memory->standins[k], count)) {
            return false;
        }
        filter_columns_set(&memory->standins[k], count, ratio / 2 + c->level_from * ratio, ratio);
    }
    c->standins = memory->standins;
    return true;
}

/* ---- drawing rows */

/* Rows as they are, COMPOSE_RING at a time: of each tile these lie behind one another in memory, and are read
 * in one go. */
static void copy_rows(
    const struct compose *c, struct band *band, int y, int rows, uint32_t *to, ptrdiff_t stride)
{
    const uint32_t *const *pieces[COMPOSE_RING];
    for (int row = 0; row < rows; row++) {
        pieces[row] = band_row(band, c, (int)((c->lens.v + (y + row) * c->lens.step) >> 32));
    }
    int first = (int)((c->lens.u + c->area_up.x * c->lens.step) >> 32) - c->from, end = first + c->area_up.w;
    for (int k = 0; k < band->piece_count; k++) {
        int start = band->starts[k] > first ? band->starts[k] : first;
        int stop = band->starts[k + 1] < end ? band->starts[k + 1] : end;
        for (int row = 0; row < rows && start < stop; row++) {
            memcpy(to + row * stride + (start - first), pieces[row][k] + (start - band->starts[k]),
                (size_t)(stop - start) * sizeof *to);
        }
    }
}

/* Repeats the level's edges outside of it. */
static void repeat_edges(const struct compose *c, uint32_t *mid)
{
    for (int x = c->low; x < c->from; x++) {
        mid[x - c->low] = mid[c->from - c->low];
    }
    for (int x = c->to; x < c->high; x++) {
        mid[x - c->low] = mid[c->to - 1 - c->low];
    }
}

static void filter_row(const struct compose *c, struct band *band, int y, uint32_t *to)
{
    struct filter_tap tap = filter_tap_at(c->lens.v + y * c->lens.step, c->lens.step);
    const uint32_t *const *a = band_row(band, c, tap.first);
    const uint32_t *const *b = tap.weight[1] != 0 ? band_row(band, c, tap.first + 1) : a;
    const uint32_t *const *last = tap.weight[2] != 0 ? band_row(band, c, tap.first + 2) : b;
    uint32_t *mid = band->mid + COMPOSE_MARGIN;
    for (int k = 0; k < band->piece_count; k++) {
        uint32_t *piece = mid + (c->from - c->low) + band->starts[k];
        size_t count = (size_t)(band->starts[k + 1] - band->starts[k]);
        if (tap.weight[0] == FILTER_ONE) {
            memcpy(piece, a[k], count * sizeof *piece);
        } else {
            filter_rows(piece, a[k], b[k], last[k], tap.weight, count);
        }
    }
    repeat_edges(c, mid);
    filter_across(to, mid, c->low, c->across, 0, (size_t)c->area_up.w);
}

static void draw_rows(
    const struct compose *c, struct band *band, int y, int rows, uint32_t *to, ptrdiff_t stride)
{
    for (int row = 0; !c->exact && row < rows; row++) {
        filter_row(c, band, y + row, to + row * stride);
    }
    for (int row = 0; c->exact && row < rows; row += COMPOSE_RING) {
        int count = rows - row < COMPOSE_RING ? rows - row : COMPOSE_RING;
        copy_rows(c, band, y + row, count, to + row * stride, stride);
    }
}

/* ---- turning and threads */

struct share {
    const struct compose *c;
    struct band *bands; /* one for each hand */
    uint32_t *origin;   /* the target's pixel at the view's top left, which may lie outside the target: never
                           used as such */
    ptrdiff_t stride;
};

/* Where an upright pixel goes: `x` and `y` steps in target words, from `at`. */
struct path {
    ptrdiff_t at, x, y;
};

static struct path path_of(const struct compose *c, ptrdiff_t stride)
{
    ptrdiff_t w = c->lens.view.w, h = c->lens.view.h;
    switch (c->lens.quarter_turns) {
    case 1:
        return (struct path){w - 1, stride, -1};
    case 2:
        return (struct path){(h - 1) * stride + w - 1, -1, -stride};
    case 3:
        return (struct path){(h - 1) * stride, -stride, 1};
    default:
        return (struct path){0, 1, stride};
    }
}

/* Writes up to COMPOSE_TURNED finished rows so that each line of the target's memory is touched once. */
static void put_turned(const struct share *s, const struct band *band, struct path path, int y, int rows)
{
    const struct rect area = s->c->area_up;
    for (int x = 0; x < area.w; x++) {
        ptrdiff_t to = path.at + (area.x + (ptrdiff_t)x) * path.x + y * path.y;
        const uint32_t *from = band->turned + x;
        for (int row = 0; row < rows; row++) {
            s->origin[to + row * path.y] = from[(size_t)row * (size_t)area.w];
        }
    }
}

/* The rows of one piece. */
static void draw_piece(void *context, int hand, int piece)
{
    const struct share *s = context;
    const struct compose *c = s->c;
    struct band *band = &s->bands[hand];
    struct path path = path_of(c, s->stride);
    int end = c->area_up.y + c->area_up.h;
    int start = c->area_up.y + piece * COMPOSE_TURNED;
    int rows = end - start < COMPOSE_TURNED ? end - start : COMPOSE_TURNED;
    if (path.x == 1) {
        draw_rows(c, band, start, rows, s->origin + path.at + c->area_up.x + start * path.y, path.y);
        return;
    }
    draw_rows(c, band, start, rows, band->turned, c->area_up.w);
    put_turned(s, band, path, start, rows);
}

/* With two hands where that pays. */
static void draw_all(
    const struct compose *c, struct compose_memory *memory, uint32_t *origin, ptrdiff_t stride)
{
    struct rect area = c->area_up;
    int64_t least = c->exact ? COPIED_FOR_TWO : PIXELS_FOR_TWO;
    bool two = (int64_t)area.w * area.h >= least && c->scan->options.compose_threads != 1 &&
               band_reserve(&memory->bands[1], c);
    if (two && memory->crew == NULL) {
        memory->crew = crew_create();
    }
    struct share share = {c, memory->bands, origin, stride};
    crew_run(two ? memory->crew : NULL, draw_piece, &share, (area.h + COMPOSE_TURNED - 1) / COMPOSE_TURNED);
}

/* ---- what is missing for good */

static void hatch(
    const struct compose *c, struct rect cell, uint32_t *origin, ptrdiff_t stride, uint32_t colour)
{
    int64_t left = ((int64_t)cell.x << 32) >> c->lens.shift,
            right = ((int64_t)(cell.x + cell.w) << 32) >> c->lens.shift;
    int64_t top = ((int64_t)cell.y << 32) >> c->lens.shift,
            bottom = ((int64_t)(cell.y + cell.h) << 32) >> c->lens.shift;
    struct path path = path_of(c, stride);
    for (int y = c->area_up.y; y < c->area_up.y + c->area_up.h; y++) {
        int64_t v = c->lens.v + y * c->lens.step;
        if (v < top || v >= bottom) {
            continue;
        }
        for (int x = c->area_up.x; x < c->area_up.x + c->area_up.w; x++) {
            int64_t u = c->lens.u + x * c->lens.step;
            /* Anchored to the page, so that the lines move with it. */
            int64_t along =
                (u - c->lens.u % c->lens.step) / c->lens.step + (v - c->lens.v % c->lens.step) / c->lens.step;
            if (u >= left && u < right && along % HATCH_PERIOD < HATCH_WIDTH) {
                origin[path.at + x * path.x + y * path.y] = colour;
            }
        }
    }
}

static void hatch_failed(const struct compose *c, uint32_t *origin, ptrdiff_t stride, uint32_t colour)
{
    const struct compose_cell *cell = c->cells;
    for (int y = c->tiles.y; y < c->tiles.y + c->tiles.h; y++) {
        for (int x = c->tiles.x; x < c->tiles.x + c->tiles.w; x++, cell++) {
            if (cell->failed) {
                hatch(c, pyramid_tile_rect(c->pyramid, c->lens.level, x, y), origin, stride, colour);
            }
        }
    }
}

/* ---- */

static bool prepare(struct compose *c, struct compose_memory *memory, bool *any_failed)
{
    choose_span(c);
    choose_tiles(c);
    if (!gather_cells(c, memory, any_failed) || !set_standins(c, memory)) {
        return false;
    }
    if (!c->exact) {
        size_t count = (size_t)c->area_up.w;
        if (!filter_columns_reserve(&memory->across, count)) {
            return false;
        }
        filter_columns_set(&memory->across, count, c->lens.u + c->area_up.x * c->lens.step, c->lens.step);
        c->across = &memory->across;
    }
    return band_reserve(&memory->bands[0], c);
}

void scan_compose(struct scan *scan, const struct scan_view *view, const struct scan_target *target,
    struct rect clip_win, uint32_t missing)
{
    const struct scan_page *page = scan_page(scan, view->page);
    if (page == NULL) {
        return;
    }
    if (scan->compose == NULL && (scan->compose = calloc(1, sizeof *scan->compose)) == NULL) {
        return; /* the frame stays as it was; the next one tries again */
    }
    struct compose c = {.scan = scan, .page = view->page, .pyramid = page->pyramid};
    c.lens = scan_drawn_lens(scan, view);
    c.level = &c.pyramid->levels[c.lens.level];
    struct rect window = {0, 0, target->width, target->height};
    struct rect seen = rect_intersect(rect_intersect(view->view_win, clip_win), window);
    seen.x -= view->view_win.x;
    seen.y -= view->view_win.y;
    if (rect_empty(seen)) {
        return;
    }
    c.area_up = rect_intersect(lens_unturn(&c.lens, seen), c.lens.page_up);
    bool any_failed;
    if (rect_empty(c.area_up) || !prepare(&c, scan->compose, &any_failed)) {
        return;
    }
    ptrdiff_t stride = target->stride;
    uint32_t *origin = target->pixels + view->view_win.y * stride + view->view_win.x;
    draw_all(&c, scan->compose, origin, stride);
    if (any_failed) {
        hatch_failed(&c, origin, stride, missing);
    }
}
