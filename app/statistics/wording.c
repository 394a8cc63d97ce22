#include "wording.h"

#include "base/array.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* ---- words */

static const char *kept(struct str text)
{
    return text.data != NULL ? text.data : "";
}

const char *told_with(struct wording *w, const char *key, const char *a, const char *b, const char *c)
{
    const struct str values[] = {str_from(a), str_from(b), str_from(c)};
    struct str text =
        interface_format(w->report->words, w->report->language, key, &w->arena, values, ARRAY_LENGTH(values));
    return kept(arena_copy(&w->arena, text));
}

const char *told(struct wording *w, const char *key)
{
    return told_with(w, key, "", "", "");
}

const char *told_text(struct wording *w, const char *format, ...)
{
    size_t length;
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_print(&w->arena, &length, format, arguments);
    va_end(arguments);
    return text != NULL ? text : "";
}

static const char *told_own(struct wording *w, const char *key)
{
    return kept(arena_copy(&w->arena, interface_words(w->report->player, w->report->language, key)));
}

/* A number and its unit stay in one line. */
static const char *together(struct wording *w, const char *text)
{
    const char *space = strchr(text, ' ');
    return space == NULL ? text
                         : told_text(w, "%.*s\u00a0%s", (int)(space - text), text, together(w, space + 1));
}

/* ---- numbers */

const char *wording_number(struct wording *w, double value)
{
    bool decimal = value < 9.95 && fabs(value - round(value)) > 0.05;
    double whole = floor(value), tenths = round((value - whole) * 10);
    if (!decimal) {
        return wording_count(w, llround(value));
    }
    whole += tenths > 9 ? 1 : 0;
    return told_text(w, "%.0f%s%.0f", whole, told(w, "statistics.decimal"), tenths > 9 ? 0 : tenths);
}

const char *wording_count(struct wording *w, int64_t n)
{
    const char *mark = told(w, "statistics.thousands");
    const char *text = n >= 1000 ? wording_count(w, n / 1000) : "";
    return n >= 1000 ? told_text(w, "%s%s%03" PRId64, text, mark, n % 1000) : told_text(w, "%" PRId64, n);
}

const char *wording_share(struct wording *w, int64_t part, int64_t all)
{
    double percent = all > 0 ? 100.0 * (double)part / (double)all : 0;
    bool little = percent > 0 && percent < 0.5;
    const struct str number = str_from(wording_number(w, little ? 1 : round(percent)));
    const char *text = kept(arena_copy(&w->arena,
        interface_format(w->report->player, w->report->language, "menu.percent", &w->arena, &number, 1)));
    text = together(w, text);
    return little ? told_with(w, "statistics.under", text, "", "") : text;
}

static const char *say_time(struct wording *w, double seconds)
{
    long whole = lround(seconds);
    if (whole < 60) {
        return told_with(
            w, "statistics.seconds", wording_number(w, seconds < 9.5 ? seconds : (double)whole), "", "");
    }
    whole = whole < 600 ? (whole + 2) / 5 * 5 : (whole + 30) / 60 * 60;
    long minutes = whole / 60, rest = whole % 60;
    if (whole < 3600) {
        const char *number = wording_count(w, minutes);
        return rest == 0 ? told_with(w, "statistics.minutes", number, "", "")
                         : told_with(w, "statistics.minutes-seconds", number, wording_count(w, rest), "");
    }
    const char *hours = wording_count(w, minutes / 60);
    return minutes % 60 == 0
               ? told_with(w, "statistics.hours", hours, "", "")
               : told_with(w, "statistics.hours-minutes", hours, wording_count(w, minutes % 60), "");
}

const char *wording_time(struct wording *w, double seconds)
{
    return together(w, say_time(w, seconds));
}

const char *wording_bin(struct wording *w, int from, int until)
{
    const char *low = wording_time(w, cells_time_edge(from));
    if (until >= CELL_TIME_BINS) {
        return told_with(w, "statistics.more", low, "", "");
    }
    const char *high = wording_time(w, cells_time_edge(until));
    return from == 0 ? told_with(w, "statistics.under", high, "", "")
                     : told_with(w, "statistics.period", low, high, "");
}

/* ---- dates */

static struct date date_of(int span)
{
    return (struct date){span / 10000, span / 100 % 100, span % 100};
}

const char *wording_span(struct wording *w, int span)
{
    return kept(arena_copy(
        &w->arena, interface_date(w->report->player, w->report->language, date_of(span), &w->arena)));
}

const char *wording_days(struct wording *w, int from, int to)
{
    if (from == to) {
        return wording_span(w, from);
    }
    return kept(arena_copy(&w->arena,
        interface_date_range(w->report->player, w->report->language, date_of(from), date_of(to), &w->arena)));
}

