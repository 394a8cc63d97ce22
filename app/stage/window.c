#include "window.h"

#include "turn.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ASSUMED_HZ 60
#define LONGEST_WAIT_MS 3600000

/* Without this SDL tries every driver that it has, says what each of them misses, and ends with one that
 * shows nothing. */
static void choose_driver(void)
{
    char drivers[40];
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    snprintf(drivers, sizeof drivers, "%s%sKMSDRM", x != NULL && x[0] != '\0' ? "x11," : "",
        wayland != NULL && wayland[0] != '\0' ? "wayland," : "");
    SDL_SetHintWithPriority(
        SDL_HINT_VIDEODRIVER, drivers, SDL_HINT_DEFAULT); /* the environment's own word stands */
}

static void give_hints(bool locked)
{
    /* The last window that is closed makes SDL quit, unless it is told not to; a signal still does. */
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, locked ? "0" : "1");
    choose_driver();
    SDL_SetHint(SDL_HINT_APP_NAME, "Vitrine");
    /* A finger is a finger and a mouse is a mouse: what becomes of them is decided in one place. */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_AUTO_CAPTURE, "0"); /* or a finger's lift is lost on X11 */
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    /* SDL asks D-Bus not to blank the screen. It may use the bus that is there; it may not have one started.
     */
    SDL_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:runtime=yes", 0);
}

static bool driver_is(const char *name)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver != NULL && SDL_strcmp(driver, name) == 0;
}

static bool start_video(bool locked, struct error *err)
{
    give_hints(locked);
    if (SDL_Init(SDL_INIT_VIDEO) != 0 || SDL_GetNumVideoDisplays() < 1) {
        return error_set(err, ERROR_MACHINE,
            "no display to play on (%s): vitrine render draws every screen to a picture, --headless plays "
            "without one",
            SDL_GetError());
    }
    /* The window's own surface, not a texture behind it: a tenth of the memory and of the time to the first
     * frame. KMSDRM has no surface but such a texture. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, driver_is("KMSDRM") ? "1" : "0");
    SDL_StopTextInput(); /* no input method for keys that are commands */
    SDL_DisableScreenSaver();
    return true;
}

static SDL_Rect display_bounds(void)
{
    SDL_Rect bounds = {0, 0, 1920, 1080};
    SDL_GetDisplayBounds(0, &bounds);
    return bounds;
}

static bool create(struct window *window, struct size size, const char *title)
{
    SDL_Rect bounds = display_bounds();
    bool sized = size.w > 0 && size.h > 0;
    if (!window->full_screen) {
        int w = sized ? size.w : bounds.w * 3 / 4, h = sized ? size.h : bounds.h * 3 / 4;
        const int middle = (int)SDL_WINDOWPOS_CENTERED;
        window->handle = SDL_CreateWindow(title, middle, middle, w, h, SDL_WINDOW_RESIZABLE);
        return window->handle != NULL;
    }
    /* SDL's own full screen costs 100 ms and more on X11, where a window of the display's size without a
     * frame is as good. */
    bool x11 = driver_is("x11");
    uint32_t flags = SDL_WINDOW_BORDERLESS | (x11 || sized ? 0u : (uint32_t)SDL_WINDOW_FULLSCREEN_DESKTOP);
    window->handle = SDL_CreateWindow(
        title, bounds.x, bounds.y, sized ? size.w : bounds.w, sized ? size.h : bounds.h, flags);
    return window->handle != NULL;
}

bool window_open(struct window *window, bool windowed, struct size size, const char *title, struct error *err)
{
    if (!start_video(window->locked, err)) {
        SDL_Quit();
        return false;
    }
    window->full_screen = !windowed;
    window->wake_event = SDL_RegisterEvents(1);
    if (window->wake_event == (uint32_t)-1 ||
        !create(window, turn_size(size, window->quarter_turns), title)) {
        error_set(err, ERROR_MACHINE, "the display gives no window: %s", SDL_GetError());
        window_close(window);
        return false;
    }
    SDL_ShowCursor(SDL_DISABLE);
    /* Of SDL's drivers these two wait for their events; the others ask every millisecond. */
    bool sleeps = driver_is("x11") || driver_is("wayland");
    window->rests = !sleeps && rest_open(&window->rest, REST_FOLDER, NULL);
    SDL_AtomicSet(&window->open, 1);
    return true;
}

void window_close(struct window *window)
{
    SDL_AtomicSet(&window->open, 0);
    if (window->handle != NULL) {
        SDL_DestroyWindow(window->handle);
    }
    window->handle = NULL;
    if (window->rests) {
        rest_close(&window->rest);
    }
    window->rests = false;
    SDL_Quit();
}

