#include "statistics/recorder.h"

#include "statistics/collect.h"
#include "writer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUN_MS 900000 /* how long the player ran is written that often, when it is awake anyway */
#define RUN_MOST_MS (30 * INT64_C(86400000))
#define JUMP_S 60 /* a clock that is corrected by less is a good clock */

struct recorder {
    struct writer *writer; /* of the exhibit that is played; NULL: none was seen yet, or it has failed */
    bool seen;             /* an exhibit was */
    struct store_title title;
    char *folder;
    struct site_hours hours;
    const struct log *log;
    struct collector collector;
    struct recorder_time (*time)(void *context);
    void *time_context;
    struct recorder_time last;  /* up to when the running time is counted */
    struct recorder_time begun; /* the visit */
    int64_t seen_ms;            /* the player's clock at `last` */
};

/* ---- time */

static int64_t clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct recorder_time system_time(void *context)
{
    (void)context;
    return (struct recorder_time){
        clock_ms(CLOCK_REALTIME) / 1000, clock_ms(CLOCK_BOOTTIME), clock_ms(CLOCK_MONOTONIC)};
}

struct moment {
    int day, hour, seconds; /* of the hour */
};

static struct moment local(int64_t wall_s)
{
    struct tm parts;
    time_t seconds = (time_t)wall_s;
    if (localtime_r(&seconds, &parts) == NULL) {
        return (struct moment){19700101, 0, 0};
    }
    return (struct moment){(parts.tm_year + 1900) * 10000 + (parts.tm_mon + 1) * 100 + parts.tm_mday,
        parts.tm_hour, parts.tm_min * 60 + parts.tm_sec};
}

/* ---- how long the player ran, and whether the clock can be believed */

/* The time until `now`, hour by hour of the local day. */
static void count_run(const struct recorder *recorder, const struct recorder_time *now, struct cells *cells)
{
    int64_t ran_ms = now->awake_ms - recorder->last.awake_ms;
    ran_ms = ran_ms < 0 ? 0 : ran_ms < RUN_MOST_MS ? ran_ms : RUN_MOST_MS;
    int64_t at = now->wall_s - ran_ms / 1000;
    while (at < now->wall_s) {
        struct moment moment = local(at);
        int64_t part = 3600 - moment.seconds % 3600;
        part = part < now->wall_s - at ? part : now->wall_s - at;
        cells_add(cells, moment.day, CELL_RUN, NULL, cells_weekday(moment.day) * 24 + moment.hour, part);
        at += part;
    }
}

static void count_jump(const struct recorder *recorder, const struct recorder_time *now, struct cells *cells)
{
    int64_t passed_s = (now->steady_ms - recorder->last.steady_ms) / 1000;
    int64_t jump_s = now->wall_s - recorder->last.wall_s - passed_s;
    if (jump_s > JUMP_S || jump_s < -JUMP_S) {
        cells_add(cells, local(now->wall_s).day, CELL_NOTE, "clock", 0, 1);
    }
}

static void put(struct recorder *recorder, const struct recorder_time *now, struct cells *cells, int visits)
{
    if (recorder->writer == NULL) {
        return;
    }
    count_run(recorder, now, cells);
    count_jump(recorder, now, cells);
    recorder->last = *now;
    writer_put(recorder->writer, cells, local(now->wall_s).day, visits);
}

/* ---- visits */

static void end_visit(struct recorder *recorder, const struct visit_sum *sum)
{
    struct cells cells = {NULL, 0, 0};
    struct recorder_time now = recorder->time(recorder->time_context);
    struct moment moment = local(recorder->begun.wall_s);
    if (collect_add(sum, moment.day, moment.hour, &cells)) {
        if (recorder->collector.row > 0 && recorder->collector.row % COLLECT_ROW == 0) {
            cells_add(&cells, moment.day, CELL_NOTE, "row", 0, 1);
        }
        put(recorder, &now, &cells, 1);
    }
    cells_finish(&cells);
}

/* ---- which exhibit */

static void note(struct recorder *recorder, const char *name)
{
    struct cells cells = {NULL, 0, 0};
    struct recorder_time now = recorder->time(recorder->time_context);
    cells_add(&cells, local(now.wall_s).day, CELL_NOTE, name, 0, 1);
    put(recorder, &now, &cells, 0);
    cells_finish(&cells);
}

static void end_exhibit(struct recorder *recorder)
{
    struct visit_sum sum;
    if (collect_stop(&recorder->collector, &sum) == COLLECTED_END) {
        end_visit(recorder, &sum);
    }
    note(recorder, "ended");
    writer_destroy(recorder->writer);
    recorder->writer = NULL;
}

/* Another one than before has a file of its own: what was looked at in one is not to be mixed with the other.
 */
static void take_exhibit(struct recorder *recorder, const struct visit *visit)
{
    struct error err = {.message = ""};
    struct store_title title = store_title_of(visit->frame.exhibit);
    bool none = visit->frame.exhibit == NULL;
    if (recorder->seen && (none || strcmp(title.text, recorder->title.text) == 0)) {
        return;
    }
    if (recorder->seen) {
        end_exhibit(recorder);
    }
    recorder->seen = true;
    recorder->title = title;
    recorder->writer = writer_create(recorder->folder, &title, &recorder->hours, recorder->log, &err);
    if (recorder->writer == NULL) {
        log_write(recorder->log, LOG_WARNING, "%s", err.message);
    }
    recorder->last = recorder->time(recorder->time_context);
    note(recorder, "begun");
}

void recorder_see(void *context, const struct visit *visit, int64_t now_ms)
{
    struct recorder *recorder = context;
    struct visit_sum sum;
    take_exhibit(recorder, visit);
    enum collected collected = collect_see(&recorder->collector, visit, now_ms, &sum);
    if (collected == COLLECTED_BEGIN) {
        recorder->begun = recorder->time(recorder->time_context);
    } else if (collected == COLLECTED_END) {
        end_visit(recorder, &sum);
        memset(&sum, 0, sizeof sum);
        recorder->seen_ms = now_ms;
    } else if (!recorder->collector.running && now_ms - recorder->seen_ms >= RUN_MS) {
        struct cells cells = {NULL, 0, 0};
        struct recorder_time now = recorder->time(recorder->time_context);
        put(recorder, &now, &cells, 0);
        cells_finish(&cells);
        recorder->seen_ms = now_ms;
    }
}

void recorder_zoomed(void *context)
{
    struct recorder *recorder = context;
    collect_zoom(&recorder->collector);
}

/* ---- life */

struct recorder *recorder_create(const struct recorder_options *options, struct error *err)
{
    struct recorder *recorder = calloc(1, sizeof *recorder);
    char *folder = strdup(options->folder);
    if (recorder == NULL || folder == NULL) {
        free(recorder);
        free(folder);
        error_memory(err);
        return NULL;
    }
    recorder->time = options->time != NULL ? options->time : system_time;
    recorder->time_context = options->time_context;
    recorder->folder = folder;
    recorder->hours = options->hours != NULL ? *options->hours : (struct site_hours){.given = false};
    recorder->log = options->log;
    return recorder;
}

void recorder_destroy(struct recorder *recorder)
{
    if (recorder == NULL) {
        return;
    }
    end_exhibit(recorder);
    free(recorder->folder);
    free(recorder);
}
