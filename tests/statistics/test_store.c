/* What is kept on disk, and for how long. */
#include "statistics/store.h"

#include "failing.h"
#include "season.h"

#include "check.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char FILE_PATH[] = TEST_BINARY_DIR "/statistics-store.db";

static void begin(void)
{
    unlink(FILE_PATH);
    unlink(TEST_BINARY_DIR "/statistics-store.db-wal");
    unlink(TEST_BINARY_DIR "/statistics-store.db-shm");
    unlink(TEST_BINARY_DIR "/statistics-store.db.damaged");
}

static bool add(
    struct store *store, int day, enum cell_kind kind, const char *name, int bin, int64_t n, int today)
{
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    bool good = cells_add(&cells, day, kind, name, bin, n) && store_add(store, &cells, today, NULL, &err);
    CHECK_THAT(good, "%s", err.message);
    cells_finish(&cells);
    return good;
}

static int64_t kept(int span, enum cell_kind kind, const char *name, int bin)
{
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    int64_t n = 0;
    CHECK_THAT(store_read(FILE_PATH, &cells, NULL, &err), "%s", err.message);
    for (size_t i = 0; i < cells.count; i++) {
        const struct cell *cell = &cells.items[i];
        bool meant = cell->span == span && cell->kind == kind && cell->bin == bin;
        n += meant && strcmp(cell->name, name != NULL ? name : "") == 0 ? cell->n : 0;
    }
    cells_finish(&cells);
    return n;
}

static struct store *open_store(void)
{
    struct error err = {.message = ""};
    struct store *store = store_open(FILE_PATH, FAILING_VFS, NULL, &err);
    CHECK_THAT(store != NULL, "%s", err.message);
    return store;
}

static void what_is_added_is_there_again(void)
{
    begin();
    struct store *store = open_store();
    add(store, 20260513, CELL_SEEN, "home", 0, 2, 20260513);
    add(store, 20260513, CELL_SEEN, "home", 0, 3, 20260513);
    CHECK_INT(kept(20260513, CELL_SEEN, "home", 0), 5); /* read while it is open */
    store_close(store);
    store = open_store();
    add(store, 20260513, CELL_SEEN, "home", 0, 1, 20260513);
    store_close(store);
    CHECK_INT(kept(20260513, CELL_SEEN, "home", 0), 6);
}

/* Pages in the log, one state after another, would tell one visit from the next. */
static void the_log_is_empty_after_each_visit(void)
{
    begin();
    struct store *store = open_store();
    struct stat status;
    for (int i = 0; i < 3; i++) {
        add(store, 20260513, CELL_SEEN, "home", 0, 1, 20260513);
        CHECK(stat(TEST_BINARY_DIR "/statistics-store.db-wal", &status) == 0);
        CHECK_INT(status.st_size, 0);
    }
    store_close(store);
}

