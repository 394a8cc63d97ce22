#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_open(int folder, const char *name, int flags, mode_t mode)
{
    int fd;
    do {
        fd = openat(folder, name, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

bool file_give(int fd, int folder)
{
    struct stat it, around;
    if (geteuid() != 0) {
        return true;
    }
    if (fstat(fd, &it) != 0 || fstat(folder, &around) != 0) {
        return false;
    }
    /* What has a second name elsewhere may be somebody else's. */
    if ((it.st_uid == around.st_uid && it.st_gid == around.st_gid) ||
        (!S_ISDIR(it.st_mode) && it.st_nlink != 1)) {
        return true;
    }
    return fchown(fd, around.st_uid, around.st_gid) == 0 || errno == EPERM || errno == EROFS ||
           errno == EOPNOTSUPP; /* a disk that knows no owners, or one that this machine may not give away */
}

int file_make_folder(int folder, const char *name, bool *made)
{
    bool is_new = mkdirat(folder, name, 0755) == 0;
    int fd = is_new || errno == EEXIST ? file_open(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0) : -1;
    if (is_new && fd >= 0 && (fchmod(fd, 0755) != 0 || !file_give(fd, folder))) {
        int number = errno;
        close(fd);
        errno = number;
        fd = -1;
    }
    if (made != NULL) {
        *made = is_new;
    }
    return fd;
}

bool file_read_at(int fd, void *bytes, size_t size, uint64_t offset)
{
    char *at = bytes;
    while (size > 0) {
        ssize_t got = pread(fd, at, size, (off_t)offset);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? 0 : errno;
            return false;
        }
        at += got;
        size -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

bool file_write(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t put = write(fd, at, size);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            errno = put == 0 ? EIO : errno;
            return false;
        }
        at += put;
        size -= (size_t)put;
    }
    return true;
}

bool file_sync(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL || errno == EROFS;
}

bool file_fail(struct error *err, const char *path, const char *what)
{
    int number = errno;
    return error_set_at(err, ERROR_MACHINE, path, 0, 0, "%s: %s", what,
        number != 0 ? strerror(number) : "the file ends too soon");
}
