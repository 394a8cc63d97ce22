/* What lies over any screen: the idle warning, the lock for cleaning, a mistake in the exhibit. */
#include "internal.h"

#include <string.h>

struct sheet {
    const char *id;
    struct str title, text;
    struct place_button button;
    const char *button_id;
};

static int sheet_height(struct view *v, const struct sheet *sheet, int inner)
{
    const struct text_layout *title =
        lay(v, STYLE_HEADING, sheet->title, NULL, inner, 0, v->theme.ink, TEXT_START, 0);
    const struct text_layout *text =
        lay(v, STYLE_BODY, sheet->text, NULL, inner, 0, v->theme.ink, TEXT_START, 0);
    int height = px(v, 9) + (title != NULL ? text_measure(title).height_px : 0) +
                 (text != NULL ? text_measure(text).height_px : 0);
    return height + (sheet->button_id != NULL ? button_height(v, &sheet->button, inner) + px(v, 3) : 0);
}

/* A sheet of paper in the middle of the screen; nothing below it answers. */
static void put_sheet(struct view *v, const struct sheet *sheet)
{
    struct size window = v->in->window;
    int width = window.w - 2 * px(v, 6), wide = text_px(v, 90), pad = px(v, 4);
    width = width < wide ? width : wide;
    int inner = width - 2 * pad, height = sheet_height(v, sheet, inner);
    struct rect where = {(window.w - width) / 2, (v->bar_top - height) / 2, width, height};
    where.y = where.y > 0 ? where.y : 0;
    if (v->visit->low_reach) {
        where.y = v->reach.y + height <= v->bottom ? v->reach.y : v->bottom - height;
    }
    int box = put_group(v, v->root, BOX_ALERT, where,
        format(v, "%.*s %.*s", STR_ARGS(sheet->title), STR_ARGS(sheet->text)), sheet->id);
    struct box *b = box_at(v, box);
    b->states |= BOX_MODAL;
    b->look.fill = v->theme.ground;
    b->look.outline = v->theme.accent;
    b->look.outline_px = px(v, 0.5) > 1 ? px(v, 0.5) : 1;
    v->on = v->theme.ground;
    int y = where.y + pad;
    struct place_text title = {BOX_HEADING, STYLE_HEADING, sheet->title, COLOUR_NONE, NULL, 0, TEXT_START, 0};
    y += box_height(v, put_text(v, box, (struct rect){where.x + pad, y, inner, 0}, title,
                           c_string(v, format(v, "%s.title", sheet->id)))) +
         px(v, 1);
    struct place_text text = {BOX_TEXT, STYLE_BODY, sheet->text, COLOUR_NONE, NULL, 0, TEXT_START, 0};
    y += box_height(v, put_text(v, box, (struct rect){where.x + pad, y, inner, 0}, text,
                           c_string(v, format(v, "%s.text", sheet->id)))) +
         px(v, 3);
    if (sheet->button_id != NULL) {
        int needed = button_width(v, &sheet->button);
        needed = needed < inner ? needed : inner;
        put_button(v, box, (struct rect){where.x + pad, y, needed, button_height(v, &sheet->button, needed)},
            &sheet->button, sheet->button_id);
    }
}

void put_warning(struct view *v)
{
    int left = visit_warning_left(v->visit, v->in->now_ms);
    if (left <= 0) {
        return;
    }
    struct sheet sheet = {.id = "warning",
        .title = words(v, "warning.title"),
        .text = words_count(v, "warning.text", left),
        .button = {.kind = BUTTON_PRIMARY,
            .label = words(v, "warning.stay"),
            .style = STYLE_BODY,
            .verb = ACTION_STAY},
        .button_id = "warning.stay"};
    put_sheet(v, &sheet);
}

void put_lock(struct view *v)
{
    if (!visit_locked(v->visit, v->in->now_ms)) {
        return;
    }
    long left = (long)((v->visit->locked_until_ms - v->in->now_ms + 999) / 1000);
    struct sheet sheet = {
        .id = "lock", .title = words(v, "lock.title"), .text = words_count(v, "lock.text", left)};
    put_sheet(v, &sheet);
}

void put_mistake(struct view *v)
{
    if (v->in->mistake == NULL) {
        return;
    }
    int pad = px(v, 2), width = v->in->window.w - 2 * v->margin;
    struct str text = str_from(v->in->mistake);
    const struct text_layout *layout =
        lay(v, STYLE_LABEL, text, "en", width - 2 * pad, 0, v->theme.ink, TEXT_START, 6);
    int height = (layout != NULL ? text_measure(layout).height_px : 0) + 2 * pad;
    int box =
        put_group(v, v->root, BOX_ALERT, (struct rect){v->margin, px(v, 2), width, height}, text, "mistake");
    box_at(v, box)->look.fill = v->theme.ground;
    box_at(v, box)->look.outline = v->theme.accent;
    box_at(v, box)->look.outline_px = px(v, 0.5) > 1 ? px(v, 0.5) : 1;
    colour before = v->on;
    v->on = v->theme.ground;
    struct place_text place = {BOX_TEXT, STYLE_LABEL, text, COLOUR_NONE, "en", 0, TEXT_START, 6};
    put_text(
        v, box, (struct rect){v->margin + pad, px(v, 2) + pad, width - 2 * pad, 0}, place, "mistake.text");
    v->on = before;
}
