/* A museum's days, made up from a seed: how many come when, what they look at, how long. */
#ifndef TESTS_STATISTICS_SEASON_H
#define TESTS_STATISTICS_SEASON_H

#include "statistics/collect.h"

struct season {
    uint64_t state;  /* of the random numbers; not 0 */
    int visits;      /* on a usual day */
    int place_count; /* different ones: more than the built-in list are numbered */
};

double season_random(struct season *season); /* 0 <= x < 1 */
/* One visitor. */
void season_visit(struct season *season, struct visit_sum *sum);
/* All of one day: visits, and the hours in which the player ran. Mondays it is closed. How many visits. */
int season_day(struct season *season, int day, struct cells *cells);

#endif
