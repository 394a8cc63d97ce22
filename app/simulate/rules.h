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
/* Of the state: flights and momentum end. Part of rules_state(). */
bool rules_moves(struct world *world);
/* Of the screen: it is in one language, and there are captions for who listens only. */
bool rules_words(struct world *world);
/* After every layout: which caption there is; and after every event: it does not stay. */
void rules_note_caption(struct world *world);
bool rules_caption(struct world *world);
/* What of two stops differs, in words; NULL: nothing. */
const char *rules_difference(const struct visit_stop *a, const struct visit_stop *b);
/* After a key that moves the focus: it is where it can be seen. */
bool rules_focus(struct world *world);
/* What would happen if: on copies of the state, which the visit does not notice. Some of them, by chance. */
bool rules_probe(struct world *world);
/* Of these, what concerns the page. */
bool rules_probe_page(struct world *world);
/* What the player holds in memory. */
bool rules_memory(struct world *world);

#endif
