/* The filters of keys: held keys and double strikes, to the millisecond. */
#include "keypad.h"

#include "check.h"

struct press {
    int64_t ms;
    enum player_key key;
    bool repeated, counts;
};

static void play(const char *what, const struct site_keypad *rules, const struct press *presses, size_t count)
{
    struct keypad keypad = {.pressed = false};
    for (size_t i = 0; i < count; i++) {
        bool counts = keypad_counts(&keypad, rules, presses[i].key, presses[i].repeated, presses[i].ms);
        CHECK_THAT(
            counts == presses[i].counts, "%s: press %zu at %lld ms", what, i, (long long)presses[i].ms);
    }
}
#define PLAY(what, rules, presses) play(what, rules, presses, sizeof(presses) / sizeof(presses)[0])

static void without_a_site_a_held_key_acts_once(void)
{
    static const struct site_keypad none = {0, 0, false};
    static const struct press presses[] = {{0, KEY_RIGHT, false, true}, {500, KEY_RIGHT, true, false},
        {9000, KEY_RIGHT, true, false}, {9001, KEY_RIGHT, false, true}, {9002, KEY_RIGHT, false, true}};
    PLAY("no rules", &none, presses);
}

static void a_held_key_repeats_after_the_sites_time(void)
{
    static const struct site_keypad rules = {2000, 0, false};
    static const struct press presses[] = {{100, KEY_DOWN, false, true}, {600, KEY_DOWN, true, false},
        {2099, KEY_DOWN, true, false}, {2100, KEY_DOWN, true, true}, {2130, KEY_DOWN, true, false},
        {4099, KEY_DOWN, true, false}, {4100, KEY_DOWN, true, true},
        {4200, KEY_UP, true, false} /* whose press was never seen */, {4300, KEY_DOWN, false, true},
        {4301, KEY_DOWN, false, true}};
    PLAY("repeat", &rules, presses);
}

static void a_tremor_strikes_once(void)
{
    static const struct site_keypad rules = {0, 500, false};
    static const struct press presses[] = {{0, KEY_SELECT, false, true}, {80, KEY_SELECT, false, false},
        {499, KEY_SELECT, false, false}, {500, KEY_SELECT, false, true}, {600, KEY_BACK, false, true},
        {650, KEY_SELECT, false, true} /* another key came between */, {700, KEY_SELECT, false, false}};
    PLAY("double strike", &rules, presses);
}

static void both_at_once(void)
{
    static const struct site_keypad rules = {3000, 400, false};
    static const struct press presses[] = {{0, KEY_LEFT, false, true}, {100, KEY_LEFT, false, false},
        {600, KEY_LEFT, true, false}, {2999, KEY_LEFT, true, false}, {3000, KEY_LEFT, true, true},
        {3200, KEY_LEFT, false, false}, {3400, KEY_LEFT, false, true}};
    PLAY("both", &rules, presses);
}

int main(void)
{
    RUN(without_a_site_a_held_key_acts_once);
    RUN(a_held_key_repeats_after_the_sites_time);
    RUN(a_tremor_strikes_once);
    RUN(both_at_once);
    return check_report();
}
