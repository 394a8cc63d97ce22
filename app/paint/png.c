/* PNG by hand on zlib alone (W3C PNG, 2nd edition): a header, one stream of filtered rows, an end. libpng
 * would do it too, but leaves by longjmp when something fails, which this house does not have. */
#include "paint/paint.h"

#include "base/stream.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { PIECE = 64 * 1024, BYTES = 3 };

struct writer {
    FILE *file;
    z_stream stream;
    unsigned char piece[PIECE];
    unsigned char
        *rows; /* the row above, this row, and its candidates: 4 x length bytes and a filter byte for each */
    size_t length; /* of a row in bytes */
    bool ok;
};

static void put_bytes(struct writer *w, const void *data, size_t length)
{
    w->ok = w->ok && (length == 0 || fwrite(data, 1, length, w->file) == length);
}

static void to_bytes(unsigned char out[4], uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        out[i] = (unsigned char)(value >> (24 - 8 * i));
    }
}

static void put_chunk(struct writer *w, const char *kind, const unsigned char *data, size_t length)
{
    unsigned char number[4];
    uLong check = crc32(crc32(0, (const Bytef *)kind, 4), data, (uInt)length);
    to_bytes(number, (uint32_t)length);
    put_bytes(w, number, 4);
    put_bytes(w, kind, 4);
    put_bytes(w, data, length);
    to_bytes(number, (uint32_t)(length == 0 ? crc32(0, (const Bytef *)kind, 4) : check));
    put_bytes(w, number, 4);
}

static void put_head(struct writer *w, const struct paint_target *target, double dpi)
{
    unsigned char head[13] = {[8] = 8, [9] = 2 /* 8 bits, RGB */};
    put_bytes(w, "\x89PNG\r\n\x1a\n", 8);
    to_bytes(head, (uint32_t)target->width);
    to_bytes(head + 4, (uint32_t)target->height);
    put_chunk(w, "IHDR", head, sizeof head);
    if (dpi > 0 && dpi < 1e6) {
        unsigned char resolution[9] = {[8] = 1 /* per metre */};
        to_bytes(resolution, (uint32_t)lround(dpi / 0.0254));
        to_bytes(resolution + 4, (uint32_t)lround(dpi / 0.0254));
        put_chunk(w, "pHYs", resolution, sizeof resolution);
    }
}

/* Feeds the compressor; every full piece becomes a chunk. `data` NULL: the end of the stream. */
static void compress_bytes(struct writer *w, unsigned char *data, size_t length)
{
    int result = Z_OK;
    w->stream.next_in = data;
    w->stream.avail_in = (uInt)length;
    while (w->ok && (w->stream.avail_in > 0 || (data == NULL && result != Z_STREAM_END))) {
        result = deflate(&w->stream, data == NULL ? Z_FINISH : Z_NO_FLUSH);
        w->ok = result == Z_OK || result == Z_STREAM_END;
        if (w->stream.avail_out == 0 || result == Z_STREAM_END) {
            put_chunk(w, "IDAT", w->piece, PIECE - w->stream.avail_out);
            w->stream.next_out = w->piece;
            w->stream.avail_out = PIECE;
        }
    }
}

static void unpack(unsigned char *row, const uint32_t *words, int width)
{
    for (int x = 0; x < width; x++) {
        *row++ = (unsigned char)(words[x] >> 16);
        *row++ = (unsigned char)(words[x] >> 8);
        *row++ = (unsigned char)words[x];
    }
}

/* Filters the row against its left and its upper neighbour and returns the filter with the smaller sum of
 * differences, which is what compresses better (PNG 12.8); flat rows, most of a screen, come out as zeros
 * with either. */
static unsigned char *filter(struct writer *w, const unsigned char *above, const unsigned char *row)
{
    unsigned char *left = w->rows + 2 * w->length, *up = left + w->length + 1;
    unsigned long left_sum = 0, up_sum = 0;
    *left++ = 1;
    *up++ = 2;
    if (memcmp(row, above, w->length) == 0) {
        memset(up, 0, w->length); /* as most rows of a screen: what is reckoned below, without reckoning */
        return up - 1;
    }
    for (size_t i = 0; i < w->length; i++) {
        left[i] = (unsigned char)(row[i] - (i < BYTES ? 0 : row[i - BYTES]));
        up[i] = (unsigned char)(row[i] - above[i]);
        left_sum += (unsigned long)abs((signed char)left[i]);
        up_sum += (unsigned long)abs((signed char)up[i]);
    }
    return left_sum < up_sum ? left - 1 : up - 1;
}

static void put_rows(struct writer *w, const struct paint_target *target)
{
    unsigned char *above = w->rows, *row = w->rows + w->length;
    for (int y = 0; w->ok && y < target->height; y++) {
        unpack(row, target->pixels + (ptrdiff_t)y * target->stride, target->width);
        compress_bytes(w, filter(w, above, row), w->length + 1);
        unsigned char *spare = above;
        above = row;
        row = spare;
    }
    compress_bytes(w, NULL, 0);
    put_chunk(w, "IEND", NULL, 0);
}

static bool write_all(struct writer *w, const struct paint_target *target, double dpi)
{
    w->length = (size_t)target->width * BYTES;
    w->rows = calloc(4, w->length + 1);
    if (w->rows == NULL) {
        return false;
    }
    /* Fixed settings: the same pixels give the same bytes wherever zlib is the same. */
    if (deflateInit2(&w->stream, 6, Z_DEFLATED, 15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(w->rows);
        return false;
    }
    w->stream.next_out = w->piece;
    w->stream.avail_out = PIECE;
    w->ok = true;
    put_head(w, target, dpi);
    put_rows(w, target);
    deflateEnd(&w->stream);
    free(w->rows);
    return true;
}

/* Half a picture is none; but what was no file before (a device, a pipe) is not ours to remove. */
static void remove_half(const char *path)
{
    struct stat status;
    if (lstat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        unlink(path);
    }
}

bool paint_write_png(const char *path, const struct paint_target *target, double dpi, struct error *err)
{
    if (target->width <= 0 || target->height <= 0) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "a picture of no size cannot be written");
    }
    struct writer *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return error_memory(err);
    }
    w->file = stream_open(path, "w");
    if (w->file == NULL) {
        free(w);
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(errno));
    }
    errno = 0;
    bool memory = write_all(w, target, dpi);
    bool ok = fclose(w->file) == 0 && w->ok;
    int code = errno;
    free(w);
    if (memory && ok) {
        return true;
    }
    remove_half(path);
    return memory ? error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(code))
                  : error_memory(err);
}
