#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

struct stream {
    int fd;
};

static ssize_t read_some(void *cookie, char *bytes, size_t size)
{
    const struct stream *stream = cookie;
    ssize_t got;
    do {
        got = read(stream->fd, bytes, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* stdio takes less than all for an error; 0, and not less, is one too. */
static ssize_t write_all(void *cookie, const char *bytes, size_t size)
{
    const struct stream *stream = cookie;
    size_t done = 0;
    while (done < size) {
        ssize_t put = write(stream->fd, bytes + done, size - done);
        if (put < 0 && errno != EINTR) {
            break;
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return (ssize_t)done;
}

static int seek(void *cookie, off64_t *offset, int whence)
{
    const struct stream *stream = cookie;
    off64_t at = lseek(stream->fd, *offset, whence);
    *offset = at >= 0 ? at : *offset;
    return at >= 0 ? 0 : -1;
}

/* An interrupted close() has closed all the same. */
static int finish(void *cookie)
{
    struct stream *stream = cookie;
    int result = close(stream->fd);
    free(stream);
    return result == 0 || errno == EINTR ? 0 : -1;
}

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    int fd;
    do {
        fd = openat(folder, path, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

int stream_descriptor(int folder, const char *path, int flags)
{
    return open_at(folder, path, flags & ~O_CREAT, 0);
}

FILE *stream_open(const char *path, const char *mode)
{
    const cookie_io_functions_t calls = {read_some, write_all, seek, finish};
    struct stream *stream = malloc(sizeof *stream);
    if (stream == NULL) {
        return NULL;
    }
    stream->fd = open_at(AT_FDCWD, path, mode[0] == 'w' ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY, 0666);
    FILE *file = stream->fd >= 0 ? fopencookie(stream, mode[0] == 'w' ? "w" : "r", calls) : NULL;
    if (file == NULL) {
        int code = errno;
        if (stream->fd >= 0) {
            close(stream->fd);
        }
        free(stream);
        errno = code;
    }
    return file;
}
