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

static inline bool tile_key_equal(struct tile_key a, struct tile_key b)
{
    return a.page == b.page && a.generation == b.generation && a.level == b.level && a.x == b.x && a.y == b.y;
}

#endif
