/* How pixels come to the screen. A presenter lends memory to draw into and shows what was drawn; there is
 * one, over the window's surface, and room for one over a graphics card.
 *
 *     begin ──▶ target (and whether it has lost what was in it) ── drawing ──▶ end(damage): what was drawn is
 * on the screen */
#ifndef STAGE_PRESENT_H
#define STAGE_PRESENT_H

#include "window.h"

#include "base/error.h"
#include "base/rect.h"
#include "paint/paint.h"

#include <stdbool.h>

struct presenter;

struct presenter_kind {
    const char *name; /* for the report: "surface" */
    bool (*begin)(struct presenter *presenter, struct paint_target *target, bool *lost, struct error *err);
    bool (*end)(struct presenter *presenter, const struct rect *damage, int count, struct error *err);
    void (*destroy)(struct presenter *presenter);
};

struct presenter {
    const struct presenter_kind *kind;
};

/* Draws into the window's surface, or, where that has another format than 0x00RRGGBB, into memory that is
 * converted on its way. NULL with *err (ERROR_MACHINE). */
struct presenter *presenter_of_surface(struct window *window, struct error *err);
/* Accepts NULL. Before the window is closed. */
void presenter_destroy(struct presenter *presenter);

/* Memory of the window's size; valid until end. `lost`: nothing of what was drawn before is in it.
 * ERROR_MACHINE. */
bool presenter_begin(struct presenter *presenter, struct paint_target *target, bool *lost, struct error *err);
/* Shows these rectangles of the target; none: nothing is shown anew. ERROR_MACHINE. */
bool presenter_end(struct presenter *presenter, const struct rect *damage, int count, struct error *err);

#endif
