/* What was made before: paragraphs by their text and style, layouts by paragraph, width and colours. Found by
 * hash and compared in full. */
#ifndef TEXT_CACHE_H
#define TEXT_CACHE_H

#include "layout.h"

enum { CACHE_BUCKETS = 4096, CACHE_ASKED = 2048 };

struct cache {
    struct paragraph *paragraphs[CACHE_BUCKETS];
    struct text_layout *layouts[CACHE_BUCKETS];
    struct paragraph *newest, *oldest; /* paragraphs by last use */
    struct text_layout *newest_layout, *oldest_layout;
    /* Most of what a screen asks for it asked for a moment ago: found by what was asked, before anything is
     * made of it. One layout a place, the last one. */
    struct text_layout *asked[CACHE_ASKED];
    size_t paragraph_bytes, layout_bytes;
    size_t limit;       /* of bytes of paragraphs that no layout needs */
    int64_t generation; /* calls of cache_advance */
    int64_t made;       /* layouts, so far */
};

/* Asked for in these very words before; lent as below. NULL: not known. */
const struct text_layout *cache_recall(struct cache *cache, const struct text_key *key);
/* Remembers that the layout was asked for so; copies the key. */
void cache_keep_key(struct cache *cache, const struct text_layout *layout, const struct text_key *key);
/* Found or made; lent until two more generations passed without asking. NULL when memory is out. */
const struct text_layout *cache_lay_out(
    struct cache *cache, struct tools *tools, const struct source *source, const struct setting *setting);
/* The same layout, to be written to; NULL: it is none of the cache's. */
struct text_layout *cache_own(struct cache *cache, const struct text_layout *layout);
/* The next generation: drops what was not asked for in two. */
void cache_advance(struct cache *cache);
void cache_release(struct cache *cache);

#endif
