/* Reading a screen out, sentence by sentence. Of a region only what is near the screen is in the tree, so the
 * reading scrolls it on, as the focus does; however long a text is, one sentence is looked at. */
#include "internal.h"

#include "box/utter.h"
#include "voice/voice.h"

#include <stdio.h>
#include <string.h>

#define STEPS_MAX 400

/* A guided reading is its caption: the page is there to be looked at. */
static const char *scope_of(const struct player *player)
{
    return player->visit.tour.active ? "tour.caption" : NULL;
}

struct reading {
    const struct box_utterance *items;
    size_t count;
};

static struct reading read_tree(struct player *player)
{
    struct reading reading = {0};
    player_lay_out(player);
    arena_reset(&player->speech.arena);
    reading.items = box_utterances(&player->tree, scope_of(player), &player->speech.arena, &reading.count);
    if (reading.items == NULL) {
        reading.count = 0;
    }
    return reading;
}

static int find(const struct reading *reading, const struct box_tree *tree, const char *id)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (strcmp(tree->boxes[reading->items[i].box].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void scroll(struct player *player, int region, double screens)
{
    const struct box_scroll *scroll = player->tree.boxes[region].scroll;
    visit_read_scroll(&player->visit, (enum visit_scroller)scroll->scroller, -screens * scroll->viewport_px,
        &player->metrics);
    player->dirty = true;
}

/* The region of a box among the reading's items, or -1. */
static int region_at(const struct player *player, const struct reading *reading, int item)
{
    bool there = item >= 0 && (size_t)item < reading->count;
    return there ? box_region_of(&player->tree, reading->items[item].box) : -1;
}

/* What follows `id` (empty: nothing, the first), with the regions scrolled to where it is. -1: the end. */
static int find_next(struct player *player, const char *id)
{
    const struct box_tree *tree = &player->tree;
    for (int i = 0; i < STEPS_MAX; i++) {
        struct reading reading = read_tree(player);
        int current = id[0] != '\0' ? find(&reading, tree, id) : -1, next = current + 1;
        int from = region_at(player, &reading, current), to = region_at(player, &reading, next);
        if (from >= 0 && to != from && !tree->boxes[from].scroll->at_end) {
            scroll(player, from, 0.6);
        } else if (to >= 0 && to != from && !tree->boxes[to].scroll->at_start) {
            scroll(player, to, -0.9);
        } else {
            return (size_t)next < reading.count ? reading.items[next].box : -1;
        }
    }
    return -1;
}

/* The box where the reading was left, also when it was scrolled away since; -1 when it is not on this screen.
 */
static int find_again(struct player *player, const char *id)
{
    struct reading reading = read_tree(player);
    const struct box_tree *tree = &player->tree;
    int item = id[0] != '\0' ? find(&reading, tree, id) : -1;
    for (int way = -1; id[0] != '\0' && item < 0 && way <= 1; way += 2) {
        for (int i = 0; i < STEPS_MAX && item < 0; i++) {
            int region = -1;
            for (size_t k = 0; k < tree->count && region < 0; k++) {
                const struct box_scroll *scroll = tree->boxes[k].scroll;
                bool more = scroll != NULL && (way < 0 ? !scroll->at_start : !scroll->at_end);
                region = more && scroll->scroller != SCROLLER_REACH ? (int)k : -1;
            }
            if (region < 0) {
                break;
            }
            scroll(player, region, 0.8 * way);
            reading = read_tree(player);
            item = find(&reading, tree, id);
        }
    }
    return item >= 0 ? reading.items[item].box : -1;
}

/* ---- into view */

/* Where the sentence lies, or its whole box. */
static struct rect place_of(const struct player *player, int box)
{
    const struct box *b = &player->tree.boxes[box];
    struct rect place = {0};
    for (size_t i = 0; i < b->look.mark_count; i++) {
        struct rect mark = b->look.marks[i];
        mark.x += b->rect.x + b->look.text_at.x;
        mark.y += b->rect.y + b->look.text_at.y;
        place = rect_union(place, mark);
    }
    return rect_empty(place) ? b->rect : place;
}

static void bring_into_view(struct player *player, const char *id)
{
    player_lay_out(player);
    int box = box_find(&player->tree, id), region = box >= 0 ? box_region_of(&player->tree, box) : -1;
    if (region < 0) {
        return;
    }
    struct rect place = place_of(player, box), seen = player->tree.boxes[region].rect;
    int margin = player_units(player, 3), dy = 0;
    bool above = place.y<seen.y + margin / 2, below = place.y + place.h> seen.y + seen.h - margin / 2;
    if (above || below) { /* near the top, so that several sentences follow before it moves again */
        dy = seen.y + (place.h < seen.h / 2 ? seen.h / 8 : margin) - place.y;
    }
    if (dy != 0) {
        visit_read_scroll(&player->visit, (enum visit_scroller)player->tree.boxes[region].scroll->scroller,
            dy, &player->metrics);
        player->dirty = true;
    }
}

/* ---- the next sentence */

static void say(struct player *player, int box, struct voice_range range)
{
    const struct box *b = &player->tree.boxes[box];
    char id[128], language[VISIT_LANGUAGE_MAX + 1], text[1024];
    struct str sentence = str_slice(b->name, range.from, range.to - range.from);
    snprintf(id, sizeof id, "%s", b->id);
    snprintf(language, sizeof language, "%s", b->language != NULL ? b->language : player->visit.language);
    snprintf(text, sizeof text, "%.*s", STR_ARGS(sentence));
    visit_read(&player->visit, id, (int)range.from, (int)range.to, player->now_ms);
    player->dirty = true;
    bring_into_view(player, id);
    say_sentence(player, str_from(text), language, id, 0);
}

static bool sentence_at(const struct player *player, int box, size_t from, struct voice_range *range)
{
    const struct box *b = &player->tree.boxes[box];
    const char *language = b->language != NULL ? b->language : player->visit.language;
    return voice_sentence(b->name, language, from, range);
}

void reading_next(struct player *player)
{
    const struct visit_stop *here = &player->visit.here;
    bool goes_on = player->speech.reading;
    struct voice_range range;
    char id[128];
    snprintf(id, sizeof id, "%s", here->spoken);
    int box = find_again(player, id);
    /* Interrupted, the sentence is said again from its start; heard to its end, the next one follows. */
    size_t from = (size_t)(goes_on ? here->spoken_to : here->spoken_from);
    id[0] = box >= 0 ? id[0] : '\0';
    while (box < 0 || !sentence_at(player, box, from, &range)) {
        box = find_next(player, id);
        from = 0;
        if (box < 0) {
            speech_hush(player);
            visit_read(&player->visit, NULL, 0, 0, player->now_ms);
            player->dirty = true;
            return;
        }
        snprintf(id, sizeof id, "%s", player->tree.boxes[box].id);
    }
    player->speech.reading = true;
    say(player, box, range);
}

/* ---- what has the focus */

static const char *role_key(const struct box *box)
{
    if (box->toggles) {
        return "role.switch";
    }
    if (box->action.verb == ACTION_MENU) {
        return "role.menu";
    }
    switch (box->role) {
    case BOX_LINK:
        return "role.link";
    case BOX_TAB:
        return "role.tab";
    case BOX_HEADING:
        return "role.heading";
    case BOX_TEXT:
    case BOX_LABEL:
    case BOX_PROVENANCE:
    case BOX_ALERT:
        return "role.paragraph";
    case BOX_IMAGE:
        return "role.image";
    case BOX_ZONE:
        return "role.zone";
    case BOX_ITEM:
        return "role.item";
    default:
        return "role.button";
    }
}

static struct str add(const struct player *player, struct arena *arena, struct str text, const char *key)
{
    const char *language = player->visit.language;
    struct str values[2] = {text, interface_words(player->interface, language, key)};
    return interface_format(player->interface, language, "spoken", arena, values, 2);
}

struct str reading_of_control(const struct player *player, int box, struct arena *arena)
{
    const struct box *b = &player->tree.boxes[box];
    struct str text = add(player, arena, b->name, role_key(b));
    if (b->toggles) {
        text = add(player, arena, text, b->states & BOX_CHECKED ? "state.on" : "state.off");
    } else if (b->action.verb == ACTION_MENU) {
        text = add(player, arena, text, b->states & BOX_EXPANDED ? "state.open" : "state.closed");
    }
    if (b->states & BOX_SELECTED) {
        text = add(player, arena, text, "state.selected");
    }
    if (b->states & BOX_DISABLED) {
        text = add(player, arena, text, "state.disabled");
    }
    return text;
}

struct str reading_of_query(const struct player *player, struct arena *arena)
{
    const struct visit *visit = &player->visit;
    const char *language = visit->language;
    int field = visit->here.place.kind == PLACE_SEARCH ? box_find(&player->tree, "search.field") : -1;
    if (field < 0 || !find_ready(player)) {
        return STR("");
    }
    struct str query = str_from(visit->search.query), name = player->tree.boxes[field].name;
    if (query.length == 0) {
        return name;
    }
    struct str found = interface_format(player->interface, language, "search.none", arena, &query, 1);
    if (player->find.results.total > 0) {
        struct str words = interface_words(player->interface, language, "search.results");
        found = arena_format(arena, "%.*s: %zu", STR_ARGS(words), player->find.results.total);
    }
    struct str values[2] = {name, found};
    return interface_format(player->interface, language, "spoken", arena, values, 2);
}
