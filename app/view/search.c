/* Search: what is looked for, what was found, and the keyboard. */
#include "internal.h"

#include <string.h>

/* ---- lines with what was found marked */

#define SPANS_MAX 40

static void mark(const struct view *v, struct text_span *span)
{
    span->flags |= TEXT_BOLD;
    if (v->theme.high_contrast) {
        span->ink = v->theme.accent;
    } else {
        span->ground = v->theme.highlight;
        span->ink = v->theme.highlight_ink;
    }
}

struct marked {
    enum style style;
    colour ink;
    unsigned flags;
    int max_lines;
};

static int put_marked(struct view *v, int parent, struct rect where, const struct search_line *line,
    const struct marked *how, const char *id)
{
    struct text_span spans[SPANS_MAX];
    size_t count = 0, at = 0;
    for (size_t i = 0; i <= line->mark_count && count + 2 < SPANS_MAX; i++) {
        size_t from = i < line->mark_count ? line->marks[i].from : line->text.length;
        if (from > at) {
            spans[count++] = (struct text_span){
                .text = str_slice(line->text, at, from - at), .flags = how->flags, .ink = how->ink};
        }
        if (i < line->mark_count) {
            spans[count] = (struct text_span){.text = str_slice(line->text, from, line->marks[i].to - from),
                .flags = how->flags,
                .ink = how->ink};
            mark(v, &spans[count++]);
            at = line->marks[i].to;
        }
    }
    struct text_spec spec = {.spans = spans,
        .span_count = count,
        .language = line->language != NULL ? line->language : v->language,
        .face = style_face(how->style),
        .size_px = style_size(v, how->style),
        .line_px = style_line(v, how->style, line->language),
        .width_px = where.w,
        .max_lines = how->max_lines,
        .rtl_default = v->tree->rtl};
    const struct text_layout *layout = text_lay_out(v->in->text, &spec);
    if (layout == NULL) {
        v->tree->failed = true;
        return where.y;
    }
    struct text_metrics m = text_measure(layout);
    where.h = m.height_px > m.ink.y + m.ink.h ? m.height_px : m.ink.y + m.ink.h;
    int box = box_add(v->tree, parent, BOX_TEXT, where, "%s", id);
    struct box *b = box_at(v, box);
    b->name = line->text;
    b->language = line->language;
    b->look.text = layout;
    b->look.text_width_px = where.w;
    b->ground = v->on;
    return where.y + where.h;
}

/* ---- one hit */

static const char *const group_keys[SEARCH_GROUPS] = {
    [SEARCH_TEXTS] = "search.texts",
    [SEARCH_PEOPLE] = "people",
    [SEARCH_PLACES] = "places",
    [SEARCH_EVENTS] = "timeline",
    [SEARCH_TERMS] = "words",
    [SEARCH_NOTES] = "search.notes",
    [SEARCH_RECORDS] = "search.records",
    [SEARCH_QUESTIONS] = "questions",
};

static struct str target_of(const struct view *v, const struct search_hit *hit)
{
    char place[200];
    place_format(&hit->place, place, sizeof place);
    return hit->detail[0] != '\0' ? format(v, "%s %s", place, hit->detail) : format(v, "%s", place);
}

/* The language of what was found, where it is not the screen's. */
static struct str language_of(const struct view *v, const struct search_hit *hit)
{
    const char *tag = hit->line.text.length > 0 ? hit->line.language : hit->title.language;
    if (!hit->elsewhere || tag == NULL) {
        return STR("");
    }
    return interface_words(v->in->interface, tag, "language.name");
}

