#include "table.h"

#include <stdlib.h>
#include <string.h>

static struct table_slot *probe(const struct table *table, struct str key)
{
    size_t at = (size_t)str_hash(STR_HASH_START, key) & (table->capacity - 1);
    while (table->slots[at].key != NULL) {
        struct table_slot *slot = &table->slots[at];
        if (str_equal((struct str){slot->key, slot->length}, key)) {
            break;
        }
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->slots[at];
}

struct table_slot *table_find(const struct table *table, struct str key)
{
    if (table->count == 0) {
        return NULL;
    }
    struct table_slot *slot = probe(table, key);
    return slot->key != NULL ? slot : NULL;
}

/* At most half full, so that a probe is short. */
static bool grow(struct table *table)
{
    struct table larger = {
        .capacity = table->capacity == 0 ? 16 : table->capacity * 2, .count = table->count};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        const struct table_slot *slot = &table->slots[i];
        if (slot->key != NULL) {
            *probe(&larger, (struct str){slot->key, slot->length}) = *slot;
        }
    }
    free(table->slots);
    *table = larger;
    return true;
}

bool table_put(struct table *table, struct str key, void *value)
{
    if (table->count * 2 >= table->capacity && !grow(table)) {
        return false;
    }
    struct table_slot *slot = probe(table, key);
    if (slot->key == NULL) {
        *slot = (struct table_slot){key.data != NULL ? key.data : "", key.length, NULL};
        table->count++;
    }
    slot->value = value;
    return true;
}

void table_finish(struct table *table)
{
    free(table->slots);
    *table = (struct table){NULL, 0, 0};
}
