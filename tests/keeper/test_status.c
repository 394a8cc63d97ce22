/* How a player is, as text: what Prometheus and a JSON reader take, and files that are never half there. */
#include "fingerprint.h"
#include "status.h"

#include "check.h"
#include "place.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct status SAMPLE = {
    .version = "1.2.3",
    .exhibit = "/srv/a \"quoted\" \\ folder\nof two lines",
    .hash = "00ff",
    .started_s = 1796000000,
    .written_s = 1796000100,
    .uptime_s = 100,
    .visitor_s = 1796000090,
    .frames = 4000000000,
    .late_frames = 7,
    .decoder_restarts = 2,
    .has_temperature = true,
    .temperature = 51.5,
};

static char *text_of(void (*write)(const struct status *status, FILE *out), const struct status *status)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    write(status, out);
    fclose(out);
    return text;
}

/* ---- a reader of the exposition format, strict in what it takes: 0 for a line that is none */

static const char *name_end(const char *at)
{
    while ((*at >= 'a' && *at <= 'z') || *at == '_') {
        at++;
    }
    return at;
}

static const char *labels_end(const char *at)
{
    if (*at != '{') {
        return at;
    }
    do {
        const char *value = name_end(++at);
        if (value == at || value[0] != '=' || value[1] != '"') {
            return NULL;
        }
        for (at = value + 2; *at != '"'; at++) {
            if (*at == '\0' || *at == '\n' || (*at == '\\' && strchr("\\\"n", *++at) == NULL)) {
                return NULL;
            }
        }
        at++;
    } while (*at == ',');
    return *at == '}' ? at + 1 : NULL;
}

/* Each metric: HELP, TYPE, and then one sample of that name. How many; -1 for what is not the format. */
static int read_prometheus(const char *text, char names[40][60])
{
    int count = 0;
    while (*text != '\0') {
        char help[60], name[60], type[20];
        int length = 0;
        if (sscanf(text, "# HELP %59[a-z_] %*[^\n]\n%n", help, &length) != 1 || length == 0) {
            return -1;
        }
        text += length;
        length = 0;
        if (sscanf(text, "# TYPE %59[a-z_] %19[a-z]\n%n", name, type, &length) != 2 || length == 0 ||
            strcmp(help, name) != 0 || (strcmp(type, "gauge") != 0 && strcmp(type, "counter") != 0)) {
            return -1;
        }
        text += length;
        const char *end = name_end(text), *value = labels_end(end);
        char *after = NULL;
        bool same = strncmp(text, name, strlen(name)) == 0 && (size_t)(end - text) == strlen(name);
        if (!same || value == NULL || *value != ' ' || (strtod(value + 1, &after), *after != '\n')) {
            return -1;
        }
        bool total = strlen(name) > 6 && strcmp(name + strlen(name) - 6, "_total") == 0;
        if (total != (strcmp(type, "counter") == 0)) {
            return -1;
        }
        snprintf(names[count++], 60, "%s", name);
        text = after + 1;
    }
    return count;
}

static void prometheus_can_read_it(void)
{
    char names[40][60];
    char *text = text_of(status_write_prometheus, &SAMPLE);
    int count = read_prometheus(text, names);
    CHECK_THAT(count == 13, "%d metrics in\n%s", count, text);
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < i; j++) {
            CHECK_THAT(strcmp(names[i], names[j]) != 0, "%s twice", names[i]);
        }
    }
    CHECK(strstr(text, "vitrine_info{version=\"1.2.3\",exhibit=\"/srv/a \\\"quoted\\\" \\\\ folder\\nof two "
                       "lines\",exhibit_hash=\"00ff\"} 1\n") != NULL);
    CHECK(strstr(text, "\nvitrine_up 1\n") != NULL && strstr(text, "\nvitrine_open 1\n") != NULL);
    CHECK(strstr(text, "\nvitrine_frames_total 4000000000\n") != NULL);
    CHECK(strstr(text, "\nvitrine_temperature_celsius 51.5\n") != NULL);
    CHECK_INT(read_prometheus("# HELP vitrine_x y\n# TYPE vitrine_x gauge\nvitrine_y 1\n", names), -1);
    free(text);
    struct status dark = SAMPLE;
    dark.closed = dark.trouble = true;
    dark.has_temperature = false;
    text = text_of(status_write_prometheus, &dark);
    CHECK_INT(read_prometheus(text, names), 12);
    CHECK(strstr(text, "\nvitrine_up 0\n") != NULL && strstr(text, "\nvitrine_open 0\n") != NULL);
    free(text);
}

