/* The site file, by the same reader and tables as an exhibit's files. */
#include "exhibit/site.h"

#include "base/array.h"
#include "base/stream.h"
#include "path.h"
#include "site_values.h"
#include "source.h"
#include "values.h"

#include <fcntl.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_SITE_BYTES ((size_t)64 << 10)
#define IDLE_MAX_S 86400
#define REPEAT_LEAST_S 2.0 /* EN 301 549, 5.7 */
#define REPEAT_MOST_S 60.0
#define STRIKE_MOST_S 2.0
#define VOLUME_MOST 100.0
#define MILLIMETRES_MOST 20000.0

/* ---- values */

static void read_version(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field, (void)out;
    long version = 0;
    if (schema_expect(r, value, YAML_SCALAR) && (!str_to_long(value->text, &version) || version != 1)) {
        schema_report(r, FINDING_FORMAT_VERSION, value,
            "this player reads version 1 of the site file, not \"%.*s\": write  vitrine: 1",
            STR_ARGS(value->text));
    }
}

static void read_mode(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const char *const words[] = {"kiosk", "classroom", "demo"};
    int word = schema_word(r, value, words, ARRAY_LENGTH(words));
    *(enum site_mode *)out = word >= 0 ? (enum site_mode)(SITE_KIOSK + word) : SITE_MODE_NONE;
}

static void read_motion(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const char *const words[] = {"full", "reduced"};
    *(bool *)out = schema_word(r, value, words, ARRAY_LENGTH(words)) == 1;
}

