/* A bundle as a file. */
#include "internal.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(
    const struct bundle *bundle, int fd, const char *path, struct str signature, struct error *err)
{
    struct head head = {.list = bundle->list.length, .signature = signature.length};
    char text[BUNDLE_HEAD_MAX];
    size_t length = head_write(&head, text);
    if (!file_write(fd, text, length) || !file_write(fd, bundle->list.data, bundle->list.length) ||
        !file_write(fd, signature.data, signature.length)) {
        return file_fail(err, path, "it cannot be written");
    }
    for (size_t i = 0; i < bundle->count; i++) {
        if (!entry_copy(bundle, &bundle->entries[i], fd, err)) {
            return false;
        }
    }
    return file_sync(fd) || file_fail(err, path, "it cannot be written");
}

static bool sign(const struct bundle *bundle, const struct minisign_secret *key, char text[MINISIGN_TEXT_MAX],
    struct error *err)
{
    char comment[BUNDLE_NAME_MAX + 60];
    snprintf(comment, sizeof comment, "vitrine exhibit %s serial %" PRIu64, bundle->name, bundle->serial);
    return minisign_sign(key, bundle->list, BUNDLE_NOTE, comment, text, err);
}

/* The name must be on the disk too; where its folder cannot be opened for that, the file is still good. */
static void sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash != NULL ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int folder = parent != NULL ? file_open(AT_FDCWD, parent, O_RDONLY | O_DIRECTORY, 0) : -1;
    if (folder >= 0) {
        file_sync(folder);
        close(folder);
    }
    free(parent);
}

/* Is the open file ours alone, and still called so? It may have become the bundle itself since it was opened.
 */
static bool take(int fd, const struct stat *it, const char *beside)
{
    struct stat named;
    bool taken = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    return !taken && lstat(beside, &named) == 0 && named.st_ino == it->st_ino && named.st_dev == it->st_dev;
}

/* The file beside it, empty; one that was left is taken over. -1 with *err. */
static int begin(const char *beside, const char *path, struct error *err)
{
    struct stat it;
    int fd = file_open(AT_FDCWD, beside, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0666);
    bool known = fd >= 0 && fstat(fd, &it) == 0;
    if (known && (!S_ISREG(it.st_mode) || it.st_nlink != 1)) {
        error_set_at(err, ERROR_MACHINE, beside, 0, 0, "something else is there: remove it");
    } else if (known && !take(fd, &it, beside)) {
        error_set_at(err, ERROR_MACHINE, path, 0, 0, "it is being written just now: try again");
    } else if (known && ftruncate(fd, 0) == 0) {
        return fd;
    } else {
        file_fail(err, path, "it cannot be written");
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

bool bundle_write(
    const struct bundle *bundle, const char *path, const struct minisign_secret *key, struct error *err)
{
    char signature[MINISIGN_TEXT_MAX] = "", *beside = NULL;
    if (key != NULL && !sign(bundle, key, signature, err)) {
        return false;
    }
    if (asprintf(&beside, "%s.part", path) < 0) {
        return error_memory(err);
    }
    int fd = begin(beside, path, err);
    bool ok = fd >= 0 && write_all(bundle, fd, path, str_from(signature), err) &&
              (rename(beside, path) == 0 || file_fail(err, path, "it cannot be put in place"));
    if (ok) {
        sync_parent(path);
    } else if (fd >= 0) {
        unlink(beside);
    }
    if (fd >= 0) {
        close(fd); /* which lets others begin; all of it is on the disk */
    }
    free(beside);
    return ok;
}
