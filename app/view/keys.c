/* The keyboard on the screen: rows of keys, or words to pick from, over the row of space and the like.
 *
 *     words      毛泽东 苏联 ...          where words are picked
 *     keys       й ц у к е н ...        of the layout, shifted, or digits
 *     below      ⇧ 123 ABC [ space ] ⌫ × ⌄
 */
#include "internal.h"

#include <math.h>
#include <string.h>

const struct keyboard *view_keyboard(const struct keyboards *keyboards, const struct visit *visit)
{
    const char *layout = visit->search.layout;
    return keyboards_find(keyboards, layout[0] != '\0' ? layout : visit->language);
}

struct board {
    const struct keyboard *keyboard; /* what is typed on now; digits included */
    const struct keyboard *layout;   /* what the letters are of */
    const struct keyboard_row *rows;
    int row_count, columns;
    bool words;  /* there are words to pick from */
    bool filled; /* they take the place of keys */
};

static struct board board_of(const struct view *v)
{
    const struct view_search *search = v->in->search;
    struct board b = {.layout = search != NULL ? view_keyboard(search->keyboards, v->visit) : NULL};
    if (b.layout == NULL) {
        return b;
    }
    b.keyboard = v->visit->search.digits ? keyboards_digits(search->keyboards) : b.layout;
    bool shifted = v->visit->search.shift && b.keyboard->shifted_count > 0;
    b.rows = shifted ? b.keyboard->shifted : b.keyboard->rows;
    b.row_count = (int)b.keyboard->row_count;
    for (int r = 0; r < b.row_count; r++) {
        b.columns = (int)b.rows[r].count > b.columns ? (int)b.rows[r].count : b.columns;
    }
    b.filled = b.row_count == 0;
    b.words = b.filled ||
              search_picks_words(
                  v->visit->search.layout[0] != '\0' && b.layout->words ? b.layout->language : v->language);
    return b;
}

static int rows_of(const struct view *v, const struct board *b, int most)
{
    int rows = 1 + (b->filled ? 3 : b->row_count);
    /* The words have a row of their own where there is room for it. */
    return rows + (b->words && !b->filled && (rows + 1) * (v->target + 2) <= most ? 1 : 0);
}

int keys_height(const struct view *v, int most)
{
    struct board b = board_of(v);
    int rows = rows_of(v, &b, most), pitch = px(v, 9) > v->target + 2 ? px(v, 9) : v->target + 2;
    if (b.layout == NULL) {
        return 0;
    }
    int height = rows * pitch + px(v, 0.75);
    return height < most ? height : most;
}

/* ---- one key */

/* Letters grow with the text size as far as the key's height allows. */
static const struct text_layout *key_label(
    const struct view *v, const struct place_key *key, int width, int height, colour ink)
{
    double size = 3.5 * v->u * v->scale, most = height * 0.46;
    size = size < most ? size : most;
    size = size > v->least_px[TEXT_SANS] ? size : v->least_px[TEXT_SANS];
    struct text_span span = {.text = key->label, .ink = ink};
    struct text_spec spec = {.spans = &span,
        .span_count = 1,
        .language = key->language != NULL ? key->language : v->language,
        .face = TEXT_SANS,
        .size_px = size,
        .line_px = size * 1.3,
        .width_px = width,
        .align = TEXT_CENTRE,
        .max_lines = 1};
    const struct text_layout *layout = text_lay_out(v->in->text, &spec);
    if (layout == NULL) {
        v->tree->failed = true;
    }
    return layout;
}

int key_width(const struct view *v, const struct place_key *key, int height)
{
    const struct text_layout *layout = key_label(v, key, 0, height, v->theme.ink);
    int width = (layout != NULL ? text_measure(layout).width_px + 1 : 0) + px(v, 3);
    return width > v->target ? width : v->target;
}

