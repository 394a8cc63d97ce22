#include "chart.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define WIDTH 720.0
#define LEFT 44.0   /* for the axis' numbers */
#define NAMES 112.0 /* for the weekdays' */

void chart_text(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

static void begin(const char *id, const char *name, const char *said, double height, FILE *out)
{
    fprintf(out, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"%s-name %s-said\">\n", WIDTH,
        height, id, id);
    fprintf(out, "<title id=\"%s-name\">", id);
    chart_text(name, out);
    fprintf(out, "</title>\n<desc id=\"%s-said\">", id);
    chart_text(said != NULL ? said : name, out);
    fputs("</desc>\n", out);
}

static void put_label(double x, double y, const char *anchor, const char *class, const char *text, FILE *out)
{
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">", x, y, anchor, class);
    chart_text(text, out);
    fputs("</text>\n", out);
}

static void put_line(double x1, double y1, double x2, double y2, const char *class, FILE *out)
{
    fprintf(
        out, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n", x1, y1, x2, y2, class);
}

/* With what it stands for as its title, for a pointer that rests on it. */
static void put_column(double x, double y, double w, double h, const char *title, FILE *out)
{
    fprintf(
        out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"bar\"><title>", x, y, w, h);
    chart_text(title, out);
    fputs("</title></rect>\n", out);
}

/* A number that is easily read, and its half too, at least `most`. */
static double round_up(double most)
{
    double power = pow(10, floor(log10(fmax(most, 1))));
    static const double steps[] = {1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * power >= most) {
            return steps[i] * power;
        }
    }
    return most;
}

static void put_axis(struct wording *w, double top, double height, double most, FILE *out)
{
    for (int part = 0; part <= 2; part++) {
        double y = top + height * (1 - part / 2.0);
        put_line(LEFT, y, WIDTH, y, part == 0 ? "base" : "grid", out);
        if (part == 0 || most * part / 2 >= 1) {
            put_label(LEFT - 8, y + 4, "end", "axis", wording_number(w, most * part / 2), out);
        }
    }
}

/* ---- the series */

/* The points that have a word below: Mondays or the first of a month, quarters, years; so that words do not
 * meet. */
static bool is_marked(const struct figures *f, size_t at)
{
    int span = f->series[at].span;
    if (f->scale == SCALE_DAYS) {
        return f->series_count <= 8 || (f->series_count <= 56 ? cells_weekday(span) == 0 : span % 100 == 1);
    }
    if (f->scale == SCALE_MONTHS) {
        return (span / 100 % 100 - 1) % (f->series_count <= 26 ? 3 : 6) == 0;
    }
    return f->series_count <= 12 || span / 10000 % 5 == 0;
}

void chart_series(struct wording *w, const struct figures *f, const char *id, const char *said, FILE *out)
{
    static const char *const names[] = {"statistics.by-days", "statistics.by-months", "statistics.by-years"};
    const double top = 12, height = 170;
    double most = 1;
    for (size_t i = 0; i < f->series_count; i++) {
        most = fmax(most, (double)f->series[i].n);
    }
    most = round_up(most);
    begin(id, told(w, names[f->scale]), said, top + height + 30, out);
    put_axis(w, top, height, most, out);
    double step = (WIDTH - LEFT) / (double)(f->series_count > 0 ? f->series_count : 1);
    double wide = fmin(step * 0.72, 48), last = -200;
    for (size_t i = 0; i < f->series_count; i++) {
        int span = f->series[i].span;
        double x = LEFT + step * (double)i, h = height * (double)f->series[i].n / most;
        if (h > 0) {
            const char *title =
                told_text(w, "%s: %s", wording_span(w, span), wording_count(w, f->series[i].n));
            put_column(x + (step - wide) / 2, top + height - h, wide, h, title, out);
        }
        if (is_marked(f, i) && x - last >= 80 && x < WIDTH - 40) {
            put_label(x + step / 2, top + height + 22, "middle", x - last < 170 ? "axis minor" : "axis",
                f->scale == SCALE_DAYS ? wording_short(w, span) : wording_span(w, span), out);
            last = x - last < 170 ? last : x;
        }
    }
    fputs("</svg>\n", out);
}

/* ---- the week */

struct week {
    int64_t visits[7][24], seconds[7][24];
    int until[7][24];
    bool enough[7];
    int first, last; /* hours in which anything was counted */
    double most;     /* visits an hour */
};

static int64_t counted(const struct week *week, int day, int hour)
{
    return figures_counted(week->seconds[day], week->until[day], hour);
}

static void make_week(const struct figures *f, struct week *week)
{
    *week = (struct week){.first = 24};
    for (int day = 0; day < 7; day++) {
        week->enough[day] = figures_hours(f, day, week->visits[day], week->seconds[day], week->until[day]);
        for (int hour = 0; hour < 24; hour++) {
            int64_t seconds = counted(week, day, hour);
            if (week->seconds[day][hour] > 0 || week->visits[day][hour] > 0) {
                week->first = hour < week->first ? hour : week->first;
                week->last = hour > week->last ? hour : week->last;
            }
            double rate = seconds > 0 ? (double)week->visits[day][hour] * 3600 / (double)seconds : 0;
            week->most = week->enough[day] ? fmax(week->most, rate) : week->most;
        }
    }
}

/* Ink on a tint of ink: never so dark that the number could not be read on it. */
#define TINT_MOST 0.36

