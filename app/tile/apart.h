/* Work in a process of its own. libvips reads what others have written, with a dozen libraries: should one of
 * them crash, or should the curator press Ctrl+C, somebody must still be there to clear away. */
#ifndef TILE_APART_H
#define TILE_APART_H

#include "base/error.h"

#include <signal.h>

/* From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT wait, except those that are ignored already (nohup).
 * *before is for apart_release(). */
void apart_hold(sigset_t *before);
/* Lets them go: one that came ends the program here. */
void apart_release(const sigset_t *before);

typedef bool apart_work(void *context, struct error *err);

/* Runs work(context) in a child and waits. Only what lies in shared memory comes back from it, and *err.
 * ERROR_INPUT when the child crashes, ERROR_MACHINE when it is killed or cannot be started. A signal that
 * waits ends the child; the result is then false without an error (category ERROR_NONE), and the signal
 * strikes in apart_release(). Between apart_hold() and apart_release() only. */
bool apart_run(apart_work *work, void *context, struct error *err);

#endif
