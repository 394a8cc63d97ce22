/* assets/map/coast.txt: one line a coast, of longitude,latitude pairs. */
#include "internal.h"

#include "base/array.h"
#include "base/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    FILE *file = stream_open(path, "r");
    char *bytes = NULL;
    size_t capacity = 0;
    *length = 0;
    while (file != NULL && !feof(file) && !ferror(file) && *length < (16u << 20) &&
           array_reserve(&bytes, &capacity, *length + 65536, 1)) {
        *length += fread(bytes + *length, 1, 65536, file);
    }
    if (file != NULL && ferror(file)) { /* half a coast is none */
        free(bytes);
        bytes = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

bool assets_open_coast(struct assets *assets, const char *folder, const struct log *log)
{
    char path[PLAYER_PATH_MAX + 16];
    if (assets->coast_read) {
        return true;
    }
    assets->coast_read = true;
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
