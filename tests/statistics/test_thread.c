/* The recorder as the player uses it: looks in one thread, writes in another, and a disk that fails under it.
 */
#include "statistics/recorder.h"

#include "statistics/store.h"

#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER TEST_BINARY_DIR "/statistics-thread"
static const char FILE_PATH[] = FOLDER "/statistics.db";

struct clock {
    struct recorder_time now;
};

static struct recorder_time tell_time(void *context)
{
    return ((struct clock *)context)->now;
}

static void pass(struct clock *clock, int64_t seconds)
{
    clock->now.wall_s += seconds;
    clock->now.steady_ms += seconds * 1000;
    clock->now.awake_ms += seconds * 1000;
}

static void begin(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".damaged"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char path[sizeof FILE_PATH + 16];
        snprintf(path, sizeof path, "%s%s", FILE_PATH, endings[i]);
        unlink(path);
    }
    rmdir(FOLDER);
    setenv("TZ", "UTC", 1);
}

static struct recorder *start(struct clock *clock, const char *path, const struct log *log)
{
    struct error err = {.message = ""};
    struct recorder_options options = {.path = path, .time = tell_time, .time_context = clock, .log = log};
    struct recorder *recorder = recorder_create(&options, &err);
    CHECK_THAT(recorder != NULL, "%s", err.message);
    return recorder;
}

static void nobody(struct visit *visit)
{
    memset(visit, 0, sizeof *visit);
    visit->here.place.kind = PLACE_ATTRACT;
}

/* A visit of `seconds` that looks at home and then at the timeline. */
static void visit_once(struct recorder *recorder, struct clock *clock, struct visit *visit, int seconds)
{
    visit->here.place.kind = PLACE_HOME;
    visit->last_input_ms = clock->now.awake_ms;
    recorder_see(recorder, visit, clock->now.awake_ms);
    pass(clock, seconds);
    visit->here.place.kind = PLACE_TIMELINE;
    visit->last_input_ms = clock->now.awake_ms;
    recorder_see(recorder, visit, clock->now.awake_ms);
    pass(clock, 110);
    nobody(visit);
    recorder_see(recorder, visit, clock->now.awake_ms);
}

static struct cells read_all(void)
{
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    CHECK_THAT(store_read(FILE_PATH, &cells, &err), "%s", err.message);
    return cells;
}

/* 13 May 2026, 9:30 UTC, a Wednesday. */
static const struct clock MORNING = {{1778664600, 5000000, 5000000}};

static void a_morning_is_counted(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    begin();
    nobody(&visit);
    struct recorder *recorder = start(&clock, FILE_PATH, NULL);
    recorder_see(recorder, &visit, clock.now.awake_ms);
    for (int i = 0; i < 20; i++) {
        pass(&clock, 70);
        visit_once(recorder, &clock, &visit, 40);
    }
    recorder_destroy(recorder);
    struct cells cells = read_all();
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), 20);
    CHECK_INT(cells_sum(&cells, CELL_SEEN, "timeline"), 20);
    CHECK_INT(cells_sum(&cells, CELL_DWELL, "home"), 20);
    CHECK_INT(cells_sum(&cells, CELL_END, "timeline"), 20);
    CHECK_INT(cells_sum(&cells, CELL_RUN, NULL), 20 * 220);
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "begun"), 1);
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "ended"), 1);
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "clock"), 0);
    for (size_t i = 0; i < cells.count; i++) {
        const struct cell *cell = &cells.items[i];
        CHECK_INT(cell->span, 20260513);
        if (cell->kind == CELL_RUN) {
            CHECK_INT(cell->n, cell->bin == 2 * 24 + 9 ? 1800 : 2600);
        }
        CHECK(cell->kind != CELL_HOUR || cell->bin == 2 * 24 + 9 || cell->bin == 2 * 24 + 10);
    }
    cells_finish(&cells);
}

static void a_visit_that_the_end_of_the_player_ends_is_counted(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    begin();
    nobody(&visit);
    struct recorder *recorder = start(&clock, FILE_PATH, NULL);
    visit.here.place.kind = PLACE_HOME;
    visit.last_input_ms = clock.now.awake_ms;
    recorder_see(recorder, &visit, clock.now.awake_ms);
    recorder_zoomed(recorder);
    pass(&clock, 30);
    recorder_destroy(recorder);
    struct cells cells = read_all();
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), 1);
    CHECK_INT(cells_sum(&cells, CELL_USED, "zoom"), 1);
    cells_finish(&cells);
}

static void a_clock_that_jumps_is_noted(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    begin();
    nobody(&visit);
    struct recorder *recorder = start(&clock, FILE_PATH, NULL);
    visit_once(recorder, &clock, &visit, 20);
    clock.now.wall_s += 7200;
    visit_once(recorder, &clock, &visit, 20);
    clock.now.steady_ms += 3600000; /* it slept for an hour: the clock went on with it */
    clock.now.wall_s += 3600;
    visit_once(recorder, &clock, &visit, 20);
    recorder_destroy(recorder);
    struct cells cells = read_all();
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "clock"), 1);
    CHECK_INT(cells_sum(&cells, CELL_RUN, NULL), 3 * 130); /* and while it slept it did not run */
    cells_finish(&cells);
}

static void ten_single_touches_in_a_row_are_noted(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    begin();
    nobody(&visit);
    struct recorder *recorder = start(&clock, FILE_PATH, NULL);
    for (int i = 0; i < 25; i++) {
        visit.here.place.kind = PLACE_HOME;
        visit.last_input_ms = clock.now.awake_ms;
        recorder_see(recorder, &visit, clock.now.awake_ms);
        pass(&clock, 110);
        nobody(&visit);
        recorder_see(recorder, &visit, clock.now.awake_ms);
    }
    recorder_destroy(recorder);
    struct cells cells = read_all();
    CHECK_INT(cells_sum(&cells, CELL_NOTE, "row"), 2);
    cells_finish(&cells);
}

/* The place for the file is a file itself: nothing can be written, it is said once, and visits go on. */
static void a_disk_that_fails_disturbs_nobody(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    char *said = NULL;
    size_t length = 0;
    begin();
    nobody(&visit);
    FILE *block = fopen(FOLDER, "w");
    CHECK(block != NULL);
    fclose(block);
    FILE *stream = open_memstream(&said, &length);
    struct log log = {stream, LOG_WARNING};
    struct recorder *recorder = start(&clock, FILE_PATH, &log);
    for (int i = 0; i < 5; i++) {
        visit_once(recorder, &clock, &visit, 20);
    }
    recorder_destroy(recorder);
    fclose(stream);
    CHECK_THAT(strstr(said, "what cannot be written is left out") != NULL, "%s", said);
    CHECK_THAT(strchr(said, '\n') == strrchr(said, '\n'), "%s", said);
    free(said);
    unlink(FOLDER);
}

int main(void)
{
    RUN(a_morning_is_counted);
    RUN(a_visit_that_the_end_of_the_player_ends_is_counted);
    RUN(a_clock_that_jumps_is_noted);
    RUN(ten_single_touches_in_a_row_are_noted);
    RUN(a_disk_that_fails_disturbs_nobody);
    begin();
    return check_report();
}
