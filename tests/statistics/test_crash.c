/* The store is killed, loses its power, and meets a bad disk at every single operation: what was acknowledged
 * is there, a visit is there whole or not at all, and the file is sound. */
#include "statistics/store.h"

#include "failing.h"

#include "check.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char FILE_PATH[] = TEST_BINARY_DIR "/statistics-crash.db";
enum { VISITS = 4, MOST_OPERATIONS = 2000 };

/* Days on which something is due: the same day, small cells to the month, to the year, days to a month,
 * months to a year. */
static const int days[VISITS] = {20260513, 20260514, 20261001, 20310101};

static void remove_files(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".damaged"};
    char path[sizeof FILE_PATH + 16];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(path, sizeof path, "%s%s", FILE_PATH, endings[i]);
        unlink(path);
    }
}

static bool add_visit(struct store *store, int day)
{
    struct cells cells = {NULL, 0, 0};
    bool good = cells_add(&cells, day, CELL_VISITS, NULL, 0, 1) &&
                cells_add(&cells, day, CELL_SEEN, "home", 0, 1) &&
                cells_add(&cells, day, CELL_LENGTH, NULL, 4, 1) &&
                cells_add(&cells, day, CELL_RUN, NULL, 30, 60) && store_add(store, &cells, day, NULL, NULL);
    cells_finish(&cells);
    return good;
}

struct outcome {
    int acknowledged;
    bool finished;
};

/* Somebody reads meanwhile: the log cannot be emptied, and what is acknowledged is in it alone. */
static void read_for_ever(void)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(FILE_PATH, &db, SQLITE_OPEN_READONLY, FAILING_VFS) == SQLITE_OK) {
        sqlite3_exec(db, "BEGIN; SELECT * FROM cells", NULL, NULL, NULL);
    }
}

/* In a process of its own: a byte down the pipe for each visit that the store says it has. */
static struct outcome run_child(enum failing_way way, long at, uint64_t seed, bool watched)
{
    int ends[2];
    char byte;
    struct outcome outcome = {0, false};
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        failing_set(way, at, 0, seed);
        struct store *store = store_open(FILE_PATH, FAILING_VFS, NULL, NULL);
        if (watched) {
            read_for_ever();
        }
        for (int i = 0; i < VISITS && store != NULL; i++) {
            if (add_visit(store, days[i]) && write(ends[1], "v", 1) != 1) {
                _exit(2);
            }
        }
        store_close(store);
        _exit(store != NULL ? 0 : 3);
    }
    close(ends[1]);
    while (read(ends[0], &byte, 1) == 1) {
        outcome.acknowledged++;
    }
    close(ends[0]);
    int status = 0;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    outcome.finished = WIFEXITED(status);
    CHECK_THAT(
        outcome.finished ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGKILL, "status %d", status);
    return outcome;
}

static bool is_sound(void)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    bool sound = sqlite3_open_v2(FILE_PATH, &db, SQLITE_OPEN_READWRITE, FAILING_VFS) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW &&
                 strcmp((const char *)sqlite3_column_text(statement, 0), "ok") == 0;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return sound;
}

