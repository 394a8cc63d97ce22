#include "icon.h"

#include <math.h>
#include <stdlib.h>

#define GRID 24.0
#define STROKE 2.0
#define CONTOUR_MAX 160
#define PI 3.14159265358979323846

/* The language of the outlines, x to the right and y down:
 *   M x y   a contour starts here           L x y          a line to there
 *   Z       closes the contour              ;              ends it, open
 *   O x y r          a circle               E x y rx ry    an ellipse
 *   R x y x y        a rectangle, from corner to corner
 *   A x y r from to  an arc about (x, y), degrees clockwise from the right, joined to the contour under way
 *   @       the next contour is filled instead of stroked */
static const char *outline_of(enum box_icon icon)
{
    static const char *const outlines[ICON_COUNT] = {
        [ICON_HOME] = "M2.5 12 L12 4 L21.5 12 M5.5 10 L5.5 20 L18.5 20 L18.5 10 M10 20 L10 14 L14 14 L14 20",
        [ICON_BACK] = "M21 12 L4.5 12 M11.5 5 L4.5 12 L11.5 19",
        [ICON_LANGUAGE] = "O12 12 9 E12 12 4 9 M3 12 L21 12",
        [ICON_TEXT_SIZE] = "M1.5 19 L7 6.5 L12.5 19 M3.5 15 L10.5 15 O17.8 15.2 3.3 M21.5 11 L21.5 19.5",
        [ICON_CONTRAST] = "O12 12 9 @A12 12 9 -90 90 Z",
        [ICON_LOW_REACH] = "M12 2.5 L12 15.5 M6 9.5 L12 15.5 L18 9.5 M4 20.5 L20 20.5",
        [ICON_LISTEN] = "M2 9.5 L6 9.5 L11 5.5 L11 18.5 L6 14.5 L2 14.5 Z A11 12 5 -42 42 ; A11 12 9 -42 42",
        [ICON_CLOSE] = "M5 5 L19 19 M19 5 L5 19",
        [ICON_PLUS] = "M12 4 L12 20 M4 12 L20 12",
        [ICON_MINUS] = "M4 12 L20 12",
        [ICON_WHOLE_PAGE] =
            "M3 8 L3 3 L8 3 M16 3 L21 3 L21 8 M21 16 L21 21 L16 21 M8 21 L3 21 L3 16 R9 8 15 16",
        [ICON_PREVIOUS] = "M15.5 4 L7.5 12 L15.5 20",
        [ICON_NEXT] = "M8.5 4 L16.5 12 L8.5 20",
        [ICON_PLAY] = "M7 5 L18.5 12 L7 19 Z",
        [ICON_PAUSE] = "M8 4.5 L8 19.5 M16 4.5 L16 19.5",
        [ICON_ROTATE] = "A12 13 7.5 0 270 L16 5.5 M12 1.5 L16 5.5 L12 9.5",
        [ICON_UP] = "M12 20.5 L12 4.5 M5 11.5 L12 4.5 L19 11.5",
        [ICON_DOWN] = "M12 3.5 L12 19.5 M5 12.5 L12 19.5 L19 12.5",
        [ICON_FORWARD] = "M3 12 L19.5 12 M12.5 5 L19.5 12 L12.5 19",
        [ICON_CHECK] = "M4 12.5 L9.5 18 L20 6.5",
        [ICON_SEARCH] = "O10 10 6.5 M14.7 14.7 L21 21",
        [ICON_LOCK] = "M5 11 L19 11 L19 21 L5 21 Z M8 11 A12 8 4 180 360 L16 11",
        [ICON_CHEVRON_DOWN] = "M5.5 9 L12 15.5 L18.5 9",
        [ICON_ERASE] = "M9 5 L21.5 5 L21.5 19 L9 19 L2.5 12 Z M11.5 9 L17.5 15 M17.5 9 L11.5 15",
        [ICON_SHIFT] = "M12 3.5 L20.5 12 L16 12 L16 20 L8 20 L8 12 L3.5 12 Z",
        [ICON_KEYBOARD] =
            "M2.5 6 L21.5 6 L21.5 18 L2.5 18 Z M6 10 L8 10 M11 10 L13 10 M16 10 L18 10 M7.5 14 L16.5 14",
        [ICON_SPEED] = "A12 15 9 180 360 M3 15 L3 17 M21 15 L21 17 M12 15.5 L17 9.5 M9.5 17.5 L14.5 17.5",
        [ICON_VOLUME] = "M3 20 L3 16 M7.5 20 L7.5 13 M12 20 L12 10 M16.5 20 L16.5 7 M21 20 L21 4",
        [ICON_SILENT] = "M2 9.5 L6 9.5 L11 5.5 L11 18.5 L6 14.5 L2 14.5 Z M15 9 L21 15 M21 9 L15 15",
    };
    return icon > ICON_NONE && icon < ICON_COUNT ? outlines[icon] : NULL;
}

bool icon_points_along(enum box_icon icon)
{
    return icon == ICON_BACK || icon == ICON_FORWARD || icon == ICON_PREVIOUS || icon == ICON_NEXT;
}

struct pen {
    struct shape *shape;
    double scale;
    bool mirrored, filled;
    struct pointf contour[CONTOUR_MAX];
    size_t count;
    unsigned char *cover;
    int size_px;
};

