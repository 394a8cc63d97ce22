#include "base/colour.h"

#include <math.h>

static double linear(unsigned channel)
{
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

double colour_luminance(colour c)
{
    return 0.2126 * linear(c >> 16 & 255) + 0.7152 * linear(c >> 8 & 255) + 0.0722 * linear(c & 255);
}

double colour_contrast(colour a, colour b)
{
    double first = colour_luminance(a) + 0.05, second = colour_luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

/* share of 255 * 255 parts */
static uint32_t mix(uint32_t under, uint32_t over, uint32_t share)
{
    return (under * (65025 - share) + over * share + 65025 / 2) / 65025;
}

colour colour_blend(colour under, colour over, unsigned alpha)
{
    uint32_t share = (over >> 24) * (alpha < 255 ? alpha : 255);
    uint32_t red = mix(under >> 16 & 255, over >> 16 & 255, share);
    uint32_t green = mix(under >> 8 & 255, over >> 8 & 255, share);
    uint32_t blue = mix(under & 255, over & 255, share);
    return (under & 0xFF000000u) | red << 16 | green << 8 | blue;
}
