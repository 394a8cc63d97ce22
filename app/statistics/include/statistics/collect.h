/* What one visit adds to the sums. A pure state machine: the player shows what it shows, one look after
 * another; at the end of a visit there is one sum, and nothing else is left of it. */
#ifndef STATISTICS_COLLECT_H
#define STATISTICS_COLLECT_H

#include "statistics/cells.h"
#include "visit/visit.h"

#define COLLECT_PLACES 64 /* what is seen after so many different ones counts as CELL_OTHER */
#define COLLECT_LANGUAGES 12
#define COLLECT_SUSPECT_MS 600000  /* a visit so long at one place, with nothing used, may be none */
#define COLLECT_LONGEST_MS 5400000 /* so is one of an hour and a half */
#define COLLECT_ROW 10             /* so many visits of one touch in a row are thought to be nobody's */

enum collect_mode {
    MODE_TEXT_125,
    MODE_TEXT_150,
    MODE_TEXT_200,
    MODE_CONTRAST,
    MODE_LOW_REACH,
    MODE_CALM,
    MODE_LISTEN,
    MODE_CAPTIONS,
    MODE_KEYS,
    COLLECT_MODES
};
enum collect_use { USED_ZOOM, USED_LISTEN, USED_TOUR, USED_SEARCH, USED_ANSWERS, USED_LINES, COLLECT_USES };
/* Their names in the cells: "text-125" ... */
const char *collect_mode_name(int mode);
const char *collect_use_name(int use);

struct collect_part {
    char name[CELL_NAME_MAX + 1];
    int64_t ms;
    bool timed; /* it was left again, so that how long it was there is known */
};

/* One visit, running or over. */
struct visit_sum {
    int64_t length_ms; /* from the first touch to the last sign of somebody being there */
    struct collect_part places[COLLECT_PLACES];
    int place_count;
    struct collect_part languages[COLLECT_LANGUAGES];
    int language_count;
    unsigned modes, uses; /* bits of the above */
    int touches;          /* looks in which there was new input */
    int at;               /* the place where it is, or ended: index of places */
    bool cleaned;         /* the screen was locked for cleaning: no visitor's visit */
};

struct collector { /* zero: nobody is there */
    bool running;
    struct visit_sum sum;
    int64_t begun_ms, active_ms; /* the last sign of somebody */
    int64_t counted_ms;          /* up to here time was given to places and languages */
    int64_t input_ms;            /* the visit's last input, as seen */
    int language;                /* index of languages */
    int row;                     /* visits of one touch since the last that was more */
};

enum collected { COLLECTED_NOTHING, COLLECTED_BEGIN, COLLECTED_END };
/* A look at the visit, whenever something may have changed. `now_ms` never goes back. At COLLECTED_END
 * `ended` is what the visit was; what begins and ends between two looks is not seen. A classroom is never
 * looked at: nothing happens there. */
enum collected collect_see(
    struct collector *collector, const struct visit *visit, int64_t now_ms, struct visit_sum *ended);
/* The page was zoomed by hand. */
void collect_zoom(struct collector *collector);
/* The player ends: so does the visit. */
enum collected collect_stop(struct collector *collector, struct visit_sum *ended);

/* Is it likely that this was no visitor: a stuck touch, a wet screen? */
bool collect_suspect(const struct visit_sum *sum);
/* Was it one touch and no more? */
bool collect_bounced(const struct visit_sum *sum);

/* Adds the visit that began on this day at this hour to the cells. A suspect or cleaned one adds nothing but
 * a note. False when out of memory. */
bool collect_add(const struct visit_sum *sum, int day, int hour, struct cells *cells);

#endif
