/* What the player holds and has done, for those who watch over it. */
#include "internal.h"

struct player_figures player_figures(const struct player *player)
{
    return (struct player_figures){
        .layouts = player->layouts,
        .text_bytes = text_memory(player->text),
        .tile_bytes = scan_statistics(player->scan).cache_bytes,
        .pages = player->pages.count,
    };
}

const struct visit_metrics *player_metrics(const struct player *player)
{
    return &player->metrics;
}