struct size window_size(const struct window *window)
{
    struct size size = {0, 0};
    SDL_GetWindowSize(window->handle, &size.w, &size.h);
    return turn_size(size, window->quarter_turns);
}

int window_refresh(const struct window *window)
{
    SDL_DisplayMode mode;
    int display = SDL_GetWindowDisplayIndex(window->handle);
    bool known = display >= 0 && SDL_GetCurrentDisplayMode(display, &mode) == 0 && mode.refresh_rate > 0;
    return known ? mode.refresh_rate : ASSUMED_HZ;
}

/* ---- sleeping and waking */

void window_wake(void *context)
{
    struct window *window = context;
    if (SDL_AtomicGet(&window->open) != 0 && SDL_AtomicCAS(&window->wake_queued, 0, 1)) {
        SDL_Event event = {.type = window->wake_event};
        if (SDL_PushEvent(&event) < 1) {
            SDL_AtomicSet(&window->wake_queued, 0);
        }
        if (window->rests) {
            rest_wake(&window->rest);
        }
    }
}

int64_t window_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* SDL waits in whole milliseconds. What is left of one is slept away by hand: a frame that is a millisecond
 * early or late is seen. */
static bool wait_event(int64_t until_ns, SDL_Event *event)
{
    if (until_ns == INT64_MAX) {
        return SDL_WaitEventTimeout(event, LONGEST_WAIT_MS) == 1;
    }
    int64_t left_ns = until_ns - window_clock_ns(), left_ms = left_ns / 1000000;
    if (left_ms > 0) {
        return SDL_WaitEventTimeout(event, left_ms < LONGEST_WAIT_MS ? (int)left_ms : LONGEST_WAIT_MS) == 1;
    }
    if (SDL_PollEvent(event) == 1) {
        return true;
    }
    if (left_ns > 0) {
        nanosleep(&(struct timespec){0, (long)left_ns}, NULL);
    }
    return false;
}

/* Signals wait from before the last look for events until the sleep has begun: SDL only notes them, and one
 * that came in between would be slept over. */
static bool wait_resting(struct window *window, int64_t until_ns, SDL_Event *event)
{
    sigset_t all, before;
    int64_t longest_ns = window_clock_ns() + (int64_t)LONGEST_WAIT_MS * 1000000;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool came = SDL_PollEvent(event) == 1;
    if (!came) {
        rest_sleep(&window->rest, until_ns < longest_ns ? until_ns : longest_ns, &before);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return came || SDL_PollEvent(event) == 1;
}

bool window_wait(struct window *window, int64_t until_ns, SDL_Event *event)
{
    bool came = window->rests ? wait_resting(window, until_ns, event) : wait_event(until_ns, event);
    if (came && event->type == window->wake_event) {
        SDL_AtomicSet(&window->wake_queued, 0);
    }
    return came;
}

void window_ask(const struct window *window)
{
    int x, y;
    (void)window;
    if (driver_is("x11")) {
        SDL_GetGlobalMouseState(&x, &y); /* a question to the server, and its answer */
    }
}

/* ---- pointer */

static void show_pointer(struct window *window, bool shown)
{
    if (window->pointer_shown != shown) {
        SDL_ShowCursor(shown ? SDL_ENABLE : SDL_DISABLE);
        window->pointer_shown = shown;
    }
}

/* The first report only says where the pointer lay when the window came up. */
void window_mouse_moved(struct window *window, int dx, int dy)
{
    if (window->pointer_known && (dx != 0 || dy != 0)) {
        show_pointer(window, true);
    }
    window->pointer_known = true;
}

void window_touched(struct window *window)
{
    show_pointer(window, false);
}

/* ---- size */

bool window_rise(struct window *window)
{
    SDL_Rect all = display_bounds(), usable = all;
    bool panels = SDL_GetDisplayUsableBounds(0, &usable) == 0 && (usable.w < all.w || usable.h < all.h);
    struct size size = turn_size(window_size(window), window->quarter_turns);
    bool covers = size.w == all.w && size.h == all.h;
    return window->full_screen && panels && covers &&
           SDL_SetWindowFullscreen(window->handle, SDL_WINDOW_FULLSCREEN_DESKTOP) == 0;
}

void window_cover(struct window *window)
{
    if (window->full_screen) {
        SDL_Rect bounds = display_bounds();
        SDL_SetWindowPosition(window->handle, bounds.x, bounds.y);
        SDL_SetWindowSize(window->handle, bounds.w, bounds.h);
    }
}

void window_resize(struct window *window, struct size size)
{
    size = turn_size(size, window->quarter_turns);
    SDL_SetWindowSize(window->handle, size.w, size.h);
}
