/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at byte `*at` (which must be < s.length) and moves *at behind it. Malformed bytes
 * give UTF8_REPLACEMENT and move by one byte. */
uint32_t utf8_next(struct str s, size_t *at);
/* Moves *at (which must be > 0) to the start of the character before it and returns that character. */
uint32_t utf8_previous(struct str s, size_t *at);
/* Writes at most 4 bytes, returns how many; 0 for what is no character. */
size_t utf8_encode(uint32_t character, char out[4]);
/* The byte of the first malformed sequence, or s.length when all is well. */
size_t utf8_check(struct str s);
/* Characters, malformed bytes counted one by one. */
size_t utf8_count(struct str s);

#endif
