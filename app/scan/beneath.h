/* Opening files that may not lie outside a folder, whatever links, dots and special files an exhibit
 * contains. */
#ifndef SCAN_BENEATH_H
#define SCAN_BENEATH_H

#include "base/error.h"

/* The message where nothing is there at all. */
#define BENEATH_NO_FILE "there is no such file"

/* Opens `relative` (no leading slash) below `root` for reading, links resolved: what leads out of the root,
 * and what is not a regular file, is refused. Returns a descriptor or -1 with ERROR_INPUT (the file's name
 * included). */
int beneath_open(const char *root, const char *relative, struct error *err);

/* Splits a path into its root (resolved, malloc'd) and the rest (malloc'd). `root` NULL: the path's own
 * folder. The folder's links are resolved, the last name is not. False with ERROR_INPUT when the path lies
 * outside. */
bool beneath_split(
    const char *path, const char *root, char **root_out, char **relative_out, struct error *err);

#endif
