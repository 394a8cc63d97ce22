/* A USB stick, and what is copied to it. */
#ifndef KEEPER_STICK_H
#define KEEPER_STICK_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define STICK_PATH_MAX 700

/* A folder under `base` that can be written to and, if `mounted`, lies on another device. False: none. */
bool stick_find(const char *base, bool mounted, char path[STICK_PATH_MAX]);
/* Copies files, and the files in folders, into a new folder on the stick, and waits until they are there.
 * What does not exist is left out. ERROR_MACHINE when something could not be copied. */
bool stick_copy(
    const char *stick, const char *name, const char *const *what, size_t count, struct error *err);

#endif
