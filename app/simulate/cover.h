/* Which actions were on the screen at which place, and which of them were done. */
#ifndef SIMULATE_COVER_H
#define SIMULATE_COVER_H

#include "box/box.h"
#include "simulate/simulate.h"
#include "visit/visit.h"

/* How often each action was there and was done; rows as cover_place() numbers them. */
struct cover {
    uint32_t offered[SIMULATE_PLACES][SIMULATE_VERBS], done[SIMULATE_PLACES][SIMULATE_VERBS];
};

/* The row of where one is: the panel where there is one, a guided reading, or the screen. */
int cover_place(const struct visit *visit);
/* Can a finger do what this box does, now: it acts, and some of it is seen. */
bool cover_offers(const struct box_tree *tree, const struct box *box);
void cover_note_offers(struct cover *cover, const struct visit *visit, const struct box_tree *tree);
void cover_note_done(struct cover *cover, int place, int verb);
void cover_map(const struct cover *cover, struct simulate_map *map);

#endif
