/* Letters without a font: each another one, none outside its place, lines broken between words. */
#include "strokes.h"

#include "check.h"

#define SIDE 400

static uint32_t pixels[SIDE * SIDE];
static const struct paint_target target = {pixels, SIDE, SIDE, SIDE};

static uint64_t drawn(const char *text, int x, int width, struct rect *ink)
{
    uint64_t hash = 1469598103934665603u;
    memset(pixels, 0, sizeof pixels);
    strokes_write(&target, text, x, 20, width, 4, COLOUR_RGB(0xffffff));
    *ink = (struct rect){SIDE, SIDE, 0, 0};
    int right = 0, bottom = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        if (pixels[i] != 0) {
            hash = (hash ^ (uint64_t)i) * 1099511628211u;
            ink->x = i % SIDE < ink->x ? i % SIDE : ink->x;
            ink->y = i / SIDE < ink->y ? i / SIDE : ink->y;
            right = i % SIDE > right ? i % SIDE : right;
            bottom = i / SIDE > bottom ? i / SIDE : bottom;
        }
    }
    ink->w = right - ink->x + 1;
    ink->h = bottom - ink->y + 1;
    return hash;
}

static void every_letter_is_another_one(void)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"'()+,-./:;=?_";
    uint64_t seen[sizeof letters];
    struct rect ink;
    for (size_t i = 0; i < sizeof letters - 1; i++) {
        seen[i] = drawn((const char[2]){letters[i], '\0'}, 20, 300, &ink);
        CHECK_THAT(ink.x >= 16 && ink.y >= 16 && ink.x + ink.w <= 40 && ink.y + ink.h <= 52,
            "%c leaves its place", letters[i]);
        for (size_t j = 0; j < i; j++) {
            CHECK_THAT(seen[i] != seen[j], "%c is %c", letters[i], letters[j]);
        }
    }
    CHECK(drawn("a", 20, 300, &ink) == drawn("A", 20, 300, &ink));
    CHECK(drawn("\xc3", 20, 300, &ink) == drawn("{", 20, 300, &ink) &&
          ink.w > 10); /* what has none is a frame */
}

static void lines_break_between_words(void)
{
    struct rect ink;
    drawn("ONE TWO THREE", 10, 6 * 4 * 8, &ink); /* eight letters a line */
    CHECK(ink.x + ink.w <= 10 + 6 * 4 * 8 && ink.h > 40 && ink.h < 80);
    CHECK_INT(strokes_write(NULL, "ONE TWO THREE", 0, 0, 6 * 4 * 8, 4, 0), 2 * 40);
    CHECK_INT(strokes_write(NULL, "ONE\n\nTWO", 0, 0, 6 * 4 * 8, 4, 0), 3 * 40);
    CHECK_INT(strokes_write(NULL, "WITHOUTANEND", 0, 0, 6 * 4 * 8, 4, 0), 2 * 40);
    CHECK_INT(strokes_write(NULL, "A", 0, 0, 1, 4, 0), 40);
    drawn("OUTSIDE OUTSIDE OUTSIDE OUTSIDE", SIDE - 30, 6 * 4 * 30, &ink); /* cut, and nothing else */
    strokes_sign(&target, SIDE - 20, SIDE - 20, 10, 1);
    strokes_sign(&target, -50, -50, 10, 1);
}

int main(void)
{
    RUN(every_letter_is_another_one);
    RUN(lines_break_between_words);
    return check_report();
}
