/* A million events by twenty visitors who do anything: after each of them everything that must hold does. */
#include "check.h"

#include "simulate/simulate.h"

#include <stdlib.h>

#define PARTS 4
#define SEEDS 5 /* of each part */
#define EVENTS 50000
#define AGAIN 8000

static int part;

static bool play(uint64_t seed, long events, struct simulate_outcome *outcome)
{
    struct player_paths paths;
    struct error err = {0};
    struct log log = {stderr, LOG_ERROR};
    struct simulate_options options = {.paths = &paths, .log = &log, .seed = seed, .events = events};
    bool good = player_find_paths(&paths, &err);
    options.exhibit = paths.exhibit;
    good = good && simulate_run(&options, outcome, &err);
    CHECK_THAT(good, "%s", err.message);
    return good;
}

static void map_name(char *name, size_t size, int of)
{
    snprintf(name, size, "%s/simulate-%d.map", TEST_BINARY_DIR, of);
}

static void everything_holds(void)
{
    struct simulate_map map = {0};
    char name[512];
    long visits = 0;
    for (int i = 0; i < SEEDS; i++) {
        struct simulate_outcome outcome;
        uint64_t seed = (uint64_t)(part * SEEDS + i + 1);
        if (!play(seed, EVENTS, &outcome)) {
            return;
        }
        CHECK_THAT(outcome.held,
            "seed %d: event %ld breaks \"%s\": %s (vitrine simulate EXHIBIT --seed %d makes a short script)",
            (int)seed, outcome.event, outcome.rule, outcome.message, (int)seed);
        CHECK(outcome.layouts > EVENTS / 4);
        visits += outcome.visits;
        simulate_map_add(&map, &outcome.map);
        simulate_finish(&outcome);
    }
    CHECK(visits >= SEEDS); /* that ended: a visitor who is never long away ends none, nor does a class */
    map_name(name, sizeof name, part);
    FILE *file = fopen(name, "wb");
    CHECK(file != NULL && fwrite(&map, sizeof map, 1, file) == 1);
    if (file != NULL) {
        fclose(file);
    }
}

static void the_same_seed_gives_the_same_run(void)
{
    struct simulate_outcome first, second, other;
    if (play(77, AGAIN, &first) && play(77, AGAIN, &second) && play(78, AGAIN, &other)) {
        CHECK(first.digest == second.digest && first.layouts == second.layouts);
        CHECK(first.digest != other.digest);
        simulate_finish(&first);
        simulate_finish(&second);
        simulate_finish(&other);
    }
}

/* What was on the screen somewhere was done there: every place, every action. What the twenty left is done by
 * one of a few more, of each mode in turn. */
static void every_action_was_done(void)
{
    static const uint64_t further[] = {27, 35, 31, 22, 43, 39, 24, 47, 26, 51, 59, 67, 75};
    struct simulate_map map = {0}, more;
    struct simulate_cover cover;
    char name[512];
    for (int i = 0; i < PARTS; i++) {
        map_name(name, sizeof name, i);
        FILE *file = fopen(name, "rb");
        bool read = file != NULL && fread(&more, sizeof more, 1, file) == 1;
        CHECK_THAT(read, "%s is not there: did the runs break off?", name);
        if (file != NULL) {
            fclose(file);
        }
        if (read) {
            simulate_map_add(&map, &more);
        }
    }
    simulate_map_sum(&map, &cover);
    for (size_t i = 0; i < sizeof further / sizeof further[0] && cover.covered < cover.offered; i++) {
        struct simulate_outcome outcome;
        if (!play(further[i], EVENTS, &outcome)) {
            return;
        }
        CHECK_THAT(outcome.held, "seed %d: event %ld breaks \"%s\": %s", (int)further[i], outcome.event,
            outcome.rule, outcome.message);
        simulate_map_add(&map, &outcome.map);
        simulate_map_sum(&map, &cover);
        simulate_finish(&outcome);
    }
    printf(
        "%d of %d actions at %d places; not: %s\n", cover.covered, cover.offered, cover.places, cover.missed);
    CHECK_THAT(cover.covered == cover.offered, "%d of %d actions", cover.covered, cover.offered);
    CHECK(cover.offered > 350 && cover.places >= 21);
}

int main(int argc, char **argv)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    setenv("VITRINE_EXHIBIT", TEST_SOURCE_DIR "/exhibits/telegram-1950", 0);
    setenv("VITRINE_DECODER", TEST_BINARY_DIR "/app/scan/vitrine-decode", 0);
    if (argc > 1 && strcmp(argv[1], "cover") == 0) {
        RUN(every_action_was_done);
        return check_report();
    }
    part = argc > 1 ? atoi(argv[1]) : 0;
    RUN(everything_holds);
    if (part == 0) {
        RUN(the_same_seed_gives_the_same_run);
    }
    return check_report();
}
