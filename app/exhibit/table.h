/* A hash table from text to pointer. Zeroed memory is a valid, empty table. Keys are borrowed and must
 * outlive it. */
#ifndef EXHIBIT_TABLE_H
#define EXHIBIT_TABLE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct table_slot {
    const char *key; /* NULL: free */
    size_t length;
    void *value;
};

struct table {
    struct table_slot *slots;
    size_t capacity, count;
};

/* The slot of a key, NULL when it is not there. Valid until the next table_put. */
struct table_slot *table_find(const struct table *table, struct str key);
/* Sets a key, new or known. False when there is no memory. */
bool table_put(struct table *table, struct str key, void *value);
void table_finish(struct table *table);

#endif
