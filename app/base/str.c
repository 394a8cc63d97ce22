#include "base/str.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct str str_from(const char *text)
{
    return (struct str){text, text != NULL ? strlen(text) : 0};
}

/* memcmp must not be given NULL, not even for 0 bytes. */
static bool bytes_equal(const char *a, const char *b, size_t length)
{
    return length == 0 || memcmp(a, b, length) == 0;
}

bool str_equal(struct str a, struct str b)
{
    return a.length == b.length && bytes_equal(a.data, b.data, a.length);
}

bool str_equal_c(struct str a, const char *b)
{
    return str_equal(a, str_from(b));
}

bool str_starts_with(struct str s, struct str prefix)
{
    return s.length >= prefix.length && bytes_equal(s.data, prefix.data, prefix.length);
}

bool str_ends_with(struct str s, struct str suffix)
{
    return s.length >= suffix.length &&
           (suffix.length == 0 ||
               bytes_equal(s.data + (s.length - suffix.length), suffix.data, suffix.length));
}

int str_compare(struct str a, struct str b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common != 0 ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) {
        return order;
    }
    return a.length < b.length ? -1 : a.length > b.length;
}

struct str str_slice(struct str s, size_t from, size_t length)
{
    if (from > s.length) {
        from = s.length;
    }
    if (length > s.length - from) {
        length = s.length - from;
    }
    return (struct str){s.data != NULL ? s.data + from : NULL, length};
}

size_t str_find(struct str s, char c)
{
    const char *found = s.length != 0 ? memchr(s.data, c, s.length) : NULL;
    return found != NULL ? (size_t)(found - s.data) : s.length;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.length != 0 && is_space(s.data[s.length - 1])) {
        s.length--;
    }
    while (s.length != 0 && is_space(s.data[0])) {
        s.data++;
        s.length--;
    }
    return s;
}

struct str str_split(struct str *rest, char separator)
{
    size_t at = str_find(*rest, separator);
    struct str before = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at < rest->length ? at + 1 : at, SIZE_MAX);
    return before;
}

uint64_t str_hash_bytes(uint64_t start, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = start;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

uint64_t str_hash_words(uint64_t start, const void *data, size_t length)
{
    const unsigned char *bytes = data;
    uint64_t hash = start, word;
    size_t left = length;
    for (; left >= sizeof word; left -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    word = length;
    for (; left > 0; left--) {
        word = word << 8 | *bytes++;
    }
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

uint64_t str_hash(uint64_t start, struct str s)
{
    return str_hash_bytes(start, s.data, s.length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Moves *at over digits; false when there are none. */
static bool skip_digits(struct str s, size_t *at)
{
    size_t start = *at;
    while (*at < s.length && is_digit(s.data[*at])) {
        (*at)++;
    }
    return *at > start;
}

static void skip_sign(struct str s, size_t *at)
{
    if (*at < s.length && (s.data[*at] == '+' || s.data[*at] == '-')) {
        (*at)++;
    }
}

bool str_to_long(struct str s, long *value)
{
    size_t at = 0;
    skip_sign(s, &at);
    size_t end = at;
    if (!skip_digits(s, &end) || end != s.length) {
        return false;
    }
    /* Negative numbers reach one further than positive ones, so the sum is kept negative. */
    long sum = 0;
    for (; at < end; at++) {
        int digit = s.data[at] - '0';
        if (sum < (LONG_MIN + digit) / 10) {
            return false;
        }
        sum = sum * 10 - digit;
    }
    if (s.data[0] == '-') {
        *value = sum;
        return true;
    }
    if (sum == LONG_MIN) {
        return false;
    }
    *value = -sum;
    return true;
}

/* strtod takes also "inf", "nan", "0x1p3" and leading space, which no file of ours means. */
static bool is_decimal(struct str s)
{
    size_t at = 0;
    skip_sign(s, &at);
    bool whole = skip_digits(s, &at);
    bool fraction = false;
    if (at < s.length && s.data[at] == '.') {
        at++;
        fraction = skip_digits(s, &at);
    }
    if (!whole && !fraction) {
        return false;
    }
    if (at < s.length && (s.data[at] == 'e' || s.data[at] == 'E')) {
        at++;
        skip_sign(s, &at);
        if (!skip_digits(s, &at)) {
            return false;
        }
    }
    return at == s.length;
}

bool str_to_double(struct str s, double *value)
{
    char text[128];
    if (s.length >= sizeof text || !is_decimal(s)) {
        return false;
    }
    memcpy(text, s.data, s.length);
    text[s.length] = '\0';
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) {
        return false;
    }
    double number = strtod_l(text, NULL, c_locale);
    freelocale(c_locale);
    if (!isfinite(number)) {
        return false;
    }
    *value = number;
    return true;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

size_t str_distance(struct str a, struct str b)
{
    size_t row[64]; /* row[j]: edits from the part of a read so far to the first j bytes of b */
    if (a.length > 63 || b.length > 63) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b.length; j++) {
        row[j] = j;
    }
    for (size_t i = 0; i < a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.length; j++) {
            size_t replaced = diagonal + (a.data[i] != b.data[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(replaced, row[j] + 1, row[j + 1] + 1);
        }
    }
    return row[b.length];
}
