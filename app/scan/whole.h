/* Images decoded one by one while the caller waits, by a decoder of their own. */
#ifndef SCAN_WHOLE_H
#define SCAN_WHOLE_H

#include "scan/scan.h"

/* Decodes an open tile as it is stored. The pixels are lent until the next image is decoded: a hostile
 * decoder may change them at any time, so nothing may depend on reading one twice. NULL with *err:
 * ERROR_INPUT when the file is at fault. */
const uint32_t *whole_decode_tile(
    struct scan *scan, int fd, const char *name, struct size *size, struct error *err);

#endif
