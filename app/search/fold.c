#include "fold.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

#define HAN_FIRST 0x4E00
#define HAN_COUNT 0x5200
#define PIECE_MAX 40 /* UTF-16 units that one character may become */

struct fold {
    const UNormalizer2 *compatible; /* NFKC_Casefold */
    const UNormalizer2 *canonical;  /* NFD */
    uint16_t han[HAN_COUNT];        /* the Simplified form of each */
};

/* ---- Han */

/* All characters in one text, each by itself between spaces: rules for whole words find nothing to do. */
static void read_han(struct fold *fold)
{
    UErrorCode status = U_ZERO_ERROR;
    static const UChar id[] = {'H', 'a', 'n', 't', '-', 'H', 'a', 'n', 's', 0};
    UTransliterator *rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    int32_t capacity = HAN_COUNT * 4, length = 0;
    UChar *text = U_SUCCESS(status) ? malloc((size_t)capacity * sizeof *text) : NULL;
    if (text != NULL) {
        for (int i = 0; i < HAN_COUNT; i++) {
            text[length++] = (UChar)(HAN_FIRST + i);
            text[length++] = ' ';
        }
        int32_t limit = length;
        utrans_transUChars(rules, text, &length, capacity, 0, &limit, &status);
    }
    int index = 0;
    for (int32_t at = 0; text != NULL && U_SUCCESS(status) && at < length && index < HAN_COUNT; index++) {
        int32_t end = at;
        while (end < length && text[end] != ' ') {
            end++;
        }
        if (end == at + 1 && text[at] >= HAN_FIRST && text[at] < HAN_FIRST + HAN_COUNT) {
            fold->han[index] = text[at];
        }
        at = end + 1;
    }
    free(text);
    if (rules != NULL) {
        utrans_close(rules);
    }
}

struct fold *fold_create(void)
{
    struct fold *fold = calloc(1, sizeof *fold);
    UErrorCode status = U_ZERO_ERROR;
    if (fold == NULL) {
        return NULL;
    }
    fold->compatible = unorm2_getNFKCCasefoldInstance(&status);
    fold->canonical = unorm2_getNFDInstance(&status);
    if (U_FAILURE(status)) {
        fold->compatible = fold->canonical = NULL;
    }
    for (int i = 0; i < HAN_COUNT; i++) {
        fold->han[i] = (uint16_t)(HAN_FIRST + i);
    }
    read_han(fold);
    return fold;
}

void fold_destroy(struct fold *fold)
{
    free(fold);
}

/* ---- Hangul: as the keys of the two-set keyboard */

static const char *const initial_keys[] = {"ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ",
    "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"};
static const char *const vowel_keys[] = {"ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ",
    "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"};
static const char *const final_keys[] = {"", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ",
    "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ",
    "ㅌ", "ㅍ", "ㅎ"};
/* The compatibility letters U+3131 to U+314E that are two keys. */
static const struct {
    uint16_t letter;
    const char *keys;
} clusters[] = {{0x3133, "ㄱㅅ"}, {0x3135, "ㄴㅈ"}, {0x3136, "ㄴㅎ"}, {0x313A, "ㄹㄱ"}, {0x313B, "ㄹㅁ"},
    {0x313C, "ㄹㅂ"}, {0x313D, "ㄹㅅ"}, {0x313E, "ㄹㅌ"}, {0x313F, "ㄹㅍ"}, {0x3140, "ㄹㅎ"},
    {0x3144, "ㅂㅅ"}};

bool fold_is_consonant(uint32_t c)
{
    return c >= 0x3131 && c <= 0x314E;
}

bool fold_is_vowel(uint32_t c)
{
    return c >= 0x314F && c <= 0x3163;
}