/* One that the system reads as it was written. */
static bool is_path(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

void site_read_path(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    struct str folder = *(const struct str *)r->context;
    bool absolute = value->text.length > 0 && value->text.data[0] == '/';
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    if (!is_path(value->text)) {
        schema_report(r, FINDING_PATH_LEAVES, value,
            "\"%s\" has a control character in it: write a path such as /srv/exhibits/letter", field->key);
        return;
    }
    size_t before = absolute ? 0 : folder.length;
    if (before + value->text.length >= SITE_PATH_MAX) {
        schema_report(r, FINDING_PATH_LEAVES, value,
            "the path is too long: move what \"%s\" names so that it is under %d bytes", field->key,
            SITE_PATH_MAX);
        return;
    }
    char *path = out;
    memcpy(path, folder.data, before);
    memcpy(path + before, value->text.data, value->text.length);
    path[before + value->text.length] = '\0';
}

static bool copy_tag(struct reader *r, const struct yaml_node *node, char to[SITE_LANGUAGE_MAX + 1])
{
    if (!schema_expect(r, node, YAML_SCALAR) || !value_check_tag(r, node->text, true, schema_mark(r, node))) {
        return false;
    }
    snprintf(to, SITE_LANGUAGE_MAX + 1, "%.*s", STR_ARGS(node->text)); /* a tag is no longer than that */
    return true;
}

static void read_language(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    copy_tag(r, value, out);
}

static bool is_named(const struct site *site, const char *tag)
{
    for (int i = 0; i < site->language_count; i++) {
        if (strcmp(site->languages[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

/* `out` is the whole site. */
static void read_languages(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site *site = out;
    if (!schema_expect(r, value, YAML_SEQUENCE)) {
        return;
    }
    for (const struct yaml_node *node = value->items; node != NULL; node = node->next) {
        char tag[SITE_LANGUAGE_MAX + 1];
        if (!copy_tag(r, node, tag)) {
            continue;
        }
        if (is_named(site, tag)) {
            schema_report(
                r, FINDING_DUPLICATE_ID, node, "the language %s stands here a second time: delete one", tag);
        } else if (site->language_count == SITE_LANGUAGES) {
            schema_report(r, FINDING_YAML_SIZE, node, "%d languages at most: leave some out", SITE_LANGUAGES);
            break;
        } else {
            memcpy(site->languages[site->language_count++], tag, sizeof tag);
        }
    }
}

static void read_idle(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    int idle = 0;
    value_whole(r, field, value, &idle);
    if (idle < 1 || idle > IDLE_MAX_S) {
        schema_report(r, FINDING_BAD_NUMBER, value, "\"idle\" is in seconds, from 1 to %d", IDLE_MAX_S);
        idle = 0;
    }
    *(int *)out = idle;
}

static bool read_within(struct reader *r, const struct field *field, const struct yaml_node *value,
    double least, double most, double *out)
{
    double number;
    if (!value_real(r, value, FINDING_BAD_NUMBER, &number)) {
        return false;
    }
    if (number < least || number > most) {
        schema_report(r, FINDING_BAD_NUMBER, value, "\"%s\" must be from %g to %g, not %g", field->key, least,
            most, number);
        return false;
    }
    *out = number;
    return true;
}

static void read_millimetres(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    read_within(r, field, value, 50, MILLIMETRES_MOST, out);
}

/* `out` is the display: a screen that stands on the floor is placed too. */
static void read_floor(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    struct site_display *display = out;
    display->placed = read_within(r, field, value, 0, 3000, &display->floor_mm);
}

static void read_rotation(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const char *const words[] = {"0", "90", "180", "270"};
    int word = schema_word(r, value, words, ARRAY_LENGTH(words));
    *(int *)out = word > 0 ? word : 0;
}

static const struct field display_fields[] = {
    {"width", read_millimetres, offsetof(struct site_display, width_mm), FIELD_REQUIRED},
    {"height", read_millimetres, offsetof(struct site_display, height_mm), FIELD_REQUIRED},
    {"distance", read_millimetres, offsetof(struct site_display, distance_mm), 0},
    {"floor", read_floor, 0, 0},
};

static void read_display(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_display *display = out;
    bool good = SCHEMA_READ(r, value, display_fields, display);
    if (!good || display->width_mm <= 0 || display->height_mm <= 0) {
        *display = (struct site_display){0}; /* half a measure is none */
    }
    display->line = value->line;
    display->column = value->column;
}

/* Seconds. 0 turns a repeat off, less than two is what a trembling hand cannot help. */
static void read_repeat(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double seconds = 0;
    if (str_equal_c(value->text, "0")) {
        *(int *)out = 0;
    } else if (read_within(r, field, value, REPEAT_LEAST_S, REPEAT_MOST_S, &seconds)) {
        *(int *)out = (int)lround(seconds * 1000);
    }
}

static void read_strike(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double seconds = 0;
    if (read_within(r, field, value, 0, STRIKE_MOST_S, &seconds)) {
        *(int *)out = (int)lround(seconds * 1000);
    }
}

/* `out` is the whole keypad. */
static void read_shortcuts(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    struct site_keypad *keypad = out;
    bool shortcuts = true;
    value_flag(r, field, value, &shortcuts);
    keypad->no_shortcuts = !shortcuts;
}

static const struct field keypad_fields[] = {
    {"repeat", read_repeat, offsetof(struct site_keypad, repeat_ms), 0},
    {"double-strike", read_strike, offsetof(struct site_keypad, double_strike_ms), 0},
    {"shortcuts", read_shortcuts, 0, 0},
};

static void read_keypad(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    SCHEMA_READ(r, value, keypad_fields, out);
}

static void read_volume(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double percent;
    if (read_within(r, field, value, 1, VOLUME_MOST, &percent)) {
        *(int *)out = (int)lround(percent);
    }
}

/* `out` is the whole site. */
static void read_sound(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    struct site *site = out;
    bool sound = true;
    value_flag(r, field, value, &sound);
    site->silent = !sound;
}

static const struct field statistics_fields[] = {
    {"keep", value_flag, offsetof(struct site_statistics, keep), FIELD_REQUIRED},
    {"folder", site_read_path, offsetof(struct site_statistics, folder), 0},
};

static void read_statistics(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct site_statistics *statistics = out;
    snprintf(statistics->folder, sizeof statistics->folder, "%s", SITE_STATISTICS);
    SCHEMA_READ(r, value, statistics_fields, statistics);
}

static const struct field site_fields[] = {
    {"vitrine", read_version, 0, FIELD_REQUIRED},
    {"mode", read_mode, offsetof(struct site, mode), 0},
    {"exhibit", site_read_path, offsetof(struct site, exhibit), 0},
    {"exhibits", site_read_path, offsetof(struct site, exhibits), 0},
    {"languages", read_languages, 0, 0},
    {"language", read_language, offsetof(struct site, language), 0},
    {"idle", read_idle, offsetof(struct site, idle_s), 0},
    {"motion", read_motion, offsetof(struct site, reduced_motion), 0},
    {"display", read_display, offsetof(struct site, display), 0},
    {"rotation", read_rotation, offsetof(struct site, quarter_turns), 0},
    {"keypad", read_keypad, offsetof(struct site, keypad), 0},
    {"hours", site_read_hours, offsetof(struct site, hours), 0},
    {"sound", read_sound, 0, 0},
    {"volume", read_volume, offsetof(struct site, volume), 0},
    {"staff", site_read_staff, offsetof(struct site, staff), 0},
    {"statistics", read_statistics, offsetof(struct site, statistics), 0},
    {"status", site_read_path, offsetof(struct site, status), 0},
    {"log", site_read_path, offsetof(struct site, log), 0},
};

static void check_language(struct reader *r, const struct yaml_node *root, struct site *site)
{
    const struct yaml_node *node = yaml_get(root, "language");
    if (node != NULL && site->language[0] != '\0' && site->language_count > 0 &&
        !is_named(site, site->language)) {
        schema_report(r, FINDING_LANGUAGE_UNLISTED, node,
            "\"%s\" is none of \"languages\": add it there, or choose one of them", site->language);
        site->language[0] = '\0';
    }
}

/* ---- the file */

static enum path_result read_bytes(
    const char *path, struct arena *arena, struct str *folder, struct str *name, struct str *bytes)
{
    const char *slash = strrchr(path, '/');
    *folder = slash != NULL ? str_slice(str_from(path), 0, (size_t)(slash - path) + 1) : STR("");
    *name = str_from(slash != NULL ? slash + 1 : path);
    struct str where = arena_copy(arena, folder->length > 0 ? *folder : STR("."));
    if (where.data == NULL) {
        return PATH_NO_MEMORY;
    }
    int root = stream_descriptor(AT_FDCWD, where.data, O_RDONLY | O_DIRECTORY);
    if (root < 0) {
        return PATH_MISSING;
    }
    enum path_result result = path_read(root, name->data, LIMIT_SITE_BYTES, arena, bytes);
    close(root);
    return result;
}

bool site_read(const char *path, struct site *site, struct findings *findings, struct error *err)
{
    static const struct yaml_node nothing = {.kind = YAML_SCALAR, .line = 1, .column = 1};
    /* The reader keeps what it reads in an exhibit: this one has nothing else in it. */
    struct exhibit *keeper = calloc(1, sizeof *keeper);
    struct arena scratch = {0};
    struct source source;
    struct yaml_node *root = NULL;
    struct str folder, name, bytes = {NULL, 0};
    memset(site, 0, sizeof *site);
    enum path_result result =
        keeper != NULL ? read_bytes(path, &scratch, &folder, &name, &bytes) : PATH_NO_MEMORY;
    bool good = false, known = result == PATH_GOOD || result == PATH_NO_MEMORY;
    if (!known) {
        error_set_at(err, ERROR_INPUT, path, 0, 0,
            result == PATH_MISSING ? "there is no such site file"
                                   : "the site file cannot be read: it must be a file, no link, of at most "
                                     "64 KiB that this user may read");
    } else if (result == PATH_NO_MEMORY || !source_take(findings, &scratch, name.data, bytes, &source) ||
               !yaml_read(findings, &scratch, &source, &root)) {
        error_memory(err);
    } else {
        struct reader r = {keeper, &scratch, &source, &folder};
        keeper->findings = findings;
        keeper->root = -1;
        SCHEMA_READ(&r, root != NULL ? root : &nothing, site_fields, site);
        if (root != NULL) {
            check_language(&r, root, site);
        }
        good = !keeper->no_memory || error_memory(err);
    }
    arena_finish(&scratch);
    if (keeper != NULL) {
        arena_finish(&keeper->arena);
        free(keeper);
    }
    return good;
}

double site_millimetres_per_px(const struct site_display *display, struct size window)
{
    return display->width_mm > 0 && window.w > 0 ? display->width_mm / window.w : 0;
}
