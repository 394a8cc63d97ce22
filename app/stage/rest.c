#include "rest.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000
#define UDEV_GROUP 2 /* udev's word on a device that it has looked at; the kernel's own is group 1 */

enum { AT_WAKE, AT_FOLDER, AT_UDEV, AT_DEVICES };

/* ---- devices */

static bool is_device_name(const char *name)
{
    const char *digits = name + strlen("event");
    if (strncmp(name, "event", strlen("event")) != 0 || *digits == '\0') {
        return false;
    }
    while (isdigit((unsigned char)*digits)) {
        digits++;
    }
    return *digits == '\0' && (size_t)(digits - name) < sizeof((struct rest_device *)NULL)->name;
}

static bool has_bit(const unsigned char *bits, unsigned bit)
{
    return (bits[bit / 8] >> bit % 8 & 1) != 0;
}

/* Keys, mice and touch panels have buttons. What only measures (a lid's angle, how the machine lies) talks
 * all the time and says nothing to us. */
static bool is_for_people(int fd)
{
    unsigned char kinds[EV_MAX / 8 + 1] = {0}, properties[INPUT_PROP_MAX / 8 + 1] = {0};
    if (ioctl(fd, EVIOCGBIT(0, sizeof kinds), kinds) < 0) {
        return true; /* it does not say */
    }
    bool measures = ioctl(fd, EVIOCGPROP(sizeof properties), properties) >= 0 &&
                    has_bit(properties, INPUT_PROP_ACCELEROMETER);
    return has_bit(kinds, EV_KEY) && !measures;
}

