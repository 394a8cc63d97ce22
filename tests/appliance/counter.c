/* For tests/appliance/run, in the guest: visits that are all alike, one after another into one
 * file, each said as soon as it is kept.
 *
 *     appliance-counter count FILE    says ALIKE and how many there are, after each, for ever
 *     appliance-counter look FILE     says how many there are; -1 when one of their figures is another
 *                                     number, which is a visit that was kept in part, or when the
 *                                     file cannot be read */
#include "statistics/store.h"

#include "base/array.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY 20260513
#define MS 20 /* between two */

static const struct {
    const char *name;
    enum cell_kind kind;
    int bin;
} figures[] = {
    {NULL, CELL_VISITS, 0},
    {NULL, CELL_HOUR, 58},
    {NULL, CELL_LENGTH, 7},
    {NULL, CELL_COUNT, 2},
    {"home", CELL_SEEN, 0},
    {"document:telegram/parallel", CELL_SEEN, 0},
    {"home", CELL_DWELL, 4},
    {"ko", CELL_LANGUAGE, 0},
    {"document:telegram/parallel", CELL_END, 0},
};

/* The number that all figures have; -1 when there is none. */
static int64_t look(const char *path)
{
    struct cells cells = {.count = 0};
    struct error err = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 0; /* none yet */
    }
    fclose(file);
    int64_t all = -1;
    if (store_read(path, &cells, NULL, &err)) {
        all = cells_sum(&cells, CELL_VISITS, NULL);
        for (size_t i = 0; i < ARRAY_LENGTH(figures); i++) {
            all = cells_sum(&cells, figures[i].kind, figures[i].name) == all ? all : -1;
        }
    }
    cells_finish(&cells);
    return all;
}

static bool add(struct store *store)
{
    struct cells cells = {.count = 0};
    struct error err = {0};
    bool good = true;
    for (size_t i = 0; i < ARRAY_LENGTH(figures); i++) {
        good = good && cells_add(&cells, DAY, figures[i].kind, figures[i].name, figures[i].bin, 1);
    }
    good = good && store_add(store, &cells, DAY, NULL, &err);
    cells_finish(&cells);
    return good;
}

int main(int count, char **words)
{
    struct error err = {0};
    struct log log = {0};
    if (count != 3) {
        return 2;
    }
    int64_t number = look(words[2]);
    if (strcmp(words[1], "look") == 0) {
        printf("%" PRId64 "\n", number);
        return number < 0;
    }
    struct store *store = store_open(words[2], NULL, &log, &err);
    while (store != NULL && number >= 0 && add(store)) {
        printf("ALIKE %" PRId64 "\n", ++number);
        fflush(stdout);
        nanosleep(&(struct timespec){0, MS * 1000000L}, NULL);
    }
    store_close(store);
    puts("ALIKE refused");
    return 1;
}
