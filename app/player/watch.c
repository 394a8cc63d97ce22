#include "watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FOLDERS_MAX 4096
#define DEEPEST 8
/* A file is looked at when it has been closed or put in place, not while it is being written. */
#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE)

struct watch {
    int inotify, stop;
    char folder[PATH_MAX];
    bool recursive;
    int folders;
    pthread_t thread;
    bool running;
    atomic_bool changed;
    void (*wake)(void *context);
    void *context;
};

static void add_folder(struct watch *watch, const char *path, int depth)
{
    if (watch->folders >= FOLDERS_MAX ||
        inotify_add_watch(watch->inotify, path, EVENTS | IN_ONLYDIR | IN_EXCL_UNLINK) < 0) {
        return;
    }
    watch->folders++;
    DIR *folder = watch->recursive && depth < DEEPEST ? opendir(path) : NULL;
    if (folder == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char below[PATH_MAX];
        bool maybe = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;
        if (maybe && entry->d_name[0] != '.' &&
            snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < (int)sizeof below) {
            add_folder(watch, below, depth + 1);
        }
    }
    closedir(folder);
}

/* Empties the queue. True when something happened that is not an editor's hidden file; new folders are
 * watched from now on. */
static bool drain(struct watch *watch)
{
    _Alignas(struct inotify_event) char buffer[8192];
    bool any = false, new_folder = false;
    ssize_t length;
    while ((length = read(watch->inotify, buffer, sizeof buffer)) > 0) {
        for (char *at = buffer; at < buffer + length;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
            bool created_file = (event->mask & IN_CREATE) != 0 && (event->mask & IN_ISDIR) == 0;
            bool hidden = event->len > 0 && event->name[0] == '.';
            any = any || (!created_file && !hidden);
            new_folder = new_folder || (event->mask & IN_ISDIR) != 0;
            at += sizeof *event + event->len;
        }
    }
    if (new_folder && watch->recursive) {
        watch->folders = 0; /* adding a folder twice is adding it once */
        add_folder(watch, watch->folder, 0);
    }
    return any;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until nothing has happened for a while. False when it is time to stop. */
static bool wait_quiet(struct watch *watch, struct pollfd fds[2])
{
    int64_t latest = now_ms() + WATCH_LONGEST_MS;
    while (now_ms() < latest) {
        int ready = poll(fds, 2, WATCH_QUIET_MS);
        if (fds[1].revents != 0) {
            return false;
        }
        if (ready == 0) {
            return true;
        }
        drain(watch);
    }
    return true;
}

static void *run(void *argument)
{
    struct watch *watch = argument;
    struct pollfd fds[2] = {{watch->inotify, POLLIN, 0}, {watch->stop, POLLIN, 0}};
    for (;;) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR) {
            break;
        }
        if (fds[1].revents != 0) {
            break;
        }
        if (drain(watch)) {
            if (!wait_quiet(watch, fds)) {
                break;
            }
            atomic_store(&watch->changed, true);
            watch->wake(watch->context);
        }
    }
    return NULL;
}

static bool find_folder(struct watch *watch, const char *path)
{
    struct stat status;
    if (realpath(path, watch->folder) == NULL || stat(watch->folder, &status) != 0) {
        return false;
    }
    watch->recursive = S_ISDIR(status.st_mode);
    char *slash = strrchr(watch->folder, '/');
    if (!watch->recursive && slash != NULL && slash != watch->folder) {
        *slash = '\0';
    }
    return true;
}

static bool find_parent(struct watch *watch, const char *path)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash != NULL ? (int)(slash - path) + 1 : 0;
    return snprintf(parent, sizeof parent, "%.*s", length > 0 ? length : 1, length > 0 ? path : ".") <
               (int)sizeof parent &&
           realpath(parent, watch->folder) != NULL;
}

typedef bool find_watched(struct watch *watch, const char *path);

static struct watch *start(
    const char *path, find_watched *find, void (*wake)(void *context), void *context, struct error *err)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (watch == NULL) {
        error_memory(err);
        return NULL;
    }
    watch->wake = wake;
    watch->context = context;
    watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->stop = eventfd(0, EFD_CLOEXEC);
    bool ok = watch->inotify >= 0 && watch->stop >= 0 && find(watch, path);
    if (ok) {
        add_folder(watch, watch->folder, 0);
        watch->running = watch->folders > 0 && pthread_create(&watch->thread, NULL, run, watch) == 0;
    }
    if (!watch->running) {
        error_set(err, ERROR_MACHINE, "%s cannot be watched: %s", path, strerror(errno));
        watch_stop(watch);
        return NULL;
    }
    return watch;
}

struct watch *watch_start(const char *path, void (*wake)(void *context), void *context, struct error *err)
{
    return start(path, find_folder, wake, context, err);
}

struct watch *watch_start_link(
    const char *path, void (*wake)(void *context), void *context, struct error *err)
{
    return start(path, find_parent, wake, context, err);
}

void watch_stop(struct watch *watch)
{
    if (watch == NULL) {
        return;
    }
    if (watch->running) {
        eventfd_write(watch->stop, 1);
        pthread_join(watch->thread, NULL);
    }
    if (watch->inotify >= 0) {
        close(watch->inotify);
    }
    if (watch->stop >= 0) {
        close(watch->stop);
    }
    free(watch);
}

bool watch_changed(struct watch *watch)
{
    return atomic_exchange(&watch->changed, false);
}
