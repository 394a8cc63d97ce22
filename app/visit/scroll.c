/* Regions in hand: pixels become items and fractions of them. */
#include "visit_internal.h"

#include <math.h>
#include <string.h>

#define STEP_PART 0.8 /* of the viewport, by a tap */

/* Where the remembered point lies, from the region's top, in pixels; false when it is not laid out. */
static bool stored_y(const struct visit_scroll *scroll, const struct visit_region *region, double *y)
{
    int index = scroll->item - region->first;
    *y = 0;
    if (index < 0 || index >= region->count) {
        return false;
    }
    int top = region->tops_px[index], bottom = region->tops_px[index + 1];
    *y = top + scroll->fraction * (bottom - top);
    return true;
}

/* Remembers the point that lies y pixels below the region's top. */
static void store(struct visit_scroll *scroll, const struct visit_region *region, double y)
{
    int index = 0;
    while (index + 1 < region->count && region->tops_px[index + 1] <= y) {
        index++;
    }
    int top = region->tops_px[index], height = region->tops_px[index + 1] - top;
    double fraction = height > 0 ? (y - top) / height : 0;
    scroll->item = region->first + index;
    scroll->fraction = fmin(fmax(fraction, 0), 1 - 1e-9);
}

/* How far up the content goes: its end meets the region's bottom, or, where more is to come, what is laid out
 * its top. */
static double lowest_y(const struct visit_region *region)
{
    double top = region->tops_px[0], bottom = region->tops_px[region->count];
    bool to_the_end = region->first + region->count >= region->total;
    return fmax(to_the_end ? bottom - region->viewport_px : bottom - 1, top);
}

static bool usable(const struct visit_region *region)
{
    return region->present && region->count > 0 && region->tops_px != NULL;
}

bool scroll_by(
    struct visit *visit, enum visit_scroller scroller, double dy_px, const struct visit_metrics *metrics)
{
    const struct visit_region *region = &metrics->regions[scroller];
    struct visit_scroll *scroll = &visit->here.scroll[scroller];
    if (!usable(region) || !isfinite(dy_px)) {
        return false;
    }
    double from;
    stored_y(scroll, region, &from);
    double to = fmax(fmin(from - dy_px, lowest_y(region)), region->tops_px[0]);
    if (fabs(to - from) < 1e-9) {
        return false;
    }
    store(scroll, region, to);
    return true;
}

const char *scroll_key(
    const struct visit *visit, enum visit_scroller scroller, const struct visit_metrics *metrics)
{
    const struct visit_region *region = &metrics->regions[scroller];
    int index = visit->here.scroll[scroller].item - region->first;
    if (!usable(region) || region->keys == NULL || index < 0 || index >= region->count) {
        return NULL;
    }
    return region->keys[index];
}

/* While a region stands where it was put, its fraction is kept: the layout's whole pixels would wear it off.
 */
void scroll_settle(struct visit *visit, const struct visit_metrics *metrics)
{
    for (int i = 0; i < SCROLLERS; i++) {
        const struct visit_region *region = &metrics->regions[i];
        double y;
        if (usable(region) && (!stored_y(&visit->here.scroll[i], region, &y) || fabs(y) >= 1)) {
            store(&visit->here.scroll[i], region, 0);
        }
    }
}

static bool may_scroll(const struct visit *visit, enum visit_scroller scroller, int64_t now_ms)
{
    return (unsigned)scroller < SCROLLERS && !visit_locked(visit, now_ms) && !visit_by_itself(visit);
}

void visit_scroll(struct visit *visit, enum visit_scroller scroller, double dy_px,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    if (!may_scroll(visit, scroller, now_ms)) {
        return;
    }
    idle_input(visit, now_ms);
    page_end_glide(visit);
    scroll_by(visit, scroller, dy_px, visit_metrics_of(metrics));
}

void visit_scroll_fling(struct visit *visit, enum visit_scroller scroller, double vy,
    const struct visit_metrics *metrics, int64_t now_ms)
{
    metrics = visit_metrics_of(metrics);
    if (!may_scroll(visit, scroller, now_ms) || !usable(&metrics->regions[scroller]) || !isfinite(vy) ||
        vy == 0 || visit->reduced_motion) {
        return;
    }
    idle_input(visit, now_ms);
    memset(&visit->momentum, 0, sizeof visit->momentum);
    visit->momentum.vy = vy;
    visit->momentum.start_ms = now_ms;
    visit->gliding = true;
    visit->gliding_region = (int)scroller + 1;
}

void scroll_step(
    struct visit *visit, struct str region, bool up, const struct visit_metrics *metrics, int64_t now_ms)
{
    static const char *const names[SCROLLERS] = {
        [SCROLLER_MAIN] = "main",
        [SCROLLER_SIDE] = "side",
        [SCROLLER_PANEL] = "panel",
        [SCROLLER_MENU] = "menu",
        [SCROLLER_REACH] = "reach",
    };
    for (int i = 0; i < SCROLLERS; i++) {
        if (str_equal_c(region, names[i])) {
            double step = STEP_PART * metrics->regions[i].viewport_px;
            visit_scroll(visit, (enum visit_scroller)i, up ? step : -step, metrics, now_ms);
        }
    }
}
