#include "statistics/figures.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_MOST 100 /* longer periods are shown by months */
#define MONTHS_MOST 48
#define DAYS_OF_A_CLOCK 73000 /* two centuries are a wrong clock */

/* ---- the period */

struct period {
    int first, last; /* days of which anything is known */
    int from, to;    /* that are asked for */
};

static struct period find_period(const struct cells *cells, int from, int to)
{
    struct period period = {99999999, 0, from, to};
    int last_coarse = 0;
    for (size_t i = 0; i < cells->count; i++) {
        int span = cells->items[i].span;
        if (span <= SPAN_EARLIER) {
            continue;
        }
        period.first = cells_first_day(span) < period.first ? cells_first_day(span) : period.first;
        period.last = span % 100 != 0 && span > period.last ? span : period.last;
        last_coarse = cells_last_day(span) > last_coarse ? cells_last_day(span) : last_coarse;
    }
    period.last = period.last != 0 ? period.last : last_coarse;
    return period;
}

enum where { OUTSIDE, PARTLY, INSIDE };

/* The rest of a month that has just begun ends with what is known of it. */
static enum where place_of(const struct period *period, int span)
{
    if (span == SPAN_UNSET) {
        return OUTSIDE;
    }
    int first = cells_first_day(span), last = cells_last_day(span);
    last = last > period->last && first <= period->last ? period->last : last;
    bool begins = period->from == 0 || first >= period->from, ends = period->to == 0 || last <= period->to;
    bool apart = (period->from != 0 && last < period->from) || (period->to != 0 && first > period->to);
    return begins && ends ? INSIDE : apart ? OUTSIDE : PARTLY;
}

/* ---- adding up */

static void add_bin(int64_t *bins, int count, const struct cell *cell)
{
    if (cell->bin >= 0 && cell->bin < count) {
        bins[cell->bin] += cell->n;
    }
}

static void add_cell(struct figures *f, const struct cell *cell)
{
    switch (cell->kind) {
    case CELL_VISITS:
        f->visits += cell->n;
        break;
    case CELL_HOUR:
        add_bin(f->hour, CELL_WEEK_BINS, cell);
        break;
    case CELL_RUN:
        add_bin(f->run_s, CELL_WEEK_BINS, cell);
        break;
    case CELL_OPEN:
        add_bin(f->open_s, CELL_WEEK_BINS, cell);
        f->hours_known = true;
        break;
    case CELL_MISSED:
        f->missed_s += cell->n;
        break;
    case CELL_LENGTH:
        add_bin(f->length, CELL_TIME_BINS, cell);
        break;
    case CELL_COUNT:
        add_bin(f->count, CELL_COUNT_MOST + 1, cell);
        break;
    case CELL_DAYS:
        add_bin(f->days, CELL_DAY_BINS, cell);
        break;
    case CELL_RATE:
        add_bin(f->rate, CELL_RATE_BINS, cell);
        break;
    default:
        break;
    }
}

/* ---- names */

struct gathering {
    struct cells_named *items;
    size_t count, capacity;
};

static bool gather_name(struct gathering *gathering, const char *name, int64_t n)
{
    for (size_t i = 0; i < gathering->count; i++) {
        if (strcmp(gathering->items[i].name, name) == 0) {
            gathering->items[i].n += n;
            return true;
        }
    }
    struct cells_named named = {name, n};
    return ARRAY_PUSH(gathering->items, gathering->count, gathering->capacity, named);
}

static bool make_names(
    const struct cells *cells, const struct period *period, enum cell_kind kind, struct figures_names *names)
{
    struct gathering gathering = {NULL, 0, 0};
    bool good = true;
    for (size_t i = 0; i < cells->count && good; i++) {
        const struct cell *cell = &cells->items[i];
        /* Notes are about the machine; those without a day hold for every period. */
        bool meant =
            place_of(period, cell->span) == INSIDE || (kind == CELL_NOTE && cell->span == SPAN_UNSET);
        good = cell->kind != kind || !meant || gather_name(&gathering, cell->name, cell->n);
    }
    names->items = gathering.items;
    names->count = gathering.count;
    if (cell_is_personal(kind) && gathering.count > 0) {
        names->count = cells_merge_names(gathering.items, gathering.count);
    }
    return good;
}

