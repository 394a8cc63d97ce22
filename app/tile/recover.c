/* What a run left that was killed, or that a power cut ended: its folder is nobody's, for nobody holds its
 * lock.
 *
 *     killed while it wrote            the folder goes
 *     between the moves (output.c)     an old pyramid of which nothing new has taken the place goes back;
 *                                      a new one whose tiles are in their place gets its descriptor; the
 *                                      folder goes
 *     running                          it holds the lock: left alone */
#include "output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_there(const char *folder, const char *name)
{
    char path[2 * PATH_MAX];
    struct stat status;
    return (size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path &&
           lstat(path, &status) == 0;
}

static bool is_anything(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool put_back(const char *folder, const char *name, const char *to)
{
    char path[2 * PATH_MAX];
    return (size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path &&
           (!is_there(folder, name) || rename(path, to) == 0);
}

/* False: what is in it may be the only one there is, and the folder must stay. */
static bool finish_moves(const struct output *output, const char *folder)
{
    if (is_anything(output->descriptor)) {
        return true; /* nothing was moved yet, or everything was */
    }
    bool moved = is_there(folder, OUTPUT_NAME ".dzi") && !is_there(folder, OUTPUT_NAME "_files");
    if (moved && is_anything(output->tiles)) {
        return put_back(folder, OUTPUT_NAME ".dzi", output->descriptor);
    }
    return is_anything(output->tiles) ? !is_there(folder, OUTPUT_OLD "_files") &&
                                            put_back(folder, OUTPUT_OLD ".dzi", output->descriptor)
                                      : put_back(folder, OUTPUT_OLD "_files", output->tiles) &&
                                            put_back(folder, OUTPUT_OLD ".dzi", output->descriptor);
}

static void recover_one(struct output *output, const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && finish_moves(output, folder)) {
        snprintf(output->folder, sizeof output->folder, "%s", folder);
        output_discard(output);
    }
    close(fd);
}

/* "NAME.tmp-" and a number, behind `name`. */
static bool is_left(const char *entry, const char *name)
{
    size_t length = strlen(name);
    const char *number = entry + length + sizeof OUTPUT_TEMPORARY - 1;
    return strncmp(entry, name, length) == 0 &&
           strncmp(entry + length, OUTPUT_TEMPORARY, sizeof OUTPUT_TEMPORARY - 1) == 0 && *number != '\0' &&
           strspn(number, "0123456789") == strlen(number);
}

void output_recover(struct output *output)
{
    char parent[PATH_MAX], folder[PATH_MAX];
    const char *slash = strrchr(output->descriptor, '/');
    const char *name = slash == NULL ? output->descriptor : slash + 1;
    snprintf(parent, sizeof parent, "%.*s", (int)(name - output->descriptor), output->descriptor);
    DIR *entries = opendir(parent[0] != '\0' ? parent : ".");
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (is_left(entry->d_name, name) &&
            (size_t)snprintf(folder, sizeof folder, "%s%s", parent, entry->d_name) < sizeof folder) {
            recover_one(output, folder);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}
