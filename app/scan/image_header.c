#include "image_header.h"

#include <string.h>

/* A reader that cannot leave its bytes: past the end it yields zeros and remembers. */
struct reader {
    const uint8_t *bytes;
    size_t length, at;
    bool short_of; /* something was asked for that is not there */
};

static uint8_t take8(struct reader *r)
{
    if (r->at >= r->length) {
        r->short_of = true;
        return 0;
    }
    return r->bytes[r->at++];
}

static uint32_t take16(struct reader *r)
{
    uint32_t high = take8(r);
    return high << 8 | take8(r);
}

static uint32_t take32(struct reader *r)
{
    uint32_t high = take16(r);
    return high << 16 | take16(r);
}

static void skip(struct reader *r, size_t count)
{
    if (count > r->length - r->at) {
        r->short_of = true;
        r->at = r->length;
        return;
    }
    r->at += count;
}

/* ---- EXIF: a TIFF file in a segment; only the orientation of its first directory is of interest */

static uint32_t tiff_number(const uint8_t *p, int bytes, bool big_endian)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value = value << 8 | p[big_endian ? i : bytes - 1 - i];
    }
    return value;
}

/* 1..8, or 0 where there is none or it is nonsense. */
static int tiff_orientation(const uint8_t *tiff, size_t length)
{
    if (length < 8 || (memcmp(tiff, "II*\0", 4) != 0 && memcmp(tiff, "MM\0*", 4) != 0)) {
        return 0;
    }
    bool big_endian = tiff[0] == 'M';
    size_t directory = tiff_number(tiff + 4, 4, big_endian);
    if (directory < 8 || directory > length - 2) {
        return 0;
    }
    size_t count = tiff_number(tiff + directory, 2, big_endian);
    for (size_t i = 0; i < count; i++) {
        size_t at = directory + 2 + i * 12;
        if (at + 12 > length) {
            return 0;
        }
        const uint8_t *entry = tiff + at;
        if (tiff_number(entry, 2, big_endian) == 0x0112 && tiff_number(entry + 2, 2, big_endian) == 3) {
            uint32_t value = tiff_number(entry + 8, 2, big_endian);
            return value >= 1 && value <= 8 ? (int)value : 0;
        }
    }
    return 0;
}

/* ---- JPEG */

enum jpeg_marker {
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_APP0 = 0xE0,
    JPEG_APP1 = 0xE1,
    JPEG_APP14 = 0xEE
};

