/* Glyphs as coverage: outlines from HarfBuzz, filled by FreeType, kept within a limit in bytes, the least
 * used going first. */
#ifndef TEXT_GLYPHS_H
#define TEXT_GLYPHS_H

#include "fonts.h"

struct glyphs;

/* One byte of coverage a pixel, rows from the top. */
struct bitmap {
    int left, top; /* of its top left corner, from the pen's pixel: right and down */
    int width, height;
    const uint8_t *pixels; /* width bytes a row */
};

/* `limit` in bytes; one glyph that alone is larger is held until the next is asked for. NULL when memory is
 * out. */
struct glyphs *glyphs_create(size_t limit);
void glyphs_destroy(struct glyphs *glyphs);

/* A glyph at `size` (26.6) whose pen stands sub_x / 4 and sub_y / 4 pixels right of and below its pixel. Lent
 * until the next call. Empty for what has no ink, and when memory is out. */
struct bitmap glyphs_get(struct glyphs *glyphs, const struct fonts *fonts, int font, unsigned synthesis,
    uint32_t glyph, int size, int sub_x, int sub_y);

size_t glyphs_bytes(const struct glyphs *glyphs);

#endif
