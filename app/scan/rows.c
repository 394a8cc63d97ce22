/* The level's rows, from tiles where they are there. */
#include "compose_state.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD 6 /* rows */

static const struct compose_cell *cell_at(const struct compose *c, int x, int y)
{
    return &c->cells[(size_t)(y - c->tiles.y) * (size_t)c->tiles.w + (size_t)(x - c->tiles.x)];
}

/* Hands out parts of one block; called twice, first to count and then to give. */
struct layout {
    char *block;
    size_t used;
};

static void *part(struct layout *layout, size_t bytes)
{
    void *start = layout->block == NULL ? NULL : layout->block + layout->used;
    layout->used += (bytes + 63) / 64 * 64;
    return start;
}

static void lay_out(struct layout *layout, struct band *band, const struct compose *c)
{
    size_t columns = (size_t)c->tiles.w, level = (size_t)(c->level_to - c->level_from) + 8;
    size_t squares = (size_t)(c->high - c->low) + 2 * (size_t)COMPOSE_MARGIN;
    bool shifted = c->lens.shift > 0;
    band->starts = part(layout, (columns + 1) * sizeof(int));
    for (int i = 0; i < COMPOSE_RING; i++) {
        band->row_pieces[i] = part(layout, columns * sizeof(const uint32_t *));
        band->row_words[i] = part(layout, level * sizeof(uint32_t));
        band->square_pieces[i] = part(layout, shifted ? sizeof(uint32_t *) : 0);
        band->square_words[i] = part(layout, shifted ? squares * sizeof(uint32_t) : 0);
    }
    band->sums = part(layout, shifted ? squares * 3 * sizeof(uint32_t) : 0);
    band->mid = part(layout, squares * sizeof(uint32_t));
    for (int i = 0; i < 3; i++) {
        band->standin[i] = part(layout, standin_words(c) * sizeof(uint32_t));
    }
    band->turned = part(layout, (size_t)c->area_up.w * COMPOSE_TURNED * sizeof(uint32_t));
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

bool band_reserve(struct band *band, const struct compose *c)
{
    struct layout layout = {NULL, 0};
    lay_out(&layout, band, c);
    if (layout.used > band->capacity) {
        free(band->block);
        band->block = aligned_alloc(64, layout.used);
        band->capacity = band->block == NULL ? 0 : layout.used;
    }
    if (band->block == NULL) {
        return false;
    }
    layout = (struct layout){band->block, 0};
    lay_out(&layout, band, c);
    for (int i = 0; i < COMPOSE_RING; i++) {
        band->row_index[i] = band->square_index[i] = -1;
    }
    band->piece_count = c->lens.shift > 0 ? 1 : c->tiles.w;
    for (int k = 0; k < band->piece_count; k++) {
        band->starts[k] = max_int((c->tiles.x + k) * c->level->tile.w, c->from) - c->from;
    }
    band->starts[0] = 0;
    band->starts[band->piece_count] = c->to - c->from;
    return true;
}

void band_finish(struct band *band)
{
    free(band->block);
    *band = (struct band){0};
}

/* Of each tile a kilobyte is read and then the next tile's: too short a run for the processor to see ahead by
 * itself. */
static void read_ahead(const uint32_t *row, int count)
{
    for (int i = 0; i < count; i += 16) {
        __builtin_prefetch(row + i);
    }
}

/* Over the words of a stand-in. */
static void mix_row(const uint32_t *from, int count, uint32_t seen, uint32_t *to)
{
    for (int i = 0; i < count; i++) {
        uint32_t a = to[i], b = from[i];
        uint32_t rb = ((a & 0xFF00FF) * (SCAN_SEEN - seen) + (b & 0xFF00FF) * seen) >> 8 & 0xFF00FF;
        uint32_t g = ((a & 0x00FF00) * (SCAN_SEEN - seen) + (b & 0x00FF00) * seen) >> 8 & 0x00FF00;
        to[i] = 0xFF000000u | rb | g;
    }
}

/* A row of level pixels, one piece per column of tiles. */
static const uint32_t *const *level_row(struct band *band, const struct compose *c, int index)
{
    int place = index % COMPOSE_RING;
    const uint32_t **pieces = band->row_pieces[place];
    if (band->row_index[place] == index) {
        return pieces;
    }
    band->row_index[place] = index;
    int y = index / c->level->tile.h;
    for (int k = 0; k < c->tiles.w; k++) {
        int x = c->tiles.x + k;
        const struct compose_cell *cell = cell_at(c, x, y);
        int start = max_int(x * c->level->tile.w, c->level_from);
        const uint32_t *own = cell->tile == NULL
                                  ? NULL
                                  : cell->tile->pixels +
                                        (size_t)(index - y * c->level->tile.h) * (size_t)cell->tile->w +
                                        (start - x * c->level->tile.w);
        if (own != NULL && cell->seen == SCAN_SEEN) {
            pieces[k] = own;
            if (index + AHEAD < y * c->level->tile.h + cell->tile->h) {
                read_ahead(own + (ptrdiff_t)AHEAD * cell->tile->w,
                    min_int((x + 1) * c->level->tile.w, c->level_to) - start);
            }
        } else {
            uint32_t *words = band->row_words[place] + (start - c->level_from);
            int end = min_int((x + 1) * c->level->tile.w, c->level_to);
            standin_row(c, band, cell, pyramid_tile_rect(c->pyramid, c->lens.level, x, y), index, start,
                end - start, words);
            if (own != NULL) {
                mix_row(own, end - start, cell->seen, words);
            }
            pieces[k] = words;
        }
    }
    return pieces;
}

static void add_level_row(struct band *band, const struct compose *c, int index)
{
    const uint32_t *const *pieces = level_row(band, c, index);
    for (int k = 0; k < c->tiles.w; k++) {
        int start = max_int((c->tiles.x + k) * c->level->tile.w, c->level_from);
        int end = min_int((c->tiles.x + k + 1) * c->level->tile.w, c->level_to);
        for (int x = start; x < end; x++) {
            uint32_t word = pieces[k][x - start];
            uint32_t *sum = band->sums + 3 * (size_t)((x >> c->lens.shift) - c->from);
            sum[0] += word & 0xFF;
            sum[1] += word >> 8 & 0xFF;
            sum[2] += word >> 16 & 0xFF;
        }
    }
}

/* A row of squares: each the mean of 2^shift x 2^shift level pixels, or of those that there are. */
static const uint32_t *const *square_row(struct band *band, const struct compose *c, int index)
{
    int place = index % COMPOSE_RING, side = 1 << c->lens.shift;
    uint32_t *words = band->square_words[place];
    if (band->square_index[place] == index) {
        return band->square_pieces[place];
    }
    band->square_index[place] = index;
    band->square_pieces[place][0] = words;
    memset(band->sums, 0, (size_t)(c->to - c->from) * 3 * sizeof *band->sums);
    int first = index << c->lens.shift, end = min_int(first + side, c->level->size.h);
    for (int row = first; row < end; row++) {
        add_level_row(band, c, row);
    }
    for (int x = c->from; x < c->to; x++) {
        int wide = min_int(side, c->level->size.w - (x << c->lens.shift));
        uint32_t count = (uint32_t)wide * (uint32_t)(end - first);
        const uint32_t *sum = band->sums + 3 * (size_t)(x - c->from);
        words[x - c->from] = 0xFF000000u | (sum[2] + count / 2) / count << 16 |
                             (sum[1] + count / 2) / count << 8 | (sum[0] + count / 2) / count;
    }
    return band->square_pieces[place];
}

const uint32_t *const *band_row(struct band *band, const struct compose *c, int index)
{
    index = index < 0 ? 0 : min_int(index, c->lens.squares.h - 1);
    return c->lens.shift > 0 ? square_row(band, c, index) : level_row(band, c, index);
}
