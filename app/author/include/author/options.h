/* The options of one command line, read into the caller's variables. Every command of the program reads its
 * options here, so that all of them are written, refused and explained in the same way. */
#ifndef AUTHOR_OPTIONS_H
#define AUTHOR_OPTIONS_H

#include "base/error.h"
#include "base/rect.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define OPTION_LIST_MAX 512

struct option_list { /* the values of an option that may be given several times, lent from argv */
    const char *items[OPTION_LIST_MAX];
    size_t count;
};

enum option_kind {
    OPTION_FLAG, /* bool: no value */
    OPTION_TEXT, /* const char *, lent from argv */
    OPTION_LIST, /* struct option_list */
    OPTION_SIZE, /* struct size: WxH in pixels, each from 200 to 8192 */
    OPTION_COUNT /* long: a whole number, not negative */
};

struct option {
    const char *name; /* with its dashes: "--size" */
    enum option_kind kind;
    void *value;
    const char *words; /* of a text: the values it may have, with spaces between; NULL: any */
};

/* Reads argv[1] .. argv[*argc - 1]; argv[0] is the command's name, for messages. An option's value follows it
 * as the next argument or after '='; after "--" nothing is an option. What is no option moves to argv[1] ..
 * and *argc becomes its count plus one. False with *err (ERROR_USAGE) for an unknown option (the nearest
 * known one is named), a missing or impossible value, or an option given twice that may be given once. Values
 * that are not given are left as they were. */
bool options_read(int *argc, char **argv, const struct option *options, size_t count, struct error *err);

/* One of space-separated words that is nearest to `word`, within a third of its length but at least 2 edits;
 * empty when none is. */
struct str options_nearest(struct str word, struct str words);

#endif
