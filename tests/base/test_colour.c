#include "base/array.h"
#include "base/colour.h"

#include "check.h"

#include <math.h>

static void luminance(void)
{
    static const struct {
        colour c;
        double expected;
    } CASES[] = {{0xFF000000u, 0}, {0xFFFFFFFFu, 1}, {0xFFFF0000u, 0.2126}, {0xFF00FF00u, 0.7152},
        {0xFF0000FFu, 0.0722}, {0xFF808080u, 0.21586}, {0x00FFFFFFu, 1}, {0xFF0A0A0Au, 0.0030353}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        double actual = colour_luminance(CASES[i].c);
        CHECK_THAT(fabs(actual - CASES[i].expected) < 1e-5, "case %zu: %f", i, actual);
    }
}

/* Known pairs: #767676 is the lightest grey that passes 4.5:1 on white, #777777 the first that does not. */
static void contrast(void)
{
    static const struct {
        colour a, b;
        double low, high;
    } CASES[] = {{0xFF000000u, 0xFFFFFFFFu, 20.99999, 21.00001}, {0xFFFFFFFFu, 0xFFFFFFFFu, 1, 1},
        {0xFF767676u, 0xFFFFFFFFu, 4.54, 4.55}, {0xFF777777u, 0xFFFFFFFFu, 4.47, 4.48},
        {0xFFFF0000u, 0xFFFFFFFFu, 3.99, 4.00}, {0xFF0000FFu, 0xFFFFFFFFu, 8.59, 8.60}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        double actual = colour_contrast(CASES[i].a, CASES[i].b);
        CHECK_THAT(actual >= CASES[i].low && actual <= CASES[i].high, "case %zu: %f", i, actual);
        CHECK(actual == colour_contrast(CASES[i].b, CASES[i].a));
    }
}

static void blending(void)
{
    static const struct {
        colour under, over;
        unsigned alpha;
        colour expected;
    } CASES[] = {
        {0xFF102030u, 0xFF405060u, 255, 0xFF405060u},
        {0xFF102030u, 0xFF405060u, 0, 0xFF102030u},
        {0xFF102030u, 0x00405060u, 255, 0xFF102030u},
        {0xFF000000u, 0xFFFFFFFFu, 128, 0xFF808080u},
        {0xFF000000u, 0x80FFFFFFu, 255, 0xFF808080u},
        {0xFF000000u, 0x80FFFFFFu, 128, 0xFF404040u},
        {0xFFFFFFFFu, 0xFF000000u, 255, 0xFF000000u},
        {0x40FF0000u, 0xFF00FF00u, 255, 0x4000FF00u}, /* under's alpha stays */
        {0xFF102030u, 0xFF405060u, 999, 0xFF405060u},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        colour actual = colour_blend(CASES[i].under, CASES[i].over, CASES[i].alpha);
        CHECK_THAT(actual == CASES[i].expected, "case %zu: %08X", i, (unsigned)actual);
    }
}

static void names(void)
{
    CHECK(COLOUR_RGB(0x123456) == 0xFF123456u);
    CHECK(COLOUR_NONE == 0);
}

int main(void)
{
    RUN(luminance);
    RUN(contrast);
    RUN(blending);
    RUN(names);
    return check_report();
}
