#include "sandbox.h"

#include "protocol.h"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Whoever draws comes first: a picture that is late by a tile is better than one that stutters. */
#define NICENESS 5

static bool limit(int resource, rlim_t value)
{
    struct rlimit limits = {value, value};
    return setrlimit((__rlimit_resource_t)resource, &limits) == 0;
}

bool sandbox_limit(void)
{
    (void)!nice(NICENESS); /* a wish, not a wall */
    return close_range(DECODE_PIXELS_FD + 1, ~0u, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           limit(RLIMIT_DATA, SANDBOX_DATA_BYTES) && limit(RLIMIT_CPU, SANDBOX_CPU_SECONDS) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) &&
           limit(RLIMIT_NPROC, 0);
}

static bool allow(scmp_filter_ctx filter, int syscall)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, syscall, 0) == 0;
}

/* Only where each of the arguments is as told. */
static bool allow_when(
    scmp_filter_ctx filter, int syscall, unsigned count, const struct scmp_arg_cmp *arguments)
{
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, syscall, count, arguments) == 0;
}

/* Only with the protocol's socket as the first argument. */
static bool allow_on_socket(scmp_filter_ctx filter, int syscall)
{
    struct scmp_arg_cmp socket = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = DECODE_SOCKET_FD, .datum_b = 0};
    return allow_when(filter, syscall, 1, &socket);
}

/* Memory of nothing but zeros, never to be executed. */
static bool allow_memory(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp anonymous[] = {
        {.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0},
        {.arg = 3, .op = SCMP_CMP_MASKED_EQ, .datum_a = MAP_ANONYMOUS, .datum_b = MAP_ANONYMOUS},
    };
    return allow_when(filter, SCMP_SYS(mmap), 2, anonymous) && allow(filter, SCMP_SYS(munmap)) &&
           allow(filter, SCMP_SYS(mremap)) && allow(filter, SCMP_SYS(brk)) &&
           allow(filter, SCMP_SYS(madvise));
}

bool sandbox_enter(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL) {
        return false;
    }
    bool entered = allow_on_socket(filter, SCMP_SYS(recvfrom)) && allow_on_socket(filter, SCMP_SYS(sendto)) &&
                   allow_on_socket(filter, SCMP_SYS(recvmsg)) && allow_on_socket(filter, SCMP_SYS(sendmsg)) &&
                   allow_memory(filter) && allow(filter, SCMP_SYS(futex)) && allow(filter, SCMP_SYS(exit)) &&
                   allow(filter, SCMP_SYS(exit_group)) && allow(filter, SCMP_SYS(rt_sigreturn)) &&
                   allow(filter, SCMP_SYS(restart_syscall)) && allow(filter, SCMP_SYS(clock_gettime)) &&
                   seccomp_load(filter) == 0;
    seccomp_release(filter);
    return entered;
}