static void json_says_the_same(void)
{
    char *text = text_of(status_write_json, &SAMPLE);
    CHECK_TEXT(text, "{\n  \"version\": \"1.2.3\",\n"
                     "  \"exhibit\": \"/srv/a \\\"quoted\\\" \\\\ folder\\u000aof two lines\",\n"
                     "  \"exhibit_hash\": \"00ff\",\n  \"up\": true,\n  \"open\": true,\n"
                     "  \"start_time\": 1796000000,\n  \"status_time\": 1796000100,\n  \"uptime_s\": 100,\n"
                     "  \"last_visit_time\": 1796000090,\n  \"frames\": 4000000000,\n  \"late_frames\": 7,\n"
                     "  \"decoder_restarts\": 2,\n  \"tiles_failed\": 0,\n  \"faults\": 0,\n"
                     "  \"temperature_celsius\": 51.5\n}\n");
    free(text);
}

static void a_name_that_is_no_text_spoils_neither(void)
{
    struct status strange = SAMPLE;
    strange.exhibit = "/srv/caf\xe9/\xed\x95\x9c";
    char *json = text_of(status_write_json, &strange), *metrics = text_of(status_write_prometheus, &strange);
    CHECK(strstr(json, "\"/srv/caf\xef\xbf\xbd/\xed\x95\x9c\",\n") != NULL);
    CHECK(strstr(metrics, "exhibit=\"/srv/caf\xef\xbf\xbd/\xed\x95\x9c\",") != NULL);
    free(json);
    free(metrics);
}

