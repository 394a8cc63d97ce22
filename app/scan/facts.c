#include "scan/facts.h"

#include "base/stream.h"

#include "image_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool scan_facts_read(const char *path, struct scan_facts *facts, struct error *err)
{
    struct image_header header = {0};
    *facts = (struct scan_facts){0};
    int fd = stream_descriptor(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
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
