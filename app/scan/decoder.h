/* One vitrine-decode process: started, asked, listened to, replaced. Nothing that it says is believed
 * unchecked. A decoder dies with the thread that started it, so one thread starts, asks and stops it. */
#ifndef SCAN_DECODER_H
#define SCAN_DECODER_H

#include "base/error.h"
#include "protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct decoder {
    pid_t pid;  /* 0: not running; zeroed memory is a decoder that is not running */
    int socket; /* readable when a reply, or the end, has come */
    int bytes_fd;
    uint8_t *bytes;         /* DECODE_BYTES_LIMIT bytes, for the next request's file */
    const uint32_t *pixels; /* DECODE_PIXELS_BYTES bytes; the process may change them at any time */
    uint64_t serial;
    size_t bytes_used; /* high water mark since the memory was last given back */
};

/* Starts the executable with no environment and no descriptors but the protocol's. */
bool decoder_start(struct decoder *decoder, const char *executable, struct error *err);
/* Kills, reaps and unmaps; fine on one that is not running. True when it had been killed before, by the
 * system or a person, for which what it was working at is not to blame. */
bool decoder_stop(struct decoder *decoder);

/* Copies a regular file's bytes to where the decoder reads them. ERROR_INPUT with the reason when that cannot
 * be. */
bool decoder_fill(struct decoder *decoder, int file, size_t *length, struct error *err);
/* Gives back the memory that a large file took, once it has been decoded. */
void decoder_drain(struct decoder *decoder);

/* Sends; magic and serial are filled in. False when the process is gone. */
bool decoder_ask(struct decoder *decoder, struct decode_request *request);

enum decoder_answer {
    DECODER_ANSWERED, /* the reply is sound: done with a size within the request, or refused with a printable
                         reason */
    DECODER_SILENT,   /* nothing there yet */
    DECODER_DEAD,     /* the process is gone */
    DECODER_LIES      /* what came is not a reply to the request; stop it */
};
/* Takes the reply to `request` without waiting. A TILE or LOAD of another size than the
 * player expects is for the caller to notice: the file may lie as well. */
enum decoder_answer decoder_hear(
    struct decoder *decoder, const struct decode_request *request, struct decode_reply *reply);
/* The part of it that judges the bytes, for the fuzzer. */
enum decoder_answer decoder_judge(
    const struct decode_request *request, const void *bytes, size_t length, struct decode_reply *reply);

#endif
