/* The figures for a terminal: 80 columns, bars of block characters. */
#include "wording.h"

#include <math.h>
#include <string.h>

#define BAR 28 /* columns */
#define LABEL 34
#define INDENT "  "

/* A bar in eighths of a column. */
static void put_bar(double share, FILE *out)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int parts = (int)lround(fmin(fmax(share, 0), 1) * BAR * 8);
    parts = share > 0 && parts == 0 ? 1 : parts;
    for (int i = 0; i < parts / 8; i++) {
        fputs("█", out);
    }
    fputs(eighths[parts % 8], out);
}

/* How many columns the text takes, one for each code point. */
static int columns(const char *text)
{
    int count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

/* The text in so many columns, cut with an ellipsis where it is longer. */
static void put_cell(const char *text, int width, bool right, FILE *out)
{
    int used = columns(text);
    if (used > width) {
        for (int count = 0; *text != '\0'; text++) {
            count += ((unsigned char)*text & 0xc0) != 0x80;
            if (count == width) {
                break;
            }
            fputc(*text, out);
        }
        fputs("…", out);
        return;
    }
    fprintf(out, "%*s%s%*s", right ? width - used : 0, "", text, right ? 0 : width - used, "");
}

static void put_row(const char *label, const char *value, double share, FILE *out)
{
    fputs(INDENT, out);
    put_cell(label, LABEL, false, out);
    put_cell(value, 10, true, out);
    fputs(share > 0 ? "  " : "", out);
    put_bar(share, out);
    fputc('\n', out);
}

static void put_heading(const char *text, FILE *out)
{
    fprintf(out, "\n%s\n", text);
}

/* A paragraph within 80 columns. */
static void put_note(const char *text, FILE *out)
{
    int at = 78;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (at + (int)length + 1 > 76) {
            fputs(at == 78 ? INDENT "- " : "\n" INDENT "  ", out);
            at = 4;
        } else {
            fputc(' ', out);
            at++;
        }
        fprintf(out, "%.*s", (int)length, text);
        at += (int)length;
        text += length + (text[length] == ' ');
    }
    fputc('\n', out);
}

/* ---- parts */

typedef const char *say_function(double value, char *buffer);

static void put_spread(const char *label, struct wording_spread spread, say_function *say, FILE *out)
{
    char low[WORDING_MAX], median[WORDING_MAX], high[WORDING_MAX];
    fputs(INDENT, out);
    put_cell(label, 26, false, out);
    if (spread.known) {
        fprintf(out, "%s; half of them %s to %s\n", say(spread.median, median), say(spread.low, low),
            say(spread.high, high));
    } else {
        fputs("not enough to tell\n", out);
    }
}

static void put_series(const struct figures *f, FILE *out)
{
    static const char *const headings[] = {"Visits by day", "Visits by month", "Visits by year"};
    char label[WORDING_MAX], value[WORDING_MAX];
    int64_t most = 1;
    put_heading(headings[f->scale], out);
    for (size_t i = 0; i < f->series_count; i++) {
        most = f->series[i].n > most ? f->series[i].n : most;
    }
    for (size_t i = 0; i < f->series_count; i++) {
        const struct figures_point *point = &f->series[i];
        put_row(wording_span(point->span, label), point->n > 0 ? wording_count(point->n, value) : "·",
            (double)point->n / (double)most, out);
    }
    if (f->series_rest > 0) {
        put_row("not known so closely", wording_count(f->series_rest, value), 0, out);
    }
}

static void put_hours(const struct figures *f, FILE *out)
{
    int64_t visits[24], seconds[24];
    int until[24];
    double rates[24] = {0}, most = 0;
    char label[WORDING_MAX], value[WORDING_MAX];
    put_heading("Visits an open hour, by the hour in which they began", out);
    if (!figures_hours(f, -1, visits, seconds, until)) {
        fputs(INDENT "not enough to tell\n", out);
        return;
    }
    for (int hour = 0; hour < 24; hour++) {
        int64_t counted = 0;
        for (int i = hour; i < until[hour]; i++) {
            counted += seconds[i];
        }
        rates[hour] = counted > 0 ? (double)visits[hour] * 3600.0 / (double)counted : 0;
        most = fmax(most, rates[hour]);
    }
    for (int hour = 0; hour < 24; hour++) {
        if (rates[hour] > 0) {
            snprintf(label, sizeof label, "%02d:00 to %02d:00", hour, until[hour]);
            put_row(label, wording_number(rates[hour], value), rates[hour] / most, out);
        }
    }
}

