/* What comes in from SDL means this to the player, and what a script sends comes in as SDL's own. */
#include "input.h"

#include "base/array.h"

#include "check.h"

#include <math.h>

static const struct size WINDOW = {1000, 500};

static SDL_Event finger(uint32_t type, SDL_TouchID device, SDL_FingerID id, double x, double y)
{
    SDL_Event event = {.type = type};
    event.tfinger.touchId = device;
    event.tfinger.fingerId = id;
    event.tfinger.x = (float)x;
    event.tfinger.y = (float)y;
    return event;
}

static SDL_Event button(uint32_t type, uint8_t which, int x, int y)
{
    SDL_Event event = {.type = type};
    event.button.button = which;
    event.button.x = x;
    event.button.y = y;
    return event;
}

static SDL_Event key(SDL_Keycode code, int mod, int repeat)
{
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.keysym.sym = code;
    event.key.keysym.mod = (uint16_t)mod;
    event.key.repeat = (uint8_t)repeat;
    return event;
}

static void fingers_are_pixels_inside_the_window(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event down = finger(SDL_FINGERDOWN, 7, 4000000000, 0.25, 0.5),
              move = finger(SDL_FINGERMOTION, 7, 4000000000, 1.5, -3);
    SDL_Event up = finger(SDL_FINGERUP, 7, 4000000000, (double)NAN, 1);
    CHECK(input_from_event(&state, &down, WINDOW, &out) && out.kind == PLAYER_FINGER_DOWN);
    CHECK(out.x_win == 250 && out.y_win == 250);
    CHECK_INT(out.finger, 1);
    CHECK(input_from_event(&state, &move, WINDOW, &out) && out.kind == PLAYER_FINGER_MOVE);
    CHECK(out.x_win == 999 && out.y_win == 0);
    CHECK(input_from_event(&state, &up, WINDOW, &out) && out.kind == PLAYER_FINGER_UP);
    CHECK(out.x_win == 0 && out.y_win == 499);
    CHECK(!input_from_event(&state, &up, WINDOW, &out));
}

static void two_screens_may_count_their_fingers_alike(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event one = finger(SDL_FINGERDOWN, 7, 3, 0.1, 0.1), other = finger(SDL_FINGERDOWN, 8, 3, 0.9, 0.9);
    SDL_Event lift = finger(SDL_FINGERUP, 7, 3, 0.1, 0.1), move = finger(SDL_FINGERMOTION, 8, 3, 0.8, 0.8);
    CHECK(input_from_event(&state, &one, WINDOW, &out) && out.finger == 1);
    CHECK(input_from_event(&state, &other, WINDOW, &out) && out.finger == 2);
    CHECK(input_from_event(&state, &lift, WINDOW, &out) && out.finger == 1);
    CHECK(input_from_event(&state, &move, WINDOW, &out) && out.finger == 2);
    CHECK(input_from_event(&state, &one, WINDOW, &out) && out.finger == 1);
}

static void fingers_past_the_tenth_are_survived(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    for (int i = 0; i < INPUT_FINGERS + 3; i++) {
        SDL_Event down = finger(SDL_FINGERDOWN, 7, 100 + i, 0.5, 0.5);
        CHECK_INT(input_from_event(&state, &down, WINDOW, &out), i < INPUT_FINGERS);
    }
    SDL_Event stray = finger(SDL_FINGERMOTION, 7, 112, 0.5, 0.5), lost = {.type = SDL_WINDOWEVENT};
    CHECK(!input_from_event(&state, &stray, WINDOW, &out));
    lost.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
    CHECK(input_from_event(&state, &lost, WINDOW, &out) && out.kind == PLAYER_FINGERS_LOST);
    SDL_Event again = finger(SDL_FINGERDOWN, 7, 112, 0.5, 0.5);
    CHECK(input_from_event(&state, &again, WINDOW, &out) && out.finger == 1);
}

static void the_mouse_is_one_finger_while_its_left_button_is_down(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event move = {.type = SDL_MOUSEMOTION}, right = button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 10, 10);
    SDL_Event down = button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 10, 20),
              up = button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 2000, -5);
    move.motion.x = 30;
    move.motion.y = 40;
    CHECK(!input_from_event(&state, &move, WINDOW, &out));
    CHECK(!input_from_event(&state, &right, WINDOW, &out));
    CHECK(!input_from_event(&state, &up, WINDOW, &out));
    CHECK(input_from_event(&state, &down, WINDOW, &out) && out.kind == PLAYER_FINGER_DOWN && out.finger == 0);
    CHECK(out.x_win == 10 && out.y_win == 20);
    CHECK(!input_from_event(&state, &down, WINDOW, &out));
    CHECK(input_from_event(&state, &move, WINDOW, &out) && out.kind == PLAYER_FINGER_MOVE && out.x_win == 30);
    CHECK(input_from_event(&state, &up, WINDOW, &out) && out.kind == PLAYER_FINGER_UP);
    CHECK(out.x_win == 999 && out.y_win == 0);
    CHECK(!input_from_event(&state, &move, WINDOW, &out));
}

