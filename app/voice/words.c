/* What is written for the eye alone is left out, and what would be read as its name becomes a pause. */
#include "voice/voice.h"

#include "base/utf8.h"

#include <string.h>

enum kind { KEEP, DROP, SPACE, PAUSE };

static enum kind kind_of(uint32_t c)
{
    if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
        (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF) {
        return c == 0x200C || c == 0x200D ? KEEP : DROP; /* joiners are part of how a word is spelt */
    }
    if (c == 0xB7 || c == 0x30FB || c == 0x2022 || c == 0x2014 || c == 0x2015 || c == '|') {
        return PAUSE;
    }
    bool bracket = c == '[' || c == ']' || c == '{' || c == '}' || c == '<' || c == '>' || c == 0x300A ||
                   c == 0x300B || c == 0x3008 || c == 0x3009 || (c >= 0x300C && c <= 0x3011);
    bool sign = (c >= 0x2190 && c <= 0x2BFF) || c == 0x2026 || c == '_' || c == '^' || c == '~' || c == '`';
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || bracket || sign || c == UTF8_REPLACEMENT ? SPACE : KEEP;
}

/* An oblique stroke between spaces parts two names; within a word it is read. */
static bool parts(struct str text, size_t at)
{
    return text.data[at] == '/' && at > 0 && text.data[at - 1] == ' ' && at + 1 < text.length &&
           text.data[at + 1] == ' ';
}

struct writer {
    char *out;
    size_t length, capacity;
    bool space, pause; /* owed before the next character */
    bool said;         /* a letter, a digit */
};

static void put(struct writer *w, struct str piece)
{
    const char *before = w->pause && w->said ? ", " : w->space && w->length > 0 ? " " : "";
    size_t gap = strlen(before);
    if (w->length + gap + piece.length <= w->capacity) {
        memcpy(w->out + w->length, before, gap);
        memcpy(w->out + w->length + gap, piece.data, piece.length);
        w->length += gap + piece.length;
    }
    w->space = w->pause = false;
}

static bool is_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && (c < 0x2000 || c > 0x206F) && !(c >= 0x3000 && c <= 0x3004) &&
               !(c >= 0xFF01 && c <= 0xFF0F));
}

size_t voice_words(struct str text, char *out, size_t capacity)
{
    struct writer w = {.out = out, .capacity = capacity > 0 ? capacity - 1 : 0};
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        enum kind kind = parts(text, start) ? PAUSE : kind_of(c);
        if (kind == KEEP && c != ' ' && c != 0xA0) {
            put(&w, str_slice(text, start, at - start));
            w.said = w.said || is_word(c);
        } else if (kind == PAUSE) {
            w.pause = true;
        } else if (kind != DROP) {
            w.space = true;
        }
    }
    w.length = w.said ? w.length : 0;
    if (capacity > 0) {
        out[w.length] = '\0';
    }
    return w.length;
}
