#include "cache.h"

#include <stdlib.h>
#include <string.h>

static void unlink_use(struct cache *cache, struct paragraph *p)
{
    *(p->newer != NULL ? &p->newer->older : &cache->newest) = p->older;
    *(p->older != NULL ? &p->older->newer : &cache->oldest) = p->newer;
}

static void link_newest(struct cache *cache, struct paragraph *p)
{
    p->newer = NULL;
    p->older = cache->newest;
    *(cache->newest != NULL ? &cache->newest->newer : &cache->oldest) = p;
    cache->newest = p;
}

static void drop_paragraph(struct cache *cache, struct paragraph *p)
{
    struct paragraph **link = &cache->paragraphs[p->hash % CACHE_BUCKETS];
    while (*link != p) {
        link = &(*link)->chain;
    }
    *link = p->chain;
    unlink_use(cache, p);
    cache->paragraph_bytes -= p->bytes;
    paragraph_destroy(p);
}

static void unlink_layout(struct cache *cache, struct text_layout *layout)
{
    *(layout->newer != NULL ? &layout->newer->older : &cache->newest_layout) = layout->older;
    *(layout->older != NULL ? &layout->older->newer : &cache->oldest_layout) = layout->newer;
}

static void link_newest_layout(struct cache *cache, struct text_layout *layout)
{
    layout->newer = NULL;
    layout->older = cache->newest_layout;
    *(cache->newest_layout != NULL ? &cache->newest_layout->newer : &cache->oldest_layout) = layout;
    cache->newest_layout = layout;
}

/* Asked for in this generation: within one the order does not matter. */
static void touch_layout(struct cache *cache, struct text_layout *layout)
{
    if (layout->asked != cache->generation) {
        layout->asked = cache->generation;
        unlink_layout(cache, layout);
        link_newest_layout(cache, layout);
    }
}

static struct text_layout **asked_slot(struct cache *cache, const struct text_key *key)
{
    return &cache->asked[key->hash % CACHE_ASKED];
}

static void drop_layout(struct cache *cache, struct text_layout *layout)
{
    struct text_layout **link = &cache->layouts[layout->hash % CACHE_BUCKETS];
    while (*link != layout) {
        link = &(*link)->chain;
    }
    *link = layout->chain;
    unlink_layout(cache, layout);
    if (layout->key.bytes != NULL && *asked_slot(cache, &layout->key) == layout) {
        *asked_slot(cache, &layout->key) = NULL;
    }
    cache->layout_bytes -= layout->bytes;
    layout->paragraph->users--;
    layout_destroy(layout);
}

static struct paragraph *find_paragraph(struct cache *cache, struct tools *tools, const struct source *source)
{
    uint64_t hash = source_hash(source);
    struct paragraph **bucket = &cache->paragraphs[hash % CACHE_BUCKETS];
    for (struct paragraph *p = *bucket; p != NULL; p = p->chain) {
        if (p->hash == hash && source_equal(&p->source, source)) {
            unlink_use(cache, p);
            link_newest(cache, p);
            return p;
        }
    }
    struct paragraph *p = paragraph_create(tools, source);
    if (p == NULL) {
        return NULL;
    }
    p->hash = hash;
    p->chain = *bucket;
    *bucket = p;
    link_newest(cache, p);
    cache->paragraph_bytes += p->bytes;
    return p;
}

struct text_layout *cache_own(struct cache *cache, const struct text_layout *layout)
{
    struct text_layout *own = cache->layouts[layout->hash % CACHE_BUCKETS];
    while (own != NULL && own != layout) {
        own = own->chain;
    }
    return own;
}

const struct text_layout *cache_recall(struct cache *cache, const struct text_key *key)
{
    struct text_layout *layout = *asked_slot(cache, key);
    if (layout == NULL || layout->key.hash != key->hash || layout->key.length != key->length ||
        memcmp(layout->key.bytes, key->bytes, key->length) != 0) {
        return NULL;
    }
    if (layout->asked != cache->generation) {
        unlink_use(cache, layout->paragraph);
        link_newest(cache, layout->paragraph);
    }
    touch_layout(cache, layout);
    return layout;
}

void cache_keep_key(struct cache *cache, const struct text_layout *layout, const struct text_key *key)
{
    struct text_layout *own = cache_own(cache, layout);
    if (own != NULL && own->key.bytes == NULL) {
        own->key = (struct text_key){malloc(key->length), key->length, key->hash};
        if (own->key.bytes == NULL) {
            return;
        }
        memcpy(own->key.bytes, key->bytes, key->length);
        own->bytes += key->length;
        cache->layout_bytes += key->length;
    }
    if (own != NULL && own->key.hash == key->hash) {
        *asked_slot(cache, key) = own;
    }
}

const struct text_layout *cache_lay_out(
    struct cache *cache, struct tools *tools, const struct source *source, const struct setting *setting)
{
    struct paragraph *p = find_paragraph(cache, tools, source);
    if (p == NULL) {
        return NULL;
    }
    uint64_t hash = setting_hash(p->hash, setting);
    struct text_layout **bucket = &cache->layouts[hash % CACHE_BUCKETS];
    for (struct text_layout *layout = *bucket; layout != NULL; layout = layout->chain) {
        if (layout->hash == hash && layout->paragraph == p && setting_equal(&layout->setting, setting)) {
            touch_layout(cache, layout);
            return layout;
        }
    }
    struct text_layout *layout = layout_create(tools, p, setting);
    if (layout == NULL) {
        return NULL;
    }
    cache->made++;
    layout->hash = hash;
    layout->asked = cache->generation;
    layout->chain = *bucket;
    *bucket = layout;
    link_newest_layout(cache, layout);
    p->users++;
    cache->layout_bytes += layout->bytes;
    return layout;
}

void cache_advance(struct cache *cache)
{
    cache->generation++;
    while (cache->oldest_layout != NULL && cache->generation - cache->oldest_layout->asked >= 2) {
        drop_layout(cache, cache->oldest_layout);
    }
    for (struct paragraph *p = cache->oldest, *next; p != NULL && cache->paragraph_bytes > cache->limit;
         p = next) {
        next = p->newer;
        if (p->users == 0) {
            drop_paragraph(cache, p);
        }
    }
}

void cache_release(struct cache *cache)
{
    while (cache->oldest_layout != NULL) {
        drop_layout(cache, cache->oldest_layout);
    }
    while (cache->oldest != NULL) {
        drop_paragraph(cache, cache->oldest);
    }
}
