/* Writes an image as a Deep Zoom pyramid and makes sure that it is whole and on the disk. */
#ifndef TILE_SAVE_H
#define TILE_SAVE_H

#include "base/error.h"
#include "progress.h"

#include <vips/vips.h>

/* Writes folder/page.dzi and folder/page_files (OUTPUT_NAME). ERROR_INPUT when the image (`path`, for
 * messages) turns out to be damaged, ERROR_MACHINE when the disk does not take the tiles. On failure some of
 * them may be in the folder. */
bool save_pyramid(VipsImage *image, const char *path, const char *folder, bool lossless,
    struct progress *progress, struct error *err);

#endif
