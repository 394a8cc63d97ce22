#include "html.h"

#include <string.h>

/* ---- behind the charts */

static void begin_table(struct wording *w, const char *first, const char *second, FILE *out)
{
    html_put("<details><summary>", told(w, "statistics.table"), "</summary>\n<table>\n<thead><tr>", out);
    html_put("<th scope=\"col\">", first, "</th>", out);
    html_put("<th scope=\"col\" class=\"n\">", second, "</th></tr></thead>\n<tbody>\n", out);
}

static void put_row(const char *name, const char *value, FILE *out)
{
    html_put("<tr><th scope=\"row\">", name, "</th>", out);
    html_put("<td class=\"n\">", value, "</td></tr>\n", out);
}

static void end_table(FILE *out)
{
    fputs("</tbody>\n</table>\n</details>\n", out);
}

void html_series_table(struct wording *w, const struct figures *f, FILE *out)
{
    static const char *const names[] = {"statistics.by-days", "statistics.by-months", "statistics.by-years"};
    begin_table(w, told(w, names[f->scale]), told(w, "statistics.visits"), out);
    for (size_t i = 0; i < f->series_count; i++) {
        if (f->series[i].n > 0) {
            put_row(wording_span(w, f->series[i].span), wording_count(w, f->series[i].n), out);
        }
    }
    if (f->series_rest > 0) {
        put_row(told(w, "statistics.rest"), wording_count(w, f->series_rest), out);
    }
    end_table(out);
}

void html_week_table(struct wording *w, const struct figures *f, FILE *out)
{
    int64_t visits[24], seconds[24];
    int until[24];
    begin_table(w, told(w, "statistics.by-hour"), told(w, "statistics.rate"), out);
    for (int day = 0; day < 7; day++) {
        bool enough = figures_hours(f, day, visits, seconds, until);
        for (int hour = 0; hour < 24 && enough; hour++) {
            int64_t counted = figures_counted(seconds, until, hour);
            if (counted > 0) {
                const char *name =
                    told_text(w, "%s, %s", wording_weekday(w, day), wording_hours(w, hour, until[hour]));
                put_row(name, wording_number(w, (double)visits[hour] * 3600 / (double)counted), out);
            }
        }
    }
    end_table(out);
}

void html_length_table(struct wording *w, const struct figures *f, FILE *out)
{
    int64_t bins[CELL_TIME_BINS];
    int until[CELL_TIME_BINS];
    memcpy(bins, f->length, sizeof bins);
    if (!cells_merge_bins(bins, until, CELL_TIME_BINS)) {
        return;
    }
    begin_table(w, told(w, "statistics.length"), told(w, "statistics.visits"), out);
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            put_row(wording_bin(w, i, until[i]), wording_count(w, bins[i]), out);
        }
    }
    end_table(out);
}

/* ---- tables that are charts */

static void put_dwell(struct wording *w, const struct figures *f, const char *name, FILE *out)
{
    const struct figures_dwell *dwell = figures_find_dwell(f, name);
    fputs("<td class=\"dwell\">", out);
    if (dwell != NULL) {
        struct wording_spread spread = wording_spread(dwell->bins, CELL_TIME_BINS, cells_time_edge);
        chart_spread(spread, out);
        html_put("", wording_time(w, spread.median), " ", out);
        const char *half =
            told_with(w, "statistics.period", wording_time(w, spread.low), wording_time(w, spread.high), "");
        html_put("<span>(", half, ")</span>", out);
    } else {
        html_put("<span>", told(w, "statistics.few"), "</span>", out);
    }
    fputs("</td>", out);
}

void html_names_table(
    struct wording *w, const char *column, enum cell_kind kind, const struct figures *f, FILE *out)
{
    const struct figures_names *names = finding_list(f, kind);
    html_put("<table>\n<thead><tr><th scope=\"col\">", column, "</th>", out);
    html_put(
        "<th scope=\"col\" class=\"n\">", told(w, "statistics.share"), "</th><td class=\"share\"></td>", out);
    if (kind == CELL_SEEN) {
        html_put("<th scope=\"col\">", told(w, "statistics.dwell"), "</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
    for (size_t i = 0; i < names->count; i++) {
        const struct cells_named *named = &names->items[i];
        double part = f->visits > 0 ? 100.0 * (double)named->n / (double)f->visits : 0;
        html_put("<tr><th scope=\"row\">", wording_label(w, kind, named->name), "</th>", out);
        html_put("<td class=\"n\">", wording_share(w, named->n, f->visits), "</td>", out);
        fprintf(out, "<td class=\"share\"><i style=\"width:%.1f%%\"></i></td>", part < 100 ? part : 100);
        if (kind == CELL_SEEN) {
            put_dwell(w, f, named->name, out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</tbody>\n</table>\n", out);
}
