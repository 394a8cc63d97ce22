#include "base/array.h"

#include "check.h"

#include <stdint.h>
#include <stdlib.h>

static void grows_and_keeps(void)
{
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) {
        CHECK(ARRAY_PUSH(items, count, capacity, i * 2));
    }
    CHECK_INT(count, 1000);
    CHECK(capacity >= 1000 && capacity < 2100);
    for (int i = 0; i < 1000; i++) {
        CHECK_INT(items[i], i * 2);
    }
    free(items);
}

static void zeroes_what_is_new(void)
{
    struct entry {
        void *pointer;
        char text[24];
    } *items = NULL, nothing = {0};
    size_t capacity = 0;
    for (size_t needed = 1; needed < 300; needed += 29) {
        size_t before = capacity;
        CHECK(array_reserve(&items, &capacity, needed, sizeof *items));
        CHECK(capacity >= needed);
        for (size_t i = before; i < capacity; i++) {
            CHECK(items[i].pointer == NULL && memcmp(items[i].text, nothing.text, sizeof nothing.text) == 0);
        }
        memset(items, 0xEE, capacity * sizeof *items);
    }
    free(items);
}

static void leaves_all_as_it_was(void)
{
    char *items = NULL;
    size_t capacity = 0;
    CHECK(array_reserve(&items, &capacity, 4, 1));
    char *before = items;
    size_t before_capacity = capacity;
    CHECK(array_reserve(&items, &capacity, 2, 1));
    CHECK(items == before && capacity == before_capacity);
    CHECK(!array_reserve(&items, &capacity, SIZE_MAX / 2, 16));
    CHECK(items == before && capacity == before_capacity);
    free(items);
}

static void needs_nothing_for_nothing(void)
{
    char *items = NULL;
    size_t capacity = 0;
    CHECK(array_reserve(&items, &capacity, 0, 8));
    CHECK(items == NULL && capacity == 0);
}

static void counts_elements(void)
{
    static const int three[] = {1, 2, 3};
    CHECK_INT(ARRAY_LENGTH(three), 3);
}

int main(void)
{
    RUN(grows_and_keeps);
    RUN(zeroes_what_is_new);
    RUN(leaves_all_as_it_was);
    RUN(needs_nothing_for_nothing);
    RUN(counts_elements);
    return check_report();
}
