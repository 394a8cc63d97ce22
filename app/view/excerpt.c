/* Excerpts: the beginning of a text on a card that leads to all of it. It ends where its author ended a
 * sentence, or at least a clause, and only where neither fits behind a word. */
#include "internal.h"

#include "base/utf8.h"

#include <string.h>

enum cut { CUT_SENTENCE, CUT_CLAUSE, CUT_WORD };

struct measuring {
    const struct view *v;
    enum style style;
    const char *language;
    int width, lines;
};

static bool fits(const struct measuring *m, struct str text)
{
    const struct text_layout *layout =
        lay(m->v, m->style, text, m->language, m->width, 0, COLOUR_NONE, TEXT_START, 0);
    return layout == NULL || text_measure(layout).line_count <= m->lines;
}

/* No sign that ends anything begins with a letter or a figure. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(struct str text, size_t at, const char *const *signs, size_t *length)
{
    for (; *signs != NULL; signs++) {
        if ((*signs)[0] != text.data[at]) {
            continue;
        }
        struct str sign = str_from(*signs);
        if (str_starts_with(str_slice(text, at, text.length), sign)) {
            *length = sign.length;
            return true;
        }
    }
    return false;
}

/* "N. V. Roshchin", "No. 8600", "1950 г.": a full stop behind so few letters ends no sentence; "it." does. */
static bool is_abbreviation(struct str text, size_t stop)
{
    size_t letters = 0, start = stop;
    while (start > 0 && text.data[start - 1] != ' ' && letters < 3) {
        start--;
        letters += ((unsigned char)text.data[start] & 0xC0) != 0x80 ? 1 : 0;
    }
    char first = start < stop ? text.data[start] : ' ';
    bool small_latin = first >= 'a' && first <= 'z';
    return letters < 2 || (letters == 2 && !small_latin);
}

/* Where a sentence ends at `at` (its sign, and a quotation mark or bracket behind it), else 0. */
static size_t sentence_end(struct str text, size_t at)
{
    static const char *const western[] = {".", "!", "?", NULL}, *const eastern[] = {"。", "！", "？", NULL},
                             *const closing[] = {"”", "’", "»", "\"", ")", "]", "）", "」", "』", "》", NULL};
    size_t length;
    bool wide = is_one_of(text, at, eastern, &length);
    if (!wide && !is_one_of(text, at, western, &length)) {
        return 0;
    }
    if (text.data[at] == '.' && is_abbreviation(text, at)) {
        return 0;
    }
    size_t end = at + length;
    while (end < text.length && is_one_of(text, end, closing, &length)) {
        end += length;
    }
    return wide || end == text.length || text.data[end] == ' ' ? end : 0;
}

/* Where a clause or a word ends at `at`: before its comma or space, else 0. */
static size_t pause_at(struct str text, size_t at, enum cut cut)
{
    static const char *const western[] = {",", ";", ":", " –", " —", NULL},
                             *const eastern[] = {"，", "；", "：", "、", NULL}, *const none[] = {NULL};
    size_t length;
    if (cut == CUT_WORD) {
        return text.data[at] == ' ' ? at : 0;
    }
    if (is_one_of(text, at, cut == CUT_CLAUSE ? eastern : none, &length)) {
        return at;
    }
    bool clause = is_one_of(text, at, western, &length);
    size_t end = at + length;
    return clause && (end == text.length || text.data[end] == ' ') ? at : 0;
}

static size_t trim_end(struct str text, size_t end)
{
    static const char *const signs[] = {
        ",", ";", ":", ".", "-", "–", "—", " ", "(", "，", "；", "：", "、", "。", "“", "«", NULL};
    for (size_t i = 0; signs[i] != NULL;) {
        struct str sign = str_from(signs[i]);
        if (end > 0 && str_ends_with(str_slice(text, 0, end), sign)) {
            end -= sign.length;
            i = 0;
        } else {
            i++;
        }
    }
    return end;
}

