/* Whatever words are read as a place, writing and reading them again gives the same place. */
#include "exhibit/place.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct place place, again;
    char buffer[160];
    if (place_parse((struct str){(const char *)data, size}, &place)) {
        bool read = place_parse(str_from(place_format(&place, buffer, sizeof buffer)), &again);
        if (!read || !place_equal(&place, &again)) {
            abort();
        }
    }
    return 0;
}
