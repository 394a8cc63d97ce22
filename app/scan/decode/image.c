#include "image.h"

#include "image_header.h"

#include <stdlib.h>
#include <string.h>

#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#include <stb/stb_image.h>

/* stb's words for what we do not refuse by ourselves. */
static const char *stb_reason(void)
{
    const char *why = stbi_failure_reason();
    return why == NULL                     ? "damaged pixels"
           : strcmp(why, "outofmem") == 0  ? "more memory than a decoder may take"
           : strcmp(why, "too large") == 0 ? "too large"
                                           : why;
}

/* Lays grey+alpha or RGBA on white, in place: 2 bytes become 1, 4 become 3. */
static void lay_on_white(uint8_t *pixels, size_t count, uint32_t channels)
{
    uint32_t colours = channels - 1;
    const uint8_t *from = pixels;
    for (size_t i = 0; i < count; i++) {
        uint32_t alpha = from[colours];
        for (uint32_t c = 0; c < colours; c++) {
            uint32_t over = from[c] * alpha + 255 * (255 - alpha);
            pixels[c] = (uint8_t)((over + 127) / 255);
        }
        pixels += colours;
        from += channels;
    }
}

/* Where pixel (x, y) of the stored image goes in the upright one, for EXIF orientation 1..8. */
struct turning {
    int64_t start, step_x, step_y; /* in pixels of the upright image */
};

static struct turning turning_of(int orientation, int64_t w, int64_t h)
{
    switch (orientation) {
    case 2:
        return (struct turning){w - 1, -1, w}; /* mirrored */
    case 3:
        return (struct turning){w * h - 1, -1, -w}; /* upside down */
    case 4:
        return (struct turning){(h - 1) * w, 1, -w};
    case 5:
        return (struct turning){0, h, 1}; /* the upright image is h wide */
    case 6:
        return (struct turning){h - 1, h, -1};
    case 7:
        return (struct turning){w * h - 1, -h, -1};
    case 8:
        return (struct turning){(w - 1) * h, -h, 1};
    default:
        return (struct turning){0, 1, w};
    }
}

static const char *turn_upright(struct image *image, int orientation)
{
    uint32_t w = image->width[0], h = image->height[0];
    size_t channels = image->channels;
    size_t size = (size_t)w * h * channels;
    uint8_t *upright = size > 0 ? malloc(size) : NULL;
    if (upright == NULL) {
        return "more memory than a decoder may take";
    }
    struct turning turning = turning_of(orientation, w, h);
    const uint8_t *from = image->levels[0];
    for (int64_t y = 0; y < h; y++) {
        for (int64_t x = 0; x < w; x++) {
            int64_t to = turning.start + x * turning.step_x + y * turning.step_y;
            memcpy(upright + (size_t)to * channels, from, channels);
            from += channels;
        }
    }
    free(image->levels[0]);
    image->levels[0] = upright;
    if (orientation >= 5) {
        image->width[0] = h;
        image->height[0] = w;
    }
    return NULL;
}

const char *image_decode(
    struct image *image, const uint8_t *bytes, size_t length, uint64_t limit_pixels, bool orient)
{
    struct image_header header;
    const char *why;
    *image = (struct image){0};
    enum image_header_result result = image_header_read(bytes, length, &header, &why);
    if (result != IMAGE_HEADER_OK) {
        return result == IMAGE_HEADER_MORE ? "a file that was cut off in its header" : why;
    }
    if ((uint64_t)header.width * header.height > limit_pixels) {
        return "more pixels than allowed";
    }
    why = image_damage(bytes, length);
    if (why != NULL) {
        return why;
    }
    int w, h, channels;
    if (length > INT32_MAX || !stbi_info_from_memory(bytes, (int)length, &w, &h, &channels)) {
        return stb_reason();
    }
    if ((uint32_t)w != header.width || (uint32_t)h != header.height) {
        return "a file that says two different sizes";
    }
    /* Four bytes a pixel are what stb's fast conversion of colours writes; an image that is kept takes three.
     */
    bool words = !orient && header.kind == IMAGE_JPEG && channels == 3;
    uint8_t *pixels = stbi_load_from_memory(bytes, (int)length, &w, &h, &channels, words ? 4 : 0);
    if (pixels == NULL) {
        return stb_reason();
    }
    image->levels[0] = pixels;
    image->width[0] = (uint32_t)w;
    image->height[0] = (uint32_t)h;
    image->level_count = 1;
    image->channels = words ? 4 : (uint32_t)channels;
    if (channels == 2 || channels == 4) {
        lay_on_white(pixels, (size_t)w * (size_t)h, (uint32_t)channels);
        image->channels--;
        size_t size = (size_t)w * (size_t)h * image->channels;
        uint8_t *smaller = size > 0 ? realloc(pixels, size) : NULL;
        image->levels[0] = smaller != NULL ? smaller : pixels;
    }
    return orient && header.orientation > 1 ? turn_upright(image, header.orientation) : NULL;
}

