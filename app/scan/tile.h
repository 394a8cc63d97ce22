/* Which tile: a page of the engine, its generation (a number is used again for another page), a level and a
 * place in its grid. */
#ifndef SCAN_TILE_H
#define SCAN_TILE_H

#include <stdbool.h>
#include <stdint.h>

struct tile_key {
    int page;
    uint32_t generation;
    int level, x, y;
};

/* The file that a tile was read from, to know it again; zeros: there was none. */
struct tile_file {
    int64_t changed_ns, bytes;
    uint64_t inode;
};

static inline bool tile_key_equal(struct tile_key a, struct tile_key b)
{
    return a.page == b.page && a.generation == b.generation && a.level == b.level && a.x == b.x && a.y == b.y;
}

#endif
