/* A page for print: what the exhibit is about, its document's text in one language, and the questions with
 * lines to write on, with where everything comes from. */
#ifndef AUTHOR_HANDOUT_H
#define AUTHOR_HANDOUT_H

#include "base/error.h"
#include "exhibit/exhibit.h"
#include "player/player.h"

#include <stdbool.h>

struct handout_order {
    const char *file;     /* FILE.pdf, or FILE.png: then FILE-1.png, FILE-2.png ... */
    const char *paper;    /* "a4" or "letter" */
    const char *language; /* one of the exhibit's */
};

/* Writes it at 300 dots to the inch. `exhibit` is read whole. The same exhibit and fonts give the same bytes.
 * ERROR_USAGE for another ending of the name, ERROR_INPUT when there is neither text nor question. */
bool handout_write(const struct handout_order *order, const struct exhibit *exhibit,
    const struct player_paths *paths, struct error *err);

#endif
