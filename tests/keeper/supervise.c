/* A service manager in small: starts a program as packaging/vitrine.service says, listens to what it tells,
 * kills it when the watchdog's time is over, and starts it again when it ends.
 *
 *     supervise UNIT EVENTS PROGRAM ARGUMENT...
 *
 * EVENTS gets one line for each thing that happens: "start PID", "ready", "alive", "stopping", "watchdog",
 * "exit CODE", "signal NUMBER", "over". It ends at SIGTERM, and where the unit says that an exit code must
 * not be followed by a start. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct policy {
    int64_t watchdog_ms, restart_ms;
    int last_exit; /* RestartPreventExitStatus=; -1: none */
    bool always;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool read_policy(const char *unit, struct policy *policy)
{
    char line[400];
    FILE *in = fopen(unit, "r");
    *policy = (struct policy){.last_exit = -1};
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        long value = 0;
        char word[40];
        if (sscanf(line, "WatchdogSec=%ld", &value) == 1) { /* NOLINT(cert-err34-c): our own file */
            policy->watchdog_ms = value * 1000;
        } else if (sscanf(line, "RestartSec=%ldms", &value) == 1) { /* NOLINT(cert-err34-c) */
            policy->restart_ms = value;
        } else if (sscanf(line, "RestartPreventExitStatus=%ld", &value) == 1) { /* NOLINT(cert-err34-c) */
            policy->last_exit = (int)value;
        } else if (sscanf(line, "Restart=%39s", word) == 1) {
            policy->always = strcmp(word, "always") == 0;
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    return policy->always && policy->watchdog_ms > 0 && policy->restart_ms > 0;
}

static void say(FILE *events, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(events, format, arguments);
    va_end(arguments);
    fputc('\n', events);
    fflush(events);
}

static pid_t start(char **arguments, const char *socket_path, const struct policy *policy)
{
    char usec[30];
    pid_t child = fork();
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        snprintf(usec, sizeof usec, "%lld", (long long)policy->watchdog_ms * 1000);
        setenv("NOTIFY_SOCKET", socket_path, 1);
        setenv("WATCHDOG_USEC", usec, 1);
        unsetenv("WATCHDOG_PID");
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return child;
}

/* One life of the program. False: no other follows. */
static bool live(
    char **arguments, const char *path, int socket_fd, int signals, const struct policy *policy, FILE *events)
{
    pid_t child = start(arguments, path, policy);
    int64_t last_ms = 0; /* when it said that it lives; 0: it has not yet */
    bool over = false;
    int status = 0;
    say(events, "start %d", (int)child);
    while (waitpid(child, &status, WNOHANG) == 0) {
        struct pollfd polled[] = {{socket_fd, POLLIN, 0}, {signals, POLLIN, 0}};
        char text[200];
        ssize_t count;
        poll(polled, 2, 20);
        while ((count = recv(socket_fd, text, sizeof text - 1, MSG_DONTWAIT)) > 0) {
            text[count] = '\0';
            bool ready = strstr(text, "READY=1") != NULL, stopping = strstr(text, "STOPPING=1") != NULL;
            say(events, ready ? "ready" : stopping ? "stopping" : "alive");
            last_ms = strstr(text, "WATCHDOG=1") != NULL ? now_ms() : last_ms;
        }
        if (polled[1].revents != 0 && !over) {
            over = true;
            kill(child, SIGTERM);
        }
        if (last_ms != 0 && now_ms() - last_ms > policy->watchdog_ms) {
            say(events, "watchdog");
            last_ms = 0;
            kill(child, SIGKILL);
        }
    }
    if (WIFSIGNALED(status)) {
        say(events, "signal %d", WTERMSIG(status));
    } else {
        say(events, "exit %d", WEXITSTATUS(status));
    }
    return !over && !(WIFEXITED(status) && WEXITSTATUS(status) == policy->last_exit);
}

int main(int argc, char **argv)
{
    struct policy policy;
    char folder[] = "/tmp/vitrine-supervise-XXXXXX";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    FILE *events = argc > 3 ? fopen(argv[2], "w") : NULL;
    if (events == NULL || !read_policy(argv[1], &policy) || mkdtemp(folder) == NULL) {
        fputs("supervise UNIT EVENTS PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    snprintf(address.sun_path, sizeof address.sun_path, "%s/notify", folder);
    int socket_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGINT);
    sigprocmask(SIG_BLOCK, &watched, NULL);
    int signals = signalfd(-1, &watched, SFD_CLOEXEC);
    int result = bind(socket_fd, (struct sockaddr *)&address, sizeof address) == 0 && signals >= 0 ? 0 : 3;
    while (result == 0 && live(argv + 3, address.sun_path, socket_fd, signals, &policy, events)) {
        struct pollfd polled = {signals, POLLIN, 0};
        if (poll(&polled, 1, (int)policy.restart_ms) != 0) {
            break;
        }
    }
    say(events, "over");
    fclose(events);
    unlink(address.sun_path);
    rmdir(folder);
    return result;
}
