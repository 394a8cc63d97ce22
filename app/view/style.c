/* Measure, colours and words; and placing single texts and buttons. */
#include "internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define U_PER_EDGE 135.0 /* units of u in the screen's shorter edge */

static const struct theme paper = {
    .ground = COLOUR_RGB(0xF5F1E8),
    .panel = COLOUR_RGB(0xEAE3D5),
    .ink = COLOUR_RGB(0x1E1B16),
    .quiet = COLOUR_RGB(0x5A5347),
    .outline = COLOUR_RGB(0x7D7362),
    .accent = COLOUR_RGB(0xA32A1C),
    .on_accent = COLOUR_RGB(0xF5F1E8),
    .highlight = COLOUR_RGB(0xF2DFA6),
    .highlight_ink = COLOUR_RGB(0x1E1B16),
    .table = COLOUR_RGB(0x1E1B16),
    .table_ink = COLOUR_RGB(0xF5F1E8),
    .table_quiet = COLOUR_RGB(0xD8CDB8),
    .high_contrast = false,
};

static const struct theme contrast = {
    .ground = COLOUR_RGB(0x000000),
    .panel = COLOUR_RGB(0x000000),
    .ink = COLOUR_RGB(0xFFFFFF),
    .quiet = COLOUR_RGB(0xFFFFFF),
    .outline = COLOUR_RGB(0xFFFFFF),
    .accent = COLOUR_RGB(0xFFD400),
    .on_accent = COLOUR_RGB(0x000000),
    .highlight = COLOUR_RGB(0xFFD400),
    .highlight_ink = COLOUR_RGB(0xFFFFFF),
    .table = COLOUR_RGB(0x000000),
    .table_ink = COLOUR_RGB(0xFFFFFF),
    .table_quiet = COLOUR_RGB(0xFFFFFF),
    .high_contrast = true,
};

struct measure {
    double size, line; /* u, and times the size */
    double growth;     /* how much of the text size it takes: large type grows less */
    enum text_face face;
    unsigned flags;
    double letter; /* letter-spacing, em */
};

static const struct measure measures[STYLE_COUNT] = {
    [STYLE_DISPLAY] = {9.5, 1.1, 0.35, TEXT_SERIF, 0, 0},
    [STYLE_HEADING] = {6.0, 1.2, 0.5, TEXT_SERIF, 0, 0},
    [STYLE_SUBHEADING] = {3.75, 1.35, 1.0, TEXT_SERIF, TEXT_BOLD, 0},
    [STYLE_LEAD] = {4.5, 1.4, 0.9, TEXT_SERIF, 0, 0},
    [STYLE_BODY] = {3.75, 1.5, 1.0, TEXT_SERIF, 0, 0},
    [STYLE_LABEL] = {2.75, 1.3, 1.0, TEXT_SANS, 0, 0.02},
    [STYLE_SOURCE] = {3.5, 1.5, 1.0, TEXT_TYPEWRITER, 0, 0},
};

#define TARGET_MM 20.0
#define SEEN_UNDER_DEGREES 0.7 /* EN 301 549, 5.1.4 */
#define REACH_LOW_MM 380.0
#define REACH_HIGH_MM 1220.0 /* EN 301 549, 8.3 */

double view_cap_px(const struct view_display *display)
{
    const double half = SEEN_UNDER_DEGREES / 2 * 3.14159265358979323846 / 180;
    return display->millimetres_per_px > 0 && display->distance_mm > 0
               ? 2 * display->distance_mm * tan(half) / display->millimetres_per_px
               : 0;
}

void view_reach(const struct view_display *display, int height, int *top, int *bottom)
{
    *top = 0;
    *bottom = height;
    if (display->placed && display->millimetres_per_px > 0) {
        double above = (REACH_HIGH_MM - display->floor_mm) / display->millimetres_per_px;
        double below = (REACH_LOW_MM - display->floor_mm) / display->millimetres_per_px;
        *top = above < 0 ? height : above < height ? height - (int)floor(above) : 0;
        *bottom = below > height ? 0 : below > 0 ? height - (int)ceil(below) : height;
    }
}

void style_init(struct view *v)
{
    struct size window = v->in->window;
    int shorter = window.w < window.h ? window.w : window.h;
    v->u = fmax(shorter, U_PER_EDGE) / U_PER_EDGE; /* what nothing fits into is laid out as 135 px wide */
    v->scale = v->visit->text_size / 100.0;
    v->portrait = window.h > window.w;
    v->theme = v->visit->high_contrast ? contrast : paper;
    v->margin = px(v, 6);
    v->gutter = px(v, 3);
    double millimetres = v->in->display.millimetres_per_px;
    v->target = millimetres > 0 ? (int)ceil(TARGET_MM / millimetres) : (int)ceil(0.06 * shorter);
    v->target =
        v->target < shorter / 5 ? v->target : shorter / 5; /* a wrong measure must not fill the screen */
    if (v->target < 44) {
        v->target = 44;
    }
    v->bar_height = px(v, 12) > v->target + px(v, 1) ? px(v, 12) : v->target + px(v, 1);
    int top;
    view_reach(&v->in->display, window.h, &top, &v->bottom);
    v->bottom = !v->visit->low_reach ? window.h : v->bottom > window.h / 2 ? v->bottom : window.h / 2;
    v->bar_top = v->bottom - v->bar_height - classroom_height(v);
    v->on = v->theme.ground;
}

