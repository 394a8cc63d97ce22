/* Charts of the page: SVG that stands in the page itself, has its words as text, and takes its colours from
 * the page's style. Each is one image with a name for those who cannot see it; its table says the rest. */
#ifndef STATISTICS_CHART_H
#define STATISTICS_CHART_H

#include "wording.h"

/* Text with & < > " as entities. */
void chart_text(const char *text, FILE *out);

/* `id` is the chart's own on the page; `said` (may be NULL) what it shows, in a sentence. */
void chart_series(
    struct wording *w, const struct figures *figures, const char *id, const char *said, FILE *out);
/* Weekdays by hours: visits an open hour. */
void chart_week(
    struct wording *w, const struct figures *figures, const char *id, const char *said, FILE *out);
void chart_length(
    struct wording *w, const struct figures *figures, const char *id, const char *said, FILE *out);
/* A line from the lower to the upper quartile with the median on it, on the scale of cells_time_bin(). */
void chart_spread(struct wording_spread spread, FILE *out);

#endif
