/* Screens that list things as cards in columns: people, related documents; the columns and the head that
 * others use too. */
#include "internal.h"

#include <string.h>

#define COLUMNS_MAX 4

/* The way to the search, at the end of a list's head. Returns the width it takes there. */
static int put_head_search(struct view *v, struct rect where)
{
    struct place_button button = {.kind = BUTTON_PLAIN,
        .icon = ICON_SEARCH,
        .label = words(v, "search"),
        .style = STYLE_LABEL,
        .verb = ACTION_GO,
        .argument = STR("search")};
    int width = button_width(v, &button), height = button_height(v, &button, width);
    struct rect at = {where.x + where.w - width, where.y, width, height};
    bool here = exhibit_has_screen(v->in->exhibit, PLACE_SEARCH) &&
                put_control(v, v->root, at, &button, "title.search");
    return here ? width + v->gutter : 0;
}

int put_head(struct view *v, struct str title, struct str lead)
{
    struct rect where = {v->area.x + v->margin, v->area.y + px(v, 4), v->area.w - 2 * v->margin, 0};
    struct place_text heading = {BOX_HEADING, STYLE_HEADING, title, COLOUR_NONE, NULL, 0, TEXT_START, 0};
    struct rect beside = where;
    beside.w -= put_head_search(v, where);
    int y = where.y + box_height(v, put_text(v, v->root, beside, heading, "title"));
    if (lead.length > 0) {
        int measure = style_measure(v, STYLE_LABEL, 90);
        struct place_text text = {BOX_TEXT, STYLE_LABEL, lead, v->theme.quiet, NULL, 0, TEXT_START, 0};
        where.w = beside.w < measure ? beside.w : measure;
        where.y = y + px(v, 0.5);
        y = where.y + box_height(v, put_text(v, v->root, where, text, "title.about"));
    }
    return y + px(v, 2);
}

struct rect list_area(const struct view *v, int head_bottom)
{
    return (struct rect){v->area.x, head_bottom, v->area.w, v->area.y + v->area.h - head_bottom};
}

/* ---- cards */

static int put_card_text(struct view *v, int box, const struct card *card, struct rect where,
    const char *part, struct place_text text)
{
    if (text.text.length == 0) {
        return 0;
    }
    return box_height(v, put_text(v, box, where, text, c_string(v, format(v, "%s.%s", card->id, part))));
}

static int card_pad(const struct view *v)
{
    return px(v, 2.5);
}

/* Lays the card's texts out below `box` and returns the height they take. */
static int put_card_texts(struct view *v, int box, const struct card *card, struct rect where)
{
    const struct theme *t = &v->theme;
    int pad = card_pad(v), y = where.y + px(v, 2), width = where.w - 2 * pad;
    struct rect at = {where.x + pad, y, width, 0};
    at.y += put_card_text(v, box, card, at, "above",
        (struct place_text){
            BOX_LABEL, STYLE_LABEL, card->above, t->quiet, NULL, TEXT_TABULAR, TEXT_START, 0});
    at.y += put_card_text(v, box, card, at, "title",
        (struct place_text){BOX_LABEL, STYLE_SUBHEADING, card->title, card->main ? t->accent : t->ink,
            card->language, 0, TEXT_START, 0});
    at.y += put_card_text(v, box, card, at, "below",
        (struct place_text){BOX_LABEL, STYLE_LABEL, card->below, t->quiet, NULL, 0, TEXT_START, 0});
    if (card->text.length > 0) {
        enum style style = card->metadata ? STYLE_LABEL : STYLE_BODY;
        at.y += px(v, 0.75);
        at.y += put_card_text(v, box, card, at, "text",
            (struct place_text){BOX_TEXT, style, card->text, t->ink, card->language, 0, TEXT_START, 0});
    }
    return at.y - where.y + px(v, 2);
}

/* Shortens the text to what the card shows of it; returns the card's height. */
static int measure_card(struct view *v, struct card *card, struct rect where)
{
    enum style style = card->metadata ? STYLE_LABEL : STYLE_BODY;
    int lines =
        v->scale > 1.4 ? card->text_lines * 3 / 2 : card->text_lines; /* large type says less in a line */
    card->text = excerpt(v, style, card->text, card->language, where.w - 2 * card_pad(v), lines);
    size_t before = v->tree->count;
    int height = put_card_texts(v, v->root, card, where);
    box_truncate(v->tree, before);
    return height > v->target ? height : v->target;
}

/* Is the panel beside the list this card's? */
static bool is_open(const struct view *v, const struct card *card)
{
    char words_of_panel[192] = "";
    if (v->visit->here.panel.kind != PLACE_NONE) {
        place_format(&v->visit->here.panel, words_of_panel, sizeof words_of_panel);
    }
    return card->argument.length > 0 && str_equal_c(card->argument, words_of_panel);
}

static void put_card(struct view *v, int region, const struct card *card, struct rect where)
{
    bool low = v->visit->low_reach; /* then its button stands below */
    int box = box_add(v->tree, region, low ? BOX_ITEM : BOX_BUTTON, where, "%s", card->id);
    set_action(v, box, card->verb, card->argument);
    struct box *b = box_at(v, box);
    b->name = card->title;
    if (card->above.length > 0) {
        b->name = format(v, "%.*s: %.*s", STR_ARGS(card->above), STR_ARGS(card->title));
    }
    b->language = card->language;
    bool pressed = (b->states & BOX_PRESSED) != 0;
    b->look.fill = pressed && v->theme.high_contrast ? COLOUR_RGB(0x333333)
                   : pressed                         ? v->theme.highlight
                                                     : v->theme.panel;
    bool open = is_open(v, card);
    b->states |= open ? BOX_SELECTED : 0;
    if (v->theme.high_contrast || card->main || open) {
        b->look.outline = card->main || open ? v->theme.accent : v->theme.outline;
        b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    }
    b->ground = b->look.fill;
    colour before = v->on;
    v->on = b->ground;
    put_card_texts(v, box, card, where);
    v->on = before;
}

