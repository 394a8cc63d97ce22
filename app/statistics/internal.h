/* The store among its own files. */
#ifndef STATISTICS_INTERNAL_H
#define STATISTICS_INTERNAL_H

#include "statistics/store.h"

#include <sqlite3.h>

#define STORE_APPLICATION 0x56747374 /* "Vtst" */
#define STORE_VERSION 1
#define STORE_PERSONAL "kind IN (1, 2, 6, 7, 8, 9, 10, 11, 12, 13)" /* as cell_is_personal() */
#define STORE_FIRST_DAY 20200101

struct store {
    sqlite3 *db;
    char *path, *vfs;
    const struct log *log;
    bool damaged; /* a file was set aside, which is not noted in the new one yet */
    struct store_title title;
    bool untitled; /* the title is not in the file yet */
};

/* ---- store.c */
/* Runs statements that give no rows; an SQLite code. */
int store_run(sqlite3 *db, const char *sql);
/* One statement with up to two numbers for ?1 and ?2; `value` (may be NULL) takes the first column of its
 * first row, and is left as it is where there is none. */
int store_ask(sqlite3 *db, const char *sql, int64_t one, int64_t two, int64_t *value);
/* Adds one cell. */
int store_put(sqlite3 *db, const struct cell *cell);

/* ---- titles.c */
/* Writes whose the file is; inside a transaction. */
int title_put(sqlite3 *db, const struct store_title *title);
/* Reads it; empty where the file does not say. */
void title_take(sqlite3 *db, struct store_title *title);

/* ---- roll.c: what is due when a day ends; inside a transaction */
/* Days from `newest` on that are before `today` have ended. */
int roll_days(sqlite3 *db, int newest, int today, const struct site_hours *hours);
/* Small cells of days and months that are over; with `all`, when a month has ended, those of years too, old
 * days, months and years, and names that are too many. */
int roll_up(sqlite3 *db, int today, bool all);

/* ---- merge.c; inside a transaction */
/* Small cells of all years before this one. */
int merge_years(sqlite3 *db, int this_year);
/* Of each span and kind only so many names, the greatest. */
int merge_names(sqlite3 *db, int room);

#endif
