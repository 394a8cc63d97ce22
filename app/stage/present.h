/* How a picture comes to the screen: two painters behind one interface.
 *
 *     compositor   all of it is drawn into the window's surface, by the processor, where it changed
 *     renderer     SDL_Renderer on a graphics card: the page as textures, all else as one layer over it
 */
#ifndef STAGE_PRESENT_H
#define STAGE_PRESENT_H

#include "window.h"

#include "base/error.h"
#include "base/log.h"
#include "base/rect.h"
#include "player/player.h"

#include <stdbool.h>

/* What is to be shown: a player that can be drawn in both ways. */
struct picture {
    void *context;
    int (*draw)(void *context, const struct paint_target *target, bool whole,
        struct rect damage[PAINT_DAMAGE_MAX]); /* as player_draw() */
    void (*draw_apart)(void *context, const struct paint_apart *target, bool whole,
        struct player_frame *frame); /* as player_draw_apart() */
    const struct scan *scan;         /* that the pages of a frame are of */
};

/* Why one draws. */
struct occasion {
    bool changed; /* the picture is another */
    bool whole;   /* and nothing of what was drawn can be used again */
    bool exposed; /* the screen has lost it */
};

struct presenter;

struct presenter_kind {
    struct size (*size)(struct presenter *presenter);
    bool (*show)(struct presenter *presenter, const struct picture *picture, struct occasion occasion,
        bool *drawn, struct error *err);
    bool (*screenshot)(struct presenter *presenter, const char *path, struct error *err);
    void (*reset)(struct presenter *presenter, bool textures_too); /* NULL: it has nothing to lose */
    void (*destroy)(struct presenter *presenter);
};

struct presenter {
    const struct presenter_kind *kind;
    char name[48]; /* for the report: "compositor", "renderer-opengl" */
    bool paced;    /* showing waits for the display */
    bool stale;    /* the next show draws all of it */
    bool pending;  /* part of the picture is still on its way: show again in the next frame */
    bool fragile;  /* it stands on a card and its driver: when it cannot draw any more, the surface can */
};

/* Draws into the window's surface, or, where that has another format than 0x00RRGGBB, into memory that is
 * converted on its way. NULL with *err (ERROR_MACHINE). */
struct presenter *presenter_of_surface(struct window *window, struct error *err);
/* Draws with SDL_Renderer. NULL with *err (ERROR_MACHINE) where SDL has none, or, without `any`, none but
 * those that let the processor do the work of a card. The window may be another one for X afterwards, also
 * then. */
struct presenter *presenter_of_renderer(struct window *window, bool any, struct error *err);
/* Accepts NULL. Before the window is closed. */
void presenter_destroy(struct presenter *presenter);

/* Pixels of what is drawn into; w 0 where it cannot be had just now. */
struct size presenter_size(struct presenter *presenter);
/* Brings the picture to the screen. *drawn: pixels were painted. ERROR_MACHINE. */
bool presenter_show(struct presenter *presenter, const struct picture *picture, struct occasion occasion,
    bool *drawn, struct error *err);
/* Writes what was shown last as PNG. ERROR_MACHINE. */
bool presenter_screenshot(struct presenter *presenter, const char *path, struct error *err);
/* SDL says that what was drawn into textures is gone, or (`textures_too`) all of them. */
void presenter_reset(struct presenter *presenter, bool textures_too);

#endif
