/* Tiles without decoder processes: the player's side asks the source for the next one itself. */
#include "watch_state.h"

#include <stdlib.h>

/* False: the source has nothing more for now; the tile waits on. */
static bool ask(struct watch *watch, const struct scan_pyramid *pyramid, struct tile_key key)
{
    const struct scan_source *source = watch->options.source;
    struct rect r = pyramid_tile_rect(pyramid, key.level, key.x, key.y);
    struct size size = {r.w, r.h};
    uint32_t *pixels = malloc((size_t)r.w * (size_t)r.h * sizeof *pixels);
    enum scan_source_answer answer =
        pixels != NULL ? source->decode(source->context, key.page, key.level, key.x, key.y, size, pixels)
                       : SCAN_SOURCE_FAILED;
    if (answer == SCAN_SOURCE_DONE) {
        watch_give(watch, key, pixels, size, (struct tile_file){0});
        return true;
    }
    free(pixels);
    if (answer == SCAN_SOURCE_LATER) {
        return false;
    }
    watch_give(watch, key, NULL, (struct size){0, 0}, (struct tile_file){0});
    return true;
}

void source_serve(struct watch *watch)
{
    while (watch->queue_at < watch->queue_count && watch->results.taken == watch->results.count) {
        struct tile_key key = watch->queue[watch->queue_at];
        const struct watch_page *page = watch_page(watch, key);
        if (page != NULL && !ask(watch, page->pyramid, key)) {
            break;
        }
        watch->queue_at++;
    }
}
