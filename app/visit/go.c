/* From place to place. */
#include "visit_internal.h"

#include <string.h>

/* Is the place known to be none? Only what is loaded can tell. */
static bool is_unknown(const struct exhibit *exhibit, const struct place *place)
{
    size_t count = 0;
    switch (place->kind) {
    case PLACE_NONE:
        return true;
    case PLACE_PERSON:
        exhibit_people(exhibit, &count);
        return count != 0 && exhibit_find_person(exhibit, place->id) == NULL;
    case PLACE_PLACE:
        exhibit_places(exhibit, &count);
        return count != 0 && exhibit_find_place(exhibit, place->id) == NULL;
    case PLACE_TERM:
        exhibit_glossary(exhibit, &count);
        return count != 0 && exhibit_find_term(exhibit, place->id) == NULL;
    case PLACE_EVENT:
        exhibit_timeline(exhibit, &count);
        return count != 0 && exhibit_find_event(exhibit, place->id) == NULL;
    default:
        return (unsigned)place->kind >= PLACE_KINDS;
    }
}

static bool is_listed(const char *const *ids, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

/* The screen that lists what a panel shows. */
static enum place_kind list_of(const struct exhibit *exhibit, const struct place *panel)
{
    const struct exhibit_head *head = exhibit_head(exhibit);
    switch (panel->kind) {
    case PLACE_PERSON:
        return PLACE_PEOPLE;
    case PLACE_PLACE:
        return PLACE_PLACES;
    case PLACE_EVENT:
        return PLACE_TIMELINE;
    case PLACE_TERM:
        return PLACE_WORDS;
    default:
        return is_listed(head->about, head->about_count, panel->id) &&
                       !is_listed(head->meaning, head->meaning_count, panel->id)
                   ? PLACE_ABOUT
                   : PLACE_MEANING;
    }
}

void go_screen(struct visit *visit, const struct place *place, int64_t now_ms)
{
    struct visit_stop *here = &visit->here;
    struct visit_stop old;
    memcpy(&old, here, sizeof old);
    page_rest(visit);
    memset(here, 0, sizeof *here);
    history_set_place(visit, &here->place, place);
    page_set_camera(&here->camera, camera_whole());
    if (old.place.kind == PLACE_DOCUMENT && place->kind == PLACE_DOCUMENT &&
        strcmp(old.place.id, here->place.id) == 0) {
        page_set_camera(&here->camera, old.camera);
        here->page = old.page;
        memcpy(here->segment, old.segment, sizeof here->segment);
        memcpy(&here->left, &old.left, sizeof here->left);
        memcpy(&here->right, &old.right, sizeof here->right);
    }
    bool whole = here->camera.scale <= 0;
    visit->aim =
        place->kind == PLACE_DOCUMENT && place->view == PLACE_PARALLEL && whole ? AIM_WIDTH : AIM_NONE;
    memset(visit->bring, 0, sizeof visit->bring);
    visit->entered_ms = now_ms;
    visit_fade(visit, now_ms);
}

/* A document that has neither pages nor texts is known by its record only. */
static void prefer_record(const struct exhibit *exhibit, struct place *place)
{
    const struct document *document =
        place->kind == PLACE_DOCUMENT ? exhibit_find_document(exhibit, place->id) : NULL;
    if (document != NULL && place->view == PLACE_PARALLEL && document->page_count == 0 &&
        document->layer_count == 0) {
        place->view = PLACE_RECORD;
    }
}

/* On another screen of the same document one finds again what one was reading. */
static void keep_reading(struct visit *visit, const char *top_key, bool had_page)
{
    if (visit->here.segment[0] != '\0') {
        visit_copy_text(visit->bring, sizeof visit->bring, str_from(visit->here.segment));
        if (!had_page || visit->aim == AIM_WIDTH) {
            visit->aim = AIM_SEGMENT;
        }
    } else if (top_key != NULL) {
        visit_copy_text(visit->bring, sizeof visit->bring, str_from(top_key));
    }
}

static void light(struct visit *visit, const char *segment)
{
    const struct document *document = visit_document(visit);
    if (document == NULL || page_has_segment(document, segment)) {
        visit_copy_text(visit->here.segment, sizeof visit->here.segment, str_from(segment));
        visit_copy_text(visit->bring, sizeof visit->bring, str_from(segment));
        visit->aim = AIM_SEGMENT;
        page_follow_segment(visit);
    }
}

static bool same_screen(const struct visit *visit, const struct place *place)
{
    struct place bare;
    history_set_place(visit, &bare, place);
    return place_equal(&bare, &visit->here.place);
}

/* On the screen where one is: the panel goes away, a segment is looked at. */
static bool go_here(
    struct visit *visit, const struct place *place, const struct visit_metrics *metrics, int64_t now_ms)
{
    bool panel = visit->here.panel.kind != PLACE_NONE;
    bool segment = place->segment[0] != '\0' && strcmp(place->segment, visit->here.segment) != 0;
    if (panel || segment) {
        tour_leave(visit);
        history_push(visit);
    }
    if (panel) {
        memset(&visit->here.panel, 0, sizeof visit->here.panel);
        memset(visit->here.focus, 0, sizeof visit->here.focus);
        visit_fade(visit, now_ms);
    }
    if (place->segment[0] != '\0') {
        page_select(visit, str_from(place->segment), metrics, now_ms);
    }
    return panel || segment;
}

static bool go_other(
    struct visit *visit, const struct place *place, const struct visit_metrics *metrics, int64_t now_ms)
{
    bool same_document = visit->here.place.kind == PLACE_DOCUMENT && place->kind == PLACE_DOCUMENT;
    const char *key = same_document ? scroll_key(visit, SCROLLER_MAIN, metrics) : NULL;
    char top_key[PLACE_ID_MAX + 1];
    visit_copy_text(top_key, sizeof top_key, str_from(key));
    tour_leave(visit);
    history_push(visit);
    const char *before = visit->history[visit->history_count - 1].place.id;
    go_screen(visit, place, now_ms);
    same_document = same_document && strcmp(before, visit->here.place.id) == 0;
    if (place->segment[0] != '\0') {
        light(visit, place->segment);
    } else if (same_document) {
        keep_reading(visit, top_key, metrics->has_page);
    }
    return true;
}

static bool go_panel(struct visit *visit, const struct place *place, bool listed, int64_t now_ms)
{
    struct place panel;
    history_set_place(visit, &panel, place);
    if (place_equal(&panel, &visit->here.panel)) {
        return false;
    }
    tour_leave(visit);
    history_push(visit);
    enum place_kind below = visit->here.place.kind;
    if (listed && (below == PLACE_HOME || below == PLACE_ATTRACT || below == PLACE_NONE)) {
        struct place list = {.kind = list_of(visit->frame.exhibit, &panel)};
        go_screen(visit, &list, now_ms);
        visit_copy_text(visit->bring, sizeof visit->bring, str_from(panel.id));
    }
    memcpy(&visit->here.panel, &panel, sizeof panel);
    memset(&visit->here.scroll[SCROLLER_PANEL], 0, sizeof visit->here.scroll[SCROLLER_PANEL]);
    memset(visit->here.focus, 0, sizeof visit->here.focus);
    visit_fade(visit, now_ms);
    return true;
}

bool go_to(struct visit *visit, const struct place *place, bool listed, const struct visit_metrics *metrics,
    int64_t now_ms)
{
    if (is_unknown(visit->frame.exhibit, place)) {
        return false;
    }
    struct place target = *place;
    prefer_record(visit->frame.exhibit, &target);
    if (target.kind == PLACE_ATTRACT) {
        go_attract(visit, now_ms);
        return true;
    }
    if (target.kind == PLACE_HOME) {
        go_home(visit, now_ms);
        return true;
    }
    if (visit_by_itself(visit)) {
        /* What a visit begins with lies over home, not over attract. */
        go_begin(visit, now_ms);
    }
    if (place_is_panel(&target)) {
        return go_panel(visit, &target, listed, now_ms);
    }
    if (same_screen(visit, &target)) {
        return go_here(visit, &target, metrics, now_ms);
    }
    return go_other(visit, &target, metrics, now_ms);
}

void go_home(struct visit *visit, int64_t now_ms)
{
    static const struct place home = {.kind = PLACE_HOME};
    tour_leave(visit);
    history_clear(visit);
    go_screen(visit, &home, now_ms);
}

void go_attract(struct visit *visit, int64_t now_ms)
{
    static const struct place attract = {.kind = PLACE_ATTRACT};
    tour_leave(visit);
    history_clear(visit);
    go_screen(visit, &attract, now_ms);
    tour_play_by_itself(visit, now_ms);
}

void go_begin(struct visit *visit, int64_t now_ms)
{
    if (visit_by_itself(visit)) {
        go_home(visit, now_ms);
    }
}

void go_close(struct visit *visit, int64_t now_ms)
{
    if (visit->here.panel.kind == PLACE_NONE) {
        return;
    }
    memset(&visit->here.panel, 0, sizeof visit->here.panel);
    memset(&visit->here.scroll[SCROLLER_PANEL], 0, sizeof visit->here.scroll[SCROLLER_PANEL]);
    history_drop_panels(visit);
    visit_fade(visit, now_ms);
}

void go_back(struct visit *visit, int64_t now_ms)
{
    if (visit->tour.active && !visit->tour.by_itself) {
        tour_stop(visit, now_ms);
    } else if (history_pop(visit, now_ms)) {
        return;
    } else if (visit->here.panel.kind != PLACE_NONE) {
        go_close(visit, now_ms);
    } else if (visit->here.place.kind != PLACE_HOME) {
        go_home(visit, now_ms);
    }
}
