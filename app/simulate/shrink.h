/* From a long run that broke a rule to a short one that breaks it too. */
#ifndef SIMULATE_SHRINK_H
#define SIMULATE_SHRINK_H

#include "world.h"

struct steps {
    struct step *items;
    size_t count, capacity;
};

/* Takes steps away as long as what is left breaks the same rule when it is played anew (delta debugging),
 * within a number of tries. True when the whole of it breaks the rule again; then `steps` is what is left. */
bool shrink_steps(struct steps *steps, const struct simulate_options *options, const char *rule);

/* The steps as a visit script; malloc'd, NULL when there is no memory. */
char *shrink_script(const struct steps *steps);

#endif
