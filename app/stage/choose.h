/* Which of the two painters: a graphics card is asked for where there may be one, and used where it is real.
 */
#ifndef STAGE_CHOOSE_H
#define STAGE_CHOOSE_H

#include "present.h"

#include "stage/stage.h"

/* The painter that is wanted, or the compositor where that cannot be had, which the log then says. NULL with
 * *err (ERROR_MACHINE) when there is none at all. */
struct presenter *choose_presenter(
    struct window *window, enum stage_painter wanted, const struct log *log, struct error *err);

/* Is there a device that may draw? Costs nothing, and saves loading a quarter of a second of OpenGL where the
 * answer would be no. `devices` is "/dev". */
bool choose_may_have_card(const char *devices);
/* What OpenGL calls the card that a renderer of SDL's, the current one, draws with; its own name where it is
 * not asked through OpenGL. */
const char *choose_card_name(const char *sdl_name);
/* Is that the processor, calling itself a card? */
bool choose_is_software(const char *card);

#endif
