/* A view as pieces of its pyramid, for a host whose graphics card does the composing: which part of which
 * level goes where. The pieces of a level never overlap and leave no gap, and each pixel of the window looks
 * at the very place of the page that scan_compose() looks at.
 *
 *     scan_piece_level ──▶ scan_pieces of that level ── where one is not there: of the level below it, and so
 *                                                       on down to level 0, drawn first */
#ifndef SCAN_PIECES_H
#define SCAN_PIECES_H

#include "scan/scan.h"

/* Level pixels on a side at most: with the border it stays a small texture, whatever the tiles are. */
#define SCAN_PIECE_SIDE 512
#define SCAN_PIECE_BORDER 1 /* pixels of its neighbours around it, which filtering looks at */

/* What scan_compose() shows where nothing has come yet. */
#define SCAN_PAPER 0xFFE4DCCBu

#define SCAN_AROUND_ALL 0xFFu

struct scan_piece {
    /* Its name: never given to other pixels. */
    int page, level;
    uint32_t generation;
    struct point at; /* its top left, level pixels */

    struct size size; /* level pixels */
    bool there;       /* it can be had */
    bool failed;      /* it never will: hatched */
    double seen;      /* how much of it, 1 all: one that came late appears gradually, over what stood in */
    unsigned around;  /* a bit for each of its eight neighbours that is there, or beyond the level's edge */
    struct rect win;  /* the window pixels that it fills */
    struct rect up;   /* the same, upright, relative to the view (unturned by the camera's quarter turns) */
    struct pointf eye[4]; /* where the corners of `win` (from the top left, clockwise) look, in its pixels
                             from `at`; up to half a step outside of it */
    double step;          /* level pixels per window pixel, 2 at most */
    int phase;            /* upright: x + y of `up`'s first pixel, counted from the page, so that a hatching
                             moves with it */
};

/* Can the view be drawn in pieces? Not when it is less than half as fine as the level it is drawn from, which
 * a card's filter would not do justice to. */
bool scan_has_pieces(const struct scan *scan, const struct scan_view *view);
/* The level that scan_compose() would draw the view from now; -1 when there is no such page. */
int scan_piece_level(const struct scan *scan, const struct scan_view *view);
/* The pieces of a level (at most scan_piece_level()) that the view shows within `clip_win`. Returns how many,
 * writes at most `capacity`. Within each other they are in reading order, upright. */
size_t scan_pieces(const struct scan *scan, const struct scan_view *view, struct rect clip_win, int level,
    struct scan_piece *pieces, size_t capacity);
/* Writes a piece's pixels with its border, (w + 2) * (h + 2) words 0xFFRRGGBB without a gap: of a neighbour
 * that is not there, the piece's own edge. False when the piece itself is not there (any more). */
bool scan_piece_pixels(const struct scan *scan, const struct scan_piece *piece, uint32_t *to);

#endif