void put_key(struct view *v, int parent, struct rect where, const struct place_key *key, const char *id)
{
    const struct theme *t = &v->theme;
    int box = box_add(v->tree, parent, BOX_BUTTON, where, "%s", id);
    set_action(v, box, key->verb, key->argument);
    struct box *b = box_at(v, box);
    b->name = key->name.length > 0 ? key->name : key->label;
    b->language = key->language;
    b->states |= key->states;
    bool pressed = (b->states & BOX_PRESSED) != 0, on = (b->states & (BOX_CHECKED | BOX_SELECTED)) != 0;
    colour ink = (b->states & BOX_DISABLED) ? t->quiet : key->quiet || on ? t->accent : t->ink;
    b->look.fill = pressed && t->high_contrast ? COLOUR_RGB(0x333333) : pressed ? t->highlight : t->panel;
    if (key->quiet && !pressed) {
        b->look.fill = t->ground;
    }
    b->look.outline = on ? t->accent : t->outline;
    b->look.outline_px = px(v, on ? 0.375 : 0.125) > 0 ? px(v, on ? 0.375 : 0.125) : 1;
    b->ground = b->look.fill;
    if (key->label.length == 0) {
        int icon = px(v, 4.5) < where.h / 2 ? px(v, 4.5) : where.h / 2;
        b->look.icon = key->icon;
        b->look.icon_at = (struct rect){(where.w - icon) / 2, (where.h - icon) / 2, icon, icon};
        b->look.icon_ink = ink;
        return;
    }
    const struct text_layout *layout = key_label(v, key, where.w - px(v, 0.5), where.h, ink);
    if (layout != NULL) {
        b->look.text = layout;
        b->look.text_at = (struct point){px(v, 0.25), (where.h - text_measure(layout).height_px) / 2};
        b->look.text_width_px = where.w - px(v, 0.5);
    }
}

/* A keyboard is the same way round in every language: what view_build() mirrors is mirrored here before. */
static struct rect unmirrored(const struct view *v, struct rect where)
{
    if (v->tree->rtl) {
        where.x = v->in->window.w - where.x - where.w;
    }
    return where;
}

/* ---- rows */

static int gap_of(const struct view *v, int pitch)
{
    int most = pitch - v->target, wanted = px(v, 0.75) > 2 ? px(v, 0.75) : 2;
    return most < 0 ? 0 : most < wanted ? most : wanted;
}

static void put_letters(struct view *v, int parent, const struct board *b, struct rect where, int pitch)
{
    int room = where.w / (b->columns > 0 ? b->columns : 1), wide = px(v, 12);
    int across = room < wide ? room : wide, gap = gap_of(v, pitch < across ? pitch : across);
    for (int r = 0; r < b->row_count; r++) {
        int count = (int)b->rows[r].count, x = where.x + (where.w - count * across) / 2;
        for (int k = 0; k < count; k++) {
            struct place_key key = {
                .label = b->rows[r].keys[k], .verb = ACTION_TYPE, .argument = b->rows[r].keys[k]};
            key.language = b->keyboard == b->layout ? b->layout->language : NULL;
            struct rect at = {x + k * across, where.y + r * pitch, across - gap, pitch - gap};
            put_key(v, parent, unmirrored(v, at), &key, c_string(v, format(v, "key.%d.%d", r + 1, k + 1)));
        }
    }
}

/* The keyboards in the order in which the key goes through them: the screen's language, Latin letters, the
 * others. NULL: no other one. */
static const struct keyboard *next_layout(const struct view *v, const struct board *b)
{
    const struct keyboards *all = v->in->search->keyboards;
    const struct keyboard *own = keyboards_find(all, v->language), *latin = keyboards_find(all, "en");
    size_t count = keyboards_count(all);
    bool here = b->layout == own && latin == own, after_latin = b->layout == latin || here;
    if (b->layout == own && latin != own) {
        return latin;
    }
    for (size_t i = 0; i < count; i++) {
        const struct keyboard *keyboard = keyboards_get(all, i);
        if (keyboard != own && keyboard != latin && after_latin) {
            return keyboard;
        }
        after_latin = after_latin || keyboard == b->layout;
    }
    return own != b->layout ? own : NULL;
}

