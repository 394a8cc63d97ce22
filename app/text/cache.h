/* What was made before: paragraphs by their text and style, layouts by paragraph, width and colours. Found by
 * hash and compared in full. */
#ifndef TEXT_CACHE_H
#define TEXT_CACHE_H

#include "layout.h"

enum { CACHE_BUCKETS = 4096 };

struct cache {
    struct paragraph *paragraphs[CACHE_BUCKETS];
    struct text_layout *layouts[CACHE_BUCKETS];
    struct paragraph *newest, *oldest; /* paragraphs by last use */
    size_t paragraph_bytes, layout_bytes;
    size_t limit;       /* of bytes of paragraphs that no layout needs */
    int64_t generation; /* calls of cache_advance */
    int64_t made;       /* layouts, so far */
};

/* Found or made; lent until two more generations passed without asking. NULL when memory is out. */
const struct text_layout *cache_lay_out(
    struct cache *cache, struct tools *tools, const struct source *source, const struct setting *setting);
/* The next generation: drops what was not asked for in two. */
void cache_advance(struct cache *cache);
void cache_release(struct cache *cache);

#endif
