/* A document's record: what it is, from whom to whom, how it can be read, and the catalogue's fields as they
 * stand. */
#include "internal.h"

struct record {
    const struct document *document;
    bool readable; /* has pages or layers: offer the ways to read it */
};

enum { RECORD_HEAD, RECORD_WAYS, RECORD_QUOTED, RECORD_FIELDS };

static int put_line(struct view *v, int region, const char *key, struct str value, struct rect where)
{
    if (value.length == 0) {
        return 0;
    }
    int label_w = v->portrait ? where.w / 3 : style_measure(v, STYLE_LABEL, 18);
    struct place_text label = {BOX_LABEL, STYLE_LABEL, words(v, key), v->theme.quiet, NULL, 0, TEXT_START, 0};
    struct place_text text = {BOX_TEXT, STYLE_LABEL, value, COLOUR_NONE, NULL, 0, TEXT_START, 0};
    int a = put_text(v, region, (struct rect){where.x, where.y, label_w, 0}, label,
        c_string(v, format(v, "%s.label", key)));
    int b = put_text(v, region,
        (struct rect){where.x + label_w + v->gutter, where.y, where.w - label_w - v->gutter, 0}, text, key);
    int height = box_height(v, a) > box_height(v, b) ? box_height(v, a) : box_height(v, b);
    return height + px(v, 0.75);
}

static int put_record_head(struct view *v, int region, const struct document *document, struct rect where)
{
    const char *language = NULL;
    struct str title = say(v, &document->title, &language), date = STR("");
    int y = where.y;
    struct place_text heading = {BOX_HEADING, STYLE_HEADING, title, COLOUR_NONE, language, 0, TEXT_START, 0};
    y += box_height(v, put_text(v, region, where, heading, "title")) + px(v, 2);
    if (document->date.year != 0) {
        date = date_words(v, document->date);
        struct str note = say(v, &document->date_note, NULL);
        date = note.length > 0 ? format(v, "%.*s (%.*s)", STR_ARGS(date), STR_ARGS(note)) : date;
    }
    y += put_line(v, region, "record.date", date, (struct rect){where.x, y, where.w, 0});
    y += put_line(
        v, region, "record.from", say(v, &document->from, NULL), (struct rect){where.x, y, where.w, 0});
    y += put_line(v, region, "record.to", say(v, &document->to, NULL), (struct rect){where.x, y, where.w, 0});
    y += px(v, 1.5);
    y += put_prose_of(
        v, region, &document->summary, (struct rect){where.x, y, where.w, 0}, STYLE_BODY, "record.summary");
    return y - where.y + px(v, 2.5);
}

static int put_ways(struct view *v, int region, const struct document *document, struct rect where)
{
    static const struct {
        const char *id, *key, *word;
        bool page, text;
    } ways[] = {{"way.parallel", "view.parallel", "parallel", true, true},
        {"way.scan", "view.scan", "scan", true, false}, {"way.text", "view.text", "text", false, true}};
    int x = where.x, y = where.y, height = 0, offered = 0;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if ((ways[i].page && document->page_count == 0) || (ways[i].text && document->layer_count == 0)) {
            continue;
        }
        struct place_button button = {.kind = offered++ == 0 ? BUTTON_PRIMARY : BUTTON_OUTLINED,
            .label = words(v, ways[i].key),
            .style = STYLE_BODY,
            .verb = ACTION_GO,
            .argument = format(v, "document:%s/%s", document->id, ways[i].word)};
        int width = button_width(v, &button), tall = button_height(v, &button, width);
        if (x > where.x && x + width > where.x + where.w) {
            x = where.x;
            y += tall + px(v, 1.5);
        }
        if (put_control(v, region, (struct rect){x, y, width, tall}, &button, ways[i].id)) {
            x += width + px(v, 2);
            height = y + tall - where.y;
        }
    }
    return height > 0 ? height + px(v, 4) : 0;
}

static int put_quoted(struct view *v, int region, const struct document *document, struct rect where)
{
    const char *language = NULL;
    struct str text = say(v, &document->quoted_text, &language);
    if (text.length == 0) {
        return 0;
    }
    int y = where.y, pad = px(v, 2.5), inner = where.w - 2 * pad;
    int box = put_group(v, region, BOX_GROUP, where, words(v, "record.quoted"), "record.quoted");
    box_at(v, box)->look.fill = v->theme.panel;
    box_at(v, box)->look.outline = v->theme.high_contrast ? v->theme.outline : COLOUR_NONE;
    box_at(v, box)->look.outline_px = v->theme.high_contrast ? 1 : 0;
    colour before = v->on;
    v->on = v->theme.panel;
    y += px(v, 2);
    struct place_text title = {
        BOX_HEADING, STYLE_SUBHEADING, words(v, "record.quoted"), COLOUR_NONE, NULL, 0, TEXT_START, 0};
    y += box_height(
             v, put_text(v, box, (struct rect){where.x + pad, y, inner, 0}, title, "record.quoted.title")) +
         px(v, 0.5);
    struct place_text quote = {BOX_TEXT, STYLE_BODY, text, COLOUR_NONE, language, 0, TEXT_START, 0};
    y += box_height(
             v, put_text(v, box, (struct rect){where.x + pad, y, inner, 0}, quote, "record.quoted.text")) +
         px(v, 0.5);
    y += put_prose_of(v, box, &document->quoted_note, (struct rect){where.x + pad, y, inner, 0}, STYLE_LABEL,
        "record.quoted.note");
    y += put_fallback(v, box, language, (struct rect){where.x + pad, y, inner, 0}, "record.quoted.fallback");
    y += put_provenance(v, box, &document->quoted_provenance, language,
        (struct rect){where.x + pad, y, inner, 0}, "record.quoted.provenance");
    y += px(v, 2);
    box_at(v, box)->rect.h = y - where.y;
    v->on = before;
    return y - where.y + px(v, 3);
}

