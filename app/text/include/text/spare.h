/* Memory for ICU that is there when there is none. ICU 72 does not look everywhere whether it got what it
 * asked for (a transliterator crashes), and what it sets up once for the process stays broken for good when
 * memory ran out just then. So where malloc() refuses, ICU gets its memory from a region of the program's own
 * that is larger than all it ever holds. */
#ifndef TEXT_SPARE_H
#define TEXT_SPARE_H

#include <stdbool.h>
#include <stddef.h>

/* Of a process that does nothing else, before ICU is used: the region belongs to the process as ICU does.
 * False when ICU was used before. */
bool text_spare_memory(void);

/* The most that was ever taken of the region, and how large it is; in bytes. */
size_t text_spare_used(size_t *size);

#endif
