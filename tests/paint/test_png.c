/* A written PNG is read back here chunk by chunk with zlib alone, as the standard says it must be. */
#include "check.h"
#include "paint/paint.h"

#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum { W = 61, H = 40 };
static uint32_t pixels[W * H];

static struct paint_target picture(void)
{
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            uint32_t busy = ((uint32_t)x * 2654435761u ^ (uint32_t)y * 40503u) & 0xFFFFFF;
            pixels[y * W + x] = 0xAB000000u | (y < 20 ? 0xF5F1E8 : busy);
        }
    }
    return (struct paint_target){pixels, W, H, W};
}

static size_t load(const char *path, unsigned char *bytes, size_t capacity)
{
    FILE *file = fopen(path, "rbe");
    size_t length = file != NULL ? fread(bytes, 1, capacity, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return length;
}

static size_t number(const unsigned char *bytes)
{
    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

static int paeth_free(unsigned char *rows, size_t stride)
{
    for (size_t y = 0; y < H; y++) {
        unsigned char *row = rows + y * (stride + 1);
        for (size_t i = 1; i <= stride; i++) {
            unsigned char left = i > 3 ? row[i - 3] : 0, up = y > 0 ? row[i - stride - 1] : 0;
            if (row[0] > 2) {
                return 0;
            }
            row[i] = (unsigned char)(row[i] + (row[0] == 1 ? left : row[0] == 2 ? up : 0));
        }
    }
    return 1;
}

static void pixels_come_back(void)
{
    static unsigned char bytes[64 * 1024], packed[64 * 1024], rows[(W * 3 + 1) * H + 1];
    struct paint_target target = picture();
    struct error err = {0};
    CHECK(paint_write_png("test.png", &target, 300, &err));
    size_t length = load("test.png", bytes, sizeof bytes), packed_length = 0, at = 8;
    CHECK(length > 100 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0);
    bool ended = false, resolution = false;
    while (at + 12 <= length && !ended) {
        size_t size = number(bytes + at);
        CHECK(at + 12 + size <= length);
        CHECK_INT(number(bytes + at + 8 + size), crc32(0, bytes + at + 4, (uInt)size + 4));
        const unsigned char *data = bytes + at + 8;
        if (memcmp(bytes + at + 4, "IHDR", 4) == 0) {
            CHECK_INT(number(data), W);
            CHECK_INT(number(data + 4), H);
        } else if (memcmp(bytes + at + 4, "pHYs", 4) == 0) {
            CHECK_INT(number(data), 11811);
            resolution = data[8] == 1;
        } else if (memcmp(bytes + at + 4, "IDAT", 4) == 0) {
            memcpy(packed + packed_length, data, size);
            packed_length += size;
        }
        ended = memcmp(bytes + at + 4, "IEND", 4) == 0;
        at += 12 + size;
    }
    CHECK(ended && resolution && at == length);
    uLongf unpacked = sizeof rows;
    CHECK_INT(uncompress(rows, &unpacked, packed, packed_length), Z_OK);
    CHECK_INT(unpacked, (W * 3 + 1) * H);
    CHECK(paeth_free(rows, W * 3));
    long wrong = 0;
    for (int i = 0; i < W * H; i++) {
        const unsigned char *p = rows + (i / W) * (W * 3 + 1) + 1 + (i % W) * 3;
        wrong += ((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]) != (pixels[i] & 0xFFFFFF);
    }
    CHECK_INT(wrong, 0);
    unlink("test.png");
}

static void bytes_depend_on_pixels_only(void)
{
    static unsigned char first[64 * 1024], second[64 * 1024];
    static uint32_t wide[(W + 7) * H];
    struct paint_target target = picture();
    CHECK(paint_write_png("first.png", &target, 0, NULL));
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            wide[y * (W + 7) + x] = pixels[y * W + x] & 0xFFFFFF; /* another stride, another high byte */
        }
    }
    struct paint_target again = {wide, W, H, W + 7};
    CHECK(paint_write_png("second.png", &again, 0, NULL));
    size_t a = load("first.png", first, sizeof first), b = load("second.png", second, sizeof second);
    CHECK(a == b && a > 0 && memcmp(first, second, a) == 0);
    unlink("first.png");
    unlink("second.png");
}

static void failure_is_said(void)
{
    struct paint_target target = picture();
    struct error err = {0};
    CHECK(!paint_write_png("no-such-folder/x.png", &target, 0, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(strstr(err.file, "no-such-folder") != NULL);
    CHECK(!paint_write_png("/dev/full", &target, 0, &err));
    CHECK(strstr(err.message, "No space") != NULL);
    target.width = 0;
    CHECK(!paint_write_png("none.png", &target, 0, &err));
    CHECK(access("none.png", F_OK) != 0);
}

int main(void)
{
    RUN(pixels_come_back);
    RUN(bytes_depend_on_pixels_only);
    RUN(failure_is_said);
    return check_report();
}
