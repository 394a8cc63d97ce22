/* Starting over, and the parts of a player that are of use without one. */
#include "internal.h"

#include "text/text.h"

void player_reset(struct player *player, int64_t now_ms)
{
    struct visit_frame frame = player->visit.frame;
    player->now_ms = now_ms;
    visit_init(&player->visit, &frame, now_ms);
    input_init(player);
    speech_reset(player);
    player->dirty = true;
    player->alarm_ms = now_ms;
}

void player_close(struct player *player, bool closed, int64_t now_ms)
{
    if (player->closed != closed) {
        player->closed = closed;
        player_reset(player, now_ms);
    }
}

bool player_closed(const struct player *player)
{
    return player->closed && player->visit.staff.screen == STAFF_NONE;
}

struct text *player_open_text(const struct player_paths *paths, struct error *err)
{
    struct assets assets = {0};
    struct text *text = assets_open(&assets, paths->assets, err) ? text_create(&assets.catalogue, err) : NULL;
    assets_finish(&assets);
    return text;
}
