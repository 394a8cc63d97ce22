#include "scan/facts.h"

#include "image_file.h"
#include "pyramid.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool scan_facts_read(const char *path, struct scan_facts *facts, struct error *err)
{
    struct image_header header = {0};
    *facts = (struct scan_facts){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", strerror(errno));
    }
    bool ok = image_file_header(fd, path, &header, err);
    close(fd);
    if (header.width <= INT32_MAX && header.height <= INT32_MAX) {
        *facts = (struct scan_facts){.jpeg = header.kind == IMAGE_JPEG,
            .stored = {(int)header.width, (int)header.height},
            .orientation = header.orientation,
            .channels = header.channels,
            .bits = header.bits};
    }
    return ok;
}

static bool tile_is_there(const struct scan_pyramid *pyramid, int level, int x, int y, struct error *why)
{
    struct size stored;
    struct rect inner;
    int fd = pyramid_open_tile(pyramid, level, x, y, &stored, &inner, why);
    if (fd < 0) {
        return false;
    }
    close(fd);
    return true;
}

long scan_tiles_missing(const struct scan_pyramid *pyramid, long limit, struct error *why)
{
    long missing = 0;
    if (pyramid->format == SCAN_IMAGE) {
        return 0;
    }
    for (int level = 0; level < pyramid->level_count; level++) {
        const struct pyramid_level *l = &pyramid->levels[level];
        for (int y = 0; y < l->rows; y++) {
            for (int x = 0; x < l->columns; x++) {
                if (!tile_is_there(pyramid, level, x, y, missing == 0 ? why : NULL) && ++missing == limit) {
                    return missing;
                }
            }
        }
    }
    return missing;
}
