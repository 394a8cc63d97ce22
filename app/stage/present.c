#include "present.h"

bool presenter_begin(struct presenter *presenter, struct paint_target *target, bool *lost, struct error *err)
{
    return presenter->kind->begin(presenter, target, lost, err);
}

bool presenter_end(struct presenter *presenter, const struct rect *damage, int count, struct error *err)
{
    return presenter->kind->end(presenter, damage, count, err);
}

void presenter_destroy(struct presenter *presenter)
{
    if (presenter != NULL) {
        presenter->kind->destroy(presenter);
    }
}
