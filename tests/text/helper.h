/* What the tests of the room share: one struct text, layouts by short calls, lines and visual order as
 * strings. */
#ifndef TESTS_TEXT_HELPER_H
#define TESTS_TEXT_HELPER_H

#include "catalogue.h"
#include "check.h"

#include "layout.h" /* the room's own: the tests look inside */

#include "base/utf8.h"

#include <stdlib.h>

enum { HELPER_SIZE = 20 }; /* px: an ideograph is as wide */

static inline struct text *helper_open(void)
{
    struct text_catalogue catalogue = catalogue_all();
    struct error err = {0};
    struct text *text = text_create(&catalogue, &err);
    if (text == NULL) {
        fprintf(stderr, "%s\n", err.message);
        exit(3);
    }
    return text;
}

static inline struct text_spec helper_spec(
    const struct text_span *spans, size_t count, const char *language, int width)
{
    return (struct text_spec){.spans = spans,
        .span_count = count,
        .language = language,
        .size_px = HELPER_SIZE,
        .line_px = HELPER_SIZE * 1.5,
        .width_px = width};
}

static inline const struct text_layout *helper_lay_out(
    struct text *text, const char *s, const char *language, int width)
{
    struct text_span span = {.text = str_from(s), .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, language, width);
    const struct text_layout *layout = text_lay_out(text, &spec);
    if (layout == NULL) {
        fprintf(stderr, "no layout\n");
        exit(3);
    }
    return layout;
}

static inline void helper_append(char *out, size_t size, uint32_t c)
{
    char bytes[5] = {0};
    utf8_encode(c, bytes);
    if (strlen(out) + 5 < size) {
        strcat(out, bytes);
    }
}

static inline uint32_t helper_unit(const struct paragraph *p, int *at)
{
    uint32_t c = p->source.units[(*at)++];
    if (c >= 0xD800 && c < 0xDC00 && *at < p->source.length) {
        c = 0x10000 + ((c - 0xD800) << 10) + (p->source.units[(*at)++] - 0xDC00u);
    }
    return c;
}

/* The lines, without what hangs, with | between; a hyphen that was shown is a -, an ellipsis is left out. */
static inline const char *helper_lines(const struct text_layout *layout, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct line *line = &layout->lines[i];
        if (i > 0) {
            helper_append(out, size, '|');
        }
        for (int at = line->start; at < line->end;) {
            uint32_t c = helper_unit(layout->paragraph, &at);
            helper_append(out, size, c == 0xAD && at == line->end ? '-' : c);
        }
    }
    return out;
}

/* The first character of each cluster of the first line, left to right as drawn. */
static inline const char *helper_visual(const struct text_layout *layout, char *out, size_t size)
{
    const struct line *line = &layout->lines[0];
    int last = -1;
    out[0] = '\0';
    for (size_t k = 0; k < line->run_count; k++) {
        const struct run *run = &layout->runs[line->run_from + k];
        const struct glyph *glyphs = layout_glyphs(layout, run);
        for (size_t g = 0; g < run->glyph_count; g++) {
            int at = glyphs[g].cluster;
            if (at != last) {
                last = at;
                helper_append(out, size, helper_unit(layout->paragraph, &at));
            }
        }
    }
    return out;
}

#endif
