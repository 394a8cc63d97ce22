/* Files of an exhibit, by paths that cannot leave its folder: every component is opened by itself and no link
 * is followed. */
#ifndef EXHIBIT_PATH_H
#define EXHIBIT_PATH_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum path_result {
    PATH_GOOD,
    PATH_MISSING,
    PATH_LEAVES,   /* absolute, or with "..", ".", "\" or an empty component */
    PATH_SYMLINK,  /* a component is a symbolic link */
    PATH_NOT_FILE, /* a folder, a device, a pipe */
    PATH_TOO_LARGE,
    PATH_UNREADABLE,
    PATH_NO_MEMORY
};

/* By its letters alone: may this path be tried? */
enum path_result path_judge(struct str path);
/* Opens a regular file under the folder `root` for reading; *fd is the caller's. *size in bytes (may be
 * NULL). */
enum path_result path_open(int root, const char *path, int *fd, size_t *size);
/* Is it a regular file of at most `limit` bytes that could be opened? */
enum path_result path_try(int root, const char *path, size_t limit);
/* Reads all of it into the arena, with a zero byte behind. */
enum path_result path_read(int root, const char *path, size_t limit, struct arena *arena, struct str *bytes);
/* Is there a folder of this name? */
bool path_is_folder(int root, const char *path);
/* The names in a folder, without hidden ones, in byte order. A folder that is not there is an empty one;
 * PATH_SYMLINK and others are told. */
enum path_result path_list(
    int root, const char *path, struct arena *arena, const char ***names, size_t *count);

#endif