static void put_length(const struct figures *f, FILE *out)
{
    int64_t bins[CELL_TIME_BINS], most = 1;
    int until[CELL_TIME_BINS];
    char label[WORDING_MAX], value[WORDING_MAX];
    put_heading("Visits by their length", out);
    memcpy(bins, f->length, sizeof bins);
    if (!cells_merge_bins(bins, until, CELL_TIME_BINS)) {
        fputs(INDENT "not enough to tell\n", out);
        return;
    }
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        most = bins[i] > most ? bins[i] : most;
    }
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            put_row(wording_bin(i, until[i], label), wording_count(bins[i], value),
                (double)bins[i] / (double)most, out);
        }
    }
}

static void put_names(const char *heading, enum cell_kind kind, const struct figures *f,
    const struct figures_names *names, const struct report_words *words, FILE *out)
{
    char label[WORDING_MAX], value[WORDING_MAX], low[WORDING_MAX], high[WORDING_MAX];
    put_heading(heading, out);
    if (names->count == 0) {
        fputs(INDENT "none, or too few to tell\n", out);
    }
    for (size_t i = 0; i < names->count; i++) {
        const struct cells_named *named = &names->items[i];
        double share = f->visits > 0 ? (double)named->n / (double)f->visits : 0;
        put_row(wording_label(words, kind, named->name, label), wording_share(named->n, f->visits, value),
            share, out);
        const struct figures_dwell *dwell = kind == CELL_SEEN ? figures_find_dwell(f, named->name) : NULL;
        if (dwell != NULL) {
            struct wording_spread spread = wording_spread(dwell->bins, CELL_TIME_BINS, cells_time_edge);
            fprintf(out, INDENT INDENT "%s", wording_time(spread.median, value));
            fprintf(out, "; half of them %s to %s\n", wording_time(spread.low, low),
                wording_time(spread.high, high));
        }
    }
}

void report_text(const struct figures *f, const struct report_words *words, FILE *out)
{
    char from[WORDING_MAX], to[WORDING_MAX], note[WORDING_MAX];
    fprintf(out, "%s%sVisits", words->title != NULL ? words->title : "", words->title != NULL ? ": " : "");
    if (f->from == 0) {
        fputs("\n" INDENT "Nothing is known of this period.\n", out);
        return;
    }
    fprintf(out, ", %s to %s\n\n", wording_span(f->from, from), wording_span(f->to, to));
    fputs(INDENT, out);
    put_cell("visits", 26, false, out);
    fprintf(out, "%s\n", f->visits < CELL_LEAST ? "fewer than 5" : wording_count(f->visits, note));
    put_spread(
        "visits an open hour", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge), wording_number, out);
    put_spread("visits a day", wording_spread(f->days, CELL_DAY_BINS, cells_day_edge), wording_number, out);
    put_spread(
        "length of a visit", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge), wording_time, out);
    put_spread("places seen", wording_places(f->count), wording_number, out);
    put_series(f, out);
    put_hours(f, out);
    put_length(f, out);
    put_names(
        "Places, by the share of visits that saw them, and how long", CELL_SEEN, f, &f->seen, words, out);
    put_names("Where visits ended", CELL_END, f, &f->end, words, out);
    put_names("Languages", CELL_LANGUAGE, f, &f->language, words, out);
    put_names("Used", CELL_USED, f, &f->used, words, out);
    put_names("Accessibility", CELL_MODE, f, &f->mode, words, out);
    put_heading("About these figures", out);
    for (int i = 0; wording_note(f, i, note); i++) {
        put_note(note, out);
    }
    put_note("Numbers under 5 are merged with their neighbours, so that nobody can be found in them.", out);
}