bool fold_is_unspaced(uint32_t c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/* ---- one character after the other */

struct folding {
    const struct fold *fold;
    struct folded *out;
    size_t from;     /* of the character in the text */
    size_t space_at; /* of the white space before it */
    bool places, space, ok;
};

static void put_bytes(struct folding *f, const char *bytes, size_t length)
{
    struct folded *out = f->out;
    if (!array_reserve(&out->bytes, &out->capacity, out->length + length + 1, 1) ||
        (f->places &&
            !array_reserve(&out->at, &out->at_capacity, out->length + length + 1, sizeof *out->at))) {
        f->ok = false;
        return;
    }
    memcpy(out->bytes + out->length, bytes, length);
    for (size_t i = 0; f->places && i < length; i++) {
        out->at[out->length + i] = (uint32_t)f->from;
    }
    out->length += length;
}

static void note_space(struct folding *f)
{
    f->space_at = f->space ? f->space_at : f->from;
    f->space = true;
}

static void put_plain(struct folding *f, uint32_t c)
{
    char bytes[4];
    if (f->space) {
        size_t from = f->from;
        f->space = false;
        f->from = f->space_at;
        if (f->out->length > 0) {
            put_bytes(f, " ", 1);
        }
        f->from = from;
    }
    put_bytes(f, bytes, utf8_encode(c, bytes));
}

static void put_keys(struct folding *f, const char *keys)
{
    struct str s = str_from(keys);
    for (size_t at = 0; at < s.length;) {
        put_plain(f, utf8_next(s, &at));
    }
}

/* The character put last, when it belongs to the same word; 0 otherwise. */
static uint32_t last_put(const struct folding *f)
{
    size_t at = f->out->length;
    return at == 0 || f->space ? 0 : utf8_previous((struct str){f->out->bytes, at}, &at);
}

static void replace_last(struct folding *f, uint32_t c)
{
    size_t at = f->out->length;
    utf8_previous((struct str){f->out->bytes, at}, &at);
    f->from = f->places ? f->out->at[at] : f->from;
    f->out->length = at;
    put_plain(f, c);
}

/* Accents of Latin, Greek and Cyrillic; vowel signs of Arabic and points of Hebrew. The signs of Indian
 * scripts and of Thai are letters in all but name, and stay. */
static bool is_stripped(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0487) || (c >= 0x0591 && c <= 0x05BD) ||
           c == 0x05BF || c == 0x05C1 || c == 0x05C2 || c == 0x05C4 || c == 0x05C5 || c == 0x05C7 ||
           (c >= 0x0610 && c <= 0x061A) || c == 0x0640 || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
           (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E8) || (c >= 0x06EA && c <= 0x06ED) ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF);
}

