#include "wording.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"};

/* ---- numbers */

const char *wording_time(double seconds, char *buffer)
{
    long whole = lround(seconds);
    if (seconds < 9.5 && fabs(seconds - (double)whole) > 0.05) {
        snprintf(buffer, WORDING_MAX, "%.1f s", seconds);
    } else if (whole < 60) {
        snprintf(buffer, WORDING_MAX, "%ld s", whole);
    } else if (whole < 600) {
        whole = (whole + 2) / 5 * 5;
        snprintf(buffer, WORDING_MAX, whole % 60 != 0 ? "%ld min %ld s" : "%ld min", whole / 60, whole % 60);
    } else if (whole < 3600) {
        snprintf(buffer, WORDING_MAX, "%ld min", (whole + 30) / 60);
    } else {
        long minutes = (whole + 30) / 60;
        snprintf(
            buffer, WORDING_MAX, minutes % 60 != 0 ? "%ld h %ld min" : "%ld h", minutes / 60, minutes % 60);
    }
    return buffer;
}

const char *wording_bin(int from, int until, char *buffer)
{
    char low[WORDING_MAX], high[WORDING_MAX];
    wording_time(cells_time_edge(from), low);
    if (until >= CELL_TIME_BINS) {
        snprintf(buffer, WORDING_MAX, "%.100s and more", low);
    } else if (from == 0) {
        snprintf(buffer, WORDING_MAX, "under %.100s", wording_time(cells_time_edge(until), high));
    } else {
        snprintf(buffer, WORDING_MAX, "%.100s to %.100s", low, wording_time(cells_time_edge(until), high));
    }
    return buffer;
}

const char *wording_number(double value, char *buffer)
{
    snprintf(buffer, WORDING_MAX, value < 9.95 && fabs(value - round(value)) > 0.05 ? "%.1f" : "%.0f", value);
    return buffer;
}

const char *wording_count(int64_t n, char *buffer)
{
    char digits[32];
    size_t at = 0;
    int length = snprintf(digits, sizeof digits, "%" PRId64, n < 0 ? -n : n);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            buffer[at++] = ',';
        }
        buffer[at++] = digits[i];
    }
    buffer[at] = '\0';
    return buffer;
}

const char *wording_share(int64_t part, int64_t all, char *buffer)
{
    double percent = all > 0 ? 100.0 * (double)part / (double)all : 0;
    if (percent > 0 && percent < 0.5) {
        snprintf(buffer, WORDING_MAX, "under 1 %%");
    } else {
        snprintf(buffer, WORDING_MAX, "%.0f %%", percent);
    }
    return buffer;
}

const char *wording_span(int span, char *buffer)
{
    int year = span / 10000, month = span / 100 % 100, day = span % 100;
    if (span == SPAN_EARLIER) {
        snprintf(buffer, WORDING_MAX, "earlier");
    } else if (month < 1 || month > 12) {
        snprintf(buffer, WORDING_MAX, "%d", year);
    } else if (day == 0) {
        snprintf(buffer, WORDING_MAX, "%s %d", months[month - 1], year);
    } else {
        snprintf(buffer, WORDING_MAX, "%d %s %d", day, months[month - 1], year);
    }
    return buffer;
}

