/* Which screen, what lies over it, and what visit learns from the result. */
#include "internal.h"

#include <string.h>

static void put_missing(struct view *v, const char *key)
{
    struct place_text text = {BOX_ALERT, STYLE_BODY, words(v, key), COLOUR_NONE, NULL, 0, TEXT_START, 0};
    put_text(v, v->root,
        (struct rect){v->area.x + v->margin, v->area.y + v->margin, v->area.w - 2 * v->margin, 0}, text,
        "missing");
}

static void put_document_screen(struct view *v)
{
    const struct place *place = &v->visit->here.place;
    const struct document *document = exhibit_find_document(v->in->exhibit, place->id);
    bool readable = document != NULL && (document->page_count > 0 || document->layer_count > 0);
    if (document == NULL) {
        put_missing(v, "missing.document");
    } else if (v->visit->tour.active) {
        put_tour(v);
    } else if (place->view == PLACE_RECORD || !readable) {
        put_read(v, document);
    } else {
        put_document(v, document, place->view);
    }
}

static void put_screen(struct view *v)
{
    const struct document *home = exhibit_find_document(v->in->exhibit, NULL);
    switch (v->visit->here.place.kind) {
    case PLACE_ATTRACT:
        put_attract(v);
        break;
    case PLACE_READ:
        if (home != NULL) {
            put_read(v, home);
        } else {
            put_missing(v, "missing.document");
        }
        break;
    case PLACE_DOCUMENT:
        put_document_screen(v);
        break;
    case PLACE_MEANING:
        put_meaning(v);
        break;
    case PLACE_PEOPLE:
        put_people(v);
        break;
    case PLACE_PLACES:
        put_places(v);
        break;
    case PLACE_TIMELINE:
        put_timeline(v);
        break;
    case PLACE_WORDS:
        put_words(v);
        break;
    case PLACE_RELATED:
        put_related(v);
        break;
    case PLACE_QUESTIONS:
        put_questions(v);
        break;
    case PLACE_ABOUT:
        put_about(v);
        break;
    case PLACE_SEARCH:
        put_search(v);
        break;
    default:
        put_home(v);
        break;
    }
}

/* The screen in what a panel leaves of it: nothing is covered in part. */
static void put_screen_beside(struct view *v)
{
    struct rect area = v->area;
    bool portrait = v->portrait;
    v->area = beside_panel(v);
    v->beside_panel = v->area.w < area.w || v->area.h < area.h;
    v->portrait = v->beside_panel ? v->area.h > v->area.w : portrait;
    if (!rect_empty(v->area)) {
        put_screen(v);
    }
    v->area = area;
    v->portrait = portrait;
}

static void divide(struct view *v)
{
    struct size window = v->in->window;
    v->area = (struct rect){0, 0, window.w, v->bar_top};
    if (v->visit->low_reach) {
        /* The lower 40 %, and where the display's place is known what of it lies under 1220 mm; but never
         * less than two rows of buttons. */
        int top = (v->bottom * 6 + 9) / 10, high, low, least = v->bar_top - 2 * v->target - px(v, 6);
        view_reach(&v->in->display, window.h, &high, &low);
        top = high > top ? high : top;
        top = top > least ? least : top;
        v->area.h = top;
        v->reach = (struct rect){0, top, window.w, v->bar_top - top};
    }
    listen_divide(v, bar_has_room(v));
}

static void mark_focus(const struct view *v)
{
    const char *focus = v->visit->here.focus;
    if (!v->visit->focus_visible || focus[0] == '\0') {
        return;
    }
    int box = box_find(v->tree, focus);
    if (box_focusable(v->tree, box)) { /* not through a sheet that lies over it */
        v->tree->boxes[box].states |= BOX_FOCUSED;
    }
}

/* Everything, from the screen itself to what lies over it. */
static void put_all(struct view *v)
{
    if (v->visit->staff.screen != STAFF_NONE) {
        put_staff(v);
        mark_focus(v);
        return;
    }
    if (v->in->trouble != NULL) {
        put_trouble(v);
        mark_focus(v);
        return;
    }
    divide(v);
    bool attract = v->visit->here.place.kind == PLACE_ATTRACT;
    put_screen_beside(v);
    put_panel(v);
    if (!attract) {
        put_caption(v);
        put_reach(v);
        put_listen_controls(v);
        put_tools(v);
        put_bar(v);
    }
    put_menu(v);
    put_warning(v);
    put_lock(v);
    put_mistake(v);
    put_blank(v);
    mark_focus(v);
    mark_spoken(v);
}

