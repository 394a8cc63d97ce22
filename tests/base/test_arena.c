#include "base/arena.h"

#include "check.h"

#include <stdalign.h>
#include <stdint.h>

static bool zeroed(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void gives_zeroed_aligned_memory(void)
{
    struct arena arena = {0};
    for (size_t size = 0; size < 5000; size += 7) {
        unsigned char *taken = arena_take(&arena, size);
        CHECK(taken != NULL);
        if (taken == NULL) {
            break;
        }
        CHECK((uintptr_t)taken % alignof(max_align_t) == 0);
        CHECK_THAT(zeroed(taken, size), "size %zu", size);
        memset(taken, 0xFF, size);
    }
    arena_finish(&arena);
}

static void pieces_do_not_overlap(void)
{
    struct arena arena = {0};
    unsigned char *pieces[500];
    for (size_t i = 0; i < 500; i++) {
        pieces[i] = arena_take(&arena, i * 3);
        memset(pieces[i], (int)(i & 255), i * 3);
    }
    for (size_t i = 0; i < 500; i++) {
        for (size_t j = 0; j < i * 3; j++) {
            CHECK(pieces[i][j] == (i & 255));
        }
    }
    arena_finish(&arena);
}

static void gives_zeroed_memory_again_after_reset(void)
{
    struct arena arena = {0};
    unsigned char *first = arena_take(&arena, 4000);
    memset(first, 0xAA, 4000);
    arena_reset(&arena);
    CHECK_INT(arena.used, 0);
    unsigned char *second = arena_take(&arena, 4000);
    CHECK(second == first);
    CHECK(zeroed(second, 4000));
    arena_take(&arena, 100000);
    arena_reset(&arena);
    CHECK(arena_take(&arena, 100000) != NULL);
    arena_finish(&arena);
}

static void takes_more_than_a_block(void)
{
    struct arena arena = {0};
    unsigned char *small = arena_take(&arena, 10);
    unsigned char *large = arena_take(&arena, 1 << 20);
    small[9] = 1;
    large[(1 << 20) - 1] = 1;
    CHECK(arena.used >= (1 << 20) + 10);
    arena_finish(&arena);
    CHECK_INT(arena.used, 0);
    CHECK(arena.head == NULL);
}

static void stops_at_its_limit(void)
{
    struct arena arena = {.limit = 1000};
    CHECK(arena_take(&arena, 1001) == NULL);
    CHECK(arena_take(&arena, 600) != NULL);
    CHECK(arena_take(&arena, 600) == NULL);
    CHECK(arena_take(&arena, 300) != NULL);
    CHECK(arena.used <= 1000);
    arena_reset(&arena);
    CHECK(arena_take(&arena, 600) != NULL);
    arena_finish(&arena);
}

static void refuses_what_overflows(void)
{
    struct arena arena = {0};
    CHECK(arena_take(&arena, SIZE_MAX) == NULL);
    CHECK(arena_take(&arena, SIZE_MAX - 20) == NULL);
    CHECK(arena_take_array(&arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(arena_take_array(&arena, 3, SIZE_MAX / 2) == NULL);
    CHECK(arena_take_array(&arena, 0, 8) != NULL);
    CHECK(arena_take_array(&arena, 8, 0) != NULL);
    struct str endless = arena_copy(&arena, (struct str){"", SIZE_MAX});
    CHECK(endless.data == NULL && endless.length == 0);
    arena_finish(&arena);
}

static void copies_and_formats(void)
{
    struct arena arena = {0};
    struct str copy = arena_copy(&arena, str_slice(STR("Ciphered Telegram"), 9, 8));
    CHECK_TEXT(copy.data, "Telegram");
    CHECK_INT(copy.length, 8);
    struct str empty = arena_copy(&arena, (struct str){NULL, 0});
    CHECK_TEXT(empty.data, "");
    struct str text = arena_format(&arena, "%s-%d", "p", 2);
    CHECK_TEXT(text.data, "p-2");
    CHECK_INT(text.length, 3);
    arena.limit = arena.used;
    CHECK(arena_copy(&arena, STR("more")).data == NULL);
    CHECK(arena_format(&arena, "%d", 1).data == NULL);
    CHECK_INT(arena_format(&arena, "%d", 1).length, 0);
    arena_finish(&arena);
}

static void finishes_nothing(void)
{
    struct arena arena = {0};
    arena_finish(NULL);
    arena_finish(&arena);
    arena_reset(&arena);
    CHECK(arena.head == NULL);
    arena_finish(&arena);
}

int main(void)
{
    RUN(gives_zeroed_aligned_memory);
    RUN(pieces_do_not_overlap);
    RUN(gives_zeroed_memory_again_after_reset);
    RUN(takes_more_than_a_block);
    RUN(stops_at_its_limit);
    RUN(refuses_what_overflows);
    RUN(copies_and_formats);
    RUN(finishes_nothing);
    return check_report();
}
