/* Any bytes as a .dzi: a pyramid with sound levels, or an error with a message. */
#include "pyramid.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct scan_pyramid pyramid = {.format = SCAN_DZI};
    struct error err = {0};
    if (!dzi_read(&pyramid, (const char *)data, size, "fuzz.dzi", &err)) {
        if (err.message[0] == '\0' || err.category != ERROR_INPUT) {
            abort();
        }
        return 0;
    }
    if (pyramid.level_count < 1 || pyramid.level_count > PYRAMID_LEVELS || pyramid.overlap < 0) {
        abort();
    }
    for (int i = 0; i < pyramid.level_count; i++) {
        const struct pyramid_level *l = &pyramid.levels[i];
        struct rect last = pyramid_tile_rect(&pyramid, i, l->columns - 1, l->rows - 1);
        if (l->number < 0 || last.w < 1 || last.h < 1 || last.x + last.w != l->size.w ||
            last.y + last.h != l->size.h) {
            abort();
        }
    }
    return 0;
}
