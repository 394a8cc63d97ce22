/* Sentences, by ICU's rules, and the ends of those that are too long for one breath. */
#include "voice/voice.h"

#include "base/array.h"
#include "base/utf8.h"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

enum {
    WINDOW = 1400, /* bytes that are looked at: more than a sentence may have */
    LONGEST = 160, /* letters; an ideograph or syllable counts twice */
};

static bool is_space(uint32_t c)
{
    return c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029;
}

static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

static size_t skip_spaces(struct str text, size_t at)
{
    while (at < text.length) {
        size_t next = at;
        if (!is_space(utf8_next(text, &next))) {
            break;
        }
        at = next;
    }
    return at;
}

static size_t trim_end(struct str text, size_t from, size_t to)
{
    while (to > from) {
        size_t before = to;
        if (!is_space(utf8_previous((struct str){text.data, to}, &before))) {
            break;
        }
        to = before;
    }
    return to;
}

/* "I.V. Stalin", "Cde. Filippov": one capital letter, or a word that is known to be cut short, before the
 * full stop ends no sentence. */
static bool is_abbreviation(struct str sentence)
{
    static const char *const known[] = {"Cde", "Mr", "Mrs", "Ms", "Dr", "St", "Ed", "Gen", "Col", "Prof",
        "vol", "pp", "тов", "см", "стр", "гг"};
    size_t end = trim_end(sentence, 0, sentence.length);
    if (end < 2 || sentence.data[end - 1] != '.') {
        return false;
    }
    size_t last = --end, start = end, letters = 0, digits = 0;
    uint32_t thai = utf8_previous((struct str){sentence.data, end}, &last);
    if (thai >= 0xE00 && thai < 0xE80) { /* Thai ends no sentence with a full stop, it shortens words */
        return true;
    }
    while (digits < end && sentence.data[digits] >= '0' && sentence.data[digits] <= '9') {
        digits++;
    }
    if (digits == end) { /* the number of a list's item */
        return true;
    }
    uint32_t first = 0;
    while (start > 0) {
        size_t before = start;
        uint32_t c = utf8_previous((struct str){sentence.data, start}, &before);
        if (c < 'A' || (c > 'Z' && c < 'a') || is_space(c)) {
            break;
        }
        first = c;
        start = before;
        letters++;
    }
    bool capital = (first >= 'A' && first <= 'Z') || (first >= 0x410 && first <= 0x42F);
    bool found = letters == 1 && capital;
    for (size_t i = 0; !found && i < ARRAY_LENGTH(known); i++) {
        found = str_equal_c(str_slice(sentence, start, end - start), known[i]);
    }
    return found;
}

/* The length of the longest beginning that is not too long, at the end of a clause or a word. */
static size_t cut(struct str sentence)
{
    size_t at = 0, clause = 0, word = 0, width = 0;
    while (at < sentence.length && width < LONGEST) {
        uint32_t c = utf8_next(sentence, &at);
        width += is_wide(c) ? 2 : 1;
        bool ends_clause = c == ',' || c == ';' || c == ':' || c == 0x3001 || c == 0xFF0C || c == 0xFF1B ||
                           c == 0xFF1A || c == 0x60C || c == 0x2014 || c == 0x964;
        bool followed = at < sentence.length && (c > 0x2000 || sentence.data[at] == ' ');
        clause = ends_clause && followed && width > LONGEST / 4 ? at : clause;
        word = is_space(c) && width > LONGEST / 4 ? at : word;
    }
    if (at >= sentence.length) {
        return sentence.length;
    }
    return clause > 0 ? clause : word > 0 ? word : at;
}

/* The bytes of the first `units` UTF-16 units. */
static size_t bytes_of(struct str text, int units)
{
    size_t at = 0;
    while (units > 0 && at < text.length) {
        units -= utf8_next(text, &at) >= 0x10000 ? 2 : 1;
    }
    return at;
}

static size_t first_sentence(struct str window, const char *language)
{
    UChar units[WINDOW];
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units, WINDOW, &length, window.data, (int32_t)window.length, 0xFFFD, NULL, &status);
    UBreakIterator *breaks =
        U_SUCCESS(status) ? ubrk_open(UBRK_SENTENCE, language, units, length, &status) : NULL;
    size_t end = window.length;
    for (int32_t at = 0; breaks != NULL && U_SUCCESS(status) && (at = ubrk_next(breaks)) != UBRK_DONE;) {
        size_t byte = bytes_of(window, at);
        bool runs_on = byte < window.length && byte > 0 && window.data[byte - 1] == '.'; /* without a space */
        if (byte >= window.length || (!runs_on && !is_abbreviation((struct str){window.data, byte}))) {
            end = byte;
            break;
        }
    }
    if (breaks != NULL) {
        ubrk_close(breaks);
    }
    return end;
}

bool voice_sentence(struct str text, const char *language, size_t from, struct voice_range *out)
{
    size_t start = skip_spaces(text, from < text.length ? from : text.length);
    if (start >= text.length) {
        return false;
    }
    struct str window = str_slice(text, start, WINDOW);
    if (window.length == WINDOW) { /* not in the middle of a character */
        size_t keep = window.length;
        while (keep > WINDOW - 4 && ((unsigned char)text.data[start + keep] & 0xC0) == 0x80) {
            keep--;
        }
        window.length = start + window.length < text.length ? keep : window.length;
    }
    window.length = first_sentence(window, language != NULL ? language : "en");
    window.length = cut(window);
    *out = (struct voice_range){start, trim_end(text, start, start + window.length)};
    return true;
}
