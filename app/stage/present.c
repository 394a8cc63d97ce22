#include "present.h"

struct size presenter_size(struct presenter *presenter)
{
    return presenter->kind->size(presenter);
}

bool presenter_show(struct presenter *presenter, const struct picture *picture, struct occasion occasion,
    bool *drawn, struct error *err)
{
    occasion.whole = occasion.whole || presenter->stale;
    presenter->stale = false;
    return presenter->kind->show(presenter, picture, occasion, drawn, err);
}

bool presenter_screenshot(struct presenter *presenter, const char *path, struct error *err)
{
    return presenter->kind->screenshot(presenter, path, err);
}

void presenter_reset(struct presenter *presenter, bool textures_too)
{
    if (presenter->kind->reset != NULL) {
        presenter->kind->reset(presenter, textures_too);
        presenter->stale = true;
    }
}

void presenter_destroy(struct presenter *presenter)
{
    if (presenter != NULL) {
        presenter->kind->destroy(presenter);
    }
}
