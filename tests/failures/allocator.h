/* Memory that runs out, for the whole process: this program's allocations, its libraries' and the C
 * library's. */
#ifndef FAILURES_ALLOCATOR_H
#define FAILURES_ALLOCATOR_H

#include <stdbool.h>

/* Where an allocation is asked for: the calls that led there, the innermost first. Of each allocation while
 * nothing fails, else of the first that failed. Called within the allocator; it must not allocate. */
typedef void allocator_seen(long number, void *const *calls, int count);

/* From now on allocations are counted from 0, and number `at` fails, or all from it on. at < 0: none does.
 * seen: NULL, or who is told; backtrace() was called before, for what it loads. */
void allocator_begin(long at, bool for_good, allocator_seen *seen);
/* Nothing fails any more. Returns how many there were. */
long allocator_end(void);
/* Pieces that are not given back, since the process began. */
long allocator_live(void);

#endif
