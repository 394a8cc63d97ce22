#include "keypad.h"

bool keypad_counts(struct keypad *keypad, const struct site_keypad *rules, enum player_key key, bool repeated,
    int64_t now_ms)
{
    bool same = keypad->pressed && keypad->last == key;
    int64_t since = now_ms - keypad->pressed_ms;
    bool counts = true;
    if (repeated) {
        counts = rules->repeat_ms > 0 && same && since >= rules->repeat_ms;
    } else if (same && rules->double_strike_ms > 0) {
        counts = since >= rules->double_strike_ms;
    }
    if (counts) {
        keypad->pressed = true;
        keypad->last = key;
        keypad->pressed_ms = now_ms;
    }
    return counts;
}