/* "to me and": words of so few letters lead on to what is left out. */
static size_t drop_small_words(struct str text, size_t end)
{
    for (;;) {
        size_t start = end, letters = 0;
        while (start > 0 && text.data[start - 1] != ' ') {
            start--;
            letters += ((unsigned char)text.data[start] & 0xC0) != 0x80 ? 1 : 0;
        }
        if (letters > 3 || start < 2) {
            return end;
        }
        end = trim_end(text, start);
    }
}

/* The longest beginning that ends so and fits; empty when none does. */
static struct str longest(const struct measuring *m, struct str text, enum cut cut)
{
    struct str best = STR("");
    for (size_t at = 1; at < text.length; at++) {
        if (is_letter(text.data[at])) {
            continue;
        }
        size_t end = cut == CUT_SENTENCE ? sentence_end(text, at) : pause_at(text, at, cut);
        if (end == 0) {
            continue;
        }
        struct str tried = str_slice(text, 0, end);
        if (cut != CUT_SENTENCE) {
            size_t kept = trim_end(text, end);
            kept = cut == CUT_WORD ? drop_small_words(text, kept) : kept;
            tried = format(m->v, "%.*s…", STR_ARGS(str_slice(text, 0, kept)));
        }
        if (!fits(m, tried)) {
            break;
        }
        best = tried;
    }
    return best;
}

static struct str find_cut(const struct measuring *m, struct str text)
{
    struct str sentence = longest(m, text, CUT_SENTENCE);
    if (sentence.length > 0) {
        return sentence;
    }
    struct str clause = longest(m, text, CUT_CLAUSE), word = longest(m, text, CUT_WORD);
    if (clause.length > 0 &&
        clause.length * 2 >= word.length) { /* not one word where three lines are to be had */
        return clause;
    }
    return word.length > 0 ? word : text;
}

/* Where a text was cut is kept with the layout of all of it, as long as screens ask for it: the bytes that
 * are left, twice, and one more where an ellipsis follows. */
static struct str cut_to_fit(const struct measuring *m, struct str text)
{
    const struct text_layout *whole =
        lay(m->v, m->style, text, m->language, m->width, 0, COLOUR_NONE, TEXT_START, 0);
    int64_t note;
    if (whole == NULL || text_measure(whole).line_count <= m->lines) {
        return text;
    }
    if (text_recall(whole, m->lines, &note)) {
        struct str left = str_slice(text, 0, (size_t)(note / 2));
        return note % 2 != 0 ? format(m->v, "%.*s…", STR_ARGS(left)) : left;
    }
    struct str cut = find_cut(m, text);
    bool more = cut.data != text.data;
    size_t left = more ? cut.length - strlen("…") : cut.length;
    if (!m->v->tree->failed) {
        text_remember(m->v->in->text, whole, m->lines, (int64_t)left * 2 + more);
    }
    return cut;
}

/* ---- what was cut before in this tree: a button is asked for its height more than once */

struct excerpt_kept {
    struct str text, result;
    const char *language;
    enum style style;
    int width, lines;
};

void excerpt_begin(struct view *v)
{
    v->excerpts = arena_take_array(v->tree->arena, EXCERPTS_KEPT, sizeof *v->excerpts);
}

static struct excerpt_kept *slot_of(const struct measuring *m, struct str text)
{
    uintptr_t at = (uintptr_t)text.data / sizeof(void *) + (uintptr_t)m->width * 7 + (uintptr_t)m->style;
    return &m->v->excerpts[at % EXCERPTS_KEPT];
}

struct str excerpt(
    const struct view *v, enum style style, struct str text, const char *language, int width, int lines)
{
    const struct measuring m = {v, style, language, width, lines};
    if (lines <= 0) {
        return text;
    }
    if (v->excerpts == NULL) {
        return cut_to_fit(&m, text);
    }
    struct excerpt_kept *kept = slot_of(&m, text);
    if (kept->text.data != text.data || kept->text.length != text.length || kept->language != language ||
        kept->style != style || kept->width != width || kept->lines != lines) {
        *kept = (struct excerpt_kept){text, cut_to_fit(&m, text), language, style, width, lines};
    }
    return kept->result;
}
