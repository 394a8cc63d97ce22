/* A kiosk's opening hours in a season: the wall clock that they go by, and who opens and closes. */
#ifndef SIMULATE_HOURS_H
#define SIMULATE_HOURS_H

#include "world.h"

struct hours {
    const struct simulate_hours *told; /* NULL: it is always open, and there is no wall clock */
    int64_t start_ms;                  /* the run's clock when it began */
    struct simulate_day *day;          /* where opening and closing is noted */
    bool looked, closed;               /* at its clock yet; it is */
};

/* Lets a step happen as on a kiosk that looks at its wall clock once a minute. False when a rule broke. */
bool hours_step(struct hours *hours, struct world *world, const struct step *step);

#endif
