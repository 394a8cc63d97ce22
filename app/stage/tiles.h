/* The pieces of a page as textures, and a page drawn from them. A texture has the piece's border of its
 * neighbours around it, since a card's filter looks there; it is uploaded again when more of them are there.
 *
 *     tiles_begin ── tiles_draw, once for each page that is seen ... ── tiles_end */
#ifndef STAGE_TILES_H
#define STAGE_TILES_H

#include "paint/paint.h"
#include "scan/pieces.h"

#include <SDL.h>
#include <stdbool.h>
#include <stddef.h>

#define TILES_BUCKETS 512

struct tiles {
    SDL_Renderer *renderer; /* lent */
    struct tiles_entry *buckets[TILES_BUCKETS];
    size_t bytes, limit;
    unsigned long frame;
    int64_t until_ns; /* uploads of this frame begin before that, but for the coarsest level */
    bool pending;     /* some did not */
    long uploads;     /* in all, for tests */
    struct scan_piece *pieces;
    size_t capacity;
    uint32_t *words; /* one piece with its border */
    SDL_Vertex *hatching;
    size_t hatching_capacity;
};

/* Zeroed memory becomes an empty cache. `limit`: bytes of textures that are kept when they are not needed. */
void tiles_init(struct tiles *tiles, SDL_Renderer *renderer, size_t limit);
void tiles_finish(struct tiles *tiles);
/* The textures are gone by themselves, or are to go. */
void tiles_forget(struct tiles *tiles);

void tiles_begin(struct tiles *tiles, int64_t now_ns, int64_t budget_ns);
/* Fills page->seen: the ground, and on it what is there of the page, coarser levels standing in. Sets the
 * renderer's clip and draw colour. */
void tiles_draw(struct tiles *tiles, const struct scan *scan, const struct paint_page *page);
/* Gives up the textures that were not used for longest, until the limit is kept. */
void tiles_end(struct tiles *tiles);

#endif
