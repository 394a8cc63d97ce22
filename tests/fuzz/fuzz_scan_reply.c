/* Any bytes as a decoder's reply, and as a file's header: what is believed must be within what was asked. */
#include "decoder.h"
#include "image_header.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const uint8_t *data, size_t size, uint32_t op)
{
    struct decode_request request = {.op = op, .w = 254, .h = 200, .limit_pixels = 70000, .length = 1000};
    struct decode_reply reply;
    if (size >= 16) {
        memcpy(&request.serial, data + 8, sizeof request.serial);
    }
    if (decoder_judge(&request, data, size, &reply) != DECODER_ANSWERED) {
        return;
    }
    if (reply.status == DECODE_REFUSED) {
        if (memchr(reply.reason, 0, sizeof reply.reason) == NULL || reply.w != 0) {
            abort();
        }
        return;
    }
    uint64_t pixels = (uint64_t)reply.w * reply.h;
    if (pixels == 0 || pixels > 70000 || (op == DECODE_CUT && (reply.w != 254 || reply.h != 200)) ||
        (op != DECODE_LOAD && (reply.w > DECODE_SIDE_LIMIT || reply.h > DECODE_SIDE_LIMIT))) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct image_header header;
    const char *reason = NULL;
    judge(data, size, DECODE_LOAD);
    judge(data, size, DECODE_CUT);
    judge(data, size, DECODE_TILE);
    enum image_header_result result = image_header_read(data, size, &header, &reason);
    if (result == IMAGE_HEADER_OK &&
        (header.width == 0 || header.height == 0 || header.orientation < 1 || header.orientation > 8)) {
        abort();
    }
    if (result == IMAGE_HEADER_BAD && reason[0] == '\0') {
        abort();
    }
    (void)image_damage(data, size);
    return 0;
}
