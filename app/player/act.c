/* What is done to the visit: actions, and what a script or an author asks for. */
#include "internal.h"

#include <stdio.h>
#include <string.h>

void player_act(struct player *player, enum action_verb verb, struct str argument)
{
    struct action action = action_make(verb, argument);
    struct place place;
    if (verb == ACTION_FIND && place_parse(str_split(&argument, ' '), &place)) {
        exhibit_load_for(player->exhibit, &place); /* where in it was found can only be looked up there */
    }
    visit_act(&player->visit, &action, &player->metrics, player->now_ms);
    observe_act(player, verb);
    player->dirty = true;
}

void player_act_box(struct player *player, int box)
{
    const struct box_action *action = &player->tree.boxes[box].action;
    if (action->verb > ACTION_NONE && action->verb < ACTION_VERBS) {
        player_act(player, (enum action_verb)action->verb, action->argument);
    }
}

void player_go(struct player *player, const struct place *place, int64_t now_ms)
{
    player->now_ms = now_ms;
    exhibit_load_for(player->exhibit, place); /* what is loaded is known to exist or not */
    visit_go(&player->visit, place, &player->metrics, now_ms);
    player->dirty = true;
}

void player_look(struct player *player, struct camera camera, int64_t duration_ms, int64_t now_ms)
{
    player->now_ms = now_ms;
    player_lay_out(player);
    camera.quarter_turns = player->visit.here.camera.quarter_turns;
    visit_look(&player->visit, camera, duration_ms, &player->metrics, now_ms);
    player->dirty = true;
}

void player_appear(struct player *player, const struct player_appearance *appearance, int64_t now_ms)
{
    struct visit *visit = &player->visit;
    player->now_ms = now_ms;
    if (appearance->language != NULL) {
        memset(visit->language, 0, sizeof visit->language);
        snprintf(visit->language, sizeof visit->language, "%s", appearance->language);
    }
    visit->text_size = appearance->text_size != 0 ? appearance->text_size : visit->text_size;
    visit->high_contrast = appearance->high_contrast;
    visit->low_reach = appearance->low_reach;
    player->dirty = true;
}

void player_complete(struct player *player, bool complete)
{
    player->dirty = player->dirty || player->complete != complete;
    player->complete = complete;
}
