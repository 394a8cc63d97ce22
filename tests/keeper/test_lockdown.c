/* No network: every kind of socket but the two that a screen needs is refused, to the children too. */
#include "keeper/keeper.h"

#include "check.h"

#include <arpa/inet.h>
#include <errno.h>
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
    RUN(a_program_that_it_starts_cannot_connect);
    return check_report();
}
