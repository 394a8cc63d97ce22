/* What a file says of itself, and what happens when it lies or ends. */
#include "help.h"

#include "image_header.h"

#include "check.h"

#include <stdlib.h>

static uint8_t shade(int k, int x, int y)
{
    return (uint8_t)(40 + 20 * k + 11 * x + 7 * y);
}

static enum image_header_result read_header(const struct bytes *b, struct image_header *header)
{
    const char *reason;
    return image_header_read(b->data, b->length, header, &reason);
}

static void jpeg_is_read(void)
{
    for (int components = 1; components <= 4; components++) {
        if (components == 2) {
            continue;
        }
        struct bytes jpeg = jpeg_of_blocks(5, 3, components, components == 4 ? 2 : -1, 0, shade);
        struct image_header header;
        CHECK_INT(read_header(&jpeg, &header), IMAGE_HEADER_OK);
        CHECK_INT(header.kind, IMAGE_JPEG);
        CHECK_INT(header.width, 40);
        CHECK_INT(header.height, 24);
        CHECK_INT(header.channels, components);
        CHECK_INT(header.bits, 8);
        CHECK_INT(header.orientation, 1);
        CHECK(image_damage(jpeg.data, jpeg.length) == NULL);
        bytes_free(&jpeg);
    }
}

static void orientation_is_read(void)
{
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct bytes jpeg = jpeg_of_blocks(2, 1, 1, -1, orientation, shade);
        struct image_header header;
        CHECK_INT(read_header(&jpeg, &header), IMAGE_HEADER_OK);
        CHECK_INT(header.orientation, orientation);
        bytes_free(&jpeg);
    }
    struct bytes odd = jpeg_of_blocks(2, 1, 1, -1, 9, shade);
    struct image_header header;
    CHECK_INT(read_header(&odd, &header), IMAGE_HEADER_OK);
    CHECK_INT(header.orientation, 1);
    bytes_free(&odd);
}

/* The same in the other byte order, with the directory far behind and other entries before it. */
static void orientation_in_big_endian(void)
{
    static const uint8_t exif[] = {'M', 'M', 0, 42, 0, 0, 0, 12, 9, 9, 9, 9, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0,
        1, 0, 0, 0, 0, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0};
    struct bytes png = {0};
    uint8_t row[12] = {0};
    png_begin(&png, 4, 1, 8, 2);
    png_chunk(&png, "eXIf", exif, sizeof exif);
    png_end(&png, row, 12, 1);
    struct image_header header;
    CHECK_INT(read_header(&png, &header), IMAGE_HEADER_OK);
    CHECK_INT(header.orientation, 6);
    /* However it is cut or pointed astray, it is only no orientation. */
    for (size_t at = 0; at < sizeof exif; at++) {
        uint8_t broken[sizeof exif];
        memcpy(broken, exif, sizeof exif);
        broken[at] = 0xFF;
        struct bytes other = {0};
        png_begin(&other, 4, 1, 8, 2);
        png_chunk(&other, "eXIf", broken, sizeof exif - at % 7);
        png_end(&other, row, 12, 1);
        CHECK_INT(read_header(&other, &header), IMAGE_HEADER_OK);
        CHECK(header.orientation >= 1 && header.orientation <= 8);
        bytes_free(&other);
    }
    bytes_free(&png);
}

static void png_is_read(void)
{
    static const struct {
        int colour, bits, channels, row;
    } kinds[] = {{0, 1, 1, 1}, {0, 16, 1, 8}, {2, 8, 3, 12}, {2, 16, 3, 24}, {3, 4, 3, 2}, {4, 8, 2, 8},
        {6, 16, 4, 32}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bytes png = {0};
        uint8_t rows[64] = {0};
        png_begin(&png, 4, 2, kinds[i].bits, kinds[i].colour);
        png_chunk(&png, "pHYs", "\0\0\x2E\x23\0\0\x2E\x23\1", 9);
        png_end(&png, rows, (size_t)kinds[i].row, 2);
        struct image_header header;
        CHECK_INT(read_header(&png, &header), IMAGE_HEADER_OK);
        CHECK_INT(header.kind, IMAGE_PNG);
        CHECK_INT(header.width, 4);
        CHECK_INT(header.height, 2);
        CHECK_INT(header.channels, kinds[i].channels);
        CHECK_INT(header.bits, kinds[i].bits);
        CHECK(header.dpi > 299 && header.dpi < 301);
        CHECK(image_damage(png.data, png.length) == NULL);
        bytes_free(&png);
    }
}

