/* One operation on a file fails, or all from one on, while a command of the curator's runs: it says so and
 * its exit code too, or what it made is what it makes when nothing fails. What is only interrupted, or done
 * by halves, is gone on with. Nothing says that it is done and is not.
 *
 *     test-failures-commands                some operations
 *     test-failures-commands STEP [FROM]    every STEPth; 1: all of them */
#include "check.h"

#include "help.h"
#include "inject.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOMENTS 2 /* of each command and kind, once and for good */
#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"

static const char *const kinds[INJECT_KINDS] = {"EIO", "ENOSPC", "EINTR", "half"};
static long step, from;

/* Run in a folder of its own; what it prints is a file among those that it makes. */
static const struct command {
    const char *arguments[12];
} commands[] = {
    {{"check", SMALL}},
    {{"describe", SMALL, "--place", "home"}},
    {{"render", SMALL, "--output", "made", "--place", "scan", "--lang", "en", "--size", "640x360"}},
    {{"render", SMALL, "--handout", "made.pdf", "--place", "text", "--lang", "en"}},
    {{"typeset", SMALL, "notice", "--layer", "translation.en", "--output", "made"}},
    {{"pack", SMALL, "made.vitrine", "--serial", "7"}},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

struct run {
    const struct command *command;
    const char *folder;
    int said[2]; /* a pipe for what it says is wrong: no disk */
};

struct made {
    int code;        /* -1: it crashed */
    char digest[64]; /* of all files, with their names */
    char said[400];
};

static int act(void *context)
{
    const struct run *run = context;
    char *arguments[16] = {(char *)VITRINE};
    for (size_t i = 0; run->command->arguments[i] != NULL; i++) {
        arguments[i + 1] = (char *)run->command->arguments[i];
    }
    int out = chdir(run->folder) == 0 ? open("printed", O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;
    if (out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(run->said[1], STDERR_FILENO) < 0) {
        return 98;
    }
    alarm(60); /* it hangs */
    inject_begin();
    execv(VITRINE, arguments);
    return 98;
}

static bool read_digest(const char *folder, char digest[64])
{
    char line[600];
    snprintf(line, sizeof line, "cd '%s' && find . -type f | sort | xargs -d '\n' cksum | cksum", folder);
    FILE *pipe = popen(line, "r");
    bool read = pipe != NULL && fgets(digest, 64, pipe) != NULL;
    return pipe != NULL && pclose(pipe) == 0 && read;
}

static bool run(const struct command *command, const struct injection *injection, struct injected *injected,
    struct made *made)
{
    struct run now = {.command = command, .folder = help_folder()};
    memset(made, 0, sizeof *made);
    if (pipe2(now.said, O_CLOEXEC | O_NONBLOCK) != 0) {
        return false;
    }
    bool ran = inject_run(injection, act, &now, injected);
    made->code = WIFEXITED(injected->status) ? WEXITSTATUS(injected->status) : -1;
    ssize_t length = read(now.said[0], made->said, sizeof made->said - 1);
    made->said[length > 0 ? length : 0] = '\0';
    ran = read_digest(now.folder, made->digest) && ran;
    close(now.said[0]);
    close(now.said[1]);
    help_remove((char *)now.folder);
    return ran;
}

static void check(const struct command *command, const struct injection *fault, const struct made *now,
    const struct made *sound, const char *call, const char *path)
{
    int before = check_failures;
    bool shows_nothing = fault->kind == INJECT_EINTR || fault->kind == INJECT_SHORT;
    CHECK_THAT(now->code >= 0, "it crashed or hung");
    /* A font that cannot be read is one that is not installed: another takes its place. */
    bool excused = strstr(path, "/fonts/") != NULL;
    CHECK_THAT(now->code != 0 || strcmp(now->digest, sound->digest) == 0 || excused,
        "done, it says, and it is not: %s", now->said);
    /* What is wrong with an exhibit is printed, not said. */
    bool word = now->said[0] != '\0' || (now->code == 1 && strcmp(now->digest, sound->digest) != 0);
    CHECK_THAT(now->code == 0 || word, "exit code %d, and no word", now->code);
    /* The loader goes on with nothing, and standard output is the C library's. */
    bool ours =
        strstr(now->said, "shared libraries") == NULL && strstr(now->said, "what it had to say") == NULL;
    CHECK_THAT(now->code == 0 || !shows_nothing || !ours, "it gave up: %s", now->said);
    if (check_failures > before) {
        fprintf(stderr, "    vitrine %s: %s %s call %ld, %s %s\n", command->arguments[0], kinds[fault->kind],
            fault->for_good ? "from" : "at", fault->at, call, path);
    }
}

static void fail_each(const struct command *command)
{
    static struct injected counted, injected;
    struct injection fault = {.at = -1, .closes = true};
    struct made sound, now;
    int failed = 0, done = 0;
    CHECK(run(command, &fault, &counted, &sound));
    CHECK_THAT(sound.code == 0, "%s: %s", command->arguments[0], sound.said);
    long all = counted.counts[INJECT_MAIN], every = step > 0 ? step : all / MOMENTS + 1;
    CHECK(all > 20);
    for (int kind = 0; kind < INJECT_KINDS; kind++) {
        for (int for_good = 0; for_good < 2; for_good++) {
            long first = step > 0 ? from : every - 1 - (kind * 2 + for_good) * 3 % every;
            for (long at = first; at < all; at += every) {
                bool endless = for_good && kind == INJECT_EINTR; /* no system interrupts for ever */
                fault = (struct injection){
                    .kind = (enum inject_kind)kind, .at = at, .for_good = for_good != 0, .closes = true};
                if (endless || !inject_suits(&counted, INJECT_MAIN, at, fault.kind) ||
                    !run(command, &fault, &injected, &now)) {
                    continue;
                }
                check(command, &fault, &now, &sound, inject_name(&counted, INJECT_MAIN, at), injected.path);
                now.code == 0 ? done++ : failed++;
            }
        }
    }
    printf("vitrine %s: %ld calls; %d made to fail: %d times it said so, %d times it was done\n",
        command->arguments[0], all, failed + done, failed, done);
    fflush(stdout);
}

static void operations_fail(void)
{
    static struct injected counted;
    struct injection none = {.at = -1};
    struct made made;
    if (!run(&commands[0], &none, &counted, &made)) {
        SKIP("this system does not hand system calls to another process");
    }
    for (size_t i = 0; i < COMMANDS; i++) {
        fail_each(&commands[i]);
    }
}

int main(int argc, char **argv)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    step = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    from = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    RUN(operations_fail);
    return check_report();
}
