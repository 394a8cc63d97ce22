/* A player without a window on the exhibit that ships, for tests that go through its screens. */
#ifndef TESTS_VIEW_STAND_H
#define TESTS_VIEW_STAND_H

#include "exhibit/exhibit.h"
#include "player/player.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stand {
    struct player *player;
    struct player_paths paths;
    struct size window;
    int64_t now_ms;
};

static inline bool stand_open_in(
    struct stand *stand, const char *exhibit, struct size window, enum visit_mode mode)
{
    struct error err = {0};
    memset(stand, 0, sizeof *stand);
    stand->window = window;
    if (!player_find_paths(&stand->paths, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    struct player_options options = {.exhibit = exhibit != NULL ? exhibit : stand->paths.exhibit,
        .paths = &stand->paths,
        .mode = mode,
        .window = window,
        .reduced_motion = true};
    stand->player = player_create(&options, stand->now_ms, &err);
    if (stand->player == NULL) {
        fprintf(stderr, "%s\n", err.message);
    }
    return stand->player != NULL;
}

static inline bool stand_open(struct stand *stand, const char *exhibit, struct size window)
{
    return stand_open_in(stand, exhibit, window, MODE_KIOSK);
}

static inline void stand_close(struct stand *stand)
{
    player_destroy(stand->player);
    stand->player = NULL;
}

static inline const struct box_tree *stand_at(struct stand *stand, const char *words)
{
    struct place place;
    if (!place_parse(str_from(words), &place)) {
        return NULL;
    }
    stand->now_ms += 16;
    player_go(stand->player, &place, stand->now_ms);
    player_update(stand->player, stand->now_ms);
    stand->now_ms += 2000; /* flights and cross-fades are over */
    player_update(stand->player, stand->now_ms);
    if (place.kind == PLACE_SEARCH) { /* what can be picked is known when the texts have been gone through */
        player_wait_ready(stand->player, 60000);
    }
    return player_tree(stand->player);
}

static inline void stand_resize(struct stand *stand, struct size window)
{
    struct player_event event = {.kind = PLAYER_RESIZE, .window = window};
    stand->window = window;
    player_event(stand->player, &event, ++stand->now_ms);
    player_update(stand->player, stand->now_ms);
}

static inline void stand_appear(
    struct stand *stand, const char *language, int text_size, bool high_contrast, bool low_reach)
{
    struct player_appearance appearance = {language, text_size, high_contrast, low_reach};
    player_appear(stand->player, &appearance, ++stand->now_ms);
}

static inline void stand_tap(struct stand *stand, double x, double y)
{
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = x, .y_win = y};
    player_event(stand->player, &event, stand->now_ms);
    event.kind = PLAYER_FINGER_UP;
    stand->now_ms += 80;
    player_event(stand->player, &event, stand->now_ms);
    player_update(stand->player, stand->now_ms);
    stand->now_ms += 2000;
    player_update(stand->player, stand->now_ms);
}

/* False, and a failed check, when there is no such box. */
static inline bool stand_tap_box(struct stand *stand, const char *id)
{
    const struct box_tree *tree = player_tree(stand->player);
    int index = box_find(tree, id);
    CHECK_THAT(index >= 0, "there is no %s", id);
    if (index >= 0) {
        struct rect r = tree->boxes[index].rect;
        stand_tap(stand, r.x + r.w / 2.0, r.y + r.h / 2.0);
    }
    return index >= 0;
}

static inline void stand_key(struct stand *stand, enum player_key key)
{
    struct player_event event = {.kind = PLAYER_KEY, .key = key};
    stand->now_ms += 50;
    player_event(stand->player, &event, stand->now_ms);
    player_update(stand->player, stand->now_ms);
}

#endif
