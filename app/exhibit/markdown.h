/* CommonMark as blocks of spans. What an exhibit does not use (HTML, pictures, web links) is reported and
 * shown as text. */
#ifndef EXHIBIT_MARKDOWN_H
#define EXHIBIT_MARKDOWN_H

#include "internal.h"
#include "source.h"

enum {
    MARKDOWN_EDITORS = 1, /* square brackets that are no links are editors' insertions */
    MARKDOWN_TITLE = 2,   /* the first block must be a heading and becomes the title */
    MARKDOWN_PLAIN = 4,   /* warn of long sentences */
    MARKDOWN_LABEL = 8    /* warn of more words than a label should have */
};

/* Where a text stands in its file. Positions in a text that a YAML file folds are not known: then all are
 * those of its start. */
struct markdown_origin {
    struct source_mark mark; /* of the text's first character */
    bool exact;
    bool indented; /* every line, not only the first, begins in mark.column */
};

/* Reads `text` (lent; its blocks are kept by the exhibit). Out of memory is noted in the exhibit. */
void markdown_read(struct exhibit *exhibit, struct arena *scratch, struct str text,
    struct markdown_origin origin, unsigned flags, struct prose_text *out);

#endif
