/* A borrowed slice of bytes, usually UTF-8. It never owns what it points at and need not end in a zero byte.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *data; /* may be NULL when length is 0 */
    size_t length;    /* bytes */
};

/* A slice of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For printf's "%.*s". */
#define STR_ARGS(s) (int)(s).length, (s).data != NULL ? (s).data : ""

/* The slice of a zero-terminated string; NULL gives the empty slice. */
struct str str_from(const char *text);

bool str_equal(struct str a, struct str b);
bool str_equal_c(struct str a, const char *b);
bool str_starts_with(struct str s, struct str prefix);
bool str_ends_with(struct str s, struct str suffix);

/* Negative, zero or positive, by bytes; a prefix comes before what it begins. */
int str_compare(struct str a, struct str b);

/* The part from byte `from` (clamped) with at most `length` bytes. */
struct str str_slice(struct str s, size_t from, size_t length);

/* Index of the first byte `c`, or s.length when there is none. */
size_t str_find(struct str s, char c);

/* Without leading and trailing space, tab, CR and LF. */
struct str str_trim(struct str s);

/* Cuts `*rest` at the first `separator`: returns what stands before it and leaves what follows (all and
 * nothing when there is none). */
struct str str_split(struct str *rest, char separator);

/* FNV-1a, 64 bits. Start with STR_HASH_START and chain. */
#define STR_HASH_START UINT64_C(14695981039346656037)
uint64_t str_hash(uint64_t start, struct str s);
uint64_t str_hash_bytes(uint64_t start, const void *data, size_t length);
/* Another function, eight bytes at a step: for what is hashed often and by this machine alone. */
uint64_t str_hash_words(uint64_t start, const void *data, size_t length);

/* A whole decimal number with an optional sign, nothing before or after it. False, and *value untouched,
 * otherwise. */
bool str_to_long(struct str s, long *value);
/* A decimal number such as 12, -0.5 or 1e3, in the C locale whatever the process has set. */
bool str_to_double(struct str s, double *value);

/* The number of single-character edits between two slices of at most 63 bytes each; SIZE_MAX when one is
 * longer. */
size_t str_distance(struct str a, struct str b);

#endif
