/* Memory that is given back all at once. Not thread-safe. Zeroed memory is a valid, empty arena. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head; /* the block that is being filled; older ones hang behind it */
    size_t used;              /* bytes handed out, for reports and limits */
    size_t limit;             /* bytes at most; 0 is no limit. Past it arena_take returns NULL */
};

/* `size` zeroed bytes, aligned for anything, valid until reset or finish. NULL when memory or the limit is
 * used up. A size of 0 gives a valid pointer. */
void *arena_take(struct arena *arena, size_t size);
/* `count` elements of `size` bytes; NULL also when the product overflows. */
void *arena_take_array(struct arena *arena, size_t count, size_t size);
/* A copy with a zero byte behind it. On failure the result's data is NULL and its length 0. */
struct str arena_copy(struct arena *arena, struct str s);
/* printf into the arena; on failure data is NULL and length 0. */
struct str arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same from a list of arguments, still to be written to; NULL on failure. */
char *arena_print(struct arena *arena, size_t *length, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/* Forgets everything and keeps one block for the next use. */
void arena_reset(struct arena *arena);
/* Gives everything back. Accepts NULL and zeroed memory. */
void arena_finish(struct arena *arena);

#endif
