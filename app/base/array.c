#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t grown(size_t capacity, size_t needed)
{
    size_t doubled = capacity <= SIZE_MAX / 2 ? capacity * 2 : SIZE_MAX;
    if (doubled < 8) {
        doubled = 8;
    }
    return doubled > needed ? doubled : needed;
}

bool array_reserve(void *items, size_t *capacity, size_t needed, size_t element_size)
{
    if (needed <= *capacity) {
        return true;
    }
    size_t wanted = grown(*capacity, needed);
    if (wanted > SIZE_MAX / element_size) {
        wanted = needed;
    }
    if (wanted > SIZE_MAX / element_size) {
        return false;
    }
    unsigned char *old, *new;
    memcpy(&old, items, sizeof old);
    new = realloc(old, wanted * element_size);
    if (new == NULL) {
        return false;
    }
    memset(new + *capacity *element_size, 0, (wanted - *capacity) * element_size);
    memcpy(items, &new, sizeof new);
    *capacity = wanted;
    return true;
}
