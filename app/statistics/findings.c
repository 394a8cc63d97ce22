/* What the figures say, in one line each: the titles of the page's sections. */
#include "wording.h"

#include <string.h>

const char *finding_came(struct wording *w, const struct figures *f)
{
    struct wording_spread spread = wording_spread(f->days, CELL_DAY_BINS, cells_day_edge);
    return spread.known ? told_with(w, "statistics.came.found", wording_number(w, spread.low),
                              wording_number(w, spread.high), "")
                        : NULL;
}

/* The hours of a weekday in which most came, for the time that was open. */
const char *finding_week(struct wording *w, const struct figures *f)
{
    int64_t visits[24], seconds[24];
    int until[24], best_day = -1, from = 0, to = 0;
    double best = 0;
    for (int day = 0; day < 7; day++) {
        bool enough = figures_hours(f, day, visits, seconds, until);
        for (int hour = 0; hour < 24 && enough; hour++) {
            int64_t counted = figures_counted(seconds, until, hour);
            double rate = counted > 0 ? (double)visits[hour] / (double)counted : 0;
            if (rate > best) {
                best = rate;
                best_day = day;
                from = hour;
                to = until[hour];
            }
        }
    }
    return best_day >= 0 ? told_with(w, "statistics.week.found", wording_weekday(w, best_day),
                               told_text(w, "%02d:00", from), told_text(w, "%02d:00", to))
                         : NULL;
}

const char *finding_stay(struct wording *w, const struct figures *f)
{
    struct wording_spread spread = wording_spread(f->length, CELL_TIME_BINS, cells_time_edge);
    return spread.known ? told_with(w, "statistics.stay.found", wording_time(w, spread.low),
                              wording_time(w, spread.high), "")
                        : NULL;
}

const struct figures_names *finding_list(const struct figures *f, enum cell_kind kind)
{
    switch (kind) {
    case CELL_SEEN:
        return &f->seen;
    case CELL_LANGUAGE:
        return &f->language;
    case CELL_MODE:
        return &f->mode;
    case CELL_USED:
        return &f->used;
    default:
        return &f->end;
    }
}

const char *finding_names(struct wording *w, const char *key, enum cell_kind kind, const struct figures *f)
{
    const struct figures_names *names = finding_list(f, kind);
    for (size_t i = 0; i < names->count; i++) {
        const struct cells_named *named = &names->items[i];
        bool first_screen = kind == CELL_SEEN && strcmp(named->name, "home") == 0;
        if (!first_screen && strcmp(named->name, CELL_OTHER) != 0) {
            return told_with(
                w, key, wording_label(w, kind, named->name), wording_share(w, named->n, f->visits), "");
        }
    }
    return NULL;
}
