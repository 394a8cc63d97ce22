/* The figures as one long table, for a spreadsheet. */
#include "wording.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* RFC 4180: in quotes where a comma, a quote or a line end stands in it, quotes doubled. */
static void put_field(const char *text, FILE *out)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, out);
    }
    fputc('"', out);
}

static void put_row(
    const char *table, const char *name, const char *from, const char *to, const char *value, FILE *out)
{
    const char *const fields[] = {table, name, from, to, value};
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
    const char *table, const char *name, const char *from, const char *to, int64_t n, FILE *out)
{
    char value[48];
    snprintf(value, sizeof value, "%" PRId64, n);
    put_row(table, name, from, to, value, out);
}

static void put_spread(const char *table, struct wording_spread spread, FILE *out)
{
    char value[48];
    if (spread.known) {
        put_row(table, "lower quartile", "", "", number(spread.low, value), out);
        put_row(table, "median", "", "", number(spread.median, value), out);
        put_row(table, "upper quartile", "", "", number(spread.high, value), out);
    }
}

static const char *day(int span, char *buffer)
{
    snprintf(buffer, 16, "%04d-%02d-%02d", span / 10000 % 10000, span / 100 % 100, span % 100);
    return buffer;
}

static void put_series(const struct figures *f, FILE *out)
{
    static const char *const tables[] = {"visits by day", "visits by month", "visits by year"};
    char from[16], to[16];
    for (size_t i = 0; i < f->series_count; i++) {
        const struct figures_point *point = &f->series[i];
        int next = cells_span_of_days(cells_days(cells_last_day(point->span)) + 1);
        put_count(
            tables[f->scale], "", day(cells_first_day(point->span), from), day(next, to), point->n, out);
    }
    if (f->series_rest > 0) {
        put_count(tables[f->scale], "not known so closely", "", "", f->series_rest, out);
    }
}

static void put_bins(const char *table, const char *name, const int64_t *counts, int count,
    double (*edge)(int bin), bool personal, FILE *out)
{
    int64_t bins[CELL_WEEK_BINS];
    int until[CELL_WEEK_BINS];
    char from[48], to[48];
    memcpy(bins, counts, (size_t)count * sizeof *bins);
    bool enough = cells_merge_bins(bins, until, count);
    for (int i = 0; i < count && (enough || !personal); i++) {
        int end = personal ? until[i] : i + 1;
        if (end > 0) {
            put_count(table, name, number(edge(i), from), end < count ? number(edge(end), to) : "",
                personal ? bins[i] : counts[i], out);
        }
    }
}

static double whole(int bin)
{
    return bin;
}

static void put_hours(const struct figures *f, FILE *out)
{
    int64_t visits[24], seconds[24];
    int until[24];
    char from[16], to[16];
    for (int weekday = -1; weekday < 7; weekday++) {
        const char *name = weekday < 0 ? "all days" : wording_weekday(weekday);
        bool enough = figures_hours(f, weekday, visits, seconds, until);
        for (int hour = 0; hour < 24 && enough; hour++) {
            int64_t counted = 0;
            for (int i = hour; i < until[hour]; i++) {
                counted += seconds[i];
            }
            if (until[hour] > 0 && (visits[hour] > 0 || counted > 0)) {
                snprintf(from, sizeof from, "%02d:00", hour);
                snprintf(to, sizeof to, "%02d:00", until[hour]);
                put_count("visits by hour", name, from, to, visits[hour], out);
                put_count("seconds open by hour", name, from, to, counted, out);
            }
        }
    }
}

static void put_names(const char *table, enum cell_kind kind, const struct figures_names *names,
    const struct report_words *words, FILE *out)
{
    char label[WORDING_MAX];
    for (size_t i = 0; i < names->count; i++) {
        put_count(
            table, wording_label(words, kind, names->items[i].name, label), "", "", names->items[i].n, out);
    }
}

static void put_notes(const struct figures *f, FILE *out)
{
    for (size_t i = 0; i < f->note.count; i++) {
        put_count("notes", f->note.items[i].name, "", "", f->note.items[i].n, out);
    }
    if (f->hours_known) {
        put_count(
            "notes", "seconds of opening hours in which the player did not run", "", "", f->missed_s, out);
    }
}

void report_csv(const struct figures *f, const struct report_words *words, FILE *out)
{
    char from[16], to[16], label[WORDING_MAX];
    put_row("table", "name", "from", "to", "value", out);
    if (f->from != 0) {
        int next = cells_span_of_days(cells_days(f->to) + 1);
        put_count(
            "visits", "", day(f->from, from), day(next, to), f->visits < CELL_LEAST ? 0 : f->visits, out);
    }
    put_series(f, out);
    put_spread("visits a day", wording_spread(f->days, CELL_DAY_BINS, cells_day_edge), out);
    put_bins("days by visits", "", f->days, CELL_DAY_BINS, cells_day_edge, false, out);
    put_spread("visits an open hour", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge), out);
    put_bins("days by visits an open hour", "", f->rate, CELL_RATE_BINS, cells_rate_edge, false, out);
    put_hours(f, out);
    put_spread("length in seconds", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge), out);
    put_bins("visits by length in seconds", "", f->length, CELL_TIME_BINS, cells_time_edge, true, out);
    put_spread("places seen", wording_places(f->count), out);
    put_bins("visits by places seen", "", f->count, CELL_COUNT_MOST + 1, whole, true, out);
    put_names("visits that saw a place", CELL_SEEN, &f->seen, words, out);
    for (size_t i = 0; i < f->dwell_count; i++) {
        wording_label(words, CELL_DWELL, f->dwell[i].name, label);
        put_bins("visits by seconds at a place", label, f->dwell[i].bins, CELL_TIME_BINS, cells_time_edge,
            true, out);
    }
    put_names("visits by language", CELL_LANGUAGE, &f->language, words, out);
    put_names("visits with an accessibility mode", CELL_MODE, &f->mode, words, out);
    put_names("visits that used something", CELL_USED, &f->used, words, out);
    put_names("visits by the place where they ended", CELL_END, &f->end, words, out);
    put_notes(f, out);
}
