#include "language.h"

#include <stddef.h>

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all(struct str s, bool (*is)(char))
{
    for (size_t i = 0; i < s.length; i++) {
        if (!is(s.data[i])) {
            return false;
        }
    }
    return true;
}

static bool is_lower_or_digit(char c)
{
    return is_lower(c) || is_digit(c);
}

static bool is_script(struct str s)
{
    return s.length == 4 && is_upper(s.data[0]) && all(str_slice(s, 1, 3), is_lower);
}

static bool is_region(struct str s)
{
    return (s.length == 2 && all(s, is_upper)) || (s.length == 3 && all(s, is_digit));
}

static bool is_variant(struct str s)
{
    bool length = s.length >= 5 || (s.length == 4 && is_digit(s.data[0]));
    return length && s.length <= 8 && all(s, is_lower_or_digit);
}

/* Extensions (u-..., x-...): a single letter and at least one part of up to 8. */
static bool is_extension(struct str rest)
{
    struct str part = str_split(&rest, '-');
    bool after_singleton = part.length == 1 && all(part, is_lower_or_digit) && rest.length > 0;
    while (after_singleton && rest.length > 0) {
        part = str_split(&rest, '-');
        after_singleton = part.length >= 1 && part.length <= 8 && all(part, is_lower_or_digit);
    }
    return after_singleton;
}

bool language_is_tag(struct str tag)
{
    if (tag.length > 35 || (tag.length > 0 && tag.data[tag.length - 1] == '-')) {
        return false;
    }
    struct str rest = tag;
    struct str part = str_split(&rest, '-');
    if (part.length < 2 || part.length > 3 || !all(part, is_lower)) {
        return false;
    }
    int stage = 0; /* what may still come: 0 script, 1 region, 2 variants */
    while (rest.length > 0) {
        struct str here = rest;
        part = str_split(&rest, '-');
        if (stage < 1 && is_script(part)) {
            stage = 1;
        } else if ((stage < 2 && is_region(part)) || is_variant(part)) {
            stage = 2;
        } else {
            return is_extension(here);
        }
    }
    return true;
}

static char lower(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

bool language_same(struct str a, struct str b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
}
