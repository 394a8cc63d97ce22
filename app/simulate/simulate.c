#include "simulate/simulate.h"

#include "base/array.h"
#include "shrink.h"
#include "visitor.h"
#include "world.h"

#include <stdlib.h>

#define KEPT_MAX 200000 /* steps that are kept, to be shrunk */

/* What was done since the exhibit was last as new is tried first: it is shorter, and a visit does not depend
 * on the one before it; where it does, that is what broke. */
static void make_script(struct simulate_outcome *outcome, const struct simulate_options *options,
    struct steps *steps, size_t last_visit)
{
    struct steps tail = {0};
    size_t count = steps->count - last_visit;
    bool good = last_visit > 0 && array_reserve(&tail.items, &tail.capacity, count, sizeof *tail.items);
    for (size_t i = 0; good && i < count; i++) {
        tail.items[tail.count++] = steps->items[last_visit + i];
    }
    if (good && shrink_steps(&tail, options, outcome->rule)) {
        outcome->script = shrink_script(&tail);
        outcome->steps = (long)tail.count;
    } else if (shrink_steps(steps, options, outcome->rule)) {
        outcome->script = shrink_script(steps);
        outcome->steps = (long)steps->count;
    }
    free(tail.items);
}

bool simulate_run(const struct simulate_options *options, struct simulate_outcome *outcome, struct error *err)
{
    struct world world;
    struct visitor visitor;
    struct steps steps = {0};
    size_t last_visit = 0;
    *outcome = (struct simulate_outcome){.held = true};
    visitor_init(&visitor, options->seed);
    if (!world_open(&world, options, err)) {
        world_close(&world);
        return false;
    }
    while (outcome->held && world.events < options->events) {
        struct step step = visitor_next(&visitor, &world);
        long visits = world.visits;
        if (steps.count < KEPT_MAX && !ARRAY_PUSH(steps.items, steps.count, steps.capacity, step)) {
            break;
        }
        outcome->held = world_step(&world, &step);
        last_visit = world.visits > visits ? steps.count : last_visit;
    }
    outcome->event = world.events - 1;
    outcome->events = world.events;
    outcome->layouts = (long)world.layouts;
    outcome->visits = world.visits;
    outcome->digest = world.digest;
    cover_map(&world.cover, &outcome->map);
    snprintf(outcome->rule, sizeof outcome->rule, "%s", world.rule);
    snprintf(outcome->message, sizeof outcome->message, "%s", world.message);
    bool memory = outcome->held && outcome->events < options->events;
    world_close(&world);
    if (!outcome->held && options->shrink && steps.count < KEPT_MAX) {
        make_script(outcome, options, &steps, last_visit);
    }
    free(steps.items);
    return !memory || error_memory(err);
}

void simulate_finish(struct simulate_outcome *outcome)
{
    free(outcome->script);
    outcome->script = NULL;
}
