/* The timeline: a vertical list with a rule, the exhibit's own day in accent. */
#include "internal.h"

static const char *event_key(const struct view *v, int item, void *context)
{
    size_t count;
    (void)context;
    return exhibit_timeline(v->in->exhibit, &count)[item].id;
}

static struct str event_date(const struct view *v, const struct event *event)
{
    struct str date = event->end.year != 0 ? interface_date_range(v->in->interface, v->language, event->date,
                                                 event->end, v->tree->arena)
                                           : date_words(v, event->date);
    if (event->time.length > 0) {
        date = format(v, "%.*s, %.*s", STR_ARGS(date), STR_ARGS(event->time));
    }
    return date;
}

static void put_dot(struct view *v, int box, int x, int y, bool main)
{
    int size = main ? px(v, 2) : px(v, 1.25);
    int dot = put_group(
        v, box, BOX_GROUP, (struct rect){x - size / 2, y - size / 2, size, size}, STR(""), "timeline.dot");
    box_at(v, dot)->look.fill = main ? v->theme.accent : v->theme.outline;
}

/* Where there is room, what happened stands beside its name. */
static int put_excerpt(struct view *v, int box, const struct event *event, struct rect where)
{
    const struct prose_text *prose = exhibit_prose(v->in->exhibit, &event->text, v->language);
    const char *language = prose != NULL ? prose->language : NULL;
    struct str begun = excerpt(v, STYLE_BODY, prose_words(v, prose, 0, 1), language, where.w, 3);
    struct place_text text = {BOX_TEXT, STYLE_BODY, begun, v->theme.ink, language, 0, TEXT_START, 0};
    return text.text.length > 0 ? box_bottom(v, put_text(v, box, where, text,
                                                    c_string(v, format(v, "event.%s.text", event->id))))
                                : where.y;
}

static int put_event(struct view *v, int region, int item, struct rect where, void *context)
{
    size_t count;
    const struct event *event = &exhibit_timeline(v->in->exhibit, &count)[item];
    int rule_width = *(const int *)context, gap = px(v, 3), pad = px(v, 1.25);
    double body = style_size(v, STYLE_BODY);
    bool narrow = where.w < body * 40, low = v->visit->low_reach;
    colour ink = event->main ? v->theme.accent : v->theme.ink;
    const char *language = NULL;
    int box = box_add(v->tree, region, low ? BOX_ITEM : BOX_BUTTON, where, "event.%s", event->id);
    set_action(v, box, ACTION_GO, format(v, "event:%s", event->id));
    struct str date = event_date(v, event), title = say(v, &event->title, &language),
               place = say(v, &event->place, NULL);
    box_at(v, box)->name = format(v, "%.*s: %.*s", STR_ARGS(date), STR_ARGS(title));
    if (box_at(v, box)->states & BOX_PRESSED) {
        box_at(v, box)->look.fill = v->theme.panel;
    }
    int rule_x = where.x + (narrow ? px(v, 1) : rule_width + gap), text_x = rule_x + gap, y = where.y + pad;
    struct place_text date_text = {BOX_LABEL, STYLE_LABEL, date,
        event->main ? v->theme.accent : v->theme.quiet, NULL, TEXT_TABULAR, narrow ? TEXT_START : TEXT_END,
        0};
    int date_h = put_text(v, box,
        (struct rect){narrow ? text_x : where.x, y + (narrow ? 0 : px(v, 0.75)),
            narrow ? where.w - (text_x - where.x) : rule_width, 0},
        date_text, c_string(v, format(v, "event.%s.date", event->id)));
    y = narrow ? box_bottom(v, date_h) : y;
    struct place_text title_text = {BOX_LABEL, STYLE_SUBHEADING, title, ink, language, 0, TEXT_START, 0};
    int right = where.x + where.w, text_w = right - text_x - px(v, 1),
        wide = where.w > body * 50 ? text_w * 52 / 100 : 0;
    text_w -= wide;
    int title_box = put_text(v, box, (struct rect){text_x, y, text_w, 0}, title_text,
        c_string(v, format(v, "event.%s.title", event->id)));
    int bottom = box_bottom(v, title_box);
    if (event->doubt.count > 0) {
        place = format(v, "%.*s%s%.*s", STR_ARGS(place), place.length > 0 ? " · " : "",
            STR_ARGS(words(v, "doubt.short")));
    }
    if (place.length > 0) {
        struct place_text place_text = {
            BOX_LABEL, STYLE_LABEL, place, v->theme.quiet, NULL, 0, TEXT_START, 0};
        bottom = box_bottom(v, put_text(v, box, (struct rect){text_x, bottom, text_w, 0}, place_text,
                                   c_string(v, format(v, "event.%s.place", event->id))));
    }
    bottom = bottom > box_bottom(v, date_h) ? bottom : box_bottom(v, date_h);
    if (wide > 0) {
        int beside = put_excerpt(v, box, event, (struct rect){right - wide + gap, y, wide - gap, 0});
        bottom = beside > bottom ? beside : bottom;
    }
    int height = bottom + pad - where.y;
    height = height > v->target ? height : v->target;
    box_at(v, box)->rect.h = height;
    int rule =
        put_group(v, box, BOX_GROUP, (struct rect){rule_x, where.y, 1, height}, STR(""), "timeline.rule");
    box_at(v, rule)->look.fill = v->theme.outline;
    put_dot(v, box, rule_x,
        where.y + pad + (int)(style_line(v, narrow ? STYLE_LABEL : STYLE_SUBHEADING, NULL) / 2), event->main);
    return height;
}

/* In low reach every event can be opened from below. */
static void reach_events(struct view *v, size_t count)
{
    const struct event *events = exhibit_timeline(v->in->exhibit, &count);
    for (size_t i = 0; v->visit->low_reach && i < count; i++) {
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .style = STYLE_LABEL,
            .verb = ACTION_GO,
            .argument = format(v, "event:%s", events[i].id),
            .excerpt_lines = 1};
        button.label = say(v, &events[i].title, &button.language);
        reach_add(v, &button, c_string(v, format(v, "reach.event.%s", events[i].id)));
    }
}

void put_timeline(struct view *v)
{
    size_t count = 0;
    exhibit_timeline(v->in->exhibit, &count);
    int rule_width = style_measure(v, STYLE_LABEL, 24);
    struct rect where = list_area(v, put_head(v, words(v, "timeline"), words(v, "timeline.about")));
    reach_events(v, count);
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "timeline",
        .name = words(v, "timeline"),
        .count = (int)count,
        .put = put_event,
        .key = event_key,
        .context = &rule_width,
        .pad_side = v->margin,
        .pad_bottom = px(v, 2)};
    put_flow(v, v->root, where, &flow);
}
