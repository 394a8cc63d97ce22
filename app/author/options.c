#include "author/options.h"

#include "base/str.h"

#include <string.h>

enum { SIZE_LEAST = 200, SIZE_MOST = 8192 };

struct reading {
    int argc;
    char **argv;
    const struct option *options;
    size_t count;
    unsigned long long given; /* options seen, by index */
    int operands;
    struct error *err;
};

static size_t common_start(struct str a, struct str b)
{
    size_t length = 0;
    while (length < a.length && length < b.length && a.data[length] == b.data[length]) {
        length++;
    }
    return length;
}

/* A word that may be meant: the nearest so far, and of two as near the one that begins alike for longer. */
struct guess {
    struct str word;
    size_t distance, start;
};

static void consider(struct guess *guess, struct str word, struct str candidate)
{
    size_t least = word.length / 3 > 2 ? word.length / 3 : 2;
    size_t distance = candidate.length > 0 ? str_distance(word, candidate) : SIZE_MAX;
    size_t start = common_start(word, candidate);
    bool nearer = guess->word.length == 0 || distance < guess->distance ||
                  (distance == guess->distance && start > guess->start);
    if (distance <= least && nearer) {
        *guess = (struct guess){candidate, distance, start};
    }
}

struct str options_nearest(struct str word, struct str words)
{
    struct guess guess = {0};
    while (words.length > 0) {
        consider(&guess, word, str_split(&words, ' '));
    }
    return guess.word;
}

static bool unknown(const struct reading *reading, struct str name)
{
    struct guess guess = {0};
    for (size_t i = 0; i < reading->count; i++) {
        consider(&guess, name, str_from(reading->options[i].name));
    }
    if (guess.word.length > 0) {
        return error_set(reading->err, ERROR_USAGE, "%s has no option %.*s: did you mean %.*s?",
            reading->argv[0], STR_ARGS(name), STR_ARGS(guess.word));
    }
    return error_set(reading->err, ERROR_USAGE, "%s has no option %.*s: see vitrine help %s",
        reading->argv[0], STR_ARGS(name), reading->argv[0]);
}

static bool read_word(const struct reading *reading, const struct option *option, const char *value)
{
    struct str words = str_from(option->words);
    while (words.length > 0) {
        if (str_equal_c(str_split(&words, ' '), value)) {
            *(const char **)option->value = value;
            return true;
        }
    }
    struct str nearest = options_nearest(str_from(value), str_from(option->words));
    if (nearest.length > 0) {
        return error_set(reading->err, ERROR_USAGE, "%s cannot be %s: did you mean %.*s?", option->name,
            value, STR_ARGS(nearest));
    }
    return error_set(
        reading->err, ERROR_USAGE, "%s cannot be %s: it is one of %s", option->name, value, option->words);
}

static bool read_size(const struct reading *reading, const struct option *option, const char *value)
{
    struct str rest = str_from(value), width = str_split(&rest, 'x');
    long w = 0, h = 0;
    if (!str_to_long(width, &w) || !str_to_long(rest, &h) || w < SIZE_LEAST || h < SIZE_LEAST ||
        w > SIZE_MOST || h > SIZE_MOST) {
        return error_set(reading->err, ERROR_USAGE,
            "%s cannot be %s: write width x height in pixels, such as 1920x1080, each from %d to %d",
            option->name, value, SIZE_LEAST, SIZE_MOST);
    }
    *(struct size *)option->value = (struct size){(int)w, (int)h};
    return true;
}

static bool read_count(const struct reading *reading, const struct option *option, const char *value)
{
    long number = 0;
    if (!str_to_long(str_from(value), &number) || number < 0) {
        return error_set(
            reading->err, ERROR_USAGE, "%s cannot be %s: write a whole number", option->name, value);
    }
    *(long *)option->value = number;
    return true;
}

static bool read_item(const struct reading *reading, const struct option *option, const char *value)
{
    struct option_list *list = option->value;
    if (list->count >= OPTION_LIST_MAX) {
        return error_set(
            reading->err, ERROR_USAGE, "%s is given more than %d times", option->name, OPTION_LIST_MAX);
    }
    list->items[list->count++] = value;
    return true;
}

static bool read_value(const struct reading *reading, const struct option *option, const char *value)
{
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->value = true;
        return true;
    case OPTION_TEXT:
        if (option->words != NULL) {
            return read_word(reading, option, value);
        }
        *(const char **)option->value = value;
        return true;
    case OPTION_LIST:
        return read_item(reading, option, value);
    case OPTION_SIZE:
        return read_size(reading, option, value);
    case OPTION_COUNT:
        return read_count(reading, option, value);
    }
    return false;
}

/* Reads the option at argv[*at] and moves *at behind it and its value. */
static bool read_option(struct reading *reading, int *at)
{
    const char *equals = strchr(reading->argv[*at], '=');
    struct str name = str_from(reading->argv[*at]);
    if (equals != NULL) {
        name.length = (size_t)(equals - name.data);
    }
    size_t i = 0;
    while (i < reading->count && !str_equal_c(name, reading->options[i].name)) {
        i++;
    }
    if (i == reading->count) {
        return unknown(reading, name);
    }
    const struct option *option = &reading->options[i];
    if (option->kind != OPTION_LIST && (reading->given >> i & 1) != 0) {
        return error_set(reading->err, ERROR_USAGE, "%s is given twice", option->name);
    }
    reading->given |= 1ULL << i;
    const char *value = equals != NULL ? equals + 1 : NULL;
    if (option->kind == OPTION_FLAG && value != NULL) {
        return error_set(reading->err, ERROR_USAGE, "%s takes no value", option->name);
    }
    *at += 1;
    if (option->kind != OPTION_FLAG && value == NULL) {
        value = *at < reading->argc ? reading->argv[(*at)++] : NULL;
        if (value == NULL) {
            return error_set(reading->err, ERROR_USAGE, "%s wants a value", option->name);
        }
    }
    return read_value(reading, option, value);
}

bool options_read(int *argc, char **argv, const struct option *options, size_t count, struct error *err)
{
    struct reading reading = {
        .argc = *argc, .argv = argv, .options = options, .count = count, .operands = 1, .err = err};
    bool open = true; /* "--" closes */
    for (int at = 1; at < reading.argc;) {
        if (open && strcmp(argv[at], "--") == 0) {
            open = false;
            at++;
        } else if (open && argv[at][0] == '-' && argv[at][1] != '\0') {
            if (!read_option(&reading, &at)) {
                return false;
            }
        } else {
            argv[reading.operands++] = argv[at++];
        }
    }
    *argc = reading.operands;
    return true;
}
