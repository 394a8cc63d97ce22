#include "breaks.h"

#include "utf16.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

struct breaker {
    UBreakIterator *line, *grapheme; /* opened when first needed */
};

struct breaker *breaker_create(void)
{
    return calloc(1, sizeof(struct breaker));
}

void breaker_destroy(struct breaker *breaker)
{
    if (breaker != NULL) {
        ubrk_close(breaker->line);
        ubrk_close(breaker->grapheme);
        free(breaker);
    }
}

/* The iterator of a kind, standing on the text; the root rules, which are the strict ones (kinsoku). */
static UBreakIterator *start(
    UBreakIterator **slot, UBreakIteratorType type, const uint16_t *units, int length)
{
    UErrorCode status = U_ZERO_ERROR;
    if (*slot == NULL) {
        *slot = ubrk_open(type, "", NULL, 0, &status);
        if (U_FAILURE(status)) {
            ubrk_close(*slot);
            *slot = NULL;
            return NULL;
        }
    }
    status = U_ZERO_ERROR;
    ubrk_setText(*slot, units, length, &status);
    return U_SUCCESS(status) ? *slot : NULL;
}

bool breaks_find(struct breaker *breaker, const uint16_t *units, int length, uint8_t *marks)
{
    UBreakIterator *iterator = start(&breaker->line, UBRK_LINE, units, length);
    if (iterator == NULL) {
        return false;
    }
    for (int at = ubrk_next(iterator); at != UBRK_DONE && at < length; at = ubrk_next(iterator)) {
        bool hard = ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD;
        marks[at] |= (uint8_t)(hard ? MARK_BREAK | MARK_HARD : MARK_BREAK);
    }
    return true;
}

bool breaks_graphemes(struct breaker *breaker, const uint16_t *units, int length, uint8_t *marks)
{
    bool simple = true; /* below U+0300 every unit is a grapheme, but for CR LF */
    for (int i = 0; i < length; i++) {
        marks[i] |= MARK_GRAPHEME;
        simple = simple && units[i] < 0x300 && units[i] != '\r';
    }
    if (simple) {
        return true;
    }
    UBreakIterator *iterator = start(&breaker->grapheme, UBRK_CHARACTER, units, length);
    if (iterator == NULL) {
        return false;
    }
    int from = 0;
    for (int at = ubrk_next(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
        for (int i = from + 1; i < at && i < length; i++) {
            marks[i] &= (uint8_t)~MARK_GRAPHEME;
        }
        from = at;
    }
    return true;
}

static bool is_hangul(UChar32 c)
{
    return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3130 && c <= 0x318F) ||
           (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
}

/* What belongs to a Korean word when Hangul stands beside it: letters, figures, brackets and quotation marks.
 */
static bool joins_hangul(UChar32 c)
{
    if (is_hangul(c)) {
        return true;
    }
    switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_ALPHABETIC:
    case U_LB_NUMERIC:
    case U_LB_IDEOGRAPHIC:
    case U_LB_OPEN_PUNCTUATION:
    case U_LB_CLOSE_PARENTHESIS:
    case U_LB_CLOSE_PUNCTUATION:
    case U_LB_QUOTATION:
    case U_LB_PREFIX_NUMERIC:
    case U_LB_POSTFIX_NUMERIC:
    case U_LB_INFIX_NUMERIC:
    case U_LB_COMBINING_MARK:
        return true;
    default:
        return false;
    }
}

static bool is_ideograph(UChar32 c)
{
    return c >= 0x2E80 && u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_IDEOGRAPHIC;
}

/* Full-width signs after which a new line may begin: closing marks, commas, kana that cannot begin a line. */
static bool may_stand_before(UChar32 c)
{
    if (c < 0x2E80) {
        return false;
    }
    switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CLOSE_PUNCTUATION:
    case U_LB_NONSTARTER:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_EXCLAMATION:
        return true;
    default:
        return false;
    }
}

static bool is_hanging_space(UChar32 c)
{
    return c == ' ' || c == 0x3000 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B && c != 0x2007) ||
           c == 0x205F || c == 0x2028;
}

/* The break before `c`, with `before` and `after` around it (`c2` the one before `before`, 0 at the ends). */
static void tailor_one(
    UChar32 c2, UChar32 before, UChar32 c, UChar32 after, enum breaks_way way, uint8_t *mark)
{
    bool allowed = (*mark & MARK_BREAK) != 0, hard = (*mark & MARK_HARD) != 0;
    if (allowed && !hard && joins_hangul(before) && joins_hangul(c)) {
        bool korean = is_hangul(before) || is_hangul(c) ||
                      (way == BREAKS_KOREAN && (is_ideograph(before) || is_ideograph(c)));
        *mark = korean ? (uint8_t)((*mark & ~MARK_BREAK) | MARK_POOR) : *mark;
    }
    if (!allowed && way == BREAKS_IDEOGRAPHIC) {
        bool opens =
            u_charType(c) == U_INITIAL_PUNCTUATION && may_stand_before(before) && is_ideograph(after);
        bool closes = u_charType(before) == U_FINAL_PUNCTUATION && is_ideograph(c) && may_stand_before(c2);
        if (opens || closes) {
            *mark |= MARK_BREAK;
        }
    }
}

/* The sign that says a word twice, in Thai, Lao and Khmer: it stands with the word, also behind a space. */
static bool repeats_word(UChar32 c)
{
    return c == 0x0E46 || c == 0x0EC6 || c == 0x17D7;
}

void breaks_tailor(const uint16_t *units, int length, enum breaks_way way, uint8_t *marks)
{
    UChar32 c2 = 0, before = 0;
    for (int i = 0; i < length;) {
        int at = i;
        UChar32 c, after = 0;
        c = utf16_next(units, &i, length);
        if (is_hanging_space(c)) {
            marks[at] |= MARK_SPACE;
        }
        if (repeats_word(c) && (marks[at] & MARK_HARD) == 0) {
            marks[at] &= (uint8_t)~MARK_BREAK;
        }
        if (before >= 0x1100 || c >= 0x1100) {
            if (i < length) {
                after = utf16_at(units, i, length);
            }
            if (at > 0) {
                tailor_one(c2, before, c, after, way, &marks[at]);
            }
        }
        c2 = before;
        before = c;
    }
}
