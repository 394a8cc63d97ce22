/* Tiles that have been decoded, counted in bytes. One thread only.
 *
 *     ordinary tiles   oldest ◀──▶ … ◀──▶ newest     given up first
 *     coarsest levels  oldest ◀──▶ … ◀──▶ newest     given up when nothing ordinary is left
 *
 * What was touched under the present stamp is never given up. A tile that failed is remembered, without
 * pixels. */
#ifndef SCAN_CACHE_H
#define SCAN_CACHE_H

#include "tile.h"

#include <stddef.h>

struct tile {
    struct tile_key key;
    uint32_t *pixels; /* 0xFFRRGGBB, rows without a gap; NULL: failed */
    int w, h;
    int64_t born_ms; /* when it came, where it is to appear gradually; 0: at once */
    struct tile_file file;
    unsigned long stamp; /* when it was last touched */
    struct tile *newer, *older;
    struct tile *next_in_bucket;
};

struct tile_list {
    struct tile *newest, *oldest;
};

#define CACHE_LEVELS 32

struct cache {
    struct tile **buckets;
    size_t bucket_count, tile_count;
    struct tile_list ordinary, coarsest;
    size_t bytes, bytes_peak, limit;
    unsigned long stamp;
    long evicted;
    unsigned long changes[CACHE_LEVELS]; /* by level: tiles that came or went, whatever their page */
};

bool cache_init(struct cache *cache, size_t limit);
void cache_finish(struct cache *cache);

/* Lends; NULL when it is not there. */
struct tile *cache_find(const struct cache *cache, struct tile_key key);
/* Takes the pixels (malloc'd, NULL for a failure), also when it fails for want of memory. What was there
 * under the key is replaced. */
bool cache_put(struct cache *cache, struct tile_key key, uint32_t *pixels, int w, int h);
/* From now on what is touched counts as needed. */
void cache_next_stamp(struct cache *cache);
void cache_touch(struct cache *cache, struct tile *tile);
/* Gives up the oldest until the limit is kept, or only needed ones are left. */
void cache_trim(struct cache *cache);
/* Gives up ordinary tiles already for so many bytes that are on their way. */
void cache_make_room(struct cache *cache, size_t bytes);
/* Forgets the tiles of a page that are not kept; returns how many. */
typedef bool cache_keeps(void *context, const struct tile *tile);
size_t cache_sift_page(struct cache *cache, int page, cache_keeps *keeps, void *context);
/* Forgets every tile of a page. */
void cache_forget_page(struct cache *cache, int page);

#endif
