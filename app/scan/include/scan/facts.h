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

/* How many tiles of a pyramid have no file that can be opened; `*why` (may be NULL) is about the first of
 * them. 0 for a single image. Stops counting at `limit` (0: counts all). */
long scan_tiles_missing(const struct scan_pyramid *pyramid, long limit, struct error *why);

#endif
