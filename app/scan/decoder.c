#include "decoder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Descriptors are first moved above those that the child will have, so that none is overwritten on the way.
 */
#define FD_ABOVE 64
/* What a decoder may keep of a file's memory between requests. */
#define BYTES_KEPT (1u << 20)

static void close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
    *fd = -1;
}

static int lifted(int fd)
{
    int above = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FD_ABOVE);
    close_fd(&fd);
    return above;
}

/* Memory of a fixed size that both sides can trust to stay. */
static int sealed_memory(const char *name, uint64_t size)
{
    int fd = lifted(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (fd >= 0 && (ftruncate(fd, (off_t)size) != 0 ||
                       fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)) {
        close_fd(&fd);
    }
    return fd;
}

static bool spawn(pid_t *pid, const char *executable, int socket, int bytes, int pixels)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char *arguments[] = {(char *)executable, NULL}; /* posix_spawn() only reads it */
    char *environment[] = {NULL};
    sigset_t none;
    sigset_t all;
    if (posix_spawn_file_actions_init(&actions) != 0) {
        return false;
    }
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return false;
    }
    sigemptyset(&none);
    sigfillset(&all);
    bool spawned =
        posix_spawn_file_actions_adddup2(&actions, socket, DECODE_SOCKET_FD) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, bytes, DECODE_BYTES_FD) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, pixels, DECODE_PIXELS_FD) == 0 &&
        posix_spawn_file_actions_addclosefrom_np(&actions, DECODE_PIXELS_FD + 1) == 0 &&
        posix_spawn_file_actions_addclose(&actions, STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO) == 0 &&
        posix_spawn_file_actions_addclose(&actions, STDERR_FILENO) == 0 &&
        posix_spawnattr_setsigmask(&attributes, &none) == 0 &&
        posix_spawnattr_setsigdefault(&attributes, &all) == 0 &&
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0 &&
        posix_spawn(pid, executable, &actions, &attributes, arguments, environment) == 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return spawned;
}

bool decoder_start(struct decoder *decoder, const char *executable, struct error *err)
{
    int sockets[2] = {-1, -1};
    int pixels_fd = -1;
    void *bytes = MAP_FAILED, *pixels = MAP_FAILED;
    *decoder = (struct decoder){.socket = -1, .bytes_fd = -1};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) {
        sockets[0] = sockets[1] = -1;
    }
    sockets[1] = lifted(sockets[1]);
    decoder->socket = lifted(sockets[0]);
    decoder->bytes_fd = sealed_memory("vitrine-bytes", DECODE_BYTES_LIMIT);
    pixels_fd = sealed_memory("vitrine-pixels", DECODE_PIXELS_BYTES);
    if (sockets[1] < 0 || decoder->socket < 0 || decoder->bytes_fd < 0 || pixels_fd < 0) {
        error_set(err, ERROR_MACHINE, "cannot make room for an image decoder: %s", strerror(errno));
        goto out;
    }
    bytes = mmap(NULL, DECODE_BYTES_LIMIT, PROT_READ | PROT_WRITE, MAP_SHARED, decoder->bytes_fd, 0);
    pixels = mmap(NULL, DECODE_PIXELS_BYTES, PROT_READ, MAP_SHARED, pixels_fd, 0);
    if (bytes == MAP_FAILED || pixels == MAP_FAILED) {
        error_set(err, ERROR_MACHINE, "cannot map an image decoder's memory: %s", strerror(errno));
        goto out;
    }
    if (!spawn(&decoder->pid, executable, sockets[1], decoder->bytes_fd, pixels_fd)) {
        decoder->pid = 0;
        error_set_at(err, ERROR_MACHINE, executable, 0, 0, "the image decoder cannot be started");
    }
out:
    close_fd(&sockets[1]);
    close_fd(&pixels_fd);
    decoder->bytes = bytes == MAP_FAILED ? NULL : bytes;
    decoder->pixels = pixels == MAP_FAILED ? NULL : pixels;
    if (decoder->pid == 0) {
        decoder_stop(decoder);
        return false;
    }
    return true;
}

static bool hung_up(const struct decoder *decoder)
{
    struct pollfd fd = {.fd = decoder->socket, .events = 0};
    return poll(&fd, 1, 0) > 0 && (fd.revents & POLLHUP) != 0;
}

