#include "commonmark.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes, with what the store adds to a piece (its header, 16, and rounding up to 16). */
#define NODE ((size_t)160) /* a node of the tree: 112 and its header, and room for another cmark */
#define SMALL ((size_t)32) /* a literal of up to 15 bytes */
/* A cmark_strbuf, beside 9 for each byte in it: it grows by half, and what it grew out of stays behind: 1.5 +
 * 1 + 2/3 ... is 4.5, the headers are the rest. */
#define BUFFER ((size_t)64)
#define ALIGNMENT ((size_t)16)

struct commonmark_spare {
    struct commonmark_spare *next;
    size_t unused; /* what follows is aligned */
};

/* What stands before each piece. */
struct header {
    size_t size, unused;
};

/* cmark's hooks are given no context. Set while one of its calls runs, and only then. */
static _Thread_local struct commonmark *serving;

/* ---- how much */

/* What a byte can make besides its copies. The names are those of cmark's inlines.c. */
static size_t inline_cost(char byte)
{
    switch (byte) {
    case '*':
    case '_': /* handle_delim() makes a text and a delimiter (80), S_insert_emph() a node for two of them */
    case '[': /* a text and a bracket (64) */
    case ']': /* handle_close_bracket(): a link, its address and title */
    case '<': /* make_autolink(): a link, its address ("mailto:", 63), its text */
    case '!':
    case '&':
    case '\\':
    case '`': /* of these and of the plain text behind it, which is one more node; the two may be made one */
        return 2 * NODE + 2 * BUFFER + 64 + NODE + SMALL;
    case '\'':
    case '"':
    case '-':
    case '.': /* a node each where they stand behind another of these */
        return 2 * (NODE + SMALL) + BUFFER;
    default:
        return 0;
    }
}

/* A mark in front of a line opens a quote, or a list and its item, whose data is kept apart for a moment. */
static size_t container_cost(char byte)
{
    return byte == '>' ? NODE : strchr("-+*.)", byte) != NULL ? 2 * NODE + 48 : 0;
}

size_t commonmark_bound(struct str text)
{
    /* A line may be a block: its node and buffer, the first text in it, and three spaces for a tab. */
    static const size_t line_cost = NODE + BUFFER + NODE + SMALL + BUFFER + (size_t)4 * 40;
    /* Where it goes on a paragraph its end is a node. An empty line makes nothing. */
    static const size_t end_cost = NODE;
    /* Parser, document, map of references, iterators; and the two buffers of lines when they are empty. */
    size_t bound = 4096 + line_cost, longest = 0, start = 0;
    bool in_front = true;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        bound += inline_cost(byte) + (byte == '\0' ? (size_t)3 * 40 : 0);
        if (byte == '\n' || byte == '\r') {
            bound += i > start ? line_cost + end_cost : 0;
            longest = i - start > longest ? i - start : longest;
            start = i + 1;
            in_front = true;
        } else if (in_front) {
            in_front = byte != '\0' && strchr(" \t>-+*0123456789.)", byte) != NULL;
            bound += in_front ? container_cost(byte) : 0;
        }
    }
    longest = text.length - start > longest ? text.length - start : longest;
    /* Each byte is in the block's buffer (9), and then in a literal (1) that is made one with others (9), or
     * in an address (9), or in both with an automatic link (9 + 9 + 9). A line is in two buffers before. */
    size_t copies = memchr(text.data, '<', text.length) != NULL ? 9 + 27 : 9 + 10;
    return bound + copies * text.length + (size_t)2 * 9 * (longest + 4);
}

/* ---- the store */

static struct header *header_of(void *piece)
{
    return (struct header *)(void *)((unsigned char *)piece - sizeof(struct header));
}

static bool is_newest(const struct commonmark *store, const void *piece)
{
    return store->last != SIZE_MAX && piece == store->memory + store->last + sizeof(struct header);
}

/* For what was not thought of. cmark cannot be told that there is no memory. */
static void *take_spare(struct commonmark *store, size_t size)
{
    struct commonmark_spare *spare = malloc(sizeof *spare + size);
    if (spare == NULL) {
        fputs("vitrine: no memory is left while a text is read\n", stderr);
        abort();
    }
    *spare = (struct commonmark_spare){store->spares, 0};
    store->spares = spare;
    store->spared += size;
    return spare + 1;
}

static void *take(struct commonmark *store, size_t wanted)
{
    if (wanted > SIZE_MAX / 2) {
        abort(); /* not for a text whose length is a size_t's sixteenth at most */
    }
    size_t size = (wanted + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, whole = sizeof(struct header) + size;
    struct header *header;
    if (whole <= store->size - store->used) {
        header = (struct header *)(void *)(store->memory + store->used);
        store->last = store->used;
        store->used += whole;
    } else {
        header = take_spare(store, whole);
    }
    *header = (struct header){size, 0};
    return header + 1;
}

static void *hook_calloc(size_t count, size_t size)
{
    size_t all = size > 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
    void *piece = take(serving, all);
    memset(piece, 0, all);
    return piece;
}

static void hook_free(void *piece)
{
    if (piece != NULL && is_newest(serving, piece)) {
        serving->used = serving->last;
        serving->last = SIZE_MAX;
    }
}

static void *hook_realloc(void *old, size_t size)
{
    if (old == NULL) {
        return take(serving, size);
    }
    size_t had = header_of(old)->size;
    if (size <= had) {
        return old;
    }
    hook_free(old); /* the newest then grows where it is: its bytes stay */
    void *piece = take(serving, size);
    if (piece != old) {
        memcpy(piece, old, had);
    }
    return piece;
}

/* ---- the whole */

static void parse(struct commonmark *store, struct str text)
{
    serving = store;
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &store->hooks);
    cmark_parser_feed(parser, text.data, text.length);
    store->root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    store->iterator = cmark_iter_new(store->root);
    serving = NULL;
}

bool commonmark_open(struct commonmark *out, struct str text, size_t reserve)
{
    *out = (struct commonmark){.hooks = {hook_calloc, hook_realloc, hook_free},
        .memory = malloc(reserve),
        .size = reserve,
        .last = SIZE_MAX};
    if (out->memory == NULL) {
        return false;
    }
    parse(out, text);
    return true;
}

void commonmark_close(struct commonmark *parsed)
{
    while (parsed->spares != NULL) {
        struct commonmark_spare *next = parsed->spares->next;
        free(parsed->spares);
        parsed->spares = next;
    }
    free(parsed->memory);
    *parsed = (struct commonmark){.root = NULL};
}
