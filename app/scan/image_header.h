/* What a JPEG or PNG says of itself, read by a bounded parser that trusts nothing: by the player to know a
 * page's size before any pixel, and by the decoder to refuse before stb_image sees a byte. Depends on nothing
 * but C.
 *
 * JPEG: ITU-T T.81 and JFIF 1.02; Adobe's APP14; EXIF 2.3 orientation. PNG: ISO/IEC 15948, with eXIf. */
#ifndef SCAN_IMAGE_HEADER_H
#define SCAN_IMAGE_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum image_kind { IMAGE_JPEG, IMAGE_PNG };

struct image_header {
    enum image_kind kind;
    uint32_t width, height; /* as stored, before orientation; > 0 */
    int orientation;        /* EXIF, 1..8; 5..8 exchange width and height */
    int channels; /* as stored: 1 grey, 2 grey and alpha, 3, 4 RGBA or CMYK; a palette counts as 3 */
    int bits;     /* per sample, 1..16 */
    double dpi;   /* dots per inch, 0 where it is not given or not square */
};

enum image_header_result {
    IMAGE_HEADER_OK,
    IMAGE_HEADER_MORE, /* the bytes end before the header does */
    IMAGE_HEADER_BAD
};

/* Reads the header from a file's first bytes. On IMAGE_HEADER_BAD *reason (a literal, not NULL) says why. */
enum image_header_result image_header_read(
    const uint8_t *bytes, size_t length, struct image_header *header, const char **reason);

/* Is the whole file there and, for PNG, are its checksums right? stb_image fills what is missing with grey
 * and looks at no checksum, so this is asked first. NULL when all is well, otherwise the reason (a literal).
 */
const char *image_damage(const uint8_t *bytes, size_t length);

#endif
