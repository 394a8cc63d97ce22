#include "output.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool exists(const char *path, struct stat *status)
{
    return lstat(path, status) == 0;
}

static bool check_free(const struct output *output, struct error *err)
{
    struct stat status;
    if (exists(output->descriptor, &status)) {
        if (!output->force) {
            return error_set_at(
                err, ERROR_USAGE, output->descriptor, 0, 0, "is there already: --force replaces it");
        }
        if (!S_ISREG(status.st_mode) && !S_ISLNK(status.st_mode)) {
            return error_set_at(
                err, ERROR_INPUT, output->descriptor, 0, 0, "is no file, and is not replaced");
        }
    }
    if (exists(output->tiles, &status)) {
        if (!output->force) {
            return error_set_at(err, ERROR_USAGE, output->tiles, 0, 0,
                "is there already, where the tiles belong: --force replaces it");
        }
        if (!S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode)) {
            return error_set_at(err, ERROR_INPUT, output->tiles, 0, 0, "is no folder, and is not replaced");
        }
    }
    return true;
}

bool output_plan(struct output *output, const char *name, bool force, struct error *err)
{
    struct str path = str_from(name);
    size_t slash = path.length;
    while (slash > 0 && name[slash - 1] != '/') {
        slash--;
    }
    *output = (struct output){.force = force, .lock = -1};
    if (!str_ends_with(path, STR(".dzi")) || path.length - slash <= 4) {
        return error_set(
            err, ERROR_USAGE, "the output's name must end in .dzi, and \"%s\" does not: page.dzi", name);
    }
    /* Room for what is appended to these names. */
    if (path.length + 64 > sizeof output->descriptor) {
        return error_set(err, ERROR_USAGE, "the output's name is too long");
    }
    snprintf(output->descriptor, sizeof output->descriptor, "%s", name);
    snprintf(output->tiles, sizeof output->tiles, "%.*s_files", (int)path.length - 4, name);
    output_recover(output);
    return check_free(output, err);
}

bool output_begin(struct output *output, struct error *err)
{
    snprintf(output->folder, sizeof output->folder, "%.*s" OUTPUT_TEMPORARY "%ld", PATH_MAX - 32,
        output->descriptor, (long)getpid());
    if (mkdir(output->folder, 0777) != 0) {
        int code = errno;
        output->folder[0] = '\0';
        return error_set_at(err, ERROR_MACHINE, output->descriptor, 0, 0,
            "cannot be written, for beside it no folder can be made: %s", strerror(code));
    }
    output->lock = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->lock >= 0) {
        (void)flock(
            output->lock, LOCK_EX | LOCK_NB); /* where there are no locks, nobody else gets one either */
    }
    return true;
}

/* What is moved, from where to where; `optional`: when it is there. */
struct move {
    char from[PATH_MAX + 16];
    const char *to;
    bool optional, done;
};

static bool move(struct move *move)
{
    move->done = rename(move->from, move->to) == 0;
    return move->done || (move->optional && errno == ENOENT);
}

static bool sync_parent(const char *path)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 0 : (int)(slash - path) + 1;
    snprintf(parent, sizeof parent, "%.*s", length, path);
    int fd = open(length > 0 ? parent : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* A file system that cannot sync a folder says EINVAL: there is nothing more to be done. */
    bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

bool output_install(struct output *output, struct error *err)
{
    enum { OLD_DESCRIPTOR, OLD_TILES, NEW_TILES, NEW_DESCRIPTOR, MOVES };
    char old_descriptor[PATH_MAX + 16], old_tiles[PATH_MAX + 16];
    struct move moves[MOVES] = {0};
    if (!check_free(output, err)) {
        return false;
    }
    snprintf(old_descriptor, sizeof old_descriptor, "%s/" OUTPUT_OLD ".dzi", output->folder);
    snprintf(old_tiles, sizeof old_tiles, "%s/" OUTPUT_OLD "_files", output->folder);
    /* The old descriptor goes first and the new one comes last: at no moment one stands beside the tiles of
     * the other. */
    moves[OLD_DESCRIPTOR] = (struct move){.to = old_descriptor, .optional = true};
    moves[OLD_TILES] = (struct move){.to = old_tiles, .optional = true};
    moves[NEW_TILES] = (struct move){.to = output->tiles};
    moves[NEW_DESCRIPTOR] = (struct move){.to = output->descriptor};
    memcpy(moves[OLD_DESCRIPTOR].from, output->descriptor, sizeof output->descriptor);
    memcpy(moves[OLD_TILES].from, output->tiles, sizeof output->tiles);
    snprintf(moves[NEW_TILES].from, sizeof moves[NEW_TILES].from, "%s/" OUTPUT_NAME "_files", output->folder);
    snprintf(moves[NEW_DESCRIPTOR].from, sizeof moves[NEW_DESCRIPTOR].from, "%s/" OUTPUT_NAME ".dzi",
        output->folder);
    int at = output->force ? OLD_DESCRIPTOR : NEW_TILES;
    while (at < MOVES && move(&moves[at])) {
        at++;
    }
    if (at == MOVES && sync_parent(output->descriptor)) {
        return true;
    }
    int code = errno;
    for (int i = MOVES - 1; i >= 0; i--) {
        if (moves[i].done && rename(moves[i].to, moves[i].from) != 0) {
            /* Nothing may be thrown away now. */
            error_set_at(err, ERROR_MACHINE, output->folder, 0, 0,
                "what is here could not be moved to its place: %s", strerror(code));
            output->folder[0] = '\0';
            return false;
        }
    }
    return error_set_at(
        err, ERROR_MACHINE, output->descriptor, 0, 0, "cannot be written: %s", strerror(code));
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path) == 0 || errno == ENOENT ? 0 : -1;
}

void output_discard(struct output *output)
{
    if (output->folder[0] != '\0') {
        nftw(output->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
        output->folder[0] = '\0';
    }
    if (output->lock >= 0) {
        close(output->lock);
        output->lock = -1;
    }
}
