/* What the tests of app/scan share: folders, pictures, and small writers of PNG and JPEG, so that no test
 * needs a library or a file from elsewhere. */
#ifndef TESTS_SCAN_HELP_H
#define TESTS_SCAN_HELP_H

#include "scan/scan.h"

#include <stddef.h>
#include <stdint.h>

/* A new folder under the temporary one; malloc'd. help_remove() deletes it with all that is in it and frees
 * the name. */
char *help_folder(void);
void help_remove(char *folder);
/* "folder/name", in one of a few static places: good for the next few calls. */
const char *help_path(const char *folder, const char *name);
void help_make_folder(const char *path);

struct bytes {
    uint8_t *data;
    size_t length, capacity;
};
void bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_add8(struct bytes *bytes, unsigned value);
void bytes_add16(struct bytes *bytes, unsigned value); /* big endian */
void bytes_add32(struct bytes *bytes, uint32_t value); /* big endian */
void bytes_free(struct bytes *bytes);
void bytes_write(const struct bytes *bytes, const char *path);
void help_write_text(const char *path, const char *text);

/* A chunk with its checksum. */
void png_chunk(struct bytes *bytes, const char *type, const void *data, size_t length);
/* Everything before the pixels of a PNG. */
void png_begin(struct bytes *bytes, uint32_t w, uint32_t h, int bits, int colour_type);
/* The pixels, rows without filter bytes, `row` bytes each, and the end. */
void png_end(struct bytes *bytes, const uint8_t *rows, size_t row, uint32_t h);
/* An EXIF block ("II" order) that holds an orientation and nothing else. */
void exif_orientation(struct bytes *bytes, int orientation);

/* A baseline JPEG of 8x8 blocks of one colour each: `value` gives component k of block (x, y), as it is
 * stored (YCbCr, grey or inks). adobe: the APP14 transform, -1 for no such segment; orientation 0 for no
 * EXIF. Width and height are whole blocks. */
struct bytes jpeg_of_blocks(int blocks_x, int blocks_y, int components, int adobe, int orientation,
    uint8_t (*value)(int k, int x, int y));

struct picture {
    int w, h;
    uint32_t *words; /* 0xFFRRGGBB */
};
/* Soft shapes with noise on them: every pixel differs from its neighbours, and no part is like another. */
struct picture picture_make(int w, int h, unsigned seed);
struct picture picture_halved(struct picture picture);
struct picture picture_part(struct picture picture, struct rect part);
void picture_free(struct picture *picture);
void picture_write_png(struct picture picture, const char *path);
uint32_t picture_at(struct picture picture, int x, int y);

/* Writes folder/name.dzi and its tiles as PNG, every level halved from the one before. */
void help_write_dzi(const char *folder, const char *name, struct picture picture, int tile, int overlap);

/* Writes folder/info.json of the given version and its tiles as PNG, for the scale factors 1, 2, 4 ...
 * `largest`. */
void help_write_iiif(const char *folder, struct picture picture, int tile, int largest, int version);

/* An engine with the decoder of this build; the test ends where there is none. */
struct scan *help_scan(const struct scan_options *options);
int help_open_page(struct scan *scan, const char *path);
/* Everything that the view needs, waited for. */
void help_load(struct scan *scan, struct scan_view view);
/* The composed view; what it leaves alone is `ground`. */
struct picture help_compose(struct scan *scan, struct scan_view view, uint32_t ground);

/* The page whole, in a view of w x h pixels. */
struct scan_view help_whole_view(struct scan *scan, int page, int w, int h);
/* Anywhere on the page, at any turn, at a scale between the two. */
struct scan_view help_any_view(int page, int w, int h, double low, double high);

double help_random(double low, double high);
void help_sleep(int ms);

#endif