static int64_t setting(const char *pragma)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t value = -1;
    CHECK(sqlite3_open(FILE_PATH, &db) == SQLITE_OK);
    if (sqlite3_prepare_v2(db, pragma, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        value = strcmp(text, "wal") == 0  ? 1
                : strcmp(text, "ok") == 0 ? 2
                                          : sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return value;
}

static void the_file_says_what_it_is(void)
{
    begin();
    store_close(open_store());
    CHECK_INT(setting("PRAGMA journal_mode"), 1);
    CHECK_INT(setting("PRAGMA application_id"), 0x56747374);
    CHECK_INT(setting("PRAGMA user_version"), 1);
}

static void small_cells_lose_their_day(void)
{
    begin();
    struct store *store = open_store();
    add(store, 20260513, CELL_SEEN, "home", 0, 7, 20260513);
    add(store, 20260513, CELL_SEEN, "about", 0, 4, 20260513);
    add(store, 20260513, CELL_RUN, NULL, 60, 3, 20260513);
    CHECK_INT(kept(20260513, CELL_SEEN, "about", 0), 4); /* the day is not over */
    add(store, 20260514, CELL_SEEN, "about", 0, 4, 20260514);
    CHECK_INT(kept(20260513, CELL_SEEN, "home", 0), 7);
    CHECK_INT(kept(20260513, CELL_SEEN, "about", 0), 0);
    CHECK_INT(kept(20260500, CELL_SEEN, "about", 0), 4);
    CHECK_INT(kept(20260513, CELL_RUN, NULL, 60), 3); /* about the machine, not about anybody */
    add(store, 20260515, CELL_SEEN, "home", 0, 1, 20260515);
    CHECK_INT(kept(20260500, CELL_SEEN, "about", 0), 8);
    /* A visit that began before midnight and is told after others of the new day. */
    add(store, 20260513, CELL_SEEN, "people", 0, 1, 20260515);
    CHECK_INT(kept(20260513, CELL_SEEN, "people", 0), 0);
    CHECK_INT(kept(20260500, CELL_SEEN, "people", 0), 1);
    /* A month ends: what is still small loses its month too. */
    add(store, 20260601, CELL_SEEN, "home", 0, 1, 20260601);
    CHECK_INT(kept(20260500, CELL_SEEN, "about", 0), 8);
    CHECK_INT(kept(20260500, CELL_SEEN, "people", 0), 0);
    CHECK_INT(kept(20260000, CELL_SEEN, "people", 0), 1);
    /* A year ends: it goes with the others. */
    add(store, 20270101, CELL_SEEN, "home", 0, 1, 20270101);
    CHECK_INT(kept(20260000, CELL_SEEN, "people", 0), 0);
    store_close(store);
}

static void nothing_small_is_left_of_days_that_are_over(void)
{
    begin();
    struct store *store = open_store();
    struct season season = {.state = 5, .visits = 12};
    struct error err = {.message = ""};
    int64_t visits = 0;
    for (int64_t day = cells_days(20251110); day <= cells_days(20260210); day++) {
        struct cells cells = {NULL, 0, 0};
        int span = cells_span_of_days(day);
        visits += season_day(&season, span, &cells);
        CHECK_THAT(store_add(store, &cells, span, NULL, &err), "%s", err.message);
        cells_finish(&cells);
    }
    struct cells cells = {NULL, 0, 0};
    CHECK(store_read(FILE_PATH, &cells, NULL, &err));
    int small = 0;
    for (size_t i = 0; i < cells.count; i++) {
        const struct cell *cell = &cells.items[i];
        bool over = cells_last_day(cell->span) < 20260210;
        small += over && cell_is_personal(cell->kind) && cell->n < CELL_LEAST;
        CHECK(over || cell->n > 0);
    }
    CHECK_INT(small, 0);
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), visits); /* and nobody was lost */
    cells_finish(&cells);
    store_close(store);
}

static void a_day_that_ends_is_counted_once(void)
{
    begin();
    struct store *store = open_store();
    struct cells cells = {NULL, 0, 0};
    struct error err;
    struct site_hours hours = {
        .given = true, .daily = {.given = true, .span_count = 1, .spans = {{9 * 60 + 30, 12 * 60}}}};
    int weekday = cells_weekday(20260513);
    cells_add(&cells, 20260513, CELL_VISITS, NULL, 0, 12);
    for (int hour = 9; hour < 11; hour++) {
        cells_add(&cells, 20260513, CELL_RUN, NULL, weekday * 24 + hour, 3600);
    }
    CHECK(store_add(store, &cells, 20260513, &hours, &err));
    cells_finish(&cells);
    CHECK(store_add(store, &cells, 20260516, &hours, &err));
    CHECK(store_add(store, &cells, 20260516, &hours, &err));
    CHECK_INT(kept(20260513, CELL_DAYS, NULL, cells_day_bin(12)), 1);
    CHECK_INT(
        kept(20260513, CELL_RATE, NULL, cells_rate_bin(8)), 1); /* 12 visits, 1.5 hours open and running */
    CHECK_INT(kept(20260513, CELL_OPEN, NULL, weekday * 24 + 9), 1800);
    CHECK_INT(kept(20260513, CELL_MISSED, NULL, weekday * 24 + 9), 0);
    CHECK_INT(kept(20260513, CELL_MISSED, NULL, weekday * 24 + 11), 3600);
    /* Days on which it never ran are missed, and no days of visits. */
    CHECK_INT(kept(20260514, CELL_MISSED, NULL, cells_weekday(20260514) * 24 + 10), 3600);
    CHECK_INT(kept(20260514, CELL_DAYS, NULL, 0), 0);
    CHECK_INT(kept(20260516, CELL_OPEN, NULL, cells_weekday(20260516) * 24 + 10), 0); /* not over yet */
    store_close(store);
}

