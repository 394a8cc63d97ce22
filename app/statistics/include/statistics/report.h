/* The figures as a page, as text and as a table. All of them say medians and quartiles, never a mean: a few
 * long visits would carry that anywhere. */
#ifndef STATISTICS_REPORT_H
#define STATISTICS_REPORT_H

#include "exhibit/interface.h"
#include "statistics/figures.h"

#include <stdio.h>

/* One exhibit's; everything is lent. */
struct report_exhibit {
    const char *title;    /* NULL or empty: not known */
    const char *language; /* of the title; NULL: that of the report */
    const struct figures *figures;
    /* A place's or a language's name for people; NULL as an answer: its id will do. NULL: it always will. */
    const char *(*label)(void *context, enum cell_kind kind, const char *name);
    void *context;
};
struct report {
    const struct interface *player; /* the player's own words: assets/interface */
    const struct interface *words;  /* the report's: assets/report */
    const char *language;
    const struct report_exhibit *exhibits;
    size_t count;
};

/* Each writes to `out`, whose errors the caller looks for. Memory that runs out leaves words out. */

/* One self-contained page of HTML: charts as SVG, each with its table, nothing from anywhere else. */
void report_html(const struct report *report, FILE *out);
/* UTF-8 text of at most 80 columns, as wide as a terminal shows it (UAX #11). */
void report_text(const struct report *report, FILE *out);
/* Lines of "exhibit,table,name,from,to,value" (RFC 4180), names of tables in English: times in seconds, days
 * as 2026-05-13, an upper bound that is not included and empty where there is none. */
void report_csv(const struct report *report, FILE *out);

#endif
