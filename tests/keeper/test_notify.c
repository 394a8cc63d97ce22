/* What the service manager hears, by a socket with a path and by one with a name in the kernel. */
#include "notify.h"

#include "check.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int listen_at(const char *name, bool abstract)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    memcpy(address.sun_path + (abstract ? 1 : 0), name, length);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (abstract ? 1 : 0));
    CHECK(bind(fd, (struct sockaddr *)&address, size) == 0);
    return fd;
}

static void hears(int fd, const char *expected)
{
    char heard[200] = "";
    ssize_t count = recv(fd, heard, sizeof heard - 1, 0);
    CHECK_THAT(count > 0 && strcmp(heard, expected) == 0, "heard \"%s\"", heard);
}

static void tells_by_a_path(void)
{
    char folder[] = "/tmp/vitrine-notify-XXXXXX", path[60], pid[30];
    struct notify notify;
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/socket", folder);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    int fd = listen_at(path, false);
    setenv("NOTIFY_SOCKET", path, 1);
    setenv("WATCHDOG_USEC", "8000000", 1);
    setenv("WATCHDOG_PID", pid, 1);
    notify_open(&notify);
    CHECK_INT(notify.watchdog_ms, 8000);
    CHECK(
        getenv("NOTIFY_SOCKET") == NULL && getenv("WATCHDOG_USEC") == NULL && getenv("WATCHDOG_PID") == NULL);
    CHECK(notify_send(&notify, "READY=1\nWATCHDOG=1"));
    hears(fd, "READY=1\nWATCHDOG=1");
    close(fd);
    CHECK(!notify_send(&notify, "WATCHDOG=1")); /* it is gone, and that is all */
    notify_close(&notify);
    notify_close(&notify);
    unlink(path);
    rmdir(folder);
}

static void any_number_is_a_time(void)
{
    static const struct {
        const char *us;
        int64_t ms;
    } rows[] = {{"1", 1}, {"1001", 2}, {"-5", 0}, {"soon", 0}, {"9223372036854775807", 9223372036854776},
        {"99999999999999999999", 9223372036854776}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct notify notify;
        setenv("NOTIFY_SOCKET", "/none", 1);
        setenv("WATCHDOG_USEC", rows[i].us, 1);
        notify_open(&notify);
        CHECK_THAT(notify.watchdog_ms == rows[i].ms, "%s", rows[i].us);
        notify_close(&notify);
    }
}

static void tells_by_a_name(void)
{
    char name[60], variable[62];
    struct notify notify;
    snprintf(name, sizeof name, "vitrine-test-%d", (int)getpid());
    snprintf(variable, sizeof variable, "@%s", name);
    int fd = listen_at(name, true);
    setenv("NOTIFY_SOCKET", variable, 1);
    setenv("WATCHDOG_USEC", "8000000", 1);
    setenv("WATCHDOG_PID", "1", 1); /* somebody else's */
    notify_open(&notify);
    CHECK_INT(notify.watchdog_ms, 0);
    CHECK(notify_send(&notify, "READY=1"));
    hears(fd, "READY=1");
    close(fd);
    notify_close(&notify);
}

static void nobody_listens(void)
{
    static const char *const sockets[] = {"", "relative", "@",
        "/a/path/that/is/far/too/long/for/a/socket/a/path/that/is/far/too/long/for/a/socket/a/path/that/is/"
        "far/"
        "too/long"};
    struct notify notify;
    unsetenv("NOTIFY_SOCKET");
    notify_open(&notify);
    CHECK(notify.fd < 0 && notify.watchdog_ms == 0 && !notify_send(&notify, "READY=1"));
    for (size_t i = 0; i < sizeof sockets / sizeof sockets[0]; i++) {
        setenv("NOTIFY_SOCKET", sockets[i], 1);
        notify_open(&notify);
        CHECK_THAT(notify.fd < 0 && !notify_send(&notify, "READY=1"), "%s", sockets[i]);
        notify_close(&notify);
    }
}

int main(void)
{
    RUN(tells_by_a_path);
    RUN(tells_by_a_name);
    RUN(any_number_is_a_time);
    RUN(nobody_listens);
    return check_report();
}
