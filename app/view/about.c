/* About and sources: the notes about the record, credit, rights, licence, and where the exhibit's own words
 * come from. */
#include "internal.h"

struct about {
    const struct exhibit_head *head;
    int notes; /* items that are notes; the rest are the paragraphs below */
};

enum {
    ABOUT_CREDITS,
    ABOUT_SPONSOR,
    ABOUT_RIGHTS,
    ABOUT_LICENCE,
    ABOUT_PROVENANCE,
    ABOUT_COUNTED,
    ABOUT_PARTS
};

static int put_about_note(struct view *v, int region, const char *id, struct rect where)
{
    const struct note *note = exhibit_find_note(v->in->exhibit, id);
    const struct prose_text *text =
        note != NULL ? exhibit_prose(v->in->exhibit, &note->text, v->language) : NULL;
    struct place_button button = {.kind = BUTTON_OUTLINED,
        .icon_after = ICON_FORWARD,
        .label = text != NULL ? text->title : words(v, "missing.note"),
        .style = STYLE_BODY,
        .verb = text != NULL ? ACTION_GO : ACTION_NONE,
        .argument = format(v, "note:%s", id),
        .language = text != NULL ? text->language : NULL};
    int height = button_height(v, &button, where.w);
    bool here = put_way_on(v, region, (struct rect){where.x, where.y, where.w, height}, &button,
        c_string(v, format(v, "about.%s", id)));
    return here ? height + px(v, 2) : 0;
}

static int put_titled(struct view *v, int region, const char *key, struct rect where)
{
    struct place_text title = {
        BOX_HEADING, STYLE_SUBHEADING, words(v, key), COLOUR_NONE, NULL, 0, TEXT_START, 0};
    return box_height(v, put_text(v, region, where, title, key)) + px(v, 0.5);
}

static int put_about_prose(
    struct view *v, int region, const char *key, const struct prose *prose, struct rect where)
{
    if (prose->count == 0) {
        return 0;
    }
    int height = put_titled(v, region, key, where);
    where.y += height;
    return height +
           put_prose_of(v, region, prose, where, STYLE_BODY, c_string(v, format(v, "%s.text", key))) +
           px(v, 3);
}

/* Whoever is counted is told so. */
static int put_counted(struct view *v, int region, struct rect where)
{
    if (!v->in->counts) {
        return 0;
    }
    int above = px(v, 3);
    where.y += above;
    int height = put_titled(v, region, "about.counted", where);
    where.y += height;
    struct place_text text = {
        BOX_TEXT, STYLE_BODY, words(v, "about.counted.text"), COLOUR_NONE, NULL, 0, TEXT_START, 0};
    return above + height + box_height(v, put_text(v, region, where, text, "about.counted.text")) + px(v, 3);
}

static int put_about_item(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct about *about = context;
    if (item < about->notes) {
        return put_about_note(v, region, about->head->about[item], where);
    }
    switch (item - about->notes) {
    case ABOUT_CREDITS:
        return put_about_prose(v, region, "about.credits", &about->head->credits, where);
    case ABOUT_RIGHTS:
        return put_about_prose(v, region, "about.rights", &about->head->rights, where);
    case ABOUT_LICENCE:
        return put_about_prose(v, region, "about.licence", &about->head->licence, where);
    case ABOUT_SPONSOR:
        if (about->head->sponsor.count > 0) {
            struct place_text text = {BOX_TEXT, STYLE_LABEL, say(v, &about->head->sponsor, NULL), COLOUR_NONE,
                NULL, 0, TEXT_START, 0};
            return box_height(v, put_text(v, region, where, text, "about.sponsor")) + px(v, 3);
        }
        return 0;
    case ABOUT_COUNTED:
        return put_counted(v, region, where);
    default: {
        int height = put_titled(v, region, "about.texts", where);
        where.y += height;
        return height +
               put_provenance(v, region, &about->head->provenance, v->language, where, "about.provenance");
    }
    }
}

/* Where the screen is wide: the notes and where our words come from on the left, whom the words of others
 * belong to on the right. */
static int put_about_columns(struct view *v, int region, int item, struct rect where, void *context)
{
    static const int left[] = {ABOUT_LICENCE, ABOUT_PROVENANCE, ABOUT_COUNTED},
                     right[] = {ABOUT_CREDITS, ABOUT_SPONSOR, ABOUT_RIGHTS};
    const struct about *about = context;
    int gap = v->margin, width = (where.w - gap) / 2, measure = style_measure(v, STYLE_BODY, 66);
    width = width < measure ? width : measure;
    struct rect a = {where.x, where.y, width, 0}, b = {where.x + width + gap, where.y, width, 0};
    (void)item;
    for (int i = 0; i < about->notes; i++) {
        a.y += put_about_item(v, region, i, a, context);
    }
    a.y += px(v, 2);
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        a.y += put_about_item(v, region, about->notes + left[i], a, context);
    }
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        b.y += put_about_item(v, region, about->notes + right[i], b, context);
    }
    return (a.y > b.y ? a.y : b.y) - where.y;
}

void put_about(struct view *v)
{
    struct about about = {exhibit_head(v->in->exhibit), (int)exhibit_head(v->in->exhibit)->about_count};
    bool wide = !v->portrait && v->scale < 1.3;
    int y = put_head(v, words(v, "about"), STR(""));
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "about",
        .name = words(v, "about"),
        .count = wide ? 1 : about.notes + ABOUT_PARTS,
        .put = wide ? put_about_columns : put_about_item,
        .context = &about,
        .pad_side = v->margin,
        .pad_top = px(v, 1),
        .pad_bottom = px(v, 3),
        .max_width = wide ? 0 : style_measure(v, STYLE_BODY, 70)};
    put_flow(v, v->root, (struct rect){v->area.x, y, v->area.w, v->area.y + v->area.h - y}, &flow);
}
