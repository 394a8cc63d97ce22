/* The visitor: from a seed and what is on the screen to the next step. */
#ifndef SIMULATE_VISITOR_H
#define SIMULATE_VISITOR_H

#include "world.h"

#define VISITOR_QUEUE 48
#define VISITOR_TRIED 8192 /* a power of two */

struct visitor {
    uint64_t random;
    struct step queue[VISITOR_QUEUE]; /* of a movement that has begun */
    int count, at;
    bool answers;                  /* the warning that has been waited for */
    uint16_t tried[VISITOR_TRIED]; /* how often which box was touched at which place, by hash */
};

void visitor_init(struct visitor *visitor, uint64_t seed);
/* The next step, after the last one was taken by the world. */
struct step visitor_next(struct visitor *visitor, const struct world *world);

#endif
