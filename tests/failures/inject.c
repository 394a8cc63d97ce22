#include "inject.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    READS = 1,
    WRITES = 2,
    INTERRUPTIBLE = 4,
    CLOSES = 8,
    MAPS = 16,
    OPEN = 32
}; /* OPEN: what is open is the first argument */

static const struct {
    const char *name;
    int traits;
} calls[] = {
    {"open", INTERRUPTIBLE},
    {"openat", INTERRUPTIBLE},
    {"openat2", INTERRUPTIBLE},
    {"creat", INTERRUPTIBLE},
    {"read", OPEN | READS | INTERRUPTIBLE},
    {"pread64", OPEN | READS | INTERRUPTIBLE},
    {"readv", OPEN | INTERRUPTIBLE},
    {"write", OPEN | WRITES | INTERRUPTIBLE},
    {"pwrite64", OPEN | WRITES | INTERRUPTIBLE},
    {"writev", OPEN | INTERRUPTIBLE},
    {"fsync", OPEN | INTERRUPTIBLE},
    {"fdatasync", OPEN | INTERRUPTIBLE},
    {"ftruncate", OPEN | INTERRUPTIBLE},
    {"fallocate", OPEN | INTERRUPTIBLE},
    {"close", OPEN | CLOSES},
    {"mmap", MAPS},
    {"stat", 0},
    {"fstat", OPEN},
    {"lstat", 0},
    {"newfstatat", 0},
    {"statx", 0},
    {"lseek", OPEN},
    {"getdents64", OPEN},
    {"rename", 0},
    {"renameat", 0},
    {"renameat2", 0},
    {"unlink", 0},
    {"unlinkat", 0},
    {"rmdir", 0},
    {"mkdir", 0},
    {"mkdirat", 0},
    {"symlink", 0},
    {"symlinkat", 0},
    {"readlink", 0},
    {"readlinkat", 0},
    {"access", 0},
    {"faccessat", 0},
    {"faccessat2", 0},
    {"fchmod", OPEN},
    {"fchmodat", 0},
    {"fstatfs", OPEN},
    {"memfd_create", 0},
    {"inotify_init1", 0},
    {"inotify_add_watch", 0},
};
#define CALLS (sizeof calls / sizeof calls[0])

static atomic_int *counting; /* shared by all; not of the test only, so it is set before the child is there */

void inject_begin(void)
{
    atomic_store(counting, 1);
}

void inject_end(void)
{
    atomic_store(counting, 0);
}

/* ---- the child's side */

static int filter(bool closes)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = context != NULL;
    for (size_t i = 0; ok && i < CALLS; i++) {
        int number = seccomp_syscall_resolve_name(calls[i].name);
        if (number < 0 || (calls[i].traits & CLOSES && !closes)) {
            continue;
        }
        if (calls[i].traits & MAPS) { /* of files */
            ok = seccomp_rule_add(
                     context, SCMP_ACT_NOTIFY, number, 1, SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)) == 0;
        } else {
            ok = seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 0) == 0;
        }
    }
    ok = ok && seccomp_load(context) == 0;
    int fd = ok ? seccomp_notify_fd(context) : -1;
    seccomp_release(context);
    return fd;
}

static bool send_fd(int socket, int fd)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {.bytes = {0}};
    char byte = 0;
    struct iovec data = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(head), &fd, sizeof fd);
    return sendmsg(socket, &message, 0) == 1;
}

/* The descriptor of the notifications is closed before the filter could ask about that: by a call that it
 * does not know. */
static void run_child(int socket, const struct injection *injection, int (*act)(void *context), void *context)
{
    char byte;
    int fd = filter(injection->closes);
    if (fd < 0 || !send_fd(socket, fd) || recv(socket, &byte, 1, 0) != 1) {
        _exit(99);
    }
    close_range((unsigned)fd, (unsigned)fd, 0);
    close_range((unsigned)socket, (unsigned)socket, 0);
    exit(act(context));
}

/* ---- the test's side */

static int receive_fd(int socket)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char byte;
    int fd = -1;
    struct iovec data = {&byte, 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message) != NULL) {
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    }
    return fd;
}

