/* From units to items: levels by UAX #9, scripts by UAX #24, fonts by coverage. */
#include "paragraph.h"

#include "base/array.h"
#include "utf16.h"

#include <string.h>
#include <unicode/uchar.h>

enum { BRACKETS_MAX = 32 };

/* Which way the whole paragraph runs: the language's way when the text has a letter of that way (an Arabic
 * sentence that begins with a Latin name is still an Arabic sentence), else that of its first letter, else
 * what the caller says. */
static UBiDiLevel choose_level(const struct source *source, const struct language *language)
{
    if (language->name[0] == '\0') {
        return source->rtl_default ? UBIDI_DEFAULT_RTL : UBIDI_DEFAULT_LTR;
    }
    bool ltr = false, rtl = false;
    for (int i = 0; i < source->length && !(language->rtl ? rtl : ltr);) {
        UCharDirection direction = u_charDirection(utf16_next(source->units, &i, source->length));
        ltr = ltr || direction == U_LEFT_TO_RIGHT;
        rtl = rtl || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    }
    if (!ltr && !rtl) {
        return source->rtl_default || language->rtl;
    }
    return language->rtl ? rtl : !ltr;
}

bool itemise_levels(
    UBiDi *bidi, const uint16_t *units, int length, UBiDiLevel wanted, UBiDiLevel *base, UBiDiLevel *levels)
{
    UErrorCode status = U_ZERO_ERROR;
    ubidi_setPara(bidi, units, length, wanted, NULL, &status);
    const UBiDiLevel *found = U_SUCCESS(status) && length > 0 ? ubidi_getLevels(bidi, &status) : NULL;
    if (U_FAILURE(status)) {
        return false;
    }
    *base = ubidi_getParaLevel(bidi);
    if (found != NULL) {
        memcpy(levels, found, (size_t)length * sizeof *levels);
    }
    return true;
}

struct bracket {
    UChar32 closing;
    UScriptCode script;
};

struct bracket_stack {
    struct bracket items[BRACKETS_MAX];
    int count;
};

/* A closing bracket takes the script of its opening one. Returns what `c` is set in, given the script before
 * it. */
static UScriptCode bracket_script(struct bracket_stack *stack, UChar32 c, UScriptCode script)
{
    int type = u_getIntPropertyValue(c, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (type == U_BPT_OPEN && stack->count < BRACKETS_MAX) {
        stack->items[stack->count++] = (struct bracket){u_getBidiPairedBracket(c), script};
    } else if (type == U_BPT_CLOSE) {
        for (int i = stack->count - 1; i >= 0; i--) {
            if (stack->items[i].closing == c) {
                stack->count = i;
                return stack->items[i].script;
            }
        }
    }
    return script;
}

static UScriptCode script_of(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    if (c < 0x80) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? USCRIPT_LATIN : USCRIPT_COMMON;
    }
    UScriptCode script = uscript_getScript(c, &status);
    return U_SUCCESS(status) ? script : USCRIPT_COMMON;
}

/* Common and inherited characters take the script before them, at the start the one after. */
static void find_scripts(const struct source *source, int16_t *scripts)
{
    struct bracket_stack stack = {.count = 0};
    UScriptCode script = USCRIPT_COMMON;
    for (int i = 0; i < source->length;) {
        int at = i;
        UChar32 c = utf16_next(source->units, &i, source->length);
        UScriptCode own = script_of(c), used = script;
        if (own > USCRIPT_INHERITED) {
            if (script == USCRIPT_COMMON) {
                for (int k = 0; k < at; k++) {
                    scripts[k] = (int16_t)own;
                }
            }
            script = used = own;
        } else if (own == USCRIPT_COMMON) {
            used = bracket_script(&stack, c, script);
        }
        for (int k = at; k < i; k++) {
            scripts[k] = (int16_t)used;
        }
    }
}

static bool is_east(UScriptCode script)
{
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           script == USCRIPT_HANGUL || script == USCRIPT_BOPOMOFO;
}

