#include "shrink.h"

#include "player/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRIES_MAX 400
#define PLAYED_MAX 1000000 /* steps, in all tries: about a minute */

struct trial {
    const struct simulate_options *options;
    const char *rule;
    int left;      /* tries */
    size_t played; /* steps */
};

/* Plays steps in a new world; how many it took to break the rule, 0: it held. */
static size_t breaks_after(struct trial *trial, const struct step *steps, size_t count)
{
    struct world world;
    struct error err = {0};
    size_t played = 0;
    bool good = world_open(&world, trial->options, &err);
    trial->left--;
    while (good && played < count) {
        good = world_step(&world, &steps[played++]);
    }
    trial->played += played;
    trial->left = trial->played < PLAYED_MAX ? trial->left : 0;
    bool same = world.broken && strcmp(world.rule, trial->rule) == 0;
    world_close(&world);
    return same ? played : 0;
}

/* Tries without the steps [from, from + length). */
static bool try_without(
    struct trial *trial, struct steps *steps, struct step *scratch, size_t from, size_t length)
{
    size_t rest = steps->count - from - length;
    memcpy(scratch, steps->items, from * sizeof *scratch);
    memcpy(scratch + from, steps->items + from + length, rest * sizeof *scratch);
    size_t count = breaks_after(trial, scratch, from + rest);
    if (count > 0) {
        memcpy(steps->items, scratch, count * sizeof *scratch);
        steps->count = count;
    }
    return count > 0;
}

bool shrink_steps(struct steps *steps, const struct simulate_options *options, const char *rule)
{
    struct trial trial = {options, rule, TRIES_MAX, 0};
    struct step *scratch = calloc(steps->count > 0 ? steps->count : 1, sizeof *scratch);
    size_t count = scratch != NULL ? breaks_after(&trial, steps->items, steps->count) : 0;
    if (count == 0) {
        free(scratch);
        return false;
    }
    steps->count = count;
    for (size_t length = (count + 1) / 2; length > 0 && trial.left > 0;
         length = length > 1 ? (length + 1) / 2 : 0) {
        for (size_t from = 0; from + length <= steps->count && trial.left > 0;) {
            if (!try_without(&trial, steps, scratch, from, length)) {
                from += length;
            }
        }
    }
    free(scratch);
    return true;
}

char *shrink_script(const struct steps *steps)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        return NULL;
    }
    struct record record = {.file = stream, .window = {1920, 1080}};
    int64_t ms = 0;
    for (size_t i = 0; i < steps->count; i++) {
        ms += steps->items[i].delay_ms;
        if (!steps->items[i].waits) {
            record_event(&record, &steps->items[i].event, ms);
        }
    }
    bool good = record_close(&record, ms);
    if (!good) {
        free(text);
        text = NULL;
    }
    return text;
}