/* After a restart: the player opens what is there and goes on. */
static void look_afterwards(const struct outcome *outcome, int attempted, const char *what, long at)
{
    struct cells cells = {NULL, 0, 0};
    struct error err = {.message = ""};
    failing_set(FAILING_NOT, 0, 0, 0);
    struct store *store = store_open(FILE_PATH, FAILING_VFS, NULL, &err);
    CHECK_THAT(store != NULL, "%s at %ld: %s", what, at, err.message);
    CHECK_THAT(store == NULL || add_visit(store, 20310101), "%s at %ld: it cannot go on", what, at);
    store_close(store);
    CHECK_THAT(is_sound(), "%s at %ld: not sound", what, at);
    CHECK_THAT(
        access(TEST_BINARY_DIR "/statistics-crash.db.damaged", F_OK) != 0, "%s at %ld: set aside", what, at);
    CHECK_THAT(store_read(FILE_PATH, &cells, NULL, &err), "%s at %ld: %s", what, at, err.message);
    int64_t visits = cells_sum(&cells, CELL_VISITS, NULL);
    CHECK_THAT(visits >= outcome->acknowledged + 1 && visits <= attempted + 1,
        "%s at %ld: %d visits of %d acknowledged", what, at, (int)visits - 1, outcome->acknowledged);
    CHECK_THAT(cells_sum(&cells, CELL_SEEN, NULL) == visits &&
                   cells_sum(&cells, CELL_LENGTH, NULL) == visits &&
                   cells_sum(&cells, CELL_RUN, NULL) == visits * 60,
        "%s at %ld: a visit is there in parts", what, at);
    cells_finish(&cells);
}

static void die_at_each(enum failing_way way, const char *what, uint64_t seed, bool watched)
{
    long at = 1;
    struct outcome outcome = {0, false};
    for (; at < MOST_OPERATIONS && !outcome.finished && check_failures == 0; at++) {
        remove_files();
        outcome = run_child(way, at, seed, watched);
        int attempted = outcome.acknowledged < VISITS ? outcome.acknowledged + 1 : VISITS;
        look_afterwards(&outcome, attempted, what, at);
    }
    CHECK_INT(outcome.acknowledged, VISITS);
    printf("%s: at each of %ld operations\n", what, at - 2);
}

static void killed_at_every_write(void)
{
    die_at_each(FAILING_KILL, "killed before", 0, false);
}

static void killed_within_every_write(void)
{
    die_at_each(FAILING_TORN, "killed within", 0, false);
}

static void power_cut_at_every_write(void)
{
    die_at_each(FAILING_POWER, "power cut", 7919, false);
}

static void power_cut_while_somebody_reads(void)
{
    die_at_each(FAILING_POWER, "power cut, with a reader", 104729, true);
}

/* The disk is full, or bad: visits are lost that are said to be lost, and no others. */
static void fail_at_each(enum failing_way way, int code, const char *what)
{
    long at = 1, operations = MOST_OPERATIONS;
    for (; at <= operations && check_failures == 0; at++) {
        struct outcome outcome = {0, true};
        remove_files();
        failing_set(way, at, code, 0);
        struct store *store = store_open(FILE_PATH, FAILING_VFS, NULL, NULL);
        for (int i = 0; i < VISITS; i++) {
            store = store != NULL ? store : store_open(FILE_PATH, FAILING_VFS, NULL, NULL);
            outcome.acknowledged += store != NULL && add_visit(store, days[i]);
        }
        long count = failing_count();
        operations = count < at ? 0 : operations;
        failing_set(FAILING_NOT, 0, 0, 0);
        store_close(store);
        CHECK_THAT(way != FAILING_ONCE || outcome.acknowledged >= VISITS - 1, "%s at %ld: only %d visits",
            what, at, outcome.acknowledged);
        look_afterwards(&outcome, VISITS, what, at);
    }
    CHECK(at > 20 && at < MOST_OPERATIONS);
    printf("%s: at each of %ld operations\n", what, at - 2);
}

static void the_disk_fails_once(void)
{
    fail_at_each(FAILING_ONCE, SQLITE_IOERR_WRITE, "EIO once");
    fail_at_each(FAILING_ONCE, SQLITE_FULL, "full once");
}

static void the_disk_fails_for_good(void)
{
    fail_at_each(FAILING_EVER, SQLITE_FULL, "full for good");
}

int main(void)
{
    CHECK(failing_register() == SQLITE_OK);
    RUN(killed_at_every_write);
    RUN(killed_within_every_write);
    RUN(power_cut_at_every_write);
    RUN(power_cut_while_somebody_reads);
    RUN(the_disk_fails_once);
    RUN(the_disk_fails_for_good);
    remove_files();
    return check_report();
}