void style_least(struct view *v)
{
    double cap = view_cap_px(&v->in->display), most = v->u * 13.5; /* a wrong measure leaves ten lines */
    for (int face = 0; cap > 0 && face < TEXT_FACES; face++) {
        struct text_span span = {.text = STR("H"), .ink = v->theme.ink};
        struct text_spec spec = {
            .spans = &span, .span_count = 1, .language = "en", .face = (enum text_face)face, .size_px = 100};
        const struct text_layout *layout = text_lay_out(v->in->text, &spec);
        double height = layout != NULL ? text_measure(layout).cap_px / 100 : 0;
        v->least_px[face] = height > 0 ? fmin(cap / height, most) : 0;
    }
}

int px(const struct view *v, double units)
{
    return (int)lround(units * v->u);
}

int text_px(const struct view *v, double units)
{
    return (int)lround(units * v->u * v->scale);
}

double style_size(const struct view *v, enum style style)
{
    const struct measure *m = &measures[style];
    double least = v->least_px[m->face];
    return fmax(fmax(m->size * v->u, least) * (1.0 + (v->scale - 1.0) * m->growth), least);
}

enum text_face style_face(enum style style)
{
    return measures[style].face;
}

double style_line(const struct view *v, enum style style, const char *language)
{
    const char *of = language != NULL ? language : v->language;
    return style_size(v, style) * script_line(of, measures[style].line, style == STYLE_LABEL);
}

int style_measure_in(const struct view *v, enum style style, const char *language, int characters)
{
    return (int)lround(style_size(v, style) * script_width(language, characters));
}

int style_measure(const struct view *v, enum style style, int characters)
{
    return style_measure_in(v, style, v->language, characters);
}

struct str words(const struct view *v, const char *key)
{
    return interface_words(v->in->interface, v->language, key);
}

struct str words_with(const struct view *v, const char *key, struct str a, struct str b)
{
    struct str values[2] = {a, b};
    return interface_format(v->in->interface, v->language, key, v->tree->arena, values, 2);
}

struct str number(const struct view *v, long n)
{
    return format(v, "%ld", n);
}

struct str words_count(const struct view *v, const char *key, long n)
{
    return interface_count(v->in->interface, v->language, key, v->tree->arena, n, number(v, n));
}

struct str date_words(const struct view *v, struct date date)
{
    return interface_date(v->in->interface, v->language, date, v->tree->arena);
}

struct str say(const struct view *v, const struct string *string, const char **language)
{
    return exhibit_string(v->in->exhibit, string, v->language, language);
}

struct str format(const struct view *v, const char *pattern, ...)
{
    va_list arguments;
    size_t length = 0;
    va_start(arguments, pattern);
    char *text = arena_print(v->tree->arena, &length, pattern, arguments);
    va_end(arguments);
    if (text == NULL) {
        v->tree->failed = true;
        return STR("");
    }
    return (struct str){text, length};
}

const char *c_string(const struct view *v, struct str s)
{
    struct str copy = arena_copy(v->tree->arena, s);
    if (copy.data == NULL) {
        v->tree->failed = true;
        return "";
    }
    return copy.data;
}

struct box *box_at(const struct view *v, int box)
{
    return box >= 0 ? &v->tree->boxes[box] : v->scrap;
}

int box_height(const struct view *v, int box)
{
    return box >= 0 ? v->tree->boxes[box].rect.h : 0;
}

int box_bottom(const struct view *v, int box)
{
    return box >= 0 ? v->tree->boxes[box].rect.y + v->tree->boxes[box].rect.h : 0;
}

const struct text_layout *lay(const struct view *v, enum style style, struct str text, const char *language,
    int width, unsigned flags, colour ink, enum text_align align, int max_lines)
{
    const struct measure *m = &measures[style];
    struct text_span span = {
        .text = text, .flags = flags | m->flags, .ink = ink != COLOUR_NONE ? ink : v->theme.ink};
    double size = style_size(v, style);
    if (align != TEXT_CENTRE) { /* a name in another script stands where the others do */
        align = (align == TEXT_START) == v->tree->rtl ? TEXT_RIGHT : TEXT_LEFT;
    }
    struct text_spec spec = {
        .spans = &span,
        .span_count = 1,
        .language = language != NULL ? language : v->language,
        .face = m->face,
        .size_px = size,
        .line_px = style_line(v, style, language),
        .letter_px = m->letter * size,
        .width_px = width,
        .align = align,
        .max_lines = max_lines,
        .rtl_default = v->tree->rtl,
    };
    const struct text_layout *layout = text_lay_out(v->in->text, &spec);
    if (layout == NULL) {
        v->tree->failed = true;
    }
    return layout;
}

