/* Before anybody has touched the screen: the page on the table, one sentence of the tour, and an invitation
 * in every language. */
#include "internal.h"

#include <math.h>
#include <string.h>

/* The page leans towards the step's part and drifts by less than one per cent of the screen a second. */
static struct camera drifting(const struct view *v, const struct tour_step *step, const struct page *page,
    struct camera_page size, struct size view)
{
    struct rectf box = {0, 0, size.width_img, size.height_img * 0.5};
    if (step != NULL && step->camera_img.w > 0) {
        box = step->camera_img;
    } else if (step != NULL && step->place.segment[0] != '\0') {
        exhibit_segment_bounds(page, step->place.segment, &box);
    }
    double width = size.width_img * 0.86;
    double middle = box.y + box.h / 2;
    struct camera camera = {
        .x_page = 0.5, .y_page = middle / size.height_img, .scale = view.w / width, .quarter_turns = 0};
    camera.y_page += 0.02 * visit_drift(v->visit, v->in->now_ms) * view.h / (size.height_img * camera.scale);
    return camera_clamp(camera, size, view, 0, page_max_scale(v));
}

/* One language a line, each in its own voice; more than fits on a few lines runs on. */
static int put_invitations(struct view *v, struct rect where)
{
    enum { LINES_MAX = 6 };
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int y = where.y;
    struct str all = STR("");
    for (size_t i = 0; i < head->language_count; i++) {
        const char *language = head->languages[i];
        struct str one = interface_words(v->in->interface, language, "attract.touch");
        struct place_text text = {BOX_TEXT, STYLE_LEAD, one, v->theme.table_ink, language, 0, TEXT_START, 0};
        if (head->language_count <= LINES_MAX) {
            y += box_height(v, put_text(v, v->root, (struct rect){where.x, y, where.w, 0}, text,
                                   c_string(v, format(v, "attract.touch.%zu", i + 1))));
        } else {
            all = format(v, "%.*s%s%.*s", STR_ARGS(all), i > 0 ? "   " : "", STR_ARGS(one));
        }
    }
    if (all.length > 0) {
        struct place_text text = {BOX_TEXT, STYLE_BODY, all, v->theme.table_ink, NULL, 0, TEXT_START, 0};
        y += box_height(v, put_text(v, v->root, where, text, "attract.touch"));
    }
    return y - where.y;
}

static int put_sentence(struct view *v, const struct tour_step *step, struct rect where)
{
    const struct prose_text *caption =
        step != NULL ? exhibit_prose(v->in->exhibit, &step->caption, v->language) : NULL;
    struct place_prose how = {.style = STYLE_LEAD,
        .prefix = "attract.caption",
        .plain_links = true,
        .ink = v->theme.table_ink,
        .language = caption != NULL ? caption->language : NULL};
    return put_prose(v, v->root, caption, where, &how);
}

static int put_attract_head(struct view *v, struct rect where)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int y = where.y;
    if (head->date.year != 0) {
        struct place_text date = {
            BOX_LABEL, STYLE_LABEL, date_words(v, head->date), v->theme.table_quiet, NULL, 0, TEXT_START, 0};
        y +=
            box_height(v, put_text(v, v->root, (struct rect){where.x, y, where.w, 0}, date, "attract.date")) +
            px(v, 1);
    }
    struct place_text title = {
        BOX_HEADING, STYLE_DISPLAY, say(v, &head->title, NULL), v->theme.table_ink, NULL, 0, TEXT_START, 0};
    y += box_height(v, put_text(v, v->root, (struct rect){where.x, y, where.w, 0}, title, "attract.title"));
    return y - where.y + px(v, 4);
}

/* What stands at the foot: the invitations, and what kind of image this is. Returns its height. */
static int put_attract_foot(struct view *v, const struct document *document, struct rect where)
{
    int touch = put_invitations(v, where), note = 0;
    if (document != NULL && document->page_count > 0) {
        struct rect below = {where.x, where.y + touch + px(v, 3), where.w, 0};
        note = put_provenance(v, v->root, &document->pages[0].provenance, NULL, below, "attract.provenance");
    }
    return touch + (note > 0 ? note + px(v, 3) : 0);
}

/* False when it does not fit. */
static bool put_attract_text(
    struct view *v, const struct document *document, const struct tour_step *step, struct rect where)
{
    size_t before = v->tree->count;
    int foot = put_attract_foot(v, document, where);
    box_truncate(v->tree, before);
    int y = where.y + put_attract_head(v, where);
    y += put_sentence(v, step, (struct rect){where.x, y, where.w, 0});
    int at = where.y + where.h - foot;
    put_attract_foot(v, document, (struct rect){where.x, at, where.w, 0});
    return at >= y + px(v, 2);
}

void put_attract(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    const struct document *document = exhibit_find_document(v->in->exhibit, NULL);
    struct size window = v->in->window;
    size_t index = (size_t)(v->visit->tour.step > 0 ? v->visit->tour.step : 0);
    const struct tour_step *step = index < head->tour_count ? &head->tour[index] : NULL;
    struct rect picture = {
        0, 0, v->portrait ? window.w : window.w * 11 / 20, v->portrait ? window.h * 11 / 20 : window.h};
    struct rect text = {
        picture.w + v->margin, v->margin, window.w - picture.w - 2 * v->margin, window.h - 2 * v->margin};
    if (v->portrait) {
        text = (struct rect){
            v->margin, picture.h + v->margin, window.w - 2 * v->margin, window.h - picture.h - 2 * v->margin};
    }
    box_at(v, v->root)->look.fill = v->theme.table;
    v->tree->ground = v->theme.table;
    v->on = v->theme.table;
    set_action(v, v->root, ACTION_BEGIN, STR(""));
    box_at(v, v->root)->name = words(v, "attract.touch");
    if (document != NULL && document->page_count > 0) {
        const struct view_page_size *size = page_size(v, document->id, 0);
        struct camera camera = camera_whole();
        if (size != NULL && size->size_img.w > 0 && !size->failed) {
            camera = drifting(v, step, &document->pages[0],
                (struct camera_page){size->size_img.w, size->size_img.h},
                (struct size){picture.w, picture.h});
        }
        int image = put_picture(v, v->root, document, 0, picture, camera, "attract.page");
        if (step != NULL) {
            light_picture(v, image, &document->pages[0], step->place.segment);
        }
    }
    /* All of it must fit, whatever the text size: nobody can scroll here. */
    size_t before = v->tree->count;
    double chosen = v->scale;
    while (!put_attract_text(v, document, step, text) && v->scale > 0.6) {
        box_truncate(v->tree, before);
        v->scale *= 0.92;
    }
    v->scale = chosen;
}
