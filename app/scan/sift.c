/* Tiles whose files have changed, found without reading one. */
#include "scan_state.h"

#include <unistd.h>

/* Is it still the file that the tile was read from? */
static bool is_current(void *context, const struct tile *tile)
{
    const struct scan_pyramid *pyramid = context;
    struct size stored;
    struct rect inner;
    struct error err;
    int fd = pyramid_open_tile(pyramid, tile->key.level, tile->key.x, tile->key.y, &stored, &inner, &err);
    struct tile_file now = tile_file_of(fd);
    if (fd >= 0) {
        close(fd);
    }
    return now.changed_ns == tile->file.changed_ns && now.bytes == tile->file.bytes &&
           now.inode == tile->file.inode;
}

void scan_sift_page(struct scan *scan, int page)
{
    if (scan_page(scan, page) == NULL || scan->pages[page].pyramid->format == SCAN_IMAGE) {
        return;
    }
    /* What is being read, or waits to be taken, may be as old as what is there. */
    watch_read_again(scan->watch, page);
    scan_take(scan, 0);
    if (cache_sift_page(&scan->cache, page, is_current, scan->pages[page].pyramid) > 0) {
        scan->pages[page].face = ++scan->generations;
    }
}
