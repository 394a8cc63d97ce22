#include "internal.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE_BYTES 4096
#define BUSY_MS 2000 /* for another program that writes; no frame waits */

/* ---- statements */

int store_run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int store_ask(sqlite3 *db, const char *sql, int64_t one, int64_t two, int64_t *value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    int wanted = sqlite3_bind_parameter_count(statement);
    if (wanted > 0) {
        sqlite3_bind_int64(statement, 1, one);
    }
    if (wanted > 1) {
        sqlite3_bind_int64(statement, 2, two);
    }
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (value != NULL) {
            *value = sqlite3_column_int64(statement, 0);
            value = NULL;
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A visit is some twenty cells: what adds them is prepared once. */
struct adder {
    sqlite3_stmt *known, *count, *put;
};

static int prepare_adder(sqlite3 *db, struct adder *adder)
{
    int code = sqlite3_prepare_v2(db,
        "SELECT 1 FROM cells WHERE span = ?1 AND kind = ?2 AND name = ?3 LIMIT 1", -1, &adder->known, NULL);
    code = code == SQLITE_OK ? sqlite3_prepare_v2(db,
                                   "SELECT count(DISTINCT name) FROM cells WHERE span = ?1 AND kind = ?2", -1,
                                   &adder->count, NULL)
                             : code;
    return code == SQLITE_OK ? sqlite3_prepare_v2(db,
                                   "INSERT INTO cells VALUES (?1, ?2, ?3, ?4, ?5) "
                                   "ON CONFLICT (span, kind, name, bin) DO UPDATE SET n = n + excluded.n",
                                   -1, &adder->put, NULL)
                             : code;
}

static void finish_adder(struct adder *adder)
{
    sqlite3_finalize(adder->known);
    sqlite3_finalize(adder->count);
    sqlite3_finalize(adder->put);
}

/* Runs one of the three; `value` (may be NULL) takes what it answers, if anything. */
static int run_adder(sqlite3_stmt *statement, const struct cell *cell, const char *name, int *value)
{
    sqlite3_bind_int(statement, 1, cell->span);
    sqlite3_bind_int(statement, 2, (int)cell->kind);
    if (sqlite3_bind_parameter_count(statement) > 2) {
        sqlite3_bind_text(statement, 3, name, -1, SQLITE_STATIC);
    }
    if (sqlite3_bind_parameter_count(statement) > 3) {
        sqlite3_bind_int(statement, 4, cell->bin);
        sqlite3_bind_int64(statement, 5, cell->n);
    }
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW && value != NULL) {
        *value = sqlite3_column_int(statement, 0);
    }
    sqlite3_reset(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A name that there is no room for is counted with the others. */
static int add_cell(struct adder *adder, const struct cell *cell)
{
    int known = cell->name[0] == '\0', count = 0;
    int code = known ? SQLITE_OK : run_adder(adder->known, cell, cell->name, &known);
    if (code == SQLITE_OK && !known) {
        code = run_adder(adder->count, cell, NULL, &count);
    }
    const char *name = count >= STORE_NAMES ? CELL_OTHER : cell->name;
    return code == SQLITE_OK ? run_adder(adder->put, cell, name, NULL) : code;
}

int store_put(sqlite3 *db, const struct cell *cell)
{
    struct adder adder = {NULL, NULL, NULL};
    int code = prepare_adder(db, &adder);
    code = code == SQLITE_OK ? add_cell(&adder, cell) : code;
    finish_adder(&adder);
    return code;
}

/* ---- opening */

static bool is_damage(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

static bool fail(const struct store *store, int code, const char *what, struct error *err)
{
    const char *why = store->db != NULL ? sqlite3_errmsg(store->db) : sqlite3_errstr(code);
    return error_set_at(err, ERROR_MACHINE, store->path, 0, 0, "%s: %s", what, why);
}

/* Is the file ours, or nobody's yet? Another program's is not touched. */
static int check_owner(sqlite3 *db, bool *ours)
{
    int64_t application = 0, version = 0, tables = 0;
    int code = store_ask(db, "PRAGMA application_id", 0, 0, &application);
    code = code == SQLITE_OK ? store_ask(db, "PRAGMA user_version", 0, 0, &version) : code;
    code = code == SQLITE_OK ? store_ask(db, "SELECT count(*) FROM sqlite_master", 0, 0, &tables) : code;
    *ours = application == STORE_APPLICATION ? version == STORE_VERSION : application == 0 && tables == 0;
    return code;
}

static int check_sound(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    if (code == SQLITE_ROW) {
        const unsigned char *word = sqlite3_column_text(statement, 0);
        code = word != NULL && strcmp((const char *)word, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
    }
    sqlite3_finalize(statement);
    return code;
}

static int prepare(sqlite3 *db)
{
    static const char schema[] =
        "BEGIN IMMEDIATE;"
        "CREATE TABLE IF NOT EXISTS cells (span INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL,"
        " bin INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (span, kind, name, bin)) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
        "PRAGMA application_id = 1450472308; PRAGMA user_version = 1;"
        "COMMIT";
    char limits[200];
    _Static_assert(STORE_APPLICATION == 1450472308 && STORE_VERSION == 1, "as the schema says");
    snprintf(limits, sizeof limits,
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -512;"
        "PRAGMA wal_autocheckpoint = 0; PRAGMA max_page_count = %ld",
        STORE_MOST_BYTES / PAGE_BYTES);
    int64_t version = 0;
    int code = store_run(db, "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL");
    code = code == SQLITE_OK ? store_run(db, limits) : code;
    code = code == SQLITE_OK ? store_ask(db, "PRAGMA user_version", 0, 0, &version) : code;
    if (code == SQLITE_OK && version == 0) {
        code = store_run(db, schema);
    }
    return code == SQLITE_OK ? check_sound(db) : code;
}

static void leave(struct store *store)
{
    sqlite3_close(store->db);
    store->db = NULL;
}

/* Not for everybody's eyes, though there is nothing in it about anybody. */
static int open_file(struct store *store, bool *ours)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(store->path, &store->db, flags, store->vfs);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    code = check_owner(store->db, ours);
    return code == SQLITE_OK && *ours ? prepare(store->db) : code;
}

static void remove_beside(const struct store *store, const char *ending)
{
    char *path = NULL;
    if (asprintf(&path, "%s%s", store->path, ending) >= 0) {
        unlink(path);
        free(path);
    }
}

/* The log belongs to the damaged file: applied to a new one it would damage that too. */
static bool set_aside(struct store *store)
{
    char *aside = NULL;
    leave(store);
    if (asprintf(&aside, "%s.damaged", store->path) < 0) {
        return false;
    }
    bool moved = rename(store->path, aside) == 0 || errno == ENOENT;
    if (moved) {
        remove_beside(store, "-wal");
        remove_beside(store, "-shm");
        store->damaged = true;
        log_write(store->log, LOG_WARNING, "%s is damaged: it is kept as %s, and the statistics begin anew",
            store->path, aside);
    }
    free(aside);
    return moved;
}

void store_entitle(struct store *store, const struct store_title *title)
{
    store->title = *title;
    store->untitled = title->text[0] != '\0';
}

static bool open_again(struct store *store, struct error *err)
{
    store->untitled = store->title.text[0] != '\0';
    bool ours = true;
    int code = open_file(store, &ours);
    if (is_damage(code) && set_aside(store)) {
        code = open_file(store, &ours);
    }
    if (code != SQLITE_OK) {
        fail(store, code, "the statistics cannot be opened", err);
        leave(store);
        return false;
    }
    if (!ours) {
        leave(store);
        return error_set_at(err, ERROR_INPUT, store->path, 0, 0,
            "is another program's file, or a later version's: name another one for the statistics");
    }
    return true;
}

struct store *store_open(const char *path, const char *vfs, const struct log *log, struct error *err)
{
    struct store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        error_memory(err);
        return NULL;
    }
    store->log = log;
    store->path = strdup(path);
    store->vfs = vfs != NULL ? strdup(vfs) : NULL;
    bool ok = (store->path != NULL && (vfs == NULL || store->vfs != NULL)) || error_memory(err);
    if (!ok || !open_again(store, err)) {
        store_close(store);
        return NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    leave(store);
    free(store->path);
    free(store->vfs);
    free(store);
}

/* ---- adding */

/* A clock that has not been set says so by its date: what it counts cannot be placed. */
static struct cell place_cell(const struct cell *cell)
{
    struct cell placed = *cell;
    if (cell->span < STORE_FIRST_DAY) {
        placed = (struct cell){SPAN_UNSET, CELL_NOTE, "unset", 0, cell->kind == CELL_VISITS ? cell->n : 0};
    }
    return placed;
}

static int add_cells(sqlite3 *db, const struct cells *cells, int newest, bool *late)
{
    struct adder adder = {NULL, NULL, NULL};
    int code = prepare_adder(db, &adder);
    for (size_t i = 0; i < cells->count && code == SQLITE_OK; i++) {
        struct cell cell = place_cell(&cells->items[i]);
        *late = *late || cell.span < newest;
        code = cell.n != 0 ? add_cell(&adder, &cell) : SQLITE_OK;
    }
    finish_adder(&adder);
    return code;
}

static int set_newest(sqlite3 *db, int today)
{
    return store_ask(db,
        "INSERT INTO facts VALUES ('newest', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        today, 0, NULL);
}

/* All inside a transaction. A clock that went back by more than a night's work is believed: otherwise one
 * wrong date would keep all that follow in the past. */
static int change(struct store *store, const struct cells *cells, int today, const struct site_hours *hours)
{
    sqlite3 *db = store->db;
    int64_t newest = 0;
    bool late = false;
    int code = store_ask(db, "SELECT value FROM facts WHERE name = 'newest'", 0, 0, &newest);
    code = code == SQLITE_OK ? add_cells(db, cells, (int)newest, &late) : code;
    if (code == SQLITE_OK && store->damaged) {
        const struct cell note = {today, CELL_NOTE, "damaged", 0, 1};
        code = store_put(db, &note);
    }
    if (code == SQLITE_OK && store->untitled) {
        code = title_put(db, &store->title);
    }
    if (today < STORE_FIRST_DAY) {
        return code;
    }
    bool back = newest != 0 && cells_days(today) < cells_days((int)newest) - 1;
    bool all = back || late || cells_month_of(today) != cells_month_of((int)newest);
    int known = today > newest || back ? today : (int)newest;
    if (code == SQLITE_OK && today > newest && newest != 0) {
        code = roll_days(db, (int)newest, today, hours);
    }
    if (code == SQLITE_OK && known != newest) {
        code = set_newest(db, known);
    }
    return code == SQLITE_OK && (known != newest || late) ? roll_up(db, known, all) : code;
}

static int add(struct store *store, const struct cells *cells, int today, const struct site_hours *hours)
{
    int code = store_run(store->db, "BEGIN IMMEDIATE");
    if (code != SQLITE_OK) {
        return code;
    }
    code = change(store, cells, today, hours);
    code = code == SQLITE_OK ? store_run(store->db, "COMMIT") : code;
    if (code != SQLITE_OK) {
        store_run(store->db, "ROLLBACK"); /* which has happened already after some failures */
        return code;
    }
    store->damaged = store->untitled = false;
    /* It is kept; that the log could not be emptied now, because somebody reads, is no failure: the next one
     * does it. */
    sqlite3_busy_timeout(store->db, 0);
    sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    return SQLITE_OK;
}

bool store_add(struct store *store, const struct cells *cells, int today, const struct site_hours *hours,
    struct error *err)
{
    if (store->db == NULL && !open_again(store, err)) {
        return false;
    }
    int code = add(store, cells, today, hours);
    if (is_damage(code) && set_aside(store)) {
        if (!open_again(store, err)) {
            return false;
        }
        code = add(store, cells, today, hours);
    }
    return code == SQLITE_OK || fail(store, code, "the statistics cannot be written", err);
}
