/* The bar that never moves, and the two menus that open from it. */
#include "internal.h"

#include <string.h>

struct bar_item {
    const char *id, *key, *argument;
    enum box_icon icon;
    enum action_verb verb;
    struct str label;
    unsigned states;
};

#define BAR_ITEMS 7

static void bar_items(const struct view *v, struct bar_item items[BAR_ITEMS])
{
    const struct visit *visit = v->visit;
    items[0] = (struct bar_item){.id = "bar.home",
        .key = "bar.home",
        .argument = "",
        .icon = ICON_HOME,
        .verb = ACTION_HOME,
        .states = 0};
    items[1] = (struct bar_item){.id = "bar.back",
        .key = "bar.back",
        .argument = "",
        .icon = ICON_BACK,
        .verb = ACTION_BACK,
        .states = 0};
    items[2] = (struct bar_item){.id = "bar.language",
        .key = "language.name",
        .argument = "language",
        .icon = ICON_LANGUAGE,
        .verb = ACTION_MENU,
        .states = visit->menu == MENU_LANGUAGE ? BOX_EXPANDED : 0};
    items[3] = (struct bar_item){.id = "bar.text-size",
        .key = "bar.text-size",
        .argument = "text-size",
        .icon = ICON_TEXT_SIZE,
        .verb = ACTION_MENU,
        .states = visit->menu == MENU_TEXT_SIZE ? BOX_EXPANDED : 0};
    items[4] = (struct bar_item){.id = "bar.contrast",
        .key = "bar.contrast",
        .argument = "",
        .icon = ICON_CONTRAST,
        .verb = ACTION_CONTRAST,
        .states = visit->high_contrast ? BOX_CHECKED : 0};
    items[5] = (struct bar_item){.id = "bar.low-reach",
        .key = "bar.low-reach",
        .argument = "",
        .icon = ICON_LOW_REACH,
        .verb = ACTION_LOW_REACH,
        .states = visit->low_reach ? BOX_CHECKED : 0};
    items[6] = (struct bar_item){.id = "bar.listen",
        .key = "bar.listen",
        .argument = "",
        .icon = ICON_LISTEN,
        .verb = ACTION_LISTEN,
        .states = v->in->can_speak ? 0 : BOX_DISABLED};
    for (int i = 0; i < BAR_ITEMS; i++) {
        items[i].label = words(v, items[i].key);
    }
}

/* The bar's labels grow less than the text: the bar keeps its height. They go, and the icons grow, where the
 * longest does not fit. */
static const struct text_layout *bar_label(
    const struct view *v, const struct bar_item *item, int width, colour ink)
{
    double scale = v->scale < 1.25 ? v->scale : 1.25;
    double size = 2.4 * v->u * scale;
    struct text_span span = {.text = item->label, .ink = ink};
    struct text_spec spec = {.spans = &span,
        .span_count = 1,
        .language = v->language,
        .face = TEXT_SANS,
        .size_px = size,
        .line_px = size * 1.3,
        .letter_px = size * 0.02,
        .width_px = width,
        .align = TEXT_CENTRE,
        .max_lines = 1};
    return text_lay_out(v->in->text, &spec);
}

static bool labels_fit(const struct view *v, const struct bar_item items[BAR_ITEMS], int width)
{
    for (int i = 0; i < BAR_ITEMS; i++) {
        const struct text_layout *layout = bar_label(v, &items[i], 0, v->theme.ink);
        if (layout == NULL || text_measure(layout).width_px > width - px(v, 1)) {
            return false;
        }
    }
    return true;
}