static void what_sdl_makes_of_touches_is_left_alone(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event as_mouse = button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 10, 10);
    SDL_Event as_finger = finger(SDL_FINGERDOWN, SDL_MOUSE_TOUCHID, 1, 0.5, 0.5);
    as_mouse.button.which = SDL_TOUCH_MOUSEID;
    CHECK(!input_from_event(&state, &as_mouse, WINDOW, &out));
    CHECK(!input_from_event(&state, &as_finger, WINDOW, &out));
}

static void the_wheel_turns_where_the_pointer_is(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event wheel = {.type = SDL_MOUSEWHEEL};
    wheel.wheel.mouseX = 400;
    wheel.wheel.mouseY = 300;
    CHECK(!input_from_event(&state, &wheel, WINDOW, &out));
    wheel.wheel.preciseY = 1.5f;
    CHECK(input_from_event(&state, &wheel, WINDOW, &out) && out.kind == PLAYER_WHEEL && out.wheel == 1.5);
    CHECK(out.x_win == 400 && out.y_win == 300);
    wheel.wheel.direction = SDL_MOUSEWHEEL_FLIPPED;
    CHECK(input_from_event(&state, &wheel, WINDOW, &out) && out.wheel == -1.5);
}

static void keys_mean_what_the_manual_says(void)
{
    static const struct {
        SDL_Keycode code;
        int mod, repeat;
        enum player_key means;
    } rows[] = {
        {SDLK_TAB, KMOD_NONE, 0, KEY_TAB},
        {SDLK_TAB, KMOD_RSHIFT, 0, KEY_BACKTAB},
        {SDLK_RETURN, KMOD_NUM, 0, KEY_SELECT},
        {SDLK_KP_ENTER, KMOD_NONE, 0, KEY_SELECT},
        {SDLK_SPACE, KMOD_NONE, 0, KEY_SELECT},
        {SDLK_ESCAPE, KMOD_NONE, 0, KEY_ESCAPE},
        {SDLK_BACKSPACE, KMOD_NONE, 0, KEY_BACK},
        {SDLK_PAGEUP, KMOD_NONE, 0, KEY_PAGE_UP},
        {SDLK_PAGEDOWN, KMOD_NONE, 0, KEY_PAGE_DOWN},
        {SDLK_KP_PLUS, KMOD_NONE, 0, KEY_PLUS},
        {SDLK_EQUALS, KMOD_NONE, 0, KEY_PLUS},
        {SDLK_PAGEDOWN, KMOD_NONE, 1, KEY_PAGE_DOWN}, /* held: told as such */
        {SDLK_KP_8, KMOD_NUM, 0, KEY_UP},
        {SDLK_KP_2, KMOD_NONE, 0, KEY_DOWN},
        {SDLK_KP_4, KMOD_NONE, 0, KEY_LEFT},
        {SDLK_KP_6, KMOD_NONE, 0, KEY_RIGHT},
        {SDLK_KP_5, KMOD_NONE, 0, KEY_SELECT},
        {SDLK_KP_0, KMOD_NONE, 0, KEY_BACK},
        {SDLK_KP_7, KMOD_NONE, 0, KEY_HOME},
        {SDLK_F13, KMOD_NONE, 0, KEY_UP},
        {SDLK_F14, KMOD_NONE, 0, KEY_DOWN},
        {SDLK_F15, KMOD_NONE, 0, KEY_LEFT},
        {SDLK_F16, KMOD_NONE, 0, KEY_RIGHT},
        {SDLK_F17, KMOD_NONE, 0, KEY_SELECT},
        {SDLK_F18, KMOD_NONE, 0, KEY_BACK},
        {SDLK_F19, KMOD_NONE, 0, KEY_HOME},
        {SDLK_F1, KMOD_NONE, 0, KEY_LISTEN},
        {SDLK_KP_9, KMOD_NUM, 0, KEY_LISTEN},
        {SDLK_F20, KMOD_NONE, 0, KEY_LISTEN},
        {SDLK_AUDIOPLAY, KMOD_NONE, 0, KEY_LISTEN},
        {SDLK_LEFT, KMOD_LALT, 0, KEY_NONE},
        {SDLK_x, KMOD_NONE, 0, KEY_NONE},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct input_state state = {.mouse_down = false};
        struct player_event out;
        SDL_Event event = key(rows[i].code, rows[i].mod, rows[i].repeat);
        bool meant = input_from_event(&state, &event, WINDOW, &out);
        CHECK_THAT(meant == (rows[i].means != KEY_NONE) &&
                       (!meant || (out.key == rows[i].means && out.repeated == (rows[i].repeat != 0))),
            "row %zu", i);
        CHECK(!input_leaves(&event));
    }
}