static bool jpeg_stands_alone(int marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

static bool jpeg_is_frame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* The next marker, over fill bytes; -1 where there is something else. */
static int jpeg_next_marker(struct reader *r)
{
    if (take8(r) != 0xFF) {
        return -1;
    }
    int marker = 0xFF;
    while (marker == 0xFF && !r->short_of) {
        marker = take8(r);
    }
    return marker == 0 ? -1 : marker;
}

static void jpeg_read_segment(
    int marker, const uint8_t *data, size_t length, struct image_header *header, int *adobe)
{
    if (marker == JPEG_APP0 && length >= 14 && memcmp(data, "JFIF\0", 5) == 0) {
        uint32_t unit = data[7], x = (uint32_t)data[8] << 8 | data[9], y = (uint32_t)data[10] << 8 | data[11];
        if (x == y && x > 0 && (unit == 1 || unit == 2)) {
            header->dpi = unit == 1 ? x : x * 2.54;
        }
    } else if (marker == JPEG_APP1 && length >= 6 && memcmp(data, "Exif\0", 6) == 0 &&
               header->orientation == 0) {
        header->orientation = tiff_orientation(data + 6, length - 6);
    } else if (marker == JPEG_APP14 && length >= 12 && memcmp(data, "Adobe", 5) == 0) {
        *adobe = data[11];
    }
}

static const char *jpeg_read_frame(int marker, struct reader frame, struct image_header *header)
{
    if (marker != 0xC0 && marker != 0xC1 && marker != 0xC2) {
        return marker >= 0xC9 ? "a JPEG with arithmetic coding, which is not supported"
                              : "a lossless or hierarchical JPEG, which is not supported";
    }
    header->bits = take8(&frame);
    header->height = take16(&frame);
    header->width = take16(&frame);
    header->channels = take8(&frame);
    if (frame.short_of) {
        return "a JPEG frame header that is too short";
    }
    if (header->bits != 8) {
        return "a JPEG with other than 8 bits a sample, which is not supported";
    }
    if (header->width == 0 || header->height == 0) {
        return "a JPEG without a width or height";
    }
    if (header->channels != 1 && header->channels != 3 && header->channels != 4) {
        return "a JPEG with an odd number of colour components";
    }
    return NULL;
}

static enum image_header_result bad(const char **reason, const char *why)
{
    *reason = why;
    return IMAGE_HEADER_BAD;
}

static enum image_header_result jpeg_read(struct reader r, struct image_header *header, const char **reason)
{
    int adobe = -1;
    bool framed = false;
    skip(&r, 2);
    for (;;) {
        int marker = jpeg_next_marker(&r);
        if (r.short_of) {
            return IMAGE_HEADER_MORE;
        }
        if (marker < 0 || marker == JPEG_EOI) {
            return bad(reason, "a damaged JPEG: its header is not made of segments");
        }
        if (jpeg_stands_alone(marker)) {
            continue;
        }
        if (marker == JPEG_SOS) {
            break;
        }
        size_t length = take16(&r);
        if (length < 2) {
            return r.short_of ? IMAGE_HEADER_MORE : bad(reason, "a damaged JPEG: a segment without a length");
        }
        struct reader data = {r.bytes + r.at, length - 2, 0, false};
        skip(&r, length - 2);
        if (r.short_of) {
            return IMAGE_HEADER_MORE;
        }
        if (jpeg_is_frame(marker)) {
            if (framed) {
                return bad(reason, "a damaged JPEG: two frame headers");
            }
            const char *why = jpeg_read_frame(marker, data, header);
            if (why != NULL) {
                return bad(reason, why);
            }
            framed = true;
        } else {
            jpeg_read_segment(marker, data.bytes, data.length, header, &adobe);
        }
    }
    if (!framed) {
        return bad(reason, "a damaged JPEG: pixels before the frame header");
    }
    if (header->channels == 4 && adobe != 0 && adobe != 2) {
        return bad(reason, "a four-colour JPEG that does not say how its inks are meant (no Adobe marker)");
    }
    header->orientation = header->orientation == 0 ? 1 : header->orientation;
    return IMAGE_HEADER_OK;
}

/* Walks the segments and the coded data between them to the end-of-image marker. */
static const char *jpeg_damage(struct reader r)
{
    bool coded = false;
    skip(&r, 2);
    while (r.at < r.length) {
        if (coded) { /* zero bytes and restart markers belong to the coded data */
            const uint8_t *found = memchr(r.bytes + r.at, 0xFF, r.length - r.at);
            if (found == NULL) {
                break;
            }
            r.at = (size_t)(found - r.bytes);
            if (r.length - r.at >= 2 && (found[1] == 0 || (found[1] >= 0xD0 && found[1] <= 0xD7))) {
                r.at += 2;
                continue;
            }
        }
        int marker = jpeg_next_marker(&r);
        if (marker == JPEG_EOI) {
            return NULL;
        }
        if (marker < 0 && !r.short_of) {
            return "a damaged JPEG: something else where a marker should stand";
        }
        if (!r.short_of && !jpeg_stands_alone(marker)) {
            size_t length = take16(&r);
            skip(&r, length < 2 ? 0 : length - 2);
            coded = marker == JPEG_SOS;
        }
    }
    return "a JPEG that was cut off: its end is missing";
}

/* ---- PNG */

static const uint8_t PNG_SIGNATURE[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

static bool png_bits_fit(int colour, int bits)
{
    switch (colour) {
    case 0:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    case 3:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8;
    case 2:
    case 4:
    case 6:
        return bits == 8 || bits == 16;
    default:
        return false;
    }
}

static const char *png_read_ihdr(struct reader *r, struct image_header *header)
{
    static const int CHANNELS[] = {1, 0, 3, 3, 2, 0, 4};
    header->width = take32(r);
    header->height = take32(r);
    header->bits = take8(r);
    int colour = take8(r), compression = take8(r), filter = take8(r), interlace = take8(r);
    skip(r, 4);
    if (header->width == 0 || header->height == 0 || header->width > INT32_MAX ||
        header->height > INT32_MAX) {
        return "a PNG whose width or height is zero or beyond the format";
    }
    if (!png_bits_fit(colour, header->bits)) {
        return "a PNG whose colour type and bits do not go together";
    }
    if (compression != 0 || filter != 0 || interlace > 1) {
        return "a PNG of an unknown compression, filter or interlacing";
    }
    header->channels = CHANNELS[colour];
    return NULL;
}

static void png_read_phys(const uint8_t *data, size_t length, struct image_header *header)
{
    struct reader r = {data, length, 0, false};
    uint32_t x = take32(&r), y = take32(&r), unit = take8(&r);
    if (!r.short_of && unit == 1 && x == y && x > 0) {
        header->dpi = x * 0.0254;
    }
}

static enum image_header_result png_read(struct reader r, struct image_header *header, const char **reason)
{
    skip(&r, sizeof PNG_SIGNATURE);
    bool first = true;
    for (;;) {
        uint32_t length = take32(&r), type = take32(&r);
        if (r.short_of) {
            return IMAGE_HEADER_MORE;
        }
        if (first != (type == 0x49484452) || (first && length != 13)) {
            return bad(reason, "a PNG that does not begin with its header");
        }
        if (first) {
            const char *why = png_read_ihdr(&r, header);
            if (r.short_of) {
                return IMAGE_HEADER_MORE;
            }
            if (why != NULL) {
                return bad(reason, why);
            }
            first = false;
            continue;
        }
        if (type == 0x49444154) { /* IDAT: the header is over */
            header->orientation = header->orientation == 0 ? 1 : header->orientation;
            return IMAGE_HEADER_OK;
        }
        const uint8_t *data = r.bytes + r.at;
        skip(&r, length);
        skip(&r, 4);
        if (r.short_of) {
            return IMAGE_HEADER_MORE;
        }
        if (type == 0x65584966) { /* eXIf */
            header->orientation = tiff_orientation(data, length);
        } else if (type == 0x70485973) { /* pHYs */
            png_read_phys(data, length, header);
        } else if (type == 0x49454E44) { /* IEND */
            return bad(reason, "a PNG without pixels");
        }
    }
}

/* CRC-32 as PNG has it, a byte at a time: fast enough for what is read once. */
static uint32_t crc32_of(const uint8_t *bytes, size_t length, const uint32_t table[256])
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < length; i++) {
        crc = table[(crc ^ bytes[i]) & 0xFF] ^ crc >> 8;
    }
    return ~crc;
}

