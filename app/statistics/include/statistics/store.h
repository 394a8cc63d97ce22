/* The cells on disk: for each exhibit one SQLite file that grows for ever but not above STORE_MOST_BYTES,
 * that may be killed at any write, and in which nothing is about one visitor.
 *
 *     visit ends ──▶ cells of its day ──▶ one transaction, synced ──▶ told to be kept
 *     day ends   ──▶ cells about visitors under CELL_LEAST move to the month, those of a month that ends
 *                    to the year; of a year that ends they are merged with their neighbours
 *     later      ──▶ days become months (after STORE_KEEP_MONTHS), months years (after STORE_KEEP_YEARS)
 *
 * WAL, because a reader (the report) then never holds a writer up and a commit is one append and one sync.
 * synchronous=FULL, because with NORMAL a power cut may take back what was acknowledged; a visit a minute can
 * afford the sync, which no frame waits for. After each commit the log is emptied: the pages in it, one state
 * after another, would tell visits apart. For the same reason what is deleted is overwritten. */
#ifndef STATISTICS_STORE_H
#define STATISTICS_STORE_H

#include "base/error.h"
#include "base/log.h"
#include "exhibit/exhibit.h"
#include "exhibit/site.h"
#include "statistics/cells.h"

#define STORE_FILES 32 /* in a folder; what is played after so many exhibits is counted together */
#define STORE_MOST_BYTES (16L << 20)
#define STORE_KEEP_MONTHS 3 /* before the current one: with their days */
#define STORE_KEEP_YEARS 3  /* before the current one: with their months */
#define STORE_KEEP_ALL 30   /* years that are kept apart */
#define STORE_NAMES 128     /* places, languages ... of one span; what is more is CELL_OTHER */

struct store;

/* Whose figures a file has. An exhibit is told by its title in its first language: there is nothing else that
 * is the same in all its releases and another one in every other exhibit. */
#define STORE_TITLE_MAX 400
struct store_title {
    char text[STORE_TITLE_MAX]; /* empty: not known */
    char language[40];          /* of the title; empty: not known */
};
/* Of an exhibit; empty for NULL. */
struct store_title store_title_of(const struct exhibit *exhibit);
/* FOLDER/statistics-<title's letters>-<hash>.db, without a title, or when there are STORE_FILES others,
 * FOLDER/statistics.db. False: it is too long. */
bool store_path(const char *folder, const struct store_title *title, char *path, size_t size);
/* The next of the files in a folder, sorted by name, after the one that `path` has ("" to begin with). */
bool store_next(const char *folder, char *path, size_t size);

/* Opens the file or begins it. A file that is damaged is set aside as PATH.damaged and a new one begun, which
 * the log says. ERROR_MACHINE when that cannot be, ERROR_INPUT when it is another program's file or a later
 * Vitrine's: it is left as it is. `vfs` names the SQLite VFS to use; NULL: the system's. `log` is lent. */
struct store *store_open(const char *path, const char *vfs, const struct log *log, struct error *err);
void store_close(struct store *store);
/* What is added from now on says whose it is; copied. */
void store_entitle(struct store *store, const struct store_title *title);

/* Adds the cells, and does what is due when `today` is another day than the last one: all of it or nothing.
 * True when it is on the disk for good. `hours`: when the screen should be running; NULL or not given: not
 * known. A day that is before 2020 is no day: its visits are noted and not counted. */
bool store_add(struct store *store, const struct cells *cells, int today, const struct site_hours *hours,
    struct error *err);

/* ---- reading */

/* Adds all cells of the file to `cells`, and changes nothing; `title` may be NULL. ERROR_INPUT when there is
 * no such file, or it is none of Vitrine's; ERROR_MACHINE when it cannot be read. */
bool store_read(const char *path, struct cells *cells, struct store_title *title, struct error *err);

#endif
