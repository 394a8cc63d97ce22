/* What is counted: cells, each a number for a span of time, a kind, a name and a bin. They are all that is
 * ever kept. Pure. */
#ifndef STATISTICS_CELLS_H
#define STATISTICS_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day is 20260513, a month 20260500, a year 20260000; SPAN_EARLIER is all that came before the years that
 * are kept apart, SPAN_UNSET what was counted while the clock had not been set. */
#define SPAN_UNSET 0
#define SPAN_EARLIER 10000

/* The numbers stand in the database for ever. */
enum cell_kind {
    CELL_VISITS = 1, /* visits */
    CELL_HOUR = 2,   /* visits by weekday and hour in which they began: bin = weekday * 24 + hour */
    CELL_RUN = 3,    /* seconds in which the player ran: the same bins */
    CELL_OPEN = 4,   /* seconds in which it should have run, where opening hours are known: the same bins */
    CELL_MISSED = 5, /* of these, seconds in which it did not */
    CELL_LENGTH = 6, /* visits by how long they were: bins of cells_time_bin() */
    CELL_COUNT = 7,  /* visits by how many places were seen: bin = places, CELL_COUNT_MOST and more */
    CELL_SEEN = 8,   /* visits that saw a place, by its name */
    CELL_DWELL = 9,  /* visits by how long a place was on the screen: its name, bins of cells_time_bin() */
    CELL_LANGUAGE = 10, /* visits by the language that was on the screen longest */
    CELL_MODE = 11,     /* visits in which an accessibility mode was on */
    CELL_USED = 12,     /* visits in which something was used */
    CELL_END = 13,      /* visits by the place where they ended */
    CELL_DAYS = 14,     /* days by how many visits they had: bins of cells_day_bin() */
    CELL_RATE = 15,     /* days by how many visits an open hour they had: bins of cells_rate_bin() */
    CELL_NOTE = 16,     /* what to know about the figures: "clock", "unset", "suspect", ... */
    CELL_KINDS
};

#define CELL_NAME_MAX 159 /* place_format() never needs more */
#define CELL_OTHER "other"
#define CELL_LEAST 5 /* no cell about visitors that is kept, or told, is less */
#define CELL_WEEK_BINS 168
#define CELL_COUNT_MOST 20

struct cell {
    int span;
    enum cell_kind kind;
    char name[CELL_NAME_MAX + 1]; /* empty where the kind has none */
    int bin;                      /* 0 where the kind has none */
    int64_t n;
};

struct cells { /* zero: none */
    struct cell *items;
    size_t count, capacity;
};
void cells_finish(struct cells *cells);
/* Adds to the cell that has this span, kind, name (NULL: none; cut where it is too long) and bin, or makes
 * it. False when out of memory. */
bool cells_add(struct cells *cells, int span, enum cell_kind kind, const char *name, int bin, int64_t n);
int64_t cells_sum(const struct cells *cells, enum cell_kind kind, const char *name); /* NULL: all names */

/* Is it about visitors, so that a small number could be about one of them? */
bool cell_is_personal(enum cell_kind kind);

/* ---- bins: bin i holds what is at least edge i and less than edge i + 1; the last has no end */
#define CELL_TIME_BINS 20
#define CELL_DAY_BINS 16
#define CELL_RATE_BINS 16
double cells_time_edge(int bin); /* seconds */
int cells_time_bin(double seconds);
double cells_day_edge(int bin); /* visits a day; the first bin is 0 to 4 */
int cells_day_bin(double visits);
double cells_rate_edge(int bin); /* visits an hour */
int cells_rate_bin(double visits_an_hour);

/* The value below which `share` (0 to 1) of a histogram lies, evenly spread within each bin; of the last bin
 * its lower edge. `edge` gives lower edges. NAN when there is nothing. */
double cells_quantile(const int64_t *bins, int count, double (*edge)(int bin), double share);

/* Merges bins under CELL_LEAST with the neighbour that is nearer to the middle of the histogram, until none
 * is left: bin i is then told together with those up to `until[i]` (exclusive), and bins that were merged
 * into one before have until 0. False when all of them together are too few: nothing is to be told. */
bool cells_merge_bins(int64_t *bins, int *until, int count);
/* Sorts by size, merges what is under CELL_LEAST into CELL_OTHER, which then stands last, and the next
 * smallest too as long as that is still too small. Returns how many are left; 0 when all of them together are
 * too few. */
struct cells_named {
    const char *name; /* lent */
    int64_t n;
};
size_t cells_merge_names(struct cells_named *named, size_t count);

/* ---- days */

/* Days since 1 January 1970 and back; a span that is no day is taken as its first. */
int64_t cells_days(int span);
int cells_span_of_days(int64_t days);
int cells_weekday(int span); /* 0 Monday ... 6 Sunday */
int cells_month_of(int span);
int cells_year_of(int span);
/* Reads 2026-05-13. False for anything else. */
bool cells_parse_day(const char *text, int *span);
/* Does the span begin, end on these days (both included)? A day, a month, a year; others lie everywhere. */
int cells_first_day(int span);
int cells_last_day(int span);

#endif
