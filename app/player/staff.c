/* The staff's menu: where a knock is heard, and who is asked what is asked for. */
#include "internal.h"

#include <string.h>

#define CORNER 0.12 /* of the shorter edge */

/* Upper left 0, then clockwise; -1: no corner. */
static int corner_at(const struct player *player, double x, double y)
{
    int w = player->window.w, h = player->window.h;
    double zone = CORNER * (w < h ? w : h);
    bool left = x < zone, right = x >= w - zone, top = y < zone, bottom = y >= h - zone;
    return left && top ? 0 : right && top ? 1 : right && bottom ? 2 : left && bottom ? 3 : -1;
}

static int way_of(enum player_key key)
{
    return key == KEY_UP ? 0 : key == KEY_DOWN ? 1 : key == KEY_LEFT ? 2 : key == KEY_RIGHT ? 3 : -1;
}

static void look_around(struct player *player)
{
    memset(&player->staff_facts, 0, sizeof player->staff_facts);
    if (player->staff != NULL && player->visit.staff.screen > STAFF_CODE) {
        player->staff->look(
            player->staff->context, player->visit.staff.screen, player->visit.language, &player->staff_facts);
    }
}

bool staff_knock(struct player *player, const struct player_event *event)
{
    struct visit *visit = &player->visit;
    bool open = false;
    if (event->kind == PLAYER_FINGER_DOWN) {
        open = visit_knock_corner(visit, corner_at(player, event->x_win, event->y_win), player->now_ms);
    } else if (event->kind == PLAYER_KEY) {
        open = visit_knock_key(visit, way_of(event->key), player->now_ms);
    }
    if (open) {
        speech_reset(player);
        input_init(player);
        player->dirty = true;
    }
    return open;
}

bool staff_key(struct player *player, enum player_key key)
{
    char word[] = "digit 0";
    bool door = player->visit.staff.screen == STAFF_CODE;
    if (door && key >= KEY_DIGIT_0 && key <= KEY_DIGIT_9) {
        word[6] = (char)('0' + (key - KEY_DIGIT_0));
        visit_focus(&player->visit, NULL, player->now_ms); /* so that Enter is no key of the pad's */
        player_act(player, ACTION_STAFF, str_from(word));
        return true;
    }
    if (door && key == KEY_SELECT && !player->visit.focus_visible) {
        player_act(player, ACTION_STAFF, STR("enter"));
        return true;
    }
    if (door && key == KEY_BACK && player->visit.staff.code[0] != '\0') {
        player_act(player, ACTION_STAFF, STR("erase"));
        return true;
    }
    return false;
}

static void enter(struct player *player, const char *code)
{
    long wait_s = 0;
    enum visit_reply reply = player->staff->enter(player->staff->context, code, &wait_s);
    visit_staff_reply(&player->visit, reply, wait_s, player->now_ms);
}

static void sound(struct player *player)
{
    struct str text = interface_words(player->interface, player->visit.language, "staff.sound.text");
    say_sentence(player, text, player->visit.language, "staff", 100);
    visit_staff_reply(&player->visit, REPLY_NONE, 0, player->now_ms);
}

void staff_serve(struct player *player)
{
    char code[VISIT_CODE_MAX + 1];
    enum visit_staff_screen before = player->staff_seen;
    enum visit_request request = visit_staff_request(&player->visit, code);
    if (player->staff != NULL && request == REQUEST_ENTER) {
        enter(player, code);
    } else if (player->staff != NULL && request == REQUEST_SOUND) {
        sound(player);
    } else if (player->staff != NULL && request != REQUEST_NONE) {
        enum visit_reply reply =
            player->staff->perform(player->staff->context, request, player->visit.staff.chosen);
        visit_staff_reply(&player->visit, reply, 0, player->now_ms);
    }
    player->staff_seen = player->visit.staff.screen;
    if (player->staff_seen != before) {
        look_around(player);
    }
    explicit_bzero(code, sizeof code);
    player->dirty = player->dirty || request != REQUEST_NONE || player->staff_seen != before;
}

bool staff_dark(const struct player *player)
{
    return player->closed && player->visit.staff.screen == STAFF_NONE;
}
