/* Texts as they are compared: see search.h for what becomes of what. Folding goes character by character, so
 * that a place in the folded text is a place in the text. */
#ifndef SEARCH_FOLD_H
#define SEARCH_FOLD_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fold;

/* Asks ICU once for what every Traditional character is in Simplified. Immutable: any thread may use it. NULL
 * when there is no memory. Where ICU lacks a part, that part is not folded. */
struct fold *fold_create(void);
void fold_destroy(struct fold *fold);

struct folded { /* grows; zeroed memory is empty */
    char *bytes;
    size_t length, capacity;
    uint32_t *at; /* for each byte, where its character stands in the text; only when asked for */
    size_t at_capacity;
};
/* Replaces what is in `out`. White space becomes one space, none at the ends. False when there is no memory.
 */
bool fold_text(const struct fold *fold, struct str text, bool places, struct folded *out);
void folded_finish(struct folded *folded);

/* Two-set keys: the folded letters of Hangul. */
bool fold_is_consonant(uint32_t c);
bool fold_is_vowel(uint32_t c);
/* Characters of scripts that put no space between words. */
bool fold_is_unspaced(uint32_t c);

#endif
