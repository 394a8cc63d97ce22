/* Ink on pixels. Every processor gives the same ones. */
#ifndef TEXT_BLEND_H
#define TEXT_BLEND_H

#include <stdint.h>

/* `ink` laid on `count` pixels; weight 0 to 256. The pixels' alpha stays. */
void blend_fill(uint32_t *pixels, int count, uint32_t ink, uint32_t weight);
/* The same through coverage, 0 to 255 for each pixel. */
void blend_row(
    uint32_t *restrict pixels, const uint8_t *restrict coverage, int count, uint32_t ink, uint32_t weight);

#endif
