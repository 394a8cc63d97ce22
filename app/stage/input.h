/* From SDL's events to the player's, and nothing but that: no state but which fingers are down. */
#ifndef STAGE_INPUT_H
#define STAGE_INPUT_H

#include "base/rect.h"
#include "player/player.h"

#include <SDL.h>
#include <stdbool.h>

#define INPUT_FINGERS 10
#define INPUT_SCRIPT_TOUCH ((SDL_TouchID)1) /* the touch device that a script's fingers come from */

/* Touch screens number their fingers as they like, and two of them alike. The player's fingers are 1 to
 * INPUT_FINGERS; 0 is the mouse, a finger of its own. */
struct input_state {
    int quarter_turns; /* of the display, clockwise, as it is mounted */
    bool mouse_down;
    struct {
        bool down;
        SDL_TouchID device;
        SDL_FingerID finger;
    } fingers[INPUT_FINGERS];
};

/* True when the event means something to the player: *out is that. `window` is the size of the window as the
 * visitor sees it, in pixels. */
bool input_from_event(
    struct input_state *state, const SDL_Event *event, struct size window, struct player_event *out);
/* Ctrl+Q and Alt+F4, which a window without a frame has no other way to be told. */
bool input_leaves(const SDL_Event *event);
/* The SDL event that becomes this event of the player: how a script's fingers, keys and wheel come in. False
 * for kinds that have none. */
bool input_to_event(const struct player_event *event, struct size window, int quarter_turns, SDL_Event *out);

#endif
