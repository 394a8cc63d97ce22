/* The figures for a terminal: 80 columns, bars of block characters. */
#include "wording.h"

#include "base/utf8.h"

#include <limits.h>
#include <math.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

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

/* The columns that a character takes: two where it is wide (UAX #11), none where it stands on another one or
 * only says how others are to be ordered. */
static int width_of(int32_t character)
{
    int category = u_charType(character);
    int east = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    bool none = category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR;
    return none ? 0 : east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

/* How many bytes of the text stand in so many columns; *used: how many columns they take. */
static size_t fitting(struct str text, int most, int *used)
{
    size_t at = 0;
    *used = 0;
    while (at < text.length) {
        size_t next = at;
        int width = width_of((int32_t)utf8_next(text, &next));
        if (*used + width > most) {
            break;
        }
        *used += width;
        at = next;
    }
    return at;
}

static int columns(const char *text)
{
    int used;
    fitting(str_from(text), INT_MAX, &used);
    return used;
}

/* The text in so many columns, cut with an ellipsis where it is longer. */
static void put_cell(const char *text, int width, bool right, FILE *out)
{
    int used = columns(text);
    if (used > width) {
        size_t bytes = fitting(str_from(text), width - 1, &used);
        fprintf(out, "%.*s…%*s", (int)bytes, text, width - 1 - used, "");
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

/* Where the text may be broken last so that it fits (UAX #14: by the dictionary in Thai, between ideographs);
 * at least one character. */
static size_t line_end(UBreakIterator *breaks, const char *text, size_t from, int most)
{
    int used;
    size_t length = strlen(text), whole = from + fitting(str_from(text + from), most, &used);
    if (whole >= length || breaks == NULL) {
        return whole > from ? whole : length;
    }
    bool may = ubrk_isBoundary(breaks, (int32_t)whole) != 0;
    int32_t before = may ? (int32_t)whole : ubrk_preceding(breaks, (int32_t)whole);
    return before > (int32_t)from ? (size_t)before : whole > from ? whole : length;
}

/* A paragraph within 80 columns. */
static void put_note(const char *language, const char *text, FILE *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *whole = utext_openUTF8(NULL, text, -1, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_LINE, language, NULL, 0, &status);
    if (U_SUCCESS(status)) {
        ubrk_setUText(breaks, whole, &status);
    }
    bool can = U_SUCCESS(status);
    for (size_t from = 0; text[from] != '\0';) {
        size_t to = line_end(can ? breaks : NULL, text, from, 76), end = to;
        while (end > from && text[end - 1] == ' ') {
            end--;
        }
        fprintf(out, "%s%.*s\n", from == 0 ? INDENT "- " : INDENT "  ", (int)(end - from), text + from);
        from = to;
    }
    if (breaks != NULL) {
        ubrk_close(breaks);
    }
    utext_close(whole);
}

/* ---- parts */

typedef const char *say_function(struct wording *w, double value);

static void put_spread(
    struct wording *w, const char *key, struct wording_spread spread, say_function *tell, FILE *out)
{
    fputs(INDENT, out);
    put_cell(told(w, key), 30, false, out);
    if (!spread.known) {
        fprintf(out, "  %s\n", told(w, "statistics.few"));
        return;
    }
    const char *median = tell(w, spread.median);
    const char *half = told_with(w, "statistics.half", tell(w, spread.low), tell(w, spread.high), "");
    bool fits = columns(median) + columns(half) + 2 <= 80 - 34;
    fprintf(out, fits ? "  %s; %s\n" : "  %s\n" INDENT INDENT "%s\n", median, half);
}

static void put_series(struct wording *w, const struct figures *f, FILE *out)
{
    static const char *const headings[] = {
        "statistics.by-days", "statistics.by-months", "statistics.by-years"};
    int64_t most = 1;
    put_heading(told(w, headings[f->scale]), out);
    for (size_t i = 0; i < f->series_count; i++) {
        most = f->series[i].n > most ? f->series[i].n : most;
    }
    for (size_t i = 0; i < f->series_count; i++) {
        const struct figures_point *point = &f->series[i];
        put_row(wording_span(w, point->span), point->n > 0 ? wording_count(w, point->n) : "·",
            (double)point->n / (double)most, out);
    }
    if (f->series_rest > 0) {
        put_row(told(w, "statistics.rest"), wording_count(w, f->series_rest), 0, out);
    }
}

static void put_hours(struct wording *w, const struct figures *f, FILE *out)
{
    int64_t visits[24], seconds[24];
    int until[24];
    double rates[24] = {0}, most = 0;
    put_heading(told(w, "statistics.week.text"), out);
    if (!figures_hours(f, -1, visits, seconds, until)) {
        fprintf(out, INDENT "%s\n", told(w, "statistics.few"));
        return;
    }
    for (int hour = 0; hour < 24; hour++) {
        int64_t counted = figures_counted(seconds, until, hour);
        rates[hour] = counted > 0 ? (double)visits[hour] * 3600.0 / (double)counted : 0;
        most = fmax(most, rates[hour]);
    }
    for (int hour = 0; hour < 24; hour++) {
        if (rates[hour] > 0) {
            put_row(
                wording_hours(w, hour, until[hour]), wording_number(w, rates[hour]), rates[hour] / most, out);
        }
    }
}

static void put_length(struct wording *w, const struct figures *f, FILE *out)
{
    int64_t bins[CELL_TIME_BINS], most = 1;
    int until[CELL_TIME_BINS];
    put_heading(told(w, "statistics.by-length"), out);
    memcpy(bins, f->length, sizeof bins);
    if (!cells_merge_bins(bins, until, CELL_TIME_BINS)) {
        fprintf(out, INDENT "%s\n", told(w, "statistics.few"));
        return;
    }
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        most = bins[i] > most ? bins[i] : most;
    }
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            put_row(
                wording_bin(w, i, until[i]), wording_count(w, bins[i]), (double)bins[i] / (double)most, out);
        }
    }
}

