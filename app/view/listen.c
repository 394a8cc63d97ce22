/* While somebody listens: speed and volume, the caption of what cannot be heard, and the sentence that is
 * spoken. */
#include "internal.h"

#include <math.h>
#include <string.h>

#define SENTENCE 160 /* letters, as voice_sentence() cuts them */
#define MARKS_MAX 64

bool listen_shown(const struct view *v)
{
    return v->visit->listening && v->visit->here.place.kind != PLACE_ATTRACT;
}

static struct str step_name(const struct view *v, const char *what, int step)
{
    return words(v, c_string(v, format(v, "%s.%d", what, step + 1)));
}

void listen_items(const struct view *v, struct bar_item items[LISTEN_ITEMS])
{
    const struct visit *visit = v->visit;
    bool off = visit->volume == 0;
    items[0] = (struct bar_item){.id = "bar.speed",
        .argument = "speed",
        .icon = ICON_SPEED,
        .verb = ACTION_MENU,
        .label = words(v, "bar.speed"),
        .name = words_with(v, "bar.speed.name", step_name(v, "speed", visit->speed), STR("")),
        .states = visit->menu == MENU_SPEED ? BOX_EXPANDED : 0};
    items[1] = (struct bar_item){.id = "bar.volume",
        .argument = "volume",
        .icon = off ? ICON_SILENT : ICON_VOLUME,
        .verb = ACTION_MENU,
        .label = words(v, "bar.volume"),
        .name = words_with(v, "bar.volume.name", step_name(v, "volume", visit->volume), STR("")),
        .states = visit->menu == MENU_VOLUME ? BOX_EXPANDED : 0};
}

void put_listen_menu(struct view *v, bool speed)
{
    struct place_button buttons[VISIT_SPEECH_STEPS] = {0};
    int now = speed ? v->visit->speed : v->visit->volume;
    for (int i = 0; i < VISIT_SPEECH_STEPS; i++) {
        buttons[i] = (struct place_button){.kind = BUTTON_TAB,
            .icon_after = i == now ? ICON_CHECK : ICON_NONE,
            .label = step_name(v, speed ? "speed" : "volume", i),
            .style = STYLE_BODY,
            .verb = speed ? ACTION_SPEED : ACTION_VOLUME,
            .argument = number(v, i + 1),
            .states = i == now ? BOX_SELECTED : 0};
    }
    put_menu_list(v, speed ? "bar.speed" : "bar.volume", VISIT_SPEECH_STEPS, buttons,
        words(v, speed ? "menu.speed" : "menu.volume"), speed ? "menu.speed" : "menu.volume");
}

/* ---- captions */

static int caption_inner(const struct view *v)
{
    return v->in->window.w - 2 * v->margin;
}

/* Large type would leave no room for what the words are about: captions are as large as that at most. */
static enum style caption_style(const struct view *v)
{
    return v->scale < 1.4 ? STYLE_BODY : STYLE_LABEL;
}

/* As high as the longest sentence, so that nothing moves from one to the next. */
static int caption_height(const struct view *v)
{
    int inner = caption_inner(v) > 1 ? caption_inner(v) : 1;
    enum style style = caption_style(v);
    int lines = (int)ceil(style_measure(v, style, SENTENCE) * 1.2 / inner);
    return (int)ceil(lines * style_line(v, style, NULL)) + px(v, 2);
}

/* In low reach a keyboard needs all that a hand reaches: speed and volume are on every other screen. */
static bool gives_way_to_keys(const struct view *v)
{
    return !rect_empty(v->reach) && v->visit->here.place.kind == PLACE_SEARCH && !v->visit->search.hidden;
}

void listen_divide(struct view *v, bool controls_on_bar)
{
    struct size window = v->in->window;
    bool listening = listen_shown(v), strip = listening && !controls_on_bar && !gives_way_to_keys(v);
    int bottom = v->bar_top, controls = strip ? v->bar_height : 0;
    int caption = listening && v->in->captions ? caption_height(v) : 0;
    v->listen_controls = (struct rect){0, bottom - controls, window.w, controls};
    if (rect_empty(v->reach)) {
        v->area.h -= controls + caption;
    } else { /* controls stay where a hand reaches, the caption is only looked at */
        v->reach.h -= controls;
        v->area.h -= caption;
    }
    v->caption = (struct rect){0, v->area.y + v->area.h, window.w, caption};
}

