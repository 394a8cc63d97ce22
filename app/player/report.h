/* What a sitting was like, measured: the JSON of --report. */
#ifndef PLAYER_REPORT_H
#define PLAYER_REPORT_H

#include "player/player.h"

struct samples { /* milliseconds; the last SAMPLES_MAX of them */
    double *values;
    size_t count, capacity;
    size_t total; /* also those that were overwritten */
};
#define SAMPLES_MAX 200000

/* What the calling thread has done by a moment. */
struct occupation {
    int64_t cpu_ns;  /* it ran */
    int64_t wait_ns; /* it could have run, and had no processor; -1: the system does not say */
};
/* Where an interval went: what is in neither it slept, for its time had not come or the display was busy. */
struct interval {
    double at_ms, length_ms, cpu_ms, wait_ms; /* at: its end, from process start; wait < 0: not known */
};

struct report {
    double first_frame_ms, place_ready_ms; /* from process start; < 0: did not happen */
    struct samples jumps, frames, intervals;
    struct interval worst; /* the longest of the intervals */
    struct occupation occupied;
    int schedstat_fd; /* of the thread that presents; 0: not opened yet; < 0: none */
    long frame_count, late_frames, rest_wakeups;
    double rest_s;
    double start_ms;     /* process start on the boot clock */
    double before_cpu_s; /* spent in this process before it was this program */
};

void samples_add(struct samples *samples, double value);
void report_finish(struct report *report);

/* To be called before anything else. A shell that ended with `exec` was this process before, for as long as
 * it liked: that it was is seen by children that have ended, and then time counts from here. */
void report_start(struct report *report);
/* A frame was presented: `interval_ms` after the one before while something moved; < 0: nothing was moving.
 * By one thread only. */
void report_presented(struct report *report, double interval_ms, int refresh_hz);
/* Milliseconds since this process was started. */
double report_age_ms(const struct report *report);

struct report_end { /* what is known at the end only */
    const char *driver;
    struct size size;
    struct scan_statistics tiles;
    double cpu_s;
    long peak_rss_kb;
};
/* Memory of this process and its decoders at their largest, pages that they share counted in each. */
long report_peak_rss_kb(const struct scan *scan);
/* CPU seconds of this process and the children that have ended. */
double report_cpu_s(const struct report *report);
bool report_write(
    const struct report *report, const struct report_end *end, const char *path, struct error *err);

#endif
