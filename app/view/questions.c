/* Questions, with answers that are shown on request. */
#include "internal.h"

static const char *question_key(const struct view *v, int item, void *context)
{
    size_t count;
    (void)context;
    return exhibit_questions(v->in->exhibit, &count)[item].id;
}

static int put_reveal(
    struct view *v, int region, const struct question *question, int item, struct rect where, bool shown)
{
    struct place_button button = {.kind = BUTTON_OUTLINED,
        .label = words(v, shown ? "question.hide" : "question.reveal"),
        .style = STYLE_LABEL,
        .verb = ACTION_REVEAL,
        .argument = str_from(question->id),
        .states = shown ? BOX_EXPANDED : 0};
    if (v->visit->low_reach) { /* away from its question it says whose answer it shows */
        button.label = format(v, "%.*s · %.*s", STR_ARGS(number(v, item + 1)), STR_ARGS(button.label));
    }
    int width = button_width(v, &button);
    width = width < where.w ? width : where.w;
    struct rect at = {where.x, where.y, width, button_height(v, &button, width)};
    return put_way_on(v, region, at, &button, c_string(v, format(v, "question.%s.reveal", question->id)))
               ? at.h
               : 0;
}

static int put_asked(struct view *v, int region, const struct question *question, struct rect where)
{
    const struct prose_text *text = exhibit_prose(v->in->exhibit, &question->question, v->language);
    struct place_prose how = {.style = STYLE_BODY,
        .bold = true,
        .prefix = c_string(v, format(v, "question.%s", question->id)),
        .language = text != NULL ? text->language : NULL};
    int height = put_prose(v, region, text, where, &how);
    where.y += height;
    return height +
           put_fallback(v, region, how.language, where, c_string(v, format(v, "%s.fallback", how.prefix)));
}

/* The button, and the answer once it was asked for. Returns their height. */
static int put_answer(
    struct view *v, int region, const struct question *question, int item, struct rect where)
{
    bool shown = (v->visit->revealed >> item & 1) != 0;
    int height = 0;
    if (question->answer.count == 0) {
        return 0;
    }
    height += put_reveal(v, region, question, item, where, shown);
    if (shown) {
        height += height > 0 ? px(v, 1) : 0;
        where.y += height;
        height += put_prose_of(v, region, &question->answer, where, STYLE_BODY,
            c_string(v, format(v, "question.%s.answer", question->id)));
    }
    return height;
}

/* Where the screen is wide the answer stands beside its question, else below it. */
static int put_question(struct view *v, int region, int item, struct rect where, void *context)
{
    size_t count;
    const struct question *question = &exhibit_questions(v->in->exhibit, &count)[item];
    int indent = text_px(v, 7), gap = v->margin;
    bool wide = where.w > style_size(v, STYLE_BODY) * 50;
    (void)context;
    where.y += px(v, 1);
    where.w = wide ? (where.w - gap) / 2 : where.w;
    struct place_text figure = {
        BOX_LABEL, STYLE_SUBHEADING, number(v, item + 1), v->theme.quiet, NULL, TEXT_TABULAR, TEXT_START, 1};
    put_text(v, region, (struct rect){where.x, where.y, indent, 0}, figure,
        c_string(v, format(v, "question.%s.number", question->id)));
    struct rect at = {where.x + indent, where.y, where.w - indent, 0};
    at.y += put_asked(v, region, question, at);
    if (question->hint.count > 0) {
        at.y += px(v, 1);
        at.y += put_prose_of(v, region, &question->hint, at, STYLE_LABEL,
            c_string(v, format(v, "question.%s.hint", question->id)));
    }
    struct rect answer = wide ? (struct rect){where.x + where.w + gap, where.y, where.w, 0}
                              : (struct rect){at.x, at.y + px(v, 1.5), at.w, 0};
    int bottom = answer.y + put_answer(v, region, question, item, answer);
    bottom = bottom > at.y ? bottom : at.y;
    return bottom - where.y + px(v, 5);
}

void put_questions(struct view *v)
{
    size_t count = 0;
    exhibit_questions(v->in->exhibit, &count);
    int y = put_head(v, words(v, "questions"), words(v, "questions.about"));
    bool wide = v->area.w - 2 * v->margin > style_size(v, STYLE_BODY) * 52;
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "questions",
        .name = words(v, "questions"),
        .count = (int)count,
        .put = put_question,
        .key = question_key,
        .pad_side = v->margin,
        .pad_bottom = px(v, 2),
        .max_width = wide ? 0 : style_measure(v, STYLE_BODY, 74)};
    put_flow(v, v->root, (struct rect){v->area.x, y, v->area.w, v->area.y + v->area.h - y}, &flow);
}
