/* The text of one block while it is read: pieces of one look each, then kept as spans. */
#ifndef EXHIBIT_SPANS_H
#define EXHIBIT_SPANS_H

#include "internal.h"

struct spans_piece {
    size_t from, length; /* in text */
    unsigned flags;
    const struct place *link;
};

struct spans {
    char *text;
    size_t length, capacity;
    struct spans_piece *pieces;
    size_t count, piece_capacity;
    int bold, italic;         /* how many emphases are open */
    const struct place *link; /* the open link */
    bool soft, hard;          /* a line break waits for what follows */
    bool no_memory;
};

/* Forgets the text, keeps the memory. */
void spans_clear(struct spans *spans);
void spans_finish(struct spans *spans);
/* Appends words in the look that is open, `flags` added. */
void spans_add(struct spans *spans, struct str words, unsigned flags);
/* Marks what stands in square brackets, brackets included, as editors' insertions. False, with nothing
 * marked, when a bracket has no partner. */
bool spans_mark_editors(struct spans *spans);
/* Copies into the exhibit. */
void spans_keep(struct spans *spans, struct exhibit *exhibit, struct block *block);

#endif
