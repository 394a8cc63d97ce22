/* Where a line may end: UAX #14 by ICU, with its dictionaries for Thai, Lao, Khmer and Burmese, and what good
 * setting asks beyond it. */
#ifndef TEXT_BREAKS_H
#define TEXT_BREAKS_H

#include <stdbool.h>
#include <stdint.h>

/* What a unit of UTF-16 is, or what may happen before it. */
enum {
    MARK_GRAPHEME = 1, /* a grapheme cluster begins here */
    MARK_BREAK = 2,    /* a line may end before it */
    MARK_POOR = 4,   /* a line may end before it when no better place is in the line: inside a Korean word */
    MARK_HARD = 8,   /* a line must end before it */
    MARK_SPACE = 16, /* hangs at the end of a line */
    MARK_UNSAFE = 32 /* cutting before it changes the shape of its neighbours (set by shaping) */
};

struct breaker;

/* NULL when memory or ICU's data is missing. */
struct breaker *breaker_create(void);
void breaker_destroy(struct breaker *breaker);

/* Sets MARK_BREAK and MARK_HARD by UAX #14 alone. marks has `length` bytes and is zeroed by the caller. */
bool breaks_find(struct breaker *breaker, const uint16_t *units, int length, uint8_t *marks);
/* Sets MARK_GRAPHEME by UAX #29. */
bool breaks_graphemes(struct breaker *breaker, const uint16_t *units, int length, uint8_t *marks);
enum breaks_way {
    BREAKS_PLAIN,
    BREAKS_IDEOGRAPHIC, /* Chinese, Japanese: a line may end around quotation marks between ideographs (LB19a
                           of UAX #14 revision 53) */
    BREAKS_KOREAN       /* ideographs belong to the Korean word that they stand in */
};

/* Makes breaks inside Korean words poor in any language, and what `way` says; marks the spaces that hang. */
void breaks_tailor(const uint16_t *units, int length, enum breaks_way way, uint8_t *marks);
/* Makes breaks poor between words that belong together: "13 May", "1950 г.", "N. V. Roshchin", "No. 8600";
 * before a dash, and behind a Russian word of one letter. (keep.c) */
void breaks_keep(const uint16_t *units, int length, uint8_t *marks);

#endif
