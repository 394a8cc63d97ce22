/* A display that was mounted turned: where what is upright for the visitor lies on the panel. A display that
 * was turned clockwise once shows its left edge at the top. "panel" is how the display itself counts pixels,
 * "view" how the visitor sees them. */
#ifndef STAGE_TURN_H
#define STAGE_TURN_H

#include "base/rect.h"

#include <stdint.h>

/* The size of one as the other sees it; it is the same both ways. */
struct size turn_size(struct size size, int quarter_turns);
/* A point in fractions of the panel, in fractions of the view. */
struct pointf turn_to_view(struct pointf p_panel, int quarter_turns);
struct pointf turn_to_panel(struct pointf p_view, int quarter_turns);
/* A rectangle of the view on the panel; `view` is the view's size. */
struct rect turn_rect(struct rect r_view, struct size view, int quarter_turns);
/* Copies one line of the panel, `count` pixels from (x, y) on, out of the view's pixels. */
void turn_line(const uint32_t *view_pixels, struct size view, int quarter_turns, int x_panel, int y_panel,
    int count, uint32_t *line);

#endif
