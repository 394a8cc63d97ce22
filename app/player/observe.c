/* Whoever looks on. */
#include "internal.h"

void observe(struct player *player)
{
    bool staffed = player->visit.staff.screen != STAFF_NONE; /* they are no visit */
    if (player->observer.see != NULL && !player->closed && !staffed) {
        player->observer.see(player->observer.context, &player->visit, player->now_ms);
    }
}

void observe_act(const struct player *player, enum action_verb verb)
{
    if (player->observer.see != NULL && verb == ACTION_ZOOM) {
        player->observer.zoomed(player->observer.context);
    }
}
