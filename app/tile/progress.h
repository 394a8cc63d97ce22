/* How far the work is, on the standard error: on a terminal one line that renews itself, else one line per
 * ten percent. */
#ifndef TILE_PROGRESS_H
#define TILE_PROGRESS_H

#include <stdbool.h>

struct progress {
    const char *name; /* of the image, lent */
    bool terminal;
    int shown; /* percent; -1: nothing yet */
};

void progress_init(struct progress *progress, const char *name);
/* Says it when it is worth a line. `percent` is from 0 to 100. */
void progress_show(struct progress *progress, int percent);
/* Clears the terminal's line, for whatever comes next on it. Also for a line that a child has written. */
void progress_clear(const struct progress *progress);

#endif
