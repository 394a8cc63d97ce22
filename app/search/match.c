#include "match.h"

#include "fold.h"

#include "base/utf8.h"

#include <string.h>

struct needles needles_of(struct str folded_query)
{
    struct needles needles = {.count = 0};
    while (folded_query.length > 0 && needles.count < MATCH_WORDS) {
        struct str word = str_split(&folded_query, ' ');
        size_t at = needles.count;
        if (word.length == 0) {
            continue;
        }
        for (; at > 0 && needles.words[at - 1].length < word.length; at--) {
            needles.words[at] = needles.words[at - 1];
        }
        needles.words[at] = word;
        needles.count++;
    }
    return needles;
}

/* Most texts' characters are one byte: they are looked at without being decoded. */
static uint32_t before(struct str text, size_t at)
{
    if (at == 0) {
        return ' ';
    }
    unsigned char c = (unsigned char)text.data[at - 1];
    return c < 0x80 ? c : utf8_previous(text, &at);
}

static uint32_t after(struct str text, size_t at)
{
    if (at >= text.length) {
        return ' ';
    }
    unsigned char c = (unsigned char)text.data[at];
    return c < 0x80 ? c : utf8_next(text, &at);
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return !(c <= 0xBF || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == 0x30FB ||
             (c >= 0xFF00 && c <= 0xFF0F));
}

/* Between two characters: does a word end there? Scripts without spaces do not say, so that anywhere will do.
 */
static bool parts(uint32_t left, uint32_t right)
{
    return !is_letter(left) || !is_letter(right) || fold_is_unspaced(left) || fold_is_unspaced(right);
}

/* A syllable of Hangul begins with a consonant before a vowel; inside one nothing is found. */
static bool splits_syllable(struct str text, size_t at)
{
    size_t next = at;
    uint32_t first = utf8_next(text, &next);
    if (fold_is_vowel(first)) {
        uint32_t left = before(text, at);
        return fold_is_consonant(left) || fold_is_vowel(left);
    }
    return fold_is_consonant(first) && !fold_is_vowel(after(text, next)) &&
           (fold_is_vowel(before(text, at)) || fold_is_consonant(before(text, at)));
}

bool match_next(struct str text, struct str word, size_t from, size_t *at, enum search_quality *quality)
{
    while (from + word.length <= text.length) {
        const char *found = word.length == 1
                                ? memchr(text.data + from, word.data[0], text.length - from)
                                : memmem(text.data + from, text.length - from, word.data, word.length);
        if (found == NULL) {
            return false;
        }
        size_t start = (size_t)(found - text.data), end = start + word.length;
        if ((unsigned char)word.data[0] == 0xE3 && splits_syllable(text, start)) {
            from = start + 3; /* letters of Hangul have three bytes */
            continue;
        }
        *at = start;
        *quality = SEARCH_INSIDE;
        if (parts(before(text, start), after(text, start))) {
            *quality = parts(before(text, end), after(text, end)) ? SEARCH_WHOLE : SEARCH_BEGINNING;
        }
        return true;
    }
    return false;
}

static bool match_best(struct str text, struct str word, enum search_quality *best)
{
    size_t from = 0, at;
    enum search_quality quality;
    bool found = false;
    while (match_next(text, word, from, &at, &quality)) {
        *best = !found || quality < *best ? quality : *best;
        found = true;
        if (*best == SEARCH_WHOLE) {
            break;
        }
        from = at + 1;
    }
    return found;
}

/* One bit for each of the first 36 letters and digits, the other 92 shared by all other characters. */
static unsigned bit_of(uint32_t c)
{
    if (c >= 'a' && c <= 'z') {
        return c - 'a';
    }
    if (c >= '0' && c <= '9') {
        return 26 + (c - '0');
    }
    return 36 + (c * 2654435761u >> 16) % 92;
}

struct match_letters match_letters(struct str folded)
{
    struct match_letters letters = {{0, 0}};
    for (size_t at = 0; at < folded.length;) {
        uint32_t c = after(folded, at);
        if (c < 0x80) {
            at++;
        } else {
            utf8_next(folded, &at);
        }
        if (c != ' ') {
            unsigned bit = bit_of(c);
            letters.bits[bit / 64] |= UINT64_C(1) << bit % 64;
        }
    }
    return letters;
}

bool match_may(struct match_letters text, struct match_letters query)
{
    return (query.bits[0] & ~text.bits[0]) == 0 && (query.bits[1] & ~text.bits[1]) == 0;
}

bool match_all(struct str text, const struct needles *needles, enum search_quality *quality)
{
    *quality = SEARCH_WHOLE;
    for (size_t i = 0; i < needles->count; i++) {
        enum search_quality best;
        if (!match_best(text, needles->words[i], &best)) {
            return false;
        }
        *quality = best > *quality ? best : *quality;
    }
    return needles->count > 0;
}
