/* The visit with the exhibit that a curator's first steps make: read from its folder by the exhibit room. */
#include "check.h"
#include "visit/visit.h"

struct visitor {
    struct exhibit *exhibit;
    struct visit visit;
    struct visit_metrics metrics;
};

static bool start(struct visitor *v)
{
    struct error err = {0};
    memset(v, 0, sizeof *v);
    v->exhibit = exhibit_open(TEST_SOURCE_DIR "/tests/exhibits/small", NULL, &err);
    if (v->exhibit == NULL) {
        CHECK_TEXT(err.message, "");
        return false;
    }
    struct visit_frame frame = {
        .exhibit = v->exhibit, .mode = MODE_CLASSROOM, .language = "en", .idle_s = 90, .text_size = 125};
    visit_init(&v->visit, &frame, 1000);
    v->metrics = (struct visit_metrics){.page_view = {900, 700},
        .page = {1000, 1400},
        .page_count = 1,
        .page_margin_px = 16,
        .page_max_scale = 4};
    return true;
}

static void finish(struct visitor *v)
{
    exhibit_destroy(v->exhibit);
}

/* Reads what is needed, as the player does; the page is there wherever the place shows one. */
static void settle(struct visitor *v)
{
    do {
        struct place needs[4];
        size_t count = visit_needs(&v->visit, needs);
        for (size_t i = 0; i < count; i++) {
            CHECK(exhibit_load_for(v->exhibit, &needs[i]));
        }
        const struct document *document = visit_document(&v->visit);
        v->metrics.has_page = v->visit.here.place.kind == PLACE_DOCUMENT && document != NULL &&
                              document->page_count > 0 && v->visit.here.place.view != PLACE_TEXT;
        if (v->metrics.has_page && document->pages[0].zone_size.w > 0) {
            v->metrics.page =
                (struct camera_page){document->pages[0].zone_size.w, document->pages[0].zone_size.h};
        }
    } while (visit_settle(&v->visit, &v->metrics));
}

static void act(struct visitor *v, enum action_verb verb, const char *argument, int64_t now)
{
    struct action action = action_make(verb, str_from(argument));
    visit_act(&v->visit, &action, &v->metrics, now);
    settle(v);
    visit_tick(&v->visit, &v->metrics, now + 2000);
}

static bool zone_in_view(const struct visitor *v, const char *segment)
{
    const struct document *document = visit_document(&v->visit);
    struct rectf box;
    if (document == NULL || !exhibit_segment_bounds(&document->pages[v->visit.here.page], segment, &box)) {
        return false;
    }
    const struct visit_metrics *m = &v->metrics;
    struct camera camera = camera_clamp(
        visit_camera(&v->visit, m, 1000000), m->page, m->page_view, m->page_margin_px, m->page_max_scale);
    struct rectf r = camera_rect_to_view(camera, m->page, m->page_view, box);
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= m->page_view.w && r.y + r.h <= m->page_view.h;
}

/* Every segment of every layer and language can be lit, and its zone is in view then. */
static void every_segment_can_be_selected(void)
{
    struct visitor v;
    if (!start(&v)) {
        return;
    }
    settle(&v);
    act(&v, ACTION_GO, "scan", 2000);
    const struct document *document = visit_document(&v.visit);
    int64_t now = 5000;
    int selected = 0;
    for (size_t l = 0; document != NULL && l < document->layer_count; l++) {
        for (size_t t = 0; t < document->layers[l].text.count; t++) {
            const struct prose_text *text = &document->layers[l].text.texts[t];
            for (size_t b = 0; b < text->block_count; b++) {
                const char *segment = text->blocks[b].segment;
                struct rectf box;
                act(&v, ACTION_SELECT, segment, now += 5000);
                CHECK_TEXT(v.visit.here.segment, segment);
                CHECK_THAT(
                    !exhibit_segment_bounds(&document->pages[0], segment, &box) || zone_in_view(&v, segment),
                    "%s", segment);
                selected++;
            }
        }
    }
    CHECK_THAT(selected >= 9, "%d", selected);
    finish(&v);
}

static void its_tour_can_be_taken(void)
{
    struct visitor v;
    if (!start(&v)) {
        return;
    }
    settle(&v);
    size_t count = exhibit_head(v.exhibit)->tour_count;
    CHECK(count > 0);
    act(&v, ACTION_TOUR, "start", 2000);
    for (size_t i = 0; i < count; i++) {
        const struct tour_step *step = &exhibit_head(v.exhibit)->tour[i];
        CHECK_INT(v.visit.tour.step, i);
        CHECK_TEXT(v.visit.here.segment, step->place.segment);
        CHECK_THAT(zone_in_view(&v, step->place.segment), "%s", step->place.segment);
        CHECK(visit_tour_dwell(v.exhibit, step, "ru") >= 6000);
        act(&v, ACTION_TOUR, "next", 5000 + 5000 * (int64_t)i);
    }
    CHECK(!v.visit.tour.active && v.visit.here.place.kind == PLACE_HOME);
    finish(&v);
}

static void what_is_loaded_is_known(void)
{
    struct visitor v;
    if (!start(&v)) {
        return;
    }
    act(&v, ACTION_GO, "words", 2000); /* loads the glossary */
    size_t count = 0;
    const struct term *terms = exhibit_glossary(v.exhibit, &count);
    CHECK(count > 0);
    act(&v, ACTION_GO, "term:no-such-word", 3000);
    CHECK(v.visit.here.panel.kind == PLACE_NONE);
    char place[200];
    snprintf(place, sizeof place, "term:%s", count > 0 ? terms[0].id : "");
    act(&v, ACTION_GO, place, 4000);
    CHECK(v.visit.here.panel.kind == PLACE_TERM);
    finish(&v);
}

static void a_document_may_be_read_after_one_went_there(void)
{
    struct visitor v;
    if (!start(&v)) {
        return;
    }
    /* Nothing is loaded when the link is followed; where its segment lies shows when it is. */
    struct action action = action_make(ACTION_GO, STR("document:notice#hours"));
    visit_act(&v.visit, &action, NULL, 2000);
    CHECK(v.visit.aim == AIM_SEGMENT);
    settle(&v);
    CHECK(v.visit.aim == AIM_NONE);
    CHECK_TEXT(v.visit.here.segment, "hours");
    CHECK(zone_in_view(&v, "hours"));
    finish(&v);
}

int main(void)
{
    RUN(every_segment_can_be_selected);
    RUN(its_tour_can_be_taken);
    RUN(what_is_loaded_is_known);
    RUN(a_document_may_be_read_after_one_went_there);
    return check_report();
}
