#include "path.h"

#include "base/array.h"
#include "base/stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMPONENT_MAX 255

enum path_result path_judge(struct str path)
{
    if (path.length == 0 || path.length > 4000 || str_find(path, '\\') < path.length ||
        str_find(path, '\0') < path.length) {
        return PATH_LEAVES;
    }
    struct str rest = path;
    for (bool more = true; more;) {
        more = str_find(rest, '/') < rest.length;
        struct str component = str_split(&rest, '/');
        if (component.length == 0 || component.length > COMPONENT_MAX || str_equal_c(component, ".") ||
            str_equal_c(component, "..")) {
            return PATH_LEAVES;
        }
    }
    return PATH_GOOD;
}

/* openat with O_NOFOLLOW says ELOOP for a link, but ENOTDIR where O_DIRECTORY is asked for too. */
static enum path_result why_not(int folder, const char *name, int number)
{
    struct stat status;
    if (number == ELOOP ||
        (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))) {
        return PATH_SYMLINK;
    }
    if (number == ENOENT || number == ENOTDIR) {
        return PATH_MISSING;
    }
    return number == ENXIO ? PATH_NOT_FILE : PATH_UNREADABLE;
}

static enum path_result open_component(int folder, struct str component, int flags, int *fd)
{
    char name[COMPONENT_MAX + 1];
    memcpy(name, component.data, component.length);
    name[component.length] = '\0';
    *fd = stream_descriptor(folder, name, flags | O_NOFOLLOW);
    return *fd >= 0 ? PATH_GOOD : why_not(folder, name, errno);
}

/* Walks down to the last component, which is opened with `flags`. */
static enum path_result walk(int root, const char *path, int flags, int *fd)
{
    struct str rest = str_from(path);
    enum path_result result = path_judge(rest);
    int folder = root;
    *fd = -1;
    while (result == PATH_GOOD) {
        bool last = str_find(rest, '/') == rest.length;
        struct str component = str_split(&rest, '/');
        int next = -1;
        result = open_component(folder, component, last ? flags : O_RDONLY | O_DIRECTORY, &next);
        if (folder != root) {
            close(folder);
        }
        folder = next;
        if (last) {
            *fd = next;
            break;
        }
    }
    return result;
}

enum path_result path_open(int root, const char *path, int *fd, size_t *size)
{
    struct stat status;
    /* Not blocking: a pipe in the folder must not hold the player up. */
    enum path_result result = walk(root, path, O_RDONLY | O_NONBLOCK, fd);
    if (result != PATH_GOOD) {
        return result;
    }
    if (fstat(*fd, &status) != 0) {
        result = PATH_UNREADABLE;
    } else if (!S_ISREG(status.st_mode)) {
        result = PATH_NOT_FILE;
    } else if (size != NULL) {
        *size = (size_t)status.st_size;
    }
    if (result != PATH_GOOD) {
        close(*fd);
        *fd = -1;
    }
    return result;
}

enum path_result path_try(int root, const char *path, size_t limit)
{
    int fd;
    size_t size = 0;
    enum path_result result = path_open(root, path, &fd, &size);
    if (result == PATH_GOOD) {
        close(fd);
        result = size > limit ? PATH_TOO_LARGE : PATH_GOOD;
    }
    return result;
}

/* The file may grow or shrink while it is read: what counts is where it ends, not what fstat said. */
static enum path_result read_all(
    int fd, size_t expected, size_t limit, struct arena *arena, struct str *bytes)
{
    char *buffer = NULL;
    size_t length = 0, capacity = 0;
    enum path_result result = PATH_GOOD;
    while (result == PATH_GOOD) {
        size_t wanted = length == 0 ? expected + 1 : length + 4096;
        if (!array_reserve((void **)&buffer, &capacity, wanted, 1)) {
            result = PATH_NO_MEMORY;
            break;
        }
        ssize_t got = read(fd, buffer + length, capacity - length);
        if (got < 0 && errno != EINTR) {
            result = PATH_UNREADABLE;
        } else if (got == 0) {
            break;
        } else if (got > 0) {
            length += (size_t)got;
            result = length > limit ? PATH_TOO_LARGE : PATH_GOOD;
        }
    }
    if (result == PATH_GOOD) {
        *bytes = arena_copy(arena, (struct str){buffer, length});
        result = bytes->data != NULL ? PATH_GOOD : PATH_NO_MEMORY;
    }
    free(buffer);
    return result;
}

enum path_result path_read(int root, const char *path, size_t limit, struct arena *arena, struct str *bytes)
{
    int fd;
    size_t size = 0;
    enum path_result result = path_open(root, path, &fd, &size);
    if (result == PATH_GOOD) {
        result = size > limit ? PATH_TOO_LARGE : read_all(fd, size, limit, arena, bytes);
        close(fd);
    }
    return result;
}

bool path_is_folder(int root, const char *path)
{
    int fd;
    if (walk(root, path, O_RDONLY | O_DIRECTORY, &fd) != PATH_GOOD) {
        return false;
    }
    close(fd);
    return true;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static enum path_result read_names(DIR *stream, struct arena *arena, const char ***names, size_t *count)
{
    const char **found = NULL;
    size_t found_count = 0, capacity = 0;
    enum path_result result = PATH_GOOD;
    for (struct dirent *entry; result == PATH_GOOD && (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *name = arena_copy(arena, str_from(entry->d_name)).data;
        if (name == NULL || !ARRAY_PUSH(found, found_count, capacity, name)) {
            result = PATH_NO_MEMORY;
        }
    }
    const char **kept = result == PATH_GOOD ? arena_take_array(arena, found_count, sizeof *kept) : NULL;
    if (kept != NULL && found_count > 0) {
        memcpy(kept, found, found_count * sizeof *kept);
        qsort(kept, found_count, sizeof *kept, by_bytes);
    }
    free(found);
    *names = kept;
    *count = kept != NULL ? found_count : 0;
    return kept != NULL ? PATH_GOOD : PATH_NO_MEMORY;
}

enum path_result path_list(
    int root, const char *path, struct arena *arena, const char ***names, size_t *count)
{
    int fd;
    *names = NULL;
    *count = 0;
    enum path_result result = PATH_GOOD;
    if (path[0] == '\0') {
        fd = stream_descriptor(root, ".", O_RDONLY | O_DIRECTORY);
        result = fd >= 0 ? PATH_GOOD : PATH_UNREADABLE;
    } else {
        result = walk(root, path, O_RDONLY | O_DIRECTORY, &fd);
    }
    if (result != PATH_GOOD) {
        return result == PATH_MISSING ? PATH_GOOD : result;
    }
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        close(fd);
        return PATH_NO_MEMORY;
    }
    result = read_names(stream, arena, names, count);
    closedir(stream);
    return result;
}
