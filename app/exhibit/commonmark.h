/* cmark's parser, with memory that cannot run out on its way. cmark looks at nothing that its allocator
 * returns, so whatever it may need is taken before it begins; where that cannot be had it does not begin.
 *
 *     one block: | header, bytes | header, bytes | ... |        free |
 *                                                  ^ last            ^ size */
#ifndef EXHIBIT_COMMONMARK_H
#define EXHIBIT_COMMONMARK_H

#include "base/str.h"

#include <cmark.h>
#include <stdbool.h>

struct commonmark {
    cmark_mem hooks; /* nodes point at them: it must stay where it is */
    cmark_node *root;
    cmark_iter *iterator;    /* before the root; neither it nor a look at a node allocates */
    unsigned char *memory;   /* all nodes are in it */
    size_t size, used, last; /* last: where the newest piece begins */
    size_t spared;           /* bytes that were not thought of; 0, or commonmark_bound() is wrong */
    struct commonmark_spare *spares;
};

/* Bytes that cmark 0.30 takes at most for a text without link definitions, be it as odd as it may. */
size_t commonmark_bound(struct str text);

/* Parses `text` with `reserve` bytes: commonmark_bound(), but for tests. False, with nothing to close, when
 * there is no memory. Should the parser need more than was reserved, it is given more, and where there is
 * none the process ends, as cmark itself would end it. */
bool commonmark_open(struct commonmark *out, struct str text, size_t reserve);
void commonmark_close(struct commonmark *parsed);

#endif
