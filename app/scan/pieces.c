#include "scan/pieces.h"

#include "scan_state.h"

#include <string.h>

#define HATCH_TURN 0x10000 /* keeps phases positive; a multiple of any period that is a power of two */

static int clamp(int64_t value, int low, int high)
{
    return (int)(value < low ? low : value > high ? high : value);
}

bool scan_has_pieces(const struct scan *scan, const struct scan_view *view)
{
    const struct scan_page *page = scan_page(scan, view->page);
    return page != NULL && lens_make(page->pyramid, view, scan_view_level(page, view)).shift == 0;
}

int scan_piece_level(const struct scan *scan, const struct scan_view *view)
{
    return scan_page(scan, view->page) != NULL ? scan_drawn_lens(scan, view).level : -1;
}

/* ---- where they lie */

struct cut {
    const struct scan *scan;
    const struct scan_view *view;
    const struct pyramid_level *level;
    struct lens lens;
    struct rect area_up; /* what is to be drawn */
    struct scan_piece *pieces;
    size_t count, capacity;
};

static const struct tile *tile_at(const struct scan *scan, int page, int level, int x, int y)
{
    const struct pyramid_level *l = &scan->pages[page].pyramid->levels[level];
    return cache_find(&scan->cache, scan_tile_key(scan, page, level, x / l->tile.w, y / l->tile.h));
}

/* The first upright pixel whose centre stands at or behind level pixel `edge`, within the area. */
static int pixel_at(int64_t first, int64_t step, int edge, int low, int high)
{
    int64_t distance = ((int64_t)edge << 32) - first;
    return clamp(distance / step + (distance % step > 0), low, high);
}

/* A neighbour's strip or corner of the border, in level pixels, as far as the level goes: beyond its edge the
 * edge is repeated. */
static struct rect border_part(const struct scan_piece *piece, struct size level, int dx, int dy)
{
    int x = dx < 0 ? piece->at.x - 1 : dx > 0 ? piece->at.x + piece->size.w : piece->at.x;
    int y = dy < 0 ? piece->at.y - 1 : dy > 0 ? piece->at.y + piece->size.h : piece->at.y;
    return (struct rect){clamp(x, 0, level.w - 1), clamp(y, 0, level.h - 1), dx == 0 ? piece->size.w : 1,
        dy == 0 ? piece->size.h : 1};
}

static unsigned look_around(const struct scan *scan, const struct scan_piece *piece, struct size level)
{
    unsigned around = 0;
    for (int i = 0, bit = 0; i < 9; i++) {
        if (i != 4) {
            struct rect part = border_part(piece, level, i % 3 - 1, i / 3 - 1);
            const struct tile *tile = tile_at(scan, piece->page, piece->level, part.x, part.y);
            around |= tile != NULL && tile->pixels != NULL ? 1u << bit : 0;
            bit++;
        }
    }
    return around;
}

static void find_eyes(const struct cut *cut, struct scan_piece *piece)
{
    const struct lens *lens = &cut->lens;
    double step = (double)lens->step / (double)LENS_ONE;
    double left = (double)lens->u / (double)LENS_ONE + (piece->up.x - 0.5) * step - piece->at.x;
    double top = (double)lens->v / (double)LENS_ONE + (piece->up.y - 0.5) * step - piece->at.y;
    double right = left + piece->up.w * step, bottom = top + piece->up.h * step;
    const struct pointf upright[4] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    for (int i = 0; i < 4; i++) {
        piece->eye[i] = upright[(i + 4 - lens->quarter_turns) % 4];
    }
    piece->step = step;
    int64_t phase = lens->u / lens->step + lens->v / lens->step + piece->up.x + piece->up.y;
    piece->phase = (int)((phase % HATCH_TURN + HATCH_TURN) % HATCH_TURN);
}

