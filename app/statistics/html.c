/* The page: one file that stands by itself, can be read aloud, printed and sent. */
#include "chart.h"

#include <inttypes.h>
#include <string.h>

/* Paper and ink, and the one red for the median. Nothing is loaded from anywhere. */
static const char style[] =
    ":root{color-scheme:light "
    "dark;--ground:#f5f1e8;--panel:#eae3d5;--ink:#1e1b16;--quiet:#5a5347;--rule:#857b69;"
    "--bar:#8a7f6c;--accent:#a32a1c}"
    "@media(prefers-color-scheme:dark){:root{--ground:#1e1b16;--panel:#2b2720;--ink:#f5f1e8;--quiet:#c9bfac;"
    "--rule:#8f8470;--bar:#a3977f;--accent:#ff8a75}}"
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 \"Noto "
    "Serif\",Georgia,serif;"
    "font-variant-numeric:lining-nums tabular-nums;overflow-wrap:break-word}"
    "main{max-width:50rem;margin:0 auto;padding:3.5rem 1.25rem 5rem}"
    "h1{font-size:clamp(1.9rem,5vw,3rem);line-height:1.12;font-weight:400;margin:.1em 0 .25em}"
    "h2{font-size:1.5rem;line-height:1.2;font-weight:400;margin:0 0 .35rem}"
    "h3{font-size:1.0625rem;margin:2rem 0 .4rem}"
    "section{margin-top:3.75rem}"
    "p{margin:.35rem 0;max-width:40rem}"
    ".over,.period,.quiet,th,.key dt,footer,svg text{font-family:\"Noto Sans\",system-ui,sans-serif}"
    ".over,.period{color:var(--quiet);margin:0}.over{letter-spacing:.04em}"
    ".quiet,footer{color:var(--quiet);font-size:.875rem}"
    ".key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1.75rem 1.5rem;"
    "border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);margin:2.25rem 0 0;padding:1.5rem "
    "0}"
    ".key div{display:flex;flex-direction:column}"
    ".key dt{order:2;font-size:.875rem}.key dd{margin:0;font-size:2rem;line-height:1.15}"
    ".key dd+dd{order:3;font:.875rem/1.4 \"Noto "
    "Sans\",system-ui,sans-serif;color:var(--quiet);margin-top:.2rem}"
    "svg{display:block;width:100%;height:auto;margin:1.1rem 0 .5rem;overflow:visible}"
    "svg text{font-size:13px;fill:var(--quiet)}svg .cell,svg .said{fill:var(--ink)}"
    ".bar{fill:var(--bar)}.tint{fill:var(--ink)}.half{fill:var(--rule)}"
    ".grid{stroke:var(--rule);stroke-opacity:.35}.base{stroke:var(--rule)}.median{stroke:var(--accent);"
    "stroke-width:2}"
    "table{border-collapse:collapse;width:100%;margin:.9rem 0 .5rem}"
    "caption{text-align:left;font-weight:700;padding:0 0 .35rem}"
    "th{font-size:.875rem;font-weight:400;color:var(--quiet);text-align:left;vertical-align:bottom}"
    "th,td{padding:.34rem .75rem .34rem 0;border-bottom:1px solid var(--panel)}"
    "tbody th{font:inherit;color:inherit;vertical-align:baseline}"
    "td{vertical-align:baseline}.n{text-align:right;white-space:nowrap;width:1%}th.n{padding-left:.5rem;"
    "white-space:normal}"
    ".share{width:20%;min-width:4rem}.share i{display:block;height:.7rem;background:var(--bar);min-width:1px}"
    ".dwell{width:38%}.dwell svg{display:inline-block;vertical-align:baseline;width:7.5rem;margin:0 .6rem 0 "
    "0}"
    ".dwell span{font-size:.875rem;color:var(--quiet)}tbody th{overflow-wrap:anywhere;width:34%}"
    "a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:.18em}"
    "a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}"
    "ul{padding-left:1.2rem;max-width:40rem}li{margin:.4rem 0}"
    "footer{margin-top:4rem;border-top:1px solid var(--rule);padding-top:1rem}"
    ".tables{columns:2;column-gap:2.5rem}.tables tbody th{width:auto}.tables "
    "table{break-inside:avoid;margin-top:0;margin-bottom:2rem}"
    "@media(max-width:40rem){main{padding-top:2rem}.tables{columns:1}svg text{font-size:20px}svg "
    ".minor{display:none}"
    "svg .cell{font-size:19px}tbody th{width:42%}.share{display:none}.dwell "
    "svg{display:block;width:100%;max-width:8rem;margin:.2rem 0}section{margin-top:3rem}}"
    "@media "
    "print{:root{--ground:#fff;--panel:#ddd;--ink:#000;--quiet:#333;--rule:#777;--bar:#888;--accent:#a32a1c}"
    "body{font-size:10.5pt}main{max-width:none;padding:0}section,tr,figure{break-inside:avoid}"
    ".tables,#tables{break-inside:auto}a{text-decoration:none}}";

