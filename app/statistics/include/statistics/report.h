/* The figures as a page, as text and as a table. All of them say medians and quartiles, never a mean: a few
 * long visits would carry that anywhere. */
#ifndef STATISTICS_REPORT_H
#define STATISTICS_REPORT_H

#include "statistics/figures.h"

#include <stdio.h>

struct report_words {
    const char *title; /* of the exhibit; NULL: not known */
    /* A place's or a language's name for people; NULL as an answer: its id will do. NULL: it always will. */
    const char *(*label)(void *context, enum cell_kind kind, const char *name);
    void *context;
    const char *version; /* of the program; NULL: not said */
};

/* Each writes to `out`, whose errors the caller looks for. */

/* One self-contained page of HTML: charts as SVG, each with its table, nothing from anywhere else. */
void report_html(const struct figures *figures, const struct report_words *words, FILE *out);
/* UTF-8 text of at most 80 columns. */
void report_text(const struct figures *figures, const struct report_words *words, FILE *out);
/* Lines of "table,name,from,to,value" (RFC 4180): times in seconds, days as 2026-05-13, an upper bound that
 * is not included and empty where there is none. */
void report_csv(const struct figures *figures, const struct report_words *words, FILE *out);

#endif
