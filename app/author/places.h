/* Every place of an exhibit that has a picture. */
#ifndef AUTHOR_PLACES_H
#define AUTHOR_PLACES_H

#include "exhibit/exhibit.h"

struct places {
    struct place *items;
    size_t count, capacity;
};

/* Adds all screens and panels of an exhibit that is loaded whole. False when out of memory. */
bool places_list(struct exhibit *exhibit, struct places *list);
/* Accepts zeroed memory. */
void places_finish(struct places *list);

#endif
