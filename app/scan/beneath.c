#include "beneath.h"

#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* O_NONBLOCK: a FIFO in an exhibit must not stop the player. */
#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)

/* Does `path` lie in `root`? Both are resolved. Returns the rest of the path, or NULL. */
static const char *inside(const char *path, const char *root)
{
    size_t length = strlen(root);
    if (strcmp(root, "/") == 0) {
        return path[0] == '/' ? path + 1 : NULL;
    }
    if (strncmp(path, root, length) != 0 || (path[length] != '/' && path[length] != '\0')) {
        return NULL;
    }
    return path[length] == '/' ? path + length + 1 : path + length;
}

/* For kernels and containers without openat2: resolve, compare, open what was resolved. */
static int open_resolved(const char *root, const char *relative)
{
    char joined[PATH_MAX], resolved[PATH_MAX];
    int length = snprintf(joined, sizeof joined, "%s/%s", root, relative);
    if (length < 0 || (size_t)length >= sizeof joined) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (realpath(joined, resolved) == NULL) {
        return -1;
    }
    if (inside(resolved, root) == NULL) {
        errno = EXDEV;
        return -1;
    }
    return stream_descriptor(AT_FDCWD, resolved, OPEN_FLAGS | O_NOFOLLOW);
}

static int open_beneath(const char *root, const char *relative)
{
    int folder = stream_descriptor(AT_FDCWD, root, O_PATH | O_DIRECTORY);
    if (folder < 0) {
        return -1;
    }
    struct open_how how = {.flags = OPEN_FLAGS, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    int fd, why;
    do {
        fd = (int)syscall(SYS_openat2, folder, relative, &how, sizeof how);
        why = errno;
    } while (fd < 0 && why == EINTR);
    close(folder);
    if (fd < 0 && (why == ENOSYS || why == EPERM)) {
        return open_resolved(root, relative);
    }
    errno = why;
    return fd;
}

int beneath_open(const char *root, const char *relative, struct error *err)
{
    struct stat status;
    int fd = open_beneath(root, relative);
    if (fd < 0) {
        const char *why =
            errno == EXDEV ? "a link or path that leaves the exhibit's folder" : strerror(errno);
        error_set_at(err, ERROR_INPUT, relative, 0, 0, "%s", errno == ENOENT ? BENEATH_NO_FILE : why);
        return -1;
    }
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(fd);
        error_set_at(err, ERROR_INPUT, relative, 0, 0, "not a regular file");
        return -1;
    }
    return fd;
}

/* The folder that a path names its file in; "." and "/" where there is none before it. */
static char *folder_of(const char *path, const char **name)
{
    const char *slash = strrchr(path, '/');
    *name = slash == NULL ? path : slash + 1;
    if (slash == NULL) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

bool beneath_split(
    const char *path, const char *root, char **root_out, char **relative_out, struct error *err)
{
    const char *name;
    const char *rest;
    char *folder = folder_of(path, &name);
    char *folder_real = folder == NULL ? NULL : realpath(folder, NULL);
    char *root_real = realpath(root != NULL ? root : (folder != NULL ? folder : "."), NULL);
    bool split = false;
    *root_out = *relative_out = NULL;
    if (folder == NULL) {
        error_memory(err);
        goto out;
    }
    if (folder_real == NULL || root_real == NULL) {
        error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", strerror(errno));
        goto out;
    }
    rest = inside(folder_real, root_real);
    if (rest == NULL) {
        error_set_at(err, ERROR_INPUT, path, 0, 0, "lies outside the exhibit's folder");
        goto out;
    }
    if (asprintf(relative_out, "%s%s%s", rest, rest[0] == '\0' ? "" : "/", name) < 0) {
        *relative_out = NULL;
        error_memory(err);
        goto out;
    }
    *root_out = root_real;
    root_real = NULL;
    split = true;
out:
    free(folder);
    free(folder_real);
    free(root_real);
    return split;
}