static void get_card(struct view *v, struct cards *cards, int index, struct card *card)
{
    *card = (struct card){0};
    cards->card(v, index, card, cards->context);
    card->id = card->id != NULL ? card->id : "card";
}

static int put_card_row(struct view *v, int region, int item, struct rect where, void *context)
{
    struct cards *cards = context;
    if (item % cards->columns != 0) {
        return 0; /* the first of its row has placed it */
    }
    int gap = v->gutter, width = (where.w - gap * (cards->columns - 1)) / cards->columns, height = 0;
    struct card row[COLUMNS_MAX];
    int count = cards->count - item < cards->columns ? cards->count - item : cards->columns;
    for (int c = 0; c < count; c++) {
        get_card(v, cards, item + c, &row[c]);
        int needed = measure_card(v, &row[c], (struct rect){0, 0, width, 0});
        height = needed > height ? needed : height;
    }
    for (int c = 0; c < count; c++) {
        put_card(v, region, &row[c], (struct rect){where.x + c * (width + gap), where.y, width, height});
    }
    return height + gap;
}

/* In low reach every card can be opened from below. */
static void reach_cards(struct view *v, struct cards *cards)
{
    struct card card;
    for (int i = 0; v->visit->low_reach && i < cards->count; i++) {
        get_card(v, cards, i, &card);
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .label = card.title,
            .style = STYLE_LABEL,
            .verb = card.verb,
            .argument = card.argument,
            .language = card.language,
            .excerpt_lines = 1};
        if (card.verb != ACTION_NONE) {
            reach_add(v, &button, c_string(v, format(v, "reach.%s", card.id)));
        }
    }
}

/* The id of what a card leads to: what a link elsewhere brings into view. */
static const char *card_key(const struct view *v, int item, void *context)
{
    struct cards *cards = context;
    struct card card = {0};
    cards->card(v, item, &card, cards->context);
    size_t colon = str_find(card.argument, ':');
    return colon < card.argument.length
               ? c_string(v, str_slice(card.argument, colon + 1, card.argument.length))
               : NULL;
}

int card_columns(const struct view *v, int width, int most)
{
    int least = (int)(style_size(v, STYLE_BODY) * 15);
    int columns = (width + v->gutter) / (least + v->gutter);
    most = most < COLUMNS_MAX ? most : COLUMNS_MAX;
    return columns < 1 ? 1 : columns < most ? columns : most;
}

void put_cards(struct view *v, struct rect where, struct cards *cards)
{
    cards->columns = card_columns(v, where.w - 2 * v->margin, cards->columns);
    reach_cards(v, cards);
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = cards->id,
        .name = cards->name,
        .count = cards->count,
        .columns = cards->columns,
        .put = put_card_row,
        .key = card_key,
        .context = cards,
        .pad_top = px(v, 1),
        .pad_bottom = px(v, 2),
        .pad_side = v->margin};
    put_flow(v, v->root, where, &flow);
}

/* ---- people */

static void person_card(const struct view *v, int index, struct card *card, void *context)
{
    size_t count;
    const struct person *person = &exhibit_people(v->in->exhibit, &count)[index];
    struct str forms = STR("");
    (void)context;
    for (size_t i = 0; i < person->form_count; i++) { /* in the other scripts: the panel has all of them */
        if (person->forms[i].language != NULL && strcmp(person->forms[i].language, v->language) != 0) {
            forms = arena_format(v->tree->arena, "%.*s%s%.*s", STR_ARGS(forms), forms.length > 0 ? " · " : "",
                STR_ARGS(person->forms[i].text));
        }
    }
    card->title = say(v, &person->name, &card->language);
    card->below = say(v, &person->role, NULL);
    card->text = forms.data != NULL ? forms : STR("");
    card->text_lines = 3;
    card->metadata = true;
    card->verb = ACTION_GO;
    card->argument = format(v, "person:%s", person->id);
    card->id = c_string(v, format(v, "person.%s", person->id));
}

void put_people(struct view *v)
{
    size_t count = 0;
    exhibit_people(v->in->exhibit, &count);
    int y = put_head(v, words(v, "people"), words(v, "people.about"));
    struct cards cards = {
        .id = "people", .name = words(v, "people"), .count = (int)count, .columns = 2, .card = person_card};
    put_cards(v, list_area(v, y), &cards);
}

/* ---- related documents */

static void related_card(const struct view *v, int index, struct card *card, void *context)
{
    const struct document *home = context;
    const struct document *document = exhibit_find_document(v->in->exhibit, home->related[index]);
    card->id = c_string(v, format(v, "related.%s", home->related[index]));
    if (document == NULL) {
        card->title = words(v, "missing.document");
        return;
    }
    card->above = document->date.year != 0 ? date_words(v, document->date) : STR("");
    card->title = say(v, &document->title, &card->language);
    card->text = prose_words(v, exhibit_prose(v->in->exhibit, &document->summary, v->language), 0, 1);
    card->text_lines = 3;
    card->verb = ACTION_GO;
    card->argument = format(v, "document:%s", document->id);
}

void put_related(struct view *v)
{
    const struct document *home = exhibit_find_document(v->in->exhibit, NULL);
    int y = put_head(v, words(v, "related"), words(v, "related.about"));
    if (home == NULL) {
        return;
    }
    struct cards cards = {.id = "related",
        .name = words(v, "related"),
        .count = (int)home->related_count,
        .columns = 2,
        .card = related_card,
        .context = (void *)home};
    put_cards(v, list_area(v, y), &cards);
}
