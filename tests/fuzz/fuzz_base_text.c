/* Whatever bytes come, UTF-8 is read the same way forwards and backwards, checking agrees with decoding, and
 * numbers are read without a finding of the sanitizers. */
#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool so)
{
    if (!so) {
        abort();
    }
}

static void read_both_ways(struct str s)
{
    size_t good = utf8_check(s), at = 0, count = 0;
    while (at < s.length) {
        size_t start = at, back;
        char bytes[4];
        uint32_t character = utf8_next(s, &at);
        insist(at > start && at <= start + 4);
        insist(start < good || start > good || (character == UTF8_REPLACEMENT && at == start + 1));
        if (start < good) {
            insist(utf8_encode(character, bytes) == at - start);
        }
        back = at;
        insist(utf8_previous(s, &back) == character && back == start);
        count++;
    }
    insist(count == utf8_count(s));
}

static void read_numbers(struct str s)
{
    long whole = 0;
    double number = 0;
    if (str_to_long(s, &whole) && s.length < 128) {
        insist(str_to_double(s, &number));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    struct error err;
    char text[600];
    read_both_ways(s);
    read_numbers(s);
    size_t half = size / 2;
    struct str a = str_slice(s, 0, half < 63 ? half : 63), b = str_slice(s, half, 63);
    insist(str_distance(a, b) == str_distance(b, a));
    insist((str_distance(a, b) == 0) == str_equal(a, b));
    error_set_at(&err, ERROR_INPUT, "f", 1, 1, "%.*s", (int)(s.length < 4096 ? s.length : 4096), s.data);
    insist(utf8_check(s) < s.length || utf8_check(str_from(err.message)) == str_from(err.message).length);
    error_text(&err, text, sizeof text);
    struct str rest = s;
    while (rest.length > 0) {
        struct str line = str_split(&rest, '\n');
        insist(str_trim(line).length <= line.length);
    }
    return 0;
}
