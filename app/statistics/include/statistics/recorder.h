/* Counts while the player runs. The player's thread only looks and adds up; a thread of the recorder's own
 * writes, at the end of a visit, so that no frame waits for a disk, and it sleeps until there is something:
 * it has no clock to wake it. Whatever goes wrong here is said in the log and the visit goes on. */
#ifndef STATISTICS_RECORDER_H
#define STATISTICS_RECORDER_H

#include "base/error.h"
#include "base/log.h"
#include "exhibit/site.h"
#include "visit/visit.h"

struct recorder;

/* What time it is. `steady` goes on while the machine sleeps, `awake` does not. */
struct recorder_time {
    int64_t wall_s; /* since 1970 */
    int64_t steady_ms, awake_ms;
};
struct recorder_options {
    const char *folder;             /* of the files, one for each exhibit; made where there is none; copied */
    const struct site_hours *hours; /* copied; NULL: not known */
    const struct log *log;          /* lent; may be NULL */
    /* NULL: the system's clocks. */
    struct recorder_time (*time)(void *context);
    void *time_context;
};

/* An exhibit's file is opened by the recorder's thread when something of it is looked at for the first time,
 * and closed when another exhibit is: that it cannot be is told to the log. ERROR_MACHINE for memory. */
struct recorder *recorder_create(const struct recorder_options *options, struct error *err);
/* A visit that is under way ends. Waits until all is written or has failed. Accepts NULL. */
void recorder_destroy(struct recorder *recorder);

/* struct player_observer's functions; the context is the recorder. From one thread. */
void recorder_see(void *context, const struct visit *visit, int64_t now_ms);
void recorder_zoomed(void *context);

#endif
