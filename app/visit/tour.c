/* Guided reading: the same steps for a visitor, for attract and for demo. */
#include "visit_internal.h"

#include "base/utf8.h"

#include <string.h>

#define READING_MS 120000
#define BREATH_MS 600 /* between a caption that was read out and the next step */

enum { LEAST_DWELL_MS = 6000, WORD_MS = 333, HAN_MS = 200, HANGUL_MS = 150 };

/* ---- reading pace */

static bool is_han(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_hangul(uint32_t c)
{
    return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3130 && c <= 0x318F);
}

/* Letters and digits of scripts that are read by words; all that is not ASCII, a space or punctuation counts
 * as a letter. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x3040) &&
           !(c >= 0xFF00 && c <= 0xFF0F);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000;
}

static int64_t reading_ms(struct str text)
{
    int64_t ms = 0;
    bool in_word = false;
    for (size_t at = 0; at < text.length;) {
        unsigned char first = (unsigned char)text.data[at];
        uint32_t c = first < 0x80 ? first : utf8_next(text, &at);
        at += first < 0x80 ? 1 : 0;
        if (is_han(c) || is_hangul(c)) {
            ms += is_han(c) ? HAN_MS : HANGUL_MS;
            in_word = false;
        } else if (is_letter(c)) {
            ms += in_word ? 0 : WORD_MS;
            in_word = true;
        } else if (is_space(c)) {
            in_word = false;
        }
    }
    return ms;
}

int64_t visit_tour_dwell(const struct exhibit *exhibit, const struct tour_step *step, const char *language)
{
    if (step->seconds > 0) {
        return (int64_t)(step->seconds * 1000.0 + 0.5);
    }
    const struct prose_text *caption = exhibit_prose(exhibit, &step->caption, language);
    int64_t ms = 0;
    for (size_t b = 0; caption != NULL && b < caption->block_count; b++) {
        for (size_t s = 0; s < caption->blocks[b].span_count; s++) {
            ms += reading_ms(caption->blocks[b].spans[s].text);
        }
    }
    return ms > LEAST_DWELL_MS ? ms : LEAST_DWELL_MS;
}

/* ---- steps */

static int step_count(const struct visit *visit)
{
    return (int)exhibit_head(visit->frame.exhibit)->tour_count;
}

const struct tour_step *tour_current(const struct visit *visit)
{
    const struct visit_tour *tour = &visit->tour;
    if (!tour->active || tour->step < 0 || tour->step >= step_count(visit)) {
        return NULL;
    }
    return &exhibit_head(visit->frame.exhibit)->tour[tour->step];
}

/* The screen of a step: documents as their pages, panels over the home document's. */
static struct place screen_of(const struct place *place)
{
    struct place screen = *place;
    if (place_is_panel(place) || place->kind == PLACE_NONE) {
        memset(&screen, 0, sizeof screen);
        screen.kind = PLACE_DOCUMENT;
    }
    if (screen.kind == PLACE_DOCUMENT) {
        screen.view = PLACE_SCAN;
    }
    return screen;
}

/* Shows the present step. At attract the screen stays; it reads the step's number. */
static void show_step(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    const struct tour_step *step = tour_current(visit);
    if (visit->here.place.kind == PLACE_ATTRACT || step == NULL) {
        visit_fade(visit, now_ms);
        return;
    }
    struct place screen = screen_of(&step->place), bare;
    history_set_place(visit, &bare, &screen);
    if (!place_equal(&bare, &visit->here.place)) {
        go_screen(visit, &screen, now_ms);
        metrics = visit_metrics_of(NULL);
    }
    memset(&visit->here.panel, 0, sizeof visit->here.panel);
    if (place_is_panel(&step->place)) {
        history_set_place(visit, &visit->here.panel, &step->place);
    }
    struct str segment = str_from(step->place.segment);
    visit_copy_text(visit->here.segment, sizeof visit->here.segment, segment);
    visit_copy_text(visit->bring, sizeof visit->bring, segment);
    if (page_follow_segment(visit)) {
        metrics = visit_metrics_of(NULL);
        visit_fade(visit, now_ms);
    }
    page_aim(visit, AIM_STEP, metrics, now_ms);
}

