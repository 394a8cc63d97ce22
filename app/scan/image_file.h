/* The start of a file, and the image header in it. */
#ifndef SCAN_IMAGE_FILE_H
#define SCAN_IMAGE_FILE_H

#include "base/error.h"
#include "image_header.h"

/* At most `limit` bytes from the start of a file, malloc'd, with a zero byte behind them. NULL without
 * memory. */
char *image_file_start(int fd, size_t limit, size_t *length);
/* Reads as much of a JPEG or PNG as its header takes. ERROR_INPUT, with `path` as the file, when it has none.
 */
bool image_file_header(int fd, const char *path, struct image_header *header, struct error *err);

#endif
