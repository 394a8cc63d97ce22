/* The figures as one long table, for a spreadsheet. */
#include "wording.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* RFC 4180: in quotes where a comma, a quote or a line end stands in it, quotes doubled. A title that begins
 * as a formula does is none: a spreadsheet takes an apostrophe for "this is text". */
static void put_field(const char *text, FILE *out)
{
    const char *mark = text[0] != '\0' && strchr("=+-@\t", text[0]) != NULL ? "'" : "";
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fprintf(out, "%s%s", mark, text);
        return;
    }
    fprintf(out, "\"%s", mark);
    for (; *text != '\0'; text++) {
        fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, out);
    }
    fputc('"', out);
}

struct table {
    const char *exhibit;
    FILE *out;
};

static void put_row(const struct table *t, const char *table, const char *name, const char *from,
    const char *to, const char *value)
{
    const char *const fields[] = {t->exhibit, table, name, from, to, value};
    FILE *out = t->out;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        fputs(i > 0 ? "," : "", out);
        put_field(fields[i], out);
    }
    fputs("\r\n", out);
}

static const char *number(double value, char *buffer)
{
    snprintf(buffer, 48, "%.10g", round(value * 100) / 100);
    return buffer;
}

static void put_count(
    const struct table *t, const char *table, const char *name, const char *from, const char *to, int64_t n)
{
    char value[48];
    snprintf(value, sizeof value, "%" PRId64, n);
    put_row(t, table, name, from, to, value);
}

static void put_spread(const struct table *t, const char *table, struct wording_spread spread)
{
    char value[48];
    if (spread.known) {
        put_row(t, table, "lower quartile", "", "", number(spread.low, value));
        put_row(t, table, "median", "", "", number(spread.median, value));
        put_row(t, table, "upper quartile", "", "", number(spread.high, value));
    }
}

static const char *day(int span, char *buffer)
{
    snprintf(buffer, 16, "%04d-%02d-%02d", span / 10000 % 10000, span / 100 % 100, span % 100);
    return buffer;
}

static void put_series(const struct table *t, const struct figures *f)
{
    static const char *const tables[] = {"visits by day", "visits by month", "visits by year"};
    char from[16], to[16];
    for (size_t i = 0; i < f->series_count; i++) {
        const struct figures_point *point = &f->series[i];
        int next = cells_span_of_days(cells_days(cells_last_day(point->span)) + 1);
        put_count(t, tables[f->scale], "", day(cells_first_day(point->span), from), day(next, to), point->n);
    }
    if (f->series_rest > 0) {
        put_count(t, tables[f->scale], "not known so closely", "", "", f->series_rest);
    }
}

static void put_bins(const struct table *t, const char *table, const char *name, const int64_t *counts,
    int count, double (*edge)(int bin), bool personal)
{
    int64_t bins[CELL_WEEK_BINS];
    int until[CELL_WEEK_BINS];
    char from[48], to[48];
    memcpy(bins, counts, (size_t)count * sizeof *bins);
    bool enough = cells_merge_bins(bins, until, count);
    for (int i = 0; i < count && (enough || !personal); i++) {
        int end = personal ? until[i] : i + 1;
        if (end > 0) {
            put_count(t, table, name, number(edge(i), from), end < count ? number(edge(end), to) : "",
                personal ? bins[i] : counts[i]);
        }
    }
}

static double whole(int bin)
{
    return bin;
}

static void put_hours(const struct table *t, const struct figures *f)
{
    static const char *const names[] = {
        "all days", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    int64_t visits[24], seconds[24];
    int until[24];
    char from[16], to[16];
    for (int weekday = -1; weekday < 7; weekday++) {
        const char *name = names[weekday + 1];
        bool enough = figures_hours(f, weekday, visits, seconds, until);
        for (int hour = 0; hour < 24 && enough; hour++) {
            int64_t counted = figures_counted(seconds, until, hour);
            if (until[hour] > 0 && (visits[hour] > 0 || counted > 0)) {
                snprintf(from, sizeof from, "%02d:00", hour);
                snprintf(to, sizeof to, "%02d:00", until[hour]);
                put_count(t, "visits by hour", name, from, to, visits[hour]);
                put_count(t, "seconds open by hour", name, from, to, counted);
            }
        }
    }
}

static void put_names(
    const struct table *t, struct wording *w, const char *table, enum cell_kind kind, const struct figures *f)
{
    const struct figures_names *names = finding_list(f, kind);
    for (size_t i = 0; i < names->count; i++) {
        put_count(t, table, wording_label(w, kind, names->items[i].name), "", "", names->items[i].n);
    }
}

static void put_notes(const struct table *t, const struct figures *f)
{
    for (size_t i = 0; i < f->note.count; i++) {
        put_count(t, "notes", f->note.items[i].name, "", "", f->note.items[i].n);
    }
    if (f->hours_known) {
        put_count(
            t, "notes", "seconds of opening hours in which the player did not run", "", "", f->missed_s);
    }
}

static void put_figures(const struct table *t, struct wording *w, const struct figures *f)
{
    char from[16], to[16];
    if (f->from != 0) {
        int next = cells_span_of_days(cells_days(f->to) + 1);
        put_count(t, "visits", "", day(f->from, from), day(next, to), f->visits < CELL_LEAST ? 0 : f->visits);
    }
    put_series(t, f);
    put_spread(t, "visits a day", wording_spread(f->days, CELL_DAY_BINS, cells_day_edge));
    put_bins(t, "days by visits", "", f->days, CELL_DAY_BINS, cells_day_edge, false);
    put_spread(t, "visits an open hour", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge));
    put_bins(t, "days by visits an open hour", "", f->rate, CELL_RATE_BINS, cells_rate_edge, false);
    put_hours(t, f);
    put_spread(t, "length in seconds", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge));
    put_bins(t, "visits by length in seconds", "", f->length, CELL_TIME_BINS, cells_time_edge, true);
    put_spread(t, "places seen", wording_places(f->count));
    put_bins(t, "visits by places seen", "", f->count, CELL_COUNT_MOST + 1, whole, true);
    put_names(t, w, "visits that saw a place", CELL_SEEN, f);
    for (size_t i = 0; i < f->dwell_count; i++) {
        put_bins(t, "visits by seconds at a place", wording_label(w, CELL_DWELL, f->dwell[i].name),
            f->dwell[i].bins, CELL_TIME_BINS, cells_time_edge, true);
    }
    put_names(t, w, "visits by language", CELL_LANGUAGE, f);
    put_names(t, w, "visits with an accessibility mode", CELL_MODE, f);
    put_names(t, w, "visits that used something", CELL_USED, f);
    put_names(t, w, "visits by the place where they ended", CELL_END, f);
    put_notes(t, f);
}

void report_csv(const struct report *report, FILE *out)
{
    struct wording w = {.report = report};
    put_row(&(struct table){"exhibit", out}, "table", "name", "from", "to", "value");
    for (size_t i = 0; i < report->count; i++) {
        w.exhibit = &report->exhibits[i];
        struct table t = {w.exhibit->title != NULL ? w.exhibit->title : "", out};
        put_figures(&t, &w, w.exhibit->figures);
    }
    arena_finish(&w.arena);
}