const char *wording_weekday(int weekday)
{
    static const char *const names[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    return names[(unsigned)weekday % 7];
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

static const struct {
    enum cell_kind kind;
    const char *name, *label;
} labels[] = {
    {CELL_MODE, "text-125", "Text at 125 %"},
    {CELL_MODE, "text-150", "Text at 150 %"},
    {CELL_MODE, "text-200", "Text at 200 %"},
    {CELL_MODE, "contrast", "High contrast"},
    {CELL_MODE, "low-reach", "Low reach"},
    {CELL_MODE, "less-movement", "Less movement"},
    {CELL_MODE, "listen", "Listen"},
    {CELL_MODE, "captions", "Captions in place of sound"},
    {CELL_MODE, "keys", "Keys in place of touch"},
    {CELL_USED, "zoom", "Looked closer at a page"},
    {CELL_USED, "listen", "Had it read aloud"},
    {CELL_USED, "guided-reading", "Guided reading"},
    {CELL_USED, "search", "Search"},
    {CELL_USED, "answers", "Looked at an answer"},
    {CELL_USED, "lines", "Touched a line of the document"},
    {CELL_SEEN, "home", "Home"},
    {CELL_SEEN, "read", "The document: ways to read it"},
    {CELL_SEEN, "meaning", "What it means"},
    {CELL_SEEN, "people", "People"},
    {CELL_SEEN, "places", "Places"},
    {CELL_SEEN, "timeline", "Timeline"},
    {CELL_SEEN, "words", "Words"},
    {CELL_SEEN, "related", "Related documents"},
    {CELL_SEEN, "questions", "Questions"},
    {CELL_SEEN, "about", "About & sources"},
    {CELL_SEEN, "search", "Search"},
};

const char *wording_label(
    const struct report_words *words, enum cell_kind kind, const char *name, char *buffer)
{
    enum cell_kind meant = kind == CELL_END || kind == CELL_DWELL ? CELL_SEEN : kind;
    const char *label = NULL;
    if (strcmp(name, CELL_OTHER) == 0) {
        label = meant == CELL_SEEN ? "All others together" : "Others together";
    }
    for (size_t i = 0; label == NULL && i < sizeof labels / sizeof labels[0]; i++) {
        label = labels[i].kind == meant && strcmp(labels[i].name, name) == 0 ? labels[i].label : NULL;
    }
    if (label == NULL && words->label != NULL) {
        label = words->label(words->context, meant, name);
    }
    snprintf(buffer, WORDING_MAX, "%s", label != NULL ? label : name);
    return buffer;
}

/* ---- notes */

static void say_missed(const struct figures *f, char *buffer)
{
    int64_t open = 0;
    char missed[WORDING_MAX], share[WORDING_MAX];
    for (int i = 0; i < CELL_WEEK_BINS; i++) {
        open += f->open_s[i];
    }
    if (f->hours_known && f->missed_s > 0) {
        snprintf(buffer, WORDING_MAX,
            "The player did not run in %.60s of the opening hours (%.20s). These hours are not counted as "
            "open.",
            wording_time((double)f->missed_s, missed), wording_share(f->missed_s, open, share));
    } else if (f->hours_known) {
        snprintf(buffer, WORDING_MAX, "The player ran in all opening hours.");
    } else {
        snprintf(buffer, WORDING_MAX,
            "The site file gives no opening hours: an open hour here is one in which the player ran.");
    }
}

static void say_left_out(const struct figures *f, char *buffer)
{
    char count[WORDING_MAX];
    if (f->left_out > 0) {
        snprintf(buffer, WORDING_MAX,
            "%.40s visits are known only by a month or year that lies partly outside this period; they are "
            "not in "
            "these figures.",
            wording_count(f->left_out, count));
    }
}

static const struct {
    const char *name, *one, *many; /* %s stands first */
} notes[] = {
    {"dropped", "One visit could not be written to the disk and is missing.",
        "%s visits could not be written to the disk and are missing."},
    {"damaged",
        "Once the file of these statistics was damaged and was begun anew; what was before is not here.",
        "%s times the file of these statistics was damaged and was begun anew; what was before is not here."},
    {"clock",
        "Once the clock was set forward or back while the player ran: visits about that time may stand in a "
        "wrong hour.",
        "%s times the clock was set forward or back while the player ran: visits about those times may stand "
        "in a "
        "wrong hour."},
    {"unset", "One visit took place while the clock had not been set; it is not in these figures.",
        "%s visits took place while the clock had not been set; they are not in these figures."},
    {"suspect",
        "One visit is left out because it was probably nobody: very long, or many touches that led nowhere.",
        "%s visits are left out because they were probably nobody: very long, or many touches that led "
        "nowhere. A "
        "wet or worn screen touches itself."},
    {"row", "Once ten visits in a row were a single touch each: look whether the screen touches itself.",
        "%s times ten visits in a row were a single touch each: look whether the screen touches itself."},
    {"cleaning", "Once the screen was locked for cleaning; that is not counted as a visit.",
        "%s times the screen was locked for cleaning; that is not counted as a visit."},
    {"cut", "Once the player ended without saying so, as in a power cut.",
        "%s times the player ended without saying so, as in a power cut."},
};

enum { NOTES = sizeof notes / sizeof notes[0], FIXED = 3 };

static void say_noted(const struct figures *f, int index, char *buffer)
{
    char count[WORDING_MAX];
    int64_t n = strcmp(notes[index].name, "cut") != 0
                    ? figures_note(f, notes[index].name)
                    : figures_note(f, "begun") - figures_note(f, "ended") - 1; /* it may be running now */
    if (n == 1) {
        snprintf(buffer, WORDING_MAX, "%s", notes[index].one);
    } else if (n > 1) {
        char form[WORDING_MAX];
        snprintf(form, sizeof form, "%s", notes[index].many + 2);
        snprintf(buffer, WORDING_MAX, "%.40s%.270s", wording_count(n, count), form);
    }
}

bool wording_note(const struct figures *f, int index, char *buffer)
{
    int said = -1;
    for (int i = 0; i < NOTES + FIXED; i++) {
        buffer[0] = '\0';
        if (i == 0) {
            say_missed(f, buffer);
        } else if (i == 1) {
            say_left_out(f, buffer);
        } else if (i < NOTES + 2) {
            say_noted(f, i - 2, buffer);
        } else {
            snprintf(buffer, WORDING_MAX,
                "A visit ends with its last touch, or with what was being read aloud: how long somebody went "
                "on "
                "reading after that cannot be known.");
        }
        said += buffer[0] != '\0';
        if (said == index) {
            return true;
        }
    }
    return false;
}
