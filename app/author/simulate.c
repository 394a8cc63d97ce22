/* simulate: a visitor who does anything, and what must hold all the same. */
#include "simulate/simulate.h"
#include "author/author.h"
#include "author/options.h"
#include "tools.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#define EVENTS_DEFAULT 50000

struct order {
    const char *exhibit;
    long seed, events;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--seed", OPTION_COUNT, &order->seed, NULL},
        {"--events", OPTION_COUNT, &order->events, NULL},
    };
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc != 2) {
        return error_set(err, ERROR_USAGE, "simulate wants one exhibit: see vitrine help simulate");
    }
    order->exhibit = argv[1];
    return true;
}

/* Everything on the output depends on the seed alone; how long it took goes to the error output. */
static void print_outcome(const struct order *order, const struct simulate_outcome *outcome, FILE *out)
{
    struct simulate_cover cover;
    simulate_map_sum(&outcome->map, &cover);
    fprintf(out, "seed %ld: %ld events, %ld layouts, %ld visits, digest %016" PRIx64 "\n", order->seed,
        outcome->events, outcome->layouts, outcome->visits, outcome->digest);
    fprintf(out, "seed %ld: %d of %d actions at %d places were done%s%s\n", order->seed, cover.covered,
        cover.offered, cover.places, cover.missed[0] != '\0' ? "; not: " : "", cover.missed);
    if (!outcome->held) {
        fprintf(out, "seed %ld: event %ld breaks the rule \"%s\": %s\n", order->seed, outcome->event,
            outcome->rule, outcome->message);
    }
    if (outcome->script != NULL) {
        fprintf(out, "# %ld steps are enough:\n%s", outcome->steps, outcome->script);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int author_simulate(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.seed = 1, .events = EVENTS_DEFAULT};
    struct player_paths paths;
    struct log log = {io->err, LOG_WARNING};
    struct simulate_outcome outcome = {.held = true};
    if (!read_order(argc, argv, &order, &err) || !author_paths(io, &paths, &err)) {
        return author_fail(io, &err);
    }
    struct simulate_options options = {.exhibit = order.exhibit,
        .paths = &paths,
        .log = &log,
        .seed = (uint64_t)order.seed,
        .events = order.events,
        .shrink = true};
    double began = seconds();
    if (!simulate_run(&options, &outcome, &err)) {
        simulate_finish(&outcome);
        return author_fail(io, &err);
    }
    double took = seconds() - began;
    print_outcome(&order, &outcome, io->out);
    fprintf(io->err, "vitrine: %.0f events a second\n", took > 0 ? (double)outcome.events / took : 0.0);
    bool held = outcome.held;
    simulate_finish(&outcome);
    return held ? 0 : (int)ERROR_INPUT;
}
