/* An SQLite VFS over the system's that fails when it is told to: it kills the process at a write, cuts the
 * power, or lets an operation go wrong. Its syncs wait for no disk, so that many can be tried. */
#ifndef TESTS_STATISTICS_FAILING_H
#define TESTS_STATISTICS_FAILING_H

#include <stdint.h>

#define FAILING_VFS "failing"

enum failing_way {
    FAILING_NOT,
    FAILING_KILL,  /* SIGKILL before the operation */
    FAILING_TORN,  /* SIGKILL when half of a write is there */
    FAILING_POWER, /* of what was not synced any part is lost, by the seed; SIGKILL */
    FAILING_ONCE,  /* that operation answers with the code */
    FAILING_EVER   /* so do all that follow */
};

/* From now on: the operation number `at` (from 1: writes, truncations, syncs, deletions; reads too where it
 * answers with a code) fails. */
void failing_set(enum failing_way way, long at, int code, uint64_t seed);
/* How many operations there were since. */
long failing_count(void);
/* Makes the VFS known to SQLite by its name. */
int failing_register(void);

#endif
