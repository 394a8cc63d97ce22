#include "plain.h"

#include "base/utf8.h"

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000 ||
           (c >= 0x2000 && c <= 0x200A);
}

static bool is_letter(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) && c != 0x0964 && c != 0x0965 &&
               !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F));
}

static bool is_open_quote(uint32_t c)
{
    return c == 0x201C || c == 0x201E || c == 0xAB;
}

/* “ closes what „ opened, as in German; it is only met inside. */
static bool is_close_quote(uint32_t c)
{
    return c == 0x201D || c == 0x201C || c == 0xBB;
}

/* Also the danda of Hindi, the Arabic question mark and the Urdu full stop. */
static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
           c == 0x0964 || c == 0x0965 || c == 0x061F || c == 0x06D4;
}

/* How many characters of a script that has no spaces between words make one; 0: it has spaces. */
static int unspaced(uint32_t c)
{
    bool han = (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
               (c >= 0x20000 && c <= 0x3FFFF);
    bool thai = (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
    return han ? 2 : thai ? 5 : 0;
}

/* Parts of words in sixtieths: every number of characters that makes a word divides it. */
#define WORD 60u

size_t plain_words(struct str text)
{
    size_t words = 0, parts = 0;
    bool quoted = false, in_word = false;
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (quoted) {
            quoted = !is_close_quote(c);
            in_word = false;
        } else if (is_open_quote(c)) {
            quoted = true;
        } else if (is_space(c)) {
            in_word = false;
        } else if (unspaced(c) > 0) {
            parts += WORD / (size_t)unspaced(c);
            in_word = false;
        } else if (!in_word && is_letter(c)) {
            in_word = true;
            words++;
        }
    }
    return words + (parts + WORD - 1) / WORD;
}

/* These end a sentence without a space behind them. */
static bool is_wide_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

static bool is_closing(uint32_t c)
{
    return c == ')' || c == ']' || c == '"' || is_close_quote(c) || c == 0x2019 || c == 0xFF09 ||
           c == 0x300D || c == 0x300F || c == 0x300B;
}

bool plain_sentence(struct str *rest, struct str *sentence)
{
    struct str text = str_trim(*rest);
    if (text.length == 0) {
        return false;
    }
    bool stopped = false, wide = false;
    size_t end = text.length;
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if ((stopped && is_space(c)) || (wide && (!is_closing(c) || c == 0x201C) && !is_stop(c))) {
            end = start;
            break;
        }
        /* Closing brackets and quotation marks belong to the sentence whose full stop stands before them. */
        stopped = is_stop(c) || (stopped && is_closing(c));
        wide = is_wide_stop(c) || (wide && stopped);
    }
    *sentence = str_slice(text, 0, end);
    *rest = str_slice(text, end, text.length);
    return true;
}