static void put_cells(
    struct wording *w, const struct week *week, int day, double y, double column, double row, FILE *out)
{
    for (int hour = week->first; hour <= week->last; hour++) {
        int end = week->until[day][hour];
        int64_t seconds = end > 0 ? counted(week, day, hour) : 0;
        if (seconds <= 0 || !week->enough[day]) {
            continue;
        }
        end = end > week->last + 1 ? week->last + 1 : end;
        double rate = (double)week->visits[day][hour] * 3600 / (double)seconds;
        double x = NAMES + column * (hour - week->first), wide = column * (end - hour);
        const char *number = wording_number(w, rate);
        fprintf(out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"tint\" "
            "fill-opacity=\"%.2f\"><title>",
            x + 1, y + 1, wide - 2, row - 2, 0.04 + (TINT_MOST - 0.04) * rate / fmax(week->most, 1e-9));
        chart_text(
            told_text(w, "%s, %s: %s", wording_weekday(w, day), wording_hours(w, hour, end), number), out);
        fputs("</title></rect>\n", out);
        put_label(x + wide / 2, y + row / 2 + 5, "middle", "cell", number, out);
    }
}

void chart_week(struct wording *w, const struct figures *f, const char *id, const char *said, FILE *out)
{
    struct week week;
    make_week(f, &week);
    if (week.first > week.last) {
        return;
    }
    const double row = 30, top = 24;
    double column = (WIDTH - NAMES) / (week.last - week.first + 1);
    char label[16];
    begin(id, told(w, "statistics.week.text"), said, top + 7 * row + 2, out);
    for (int hour = week.first; hour <= week.last; hour++) {
        snprintf(label, sizeof label, "%d", hour);
        put_label(NAMES + column * (hour - week.first), 15, "middle", "axis", label, out);
    }
    for (int day = 0; day < 7; day++) {
        double y = top + row * day;
        put_label(NAMES - 12, y + row / 2 + 5, "end", "axis", wording_weekday(w, day), out);
        put_cells(w, &week, day, y, column, row, out);
        if (!week.enough[day]) {
            put_label(NAMES + 4, y + row / 2 + 5, "start", "axis", told(w, "statistics.closed"), out);
        }
    }
    fputs("</svg>\n", out);
}

/* ---- lengths */

/* Where a time lies on the axis of bins, each of which is as wide as the others. */
static double place_of(double seconds)
{
    int bin = cells_time_bin(seconds);
    double low = cells_time_edge(bin);
    double high = bin + 1 < CELL_TIME_BINS ? cells_time_edge(bin + 1) : low * 1.5;
    return bin + fmin(1, (seconds - low) / (high - low));
}

static void put_quartiles(
    struct wording *w, struct wording_spread spread, double column, double top, double height, FILE *out)
{
    double low = LEFT + column * place_of(spread.low), high = LEFT + column * place_of(spread.high);
    double middle = LEFT + column * place_of(spread.median);
    fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"6\" class=\"half\"/>\n", low, top - 14,
        high - low);
    put_line(middle, top - 18, middle, top + height, "median", out);
    put_label(middle > WIDTH / 2 ? middle - 6 : middle + 6, top - 24, middle > WIDTH / 2 ? "end" : "start",
        "said", told_text(w, "%s: %s", told(w, "statistics.median"), wording_time(w, spread.median)), out);
}

void chart_length(struct wording *w, const struct figures *f, const char *id, const char *said, FILE *out)
{
    const double top = 44, height = 160;
    int64_t bins[CELL_TIME_BINS];
    int until[CELL_TIME_BINS];
    double most = 1, column = (WIDTH - LEFT) / CELL_TIME_BINS;
    memcpy(bins, f->length, sizeof bins);
    if (!cells_merge_bins(bins, until, CELL_TIME_BINS)) {
        return;
    }
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        most = until[i] > 0 ? fmax(most, (double)bins[i] / (until[i] - i)) : most;
    }
    most = round_up(most);
    begin(id, told(w, "statistics.by-length"), said, top + height + 30, out);
    put_axis(w, top, height, most, out);
    for (int i = 0; i < CELL_TIME_BINS; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            double h = height * (double)bins[i] / (until[i] - i) / most;
            const char *title =
                told_text(w, "%s: %s", wording_bin(w, i, until[i]), wording_count(w, bins[i]));
            put_column(LEFT + column * i + 1, top + height - h, column * (until[i] - i) - 2, h, title, out);
        }
    }
    for (int i = 2; i < CELL_TIME_BINS; i += 2) {
        put_label(LEFT + column * i, top + height + 20, "middle", i % 4 == 0 ? "axis" : "axis minor",
            wording_time(w, cells_time_edge(i)), out);
    }
    struct wording_spread spread = wording_spread(f->length, CELL_TIME_BINS, cells_time_edge);
    if (spread.known) {
        put_quartiles(w, spread, column, top, height, out);
    }
    fputs("</svg>\n", out);
}

void chart_spread(struct wording_spread spread, FILE *out)
{
    double scale = 120.0 / CELL_TIME_BINS;
    fputs("<svg viewBox=\"0 0 120 14\" class=\"spread\" aria-hidden=\"true\">", out);
    put_line(0, 7, 120, 7, "grid", out);
    fprintf(out, "<rect x=\"%.1f\" y=\"4.5\" width=\"%.1f\" height=\"5\" class=\"half\"/>",
        scale * place_of(spread.low), fmax(scale * (place_of(spread.high) - place_of(spread.low)), 1));
    double x = scale * place_of(spread.median);
    put_line(x, 1, x, 13, "median", out);
    fputs("</svg>", out);
}
