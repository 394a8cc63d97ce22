/* The page among its own files. */
#ifndef STATISTICS_HTML_H
#define STATISTICS_HTML_H

#include "chart.h"

/* What the page looks like; one style sheet. */
const char *html_style(void);
/* Text between two pieces of markup. */
void html_put(const char *before, const char *text, const char *after, FILE *out);

/* The figures behind a chart, folded away below it. */
void html_series_table(struct wording *w, const struct figures *figures, FILE *out);
void html_week_table(struct wording *w, const struct figures *figures, FILE *out);
void html_length_table(struct wording *w, const struct figures *figures, FILE *out);
/* Names with the share of visits as a bar: the table is the chart. */
void html_names_table(
    struct wording *w, const char *column, enum cell_kind kind, const struct figures *figures, FILE *out);

#endif