static void old_days_become_months_and_old_months_years(void)
{
    begin();
    struct store *store = open_store();
    add(store, 20260513, CELL_VISITS, NULL, 0, 10, 20260513);
    add(store, 20260514, CELL_VISITS, NULL, 0, 11, 20260514);
    add(store, 20260831, CELL_VISITS, NULL, 0, 12, 20260831);
    CHECK_INT(kept(20260513, CELL_VISITS, NULL, 0), 10);
    add(store, 20260901, CELL_VISITS, NULL, 0, 13, 20260901);
    CHECK_INT(kept(20260513, CELL_VISITS, NULL, 0), 0);
    CHECK_INT(kept(20260500, CELL_VISITS, NULL, 0), 21);
    CHECK_INT(kept(20260831, CELL_VISITS, NULL, 0), 12);
    add(store, 20291231, CELL_VISITS, NULL, 0, 14, 20291231);
    CHECK_INT(kept(20260500, CELL_VISITS, NULL, 0), 21);
    add(store, 20300101, CELL_VISITS, NULL, 0, 15, 20300101);
    CHECK_INT(kept(20260500, CELL_VISITS, NULL, 0), 0);
    CHECK_INT(kept(20260000, CELL_VISITS, NULL, 0), 46);
    add(store, 20570101, CELL_VISITS, NULL, 0, 16, 20570101);
    CHECK_INT(kept(20260000, CELL_VISITS, NULL, 0), 0);
    CHECK_INT(kept(SPAN_EARLIER, CELL_VISITS, NULL, 0), 46); /* never thrown away */
    store_close(store);
}

static void a_wrong_clock_does_no_lasting_harm(void)
{
    begin();
    struct store *store = open_store();
    add(store, 19700101, CELL_VISITS, NULL, 0, 3, 19700101);
    add(store, 19700101, CELL_SEEN, "home", 0, 3, 19700101);
    CHECK_INT(kept(SPAN_UNSET, CELL_NOTE, "unset", 0), 3);
    add(store, 20260513, CELL_VISITS, NULL, 0, 6, 20260513);
    add(store, 20380119, CELL_VISITS, NULL, 0, 6, 20380119); /* for a day it believes it is 2038 */
    add(store, 20260514, CELL_VISITS, NULL, 0, 2, 20260514);
    CHECK_INT(kept(20260514, CELL_VISITS, NULL, 0), 2); /* a day like any other: not over */
    add(store, 20260514, CELL_VISITS, NULL, 0, 4, 20260514);
    add(store, 20260515, CELL_VISITS, NULL, 0, 1, 20260515);
    CHECK_INT(kept(20260514, CELL_VISITS, NULL, 0), 6);
    store_close(store);
    struct cells cells = {NULL, 0, 0};
    struct error err;
    CHECK(store_read(FILE_PATH, &cells, NULL, &err));
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), 19);
    cells_finish(&cells);
}

static void write_file(const char *path, const char *text, size_t length)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    CHECK(file >= 0 && write(file, text, length) == (ssize_t)length);
    close(file);
}

static void damage_is_set_aside(void)
{
    static char rubbish[20000];
    memset(rubbish, 'x', sizeof rubbish);
    begin();
    write_file(FILE_PATH, rubbish, sizeof rubbish);
    struct store *store = open_store();
    add(store, 20260513, CELL_VISITS, NULL, 0, 1, 20260513);
    store_close(store);
    CHECK_INT(kept(20260513, CELL_VISITS, NULL, 0), 1);
    CHECK_INT(kept(20260513, CELL_NOTE, "damaged", 0), 1); /* and is told */
    CHECK(access(TEST_BINARY_DIR "/statistics-store.db.damaged", F_OK) == 0);
}

/* A page in the middle goes bad while the player runs. */
static void damage_while_it_runs_is_set_aside(void)
{
    static char rubbish[8192];
    begin();
    struct store *store = open_store();
    add(store, 20260513, CELL_VISITS, NULL, 0, 1, 20260513);
    store_close(store);
    memset(rubbish, 0x5a, sizeof rubbish);
    int file = open(FILE_PATH, O_WRONLY);
    CHECK(file >= 0 && pwrite(file, rubbish, sizeof rubbish, 4096) == (ssize_t)sizeof rubbish);
    close(file);
    store = open_store();
    add(store, 20260513, CELL_VISITS, NULL, 0, 5, 20260513);
    store_close(store);
    CHECK_INT(kept(20260513, CELL_VISITS, NULL, 0), 5);
}

