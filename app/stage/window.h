/* The window: SDL's video and nothing else of it, full screen without a mode change, the pointer, the waking
 * from other threads. */
#ifndef STAGE_WINDOW_H
#define STAGE_WINDOW_H

#include "rest.h"

#include "base/error.h"
#include "base/rect.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

struct window {
    SDL_Window *handle;
    int quarter_turns; /* clockwise, of the display as it is mounted; sizes here are as the visitor sees them
                        */
    bool full_screen;
    bool locked; /* it cannot be closed from outside: only signals end the program */
    bool pointer_shown;
    bool pointer_known;       /* it has been seen somewhere: from here on a move is a move */
    uint32_t wake_event;      /* SDL's number of the event that only wakes */
    SDL_atomic_t open;        /* events can be pushed */
    SDL_atomic_t wake_queued; /* one is on its way: more would mean nothing */
    bool rests;               /* SDL's driver cannot sleep: `rest` does it */
    struct rest rest;
};

/* Zeroed memory, but for the turns and the lock, becomes a window on the first display. `size` w 0: the
 * display's, or three quarters of it in a window. ERROR_MACHINE when there is no display. */
bool window_open(
    struct window *window, bool windowed, struct size size, const char *title, struct error *err);
/* Accepts zeroed memory. */
void window_close(struct window *window);

struct size window_size(const struct window *window);
/* Of its display in Hz; 60 where that is not known. */
int window_refresh(const struct window *window);
/* Makes window_wait() return soon; before the window is open, nothing. From any thread; `context` is a struct
 * window. */
void window_wake(void *context);
/* Waits for the display's answer to a small question, where it is one that can fall silent (X). */
void window_ask(const struct window *window);
/* Sleeps until there is an event (true, with it) or until_ns of the monotonic clock has come (or an hour is
 * over). INT64_MAX: only an event ends it. */
bool window_wait(struct window *window, int64_t until_ns, SDL_Event *event);
/* The monotonic clock. */
int64_t window_clock_ns(void);

/* The pointer is hidden until a mouse moves, and again when a finger is used. */
void window_mouse_moved(struct window *window, int dx, int dy);
void window_touched(struct window *window);
/* To be called when the first picture stands: where a desktop has panels, they would stay over a window that
 * only is as large as the display. True when the window is now full screen in the desktop's sense; its
 * surface is another then. */
bool window_rise(struct window *window);
/* The displays have changed: a full-screen window covers the first one again. */
void window_cover(struct window *window);
/* The window's inside gets another size, as a script asks; a full-screen window too. */
void window_resize(struct window *window, struct size size);

#endif
