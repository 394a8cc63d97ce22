/* What a decoder gives up before it looks at a single byte. */
#ifndef SCAN_DECODE_SANDBOX_H
#define SCAN_DECODE_SANDBOX_H

#include <stdbool.h>

/* Memory at most: a single page of 50 megapixels at 16 bytes, its worst case. */
#define SANDBOX_DATA_BYTES (1ul << 30)
/* Processor time at most, a whole life long. A decoder retires at half of it, between two requests. */
#define SANDBOX_CPU_SECONDS 3600ul

/* Limits memory, processor time, files, processes and core dumps; dies with its parent; gains no privileges;
 * and closes every descriptor but the three of the protocol. */
bool sandbox_limit(void);
/* From here on: receive and send on the protocol's socket, anonymous memory that cannot be executed, and
 * exit. Anything else kills the process with SIGSYS. */
bool sandbox_enter(void);

#endif
