/* How a player is, for whoever looks after many: vitrine.prom in Prometheus' text format, for node_exporter's
 * textfile collector, and vitrine.json. Both are made beside and moved into place, so that a reader never
 * sees half of one. */
#ifndef KEEPER_STATUS_H
#define KEEPER_STATUS_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define STATUS_HASH_MAX 64

struct status {
    const char *version, *exhibit;
    char hash[STATUS_HASH_MAX + 1]; /* of the exhibit, hexadecimal; empty: not known */
    int64_t started_s, written_s;   /* of the wall's clock */
    int64_t uptime_s;
    int64_t visitor_s; /* when somebody touched it last; 0: nobody yet */
    bool closed;       /* outside the opening hours */
    bool trouble;      /* the exhibit cannot be shown: a message for the staff stands there */
    unsigned long frames, late_frames;
    long decoder_restarts, tiles_failed, faults;
    bool has_temperature;
    double temperature; /* the hottest zone, degrees Celsius */
};

void status_write_prometheus(const struct status *status, FILE *out);
void status_write_json(const struct status *status, FILE *out);
/* Writes both into the folder, which must be there. ERROR_MACHINE: the files are the old ones, or not there.
 */
bool status_write(const struct status *status, const char *folder, struct error *err);
/* Does one say something else than the other, the passing of time and of frames left aside? */
bool status_differs(const struct status *a, const struct status *b);
/* The hottest of the zones under a folder such as /sys/class/thermal. False: there is none. */
bool status_temperature(const char *folder, double *celsius);

#endif
