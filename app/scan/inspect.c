/* Every tile of a pyramid looked at, for `check`: is it there, is it an image of the right size, can it be
 * decoded, and does it show what the level before it shows in that place?
 *
 * Each level becomes a grid of means, eight cells to a tile. An intact tile is, cell by cell, what the
 * coarser level has there. One that is not, but fits much better where another tile of its level is that does
 * not fit either, has been exchanged with it. */
#include "beneath.h"
#include "image_file.h"
#include "pyramid.h"
#include "scan/facts.h"
#include "scan_state.h"
#include "whole.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CELLS 8          /* on a tile's side */
#define CELL_LEAST 64    /* pixels: fewer say little */
#define STRANGE 12.0     /* grey values that a tile may differ from the coarser level, on average */
#define FITS_BETTER 0.34 /* so much of that is left where it really belongs */
#define STRANGE_MAX 256
#define FAULTS_MOST 5000 /* a descriptor may promise more tiles than anybody could look for */

struct grid {
    struct size cell; /* level pixels */
    int columns, rows;
    float *sums;
    int *counts;
};

struct place {
    int x, y;
    double strange;
};

struct inspection {
    struct scan *scan; /* NULL: nothing is decoded */
    const struct scan_pyramid *pyramid;
    struct scan_tile_faults *faults;
    long decode_left, faults_left;
    struct grid grids[2]; /* of this level and of the one before it */
};

static void add_fault(struct inspection *in, enum scan_tile_fault fault, const struct error *why)
{
    in->faults_left--;
    if (in->faults->counts[fault]++ == 0) {
        in->faults->first[fault] = *why;
    }
}

static void name_tile(const struct scan_pyramid *pyramid, int level, int x, int y, char *name, size_t size)
{
    if (pyramid->format == SCAN_DZI) {
        snprintf(name, size, "%s/%d/%d_%d.%s", pyramid->tiles, pyramid->levels[level].number, x, y,
            pyramid->extension);
    } else {
        snprintf(name, size, "%s, column %d and row %d at 1/%d of its size", pyramid->relative, x, y,
            pyramid->levels[level].factor);
    }
}

/* ---- means */

static bool grid_init(struct grid *grid, const struct pyramid_level *level)
{
    int w = level->tile.w / CELLS, h = level->tile.h / CELLS;
    *grid = (struct grid){.cell = {w > 0 ? w : 1, h > 0 ? h : 1}};
    grid->columns = (level->size.w - 1) / grid->cell.w + 1;
    grid->rows = (level->size.h - 1) / grid->cell.h + 1;
    size_t count = (size_t)grid->columns * (size_t)grid->rows;
    grid->sums = calloc(count, sizeof *grid->sums);
    grid->counts = calloc(count, sizeof *grid->counts);
    return grid->sums != NULL && grid->counts != NULL;
}

static void grid_finish(struct grid *grid)
{
    free(grid->sums);
    free(grid->counts);
    *grid = (struct grid){0};
}

static void grid_add(
    struct grid *grid, struct rect tile, const uint32_t *pixels, int stride, struct rect inner)
{
    for (int y = 0; y < tile.h; y++) {
        const uint32_t *row = pixels + (size_t)(inner.y + y) * (size_t)stride + inner.x;
        size_t at = (size_t)((tile.y + y) / grid->cell.h) * (size_t)grid->columns;
        for (int x = 0; x < tile.w; x++) {
            size_t cell = at + (size_t)((tile.x + x) / grid->cell.w);
            uint32_t p = row[x];
            grid->sums[cell] += (float)((p >> 16 & 255) * 2 + (p >> 8 & 255) * 5 + (p & 255)) / 8.0F;
            grid->counts[cell]++;
        }
    }
}

/* The mean of what lies in a rectangle of level pixels; false where too little of it is known. */
static bool grid_mean(
    const struct grid *grid, double left, double top, double right, double bottom, double *mean)
{
    double sum = 0, count = 0;
    int x0 = (int)fmax(0, floor(left / grid->cell.w + 0.25)),
        y0 = (int)fmax(0, floor(top / grid->cell.h + 0.25));
    int x1 = (int)fmin(grid->columns, ceil(right / grid->cell.w - 0.25));
    int y1 = (int)fmin(grid->rows, ceil(bottom / grid->cell.h - 0.25));
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            size_t cell = (size_t)y * (size_t)grid->columns + (size_t)x;
            sum += (double)grid->sums[cell];
            count += grid->counts[cell];
        }
    }
    *mean = count > 0 ? sum / count : 0;
    return count >= CELL_LEAST;
}

/* How far, on average, the tile that lies at `there` differs from what the coarser level shows at `here`;
 * both are rectangles of the finer level. -1: nothing can be said. */
static double difference(const struct inspection *in, int level, struct rect here, struct rect there)
{
    const struct pyramid_level *fine = &in->pyramid->levels[level], *coarse = fine - 1;
    const struct grid *own = &in->grids[0], *before = &in->grids[1];
    double factor = (double)coarse->factor / fine->factor, sum = 0;
    int count = 0, across = CELLS / 2;
    for (int i = 0; i < across * across; i++) {
        double w = (double)fine->tile.w / across, h = (double)fine->tile.h / across;
        int column = i % across, row = i / across;
        double x = column * w, y = row * h, a, b;
        if (x + w > here.w || y + h > here.h || x + w > there.w || y + h > there.h) {
            continue;
        }
        if (grid_mean(own, there.x + x, there.y + y, there.x + x + w, there.y + y + h, &a) &&
            grid_mean(before, (here.x + x) / factor, (here.y + y) / factor, (here.x + x + w) / factor,
                (here.y + y + h) / factor, &b)) {
            sum += fabs(a - b);
            count++;
        }
    }
    return count > 0 ? sum / count : -1;
}

