/* info.json of static IIIF Image API tiles ("level 0"), versions 2 and 3. */
#include "json.h"
#include "pyramid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct iiif {
    long width, height;
    int version;                                 /* 0: not said yet */
    int line;                                    /* where the width stands, for what concerns the whole */
    struct pyramid_level levels[PYRAMID_LEVELS]; /* size not filled yet; as they stand in the file */
    int level_count;
};

/* "@context" is a string or a list of strings; one of them names the version. */
static void note_version(struct iiif *i, const char *text)
{
    if (strstr(text, "iiif.io/api/image/3/") != NULL) {
        i->version = 3;
    } else if (strstr(text, "iiif.io/api/image/2/") != NULL) {
        i->version = 2;
    } else if (i->version == 0 &&
               (strstr(text, "iiif.io/api/image/") != NULL || strstr(text, "iiif/image-api/") != NULL)) {
        i->version = -1; /* an image service, but of another version */
    }
}

static void read_context(struct json *j, struct iiif *i)
{
    char text[128];
    if (json_peek(j) != '[') {
        if (json_string(j, text, sizeof text)) {
            note_version(i, text);
        }
        return;
    }
    json_open(j, '[');
    while (json_item(j)) {
        if (json_peek(j) != '"') {
            json_skip(j);
        } else if (json_string(j, text, sizeof text)) {
            note_version(i, text);
        }
    }
}

static void add_level(struct json *j, struct iiif *i, struct pyramid_level level)
{
    for (int k = 0; k < i->level_count; k++) {
        if (i->levels[k].factor == level.factor) {
            return; /* another tile size for the same level: the first will do */
        }
    }
    if (i->level_count == PYRAMID_LEVELS) {
        json_fail(j, "more than %d scale factors", PYRAMID_LEVELS);
        return;
    }
    i->levels[i->level_count++] = level;
}

/* One entry of "tiles": {"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}. The width may stand behind
 * the factors. */
static void read_tiles_entry(struct json *j, struct iiif *i)
{
    char key[32];
    long width = 0, height = 0, factors[PYRAMID_LEVELS];
    int count = 0;
    bool listed = false;
    if (!json_open(j, '{')) {
        return;
    }
    while (json_key(j, key, sizeof key)) {
        if (strcmp(key, "width") == 0) {
            json_integer(j, "a tile's width", PYRAMID_IIIF_TILE_LEAST, PYRAMID_TILE_LIMIT, &width);
        } else if (strcmp(key, "height") == 0) {
            json_integer(j, "a tile's height", PYRAMID_IIIF_TILE_LEAST, PYRAMID_TILE_LIMIT, &height);
        } else if (strcmp(key, "scaleFactors") == 0 && json_open(j, '[')) {
            listed = true;
            while (json_item(j)) {
                long factor;
                if (!json_integer(j, "a scale factor", 1, PYRAMID_SIDE_LIMIT, &factor)) {
                    return;
                }
                if (count == PYRAMID_LEVELS) {
                    json_fail(j, "more than %d scale factors", PYRAMID_LEVELS);
                    return;
                }
                factors[count++] = factor;
            }
        } else {
            json_skip(j);
        }
    }
    if (count == 0 && listed) {
        factors[count++] = 1; /* libvips, of an image that is one tile */
    }
    if (!j->failed && (width == 0 || count == 0)) {
        json_fail(j, width == 0 ? "a tile's width is missing" : "scaleFactors is missing");
    }
    for (int k = 0; k < count && !j->failed; k++) {
        struct size tile = {(int)width, (int)(height == 0 ? width : height)};
        add_level(j, i, (struct pyramid_level){.tile = tile, .factor = (int)factors[k]});
    }
}

static void read_member(struct json *j, struct iiif *i, const char *key)
{
    if (strcmp(key, "@context") == 0) {
        read_context(j, i);
    } else if (strcmp(key, "width") == 0) {
        i->line = j->line;
        json_integer(j, "width", 1, PYRAMID_SIDE_LIMIT, &i->width);
    } else if (strcmp(key, "height") == 0) {
        json_integer(j, "height", 1, PYRAMID_SIDE_LIMIT, &i->height);
    } else if (strcmp(key, "tiles") == 0) {
        json_open(j, '[');
        while (json_item(j)) {
            read_tiles_entry(j, i);
        }
    } else {
        json_skip(j);
    }
}

static int coarser_first(const void *a, const void *b)
{
    const struct pyramid_level *p = a, *q = b;
    return (p->factor < q->factor) - (p->factor > q->factor);
}

static bool take(struct scan_pyramid *pyramid, struct iiif *i, const char *file, struct error *err)
{
    int line = i->line > 0 ? i->line : 1;
    if (i->width == 0 || i->height == 0) {
        return error_set_at(
            err, ERROR_INPUT, file, line, 0, "%s is missing", i->width == 0 ? "width" : "height");
    }
    if (i->version != 2 && i->version != 3) {
        return error_set_at(err, ERROR_INPUT, file, 1, 0,
            "@context does not name version 2 or 3 of the IIIF Image API, the versions that can be shown");
    }
    if (i->level_count == 0) {
        return error_set_at(
            err, ERROR_INPUT, file, line, 0, "tiles is missing: only images cut into tiles can be shown");
    }
    qsort(i->levels, (size_t)i->level_count, sizeof i->levels[0], coarser_first);
    pyramid->size = (struct size){(int)i->width, (int)i->height};
    pyramid->iiif_version = i->version;
    int count = 0;
    for (int k = 0; k < i->level_count; k++) {
        struct pyramid_level level = i->levels[k];
        level.size.w = (int)((i->width - 1) / level.factor + 1);
        level.size.h = (int)((i->height - 1) / level.factor + 1);
        pyramid_level_finish(&level);
        if (count == 1 && level.columns == 1 && level.rows == 1) {
            count = 0; /* of the levels that are one tile the finest is enough */
        }
        pyramid->levels[count++] = level;
    }
    pyramid->level_count = count;
    struct size coarsest = pyramid->levels[0].size;
    if ((int64_t)coarsest.w * coarsest.h > PYRAMID_COARSEST_PIXELS) {
        return error_set_at(err, ERROR_INPUT, file, line, 0,
            "even the largest of the scaleFactors, %d, leaves %d x %d pixels for the whole image; add larger "
            "ones",
            pyramid->levels[0].factor, coarsest.w, coarsest.h);
    }
    return true;
}

bool iiif_read(
    struct scan_pyramid *pyramid, const char *bytes, size_t length, const char *file, struct error *err)
{
    struct json j = json_start(bytes, length, file, err);
    struct iiif i = {0};
    char key[64];
    if (!json_open(&j, '{')) {
        return false;
    }
    while (json_key(&j, key, sizeof key)) {
        read_member(&j, &i, key);
    }
    return json_end(&j) && take(pyramid, &i, file, err);
}