static void put_bar_item(
    struct view *v, int bar, const struct bar_item *item, struct rect where, bool labelled)
{
    int box = box_add(v->tree, bar, BOX_BUTTON, where, "%s", item->id);
    set_action(v, box, item->verb, str_from(item->argument));
    struct box *b = box_at(v, box);
    b->name = item->verb == ACTION_MENU && item->icon == ICON_LANGUAGE
                  ? words_with(v, "bar.language", item->label, STR(""))
                  : item->label;
    b->states |= item->states;
    bool on = (b->states & (BOX_CHECKED | BOX_EXPANDED)) != 0;
    colour ink = (b->states & BOX_DISABLED) ? v->theme.quiet : on ? v->theme.accent : v->theme.ink;
    b->ground = (b->states & BOX_PRESSED) && !v->theme.high_contrast ? v->theme.panel : v->theme.ground;
    b->look.fill = (b->states & BOX_PRESSED) ? b->ground : COLOUR_NONE;
    if (on) {
        b->look.outline = v->theme.accent;
        b->look.hairline_top_px = px(v, 0.5);
    }
    int icon = labelled ? px(v, 4.5) : px(v, 6);
    const struct text_layout *label = labelled ? bar_label(v, item, where.w, ink) : NULL;
    int text = label != NULL ? text_measure(label).height_px + px(v, 0.5) : 0;
    int top = (where.h - icon - text) / 2;
    b->look.icon = item->icon;
    b->look.icon_ink = ink;
    b->look.icon_at = (struct rect){(where.w - icon) / 2, top, icon, icon};
    b->look.text = label;
    b->look.text_at = (struct point){0, top + icon + px(v, 0.5)};
    b->look.text_width_px = where.w;
}

void put_bar(struct view *v)
{
    struct size window = v->in->window;
    struct rect where = {0, window.h - v->bar_height, window.w, v->bar_height};
    struct bar_item items[BAR_ITEMS];
    int bar = put_group(v, v->root, BOX_BAR, where, words(v, "bar"), "bar");
    struct box *b = box_at(v, bar);
    b->look.fill = v->theme.ground;
    b->look.outline = v->theme.outline;
    b->look.hairline_top_px = px(v, 0.125) > 0 ? px(v, 0.125) : 1;
    bar_items(v, items);
    int side = v->portrait ? px(v, 1) : v->margin - px(v, 2);
    int cell = (window.w - 2 * side) / BAR_ITEMS;
    cell = cell > px(v, 20) ? px(v, 20) : cell;
    bool labelled = labels_fit(v, items, cell);
    for (int i = 0; i < BAR_ITEMS; i++) {
        int x = i < 2 ? side + i * cell : window.w - side - (BAR_ITEMS - i) * cell;
        put_bar_item(v, bar, &items[i], (struct rect){x, where.y, cell, where.h}, labelled);
    }
}

/* ---- menus: a short list above the button that opened it */

static int put_menu_list(struct view *v, const char *anchor, int count, const struct place_button *buttons,
    struct str name, const char *id)
{
    int from = box_find(v->tree, anchor);
    struct rect above = from >= 0 ? v->tree->boxes[from].rect : v->area;
    int width = px(v, 40), height = px(v, 2);
    for (int i = 0; i < count; i++) {
        int needed = button_width(v, &buttons[i]) + px(v, 4);
        width = needed > width ? needed : width;
        height += button_height(v, &buttons[i], needed);
    }
    int limit = v->in->window.w - 2 * px(v, 2);
    width = width < limit ? width : limit;
    bool from_bar = above.y >= v->in->window.h - v->bar_height;
    int x = above.x + above.w / 2 - width / 2, bottom = v->in->window.h - v->bar_height;
    x = x + width > v->in->window.w - px(v, 2) ? v->in->window.w - px(v, 2) - width : x;
    x = x < px(v, 2) ? px(v, 2) : x;
    int y = from_bar ? bottom - height - px(v, 1) : above.y + above.h;
    y = y + height > bottom ? bottom - height : y;
    y = y < 0 ? 0 : y;
    int panel = put_group(v, v->root, BOX_PANEL, (struct rect){x, y, width, height}, name, id);
    struct box *b = box_at(v, panel);
    b->states |= BOX_MODAL;
    b->look.fill = v->theme.panel;
    b->look.outline = v->theme.outline;
    b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    v->on = v->theme.panel;
    y += px(v, 1);
    for (int i = 0; i < count; i++) {
        int item = button_height(v, &buttons[i], width);
        put_button(v, panel, (struct rect){x + px(v, 1), y, width - px(v, 2), item}, &buttons[i],
            c_string(v, format(v, "%s.%d", id, i + 1)));
        y += item;
    }
    v->on = v->theme.ground;
    return panel;
}

