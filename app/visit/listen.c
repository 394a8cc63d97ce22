/* Listen: the screen is read out, from where it was left. What can be heard is the player's affair; here is
 * what the visitor wants. */
#include "visit_internal.h"

#include <string.h>

static const int rates[VISIT_SPEECH_STEPS] = {120, 160, 210, 270};
static const int volumes[VISIT_SPEECH_STEPS] = {0, 30, 60, 100};

int visit_speech_rate(const struct visit *visit)
{
    return rates[visit->speed >= 0 && visit->speed < VISIT_SPEECH_STEPS ? visit->speed : VISIT_SPEED];
}

int visit_speech_volume(const struct visit *visit)
{
    return volumes[visit->volume >= 0 && visit->volume < VISIT_SPEECH_STEPS ? visit->volume : VISIT_VOLUME];
}

static void set_position(struct visit_stop *stop, const char *id, int from, int to)
{
    visit_copy_text(stop->spoken, sizeof stop->spoken, str_from(id));
    stop->spoken_from = from;
    stop->spoken_to = to;
}

void listen_begin(struct visit *visit)
{
    visit->reading = visit->listening;
}

void listen_toggle(struct visit *visit)
{
    visit->listening = visit->reading = !visit->interrupted;
}

bool listen_choose(int *step, int count, struct str argument)
{
    long chosen;
    bool known = str_to_long(argument, &chosen) && chosen >= 1 && chosen <= count;
    if (known) {
        *step = (int)chosen - 1;
    }
    return known;
}

void listen_step(struct visit *visit)
{
    if (visit->listening) {
        set_position(&visit->here, NULL, 0, 0);
        visit->reading = true;
    }
}

static bool same_position(const struct visit_stop *a, const struct visit_stop *b)
{
    return strcmp(a->spoken, b->spoken) == 0 && a->spoken_from == b->spoken_from;
}

void listen_arrive(struct visit *visit, const struct visit_stop *before, const char *language)
{
    struct visit_stop *here = &visit->here;
    bool elsewhere = !place_equal(&here->place, &before->place) || !place_equal(&here->panel, &before->panel);
    bool translated = strcmp(language, visit->language) != 0;
    if (elsewhere && same_position(here, before)) {
        set_position(here, NULL, 0, 0); /* a panel begins at its own start; back returns to where one was */
    }
    if (translated) {
        here->spoken_from = here->spoken_to = 0; /* the same box, in other words */
    }
    /* Where keys return to, the focus speaks for itself. */
    bool focused = visit->focus_visible && here->focus[0] != '\0';
    if ((elsewhere || translated) && !focused) {
        listen_begin(visit);
    }
}

void visit_read(struct visit *visit, const char *id, int from, int to, int64_t now_ms)
{
    if (!visit->reading) {
        return;
    }
    set_position(&visit->here, id, from, to);
    if (id == NULL) {
        visit->reading = false;
        visit->last_input_ms = now_ms; /* who listened was there: from here on idle time runs */
        tour_resume(visit, now_ms);
    }
}

void visit_read_scroll(
    struct visit *visit, enum visit_scroller scroller, double dy_px, const struct visit_metrics *metrics)
{
    if ((unsigned)scroller < SCROLLERS) {
        page_end_glide(visit);
        scroll_by(visit, scroller, dy_px, visit_metrics_of(metrics));
    }
}
