/* Layouts to pixels. */
#ifndef TEXT_DRAW_H
#define TEXT_DRAW_H

#include "glyphs.h"
#include "layout.h"

/* As text_draw. */
void draw_layout(struct glyphs *glyphs, struct fonts *fonts, const struct text_layout *layout,
    const struct text_target *target, int x, int y, struct rect clip, colour ink);

#endif