static void put(const char *before, const char *text, const char *after, FILE *out)
{
    fputs(before, out);
    chart_text(text, out);
    fputs(after, out);
}

/* ---- in short */

typedef const char *say_function(double value, char *buffer);

static void put_key(const char *term, const char *value, const char *spread, FILE *out)
{
    put("<div><dt>", term, "</dt>", out);
    put("<dd>", value, "</dd>", out);
    if (spread != NULL) {
        put("<dd>", spread, "</dd>", out);
    }
    fputs("</div>\n", out);
}

static void put_key_spread(
    const char *term, struct wording_spread spread, say_function *say, const char *of, FILE *out)
{
    char low[WORDING_MAX], median[WORDING_MAX], high[WORDING_MAX], line[WORDING_MAX];
    if (!spread.known) {
        put_key(term, "\xe2\x80\x93", "not enough to tell", out);
        return;
    }
    snprintf(
        line, sizeof line, "half of %s: %.60s to %.60s", of, say(spread.low, low), say(spread.high, high));
    put_key(term, say(spread.median, median), line, out);
}

static void put_head(const struct figures *f, const struct report_words *words, FILE *out)
{
    char from[WORDING_MAX], to[WORDING_MAX], count[WORDING_MAX];
    const char *title = words->title != NULL ? words->title : "An exhibit";
    put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n<title>Visits: ",
        title, "</title>\n<style>", out);
    fputs(style, out);
    put("</style>\n</head>\n<body>\n<main>\n<header>\n<p class=\"over\">Visits</p>\n<h1>", title, "</h1>\n",
        out);
    if (f->from == 0) {
        fputs("<p class=\"period\">Nothing is known of this period.</p>\n</header>\n", out);
        return;
    }
    put("<p class=\"period\">", wording_span(f->from, from), "", out);
    put(" to ", wording_span(f->to, to), "</p>\n</header>\n<dl class=\"key\">\n", out);
    put_key("visits", f->visits < CELL_LEAST ? "under 5" : wording_count(f->visits, count), NULL, out);
    put_key_spread("visits an open hour, median", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge),
        wording_number, "the days", out);
    put_key_spread("length of a visit, median", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge),
        wording_time, "them", out);
    put_key_spread("places seen in a visit, median", wording_places(f->count), wording_number, "them", out);
    fputs("</dl>\n", out);
}

/* ---- sections */