/* A file from a stick, in the form of ours. */
static bool reads(const char *sql)
{
    sqlite3 *db = NULL;
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    begin();
    CHECK(sqlite3_open(FILE_PATH, &db) == SQLITE_OK);
    CHECK_THAT(sqlite3_exec(db, "PRAGMA application_id = 1450472308; PRAGMA user_version = 1", NULL, NULL,
                   NULL) == SQLITE_OK &&
                   sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK,
        "%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    bool good = store_read(FILE_PATH, &cells, NULL, &err);
    CHECK_THAT(good || err.category == ERROR_INPUT, "%s: %s", sql, err.message);
    cells_finish(&cells);
    return good;
}

static void figures_that_were_never_counted_are_refused(void)
{
    static const char *const rows[] = {"20260512, 1, '', 0, 9223372036854775807", "20260512, 1, '', 0, 0",
        "20260512, 1, '', 0, -5", "20260512, 1, '', -1, 10", "20260512, 1, '', 168, 10",
        "20260512, 1, '', 4294967296, 10", "20261301, 1, '', 0, 10", "20260230, 1, '', 0, 10",
        "20260012, 1, '', 0, 10", "20261300, 1, '', 0, 10", "2147483647, 1, '', 0, 10", "-1, 1, '', 0, 10",
        "20260512, 0, '', 0, 10", "20260512, -2147483648, '', 0, 10", "'x', NULL, x'00', 'y', 1e300"};
    char sql[400];
    const char *const schema = "CREATE TABLE cells (span, kind, name, bin, n)";
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(sql, sizeof sql, "%s; INSERT INTO cells VALUES (%s)", schema, rows[i]);
        CHECK_THAT(!reads(sql), "%s", rows[i]);
    }
    static const char *const good[] = {"20260512, 1, '', 0, 10", "20260500, 1, '', 0, 10",
        "20260000, 1, '', 0, 10", "10000, 1, '', 0, 10", "0, 16, 'unset', 0, 10", "20240229, 2, '', 167, 1"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        snprintf(sql, sizeof sql, "%s; INSERT INTO cells VALUES (%s)", schema, good[i]);
        CHECK_THAT(reads(sql), "%s", good[i]);
    }
    CHECK(!reads("CREATE VIEW cells AS WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
                 "SELECT 20260512 AS span, 1 AS kind, '' AS name, 0 AS bin, 1 AS n FROM r"));
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    begin();
    CHECK(mkfifo(FILE_PATH, 0600) == 0);
    CHECK(!store_read(FILE_PATH, &cells, NULL, &err) && err.category == ERROR_INPUT);
    begin();
}

static void others_files_are_left_alone(void)
{
    begin();
    sqlite3 *db;
    struct error err = {.message = ""};
    CHECK(sqlite3_open(FILE_PATH, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "CREATE TABLE books (title TEXT); INSERT INTO books VALUES ('a')", NULL, NULL,
              NULL) == SQLITE_OK);
    sqlite3_close(db);
    CHECK(store_open(FILE_PATH, NULL, NULL, &err) == NULL);
    CHECK_INT(err.category, ERROR_INPUT);
    CHECK_INT(setting("SELECT count(*) FROM books"), 1);
    struct cells cells = {NULL, 0, 0};
    CHECK(!store_read(FILE_PATH, &cells, NULL, &err));
    CHECK_INT(err.category, ERROR_INPUT);
    cells_finish(&cells);
}

static void what_cannot_be_opened_is_said(void)
{
    struct error err = {.message = ""};
    struct cells cells = {NULL, 0, 0};
    CHECK(store_open(TEST_BINARY_DIR "/no-such-folder/statistics.db", NULL, NULL, &err) == NULL);
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(!store_read(TEST_BINARY_DIR "/no-such-folder/statistics.db", &cells, NULL, &err));
    CHECK_INT(err.category, ERROR_INPUT);
}

