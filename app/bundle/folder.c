/* A folder as a bundle that has not been written yet. */
#include "internal.h"

#include "base/array.h"
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct walk {
    struct bundle *bundle;
    time_t latest; /* change to a file or folder */
    struct error *err;
};

static bool refuse(const struct walk *walk, const char *path, const char *why)
{
    return error_set_at(walk->err, ERROR_INPUT, walk->bundle->path, 0, 0, "\"%s\" cannot be in a bundle: %s",
        path[0] != '\0' ? path : ".", why);
}

static bool walk_folder(struct walk *walk, int folder, const char *path, int depth);

static void note_time(struct walk *walk, const struct stat *status)
{
    walk->latest = status->st_mtime > walk->latest ? status->st_mtime : walk->latest;
}

static bool take_file(struct walk *walk, const char *path, const struct stat *status)
{
    struct bundle *bundle = walk->bundle;
    struct bundle_entry entry = {.size = (uint64_t)status->st_size};
    entry.path = arena_copy(&bundle->arena, str_from(path)).data;
    note_time(walk, status);
    if (bundle->count >= BUNDLE_FILES_MAX) {
        return refuse(walk, path, "there are too many files");
    }
    return (entry.path != NULL && ARRAY_PUSH(bundle->entries, bundle->count, bundle->capacity, entry)) ||
           error_memory(walk->err);
}

static bool take_entry(struct walk *walk, int folder, const char *path, const char *name, int depth)
{
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return refuse(walk, path, strerror(errno));
    }
    if (S_ISREG(status.st_mode)) {
        return take_file(walk, path, &status);
    }
    if (!S_ISDIR(status.st_mode)) {
        return refuse(walk, path,
            S_ISLNK(status.st_mode) ? "it is a link: put the file itself there"
                                    : "it is neither a file nor a folder");
    }
    if (depth >= BUNDLE_DEPTH_MAX) {
        return refuse(walk, path, "it lies too deep in folders");
    }
    int below = file_open(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    return below >= 0 ? walk_folder(walk, below, path, depth) : refuse(walk, path, strerror(errno));
}

/* Takes the descriptor. */
static bool walk_folder(struct walk *walk, int folder, const char *path, int depth)
{
    struct stat status;
    char below[BUNDLE_PATH_MAX + 1];
    bool ok = true;
    DIR *stream = fdopendir(folder);
    if (stream == NULL) {
        close(folder);
        return error_memory(walk->err);
    }
    if (fstat(folder, &status) == 0) {
        note_time(walk, &status);
    }
    errno = 0;
    for (struct dirent *entry; ok && (entry = readdir(stream)) != NULL; errno = 0) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        int length = snprintf(below, sizeof below, "%s%s%s", path, path[0] != '\0' ? "/" : "", entry->d_name);
        ok = length < (int)sizeof below ? take_entry(walk, folder, below, entry->d_name, depth + 1)
                                        : refuse(walk, path, "there are names in it that are too long");
    }
    if (ok && errno != 0) {
        ok = refuse(walk, path, strerror(errno));
    }
    closedir(stream);
    return ok;
}

static bool take_name(struct bundle *bundle, struct error *err)
{
    char *real = realpath(bundle->path, NULL), *slash = real != NULL ? strrchr(real, '/') : NULL;
    struct str name = str_from(slash != NULL ? slash + 1 : "");
    bool good = list_name_good(name);
    bundle->name = arena_copy(&bundle->arena, good ? name : STR("exhibit")).data;
    free(real);
    return bundle->name != NULL || error_memory(err);
}

static bool read_folder(struct bundle *bundle, uint64_t serial, struct error *err)
{
    struct walk walk = {.bundle = bundle, .err = err};
    bundle->root = file_open(AT_FDCWD, bundle->path, O_RDONLY | O_DIRECTORY, 0);
    int again = bundle->root >= 0 ? dup(bundle->root) : -1;
    if (again < 0) {
        return error_set_at(
            err, ERROR_INPUT, bundle->path, 0, 0, "the folder cannot be opened: %s", strerror(errno));
    }
    if (!walk_folder(&walk, again, "", 0) || !take_name(bundle, err)) {
        return false;
    }
    for (size_t i = 0; i < bundle->count; i++) {
        if (!entry_hash(bundle, &bundle->entries[i], bundle->entries[i].hash, err)) {
            return false;
        }
    }
    /* A camera whose clock goes wrong must not make this one the newest for years. */
    time_t now = time(NULL), latest = walk.latest > now && now > 0 ? now : walk.latest;
    bundle->serial = serial > 0 ? serial : latest > 0 ? (uint64_t)latest : 0;
    return list_write(bundle, err);
}

struct bundle *bundle_open_folder(const char *path, uint64_t serial, struct error *err)
{
    struct bundle *bundle = bundle_begin(path, err);
    if (bundle != NULL && !read_folder(bundle, serial, err)) {
        bundle_destroy(bundle);
        return NULL;
    }
    return bundle;
}
