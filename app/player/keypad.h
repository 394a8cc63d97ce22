/* Keys for hands that tremble or press long (EN 301 549, 5.7 and 5.8): a key that is held acts once, or again
 * after two seconds at the soonest; the same key struck twice within the site's time is struck once. Time is
 * a parameter, nothing else is asked. */
#ifndef PLAYER_KEYPAD_H
#define PLAYER_KEYPAD_H

#include "exhibit/site.h"
#include "player/player.h"

struct keypad {           /* zero: nothing was pressed yet */
    enum player_key last; /* the key that counted last */
    int64_t pressed_ms;   /* when it counted last */
    bool pressed;
};

/* Does this press count? `repeated`: the system says that the key is still held. */
bool keypad_counts(struct keypad *keypad, const struct site_keypad *rules, enum player_key key, bool repeated,
    int64_t now_ms);

#endif
