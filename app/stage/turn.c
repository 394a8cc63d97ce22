#include "turn.h"

#include <stddef.h>

struct size turn_size(struct size size, int quarter_turns)
{
    return (quarter_turns & 1) != 0 ? (struct size){size.h, size.w} : size;
}

struct pointf turn_to_view(struct pointf p_panel, int quarter_turns)
{
    switch (quarter_turns & 3) {
    case 1:
        return (struct pointf){1 - p_panel.y, p_panel.x};
    case 2:
        return (struct pointf){1 - p_panel.x, 1 - p_panel.y};
    case 3:
        return (struct pointf){p_panel.y, 1 - p_panel.x};
    default:
        return p_panel;
    }
}

struct pointf turn_to_panel(struct pointf p_view, int quarter_turns)
{
    return turn_to_view(p_view, 4 - (quarter_turns & 3));
}

struct rect turn_rect(struct rect r_view, struct size view, int quarter_turns)
{
    switch (quarter_turns & 3) {
    case 1:
        return (struct rect){r_view.y, view.w - r_view.x - r_view.w, r_view.h, r_view.w};
    case 2:
        return (struct rect){view.w - r_view.x - r_view.w, view.h - r_view.y - r_view.h, r_view.w, r_view.h};
    case 3:
        return (struct rect){view.h - r_view.y - r_view.h, r_view.x, r_view.h, r_view.w};
    default:
        return r_view;
    }
}

void turn_line(const uint32_t *view_pixels, struct size view, int quarter_turns, int x_panel, int y_panel,
    int count, uint32_t *line)
{
    ptrdiff_t w = view.w, h = view.h, x = x_panel, y = y_panel, at, step;
    switch (quarter_turns & 3) {
    case 1: /* along the panel's line one goes down the view's column */
        at = x * w + (w - 1 - y);
        step = w;
        break;
    case 2:
        at = (h - 1 - y) * w + (w - 1 - x);
        step = -1;
        break;
    case 3:
        at = (h - 1 - x) * w + y;
        step = -w;
        break;
    default:
        at = y * w + x;
        step = 1;
        break;
    }
    for (int i = 0; i < count; i++, at += step) {
        line[i] = view_pixels[at];
    }
}
