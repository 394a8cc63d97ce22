/* Plays an exhibit in a real window: SDL's video, fingers, mouse and keys, and the loop that sleeps until
 * something happens. The one room that knows SDL's window; nothing of it shows here. */
#ifndef STAGE_STAGE_H
#define STAGE_STAGE_H

#include "base/error.h"
#include "base/log.h"
#include "base/rect.h"
#include "player/session.h"

#include <stdbool.h>

enum stage_painter {
    STAGE_PAINTER_AUTO,       /* a graphics card where there is one */
    STAGE_PAINTER_COMPOSITOR, /* the processor, into the window's surface */
    STAGE_PAINTER_RENDERER    /* SDL_Renderer, whatever it draws with; the compositor where there is none */
};

struct stage_options {
    const char *exhibit;                  /* folder, image, .dzi, info.json */
    const struct player_trouble *trouble; /* in place of an exhibit; NULL: none */
    const struct player_paths *paths;
    enum visit_mode mode;
    const char *language;    /* NULL: the site's, or the exhibit's first */
    const struct site *site; /* NULL: none; its display is not meant by a window with a frame */
    bool windowed;           /* a window with a frame; otherwise the whole display */
    struct size size; /* of the window's inside; w 0: the display's, or what fits well on it in a window */
    enum stage_painter painter;
    bool watch;             /* follow the exhibit's files */
    const char *script;     /* a visit script to play; NULL: none */
    const char *record;     /* where to write what the visitor does, as a visit script; NULL: nowhere */
    const char *report;     /* where to write figures at the end; NULL: nowhere */
    const char *utterances; /* where to write what is said, one sentence a line; NULL: nowhere */
    bool silent;            /* no sound: what would be spoken is captioned */
    const struct player_staff *staff;    /* lent; NULL: there is no staff's menu */
    bool locked;                         /* no key chord and no closing of the window ends it; signals do */
    struct player_observer observer;     /* zero: nobody looks on */
    const struct session_keeper *keeper; /* lent; NULL: nobody looks after it */
    const struct log *log;
};

/* Opens a window and plays until somebody leaves: Esc in classroom mode, Ctrl+Q, the window's closing,
 * SIGTERM, SIGINT, a script's quit. False with *err: ERROR_INPUT for the exhibit or the script, ERROR_USAGE
 * for a language that the exhibit has not, ERROR_MACHINE for no display, no memory, files that cannot be
 * written. */
bool stage_play(const struct stage_options *options, struct error *err);

/* A message for which neither fonts nor any other file of the player's are needed: capitals of strokes. */
struct stage_notice {
    const char *title, *text; /* English, ASCII; "\n" begins a line */
    int seconds;              /* how long it stands */
    int quarter_turns;        /* of the display, clockwise, as it is mounted */
    bool windowed;
    struct size size;             /* as of stage_options */
    void (*alive)(void *context); /* about every second that it stands; may be NULL */
    void *context;
};
/* True when it stood so long, or was closed. ERROR_MACHINE when there is no display. */
bool stage_tell(const struct stage_notice *notice, struct error *err);

#endif
