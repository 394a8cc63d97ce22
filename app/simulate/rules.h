/* What must hold, whatever the visitor did. */
#ifndef SIMULATE_RULES_H
#define SIMULATE_RULES_H

#include "world.h"

/* Of the state: after every event. */
bool rules_state(struct world *world);
/* Of the screen: after every layout. Trees that were looked at before are known by their hash. */
bool rules_screen(struct world *world, uint64_t tree_hash);
/* Of the screen: each control is touched where it stands, and the focus comes to each. */
bool rules_touch(struct world *world);
/* After the window lost its input and the screen was laid out: nothing is pressed any more. */
bool rules_released(struct world *world);
/* Of the page, when nothing moves: the camera keeps within the page. */
bool rules_camera(struct world *world);
/* After a key that moves the focus: it is where it can be seen. */
bool rules_focus(struct world *world);
/* What would happen if: on copies of the state, which the visit does not notice. Some of them, by chance. */
bool rules_probe(struct world *world);
/* What the player holds in memory. */
bool rules_memory(struct world *world);

#endif