static void put_section(const char *id, const char *heading, const char *line, FILE *out)
{
    fprintf(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
    put("", heading, "</h2>\n", out);
    if (line[0] != '\0') {
        put("<p>", line, "</p>\n", out);
    }
}

static void end_chart(const char *table, FILE *out)
{
    fprintf(out, "<p class=\"quiet\"><a href=\"#%s\">The figures as a table</a></p>\n</section>\n", table);
}

static void put_days(const struct figures *f, FILE *out)
{
    char line[WORDING_MAX], low[WORDING_MAX], median[WORDING_MAX], high[WORDING_MAX];
    struct wording_spread spread = wording_spread(f->days, CELL_DAY_BINS, cells_day_edge);
    line[0] = '\0';
    if (spread.known) {
        snprintf(line, sizeof line,
            "On the middle one of the days there were about %.40s visits; on half of the days from %.40s to "
            "%.40s.",
            wording_number(spread.median, median), wording_number(spread.low, low),
            wording_number(spread.high, high));
    }
    put_section("days", "When people came", line, out);
    chart_series(f, out);
    end_chart("table-series", out);
}

static void put_week(const struct figures *f, FILE *out)
{
    put_section("week", "The week", "Visits an open hour, by the hour in which they began.", out);
    chart_week(f, out);
    end_chart("table-week", out);
}

static void put_length(const struct figures *f, FILE *out)
{
    char line[WORDING_MAX], low[WORDING_MAX], median[WORDING_MAX], high[WORDING_MAX];
    struct wording_spread spread = wording_spread(f->length, CELL_TIME_BINS, cells_time_edge);
    line[0] = '\0';
    if (spread.known) {
        snprintf(line, sizeof line,
            "A quarter of the visits ended within %.40s, half within %.40s; a quarter lasted longer than "
            "%.40s.",
            wording_time(spread.low, low), wording_time(spread.median, median),
            wording_time(spread.high, high));
    }
    put_section("length", "How long they stayed", line, out);
    chart_length(f, out);
    end_chart("table-length", out);
}

static void put_dwell(const struct figures *f, const char *name, FILE *out)
{
    char low[WORDING_MAX], median[WORDING_MAX], high[WORDING_MAX], line[WORDING_MAX];
    const struct figures_dwell *dwell = figures_find_dwell(f, name);
    fputs("<td class=\"dwell\">", out);
    if (dwell != NULL) {
        struct wording_spread spread = wording_spread(dwell->bins, CELL_TIME_BINS, cells_time_edge);
        chart_spread(spread, out);
        put("", wording_time(spread.median, median), "", out);
        snprintf(line, sizeof line, " (%.40s to %.40s)", wording_time(spread.low, low),
            wording_time(spread.high, high));
        put("<span>", line, "</span>", out);
    } else {
        fputs("<span>too few to tell</span>", out);
    }
    fputs("</td>", out);
}

/* Names with the share of visits as a bar: the table is the chart. */
static void put_names(const char *id, const char *heading, const char *line, const char *column,
    enum cell_kind kind, const struct figures *f, const struct figures_names *names,
    const struct report_words *words, FILE *out)
{
    char label[WORDING_MAX], share[WORDING_MAX];
    put_section(id, heading, names->count > 0 ? line : "Nothing, or too few to tell.", out);
    if (names->count == 0) {
        fputs("</section>\n", out);
        return;
    }
    put("<table>\n<thead><tr><th scope=\"col\">", column,
        "</th><th scope=\"col\" class=\"n\">share of visits</th><td class=\"share\"></td>", out);
    fputs(kind == CELL_SEEN ? "<th scope=\"col\">how long, and the middle half</th>" : "", out);
    fputs("</tr></thead>\n<tbody>\n", out);
    for (size_t i = 0; i < names->count; i++) {
        const struct cells_named *named = &names->items[i];
        double part = f->visits > 0 ? 100.0 * (double)named->n / (double)f->visits : 0;
        put("<tr><th scope=\"row\">", wording_label(words, kind, named->name, label), "</th>", out);
        put("<td class=\"n\">", wording_share(named->n, f->visits, share), "</td>", out);
        fprintf(out, "<td class=\"share\"><i style=\"width:%.1f%%\"></i></td>", part < 100 ? part : 100);
        if (kind == CELL_SEEN) {
            put_dwell(f, named->name, out);
        }
        fputs("</tr>\n", out);
    }
    fputs("</tbody>\n</table>\n</section>\n", out);
}

static void put_notes(const struct figures *f, FILE *out)
{
    char note[WORDING_MAX];
    put_section("notes", "About these figures", "", out);
    fputs("<ul>\n", out);
    for (int i = 0; wording_note(f, i, note); i++) {
        put("<li>", note, "</li>\n", out);
    }
    fputs("<li>Numbers under 5 are merged with their neighbours, so that nobody can be found in them. Of a "
          "visit nothing "
          "is kept but what it adds to these sums.</li>\n"
          "<li>The median is the middle one: half were less, half more. The middle half lies between the "
          "quarter with the "
          "least and the quarter with the most. No mean is told: a few very long visits would carry it "
          "anywhere.</li>\n"
          "</ul>\n</section>\n",
        out);
}

/* ---- tables behind the charts */

static void begin_table(const char *id, const char *caption, const char *first, const char *second, FILE *out)
{
    fprintf(out, "<table id=\"%s\">\n", id);
    put("<caption>", caption, "</caption>\n", out);
    put("<thead><tr><th scope=\"col\">", first, "</th>", out);
    put("<th scope=\"col\" class=\"n\">", second, "</th></tr></thead>\n<tbody>\n", out);
}

static void put_row(const char *name, const char *value, FILE *out)
{
    put("<tr><th scope=\"row\">", name, "</th>", out);
    put("<td class=\"n\">", value, "</td></tr>\n", out);
}

static void put_series_table(const struct figures *f, FILE *out)
{
    static const char *const units[] = {"day", "month", "year"};
    char label[WORDING_MAX], count[WORDING_MAX];
    begin_table("table-series", "When people came", units[f->scale], "visits", out);
    for (size_t i = 0; i < f->series_count; i++) {
        if (f->series[i].n > 0) {
            put_row(wording_span(f->series[i].span, label), wording_count(f->series[i].n, count), out);
        }
    }
    if (f->series_rest > 0) {
        put_row("not known so closely", wording_count(f->series_rest, count), out);
    }
    fputs("</tbody>\n</table>\n", out);
}

static void put_week_table(const struct figures *f, FILE *out)
{
    int64_t visits[24], seconds[24];
    int until[24];
    char label[WORDING_MAX], number[WORDING_MAX];
    begin_table("table-week", "The week", "weekday and hours", "visits an open hour", out);
    for (int day = 0; day < 7; day++) {
        bool enough = figures_hours(f, day, visits, seconds, until);
        for (int hour = 0; hour < 24 && enough; hour++) {
            int64_t counted = 0;
            for (int i = hour; i < until[hour]; i++) {
                counted += seconds[i];
            }
            if (counted > 0) {
                snprintf(
                    label, sizeof label, "%s %02d:00 to %02d:00", wording_weekday(day), hour, until[hour]);
                put_row(label, wording_number((double)visits[hour] * 3600 / (double)counted, number), out);
            }
        }
    }
    fputs("</tbody>\n</table>\n", out);
}

static void put_length_table(const struct figures *f, FILE *out)
{
    int64_t bins[CELL_TIME_BINS];
    int until[CELL_TIME_BINS];
    char label[WORDING_MAX], count[WORDING_MAX];
    begin_table("table-length", "How long they stayed", "length", "visits", out);
    memcpy(bins, f->length, sizeof bins);
    bool enough = cells_merge_bins(bins, until, CELL_TIME_BINS);
    for (int i = 0; i < CELL_TIME_BINS && enough; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            put_row(wording_bin(i, until[i], label), wording_count(bins[i], count), out);
        }
    }
    fputs("</tbody>\n</table>\n", out);
}