static int put_hit_texts(struct view *v, int box, const struct search_hit *hit, struct rect where, int number)
{
    bool text = hit->group == SEARCH_TEXTS;
    struct marked small = {STYLE_LABEL, v->theme.quiet, 0, 1}, body = {STYLE_BODY, v->theme.ink, 0, 3};
    struct marked title = {STYLE_SUBHEADING, v->theme.ink, TEXT_BOLD, 2},
                  line = {STYLE_LABEL, v->theme.ink, 0, 3};
    struct str language = language_of(v, hit);
    if (hit->title.text.length > 0) {
        where.y = put_marked(v, box, where, &hit->title, text ? &small : &title,
            c_string(v, format(v, "hit.%d.title", number)));
    }
    if (hit->line.text.length > 0) {
        where.y += text ? 0 : px(v, 0.5);
        where.y = put_marked(
            v, box, where, &hit->line, text ? &body : &line, c_string(v, format(v, "hit.%d.line", number)));
    }
    if (language.length > 0) {
        struct place_text label = {BOX_LABEL, STYLE_LABEL, language, v->theme.quiet,
            hit->line.text.length > 0 ? hit->line.language : hit->title.language, 0, TEXT_START, 1};
        where.y =
            box_bottom(v, put_text(v, box, where, label, c_string(v, format(v, "hit.%d.language", number))));
    }
    return where.y;
}

/* `acts`: false where it can only be seen, because the controls are further down. */
static int put_hit(struct view *v, int region, int number, struct rect where, bool acts)
{
    const struct search_hit *hit = &v->in->search->results->hits[number];
    int pad = px(v, 2), top = px(v, 1.25);
    int box = box_add(v->tree, region, acts ? BOX_BUTTON : BOX_ITEM, where, "hit.%d", number + 1);
    if (acts) {
        set_action(v, box, ACTION_FIND, target_of(v, hit));
    }
    struct box *b = box_at(v, box);
    b->name = hit->line.text.length > 0 && hit->group == SEARCH_TEXTS ? hit->line.text : hit->title.text;
    b->language =
        hit->line.text.length > 0 && hit->group == SEARCH_TEXTS ? hit->line.language : hit->title.language;
    bool pressed = (b->states & BOX_PRESSED) != 0;
    b->look.fill = pressed && v->theme.high_contrast ? COLOUR_RGB(0x333333)
                   : pressed                         ? v->theme.highlight
                                                     : v->theme.panel;
    if (v->theme.high_contrast) {
        b->look.outline = v->theme.outline;
        b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    }
    b->ground = b->look.fill;
    colour before = v->on;
    v->on = b->ground;
    struct rect inner = {where.x + pad, where.y + top, where.w - 2 * pad, 0};
    int height = put_hit_texts(v, box, hit, inner, number + 1) + top - where.y;
    v->on = before;
    height = height > v->target ? height : v->target;
    box_at(v, box)->rect.h = height;
    return height + px(v, 1);
}

/* ---- the list: group after group */

struct listed {
    int *rows; /* a hit's number, or -1 - group */
    int count;
    bool acts;
};

static int put_group_name(struct view *v, int region, enum search_group group, struct rect where)
{
    const struct search_results *results = v->in->search->results;
    struct str count = number(v, (long)results->totals[group]);
    if (results->totals[group] > SEARCH_GROUP_HITS) {
        count = words_with(v, "search.first", number(v, SEARCH_GROUP_HITS), count);
    }
    struct place_text text = {BOX_HEADING, STYLE_LABEL,
        format(v, "%.*s · %.*s", STR_ARGS(words(v, group_keys[group])), STR_ARGS(count)), v->theme.quiet,
        NULL, 0, TEXT_START, 0};
    where.y += px(v, 1.5);
    return box_bottom(
               v, put_text(v, region, where, text, c_string(v, format(v, "group.%d", (int)group + 1)))) -
           where.y + px(v, 2.25);
}

static int put_row(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct listed *listed = context;
    int row = listed->rows[item];
    if (row == -1 - SEARCH_GROUPS) {
        struct place_text text = {
            BOX_TEXT, STYLE_LABEL, words(v, "search.incomplete"), v->theme.quiet, NULL, 0, TEXT_START, 0};
        return box_height(v, put_text(v, region, where, text, "search.incomplete")) + px(v, 2);
    }
    return row < 0 ? put_group_name(v, region, (enum search_group)(-1 - row), where)
                   : put_hit(v, region, row, where, listed->acts);
}

static bool list_rows(struct view *v, struct listed *listed)
{
    const struct search_results *results = v->in->search->results;
    listed->rows = arena_take_array(v->tree->arena, results->count * 2 + 2, sizeof *listed->rows);
    if (listed->rows == NULL) {
        v->tree->failed = true;
        return false;
    }
    for (size_t i = 0; i < results->count; i++) {
        if (i == 0 || results->hits[i].group != results->hits[i - 1].group) {
            listed->rows[listed->count++] = -1 - (int)results->hits[i].group;
        }
        listed->rows[listed->count++] = (int)i;
    }
    if (results->incomplete) {
        listed->rows[listed->count++] = -1 - SEARCH_GROUPS;
    }
    return true;
}

