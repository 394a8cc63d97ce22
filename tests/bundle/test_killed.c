/* Killed before and after every system call that installing or going back makes, and every one of those that
 * concern files fails once: what is played is always the old exhibit or the new one, whole, and the next try
 * succeeds.
 *
 * The child is traced: it stops where a call begins and where it has returned. Contents differ in every
 * round, so that a mixture could not be taken for either. */
#include "bundle/release.h"

#include "check.h"
#include "work.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>

struct trace {
    long at;       /* the stop at which it is killed, from 1; 0: never */
    int error;     /* or what the call that begins at that stop returns; 0: it is killed */
    bool injected; /* it was a call that concerns files */
    long stops;    /* there were */
    int syncs;     /* before the first change of a link */
    bool flipped;
    int exit; /* of the child; -1: killed */
};

#ifdef __x86_64__
static bool concerns_files(long call)
{
    static const long calls[] = {SYS_openat, SYS_read, SYS_pread64, SYS_write, SYS_fsync, SYS_close,
        SYS_renameat, SYS_renameat2, SYS_mkdir, SYS_mkdirat, SYS_symlinkat, SYS_unlinkat, SYS_newfstatat,
        SYS_fstat, SYS_readlinkat, SYS_getdents64, SYS_fchmod, SYS_fchmodat, SYS_flock, SYS_fstatfs,
        SYS_fcntl, SYS_stat, SYS_fchown};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (calls[i] == call) {
            return true;
        }
    }
    return false;
}

/* Where a call begins: it becomes one that does nothing; where it has returned: it has failed. */
static void inject(pid_t child, struct trace *trace, bool begins)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) != 0) {
        return;
    }
    if (begins && concerns_files((long)registers.orig_rax)) {
        trace->injected = true;
        registers.orig_rax = (unsigned long long)-1;
    } else if (!begins && trace->injected) {
        registers.rax = (unsigned long long)-trace->error;
    }
    ptrace(PTRACE_SETREGS, child, NULL, &registers);
}

static void watch_calls(pid_t child, struct trace *trace)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) == 0 && !trace->flipped) {
        trace->syncs += (long)registers.orig_rax == SYS_fsync;
        trace->flipped = (long)registers.orig_rax == SYS_symlinkat;
    }
}
#endif

/* One stop of the child. True: it goes on. */
static bool stopped(pid_t child, struct trace *trace)
{
    bool begins = trace->stops++ % 2 == 0;
    if (trace->at > 0 && trace->error == 0 && trace->stops == trace->at) {
        kill(child, SIGKILL);
        return true;
    }
#ifdef __x86_64__
    if (trace->error != 0 && (trace->stops == trace->at || trace->stops == trace->at + 1)) {
        inject(child, trace, begins);
    }
    if (trace->at == 0 && begins) {
        watch_calls(child, trace);
    }
#endif
    return ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0;
}

/* Runs what `act` says in a child. False when it cannot be traced. */
static bool run(struct trace *trace, bool (*act)(const void *context), const void *context)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
            _exit(99);
        }
        raise(SIGSTOP);
        _exit(act(context) ? 0 : 1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        return false;
    }
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    bool going = ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0;
    while (going && waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            going = stopped(child, trace);
        } else {
            going = ptrace(PTRACE_SYSCALL, child, NULL, WSTOPSIG(status)) == 0;
        }
    }
    trace->exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return going && (WIFEXITED(status) || WIFSIGNALED(status));
}

static bool install(const void *context)
{
    struct release_change change;
    struct error err = {0};
    return release_install(context, "home", NULL, NULL, &change, &err);
}

static bool go_back(const void *context)
{
    struct release_change change;
    struct error err = {0};
    (void)context;
    return release_rollback("home", &change, &err);
}

static bool choose(const void *what)
{
    struct release_change change;
    struct error err = {0};
    return release_choose("home", NULL, what, &change, &err);
}