#define BELOW_MAX 8

struct below {
    struct place_key keys[BELOW_MAX];
    const char *ids[BELOW_MAX];
    int count;
};

static void add_below(struct below *row, struct place_key key, const char *id)
{
    key.quiet = key.verb != ACTION_TYPE;
    row->ids[row->count] = id;
    row->keys[row->count++] = key;
}

static struct below below_of(const struct view *v, const struct board *b)
{
    const struct visit_search *search = &v->visit->search;
    const struct keyboard *next = next_layout(v, b);
    unsigned nothing = search->query[0] == '\0' ? BOX_DISABLED : 0;
    struct below row = {.count = 0};
    if (b->keyboard->shifted_count > 0) {
        add_below(&row,
            (struct place_key){.icon = ICON_SHIFT,
                .name = words(v, "key.shift"),
                .verb = ACTION_KEYBOARD,
                .argument = STR("shift"),
                .states = search->shift ? BOX_CHECKED : 0},
            "key.shift");
    }
    add_below(&row,
        (struct place_key){
            .label = search->digits ? b->layout->name : keyboards_digits(v->in->search->keyboards)->name,
            .language = search->digits ? b->layout->language : NULL,
            .name = words(v, search->digits ? "key.letters" : "key.digits"),
            .verb = ACTION_KEYBOARD,
            .argument = STR("digits")},
        "key.digits");
    if (next != NULL) {
        add_below(&row,
            (struct place_key){.label = next->name,
                .language = next->language,
                .name = words_with(v, "key.layout", next->name, STR("")),
                .verb = ACTION_KEYBOARD,
                .argument = format(v, "layout %s", next->language)},
            "key.layout");
    }
    add_below(&row,
        (struct place_key){.label = words(v, "key.space"),
            .verb = ACTION_KEYBOARD,
            .argument = STR("space"),
            .states = nothing},
        "key.space");
    add_below(&row,
        (struct place_key){.icon = ICON_ERASE,
            .name = words(v, "key.erase"),
            .verb = ACTION_KEYBOARD,
            .argument = STR("erase"),
            .states = nothing},
        "key.erase");
    add_below(&row,
        (struct place_key){.icon = ICON_CLOSE,
            .name = words(v, "key.clear"),
            .verb = ACTION_KEYBOARD,
            .argument = STR("clear"),
            .states = nothing},
        "key.clear");
    add_below(&row,
        (struct place_key){.icon = ICON_CHEVRON_DOWN,
            .name = words(v, "key.hide"),
            .verb = ACTION_KEYBOARD,
            .argument = STR("hide")},
        "key.hide");
    return row;
}

/* The space takes what the others leave. */
static void put_below(struct view *v, int parent, const struct board *b, struct rect where)
{
    struct below row = below_of(v, b);
    int widths[BELOW_MAX], sum = 0, gap = gap_of(v, where.h), most = px(v, 110);
    int height = where.h - gap;
    if (where.w > most) {
        where.x += (where.w - most) / 2;
        where.w = most;
    }
    int fair = (where.w - (row.count - 1) * gap) / row.count;
    for (int i = 0; i < row.count; i++) {
        bool space = strcmp(row.ids[i], "key.space") == 0;
        int width = key_width(v, &row.keys[i], height), wide = px(v, 13);
        width = width > wide || space ? width : wide;
        width = width < fair ? width : fair;
        widths[i] = space ? 0 : width;
        sum += widths[i] + (i > 0 ? gap : 0);
    }
    for (int i = 0, x = where.x; i < row.count; i++) {
        widths[i] = widths[i] == 0 ? where.w - sum : widths[i];
        put_key(
            v, parent, unmirrored(v, (struct rect){x, where.y, widths[i], height}), &row.keys[i], row.ids[i]);
        x += widths[i] + gap;
    }
}

/* ---- words to pick from: in lines that scroll */

