/* What `check` asks of an image without decoding it. */
#ifndef SCAN_FACTS_H
#define SCAN_FACTS_H

#include "base/error.h"
#include "base/rect.h"
#include "scan/scan.h"

#include <stdbool.h>
#include <stddef.h>

struct scan_facts { /* of one JPEG or PNG, from its header */
    bool jpeg;
    struct size stored; /* pixels as they lie in the file, before orientation */
    int orientation;    /* EXIF, 1..8 */
    int channels;       /* 1 grey, 2 grey and alpha, 3 (also a palette), 4 RGBA or, in a JPEG, CMYK */
    int bits;           /* per sample */
};

/* Reads the header. ERROR_INPUT when it is neither a JPEG nor a PNG, or broken; *facts then has what was read
 * before the break, and zeros. Sizes that are too large to be shown are no error here. */
bool scan_facts_read(const char *path, struct scan_facts *facts, struct error *err);

/* What may be wrong with a tile. */
enum scan_tile_fault {
    SCAN_TILE_MISSING,
    SCAN_TILE_UNREADABLE, /* a folder, a link out of the exhibit, no image, cut off, or it cannot be decoded
                           */
    SCAN_TILE_SIZE,       /* an image of another size than belongs there */
    SCAN_TILE_EXCHANGED,  /* it shows what the next coarser level shows in the place of another one */
    SCAN_TILE_FAULTS
};
struct scan_tile_faults {
    long tiles; /* looked at */
    long counts[SCAN_TILE_FAULTS];
    struct error first[SCAN_TILE_FAULTS]; /* the first of each: which file, and why */
};

/* Looks at every tile of a pyramid (none of a single image), from the coarsest level on: whether it is there
 * and what its header says, and, with `scan`, level by level as long as they have `decode_limit` tiles at
 * most in all, whether it can be decoded and stands in its place. Ends after a few thousand faults. False
 * with ERROR_MACHINE when that cannot be done. */
bool scan_tiles_inspect(struct scan *scan, const struct scan_pyramid *pyramid, long decode_limit,
    struct scan_tile_faults *faults, struct error *err);

#endif
