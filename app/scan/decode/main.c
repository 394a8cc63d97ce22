/* vitrine-decode: decodes images for the player and can do nothing else. It is started by the player with
 * three descriptors (see ../protocol.h) and is of no use by hand.
 *
 * `vitrine-decode --try open|socket|exec|fork|map` enters the sandbox and then does what is forbidden, so
 * that a test can see it die. */
#include "image.h"
#include "protocol.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_MACHINE = 3, EXIT_USAGE = 2 };

struct decode {
    const uint8_t *bytes;
    size_t bytes_length;
    uint32_t *pixels;
    size_t pixel_count;
    struct image image; /* what was loaded, for cutting */
};

static void *map_whole(int fd, int protection, size_t *length)
{
    struct stat status;
    if (fstat(fd, &status) != 0 || status.st_size <= 0) {
        return NULL;
    }
    *length = (size_t)status.st_size;
    void *memory = mmap(NULL, *length, protection, MAP_SHARED, fd, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static const char *load(struct decode *d, const struct decode_request *request, struct decode_reply *reply)
{
    image_finish(&d->image);
    const char *why = image_decode(&d->image, d->bytes, (size_t)request->length, request->limit_pixels, true);
    if (why == NULL) {
        why = image_halve(&d->image, request->levels);
    }
    if (why != NULL) {
        image_finish(&d->image);
        return why;
    }
    reply->w = d->image.width[0];
    reply->h = d->image.height[0];
    return NULL;
}

static const char *cut(struct decode *d, const struct decode_request *request, struct decode_reply *reply)
{
    if ((uint64_t)request->w * request->h > d->pixel_count ||
        !image_cut(&d->image, request->level, request->x, request->y, request->w, request->h, d->pixels)) {
        return "not a part of the image";
    }
    reply->w = request->w;
    reply->h = request->h;
    return NULL;
}

static const char *tile(struct decode *d, const struct decode_request *request, struct decode_reply *reply)
{
    struct image image;
    uint64_t limit = request->limit_pixels < d->pixel_count ? request->limit_pixels : d->pixel_count;
    const char *why = image_decode(&image, d->bytes, (size_t)request->length, limit, false);
    if (why == NULL && (image.width[0] > DECODE_SIDE_LIMIT || image.height[0] > DECODE_SIDE_LIMIT)) {
        why = "longer than a tile may be";
    }
    if (why == NULL) {
        reply->w = image.width[0];
        reply->h = image.height[0];
        image_cut(&image, 0, 0, 0, reply->w, reply->h, d->pixels);
    }
    image_finish(&image);
    return why;
}

static const char *serve(struct decode *d, const struct decode_request *request, struct decode_reply *reply)
{
    if (request->magic != DECODE_MAGIC || request->length > d->bytes_length) {
        return "not a request";
    }
    switch (request->op) {
    case DECODE_LOAD:
        return load(d, request, reply);
    case DECODE_CUT:
        return cut(d, request, reply);
    case DECODE_TILE:
        return tile(d, request, reply);
    default:
        return "not a request";
    }
}

static bool time_to_retire(void)
{
    struct timespec used;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0 &&
           used.tv_sec > (time_t)(SANDBOX_CPU_SECONDS / 2);
}

static int run(struct decode *d)
{
    for (;;) {
        struct decode_request request;
        ssize_t length = recv(DECODE_SOCKET_FD, &request, sizeof request, 0);
        if (length < 0 && errno == EINTR) {
            continue;
        }
        if (length != (ssize_t)sizeof request) {
            return length == 0 ? EXIT_SUCCESS : EXIT_MACHINE; /* 0: the player closed its end */
        }
        struct decode_reply reply = {.magic = DECODE_MAGIC, .serial = request.serial};
        const char *why = serve(d, &request, &reply);
        if (why != NULL) {
            reply.status = DECODE_REFUSED;
            strncpy(reply.reason, why, sizeof reply.reason - 1);
        }
        if (send(DECODE_SOCKET_FD, &reply, sizeof reply, MSG_NOSIGNAL) != (ssize_t)sizeof reply) {
            return EXIT_MACHINE;
        }
        if (time_to_retire()) {
            return EXIT_SUCCESS;
        }
    }
}

/* Each of these ends the process; it returns only where the sandbox leaks. */
static int try_forbidden(const char *what)
{
    if (strcmp(what, "open") == 0) {
        return open("/etc/hostname", O_RDONLY | O_CLOEXEC) >= 0 ? EXIT_SUCCESS : EXIT_MACHINE;
    }
    if (strcmp(what, "socket") == 0) {
        return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? EXIT_SUCCESS : EXIT_MACHINE;
    }
    if (strcmp(what, "exec") == 0) {
        char *arguments[] = {(char *)"true", NULL};
        execv("/bin/true", arguments);
        return EXIT_MACHINE;
    }
    if (strcmp(what, "fork") == 0) {
        return fork() >= 0 ? EXIT_SUCCESS : EXIT_MACHINE;
    }
    if (strcmp(what, "map") == 0) {
        void *code = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return code != MAP_FAILED ? EXIT_SUCCESS : EXIT_MACHINE;
    }
    return EXIT_USAGE;
}

int main(int count, char **arguments)
{
    bool trying = count == 3 && strcmp(arguments[1], "--try") == 0;
    struct decode d = {0};
    size_t pixel_bytes = 0;
    if (!trying) {
        d.bytes = map_whole(DECODE_BYTES_FD, PROT_READ, &d.bytes_length);
        d.pixels = map_whole(DECODE_PIXELS_FD, PROT_READ | PROT_WRITE, &pixel_bytes);
        d.pixel_count = pixel_bytes / sizeof *d.pixels;
        if (count != 1 || d.bytes == NULL || d.pixels == NULL) {
            static const char help[] = "vitrine-decode is started by vitrine and decodes images for it.\n";
            (void)!write(STDERR_FILENO, help, sizeof help - 1);
            return EXIT_USAGE;
        }
    }
    free(malloc(1)); /* the allocator asks for its random bits before the door closes */
    if (!sandbox_limit() || !sandbox_enter()) {
        return EXIT_MACHINE;
    }
    int status = trying ? try_forbidden(arguments[2]) : run(&d);
    _exit(status);
}
