/* A decoder that misbehaves, for the tests: what it does wrong is the name it is started by.
 *
 *     rogue-size     claims a tile larger than was asked for
 *     rogue-serial   answers a question that was not asked
 *     rogue-short    sends half a reply
 *     rogue-long     sends more than a reply
 *     rogue-hang     never answers
 *     rogue-crash    dies over every file
 *     rogue-once     dies over its first file, and would be good afterwards (each process is its own first)
 *     rogue-reason   refuses with a reason that has no end and is no text
 *     rogue-chatter  speaks without being asked */
#include "protocol.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void misbehave(const char *name, const struct decode_request *request, struct decode_reply *reply)
{
    size_t length = sizeof *reply;
    unsigned char message[sizeof *reply * 2] = {0};
    if (strcmp(name, "rogue-size") == 0) {
        reply->w = reply->h = 0x10001; /* the product overflows 32 bits to a small number */
    } else if (strcmp(name, "rogue-serial") == 0) {
        reply->serial = request->serial + 1;
    } else if (strcmp(name, "rogue-short") == 0) {
        length /= 2;
    } else if (strcmp(name, "rogue-long") == 0) {
        length *= 2;
    } else if (strcmp(name, "rogue-hang") == 0) {
        pause();
    } else if (strcmp(name, "rogue-reason") == 0) {
        reply->status = DECODE_REFUSED;
        memset(reply->reason, '\x1B', sizeof reply->reason);
    } else {
        abort();
    }
    memcpy(message, reply, sizeof *reply);
    send(DECODE_SOCKET_FD, message, length, MSG_NOSIGNAL);
}

int main(int count, char **arguments)
{
    const char *slash = strrchr(arguments[0], '/');
    const char *name = count > 0 && slash != NULL ? slash + 1 : "";
    struct decode_request request;
    if (strcmp(name, "rogue-chatter") == 0) {
        send(DECODE_SOCKET_FD, "hello", 5, MSG_NOSIGNAL);
    }
    while (recv(DECODE_SOCKET_FD, &request, sizeof request, 0) == (ssize_t)sizeof request) {
        struct decode_reply reply = {.magic = DECODE_MAGIC, .serial = request.serial};
        reply.w = request.w > 0 ? request.w : 1;
        reply.h = request.h > 0 ? request.h : 1;
        misbehave(name, &request, &reply);
    }
    return EXIT_SUCCESS;
}