void put_caption(struct view *v)
{
    if (rect_empty(v->caption)) {
        return;
    }
    int box = put_band(v, BOX_BAR, v->caption, v->theme.panel, words(v, "caption"), "caption");
    if (v->in->caption.length == 0) {
        return;
    }
    colour before = v->on;
    v->on = v->theme.panel;
    box_at(v, box)->ground = v->on;
    struct place_text text = {
        BOX_TEXT, caption_style(v), v->in->caption, COLOUR_NONE, v->in->caption_language, 0, TEXT_START, 0};
    struct rect where = {v->caption.x + v->margin, v->caption.y + px(v, 1), caption_inner(v), 0};
    int line = put_text(v, box, where, text, "caption.text");
    box_at(v, line)->clip = rect_intersect(box_at(v, line)->clip, v->caption);
    v->on = before;
}

void put_listen_controls(struct view *v)
{
    struct rect where = v->listen_controls;
    if (rect_empty(where)) {
        return;
    }
    struct bar_item items[LISTEN_ITEMS];
    int strip = put_band(v, BOX_BAR, where, v->theme.ground, words(v, "bar.listen"), "listen");
    listen_items(v, items);
    int cell = where.w / 2 < px(v, 30) ? where.w / 2 : px(v, 30);
    for (int i = 0; i < LISTEN_ITEMS; i++) {
        int x = where.w - (LISTEN_ITEMS - i) * cell;
        put_bar_item(v, strip, &items[i], (struct rect){x, where.y, cell, where.h}, true);
    }
}

/* ---- what is being spoken */

/* A list item's name begins with its number, which is set beside the text and is none of it. */
static size_t words_before_text(const struct view *v, int box)
{
    const struct box *b = box_at(v, box);
    int number_box = box_find(v->tree, c_string(v, format(v, "%s.number", b->id)));
    if (number_box < 0 || v->tree->boxes[number_box].parent != box) {
        return 0;
    }
    return v->tree->boxes[number_box].name.length + 1;
}

static bool is_prose(enum box_role role)
{
    return role == BOX_HEADING || role == BOX_TEXT || role == BOX_LABEL || role == BOX_PROVENANCE ||
           role == BOX_ALERT;
}

static size_t find_marks(const struct view *v, int box, struct rect marks[MARKS_MAX])
{
    const struct visit_stop *here = &v->visit->here;
    const struct box *b = box_at(v, box);
    size_t before = words_before_text(v, box);
    size_t from = (size_t)here->spoken_from, to = (size_t)here->spoken_to;
    if (b->look.text == NULL || !is_prose(b->role) || to <= before) {
        return 0;
    }
    size_t count = text_range(b->look.text, from > before ? from - before : 0, to - before, marks, MARKS_MAX);
    return count < MARKS_MAX ? count : MARKS_MAX;
}

void mark_spoken(struct view *v)
{
    const struct visit_stop *here = &v->visit->here;
    int box = v->visit->reading ? box_find(v->tree, here->spoken) : -1;
    struct rect marks[MARKS_MAX];
    if (box < 0) {
        return;
    }
    size_t count = find_marks(v, box, marks);
    struct box *b = box_at(v, box);
    b->states |= BOX_SPOKEN;
    if (count == 0) {
        b->look.outline = v->theme.accent;
        b->look.outline_px = px(v, 0.5) > 2 ? px(v, 0.5) : 2;
        return;
    }
    struct rect *kept = arena_take_array(v->tree->arena, count, sizeof *kept);
    if (kept == NULL) {
        v->tree->failed = true;
        return;
    }
    memcpy(kept, marks, count * sizeof *kept);
    b->look.marks = kept;
    b->look.mark_count = count;
    b->look.mark = v->theme.highlight;
    b->look.mark_px = v->theme.high_contrast ? (px(v, 0.25) > 2 ? px(v, 0.25) : 2) : 0;
}
