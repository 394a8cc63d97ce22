#include "cache.h"

#include <stdlib.h>

#define BUCKETS_AT_FIRST 1024

/* What a tile costs besides its pixels, the allocator's share included. */
#define TILE_OVERHEAD (sizeof(struct tile) + 32)

static size_t bytes_of(const struct tile *tile)
{
    size_t pixels = tile->pixels != NULL ? (size_t)tile->w * (size_t)tile->h * sizeof *tile->pixels : 0;
    return TILE_OVERHEAD + pixels;
}

static size_t bucket_of(struct tile_key key, size_t bucket_count)
{
    uint64_t h = (uint64_t)(unsigned)key.page * 0x9E3779B97F4A7C15u;
    h ^= (uint64_t)(unsigned)key.level * 0xC2B2AE3D27D4EB4Fu;
    h ^= ((uint64_t)(unsigned)key.x << 32 | (unsigned)key.y) * 0x165667B19E3779F9u;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    return (size_t)(h >> 32) & (bucket_count - 1);
}

static struct tile_list *list_of(struct cache *cache, const struct tile *tile)
{
    return tile->key.level == 0 ? &cache->coarsest : &cache->ordinary;
}

static void unlink_tile(struct tile_list *list, struct tile *tile)
{
    *(tile->newer != NULL ? &tile->newer->older : &list->newest) = tile->older;
    *(tile->older != NULL ? &tile->older->newer : &list->oldest) = tile->newer;
    tile->newer = tile->older = NULL;
}

static void link_newest(struct tile_list *list, struct tile *tile)
{
    tile->newer = NULL;
    tile->older = list->newest;
    *(list->newest != NULL ? &list->newest->newer : &list->oldest) = tile;
    list->newest = tile;
}

bool cache_init(struct cache *cache, size_t limit)
{
    *cache = (struct cache){.limit = limit, .bucket_count = BUCKETS_AT_FIRST};
    cache->buckets = calloc(cache->bucket_count, sizeof(struct tile *));
    return cache->buckets != NULL;
}

static void note_change(struct cache *cache, int level)
{
    cache->changes[(unsigned)level % CACHE_LEVELS]++;
}

static void discard(struct cache *cache, struct tile *tile)
{
    struct tile **at = &cache->buckets[bucket_of(tile->key, cache->bucket_count)];
    while (*at != tile) {
        at = &(*at)->next_in_bucket;
    }
    *at = tile->next_in_bucket;
    unlink_tile(list_of(cache, tile), tile);
    note_change(cache, tile->key.level);
    cache->bytes -= bytes_of(tile);
    cache->tile_count--;
    free(tile->pixels);
    free(tile);
}

void cache_finish(struct cache *cache)
{
    while (cache->ordinary.oldest != NULL) {
        discard(cache, cache->ordinary.oldest);
    }
    while (cache->coarsest.oldest != NULL) {
        discard(cache, cache->coarsest.oldest);
    }
    free(cache->buckets);
    *cache = (struct cache){0};
}

struct tile *cache_find(const struct cache *cache, struct tile_key key)
{
    struct tile *tile = cache->buckets[bucket_of(key, cache->bucket_count)];
    while (tile != NULL && !tile_key_equal(tile->key, key)) {
        tile = tile->next_in_bucket;
    }
    return tile;
}

/* Twice the buckets; without memory for them the chains stay long, and that is all. */
static void spread(struct cache *cache)
{
    size_t count = cache->bucket_count * 2;
    struct tile **buckets = calloc(count, sizeof(struct tile *));
    if (buckets == NULL) {
        return;
    }
    for (size_t i = 0; i < cache->bucket_count; i++) {
        while (cache->buckets[i] != NULL) {
            struct tile *tile = cache->buckets[i];
            cache->buckets[i] = tile->next_in_bucket;
            size_t b = bucket_of(tile->key, count);
            tile->next_in_bucket = buckets[b];
            buckets[b] = tile;
        }
    }
    free(cache->buckets);
    cache->buckets = buckets;
    cache->bucket_count = count;
}

bool cache_put(struct cache *cache, struct tile_key key, uint32_t *pixels, int w, int h)
{
    struct tile *old = cache_find(cache, key);
    if (old != NULL) {
        discard(cache, old);
    }
    struct tile *tile = calloc(1, sizeof *tile);
    if (tile == NULL) {
        free(pixels);
        return false;
    }
    if (cache->tile_count >= cache->bucket_count) {
        spread(cache);
    }
    *tile = (struct tile){.key = key, .pixels = pixels, .w = w, .h = h, .stamp = cache->stamp};
    struct tile **bucket = &cache->buckets[bucket_of(key, cache->bucket_count)];
    tile->next_in_bucket = *bucket;
    *bucket = tile;
    link_newest(list_of(cache, tile), tile);
    note_change(cache, key.level);
    cache->tile_count++;
    cache->bytes += bytes_of(tile);
    if (cache->bytes > cache->bytes_peak) {
        cache->bytes_peak = cache->bytes;
    }
    return true;
}

void cache_next_stamp(struct cache *cache)
{
    cache->stamp++;
}

void cache_touch(struct cache *cache, struct tile *tile)
{
    tile->stamp = cache->stamp;
    unlink_tile(list_of(cache, tile), tile);
    link_newest(list_of(cache, tile), tile);
}

static void trim_list(struct cache *cache, struct tile_list *list, size_t limit)
{
    while (cache->bytes > limit && list->oldest != NULL && list->oldest->stamp != cache->stamp) {
        discard(cache, list->oldest);
        cache->evicted++;
    }
}

void cache_trim(struct cache *cache)
{
    trim_list(cache, &cache->ordinary, cache->limit);
    trim_list(cache, &cache->coarsest, cache->limit);
}

void cache_make_room(struct cache *cache, size_t bytes)
{
    trim_list(cache, &cache->ordinary, bytes < cache->limit ? cache->limit - bytes : 0);
}

static size_t sift(struct cache *cache, struct tile_list *list, int page, cache_keeps *keeps, void *context)
{
    size_t forgotten = 0;
    struct tile *tile = list->oldest;
    while (tile != NULL) {
        struct tile *newer = tile->newer;
        if (tile->key.page == page && !keeps(context, tile)) {
            discard(cache, tile);
            forgotten++;
        }
        tile = newer;
    }
    return forgotten;
}

size_t cache_sift_page(struct cache *cache, int page, cache_keeps *keeps, void *context)
{
    size_t forgotten = sift(cache, &cache->ordinary, page, keeps, context);
    return forgotten + sift(cache, &cache->coarsest, page, keeps, context);
}

static bool keeps_nothing(void *context, const struct tile *tile)
{
    (void)context, (void)tile;
    return false;
}

void cache_forget_page(struct cache *cache, int page)
{
    cache_sift_page(cache, page, keeps_nothing, NULL);
}