/* The piece of `tile` (its place on the level) whose top left is `at`. */
static void add_piece(struct cut *cut, struct rect tile, struct point at)
{
    const struct lens *lens = &cut->lens;
    const struct rect a = cut->area_up;
    struct scan_piece piece = {
        .page = cut->view->page,
        .level = lens->level,
        .generation = cut->scan->pages[cut->view->page].face,
        .at = at,
        .size = {clamp(tile.x + tile.w - at.x, 0, SCAN_PIECE_SIDE),
            clamp(tile.y + tile.h - at.y, 0, SCAN_PIECE_SIDE)},
    };
    int x0 = pixel_at(lens->u, lens->step, at.x, a.x, a.x + a.w);
    int y0 = pixel_at(lens->v, lens->step, at.y, a.y, a.y + a.h);
    int x1 = pixel_at(lens->u, lens->step, at.x + piece.size.w, a.x, a.x + a.w);
    int y1 = pixel_at(lens->v, lens->step, at.y + piece.size.h, a.y, a.y + a.h);
    if (x1 <= x0 || y1 <= y0) {
        return;
    }
    if (cut->count < cut->capacity) {
        const struct tile *there = tile_at(cut->scan, piece.page, piece.level, at.x, at.y);
        piece.there = there != NULL && there->pixels != NULL;
        piece.failed = there != NULL && there->pixels == NULL;
        piece.seen = piece.there ? (double)scan_tile_seen(cut->scan, there) / SCAN_SEEN : 0;
        piece.around = look_around(cut->scan, &piece, cut->level->size);
        piece.up = (struct rect){x0, y0, x1 - x0, y1 - y0};
        piece.win = lens_turn(lens, piece.up);
        piece.win.x += cut->view->view_win.x;
        piece.win.y += cut->view->view_win.y;
        find_eyes(cut, &piece);
        cut->pieces[cut->count] = piece;
    }
    cut->count++;
}

size_t scan_pieces(const struct scan *scan, const struct scan_view *view, struct rect clip_win, int level,
    struct scan_piece *pieces, size_t capacity)
{
    const struct scan_page *page = scan_page(scan, view->page);
    if (page == NULL || level < 0 || level >= page->pyramid->level_count) {
        return 0;
    }
    struct cut cut = {.scan = scan, .view = view, .pieces = pieces, .capacity = capacity};
    struct rect seen = rect_intersect(view->view_win, clip_win);
    seen.x -= view->view_win.x;
    seen.y -= view->view_win.y;
    cut.level = &page->pyramid->levels[level];
    cut.lens = lens_make(page->pyramid, view, level);
    cut.area_up = rect_intersect(lens_unturn(&cut.lens, seen), cut.lens.page_up);
    struct rect n = cut.lens.tiles_needed;
    if (rect_empty(seen) || rect_empty(cut.area_up) || cut.lens.shift != 0) {
        return 0;
    }
    for (int y = n.y; y < n.y + n.h; y++) {
        for (int x = n.x; x < n.x + n.w; x++) {
            struct rect tile = pyramid_tile_rect(page->pyramid, level, x, y);
            for (int top = tile.y; top < tile.y + tile.h; top += SCAN_PIECE_SIDE) {
                for (int left = tile.x; left < tile.x + tile.w; left += SCAN_PIECE_SIDE) {
                    add_piece(&cut, tile, (struct point){left, top});
                }
            }
        }
    }
    return cut.count;
}

/* ---- their pixels */

/* One part of the piece, which lies in one tile, to its place among the words. Where the tile is not there
 * the nearest pixels of the piece stand in. */
static void copy_part(const struct scan *scan, const struct scan_piece *piece, struct rect part, uint32_t *to)
{
    const struct pyramid_level *l = &scan->pages[piece->page].pyramid->levels[piece->level];
    const struct tile *tile = tile_at(scan, piece->page, piece->level, part.x, part.y);
    bool there = tile != NULL && tile->pixels != NULL;
    if (!there) {
        tile = tile_at(scan, piece->page, piece->level, piece->at.x, piece->at.y);
        part.x = clamp(part.x, piece->at.x, piece->at.x + piece->size.w - 1);
        part.y = clamp(part.y, piece->at.y, piece->at.y + piece->size.h - 1);
    }
    const uint32_t *from = tile->pixels + (size_t)(part.y % l->tile.h) * (size_t)tile->w + part.x % l->tile.w;
    for (int y = 0; y < part.h; y++) {
        memcpy(to + (size_t)y * (size_t)(piece->size.w + 2), from + (size_t)y * (size_t)tile->w,
            (size_t)part.w * sizeof *to);
    }
}

bool scan_piece_pixels(const struct scan *scan, const struct scan_piece *piece, uint32_t *to)
{
    const struct scan_page *page = scan_page(scan, piece->page);
    if (page == NULL || page->face != piece->generation) {
        return false;
    }
    const struct tile *own = tile_at(scan, piece->page, piece->level, piece->at.x, piece->at.y);
    if (own == NULL || own->pixels == NULL) {
        return false;
    }
    struct size level = page->pyramid->levels[piece->level].size;
    const int columns[3] = {0, 1, piece->size.w + 1}, rows[3] = {0, 1, piece->size.h + 1};
    for (int i = 0; i < 9; i++) {
        struct rect part = border_part(piece, level, i % 3 - 1, i / 3 - 1);
        copy_part(scan, piece, part, to + (ptrdiff_t)rows[i / 3] * (piece->size.w + 2) + columns[i % 3]);
    }
    return true;
}