/* As many as can be seen at once: where the controls are elsewhere nothing scrolls. */
static void put_preview(struct view *v, struct rect where, struct listed *listed)
{
    int width = where.w - 2 * v->margin, measure = style_measure(v, STYLE_BODY, 90);
    struct rect at = {where.x + v->margin, where.y, width < measure ? width : measure, 0};
    for (int i = 0; i < listed->count; i++) {
        size_t before = v->tree->count;
        int height = put_row(v, v->root, i, at, listed);
        if (at.y + height > where.y + where.h) {
            box_truncate(v->tree, before);
            break;
        }
        at.y += height;
    }
}

/* What there is to say instead of results. */
static struct str said(const struct view *v)
{
    const struct view_search *search = v->in->search;
    if (search == NULL || v->visit->search.query[0] == '\0') {
        return words(v, "search.about");
    }
    if (!search->ready) {
        return words(v, "search.reading");
    }
    return search->results->count == 0
               ? words_with(v, "search.none", str_from(v->visit->search.query), STR(""))
               : STR("");
}

static int put_said(struct view *v, int parent, int item, struct rect where, void *context)
{
    (void)item;
    struct place_text text = {
        BOX_TEXT, STYLE_BODY, *(const struct str *)context, v->theme.quiet, NULL, 0, TEXT_START, 0};
    return box_height(v, put_text(v, parent, where, text, "search.said"));
}

/* In large type the keys may leave it too little room: then it scrolls. */
static void put_instead(struct view *v, struct rect where, struct str instead)
{
    int measure = style_measure(v, STYLE_BODY, 66), width = where.w - 2 * v->margin;
    struct rect at = {where.x + v->margin, where.y + px(v, 1), width < measure ? width : measure, 0};
    size_t before = v->tree->count;
    if (at.y + put_said(v, v->root, 0, at, &instead) <= where.y + where.h) {
        return;
    }
    box_truncate(v->tree, before);
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "results",
        .name = words(v, "search.results"),
        .count = 1,
        .put = put_said,
        .context = &instead,
        .pad_top = px(v, 1),
        .pad_bottom = px(v, 1),
        .pad_side = v->margin,
        .max_width = measure};
    put_flow(v, v->root, where, &flow);
}

static void put_results(struct view *v, struct rect where, bool acts)
{
    struct str instead = said(v);
    if (instead.length > 0) {
        put_instead(v, where, instead);
        return;
    }
    struct listed listed = {.acts = acts};
    if (!list_rows(v, &listed)) {
        return;
    }
    if (!acts) {
        put_preview(v, where, &listed);
        return;
    }
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "results",
        .name = words(v, "search.results"),
        .count = listed.count,
        .put = put_row,
        .context = &listed,
        .pad_bottom = px(v, 2),
        .pad_side = v->margin,
        .max_width = style_measure(v, STYLE_BODY, 90)};
    put_flow(v, v->root, where, &flow);
}

/* ---- the head: what is looked for */

