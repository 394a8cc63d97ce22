/* What a report tells: the cells of a period, added up, with what is too small merged. Pure. */
#ifndef STATISTICS_FIGURES_H
#define STATISTICS_FIGURES_H

#include "statistics/cells.h"

struct figures_names {
    struct cells_named *items; /* the greatest first; CELL_OTHER last; names lent from the cells */
    size_t count;
};
struct figures_dwell {
    const char *name;
    int64_t bins[CELL_TIME_BINS];
    int64_t n;
};
enum figures_scale { SCALE_DAYS, SCALE_MONTHS, SCALE_YEARS };
struct figures_point {
    int span;
    int64_t n; /* 0 too where there were fewer than CELL_LEAST */
};

struct figures {
    int from, to;     /* days, both included; 0 when nothing is known */
    int64_t visits;   /* in the period */
    int64_t left_out; /* known only by a month or year that lies partly outside */
    int64_t length[CELL_TIME_BINS], count[CELL_COUNT_MOST + 1];
    int64_t days[CELL_DAY_BINS], rate[CELL_RATE_BINS];
    int64_t hour[CELL_WEEK_BINS];             /* visits */
    int64_t run_s[CELL_WEEK_BINS];            /* seconds in which the player ran */
    int64_t open_s[CELL_WEEK_BINS], missed_s; /* where opening hours are known, of days that are over */
    bool hours_known;
    struct figures_names seen, language, mode, used, end, note;
    struct figures_dwell *dwell; /* of the places in `seen` */
    size_t dwell_count;
    enum figures_scale scale;
    struct figures_point *series; /* without gaps, in order */
    size_t series_count;
    int64_t series_rest; /* visits that the series does not show: too few in their day, or known less closely;
                            0 when they are too few too */
};

/* `from` and `to` are days, 0: as far as there is something. `cells` is lent for the figures' life. False
 * when out of memory. */
bool figures_make(const struct cells *cells, int from, int to, struct figures *figures);
void figures_finish(struct figures *figures);

/* One weekday's hours, or all days' (weekday < 0): visits and counted seconds by hour, and `until` as
 * cells_merge_bins() gives it. False when there are too few to tell. The seconds are those of opening hours
 * in which the player ran, or where these are not known all in which it ran. */
bool figures_hours(
    const struct figures *figures, int weekday, int64_t visits[24], int64_t seconds[24], int until[24]);
/* The seconds that were counted in the hours told together with this one; 0 where it is told with an earlier
 * one. */
int64_t figures_counted(const int64_t seconds[24], const int until[24], int hour);
/* The dwell of a place; NULL when it has too few. */
const struct figures_dwell *figures_find_dwell(const struct figures *figures, const char *name);
int64_t figures_note(const struct figures *figures, const char *name);

#endif
