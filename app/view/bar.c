/* The bar that never moves, and the menus that open from it. */
#include "internal.h"

#include "base/array.h"

#include <math.h>
#include <string.h>

#define BAR_ITEMS 7
#define BAR_START 2 /* of them stand at its start */

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
        .states = visit->high_contrast ? BOX_CHECKED : 0,
        .toggles = true};
    items[5] = (struct bar_item){.id = "bar.low-reach",
        .key = "bar.low-reach",
        .argument = "",
        .icon = ICON_LOW_REACH,
        .verb = ACTION_LOW_REACH,
        .states = visit->low_reach ? BOX_CHECKED : 0,
        .toggles = true};
    items[6] = (struct bar_item){.id = "bar.listen",
        .key = "bar.listen",
        .argument = "",
        .icon = ICON_LISTEN,
        .verb = ACTION_LISTEN,
        .states = visit->listening ? BOX_CHECKED : 0,
        .toggles = true};
    for (int i = 0; i < BAR_ITEMS; i++) {
        items[i].label = words(v, items[i].key);
    }
    items[2].name = words_with(v, "bar.language", items[2].label, STR(""));
}

/* The bar's labels grow less than the text: the bar keeps its height. They go, and the icons grow, where the
 * longest does not fit. */
static const struct text_layout *bar_label(
    const struct view *v, const struct bar_item *item, int width, colour ink)
{
    double scale = v->scale < 1.25 ? v->scale : 1.25;
    double size = fmax(2.4 * v->u, v->least_px[TEXT_SANS]) * scale;
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

static bool labels_fit(const struct view *v, const struct bar_item *items, int count, int width)
{
    for (int i = 0; i < count; i++) {
        const struct text_layout *layout = bar_label(v, &items[i], 0, v->theme.ink);
        if (layout == NULL || text_measure(layout).width_px > width - px(v, 1)) {
            return false;
        }
    }
    return true;
}

void put_bar_item(struct view *v, int bar, const struct bar_item *item, struct rect where, bool labelled)
{
    int box = box_add(v->tree, bar, BOX_BUTTON, where, "%s", item->id);
    set_action(v, box, item->verb, str_from(item->argument));
    struct box *b = box_at(v, box);
    b->name = item->name.length > 0 ? item->name : item->label;
    b->toggles = item->toggles;
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

static int bar_side(const struct view *v)
{
    return v->portrait ? px(v, 1) : v->margin - px(v, 2);
}

static int bar_cell(const struct view *v)
{
    int cell = (v->in->window.w - 2 * bar_side(v)) / BAR_ITEMS;
    return cell > px(v, 20) ? px(v, 20) : cell;
}

bool bar_has_room(const struct view *v)
{
    return v->in->window.w - 2 * bar_side(v) >= (BAR_ITEMS + LISTEN_ITEMS) * bar_cell(v);
}

/* Where the items of the bar's end begin. */
static int bar_end_x(const struct view *v)
{
    return v->in->window.w - bar_side(v) - (BAR_ITEMS - BAR_START) * bar_cell(v);
}

/* Between what leads away from here and what changes how it looks; nothing else moves for them. */
static void put_listen_items(struct view *v, int bar, struct rect where, bool labelled)
{
    struct bar_item items[LISTEN_ITEMS];
    int cell = bar_cell(v), x = bar_end_x(v) - LISTEN_ITEMS * cell;
    listen_items(v, items);
    labelled = labelled && labels_fit(v, items, LISTEN_ITEMS, cell);
    for (int i = 0; i < LISTEN_ITEMS; i++) {
        put_bar_item(v, bar, &items[i], (struct rect){x + i * cell, where.y, cell, where.h}, labelled);
    }
}

int put_band(
    struct view *v, enum box_role role, struct rect where, colour fill, struct str name, const char *id)
{
    int strip = put_group(v, v->root, role, where, name, id);
    struct box *b = box_at(v, strip);
    b->look.fill = fill;
    b->look.outline = v->theme.outline;
    b->look.hairline_top_px = px(v, 0.125) > 0 ? px(v, 0.125) : 1;
    return strip;
}

void put_bar(struct view *v)
{
    struct size window = v->in->window;
    struct rect where = {0, v->bottom - v->bar_height, window.w, v->bar_height};
    struct bar_item items[BAR_ITEMS];
    int bar = put_band(v, BOX_BAR, where, v->theme.ground, words(v, "bar"), "bar");
    bar_items(v, items);
    int cell = bar_cell(v);
    bool labelled = labels_fit(v, items, BAR_ITEMS, cell);
    for (int i = 0; i < BAR_ITEMS; i++) {
        int x = i < BAR_START ? bar_side(v) + i * cell : bar_end_x(v) + (i - BAR_START) * cell;
        if (i == BAR_START && listen_shown(v) && bar_has_room(v)) {
            put_listen_items(v, bar, where, labelled);
        }
        put_bar_item(v, bar, &items[i], (struct rect){x, where.y, cell, where.h}, labelled);
    }
}

/* ---- menus: a short list above the button that opened it */

struct menu_grid {
    int width, item; /* of a choice */
    int columns, rows;
};

static struct menu_grid menu_columns(
    struct view *v, int count, const struct place_button *buttons, int columns, int width)
{
    struct menu_grid grid = {.width = width, .columns = columns, .rows = (count + columns - 1) / columns};
    for (int i = 0; i < count; i++) {
        int item = button_height(v, &buttons[i], width);
        grid.item = item > grid.item ? item : grid.item;
    }
    return grid;
}

/* A menu's choices below one another; beside one another, in columns, where they would not fit that way.
 * Where the longest choice is too wide for that it stands in several lines. */
static struct menu_grid menu_grid(struct view *v, int count, const struct place_button *buttons, int room)
{
    int limit = v->in->window.w - 2 * px(v, 2) - 2 * px(v, 1), least = px(v, 38), width = 0;
    for (int i = 0; i < count; i++) {
        int needed = button_width(v, &buttons[i]) + px(v, 4);
        width = needed > width ? needed : width;
    }
    int first = width > least ? width : least;
    struct menu_grid best = menu_columns(v, count, buttons, 1, first < limit ? first : limit);
    for (int columns = 2; columns <= count && best.rows * best.item + px(v, 2) > room; columns++) {
        int most = limit / columns;
        if (most < width && most < least) {
            break;
        }
        struct menu_grid grid = menu_columns(v, count, buttons, columns, width < most ? width : most);
        best = grid.rows * grid.item < best.rows * best.item ? grid : best;
    }
    return best;
}

/* The type is as large as lets the menu stand above the bar: in low reach there is little room for it. */
static struct menu_grid fit_menu(struct view *v, int count, const struct place_button *buttons, int room)
{
    static const double smaller[] = {1.5, 1.25, 1.0};
    struct menu_grid grid = menu_grid(v, count, buttons, room);
    for (size_t i = 0; i < ARRAY_LENGTH(smaller) && grid.rows * grid.item + 2 * px(v, 1) > room; i++) {
        if (smaller[i] < v->scale) {
            v->scale = smaller[i];
            grid = menu_grid(v, count, buttons, room);
        }
    }
    return grid;
}

int put_menu_list(struct view *v, const char *anchor, int count, const struct place_button *buttons,
    struct str name, const char *id)
{
    int from = box_find(v->tree, anchor), pad = px(v, 1);
    struct rect above = from >= 0 ? v->tree->boxes[from].rect : v->area;
    bool from_bar = strncmp(anchor, "bar.", 4) == 0;
    int bottom = v->bottom - v->bar_height, top = v->visit->low_reach ? v->reach.y : 0;
    bottom = from_bar && above.y < bottom ? above.y : bottom;
    double scale = v->scale;
    struct menu_grid grid = fit_menu(v, count, buttons, bottom - top);
    int width = grid.columns * grid.width + 2 * pad, height = grid.rows * grid.item + 2 * pad;
    int x = above.x + above.w / 2 - width / 2;
    x = x + width > v->in->window.w - px(v, 2) ? v->in->window.w - px(v, 2) - width : x;
    x = x < px(v, 2) ? px(v, 2) : x;
    int y = from_bar ? bottom - height - pad : above.y + above.h;
    y = y + height > bottom ? bottom - height : y;
    y = y < top ? top : y;
    int panel = put_group(v, v->root, BOX_PANEL, (struct rect){x, y, width, height}, name, id);
    struct box *b = box_at(v, panel);
    b->states |= BOX_MODAL;
    b->look.fill = v->theme.panel;
    b->look.outline = v->theme.outline;
    b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    v->on = v->theme.panel;
    for (int i = 0; i < count; i++) {
        struct rect where = {
            x + pad + i / grid.rows * grid.width, y + pad + i % grid.rows * grid.item, grid.width, grid.item};
        put_button(v, panel, where, &buttons[i], c_string(v, format(v, "%s.%d", id, i + 1)));
    }
    v->on = v->theme.ground;
    v->scale = scale;
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

static struct place_button switch_of(const struct view *v, const char *key, enum action_verb verb, bool on)
{
    return (struct place_button){.kind = BUTTON_TAB,
        .icon_after = on ? ICON_CHECK : ICON_NONE,
        .label = words(v, key),
        .style = STYLE_BODY,
        .verb = verb,
        .states = on ? BOX_CHECKED : 0};
}

/* Sizes of text, and what else is for the eyes and hands and has no button of its own on the bar. */
static void put_size_menu(struct view *v)
{
    static const int sizes[] = {100, 125, 150, 200};
    struct place_button buttons[6] = {0};
    int count = 4;
    for (int i = 0; i < count; i++) {
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
    buttons[count++] = switch_of(v, "menu.calm", ACTION_MOTION, v->visit->reduced_motion);
    if (visit_offers_shortcuts(v->visit)) {
        buttons[count++] = switch_of(v, "menu.no-shortcuts", ACTION_SHORTCUTS, v->visit->no_shortcuts);
    }
    put_menu_list(v, "bar.text-size", count, buttons, words(v, "menu.text-size"), "menu.text-size");
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
    case MENU_SPEED:
    case MENU_VOLUME:
        put_listen_menu(v, v->visit->menu == MENU_SPEED);
        break;
    }
}