/* Marks that Chinese and Japanese set full width and other languages do not. */
static bool is_wide_mark(UChar32 c)
{
    return c == 0x2014 || c == 0x2015 || (c >= 0x2018 && c <= 0x201D) || c == 0x2025 || c == 0x2026 ||
           c == 0x00B7;
}

static bool is_letter_at(const struct source *source, int at)
{
    UChar32 c;
    if (at < 0 || at >= source->length) {
        return false;
    }
    c = utf16_at(source->units, at, source->length);
    return u_isalpha(c) && !is_east(script_of(c));
}

/* Whose East Asian fonts come first for this cluster: NULL when it is not East Asian, "" when nobody can
 * tell. */
static const char *east_wish(struct tools *tools, const struct source *source, const struct style *style,
    UChar32 c, int at, int length, UScriptCode guess)
{
    const char *east = languages_get(&tools->languages, style->language)->east;
    if (east == NULL) {
        east = languages_get(&tools->languages, source->language)->east;
    }
    if (is_east(script_of(c)) || (c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF00 && c <= 0xFFEF)) {
        return east != NULL ? east : guess == USCRIPT_HIRAGANA ? "ja" : guess == USCRIPT_HANGUL ? "ko" : "";
    }
    bool wide = east != NULL && strcmp(east, "ko") != 0 && is_wide_mark(c);
    bool apostrophe = c == 0x2019 && is_letter_at(source, at - 1) && is_letter_at(source, at + length);
    return wide && !apostrophe ? east : NULL;
}

int itemise_font(struct tools *tools, const struct source *source, const struct style *style, int at,
    int length, UScriptCode guess)
{
    UChar32 c = utf16_at(source->units, at, source->length);
    UScriptCode own = script_of(c);
    struct font_wish wish = {
        .face = source->face,
        .flags = style->flags,
        .east = east_wish(tools, source, style, c, at, length, guess),
        .language = languages_get(&tools->languages, style->language)->name,
        .neutral_script = own <= USCRIPT_INHERITED || own == USCRIPT_LATIN || own == USCRIPT_GREEK ||
                          own == USCRIPT_CYRILLIC,
    };
    return fonts_choose(tools->fonts, &wish, source->units + at, length);
}

/* Spaces and the commonest points stay with the word before them, if its font has them: fewer items, and
 * points that are drawn to go with the letters. */
static bool is_sticky(UChar32 c)
{
    return c == ' ' || c == '.' || c == ',' || c == ':' || c == ';' || c == '!' || c == '?' || c == 0xA0 ||
           c == 0xAD || c == 0x2028 || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069);
}

/* Kana anywhere say Japanese, Hangul says Korean, for ideographs in a language that has none. */
static UScriptCode guess_east(const struct source *source)
{
    UScriptCode guess = USCRIPT_COMMON;
    for (int i = 0; i < source->length; i++) {
        uint16_t u = source->units[i];
        if (u >= 0x3041 && u <= 0x30FE) {
            return USCRIPT_HIRAGANA;
        }
        if (u >= 0xAC00 && u <= 0xD7A3) {
            guess = USCRIPT_HANGUL;
        }
    }
    return guess;
}

/* A letter of a script whose figures, brackets and points are to match its letters, 0 for others. Latin,
 * Greek and Cyrillic share theirs; East Asian ones have their own rule. */
static UChar32 letter_of(UScriptCode script)
{
    switch (script) {
    case USCRIPT_ARABIC:
        return 0x0627;
    case USCRIPT_HEBREW:
        return 0x05D0;
    case USCRIPT_DEVANAGARI:
        return 0x0915;
    case USCRIPT_THAI:
        return 0x0E01;
    default:
        return 0;
    }
}

/* The font of the letters that a figure or point at `at` stands among, when it has the cluster; FONT_NONE
 * when there is no such rule. */
