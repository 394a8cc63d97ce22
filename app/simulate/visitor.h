/* The visitor: from a seed and what is on the screen to the next step. */
#ifndef SIMULATE_VISITOR_H
#define SIMULATE_VISITOR_H

#include "world.h"

#define VISITOR_QUEUE 48

struct visitor {
    uint64_t random;
    struct step queue[VISITOR_QUEUE]; /* of a movement that has begun */
    int count, at;
};

void visitor_init(struct visitor *visitor, uint64_t seed);
/* The next step, after the last one was taken by the world. */
struct step visitor_next(struct visitor *visitor, const struct world *world);

#endif
