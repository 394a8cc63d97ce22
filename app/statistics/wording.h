/* The words that the page and the text share. Buffers are the caller's; each function returns its buffer. */
#ifndef STATISTICS_WORDING_H
#define STATISTICS_WORDING_H

#include "statistics/report.h"

#define WORDING_MAX 320

/* "45 s", "2 min", "2 min 30 s", "1 h 5 min": two figures at most matter. */
const char *wording_time(double seconds, char *buffer);
/* "from 10 to 15 s", "45 min and more". */
const char *wording_bin(int from, int until, char *buffer);
/* "7", "12.5": one decimal below ten. */
const char *wording_number(double value, char *buffer);
/* "12,480". */
const char *wording_count(int64_t n, char *buffer);
/* "13 May 2026", "May 2026", "2026". */
const char *wording_span(int span, char *buffer);
const char *wording_weekday(int weekday); /* "Monday" */
/* The percentage, rounded to whole ones; "under 1" where it is less than half of one. */
const char *wording_share(int64_t part, int64_t all, char *buffer);

/* A name of a cell for people. */
const char *wording_label(
    const struct report_words *words, enum cell_kind kind, const char *name, char *buffer);

/* The figures' notes, one sentence each, in order; false behind the last. */
bool wording_note(const struct figures *figures, int index, char *buffer);

/* Median and the middle half. */
struct wording_spread {
    double low, median, high;
    bool known; /* there are enough */
};
struct wording_spread wording_spread(const int64_t *bins, int count, double (*edge)(int bin));
/* The places a visit has seen: whole numbers. */
struct wording_spread wording_places(const int64_t *bins);

#endif
