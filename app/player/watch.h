/* Watches a folder and all folders in it for changes, on a thread of its own. */
#ifndef PLAYER_WATCH_H
#define PLAYER_WATCH_H

#include "base/error.h"

#include <stdbool.h>

#define WATCH_QUIET_MS 50    /* an editor saves in several steps: wait until it is quiet ... */
#define WATCH_LONGEST_MS 200 /* ... but no longer than this */

struct watch;

/* `path` is a folder, or a file whose folder is watched without what is below it. `wake` is called from the
 * thread after each burst of changes. */
struct watch *watch_start(const char *path, void (*wake)(void *context), void *context, struct error *err);
/* The same for the folder that a link lies in, to see it turned to something else. */
struct watch *watch_start_link(
    const char *path, void (*wake)(void *context), void *context, struct error *err);
void watch_stop(struct watch *watch);
/* Did anything change since the last call? */
bool watch_changed(struct watch *watch);

#endif
