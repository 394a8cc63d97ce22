/* A teacher's tools: a pen that draws over the page, a spotlight, a black screen, answers one by one,
 * sections by number. They are there in classroom mode only. */
#include "visit_internal.h"

#include "base/array.h"

#include <string.h>

#define PEN_STEP_PX 3.0 /* a stroke keeps a point where the hand has moved so far */

static bool in_classroom(const struct visit *visit)
{
    return visit->frame.mode == MODE_CLASSROOM;
}

/* ---- the pen */

static void wipe(struct visit *visit)
{
    memset(&visit->ink, 0, sizeof visit->ink);
}

/* A drawing belongs to the page that it was drawn on, and is gone when one leaves it. */
void classroom_tend(struct visit *visit)
{
    const struct place *place = &visit->here.place;
    bool same = place->kind == PLACE_DOCUMENT && strcmp(place->id, visit->ink.document) == 0 &&
                visit->here.page == visit->ink.page;
    if (visit->ink.stroke_count > 0 && !same) {
        wipe(visit);
    }
}

void classroom_pen(struct visit *visit, struct str what)
{
    struct visit_ink *ink = &visit->ink;
    if (!in_classroom(visit)) {
        return;
    }
    if (what.length == 0) {
        visit->pen = !visit->pen;
    } else if (str_equal_c(what, "wipe")) {
        wipe(visit);
    } else if (str_equal_c(what, "undo") && ink->stroke_count > 0) {
        int from = --ink->stroke_count > 0 ? ink->ends[ink->stroke_count - 1] : 0;
        int end = ink->ends[ink->stroke_count];
        memset(&ink->points_img[from], 0, (size_t)(end - from) * sizeof ink->points_img[0]);
        ink->ends[ink->stroke_count] = 0;
    }
}

static struct visit_point to_img(
    const struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct camera camera = camera_clamp(visit_camera(visit, metrics, now_ms), metrics->page,
        metrics->page_view, metrics->page_margin_px, metrics->page_max_scale);
    struct pointf img = camera_to_img(camera, metrics->page, metrics->page_view, at_view);
    return (struct visit_point){(float)img.x, (float)img.y};
}

bool visit_pen_down(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct visit_ink *ink = &visit->ink;
    metrics = visit_metrics_of(metrics);
    if (!in_classroom(visit) || !visit->pen || !metrics->has_page ||
        visit->here.place.kind != PLACE_DOCUMENT) {
        return false;
    }
    idle_input(visit, now_ms);
    page_rest(visit);
    classroom_tend(visit);
    int from = ink->stroke_count > 0 ? ink->ends[ink->stroke_count - 1] : 0;
    if (ink->stroke_count < VISIT_STROKES && from < VISIT_STROKE_POINTS) {
        visit_copy_text(ink->document, sizeof ink->document, str_from(visit->here.place.id));
        ink->page = visit->here.page;
        ink->points_img[from] = to_img(visit, at_view, metrics, now_ms);
        ink->ends[ink->stroke_count++] = from + 1;
        ink->drawing = true;
    }
    return true;
}

void visit_pen_move(
    struct visit *visit, struct pointf at_view, const struct visit_metrics *metrics, int64_t now_ms)
{
    struct visit_ink *ink = &visit->ink;
    metrics = visit_metrics_of(metrics);
    if (!ink->drawing || ink->stroke_count == 0 || !metrics->has_page) {
        return;
    }
    int *end = &ink->ends[ink->stroke_count - 1];
    struct visit_point last = ink->points_img[*end - 1], next = to_img(visit, at_view, metrics, now_ms);
    double scale = camera_clamp(visit_camera(visit, metrics, now_ms), metrics->page, metrics->page_view,
        metrics->page_margin_px, metrics->page_max_scale)
                       .scale;
    double dx = (double)(next.x - last.x) * scale, dy = (double)(next.y - last.y) * scale;
    if (*end < VISIT_STROKE_POINTS && dx * dx + dy * dy >= PEN_STEP_PX * PEN_STEP_PX) {
        ink->points_img[(*end)++] = next;
    }
}

