/* A place: what a screen shows and what a link leads to. A plain value. The words of a place are the
 * contract's: `home`, `parallel`, `person:mao-zedong`, `document:telegram#p2`, `document:telegram/scan`. */
#ifndef EXHIBIT_PLACE_H
#define EXHIBIT_PLACE_H

#include "base/str.h"

#include <stdbool.h>

enum place_kind {
    PLACE_NONE,
    PLACE_ATTRACT,
    PLACE_HOME,
    PLACE_READ, /* the home document: its record and the ways to read it */
    PLACE_MEANING,
    PLACE_PEOPLE,
    PLACE_PLACES,
    PLACE_TIMELINE,
    PLACE_WORDS,
    PLACE_RELATED,
    PLACE_QUESTIONS,
    PLACE_ABOUT,
    PLACE_SEARCH,
    /* From here on with an id. */
    PLACE_DOCUMENT,
    PLACE_NOTE,
    PLACE_PERSON,
    PLACE_PLACE,
    PLACE_TERM,
    PLACE_EVENT,
    PLACE_KINDS
};

enum place_view { PLACE_RECORD, PLACE_SCAN, PLACE_TEXT, PLACE_PARALLEL }; /* of a document only */

#define PLACE_ID_MAX 64

struct place {
    enum place_kind kind;
    enum place_view view;
    /* Empty for the kinds without one; for PLACE_DOCUMENT empty means the home document. */
    char id[PLACE_ID_MAX + 1];
    char segment[PLACE_ID_MAX + 1]; /* empty, or a segment of the document */
};

/* Is this an id: small letters, digits and '-', not beginning with '-', at most PLACE_ID_MAX long? */
bool place_id_valid(struct str id);
/* Reads a place. `scan`, `text` and `parallel` give PLACE_DOCUMENT with an empty id; `document:x#p2` without
 * a view gives PLACE_PARALLEL; a segment may follow a view too (`scan#p2`, `document:x/text#p2`). False, with
 * *place untouched, when the words are none; whether the target exists is not asked here. */
bool place_parse(struct str words, struct place *place);
/* The words of a place, with a zero byte; returns buffer. A segment is left out where the view is the record.
 * 160 bytes are always enough. */
const char *place_format(const struct place *place, char *buffer, size_t size);
/* By value: an empty id and the home document's own id are not the same here. */
bool place_equal(const struct place *a, const struct place *b);
/* Does this kind open as a panel over the screen one is on (note, person, place, term, event)? */
bool place_is_panel(const struct place *place);

#endif