bool view_build(const struct view_input *input, struct box_tree *tree)
{
    struct box scrap;
    struct view v = {.in = input,
        .visit = input->visit,
        .tree = tree,
        .language = input->visit->language,
        .scrap = &scrap};
    memset(&scrap, 0, sizeof scrap);
    style_init(&v);
    excerpt_begin(&v);
    style_least(&v);
    tree->window = input->window;
    tree->ground = v.theme.ground;
    tree->complete = input->complete;
    tree->language = v.language;
    tree->rtl = interface_is_rtl(input->interface, v.language);
    tree->focus = v.theme.accent;
    tree->focus_lining = v.theme.ground;
    tree->focus_px = px(&v, 0.5) > 2 ? px(&v, 0.5) : 2;
    struct rect window = {0, 0, input->window.w, input->window.h};
    v.root =
        put_group(&v, -1, BOX_SCREEN, window, say(&v, &exhibit_head(input->exhibit)->title, NULL), "screen");
    box_at(&v, v.root)->look.fill = v.theme.ground;
    box_at(&v, v.root)->clip = window;
    if (input->closed) {
        box_at(&v, v.root)->look.fill = tree->ground = COLOUR_RGB(0x000000);
        return !tree->failed;
    }
    put_all(&v);
    if (tree->rtl) {
        box_mirror(tree, 0, 0, tree->window.w);
    }
    put_spotlight(&v);
    return !tree->failed;
}
/* ---- what visit learns */

static void region_metrics(const struct box_scroll *scroll, struct visit_metrics *metrics)
{
    if (scroll->scroller < 0 || scroll->scroller >= SCROLLERS) {
        return;
    }
    metrics->regions[scroll->scroller] = (struct visit_region){.present = true,
        .first = scroll->first,
        .count = scroll->count,
        .total = scroll->total,
        .viewport_px = scroll->viewport_px,
        .tops_px = scroll->tops_px,
        .keys = scroll->keys,
        .at_start = scroll->at_start,
        .at_end = scroll->at_end};
}

static void image_metrics(
    const struct box *box, const struct view_input *input, struct visit_metrics *metrics)
{
    struct view v = {.in = input, .visit = input->visit};
    style_init(&v);
    const struct view_page_size *size = page_size(&v, box->look.page->document, box->look.page->page);
    const struct document *document = exhibit_find_document(input->exhibit, box->look.page->document);
    if (size == NULL || document == NULL) {
        return;
    }
    metrics->has_page = true;
    metrics->page_view = (struct size){box->rect.w, box->rect.h};
    metrics->page = (struct camera_page){size->size_img.w, size->size_img.h};
    metrics->page_count = (int)document->page_count;
    metrics->page_margin_px = page_margin(&v);
    metrics->page_max_scale = page_max_scale(&v);
}

void view_metrics(const struct box_tree *tree, const struct view_input *input, struct visit_metrics *metrics)
{
    memset(metrics, 0, sizeof *metrics);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->scroll != NULL) {
            region_metrics(box->scroll, metrics);
        }
        if (box->look.page != NULL && strcmp(box->id, "page") == 0) {
            image_metrics(box, input, metrics);
        }
    }
}

bool view_destination(
    const struct view_input *input, const struct visit_metrics *metrics, struct box_page *page)
{
    const struct visit *visit = input->visit;
    const struct document *document = exhibit_find_document(input->exhibit, visit->here.place.id);
    if (!visit->flying || !metrics->has_page || document == NULL) {
        return false;
    }
    struct camera to = camera_clamp(visit->flight.to, metrics->page, metrics->page_view,
        metrics->page_margin_px, metrics->page_max_scale);
    *page = (struct box_page){.document = document->id,
        .page = visit->here.page,
        .x_page = to.x_page,
        .y_page = to.y_page,
        .scale = to.scale,
        .quarter_turns = to.quarter_turns};
    return true;
}
