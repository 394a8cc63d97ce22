/* The region is a row of pieces, each with its length before it; free neighbours are one again:
 *
 *     | length, taken | ...... | length, free | ......... | length, taken | .. | end
 *
 * It is walked from its start, which is quick enough for what happens once in years. */
#include "text/spare.h"

#include <malloc.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uclean.h>

#define REGION ((size_t)8 << 20) /* untouched it is no more than addresses */
#define ALIGNMENT sizeof(struct piece)

struct piece {
    alignas(16) size_t length; /* with this head; 0: nothing was ever taken from here on */
    size_t taken;
};

/* ICU has one allocator for the process, and so this is one for the process, too. */
static struct {
    pthread_mutex_t lock;
    size_t most;
    alignas(16) unsigned char bytes[REGION];
} region = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct piece *piece_at(size_t at)
{
    return (struct piece *)(void *)(region.bytes + at);
}

static bool is_inside(const void *memory)
{
    const unsigned char *byte = memory;
    return byte >= region.bytes && byte < region.bytes + REGION;
}

/* Where the free pieces from `at` on end. Makes one of them. */
static size_t join(size_t at)
{
    struct piece *first = piece_at(at);
    size_t end = at + first->length;
    while (end < REGION && piece_at(end)->length > 0 && piece_at(end)->taken == 0) {
        first->length += piece_at(end)->length;
        end = at + first->length;
    }
    return end;
}

static void *take(size_t size)
{
    size_t whole = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + sizeof(struct piece), at = 0;
    while (size < REGION && at + whole <= REGION) {
        struct piece *piece = piece_at(at);
        if (piece->length == 0) { /* the end of what is in use */
            *piece = (struct piece){whole, 1};
            region.most = at + whole > region.most ? at + whole : region.most;
            return piece + 1;
        }
        if (piece->taken == 0 && join(at) - at >= whole) {
            size_t rest = piece->length - whole;
            if (rest > 0) {
                *piece_at(at + whole) = (struct piece){rest, 0};
            }
            *piece = (struct piece){whole, 1};
            return piece + 1;
        }
        at += piece->length;
    }
    return NULL;
}

static void *take_locked(size_t size)
{
    pthread_mutex_lock(&region.lock);
    void *memory = take(size);
    pthread_mutex_unlock(&region.lock);
    return memory;
}

static void *allocate(const void *context, size_t size)
{
    (void)context;
    void *memory = malloc(size);
    return memory != NULL ? memory : take_locked(size);
}

static void release(const void *context, void *memory)
{
    (void)context;
    if (!is_inside(memory)) {
        free(memory);
        return;
    }
    pthread_mutex_lock(&region.lock);
    ((struct piece *)memory - 1)->taken = 0;
    pthread_mutex_unlock(&region.lock);
}

static void *reallocate(const void *context, void *old, size_t size)
{
    bool inside = is_inside(old);
    void *memory = inside ? allocate(context, size) : realloc(old, size);
    if (memory == NULL) {
        memory = take_locked(size);
    }
    if (memory != NULL && memory != old && (inside || is_inside(memory)) && old != NULL) {
        size_t had =
            inside ? ((struct piece *)old - 1)->length - sizeof(struct piece) : malloc_usable_size(old);
        memcpy(memory, old, had < size ? had : size);
        release(context, old);
    }
    return memory;
}

bool text_spare_memory(void)
{
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(&region, allocate, reallocate, release, &status);
    return U_SUCCESS(status) != 0;
}

size_t text_spare_used(size_t *size)
{
    *size = REGION;
    return region.most;
}
