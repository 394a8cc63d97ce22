/* scan_decode_whole(): one image, waited for, through a decoder of its own. */
#include "whole.h"

#include "base/stream.h"
#include "decoder.h"
#include "scan_state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE 2048 /* a square that fits the decoder's output */
#define KEPT_PIXELS 1000000

struct whole {
    struct decoder decoder;
};

void whole_destroy(struct whole *whole)
{
    if (whole != NULL) {
        decoder_stop(&whole->decoder);
        free(whole);
    }
}

/* Asks and waits. False with *err when the decoder refuses, dies, lies or takes too long; it is stopped
 * unless it only refuses. */
static bool ask(struct scan *scan, struct decode_request request, int64_t timeout_ms, const char *path,
    struct decode_reply *reply, struct error *err)
{
    struct decoder *decoder = &scan->whole->decoder;
    int64_t until = watch_clock_ms() + timeout_ms;
    enum decoder_answer answer = decoder_ask(decoder, &request) ? DECODER_SILENT : DECODER_DEAD;
    while (answer == DECODER_SILENT) {
        int64_t left = until - watch_clock_ms();
        struct pollfd fd = {.fd = decoder->socket, .events = POLLIN};
        if (left <= 0) {
            break;
        }
        if (poll(&fd, 1, left > 60000 ? 60000 : (int)left) > 0) {
            answer = decoder_hear(decoder, &request, reply);
        }
    }
    if (answer == DECODER_ANSWERED) {
        return reply->status == DECODE_DONE ||
               error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", reply->reason);
    }
    decoder_stop(decoder);
    return error_set_at(err, ERROR_INPUT, path, 0, 0, "%s",
        answer == DECODER_SILENT ? "the image decoder took too long over it"
        : answer == DECODER_DEAD ? "the image decoder broke down over it"
                                 : "the image decoder gave a reply that cannot be right");
}

static bool start(struct scan *scan, struct error *err)
{
    if (scan->whole == NULL) {
        scan->whole = calloc(1, sizeof *scan->whole);
        if (scan->whole == NULL) {
            return error_memory(err);
        }
    }
    return scan->whole->decoder.pid != 0 || decoder_start(&scan->whole->decoder, scan->decoder_path, err);
}

static bool fill(struct scan *scan, const char *path, size_t *length, struct error *err)
{
    struct error why;
    int fd = stream_descriptor(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", strerror(errno));
    }
    bool filled = decoder_fill(&scan->whole->decoder, fd, length, &why);
    close(fd);
    return filled || error_set_at(err, ERROR_INPUT, path, 0, 0, "%s", why.message);
}

/* Fetches the loaded image piece by piece. */
static bool fetch(
    struct scan *scan, const char *path, uint32_t *to, uint32_t w, uint32_t h, struct error *err)
{
    for (uint32_t y = 0; y < h; y += PIECE) {
        for (uint32_t x = 0; x < w; x += PIECE) {
            struct decode_request request = {.op = DECODE_CUT, .x = x, .y = y};
            struct decode_reply reply;
            request.w = w - x < PIECE ? w - x : PIECE;
            request.h = h - y < PIECE ? h - y : PIECE;
            if (!ask(scan, request, scan->options.timeout_ms, path, &reply, err)) {
                return false;
            }
            for (uint32_t row = 0; row < request.h; row++) {
                memcpy(to + (size_t)(y + row) * w + x, scan->whole->decoder.pixels + (size_t)row * request.w,
                    request.w * sizeof *to);
            }
        }
    }
    return true;
}

const uint32_t *whole_decode_tile(
    struct scan *scan, int fd, const char *name, struct size *size, struct error *err)
{
    struct decode_request request = {
        .op = DECODE_TILE, .limit_pixels = (uint64_t)DECODE_SIDE_LIMIT * DECODE_SIDE_LIMIT};
    struct decode_reply reply = {0};
    struct error why = {0};
    size_t length = 0;
    if (!start(scan, err)) {
        return NULL;
    }
    if (!decoder_fill(&scan->whole->decoder, fd, &length, &why)) {
        error_set_at(err, ERROR_INPUT, name, 0, 0, "%s", why.message);
        return NULL;
    }
    request.length = length;
    if (!ask(scan, request, scan->options.timeout_ms, name, &reply, err)) {
        return NULL;
    }
    *size = (struct size){(int)reply.w, (int)reply.h};
    return scan->whole->decoder.pixels;
}

bool scan_decode_whole(struct scan *scan, const char *path, long limit_pixels, uint32_t **pixels,
    struct size *size, struct error *err)
{
    struct decode_request request = {.op = DECODE_LOAD, .levels = 1};
    struct decode_reply reply = {0};
    size_t length = 0;
    long limit =
        limit_pixels > 0 && limit_pixels < SCAN_IMAGE_LIMIT_PIXELS ? limit_pixels : SCAN_IMAGE_LIMIT_PIXELS;
    *pixels = NULL;
    request.limit_pixels = (uint64_t)limit;
    if (!start(scan, err) || !fill(scan, path, &length, err)) {
        return false;
    }
    request.length = length;
    if (!ask(scan, request, scan->options.timeout_ms * 6, path, &reply, err)) {
        return false;
    }
    decoder_drain(&scan->whole->decoder);
    size_t count = (size_t)reply.w * reply.h; /* > 0, as decoder_hear() has seen to */
    uint32_t *words = count > 0 ? calloc(count, sizeof *words) : NULL;
    if (words == NULL) {
        return error_memory(err);
    }
    if (!fetch(scan, path, words, reply.w, reply.h, err)) {
        free(words);
        return false;
    }
    *pixels = words;
    *size = (struct size){(int)reply.w, (int)reply.h};
    if ((size_t)reply.w * reply.h > KEPT_PIXELS) {
        decoder_stop(&scan->whole->decoder); /* it would hold the image until the next one */
    }
    return true;
}
