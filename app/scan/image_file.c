#include "image_file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Most headers end within the first piece, but a JPEG may carry megabytes of colour profile and metadata
 * before its size. */
#define HEADER_FIRST ((size_t)64 << 10)
#define HEADER_LIMIT ((size_t)16 << 20)

char *image_file_start(int fd, size_t limit, size_t *length)
{
    char *bytes = malloc(limit + 1);
    size_t have = 0;
    while (bytes != NULL && have < limit) {
        ssize_t got = pread(fd, bytes + have, limit - have, (off_t)have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        have += (size_t)got;
    }
    if (bytes != NULL) {
        bytes[have] = '\0';
    }
    *length = have;
    return bytes;
}

bool image_file_header(int fd, const char *path, struct image_header *header, struct error *err)
{
    const char *reason = "";
    enum image_header_result result = IMAGE_HEADER_MORE;
    for (size_t limit = HEADER_FIRST; result == IMAGE_HEADER_MORE && limit <= HEADER_LIMIT; limit *= 16) {
        size_t length = 0;
        char *bytes = image_file_start(fd, limit, &length);
        if (bytes == NULL) {
            return error_memory(err);
        }
        result = image_header_read((const uint8_t *)bytes, length, header, &reason);
        free(bytes);
        if (length < limit) {
            break; /* that was all of it */
        }
    }
    if (result == IMAGE_HEADER_OK) {
        return true;
    }
    return error_set_at(err, ERROR_INPUT, path, 0, 0, "%s",
        result == IMAGE_HEADER_MORE ? "an image that was cut off in its header" : reason);
}