static void crc32_table(uint32_t table[256])
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t c = n;
        for (int k = 0; k < 8; k++) {
            c = c & 1 ? 0xEDB88320 ^ c >> 1 : c >> 1;
        }
        table[n] = c;
    }
}

static const char *png_damage(struct reader r)
{
    uint32_t table[256];
    crc32_table(table);
    skip(&r, sizeof PNG_SIGNATURE);
    while (r.at < r.length) {
        uint32_t length = take32(&r);
        const uint8_t *from_type = r.bytes + r.at;
        uint32_t type = take32(&r);
        skip(&r, length);
        uint32_t crc = take32(&r);
        if (r.short_of) {
            break;
        }
        if (crc32_of(from_type, (size_t)length + 4, table) != crc) {
            return "a damaged PNG: a checksum is wrong";
        }
        if (type == 0x49454E44) { /* IEND */
            return NULL;
        }
    }
    return "a PNG that was cut off: its end is missing";
}

/* ---- both */

static bool is_png(const uint8_t *bytes, size_t length)
{
    return length >= sizeof PNG_SIGNATURE && memcmp(bytes, PNG_SIGNATURE, sizeof PNG_SIGNATURE) == 0;
}

static bool is_jpeg(const uint8_t *bytes, size_t length)
{
    return length >= 3 && bytes[0] == 0xFF && bytes[1] == JPEG_SOI && bytes[2] == 0xFF;
}

enum image_header_result image_header_read(
    const uint8_t *bytes, size_t length, struct image_header *header, const char **reason)
{
    struct reader r = {bytes, length, 0, false};
    *header = (struct image_header){0};
    *reason = "";
    if (is_png(bytes, length)) {
        header->kind = IMAGE_PNG;
        return png_read(r, header, reason);
    }
    if (is_jpeg(bytes, length)) {
        header->kind = IMAGE_JPEG;
        return jpeg_read(r, header, reason);
    }
    return bad(reason, length == 0 ? "an empty file" : "neither a JPEG nor a PNG");
}

const char *image_damage(const uint8_t *bytes, size_t length)
{
    struct reader r = {bytes, length, 0, false};
    if (is_png(bytes, length)) {
        return png_damage(r);
    }
    return is_jpeg(bytes, length) ? jpeg_damage(r) : "neither a JPEG nor a PNG";
}
