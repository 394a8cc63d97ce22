#include "input.h"

#include "base/array.h"
#include "turn.h"

#include <math.h>
#include <string.h>

static double clamped(double value, int limit)
{
    double last = limit > 0 ? limit - 1 : 0;
    return !(value > 0) ? 0 : value < last ? value : last;
}

/* The finger's slot, or a free one for a finger that comes down; -1 when there is none. */
static int find_slot(const struct input_state *state, const SDL_TouchFingerEvent *finger)
{
    int free_slot = -1;
    for (int i = INPUT_FINGERS - 1; i >= 0; i--) {
        if (state->fingers[i].down && state->fingers[i].device == finger->touchId &&
            state->fingers[i].finger == finger->fingerId) {
            return i;
        }
        free_slot = state->fingers[i].down ? free_slot : i;
    }
    return finger->type == SDL_FINGERDOWN ? free_slot : -1;
}

static bool from_finger(struct input_state *state, const SDL_TouchFingerEvent *finger, struct size window,
    struct player_event *out)
{
    int slot = find_slot(state, finger);
    if (slot < 0 || finger->touchId == SDL_MOUSE_TOUCHID) {
        return false;
    }
    state->fingers[slot].down = finger->type != SDL_FINGERUP;
    state->fingers[slot].device = finger->touchId;
    state->fingers[slot].finger = finger->fingerId;
    out->kind = finger->type == SDL_FINGERDOWN ? PLAYER_FINGER_DOWN
                : finger->type == SDL_FINGERUP ? PLAYER_FINGER_UP
                                               : PLAYER_FINGER_MOVE;
    out->finger = slot + 1;
    struct pointf at =
        turn_to_view((struct pointf){(double)finger->x, (double)finger->y}, state->quarter_turns);
    out->x_win = clamped(at.x * window.w, window.w);
    out->y_win = clamped(at.y * window.h, window.h);
    return true;
}

/* The middle of the pointer's pixel, so that it is the same pixel whichever way the display hangs. */
static void place_mouse(
    const struct input_state *state, int x, int y, struct size window, struct player_event *out)
{
    struct size panel = turn_size(window, state->quarter_turns);
    struct pointf at = {(x + 0.5) / (panel.w > 0 ? panel.w : 1), (y + 0.5) / (panel.h > 0 ? panel.h : 1)};
    at = turn_to_view(at, state->quarter_turns);
    out->finger = 0;
    out->x_win = clamped(floor(at.x * window.w), window.w);
    out->y_win = clamped(floor(at.y * window.h), window.h);
}

static bool from_motion(const struct input_state *state, const SDL_MouseMotionEvent *motion,
    struct size window, struct player_event *out)
{
    out->kind = PLAYER_FINGER_MOVE;
    place_mouse(state, motion->x, motion->y, window, out);
    return state->mouse_down && motion->which != SDL_TOUCH_MOUSEID;
}

static bool from_button(struct input_state *state, const SDL_MouseButtonEvent *button, struct size window,
    struct player_event *out)
{
    bool down = button->type == SDL_MOUSEBUTTONDOWN;
    if (button->button != SDL_BUTTON_LEFT || button->which == SDL_TOUCH_MOUSEID ||
        down == state->mouse_down) {
        return false;
    }
    state->mouse_down = down;
    out->kind = down ? PLAYER_FINGER_DOWN : PLAYER_FINGER_UP;
    place_mouse(state, button->x, button->y, window, out);
    return true;
}

static bool from_wheel(const struct input_state *state, const SDL_MouseWheelEvent *wheel, struct size window,
    struct player_event *out)
{
    out->kind = PLAYER_WHEEL;
    place_mouse(state, wheel->mouseX, wheel->mouseY, window, out);
    out->wheel = (double)wheel->preciseY * (wheel->direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1);
    return out->wheel != 0;
}

