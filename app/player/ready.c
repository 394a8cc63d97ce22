/* Is everything there that the screen shows? */
#include "internal.h"

#include <time.h>

static bool is_sharp(const struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    for (size_t i = 0; i < count; i++) {
        enum scan_state state = scan_view_state(player->scan, &views[i]);
        if (state != SCAN_SHARP && state != SCAN_FAILED) {
            return false;
        }
    }
    return !player->dirty && !player->touched && find_ready(player);
}

bool player_ready(const struct player *player)
{
    return is_sharp(player) && !scan_fading(player->scan);
}

bool player_coarse(const struct player *player)
{
    struct scan_view views[VIEWS_MAX];
    size_t count = player_views(player, views, VIEWS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (scan_view_state(player->scan, &views[i]) == SCAN_LOADING) {
            return false;
        }
    }
    return !player->dirty && !player->touched;
}

bool player_failed_page(const struct player *player, size_t n, const char **document, int *page)
{
    for (size_t i = 0; i < player->pages.count; i++) {
        const struct view_page_size *known = &player->pages.sizes[i];
        if ((known->failed || known->torn) && n-- == 0) {
            *document = known->document;
            *page = known->page;
            return true;
        }
    }
    return false;
}

static int64_t real_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool player_wait_ready(struct player *player, int64_t timeout_ms)
{
    int64_t end = real_ms() + timeout_ms;
    player_update(player, player->now_ms);
    while (!is_sharp(player)) {
        int64_t left = end - real_ms();
        if (left <= 0) {
            return false;
        }
        if (find_ready(player)) {
            scan_wait(player->scan, left);
            player_note_failures(player); /* scan_wait() has taken what came */
        } else {
            search_wait(player->find.search, left);
        }
        player_update(player, player->now_ms);
    }
    if (scan_fade(player->scan, player->now_ms, false)) { /* time stands still here */
        player->tiles_changed = true;
    }
    return true;
}
