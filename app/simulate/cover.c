#include "cover.h"

#include <string.h>

#define VIEWS 4 /* of a document */
#define TOUR_PLACE ((int)PLACE_KINDS + VIEWS)

_Static_assert(PLACE_KINDS + VIEWS + 1 <= SIMULATE_PLACES, "every place has a row");
_Static_assert(ACTION_VERBS <= SIMULATE_VERBS, "every action has a column");

int cover_place(const struct visit *visit)
{
    if (visit->here.panel.kind != PLACE_NONE) {
        return (int)visit->here.panel.kind;
    }
    if (visit->tour.active && !visit->tour.by_itself) {
        return TOUR_PLACE;
    }
    const struct place *place = &visit->here.place;
    return place->kind == PLACE_DOCUMENT ? (int)PLACE_KINDS + (int)place->view : (int)place->kind;
}

bool cover_offers(const struct box_tree *tree, const struct box *box)
{
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    struct rect seen = rect_intersect(rect_intersect(box->rect, box->clip), window);
    return box->action.verb > ACTION_NONE && box->action.verb < ACTION_VERBS && seen.w >= 8 && seen.h >= 8;
}

/* A box counts where a finger on it means it: nothing lies over it. */
static bool is_hit(const struct box_tree *tree, int box)
{
    struct rect seen = rect_intersect(tree->boxes[box].rect, tree->boxes[box].clip);
    return box_hit(tree, seen.x + seen.w / 2, seen.y + seen.h / 2, 0) == box;
}

void cover_note_offers(struct cover *cover, const struct visit *visit, const struct box_tree *tree)
{
    uint32_t *row = cover->offered[cover_place(visit)];
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (cover_offers(tree, box) && (row[box->action.verb] != 0 || is_hit(tree, (int)i))) {
            row[box->action.verb]++;
        }
    }
}

void cover_note_done(struct cover *cover, int place, int verb)
{
    if (verb > ACTION_NONE && verb < ACTION_VERBS) {
        cover->done[place][verb]++;
    }
}

static void place_words(int place, char words[160])
{
    struct place bare = {.kind = (enum place_kind)place};
    if (place == TOUR_PLACE) {
        snprintf(words, 160, "tour");
        return;
    }
    if (place >= (int)PLACE_KINDS) {
        bare = (struct place){.kind = PLACE_DOCUMENT, .view = (enum place_view)(place - (int)PLACE_KINDS)};
    }
    place_format(&bare, words, 160);
}

static void note_missed(struct simulate_cover *sum, int place, int verb)
{
    char words[160];
    size_t used = strlen(sum->missed);
    place_words(place, words);
    snprintf(sum->missed + used, sizeof sum->missed - used, "%s%s %s", used > 0 ? ", " : "", words,
        action_word((enum action_verb)verb));
}

void cover_map(const struct cover *cover, struct simulate_map *map)
{
    for (int place = 0; place < SIMULATE_PLACES; place++) {
        for (int verb = 0; verb < SIMULATE_VERBS; verb++) {
            map->offered[place][verb] = cover->offered[place][verb] > 0;
            map->done[place][verb] = cover->done[place][verb] > 0;
        }
    }
}

void simulate_map_add(struct simulate_map *map, const struct simulate_map *more)
{
    for (int place = 0; place < SIMULATE_PLACES; place++) {
        for (int verb = 0; verb < SIMULATE_VERBS; verb++) {
            map->offered[place][verb] = map->offered[place][verb] || more->offered[place][verb];
            map->done[place][verb] = map->done[place][verb] || more->done[place][verb];
        }
    }
}

void simulate_map_sum(const struct simulate_map *map, struct simulate_cover *cover)
{
    memset(cover, 0, sizeof *cover);
    for (int place = 0; place < SIMULATE_PLACES; place++) {
        int before = cover->offered;
        for (int verb = 0; verb < SIMULATE_VERBS; verb++) {
            if (map->offered[place][verb]) {
                cover->offered++;
                cover->covered += map->done[place][verb];
                if (!map->done[place][verb]) {
                    note_missed(cover, place, verb);
                }
            }
        }
        cover->places += cover->offered > before;
    }
}
