/* Reading and writing to the end, whatever interrupts it. */
#ifndef BUNDLE_FILE_H
#define BUNDLE_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* As openat(), again after a signal. */
int file_open(int folder, const char *name, int flags, mode_t mode);
/* A folder that is to be readable for all, whatever the umask: made where it is not there. Its descriptor; -1
 * with errno. Nothing is synchronised. `*made` (may be NULL): it was not there. */
int file_make_folder(int folder, const char *name, bool *made);
/* What lies in a folder belongs to whom the folder belongs, also where an administrator puts it there: the
 * player's own user must be able to exchange it later. Done by the administrator alone; false with errno. */
bool file_give(int fd, int folder);
/* Exactly `size` bytes. False with errno, 0 when the file ends before. */
bool file_read_at(int fd, void *bytes, size_t size, uint64_t offset);
bool file_write(int fd, const void *bytes, size_t size);
/* Waits until it is on the disk; what cannot be synchronised counts as done. */
bool file_sync(int fd);
/* As error_set_at() with ERROR_MACHINE and what errno says: "PATH: WHAT: No space left on device". */
bool file_fail(struct error *err, const char *path, const char *what);

#endif
