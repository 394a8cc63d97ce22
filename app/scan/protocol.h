/* What the player and vitrine-decode say to each other.
 *
 *     player                                   vitrine-decode
 *        │  bytes of a file ──▶ memfd 4 ──▶         │
 *        │  struct decode_request ─ socket 3 ──▶    │  one request at a time, one reply each
 *        │  ◀── socket 3 ─ struct decode_reply      │
 *        │  ◀── memfd 5 ◀── 0xFFRRGGBB words        │
 *
 * Both memfds are sealed at their size, so neither side can pull memory from under the other. Both sides run
 * on one machine and come from one build, so the structs are sent as they are. The player takes a reply for
 * what a hostile process says. */
#ifndef SCAN_PROTOCOL_H
#define SCAN_PROTOCOL_H

#include <stdint.h>

#define DECODE_MAGIC 0x31445456u /* "VTD1" */

#define DECODE_SOCKET_FD 3
#define DECODE_BYTES_FD 4
#define DECODE_PIXELS_FD 5

#define DECODE_BYTES_LIMIT (256u << 20) /* a file's bytes at most */
#define DECODE_SIDE_LIMIT 4352u         /* a tile's width and height at most, its overlap included */
#define DECODE_PIXELS_BYTES ((uint64_t)DECODE_SIDE_LIMIT * DECODE_SIDE_LIMIT * 4)
#define DECODE_LEVELS 32

enum decode_op {
    DECODE_LOAD = 1, /* decode a whole image, orientation applied, make its coarser levels, keep them */
    DECODE_CUT =
        2, /* cut x, y, w, h out of a level of the kept image; level 0 is the full size, each next one half */
    DECODE_TILE = 3 /* decode one file, as it is stored, straight into the pixels */
};

enum decode_status {
    DECODE_DONE = 0,
    DECODE_REFUSED = 1 /* `reason` says why */
};

struct decode_request {
    uint32_t magic, op;
    uint64_t serial;       /* comes back in the reply */
    uint64_t length;       /* LOAD, TILE: bytes of the file */
    uint64_t limit_pixels; /* LOAD, TILE: refuse what is larger */
    uint32_t level;        /* CUT */
    uint32_t x, y;         /* CUT */
    uint32_t w, h;         /* CUT */
    uint32_t levels;       /* LOAD: how many to make, at least 1 */
};

struct decode_reply {
    uint32_t magic, status;
    uint64_t serial;
    uint32_t w,
        h; /* LOAD: the image's size; CUT, TILE: of the pixels that were written, rows without a gap */
    char reason[104];
};

#endif
