/* Where the words of a query stand in a folded text. */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include "base/str.h"
#include "search/search.h"

#include <stdint.h>

#define MATCH_WORDS 8

struct needles {
    struct str words[MATCH_WORDS]; /* the longest first */
    size_t count;
};

/* Cuts a folded query into words; what is beyond the first eight is not looked for. */
struct needles needles_of(struct str folded_query);
/* Which characters a text has, roughly: what lacks one of the query's needs no looking at. */
struct match_letters {
    uint64_t bits[2];
};
struct match_letters match_letters(struct str folded);
bool match_may(struct match_letters text, struct match_letters query);

/* The next place of a word at or after byte `from`; false when there is none. *quality says how it stands
 * there. */
bool match_next(struct str text, struct str word, size_t from, size_t *at, enum search_quality *quality);
/* How well a text holds all the words: the worst of their best. False when one is not there. */
bool match_all(struct str text, const struct needles *needles, enum search_quality *quality);

#endif
