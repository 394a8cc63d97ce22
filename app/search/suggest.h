/* Words to pick from. */
#ifndef SEARCH_SUGGEST_H
#define SEARCH_SUGGEST_H

#include "index.h"

size_t suggest(const struct index *index, struct folded *scratch, struct str query, const char *language,
    struct search_word *out, size_t capacity);

#endif
