/* The staff's menu, as the player asks for it. */
#ifndef KEEPER_STAFF_H
#define KEEPER_STAFF_H

#include "door.h"
#include "shelf.h"

#include "keeper/keeper.h"
#include "player/player.h"

enum staff_wish { STAFF_WISH_NONE, STAFF_WISH_AGAIN, STAFF_WISH_RESTART, STAFF_WISH_SHELL };

struct staff {
    const struct site *site; /* lent, as all of these */
    const struct keeper_choice *choice;
    const char *named, *shipped; /* as of keeper_choose() */
    const char *version;
    const struct log *log;
    int64_t started_ms;
    bool any_stick; /* for tests: a stick need not lie on another device */
    struct door door;
    struct shelf shelf;
    struct player_staff menu;
    enum staff_wish wish; /* what the keeper is to do next */
};

/* Of a staff whose upper part is filled in. */
void staff_init(struct staff *staff);

#endif
