#include "hours.h"

#include <string.h>

#define LOOK_MS 60000 /* as the keeper does, where no watchdog has it look sooner */

static int64_t wall_s(const struct hours *hours, int64_t now_ms)
{
    int64_t ran_ms = now_ms - hours->start_ms;
    const struct simulate_clock *clock = &hours->told->clocks[0];
    for (size_t i = 1; i < hours->told->clock_count && hours->told->clocks[i].at_ms <= ran_ms; i++) {
        clock = &hours->told->clocks[i];
    }
    return clock->wall_s + (ran_ms - clock->at_ms) / 1000;
}

/* Opens or closes. Whoever opens finds nobody there. */
static bool keep(struct hours *hours, struct world *world)
{
    int64_t now_s = wall_s(hours, world->now_ms);
    struct site_moment moment = site_moment_at(now_s);
    bool closed = !site_is_open(hours->told->hours, &moment);
    if (closed != hours->closed) {
        int64_t *noted = closed ? &hours->day->closed_s : &hours->day->opened_s;
        *noted = *noted == 0 && hours->looked ? now_s : *noted;
        hours->closed = closed;
        world->sharp = false;
    }
    hours->looked = true;
    player_close(world->player, closed, world->now_ms);
    const struct visit *visit = player_visit(world->player);
    bool good = player_closed(world->player) == closed &&
                (!closed || (visit->history_count == 0 && !visit->listening && visit->warning_ms == 0));
    return good || world_break(world, "hours", "it is %s, and the screen is not", closed ? "closed" : "open");
}

/* What is done on a dark screen means nothing. */
static bool step_in_the_dark(struct world *world, const struct step *step)
{
    struct visit before;
    memcpy(&before, player_visit(world->player), sizeof before);
    return world_step(world, step) && (visit_same(&before, player_visit(world->player)) ||
                                          world_break(world, "hours", "a dark screen does what it is told"));
}

bool hours_step(struct hours *hours, struct world *world, const struct step *step)
{
    struct step rest = *step;
    if (hours->told == NULL) {
        return world_step(world, step);
    }
    bool good = keep(hours, world);
    for (; good && rest.delay_ms > LOOK_MS; rest.delay_ms -= LOOK_MS) {
        struct step minute = {.delay_ms = LOOK_MS, .waits = true};
        good = world_step(world, &minute) && keep(hours, world);
    }
    bool reads = !rest.waits && rest.event.kind == PLAYER_RELOAD; /* the frame of the visit is another */
    return good && (hours->closed && !reads ? step_in_the_dark(world, &rest) : world_step(world, &rest));
}
