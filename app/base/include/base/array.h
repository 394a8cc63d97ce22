/* Growing arrays: a pointer, a count and a capacity that stand side by side in their owner. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `needed` elements of `element_size` bytes: `items` is the address of the owner's pointer (of
 * whatever type; malloc'd, NULL when empty), which grows by doubling; what is new is zeroed. False, with
 * everything as it was, when there is no memory. */
bool array_reserve(void *items, size_t *capacity, size_t needed, size_t element_size);

/* Appends `value` to (items, count, capacity); false when there is no memory. */
#define ARRAY_PUSH(items, count, capacity, value)                                                            \
    (array_reserve(&(items), &(capacity), (count) + 1, sizeof *(items))                                      \
            ? ((items)[(count)++] = (value), true)                                                           \
            : false)

#define ARRAY_LENGTH(a) (sizeof(a) / sizeof((a)[0]))

#endif
