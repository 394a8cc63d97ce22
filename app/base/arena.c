#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size, fill; /* bytes of data: in all, handed out */
    alignas(max_align_t) unsigned char data[];
};

/* Large requests get a block of their own size, so that nothing is too large for an arena. */
static struct arena_block *add_block(struct arena *arena, size_t size)
{
    if (size < BLOCK_SIZE) {
        size = BLOCK_SIZE;
    }
    if (size > SIZE_MAX - sizeof(struct arena_block)) {
        return NULL;
    }
    struct arena_block *block = malloc(sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    block->fill = 0;
    block->next = arena->head;
    arena->head = block;
    return block;
}

void *arena_take(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX - unit) {
        return NULL;
    }
    size_t rounded = size == 0 ? unit : (size + unit - 1) / unit * unit;
    if (arena->limit != 0 && (arena->used > arena->limit || rounded > arena->limit - arena->used)) {
        return NULL;
    }
    struct arena_block *block = arena->head;
    if (block == NULL || rounded > block->size - block->fill) {
        block = add_block(arena, rounded);
        if (block == NULL) {
            return NULL;
        }
    }
    void *taken = block->data + block->fill;
    block->fill += rounded;
    arena->used += rounded;
    return memset(taken, 0, rounded);
}

void *arena_take_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return arena_take(arena, count * size);
}

struct str arena_copy(struct arena *arena, struct str s)
{
    char *copy = s.length < SIZE_MAX ? arena_take(arena, s.length + 1) : NULL;
    if (copy == NULL) {
        return (struct str){NULL, 0};
    }
    if (s.length != 0) {
        memcpy(copy, s.data, s.length);
    }
    return (struct str){copy, s.length};
}

/* Most texts are short: they are written once and copied, not measured and written. */
char *arena_print(struct arena *arena, size_t *length, const char *format, va_list arguments)
{
    char brief[256];
    if (strcmp(format, "%s") == 0) { /* an id that is made already */
        va_list only;
        va_copy(only, arguments);
        struct str copy = arena_copy(arena, str_from(va_arg(only, const char *)));
        va_end(only);
        *length = copy.length;
        return (char *)copy.data;
    }
    va_list again;
    va_copy(again, arguments);
    int needed = vsnprintf(brief, sizeof brief, format, again);
    va_end(again);
    char *text = needed >= 0 ? arena_take(arena, (size_t)needed + 1) : NULL;
    if (text == NULL) {
        return NULL;
    }
    *length = (size_t)needed;
    if (*length < sizeof brief) {
        memcpy(text, brief, *length + 1);
    } else {
        vsnprintf(text, *length + 1, format, arguments);
    }
    return text;
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    size_t length = 0;
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_print(arena, &length, format, arguments);
    va_end(arguments);
    return (struct str){text, length};
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_reset(struct arena *arena)
{
    arena->used = 0;
    if (arena->head != NULL) {
        free_blocks(arena->head->next);
        arena->head->next = NULL;
        arena->head->fill = 0;
    }
}

void arena_finish(struct arena *arena)
{
    if (arena != NULL) {
        free_blocks(arena->head);
        arena->head = NULL;
        arena->used = 0;
    }
}