/* Cut anywhere, a file is either known to be short or known to be damaged, and nothing outside of it is read.
 */
static void cut_anywhere(void)
{
    struct bytes files[2] = {jpeg_of_blocks(3, 3, 3, -1, 5, shade), {0}};
    uint8_t rows[3 * 8 * 4] = {0};
    png_begin(&files[1], 8, 4, 8, 2);
    png_end(&files[1], rows, 24, 4);
    for (int f = 0; f < 2; f++) {
        for (size_t length = 0; length < files[f].length; length++) {
            uint8_t *copy = malloc(length + (length == 0)); /* so that the sanitizer sees its end */
            struct image_header header;
            const char *reason = NULL;
            memcpy(copy, files[f].data, length);
            enum image_header_result result = image_header_read(copy, length, &header, &reason);
            CHECK(result != IMAGE_HEADER_BAD || reason[0] != '\0');
            CHECK(result != IMAGE_HEADER_OK || header.width == (f == 0 ? 24 : 8));
            CHECK(image_damage(copy, length) != NULL);
            free(copy);
        }
        bytes_free(&files[f]);
    }
}

static void damage_is_seen(void)
{
    struct bytes png = {0};
    uint8_t rows[24] = {0};
    png_begin(&png, 8, 1, 8, 2);
    png_end(&png, rows, 24, 1);
    for (size_t at = 12; at < png.length; at++) {
        png.data[at] ^= 0x10;
        CHECK(image_damage(png.data, png.length) != NULL);
        png.data[at] ^= 0x10;
    }
    bytes_free(&png);
    /* Rubbish behind the end is common, and no damage. */
    struct bytes jpeg = jpeg_of_blocks(3, 3, 1, -1, 0, shade);
    bytes_add(&jpeg, "\0\0camera maker's own", 20);
    CHECK(image_damage(jpeg.data, jpeg.length) == NULL);
    bytes_free(&jpeg);
}

static void refused(const struct bytes *b, const char *word)
{
    struct image_header header;
    const char *reason = "";
    CHECK_INT(image_header_read(b->data, b->length, &header, &reason), IMAGE_HEADER_BAD);
    CHECK_THAT(strstr(reason, word) != NULL, "\"%s\" should speak of %s", reason, word);
}

static void strange_ones_are_refused(void)
{
    struct bytes jpeg = jpeg_of_blocks(2, 2, 4, -1, 0, shade);
    refused(&jpeg, "inks");
    bytes_free(&jpeg);
    jpeg = jpeg_of_blocks(2, 2, 3, -1, 0, shade);
    uint8_t *frame = jpeg.data;
    while (frame[0] != 0xFF || frame[1] != 0xC0) {
        frame++;
    }
    frame[4] = 12;
    refused(&jpeg, "8 bits");
    frame[4] = 8;
    frame[1] = 0xC9;
    refused(&jpeg, "arithmetic");
    frame[1] = 0xC3;
    refused(&jpeg, "lossless");
    frame[1] = 0xC0;
    frame[5] = frame[6] = 0;
    refused(&jpeg, "height");
    bytes_free(&jpeg);
    struct bytes gif = {0};
    bytes_add(&gif, "GIF89a\1\0\1\0", 10);
    refused(&gif, "neither");
    bytes_free(&gif);
    struct bytes nothing = {0};
    bytes_add(&nothing, "", 0);
    refused(&nothing, "empty");
    struct bytes png = {0};
    png_begin(&png, 0, 5, 8, 2);
    refused(&png, "zero");
    bytes_free(&png);
    png_begin(&png, 5, 5, 2, 2);
    refused(&png, "bits");
    bytes_free(&png);
}

int main(void)
{
    RUN(jpeg_is_read);
    RUN(orientation_is_read);
    RUN(orientation_in_big_endian);
    RUN(png_is_read);
    RUN(cut_anywhere);
    RUN(damage_is_seen);
    RUN(strange_ones_are_refused);
    return check_report();
}
