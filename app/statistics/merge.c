/* What is still too small when a year has ended is merged with its neighbours; names of which there are too
 * many become "other". Inside the caller's transaction. */
#include "internal.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BINS CELL_WEEK_BINS

struct merging {
    sqlite3 *db;
    int span;
};

static int take_bins(struct merging *m, int kind, const char *name, int64_t bins[MOST_BINS])
{
    static const char sql[] = "SELECT bin, n FROM cells WHERE span = ?1 AND kind = ?2 AND name = ?3";
    sqlite3_stmt *statement = NULL;
    memset(bins, 0, MOST_BINS * sizeof *bins);
    int code = sqlite3_prepare_v2(m->db, sql, -1, &statement, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_bind_int(statement, 1, m->span);
    sqlite3_bind_int(statement, 2, kind);
    sqlite3_bind_text(statement, 3, name, -1, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        int bin = sqlite3_column_int(statement, 0);
        if (bin >= 0 && bin < MOST_BINS) {
            bins[bin] += sqlite3_column_int64(statement, 1);
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int drop(struct merging *m, int kind, const char *name)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(
        m->db, "DELETE FROM cells WHERE span = ?1 AND kind = ?2 AND name = ?3", -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_int(statement, 1, m->span);
        sqlite3_bind_int(statement, 2, kind);
        sqlite3_bind_text(statement, 3, name, -1, SQLITE_STATIC);
        code = sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* The bin of a group that had the most before they were one. */
static int heaviest(const int64_t *bins, int from, int until)
{
    int most = from;
    for (int i = from + 1; i < until; i++) {
        most = bins[i] > bins[most] ? i : most;
    }
    return most;
}

static int merge_histogram(struct merging *m, int kind, const char *name)
{
    int64_t before[MOST_BINS], bins[MOST_BINS];
    int until[MOST_BINS];
    int code = take_bins(m, kind, name, bins);
    memcpy(before, bins, sizeof bins);
    cells_merge_bins(bins, until, MOST_BINS);
    if (code != SQLITE_OK || memcmp(before, bins, sizeof bins) == 0) {
        return code;
    }
    code = drop(m, kind, name);
    for (int i = 0; i < MOST_BINS && code == SQLITE_OK; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            struct cell cell = {.span = m->span,
                .kind = (enum cell_kind)kind,
                .bin = heaviest(before, i, until[i]),
                .n = bins[i]};
            snprintf(cell.name, sizeof cell.name, "%s", name);
            code = store_put(m->db, &cell);
        }
    }
    return code;
}

/* One name's cells are the others' from now on. */
static int rename_cells(struct merging *m, int kind, const char *name)
{
    int64_t bins[MOST_BINS];
    int code = take_bins(m, kind, name, bins);
    code = code == SQLITE_OK ? drop(m, kind, name) : code;
    for (int i = 0; i < MOST_BINS && code == SQLITE_OK; i++) {
        struct cell cell = {m->span, (enum cell_kind)kind, CELL_OTHER, i, bins[i]};
        code = bins[i] != 0 ? store_put(m->db, &cell) : SQLITE_OK;
    }
    return code;
}

struct name_list {
    struct cells_named *items;
    size_t count, capacity;
};

static void free_names(struct name_list *names)
{
    for (size_t i = 0; names->items != NULL && i < names->count; i++) {
        free((char *)names->items[i].name);
    }
    free(names->items);
}

static int take_names(struct merging *m, int kind, struct name_list *names)
{
    static const char sql[] = "SELECT name, sum(n) FROM cells WHERE span = ?1 AND kind = ?2 GROUP BY name";
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(m->db, sql, -1, &statement, NULL);
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_bind_int(statement, 1, m->span);
    sqlite3_bind_int(statement, 2, kind);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        char *name = strdup(text != NULL ? (const char *)text : "");
        struct cells_named named = {name, sqlite3_column_int64(statement, 1)};
        if (name == NULL || !ARRAY_PUSH(names->items, names->count, names->capacity, named)) {
            free(name);
            code = SQLITE_NOMEM;
            break;
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static bool is_among(const struct cells_named *named, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(named[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* All of this kind, of this year, that has too few of it: they keep no date at all. */
static int undate(struct merging *m, int kind)
{
    static const char *const steps[] = {
        "INSERT INTO cells SELECT 10000, kind, name, bin, n FROM cells WHERE span = ?1 AND kind = ?2 "
        "ON CONFLICT (span, kind, name, bin) DO UPDATE SET n = n + excluded.n",
        "DELETE FROM cells WHERE span = ?1 AND kind = ?2"};
    int code = store_ask(m->db, steps[0], m->span, kind, NULL);
    return code == SQLITE_OK ? store_ask(m->db, steps[1], m->span, kind, NULL) : code;
}

/* Names that are too small are the others'; where all are, they lose their year. Then the bins of each. */
static int merge_small(struct merging *m, int kind)
{
    struct name_list names = {NULL, 0, 0};
    int code = take_names(m, kind, &names);
    struct cells_named *merged = calloc(names.count + 1, sizeof *merged);
    if (code != SQLITE_OK || merged == NULL) {
        free_names(&names);
        free(merged);
        return code != SQLITE_OK ? code : SQLITE_NOMEM;
    }
    if (names.count > 0) {
        memcpy(merged, names.items, names.count * sizeof *merged);
    }
    size_t left = cells_merge_names(merged, names.count);
    for (size_t i = 0; i < names.count && code == SQLITE_OK; i++) {
        const char *name = names.items[i].name;
        code = left > 0 && !is_among(merged, left, name) ? rename_cells(m, kind, name) : SQLITE_OK;
    }
    code = code == SQLITE_OK && left == 0 ? undate(m, kind) : code;
    for (size_t i = 0; i < left && code == SQLITE_OK; i++) {
        code = merge_histogram(m, kind, merged[i].name);
    }
    free_names(&names);
    free(merged);
    return code;
}

static int next_year(sqlite3 *db, int64_t after, int64_t before, int64_t *year)
{
    *year = 0;
    return store_ask(db,
        "SELECT span FROM cells WHERE span % 10000 = 0 AND span > ?1 AND span < ?2 AND n < 5 "
        "AND " STORE_PERSONAL " ORDER BY span LIMIT 1",
        after, before, year);
}

int merge_years(sqlite3 *db, int this_year)
{
    int64_t year = 0;
    int code = next_year(db, SPAN_EARLIER, this_year, &year);
    while (code == SQLITE_OK && year != 0) {
        struct merging m = {db, (int)year};
        for (int kind = 1; kind < CELL_KINDS && code == SQLITE_OK; kind++) {
            code = cell_is_personal((enum cell_kind)kind) ? merge_small(&m, kind) : SQLITE_OK;
        }
        code = code == SQLITE_OK ? next_year(db, year, this_year, &year) : code;
    }
    return code;
}

/* ---- too many names */

static int compare(const void *a, const void *b)
{
    const struct cells_named *one = a, *two = b;
    return one->n != two->n ? (one->n > two->n ? -1 : 1) : strcmp(one->name, two->name);
}

static int keep_most(struct merging *m, int kind, int room)
{
    struct name_list names = {NULL, 0, 0};
    int code = take_names(m, kind, &names);
    if (names.items != NULL && names.count > 1) {
        qsort(names.items, names.count, sizeof *names.items, compare);
    }
    for (size_t i = (size_t)room; i < names.count && names.items != NULL && code == SQLITE_OK; i++) {
        bool other = strcmp(names.items[i].name, CELL_OTHER) == 0;
        code = other ? SQLITE_OK : rename_cells(m, kind, names.items[i].name);
    }
    free_names(&names);
    return code;
}

int merge_names(sqlite3 *db, int room)
{
    static const char sql[] = "SELECT span * 100 + kind FROM cells WHERE name <> 'other' GROUP BY span, kind "
                              "HAVING count(DISTINCT name) > ?1 LIMIT 1";
    int64_t found = 0;
    int code = store_ask(db, sql, room, 0, &found);
    while (code == SQLITE_OK && found != 0) {
        struct merging m = {db, (int)(found / 100)};
        code = keep_most(&m, (int)(found % 100), room);
        found = 0;
        code = code == SQLITE_OK ? store_ask(db, sql, room, 0, &found) : code;
    }
    return code;
}
