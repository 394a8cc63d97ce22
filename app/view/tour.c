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

struct caption { /* how the caption stands below the page */
    bool beside; /* the buttons stand at its end, not under it */
    int width, text, label, buttons,
        strip; /* px; text: of the longest one, so that the buttons stay where they are */
};

static int tallest_caption(struct view *v, int width)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    struct place_prose how = {.style = STYLE_LEAD, .prefix = "tour", .plain_links = true};
    size_t before = v->tree->count;
    int tallest = 0;
    for (size_t i = 0; i < head->tour_count; i++) {
        const struct prose_text *any = exhibit_prose(v->in->exhibit, &head->tour[i].caption, v->language);
        how.language = any != NULL ? any->language : NULL;
        int height = put_prose(v, v->root, any, (struct rect){0, 0, width, 0}, &how);
        tallest = height > tallest ? height : tallest;
        box_truncate(v->tree, before);
    }
    return tallest;
}

static struct caption measure_caption(struct view *v)
{
    struct caption caption = {.beside = !v->portrait && v->scale < 1.3 && !v->visit->low_reach,
        .buttons = tour_controls_width(v),
        .label = text_px(v, 2.75 * 1.3) + px(v, 0.5)};
    int measure = style_measure(v, STYLE_LEAD, 70), least = v->target + px(v, 4);
    int width = v->area.w - 2 * v->margin - (caption.beside ? caption.buttons + v->margin : 0);
    caption.width = width < measure ? width : measure;
    caption.text = tallest_caption(v, caption.width);
    int controls = v->visit->low_reach || caption.beside ? 0 : v->target + px(v, 2);
    int strip = px(v, 2) + caption.label + caption.text + px(v, 2) + controls;
    caption.strip = strip > least ? strip : least;
    return caption;
}

static void put_tour_caption(struct view *v, const struct caption *caption, int index)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    const struct prose_text *prose = exhibit_prose(v->in->exhibit, &head->tour[index].caption, v->language);
    struct rect area = v->area;
    int side = v->margin, top = area.y + area.h - caption->strip, y = top + px(v, 1.5);
    int panel = put_group(v, v->root, BOX_GROUP, (struct rect){area.x, top, area.w, caption->strip},
        words(v, "tour"), "tour.caption");
    box_at(v, panel)->look.fill = v->theme.panel;
    v->on = v->theme.panel;
    struct place_text place = {BOX_LABEL, STYLE_LABEL,
        words_with(v, "tour.step", number(v, index + 1), number(v, (long)head->tour_count)), v->theme.quiet,
        NULL, 0, TEXT_START, 1};
    put_text(v, panel, (struct rect){area.x + side, y, caption->width, 0}, place, "tour.step");
    y += caption->label;
    struct place_prose how = {.style = STYLE_LEAD,
        .prefix = "tour",
        .plain_links = true,
        .language = prose != NULL ? prose->language : NULL};
    put_prose(v, panel, prose, (struct rect){area.x + side, y, caption->width, 0}, &how);
    struct rect at = {area.x + side, y + caption->text + px(v, 1), area.w - 2 * side, v->target};
    if (caption->beside) {
        at = (struct rect){area.x + area.w - side - caption->buttons, top + (caption->strip - v->target) / 2,
            caption->buttons, v->target};
    }
    put_tour_controls(v, panel, at);
    v->on = v->theme.ground;
}

void put_tour(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int index = v->visit->tour.step;
    const struct document *document = exhibit_find_document(v->in->exhibit, v->visit->here.place.id);
    if (document == NULL || index < 0 || (size_t)index >= head->tour_count) {
        return;
    }
    /* It is the page that is read: the longest caption leaves it half of the screen, in a smaller type if
     * need be. */
    struct caption caption = measure_caption(v);
    double chosen = v->scale;
    while (caption.strip > v->area.h / 2 && v->scale > 0.6) {
        v->scale *= 0.92;
        caption = measure_caption(v);
    }
    struct rect page = {v->area.x, v->area.y, v->area.w, v->area.h - caption.strip};
    put_page(v, v->root, document, page, false, 0);
    put_tour_caption(v, &caption, index);
    v->scale = chosen;
}