struct picks {
    int *first; /* words that begin a line; one more for the end */
    int lines, width, pitch, gap;
};

static struct place_key pick_of(const struct search_word *word)
{
    return (struct place_key){.label = word->text,
        .verb = word->first ? ACTION_TYPE : ACTION_PICK,
        .argument = word->text,
        .quiet = !word->first};
}

static int put_pick_line(struct view *v, int region, int line, struct rect where, void *context)
{
    const struct picks *p = context;
    int x = where.x;
    for (int i = p->first[line]; i < p->first[line + 1]; i++) {
        struct place_key key = pick_of(&v->in->search->words[i]);
        key.quiet = false;
        int width = key_width(v, &key, p->pitch - p->gap);
        width = width < p->width ? width : p->width;
        put_key(v, region, (struct rect){x, where.y, width, p->pitch - p->gap}, &key,
            c_string(v, format(v, "pick.%d", i + 1)));
        x += width + p->gap;
    }
    return p->pitch;
}

static void put_picks(struct view *v, int parent, struct rect where, int pitch)
{
    int count = (int)v->in->search->word_count, x = 0, right = v->target + px(v, 1) + px(v, 2);
    struct picks p = {.pitch = pitch, .gap = gap_of(v, pitch), .width = where.w - right};
    p.first = arena_take_array(v->tree->arena, (size_t)count + 2, sizeof *p.first);
    if (p.first == NULL) {
        v->tree->failed = true;
        return;
    }
    for (int i = 0; i < count; i++) {
        struct place_key key = pick_of(&v->in->search->words[i]);
        int width = key_width(v, &key, pitch - p.gap);
        bool characters = i > 0 && v->in->search->words[i].first != v->in->search->words[i - 1].first;
        if (i == 0 || x + width > p.width || characters) {
            p.first[p.lines++] = i;
            x = 0;
        }
        x += width + p.gap;
    }
    p.first[p.lines] = count;
    struct flow flow = {.scroller = SCROLLER_SIDE,
        .id = "picks",
        .name = words(v, "search.words"),
        .count = p.lines,
        .put = put_pick_line,
        .context = &p,
        .pad_side = px(v, 2)};
    put_flow(v, parent, where, &flow);
}

/* As many as fit on one line, where the keys stand below. */
static void put_pick_row(struct view *v, int parent, struct rect where)
{
    int gap = gap_of(v, where.h), x = where.x, count = (int)v->in->search->word_count;
    for (int i = 0; i < count; i++) {
        struct place_key key = pick_of(&v->in->search->words[i]);
        int width = key_width(v, &key, where.h - gap);
        if (x + width > where.x + where.w || v->in->search->words[i].first) {
            break;
        }
        put_key(v, parent, (struct rect){x, where.y, width, where.h - gap}, &key,
            c_string(v, format(v, "pick.%d", i + 1)));
        x += width + gap;
    }
}

void put_keys(struct view *v, struct rect where)
{
    struct board b = board_of(v);
    if (b.layout == NULL) {
        return;
    }
    int rows = rows_of(v, &b, where.h), pad = px(v, 0.75), side = px(v, 2);
    int pitch = (where.h - pad) / rows;
    int board = put_band(v, BOX_GROUP, where, v->theme.ground, words(v, "search.keyboard"), "keyboard");
    struct rect inner = {where.x + side, where.y + pad, where.w - 2 * side, where.h - pad};
    if (b.filled) {
        int words_h = inner.h - pitch;
        put_picks(v, board, (struct rect){where.x, inner.y, where.w, words_h}, pitch);
        inner.y += words_h;
    } else {
        if (rows > b.row_count + 1) {
            put_pick_row(v, board, (struct rect){inner.x, inner.y, inner.w, pitch});
            inner.y += pitch;
        }
        put_letters(v, board, &b, inner, pitch);
        inner.y += b.row_count * pitch;
    }
    put_below(v, board, &b, (struct rect){inner.x, inner.y, inner.w, pitch});
}
