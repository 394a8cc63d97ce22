/* From the tree to pixels, and from one screen to the next. */
#include "internal.h"

static bool fade_due(const struct player *player)
{
    int64_t start = player->visit.transition_ms;
    return start != 0 && start != player->faded_ms && player->drawn &&
           player->now_ms - start < VISIT_TRANSITION_MS;
}

static struct paint_source source_of(struct player *player)
{
    return (struct paint_source){player->text, player->scan, pages_handle, &player->pages};
}

static void note_drawn(struct player *player)
{
    player->drawn = true;
    player->drawn_ms = player->now_ms;
    player->forget = player->tiles_changed = false;
    player->undrawn = 0;
}

static int draw_faded(struct player *player, const struct paint_target *target,
    const struct paint_source *source, struct rect damage[PAINT_DAMAGE_MAX])
{
    struct paint_target hidden = fade_target(&player->fade);
    int count = paint_tree(
        player->paint, &player->tree, source, &hidden, player->forget, player->tiles_changed, damage);
    for (int i = 0; i < count; i++) {
        player->fade.area = rect_union(player->fade.area, damage[i]);
    }
    damage[0] = fade_mix(&player->fade, target, player->now_ms);
    return rect_empty(damage[0]) ? 0 : 1;
}

int player_draw(struct player *player, const struct paint_target *target, bool whole,
    struct rect damage[PAINT_DAMAGE_MAX])
{
    struct paint_source source = source_of(player);
    bool same_size = player->fade.width == target->width && player->fade.height == target->height;
    int count;
    if (player->unbuilt && !whole) {
        return 0; /* the last good frame stays */
    }
    if (whole || (player->fade.now != NULL && !same_size)) {
        whole = whole || player->fade.now != NULL;
        fade_end(&player->fade);
    } else if (fade_due(player)) {
        fade_begin(&player->fade, target, player->visit.transition_ms);
    }
    player->faded_ms = player->visit.transition_ms;
    if (player->fade.now != NULL) {
        count = draw_faded(player, target, &source, damage);
    } else {
        count = paint_tree(player->paint, &player->tree, &source, target, whole || player->forget,
            player->tiles_changed, damage);
    }
    note_drawn(player);
    return count;
}

void player_draw_apart(
    struct player *player, const struct paint_apart *target, bool whole, struct player_frame *frame)
{
    struct paint_source source = source_of(player);
    *frame = (struct player_frame){.old_share = 0};
    if (whole) {
        fade_end(&player->fade);
    } else if (fade_due(player)) {
        fade_begin_apart(&player->fade, player->visit.transition_ms);
        frame->fade_begins = true;
    }
    player->faded_ms = player->visit.transition_ms;
    frame->damage_count = paint_tree_apart(player->paint, &player->tree, &source, target,
        whole || player->forget, player->tiles_changed, frame->damage, &frame->pages);
    frame->old_share = fade_share(&player->fade, player->now_ms);
    note_drawn(player);
}