static int letters_font(
    struct tools *tools, const struct source *source, const struct style *style, int at, int length)
{
    UChar32 letter = letter_of((UScriptCode)tools->scripts[at]);
    if (letter == 0 || script_of(utf16_at(source->units, at, source->length)) != USCRIPT_COMMON) {
        return FONT_NONE;
    }
    uint16_t unit = (uint16_t)letter;
    struct font_wish wish = {.face = source->face,
        .flags = style->flags,
        .language = languages_get(&tools->languages, style->language)->name};
    int font = fonts_choose(tools->fonts, &wish, &unit, 1);
    if (font != FONT_NONE && fonts_has(tools->fonts, font, source->units + at, length)) {
        return font;
    }
    if (source->face != TEXT_TYPEWRITER) {
        return FONT_NONE;
    }
    wish.face = TEXT_SERIF; /* these scripts have no typewriter: what their font lacks comes from where it
                               comes from */
    wish.neutral_script = true;
    return fonts_choose(tools->fonts, &wish, source->units + at, length);
}

static int count_visible(const struct source *source, int from, int to)
{
    int count = 0;
    while (from < to) {
        UChar32 c = utf16_next(source->units, &from, to);
        count += u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == 0x2028 ? 0 : 1;
    }
    return count;
}

static void find_fonts(struct tools *tools, struct paragraph *p)
{
    const struct source *source = &p->source;
    const struct style *style = source->styles;
    UScriptCode guess = guess_east(source);
    int previous = FONT_NONE;
    unsigned flags = style->flags;
    for (int at = 0, end; at < source->length; at = end) {
        for (end = at + 1; end < source->length && (p->marks[end] & MARK_GRAPHEME) == 0;) {
            end++;
        }
        while (at >= style->end) {
            style++;
        }
        if (style->flags != flags) {
            flags = style->flags;
            previous = FONT_NONE;
        }
        int font = previous;
        if (!is_sticky(source->units[at]) ||
            !fonts_has(tools->fonts, previous, source->units + at, end - at)) {
            font = letters_font(tools, source, style, at, end - at);
            font = font != FONT_NONE ? font : itemise_font(tools, source, style, at, end - at, guess);
        }
        if (font == FONT_NONE) {
            p->missing += count_visible(source, at, end);
        }
        for (int i = at; i < end; i++) {
            tools->fonts_of[i] = font;
        }
        previous = font;
    }
}

static bool scratch(struct tools *tools, size_t length)
{
    return array_reserve((void **)&tools->levels, &tools->level_capacity, length, sizeof *tools->levels) &&
           array_reserve((void **)&tools->scripts, &tools->script_capacity, length, sizeof *tools->scripts) &&
           array_reserve((void **)&tools->fonts_of, &tools->font_capacity, length, sizeof *tools->fonts_of);
}

static bool push_item(struct tools *tools, struct paragraph *p, int start, int end, const struct style *style)
{
    struct item item = {.start = start,
        .end = end,
        .font = tools->fonts_of[start],
        .flags = style->flags,
        .language = style->language,
        .script = (UScriptCode)tools->scripts[start],
        .level = tools->levels[start]};
    if (item.font != FONT_NONE) {
        item.synthesis = fonts_synthesis(tools->fonts, item.font, item.flags, item.script);
    }
    return ARRAY_PUSH(p->items, p->item_count, p->item_capacity, item);
}

bool paragraph_itemise(struct tools *tools, struct paragraph *p)
{
    int length = p->source.length;
    UBiDiLevel wanted = choose_level(&p->source, languages_get(&tools->languages, p->source.language));
    if (!scratch(tools, (size_t)length + 1) ||
        !itemise_levels(tools->bidi, p->source.units, length, wanted, &p->level, tools->levels)) {
        return false;
    }
    if (length == 0) {
        return true;
    }
    find_scripts(&p->source, tools->scripts);
    find_fonts(tools, p);
    const struct style *style = p->source.styles;
    int start = 0;
    for (int i = 1; i <= length; i++) {
        bool style_ends = i >= style->end;
        if (i < length && !style_ends && tools->levels[i] == tools->levels[start] &&
            tools->scripts[i] == tools->scripts[start] && tools->fonts_of[i] == tools->fonts_of[start]) {
            continue;
        }
        if (!push_item(tools, p, start, i, style)) {
            return false;
        }
        start = i;
        if (style_ends && i < length) {
            style++;
        }
    }
    return true;
}