static void leaving_takes_two_keys(void)
{
    SDL_Event leaves = key(SDLK_q, KMOD_LCTRL, 0), closes = key(SDLK_F4, KMOD_LALT, 0),
              q = key(SDLK_q, KMOD_NONE, 0);
    CHECK(input_leaves(&leaves) && input_leaves(&closes) && !input_leaves(&q));
}

static void a_resize_and_nothing_else_of_a_window_is_told(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event event = {.type = SDL_WINDOWEVENT};
    event.window.event = SDL_WINDOWEVENT_SIZE_CHANGED;
    event.window.data1 = 1024;
    event.window.data2 = 600;
    CHECK(input_from_event(&state, &event, WINDOW, &out) && out.kind == PLAYER_RESIZE &&
          out.window.w == 1024 && out.window.h == 600);
    event.window.data2 = 0;
    CHECK(!input_from_event(&state, &event, WINDOW, &out));
    event.window.event = SDL_WINDOWEVENT_MOVED;
    CHECK(!input_from_event(&state, &event, WINDOW, &out));
}

/* There and back again, for everything that a script can do. */
static void a_script_comes_in_as_a_visitor_does(void)
{
    struct input_state state = {.mouse_down = false};
    struct player_event out;
    SDL_Event event;
    for (int k = KEY_TAB; k <= KEY_DIGIT_9; k++) {
        struct player_event sent = {.kind = PLAYER_KEY, .key = (enum player_key)k};
        CHECK(input_to_event(&sent, WINDOW, 0, &event) && event.type == SDL_KEYDOWN);
        CHECK_THAT(input_from_event(&state, &event, WINDOW, &out) && out.key == sent.key, "key %d", k);
    }
    for (int x = 0; x < WINDOW.w; x += 7) {
        struct player_event sent = {
            .kind = PLAYER_FINGER_DOWN, .finger = 100000, .x_win = x + 0.5, .y_win = x / 2.0};
        CHECK(input_to_event(&sent, WINDOW, 0, &event) && event.type == SDL_FINGERDOWN);
        CHECK(input_from_event(&state, &event, WINDOW, &out) && out.kind == PLAYER_FINGER_DOWN &&
              out.finger == 1);
        CHECK_THAT((int)out.x_win == x && fabs(out.y_win - sent.y_win) < 0.01, "%g,%g", out.x_win, out.y_win);
        sent.kind = PLAYER_FINGER_UP;
        CHECK(input_to_event(&sent, WINDOW, 0, &event) && input_from_event(&state, &event, WINDOW, &out));
    }
    struct player_event wheel = {.kind = PLAYER_WHEEL, .x_win = 12, .y_win = 34, .wheel = -2};
    CHECK(input_to_event(&wheel, WINDOW, 0, &event) && input_from_event(&state, &event, WINDOW, &out));
    CHECK(out.kind == PLAYER_WHEEL && out.wheel == -2 && out.x_win == 12 && out.y_win == 34);
    struct player_event reload = {.kind = PLAYER_RELOAD};
    CHECK(!input_to_event(&reload, WINDOW, 0, &event));
}

int main(void)
{
    RUN(fingers_are_pixels_inside_the_window);
    RUN(two_screens_may_count_their_fingers_alike);
    RUN(fingers_past_the_tenth_are_survived);
    RUN(the_mouse_is_one_finger_while_its_left_button_is_down);
    RUN(what_sdl_makes_of_touches_is_left_alone);
    RUN(the_wheel_turns_where_the_pointer_is);
    RUN(keys_mean_what_the_manual_says);
    RUN(leaving_takes_two_keys);
    RUN(a_resize_and_nothing_else_of_a_window_is_told);
    RUN(a_script_comes_in_as_a_visitor_does);
    return check_report();
}