/* The first code of a key is the one that a script's key comes in with. */
static const struct {
    SDL_Keycode code;
    enum player_key key;
} keys[] = {
    {SDLK_LEFT, KEY_LEFT},
    {SDLK_RIGHT, KEY_RIGHT},
    {SDLK_UP, KEY_UP},
    {SDLK_DOWN, KEY_DOWN},
    {SDLK_RETURN, KEY_SELECT},
    {SDLK_KP_ENTER, KEY_SELECT},
    {SDLK_SPACE, KEY_SELECT},
    {SDLK_SELECT, KEY_SELECT},
    {SDLK_BACKSPACE, KEY_BACK},
    {SDLK_AC_BACK, KEY_BACK},
    {SDLK_ESCAPE, KEY_ESCAPE},
    {SDLK_PAGEUP, KEY_PAGE_UP},
    {SDLK_PAGEDOWN, KEY_PAGE_DOWN},
    {SDLK_HOME, KEY_HOME},
    {SDLK_AC_HOME, KEY_HOME},
    {SDLK_PLUS, KEY_PLUS},
    {SDLK_EQUALS, KEY_PLUS},
    {SDLK_KP_PLUS, KEY_PLUS},
    {SDLK_MINUS, KEY_MINUS},
    {SDLK_KP_MINUS, KEY_MINUS},
    {SDLK_F1, KEY_LISTEN},
    {SDLK_HELP, KEY_LISTEN},
    {SDLK_AUDIOPLAY, KEY_LISTEN},
    {SDLK_b, KEY_BLANK},
    {SDLK_PERIOD, KEY_BLANK},
    {SDLK_p, KEY_PEN},
    {SDLK_s, KEY_SPOTLIGHT},
    {SDLK_u, KEY_UNDO},
    {SDLK_w, KEY_WIPE},
    {SDLK_0, KEY_DIGIT_0},
    {SDLK_1, KEY_DIGIT_0 + 1},
    {SDLK_2, KEY_DIGIT_0 + 2},
    {SDLK_3, KEY_DIGIT_0 + 3},
    {SDLK_4, KEY_DIGIT_0 + 4},
    {SDLK_5, KEY_DIGIT_0 + 5},
    {SDLK_6, KEY_DIGIT_0 + 6},
    {SDLK_7, KEY_DIGIT_0 + 7},
    {SDLK_8, KEY_DIGIT_0 + 8},
    {SDLK_9, KEY_DIGIT_9},
    /* Keypads of museums: as a block of digits, and as the function keys that no keyboard has. */
    {SDLK_KP_8, KEY_UP},
    {SDLK_KP_2, KEY_DOWN},
    {SDLK_KP_4, KEY_LEFT},
    {SDLK_KP_6, KEY_RIGHT},
    {SDLK_KP_5, KEY_SELECT},
    {SDLK_KP_0, KEY_BACK},
    {SDLK_KP_PERIOD, KEY_BACK},
    {SDLK_KP_7, KEY_HOME},
    {SDLK_KP_9, KEY_LISTEN},
    {SDLK_F13, KEY_UP},
    {SDLK_F14, KEY_DOWN},
    {SDLK_F15, KEY_LEFT},
    {SDLK_F16, KEY_RIGHT},
    {SDLK_F17, KEY_SELECT},
    {SDLK_F18, KEY_BACK},
    {SDLK_F19, KEY_HOME},
    {SDLK_F20, KEY_LISTEN},
};

static enum player_key key_of(const SDL_Keysym *keysym)
{
    if (keysym->sym == SDLK_TAB) {
        return (keysym->mod & KMOD_SHIFT) != 0 ? KEY_BACKTAB : KEY_TAB;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(keys); i++) {
        if (keys[i].code == keysym->sym) {
            return keys[i].key;
        }
    }
    return KEY_NONE;
}

