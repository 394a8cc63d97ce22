#include "turn.h"

#include <stddef.h>

struct size turn_size(struct size size, int quarter_turns)
{
    return (quarter_turns & 1) != 0 ? (struct size){size.h, size.w} : size;
}

struct pointf turn_to_view(struct pointf p, int quarter_turns)
{
    switch (quarter_turns & 3) {
    case 1:
        return (struct pointf){1 - p.y, p.x};
    case 2:
        return (struct pointf){1 - p.x, 1 - p.y};
    case 3:
        return (struct pointf){p.y, 1 - p.x};
    default:
        return p;
    }
}

struct pointf turn_to_panel(struct pointf p, int quarter_turns)
{
    return turn_to_view(p, 4 - (quarter_turns & 3));
}

struct rect turn_rect(struct rect r, struct size view, int quarter_turns)
{
    switch (quarter_turns & 3) {
    case 1:
        return (struct rect){r.y, view.w - r.x - r.w, r.h, r.w};
    case 2:
        return (struct rect){view.w - r.x - r.w, view.h - r.y - r.h, r.w, r.h};
    case 3:
        return (struct rect){view.h - r.y - r.h, r.x, r.h, r.w};
    default:
        return r;
    }
}

void turn_line(const uint32_t *pixels, struct size view, int quarter_turns, int x_panel, int y_panel,
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
        line[i] = pixels[at];
    }
}
