#include "internal.h"

#include "base/array.h"

#include <stdlib.h>

static int64_t area_of(struct rect r)
{
    return rect_empty(r) ? 0 : (int64_t)r.w * r.h;
}

/* Pixels that would be drawn for nothing if both were one. */
static int64_t waste(struct rect a, struct rect b)
{
    return area_of(rect_union(a, b)) - area_of(a) - area_of(b) + area_of(rect_intersect(a, b));
}

static void remove_at(struct damage *damage, int index)
{
    damage->rects[index] = damage->rects[--damage->count];
}

/* The rectangle that costs least to join with `area`; *cost is what it costs. */
static int cheapest(const struct damage *damage, struct rect area, int64_t *cost)
{
    int best = -1;
    for (int i = 0; i < damage->count; i++) {
        int64_t w = waste(damage->rects[i], area);
        if (best < 0 || w < *cost) {
            best = i;
            *cost = w;
        }
    }
    return best;
}

/* Two thousand pixels are filled faster than a list of boxes is walked once more. */
#define CHEAP_PX 2048

void damage_add(struct damage *damage, struct rect area)
{
    if (rect_empty(area)) {
        return;
    }
    for (;;) {
        int64_t cost = 0;
        int other = cheapest(damage, area, &cost);
        bool overlaps = other >= 0 && cost <= CHEAP_PX + area_of(rect_intersect(damage->rects[other], area));
        if (!overlaps && damage->count < PAINT_DAMAGE_MAX) {
            damage->rects[damage->count++] = area;
            return;
        }
        area = rect_union(area, damage->rects[other]);
        remove_at(damage, other);
    }
}

/* A table from a box's identity to where it stood in the last tree, chained through `next`. */
struct table {
    size_t *heads, *next; /* index + 1; 0: none */
    size_t mask;
};

static bool table_fill(struct table *table, const struct records *records)
{
    size_t size = 16;
    while (size < records->count * 2) {
        size *= 2;
    }
    table->mask = size - 1;
    table->heads = calloc(size, sizeof *table->heads);
    table->next = calloc(records->count + 1, sizeof *table->next);
    if (table->heads == NULL || table->next == NULL) {
        return false;
    }
    for (size_t i = records->count; i-- > 0;) { /* backwards, so that a chain runs in painting order */
        size_t *head = &table->heads[records->items[i].id & table->mask];
        table->next[i] = *head;
        *head = i + 1;
    }
    return true;
}

/* The first equal record from `from` on, as index + 1. Only those keep their order against what was matched
 * before. */
static size_t table_find(
    const struct table *table, const struct records *records, const struct record *wanted, size_t from)
{
    size_t at = table->heads[wanted->id & table->mask];
    while (at != 0) {
        const struct record *found = &records->items[at - 1];
        if (at - 1 >= from && found->id == wanted->id && found->look == wanted->look &&
            rect_equal(found->extent, wanted->extent)) {
            break;
        }
        at = table->next[at - 1];
    }
    return at;
}

/* Walks the new list along the old one. What is matched stands in the same order in both, so that a pixel
 * that no unmatched box touches is covered by the same boxes in the same order, and is what it was. */
bool damage_compare(struct damage *damage, const struct records *before, const struct records *after)
{
    struct table table = {0};
    bool ok = table_fill(&table, before);
    size_t from = 0;
    for (size_t i = 0; ok && i < after->count; i++) {
        size_t match = table_find(&table, before, &after->items[i], from);
        if (match == 0) {
            damage_add(damage, after->items[i].extent);
            continue;
        }
        for (; from < match - 1; from++) {
            damage_add(damage, before->items[from].extent);
        }
        from = match;
    }
    for (; ok && from < before->count; from++) {
        damage_add(damage, before->items[from].extent);
    }
    free(table.heads);
    free(table.next);
    return ok;
}