static int put_field(
    struct view *v, int region, const struct record_field *field, size_t index, struct rect where)
{
    int label_w = v->portrait ? where.w / 3 : style_measure(v, STYLE_LABEL, 24),
        x = where.x + label_w + v->gutter, width = where.w - label_w - v->gutter;
    const char *language = NULL;
    struct str name = say(v, &field->field, NULL), value = say(v, &field->value, &language),
               added = say(v, &field->added, NULL);
    struct place_text label = {BOX_LABEL, STYLE_LABEL, name, v->theme.quiet, NULL, 0, TEXT_START, 0};
    int a = put_text(v, region, (struct rect){where.x, where.y, label_w, 0}, label,
        c_string(v, format(v, "field.%zu.label", index + 1)));
    int y = where.y;
    bool given = value.length > 0;
    struct place_text text = {BOX_TEXT, STYLE_LABEL, given ? value : words(v, "record.not-given"),
        given ? COLOUR_NONE : v->theme.quiet, given ? language : NULL, given ? 0 : TEXT_ITALIC, TEXT_START,
        0};
    y += box_height(v, put_text(v, region, (struct rect){x, y, width, 0}, text,
                           c_string(v, format(v, "field.%zu", index + 1))));
    if (added.length > 0) {
        struct place_text ours = {BOX_TEXT, STYLE_LABEL, words_with(v, "record.added", added, STR("")),
            COLOUR_NONE, NULL, 0, TEXT_START, 0};
        y += box_height(v, put_text(v, region, (struct rect){x, y, width, 0}, ours,
                               c_string(v, format(v, "field.%zu.added", index + 1))));
    }
    int height = y - where.y > box_height(v, a) ? y - where.y : box_height(v, a);
    int rule = put_group(v, region, BOX_GROUP,
        (struct rect){where.x, where.y + height + px(v, 0.75), where.w, 1}, STR(""), "field.rule");
    box_at(v, rule)->look.fill = v->theme.panel;
    return height + px(v, 1.5);
}

static int put_record_item(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct record *record = context;
    const struct document *document = record->document;
    switch (item) {
    case RECORD_HEAD:
        return put_record_head(v, region, document, where);
    case RECORD_WAYS:
        return record->readable ? put_ways(v, region, document, where) : 0;
    case RECORD_QUOTED:
        return put_quoted(v, region, document, where);
    default:
        break;
    }
    size_t field = (size_t)(item - RECORD_FIELDS);
    if (field < document->record_count) {
        int title_h = 0;
        if (field == 0) {
            struct place_text title = {BOX_HEADING, STYLE_SUBHEADING, words(v, "record.fields"), COLOUR_NONE,
                NULL, 0, TEXT_START, 0};
            title_h = box_height(v, put_text(v, region, where, title, "record.fields")) + px(v, 1);
            where.y += title_h;
        }
        return title_h + put_field(v, region, &document->record[field], field, where);
    }
    return put_provenance(v, region, &document->provenance, v->language, where, "record.provenance") +
           px(v, 2);
}

void put_read(struct view *v, const struct document *document)
{
    struct record record = {document, document->page_count > 0 || document->layer_count > 0};
    bool picture = document->page_count > 0 && !v->portrait && v->scale < 1.6 && !v->visit->low_reach;
    struct rect where = v->area;
    int measure = style_measure(v, STYLE_BODY, 70);
    if (picture) {
        where.w = where.w * 6 / 10;
        struct rect side = {v->area.x + where.w, v->area.y, v->area.w - where.w, v->area.h};
        put_captioned(v, v->root, document, side, (struct rectf){0, 0, 0, 0}, "read.page");
    }
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "record",
        .name = say(v, &document->title, NULL),
        .count = RECORD_FIELDS + (int)document->record_count + 1,
        .put = put_record_item,
        .context = &record,
        .pad_top = px(v, 4),
        .pad_bottom = px(v, 3),
        .pad_side = v->margin,
        .max_width = measure};
    put_flow(v, v->root, where, &flow);
}
