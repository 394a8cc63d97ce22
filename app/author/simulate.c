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
    long seed, events, days;
    bool no_script;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--seed", OPTION_COUNT, &order->seed, NULL},
        {"--events", OPTION_COUNT, &order->events, NULL},
        {"--days", OPTION_COUNT, &order->days, NULL},
        {"--no-script", OPTION_FLAG, &order->no_script, NULL},
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

#define DAYS_MAX 3660
#define DAY_MS INT64_C(86400000)

/* A museum in Zurich, whose machine has no battery: its clock begins in 1970 and is set on the third day;
 * then come both ends of summer time, 2038, and a clock that is set back by years. */
static const struct site_hours zurich = {.given = true,
    .daily = {.given = true, .span_count = 1, .spans = {{570, 1020}}},
    .days = {{.given = true}}}; /* Monday closed */
static const struct simulate_clock clocks[] = {
    {0, 0}, {2 * DAY_MS + 3600000, INT64_C(1774396800)}, /* 2026-03-25 */
    {12 * DAY_MS, INT64_C(1792540800)},                  /* 2026-10-21 */
    {24 * DAY_MS, INT64_C(2147212800)},                  /* 2038-01-16 */
    {40 * DAY_MS, INT64_C(1735689600)},                  /* 2025-01-01 */
};
static const struct simulate_hours hours = {&zurich, clocks, sizeof clocks / sizeof clocks[0]};

/* Every day's figures; then whether they stayed. */
static int play_season(
    const struct order *order, struct simulate_options *options, const struct author_io *io)
{
    struct error err = {0};
    struct simulate_outcome outcome;
    static const char *const line = "day %3d: %8.1f MB, %d descriptors, %d threads, %ld bytes of log\n";
    int count = order->days < DAYS_MAX ? (int)order->days : DAYS_MAX;
    struct simulate_day *days = calloc((size_t)count, sizeof *days);
    options->hours = &hours;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    if (days == NULL || !simulate_season(options, count, days, &outcome, &err)) {
        free(days);
        return author_fail(io, &err);
    }
    for (int i = 0; outcome.held && i < count; i++) {
        if (i % 10 == 9 || i == count - 1) {
            fprintf(io->out, line, i + 1, (double)days[i].memory_bytes / 1048576, days[i].descriptors,
                days[i].threads, days[i].log_bytes);
        }
    }
    const char *grows = outcome.held ? simulate_season_grows(days, count) : NULL;
    free(days);
    fprintf(io->out, "seed %ld: %ld events, %ld visits in %d days\n", order->seed, outcome.events,
        outcome.visits, count);
    if (!outcome.held) {
        fprintf(io->out, "seed %ld: event %ld breaks the rule \"%s\": %s\n", order->seed, outcome.event,
            outcome.rule, outcome.message);
    } else if (grows != NULL) {
        fprintf(
            io->out, "seed %ld: %s grew from the first third of the days to the last\n", order->seed, grows);
    }
    return outcome.held && grows == NULL ? 0 : (int)ERROR_INPUT;
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
        .shrink = !order.no_script};
    if (order.days > 0) {
        return play_season(&order, &options, io);
    }
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
