/* The decoders and the one thread that looks after them: it takes tiles from a queue, reads their files, asks
 * decoders, copies pixels out, and replaces decoders that die, hang or lie. It sleeps in poll() and wakes for
 * replies, time-outs and new wishes only. Every function may be called from one other thread.
 *
 * A decoder that breaks down costs nothing the first time: the tile is tried once more. The second time, and
 * at once when it hangs or lies, the tile has failed. One that was killed from outside is not the tile's
 * fault, and that may happen more often. */
#ifndef SCAN_WATCH_H
#define SCAN_WATCH_H

#include "pyramid.h"
#include "tile.h"

struct watch;

/* So much of the cache's size may wait to be taken: a fourth. */
#define WATCH_WAITING_PART 4

/* What came of a tile. */
struct watch_result {
    struct tile_key key;
    uint32_t *pixels; /* malloc'd, to be freed by whoever takes it; NULL: failed for good */
    int w, h;
    struct tile_file file; /* of DZI and IIIF */
};

/* options->decoders, timeout_ms and cache_bytes are resolved (> 0). */
struct watch *watch_create(const struct scan_options *options, struct error *err);
void watch_destroy(struct watch *watch);

/* Tells of a page: `pyramid` must live until watch_clear_page(), which waits until its file is not being
 * read. False without memory. */
bool watch_set_page(struct watch *watch, int page, uint32_t generation, const struct scan_pyramid *pyramid);
void watch_clear_page(struct watch *watch, int page);

/* The page's files may be others now: tiles that are being read or decoded are read again. */
void watch_read_again(struct watch *watch, int page);

/* What is wanted now, in this order; replaces what was wanted and has not begun. */
bool watch_want(struct watch *watch, const struct tile_key *keys, size_t count);
/* The next result; false when there is none. */
bool watch_take(struct watch *watch, struct watch_result *result);
/* Waits until there is a result (true), or nothing is under way or `until_ms` of the monotonic clock has
 * passed (false). */
bool watch_wait(struct watch *watch, int64_t until_ms);

/* decoded, failed and restarts. */
struct scan_statistics watch_statistics(struct watch *watch);
size_t watch_pids(struct watch *watch, int *pids, size_t capacity);
/* The first thing that went wrong with a page since it was set; false when nothing has. */
bool watch_problem(struct watch *watch, int page, struct error *err);

int64_t watch_clock_ms(void);

#endif
