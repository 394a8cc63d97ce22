/* Opening days one after another, as a kiosk sees them: visits by day, nobody by night. What the process
 * holds at the end of each night is to be the same on the last day as when it was warm. */
#include "simulate/simulate.h"

#include "hours.h"
#include "random.h"
#include "rules.h"
#include "visitor.h"

#include <dirent.h>
#include <malloc.h>

#define VISITS_A_DAY 12
#define EVENTS_A_VISIT 60
#define LEFT_ALONE_MS 240000 /* idle time, the warning, and some more */
#define BETWEEN_MS 1800000
#define NIGHT_MS ((int64_t)14 * 3600000)
#define DAY_MS ((int64_t)24 * 3600000)
#define MOST_MS 600000 /* of one wait, where there are opening hours */

/* Counts under the address sanitizer, which has a heap of its own.
 * NOLINTNEXTLINE(bugprone-reserved-identifier) */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t allocated_bytes(void)
{
    if (__sanitizer_get_current_allocated_bytes != NULL) {
        return __sanitizer_get_current_allocated_bytes();
    }
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static int count_entries(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;
    while (folder != NULL && readdir(folder) != NULL) {
        count++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

/* Tiles and texts have bounds of their own (rules_memory()) and take days to reach them: they are not
 * counted. */
static struct simulate_day look_at_process(const struct player *player, FILE *log)
{
    struct player_figures figures = player_figures(player);
    size_t all = allocated_bytes(), cached = figures.tile_bytes + figures.text_bytes;
    return (struct simulate_day){.memory_bytes = all > cached ? all - cached : 0,
        .descriptors = count_entries("/proc/self/fd"),
        .threads = count_entries("/proc/self/task"),
        .log_bytes = ftell(log)};
}

static bool wait_until_alone(struct world *world, struct hours *hours)
{
    struct step wait = {.delay_ms = LEFT_ALONE_MS, .waits = true};
    bool good = true;
    /* A long wait is looked at in a few moments; a guided reading and the warning after it need some more. */
    for (int i = 0; i < 200 && good && !player_by_itself(world->player); i++) {
        good = hours_step(hours, world, &wait);
    }
    return good && (player_by_itself(world->player) || world->mode == MODE_CLASSROOM ||
                       world_break(world, "idle", "in the evening somebody is still thought to be there"));
}

static bool play_visit(struct world *world, struct visitor *visitor, struct hours *hours)
{
    struct step between = {.delay_ms = 1000 + random_below(&visitor->random, BETWEEN_MS), .waits = true};
    bool good = hours_step(hours, world, &between);
    for (int i = 0; i < EVENTS_A_VISIT && good; i++) {
        struct step step = visitor_next(visitor, world);
        step.delay_ms = hours->told != NULL && step.delay_ms > MOST_MS ? MOST_MS : step.delay_ms;
        good = hours_step(hours, world, &step);
    }
    return good && wait_until_alone(world, hours);
}

static bool play_day(struct world *world, struct visitor *visitor, struct hours *hours, int64_t end_ms)
{
    bool good = true;
    struct step night = {.delay_ms = NIGHT_MS, .waits = true}, hour = {.delay_ms = 3600000, .waits = true};
    for (int visit = 0; hours->told == NULL && visit < VISITS_A_DAY && good; visit++) {
        good = play_visit(world, visitor, hours);
    }
    for (int visits = 0; hours->told != NULL && good && world->now_ms < end_ms;) {
        bool comes = !hours->closed && visits < VISITS_A_DAY;
        hour.delay_ms = end_ms - world->now_ms < hour.delay_ms ? end_ms - world->now_ms : hour.delay_ms;
        good = comes ? play_visit(world, visitor, hours) : hours_step(hours, world, &hour);
        visits += comes;
    }
    return good && (hours->told != NULL || world_step(world, &night)) && rules_memory(world);
}

bool simulate_season(const struct simulate_options *options, int count, struct simulate_day *days,
    struct simulate_outcome *outcome, struct error *err)
{
    struct world world;
    struct visitor visitor;
    struct log log = {tmpfile(), LOG_WARNING};
    struct simulate_options own = *options;
    own.log = &log;
    *outcome = (struct simulate_outcome){.held = true};
    visitor_init(&visitor, options->seed);
    if (log.stream == NULL) {
        return error_set(err, ERROR_MACHINE, "no temporary file can be made for the log");
    }
    bool opened = world_open(&world, &own, err);
    struct hours hours = {.told = options->hours, .start_ms = world.now_ms};
    for (int day = 0; opened && day < count && outcome->held; day++) {
        struct simulate_day noted = {0};
        hours.day = &noted;
        outcome->held = play_day(&world, &visitor, &hours, hours.start_ms + (day + 1) * DAY_MS);
        days[day] = look_at_process(world.player, log.stream);
        days[day].opened_s = noted.opened_s;
        days[day].closed_s = noted.closed_s;
    }
    if (opened) {
        outcome->event = outcome->events = world.events;
        outcome->visits = world.visits;
        outcome->layouts = (long)world.layouts;
        outcome->digest = world.digest;
        snprintf(outcome->rule, sizeof outcome->rule, "%s", world.rule);
        snprintf(outcome->message, sizeof outcome->message, "%s", world.message);
    }
    world_close(&world);
    fclose(log.stream);
    return opened;
}

static void widen(struct simulate_day *to, const struct simulate_day *day, bool most)
{
    int more = most ? 1 : -1;
    to->memory_bytes = (day->memory_bytes > to->memory_bytes) == most ? day->memory_bytes : to->memory_bytes;
    to->descriptors = more * (day->descriptors - to->descriptors) > 0 ? day->descriptors : to->descriptors;
    to->threads = more * (day->threads - to->threads) > 0 ? day->threads : to->threads;
    to->log_bytes = more * (day->log_bytes - to->log_bytes) > 0 ? day->log_bytes : to->log_bytes;
}

/* The most, or the least, that was held on the days [from, to); of the log, what was written on one of them.
 */
static struct simulate_day bound(const struct simulate_day *days, int from, int to, bool most)
{
    struct simulate_day bound = {0};
    for (int i = from; i < to; i++) {
        struct simulate_day day = days[i];
        day.log_bytes -= i > 0 ? days[i - 1].log_bytes : 0;
        if (i == from) {
            bound = day;
        } else {
            widen(&bound, &day, most);
        }
    }
    return bound;
}

/* What leaks is there every day; a thread that is just at work on one evening is no leak. So the least of the
 * last third is compared with the most of the first. */
const char *simulate_season_grows(const struct simulate_day *days, int count)
{
    int third = count / 3;
    struct simulate_day before = bound(days, 0, third, true),
                        after = bound(days, count - third, count, false);
    if (after.memory_bytes > before.memory_bytes + before.memory_bytes / 16) {
        return "memory";
    }
    if (after.descriptors > before.descriptors) {
        return "descriptors";
    }
    if (after.threads > before.threads) {
        return "threads";
    }
    return after.log_bytes > before.log_bytes + 4096 ? "the log" : NULL;
}
