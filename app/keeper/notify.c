#include "notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int64_t watchdog_ms(void)
{
    const char *time = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    long long us = time != NULL ? strtoll(time, NULL, 10) : 0;
    bool ours = pid == NULL || strtoll(pid, NULL, 10) == (long long)getpid();
    return ours && us > 0 ? us / 1000 + (us % 1000 > 0) : 0;
}

void notify_open(struct notify *notify)
{
    const char *path = getenv("NOTIFY_SOCKET");
    size_t length = path != NULL ? strlen(path) : 0;
    *notify = (struct notify){.fd = -1, .address = {.sun_family = AF_UNIX}};
    if (length > 1 && length < sizeof notify->address.sun_path && (path[0] == '/' || path[0] == '@')) {
        memcpy(notify->address.sun_path, path, length);
        if (path[0] == '@') { /* a name in the kernel and not in a folder */
            notify->address.sun_path[0] = '\0';
        }
        notify->length = (unsigned)(offsetof(struct sockaddr_un, sun_path) + length);
        notify->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        notify->watchdog_ms = watchdog_ms();
    }
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

void notify_close(struct notify *notify)
{
    if (notify->fd >= 0) {
        close(notify->fd);
    }
    notify->fd = -1;
}

bool notify_send(const struct notify *notify, const char *state)
{
    return notify->fd >= 0 && sendto(notify->fd, state, strlen(state), MSG_NOSIGNAL,
                                  (const struct sockaddr *)&notify->address, notify->length) >= 0;
}
