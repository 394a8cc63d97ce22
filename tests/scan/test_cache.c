#include "help.h"

#include "cache.h"

#include "check.h"

#include <stdlib.h>

static struct tile_key key(int page, int level, int x, int y)
{
    return (struct tile_key){page, 1, level, x, y};
}

static void put(struct cache *cache, struct tile_key k)
{
    CHECK(cache_put(cache, k, calloc(100, sizeof(uint32_t)), 10, 10));
}

static void finds_what_was_put(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 100000000));
    for (int i = 0; i < 5000; i++) {
        put(&cache, key(i % 3, i % 5, i, i / 7));
    }
    for (int i = 0; i < 5000; i++) {
        struct tile *tile = cache_find(&cache, key(i % 3, i % 5, i, i / 7));
        CHECK(tile != NULL && tile->key.x == i);
        struct tile_key other = key(i % 3, i % 5, i, i / 7);
        other.generation = 2;
        CHECK(cache_find(&cache, other) == NULL);
    }
    CHECK_INT(cache.tile_count, 5000);
    put(&cache, key(0, 0, 0, 0)); /* again: replaced, not doubled */
    CHECK_INT(cache.tile_count, 5000);
    cache_forget_page(&cache, 1);
    CHECK(cache_find(&cache, key(1, 1, 1, 0)) == NULL && cache_find(&cache, key(0, 0, 0, 0)) != NULL);
    cache_finish(&cache);
}

static void gives_up_the_oldest(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 20000));
    for (int i = 0; i < 100; i++) {
        cache_next_stamp(&cache);
        put(&cache, key(0, 3, i, 0));
        struct tile *kept = cache_find(&cache, key(0, 3, 0, 0));
        CHECK(kept != NULL);
        cache_touch(&cache, kept); /* the first is needed all the time */
        cache_trim(&cache);
        CHECK(cache.bytes <= cache.limit);
    }
    CHECK(cache_find(&cache, key(0, 3, 0, 0)) != NULL);
    CHECK(cache_find(&cache, key(0, 3, 1, 0)) == NULL);
    CHECK(cache_find(&cache, key(0, 3, 99, 0)) != NULL);
    CHECK(cache.evicted > 50 && cache.evicted < 100);
    CHECK(cache.bytes_peak <= cache.limit + 1000);
    cache_finish(&cache);
}

static void coarsest_goes_last(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 20000));
    put(&cache, key(0, 0, 0, 0));
    for (int i = 0; i < 100; i++) {
        cache_next_stamp(&cache);
        put(&cache, key(0, 3, i, 0));
        cache_trim(&cache);
    }
    CHECK(cache_find(&cache, key(0, 0, 0, 0)) != NULL);
    /* But a thousand pages' coarsest levels do not add up without end. */
    for (int i = 1; i < 1000; i++) {
        cache_next_stamp(&cache);
        put(&cache, key(i, 0, 0, 0));
        cache_trim(&cache);
    }
    CHECK(cache_find(&cache, key(0, 0, 0, 0)) == NULL);
    CHECK(cache.bytes <= cache.limit);
    cache_finish(&cache);
}

static void needed_ones_stay(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 5000));
    cache_next_stamp(&cache);
    for (int i = 0; i < 50; i++) {
        put(&cache, key(0, 2, i, 0));
    }
    cache_trim(&cache);
    CHECK_INT(cache.tile_count, 50); /* over the limit, but all are needed now */
    cache_next_stamp(&cache);
    cache_trim(&cache);
    CHECK(cache.bytes <= cache.limit && cache.tile_count > 0);
    cache_finish(&cache);
}

static void room_is_made(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 20000));
    put(&cache, key(0, 0, 0, 0));
    cache_next_stamp(&cache);
    for (int i = 0; i < 30; i++) {
        put(&cache, key(0, 2, i, 0));
    }
    cache_make_room(&cache, 6000); /* all are needed */
    CHECK_INT(cache.tile_count, 31);
    cache_next_stamp(&cache);
    cache_touch(&cache, cache_find(&cache, key(0, 2, 0, 0)));
    cache_make_room(&cache, 6000);
    CHECK(cache.bytes <= cache.limit - 6000 && cache.bytes > cache.limit - 8000);
    CHECK(cache_find(&cache, key(0, 2, 0, 0)) != NULL && cache_find(&cache, key(0, 2, 1, 0)) == NULL);
    cache_make_room(&cache, 1000000);
    CHECK_INT(cache.tile_count, 2); /* what is needed, and the coarsest level */
    cache_finish(&cache);
}

static void failures_are_remembered(void)
{
    struct cache cache;
    CHECK(cache_init(&cache, 5000));
    CHECK(cache_put(&cache, key(0, 2, 1, 1), NULL, 0, 0));
    struct tile *tile = cache_find(&cache, key(0, 2, 1, 1));
    CHECK(tile != NULL && tile->pixels == NULL);
    CHECK(cache.bytes > 0 && cache.bytes < 300);
    cache_finish(&cache);
    cache_finish(&(struct cache){0});
}

int main(void)
{
    RUN(finds_what_was_put);
    RUN(gives_up_the_oldest);
    RUN(coarsest_goes_last);
    RUN(needed_ones_stay);
    RUN(room_is_made);
    RUN(failures_are_remembered);
    return check_report();
}