static void pen_to(struct pen *pen, double x, double y)
{
    if (pen->count < CONTOUR_MAX) {
        double x_px = (pen->mirrored ? GRID - x : x) * pen->scale;
        pen->contour[pen->count++] = (struct pointf){x_px, y * pen->scale};
    }
}

/* Contours are drawn one by one, so that where they cross the mask is not darker. */
static void pen_lift(struct pen *pen, bool closed)
{
    if (pen->count >= 2) {
        shape_begin(pen->shape);
        if (pen->filled) {
            shape_polygon(pen->shape, pen->contour, pen->count, 0, 0);
        } else {
            shape_stroke(pen->shape, pen->contour, pen->count, closed, STROKE * pen->scale, SHAPE_BUTT, 0, 0);
        }
        shape_cover(pen->shape, pen->cover, pen->size_px, pen->size_px);
        pen->filled = false;
    }
    pen->count = 0;
}

static void pen_arc(struct pen *pen, double x, double y, double rx, double ry, double from, double to)
{
    int steps = (int)ceil((to - from) / 5);
    for (int i = 0; i <= steps; i++) {
        double angle = (from + (to - from) * i / steps) * PI / 180;
        pen_to(pen, x + rx * cos(angle), y + ry * sin(angle));
    }
}

static void pen_command(struct pen *pen, char command, const double *v)
{
    switch (command) {
    case 'M':
        pen_lift(pen, false);
        pen_to(pen, v[0], v[1]);
        break;
    case 'L':
        pen_to(pen, v[0], v[1]);
        break;
    case 'A':
        pen_arc(pen, v[0], v[1], v[2], v[2], v[3], v[4]);
        break;
    case 'O':
    case 'E':
        pen_lift(pen, false);
        pen_arc(pen, v[0], v[1], v[2], command == 'O' ? v[2] : v[3], 0, 355);
        pen_lift(pen, true);
        break;
    case 'R':
        pen_lift(pen, false);
        pen_to(pen, v[0], v[1]);
        pen_to(pen, v[2], v[1]);
        pen_to(pen, v[2], v[3]);
        pen_to(pen, v[0], v[3]);
        pen_lift(pen, true);
        break;
    case '@':
        pen_lift(pen, false);
        pen->filled = true;
        break;
    default: /* Z and ; */
        pen_lift(pen, command == 'Z');
        break;
    }
}

static size_t numbers_of(char command)
{
    switch (command) {
    case 'M':
    case 'L':
        return 2;
    case 'O':
        return 3;
    case 'E':
    case 'R':
        return 4;
    case 'A':
        return 5;
    default:
        return 0;
    }
}

static bool is_number(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/* Takes a number and the space before it; what is none reads as 0, and can only be a slip in the table above.
 */
static double take_number(struct str *rest)
{
    double value = 0;
    size_t from = 0;
    while (from < rest->length && rest->data[from] == ' ') {
        from++;
    }
    size_t to = from;
    while (to < rest->length && is_number(rest->data[to])) {
        to++;
    }
    str_to_double(str_slice(*rest, from, to - from), &value);
    *rest = str_slice(*rest, to, rest->length);
    return value;
}

static void pen_run(struct pen *pen, struct str rest)
{
    while (rest.length != 0) {
        char command = rest.data[0];
        rest = str_slice(rest, 1, rest.length);
        double values[5] = {0};
        for (size_t i = 0; i < numbers_of(command); i++) {
            values[i] = take_number(&rest);
        }
        if (command != ' ') {
            pen_command(pen, command, values);
        }
    }
    pen_lift(pen, false);
}

static unsigned char *draw(struct shape *shape, enum box_icon icon, int size_px, bool mirrored)
{
    unsigned char *cover = calloc((size_t)size_px, (size_t)size_px);
    if (cover != NULL) {
        struct pen pen = {.shape = shape,
            .scale = size_px / GRID,
            .mirrored = mirrored,
            .cover = cover,
            .size_px = size_px};
        pen_run(&pen, str_from(outline_of(icon)));
    }
    return cover;
}

const struct icon_mask *icon_find(
    struct icon_cache *cache, struct shape *shape, enum box_icon icon, int size_px, bool mirrored)
{
    if (outline_of(icon) == NULL || size_px <= 0 || size_px > 4096) {
        return NULL;
    }
    cache->clock++;
    struct icon_mask *oldest = &cache->masks[0];
    for (size_t i = 0; i < cache->count; i++) {
        struct icon_mask *mask = &cache->masks[i];
        if (mask->icon == icon && mask->size_px == size_px && mask->mirrored == mirrored) {
            mask->used = cache->clock;
            return mask;
        }
        oldest = mask->used < oldest->used ? mask : oldest;
    }
    unsigned char *cover = draw(shape, icon, size_px, mirrored);
    if (cover == NULL) {
        return NULL;
    }
    struct icon_mask *mask = cache->count < ICON_MASKS ? &cache->masks[cache->count++] : oldest;
    free(mask->cover);
    *mask = (struct icon_mask){icon, size_px, mirrored, cache->clock, cover};
    return mask;
}

void icon_finish(struct icon_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++) {
        free(cache->masks[i].cover);
    }
    *cache = (struct icon_cache){0};
}
