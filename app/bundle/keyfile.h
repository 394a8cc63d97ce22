/* The two lines of a key's file. */
#ifndef BUNDLE_KEYFILE_H
#define BUNDLE_KEYFILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEYFILE_MAX 2048

/* Reads exactly `size` bytes, in base64 behind a comment or alone. ERROR_INPUT when the file is not so. */
bool keyfile_read(const char *path, uint8_t *bytes, size_t size, struct error *err);

#endif
