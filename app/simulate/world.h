/* The world of one run: the player, the clock, what was seen, and the first rule that broke. */
#ifndef SIMULATE_WORLD_H
#define SIMULATE_WORLD_H

#include "cover.h"
#include "scan/scan.h"
#include "simulate/simulate.h"

#define SEEN_SLOTS 65536 /* a power of two */
#define WORLD_LANGUAGES 64

/* One thing that happens: time passes, and then perhaps an event. */
struct step {
    int64_t delay_ms;
    bool waits; /* there is no event */
    struct player_event event;
};

/* A movement that should have ended. */
struct overdue {
    int64_t start_ms;    /* of the movement; 0: there is none */
    unsigned long since; /* updates */
};

struct world {
    const struct simulate_options *options;
    enum visit_mode mode;
    struct player *player;
    int64_t now_ms;
    long events, visits;
    unsigned long layouts; /* the player's, at the last look */
    uint64_t digest;
    uint64_t probe; /* random numbers of the rules, apart from the visitor's */
    struct scan_source source;
    int tiles_due;         /* that may still come in this update */
    unsigned long updates; /* for decoders that are slow */
    uint64_t *seen;        /* what was found good, by hashes: SEEN_SLOTS of them */
    struct overdue flight, glide;
    uint64_t bar_words[WORLD_LANGUAGES]; /* by the exhibit's languages, as a hash; 0: not seen yet */
    uint64_t caption;                    /* what it says, as a hash, and since when */
    int64_t caption_ms;
    unsigned long caption_since; /* updates */
    bool sharp;                  /* everything on the screen is, and nothing was done since */
    struct cover cover;
    char pressed[128]; /* what a finger is on */
    bool broken;
    char rule[40], message[320];
};

/* A fresh player of the seed's mode; the world stays where it is until it is closed. */
bool world_open(struct world *world, const struct simulate_options *options, struct error *err);
void world_close(struct world *world);

/* Lets it happen and looks at everything. False when a rule broke. */
bool world_step(struct world *world, const struct step *step);

/* Was that, by its hash, found good before? What was learnt long ago may be forgotten. */
bool world_knows(const struct world *world, uint64_t hash);
void world_learn(struct world *world, uint64_t hash);

/* A rule broke: the first one is kept. Returns false. */
bool world_break(struct world *world, const char *rule, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
