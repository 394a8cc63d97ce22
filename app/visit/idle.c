/* Nobody there: warning, reset, and the lock for cleaning. */
#include "visit_internal.h"

#include <string.h>

void idle_input(struct visit *visit, int64_t now_ms)
{
    visit->last_input_ms = now_ms;
    visit->warning_ms = 0;
    visit->reading = false;
}

bool visit_touched(struct visit *visit, int64_t now_ms)
{
    if (visit_locked(visit, now_ms)) {
        return true;
    }
    visit->interrupted = visit->reading;
    bool meant_only_that = visit->warning_ms != 0 || visit_by_itself(visit);
    idle_input(visit, now_ms);
    go_begin(visit, now_ms);
    return meant_only_that;
}

void visit_lock(struct visit *visit, int64_t now_ms)
{
    idle_input(visit, now_ms);
    visit->menu = MENU_NONE;
    visit->locked_until_ms = now_ms + VISIT_LOCK_MS;
}

bool visit_locked(const struct visit *visit, int64_t now_ms)
{
    return now_ms < visit->locked_until_ms;
}

static int seconds_left(int64_t until_ms, int64_t now_ms)
{
    return until_ms > now_ms ? (int)((until_ms - now_ms + 999) / 1000) : 0;
}

int visit_lock_left(const struct visit *visit, int64_t now_ms)
{
    return seconds_left(visit->locked_until_ms, now_ms);
}

int visit_warning_left(const struct visit *visit, int64_t now_ms)
{
    return visit->warning_ms == 0 ? 0 : seconds_left(visit->warning_ms + VISIT_WARNING_MS, now_ms);
}

/* Does idle time run? Not where nobody is expected, and not while a visitor is read to. */
static bool runs(const struct visit *visit)
{
    bool read_to = visit->tour.active && !visit->tour.paused;
    return visit->staff.screen == STAFF_NONE && visit->frame.mode != MODE_CLASSROOM &&
           visit->frame.idle_s > 0 && !visit_by_itself(visit) && !read_to;
}

static int64_t warning_due(const struct visit *visit)
{
    int64_t idle_ms = (int64_t)visit->frame.idle_s * 1000;
    return visit->last_input_ms + (visit->reading && idle_ms < VISIT_READ_MS ? VISIT_READ_MS : idle_ms);
}

void idle_tick(struct visit *visit, int64_t now_ms)
{
    if (visit->locked_until_ms != 0) {
        if (visit_locked(visit, now_ms)) {
            return;
        }
        visit->last_input_ms = visit->locked_until_ms;
        visit->locked_until_ms = 0;
    }
    if (!runs(visit)) {
        return;
    }
    if (visit->warning_ms == 0) {
        if (now_ms >= warning_due(visit)) {
            visit->warning_ms = now_ms;
            visit->reading = false; /* the warning is to be heard */
        }
    } else if (now_ms - visit->warning_ms >= VISIT_WARNING_MS) {
        visit_init(visit, &visit->frame, now_ms);
    }
}

/* When a countdown to `until_ms` shows another number. */
static int64_t next_second(int64_t until_ms, int64_t now_ms)
{
    return until_ms - (int64_t)(seconds_left(until_ms, now_ms) - 1) * 1000;
}

int64_t idle_deadline(const struct visit *visit, int64_t now_ms)
{
    if (visit->locked_until_ms != 0) {
        return visit_locked(visit, now_ms) ? next_second(visit->locked_until_ms, now_ms) : now_ms;
    }
    if (!runs(visit)) {
        return INT64_MAX;
    }
    if (visit->warning_ms == 0) {
        return warning_due(visit);
    }
    int64_t reset = visit->warning_ms + VISIT_WARNING_MS;
    return now_ms < reset ? next_second(reset, now_ms) : now_ms;
}
