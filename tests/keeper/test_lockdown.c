/* No network: every kind of socket but the two that a screen needs is refused, to the children too. */
#include "keeper/keeper.h"

#include "check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_allowed(int family)
{
    return family == AF_UNIX || family == AF_NETLINK;
}

/* As the kernel is asked, without what the library might think of it. */
static long make(long family, int type)
{
    return syscall(SYS_socket, family, type, 0);
}

static int look(void)
{
    int wrong = 0;
    for (int family = 0; family < 64; family++) {
        long fd = make(family, SOCK_DGRAM);
        wrong += is_allowed(family) ? fd < 0 : fd >= 0 || errno != EACCES;
        if (fd >= 0) {
            close((int)fd);
        }
    }
    static const long far[] = {-1, 256 + AF_UNIX, 65536, 1L << 32 | AF_INET, 1L << 32 | AF_INET6, 0x80000002};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        wrong += make(far[i], SOCK_STREAM) >= 0 || errno != EACCES;
    }
    int pair[2];
    wrong += socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0;
    wrong += syscall(SYS_socketpair, AF_INET, SOCK_STREAM, 0, pair) == 0 || errno != EACCES;
#ifdef SYS_io_uring_setup
    wrong += syscall(SYS_io_uring_setup, 1, NULL) >= 0 || errno != EPERM;
#endif
#ifdef SYS_pidfd_getfd
    wrong += syscall(SYS_pidfd_getfd, -1, 0, 0) >= 0 || errno != EPERM;
#endif
    return wrong;
}

/* A socket that was there before cannot be had by a player that starts with none; what is refused is the
 * making. */
static void every_other_socket_is_refused(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        struct error err = {0};
        if (!keeper_refuse_network(&err)) {
            fprintf(stderr, "%s\n", err.message);
            _exit(100);
        }
        int wrong = look();
        pid_t grandchild = fork();
        if (grandchild == 0) {
            _exit(look());
        }
        waitpid(grandchild, &status, 0);
        _exit(wrong + WEXITSTATUS(status));
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

static void *look_when_told(void *context)
{
    const int *gate = context;
    char go;
    return read(gate[0], &go, 1) == 1 ? (void *)(intptr_t)look() : (void *)(intptr_t)1;
}

static void a_thread_that_runs_already_is_refused_too(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        struct error err = {0};
        int gate[2];
        pthread_t thread;
        void *wrong = NULL;
        bool ok = pipe(gate) == 0 && pthread_create(&thread, NULL, look_when_told, gate) == 0 &&
                  keeper_refuse_network(&err) && write(gate[1], "x", 1) == 1 &&
                  pthread_join(thread, &wrong) == 0;
        _exit(ok ? (int)(intptr_t)wrong : 100);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

#ifdef __x86_64__
/* The kernel's other two doors: numbers of the x32 kind, and of 32-bit programs. */
static void open_other_doors(bool x32)
{
    struct error err = {0};
    long made;
    if (!keeper_refuse_network(&err)) {
        _exit(100);
    }
    if (x32) {
        made = syscall(0x40000000 + SYS_socket, AF_INET, SOCK_STREAM, 0);
    } else {
        __asm__ volatile("int $0x80"
                         : "=a"(made)
                         : "a"(359), "b"(AF_INET), "c"(SOCK_STREAM), "d"(0)
                         : "memory", "r8", "r9", "r10", "r11");
    }
    _exit(made >= 0 ? 101 : 0);
}

static void there_is_no_other_door(void)
{
    for (int x32 = 0; x32 < 2; x32++) {
        int status = -1;
        pid_t child = fork();
        if (child == 0) {
            open_other_doors(x32 == 1);
        }
        CHECK(child > 0 && waitpid(child, &status, 0) == child);
        CHECK_THAT(WIFSIGNALED(status) || WEXITSTATUS(status) == 0, "door %d: %x", x32, (unsigned)status);
    }
}
#endif

static void a_program_that_it_starts_cannot_connect(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        struct error err = {0};
        if (!keeper_refuse_network(&err)) {
            _exit(100);
        }
        execlp("bash", "bash", "-c", "exec 2>/dev/null; : >/dev/tcp/127.0.0.1/9", (char *)NULL);
        _exit(101);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 1);
}

int main(void)
{
    RUN(every_other_socket_is_refused);
    RUN(a_thread_that_runs_already_is_refused_too);
#ifdef __x86_64__
    RUN(there_is_no_other_door);
#endif
    RUN(a_program_that_it_starts_cannot_connect);
    return check_report();
}