static void report_exchanged(struct inspection *in, int level, struct place a, struct place b)
{
    struct error why = {0};
    char name[sizeof why.file], other[sizeof why.file];
    name_tile(in->pyramid, level, a.x, a.y, name, sizeof name);
    name_tile(in->pyramid, level, b.x, b.y, other, sizeof other);
    error_set_at(&why, ERROR_INPUT, name, 0, 0, "shows what belongs to %s", other);
    add_fault(in, SCAN_TILE_EXCHANGED, &why);
}

static void find_exchanged(struct inspection *in, int level)
{
    const struct pyramid_level *l = &in->pyramid->levels[level];
    static const struct place none;
    struct place strange[STRANGE_MAX];
    int count = 0;
    for (int y = 0; y < l->rows; y++) {
        for (int x = 0; x < l->columns && count < STRANGE_MAX; x++) {
            struct rect r = pyramid_tile_rect(in->pyramid, level, x, y);
            struct place place = none;
            place.x = x;
            place.y = y;
            place.strange = difference(in, level, r, r);
            if (place.strange > STRANGE) {
                strange[count++] = place;
            }
        }
    }
    for (int i = 0; i < count; i++) {
        struct rect own = pyramid_tile_rect(in->pyramid, level, strange[i].x, strange[i].y);
        for (int j = 0; j < count; j++) {
            struct rect other = pyramid_tile_rect(in->pyramid, level, strange[j].x, strange[j].y);
            double there = i != j ? difference(in, level, other, own) : -1;
            if (there >= 0 && there < strange[i].strange * FITS_BETTER) {
                report_exchanged(in, level, strange[i], strange[j]);
                break;
            }
        }
    }
}

/* ---- one tile */

static bool look_at_header(struct inspection *in, int fd, struct size stored, const char *name)
{
    struct image_header header;
    struct error why = {0};
    if (!image_file_header(fd, name, &header, &why)) {
        add_fault(in, SCAN_TILE_UNREADABLE, &why);
        return false;
    }
    if ((int64_t)header.width != stored.w || (int64_t)header.height != stored.h) {
        error_set_at(&why, ERROR_INPUT, name, 0, 0, "%u x %u pixels where %d x %d belong", header.width,
            header.height, stored.w, stored.h);
        add_fault(in, SCAN_TILE_SIZE, &why);
        return false;
    }
    return true;
}

/* False when the machine is at fault. */
static bool look_at_tile(struct inspection *in, int level, int x, int y, struct error *err)
{
    struct size stored;
    struct rect inner;
    struct error why = {0};
    char name[sizeof why.file];
    int fd = pyramid_open_tile(in->pyramid, level, x, y, &stored, &inner, &why);
    name_tile(in->pyramid, level, x, y, name, sizeof name);
    bool ok = true;
    in->faults->tiles++;
    if (fd < 0) {
        add_fault(
            in, strcmp(why.message, BENEATH_NO_FILE) == 0 ? SCAN_TILE_MISSING : SCAN_TILE_UNREADABLE, &why);
        return true;
    }
    if (look_at_header(in, fd, stored, name) && in->scan != NULL && in->decode_left > 0) {
        struct rect r = pyramid_tile_rect(in->pyramid, level, x, y);
        struct size size = {0, 0};
        const uint32_t *pixels = whole_decode_tile(in->scan, fd, name, &size, &why);
        in->decode_left--;
        if (pixels == NULL && why.category == ERROR_MACHINE) {
            *err = why;
            ok = false;
        } else if (pixels == NULL || size.w != stored.w || size.h != stored.h) {
            add_fault(in, SCAN_TILE_UNREADABLE, &why);
        } else {
            grid_add(&in->grids[0], r, pixels, size.w, inner);
        }
    }
    close(fd);
    return ok;
}

bool scan_tiles_inspect(struct scan *scan, const struct scan_pyramid *pyramid, long decode_limit,
    struct scan_tile_faults *faults, struct error *err)
{
    struct inspection in = {.scan = scan,
        .pyramid = pyramid,
        .faults = faults,
        .decode_left = decode_limit,
        .faults_left = FAULTS_MOST};
    bool ok = true;
    *faults = (struct scan_tile_faults){0};
    for (int level = 0; ok && pyramid->format != SCAN_IMAGE && level < pyramid->level_count; level++) {
        const struct pyramid_level *l = &pyramid->levels[level];
        bool all = scan != NULL && in.decode_left >= (long)l->columns * l->rows;
        if (!all) {
            in.decode_left = 0; /* a level by halves says nothing of its tiles' places */
        }
        grid_finish(&in.grids[1]);
        in.grids[1] = in.grids[0];
        in.grids[0] = (struct grid){0};
        ok = !all || grid_init(&in.grids[0], l) || error_memory(err);
        for (int y = 0; ok && in.faults_left > 0 && y < l->rows; y++) {
            for (int x = 0; ok && in.faults_left > 0 && x < l->columns; x++) {
                ok = look_at_tile(&in, level, x, y, err);
            }
        }
        if (ok && all && level > 0) {
            find_exchanged(&in, level);
        }
    }
    grid_finish(&in.grids[0]);
    grid_finish(&in.grids[1]);
    return ok;
}