static bool is_tidy(void)
{
    return work_count_releases() == 2 && access("home/incoming", F_OK) != 0 &&
           access("home/link.new", F_OK) != 0;
}

static bool can_trace(void)
{
    struct bundle *bundle = work_bundle(1);
    struct trace trace = {.at = 0};
    bool ok = run(&trace, install, bundle) && trace.exit == 0 && trace.stops > 0;
    bundle_destroy(bundle);
    return ok && system("rm -rf home") == 0;
}

/* What is played after a broken installation of `fresh` over `old`; 0 old, 1 new, -1 neither. */
static int played(const struct bundle *old, const struct bundle *fresh)
{
    return work_leads_to("home/current", fresh) ? 1 : work_leads_to("home/current", old) ? 0 : -1;
}

/* Installs version after version, each broken off at a later stop than the one before, until one is not
 * reached any more. Returns the number of stops; counts what was played after each. */
static long sweep_install(int error, int counts[2], int *version)
{
    struct bundle *old = work_bundle(++*version);
    CHECK(work_install(old));
    for (long at = 1;; at += error != 0 ? 2 : 1) {
        struct trace trace = {.at = at, .error = error};
        struct bundle *fresh = work_bundle(++*version);
        if (!run(&trace, install, fresh)) {
            CHECK_THAT(false, "stop %ld: it could not be traced", at);
            bundle_destroy(fresh);
            break;
        }
        int now = played(old, fresh);
        CHECK_THAT(now >= 0, "stop %ld, error %d: neither the old nor the new one", at, error);
        CHECK_THAT(
            trace.exit != 0 || now == 1, "stop %ld, error %d: it said that it was installed", at, error);
        CHECK_THAT(error == 0 || trace.exit >= 0, "stop %ld, error %d: it crashed", at, error);
        counts[now == 1] += trace.exit != 0;
        CHECK_THAT(work_install(fresh) && played(old, fresh) == 1 && is_tidy(), "after stop %ld, error %d",
            at, error);
        bundle_destroy(old);
        old = fresh;
        if (trace.stops < at) {
            bundle_destroy(old);
            return at - 1;
        }
    }
    bundle_destroy(old);
    return 0;
}

static void killed_at_every_call_of_an_installation(void)
{
    int counts[2] = {0, 0}, version = 10;
    CHECK(system("rm -rf home") == 0);
    long stops = sweep_install(0, counts, &version);
    CHECK(stops > 100 && counts[0] > 0 && counts[1] > 0);
    printf("killed at %ld stops: the old one %d times, the new one %d times\n", stops, counts[0], counts[1]);
}

static void every_file_operation_fails_once(void)
{
#ifdef __x86_64__
    static const int errors[] = {EIO, ENOSPC, EINTR};
    int version = 10000;
    CHECK(system("rm -rf home") == 0);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        int counts[2] = {0, 0};
        long stops = sweep_install(errors[i], counts, &version);
        CHECK(stops > 100 && counts[0] > 0);
        printf("%s at %ld calls: the old one %d times, the new one %d times, else it went on\n",
            strerror(errors[i]), stops / 2, counts[0], counts[1]);
    }
#else
    SKIP("calls are made to fail on x86-64 only");
#endif
}

/* Each file and each folder, before a link is turned. */
static void everything_is_on_the_disk_before_it_counts(void)
{
#ifdef __x86_64__
    struct bundle *bundle;
    struct trace trace = {.at = 0};
    CHECK(system("rm -rf home") == 0);
    bundle = work_bundle(1);
    CHECK(run(&trace, install, bundle) && trace.exit == 0);
    /* The files, three folders, releases/, the folder above, and the one that this was made in. */
    CHECK_THAT(trace.flipped && trace.syncs == WORK_FILES + 3 + 3, "%d", trace.syncs);
    bundle_destroy(bundle);
#else
    SKIP("calls are counted on x86-64 only");
#endif
}

