/* The stops that back returns to, the newest last. A stop is copied as bytes, so that returning gives an
 * equal one. */
#include "visit_internal.h"

#include <string.h>

void history_set_place(const struct visit *visit, struct place *to, const struct place *from)
{
    struct place copy; /* `to` and `from` may be the same */
    memset(&copy, 0, sizeof copy);
    copy.kind = from->kind;
    copy.view = from->view;
    const char *id = from->id;
    if (from->kind == PLACE_DOCUMENT && id[0] == '\0') {
        id = exhibit_head(visit->frame.exhibit)->home_document;
    }
    visit_copy_text(copy.id, sizeof copy.id, str_from(id));
    memcpy(to, &copy, sizeof copy);
}

void history_push(struct visit *visit)
{
    if (visit->history_count == VISIT_HISTORY) {
        memmove(&visit->history[0], &visit->history[1], (VISIT_HISTORY - 1) * sizeof visit->history[0]);
        visit->history_count--;
    }
    memcpy(&visit->history[visit->history_count++], &visit->here, sizeof visit->here);
}

static void drop_last(struct visit *visit)
{
    visit->history_count--;
    memset(&visit->history[visit->history_count], 0, sizeof visit->history[0]);
}

bool history_pop(struct visit *visit, int64_t now_ms)
{
    if (visit->history_count == 0) {
        return false;
    }
    page_rest(visit);
    memcpy(&visit->here, &visit->history[visit->history_count - 1], sizeof visit->here);
    drop_last(visit);
    memset(visit->bring, 0, sizeof visit->bring);
    visit->entered_ms = now_ms;
    visit_fade(visit, now_ms);
    return true;
}

void history_clear(struct visit *visit)
{
    memset(visit->history, 0, sizeof visit->history);
    visit->history_count = 0;
}

static const struct visit_stop *last_over_here(const struct visit *visit)
{
    if (visit->history_count == 0) {
        return NULL;
    }
    const struct visit_stop *last = &visit->history[visit->history_count - 1];
    return place_equal(&last->place, &visit->here.place) ? last : NULL;
}

void history_drop_panels(struct visit *visit)
{
    const struct visit_stop *last = last_over_here(visit);
    while (last != NULL && last->panel.kind != PLACE_NONE) {
        drop_last(visit);
        last = last_over_here(visit);
    }
    if (last != NULL) {
        memcpy(visit->here.focus, last->focus, sizeof visit->here.focus);
        drop_last(visit);
    }
}
