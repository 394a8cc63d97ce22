#include "statistics/cells.h"

#include "base/array.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cells_finish(struct cells *cells)
{
    free(cells->items);
    *cells = (struct cells){.items = NULL};
}

static struct cell *find(const struct cells *cells, int span, enum cell_kind kind, const char *name, int bin)
{
    for (size_t i = 0; i < cells->count; i++) {
        struct cell *cell = &cells->items[i];
        if (cell->span == span && cell->kind == kind && cell->bin == bin && strcmp(cell->name, name) == 0) {
            return cell;
        }
    }
    return NULL;
}

bool cells_add(struct cells *cells, int span, enum cell_kind kind, const char *name, int bin, int64_t n)
{
    struct cell cell = {.span = span, .kind = kind, .bin = bin, .n = n};
    snprintf(cell.name, sizeof cell.name, "%s", name != NULL ? name : "");
    struct cell *known = find(cells, span, kind, cell.name, bin);
    if (known != NULL) {
        known->n += n;
        return true;
    }
    return ARRAY_PUSH(cells->items, cells->count, cells->capacity, cell);
}

int64_t cells_sum(const struct cells *cells, enum cell_kind kind, const char *name)
{
    int64_t sum = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->items[i];
        sum += cell->kind == kind && (name == NULL || strcmp(cell->name, name) == 0) ? cell->n : 0;
    }
    return sum;
}

bool cell_is_personal(enum cell_kind kind)
{
    switch (kind) {
    case CELL_VISITS:
    case CELL_HOUR:
    case CELL_LENGTH:
    case CELL_COUNT:
    case CELL_SEEN:
    case CELL_DWELL:
    case CELL_LANGUAGE:
    case CELL_MODE:
    case CELL_USED:
    case CELL_END:
        return true;
    default:
        return false;
    }
}

/* ---- bins */

static const double time_edges[CELL_TIME_BINS] = {
    0, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700};
static const double day_edges[CELL_DAY_BINS] = {
    0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500};
static const double rate_edges[CELL_RATE_BINS] = {0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40};

static double edge_of(const double *edges, int count, int bin)
{
    return bin < 0 ? edges[0] : bin < count ? edges[bin] : edges[count - 1];
}

static int bin_of(const double *edges, int count, double value)
{
    int bin = count - 1;
    while (bin > 0 && !(value >= edges[bin])) {
        bin--;
    }
    return bin;
}

double cells_time_edge(int bin)
{
    return edge_of(time_edges, CELL_TIME_BINS, bin);
}

int cells_time_bin(double seconds)
{
    return bin_of(time_edges, CELL_TIME_BINS, seconds);
}

double cells_day_edge(int bin)
{
    return edge_of(day_edges, CELL_DAY_BINS, bin);
}

int cells_day_bin(double visits)
{
    return bin_of(day_edges, CELL_DAY_BINS, visits);
}

double cells_rate_edge(int bin)
{
    return edge_of(rate_edges, CELL_RATE_BINS, bin);
}

int cells_rate_bin(double visits_an_hour)
{
    return bin_of(rate_edges, CELL_RATE_BINS, visits_an_hour);
}

double cells_quantile(const int64_t *bins, int count, double (*edge)(int bin), double share)
{
    double all = 0, below = 0;
    for (int i = 0; i < count; i++) {
        all += (double)bins[i];
    }
    for (int i = 0; i < count && all > 0; i++) {
        double here = (double)bins[i];
        if (here > 0 && below + here >= share * all) {
            double low = edge(i), high = i + 1 < count ? edge(i + 1) : low;
            return low + (high - low) * (share * all - below) / here;
        }
        below += here;
    }
    return (double)NAN;
}

/* ---- too few */

/* The bin in which the middle one of all lies. */
static int middle(const int64_t *bins, int count)
{
    int64_t all = 0, below = 0;
    for (int i = 0; i < count; i++) {
        all += bins[i];
    }
    for (int i = 0; i < count; i++) {
        below += bins[i];
        if (2 * below >= all) {
            return i;
        }
    }
    return 0;
}

static bool is_small(int64_t n)
{
    return n > 0 && n < CELL_LEAST;
}

/* One group of bins from `first` up to `end`, exclusive; its sum stands in the first. */
static void join(int64_t *bins, int *until, int first, int end)
{
    int64_t sum = 0;
    for (int i = first; i < end; i++) {
        sum += bins[i];
        bins[i] = 0;
        until[i] = 0;
    }
    bins[first] = sum;
    until[first] = end;
}

static int group_of(const int *until, int bin)
{
    while (bin > 0 && until[bin] == 0) {
        bin--;
    }
    return bin;
}

/* From an end towards the middle: what is too small waits for its neighbours until there are enough. */
static void join_towards(int64_t *bins, int *until, int from, int centre)
{
    int step = from < centre ? 1 : -1, waiting = -1;
    int64_t sum = 0;
    for (int i = from; i != centre + step; i += step) {
        if (waiting < 0 && is_small(bins[i]) && i != centre) {
            waiting = i;
            sum = 0;
        }
        if (waiting >= 0) {
            sum += bins[i];
            if (sum >= CELL_LEAST || i == centre) {
                int low = waiting < i ? waiting : i, high = waiting < i ? i : waiting;
                high = until[high] > high ? until[high] : high + 1;
                join(bins, until, group_of(until, low), high);
                waiting = -1;
            }
        }
    }
}

/* The middle has too few by itself: it goes with what is next to it on the right, or else on the left. */
static void join_middle(int64_t *bins, int *until, int count, int centre)
{
    int first = group_of(until, centre);
    for (int i = until[first]; i < count; i++) {
        if (until[i] > 0 && bins[i] > 0) {
            join(bins, until, first, until[i]);
            return;
        }
    }
    for (int i = first - 1; i >= 0; i--) {
        if (until[i] > 0 && bins[i] > 0) {
            join(bins, until, i, until[first]);
            return;
        }
    }
}

bool cells_merge_bins(int64_t *bins, int *until, int count)
{
    int centre = middle(bins, count);
    int64_t all = 0;
    for (int i = 0; i < count; i++) {
        until[i] = i + 1;
        all += bins[i];
    }
    join_towards(bins, until, 0, centre);
    join_towards(bins, until, count - 1, centre);
    if (is_small(bins[group_of(until, centre)])) {
        join_middle(bins, until, count, centre);
    }
    return all >= CELL_LEAST;
}

/* The greatest first; names decide where that is equal, so that the same figures give the same report. */
static int compare(const void *a, const void *b)
{
    const struct cells_named *one = a, *two = b;
    bool other_one = strcmp(one->name, CELL_OTHER) == 0, other_two = strcmp(two->name, CELL_OTHER) == 0;
    if (other_one != other_two) {
        return other_one ? 1 : -1;
    }
    return one->n != two->n ? (one->n > two->n ? -1 : 1) : strcmp(one->name, two->name);
}

size_t cells_merge_names(struct cells_named *named, size_t count)
{
    int64_t other = 0;
    if (count > 1) {
        qsort(named, count, sizeof *named, compare);
    }
    if (count > 0 && strcmp(named[count - 1].name, CELL_OTHER) == 0) {
        other = named[--count].n;
    }
    while (count > 0 && (named[count - 1].n < CELL_LEAST || is_small(other))) {
        other += named[--count].n;
    }
    if (other >= CELL_LEAST) {
        named[count++] = (struct cells_named){CELL_OTHER, other};
    }
    return count;
}
