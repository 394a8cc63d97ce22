/* A colour as 0xAARRGGBB, not premultiplied, sRGB. */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include <stdint.h>

typedef uint32_t colour;

#define COLOUR_NONE ((colour)0)
#define COLOUR_RGB(hex) ((colour)(0xFF000000u | (hex)))

/* Relative luminance as WCAG 2.2 defines it, 0 to 1; alpha is ignored. */
double colour_luminance(colour c);
/* Contrast ratio as WCAG 2.2 defines it, 1 to 21. */
double colour_contrast(colour a, colour b);
/* `over` laid on `under` by its alpha times `alpha` / 255; the result has under's alpha. */
colour colour_blend(colour under, colour over, unsigned alpha);

#endif
