#include "internal.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens every folder on the way by itself, following no link. The last one's descriptor; -1 with errno.
 * `root` stays open. */
static int open_way(int root, const char *path, bool make)
{
    char part[BUNDLE_NAME_MAX + 1];
    int folder = root;
    for (const char *slash; (slash = strchr(path, '/')) != NULL; path = slash + 1) {
        memcpy(part, path, (size_t)(slash - path));
        part[slash - path] = '\0';
        int next = make ? file_make_folder(folder, part, NULL)
                        : file_open(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
        int number = errno;
        if (folder != root) {
            close(folder);
        }
        folder = next;
        if (folder < 0) {
            errno = number;
            return -1;
        }
    }
    return folder;
}

/* What is made so is readable for all, whatever the umask. */
static int open_file(int root, const char *path, int flags)
{
    const char *slash = strrchr(path, '/');
    int folder = open_way(root, path, (flags & O_CREAT) != 0);
    int fd = folder >= 0 ? file_open(folder, slash != NULL ? slash + 1 : path, flags | O_NOFOLLOW, 0644) : -1;
    if (fd >= 0 && (flags & O_CREAT) != 0 && (fchmod(fd, 0644) != 0 || !file_give(fd, folder))) {
        int number = errno;
        close(fd);
        errno = number;
        fd = -1;
    }
    int number = errno;
    if (folder >= 0 && folder != root) {
        close(folder);
    }
    errno = number;
    return fd;
}

/* Where its contents can be read: a descriptor for entry_close(), and the offset in it; -1 with *err. */
static int entry_open(
    const struct bundle *bundle, const struct bundle_entry *entry, uint64_t *offset, struct error *err)
{
    struct stat status;
    if (bundle->fd >= 0) {
        *offset = entry->offset;
        return bundle->fd;
    }
    *offset = 0;
    int fd = open_file(bundle->root, entry->path, O_RDONLY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0) {
        file_fail(err, entry->path, "it cannot be opened");
    } else if (!S_ISREG(status.st_mode) || (uint64_t)status.st_size != entry->size) {
        error_set_at(
            err, ERROR_INPUT, entry->path, 0, 0, "it has just been changed: try again when nobody writes");
    } else {
        return fd;
    }
    if (fd >= 0) {
        close(fd);
    }
    return -1;
}

static void entry_close(const struct bundle *bundle, int fd)
{
    if (fd != bundle->fd) {
        close(fd);
    }
}

static bool copy_bytes(const struct bundle_entry *entry, int from, uint64_t offset, int to,
    uint8_t hash[BUNDLE_HASH], struct error *err)
{
    crypto_generichash_state state;
    uint8_t *buffer = malloc(BUNDLE_COPY);
    bool ok = buffer != NULL || error_memory(err);
    crypto_generichash_init(&state, NULL, 0, BUNDLE_HASH);
    for (uint64_t left = entry->size; ok && left > 0;) {
        size_t size = left < BUNDLE_COPY ? (size_t)left : BUNDLE_COPY;
        ok = file_read_at(from, buffer, size, offset) || file_fail(err, entry->path, "it cannot be read");
        if (ok) {
            crypto_generichash_update(&state, buffer, size);
            ok =
                to < 0 || file_write(to, buffer, size) || file_fail(err, entry->path, "it cannot be written");
        }
        left -= size;
        offset += size;
    }
    crypto_generichash_final(&state, hash, BUNDLE_HASH);
    free(buffer);
    return ok;
}

static bool transfer(const struct bundle *bundle, const struct bundle_entry *entry, int to,
    uint8_t hash[BUNDLE_HASH], struct error *err)
{
    uint64_t offset;
    int from = entry_open(bundle, entry, &offset, err);
    bool ok = from >= 0 && copy_bytes(entry, from, offset, to, hash, err);
    if (from >= 0) {
        entry_close(bundle, from);
    }
    return ok;
}

bool entry_hash(const struct bundle *bundle, const struct bundle_entry *entry, uint8_t hash[BUNDLE_HASH],
    struct error *err)
{
    return transfer(bundle, entry, -1, hash, err);
}

bool entry_copy(const struct bundle *bundle, const struct bundle_entry *entry, int to, struct error *err)
{
    uint8_t hash[BUNDLE_HASH];
    if (!transfer(bundle, entry, to, hash, err)) {
        return false;
    }
    return memcmp(hash, entry->hash, sizeof hash) == 0 ||
           error_set_at(err, ERROR_INPUT, bundle->path, 0, 0,
               "\"%s\" is not what the list says: it has been changed", entry->path);
}

static bool unpack_file(
    const struct bundle *bundle, const struct bundle_entry *entry, int folder, struct error *err)
{
    int fd = open_file(folder, entry->path, O_WRONLY | O_CREAT | O_EXCL);
    if (fd < 0) {
        return file_fail(err, entry->path, "it cannot be written");
    }
    bool ok = entry_copy(bundle, entry, fd, err);
    ok = ok && (file_sync(fd) || file_fail(err, entry->path, "it cannot be written"));
    if (close(fd) != 0 && ok) {
        ok = file_fail(err, entry->path, "it cannot be written");
    }
    return ok;
}

static bool sync_way(int root, const char *path, size_t length, struct error *err)
{
    char copy[BUNDLE_PATH_MAX + 2];
    memcpy(copy, path, length);
    copy[length] = '/'; /* so that all of it are folders on the way */
    copy[length + 1] = '\0';
    int folder = open_way(root, copy, false);
    bool ok = folder >= 0 && file_sync(folder);
    int number = errno;
    if (folder >= 0) {
        close(folder);
    }
    errno = number;
    return ok || file_fail(err, path, "its folder cannot be written");
}

/* The folders of a path that its neighbour before it did not have. */
static bool sync_folders(int root, const char *before, const char *path, struct error *err)
{
    size_t shared = 0;
    for (size_t i = 0; path[i] != '\0' && path[i] == before[i]; i++) {
        shared = path[i] == '/' ? i + 1 : shared;
    }
    for (const char *slash = strchr(path + shared, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (!sync_way(root, path, (size_t)(slash - path), err)) {
            return false;
        }
    }
    return true;
}

bool bundle_unpack(const struct bundle *bundle, int folder, struct error *err)
{
    const char *before = "";
    for (size_t i = 0; i < bundle->count; i++) {
        if (!unpack_file(bundle, &bundle->entries[i], folder, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < bundle->count; i++) {
        if (!sync_folders(folder, before, bundle->entries[i].path, err)) {
            return false;
        }
        before = bundle->entries[i].path;
    }
    return file_sync(folder) || file_fail(err, bundle->path, "its folder cannot be written");
}

static bool entry_matches(const struct bundle_entry *entry, int folder)
{
    struct stat status;
    uint8_t hash[BUNDLE_HASH];
    int fd = open_file(folder, entry->path, O_RDONLY | O_NONBLOCK);
    bool same = fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
                (uint64_t)status.st_size == entry->size && copy_bytes(entry, fd, 0, -1, hash, NULL) &&
                memcmp(hash, entry->hash, sizeof hash) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return same;
}

bool bundle_matches(const struct bundle *bundle, int folder)
{
    for (size_t i = 0; i < bundle->count; i++) {
        if (!entry_matches(&bundle->entries[i], folder)) {
            return false;
        }
    }
    return true;
}
