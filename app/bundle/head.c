#include "internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool head_number(struct str text, uint64_t *value)
{
    uint64_t number = 0;
    if (text.length == 0 || text.length > 18 || (text.data[0] == '0' && text.length > 1)) {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    *value = number;
    return true;
}

size_t head_write(const struct head *head, char text[BUNDLE_HEAD_MAX])
{
    int length = snprintf(text, BUNDLE_HEAD_MAX,
        "vitrine bundle 1\nlist %" PRIu64 "\nsignature %" PRIu64 "\n", head->list, head->signature);
    return (size_t)length;
}

static bool read_line(struct str *rest, struct str word, uint64_t *value)
{
    if (str_find(*rest, '\n') == rest->length) {
        return false;
    }
    struct str line = str_split(rest, '\n');
    return str_starts_with(line, word) && head_number(str_slice(line, word.length, line.length), value);
}

bool head_read(struct str text, struct head *head)
{
    struct str rest = text, first = str_split(&rest, '\n');
    if (!str_equal_c(first, "vitrine bundle 1") || !read_line(&rest, STR("list "), &head->list) ||
        !read_line(&rest, STR("signature "), &head->signature)) {
        return false;
    }
    head->length = text.length - rest.length;
    return true;
}
