/* Ink on pixels: four at a time or one by one, the same ones come out. */
#include "blend.h"

#include "base/array.h"
#include "check.h"

/* A channel by the book: how much of it the ink covers, of 256. */
static uint32_t channel(uint32_t under, uint32_t over, uint32_t c)
{
    return (under * (256 - c) + over * c) >> 8;
}

static uint32_t pixel(uint32_t under, uint32_t ink, uint32_t coverage, uint32_t weight)
{
    uint32_t c = ((coverage + (coverage >> 7)) * weight) >> 8, out = under & 0xFF000000u;
    for (int shift = 0; shift < 24; shift += 8) {
        out |= channel(under >> shift & 255, ink >> shift & 255, c) << shift;
    }
    return out;
}

static uint32_t any(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void every_coverage_and_weight(void)
{
    static const uint32_t inks[] = {0xFF000000u, 0xFFFFFFFFu, 0xFFA32A1Cu, 0x801E1B16u, 0x00123456u};
    uint32_t state = 1;
    int wrong = 0;
    for (uint32_t weight = 0; weight <= 256; weight++) {
        for (size_t k = 0; k < ARRAY_LENGTH(inks); k++) {
            uint32_t pixels[256], before[256];
            uint8_t coverage[256];
            for (uint32_t i = 0; i < 256; i++) {
                coverage[i] = (uint8_t)i;
                before[i] = pixels[i] = any(&state) << 16 ^ any(&state);
            }
            blend_row(pixels, coverage, 256, inks[k], weight);
            for (uint32_t i = 0; i < 256; i++) {
                wrong += pixels[i] != pixel(before[i], inks[k], i, weight) ? 1 : 0;
            }
        }
    }
    CHECK_INT(wrong, 0);
}

static void every_length_and_start(void)
{
    uint32_t state = 7;
    for (int count = 0; count < 40; count++) {
        for (int start = 0; start < 5; start++) {
            uint32_t pixels[64], before[64];
            uint8_t coverage[64];
            for (int i = 0; i < 64; i++) {
                before[i] = pixels[i] = any(&state) << 16 ^ any(&state);
                coverage[i] = (uint8_t)(any(&state) % 3 == 0 ? any(&state) : 0);
            }
            blend_row(pixels + start, coverage + start, count, 0xFF1E1B16u, 256);
            for (int i = 0; i < 64; i++) {
                bool in = i >= start && i < start + count;
                uint32_t wanted = in ? pixel(before[i], 0xFF1E1B16u, coverage[i], 256) : before[i];
                CHECK_THAT(pixels[i] == wanted, "%d pixels from %d: the %dth", count, start, i);
            }
            blend_fill(pixels + start, count, 0xFFA32A1Cu, 200);
            CHECK(pixels[start + count] == before[start + count] &&
                  (count == 0 || start == 0 || pixels[start - 1] == before[start - 1]));
        }
    }
}

int main(void)
{
    RUN(every_coverage_and_weight);
    RUN(every_length_and_start);
    return check_report();
}
