/* Sleeping where SDL cannot. Its drivers for X11 and Wayland block until something comes; KMSDRM and the one
 * without a display ask every millisecond, 900 wakings a second for nothing. Here the kernel's input devices,
 * the folder that they appear in, udev (by which SDL hears of new ones) and a waking from other threads are
 * waited for together; SDL is asked once something is there. */
#ifndef STAGE_REST_H
#define STAGE_REST_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define REST_DEVICES 64
#define REST_FOLDER "/dev/input"

struct rest {
    int wake_fd;
    int folder_fd; /* inotify */
    int udev_fd;   /* netlink; -1: there is none, and SDL has none either */
    char folder[128];
    struct rest_device {
        int fd;
        char name[24]; /* event0 ... */
    } devices[REST_DEVICES];
    int device_count;
};

/* Zeroed memory listens to every event* in the folder, which need not be there yet. ERROR_MACHINE. */
bool rest_open(struct rest *rest, const char *folder, struct error *err);
/* Accepts zeroed memory. */
void rest_close(struct rest *rest);
/* Ends the sleep, or the next one. From any thread. */
void rest_wake(const struct rest *rest);
/* Sleeps until something came (true) or until_ns of the monotonic clock (false); INT64_MAX: only what comes
 * ends it. Signals are as in `signals` meanwhile, and one that is handled counts as something: who blocks
 * them before the last look for events, and sleeps then, misses none. NULL: signals stay as they are. */
bool rest_sleep(struct rest *rest, int64_t until_ns, const sigset_t *signals);

#endif
