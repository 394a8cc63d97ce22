#include "cache.h"

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

static void drop_layout(struct cache *cache, struct text_layout **link)
{
    struct text_layout *layout = *link;
    *link = layout->chain;
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
            layout->asked = cache->generation;
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
    p->users++;
    cache->layout_bytes += layout->bytes;
    return layout;
}

void cache_advance(struct cache *cache)
{
    cache->generation++;
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        for (struct text_layout **link = &cache->layouts[i]; *link != NULL;) {
            if (cache->generation - (*link)->asked >= 2) {
                drop_layout(cache, link);
            } else {
                link = &(*link)->chain;
            }
        }
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
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        while (cache->layouts[i] != NULL) {
            drop_layout(cache, &cache->layouts[i]);
        }
    }
    while (cache->oldest != NULL) {
        drop_paragraph(cache, cache->oldest);
    }
}
