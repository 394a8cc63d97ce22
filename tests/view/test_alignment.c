/* Touch a line of the page and its paragraph lights up beside it and is in view; touch a paragraph and the
 * camera goes to its zone: for every segment of the telegram, in every layer and language. */
#include "check.h"
#include "stand.h"

static bool in_view(const struct box_tree *tree, int index)
{
    const struct box *box = &tree->boxes[index];
    return !rect_empty(rect_intersect(box->rect, box->clip)) &&
           rect_intersect(box->rect, box->clip).h * 2 >= box->rect.h;
}

static int find_text(const struct box_tree *tree, const char *segment)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->segment != NULL && box->role != BOX_ZONE && strcmp(box->segment, segment) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int find_zone(const struct box_tree *tree, const char *segment)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->boxes[i].role == BOX_ZONE && tree->boxes[i].segment != NULL &&
            strcmp(tree->boxes[i].segment, segment) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static void from_zone_to_text(struct stand *stand, const char *segment, const char *language)
{
    const struct box_tree *tree = stand_at(stand, "home");
    tree = stand_at(stand, "parallel"); /* nothing lit */
    stand_tap_box(stand, "page.whole");
    tree = player_tree(stand->player);
    int zone = find_zone(tree, segment);
    CHECK_THAT(zone >= 0, "no zone for %s", segment);
    if (zone < 0) {
        return;
    }
    struct rect seen = rect_intersect(tree->boxes[zone].rect, tree->boxes[zone].clip);
    CHECK_THAT(!rect_empty(seen), "zone of %s cannot be seen", segment);
    stand_tap(stand, seen.x + seen.w / 2.0, seen.y + seen.h / 2.0);
    tree = player_tree(stand->player);
    int text = find_text(tree, segment);
    CHECK_TEXT(player_visit(stand->player)->here.segment, segment);
    CHECK_THAT(text >= 0 && (tree->boxes[text].states & BOX_SELECTED) != 0, "%s is not lit in %s", segment,
        language);
    CHECK_THAT(text >= 0 && in_view(tree, text), "%s is not in view in %s", segment, language);
}

static void from_text_to_zone(struct stand *stand, const char *segment, const char *language)
{
    char words[160];
    stand_at(stand, "home");
    snprintf(words, sizeof words, "document:telegram#%s", segment); /* brings the paragraph into view */
    const struct box_tree *tree = stand_at(stand, words);
    int text = find_text(tree, segment);
    CHECK_THAT(text >= 0 && in_view(tree, text), "%s is not in view in %s", segment, language);
    if (text < 0) {
        return;
    }
    struct player_event whole = {.kind = PLAYER_KEY, .key = KEY_MINUS}; /* away from the zone again */
    for (int i = 0; i < 8; i++) {
        player_event(stand->player, &whole, stand->now_ms += 300);
        player_update(stand->player, stand->now_ms);
    }
    tree = player_tree(stand->player);
    text = find_text(tree, segment);
    const struct box *box = &tree->boxes[text];
    struct rect seen = rect_intersect(box->rect, box->clip);
    stand_tap(stand, seen.x + 3, seen.y + seen.h / 2.0); /* beside the words, so that no link is hit */
    tree = player_tree(stand->player);
    int zone = find_zone(tree, segment);
    CHECK_TEXT(player_visit(stand->player)->here.segment, segment);
    CHECK_THAT(zone >= 0 && (tree->boxes[zone].states & BOX_SELECTED) != 0, "zone of %s is not lit", segment);
    CHECK_THAT(zone >= 0 && in_view(tree, zone), "zone of %s is not in view (%s)", segment, language);
}

static void every_segment(void)
{
    struct stand stand;
    struct size window = {1920, 1080};
    CHECK(stand_open(&stand, NULL, window));
    if (stand.player == NULL) {
        return;
    }
    stand_at(&stand, "parallel");
    struct exhibit *exhibit = player_exhibit(stand.player);
    const struct document *document = exhibit_find_document(exhibit, NULL);
    CHECK(document != NULL && document->layer_count > 0);
    for (size_t l = 0; document != NULL && l < document->layer_count; l++) {
        for (size_t t = 0; t < document->layers[l].text.count; t++) {
            const struct prose_text *text = &document->layers[l].text.texts[t];
            stand_appear(&stand, text->language, 100, false, false);
            for (size_t b = 0; b < text->block_count; b++) {
                from_zone_to_text(&stand, text->blocks[b].segment, text->language);
                from_text_to_zone(&stand, text->blocks[b].segment, text->language);
            }
        }
    }
    stand_close(&stand);
}

/* The menu's entry with this action. */
static void choose(struct stand *stand, const char *menu, const char *argument)
{
    stand_tap_box(stand, menu);
    const struct box_tree *tree = player_tree(stand->player);
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->boxes[i].action.verb == ACTION_PANE &&
            str_equal_c(tree->boxes[i].action.argument, argument)) {
            struct rect r = tree->boxes[i].rect;
            stand_tap(stand, r.x + r.w / 2.0, r.y + r.h / 2.0);
            return;
        }
    }
    CHECK_THAT(false, "no choice \"%s\" in %s", argument, menu);
}

static int find_paragraph(const struct box_tree *tree, const char *pane, const char *segment)
{
    char id[160];
    snprintf(id, sizeof id, "%s.%s", pane, segment);
    return box_find(tree, id);
}

/* Two texts beside one another: what is touched in one is lit and in view in the other, whichever it is. */
static void two_texts(void)
{
    static const char *const panes[] = {"text.left", "text"};
    struct stand stand;
    struct size window = {1920, 1080};
    CHECK(stand_open(&stand, NULL, window));
    if (stand.player == NULL) {
        return;
    }
    stand_at(&stand, "parallel");
    choose(&stand, "pane.left.choose", "left translation.en");
    choose(&stand, "pane.right.choose", "right translation.ko");
    const struct document *document = exhibit_find_document(player_exhibit(stand.player), NULL);
    const struct prose_text *text = &document->layers[0].text.texts[0];
    for (int from = 0; from < 2; from++) {
        stand_at(&stand, "document:telegram#heading");
        for (size_t b = 0; b < text->block_count; b++) {
            const char *segment = text->blocks[b].segment;
            const struct box_tree *tree = player_tree(stand.player);
            int touched = find_paragraph(tree, panes[from], segment);
            for (int turn = 0; turn < 20 && (touched < 0 || !in_view(tree, touched));
                 turn++) { /* as a visitor would */
                char id[64];
                snprintf(id, sizeof id, "%s.scroll-down", panes[from]);
                stand_tap_box(&stand, id);
                tree = player_tree(stand.player);
                touched = find_paragraph(tree, panes[from], segment);
            }
            CHECK_THAT(
                touched >= 0 && in_view(tree, touched), "%s cannot be reached in %s", segment, panes[from]);
            if (touched < 0) {
                continue;
            }
            struct rect seen = rect_intersect(tree->boxes[touched].rect, tree->boxes[touched].clip);
            stand_tap(&stand, seen.x + seen.w - 3, seen.y + 3); /* where no link is */
            tree = player_tree(stand.player);
            int other = find_paragraph(tree, panes[1 - from], segment);
            CHECK_THAT(other >= 0 && in_view(tree, other) && (tree->boxes[other].states & BOX_SELECTED) != 0,
                "%s touched in %s is not lit and in view in %s", segment, panes[from], panes[1 - from]);
        }
    }
    stand_close(&stand);
}

int main(void)
{
    RUN(every_segment);
    RUN(two_texts);
    return check_report();
}