bool decoder_stop(struct decoder *decoder)
{
    bool killed = false;
    if (decoder->pid > 0) {
        /* What ended it is settled before its socket closes, and our own signal does not change it any more.
         */
        bool ended = hung_up(decoder);
        int status = 0;
        kill(decoder->pid, SIGKILL);
        while (waitpid(decoder->pid, &status, 0) < 0 && errno == EINTR) {
        }
        killed = ended && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }
    if (decoder->bytes != NULL) {
        munmap(decoder->bytes, DECODE_BYTES_LIMIT);
    }
    if (decoder->pixels != NULL) {
        munmap((void *)decoder->pixels, DECODE_PIXELS_BYTES);
    }
    if (decoder->socket >= FD_ABOVE) { /* zeroed memory has 0 here, which is not ours */
        close_fd(&decoder->socket);
    }
    if (decoder->bytes_fd >= FD_ABOVE) {
        close_fd(&decoder->bytes_fd);
    }
    *decoder = (struct decoder){.socket = -1, .bytes_fd = -1};
    return killed;
}

bool decoder_fill(struct decoder *decoder, int file, size_t *length, struct error *err)
{
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return error_set(err, ERROR_INPUT, "not a file");
    }
    if (status.st_size > (off_t)DECODE_BYTES_LIMIT) {
        return error_set(err, ERROR_INPUT, "larger than %u MB", DECODE_BYTES_LIMIT >> 20);
    }
    size_t have = 0, size = (size_t)status.st_size;
    while (have < size) {
        ssize_t got = read(file, decoder->bytes + have, size - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return error_set(err, ERROR_INPUT, "cannot be read: %s", strerror(errno));
        }
        if (got == 0) {
            break; /* it became shorter meanwhile: the decoder will say what is missing */
        }
        have += (size_t)got;
    }
    if (have > decoder->bytes_used) {
        decoder->bytes_used = have;
    }
    *length = have;
    return true;
}

void decoder_drain(struct decoder *decoder)
{
    if (decoder->pid != 0 && decoder->bytes_used > BYTES_KEPT &&
        fallocate(decoder->bytes_fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
            (off_t)DECODE_BYTES_LIMIT) == 0) {
        decoder->bytes_used = 0;
    }
}

bool decoder_ask(struct decoder *decoder, struct decode_request *request)
{
    request->magic = DECODE_MAGIC;
    request->serial = ++decoder->serial;
    ssize_t sent;
    do {
        sent = send(decoder->socket, request, sizeof *request, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *request;
}

enum decoder_answer decoder_judge(
    const struct decode_request *request, const void *bytes, size_t length, struct decode_reply *reply)
{
    if (length != sizeof *reply) {
        return DECODER_LIES;
    }
    memcpy(reply, bytes, sizeof *reply);
    if (reply->magic != DECODE_MAGIC || reply->serial != request->serial) {
        return DECODER_LIES;
    }
    if (reply->status == DECODE_REFUSED) {
        reply->reason[sizeof reply->reason - 1] = '\0';
        for (char *p = reply->reason; *p != '\0'; p++) {
            *p = *p < 0x20 || *p > 0x7E ? '?' : *p;
        }
        reply->w = reply->h = 0;
        return DECODER_ANSWERED;
    }
    uint64_t limit = request->op == DECODE_CUT ? (uint64_t)request->w * request->h : request->limit_pixels;
    bool sized =
        reply->w > 0 && reply->h > 0 && (uint64_t)reply->w * reply->h <= limit &&
        (request->op == DECODE_LOAD || (reply->w <= DECODE_SIDE_LIMIT && reply->h <= DECODE_SIDE_LIMIT)) &&
        (request->op != DECODE_CUT || (reply->w == request->w && reply->h == request->h));
    if (reply->status != DECODE_DONE || !sized) {
        return DECODER_LIES;
    }
    return DECODER_ANSWERED;
}

enum decoder_answer decoder_hear(
    struct decoder *decoder, const struct decode_request *request, struct decode_reply *reply)
{
    unsigned char bytes[sizeof *reply + 1]; /* one more, so that a longer message shows */
    ssize_t got;
    do {
        got = recv(decoder->socket, bytes, sizeof bytes, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return DECODER_SILENT;
    }
    if (got <= 0) {
        return DECODER_DEAD;
    }
    return decoder_judge(request, bytes, (size_t)got, reply);
}