static void killed_at_every_call_of_going_back(void)
{
    struct bundle *first, *second, *old;
    CHECK(system("rm -rf home") == 0);
    first = work_bundle(1);
    CHECK(work_install(first));
    second = work_bundle(2);
    CHECK(work_install(second));
    old = second;
    long stops = 0;
    int changed = 0;
    for (long at = 1; stops == 0; at++) {
        struct trace trace = {.at = at};
        struct bundle *other = old == second ? first : second;
        CHECK(run(&trace, go_back, NULL));
        int now = played(old, other);
        CHECK_THAT(now >= 0, "stop %ld", at);
        bool back = work_leads_to("home/previous", now == 1 ? old : other);
        CHECK_THAT(back, "stop %ld: there is no way back", at);
        changed += now == 1;
        old = now == 1 ? other : old;
        if (trace.stops < at) {
            stops = at;
        }
    }
    CHECK(stops > 20 && changed > 1);
    bundle_destroy(first);
    bundle_destroy(second);
}

/* A release and what a package brought, in turn, each by its first choice and again. */
static void killed_at_every_call_of_choosing(void)
{
    char shipped[200], release[100] = "";
    struct bundle *first;
    CHECK(system("rm -rf home shipped && mkdir shipped && echo kept > shipped/exhibit.yaml") == 0);
    first = work_bundle(1);
    CHECK(work_install(first));
    CHECK(realpath("shipped", shipped) != NULL);
    CHECK(readlink("home/current", release, sizeof release - 1) > 9);
    bool other = false;
    int changed = 0;
    long stops = 0;
    for (long at = 1; stops == 0; at++) {
        struct trace trace = {.at = at};
        CHECK(run(&trace, choose, other ? strchr(release, '/') + 1 : shipped));
        bool is_first = work_leads_to("home/current", first),
             is_shipped = access("home/current/exhibit.yaml", F_OK) == 0 &&
                          system("cmp -s shipped/exhibit.yaml home/current/exhibit.yaml") == 0;
        CHECK_THAT(is_first != is_shipped, "stop %ld: neither", at);
        CHECK_THAT(trace.exit != 0 || is_first == other, "stop %ld: it said that it was done", at);
        changed += is_first == other;
        other = is_shipped;
        if (at % 2 == 0) { /* the link to what a package brought is made anew */
            CHECK(choose(strchr(release, '/') + 1) && choose(shipped) && choose(strchr(release, '/') + 1));
            CHECK(system("rm -f home/releases/0-shipped home/previous") == 0);
            other = false;
        }
        stops = trace.stops < at ? at : 0;
    }
    CHECK(stops > 20 && changed > 1);
    bundle_destroy(first);
}

/* Between the two links `previous` is what is played; the way back is then the one before it. */
static void a_broken_installation_can_be_gone_back_from(void)
{
    struct bundle *first, *second;
    CHECK(system("rm -rf home") == 0);
    first = work_bundle(1);
    CHECK(work_install(first));
    second = work_bundle(2);
    CHECK(work_install(second));
    CHECK(
        system("cd home && rm previous && cp -P current previous && mkdir releases/3-0123456789abcdef") == 0);
    CHECK(go_back(NULL));
    CHECK(work_leads_to("home/current", first) && work_leads_to("home/previous", second));
    bundle_destroy(first);
    bundle_destroy(second);
}

int main(void)
{
    char folder[64];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    if (can_trace()) {
        RUN(killed_at_every_call_of_an_installation);
        RUN(every_file_operation_fails_once);
        RUN(everything_is_on_the_disk_before_it_counts);
        RUN(killed_at_every_call_of_going_back);
        RUN(killed_at_every_call_of_choosing);
    } else {
        check_skipped = 5;
        printf("skipped: this system lets no process trace its child\n");
    }
    RUN(a_broken_installation_can_be_gone_back_from);
    return work_leave(folder, check_report());
}