static bool from_key(const SDL_KeyboardEvent *key, struct player_event *out)
{
    bool chord = (key->keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0;
    out->kind = PLAYER_KEY;
    out->key = chord ? KEY_NONE : key_of(&key->keysym);
    out->repeated = key->repeat != 0;
    return out->key != KEY_NONE;
}

static bool from_text(const SDL_TextInputEvent *text, struct player_event *out)
{
    size_t length = strnlen(text->text, sizeof text->text);
    out->kind = PLAYER_TEXT;
    if (length == 0 || length >= sizeof out->text || (unsigned char)text->text[0] < ' ') {
        return false;
    }
    memcpy(out->text, text->text, length);
    return true;
}

static bool from_window(struct input_state *state, const SDL_WindowEvent *window, struct player_event *out)
{
    switch (window->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        out->kind = PLAYER_RESIZE;
        out->window = turn_size((struct size){window->data1, window->data2}, state->quarter_turns);
        return window->data1 > 0 && window->data2 > 0;
    case SDL_WINDOWEVENT_FOCUS_LOST:
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_MINIMIZED:
        out->kind = PLAYER_FINGERS_LOST;
        *state = (struct input_state){.quarter_turns = state->quarter_turns};
        return true;
    default:
        return false;
    }
}

bool input_from_event(
    struct input_state *state, const SDL_Event *event, struct size window, struct player_event *out)
{
    *out = (struct player_event){.kind = PLAYER_KEY, .key = KEY_NONE};
    switch (event->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        return from_finger(state, &event->tfinger, window, out);
    case SDL_MOUSEMOTION:
        return from_motion(state, &event->motion, window, out);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        return from_button(state, &event->button, window, out);
    case SDL_MOUSEWHEEL:
        return from_wheel(state, &event->wheel, window, out);
    case SDL_KEYDOWN:
        return from_key(&event->key, out);
    case SDL_TEXTINPUT:
        return from_text(&event->text, out);
    case SDL_WINDOWEVENT:
        return from_window(state, &event->window, out);
    default:
        return false;
    }
}

bool input_leaves(const SDL_Event *event)
{
    if (event->type != SDL_KEYDOWN) {
        return false;
    }
    const SDL_Keysym *key = &event->key.keysym;
    return (key->sym == SDLK_q && (key->mod & KMOD_CTRL) != 0) ||
           (key->sym == SDLK_F4 && (key->mod & KMOD_ALT) != 0);
}

static SDL_Event finger_event(const struct player_event *event, struct size window, int quarter_turns)
{
    SDL_Event out = {.type = SDL_FINGERMOTION};
    out.type = event->kind == PLAYER_FINGER_DOWN ? SDL_FINGERDOWN
               : event->kind == PLAYER_FINGER_UP ? SDL_FINGERUP
                                                 : SDL_FINGERMOTION;
    out.tfinger.touchId = INPUT_SCRIPT_TOUCH;
    out.tfinger.fingerId = event->finger;
    struct pointf at = {
        event->x_win / (window.w > 0 ? window.w : 1), event->y_win / (window.h > 0 ? window.h : 1)};
    at = turn_to_panel(at, quarter_turns);
    out.tfinger.x = (float)at.x;
    out.tfinger.y = (float)at.y;
    out.tfinger.pressure = 1;
    return out;
}

static SDL_Event wheel_event(const struct player_event *event, struct size window, int quarter_turns)
{
    SDL_Event out = {.type = SDL_MOUSEWHEEL};
    out.wheel.preciseY = (float)event->wheel;
    out.wheel.direction = SDL_MOUSEWHEEL_NORMAL;
    struct size panel = turn_size(window, quarter_turns);
    struct pointf at = {(floor(event->x_win) + 0.5) / (window.w > 0 ? window.w : 1),
        (floor(event->y_win) + 0.5) / (window.h > 0 ? window.h : 1)};
    at = turn_to_panel(at, quarter_turns);
    out.wheel.mouseX = (int)(at.x * panel.w);
    out.wheel.mouseY = (int)(at.y * panel.h);
    return out;
}

static SDL_Event key_event(enum player_key key)
{
    SDL_Event out = {.type = SDL_KEYDOWN};
    out.key.state = SDL_PRESSED;
    out.key.keysym.sym = key == KEY_TAB || key == KEY_BACKTAB ? SDLK_TAB : SDLK_UNKNOWN;
    out.key.keysym.mod = key == KEY_BACKTAB ? KMOD_LSHIFT : KMOD_NONE;
    for (size_t i = ARRAY_LENGTH(keys); i-- > 0;) {
        out.key.keysym.sym = keys[i].key == key ? keys[i].code : out.key.keysym.sym;
    }
    return out;
}

static SDL_Event text_event(const char *text)
{
    SDL_Event out = {.type = SDL_TEXTINPUT};
    size_t length = strlen(text);
    memcpy(out.text.text, text, length < sizeof out.text.text ? length : 0);
    return out;
}

bool input_to_event(const struct player_event *event, struct size window, int quarter_turns, SDL_Event *out)
{
    switch (event->kind) {
    case PLAYER_FINGER_DOWN:
    case PLAYER_FINGER_MOVE:
    case PLAYER_FINGER_UP:
        *out = finger_event(event, window, quarter_turns);
        return true;
    case PLAYER_WHEEL:
        *out = wheel_event(event, window, quarter_turns);
        return true;
    case PLAYER_KEY:
        *out = key_event(event->key);
        return true;
    case PLAYER_TEXT:
        *out = text_event(event->text);
        return true;
    default:
        return false;
    }
}