static void put_language_menu(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    struct place_button buttons[32] = {0};
    int count = 0;
    for (size_t i = 0; i < head->language_count && count < 32; i++) {
        const char *tag = head->languages[i];
        bool now = strcmp(tag, v->language) == 0;
        buttons[count++] = (struct place_button){.kind = BUTTON_TAB,
            .icon_after = now ? ICON_CHECK : ICON_NONE,
            .label = interface_words(v->in->interface, tag, "language.name"),
            .style = STYLE_BODY,
            .verb = ACTION_LANGUAGE,
            .argument = str_from(tag),
            .states = now ? BOX_SELECTED : 0,
            .language = tag};
    }
    put_menu_list(v, "bar.language", count, buttons, words(v, "menu.language"), "menu.language");
}

static void put_size_menu(struct view *v)
{
    static const int sizes[] = {100, 125, 150, 200};
    struct place_button buttons[4] = {0};
    for (int i = 0; i < 4; i++) {
        bool now = v->visit->text_size == sizes[i];
        struct str percent = format(v, "%d", sizes[i]);
        buttons[i] = (struct place_button){.kind = BUTTON_TAB,
            .icon_after = now ? ICON_CHECK : ICON_NONE,
            .label = words_with(v, "menu.percent", percent, STR("")),
            .style = STYLE_BODY,
            .verb = ACTION_TEXT_SIZE,
            .argument = percent,
            .states = now ? BOX_SELECTED : 0};
    }
    put_menu_list(v, "bar.text-size", 4, buttons, words(v, "menu.text-size"), "menu.text-size");
}

/* What a pane can show: the page, and every layer in every language that it has. */
static void put_pane_menu(struct view *v, bool left)
{
    const struct document *document = exhibit_find_document(v->in->exhibit, v->visit->here.place.id);
    struct place_button buttons[32] = {0};
    const char *side = left ? "left" : "right";
    const struct visit_pane *pane = left ? &v->visit->here.left : &v->visit->here.right;
    int count = 0;
    if (document == NULL) {
        return;
    }
    if (document->page_count > 0 && v->visit->here.place.view == PLACE_PARALLEL) {
        buttons[count++] = (struct place_button){.kind = BUTTON_TAB,
            .label = words(v, "pane.page"),
            .style = STYLE_BODY,
            .verb = ACTION_PANE,
            .argument = format(v, "%s page", side),
            .states = strcmp(pane->shows, "page") == 0 ? BOX_SELECTED : 0};
    }
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        for (size_t t = 0; t < layer->text.count && count < 32; t++) {
            const char *tag =
                layer->text.texts[t].language != NULL ? layer->text.texts[t].language : v->language;
            struct str language = interface_words(v->in->interface, tag, "language.name");
            struct str shows = format(v, "%s.%s", layer->id, tag);
            buttons[count++] = (struct place_button){.kind = BUTTON_TAB,
                .label = words_with(v, "pane.layer", say(v, &layer->title, NULL), language),
                .style = STYLE_BODY,
                .verb = ACTION_PANE,
                .argument = format(v, "%s %.*s", side, STR_ARGS(shows)),
                .states = str_equal_c(shows, pane->shows) ? BOX_SELECTED : 0};
        }
    }
    put_menu_list(v, left ? "pane.left.choose" : "pane.right.choose", count, buttons, words(v, "menu.pane"),
        left ? "menu.left" : "menu.right");
}

void put_menu(struct view *v)
{
    switch (v->visit->menu) {
    case MENU_NONE:
        break;
    case MENU_LANGUAGE:
        put_language_menu(v);
        break;
    case MENU_TEXT_SIZE:
        put_size_menu(v);
        break;
    case MENU_LEFT:
    case MENU_RIGHT:
        put_pane_menu(v, v->visit->menu == MENU_LEFT);
        break;
    }
}