static void put_names(
    struct wording *w, const char *heading, enum cell_kind kind, const struct figures *f, FILE *out)
{
    const struct figures_names *names = finding_list(f, kind);
    put_heading(told(w, heading), out);
    if (names->count == 0) {
        fprintf(out, INDENT "%s\n", told(w, "statistics.none"));
    }
    for (size_t i = 0; i < names->count; i++) {
        const struct cells_named *named = &names->items[i];
        double share = f->visits > 0 ? (double)named->n / (double)f->visits : 0;
        put_row(wording_label(w, kind, named->name), wording_share(w, named->n, f->visits), share, out);
        const struct figures_dwell *dwell = kind == CELL_SEEN ? figures_find_dwell(f, named->name) : NULL;
        if (dwell != NULL) {
            struct wording_spread spread = wording_spread(dwell->bins, CELL_TIME_BINS, cells_time_edge);
            fprintf(out, INDENT INDENT "%s; %s\n", wording_time(w, spread.median),
                told_with(
                    w, "statistics.half", wording_time(w, spread.low), wording_time(w, spread.high), ""));
        }
    }
}

static void put_exhibit(struct wording *w, FILE *out)
{
    const struct figures *f = w->exhibit->figures;
    fprintf(out, "%s\n", wording_title(w, w->exhibit));
    if (f->from == 0) {
        fprintf(out, INDENT "%s\n", told(w, "statistics.nothing"));
        return;
    }
    fprintf(out, "%s: %s\n\n" INDENT, told(w, "statistics"), wording_days(w, f->from, f->to));
    put_cell(told(w, "statistics.visits"), 30, false, out);
    fprintf(out, "  %s\n",
        f->visits < CELL_LEAST ? told_with(w, "statistics.under", wording_count(w, CELL_LEAST), "", "")
                               : wording_count(w, f->visits));
    put_spread(
        w, "statistics.rate", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge), wording_number, out);
    put_spread(
        w, "statistics.day", wording_spread(f->days, CELL_DAY_BINS, cells_day_edge), wording_number, out);
    put_spread(w, "statistics.length", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge),
        wording_time, out);
    put_spread(w, "statistics.seen", wording_places(f->count), wording_number, out);
    put_series(w, f, out);
    put_hours(w, f, out);
    put_length(w, f, out);
    put_names(w, "statistics.places", CELL_SEEN, f, out);
    put_names(w, "statistics.end", CELL_END, f, out);
    put_names(w, "statistics.languages", CELL_LANGUAGE, f, out);
    put_names(w, "statistics.used", CELL_USED, f, out);
    put_names(w, "statistics.modes", CELL_MODE, f, out);
    put_heading(told(w, "statistics.about"), out);
    const char *note;
    for (int i = 0; (note = wording_note(w, f, i)) != NULL; i++) {
        put_note(w->report->language, note, out);
    }
}

void report_text(const struct report *report, FILE *out)
{
    struct wording w = {.report = report};
    for (size_t i = 0; i < report->count; i++) {
        w.exhibit = &report->exhibits[i];
        if (i > 0) {
            fputc('\n', out);
            for (int column = 0; column < 80; column++) {
                fputs("─", out);
            }
            fputc('\n', out);
        }
        put_exhibit(&w, out);
    }
    arena_finish(&w.arena);
}
