/* What others may know of a player. */
#include "internal.h"

const struct box_tree *player_tree(const struct player *player)
{
    return &player->tree;
}

const struct visit *player_visit(const struct player *player)
{
    return &player->visit;
}

struct exhibit *player_exhibit(struct player *player)
{
    return player->exhibit;
}

struct scan *player_scan(struct player *player)
{
    return player->scan;
}

const char *player_mistake(const struct player *player)
{
    return player->mistake;
}