static bool exists(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void put(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    CHECK(out != NULL && fputs(text, out) >= 0);
    if (out != NULL) {
        fclose(out);
    }
}

static void make_folder(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(mkdir(path, 0755) == 0);
}

static void files_are_whole_or_the_old_ones(void)
{
    struct error err = {0};
    CHECK_THAT(status_write(&SAMPLE, folder, &err), "%s", err.message);
    CHECK(exists("vitrine.prom") && exists("vitrine.json"));
    CHECK(!exists(".vitrine.prom.new") && !exists(".vitrine.json.new"));
    CHECK(!status_write(&SAMPLE, "/proc/none", &err) && err.category == ERROR_MACHINE);
    make_folder(".vitrine.prom.new"); /* what is beside cannot be made */
    err.category = ERROR_NONE;
    CHECK(!status_write(&SAMPLE, folder, &err) && err.category == ERROR_MACHINE);
    CHECK(exists("vitrine.prom"));
}

/* What somebody put where the new file is written is not written into, and not waited for. */
static void links_and_pipes_are_in_nobodys_way(void)
{
    static const char *const plants[] = {"ln -s '%s/planted/precious' '%s/planted/.vitrine.prom.new'",
        "mkfifo '%s/planted/other' '%s/planted/.vitrine.json.new'",
        "ln '%s/planted/precious' '%s/planted/.vitrine.json.new'"};
    struct error err = {0};
    char planted[100];
    make_folder("planted");
    put("planted/precious", "kept");
    snprintf(planted, sizeof planted, "%s/planted", folder);
    for (size_t i = 0; i < sizeof plants / sizeof plants[0]; i++) {
        char command[400], precious[100], text[20] = "";
        snprintf(command, sizeof command, plants[i], folder, folder);
        CHECK(system(command) == 0);
        CHECK_THAT(status_write(&SAMPLE, planted, &err), "%s", err.message);
        snprintf(precious, sizeof precious, "%s/planted/precious", folder);
        FILE *in = fopen(precious, "r");
        CHECK(in != NULL && fgets(text, sizeof text, in) != NULL && strcmp(text, "kept") == 0);
        if (in != NULL) {
            fclose(in);
        }
    }
}

static void what_time_alone_changes_is_no_news(void)
{
    struct status now = SAMPLE;
    now.written_s += 60;
    now.uptime_s += 60;
    now.frames += 9;
    now.temperature = 60;
    CHECK(!status_differs(&SAMPLE, &now));
    now.decoder_restarts++;
    CHECK(status_differs(&SAMPLE, &now));
    now = SAMPLE;
    now.closed = true;
    CHECK(status_differs(&SAMPLE, &now));
}

static void the_hottest_zone_counts(void)
{
    double celsius = 0;
    char zones[200];
    CHECK(!status_temperature("/proc/none", &celsius));
    make_folder("thermal");
    make_folder("thermal/thermal_zone0");
    make_folder("thermal/thermal_zone1");
    make_folder("thermal/thermal_zone2");
    make_folder("thermal/cooling_device0");
    put("thermal/thermal_zone0/temp", "41000\n");
    put("thermal/thermal_zone1/temp", "52500\n");
    put("thermal/thermal_zone2/temp", "nothing\n");
    put("thermal/cooling_device0/temp", "99000\n");
    snprintf(zones, sizeof zones, "%s/thermal", folder);
    CHECK(status_temperature(zones, &celsius) && celsius == 52.5);
}

static void another_word_is_another_exhibit(void)
{
    char first[FINGERPRINT_HEX], again[FINGERPRINT_HEX], path[200], moved[200], link[200];
    make_folder("exhibit");
    make_folder("exhibit/pages");
    make_folder("exhibit/pages/1_files");
    put("exhibit/exhibit.yaml", "vitrine: 1\n");
    put("exhibit/pages/1.jpg", "picture");
    put("exhibit/pages/1_files/0.jpg", "tile");
    snprintf(path, sizeof path, "%s/exhibit", folder);
    snprintf(moved, sizeof moved, "%s/moved", folder);
    snprintf(link, sizeof link, "%s/current", folder);
    CHECK(fingerprint(path, first) && strlen(first) == 32);
    put("exhibit/pages/1_files/0.jpg", "another tile"); /* the pyramid's description stands for it */
    CHECK(fingerprint(path, again) && strcmp(first, again) == 0);
    CHECK(rename(path, moved) == 0 && symlink("moved", link) == 0);
    CHECK(fingerprint(moved, again) && strcmp(first, again) == 0);
    CHECK(fingerprint(link, again) && strcmp(first, again) == 0);
    put("moved/exhibit.yaml", "vitrine: 2\n");
    CHECK(fingerprint(moved, again) && strcmp(first, again) != 0);
    put("moved/exhibit.yaml", "vitrine: 1\n");
    put("moved/pages/1.jpg", "pictures");
    CHECK(fingerprint(moved, again) && strcmp(first, again) != 0);
    CHECK(!fingerprint("/proc/none", again) && again[0] == '\0');
    char *single = NULL;
    CHECK(asprintf(&single, "%s/pages/1.jpg", moved) > 0 && fingerprint(single, again) && again[0] != '\0');
    free(single);
}

int main(void)
{
    if (!place_open()) {
        return 1;
    }
    RUN(prometheus_can_read_it);
    RUN(json_says_the_same);
    RUN(a_name_that_is_no_text_spoils_neither);
    RUN(files_are_whole_or_the_old_ones);
    RUN(links_and_pipes_are_in_nobodys_way);
    RUN(what_time_alone_changes_is_no_news);
    RUN(the_hottest_zone_counts);
    RUN(another_word_is_another_exhibit);
    return place_close(check_report());
}
