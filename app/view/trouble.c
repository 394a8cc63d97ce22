/* Nothing can be shown: what is wrong, since when and what to do, in plain words and every language of the
 * player's, for whoever looks after the screen. */
#include "internal.h"

enum { TROUBLE_TITLE, TROUBLE_WHAT, TROUBLE_DO, TROUBLE_PARTS };

static int put_line(struct view *v, int region, struct rect where, enum box_role role, enum style style,
    struct str text, const char *language, const char *id)
{
    struct place_text line = {role, style, text, COLOUR_NONE, language, 0, TEXT_START, 0};
    return box_height(v, put_text(v, region, where, line, id));
}

static int put_part(struct view *v, int region, int item, struct rect where, void *context)
{
    const struct view_trouble *trouble = context;
    int y = where.y;
    if (item == TROUBLE_TITLE) {
        y += put_line(v, region, where, BOX_HEADING, STYLE_HEADING, words(v, "trouble.title"), NULL,
                 "trouble.title") +
             px(v, 2);
        y += put_line(v, region, (struct rect){where.x, y, where.w, 0}, BOX_TEXT, STYLE_LEAD,
            words(v, "trouble.visitor"), NULL, "trouble.visitor");
        return y + px(v, 5) - where.y;
    }
    bool what = item == TROUBLE_WHAT;
    y += put_line(v, region, where, BOX_HEADING, STYLE_SUBHEADING,
             words(v, what ? "trouble.what" : "trouble.do"), NULL, what ? "trouble.what" : "trouble.do") +
         px(v, 0.5);
    y += put_line(v, region, (struct rect){where.x, y, where.w, 0}, BOX_TEXT, STYLE_BODY,
             words(v, what ? "trouble.what.text" : "trouble.do.text"), NULL,
             what ? "trouble.what.text" : "trouble.do.text") +
         px(v, 0.5);
    if (what) {
        y += put_line(v, region, (struct rect){where.x, y, where.w, 0}, BOX_TEXT, STYLE_BODY,
                 words_with(v, "trouble.since", date_words(v, trouble->since), str_from(trouble->time)), NULL,
                 "trouble.since") +
             px(v, 0.5);
        y += put_line(v, region, (struct rect){where.x, y, where.w, 0}, BOX_TEXT, STYLE_SOURCE,
            str_from(trouble->what), "en", "trouble.detail");
    }
    return y + px(v, 4) - where.y;
}

/* The languages in rows at the screen's lower edge; returns where the first begins. */
static int put_languages(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int gap = px(v, 1), left = v->margin, right = v->in->window.w - v->margin, width = 0, columns;
    struct place_button button = {.kind = BUTTON_OUTLINED, .style = STYLE_BODY, .verb = ACTION_LANGUAGE};
    for (size_t i = 0; i < head->language_count; i++) {
        button.label = interface_words(v->in->interface, head->languages[i], "language.name");
        button.language = head->languages[i];
        int needed = button_width(v, &button);
        width = needed > width ? needed : width;
    }
    width = width < right - left ? width : right - left;
    columns = (right - left + gap) / (width + gap);
    int rows = ((int)head->language_count + columns - 1) / columns, tall = v->target;
    int top = v->in->window.h - v->margin - rows * (tall + gap) + gap;
    for (size_t i = 0; i < head->language_count; i++) {
        bool chosen = str_equal_c(str_from(v->language), head->languages[i]);
        button.label = interface_words(v->in->interface, head->languages[i], "language.name");
        button.language = head->languages[i];
        button.argument = str_from(head->languages[i]);
        button.kind = chosen ? BUTTON_PRIMARY : BUTTON_OUTLINED;
        button.states = chosen ? BOX_CHECKED : 0;
        struct rect where = {
            left + (int)i % columns * (width + gap), top + (int)i / columns * (tall + gap), width, tall};
        put_button(v, v->root, where, &button, c_string(v, format(v, "trouble.language.%zu", i + 1)));
    }
    return top;
}

void put_trouble(struct view *v)
{
    struct view_trouble trouble = *v->in->trouble;
    int bottom = put_languages(v) - v->margin;
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "trouble",
        .name = words(v, "trouble.title"),
        .count = TROUBLE_PARTS,
        .put = put_part,
        .context = &trouble,
        .pad_top = v->margin,
        .pad_bottom = px(v, 2),
        .pad_side = v->margin,
        .max_width = style_measure(v, STYLE_BODY, 70)};
    put_flow(v, v->root, (struct rect){0, 0, v->in->window.w, bottom}, &flow);
}
