/* Opens what a scanner, a camera or a PDF gives, as one page of pixels that a screen can show. */
#ifndef TILE_IMAGE_H
#define TILE_IMAGE_H

#include "base/error.h"
#include "order.h"

#include <vips/vips.h>

/* The page that is asked for as 8-bit sRGB or grey, upright, without alpha (which lies on white): a pipeline
 * that is read from top to bottom as somebody asks for its rows. TIFF, JPEG 2000, PDF, PNG and JPEG, by their
 * first bytes. Fills outcome's size, pages and, where the colours are in doubt, warning. NULL with
 * ERROR_INPUT for what cannot be read, ERROR_USAGE for a page or resolution that it does not have,
 * ERROR_MACHINE for a libvips that was built without the format. */
VipsImage *image_open(const struct order *order, struct outcome *outcome, struct error *err);

/* ERROR_INPUT with what libvips said last, in one line. Returns false. */
bool image_fail(const char *path, struct error *err);

#endif
