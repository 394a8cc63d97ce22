#include "status.h"

#include "base/array.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MOST 800

/* Both formats are UTF-8, and their readers refuse the whole file for one byte that is not, as a folder's
 * name may have. */
static void put_character(uint32_t c, FILE *out)
{
    char bytes[4];
    if (c == '"' || c == '\\') {
        fputc('\\', out);
    }
    fwrite(bytes, 1, utf8_encode(c, bytes), out);
}

/* ---- Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */

static void put_label(FILE *out, const char *name, const char *value)
{
    struct str text = str_from(value);
    fprintf(out, "%s=\"", name);
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (c == '\n') {
            fputs("\\n", out);
        } else {
            put_character(c, out);
        }
    }
    fputc('"', out);
}

static void put_metric(FILE *out, const char *name, const char *type, const char *help, double value)
{
    fprintf(out, "# HELP vitrine_%s %s\n# TYPE vitrine_%s %s\nvitrine_%s %.15g\n", name, help, name, type,
        name, value);
}

void status_write_prometheus(const struct status *s, FILE *out)
{
    fputs(
        "# HELP vitrine_info What is played, and by which version.\n# TYPE vitrine_info gauge\nvitrine_info{",
        out);
    put_label(out, "version", s->version);
    fputc(',', out);
    put_label(out, "exhibit", s->exhibit);
    fputc(',', out);
    put_label(out, "exhibit_hash", s->hash);
    fputs("} 1\n", out);
    put_metric(out, "up", "gauge",
        "1 while the player plays an exhibit, 0 while it shows a message for the staff.", s->trouble ? 0 : 1);
    put_metric(out, "open", "gauge", "1 during the opening hours.", s->closed ? 0 : 1);
    put_metric(
        out, "start_time_seconds", "gauge", "When the player was started, since 1970.", (double)s->started_s);
    put_metric(
        out, "status_time_seconds", "gauge", "When this was written, since 1970.", (double)s->written_s);
    put_metric(out, "uptime_seconds", "gauge", "How long the player has run.", (double)s->uptime_s);
    put_metric(out, "last_visit_time_seconds", "gauge",
        "When somebody touched the screen last, since 1970; 0 for nobody yet.", (double)s->visitor_s);
    put_metric(out, "frames_total", "counter", "Frames drawn.", (double)s->frames);
    put_metric(out, "frames_late_total", "counter", "Frames that came late while something moved.",
        (double)s->late_frames);
    put_metric(out, "decoder_restarts_total", "counter", "Decoders of images that died and were replaced.",
        (double)s->decoder_restarts);
    put_metric(out, "tiles_failed_total", "counter", "Parts of images that could not be shown.",
        (double)s->tiles_failed);
    put_metric(out, "faults_total", "counter", "What the keeper itself could not do.", (double)s->faults);
    if (s->has_temperature) {
        put_metric(out, "temperature_celsius", "gauge", "The hottest zone of the machine.", s->temperature);
    }
}

/* ---- JSON: RFC 8259 */

static void put_string(FILE *out, const char *key, const char *value)
{
    struct str text = str_from(value);
    fprintf(out, "  \"%s\": \"", key);
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (c < ' ') {
            fprintf(out, "\\u%04x", (unsigned)c);
        } else {
            put_character(c, out);
        }
    }
    fputs("\",\n", out);
}

void status_write_json(const struct status *s, FILE *out)
{
    const struct {
        const char *key;
        double value;
    } numbers[] = {
        {"start_time", (double)s->started_s},
        {"status_time", (double)s->written_s},
        {"uptime_s", (double)s->uptime_s},
        {"last_visit_time", (double)s->visitor_s},
        {"frames", (double)s->frames},
        {"late_frames", (double)s->late_frames},
        {"decoder_restarts", (double)s->decoder_restarts},
        {"tiles_failed", (double)s->tiles_failed},
        {"faults", (double)s->faults},
    };
    fputs("{\n", out);
    put_string(out, "version", s->version);
    put_string(out, "exhibit", s->exhibit);
    put_string(out, "exhibit_hash", s->hash);
    fprintf(
        out, "  \"up\": %s,\n  \"open\": %s,\n", s->trouble ? "false" : "true", s->closed ? "false" : "true");
    for (size_t i = 0; i < ARRAY_LENGTH(numbers); i++) {
        fprintf(out, "  \"%s\": %.15g,\n", numbers[i].key, numbers[i].value);
    }
    if (s->has_temperature) {
        fprintf(out, "  \"temperature_celsius\": %.15g\n}\n", s->temperature);
    } else {
        fputs("  \"temperature_celsius\": null\n}\n", out);
    }
}

/* ---- files */

static bool write_one(const struct status *status, const char *folder, const char *name,
    void (*write)(const struct status *status, FILE *out), struct error *err)
{
    char path[PATH_MOST], beside[PATH_MOST];
    int a = snprintf(path, sizeof path, "%s/%s", folder, name),
        b = snprintf(beside, sizeof beside, "%s/.%s.new", folder, name);
    bool fits = a > 0 && b > 0 && (size_t)a < sizeof path && (size_t)b < sizeof beside;
    /* Whatever has this name is not written into: it may be a link, or a pipe that nobody reads. */
    bool gone = fits && (unlink(beside) == 0 || errno == ENOENT);
    int fd = gone ? open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644) : -1;
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool good = out != NULL;
    if (fd >= 0 && out == NULL) {
        close(fd);
    }
    if (good) {
        write(status, out);
        good = fflush(out) == 0 && !ferror(out) && fchmod(fileno(out), 0644) == 0;
        good = fclose(out) == 0 && good && rename(beside, path) == 0;
    }
    if (!good) {
        error_set_at(err, ERROR_MACHINE, path, 0, 0, "the status cannot be written: %s", strerror(errno));
        if (fits) {
            unlink(beside);
        }
    }
    return good;
}

bool status_write(const struct status *status, const char *folder, struct error *err)
{
    return write_one(status, folder, "vitrine.prom", status_write_prometheus, err) &&
           write_one(status, folder, "vitrine.json", status_write_json, err);
}

bool status_differs(const struct status *a, const struct status *b)
{
    return a->visitor_s != b->visitor_s || a->closed != b->closed || a->trouble != b->trouble ||
           a->late_frames != b->late_frames || a->decoder_restarts != b->decoder_restarts ||
           a->tiles_failed != b->tiles_failed || a->faults != b->faults || strcmp(a->hash, b->hash) != 0;
}

static bool read_zone(int folder, const char *name, double *celsius)
{
    char file[300], text[32] = "";
    int length = snprintf(file, sizeof file, "%s/temp", name);
    int fd = length > 0 && (size_t)length < sizeof file ? openat(folder, file, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t count = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    long milli = 0;
    if (fd >= 0) {
        close(fd);
    }
    bool good =
        count > 0 && sscanf(text, "%ld", &milli) == 1; /* NOLINT(cert-err34-c): what is no number is left */
    *celsius = (double)milli / 1000;
    return good && milli > -100000 && milli < 300000;
}

bool status_temperature(const char *folder, double *celsius)
{
    DIR *zones = opendir(folder);
    bool found = false;
    const struct dirent *zone;
    while (zones != NULL && (zone = readdir(zones)) != NULL) {
        double one;
        if (strncmp(zone->d_name, "thermal_zone", 12) == 0 && read_zone(dirfd(zones), zone->d_name, &one)) {
            *celsius = found && *celsius > one ? *celsius : one;
            found = true;
        }
    }
    if (zones != NULL) {
        closedir(zones);
    }
    return found;
}
