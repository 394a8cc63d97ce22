/* Writes a picture of typewritten pages side by side on noisy paper to the standard output, as a binary PPM:
 * what the benchmark's pyramids are made of. Any size: one line of type is in memory at a time. The same seed
 * gives the same picture.
 *
 *     bench_image WIDTH HEIGHT SEED FONT */
#include <errno.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A typewriter's pica at 600 dpi: 10 characters an inch, lines a third of an inch apart on A4. */
enum { EM = 100, ADVANCE = 60, PITCH = 200, BASELINE = 140, SHEET = 4960, MARGIN = 500, LINES_A_SHEET = 35 };

struct type {
    FT_Library library;
    FT_Face face;
};

struct band { /* one line of type across the picture: how much ink lies on each pixel */
    uint8_t *ink;
    int width;
};

static uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *state = x;
    return x;
}

static int below(uint64_t *state, int limit)
{
    return (int)((next_random(state) >> 33) % (uint64_t)limit);
}

/* Strikes a character: fresher or weaker, and a little off the line, as a machine does. */
static void strike(struct band *band, const struct type *type, char c, int x, uint64_t *state)
{
    if (FT_Load_Char(type->face, (FT_ULong)(unsigned char)c, FT_LOAD_RENDER) != 0) {
        return;
    }
    const FT_GlyphSlot glyph = type->face->glyph;
    int weight = 170 + below(state, 80);
    int left = x + glyph->bitmap_left, top = BASELINE - glyph->bitmap_top + below(state, 7) - 3;
    for (int row = 0; row < (int)glyph->bitmap.rows; row++) {
        for (int column = 0; column < (int)glyph->bitmap.width; column++) {
            int to_x = left + column, to_y = top + row;
            if (to_x >= 0 && to_x < band->width && to_y >= 0 && to_y < PITCH) {
                int cover = glyph->bitmap.buffer[row * glyph->bitmap.pitch + column];
                uint8_t *ink = &band->ink[(size_t)to_y * (size_t)band->width + (size_t)to_x];
                int sum = *ink + cover * weight / 255;
                *ink = (uint8_t)(sum < 235 ? sum : 235);
            }
        }
    }
}

static void type_line(struct band *band, const struct type *type, uint64_t *state)
{
    static const char letters[] = "eeeeeetttaaaooinnsshrrdlcumwfgypbvkETASIN0123456789.,-";
    memset(band->ink, 0, (size_t)band->width * PITCH);
    for (int sheet = 0; sheet < band->width; sheet += SHEET) {
        int left = 2 + below(state, 10);
        for (int x = sheet + MARGIN; x < sheet + SHEET - MARGIN && x < band->width; x += ADVANCE) {
            if (left-- > 0) {
                strike(band, type, letters[below(state, (int)sizeof letters - 1)], x, state);
            } else {
                left = 2 + below(state, 10);
            }
        }
    }
}

/* Eight random bytes give the noise of four pixels: each one's sum of two is nearly bell-shaped. */
static void colour_row(uint8_t *rgb, const uint8_t *ink, int width, uint64_t *state)
{
    for (int x = 0; x < width; x += 4) {
        uint64_t bits = next_random(state);
        for (int i = 0; i < 4 && x + i < width; i++, bits >>= 16) {
            int noise = ((int)(bits & 31) + (int)(bits >> 8 & 31) - 31) / 2;
            int dark = ink[x + i];
            rgb[3 * (x + i)] = (uint8_t)(236 - dark * 216 / 235 + noise);
            rgb[3 * (x + i) + 1] = (uint8_t)(226 - dark * 206 / 235 + noise);
            rgb[3 * (x + i) + 2] = (uint8_t)(204 - dark * 170 / 235 + noise);
        }
    }
}

static bool write_picture(const struct type *type, int width, int height, uint64_t seed)
{
    struct band band = {malloc((size_t)width * PITCH), width};
    uint8_t *rgb = malloc((size_t)width * 3);
    uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
    bool good = band.ink != NULL && rgb != NULL && printf("P6\n%d %d\n255\n", width, height) > 0;
    for (int y = 0; good && y < height; y++) {
        int line = y / PITCH % LINES_A_SHEET;
        if (y % PITCH == 0 && line >= 2 && line < LINES_A_SHEET - 2) {
            type_line(&band, type, &state);
        } else if (y % PITCH == 0) {
            memset(band.ink, 0, (size_t)width * PITCH); /* the sheet's upper and lower margin */
        }
        colour_row(rgb, band.ink + (size_t)(y % PITCH) * (size_t)width, width, &state);
        good = fwrite(rgb, 3, (size_t)width, stdout) == (size_t)width;
    }
    free(rgb);
    free(band.ink);
    return good && fflush(stdout) == 0;
}

static bool open_type(struct type *type, const char *font)
{
    return FT_Init_FreeType(&type->library) == 0 && FT_New_Face(type->library, font, 0, &type->face) == 0 &&
           FT_Set_Pixel_Sizes(type->face, 0, EM) == 0;
}

static bool read_number(const char *word, long from, long to, long *value)
{
    char *end;
    errno = 0;
    *value = strtol(word, &end, 10);
    return errno == 0 && end != word && *end == '\0' && *value >= from && *value <= to;
}

int main(int argc, char **argv)
{
    long width, height, seed;
    if (argc != 5 || !read_number(argv[1], 1, 1000000, &width) ||
        !read_number(argv[2], 1, 1000000, &height) || !read_number(argv[3], 0, 1000000, &seed)) {
        fprintf(stderr, "bench_image WIDTH HEIGHT SEED FONT\n");
        return 2;
    }
    struct type type = {0};
    bool good = open_type(&type, argv[4]);
    if (!good) {
        fprintf(stderr, "bench_image: no font in %s\n", argv[4]);
    } else if (!write_picture(&type, (int)width, (int)height, (uint64_t)seed)) {
        good = false;
        fprintf(stderr, "bench_image: the picture cannot be written\n");
    }
    if (type.library != NULL) {
        FT_Done_FreeType(type.library);
    }
    return good ? 0 : 3;
}
