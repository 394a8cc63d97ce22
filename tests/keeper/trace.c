/* Which sockets does a program make, and its children? Runs it and writes a line for every socket, socketpair
 * and connect that the kernel is asked for: "socket 1", "connect 16" (the family). seccomp stops only at
 * these, so that the program runs as fast as ever.
 *
 *     trace FILE PROGRAM ARGUMENT...      exits as the program does; 77 where tracing is not allowed */
#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const int watched[] = {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect)};

static void run(char **arguments)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        seccomp_rule_add(filter, SCMP_ACT_TRACE(0), watched[i], 0);
    }
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0 || raise(SIGSTOP) != 0 || seccomp_load(filter) != 0) {
        _exit(77);
    }
    execvp(arguments[0], arguments);
    _exit(127);
}

/* The family is an argument, or stands at the start of the address. */
static void note(pid_t pid, FILE *out)
{
    struct __ptrace_syscall_info info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info) <= 0) {
        return;
    }
    long family = (long)info.seccomp.args[0];
    bool connect = info.seccomp.nr == SYS_connect;
    if (connect) {
        family = ptrace(PTRACE_PEEKDATA, pid, (void *)(uintptr_t)info.seccomp.args[1], NULL) & 0xffff;
    }
    fprintf(out, "%s %ld\n",
        connect                         ? "connect"
        : info.seccomp.nr == SYS_socket ? "socket"
                                        : "socketpair",
        family);
    fflush(out);
}

static int follow(pid_t first, FILE *out)
{
    static const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                                PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    int status, code = 77;
    pid_t pid;
    while ((pid = waitpid(-1, &status, __WALL)) > 0) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            code = pid != first ? code : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            continue;
        }
        int signal = WSTOPSIG(status), event = status >> 16;
        if (pid == first && signal == SIGSTOP && event == 0) {
            ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)options);
        }
        if (event == PTRACE_EVENT_SECCOMP) {
            note(pid, out);
        }
        bool ours = event != 0 || signal == SIGTRAP || signal == SIGSTOP;
        ptrace(PTRACE_CONT, pid, NULL, (void *)(intptr_t)(ours ? 0 : signal));
    }
    return code;
}

int main(int argc, char **argv)
{
    FILE *out = argc > 2 ? fopen(argv[1], "we") : NULL;
    if (out == NULL) {
        fputs("trace FILE PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    pid_t child = fork();
    if (child == 0) {
        run(argv + 2);
    }
    int code = child > 0 ? follow(child, out) : 3;
    return fclose(out) == 0 ? code : 3;
}
