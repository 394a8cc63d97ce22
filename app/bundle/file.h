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
/* Exactly `size` bytes. False with errno, 0 when the file ends before. */
bool file_read_at(int fd, void *bytes, size_t size, uint64_t offset);
bool file_write(int fd, const void *bytes, size_t size);
/* Waits until it is on the disk; what cannot be synchronised counts as done. */
bool file_sync(int fd);
/* As error_set_at() with ERROR_MACHINE and what errno says: "PATH: WHAT: No space left on device". */
bool file_fail(struct error *err, const char *path, const char *what);

#endif
