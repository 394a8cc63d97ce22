#include "apart.h"

#include "base/array.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const int ENDINGS[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* Those that would end the program. Linux queues a blocked signal even when it is ignored, so the ignored
 * ones must not be among those that are waited for. */
static void fill(sigset_t *set)
{
    struct sigaction action;
    sigemptyset(set);
    for (size_t i = 0; i < ARRAY_LENGTH(ENDINGS); i++) {
        if (sigaction(ENDINGS[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            sigaddset(set, ENDINGS[i]);
        }
    }
    sigaddset(set, SIGCHLD);
}

void apart_hold(sigset_t *before)
{
    sigset_t set;
    signal(SIGCHLD, SIG_DFL); /* were it ignored, no child could be waited for */
    signal(SIGPIPE, SIG_IGN); /* a reader of our progress that has gone is no reason to stop */
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a disk that takes no more */
    fill(&set);
    sigprocmask(SIG_BLOCK, &set, before);
}

void apart_release(const sigset_t *before)
{
    sigprocmask(SIG_SETMASK, before, NULL);
}

/* Until the child has ended. The first signal that ends us is kept, for apart_release(). */
static int wait_for(pid_t child, int *ended_by)
{
    sigset_t set;
    int status = 0;
    fill(&set);
    *ended_by = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        int number = sigwaitinfo(&set, NULL);
        if (number > 0 && number != SIGCHLD) {
            *ended_by = *ended_by == 0 ? number : *ended_by;
            kill(child, SIGKILL);
        }
    }
    return status;
}

static bool judge(int status, int ended_by, const struct error *said, struct error *err)
{
    if (ended_by != 0) {
        kill(getpid(), ended_by);
        if (err != NULL) {
            *err = (struct error){0};
        }
        return false;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
        return error_set(
            err, ERROR_MACHINE, "the work was killed from outside: was there too little memory?");
    }
    if (WIFSIGNALED(status)) {
        return error_set(err, ERROR_INPUT, "libvips crashed over this image (%s): it may be damaged",
            strsignal(WTERMSIG(status)));
    }
    if (said->category == ERROR_NONE) {
        return error_set(err, ERROR_MACHINE, "libvips gave up without a reason");
    }
    if (err != NULL) {
        *err = *said;
    }
    return false;
}

bool apart_run(apart_work *work, void *context, struct error *err)
{
    pid_t parent = getpid();
    struct error *said = mmap(NULL, sizeof *said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (said == MAP_FAILED) {
        return error_memory(err);
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        bool ok = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && work(context, said);
        fflush(NULL);
        _exit(ok ? 0 : 1);
    }
    bool ok = false;
    if (child < 0) {
        error_set(err, ERROR_MACHINE, "no process can be started: %s", strerror(errno));
    } else {
        int ended_by;
        int status = wait_for(child, &ended_by);
        ok = judge(status, ended_by, said, err);
    }
    munmap(said, sizeof *said);
    return ok;
}
