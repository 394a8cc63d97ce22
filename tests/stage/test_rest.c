/* Sleeping without SDL: what people do ends it at once, also on a device that is plugged in later, and
 * nothing else does. Pipes stand in for input devices. */
#include "rest.h"
#include "window.h"

#include "check.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MS INT64_C(1000000)

struct desk { /* a folder of devices */
    char folder[64];
    char path[96];
    struct rest rest;
};

static bool set_up(struct desk *desk, bool with_folder)
{
    char base[] = "/tmp/vitrine-rest-XXXXXX";
    *desk = (struct desk){.folder = ""};
    CHECK(mkdtemp(base) != NULL);
    snprintf(desk->folder, sizeof desk->folder, "%s/input", base);
    CHECK(chmod(base, 0755) == 0);
    CHECK(!with_folder || mkdir(desk->folder, 0755) == 0);
    return true;
}

static void clear_away(struct desk *desk)
{
    char command[128];
    rest_close(&desk->rest);
    *strrchr(desk->folder, '/') = '\0';
    snprintf(command, sizeof command, "rm -r '%s'", desk->folder);
    CHECK(system(command) == 0);
}

/* Plugs a device in; returns its other end. */
static int plug(struct desk *desk, const char *name, mode_t mode)
{
    snprintf(desk->path, sizeof desk->path, "%s/%s", desk->folder, name);
    CHECK(mkfifo(desk->path, mode) == 0);
    int fd = open(desk->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

static int64_t in_ms(int64_t ms)
{
    return window_clock_ns() + ms * MS;
}

/* Sleeps away what is still to be told. */
static void settle(struct desk *desk)
{
    while (rest_sleep(&desk->rest, in_ms(30), NULL)) {
    }
}

struct later {
    int fd; /* -1: the waking */
    struct rest *rest;
};

static void *do_later(void *context)
{
    const struct later *later = context;
    nanosleep(&(struct timespec){0, 50 * MS}, NULL);
    if (later->fd >= 0) {
        CHECK(write(later->fd, "touched", 7) == 7);
    } else {
        rest_wake(later->rest);
    }
    return NULL;
}

/* It ends soon after something happened, and not before. */
static void ends_for(struct desk *desk, int fd)
{
    struct later later = {fd, &desk->rest};
    pthread_t thread;
    int64_t start = window_clock_ns();
    CHECK(pthread_create(&thread, NULL, do_later, &later) == 0);
    CHECK(rest_sleep(&desk->rest, start + 20000 * MS, NULL));
    int64_t took = window_clock_ns() - start;
    CHECK_THAT(took >= 45 * MS && took < 5000 * MS, "it took %lld ms", (long long)(took / MS));
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(!rest_sleep(&desk->rest, in_ms(30), NULL)); /* once */
}

static void a_touch_and_a_waking_end_it(void)
{
    struct desk desk;
    set_up(&desk, true);
    int panel = plug(&desk, "event0", 0600), keys = plug(&desk, "event17", 0600);
    int other = plug(&desk, "mouse0", 0600), odd = plug(&desk, "event1x", 0600);
    CHECK(rest_open(&desk.rest, desk.folder, NULL));
    CHECK_INT(desk.rest.device_count, 2);
    ends_for(&desk, panel);
    ends_for(&desk, keys);
    ends_for(&desk, -1);
    CHECK(write(other, "x", 1) == 1 && write(odd, "x", 1) == 1);
    CHECK(!rest_sleep(&desk.rest, in_ms(50), NULL));
    rest_wake(&desk.rest);
    rest_wake(&desk.rest);
    CHECK(rest_sleep(&desk.rest, INT64_MAX, NULL)); /* woken before it slept */
    CHECK(!rest_sleep(&desk.rest, in_ms(10), NULL));
    clear_away(&desk);
    close(panel), close(keys), close(other), close(odd);
}

static void a_device_may_come_and_go(void)
{
    struct desk desk;
    set_up(&desk, false);
    CHECK(rest_open(&desk.rest, desk.folder, NULL));
    CHECK(!rest_sleep(&desk.rest, in_ms(20), NULL));
    CHECK(mkdir(desk.folder, 0700) == 0); /* the first device ever makes the folder */
    CHECK(rest_sleep(&desk.rest, in_ms(5000), NULL));
    settle(&desk);
    int panel = plug(&desk, "event3", 0600);
    CHECK(rest_sleep(&desk.rest, in_ms(5000), NULL));
    settle(&desk);
    CHECK_INT(desk.rest.device_count, 1);
    ends_for(&desk, panel);
    CHECK(unlink(desk.path) == 0);
    close(panel); /* pulled out */
    CHECK(rest_sleep(&desk.rest, in_ms(5000), NULL));
    CHECK_INT(desk.rest.device_count, 0);
    CHECK(!rest_sleep(&desk.rest, in_ms(30), NULL));
    panel = plug(&desk, "event3", 0600); /* and in again, by the same name */
    settle(&desk);
    ends_for(&desk, panel);
    clear_away(&desk);
    close(panel);
}

/* Root may read everything: then somebody else looks. */
static void become(uid_t self)
{
    CHECK(self != 0 || seteuid(65534) == 0);
}

static void rights_may_come_later(void)
{
    struct desk desk;
    uid_t self = geteuid();
    set_up(&desk, true);
    CHECK(rest_open(&desk.rest, desk.folder, NULL));
    int panel = plug(&desk, "event0", 0600);
    CHECK(chmod(desk.path, 0) == 0);
    become(self);
    settle(&desk);
    CHECK_INT(desk.rest.device_count, 0);
    CHECK(seteuid(self) == 0 && chmod(desk.path, 0666) == 0);
    become(self);
    settle(&desk);
    CHECK_INT(desk.rest.device_count, 1);
    CHECK(seteuid(self) == 0);
    clear_away(&desk);
    close(panel);
}

static void too_many_devices_are_survived(void)
{
    struct desk desk;
    int ends[REST_DEVICES + 3];
    set_up(&desk, true);
    for (int i = 0; i < REST_DEVICES + 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "event%d", i);
        ends[i] = plug(&desk, name, 0600);
    }
    CHECK(rest_open(&desk.rest, desk.folder, NULL));
    CHECK_INT(desk.rest.device_count, REST_DEVICES);
    for (int i = 0; i < REST_DEVICES + 3; i++) {
        close(ends[i]);
    }
    settle(&desk);
    clear_away(&desk);
}

static void note(int number)
{
    (void)number;
}

/* A signal that came after the last look for events, and before the sleep, ends it. */
static void no_signal_is_slept_over(void)
{
    struct desk desk;
    sigset_t all, before;
    set_up(&desk, true);
    CHECK(rest_open(&desk.rest, desk.folder, NULL));
    struct sigaction action = {.sa_handler = note}, old;
    CHECK(sigaction(SIGUSR1, &action, &old) == 0);
    sigfillset(&all);
    CHECK(pthread_sigmask(SIG_BLOCK, &all, &before) == 0);
    CHECK(raise(SIGUSR1) == 0);
    CHECK(rest_sleep(&desk.rest, in_ms(20000), &before));
    CHECK(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0);
    CHECK(sigaction(SIGUSR1, &old, NULL) == 0);
    clear_away(&desk);
}

static long switches(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

/* On SDL's driver without a display, which asks a thousand times a second by itself, as KMSDRM's does. */
static void a_window_rests(void)
{
    struct window window = {.handle = NULL};
    SDL_Event event;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK(window_open(&window, true, (struct size){320, 200}, "test", NULL));
    CHECK(window.rests);
    while (window_wait(&window, 0, &event)) {
    }
    int64_t start = window_clock_ns();
    long before = switches();
    CHECK(!window_wait(&window, start + 3000 * MS, &event));
    CHECK(window_clock_ns() - start >= 3000 * MS);
    long woken = switches() - before;
    CHECK_THAT(woken <= 2, "%ld wakings in 3 seconds", woken);
    window_close(&window);
}

int main(void)
{
    RUN(a_touch_and_a_waking_end_it);
    RUN(a_device_may_come_and_go);
    RUN(rights_may_come_later);
    RUN(too_many_devices_are_survived);
    RUN(no_signal_is_slept_over);
    RUN(a_window_rests);
    return check_report();
}
