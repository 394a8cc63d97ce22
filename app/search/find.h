/* From a query to results. */
#ifndef SEARCH_FIND_H
#define SEARCH_FIND_H

#include "index.h"

/* What one query leaves for the next: where it was found. */
struct finder {
    struct folded query, last; /* folded; `last` is what `matched` is of */
    uint32_t *matched;         /* entries */
    size_t matched_count, matched_capacity;
    uint8_t *ranks; /* of each item, the best; RANK_NONE: not found */
    uint32_t *best; /* the entry that it is of */
    size_t item_count;
    struct folded line;
};

bool find(const struct index *index, struct finder *finder, struct str query, const char *language,
    struct search_results *results);
void finder_finish(struct finder *finder);

#endif