static void enter_step(struct visit *visit, int step, const struct visit_metrics *metrics, int64_t now_ms)
{
    visit->tour.step = step;
    visit->tour.step_ms = now_ms;
    visit->tour.ran_ms = 0;
    show_step(visit, metrics, now_ms);
    listen_step(visit);
}

void tour_start(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    if (step_count(visit) == 0) {
        return;
    }
    go_begin(visit, now_ms);
    if (!visit->tour.active) {
        history_push(visit);
    }
    memset(&visit->tour, 0, sizeof visit->tour);
    visit->tour.active = true;
    enter_step(visit, 0, metrics, now_ms);
}

bool tour_play_by_itself(struct visit *visit, int64_t now_ms)
{
    if (step_count(visit) == 0) {
        return false;
    }
    visit->tour.active = visit->tour.by_itself = true;
    enter_step(visit, 0, visit_metrics_of(NULL), now_ms);
    return true;
}

void tour_move(struct visit *visit, int by, const struct visit_metrics *metrics, int64_t now_ms)
{
    int count = step_count(visit), step = visit->tour.step + by;
    if (tour_current(visit) == NULL) {
        return;
    }
    if (visit->tour.by_itself) {
        step = (step + count) % count;
    }
    if (step >= count) {
        tour_stop(visit, now_ms);
        return;
    }
    enter_step(visit, step < 0 ? 0 : step, metrics, now_ms);
}

void tour_pause(struct visit *visit, bool pause, int64_t now_ms)
{
    struct visit_tour *tour = &visit->tour;
    if (!tour->active || tour->by_itself || tour->paused == pause) {
        return;
    }
    tour->paused = pause;
    if (pause) {
        tour->ran_ms = now_ms - tour->step_ms;
    } else {
        tour->step_ms = now_ms - tour->ran_ms;
        tour->ran_ms = 0;
    }
}

void tour_leave(struct visit *visit)
{
    memset(&visit->tour, 0, sizeof visit->tour);
}

void tour_stop(struct visit *visit, int64_t now_ms)
{
    if (!visit->tour.active || visit->tour.by_itself) {
        return;
    }
    tour_leave(visit);
    if (!history_pop(visit, now_ms)) {
        go_home(visit, now_ms);
    }
}

int64_t tour_deadline(const struct visit *visit)
{
    const struct tour_step *step = tour_current(visit);
    if (step == NULL || visit->tour.paused) {
        return INT64_MAX;
    }
    /* A caption is read out to its end, if that ever comes. */
    int64_t dwell = visit_tour_dwell(visit->frame.exhibit, step, visit->language);
    return visit->tour.step_ms + (visit->reading && dwell < READING_MS ? READING_MS : dwell);
}

void tour_resume(struct visit *visit, int64_t now_ms)
{
    int64_t due = tour_deadline(visit), next = now_ms + BREATH_MS;
    if (due < next) {
        visit->tour.step_ms += next - due;
    }
}

void tour_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    /* A clock that jumped (the machine slept) plays the tour at most once, then goes on from now. */
    int left = step_count(visit);
    if (visit->tour.active && tour_current(visit) == NULL) {
        /* The exhibit was read anew and has no such step any more. */
        tour_stop(visit, now_ms);
        tour_leave(visit);
    }
    for (int64_t end = tour_deadline(visit); end <= now_ms; end = tour_deadline(visit)) {
        if (left-- <= 0) {
            visit->tour.step_ms = now_ms;
            return;
        }
        bool last = visit->tour.step == step_count(visit) - 1;
        tour_move(visit, 1, metrics, end);
        metrics = visit_metrics_of(NULL); /* they were of the step that is over */
        if (last && !visit->tour.active) {
            /* The reading counted as being there; from here on idle time runs. */
            visit->last_input_ms = end > visit->last_input_ms ? end : visit->last_input_ms;
        }
    }
}
