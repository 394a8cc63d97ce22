/* Inside scan.c, want.c and compose.c: the engine. One thread; the decoders' thread is behind `watch`. */
#ifndef SCAN_STATE_H
#define SCAN_STATE_H

#include "cache.h"
#include "lens.h"
#include "watch.h"

#include "scan/scan.h"

struct compose_memory; /* what composing needs again and again */

struct scan_page {
    struct scan_pyramid *pyramid; /* NULL: the number is free */
    uint32_t generation;          /* of its tiles' keys */
    uint32_t
        face; /* another number whenever a tile that was shown is to be shown otherwise; never given again */
    int64_t blurred_ms; /* since when something seen of it has been missing; 0: nothing is */
    int coarser; /* how many levels coarser than the view asks for, where the cache could not hold them */
    bool flies;  /* the view at flight_win is on its way to a place that is seen ... */
    int flight_level;       /* ... from this level */
    struct rect flight_win; /* window pixels */
};

/* A tile that is missing, and how much: a group in the upper half, the distance from the view's centre in the
 * lower. */
struct wanted {
    uint64_t order;
    struct tile_key key;
};

struct scan {
    struct scan_options options;
    char *decoder_path;
    struct watch *watch;
    struct cache cache;
    struct scan_page *pages;
    size_t page_count, page_capacity;
    uint32_t generations;
    struct wanted *wanted; /* what the last scan_want() found missing, in order */
    size_t wanted_count, wanted_capacity;
    struct tile_key *queue; /* the same, as the decoders' thread takes it */
    size_t queue_capacity;
    int64_t now_ms, fade_until_ms; /* as scan_fade() was told; the last tile's end */
    bool fades, fading;
    struct compose_memory *compose;
    struct whole *whole; /* scan_decode_whole()'s own decoder */
};

/* NULL when there is no such page. */
const struct scan_page *scan_page(const struct scan *scan, int page);
/* The level that a view is to be drawn from when all is there: one at least as fine; on the way to another
 * level the nearest one, which may be enlarged by the root of two: nobody sees that while it moves, and it
 * halves what is decoded for a moment only. */
int scan_view_level(const struct scan_page *page, const struct scan_view *view);
/* Looks at the level that it is drawn from now: a coarser one as long as too little of the right one has
 * come. The page must be there. */
struct lens scan_drawn_lens(const struct scan *scan, const struct scan_view *view);
struct tile_key scan_tile_key(const struct scan *scan, int page, int level, int x, int y);

/* How much of a tile is seen, of SCAN_SEEN; the rest is what stood in for it. */
#define SCAN_SEEN 256u
uint32_t scan_tile_seen(const struct scan *scan, const struct tile *tile);

void compose_memory_destroy(struct compose_memory *memory);
void whole_destroy(struct whole *whole);

#endif