/* The process that a thread belongs to. */
static pid_t process_of(pid_t thread)
{
    char path[64], text[512];
    int process = thread;
    snprintf(path, sizeof path, "/proc/%d/status", (int)thread);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    text[length > 0 ? length : 0] = '\0';
    const char *line = strstr(text, "Tgid:");
    if (line != NULL) {
        process = (int)strtol(line + 5, NULL, 10);
    }
    if (fd >= 0) {
        close(fd);
    }
    return process;
}

/* Threads that were met in this run, and whose they are. Numbers of threads are not used again so soon. */
struct met {
    pid_t threads[512];
    enum inject_who whose[512];
    size_t count;
    int numbers[CALLS];
};

static enum inject_who whose(struct met *met, pid_t thread, pid_t child)
{
    for (size_t i = met->count; i-- > 0;) {
        if (met->threads[i] == thread) {
            return met->whose[i];
        }
    }
    enum inject_who who = thread == child               ? INJECT_MAIN
                          : process_of(thread) == child ? INJECT_THREADS
                                                        : INJECT_CHILDREN;
    if (met->count < sizeof met->threads / sizeof met->threads[0]) {
        met->threads[met->count] = thread;
        met->whose[met->count++] = who;
    }
    return who;
}

static int call_of(const struct met *met, int number)
{
    size_t at = 0;
    while (at + 1 < CALLS && met->numbers[at] != number) {
        at++;
    }
    return (int)at;
}

/* Which file or folder it is about. False: it is none; of bells and sockets between threads and processes no
 * disk breaks. */
static bool find_path(const struct seccomp_notif *asked, int call, char *path, size_t size)
{
    char link[64];
    const char *name = calls[call].name;
    size_t length = strlen(name);
    ssize_t got;
    if ((calls[call].traits & (OPEN | MAPS)) != 0) {
        int fd = (int)asked->data.args[(calls[call].traits & MAPS) != 0 ? 4 : 0];
        snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)asked->pid, fd);
        got = readlink(link, path, size - 1);
        path[got > 0 ? got : 0] = '\0';
        return path[0] == '/';
    }
    bool beneath = strstr(name, "at") == name + length - 2 || strstr(name, "at2") == name + length - 3;
    beneath =
        (beneath && strcmp(name, "creat") != 0 && strcmp(name, "stat") != 0 && strcmp(name, "lstat") != 0) ||
        strcmp(name, "statx") == 0;
    struct iovec here = {path, size - 1};
    /* NOLINTNEXTLINE(performance-no-int-to-ptr) */
    struct iovec there = {(void *)(uintptr_t)asked->data.args[beneath ? 1 : 0], size - 1};
    got = process_vm_readv((pid_t)asked->pid, &here, 1, &there, 1, 0);
    path[got > 0 ? got : 0] = '\0';
    return true;
}

/* Does half of a read or write in the place of the caller. Below 0: it cannot be done. */
static long do_half(const struct seccomp_notif *asked, int traits)
{
    static char bytes[1 << 16];
    size_t wanted = (size_t)asked->data.args[2] / 2;
    pid_t process = process_of((pid_t)asked->pid);
    int handle = (int)syscall(SYS_pidfd_open, process, 0);
    int fd = handle >= 0 ? (int)syscall(SYS_pidfd_getfd, handle, (int)asked->data.args[0], 0) : -1;
    long result = -1;
    wanted = wanted < sizeof bytes ? wanted : sizeof bytes;
    struct iovec here = {bytes, wanted};
    struct iovec there = {
        (void *)(uintptr_t)asked->data.args[1], wanted}; /* NOLINT(performance-no-int-to-ptr) */
    bool at = asked->data.nr == SYS_pread64 || asked->data.nr == SYS_pwrite64;
    off_t offset = (off_t)asked->data.args[3];
    if (fd >= 0 && wanted > 0 && traits & READS) {
        result = at ? pread(fd, bytes, wanted, offset) : read(fd, bytes, wanted);
        here.iov_len = result > 0 ? (size_t)result : 0;
        if (result > 0 && process_vm_writev(process, &here, 1, &there, 1, 0) != result) {
            result = -1;
        }
    } else if (fd >= 0 && wanted > 0 &&
               process_vm_readv(process, &here, 1, &there, 1, 0) == (ssize_t)wanted) {
        result = at ? pwrite(fd, bytes, wanted, offset) : write(fd, bytes, wanted);
    }
    if (fd >= 0) {
        close(fd);
    }
    if (handle >= 0) {
        close(handle);
    }
    return result;
}

