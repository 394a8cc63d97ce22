#include "internal.h"

#include "base/array.h"
#include "exhibit/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- fonts.yaml */

struct reading {
    struct assets *assets;
    const char *path;
    struct error *err;
};

static bool mistake(const struct reading *r, const struct settings_node *node, const char *what)
{
    return error_set_at(
        r->err, ERROR_MACHINE, r->path, settings_line(node), settings_column(node), "%s", what);
}

static const char *keep(const struct reading *r, struct str text)
{
    return text.length > 0 ? arena_copy(&r->assets->arena, text).data : NULL;
}

static bool read_face(const struct reading *r, const struct settings_node *font, enum text_face *face)
{
    static const char *const names[TEXT_FACES] = {"serif", "sans", "typewriter"};
    const struct settings_node *node = settings_get(font, "face");
    for (size_t i = 0; i < TEXT_FACES; i++) {
        if (str_equal_c(settings_text(node), names[i])) {
            *face = (enum text_face)i;
            return true;
        }
    }
    return mistake(r, node != NULL ? node : font, "a font's face is serif, sans or typewriter");
}

static bool read_number(
    const struct reading *r, const struct settings_node *font, const char *key, int *value)
{
    const struct settings_node *node = settings_get(font, key);
    long number = 0;
    if (node != NULL && (!str_to_long(settings_text(node), &number) || number < 0 || number > 1000)) {
        return mistake(r, node, "a whole number is expected here");
    }
    *value = (int)number;
    return true;
}

static bool read_font(const struct reading *r, const struct settings_node *node, struct text_font *font)
{
    font->bold = str_equal_c(settings_text(settings_get(node, "bold")), "true");
    font->italic = str_equal_c(settings_text(settings_get(node, "italic")), "true");
    font->file = keep(r, settings_text(settings_get(node, "file")));
    font->languages = keep(r, settings_text(settings_get(node, "languages")));
    font->package = keep(r, settings_text(settings_get(node, "package")));
    if (font->file == NULL) {
        return mistake(r, node, "a font needs a file");
    }
    return read_face(r, node, &font->face) && read_number(r, node, "index", &font->index) &&
           read_number(r, node, "thicken", &font->thicken);
}

static bool read_fonts(const struct reading *r, const struct settings_node *list)
{
    struct text_catalogue *catalogue = &r->assets->catalogue;
    struct text_font *fonts = arena_take_array(&r->assets->arena, settings_count(list) + 1, sizeof *fonts);
    if (fonts == NULL) {
        return error_memory(r->err);
    }
    catalogue->fonts = fonts;
    for (const struct settings_node *node = settings_first(list); node != NULL; node = settings_next(node)) {
        if (!read_font(r, node, &fonts[catalogue->count])) {
            return false;
        }
        catalogue->count++;
    }
    return catalogue->count > 0 || mistake(r, list, "the catalogue has no fonts");
}

static bool read_directories(const struct reading *r, const struct settings_node *list)
{
    struct text_catalogue *catalogue = &r->assets->catalogue;
    const char **names = arena_take_array(&r->assets->arena, settings_count(list) + 1, sizeof *names);
    if (names == NULL) {
        return error_memory(r->err);
    }
    catalogue->directories = names;
    for (const struct settings_node *node = settings_first(list); node != NULL; node = settings_next(node)) {
        names[catalogue->directory_count] = keep(r, settings_text(node));
        if (names[catalogue->directory_count] == NULL) {
            return mistake(r, node, "a folder of fonts is expected here");
        }
        catalogue->directory_count++;
    }
    return true;
}

static bool open_fonts(struct assets *assets, const char *folder, struct error *err)
{
    char path[PLAYER_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/fonts.yaml", folder);
    struct reading r = {assets, path, err};
    struct settings *settings = settings_open(path, err);
    const struct settings_node *root = settings_root(settings);
    bool ok = settings != NULL && read_directories(&r, settings_get(root, "directories")) &&
              read_fonts(&r, settings_get(root, "fonts"));
    settings_destroy(settings);
    return ok;
}

/* ---- coast.txt: one line a coast, of longitude,latitude pairs */

struct coast_reading {
    struct pointf *points;
    size_t *starts;
    size_t count, capacity, lines, start_capacity;
};

static bool read_pair(struct coast_reading *c, struct str pair)
{
    struct str latitude = pair, longitude = str_split(&latitude, ',');
    struct pointf p;
    if (!str_to_double(longitude, &p.x) || !str_to_double(latitude, &p.y)) {
        return true; /* a pair that cannot be read is a point less on a coast of thousands */
    }
    return ARRAY_PUSH(c->points, c->count, c->capacity, p);
}

static bool read_coast(struct coast_reading *c, struct str rest)
{
    bool ok = ARRAY_PUSH(c->starts, c->lines, c->start_capacity, 0);
    while (ok && rest.length > 0) {
        struct str line = str_trim(str_split(&rest, '\n'));
        size_t before = c->count;
        if (line.length == 0 || line.data[0] == '#') {
            continue;
        }
        while (ok && line.length > 0) {
            ok = read_pair(c, str_split(&line, ' '));
        }
        if (ok && c->count > before) {
            ok = ARRAY_PUSH(c->starts, c->lines, c->start_capacity, c->count);
        }
    }
    return ok;
}

/* Moves what was read into the arena: the arrays grew, and grow no more. */
static bool keep_coast(struct assets *assets, const struct coast_reading *c)
{
    struct view_coast *coast = &assets->coast;
    coast->points = arena_take_array(&assets->arena, c->count, sizeof *coast->points);
    size_t *starts = arena_take_array(&assets->arena, c->lines, sizeof *starts);
    if (coast->points == NULL || starts == NULL || c->count == 0) {
        *coast = (struct view_coast){0};
        return c->count == 0;
    }
    memcpy(coast->points, c->points, c->count * sizeof *coast->points);
    memcpy(starts, c->starts, c->lines * sizeof *starts);
    coast->point_count = c->count;
    coast->starts = starts;
    coast->line_count = c->lines - 1;
    return true;
}

static char *load(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rbe");
    char *bytes = NULL;
    size_t capacity = 0;
    *length = 0;
    while (file != NULL && !feof(file) && !ferror(file) && *length < (16u << 20) &&
           array_reserve(&bytes, &capacity, *length + 65536, 1)) {
        *length += fread(bytes + *length, 1, 65536, file);
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

static bool open_coast(struct assets *assets, const char *folder, const struct log *log)
{
    char path[PLAYER_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/map/coast.txt", folder);
    size_t length;
    char *bytes = load(path, &length);
    struct coast_reading reading = {0};
    if (bytes == NULL) {
        log_write(log, LOG_WARNING, "%s: cannot be read: maps are drawn without coast lines", path);
    }
    bool ok =
        bytes == NULL || (read_coast(&reading, (struct str){bytes, length}) && keep_coast(assets, &reading));
    free(reading.points);
    free(reading.starts);
    free(bytes);
    return ok;
}

bool assets_open(struct assets *assets, const char *folder, const struct log *log, struct error *err)
{
    *assets = (struct assets){0};
    if (!open_fonts(assets, folder, err)) {
        return false;
    }
    return open_coast(assets, folder, log) || error_memory(err);
}

void assets_finish(struct assets *assets)
{
    arena_finish(&assets->arena);
    *assets = (struct assets){0};
}
