#include "report.h"

#include "base/array.h"
#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

void samples_add(struct samples *samples, double value)
{
    if (samples->count < SAMPLES_MAX) {
        if (!ARRAY_PUSH(samples->values, samples->count, samples->capacity, value)) {
            return; /* a figure less, not a visit less */
        }
    } else {
        samples->values[samples->total % SAMPLES_MAX] = value;
    }
    samples->total++;
}

void report_finish(struct report *report)
{
    free(report->jumps.values);
    free(report->frames.values);
    free(report->intervals.values);
    if (report->schedstat_fd > 0) {
        close(report->schedstat_fd);
    }
    *report = (struct report){0};
}

/* Field 22 of /proc/self/stat, in ticks since boot; the fields before it are counted from the parenthesis
 * that ends the name. */
static bool process_start_ms(double *start_ms)
{
    char text[1024];
    FILE *file = fopen("/proc/self/stat", "re");
    size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    text[length] = '\0';
    char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 22; field++) {
        at = strchr(at + 1, ' ');
    }
    if (at == NULL) {
        return false;
    }
    *start_ms = (double)strtoull(at, NULL, 10) * 1000.0 / (double)sysconf(_SC_CLK_TCK);
    return true;
}

static double boot_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double)now.tv_sec * 1000.0 + (double)now.tv_nsec / 1e6;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double cpu_s(const struct rusage *usage)
{
    return seconds(usage->ru_utime) + seconds(usage->ru_stime);
}

void report_start(struct report *report)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    bool was_another = children.ru_maxrss != 0;
    *report = (struct report){.first_frame_ms = -1, .place_ready_ms = -1};
    if (was_another || !process_start_ms(&report->start_ms)) {
        report->start_ms = boot_clock_ms();
    }
    report->before_cpu_s = was_another ? cpu_s(&own) + cpu_s(&children) : 0;
}

/* ---- intervals */

/* "ran_ns waited_ns slices", where the system keeps count. */
static int64_t waited_ns(struct report *report)
{
    char text[80], *at;
    if (report->schedstat_fd == 0) {
        report->schedstat_fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    }
    ssize_t length = report->schedstat_fd > 0 ? pread(report->schedstat_fd, text, sizeof text - 1, 0) : 0;
    text[length > 0 ? length : 0] = '\0';
    (void)strtoll(text, &at, 10);
    return *at == ' ' ? strtoll(at, NULL, 10) : -1;
}

void report_presented(struct report *report, double interval_ms, int refresh_hz)
{
    struct timespec ran;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ran);
    struct occupation before = report->occupied;
    struct occupation now = {(int64_t)ran.tv_sec * 1000000000 + ran.tv_nsec, waited_ns(report)};
    report->occupied = now;
    report->frame_count++;
    if (interval_ms < 0) {
        return;
    }
    samples_add(&report->intervals, interval_ms);
    report->late_frames += interval_ms > 1.5 * 1000.0 / refresh_hz;
    if (interval_ms > report->worst.length_ms) {
        report->worst =
            (struct interval){report_age_ms(report), interval_ms, (double)(now.cpu_ns - before.cpu_ns) / 1e6,
                now.wait_ns < 0 ? -1 : (double)(now.wait_ns - before.wait_ns) / 1e6};
    }
}

double report_age_ms(const struct report *report)
{
    return boot_clock_ms() - report->start_ms;
}

static long peak_of(int pid)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            kb = strtol(line + 6, NULL, 10);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kb;
}

long report_peak_rss_kb(const struct scan *scan)
{
    int pids[16];
    size_t count = scan_decoder_pids(scan, pids, ARRAY_LENGTH(pids));
    long kb = peak_of(getpid());
    for (size_t i = 0; i < count && i < ARRAY_LENGTH(pids); i++) {
        kb += peak_of(pids[i]);
    }
    return kb;
}

double report_cpu_s(const struct report *report)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    return cpu_s(&own) + cpu_s(&children) - report->before_cpu_s;
}

/* ---- writing */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const struct samples *sorted, double share)
{
    if (sorted->count == 0) {
        return 0;
    }
    size_t index = (size_t)(share * (double)(sorted->count - 1) + 0.5);
    return sorted->values[index];
}

static void write_percentiles(FILE *file, const char *name, const struct samples *samples)
{
    if (samples->count > 0) {
        qsort(samples->values, samples->count, sizeof *samples->values, compare);
    }
    fprintf(file, "\"%s\":{\"p50\":%.2f,\"p90\":%.2f,\"p99\":%.2f,\"max\":%.2f},\n", name,
        percentile(samples, 0.5), percentile(samples, 0.9), percentile(samples, 0.99),
        percentile(samples, 1));
}

static void write_worst(FILE *file, const struct interval *worst)
{
    fprintf(file,
        "\"worst_interval\":{\"at_ms\":%.1f,\"ms\":%.2f,\"cpu_ms\":%.2f,\"waited_for_cpu_ms\":", worst->at_ms,
        worst->length_ms, worst->cpu_ms);
    if (worst->wait_ms < 0) {
        fprintf(file, "null},\n");
    } else {
        fprintf(file, "%.2f},\n", worst->wait_ms);
    }
}

static void write_ms(FILE *file, const char *name, double ms)
{
    if (ms < 0) {
        fprintf(file, "\"%s\":null,\n", name);
    } else {
        fprintf(file, "\"%s\":%.1f,\n", name, ms);
    }
}

static void write_all(FILE *file, const struct report *report, const struct report_end *end)
{
    fprintf(file, "{\"version\":\"%s\",\n\"driver\":\"%s\",\n\"size\":[%d,%d],\n", VITRINE_VERSION,
        end->driver, end->size.w, end->size.h);
    write_ms(file, "first_frame_ms", report->first_frame_ms);
    write_ms(file, "place_ready_ms", report->place_ready_ms);
    fprintf(file, "\"jumps_ms\":[");
    for (size_t i = 0; i < report->jumps.count; i++) {
        fprintf(file, "%s%.1f", i > 0 ? "," : "", report->jumps.values[i]);
    }
    fprintf(file, "],\n\"frames\":%ld,\n", report->frame_count);
    write_percentiles(file, "frame_ms", &report->frames);
    write_percentiles(file, "interval_ms", &report->intervals);
    write_worst(file, &report->worst);
    fprintf(file, "\"late_frames\":%ld,\n\"cpu_s\":%.3f,\n\"peak_rss_kb\":%ld,\n", report->late_frames,
        end->cpu_s, end->peak_rss_kb);
    fprintf(file, "\"idle_wakeups_per_s\":%.2f,\n",
        report->rest_s > 0 ? (double)report->rest_wakeups / report->rest_s : 0.0);
    fprintf(file, "\"tiles\":{\"decoded\":%ld,\"evicted\":%ld,\"failed\":%ld,\"cache_bytes_peak\":%zu}}\n",
        end->tiles.decoded, end->tiles.evicted, end->tiles.failed, end->tiles.cache_bytes_peak);
}

bool report_write(
    const struct report *report, const struct report_end *end, const char *path, struct error *err)
{
    FILE *file = stream_open(path, "w");
    if (file == NULL) {
        return error_set_at(
            err, ERROR_MACHINE, path, 0, 0, "the report cannot be written: %s", strerror(errno));
    }
    write_all(file, report, end);
    bool ok = ferror(file) == 0;
    return (fclose(file) == 0 && ok) ||
           error_set_at(err, ERROR_MACHINE, path, 0, 0, "the report cannot be written: %s", strerror(errno));
}
