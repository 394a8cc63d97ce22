/* A second pair of hands: one thread that takes pieces of work together with the caller, and sleeps between.
 * Whoever is free takes the next piece, so that a helper that the system does not let run holds nobody up. */
#ifndef SCAN_CREW_H
#define SCAN_CREW_H

struct crew;

/* NULL without memory or thread. */
struct crew *crew_create(void);
void crew_destroy(struct crew *crew);

/* `hand` is 0 for the caller and 1 for the helper. */
typedef void crew_work(void *context, int hand, int piece);
/* Does pieces 0 .. count - 1, each once, in no certain order; returns when all are done. `crew` NULL: the
 * caller does all. */
void crew_run(struct crew *crew, crew_work *work, void *context, int count);

#endif