static void it_reads_where_nothing_can_be_written(void)
{
    begin();
    struct store *store = open_store();
    add(store, 20260513, CELL_VISITS, NULL, 0, 9, 20260513);
    store_close(store);
    static const char folder[] = TEST_BINARY_DIR "/statistics-read-only",
                      copy[] = TEST_BINARY_DIR "/statistics-read-only/a %41#b.db";
    struct error err = {.message = ""};
    struct cells cells = {NULL, 0, 0};
    static char bytes[200000];
    chmod(folder, 0755);
    mkdir(folder, 0755);
    int file = open(FILE_PATH, O_RDONLY);
    ssize_t length = read(file, bytes, sizeof bytes);
    close(file);
    CHECK(length > 0);
    write_file(copy, bytes, (size_t)length);
    chmod(copy, 0444);
    chmod(folder, 0555);
    CHECK_THAT(store_read(copy, &cells, NULL, &err), "%s", err.message);
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), 9);
    cells_finish(&cells);
    chmod(folder, 0755);
}

/* Twelve years of a museum that changes its exhibit every month, under a clock of its own. */
static void it_does_not_grow_for_ever(void)
{
    begin();
    struct store *store = open_store();
    struct season season = {.state = 11, .visits = 4, .place_count = 60};
    struct error err = {.message = ""};
    struct stat status;
    int64_t visits = 0, sizes[12] = {0};
    for (int64_t day = cells_days(20260101); day < cells_days(20380101); day++) {
        struct cells cells = {NULL, 0, 0};
        int span = cells_span_of_days(day);
        season.place_count = 60 + (int)((day / 30) % 140) * 3;
        visits += season_day(&season, span, &cells);
        if (!store_add(store, &cells, span, NULL, &err)) {
            CHECK_THAT(false, "%d: %s", span, err.message);
            return;
        }
        cells_finish(&cells);
        sizes[span / 10000 - 2026] = stat(FILE_PATH, &status) == 0 ? status.st_size : -1;
    }
    store_close(store);
    struct cells cells = {NULL, 0, 0};
    CHECK(store_read(FILE_PATH, &cells, NULL, &err));
    CHECK_INT(cells_sum(&cells, CELL_VISITS, NULL), visits);
    printf("%d visits in 12 years: %zu cells, %ld KiB\n", (int)visits, cells.count, (long)(sizes[11] >> 10));
    cells_finish(&cells);
    CHECK_THAT(sizes[11] < 2 << 20, "%ld bytes", (long)sizes[11]);
    CHECK_THAT(sizes[11] - sizes[5] < 300 << 10, "%ld, then %ld bytes", (long)sizes[5], (long)sizes[11]);
}

/* An exhibit that shows another place to each visitor: names have a limit, and the file with them. */
static void names_are_bounded(void)
{
    begin();
    struct store *store = open_store();
    struct error err = {.message = ""};
    char name[40];
    for (int month = 1; month <= 12; month++) {
        struct cells cells = {NULL, 0, 0};
        for (int i = 0; i < 200; i++) {
            snprintf(name, sizeof name, "note:m-%d-%d", month, i);
            cells_add(&cells, 20260000 + month * 100 + 1, CELL_SEEN, name, 0, 6);
        }
        CHECK_THAT(store_add(store, &cells, 20260000 + month * 100 + 1, NULL, &err), "%s", err.message);
        cells_finish(&cells);
    }
    add(store, 20310101, CELL_VISITS, NULL, 0, 1, 20310101);
    store_close(store);
    struct cells cells = {NULL, 0, 0};
    CHECK(store_read(FILE_PATH, &cells, NULL, &err));
    CHECK_INT(cells_sum(&cells, CELL_SEEN, NULL), 12 * 200 * 6);
    CHECK_THAT(cells.count <= STORE_NAMES + 8, "%zu cells", cells.count);
    cells_finish(&cells);
}

int main(void)
{
    CHECK(failing_register() == SQLITE_OK); /* for its syncs, which wait for no disk */
    RUN(what_is_added_is_there_again);
    RUN(the_log_is_empty_after_each_visit);
    RUN(the_file_says_what_it_is);
    RUN(small_cells_lose_their_day);
    RUN(nothing_small_is_left_of_days_that_are_over);
    RUN(a_day_that_ends_is_counted_once);
    RUN(old_days_become_months_and_old_months_years);
    RUN(a_wrong_clock_does_no_lasting_harm);
    RUN(damage_is_set_aside);
    RUN(damage_while_it_runs_is_set_aside);
    RUN(figures_that_were_never_counted_are_refused);
    RUN(others_files_are_left_alone);
    RUN(what_cannot_be_opened_is_said);
    RUN(it_reads_where_nothing_can_be_written);
    RUN(names_are_bounded);
    RUN(it_does_not_grow_for_ever);
    return check_report();
}