void visit_pen_up(struct visit *visit)
{
    visit->ink.drawing = false;
}

/* ---- the spotlight and the black screen */

/* From the lit paragraph on, or from the first that is laid out, to the next that has a name. */
static bool light_next(struct visit *visit, const struct visit_region *region, int by,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    const struct document *document = visit_document(visit);
    int count = region->present && region->keys != NULL && document != NULL ? region->count : 0, from = -1;
    for (int i = 0; i < count; i++) {
        if (region->keys[i] != NULL && strcmp(region->keys[i], visit->here.segment) == 0) {
            from = i;
        }
    }
    for (int i = from >= 0 ? from + by : 0; i >= 0 && i < count; i += from >= 0 ? by : 1) {
        if (region->keys[i] != NULL && page_has_segment(document, region->keys[i])) {
            page_select(visit, str_from(region->keys[i]), metrics, now_ms);
            return true;
        }
    }
    return false;
}

/* What is lit stays in the light. Where nothing is, the paragraph at the top of the text is lit. */
void classroom_spotlight(
    struct visit *visit, struct str way, const struct visit_metrics *metrics, int64_t now_ms)
{
    bool moves = str_equal_c(way, "+1") || str_equal_c(way, "-1");
    int by = moves && way.data[0] == '-' ? -1 : 1;
    if (!in_classroom(visit)) {
        return;
    }
    visit->spotlight = moves || !visit->spotlight;
    bool wanted = visit->spotlight && (moves || visit->here.segment[0] == '\0');
    if (wanted && !light_next(visit, &metrics->regions[SCROLLER_SIDE], by, metrics, now_ms)) {
        light_next(visit, &metrics->regions[SCROLLER_MAIN], by, metrics, now_ms);
    }
}

void classroom_blank(struct visit *visit)
{
    visit->blank = in_classroom(visit) && !visit->blank;
}

/* ---- questions */

/* Shows the first answer that is hidden, or hides the last that is shown. */
void classroom_reveal(struct visit *visit, bool forward)
{
    size_t count = 0;
    const struct question *questions = exhibit_questions(visit->frame.exhibit, &count);
    count = count < VISIT_QUESTIONS ? count : VISIT_QUESTIONS;
    for (size_t n = 0; n < count; n++) {
        size_t i = forward ? n : count - 1 - n;
        bool shown = (visit->revealed >> i & 1) != 0;
        if (questions[i].answer.count > 0 && shown != forward) {
            visit->revealed ^= UINT64_C(1) << i;
            visit_copy_text(visit->bring, sizeof visit->bring, str_from(questions[i].id));
            return;
        }
    }
}

bool visit_reveals(const struct visit *visit, bool forward)
{
    size_t count = 0;
    const struct question *questions = exhibit_questions(visit->frame.exhibit, &count);
    for (size_t i = 0; i < count && i < VISIT_QUESTIONS; i++) {
        if (questions[i].answer.count > 0 && ((visit->revealed >> i & 1) != 0) != forward) {
            return true;
        }
    }
    return false;
}

/* ---- sections */

bool visit_section(const struct exhibit *exhibit, int number, struct place *place)
{
    static const enum place_kind order[] = {PLACE_READ, PLACE_MEANING, PLACE_PEOPLE, PLACE_PLACES,
        PLACE_TIMELINE, PLACE_WORDS, PLACE_RELATED, PLACE_QUESTIONS, PLACE_ABOUT};
    const char *home = exhibit_head(exhibit)->home_document;
    int at = 0;
    memset(place, 0, sizeof *place);
    for (size_t i = 0; i < ARRAY_LENGTH(order); i++) {
        if (exhibit_has_screen(exhibit, order[i]) && ++at == number) {
            place->kind = order[i] == PLACE_READ && home != NULL ? PLACE_DOCUMENT : order[i];
            place->view = place->kind == PLACE_DOCUMENT ? PLACE_PARALLEL : place->view;
            return true;
        }
    }
    return false;
}