/* The widest of the words that spaces divide: narrower, and a word would be broken. Chinese and Japanese
 * words break anywhere. */
static int widest_word(const struct view *v, const struct place_text *text)
{
    const char *language = text->language != NULL ? text->language : v->language;
    int widest = 0;
    if (strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0) {
        return 0;
    }
    for (size_t from = 0; from < text->text.length;) {
        size_t length = str_find(str_slice(text->text, from, text->text.length), ' ');
        const struct text_layout *word = lay(v, text->style, str_slice(text->text, from, from + length),
            text->language, 0, text->flags, text->ink, TEXT_START, 0);
        int width = word != NULL ? text_measure(word).width_px + 1 : 0;
        widest = width > widest ? width : widest;
        from += length + 1;
    }
    return widest;
}

/* The least width in which a title stands in as many lines as in `width`: its lines are about as long as one
 * another, and no word stands alone on the last. */
static int balanced_width(const struct view *v, const struct place_text *text, int width)
{
    const struct text_layout *layout =
        lay(v, text->style, text->text, text->language, width, text->flags, text->ink, TEXT_START, 0);
    int lines = layout != NULL ? text_measure(layout).line_count : 1, step = px(v, 1) > 0 ? px(v, 1) : 1;
    int least = lines > 1 ? widest_word(v, text) : width;
    for (int low = least > width / 2 ? least : width / 2, high = width; lines > 1 && high - low > step;) {
        int middle = (low + high) / 2;
        layout =
            lay(v, text->style, text->text, text->language, middle, text->flags, text->ink, TEXT_START, 0);
        bool same = layout != NULL && text_measure(layout).line_count <= lines;
        width = same ? middle : width;
        high = same ? middle : high;
        low = same ? low : middle;
    }
    return width;
}

int put_text(struct view *v, int parent, struct rect where, struct place_text text, const char *id)
{
    bool title = text.style == STYLE_DISPLAY || text.style == STYLE_HEADING || text.style == STYLE_SUBHEADING;
    int width = title && text.align == TEXT_START ? balanced_width(v, &text, where.w) : where.w;
    const struct text_layout *layout =
        lay(v, text.style, text.text, text.language, width, text.flags, text.ink, text.align, text.max_lines);
    if (layout == NULL) {
        return -1;
    }
    struct text_metrics m = text_measure(layout);
    int ink_bottom = m.ink.y + m.ink.h; /* tight display lines: the last one's descenders belong to the box */
    where.h = m.height_px > ink_bottom ? m.height_px : ink_bottom;
    int box = box_add(v->tree, parent, text.role, where, "%s", id);
    struct box *b = box_at(v, box);
    b->name = text.text;
    b->language = text.language;
    b->look.text = layout;
    b->look.text_width_px = width;
    b->ground = v->on;
    return box;
}

int put_group(
    struct view *v, int parent, enum box_role role, struct rect where, struct str name, const char *id)
{
    int box = box_add(v->tree, parent, role, where, "%s", id);
    box_at(v, box)->name = name;
    box_at(v, box)->ground = v->on;
    return box;
}

void set_action(struct view *v, int box, enum action_verb verb, struct str argument)
{
    struct box *b = box_at(v, box);
    b->action.verb = (int)verb;
    b->action.word = action_word(verb);
    b->action.argument = argument.length > 0 ? arena_copy(v->tree->arena, argument) : STR("");
    if (v->in->pressed != NULL && b->id != NULL && strcmp(v->in->pressed, b->id) == 0) {
        b->states |= BOX_PRESSED;
    }
}

/* ---- buttons */

static int icon_px(const struct view *v, const struct place_button *button)
{
    return (int)lround(style_size(v, button->style) * 1.15);
}

static int button_pad(const struct view *v, const struct place_button *button)
{
    return button->kind == BUTTON_TAB ? px(v, 2) : px(v, 2.5);
}

static int icons_width(const struct view *v, const struct place_button *button)
{
    int width = 0, gap = px(v, 1.25);
    width += button->icon != ICON_NONE ? icon_px(v, button) + gap : 0;
    width += button->icon_after != ICON_NONE ? icon_px(v, button) + gap : 0;
    return width;
}