static const struct {
    uint16_t from;
    const char *to;
} alike[] = {{0x00E6, "ae"}, {0x00F8, "o"}, {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"}, {0x0142, "l"},
    {0x0153, "oe"}, {0x00F0, "d"}, {0x00FE, "th"}, {0x0671, "ا"}, {0x0649, "ي"}, {0x06CC, "ي"}, {0x06A9, "ك"},
    {0x0629, "ه"}, {0x05DA, "כ"}, {0x05DD, "מ"}, {0x05DF, "נ"}, {0x05E3, "פ"}, {0x05E5, "צ"}, {0x2018, "'"},
    {0x2019, "'"}, {0x02BC, "'"}, {0x201C, "\""}, {0x201D, "\""}, {0x00AB, "\""}, {0x00BB, "\""},
    {0x2010, "-"}, {0x2011, "-"}, {0x2013, "-"}, {0x2014, "-"}};

static void put_hangul(struct folding *f, uint32_t c)
{
    uint32_t n = c - 0xAC00;
    put_keys(f, initial_keys[n / 588]);
    put_keys(f, vowel_keys[n % 588 / 28]);
    put_keys(f, final_keys[n % 28]);
}

static bool put_letter_of_hangul(struct folding *f, uint32_t c)
{
    if (c >= 0xAC00 && c < 0xAC00 + 11172) {
        put_hangul(f, c);
    } else if (c >= 0x1100 && c < 0x1100 + 19) {
        put_keys(f, initial_keys[c - 0x1100]);
    } else if (c >= 0x1161 && c < 0x1161 + 21) {
        put_keys(f, vowel_keys[c - 0x1161]);
    } else if (c >= 0x11A8 && c < 0x11A8 + 27) {
        put_keys(f, final_keys[c - 0x11A7]);
    } else {
        return false;
    }
    return true;
}

/* A character that is already compatible, small and taken apart. */
static void put_part(struct folding *f, uint32_t c)
{
    uint32_t last = last_put(f);
    if ((c == 0x3099 || c == 0x309A) && last >= 0x3041 && last <= 0x3096) {
        replace_last(f, last == 0x3046 ? 0x3094 : last + (c == 0x3099 ? 1 : 2));
        return;
    }
    if (c == 0x0306 && last == 0x0438) { /* й, written in two */
        replace_last(f, 0x0439);
        return;
    }
    if (is_stripped(c) || put_letter_of_hangul(f, c)) {
        return;
    }
    for (size_t i = 0; i < ARRAY_LENGTH(alike); i++) {
        if (alike[i].from == c) {
            put_keys(f, alike[i].to);
            return;
        }
    }
    if (c >= HAN_FIRST && c < HAN_FIRST + HAN_COUNT) {
        c = f->fold->han[c - HAN_FIRST];
    } else if (c >= 0x30A1 && c <= 0x30F6) {
        c -= 0x60;
    } else if (u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER) {
        c = '0' + (uint32_t)u_charDigitValue((UChar32)c);
    }
    put_plain(f, c);
}

/* Letters of their own, although they can be taken apart: й, and kana with their marks. */
static bool stays_whole(uint32_t c)
{
    return c == 0x0439 || (c >= 0x3041 && c <= 0x30FF) || (c >= 0xAC00 && c < 0xAC00 + 11172);
}

/* The character at *i, which moves behind it. */
static uint32_t next_of(const UChar *units, int32_t count, int32_t *i)
{
    uint32_t c = units[(*i)++];
    if (c >= 0xD800 && c < 0xDC00 && *i < count) {
        c = 0x10000 + ((c - 0xD800) << 10) + (units[(*i)++] - 0xDC00u);
    }
    return c;
}

static void put_apart(struct folding *f, uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[PIECE_MAX];
    UChar32 wide = (UChar32)c;
    UChar one[2];
    int32_t length = 0, count;
    if (stays_whole(c) || f->fold->canonical == NULL) {
        put_part(f, c);
        return;
    }
    U16_APPEND_UNSAFE(one, length, wide);
    count = unorm2_normalize(f->fold->canonical, one, length, parts, PIECE_MAX, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count;) {
        put_part(f, next_of(parts, count, &i));
    }
}

static void put_any(struct folding *f, uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar one[2], parts[PIECE_MAX];
    UChar32 wide = (UChar32)c;
    int32_t length = 0, count;
    for (size_t i = 0; i < ARRAY_LENGTH(clusters); i++) { /* NFKC would make final consonants of them */
        if (clusters[i].letter == c) {
            put_keys(f, clusters[i].keys);
            return;
        }
    }
    if (fold_is_consonant(c) || fold_is_vowel(c)) {
        put_keys(f, fold_is_vowel(c) ? vowel_keys[c - 0x314F] : "");
        if (fold_is_consonant(c)) {
            put_plain(f, c);
        }
        return;
    }
    if (u_isUWhiteSpace(wide) || u_iscntrl(wide)) {
        if (u_charType(wide) != U_FORMAT_CHAR) {
            note_space(f);
        }
        return;
    }
    if (f->fold->compatible == NULL) {
        put_part(f, (uint32_t)u_foldCase(wide, U_FOLD_CASE_DEFAULT));
        return;
    }
    U16_APPEND_UNSAFE(one, length, wide);
    count = unorm2_normalize(f->fold->compatible, one, length, parts, PIECE_MAX, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count;) {
        uint32_t part = next_of(parts, count, &i);
        if (part == ' ') {
            note_space(f);
        } else {
            put_apart(f, part);
        }
    }
}

static void put_character(struct folding *f, uint32_t c)
{
    if (c < 0x80) { /* most of most texts */
        if (c <= ' ' || c == 0x7F) {
            note_space(f);
        } else {
            put_plain(f, c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
    } else if (c >= HAN_FIRST && c < HAN_FIRST + HAN_COUNT) {
        put_plain(f, f->fold->han[c - HAN_FIRST]);
    } else if (c >= 0xAC00 && c < 0xAC00 + 11172) {
        put_hangul(f, c);
    } else if (c >= 0x0430 && c <= 0x044F) {
        put_plain(f, c);
    } else {
        put_any(f, c);
    }
}

bool fold_text(const struct fold *fold, struct str text, bool places, struct folded *out)
{
    struct folding f = {.fold = fold, .out = out, .places = places, .ok = true};
    out->length = 0;
    for (size_t at = 0; f.ok && at < text.length;) {
        f.from = at;
        put_character(&f, utf8_next(text, &at));
    }
    return f.ok;
}

void folded_finish(struct folded *folded)
{
    free(folded->bytes);
    free(folded->at);
    *folded = (struct folded){0};
}
