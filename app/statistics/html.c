/* The page: one file that stands by itself, can be read aloud, printed and sent. One exhibit is all of it;
 * several are each an article of it. */
#include "html.h"

struct sheet {
    struct wording w;
    size_t number; /* of the exhibit, for ids */
    int level;     /* of its sections' headings */
    FILE *out;
};

/* ---- in short */

typedef const char *say_function(struct wording *w, double value);

static void put_key(const char *term, const char *value, const char *spread, FILE *out)
{
    html_put("<div><dt>", term, "</dt>", out);
    html_put("<dd>", value, "</dd>", out);
    if (spread != NULL) {
        html_put("<dd>", spread, "</dd>", out);
    }
    fputs("</div>\n", out);
}

static void put_key_spread(
    struct wording *w, const char *key, struct wording_spread spread, say_function *tell, FILE *out)
{
    const char *term = told_text(w, "%s (%s)", told(w, key), told(w, "statistics.median"));
    if (spread.known) {
        put_key(term, tell(w, spread.median),
            told_with(w, "statistics.half", tell(w, spread.low), tell(w, spread.high), ""), out);
    } else {
        put_key(term, "–", told(w, "statistics.few"), out);
    }
}

static const char *count_of_visits(struct wording *w, const struct figures *f)
{
    return f->visits < CELL_LEAST ? told_with(w, "statistics.under", wording_count(w, CELL_LEAST), "", "")
                                  : wording_count(w, f->visits);
}

static void put_keys(struct sheet *page, const struct figures *f)
{
    struct wording *w = &page->w;
    FILE *out = page->out;
    html_put("<p class=\"period\">", wording_days(w, f->from, f->to), "</p>\n<dl class=\"key\">\n", out);
    put_key(told(w, "statistics.visits"), count_of_visits(w, f), NULL, out);
    put_key_spread(
        w, "statistics.rate", wording_spread(f->rate, CELL_RATE_BINS, cells_rate_edge), wording_number, out);
    put_key_spread(w, "statistics.length", wording_spread(f->length, CELL_TIME_BINS, cells_time_edge),
        wording_time, out);
    put_key_spread(w, "statistics.seen", wording_places(f->count), wording_number, out);
    fputs("</dl>\n", out);
}

/* ---- sections */

/* What it is about in small, what was found as its title; where nothing can be said, the one for both. */
static void begin_section(
    struct sheet *page, const char *id, const char *about, const char *found, const char *line)
{
    FILE *out = page->out;
    fprintf(out, "<section aria-labelledby=\"%s-%zu\">\n", id, page->number);
    if (found != NULL) {
        html_put("<p class=\"over\">", about, "</p>\n", out);
    }
    fprintf(out, "<h%d id=\"%s-%zu\">", page->level, id, page->number);
    chart_text(found != NULL ? found : about, out);
    fprintf(out, "</h%d>\n", page->level);
    if (line != NULL) {
        html_put("<p>", line, "</p>\n", out);
    }
}

static void end_section(struct sheet *page)
{
    fputs("</section>\n", page->out);
}

static void put_came(struct sheet *page, const struct figures *f)
{
    struct wording *w = &page->w;
    struct wording_spread spread = wording_spread(f->days, CELL_DAY_BINS, cells_day_edge);
    const char *found = finding_came(w, f);
    const char *line =
        spread.known ? told_with(w, "statistics.came.text", wording_number(w, spread.median), "", "") : NULL;
    begin_section(page, "came", told(w, "statistics.came"), found, line);
    chart_series(w, f, told_text(w, "chart-came-%zu", page->number), found, page->out);
    html_series_table(w, f, page->out);
    end_section(page);
}

static void put_week(struct sheet *page, const struct figures *f)
{
    struct wording *w = &page->w;
    const char *found = finding_week(w, f);
    const char *line = told(w, found != NULL ? "statistics.week.text" : "statistics.none");
    begin_section(page, "week", told(w, "statistics.week"), found, line);
    if (found != NULL) {
        chart_week(w, f, told_text(w, "chart-week-%zu", page->number), found, page->out);
        html_week_table(w, f, page->out);
    }
    end_section(page);
}

static void put_stay(struct sheet *page, const struct figures *f)
{
    struct wording *w = &page->w;
    struct wording_spread spread = wording_spread(f->length, CELL_TIME_BINS, cells_time_edge);
    const char *found = finding_stay(w, f);
    const char *line = spread.known ? told_with(w, "statistics.stay.text", wording_time(w, spread.median),
                                          wording_time(w, spread.high), "")
                                    : told(w, "statistics.none");
    begin_section(page, "stay", told(w, "statistics.stay"), found, line);
    chart_length(w, f, told_text(w, "chart-stay-%zu", page->number), found, page->out);
    html_length_table(w, f, page->out);
    end_section(page);
}