static void put_tables(const struct figures *f, FILE *out)
{
    put_section("tables", "The figures behind the charts", "", out);
    fputs("<div class=\"tables\">\n", out);
    put_series_table(f, out);
    put_length_table(f, out);
    put_week_table(f, out);
    fputs("</div>\n</section>\n", out);
}

void report_html(const struct figures *f, const struct report_words *words, FILE *out)
{
    put_head(f, words, out);
    if (f->from != 0) {
        put_days(f, out);
        put_week(f, out);
        put_length(f, out);
        put_names("places", "What they looked at",
            "The share of visits that saw a place, and how long it was on the screen: the middle one, and "
            "the middle half.",
            "place", CELL_SEEN, f, &f->seen, words, out);
        put_names("end", "Where visits ended", "The place that was on the screen at the last touch.", "place",
            CELL_END, f, &f->end, words, out);
        put_names("languages", "Languages", "The language that was on the screen longest.", "language",
            CELL_LANGUAGE, f, &f->language, words, out);
        put_names("used", "What was used", "", "", CELL_USED, f, &f->used, words, out);
        put_names("modes", "Accessibility",
            "Modes that were on at some time in a visit. They are for everyone, and each is one touch away.",
            "mode", CELL_MODE, f, &f->mode, words, out);
        put_notes(f, out);
        put_tables(f, out);
    }
    fputs("<footer>Made by Vitrine on the machine that counted. This page loads nothing and sends "
          "nothing.</footer>\n"
          "</main>\n</body>\n</html>\n",
        out);
}
