/* Strangers and staff before a screen with a staff's menu: whatever they touch and strike, nothing behind the
 * pad is reached without the code, the host is asked for nothing, and who walks away leaves the exhibit
 * behind. */
#include "check.h"

#include "player/player.h"
#include "scan/scan.h"

#include <stdlib.h>
#include <string.h>

#define CODE "2580"
#define PEOPLE 3
#define EVENTS 3000

struct site_twin {
    struct player *player;
    bool admitted; /* the right code was typed, and the menu has not been left since */
    int tries, right, performed, unasked, left; /* left: the menu, open as it was */
    bool dark;
    int64_t now_ms;
    uint64_t random;
};

static int any(struct site_twin *site, int below)
{
    site->random = site->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)(site->random >> 33) % below;
}

static enum visit_reply enter(void *context, const char *code, long *wait_s)
{
    struct site_twin *site = context;
    bool right = strcmp(code, CODE) == 0;
    *wait_s = 0;
    site->tries++;
    site->right += right;
    site->admitted = site->admitted || right;
    return right ? REPLY_DONE : REPLY_WRONG;
}

static void look(
    void *context, enum visit_staff_screen screen, const char *language, struct view_staff *facts)
{
    struct site_twin *site = context;
    (void)screen;
    (void)language;
    memset(facts, 0, sizeof *facts);
    site->unasked += !site->admitted;
}

static enum visit_reply perform(void *context, enum visit_request request, int chosen)
{
    struct site_twin *site = context;
    (void)request;
    (void)chosen;
    site->performed++;
    site->unasked += !site->admitted;
    return REPLY_FAILED;
}

static void nobody_sleeps(void *context)
{
    (void)context;
}

static enum scan_source_answer decode(
    void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels)
{
    (void)context;
    (void)page;
    (void)level;
    (void)x;
    (void)y;
    memset(pixels, 0xFF, (size_t)size.w * (size_t)size.h * sizeof *pixels);
    return SCAN_SOURCE_DONE;
}

static enum visit_staff_screen where(const struct site_twin *site)
{
    return player_visit(site->player)->staff.screen;
}

static void happen(struct site_twin *site, const struct player_event *event, int delay_ms)
{
    site->now_ms += delay_ms;
    player_event(site->player, event, site->now_ms);
    player_update(site->player, site->now_ms);
    CHECK_THAT(where(site) <= STAFF_CODE || site->admitted, "screen %d without the code", (int)where(site));
    site->admitted = site->admitted && where(site) > STAFF_CODE;
}

static void touch(struct site_twin *site, double x, double y)
{
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = x, .y_win = y};
    happen(site, &event, 40);
    event.kind = PLAYER_FINGER_UP;
    happen(site, &event, 60);
}

static void strike(struct site_twin *site, enum player_key key)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = key};
    happen(site, &event, 80);
}

static void touch_a_box(struct site_twin *site)
{
    const struct box_tree *tree = player_tree(site->player);
    int start = any(site, (int)tree->count);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[((size_t)start + i) % tree->count];
        if (box->action.verb != ACTION_NONE) {
            touch(site, box->rect.x + box->rect.w / 2.0, box->rect.y + box->rect.h / 2.0);
            return;
        }
    }
}

/* By the corners or by keys; a stranger's has a slip in it as often as not. */
static void knock(struct site_twin *site)
{
    static const double corners[][2] = {{10, 10}, {1270, 10}, {1270, 790}, {10, 790}};
    static const enum player_key keys[] = {
        KEY_UP, KEY_DOWN, KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_LEFT, KEY_RIGHT};
    int slip = any(site, 2) == 0 ? any(site, 4) : 99;
    bool by_keys = any(site, 2) == 0;
    for (int i = 0; i < (by_keys ? 8 : 4); i++) {
        int which = i == slip ? any(site, 4) : i;
        if (by_keys) {
            strike(site, keys[which]);
        } else {
            touch(site, corners[which][0], corners[which][1]);
        }
    }
}

