#include "spans.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void spans_clear(struct spans *spans)
{
    spans->length = 0;
    spans->count = 0;
    spans->bold = 0;
    spans->italic = 0;
    spans->link = NULL;
    spans->soft = false;
    spans->hard = false;
}

void spans_finish(struct spans *spans)
{
    free(spans->text);
    free(spans->pieces);
    *spans = (struct spans){.no_memory = spans->no_memory};
}

static bool push_bytes(struct spans *spans, struct str words)
{
    if (!array_reserve((void **)&spans->text, &spans->capacity, spans->length + words.length + 1, 1)) {
        spans->no_memory = true;
        return false;
    }
    memcpy(spans->text + spans->length, words.data, words.length);
    spans->length += words.length;
    return true;
}

/* Scripts that are written without spaces between words: Han, kana, their punctuation and full-width forms.
 * Hangul has spaces. */
static bool is_unspaced(uint32_t c)
{
    return (c >= 0x2E80 && c <= 0x312F) || (c >= 0x31A0 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* The end of a line in the file is a space on the screen, but none between two Chinese characters. */
static bool break_is_space(const struct spans *spans, struct str words)
{
    size_t at = spans->length, next = 0;
    if (at == 0) {
        return false;
    }
    uint32_t before = utf8_previous((struct str){spans->text, spans->length}, &at);
    return !(is_unspaced(before) && is_unspaced(utf8_next(words, &next)));
}

void spans_add(struct spans *spans, struct str words, unsigned flags)
{
    if (words.length == 0) {
        return;
    }
    flags |= (spans->bold > 0 ? SPAN_BOLD : 0u) | (spans->italic > 0 ? SPAN_ITALIC : 0u);
    if (spans->hard && spans->length > 0) {
        flags |= SPAN_BREAK;
    }
    bool space = spans->soft && !spans->hard && break_is_space(spans, words);
    spans->soft = false;
    spans->hard = false;
    struct spans_piece *last = spans->count > 0 ? &spans->pieces[spans->count - 1] : NULL;
    /* The space of a line's end belongs to what stands before it, so that no link begins with a space. */
    if (space && last != NULL && push_bytes(spans, STR(" "))) {
        last->length++;
    }
    bool same = last != NULL && last->link == spans->link && (flags & SPAN_BREAK) == 0 &&
                (last->flags & ~(unsigned)SPAN_BREAK) == flags;
    size_t from = spans->length;
    if (!push_bytes(spans, words)) {
        return;
    }
    if (same) {
        last->length += words.length;
        return;
    }
    struct spans_piece piece = {from, words.length, flags, spans->link};
    if (!ARRAY_PUSH(spans->pieces, spans->count, spans->piece_capacity, piece)) {
        spans->no_memory = true;
    }
}

static bool brackets_pair(struct str text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '[') {
            depth++;
        } else if (text.data[i] == ']') {
            if (depth == 0) {
                return false;
            }
            depth--;
        }
    }
    return depth == 0;
}

/* Appends the part [from, to) of a piece; only the first part of a piece stands behind its line break. */
static void push_part(
    struct spans *out, const struct spans_piece *piece, size_t from, size_t to, bool editors)
{
    if (from == to) {
        return;
    }
    struct spans_piece part = {from, to - from, piece->flags, piece->link};
    if (from > piece->from) {
        part.flags &= ~(unsigned)SPAN_BREAK;
    }
    if (editors) {
        part.flags |= SPAN_EDITORIAL;
    }
    if (!ARRAY_PUSH(out->pieces, out->count, out->piece_capacity, part)) {
        out->no_memory = true;
    }
}

bool spans_mark_editors(struct spans *spans)
{
    struct str text = {spans->text, spans->length};
    if (!brackets_pair(text)) {
        return false;
    }
    struct spans out = {0};
    size_t depth = 0;
    for (size_t i = 0; i < spans->count; i++) {
        const struct spans_piece *piece = &spans->pieces[i];
        size_t from = piece->from, end = piece->from + piece->length;
        for (size_t at = from; at < end; at++) {
            if (text.data[at] == '[' && depth++ == 0) {
                push_part(&out, piece, from, at, false);
                from = at;
            } else if (text.data[at] == ']' && --depth == 0) {
                push_part(&out, piece, from, at + 1, true);
                from = at + 1;
            }
        }
        push_part(&out, piece, from, end, depth > 0);
    }
    if (out.no_memory) {
        spans->no_memory = true;
        free(out.pieces);
        return true;
    }
    free(spans->pieces);
    spans->pieces = out.pieces;
    spans->count = out.count;
    spans->piece_capacity = out.piece_capacity;
    return true;
}

void spans_keep(struct spans *spans, struct exhibit *exhibit, struct block *block)
{
    struct str text = exhibit_keep_str(exhibit, (struct str){spans->text, spans->length});
    struct span *kept = exhibit_keep(exhibit, spans->count, sizeof *kept);
    if (text.data == NULL || kept == NULL || spans->no_memory) {
        exhibit->no_memory = true;
        return;
    }
    for (size_t i = 0; i < spans->count; i++) {
        const struct spans_piece *piece = &spans->pieces[i];
        kept[i] = (struct span){str_slice(text, piece->from, piece->length), piece->flags, piece->link};
    }
    block->spans = kept;
    block->span_count = spans->count;
}
