/* The words that the page, the text and the table share. What they return lives as long as the wording's
 * arena; where memory is out it is "". */
#ifndef STATISTICS_WORDING_H
#define STATISTICS_WORDING_H

#include "statistics/report.h"

#include "base/arena.h"

struct wording {
    const struct report *report;
    const struct report_exhibit *exhibit; /* whose figures are told; NULL: those of all */
    struct arena arena;
};

/* The report's words in its language, with {0}, {1} and {2} filled in. */
const char *told(struct wording *w, const char *key);
const char *told_with(struct wording *w, const char *key, const char *a, const char *b, const char *c);
/* Two things with a colon between them, and any text. */
const char *told_text(struct wording *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "45 s", "2 min", "2 min 30 s", "1 h 5 min": two figures at most matter. */
const char *wording_time(struct wording *w, double seconds);
/* "from 10 to 15 s", "45 min and more". */
const char *wording_bin(struct wording *w, int from, int until);
/* "7", "12.5": one decimal below ten. */
const char *wording_number(struct wording *w, double value);
/* "12,480". */
const char *wording_count(struct wording *w, int64_t n);
/* "13 May 2026", "May 2026", "2026". */
const char *wording_span(struct wording *w, int span);
/* From day to day: "1 April – 12 May 2026". */
const char *wording_days(struct wording *w, int from, int to);
/* "13 May", without the year. */
const char *wording_short(struct wording *w, int span);
const char *wording_weekday(struct wording *w, int weekday); /* "Monday" */
/* "from 10:00 to 12:00". */
const char *wording_hours(struct wording *w, int from, int until);
/* The percentage, rounded to whole ones; "under 1" where it is less than half of one. */
const char *wording_share(struct wording *w, int64_t part, int64_t all);

/* A name of a cell for people. */
const char *wording_label(struct wording *w, enum cell_kind kind, const char *name);
/* Of the exhibit; never empty. */
const char *wording_title(struct wording *w, const struct report_exhibit *exhibit);

/* Median and the middle half. */
struct wording_spread {
    double low, median, high;
    bool known; /* there are enough */
};
struct wording_spread wording_spread(const int64_t *bins, int count, double (*edge)(int bin));
/* The places a visit has seen: whole numbers. */
struct wording_spread wording_places(const int64_t *bins);

/* ---- findings.c: what a section says in its title; NULL: nothing can be said */
const char *finding_came(struct wording *w, const struct figures *figures);
const char *finding_week(struct wording *w, const struct figures *figures);
const char *finding_stay(struct wording *w, const struct figures *figures);
/* The greatest of these names, the first screen and all others together left aside. */
const char *finding_names(
    struct wording *w, const char *key, enum cell_kind kind, const struct figures *figures);
const struct figures_names *finding_list(const struct figures *figures, enum cell_kind kind);

/* ---- notes.c */
/* The figures' notes, one sentence each, in order; NULL behind the last. */
const char *wording_note(struct wording *w, const struct figures *figures, int index);

#endif
