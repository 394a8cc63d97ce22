/* Reading the store without writing to it: by whoever may read the file, from a stick that is
 * write-protected, while the player runs. */
#include "internal.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 5000

/* A file: address, in which % ? and # would mean something. */
static char *address(const char *path, const char *ending)
{
    size_t length = strlen(path) * 3 + strlen(ending) + 8, used = 0;
    char *text = malloc(length);
    if (text == NULL) {
        return NULL;
    }
    used = (size_t)snprintf(text, length, "file:");
    for (const char *at = path; *at != '\0'; at++) {
        const char *form = strchr("%?#", *at) != NULL ? "%%%02X" : "%c";
        used += (size_t)snprintf(text + used, length - used, form, *at);
    }
    snprintf(text + used, length - used, "%s", ending);
    return text;
}

/* ---- what a stick brings may be anybody's */

#define ROWS_MOST (STORE_MOST_BYTES / 16) /* more do not go into the file */
#define N_MOST INT64_C(1000000000000)     /* and all of them together into a number */

static bool is_span(int64_t span)
{
    if (span == SPAN_UNSET || span == SPAN_EARLIER) {
        return true;
    }
    if (span < 19700000 || span > 99991231) {
        return false;
    }
    int64_t month = span / 100 % 100, day = span % 100;
    return day == 0 ? month <= 12
                    : month > 0 && month <= 12 && cells_span_of_days(cells_days((int)span)) == span;
}

/* SQLITE_CORRUPT for what was never written. */
static int take_row(sqlite3_stmt *statement, struct cells *cells)
{
    int64_t span = sqlite3_column_int64(statement, 0), kind = sqlite3_column_int64(statement, 1),
            bin = sqlite3_column_int64(statement, 3), n = sqlite3_column_int64(statement, 4);
    const unsigned char *name = sqlite3_column_text(statement, 2);
    if (!is_span(span) || kind < 1 || kind > 99 || bin < 0 || bin >= CELL_WEEK_BINS || n < 1 || n > N_MOST ||
        (long)cells->count >= ROWS_MOST) {
        return SQLITE_CORRUPT;
    }
    struct cell cell = {.span = (int)span, .kind = (enum cell_kind)kind, .bin = (int)bin, .n = n};
    snprintf(cell.name, sizeof cell.name, "%s", name != NULL ? (const char *)name : "");
    return ARRAY_PUSH(cells->items, cells->count, cells->capacity, cell) ? SQLITE_OK : SQLITE_NOMEM;
}

/* Views, which might never come to an end, are none of ours. */
static int check_ours(sqlite3 *db)
{
    int64_t application = 0, strange = 0;
    int code = store_ask(db, "PRAGMA application_id", 0, 0, &application);
    if (code == SQLITE_OK && application != STORE_APPLICATION) {
        return SQLITE_NOTADB;
    }
    code = code == SQLITE_OK
               ? store_ask(db, "SELECT count(*) FROM sqlite_master WHERE rootpage = 0", 0, 0, &strange)
               : code;
    return code == SQLITE_OK && strange > 0 ? SQLITE_NOTADB : code;
}

static int take(sqlite3 *db, struct cells *cells, struct store_title *title)
{
    sqlite3_stmt *statement = NULL;
    int code = check_ours(db);
    code = code == SQLITE_OK
               ? sqlite3_prepare_v2(db, "SELECT span, kind, name, bin, n FROM cells", -1, &statement, NULL)
               : code;
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = take_row(statement, cells);
    }
    sqlite3_finalize(statement);
    if (code == SQLITE_DONE && title != NULL) {
        title_take(db, title);
    }
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_as(const char *path, const char *ending, struct cells *cells, struct store_title *title)
{
    sqlite3 *db = NULL;
    char *name = address(path, ending);
    int code = name != NULL ? sqlite3_open_v2(name, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL)
                            : SQLITE_NOMEM;
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, BUSY_MS);
        code = take(db, cells, title);
    }
    sqlite3_close(db);
    free(name);
    return code;
}

/* Has the log anything that is not in the file yet? */
static bool has_log(const char *path)
{
    char *log = NULL;
    struct stat status;
    bool has = asprintf(&log, "%s-wal", path) >= 0 && stat(log, &status) == 0 && status.st_size > 0;
    free(log);
    return has;
}

bool store_read(const char *path, struct cells *cells, struct store_title *title, struct error *err)
{
    if (access(path, F_OK) != 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0,
            "there are no statistics: they begin with the first visit where the site file says "
            "\"keep: true\" under \"statistics\"");
    }
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) { /* a pipe would be waited for */
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "this is no file with statistics");
    }
    size_t before = cells->count;
    if (title != NULL) {
        *title = (struct store_title){.text = ""};
    }
    int code = read_as(path, "?mode=ro", cells, title);
    if ((code & 0xff) == SQLITE_CANTOPEN && !has_log(path)) {
        cells->count = before;
        code = read_as(
            path, "?immutable=1", cells, title); /* what cannot be written beside does not change either */
    }
    if (code == SQLITE_NOMEM) {
        return error_memory(err);
    }
    if ((code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT) {
        return error_set_at(
            err, ERROR_INPUT, path, 0, 0, "these are not Vitrine's statistics, or they are damaged");
    }
    return code == SQLITE_OK || error_set_at(err, ERROR_MACHINE, path, 0, 0,
                                    "the statistics cannot be read: %s", sqlite3_errstr(code));
}
