#include "pyramid.h"

#include "beneath.h"
#include "image_file.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

void pyramid_level_finish(struct pyramid_level *level)
{
    level->columns = (level->size.w - 1) / level->tile.w + 1;
    level->rows = (level->size.h - 1) / level->tile.h + 1;
}

bool pyramid_halve(struct scan_pyramid *pyramid, struct size tile, int finest, int number_step)
{
    struct size size = pyramid->size;
    int count = 1;
    struct size most = {tile.w < PYRAMID_COARSEST_SIDE ? tile.w : PYRAMID_COARSEST_SIDE,
        tile.h < PYRAMID_COARSEST_SIDE ? tile.h : PYRAMID_COARSEST_SIDE};
    for (; size.w > most.w || size.h > most.h; count++) {
        size = (struct size){(size.w + 1) / 2, (size.h + 1) / 2};
    }
    if (count > PYRAMID_LEVELS) {
        return false;
    }
    size = pyramid->size;
    for (int k = 0; k < count; k++) {
        struct pyramid_level *level = &pyramid->levels[count - 1 - k];
        *level = (struct pyramid_level){
            .size = size, .tile = tile, .factor = 1 << k, .number = finest + k * number_step};
        pyramid_level_finish(level);
        size = (struct size){(size.w + 1) / 2, (size.h + 1) / 2};
    }
    pyramid->level_count = count;
    return true;
}

static bool image_read(struct scan_pyramid *pyramid, int fd, struct error *err)
{
    struct image_header header;
    if (!image_file_header(fd, pyramid->path, &header, err)) {
        return false;
    }
    bool across = header.orientation >= 5;
    if ((uint64_t)header.width * header.height > SCAN_IMAGE_LIMIT_PIXELS) {
        return error_set_at(err, ERROR_INPUT, pyramid->path, 0, 0,
            "%u x %u pixels are too many for one image (at most %d million); make a pyramid of it with "
            "\"vitrine tile\"",
            header.width, header.height, SCAN_IMAGE_LIMIT_PIXELS / 1000000);
    }
    pyramid->size.w = (int)(across ? header.height : header.width);
    pyramid->size.h = (int)(across ? header.width : header.height);
    pyramid->dpi = header.dpi;
    struct size tile = {PYRAMID_IMAGE_TILE, PYRAMID_IMAGE_TILE};
    if (!pyramid_halve(pyramid, tile, 0, 1)) {
        return error_set_at(err, ERROR_INPUT, pyramid->path, 0, 0, "too many levels");
    }
    return true;
}

static bool descriptor_read(struct scan_pyramid *pyramid, int fd, struct error *err)
{
    size_t length;
    char *bytes = image_file_start(fd, PYRAMID_DESCRIPTOR_LIMIT + 1, &length);
    bool read = false;
    if (bytes == NULL) {
        return error_memory(err);
    }
    if (length > PYRAMID_DESCRIPTOR_LIMIT) {
        error_set_at(err, ERROR_INPUT, pyramid->path, 0, 0, "longer than %d bytes, which no descriptor is",
            PYRAMID_DESCRIPTOR_LIMIT);
    } else if (pyramid->format == SCAN_DZI) {
        read = dzi_read(pyramid, bytes, length, pyramid->path, err);
    } else {
        read = iiif_read(pyramid, bytes, length, pyramid->path, err);
    }
    free(bytes);
    return read;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcasecmp(text + length - end_length, end) == 0;
}

/* Where the tiles are: beside the .dzi in <name>_files, or below the info.json's folder. */
static char *tiles_folder(const struct scan_pyramid *pyramid)
{
    const char *end = strrchr(pyramid->relative, pyramid->format == SCAN_DZI ? '.' : '/');
    int length = end == NULL ? 0 : (int)(end - pyramid->relative);
    char *folder = NULL;
    if (asprintf(&folder, "%.*s%s", length, pyramid->relative, pyramid->format == SCAN_DZI ? "_files" : "") <
        0) {
        return NULL;
    }
    return folder;
}

