/* The panel over a screen: a person, a place, a word, an event or a note, while the screen stays where it
 * was. */
#include "internal.h"

#include <string.h>

struct panel {
    struct place place;
    const struct person *person;
    const struct geo_place *geo;
    const struct event *event;
    const struct term *term;
    const struct note *note;
};

static void find_panel(const struct view *v, struct panel *panel)
{
    const struct exhibit *exhibit = v->in->exhibit;
    panel->place = v->visit->here.panel;
    const char *id = panel->place.id;
    switch (panel->place.kind) {
    case PLACE_PERSON:
        panel->person = exhibit_find_person(exhibit, id);
        break;
    case PLACE_PLACE:
        panel->geo = exhibit_find_place(exhibit, id);
        break;
    case PLACE_EVENT:
        panel->event = exhibit_find_event(exhibit, id);
        break;
    case PLACE_TERM:
        panel->term = exhibit_find_term(exhibit, id);
        break;
    case PLACE_NOTE:
        panel->note = exhibit_find_note(exhibit, id);
        break;
    default:
        break;
    }
}

static int put_panel_text(struct view *v, int region, struct rect where, enum box_role role, enum style style,
    struct str text, colour ink, const char *language, const char *id)
{
    if (text.length == 0) {
        return 0;
    }
    struct place_text place = {role, style, text, ink, language, 0, TEXT_START, 0};
    return box_height(v, put_text(v, region, where, place, id));
}

static int put_forms(
    struct view *v, int region, const struct name_form *forms, size_t count, struct rect where)
{
    int label_w = style_measure(v, STYLE_LABEL, 20), y = where.y;
    label_w = label_w > where.w / 2 ? where.w / 2 : label_w;
    for (size_t i = 0; i < count; i++) {
        struct rect at = {where.x, y, label_w, 0};
        int a = put_panel_text(v, region, at, BOX_LABEL, STYLE_LABEL, say(v, &forms[i].label, NULL),
            v->theme.quiet, NULL, c_string(v, format(v, "panel.form.%zu.label", i + 1)));
        at = (struct rect){where.x + label_w + px(v, 2), y, where.w - label_w - px(v, 2), 0};
        int b = put_panel_text(v, region, at, BOX_TEXT, STYLE_LABEL, forms[i].text, COLOUR_NONE,
            forms[i].language, c_string(v, format(v, "panel.form.%zu", i + 1)));
        y += (a > b ? a : b) + px(v, 0.5);
    }
    return y - where.y + (count > 0 ? px(v, 1.5) : 0);
}

static int put_doubt(struct view *v, int region, const struct prose *doubt, struct rect where)
{
    if (doubt->count == 0) {
        return 0;
    }
    int y = where.y, rule = px(v, 0.5), indent = px(v, 2);
    struct rect at = {where.x + indent, y, where.w - indent, 0};
    at.y += put_panel_text(
        v, region, at, BOX_LABEL, STYLE_LABEL, words(v, "doubt"), v->theme.quiet, NULL, "panel.doubt.label");
    at.y += put_prose_of(v, region, doubt, at, STYLE_BODY, "panel.doubt");
    int line = put_group(
        v, region, BOX_GROUP, (struct rect){where.x, y, rule, at.y - y}, STR(""), "panel.doubt.rule");
    box_at(v, line)->look.fill = v->theme.outline;
    return at.y - y + px(v, 2);
}

/* Where in the document a person stands: links to its paragraphs. */
static int put_mentions(struct view *v, int region, const struct person *person, struct rect where)
{
    int x = where.x, y = where.y, tall = 0;
    if (person->in_count == 0) {
        return 0;
    }
    y += put_panel_text(v, region, where, BOX_LABEL, STYLE_LABEL, words(v, "person.in"), v->theme.quiet, NULL,
             "panel.in") +
         px(v, 1);
    for (size_t i = 0; i < person->in_count; i++) {
        char target[192];
        const struct document *document = exhibit_find_document(v->in->exhibit, person->in[i].id);
        struct str words_of = STR("");
        for (size_t l = 0; document != NULL && l < document->layer_count && words_of.length == 0; l++) {
            const struct prose_text *text =
                exhibit_prose(v->in->exhibit, &document->layers[l].text, v->language);
            int block = text != NULL ? exhibit_find_segment(text, person->in[i].segment) : -1;
            words_of = block >= 0 ? prose_words(v, text, (size_t)block, 1) : words_of;
        }
        place_format(&person->in[i], target, sizeof target);
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .label = words_of.length > 0 ? words_of : str_from(target),
            .style = STYLE_LABEL,
            .verb = ACTION_GO,
            .argument = str_from(target),
            .excerpt_lines = 1};
        int width = button_width(v, &button);
        width = width > where.w ? where.w : width;
        if (x > where.x && x + width > where.x + where.w) {
            x = where.x;
            y += tall + px(v, 1);
        }
        tall = button_height(v, &button, width);
        put_way_on(v, region, (struct rect){x, y, width, tall}, &button,
            c_string(v, format(v, "panel.in.%zu", i + 1)));
        x += width + px(v, 1);
    }
    return y + tall - where.y + px(v, 2);
}

