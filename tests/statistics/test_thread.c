/* The recorder as the player uses it: looks in one thread, writes in another, and a disk that fails under it.
 */
#include "statistics/recorder.h"

#include "exhibit/exhibit.h"
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

static struct recorder *start(struct clock *clock, const struct log *log)
{
    struct error err = {.message = ""};
    struct recorder_options options = {
        .folder = FOLDER, .time = tell_time, .time_context = clock, .log = log};
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

static struct cells read_file(const char *path, struct store_title *title)
{
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    CHECK_THAT(store_read(path, &cells, title, &err), "%s", err.message);
    return cells;
}

static struct cells read_all(void)
{
    return read_file(FILE_PATH, NULL);
}

/* 13 May 2026, 9:30 UTC, a Wednesday. */
static const struct clock MORNING = {{1778664600, 5000000, 5000000}};

static void a_morning_is_counted(void)
{
    struct clock clock = MORNING;
    struct visit visit;
    begin();
    nobody(&visit);
    struct recorder *recorder = start(&clock, NULL);
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
    struct recorder *recorder = start(&clock, NULL);
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
    struct recorder *recorder = start(&clock, NULL);
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
    struct recorder *recorder = start(&clock, NULL);
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

static bool open_exhibit(const char *title, struct exhibit **exhibit)
{
    char command[600];
    int length = snprintf(command, sizeof command,
        "rm -rf '%s/shown' && mkdir '%s/shown' && cp -r '%s/tests/exhibits/small/.' '%s/shown' && sed -i "
        "'s/A notice on a museum door/%s/' '%s/shown/exhibit.yaml'",
        FOLDER, FOLDER, TEST_SOURCE_DIR, FOLDER, title, FOLDER);
    CHECK(length < (int)sizeof command && system(command) == 0);
    *exhibit = exhibit_open(FOLDER "/shown", NULL, NULL);
    CHECK(*exhibit != NULL);
    return *exhibit != NULL;
}

/* Played one after the other, and the first one again, each has a file of its own. */
static void exhibits_are_counted_apart(void)
{
    static const struct {
        const char *title;
        int visits;
    } played[] = {{"A letter", 7}, {"A telegram, 1950", 5}, {"A letter", 6}};
    struct clock clock = MORNING;
    struct visit visit;
    struct exhibit *exhibits[3] = {NULL};
    begin();
    CHECK(mkdir(FOLDER, 0755) == 0);
    struct recorder *recorder = start(&clock, NULL);
    for (size_t i = 0; i < 3 && open_exhibit(played[i].title, &exhibits[i]); i++) {
        nobody(&visit);
        for (int j = 0; j < played[i].visits; j++) {
            visit.frame.exhibit = exhibits[i];
            visit_once(recorder, &clock, &visit, 40);
        }
    }
    recorder_destroy(recorder);
    char path[300] = "";
    static const struct {
        const char *ending, *title;
        int visits;
    } kept[] = {
        {"/statistics-a-letter-", "A letter", 13}, {"/statistics-a-telegram-1950-", "A telegram, 1950", 5}};
    for (size_t i = 0; i < 2 && store_next(FOLDER, path, sizeof path); i++) {
        struct store_title title;
        struct cells cells = read_file(path, &title);
        CHECK_THAT(strstr(path, kept[i].ending) != NULL, "%s", path);
        CHECK_TEXT(title.text, kept[i].title);
        CHECK_TEXT(title.language, "en");
        CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), kept[i].visits);
        CHECK_INT(cells_sum(&cells, CELL_NOTE, "begun"), cells_sum(&cells, CELL_NOTE, "ended"));
        CHECK_INT(cells_sum(&cells, CELL_RUN, NULL), kept[i].visits * 150);
        cells_finish(&cells);
    }
    CHECK(!store_next(FOLDER, path, sizeof path));
    for (int i = 0; i < 3; i++) {
        exhibit_destroy(exhibits[i]);
    }
    CHECK(system("rm -r '" FOLDER "'") == 0);
}

/* There is no end to titles, but to files there is. */
static void so_many_files_and_no_more(void)
{
    char path[300], first[300];
    struct store_title title = {.text = "One"};
    begin();
    CHECK(mkdir(FOLDER, 0755) == 0);
    for (int i = 0; i <= STORE_FILES; i++) {
        snprintf(title.text, sizeof title.text, i % 2 == 0 ? "전시 %d" : "Exhibit %d", i);
        CHECK(store_path(FOLDER, &title, path, sizeof path));
        CHECK((strcmp(path, FILE_PATH) == 0) == (i == STORE_FILES));
        FILE *file = fopen(path, "w");
        CHECK(file != NULL && fclose(file) == 0);
        if (i == 0) {
            snprintf(first, sizeof first, "%s", path);
        }
    }
    snprintf(title.text, sizeof title.text, "전시 0"); /* what has one keeps it */
    CHECK(store_path(FOLDER, &title, path, sizeof path));
    CHECK_TEXT(path, first);
    CHECK(!store_path(FOLDER, &title, path, 20));
    CHECK(system("rm -r '" FOLDER "'") == 0);
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
    struct recorder *recorder = start(&clock, &log);
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
    RUN(exhibits_are_counted_apart);
    RUN(so_many_files_and_no_more);
    RUN(a_disk_that_fails_disturbs_nobody);
    begin();
    return check_report();
}