static const struct {
    const char *id;
    enum cell_kind kind;
    const char *about, *found, *text, *column;
} lists[] = {
    {"places", CELL_SEEN, "statistics.places", "statistics.places.found", "statistics.places.text",
        "statistics.place"},
    {"end", CELL_END, "statistics.end", "statistics.end.found", "statistics.end.text", "statistics.place"},
    {"languages", CELL_LANGUAGE, "statistics.languages", "statistics.languages.found",
        "statistics.languages.text", "statistics.languages"},
    {"used", CELL_USED, "statistics.used", "statistics.used.found", "statistics.used.text", "statistics.use"},
    {"modes", CELL_MODE, "statistics.modes", "statistics.used.found", "statistics.modes.text",
        "statistics.setting"},
};

static void put_list(struct sheet *page, const struct figures *f, size_t i)
{
    struct wording *w = &page->w;
    bool any = finding_list(f, lists[i].kind)->count > 0;
    begin_section(page, lists[i].id, told(w, lists[i].about),
        finding_names(w, lists[i].found, lists[i].kind, f), told(w, any ? lists[i].text : "statistics.none"));
    if (any) {
        html_names_table(w, told(w, lists[i].column), lists[i].kind, f, page->out);
    }
    end_section(page);
}

static void put_notes(struct sheet *page, const struct figures *f)
{
    struct wording *w = &page->w;
    const char *note;
    begin_section(page, "notes", told(w, "statistics.about"), NULL, NULL);
    fputs("<ul>\n", page->out);
    for (int i = 0; (note = wording_note(w, f, i)) != NULL; i++) {
        html_put("<li>", note, "</li>\n", page->out);
    }
    fputs("</ul>\n", page->out);
    end_section(page);
}

static void put_figures(struct sheet *page, const struct figures *f)
{
    if (f->from == 0) {
        html_put("<p class=\"period\">", told(&page->w, "statistics.nothing"), "</p>\n", page->out);
        return;
    }
    put_keys(page, f);
    put_came(page, f);
    put_week(page, f);
    put_stay(page, f);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        put_list(page, f, i);
    }
    put_notes(page, f);
}

/* ---- the page */

/* The title of an exhibit is in a language of its own. */
static void put_title(struct sheet *page, int level, const struct report_exhibit *exhibit)
{
    fprintf(page->out, "<h%d", level);
    if (exhibit->language != NULL && exhibit->title != NULL && exhibit->title[0] != '\0') {
        html_put(" lang=\"", exhibit->language, "\"", page->out);
    }
    html_put("><bdi>", wording_title(&page->w, exhibit), "</bdi>", page->out);
    fprintf(page->out, "</h%d>\n", level);
}

static void put_contents(struct sheet *page, const struct report *report)
{
    struct wording *w = &page->w;
    html_put("<h1>", told(w, "statistics.exhibits"), "</h1>\n<ul class=\"exhibits\">\n", page->out);
    for (size_t i = 0; i < report->count; i++) {
        const struct figures *f = report->exhibits[i].figures;
        fprintf(page->out, "<li><a href=\"#exhibit-%zu\">", i + 1);
        html_put("<bdi>", wording_title(w, &report->exhibits[i]), "</bdi></a><span>", page->out);
        const char *line = f->from == 0 ? told(w, "statistics.nothing")
                                        : told_text(w, "%s · %s: %s", wording_days(w, f->from, f->to),
                                              told(w, "statistics.visits"), count_of_visits(w, f));
        html_put("", line, "</span></li>\n", page->out);
    }
    fputs("</ul>\n", page->out);
}

static void put_article(struct sheet *page, const struct report_exhibit *exhibit)
{
    fprintf(page->out, "<article class=\"exhibit\" id=\"exhibit-%zu\">\n", page->number);
    put_title(page, 2, exhibit);
    put_figures(page, exhibit->figures);
    fputs("</article>\n", page->out);
}

void report_html(const struct report *report, FILE *out)
{
    struct sheet page = {
        .w = {.report = report}, .number = 1, .level = report->count == 1 ? 2 : 3, .out = out};
    struct wording *w = &page.w;
    const char *visits = told(w, "statistics");
    const char *title =
        report->count == 1 ? told_text(w, "%s: %s", visits, wording_title(w, &report->exhibits[0])) : visits;
    html_put("<!DOCTYPE html>\n<html lang=\"", report->language, "\"", out);
    fputs(interface_is_rtl(report->player, report->language) ? " dir=\"rtl\"" : "", out);
    html_put(">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
             "<link rel=\"icon\" href=\"data:,\">\n<title>",
        title, "</title>\n<style>\n", out);
    fprintf(out, "%s\n</style>\n</head>\n<body>\n<main>\n", html_style());
    html_put("<p class=\"over\">", visits, "</p>\n", out);
    if (report->count == 1) {
        w->exhibit = &report->exhibits[0];
        put_title(&page, 1, w->exhibit);
        put_figures(&page, w->exhibit->figures);
    } else {
        put_contents(&page, report);
        for (size_t i = 0; i < report->count; i++) {
            page.number = i + 1;
            w->exhibit = &report->exhibits[i];
            put_article(&page, w->exhibit);
        }
    }
    html_put("<footer>", told(w, "statistics.made"), "</footer>\n</main>\n</body>\n</html>\n", out);
    arena_finish(&w->arena);
}
