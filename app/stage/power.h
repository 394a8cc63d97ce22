/* The display's own power, where it can be asked for: X with the DPMS extension. Elsewhere a dark picture is
 * all there is. */
#ifndef STAGE_POWER_H
#define STAGE_POWER_H

#include <SDL.h>
#include <stdbool.h>

/* Off, or on again. False where it cannot be asked for. Off is to be asked for again now and then: the
 * display goes on by itself when somebody touches it. */
bool power_set(SDL_Window *window, bool on);

#endif