static bool has_name(const struct figures_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool make_dwell(const struct cells *cells, const struct period *period, struct figures *f)
{
    f->dwell = calloc(f->seen.count + 1, sizeof *f->dwell);
    if (f->dwell == NULL) {
        return false;
    }
    for (size_t i = 0; i < f->seen.count; i++) {
        struct figures_dwell *dwell = &f->dwell[f->dwell_count];
        dwell->name = f->seen.items[i].name;
        bool others = strcmp(dwell->name, CELL_OTHER) == 0;
        for (size_t j = 0; j < cells->count; j++) {
            const struct cell *cell = &cells->items[j];
            if (cell->kind == CELL_DWELL && place_of(period, cell->span) == INSIDE &&
                (strcmp(cell->name, dwell->name) == 0 || (others && !has_name(&f->seen, cell->name)))) {
                add_bin(dwell->bins, CELL_TIME_BINS, cell);
                dwell->n += cell->n;
            }
        }
        f->dwell_count += dwell->n >= CELL_LEAST;
        *dwell = dwell->n >= CELL_LEAST ? *dwell : (struct figures_dwell){.name = NULL};
    }
    return true;
}

/* ---- the series */

static int scaled(enum figures_scale scale, int span)
{
    return scale == SCALE_DAYS ? span : scale == SCALE_MONTHS ? cells_month_of(span) : cells_year_of(span);
}

static int next_span(enum figures_scale scale, int span)
{
    if (scale == SCALE_DAYS) {
        return cells_span_of_days(cells_days(span) + 1);
    }
    if (scale == SCALE_MONTHS) {
        return span / 100 % 100 == 12 ? cells_year_of(span) + 10100 : span + 100;
    }
    return span + 10000;
}

static bool is_fine_enough(enum figures_scale scale, int span)
{
    return span > SPAN_EARLIER &&
           (scale == SCALE_YEARS || span % 100 != 0 || (scale == SCALE_MONTHS && span % 10000 != 0));
}

static bool make_points(struct figures *f)
{
    size_t capacity = 0;
    int last = scaled(f->scale, f->to);
    for (int span = scaled(f->scale, f->from); span <= last; span = next_span(f->scale, span)) {
        struct figures_point point = {span, 0};
        if (!ARRAY_PUSH(f->series, f->series_count, capacity, point)) {
            return false;
        }
    }
    return true;
}

static bool make_series(const struct cells *cells, const struct period *period, struct figures *f)
{
    int64_t days = cells_days(f->to) - cells_days(f->from) + 1;
    f->scale = days <= DAYS_MOST                   ? SCALE_DAYS
               : days <= (int64_t)MONTHS_MOST * 31 ? SCALE_MONTHS
                                                   : SCALE_YEARS;
    if (f->from == 0 || days > DAYS_OF_A_CLOCK) {
        return true;
    }
    if (!make_points(f)) {
        return false;
    }
    for (size_t i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->items[i];
        if (cell->kind != CELL_VISITS || place_of(period, cell->span) != INSIDE) {
            continue;
        }
        bool placed = false;
        for (size_t p = 0; p < f->series_count && is_fine_enough(f->scale, cell->span) && !placed; p++) {
            placed = f->series[p].span == scaled(f->scale, cell->span);
            f->series[p].n += placed ? cell->n : 0;
        }
        f->series_rest += placed ? 0 : cell->n;
    }
    for (size_t p = 0; p < f->series_count; p++) {
        if (f->series[p].n < CELL_LEAST) {
            f->series_rest += f->series[p].n;
            f->series[p].n = 0;
        }
    }
    f->series_rest = f->series_rest < CELL_LEAST ? 0 : f->series_rest;
    return true;
}

/* ---- all of it */

bool figures_make(const struct cells *cells, int from, int to, struct figures *f)
{
    memset(f, 0, sizeof *f);
    struct period period = find_period(cells, from, to);
    if (period.last != 0) {
        f->from = from != 0 && from > period.first ? from : period.first;
        f->to = to != 0 && to < period.last ? to : period.last;
        if (f->from > f->to) {
            f->from = f->to = 0;
        }
    }
    for (size_t i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->items[i];
        enum where where = place_of(&period, cell->span);
        if (where == INSIDE) {
            add_cell(f, cell);
        } else if (where == PARTLY && cell->kind == CELL_VISITS) {
            f->left_out += cell->n;
        }
    }
    bool good =
        make_names(cells, &period, CELL_SEEN, &f->seen) &&
        make_names(cells, &period, CELL_LANGUAGE, &f->language) &&
        make_names(cells, &period, CELL_MODE, &f->mode) && make_names(cells, &period, CELL_USED, &f->used) &&
        make_names(cells, &period, CELL_END, &f->end) && make_names(cells, &period, CELL_NOTE, &f->note) &&
        make_dwell(cells, &period, f) && make_series(cells, &period, f);
    if (!good) {
        figures_finish(f);
    }
    return good;
}

void figures_finish(struct figures *f)
{
    free(f->seen.items);
    free(f->language.items);
    free(f->mode.items);
    free(f->used.items);
    free(f->end.items);
    free(f->note.items);
    free(f->dwell);
    free(f->series);
    memset(f, 0, sizeof *f);
}

bool figures_hours(
    const struct figures *f, int weekday, int64_t visits[24], int64_t seconds[24], int until[24])
{
    memset(visits, 0, 24 * sizeof *visits);
    memset(seconds, 0, 24 * sizeof *seconds);
    for (int bin = 0; bin < CELL_WEEK_BINS; bin++) {
        if (weekday < 0 || bin / 24 == weekday) {
            int64_t open = f->open_s[bin], run = f->run_s[bin];
            visits[bin % 24] += f->hour[bin];
            seconds[bin % 24] += f->hours_known && open < run ? open : run;
        }
    }
    return cells_merge_bins(visits, until, 24);
}

int64_t figures_counted(const int64_t seconds[24], const int until[24], int hour)
{
    int64_t counted = 0;
    for (int i = hour; i < until[hour]; i++) {
        counted += seconds[i];
    }
    return counted;
}

const struct figures_dwell *figures_find_dwell(const struct figures *f, const char *name)
{
    for (size_t i = 0; i < f->dwell_count; i++) {
        if (strcmp(f->dwell[i].name, name) == 0) {
            return &f->dwell[i];
        }
    }
    return NULL;
}

int64_t figures_note(const struct figures *f, const char *name)
{
    for (size_t i = 0; i < f->note.count; i++) {
        if (strcmp(f->note.items[i].name, name) == 0) {
            return f->note.items[i].n;
        }
    }
    return 0;
}