/* One row of a halved level from the two above it. */
static void halve_row(
    const uint8_t *a, const uint8_t *b, uint8_t *to, uint32_t source_width, uint32_t channels)
{
    size_t pairs = source_width / 2;
    if (channels == 1) {
        for (size_t x = 0; x < pairs; x++) {
            to[x] = (uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
        }
    } else {
        for (size_t x = 0; x < pairs; x++) {
            const uint8_t *p = a + 6 * x, *q = b + 6 * x;
            to[3 * x] = (uint8_t)((p[0] + p[3] + q[0] + q[3] + 2) >> 2);
            to[3 * x + 1] = (uint8_t)((p[1] + p[4] + q[1] + q[4] + 2) >> 2);
            to[3 * x + 2] = (uint8_t)((p[2] + p[5] + q[2] + q[5] + 2) >> 2);
        }
    }
    if (source_width % 2) {
        for (uint32_t c = 0; c < channels; c++) {
            size_t at = (size_t)(source_width - 1) * channels + c;
            to[pairs * channels + c] = (uint8_t)((a[at] + b[at] + 1) >> 1);
        }
    }
}

const char *image_halve(struct image *image, uint32_t count)
{
    while (image->level_count > 0 && image->level_count < count && image->level_count < DECODE_LEVELS) {
        uint32_t k = image->level_count;
        uint32_t from_w = image->width[k - 1], from_h = image->height[k - 1];
        uint32_t w = (from_w + 1) / 2, h = (from_h + 1) / 2;
        uint8_t *pixels = malloc((size_t)w * h * image->channels);
        if (pixels == NULL) {
            return "more memory than a decoder may take";
        }
        size_t from_row = (size_t)from_w * image->channels, row = (size_t)w * image->channels;
        for (uint32_t y = 0; y < h; y++) {
            const uint8_t *a = image->levels[k - 1] + (size_t)(2 * y) * from_row;
            const uint8_t *b = 2 * y + 1 < from_h ? a + from_row : a;
            halve_row(a, b, pixels + y * row, from_w, image->channels);
        }
        image->levels[k] = pixels;
        image->width[k] = w;
        image->height[k] = h;
        image->level_count++;
    }
    return NULL;
}

void image_finish(struct image *image)
{
    for (uint32_t i = 0; i < image->level_count; i++) {
        free(image->levels[i]);
    }
    *image = (struct image){0};
}

bool image_cut(
    const struct image *image, uint32_t level, uint32_t x, uint32_t y, uint32_t w, uint32_t h, uint32_t *to)
{
    if (level >= image->level_count || w == 0 || h == 0 || x >= image->width[level] ||
        y >= image->height[level] || w > image->width[level] - x || h > image->height[level] - y) {
        return false;
    }
    size_t channels = image->channels;
    for (uint32_t row = 0; row < h; row++) {
        const uint8_t *p = image->levels[level] + ((size_t)(y + row) * image->width[level] + x) * channels;
        if (channels == 1) {
            for (uint32_t i = 0; i < w; i++) {
                to[i] = 0xFF000000u | p[i] * 0x010101u;
            }
        } else if (channels == 4) {
            for (uint32_t i = 0; i < w; i++) {
                uint32_t word;
                memcpy(&word, p + 4 * (size_t)i, sizeof word);
                to[i] = 0xFF000000u | (word & 0xFFu) << 16 | (word & 0xFF00u) | (word >> 16 & 0xFFu);
            }
        } else {
            for (uint32_t i = 0; i < w; i++, p += 3) {
                to[i] = 0xFF000000u | (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
            }
        }
        to += w;
    }
    return true;
}
