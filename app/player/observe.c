/* Whoever looks on. */
#include "internal.h"

void observe(struct player *player)
{
    if (player->observer.see != NULL && !player->closed) {
        player->observer.see(player->observer.context, &player->visit, player->now_ms);
    }
}

void observe_act(const struct player *player, enum action_verb verb)
{
    if (player->observer.see != NULL && verb == ACTION_ZOOM) {
        player->observer.zoomed(player->observer.context);
    }
}