const char *wording_short(struct wording *w, int span)
{
    int month = span / 100 % 100;
    const char *key = told_text(w, "month.%d", month);
    return told_with(
        w, "statistics.axis", wording_count(w, span % 100), told_own(w, key), wording_count(w, month));
}

const char *wording_weekday(struct wording *w, int weekday)
{
    return told(w, told_text(w, "weekday.%d", weekday + 1));
}

const char *wording_hours(struct wording *w, int from, int until)
{
    return told_with(
        w, "statistics.period", told_text(w, "%02d:00", from), told_text(w, "%02d:00", until), "");
}

/* ---- spread */

struct wording_spread wording_spread(const int64_t *bins, int count, double (*edge)(int bin))
{
    int64_t all = 0;
    for (int i = 0; i < count; i++) {
        all += bins[i];
    }
    return (struct wording_spread){cells_quantile(bins, count, edge, 0.25),
        cells_quantile(bins, count, edge, 0.5), cells_quantile(bins, count, edge, 0.75), all >= CELL_LEAST};
}

static double whole_quantile(const int64_t *bins, int64_t all, double share)
{
    int64_t below = 0;
    for (int i = 0; i <= CELL_COUNT_MOST; i++) {
        below += bins[i];
        if ((double)below >= share * (double)all && below > 0) {
            return i;
        }
    }
    return 0;
}

struct wording_spread wording_places(const int64_t *bins)
{
    int64_t all = 0;
    for (int i = 0; i <= CELL_COUNT_MOST; i++) {
        all += bins[i];
    }
    return (struct wording_spread){whole_quantile(bins, all, 0.25), whole_quantile(bins, all, 0.5),
        whole_quantile(bins, all, 0.75), all >= CELL_LEAST};
}

/* ---- names */

/* `own`: the words are the player's, as a visitor sees them. */
static const struct {
    const char *name, *key;
    enum cell_kind kind;
    bool own;
} labels[] = {
    {"contrast", "bar.contrast", CELL_MODE, true},
    {"low-reach", "bar.low-reach", CELL_MODE, true},
    {"less-movement", "menu.calm", CELL_MODE, true},
    {"listen", "bar.listen", CELL_MODE, true},
    {"captions", "statistics.captions", CELL_MODE, false},
    {"keys", "statistics.keys", CELL_MODE, false},
    {"zoom", "statistics.zoom", CELL_USED, false},
    {"listen", "statistics.aloud", CELL_USED, false},
    {"guided-reading", "tour", CELL_USED, true},
    {"search", "search", CELL_USED, true},
    {"answers", "statistics.answers", CELL_USED, false},
    {"lines", "statistics.lines", CELL_USED, false},
    {"home", "bar.home", CELL_SEEN, true},
    {"read", "view.tabs", CELL_SEEN, true},
    {"meaning", "meaning", CELL_SEEN, true},
    {"people", "people", CELL_SEEN, true},
    {"places", "places", CELL_SEEN, true},
    {"timeline", "timeline", CELL_SEEN, true},
    {"words", "words", CELL_SEEN, true},
    {"related", "related", CELL_SEEN, true},
    {"questions", "questions", CELL_SEEN, true},
    {"about", "about", CELL_SEEN, true},
    {"search", "search", CELL_SEEN, true},
};

static const char *text_size(struct wording *w, const char *name)
{
    int percent;
    if (sscanf(name, "text-%3d", &percent) != 1) { /* NOLINT(cert-err34-c): what is no number is left */
        return NULL;
    }
    return told_with(w, "statistics.text", wording_share(w, percent, 100), "", "");
}

const char *wording_label(struct wording *w, enum cell_kind kind, const char *name)
{
    enum cell_kind meant = kind == CELL_END || kind == CELL_DWELL ? CELL_SEEN : kind;
    const struct report_exhibit *exhibit = w->exhibit;
    if (strcmp(name, CELL_OTHER) == 0) {
        return told(w, "statistics.others");
    }
    for (size_t i = 0; i < ARRAY_LENGTH(labels); i++) {
        if (labels[i].kind == meant && strcmp(labels[i].name, name) == 0) {
            return labels[i].own ? told_own(w, labels[i].key) : told(w, labels[i].key);
        }
    }
    const char *label = meant == CELL_MODE ? text_size(w, name) : NULL;
    if (label == NULL && exhibit != NULL && exhibit->label != NULL) {
        label = exhibit->label(exhibit->context, meant, name);
    }
    return told_text(w, "%s", label != NULL ? label : name);
}

const char *wording_title(struct wording *w, const struct report_exhibit *exhibit)
{
    bool known = exhibit->title != NULL && exhibit->title[0] != '\0';
    return known ? exhibit->title : told(w, "statistics.untitled");
}
