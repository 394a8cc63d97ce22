/* A part of a season: what the process holds does not grow from day to day, whenever the clock begins. The
 * whole of it is a command: vitrine simulate EXHIBIT --days 100. */
#include "check.h"

#include "simulate/simulate.h"

#include <stdlib.h>

#define DAYS 12

static bool play(int count, int64_t start_ms, struct simulate_day *days)
{
    struct player_paths paths;
    struct error err = {0};
    struct simulate_outcome outcome = {0};
    struct simulate_options options = {.paths = &paths, .seed = 2038, .start_ms = start_ms};
    bool good = player_find_paths(&paths, &err);
    options.exhibit = paths.exhibit;
    good = good && simulate_season(&options, count, days, &outcome, &err);
    CHECK_THAT(good, "%s", err.message);
    CHECK_THAT(
        !good || outcome.held, "event %ld breaks \"%s\": %s", outcome.event, outcome.rule, outcome.message);
    CHECK(!good || outcome.visits >= (long)count * 6);
    return good;
}

/* The clock of a machine whose battery is empty, one that passes 2038, one that is far beyond: it is the same
 * run. */
static void whenever_it_begins(void)
{
    static const int64_t starts_ms[] = {
        1, INT64_C(2147483647) * 1000 - 3600000, INT64_C(4294967295) * 1000, INT64_C(1) << 52};
    for (size_t i = 0; i < sizeof starts_ms / sizeof starts_ms[0]; i++) {
        struct simulate_day days[2];
        play(2, starts_ms[i], days);
    }
}

static void nothing_grows(void)
{
    struct simulate_day days[DAYS];
    if (play(DAYS, 0, days)) {
        struct simulate_day *last = &days[DAYS - 1], *warm = &days[DAYS / 2];
        CHECK(last->descriptors <= warm->descriptors && last->threads <= warm->threads);
        CHECK_THAT(last->log_bytes == 0, "%ld bytes of log", last->log_bytes);
        CHECK_THAT(last->memory_bytes < (size_t)40 << 20, "%zu bytes", last->memory_bytes);
    }
}

/* What is said to grow does, and no more. */
static void growth_is_seen(void)
{
    struct simulate_day days[9];
    const char *said[] = {NULL, "memory", "descriptors", "threads", "the log"};
    for (int what = 0; what < 5; what++) {
        for (int i = 0; i < 9; i++) {
            days[i] =
                (struct simulate_day){.memory_bytes = (size_t)(1000000 + (what == 1 && i > 4 ? 100000 : i)),
                    .descriptors = 9 + (what == 2 && i > 5),
                    .threads = 3 + (what == 3 ? i > 3 : i == 7),
                    .log_bytes = 100L * i + (what == 4 && i > 5 ? 5000L * i : 0)};
        }
        const char *grows = simulate_season_grows(days, 9);
        CHECK_THAT(what == 0 ? grows == NULL : grows != NULL && strcmp(grows, said[what]) == 0, "%d: %s",
            what, grows != NULL ? grows : "nothing");
    }
}

int main(void)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    setenv("VITRINE_EXHIBIT", TEST_SOURCE_DIR "/exhibits/telegram-1950", 0);
    setenv("VITRINE_DECODER", TEST_BINARY_DIR "/app/scan/vitrine-decode", 0);
    RUN(growth_is_seen);
    RUN(whenever_it_begins);
    RUN(nothing_grows);
    return check_report();
}
