/* A part of a season: what the process holds does not grow from day to day, whenever the clock begins. The
 * whole of it is a command: vitrine simulate EXHIBIT --days 100. */
#include "check.h"

#include "simulate/simulate.h"

#include <stdlib.h>
#include <time.h>

#define DAYS 12

static bool play_hours(
    int count, int64_t start_ms, const struct simulate_hours *hours, struct simulate_day *days)
{
    struct player_paths paths;
    struct error err = {0};
    struct simulate_outcome outcome = {0};
    struct simulate_options options = {.paths = &paths, .seed = 2038, .start_ms = start_ms, .hours = hours};
    bool good = player_find_paths(&paths, &err);
    options.exhibit = paths.exhibit;
    good = good && simulate_season(&options, count, days, &outcome, &err);
    CHECK_THAT(good, "%s", err.message);
    CHECK_THAT(
        !good || outcome.held, "event %ld breaks \"%s\": %s", outcome.event, outcome.rule, outcome.message);
    CHECK(!good || outcome.visits >= (long)count * (hours != NULL ? 1 : 6));
    simulate_finish(&outcome);
    return good;
}

static bool play(int count, int64_t start_ms, struct simulate_day *days)
{
    return play_hours(count, start_ms, NULL, days);
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

#define HOUR_S INT64_C(3600)
#define DAY_S (24 * HOUR_S)
#define HALF_PAST(hour) ((hour)*HOUR_S + 1800)

/* From half past nine to five, local time. */
static const struct site_hours from_nine = {
    .given = true, .daily = {.given = true, .span_count = 1, .spans = {{570, 1020}}}};

/* Within two minutes: the kiosk looks at its clock once in one. */
static void expect(const char *what, int day, int64_t noted_s, int64_t second_of_day)
{
    int64_t late_s = noted_s % DAY_S - second_of_day;
    CHECK_THAT(late_s >= 0 && late_s < 120, "%s, day %d: %lld:%02lld UTC", what, day,
        (long long)(noted_s % DAY_S / HOUR_S), (long long)(noted_s % HOUR_S / 60));
}

/* The clocks go forward, and back, and time does not fit 32 bits any more: it opens and closes by the local
 * time. Days of the run begin at midnight UTC. */
static void it_opens_by_the_local_time(void)
{
    static const struct {
        const char *what;
        int64_t wall_s;
        int64_t opens_s[4], closes_s[4]; /* seconds of the day, UTC */
    } rows[] = {
        {"March 2026", 1774656000, /* the 28th: the clocks go forward on the 29th */
            {HALF_PAST(8), HALF_PAST(7), HALF_PAST(7)}, {16 * HOUR_S, 15 * HOUR_S, 15 * HOUR_S}},
        {"October 2026", 1792800000, /* the 24th: they go back on the 25th */
            {HALF_PAST(7), HALF_PAST(8), HALF_PAST(8)}, {15 * HOUR_S, 16 * HOUR_S, 16 * HOUR_S}},
        {"January 2038", 2147385600, /* the 18th: on the 19th at 03:14:07 the 31 bits are full */
            {HALF_PAST(8), HALF_PAST(8), HALF_PAST(8)}, {16 * HOUR_S, 16 * HOUR_S, 16 * HOUR_S}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulate_day days[3];
        const struct simulate_clock clock = {0, rows[i].wall_s};
        const struct simulate_hours hours = {&from_nine, &clock, 1};
        for (int day = 0; play_hours(3, 0, &hours, days) && day < 3; day++) {
            CHECK(days[day].opened_s / DAY_S == rows[i].wall_s / DAY_S + day);
            expect(rows[i].what, day, days[day].opened_s, rows[i].opens_s[day]);
            expect(rows[i].what, day, days[day].closed_s, rows[i].closes_s[day]);
        }
    }
}

static void expect_at_once(const char *what, int64_t noted_s, int64_t set_s)
{
    CHECK_THAT(noted_s >= set_s && noted_s < set_s + 120, "%s: %lld s after it was set", what,
        (long long)(noted_s - set_s));
}

/* A machine without a battery: nobody knows the time, and it is open, until the network sets the clock, late
 * in the evening; then it is set by years, forward and back. It opens and closes by what the clock says. */
static void a_wrong_clock_is_set(void)
{
    static const struct simulate_clock clocks[] = {{0, 0}, {30 * 3600000, 1795645800}, /* 2026-11-25 22:30 */
        {70 * 3600000, 2540404800},                                                    /* 2050-07-02 20:00 */
        {100 * 3600000, 1750075200},                                                   /* 2025-06-16 12:00 */
        {110 * 3600000, 100 * DAY_S}};
    static const struct simulate_hours hours = {&from_nine, clocks, sizeof clocks / sizeof clocks[0]};
    struct simulate_day days[6];
    if (play_hours(6, 0, &hours, days)) {
        CHECK(days[0].opened_s == 0 && days[0].closed_s == 0);
        expect_at_once("from 1970 into the night", days[1].closed_s, clocks[1].wall_s);
        expect("a winter's morning", 2, days[2].opened_s, HALF_PAST(8));
        expect_at_once("24 years forward", days[2].closed_s, clocks[2].wall_s);
        expect("a summer's morning", 3, days[3].opened_s, HALF_PAST(7));
        expect("a summer's evening", 3, days[3].closed_s, 15 * HOUR_S);
        expect_at_once("25 years back", days[4].opened_s, clocks[3].wall_s);
        expect("that evening", 4, days[4].closed_s, 15 * HOUR_S);
        CHECK(days[5].opened_s == 0 && days[5].closed_s == 0); /* 1970 again */
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
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1); /* Zurich, without asking for its file */
    tzset();
    RUN(growth_is_seen);
    RUN(it_opens_by_the_local_time);
    RUN(a_wrong_clock_is_set);
    RUN(whenever_it_begins);
    RUN(nothing_grows);
    return check_report();
}
