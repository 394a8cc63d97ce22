/* A visitor who does anything, against the real exhibit, visit, view, scan and gesture code, under a clock of
 * its own.
 *
 *     seed ──visitor──▶ step ──world──▶ player ──▶ rules: what must hold after every step
 *                         ▲                          │
 *                         └──── shrink ◀── a breach ─┘
 *
 * A run depends on the seed, the number of events and the exhibit only: the same ones give the same screens.
 * Tiles come from a twin of the decoders, which the seed makes quick, slow or torn.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include "base/error.h"
#include "base/log.h"
#include "player/player.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* A season's wall clock: from this time of the run on it says this, and goes on from there. */
struct simulate_clock {
    int64_t at_ms, wall_s; /* since the run began; since 1970, UTC */
};
struct simulate_hours {
    const struct site_hours *hours; /* local time, of the process's zone */
    const struct simulate_clock *clocks;
    size_t clock_count; /* in order; the first at 0 */
};

struct simulate_options {
    const char *exhibit;
    const struct player_paths *paths;
    const struct log *log;
    uint64_t seed;
    long events;      /* fingers, keys, wheel, sizes, waits ...: each counts as one */
    bool shrink;      /* make a short script of a breach */
    int64_t start_ms; /* the clock's first time; 0: soon after zero */
    /* One rule more, of whoever asks for the run: false where it does not hold. NULL: none. */
    bool (*holds)(const struct visit *visit);
    const struct simulate_hours *hours; /* of a season; NULL: it is always open */
};

#define SIMULATE_PLACES 32 /* screens, panels and the guided reading, by a number of their own */
#define SIMULATE_VERBS 64

/* What a visitor could have done where, and did. Maps of several runs may be added up. */
struct simulate_map {
    bool offered[SIMULATE_PLACES][SIMULATE_VERBS], done[SIMULATE_PLACES][SIMULATE_VERBS];
};
struct simulate_cover {
    int places;           /* that were seen */
    int offered, covered; /* pairs of a place and an action that was on the screen there; that was done */
    char missed[1000];    /* words for what was not, as many as fit */
};
void simulate_map_add(struct simulate_map *map, const struct simulate_map *more);
void simulate_map_sum(const struct simulate_map *map, struct simulate_cover *cover);

struct simulate_outcome {
    bool held;                    /* every rule, after every event */
    char rule[40], message[320];  /* the first that did not, and how */
    long event;                   /* ... and after which event, from 0 */
    long events, layouts, visits; /* played; trees built; times the exhibit was as new again */
    uint64_t digest;              /* of every tree and state: equal for equal runs */
    struct simulate_map map;
    char *script; /* a visit script that leads to the breach; malloc'd, NULL: none */
    long steps;   /* in the script */
};

/* Plays a run. A breach of a rule is an outcome, not an error. False: the exhibit, the machine or memory is
 * at fault.
 */
bool simulate_run(
    const struct simulate_options *options, struct simulate_outcome *outcome, struct error *err);
void simulate_finish(struct simulate_outcome *outcome);

/* What the process holds at the end of a simulated night. */
struct simulate_day {
    size_t memory_bytes; /* allocated, but for tiles and texts, which have bounds of their own */
    int descriptors, threads;
    long log_bytes; /* written since the season began */
    int64_t opened_s,
        closed_s; /* with hours: the wall clock at the day's first opening and closing; 0: none */
};
/* Plays `count` opening days: a dozen visits, each left alone until it is over, and a night; with hours, 24
 * hours each, with visits while it is open. options->events, shrink and log have no meaning here.
 * outcome->held as of simulate_run(), for the days that were played. */
bool simulate_season(const struct simulate_options *options, int count, struct simulate_day *days,
    struct simulate_outcome *outcome, struct error *err);
/* What was more on every day of the last third than on any of the first, in words; NULL: nothing. */
const char *simulate_season_grows(const struct simulate_day *days, int count);

#endif