struct scan_pyramid *scan_pyramid_open(const char *path, const char *root, struct error *err)
{
    struct scan_pyramid *pyramid = calloc(1, sizeof *pyramid);
    int fd = -1;
    bool opened = false;
    if (pyramid == NULL || (pyramid->path = strdup(path)) == NULL) {
        error_memory(err);
        goto out;
    }
    pyramid->format = ends_with(path, ".dzi") || ends_with(path, ".xml") ? SCAN_DZI
                      : ends_with(path, ".json")                         ? SCAN_IIIF
                                                                         : SCAN_IMAGE;
    if (!beneath_split(path, root, &pyramid->root, &pyramid->relative, err)) {
        goto out;
    }
    fd = pyramid_open_image(pyramid, err);
    if (fd < 0) {
        goto out;
    }
    if (pyramid->format == SCAN_IMAGE) {
        opened = image_read(pyramid, fd, err);
    } else if ((pyramid->tiles = tiles_folder(pyramid)) == NULL) {
        error_memory(err);
    } else {
        opened = descriptor_read(pyramid, fd, err);
    }
out:
    if (fd >= 0) {
        close(fd);
    }
    if (!opened) {
        scan_pyramid_destroy(pyramid);
        return NULL;
    }
    return pyramid;
}

void scan_pyramid_destroy(struct scan_pyramid *pyramid)
{
    if (pyramid != NULL) {
        free(pyramid->path);
        free(pyramid->root);
        free(pyramid->relative);
        free(pyramid->tiles);
        free(pyramid);
    }
}

enum scan_format scan_pyramid_format(const struct scan_pyramid *pyramid)
{
    return pyramid->format;
}

struct size scan_pyramid_size(const struct scan_pyramid *pyramid)
{
    return pyramid->size;
}

double scan_pyramid_dpi(const struct scan_pyramid *pyramid)
{
    return pyramid->dpi;
}

int scan_pyramid_level_count(const struct scan_pyramid *pyramid)
{
    return pyramid->level_count;
}

struct size scan_pyramid_level_size(const struct scan_pyramid *pyramid, int level)
{
    if (level < 0 || level >= pyramid->level_count) {
        return (struct size){0, 0};
    }
    return pyramid->levels[level].size;
}

struct rect pyramid_tile_rect(const struct scan_pyramid *pyramid, int level, int x, int y)
{
    const struct pyramid_level *l = &pyramid->levels[level];
    struct rect r = {x * l->tile.w, y * l->tile.h, l->tile.w, l->tile.h};
    r.w = r.w < l->size.w - r.x ? r.w : l->size.w - r.x;
    r.h = r.h < l->size.h - r.y ? r.h : l->size.h - r.y;
    return r;
}

struct rect pyramid_under(const struct pyramid_level *level, const struct pyramid_level *other, struct rect r)
{
    int64_t x0 = (int64_t)r.x * level->factor / other->factor;
    int64_t y0 = (int64_t)r.y * level->factor / other->factor;
    int64_t x1 = ((int64_t)(r.x + r.w) * level->factor - 1) / other->factor + 1;
    int64_t y1 = ((int64_t)(r.y + r.h) * level->factor - 1) / other->factor + 1;
    x1 = x1 < other->size.w ? x1 : other->size.w;
    y1 = y1 < other->size.h ? y1 : other->size.h;
    return (struct rect){(int)x0, (int)y0, (int)(x1 - x0), (int)(y1 - y0)};
}

/* A name below the tiles' folder. */
static int open_named(const struct scan_pyramid *pyramid, const char *name, struct error *err)
{
    char relative[PATH_MAX];
    int length = snprintf(
        relative, sizeof relative, "%s%s%s", pyramid->tiles, pyramid->tiles[0] == '\0' ? "" : "/", name);
    if (length < 0 || (size_t)length >= sizeof relative) {
        error_set_at(err, ERROR_INPUT, pyramid->path, 0, 0, "a tile's path is too long");
        return -1;
    }
    return beneath_open(pyramid->root, relative, err);
}