static int put_field(struct view *v, struct rect where)
{
    const char *query = v->visit->search.query;
    bool empty = query[0] == '\0';
    int icon = (int)(style_size(v, STYLE_LEAD) * 0.9), pad = px(v, 2);
    struct str text = empty ? words(v, "search.hint") : str_from(query);
    int field = put_group(v, v->root, BOX_LABEL, where,
        empty ? text : words_with(v, "search.query", str_from(query), STR("")), "search.field");
    struct box *b = box_at(v, field);
    b->look.fill = v->theme.panel;
    b->look.outline = v->theme.outline;
    b->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    b->look.icon = ICON_SEARCH;
    b->ground = v->theme.panel;
    int x = where.x + 2 * pad + icon, width = where.w - 3 * pad - icon;
    const struct text_layout *layout = lay(v, STYLE_LEAD, text, NULL, width, 0,
        empty ? v->theme.quiet : v->theme.ink, TEXT_START, empty ? 2 : 1);
    if (layout == NULL) {
        return where.h;
    }
    struct text_metrics m = text_measure(layout);
    int height = m.height_px + px(v, 2) > v->target ? m.height_px + px(v, 2) : v->target;
    b = box_at(v, field);
    b->rect.h = height;
    b->look.icon_at = (struct rect){pad, (height - icon) / 2, icon, icon};
    b->look.icon_ink = v->theme.ink;
    b->look.text = layout;
    b->look.text_at = (struct point){x - where.x, (height - m.height_px) / 2};
    b->look.text_width_px = width;
    int caret_x = empty ? x - px(v, 0.75) : x + (m.width_px < width ? m.width_px : width) + px(v, 0.5);
    int caret = put_group(v, field, BOX_GROUP,
        (struct rect){caret_x, where.y + height / 5, px(v, 0.25) > 1 ? px(v, 0.25) : 2, height * 3 / 5},
        STR(""), "search.caret");
    box_at(v, caret)->look.fill = v->theme.accent;
    return height;
}

static int put_search_head(struct view *v)
{
    struct rect where = {v->area.x + v->margin, v->area.y + px(v, 3), v->area.w - 2 * v->margin, 0};
    struct place_text heading = {
        BOX_HEADING, STYLE_HEADING, words(v, "search"), COLOUR_NONE, NULL, 0, TEXT_START, 1};
    const struct text_layout *layout =
        lay(v, STYLE_HEADING, heading.text, NULL, 0, 0, v->theme.ink, TEXT_START, 1);
    int width = layout != NULL ? text_measure(layout).width_px + 1 : 0, beside = width + v->gutter;
    bool one_row = where.w - beside >= px(v, 70);
    struct rect at = where;
    at.w = one_row ? width : where.w;
    int title = put_text(v, v->root, at, heading, "title");
    struct rect field = where;
    int measure = style_measure(v, STYLE_BODY, 90);
    field.x += one_row ? beside : 0;
    field.w -= one_row ? beside : 0;
    field.y = one_row ? where.y : box_bottom(v, title) + px(v, 1);
    field.w = field.w < measure - (one_row ? beside : 0) ? field.w : measure - (one_row ? beside : 0);
    int height = put_field(v, field), bottom = field.y + height;
    if (one_row) { /* the name and what is typed stand on one line */
        int down = (height - box_height(v, title)) / 2;
        box_at(v, title)->rect.y += down > 0 ? down : 0;
        bottom = bottom > box_bottom(v, title) ? bottom : box_bottom(v, title);
    }
    return bottom + px(v, 1);
}

static struct place_button show_keys(const struct view *v)
{
    return (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = ICON_KEYBOARD,
        .label = words(v, "key.show"),
        .style = STYLE_LABEL,
        .verb = ACTION_KEYBOARD,
        .argument = STR("hide")};
}

/* The way back to the keyboard. */
static void put_show_keys(struct view *v, struct rect where)
{
    struct place_button button = show_keys(v);
    int width = button_width(v, &button), height = button_height(v, &button, width);
    put_button(v, v->root,
        (struct rect){where.x + v->margin, where.y + (where.h - height) / 2, width, height}, &button,
        "key.hide");
}

void put_search(struct view *v)
{
    struct place_button show = show_keys(v);
    int top = put_search_head(v), row = button_height(v, &show, button_width(v, &show)) + px(v, 1.5);
    bool low = v->visit->low_reach && !rect_empty(v->reach), hidden = v->visit->search.hidden;
    struct rect upper = {v->area.x, top, v->area.w, v->area.y + v->area.h - top};
    struct rect lower = low ? v->reach : upper;
    if (v->visit->here.panel.kind != PLACE_NONE) { /* beside a panel nobody types */
        put_results(v, upper, !low);
        return;
    }
    int keys = hidden ? row : keys_height(v, low ? v->reach.h : v->in->window.h * 4 / 10 - v->bar_height);
    if (low && !hidden) {
        put_results(v, upper, false);
        put_keys(v, v->reach);
        return;
    }
    lower.h -= keys;
    put_results(v, lower, true);
    lower.y += lower.h;
    lower.h = keys;
    if (hidden) {
        put_show_keys(v, lower);
    } else {
        put_keys(v, lower);
    }
}