static int put_panel_head(
    struct view *v, int region, struct rect where, struct str title, const char *language, struct str line)
{
    int y = where.y;
    y += put_panel_text(
        v, region, where, BOX_HEADING, STYLE_HEADING, title, COLOUR_NONE, language, "panel.title");
    y += put_panel_text(v, region, (struct rect){where.x, y, where.w, 0}, BOX_LABEL, STYLE_LABEL, line,
        v->theme.quiet, NULL, "panel.line");
    return y - where.y + px(v, 2);
}

static struct str joined(const struct view *v, struct str a, struct str b)
{
    return a.length > 0 && b.length > 0 ? format(v, "%.*s · %.*s", STR_ARGS(a), STR_ARGS(b))
           : a.length > 0               ? a
                                        : b;
}

static int put_person_panel(struct view *v, int region, const struct person *person, struct rect where)
{
    const char *language = NULL;
    int y = where.y;
    struct str name = say(v, &person->name, &language);
    y += put_panel_head(v, region, where, name, language,
        joined(v, say(v, &person->dates, NULL), say(v, &person->role, NULL)));
    y += put_prose_of(
             v, region, &person->text, (struct rect){where.x, y, where.w, 0}, STYLE_BODY, "panel.text") +
         px(v, 2);
    y += put_doubt(v, region, &person->doubt, (struct rect){where.x, y, where.w, 0});
    y += put_forms(v, region, person->forms, person->form_count, (struct rect){where.x, y, where.w, 0});
    y += put_mentions(v, region, person, (struct rect){where.x, y, where.w, 0});
    return y - where.y;
}

static int put_place_panel(struct view *v, int region, const struct geo_place *geo, struct rect where)
{
    const char *language = NULL;
    int y = where.y;
    struct str name = say(v, &geo->name, &language);
    struct str at =
        words_with(v, "place.at", format(v, "%.2f", geo->latitude), format(v, "%.2f", geo->longitude));
    y += put_panel_head(v, region, where, name, language, at);
    y +=
        put_prose_of(v, region, &geo->text, (struct rect){where.x, y, where.w, 0}, STYLE_BODY, "panel.text") +
        px(v, 2);
    y += put_doubt(v, region, &geo->doubt, (struct rect){where.x, y, where.w, 0});
    y += put_forms(v, region, geo->forms, geo->form_count, (struct rect){where.x, y, where.w, 0});
    return y - where.y;
}

static int put_event_panel(struct view *v, int region, const struct event *event, struct rect where)
{
    const char *language = NULL;
    int y = where.y;
    struct str title = say(v, &event->title, &language),
               date = event->end.year != 0 ? interface_date_range(v->in->interface, v->language, event->date,
                                                 event->end, v->tree->arena)
                                           : date_words(v, event->date);
    date = event->time.length > 0 ? format(v, "%.*s, %.*s", STR_ARGS(date), STR_ARGS(event->time)) : date;
    y += put_panel_head(v, region, where, title, language, joined(v, date, say(v, &event->place, NULL)));
    y += put_prose_of(
             v, region, &event->text, (struct rect){where.x, y, where.w, 0}, STYLE_BODY, "panel.text") +
         px(v, 2);
    y += put_doubt(v, region, &event->doubt, (struct rect){where.x, y, where.w, 0});
    if (event->document != NULL) {
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .icon_after = ICON_FORWARD,
            .label = words(v, "event.document"),
            .style = STYLE_BODY,
            .verb = ACTION_GO,
            .argument = format(v, "document:%s", event->document)};
        int width = button_width(v, &button);
        width = width < where.w ? width : where.w;
        int height = button_height(v, &button, width);
        y += put_control(v, region, (struct rect){where.x, y, width, height}, &button, "panel.document")
                 ? height + px(v, 2)
                 : 0;
    }
    return y - where.y;
}