static int open_dzi_tile(const struct scan_pyramid *pyramid, int level, int x, int y, struct size *stored,
    struct rect *inner, struct error *err)
{
    const struct pyramid_level *l = &pyramid->levels[level];
    struct rect tile = pyramid_tile_rect(pyramid, level, x, y);
    int left = x > 0 ? pyramid->overlap : 0, above = y > 0 ? pyramid->overlap : 0;
    int right = l->size.w - tile.x - tile.w, below = l->size.h - tile.y - tile.h;
    right = right < pyramid->overlap ? right : pyramid->overlap;
    below = below < pyramid->overlap ? below : pyramid->overlap;
    *stored = (struct size){left + tile.w + right, above + tile.h + below};
    *inner = (struct rect){left, above, tile.w, tile.h};
    char name[80];
    snprintf(name, sizeof name, "%d/%d_%d.%s", l->number, x, y, pyramid->extension);
    return open_named(pyramid, name, err);
}

/* {region}/{size}/0/default.{format}, in the forms that tile makers use: the region as numbers, or `full`
 * where it is all; the size as `w,h` (version 3) or `w,` (version 2). The first that exists is taken. */
static int open_iiif_tile(const struct scan_pyramid *pyramid, int level, int x, int y, struct size *stored,
    struct rect *inner, struct error *err)
{
    const struct pyramid_level *l = &pyramid->levels[level];
    struct rect tile = pyramid_tile_rect(pyramid, level, x, y);
    int rx = tile.x * l->factor, ry = tile.y * l->factor;
    int rw = pyramid->size.w - rx, rh = pyramid->size.h - ry;
    int64_t tile_w = (int64_t)l->tile.w * l->factor, tile_h = (int64_t)l->tile.h * l->factor;
    rw = rw < tile_w ? rw : (int)tile_w;
    rh = rh < tile_h ? rh : (int)tile_h;
    *stored = (struct size){tile.w, tile.h};
    *inner = (struct rect){0, 0, tile.w, tile.h};
    bool all = rw == pyramid->size.w && rh == pyramid->size.h;
    char regions[2][64], sizes[3][32];
    snprintf(regions[0], sizeof regions[0], "%d,%d,%d,%d", rx, ry, rw, rh);
    snprintf(regions[1], sizeof regions[1], "full");
    snprintf(sizes[0], sizeof sizes[0], "%d,%d", tile.w, tile.h);
    snprintf(sizes[1], sizeof sizes[1], "%d,", tile.w);
    snprintf(sizes[2], sizeof sizes[2], "%s", pyramid->iiif_version == 2 ? "full" : "max");
    int size_count = all && l->factor == 1 ? 3 : 2;
    for (int i = 0; i < (all ? 2 : 1) * size_count * 2; i++) {
        char name[160];
        struct error tried;
        snprintf(name, sizeof name, "%s/%s/0/default.%s", regions[i / (2 * size_count)],
            sizes[i / 2 % size_count], i % 2 ? "png" : "jpg");
        int fd = open_named(pyramid, name, &tried);
        if (fd >= 0) {
            return fd;
        }
        if (i == 0 && err != NULL) {
            *err = tried; /* the form of the standard is the one to name when none is there */
        }
    }
    return -1;
}

int pyramid_open_tile(const struct scan_pyramid *pyramid, int level, int x, int y, struct size *stored,
    struct rect *inner, struct error *err)
{
    if (pyramid->format == SCAN_DZI) {
        return open_dzi_tile(pyramid, level, x, y, stored, inner, err);
    }
    return open_iiif_tile(pyramid, level, x, y, stored, inner, err);
}

struct tile_file tile_file_of(int fd)
{
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        return (struct tile_file){0};
    }
    return (struct tile_file){(int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
        (int64_t)status.st_size, (uint64_t)status.st_ino};
}

int pyramid_open_image(const struct scan_pyramid *pyramid, struct error *err)
{
    int fd = beneath_open(pyramid->root, pyramid->relative, err);
    if (fd < 0 && err != NULL) {
        snprintf(err->file, sizeof err->file, "%s", pyramid->path);
    }
    return fd;
}