static void type_code(struct site_twin *site, bool knows)
{
    for (int i = 0; i < 4; i++) {
        strike(site, (enum player_key)((int)KEY_DIGIT_0 + (knows ? CODE[i] - '0' : any(site, 10))));
    }
    strike(site, KEY_SELECT);
}

static void do_anything(struct site_twin *site, bool knows)
{
    switch (any(site, 12)) {
    case 0:
        knock(site);
        break;
    case 1:
        type_code(site, knows && any(site, 2) == 0);
        break;
    case 2:
        strike(site, (enum player_key)((int)KEY_TAB + any(site, (int)KEY_DIGIT_9 - (int)KEY_TAB + 1)));
        break;
    case 3:
        touch(site, any(site, 1280), any(site, 800));
        break;
    case 4:
        site->dark = any(site, 4) == 0;
        player_close(site->player, site->dark, site->now_ms);
        break;
    default:
        touch_a_box(site);
        break;
    }
}

/* Ten minutes in which nobody does anything. */
static void walk_away(struct site_twin *site)
{
    player_close(site->player, false, site->now_ms);
    for (int i = 0; i < 1200; i++) {
        site->now_ms += 500;
        player_update(site->player, site->now_ms);
    }
    CHECK_THAT(
        where(site) == STAFF_NONE && player_by_itself(site->player), "screen %d is left", (int)where(site));
    site->admitted = false;
}

static void play(bool knows, struct site_twin *site)
{
    struct player_paths paths;
    struct error err = {0};
    struct scan_source source = {NULL, decode};
    struct player_staff staff = {site, enter, look, perform};
    bool good = player_find_paths(&paths, &err);
    struct player_options options = {.exhibit = paths.exhibit,
        .paths = &paths,
        .mode = MODE_KIOSK,
        .window = {1280, 800},
        .wake = nobody_sleeps,
        .source = &source,
        .staff = &staff};
    site->player = good ? player_create(&options, site->now_ms, &err) : NULL;
    CHECK_THAT(site->player != NULL, "%s", err.message);
    if (site->player != NULL) {
        player_update(site->player, site->now_ms);
    }
    for (int i = 0; site->player != NULL && i < EVENTS; i++) {
        do_anything(site, knows);
        bool inside = where(site) > STAFF_CODE && any(site, 30) == 0;
        if (inside || i % 1000 == 999) {
            site->left += inside;
            walk_away(site);
        }
    }
    player_destroy(site->player);
}

static void strangers_get_no_further_than_the_pad(void)
{
    int tries = 0;
    for (uint64_t who = 1; who <= PEOPLE; who++) {
        struct site_twin site = {.now_ms = 1000, .random = who};
        play(false, &site);
        CHECK_THAT(site.unasked == 0, "%d things were asked of the host", site.unasked);
        tries += site.tries - site.right;
    }
    CHECK_THAT(tries > 10, "%d codes were tried", tries); /* they did find the pad */
}

static void the_staff_get_in_and_the_menu_goes_again(void)
{
    int right = 0, performed = 0, left = 0;
    for (uint64_t who = 76; who < 76 + PEOPLE; who++) {
        struct site_twin site = {.now_ms = 1000, .random = who};
        play(true, &site);
        CHECK_THAT(site.unasked == 0, "%d things were asked of the host", site.unasked);
        right += site.right;
        performed += site.performed;
        left += site.left;
    }
    CHECK_THAT(right > 3 && performed > 0 && left > 0, "%d times in, %d things done, %d times left open",
        right, performed, left);
}

int main(void)
{
    setenv("VITRINE_ASSETS", TEST_SOURCE_DIR "/assets", 0);
    setenv("VITRINE_EXHIBIT", TEST_SOURCE_DIR "/exhibits/telegram-1950", 0);
    setenv("VITRINE_DECODER", TEST_BINARY_DIR "/app/scan/vitrine-decode", 0);
    RUN(strangers_get_no_further_than_the_pad);
    RUN(the_staff_get_in_and_the_menu_goes_again);
    return check_report();
}