static bool is_open(const struct rest *rest, const char *name)
{
    for (int i = 0; i < rest->device_count; i++) {
        if (strcmp(rest->devices[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void open_device(struct rest *rest, const char *name)
{
    struct rest_device device = {.name = ""};
    char path[sizeof rest->folder + 1 + sizeof device.name];
    if (!is_device_name(name) || is_open(rest, name) || rest->device_count == REST_DEVICES) {
        return;
    }
    memcpy(device.name, name, strlen(name)); /* it fits: is_device_name() */
    snprintf(path, sizeof path, "%s/%s", rest->folder, device.name);
    device.fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (device.fd >= 0 && !is_for_people(device.fd)) {
        close(device.fd);
    } else if (device.fd >= 0) {
        rest->devices[rest->device_count++] = device;
    }
}

static void close_device(struct rest *rest, int index)
{
    close(rest->devices[index].fd);
    rest->devices[index] = rest->devices[--rest->device_count];
}

/* Opens what is new. A device may be there before one may read it: udev changes its rights, and the folder
 * tells of that. */
static void look_around(struct rest *rest)
{
    DIR *folder = opendir(rest->folder);
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        open_device(rest, entry->d_name);
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

/* Where no device was ever plugged in there is no folder: then the one above it is watched too. */
static void watch_folder(const struct rest *rest)
{
    char above[sizeof rest->folder];
    if (inotify_add_watch(rest->folder_fd, rest->folder, IN_CREATE | IN_ATTRIB | IN_MOVED_TO | IN_ONLYDIR) >=
        0) {
        return;
    }
    snprintf(above, sizeof above, "%s", rest->folder);
    char *slash = strrchr(above, '/');
    if (slash != NULL && slash != above) {
        *slash = '\0';
        inotify_add_watch(rest->folder_fd, above, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR);
    }
}

/* ---- life */

static int listen_to_udev(void)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = UDEV_GROUP};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);
    if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool rest_open(struct rest *rest, const char *folder, struct error *err)
{
    *rest = (struct rest){.wake_fd = -1, .folder_fd = -1, .udev_fd = -1};
    if (snprintf(rest->folder, sizeof rest->folder, "%s", folder) >= (int)sizeof rest->folder) {
        return error_set(err, ERROR_MACHINE, "the path of the input devices is too long");
    }
    rest->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    rest->folder_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    rest->udev_fd = listen_to_udev();
    if (rest->wake_fd < 0 || rest->folder_fd < 0) {
        error_set(err, ERROR_MACHINE, "the input devices cannot be waited for: %s", strerror(errno));
        rest_close(rest);
        return false;
    }
    watch_folder(rest);
    look_around(rest);
    return true;
}

static void close_one(int fd)
{
    if (fd > 0) {
        close(fd);
    }
}

void rest_close(struct rest *rest)
{
    while (rest->device_count > 0) {
        close_device(rest, 0);
    }
    close_one(rest->wake_fd);
    close_one(rest->folder_fd);
    close_one(rest->udev_fd);
    *rest = (struct rest){0};
}

/* ---- sleeping */

void rest_wake(const struct rest *rest)
{
    const uint64_t one = 1;
    ssize_t written;
    do {
        written = write(rest->wake_fd, &one, sizeof one);
    } while (written < 0 && errno == EINTR);
}

/* Reads all that is there; true when one of the reads holds `word` (NULL: when there was one). */
static bool drain(int fd, const char *word)
{
    _Alignas(16) char bytes[8192];
    bool found = false;
    ssize_t count;
    while ((count = read(fd, bytes, sizeof bytes)) > 0) {
        found = found || word == NULL || memmem(bytes, (size_t)count, word, strlen(word)) != NULL;
    }
    return found;
}

static int list_all(const struct rest *rest, struct pollfd polled[AT_DEVICES + REST_DEVICES])
{
    polled[AT_WAKE] = (struct pollfd){.fd = rest->wake_fd, .events = POLLIN};
    polled[AT_FOLDER] = (struct pollfd){.fd = rest->folder_fd, .events = POLLIN};
    polled[AT_UDEV] = (struct pollfd){.fd = rest->udev_fd, .events = POLLIN};
    for (int i = 0; i < rest->device_count; i++) {
        polled[AT_DEVICES + i] = (struct pollfd){.fd = rest->devices[i].fd, .events = POLLIN};
    }
    return AT_DEVICES + rest->device_count;
}

/* Backwards, so that closing one moves only what has been looked at. */
static bool take_devices(struct rest *rest, const struct pollfd *polled)
{
    bool came = false;
    for (int i = rest->device_count - 1; i >= 0; i--) {
        short seen = polled[AT_DEVICES + i].revents;
        if (seen != 0) {
            came = true;
            drain(rest->devices[i].fd, NULL);
        }
        if ((seen & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
            close_device(rest, i);
        }
    }
    return came;
}

static bool take_all(struct rest *rest, const struct pollfd *polled)
{
    bool woken = polled[AT_WAKE].revents != 0 && drain(rest->wake_fd, NULL);
    bool told = polled[AT_UDEV].revents != 0 && drain(rest->udev_fd, "SUBSYSTEM=input");
    bool changed = polled[AT_FOLDER].revents != 0 && drain(rest->folder_fd, NULL);
    bool came = take_devices(rest, polled);
    if (changed) {
        watch_folder(rest);
    }
    if (changed || told) {
        look_around(rest);
    }
    return woken || told || changed || came;
}

static int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

bool rest_sleep(struct rest *rest, int64_t until_ns, const sigset_t *signals)
{
    for (;;) {
        struct pollfd polled[AT_DEVICES + REST_DEVICES];
        int count = list_all(rest, polled);
        int64_t left = until_ns == INT64_MAX ? 0 : until_ns - clock_ns();
        left = left > 0 ? left : 0;
        const struct timespec timeout = {left / NS_PER_S, left % NS_PER_S};
        int ready = ppoll(polled, (nfds_t)count, until_ns == INT64_MAX ? NULL : &timeout, signals);
        if (ready <= 0) {
            return ready < 0; /* a signal */
        }
        if (take_all(rest, polled)) {
            return true;
        }
    }
}
