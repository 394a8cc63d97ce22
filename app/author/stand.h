/* Does every screen hold what a display and its place ask for: controls of 20 mm, a capital H seen under 0.7
 * degrees, and in low reach controls between 380 and 1220 mm above the floor? */
#ifndef AUTHOR_STAND_H
#define AUTHOR_STAND_H

#include "exhibit/site.h"
#include "tools.h"

/* Shows every screen in every language and measures it; adds one finding for each screen and thing that it
 * does not hold, the worst language's. `exhibit` is read whole; `size` is the display's in pixels; `file` is
 * the site file's name for the findings. Nothing to do, and true, for a site without a display. False with
 * *err. */
bool stand_check(const char *path, struct exhibit *exhibit, const struct player_paths *paths,
    const struct site *site, struct size size, const char *file, struct findings *findings,
    struct error *err);

#endif
