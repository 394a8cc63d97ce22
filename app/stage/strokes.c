#include "strokes.h"

#include <stdlib.h>
#include <string.h>

#define ADVANCE 6 /* units from letter to letter, */
#define LINE 10   /* and from line to line */

/* Each letter on a grid 4 wide and 6 high: pairs of digits x y are points of a line, a space lifts the pen.
 */
static const char *const letters[] = {
    ['!'] = "2024 2626",
    ['"'] = "1012 3032",
    ['\''] = "2022",
    ['('] = "30212536",
    [')'] = "10212516",
    ['+'] = "2125 0343",
    [','] = "2617",
    ['-'] = "1333",
    ['.'] = "2626",
    ['/'] = "0640",
    ['0'] = "103041453616050110 1432",
    ['1'] = "112026 1636",
    ['2'] = "01103041420646",
    ['3'] = "01103041423323 334445361605",
    ['4'] = "36300444",
    ['5'] = "400003334445361605",
    ['6'] = "30100105163645443303",
    ['7'] = "004016",
    ['8'] = "103041423313020110 1304051636454433",
    ['9'] = "43130201103041453616",
    [':'] = "2222 2626",
    [';'] = "2222 2617",
    ['='] = "0242 0444",
    ['?'] = "01103041422324 2626",
    ['A'] = "062046 1434",
    ['B'] = "0600 003041423303 3344453606",
    ['C'] = "4130100105163645",
    ['D'] = "0600 002042442606",
    ['E'] = "40000646 0333",
    ['F'] = "400006 0333",
    ['G'] = "41301001051636454323",
    ['H'] = "0006 4046 0343",
    ['I'] = "1030 2026 1636",
    ['J'] = "4045361605",
    ['K'] = "0006 4003 0346",
    ['L'] = "000646",
    ['M'] = "0600234046",
    ['N'] = "06004640",
    ['O'] = "103041453616050110",
    ['P'] = "06003041423303",
    ['Q'] = "103041453616050110 2446",
    ['R'] = "06003041423303 2346",
    ['S'] = "413010010213334445361605",
    ['T'] = "0040 2026",
    ['U'] = "000516364540",
    ['V'] = "002640",
    ['W'] = "0016233640",
    ['X'] = "0046 4006",
    ['Y'] = "002340 2326",
    ['Z'] = "00400646",
    ['_'] = "0646",
};

static const char *strokes_of(char c)
{
    unsigned char letter = (unsigned char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    const char *found = letter < sizeof letters / sizeof letters[0] ? letters[letter] : NULL;
    return found != NULL ? found : "0040460600";
}

static void fill(const struct paint_target *target, int x, int y, int size, colour ink)
{
    for (int row = y > 0 ? y : 0; row < y + size && row < target->height; row++) {
        for (int column = x > 0 ? x : 0; column < x + size && column < target->width; column++) {
            target->pixels[(ptrdiff_t)row * target->stride + column] = ink;
        }
    }
}

/* A square pen along a line. */
static void draw_line(const struct paint_target *target, int x0, int y0, int x1, int y1, int pen, colour ink)
{
    int dx = x1 - x0, dy = y1 - y0, steps = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
    for (int i = 0; i <= steps; i++) {
        int x = steps > 0 ? x0 + dx * i / steps : x0, y = steps > 0 ? y0 + dy * i / steps : y0;
        fill(target, x - pen / 2, y - pen / 2, pen, ink);
    }
}

static void draw_strokes(
    const struct paint_target *target, const char *strokes, int x, int y, int unit, colour ink)
{
    bool down = false;
    int from_x = 0, from_y = 0, pen = unit > 1 ? unit : 1;
    for (; *strokes != '\0'; strokes += *strokes == ' ' ? 1 : 2) {
        if (*strokes == ' ') {
            down = false;
            continue;
        }
        int to_x = x + (strokes[0] - '0') * unit, to_y = y + (strokes[1] - '0') * unit;
        if (down) {
            draw_line(target, from_x, from_y, to_x, to_y, pen, ink);
        }
        from_x = to_x;
        from_y = to_y;
        down = true;
    }
}

int strokes_write(
    const struct paint_target *target, const char *text, int x, int y, int width, int unit, colour ink)
{
    int columns = width / (ADVANCE * unit), column = 0, line = 0;
    columns = columns > 1 ? columns : 1;
    while (*text != '\0') {
        size_t word = strcspn(text, " \n");
        int fits = columns - column;
        if (column > 0 && (int)word > fits &&
            (int)word <= columns) { /* a longer one is broken where it must */
            column = 0;
            line++;
        }
        for (size_t i = 0; i < word; i++, column++) {
            if (column == columns) {
                column = 0;
                line++;
            }
            if (target != NULL) {
                draw_strokes(target, strokes_of(text[i]), x + column * ADVANCE * unit, y + line * LINE * unit,
                    unit, ink);
            }
        }
        text += word;
        if (*text == '\n') {
            column = 0;
            line++;
        } else if (*text == ' ' && column > 0) {
            column++;
        }
        text += *text != '\0';
    }
    return (line + 1) * LINE * unit;
}

void strokes_sign(const struct paint_target *target, int x, int y, int unit, colour ink)
{
    int wide = 24 * unit, high = 20 * unit;
    draw_line(target, x, y + high, x + wide / 2, y, unit * 2, ink);
    draw_line(target, x + wide / 2, y, x + wide, y + high, unit * 2, ink);
    draw_line(target, x, y + high, x + wide, y + high, unit * 2, ink);
    draw_line(target, x + wide / 2, y + 8 * unit, x + wide / 2, y + 13 * unit, unit * 2, ink);
    draw_line(target, x + wide / 2, y + 17 * unit, x + wide / 2, y + 17 * unit, unit * 2, ink);
}