static int put_term_panel(struct view *v, int region, const struct term *term, struct rect where)
{
    const char *language = NULL;
    struct str name = say(v, &term->term, &language);
    int y = where.y + put_panel_head(v, region, where, name, language, STR(""));
    y += put_prose_of(
             v, region, &term->text, (struct rect){where.x, y, where.w, 0}, STYLE_BODY, "panel.text") +
         px(v, 2);
    return y - where.y;
}

static int put_panel_item(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct panel *panel = context;
    int first = item == 0 ? v->target / 2 : 0; /* the close button stands beside the first line */
    where.y += first;
    if (panel->note != NULL) {
        const struct prose_text *text = exhibit_prose(v->in->exhibit, &panel->note->text, v->language);
        struct place_prose how = {
            .style = STYLE_BODY, .prefix = "panel.text", .language = text != NULL ? text->language : NULL};
        if (item == 0) {
            int height = put_panel_head(v, region, where,
                text != NULL ? text->title : words(v, "missing.note"), how.language, STR(""));
            where.y += height;
            return first + height + put_fallback(v, region, how.language, where, "panel.fallback");
        }
        size_t block = (size_t)item - 1;
        if (text != NULL && block < text->block_count) {
            const struct block *next = block + 1 < text->block_count ? &text->blocks[block + 1] : NULL;
            return put_block(v, region, &text->blocks[block], where, &how) +
                   block_gap(v, &text->blocks[block], next, &how);
        }
    } else if (item == 0) {
        int height = panel->person != NULL  ? put_person_panel(v, region, panel->person, where)
                     : panel->geo != NULL   ? put_place_panel(v, region, panel->geo, where)
                     : panel->event != NULL ? put_event_panel(v, region, panel->event, where)
                     : panel->term != NULL
                         ? put_term_panel(v, region, panel->term, where)
                         : put_panel_head(v, region, where, words(v, "missing.panel"), NULL, STR(""));
        return first + height;
    }
    where.y += px(v, 2);
    return px(v, 2) + put_provenance(v, region, &exhibit_head(v->in->exhibit)->provenance, v->language, where,
                          "panel.provenance");
}

static int panel_items(const struct view *v, const struct panel *panel)
{
    const struct prose_text *text =
        panel->note != NULL ? exhibit_prose(v->in->exhibit, &panel->note->text, v->language) : NULL;
    return text != NULL ? (int)text->block_count + 2 : 2;
}

static struct rect panel_rect(const struct view *v)
{
    struct rect area = v->area;
    if (v->visit->low_reach || v->scale > 1.6) {
        return area;
    }
    if (v->portrait) {
        int height = area.h * 2 / 3;
        return (struct rect){area.x, area.y + area.h - height, area.w, height};
    }
    return (struct rect){area.x + area.w / 2, area.y, area.w - area.w / 2, area.h};
}

struct rect beside_panel(const struct view *v)
{
    struct rect area = v->area, panel = panel_rect(v);
    if (v->visit->here.panel.kind == PLACE_NONE) {
        return area;
    }
    area.w = panel.y > area.y ? area.w : panel.x - area.x;
    area.h = panel.y > area.y ? panel.y - area.y : area.h;
    return area;
}

void put_panel(struct view *v)
{
    struct panel panel = {0};
    if (v->visit->here.panel.kind == PLACE_NONE) {
        return;
    }
    find_panel(v, &panel);
    struct rect where = panel_rect(v);
    v->reach_count = 0; /* what lies below the panel cannot be reached through it */
    int box = put_group(v, v->root, BOX_PANEL, where, words(v, "panel"), "panel");
    box_at(v, box)->look.fill = v->theme.panel;
    box_at(v, box)->clip = where;
    if (v->theme.high_contrast) {
        box_at(v, box)->look.outline = v->theme.outline;
        box_at(v, box)->look.outline_px = 2;
    }
    v->on = v->theme.panel;
    struct flow flow = {.scroller = SCROLLER_PANEL,
        .id = "panel.text",
        .name = words(v, "panel"),
        .count = panel_items(v, &panel),
        .put = put_panel_item,
        .context = &panel,
        .pad_top = px(v, 1),
        .pad_bottom = px(v, 3),
        .pad_side = v->margin,
        .max_width = style_measure(v, STYLE_BODY, 70)};
    put_flow(v, box, where, &flow);
    struct place_button close = {.kind = BUTTON_PLAIN,
        .icon = ICON_CLOSE,
        .name = words(v, "panel.close"),
        .style = STYLE_BODY,
        .verb = ACTION_CLOSE};
    put_control(v, box,
        (struct rect){where.x + where.w - v->target - px(v, 1), where.y + px(v, 1), v->target, v->target},
        &close, "panel.close");
    v->on = v->theme.ground;
}
