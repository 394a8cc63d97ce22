/* Two-set Hangul: keys come together to syllables, and are taken back one by one. The text is all the state
 * there is.
 *
 *     ㅎ ㅏ ㄴ ㄱ ㅡ ㄹ      ㅎ, 하, 한, 한ㄱ, 한그, 한글
 *     ㅎ ㅏ ㄴ ㅏ           한, then the ㄴ goes over: 하나
 *     ㄷ ㅏ ㄹ ㄱ ㅣ         닭, then the ㄱ goes over: 달기
 */
#include "visit_internal.h"

#include "base/array.h"
#include "base/utf8.h"

#include <string.h>

#define SYLLABLES 0xAC00
#define VOWELS 21
#define FINALS 28
#define VOWEL_FIRST 0x314F /* ㅏ: the vowels' letters stand in the order of their numbers */

/* Letters by their number as initial and as final. */
static const uint16_t initials[] = {0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143,
    0x3145, 0x3146, 0x3147, 0x3148, 0x3149, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E};
static const uint16_t finals[FINALS] = {0, 0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139,
    0x313A, 0x313B, 0x313C, 0x313D, 0x313E, 0x313F, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145, 0x3146, 0x3147,
    0x3148, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E};

static const struct pair {
    uint16_t first, second, both;
} pairs[] = {
    /* vowels */
    {0x3157, 0x314F, 0x3158}, {0x3157, 0x3150, 0x3159}, {0x3157, 0x3163, 0x315A}, {0x315C, 0x3153, 0x315D},
    {0x315C, 0x3154, 0x315E}, {0x315C, 0x3163, 0x315F}, {0x3161, 0x3163, 0x3162},
    /* finals */
    {0x3131, 0x3145, 0x3133}, {0x3134, 0x3148, 0x3135}, {0x3134, 0x314E, 0x3136}, {0x3139, 0x3131, 0x313A},
    {0x3139, 0x3141, 0x313B}, {0x3139, 0x3142, 0x313C}, {0x3139, 0x3145, 0x313D}, {0x3139, 0x314C, 0x313E},
    {0x3139, 0x314D, 0x313F}, {0x3139, 0x314E, 0x3140}, {0x3142, 0x3145, 0x3144}};

static const struct pair *apart(uint32_t both)
{
    for (size_t i = 0; i < ARRAY_LENGTH(pairs); i++) {
        if (pairs[i].both == both) {
            return &pairs[i];
        }
    }
    return NULL;
}

static uint32_t together(uint32_t first, uint32_t second)
{
    for (size_t i = 0; i < ARRAY_LENGTH(pairs); i++) {
        if (pairs[i].first == first && pairs[i].second == second) {
            return pairs[i].both;
        }
    }
    return 0;
}

static int number_in(const uint16_t *letters, size_t count, uint32_t letter)
{
    for (size_t i = 0; i < count; i++) {
        if (letters[i] == letter) {
            return (int)i;
        }
    }
    return -1;
}

static bool is_vowel(uint32_t c)
{
    return c >= VOWEL_FIRST && c < VOWEL_FIRST + VOWELS;
}

static bool is_consonant(uint32_t c)
{
    return c >= 0x3131 && c < VOWEL_FIRST;
}

/* A syllable as letters; 0 for one that is not there. Also of one that is only begun. */
struct syllable {
    uint32_t initial, vowel, final;
};

static struct syllable take_apart(uint32_t c)
{
    if (c >= SYLLABLES && c < SYLLABLES + 19 * VOWELS * FINALS) {
        uint32_t n = c - SYLLABLES;
        return (struct syllable){initials[n / (VOWELS * FINALS)],
            VOWEL_FIRST + n % (VOWELS * FINALS) / FINALS, finals[n % FINALS]};
    }
    return (struct syllable){is_consonant(c) ? c : 0, is_vowel(c) ? c : 0, 0};
}

static uint32_t put_together(const struct syllable *s)
{
    int initial = number_in(initials, ARRAY_LENGTH(initials), s->initial);
    int final = s->final != 0 ? number_in(finals, FINALS, s->final) : 0;
    if (s->vowel == 0) {
        return s->initial;
    }
    if (s->initial == 0 || initial < 0 || final < 0) {
        return s->initial == 0 ? s->vowel : 0;
    }
    return SYLLABLES + ((uint32_t)initial * VOWELS + (s->vowel - VOWEL_FIRST)) * FINALS + (uint32_t) final;
}

/* What the last character becomes with one more letter: *first, and behind it *second (or 0). */
static void join(uint32_t last, uint32_t key, uint32_t *first, uint32_t *second)
{
    struct syllable s = take_apart(last), next = {0, 0, 0};
    *first = last;
    *second = key;
    if (is_consonant(key)) {
        uint32_t both = s.final != 0 ? together(s.final, key) : 0;
        if (s.initial == 0 || s.vowel == 0 || (s.final != 0 && both == 0) ||
            number_in(finals, FINALS, key) < 0) {
            return;
        }
        s.final = s.final != 0 ? both : key;
    } else if (s.final != 0) { /* the final, or the second half of it, goes over */
        const struct pair *pair = apart(s.final);
        next.initial = pair != NULL ? pair->second : s.final;
        next.vowel = key;
        s.final = pair != NULL ? pair->first : 0;
    } else if (s.vowel != 0) {
        s.vowel = together(s.vowel, key);
        if (s.vowel == 0) {
            return;
        }
    } else {
        s.vowel = key;
    }
    uint32_t joined = put_together(&s), over = next.vowel != 0 ? put_together(&next) : 0;
    if (joined != 0 && (next.vowel == 0 || over != 0)) {
        *first = joined;
        *second = over;
    }
}

static bool put_tail(char *text, size_t size, size_t at, uint32_t first, uint32_t second)
{
    char tail[8];
    size_t length = first != 0 ? utf8_encode(first, tail) : 0;
    length += second != 0 ? utf8_encode(second, tail + length) : 0;
    if (at + length >= size) {
        return false;
    }
    memcpy(text + at, tail, length);
    memset(text + at + length, 0, size - at - length);
    return true;
}

bool compose_type(char *text, size_t size, struct str key)
{
    size_t length = strnlen(text, size), at = 0, last = length;
    uint32_t letter = key.length > 0 ? utf8_next(key, &at) : 0;
    if (key.length > 0 && at == key.length && length > 0 && (is_vowel(letter) || is_consonant(letter))) {
        uint32_t first, second, before = utf8_previous((struct str){text, length}, &last);
        if (before >= SYLLABLES || is_vowel(before) || is_consonant(before)) {
            join(before, letter, &first, &second);
            return put_tail(text, size, last, first, second);
        }
    }
    if (key.length == 0 || length + key.length >= size) {
        return false;
    }
    memcpy(text + length, key.data, key.length);
    return true;
}

void compose_erase(char *text, size_t size)
{
    size_t length = strnlen(text, size), last = length;
    if (length == 0) {
        return;
    }
    struct syllable s = take_apart(utf8_previous((struct str){text, length}, &last));
    uint32_t *end = s.final != 0 ? &s.final : s.vowel != 0 ? &s.vowel : &s.initial;
    const struct pair *pair = apart(*end);
    *end = pair != NULL ? pair->first : 0;
    put_tail(text, size, last, put_together(&s), 0);
}
