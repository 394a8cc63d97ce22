#include "help.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void give_up(const char *what)
{
    fprintf(stderr, "the test cannot go on: %s\n", what);
    exit(2);
}

static void *need(void *memory)
{
    if (memory == NULL) {
        give_up("no memory");
    }
    return memory;
}

/* ---- folders and files */

char *help_folder(void)
{
    const char *tmp = getenv("TMPDIR");
    char name[512];
    snprintf(name, sizeof name, "%s/vitrine-scan-XXXXXX", tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
    if (mkdtemp(name) == NULL) {
        give_up("no temporary folder");
    }
    return need(strdup(name));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void help_remove(char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

const char *help_path(const char *folder, const char *name)
{
    static char paths[8][2048];
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

void help_make_folder(const char *path)
{
    if (mkdir(path, 0755) != 0) {
        give_up(path);
    }
}

void bytes_add(struct bytes *bytes, const void *data, size_t length)
{
    if (bytes->length + length > bytes->capacity) {
        bytes->capacity = (bytes->length + length) * 2;
        bytes->data = need(realloc(bytes->data, bytes->capacity));
    }
    if (length > 0) {
        memcpy(bytes->data + bytes->length, data, length);
    }
    bytes->length += length;
}

void bytes_add8(struct bytes *bytes, unsigned value)
{
    uint8_t byte = (uint8_t)value;
    bytes_add(bytes, &byte, 1);
}

void bytes_add16(struct bytes *bytes, unsigned value)
{
    bytes_add8(bytes, value >> 8);
    bytes_add8(bytes, value);
}

void bytes_add32(struct bytes *bytes, uint32_t value)
{
    bytes_add16(bytes, value >> 16);
    bytes_add16(bytes, value);
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

void bytes_write(const struct bytes *bytes, const char *path)
{
    FILE *file = fopen(path, "wb");
    bool whole = file != NULL && (bytes->length == 0 || fwrite(bytes->data, bytes->length, 1, file) == 1);
    if (!whole || fclose(file) != 0) {
        give_up(path);
    }
}

void help_write_text(const char *path, const char *text)
{
    struct bytes bytes = {0};
    bytes_add(&bytes, text, strlen(text));
    bytes_write(&bytes, path);
    bytes_free(&bytes);
}

/* ---- PNG */

static uint32_t crc_of(const uint8_t *data, size_t length)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < length; i++) {
        crc ^= data[i];
        for (int k = 0; k < 8; k++) {
            crc = crc & 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }
    }
    return ~crc;
}

void png_chunk(struct bytes *bytes, const char *type, const void *data, size_t length)
{
    bytes_add32(bytes, (uint32_t)length);
    size_t start = bytes->length;
    bytes_add(bytes, type, 4);
    bytes_add(bytes, data, length);
    bytes_add32(bytes, crc_of(bytes->data + start, length + 4));
}

void png_begin(struct bytes *bytes, uint32_t w, uint32_t h, int bits, int colour_type)
{
    struct bytes header = {0};
    bytes_add(bytes, "\x89PNG\r\n\x1a\n", 8);
    bytes_add32(&header, w);
    bytes_add32(&header, h);
    bytes_add8(&header, (unsigned)bits);
    bytes_add8(&header, (unsigned)colour_type);
    bytes_add(&header, "\0\0", 3);
    png_chunk(bytes, "IHDR", header.data, header.length);
    bytes_free(&header);
}

/* zlib's container around deflate blocks that are stored as they are. */
static struct bytes stored(const struct bytes *raw)
{
    struct bytes out = {0};
    uint32_t a = 1, b = 0;
    bytes_add16(&out, 0x7801);
    for (size_t at = 0; at < raw->length; at += 65535) {
        size_t count = raw->length - at < 65535 ? raw->length - at : 65535;
        bytes_add8(&out, at + count == raw->length);
        unsigned low = (unsigned)count & 0xFF, high = (unsigned)count >> 8;
        bytes_add8(&out, low);
        bytes_add8(&out, high);
        bytes_add8(&out, ~low);
        bytes_add8(&out, ~high);
        bytes_add(&out, raw->data + at, count);
    }
    for (size_t i = 0; i < raw->length; i++) {
        a = (a + raw->data[i]) % 65521;
        b = (b + a) % 65521;
    }
    bytes_add32(&out, b << 16 | a);
    return out;
}

void png_end(struct bytes *bytes, const uint8_t *rows, size_t row, uint32_t h)
{
    struct bytes raw = {0};
    for (uint32_t y = 0; y < h; y++) {
        bytes_add8(&raw, 0);
        bytes_add(&raw, rows + y * row, row);
    }
    struct bytes packed = stored(&raw);
    png_chunk(bytes, "IDAT", packed.data, packed.length);
    png_chunk(bytes, "IEND", NULL, 0);
    bytes_free(&packed);
    bytes_free(&raw);
}

void exif_orientation(struct bytes *bytes, int orientation)
{
    static const uint8_t before[] = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0};
    bytes_add(bytes, before, sizeof before);
    bytes_add8(bytes, (unsigned)orientation);
    bytes_add(bytes, "\0\0\0\0\0\0", 7);
}

/* ---- JPEG */

struct bits {
    struct bytes *to;
    unsigned held, count;
};

static void put_bits(struct bits *bits, unsigned value, unsigned count)
{
    while (count-- > 0) {
        bits->held = bits->held << 1 | (value >> count & 1);
        if (++bits->count == 8) {
            bytes_add8(bits->to, bits->held & 0xFF);
            if ((bits->held & 0xFF) == 0xFF) {
                bytes_add8(bits->to, 0);
            }
            bits->count = 0;
        }
    }
}

/* A block's mean as the difference from the last one; codes of four bits for the twelve sizes, and one bit
 * for "no more". */
static void put_block(struct bits *bits, int difference)
{
    unsigned size = 0, magnitude = (unsigned)abs(difference);
    while (magnitude >> size != 0) {
        size++;
    }
    put_bits(bits, size, 4);
    put_bits(bits, (unsigned)(difference < 0 ? difference - 1 : difference), size);
    put_bits(bits, 0, 1);
}

static void jpeg_head(struct bytes *jpeg, int w, int h, int components, int adobe, int orientation)
{
    bytes_add16(jpeg, 0xFFD8);
    if (orientation > 0) {
        struct bytes exif = {0};
        bytes_add(&exif, "Exif\0", 6);
        exif_orientation(&exif, orientation);
        bytes_add16(jpeg, 0xFFE1);
        bytes_add16(jpeg, (unsigned)exif.length + 2);
        bytes_add(jpeg, exif.data, exif.length);
        bytes_free(&exif);
    }
    if (adobe >= 0) {
        bytes_add(jpeg,
            "\xFF\xEE\0\x0E"
            "Adobe\0\x64\0\0\0\0",
            15);
        bytes_add8(jpeg, (unsigned)adobe);
    }
    bytes_add(jpeg, "\xFF\xDB\0\x43\0", 5);
    for (int i = 0; i < 64; i++) {
        bytes_add8(jpeg, 1);
    }
    bytes_add16(jpeg, 0xFFC0);
    bytes_add16(jpeg, 8 + 3 * (unsigned)components);
    bytes_add8(jpeg, 8);
    bytes_add16(jpeg, (unsigned)h);
    bytes_add16(jpeg, (unsigned)w);
    bytes_add8(jpeg, (unsigned)components);
    for (int k = 0; k < components; k++) {
        bytes_add8(jpeg, (unsigned)k + 1);
        bytes_add16(jpeg, 0x1100);
    }
    bytes_add(jpeg, "\xFF\xC4\0\x1F\0", 5); /* means: twelve codes of four bits */
    bytes_add(jpeg, "\0\0\0\x0C\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    bytes_add(jpeg, "\0\1\2\3\4\5\6\7\x8\x9\xA\xB", 12);
    bytes_add(jpeg, "\xFF\xC4\0\x14\x10", 5); /* the rest: one code of one bit */
    bytes_add(jpeg, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 17);
    bytes_add16(jpeg, 0xFFDA);
    bytes_add16(jpeg, 6 + 2 * (unsigned)components);
    bytes_add8(jpeg, (unsigned)components);
    for (int k = 0; k < components; k++) {
        bytes_add8(jpeg, (unsigned)k + 1);
        bytes_add8(jpeg, 0);
    }
    bytes_add(jpeg, "\0\x3F\0", 3);
}

struct bytes jpeg_of_blocks(int blocks_x, int blocks_y, int components, int adobe, int orientation,
    uint8_t (*value)(int k, int x, int y))
{
    struct bytes jpeg = {0};
    int last[4] = {0};
    jpeg_head(&jpeg, blocks_x * 8, blocks_y * 8, components, adobe, orientation);
    struct bits bits = {&jpeg, 0, 0};
    for (int y = 0; y < blocks_y; y++) {
        for (int x = 0; x < blocks_x; x++) {
            for (int k = 0; k < components; k++) {
                int mean = 8 * (value(k, x, y) - 128);
                put_block(&bits, mean - last[k]);
                last[k] = mean;
            }
        }
    }
    while (bits.count != 0) {
        put_bits(&bits, 1, 1);
    }
    bytes_add16(&jpeg, 0xFFD9);
    return jpeg;
}

/* ---- pictures */

double help_random(double low, double high)
{
    return low + (high - low) * (rand() / (double)RAND_MAX);
}

struct picture picture_make(int w, int h, unsigned seed)
{
    struct picture picture = {w, h, need(malloc((size_t)w * (size_t)h * sizeof(uint32_t)))};
    uint32_t state = seed * 2654435761u + 1;
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            uint32_t word = 0xFF;
            for (int k = 0; k < 3; k++) {
                state = state * 1664525u + 1013904223u;
                double soft = 110 + 70 * sin(x * 0.031 * (k + 1) + seed) * cos(y * 0.023 * (3 - k));
                word = word << 8 | ((uint32_t)soft + (state >> 26)) % 256;
            }
            picture.words[(size_t)y * (size_t)w + (size_t)x] = word;
        }
    }
    return picture;
}

uint32_t picture_at(struct picture picture, int x, int y)
{
    return picture.words[(size_t)y * (size_t)picture.w + (size_t)x];
}

struct picture picture_halved(struct picture p)
{
    struct picture half = {(p.w + 1) / 2, (p.h + 1) / 2, NULL};
    half.words = need(malloc((size_t)half.w * (size_t)half.h * sizeof(uint32_t)));
    for (int y = 0; y < half.h; y++) {
        for (int x = 0; x < half.w; x++) {
            int right = 2 * x + 1 < p.w ? 2 * x + 1 : 2 * x, below = 2 * y + 1 < p.h ? 2 * y + 1 : 2 * y;
            uint32_t word = 0xFF000000;
            for (int shift = 0; shift < 24; shift += 8) {
                uint32_t sum = (picture_at(p, 2 * x, 2 * y) >> shift & 0xFF) +
                               (picture_at(p, right, 2 * y) >> shift & 0xFF) +
                               (picture_at(p, 2 * x, below) >> shift & 0xFF) +
                               (picture_at(p, right, below) >> shift & 0xFF);
                word |= (sum + 2) / 4 << shift;
            }
            half.words[(size_t)y * (size_t)half.w + (size_t)x] = word;
        }
    }
    return half;
}

struct picture picture_part(struct picture picture, struct rect part)
{
    struct picture copy = {part.w, part.h, need(malloc((size_t)part.w * (size_t)part.h * sizeof(uint32_t)))};
    for (int y = 0; y < part.h; y++) {
        memcpy(copy.words + (size_t)y * (size_t)part.w,
            picture.words + (size_t)(part.y + y) * (size_t)picture.w + (size_t)part.x,
            (size_t)part.w * sizeof(uint32_t));
    }
    return copy;
}

void picture_free(struct picture *picture)
{
    free(picture->words);
    *picture = (struct picture){0, 0, NULL};
}

void picture_write_png(struct picture picture, const char *path)
{
    struct bytes png = {0}, rows = {0};
    for (size_t i = 0; i < (size_t)picture.w * (size_t)picture.h; i++) {
        bytes_add8(&rows, picture.words[i] >> 16 & 0xFF);
        bytes_add8(&rows, picture.words[i] >> 8 & 0xFF);
        bytes_add8(&rows, picture.words[i] & 0xFF);
    }
    png_begin(&png, (uint32_t)picture.w, (uint32_t)picture.h, 8, 2);
    png_end(&png, rows.data, (size_t)picture.w * 3, (uint32_t)picture.h);
    bytes_write(&png, path);
    bytes_free(&png);
    bytes_free(&rows);
}

static void write_level(const char *folder, struct picture picture, int tile, int overlap)
{
    help_make_folder(folder);
    for (int y = 0; y * tile < picture.h; y++) {
        for (int x = 0; x * tile < picture.w; x++) {
            int left = x > 0 ? x * tile - overlap : 0, top = y > 0 ? y * tile - overlap : 0;
            int right = (x + 1) * tile + overlap < picture.w ? (x + 1) * tile + overlap : picture.w;
            int bottom = (y + 1) * tile + overlap < picture.h ? (y + 1) * tile + overlap : picture.h;
            struct picture part = picture_part(picture, (struct rect){left, top, right - left, bottom - top});
            char name[64];
            snprintf(name, sizeof name, "%d_%d.png", x, y);
            picture_write_png(part, help_path(folder, name));
            picture_free(&part);
        }
    }
}

void help_write_dzi(const char *folder, const char *name, struct picture picture, int tile, int overlap)
{
    char text[400], path[1024];
    snprintf(text, sizeof text,
        "<?xml version=\"1.0\"?>\n<Image xmlns=\"http://schemas.microsoft.com/deepzoom/2008\" Format=\"png\" "
        "Overlap=\"%d\" TileSize=\"%d\">\n  <Size Width=\"%d\" Height=\"%d\"/>\n</Image>\n",
        overlap, tile, picture.w, picture.h);
    snprintf(path, sizeof path, "%s/%s.dzi", folder, name);
    help_write_text(path, text);
    snprintf(path, sizeof path, "%s/%s_files", folder, name);
    help_make_folder(path);
    int level = 0;
    while (1 << level < picture.w || 1 << level < picture.h) {
        level++;
    }
    struct picture now = picture_part(picture, (struct rect){0, 0, picture.w, picture.h});
    for (; level >= 0; level--) {
        char number[16];
        snprintf(number, sizeof number, "%d", level);
        char inner[1060];
        snprintf(inner, sizeof inner, "%s/%s", path, number);
        write_level(inner, now, tile, overlap);
        struct picture half = picture_halved(now);
        picture_free(&now);
        now = half;
    }
    picture_free(&now);
}

static void write_iiif_tile(
    const char *folder, struct picture level, struct rect tile, struct rect region, int version)
{
    struct picture part = picture_part(level, tile);
    char path[1024];
    int length =
        snprintf(path, sizeof path, "%s/%d,%d,%d,%d", folder, region.x, region.y, region.w, region.h);
    mkdir(path, 0755); /* two levels may share a region */
    length += snprintf(
        path + length, sizeof path - (size_t)length, version == 2 ? "/%d," : "/%d,%d", part.w, part.h);
    help_make_folder(path);
    length += snprintf(path + length, sizeof path - (size_t)length, "/0");
    help_make_folder(path);
    snprintf(path + length, sizeof path - (size_t)length, "/default.png");
    picture_write_png(part, path);
    picture_free(&part);
}

void help_write_iiif(const char *folder, struct picture picture, int tile, int largest, int version)
{
    char text[400];
    int length = snprintf(text, sizeof text,
        "{\"@context\": \"http://iiif.io/api/image/%d/context.json\", \"width\": %d, \"height\": %d,\n"
        "\"tiles\": [{\"width\": %d, \"scaleFactors\": [1",
        version, picture.w, picture.h, tile);
    struct picture level = picture_part(picture, (struct rect){0, 0, picture.w, picture.h});
    for (int factor = 1; factor <= largest; factor *= 2) {
        for (int y = 0; y < level.h; y += tile) {
            for (int x = 0; x < level.w; x += tile) {
                struct rect r = {
                    x, y, level.w - x < tile ? level.w - x : tile, level.h - y < tile ? level.h - y : tile};
                struct rect region = {x * factor, y * factor, tile * factor, tile * factor};
                region = rect_intersect(region, (struct rect){0, 0, picture.w, picture.h});
                write_iiif_tile(folder, level, r, region, version);
            }
        }
        if (factor > 1) {
            length += snprintf(text + length, sizeof text - (size_t)length, ", %d", factor);
        }
        struct picture half = picture_halved(level);
        picture_free(&level);
        level = half;
    }
    picture_free(&level);
    snprintf(text + length, sizeof text - (size_t)length, "]}]}\n");
    help_write_text(help_path(folder, "info.json"), text);
}

/* ---- the engine */

struct scan *help_scan(const struct scan_options *options)
{
    struct error err = {0};
    struct scan_options with_decoder = *options;
    if (with_decoder.decoder_path == NULL) {
        with_decoder.decoder_path = VITRINE_DECODE;
    }
    struct scan *scan = scan_create(&with_decoder, &err);
    if (scan == NULL) {
        give_up(err.message);
    }
    return scan;
}

int help_open_page(struct scan *scan, const char *path)
{
    struct error err = {0};
    struct scan_pyramid *pyramid = scan_pyramid_open(path, NULL, &err);
    int page = pyramid == NULL ? -1 : scan_add_page(scan, pyramid, &err);
    if (page < 0) {
        fprintf(stderr, "%s: %s\n", err.file, err.message);
        give_up("a page cannot be opened");
    }
    return page;
}

void help_load(struct scan *scan, struct scan_view view)
{
    scan_want(scan, &view, 1, NULL, 0);
    if (!scan_wait(scan, 60000)) {
        give_up("tiles do not come");
    }
}

struct picture help_compose(struct scan *scan, struct scan_view view, uint32_t ground)
{
    int w = view.view_win.x + view.view_win.w, h = view.view_win.y + view.view_win.h;
    struct picture picture = {w, h, need(malloc((size_t)w * (size_t)h * sizeof(uint32_t)))};
    for (size_t i = 0; i < (size_t)w * (size_t)h; i++) {
        picture.words[i] = ground;
    }
    struct scan_target target = {picture.words, w, h, w};
    scan_compose(scan, &view, &target, (struct rect){0, 0, w, h}, 0xFFA32A1C);
    return picture;
}

struct scan_view help_whole_view(struct scan *scan, int page, int w, int h)
{
    struct scan_view view = {page, camera_whole(), {0, 0, w, h}};
    view.camera = camera_clamp(view.camera, scan_page_size(scan, page), (struct size){w, h}, 0, 8);
    return view;
}

struct scan_view help_any_view(int page, int w, int h, double low, double high)
{
    return (struct scan_view){page,
        {help_random(0, 1), help_random(0, 1), exp(help_random(log(low), log(high))), rand() % 4},
        {0, 0, w, h}};
}

void help_sleep(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}