static bool can(int call, enum inject_kind kind)
{
    int traits = calls[call].traits;
    return kind == INJECT_EINTR   ? (traits & INTERRUPTIBLE) != 0
           : kind == INJECT_SHORT ? (traits & (READS | WRITES)) != 0
                                  : true;
}

bool inject_suits(const struct injected *counted, enum inject_who who, long call, enum inject_kind kind)
{
    return call < INJECT_CALLS_MAX && can(counted->calls[who][call], kind);
}

const char *inject_name(const struct injected *counted, enum inject_who who, long call)
{
    return call >= 0 && call < INJECT_CALLS_MAX ? calls[counted->calls[who][call]].name : "?";
}

static void answer(const struct injection *injection, pid_t child, const struct seccomp_notif *asked,
    struct seccomp_notif_resp *reply, struct met *met, struct injected *injected)
{
    static const int errors[INJECT_KINDS] = {EIO, ENOSPC, EINTR, 0};
    reply->id = asked->id;
    reply->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    if (atomic_load(counting) == 0) {
        return;
    }
    enum inject_who who = whose(met, (pid_t)asked->pid, child);
    int call = call_of(met, asked->data.nr);
    char path[sizeof injected->path];
    if (!find_path(asked, call, path, sizeof path)) {
        return;
    }
    long now = injected->counts[who]++;
    if (now < INJECT_CALLS_MAX) {
        injected->calls[who][now] = (short)call;
    }
    bool due = injection->at >= 0 && who == injection->who &&
               (injection->for_good ? now >= injection->at : now == injection->at);
    if (!due || !can(call, injection->kind)) {
        return;
    }
    if (injection->kind == INJECT_SHORT) {
        long half = do_half(asked, calls[call].traits);
        if (half < 0) {
            return; /* a socket, or one byte */
        }
        reply->val = half;
    } else {
        reply->error = -errors[injection->kind];
    }
    reply->flags = 0;
    if (!injected->met) {
        memcpy(injected->path, path, sizeof path);
    }
    injected->met = true;
}

static void serve(int fd, pid_t child, const struct injection *injection, struct injected *injected)
{
    struct seccomp_notif *asked;
    struct seccomp_notif_resp *reply;
    struct pollfd wait = {fd, POLLIN, 0};
    struct met met = {.count = 0};
    if (seccomp_notify_alloc(&asked, &reply) != 0) {
        return;
    }
    for (size_t i = 0; i < CALLS; i++) {
        met.numbers[i] = seccomp_syscall_resolve_name(calls[i].name);
    }
    while (poll(&wait, 1, -1) > 0 || errno == EINTR) {
        if ((wait.revents & POLLIN) == 0) {
            if (wait.revents & (POLLHUP | POLLERR)) {
                break; /* nobody is left */
            }
            continue;
        }
        memset(asked, 0, sizeof *asked); /* the kernel asks for that */
        if (seccomp_notify_receive(fd, asked) == 0) {
            memset(reply, 0, sizeof *reply);
            answer(injection, child, asked, reply, &met, injected);
            seccomp_notify_respond(fd, reply); /* who asked may be gone */
        }
    }
    seccomp_notify_free(asked, reply);
}

bool inject_run(
    const struct injection *injection, int (*act)(void *context), void *context, struct injected *injected)
{
    int sockets[2], fd = -1;
    if (counting == NULL) {
        void *memory =
            mmap(NULL, sizeof *counting, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        counting = memory != MAP_FAILED ? memory : NULL;
    }
    memset(injected, 0, sizeof *injected);
    if (counting == NULL || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
        return false;
    }
    inject_end();
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(sockets[0]);
        run_child(sockets[1], injection, act, context);
    }
    close(sockets[1]);
    if (child > 0) {
        fd = receive_fd(sockets[0]);
    }
    if (fd >= 0 && send(sockets[0], "", 1, MSG_NOSIGNAL) == 1) {
        serve(fd, child, injection, injected);
    }
    close(sockets[0]);
    if (fd >= 0) {
        close(fd);
    }
    return child > 0 && waitpid(child, &injected->status, 0) == child && fd >= 0;
}
