/* Inside compose.c, rows.c and standin.c: one view being drawn.
 *
 *     tiles ──rows.c──▶ three rows of the level ──filter_rows──▶ mid ──filter_across──▶ a row of the view
 *              ▲
 *        standin.c: where a tile is missing, its rows are made from a coarser level
 *
 * The filter sees whole rows of the level and never a tile's edge, so there is no seam to see. */
#ifndef SCAN_COMPOSE_STATE_H
#define SCAN_COMPOSE_STATE_H

#include "filter.h"
#include "scan_state.h"

#include "scan/pieces.h"

/* What is shown where nothing has come yet, or of a part that failed and has no coarser level: bare paper. */
#define COMPOSE_BLANK SCAN_PAPER

/* A mid row has these words more than it needs, before and behind: the filter reads three words at a time. */
#define COMPOSE_MARGIN 4

struct compose_cell {
    const struct tile *tile; /* with pixels; NULL: missing or failed */
    uint32_t seen;           /* of SCAN_SEEN: a tile that has just come is mixed with what stands in for it */
    bool failed;
    int standin; /* the level to take it from instead; -1: none has it */
};

struct compose {
    const struct scan *scan;
    int page;
    const struct scan_pyramid *pyramid;
    const struct pyramid_level *level;
    struct lens lens;
    struct rect area_up; /* what is to be drawn, upright */
    bool exact;          /* 1:1: rows are copied */
    int low, high; /* the squares that a mid row holds, [low, high); beyond the level its edge is repeated */
    int from, to;  /* those of them that are on the level */
    int level_from, level_to; /* the same in level pixels */
    struct rect tiles;        /* the cells' columns and rows */
    const struct compose_cell *cells;
    const struct filter_columns *across;
    /* By level: how this level's pixels lie on it, from level_from on. */
    const struct filter_columns *standins;
};

/* One of the level's rows, as pieces: piece k begins at square starts[k] (from `from`) and goes up to
 * starts[k + 1]. */
struct compose_row {
    const uint32_t **pieces;
};

#define COMPOSE_RING 16

/* What one thread needs for its share of the rows. */
struct band {
    void *block; /* all that follows lies in it */
    size_t capacity;
    int *starts; /* piece_count + 1 */
    int piece_count;
    int row_index[COMPOSE_RING]; /* the level row in each place of the ring, -1: none */
    const uint32_t **row_pieces[COMPOSE_RING];
    uint32_t *row_words[COMPOSE_RING]; /* for pieces that no tile holds */
    int square_index[COMPOSE_RING];    /* the same for rows of squares, where the lens has a shift */
    const uint32_t **square_pieces[COMPOSE_RING];
    uint32_t *square_words[COMPOSE_RING];
    uint32_t *sums;
    uint32_t *mid;
    uint32_t *standin[3];
    uint32_t *turned; /* COMPOSE_TURNED rows of the area */
};

/* So many rows are one piece of work, and a turned view is written in blocks of them: a line of the cache. */
#define COMPOSE_TURNED 16

/* rows.c */
bool band_reserve(struct band *band, const struct compose *c);
void band_finish(struct band *band);
/* Row `index` of the level in squares, clamped to the level; valid until three other rows have been asked
 * for. */
const uint32_t *const *band_row(struct band *band, const struct compose *c, int index);

/* standin.c */
/* The finest level coarser than the cell's that has all of it; -1: none. */
int standin_level(const struct compose *c, int x, int y);
/* Row `row` of the level, pixels [x, x + count) of the cell in column `column`, row `line` of the grid, into
 * `to`. */
void standin_row(const struct compose *c, struct band *band, const struct compose_cell *cell,
    struct rect cell_rect, int row, int x, int count, uint32_t *to);
/* Words that standin_row() needs in each of band->standin. */
size_t standin_words(const struct compose *c);

#endif
