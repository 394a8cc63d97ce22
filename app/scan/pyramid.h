/* Inside a scan_pyramid: levels, tiles and where their files are.
 *
 * Level pixels lie on one grid: level pixel (i, j) covers image pixels i*factor .. (i+1)*factor. Tiles cut
 * that grid at multiples of the tile's size, so neighbours share their edge as one integer; an overlap is
 * only stored, never used. */
#ifndef SCAN_PYRAMID_H
#define SCAN_PYRAMID_H

#include "tile.h"

#include "scan/scan.h"

#define PYRAMID_LEVELS 32
#define PYRAMID_SIDE_LIMIT (1 << 26)       /* image pixels on one axis, for .dzi and IIIF */
#define PYRAMID_TILE_LIMIT 4096            /* a tile's side, without overlap */
#define PYRAMID_COARSEST_SIDE 1024         /* of the coarsest level at most, also where tiles are larger */
#define PYRAMID_COARSEST_PIXELS 8000000    /* IIIF, which says itself what its levels are */
#define PYRAMID_IIIF_TILE_LEAST 16         /* levels may differ in tiles, but none is dust beside another */
#define PYRAMID_IMAGE_TILE 256             /* into which single images are cut */
#define PYRAMID_DESCRIPTOR_LIMIT (1 << 20) /* bytes of a .dzi or info.json */

struct pyramid_level {
    struct size size; /* level pixels */
    struct size tile;
    int columns, rows;
    int factor; /* image pixels per level pixel on each axis */
    int number; /* DZI: the folder's name. IMAGE: how often halved */
};

struct scan_pyramid {
    enum scan_format format;
    char *path;     /* as it was given, for messages */
    char *root;     /* the folder that no file may lie outside of, resolved */
    char *relative; /* the descriptor below root; IMAGE: the file itself */
    char *tiles;    /* the folder of tiles below root; "" is root itself; NULL for IMAGE */
    struct size size;
    int overlap;       /* DZI */
    char extension[8]; /* DZI, without the dot */
    int iiif_version;  /* 2 or 3 */
    double dpi;        /* 0: unknown */
    int level_count;
    struct pyramid_level levels[PYRAMID_LEVELS]; /* coarsest first */
};

/* Reads a descriptor's bytes into size and levels. `file` is for messages. */
bool dzi_read(
    struct scan_pyramid *pyramid, const char *bytes, size_t length, const char *file, struct error *err);
bool iiif_read(
    struct scan_pyramid *pyramid, const char *bytes, size_t length, const char *file, struct error *err);

/* Fills levels[] by halving from pyramid->size until one tile holds all; `finest` is the number of the finest
 * level and each coarser one has `number_step` more. */
bool pyramid_halve(struct scan_pyramid *pyramid, struct size tile, int finest, int number_step);
/* A level's columns and rows from its size and tile. */
void pyramid_level_finish(struct pyramid_level *level);

/* What of its level a tile holds, level pixels. */
struct rect pyramid_tile_rect(const struct scan_pyramid *pyramid, int level, int x, int y);
/* The pixels of `other` that lie under a rectangle of `level`, on the same image. */
struct rect pyramid_under(
    const struct pyramid_level *level, const struct pyramid_level *other, struct rect r);
/* DZI, IIIF: opens the tile's file. *stored is the size that its image must have and *inner where the tile
 * itself lies in it. */
int pyramid_open_tile(const struct scan_pyramid *pyramid, int level, int x, int y, struct size *stored,
    struct rect *inner, struct error *err);
/* What is known of an open tile's file. */
struct tile_file tile_file_of(int fd);
/* IMAGE: opens the file. */
int pyramid_open_image(const struct scan_pyramid *pyramid, struct error *err);

#endif
