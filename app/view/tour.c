/* Guided reading: the page, flown to one part of it, and a caption with what to press. */
#include "internal.h"

static int tour_buttons(const struct view *v, struct place_button buttons[4])
{
    const struct visit_tour *tour = &v->visit->tour;
    bool paused = tour->paused;
    buttons[0] = (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = ICON_PREVIOUS,
        .name = words(v, "tour.previous"),
        .style = STYLE_BODY,
        .verb = ACTION_TOUR,
        .argument = STR("previous")};
    buttons[1] = (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = paused ? ICON_PLAY : ICON_PAUSE,
        .name = words(v, paused ? "tour.play" : "tour.pause"),
        .style = STYLE_BODY,
        .verb = ACTION_TOUR,
        .argument = STR("pause")};
    buttons[2] = (struct place_button){.kind = BUTTON_OUTLINED,
        .icon = ICON_NEXT,
        .name = words(v, "tour.next"),
        .style = STYLE_BODY,
        .verb = ACTION_TOUR,
        .argument = STR("next")};
    buttons[3] = (struct place_button){.kind = BUTTON_PLAIN,
        .icon = ICON_CLOSE,
        .label = words(v, "tour.stop"),
        .style = STYLE_LABEL,
        .verb = ACTION_TOUR,
        .argument = STR("stop")};
    return 4;
}

static int tour_button_width(const struct view *v, const struct place_button *button)
{
    return button->label.length > 0 ? button_width(v, button) : v->target + px(v, 2);
}

static int tour_controls_width(const struct view *v)
{
    struct place_button buttons[4];
    int count = tour_buttons(v, buttons), width = 0;
    for (int i = 0; i < count; i++) {
        width += tour_button_width(v, &buttons[i]) + (i > 0 ? px(v, 1) : 0);
    }
    return width;
}

static void put_tour_controls(struct view *v, int parent, struct rect where)
{
    static const char *const ids[] = {"tour.previous", "tour.pause", "tour.next", "tour.stop"};
    struct place_button buttons[4];
    int count = tour_buttons(v, buttons), x = where.x;
    for (int i = 0; i < count; i++) {
        int width = tour_button_width(v, &buttons[i]);
        if (put_control(v, parent, (struct rect){x, where.y, width, v->target}, &buttons[i], ids[i])) {
            x += width + px(v, 1);
        }
    }
}

void put_tour(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int index = v->visit->tour.step;
    const struct document *document = exhibit_find_document(v->in->exhibit, v->visit->here.place.id);
    if (document == NULL || index < 0 || (size_t)index >= head->tour_count) {
        return;
    }
    const struct tour_step *step = &head->tour[index];
    const struct prose_text *caption = exhibit_prose(v->in->exhibit, &step->caption, v->language);
    struct rect area = v->area;
    bool beside = !v->portrait && v->scale < 1.3 &&
                  !v->visit->low_reach; /* the buttons stand at the end of the caption, not under it */
    int side = v->margin, buttons = tour_controls_width(v),
        width = area.w - 2 * side - (beside ? buttons + v->margin : 0);
    int measure = style_measure(v, STYLE_LEAD, 70);
    width = width < measure ? width : measure;
    size_t before = v->tree->count;
    struct place_prose how = {.style = STYLE_LEAD,
        .prefix = "tour",
        .plain_links = true,
        .language = caption != NULL ? caption->language : NULL};
    int text = 0; /* of the longest caption, so that the buttons stay where they are */
    for (size_t i = 0; i < head->tour_count; i++) {
        const struct prose_text *any = exhibit_prose(v->in->exhibit, &head->tour[i].caption, v->language);
        int height = put_prose(v, v->root, any, (struct rect){0, 0, width, 0}, &how);
        text = height > text ? height : text;
        box_truncate(v->tree, before);
    }
    int controls = v->visit->low_reach || beside ? 0 : v->target + px(v, 2),
        label = text_px(v, 2.75 * 1.3) + px(v, 0.5);
    int strip = px(v, 2) + label + text + px(v, 2) + controls, least = v->target + px(v, 4);
    strip = strip > least ? strip : least;
    put_page(v, v->root, document, (struct rect){area.x, area.y, area.w, area.h - strip}, false, 0);
    int top = area.y + area.h - strip, y = top + px(v, 1.5);
    int panel = put_group(
        v, v->root, BOX_GROUP, (struct rect){area.x, top, area.w, strip}, words(v, "tour"), "tour.caption");
    box_at(v, panel)->look.fill = v->theme.panel;
    v->on = v->theme.panel;
    struct place_text place = {BOX_LABEL, STYLE_LABEL,
        words_with(v, "tour.step", number(v, index + 1), number(v, (long)head->tour_count)), v->theme.quiet,
        NULL, 0, TEXT_START, 1};
    put_text(v, panel, (struct rect){area.x + side, y, width, 0}, place, "tour.step");
    y += label;
    put_prose(v, panel, caption, (struct rect){area.x + side, y, width, 0}, &how);
    struct rect at = {area.x + side, y + text + px(v, 1), area.w - 2 * side, v->target};
    if (beside) {
        at = (struct rect){
            area.x + area.w - side - buttons, top + (strip - v->target) / 2, buttons, v->target};
    }
    put_tour_controls(v, panel, at);
    v->on = v->theme.ground;
}
