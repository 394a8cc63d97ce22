/* The loop: sleeps until an event, a waking or a deadline; draws at the display's pace while something moves.
 */
#ifndef STAGE_LOOP_H
#define STAGE_LOOP_H

#include "input.h"
#include "present.h"
#include "window.h"

#include "base/error.h"
#include "player/session.h"

#include <stdbool.h>

struct loop {
    struct window *window;
    struct presenter *presenter;
    struct session *session;
    const struct log *log;
    struct input_state input;
    struct size size;       /* as the player knows it */
    int64_t frame_ns;       /* of the display */
    int64_t frame_start_ns; /* when the last frame was due to begin */
    bool woken;             /* something arrived */
    bool whole;             /* the window's pixels are gone */
    bool exposed;           /* the pixels are there, the screen has lost them */
    bool risen;
    bool locked;      /* no key chord ends it */
    bool dark;        /* the display was told to be off */
    struct error err; /* what ended it; category ERROR_NONE: somebody left */
};

/* Everything of *loop but the window, the presenter, the session and the log is zeroed. Plays until the
 * session is over. A presenter that stands on a card and fails is replaced by the one that needs none. */
bool loop_run(struct loop *loop, struct error *err);
/* What a script asks of its host, with a struct loop as context. */
void loop_send(void *context, const struct player_event *event);
bool loop_screenshot(void *context, const char *path, struct error *err);

#endif