int button_width(const struct view *v, const struct place_button *button)
{
    int width = 2 * button_pad(v, button);
    if (button->label.length == 0) {
        width += icon_px(v, button);
    } else {
        const struct text_layout *layout =
            lay(v, button->style, button->label, button->language, 0, 0, v->theme.ink, TEXT_START, 1);
        /* a line has room for the space behind its last letter too */
        int after = (int)ceil(measures[button->style].letter * style_size(v, button->style));
        width += icons_width(v, button) + (layout != NULL ? text_measure(layout).width_px + 1 + after : 0);
    }
    return width > v->target ? width : v->target;
}

static const struct text_layout *button_label(
    const struct view *v, const struct place_button *button, int width, colour ink)
{
    int room = width - 2 * button_pad(v, button) - icons_width(v, button);
    room = room > 1 ? room : 1;
    struct str label =
        excerpt(v, button->style, button->label, button->language, room, button->excerpt_lines);
    return lay(v, button->style, label, button->language, room, 0, ink, TEXT_START, 0);
}

int button_height(const struct view *v, const struct place_button *button, int width)
{
    int height = v->target;
    if (button->label.length > 0) {
        const struct text_layout *layout = button_label(v, button, width, v->theme.ink);
        int needed = (layout != NULL ? text_measure(layout).height_px : 0) + px(v, 3);
        height = needed > height ? needed : height;
    }
    return height;
}

static void dress(const struct view *v, struct box *b, const struct place_button *button, colour *ink)
{
    const struct theme *t = &v->theme;
    bool chosen = (b->states & (BOX_SELECTED | BOX_CHECKED)) != 0;
    b->look.fill = COLOUR_NONE;
    *ink = t->accent;
    switch (button->kind) {
    case BUTTON_PRIMARY:
        b->look.fill = t->accent;
        *ink = t->on_accent;
        break;
    case BUTTON_OUTLINED:
        b->look.fill = t->panel;
        b->look.outline = t->outline;
        b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
        break;
    case BUTTON_TAB:
        *ink = chosen ? t->ink : t->accent;
        break;
    case BUTTON_PLAIN:
        break;
    }
    if (b->states & BOX_PRESSED) {
        b->look.fill = button->kind == BUTTON_PRIMARY ? t->ink
                       : t->high_contrast             ? COLOUR_RGB(0x333333)
                                                      : t->panel;
        if (button->kind == BUTTON_PRIMARY) {
            *ink = t->ground;
        }
    }
    if (b->states & BOX_DISABLED) {
        *ink = t->quiet;
    }
    b->ground = b->look.fill != COLOUR_NONE ? b->look.fill : v->on;
}

int put_button(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id)
{
    int box = box_add(v->tree, parent, button->kind == BUTTON_TAB ? BOX_TAB : BOX_BUTTON, where, "%s", id);
    set_action(v, box, button->verb, button->argument);
    struct box *b = box_at(v, box);
    b->name = button->name.length > 0 ? button->name : button->label;
    b->language = button->language;
    b->states |= button->states;
    colour ink;
    dress(v, b, button, &ink);
    int pad = button_pad(v, button), icon = icon_px(v, button), gap = px(v, 1.25);
    if (button->label.length == 0) {
        int most =
            (where.w < where.h ? where.w : where.h) * 6 / 10; /* air around it, however large the text */
        icon = icon < most ? icon : most;
        b->look.icon = button->icon;
        b->look.icon_at = (struct rect){(where.w - icon) / 2, (where.h - icon) / 2, icon, icon};
        b->look.icon_ink = ink;
        return box;
    }
    const struct text_layout *layout = button_label(v, button, where.w, ink);
    int text_x = pad;
    if (button->icon != ICON_NONE) {
        b->look.icon = button->icon;
        b->look.icon_at = (struct rect){pad, (where.h - icon) / 2, icon, icon};
        text_x += icon + gap;
    } else if (button->icon_after != ICON_NONE) {
        b->look.icon = button->icon_after;
        b->look.icon_at = (struct rect){where.w - pad - icon, (where.h - icon) / 2, icon, icon};
    }
    b->look.icon_ink = ink;
    if (layout != NULL) {
        b->look.text = layout;
        b->look.text_at = (struct point){text_x, (where.h - text_measure(layout).height_px) / 2};
        b->look.text_width_px = where.w - 2 * pad - icons_width(v, button);
    }
    return box;
}

static bool put_here(struct view *v, int parent, struct rect where, const struct place_button *button,
    const char *id, void (*below)(struct view *v, const struct place_button *button, const char *id))
{
    if (v->visit->low_reach && !rect_empty(v->reach)) {
        below(v, button, id);
        return false;
    }
    put_button(v, parent, where, button, id);
    return true;
}

bool put_way_on(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id)
{
    return put_here(v, parent, where, button, id, reach_add);
}

bool put_control(
    struct view *v, int parent, struct rect where, const struct place_button *button, const char *id)
{
    return put_here(v, parent, where, button, id, reach_add_control);
}
