/* What the service manager is told: sd_notify(3), a datagram to a socket whose name is in the environment.
 * The dozen lines of it that a player needs are here, so that it need not link all of libsystemd. */
#ifndef KEEPER_NOTIFY_H
#define KEEPER_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/un.h>

struct notify {
    int fd; /* -1: nobody listens */
    struct sockaddr_un address;
    unsigned length;
    int64_t watchdog_ms; /* within which it wants to hear of us; 0: it does not */
};

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, and takes them out of the environment. */
void notify_open(struct notify *notify);
/* Accepts a notify that nobody listens to. */
void notify_close(struct notify *notify);
/* Lines as in sd_notify(3), for example "READY=1". False when they could not be sent; nothing waits. */
bool notify_send(const struct notify *notify, const char *state);

#endif
