/* Words that good setting keeps on one line though a space stands between them: a number and what it counts,
 * a day and its month, initials and the name, an abbreviation and its number, a dash and what it follows. */
#include "breaks.h"

#include "utf16.h"

#include <unicode/uchar.h>

struct word { /* units first .. end-1; without the quotation marks and brackets before it */
    const uint16_t *units;
    int first, end;
};

static UChar32 letter_at(struct word w, int at)
{
    return at < w.end ? utf16_at(w.units, at, w.end) : 0;
}

static struct word word_before(const uint16_t *units, int at)
{
    struct word w = {units, at, at};
    while (w.end > 0 && units[w.end - 1] == ' ') {
        w.end--;
    }
    for (w.first = w.end; w.first > 0 && units[w.first - 1] != ' ' && units[w.first - 1] != '\n';) {
        w.first--;
    }
    while (w.first < w.end && !u_isalnum(units[w.first]) && units[w.first] != 0x2116) {
        w.first++;
    }
    return w;
}

static struct word word_after(const uint16_t *units, int at, int length)
{
    struct word w = {units, at, at};
    while (w.end < length && units[w.end] != ' ' && units[w.end] != '\n') {
        w.end++;
    }
    return w;
}

/* How many figures: 0 where anything else stands among them. */
static int figures(struct word w)
{
    for (int i = w.first; i < w.end; i++) {
        if (w.units[i] < '0' || w.units[i] > '9') {
            return 0;
        }
    }
    return w.end - w.first;
}

static bool begins_with(struct word w, const char *ascii)
{
    int at = w.first;
    for (; *ascii != '\0'; ascii++, at++) {
        if (at >= w.end || w.units[at] != (uint16_t)*ascii) {
            return false;
        }
    }
    return at == w.end || !u_isalpha(w.units[at]);
}

static bool is_month(struct word w)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December"};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        if (begins_with(w, months[i])) {
            return true;
        }
    }
    return false;
}

/* "N.", "N.V.": capitals, each with its full stop. */
static bool is_initials(struct word w)
{
    if (w.end - w.first < 2 || (w.end - w.first) % 2 != 0) {
        return false;
    }
    for (int i = w.first; i < w.end; i += 2) {
        if (!u_isupper(w.units[i]) || w.units[i + 1] != '.') {
            return false;
        }
    }
    return true;
}

/* "No.", "pp.", "оп.", "№" */
static bool is_abbreviation(struct word w)
{
    int letters = w.end - w.first - 1;
    if (w.end - w.first == 1 && w.units[w.first] == 0x2116) {
        return true;
    }
    if (letters < 1 || letters > 4 || w.units[w.end - 1] != '.') {
        return false;
    }
    for (int i = w.first; i < w.end - 1; i++) {
        if (!u_isalpha(w.units[i])) {
            return false;
        }
    }
    return true;
}

/* "г.", "гг.": what stands behind a year in Russian. */
static bool is_year_sign(struct word w)
{
    return w.end - w.first >= 2 && w.units[w.first] == 0x433 &&
           (w.units[w.first + 1] == '.' || w.units[w.first + 1] == 0x433);
}

/* A preposition or conjunction of one Cyrillic letter ends no line. */
static bool is_one_cyrillic(struct word w)
{
    return w.end - w.first == 1 && w.units[w.first] >= 0x400 && w.units[w.first] < 0x530;
}

static bool is_dash(struct word w)
{
    return w.end - w.first == 1 &&
           (w.units[w.first] == 0x2013 || w.units[w.first] == 0x2014 || w.units[w.first] == 0xB7);
}

static bool belong_together(const uint16_t *units, int at, int length)
{
    struct word before = word_before(units, at), after = word_after(units, at, length);
    if (before.first == before.end || after.first == after.end) {
        return false;
    }
    if (is_dash(after) || is_one_cyrillic(before)) {
        return true;
    }
    UChar32 next = letter_at(after, after.first);
    int count = figures(before);
    if (u_isalpha(next)) {
        bool day_behind = count > 0 && is_month(word_before(units, before.first)); /* May 13 | this year */
        return (count > 0 && count <= 2 && !day_behind) || (count > 0 && is_year_sign(after)) ||
               (is_initials(before) && u_isupper(next));
    }
    return u_isdigit(next) && (is_abbreviation(before) || (is_month(before) && after.end - after.first <= 3));
}

void breaks_keep(const uint16_t *units, int length, uint8_t *marks)
{
    for (int at = 1; at < length; at++) {
        if ((marks[at] & MARK_BREAK) != 0 && (marks[at] & MARK_HARD) == 0 && units[at - 1] == ' ' &&
            belong_together(units, at, length)) {
            marks[at] = (uint8_t)((marks[at] & ~MARK_BREAK) | MARK_POOR);
        }
    }
}
