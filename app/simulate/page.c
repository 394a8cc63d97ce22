/* What must hold of the page: where the camera stands, that what moves comes to rest and lets itself be
 * stopped, that pages turn no further than there are any, and that what was sharp stays so. */
#include "rules.h"

#include "random.h"

#include <math.h>
#include <string.h>

#define GLIDE_MS_MAX 60000
#define STOP_EVERY 4
#define TURN_EVERY 16

/* A movement that should be over ends with the next update but one. */
static bool is_overdue(
    struct overdue *overdue, bool runs, int64_t start_ms, int64_t end_ms, const struct world *world)
{
    if (!runs || end_ms > world->now_ms) {
        overdue->start_ms = 0;
    } else if (overdue->start_ms != start_ms) {
        *overdue = (struct overdue){start_ms, world->updates};
    } else {
        return world->updates > overdue->since + 1;
    }
    return false;
}

bool rules_moves(struct world *world)
{
    const struct visit *visit = player_visit(world->player);
    const struct camera_flight *flight = &visit->flight;
    int64_t flung_ms = visit->momentum.start_ms;
    if (is_overdue(
            &world->flight, visit->flying, flight->start_ms, flight->start_ms + flight->duration_ms, world)) {
        return world_break(world, "flight", "the page flies on after the flight's end");
    }
    if (is_overdue(&world->glide, visit->gliding, flung_ms, flung_ms + GLIDE_MS_MAX, world)) {
        return world_break(world, "momentum", "what was flung glides on after %d s", GLIDE_MS_MAX / 1000);
    }
    return true;
}

bool rules_camera(struct world *world)
{
    const struct box_tree *tree = player_tree(world->player);
    const struct visit *visit = player_visit(world->player);
    const struct visit_metrics *metrics = player_metrics(world->player);
    int box = box_find(tree, "page");
    const struct box_page *page = box >= 0 ? tree->boxes[box].look.page : NULL;
    bool rests = !visit->held && !visit->flying && !visit->gliding && !visit->springing;
    if (page == NULL || !metrics->has_page || !rests || visit->here.place.kind == PLACE_ATTRACT) {
        return true;
    }
    struct camera here = {page->x_page, page->y_page, page->scale, page->quarter_turns};
    struct camera within = camera_clamp(
        here, metrics->page, metrics->page_view, metrics->page_margin_px, metrics->page_max_scale);
    bool same = fabs(here.x_page - within.x_page) < 1e-6 && fabs(here.y_page - within.y_page) < 1e-6 &&
                fabs(here.scale / within.scale - 1) < 1e-6;
    return same ||
           world_break(world, "camera", "at %.4f %.4f scale %.4f, beyond the page's limits %.4f %.4f %.4f",
               here.x_page, here.y_page, here.scale, within.x_page, within.y_page, within.scale);
}

/* ---- what would happen if */

/* A finger on the page stops whatever moves it, there where it is. */
static bool a_finger_stops_it(struct world *world, const struct visit *now)
{
    const struct visit_metrics *metrics = player_metrics(world->player);
    struct visit visit;
    bool moves = (now->flying && !now->springing) || (now->gliding && now->gliding_region == 0);
    if (!moves || !metrics->has_page || player_by_itself(world->player) || now->warning_ms != 0) {
        return true;
    }
    memcpy(&visit, now, sizeof visit);
    visit_page_stop(&visit, true, metrics, world->now_ms);
    struct camera at = visit_camera(&visit, metrics, world->now_ms),
                  later = visit_camera(&visit, metrics, world->now_ms + 200);
    bool stands = at.x_page == later.x_page && at.y_page == later.y_page && at.scale == later.scale;
    return (!visit.flying && !visit.gliding && stands) ||
           world_break(world, "stop", "a finger on the page does not stop its %s",
               now->flying ? "flight" : "momentum");
}

/* Leafing ends with the last page and with the first, and four quarters are a whole turn. */
static bool leafing_ends(struct world *world, const struct visit *now)
{
    static const char *const ways[] = {"next", "previous"};
    const struct visit_metrics *metrics = player_metrics(world->player);
    const struct document *document = visit_document(now);
    struct visit visit;
    if (now->here.place.kind != PLACE_DOCUMENT || document == NULL || now->blank) {
        return true;
    }
    int count = document->page_count > 0 ? (int)document->page_count : 1;
    memcpy(&visit, now, sizeof visit);
    for (int way = 0; way < 2; way++) {
        struct action turn = action_make(ACTION_PAGE, str_from(ways[way]));
        for (int i = 0; i <= count; i++) {
            visit_act(&visit, &turn, metrics, world->now_ms);
            if (visit.here.page < 0 || visit.here.page >= count) {
                return world_break(world, "page", "page %d of %d is shown", visit.here.page + 1, count);
            }
        }
    }
    struct action rotate = action_make(ACTION_ROTATE, STR(""));
    int before = visit.here.camera.quarter_turns, turns = 0;
    for (int i = 0; i < 4; i++) {
        int from = visit.here.camera.quarter_turns;
        visit_act(&visit, &rotate, metrics, world->now_ms);
        turns += visit.here.camera.quarter_turns != from;
    }
    return (visit.here.camera.quarter_turns == before && (turns == 4 || turns == 0)) ||
           world_break(world, "page", "turned four times the page stands at %d quarters, not at %d",
               visit.here.camera.quarter_turns, before);
}

bool rules_probe_page(struct world *world)
{
    const struct visit *now = player_visit(world->player);
    return (!random_once_in(&world->probe, STOP_EVERY) || a_finger_stops_it(world, now)) &&
           (!random_once_in(&world->probe, TURN_EVERY) || leafing_ends(world, now));
}
