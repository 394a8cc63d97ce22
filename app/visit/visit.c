/* The visit as a whole: its beginning, its time, and what it needs. */
#include "visit_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct visit_metrics *visit_metrics_of(const struct visit_metrics *metrics)
{
    static const struct visit_metrics none;
    return metrics != NULL ? metrics : &none;
}

void visit_copy_text(char *field, size_t size, struct str text)
{
    size_t length = text.length < size ? text.length : size - 1;
    memset(field, 0, size);
    if (length != 0) {
        memmove(field, text.data, length);
    }
}

void visit_fade(struct visit *visit, int64_t now_ms)
{
    visit->transition_ms = visit->reduced_motion ? 0 : now_ms;
}

bool visit_by_itself(const struct visit *visit)
{
    return visit->here.place.kind == PLACE_ATTRACT || visit->tour.by_itself;
}

static int text_size_of(const struct visit_frame *frame)
{
    int size = frame->text_size;
    return size == 125 || size == 150 || size == 200 ? size : 100;
}

void visit_init(struct visit *visit, const struct visit_frame *frame, int64_t now_ms)
{
    /* Member by member into zeroed memory, so that the bytes between the members are zero too; the frame may
     * be the visit's own. */
    const struct visit_frame own = *frame;
    memset(visit, 0, sizeof *visit);
    visit->frame.exhibit = own.exhibit;
    visit->frame.mode = own.mode;
    visit->frame.language = own.language;
    visit->frame.idle_s = own.idle_s;
    visit->frame.reduced_motion = own.reduced_motion;
    visit->frame.no_shortcuts = own.no_shortcuts;
    visit->frame.text_size = own.text_size;
    visit->frame.staff = own.staff;
    visit_copy_text(visit->language, sizeof visit->language, str_from(own.language));
    visit->text_size = text_size_of(&own);
    visit->reduced_motion = own.reduced_motion;
    visit->no_shortcuts = own.no_shortcuts;
    visit->speed = VISIT_SPEED;
    visit->volume = VISIT_VOLUME;
    visit->last_input_ms = now_ms;
    page_set_camera(&visit->here.camera, camera_whole());
    if (own.mode == MODE_CLASSROOM) {
        go_home(visit, now_ms);
    } else if (own.mode != MODE_DEMO || !tour_play_by_itself(visit, now_ms)) {
        go_attract(visit, now_ms);
    }
    visit->transition_ms = 0;
}

void visit_go(
    struct visit *visit, const struct place *place, const struct visit_metrics *metrics, int64_t now_ms)
{
    if (!visit_locked(visit, now_ms)) {
        idle_input(visit, now_ms);
        visit->menu = MENU_NONE;
        struct visit_stop before;
        memcpy(&before, &visit->here, sizeof before);
        go_to(visit, place, true, visit_metrics_of(metrics), now_ms);
        listen_arrive(visit, &before, visit->language);
        classroom_tend(visit);
    }
}

void visit_focus(struct visit *visit, const char *id, int64_t now_ms)
{
    if (visit_locked(visit, now_ms)) {
        return;
    }
    idle_input(visit, now_ms);
    visit->focus_visible = id != NULL;
    if (id != NULL) {
        visit_copy_text(visit->here.focus, sizeof visit->here.focus, str_from(id));
    }
}

void visit_typed(struct visit *visit)
{
    visit->typed = true;
}

bool visit_offers_shortcuts(const struct visit *visit)
{
    return visit->typed || visit->frame.mode == MODE_CLASSROOM;
}

static int64_t drift_ms(const struct visit *visit, int64_t now_ms)
{
    bool drifts = visit->here.place.kind == PLACE_ATTRACT && visit->tour.active && !visit->reduced_motion;
    return drifts ? now_ms - visit->tour.step_ms : -1;
}

double visit_drift(const struct visit *visit, int64_t now_ms)
{
    double part = (double)drift_ms(visit, now_ms) / VISIT_DRIFT_MS;
    part = fmin(fmax(part, 0), 1);
    return part * part * (3 - 2 * part);
}

static bool is_drifting(const struct visit *visit, int64_t now_ms)
{
    int64_t drift = drift_ms(visit, now_ms);
    return drift >= 0 && drift < VISIT_DRIFT_MS;
}

bool visit_moving(const struct visit *visit, int64_t now_ms)
{
    return visit->flying || visit->gliding || visit->transition_ms != 0 || is_drifting(visit, now_ms);
}

void visit_tick(struct visit *visit, const struct visit_metrics *metrics, int64_t now_ms)
{
    metrics = visit_metrics_of(metrics);
    staff_tick(visit, now_ms);
    idle_tick(visit, now_ms);
    page_tick(visit, metrics, now_ms);
    tour_tick(visit, metrics, now_ms);
    classroom_tend(visit);
    if (visit->transition_ms != 0 && now_ms - visit->transition_ms >= VISIT_TRANSITION_MS) {
        visit->transition_ms = 0;
    }
}

int64_t visit_alarm(const struct visit *visit, int64_t now_ms)
{
    if (visit->flying || visit->gliding || is_drifting(visit, now_ms)) {
        return now_ms;
    }
    int64_t idle = idle_deadline(visit, now_ms), tour = tour_deadline(visit), staff = staff_deadline(visit);
    int64_t next = idle < tour ? idle : tour;
    next = staff < next ? staff : next;
    return next > now_ms ? next : now_ms;
}

int64_t visit_deadline(const struct visit *visit, int64_t now_ms)
{
    return visit_moving(visit, now_ms) ? now_ms : visit_alarm(visit, now_ms);
}

bool visit_settle(struct visit *visit, const struct visit_metrics *metrics)
{
    metrics = visit_metrics_of(metrics);
    if (visit->aim != AIM_NONE && page_follow_segment(visit)) {
        return true;
    }
    scroll_settle(visit, metrics);
    page_settle(visit, metrics);
    memset(visit->bring, 0, sizeof visit->bring);
    return false;
}

const struct document *visit_document(const struct visit *visit)
{
    switch (visit->here.place.kind) {
    case PLACE_DOCUMENT:
        return exhibit_find_document(visit->frame.exhibit, visit->here.place.id);
    case PLACE_ATTRACT:
    case PLACE_HOME:
    case PLACE_READ:
        return exhibit_find_document(visit->frame.exhibit, NULL);
    default:
        return NULL;
    }
}

static size_t add_need(
    const struct visit *visit, const struct place *place, struct place out[4], size_t count)
{
    struct place need;
    history_set_place(visit, &need, place);
    for (size_t i = 0; i < count; i++) {
        if (place_equal(&out[i], &need)) {
            return count;
        }
    }
    out[count] = need;
    return count + 1;
}

size_t visit_needs(const struct visit *visit, struct place out[4])
{
    static const struct place home_document = {.kind = PLACE_DOCUMENT};
    const struct tour_step *step = tour_current(visit);
    size_t count = add_need(visit, &visit->here.place, out, 0);
    if (visit->here.panel.kind != PLACE_NONE) {
        count = add_need(visit, &visit->here.panel, out, count);
    }
    if (step != NULL) {
        count = add_need(visit, &step->place, out, count);
    }
    if (step != NULL || visit->here.place.kind == PLACE_ATTRACT) {
        count = add_need(visit, &home_document, out, count);
    }
    return count;
}
