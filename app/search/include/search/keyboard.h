/* Keyboards on the screen, one file a language: assets/keyboards/<language>.yaml, read by the reader of an
 * exhibit's files. */
#ifndef SEARCH_KEYBOARD_H
#define SEARCH_KEYBOARD_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define KEYBOARD_ROWS 3     /* above that of the space: four rows fit the lower part of any screen */
#define KEYBOARD_KEYS 12    /* in a row */
#define KEYBOARD_KEY_MAX 16 /* bytes that a key types */

struct keyboard_row {
    struct str keys[KEYBOARD_KEYS];
    size_t count;
};

struct keyboard {
    const char *language;
    struct str name; /* on the key that changes to it: "ABC", "한글" */
    bool words;      /* words of the exhibit stand over the rows, or in their place when there are none */
    struct keyboard_row rows[KEYBOARD_ROWS], shifted[KEYBOARD_ROWS];
    size_t row_count, shifted_count; /* shifted_count 0: no shift key */
};

struct keyboards;

/* Reads those of the languages (a language without a file is left out, "zh-Hant-TW" finds "zh-Hant"), then
 * "en" where that is not among them, and "digits". `folder` is assets/keyboards. What is wrong with a file is
 * said with file, line and column. */
struct keyboards *keyboards_open(
    const char *folder, const char *const *languages, size_t count, struct error *err);
void keyboards_destroy(struct keyboards *keyboards);

/* In the order in which the key goes through them. 0 for NULL. */
size_t keyboards_count(const struct keyboards *keyboards);
const struct keyboard *keyboards_get(const struct keyboards *keyboards, size_t index);
/* The one of a language; where there is none, of what it begins with; else the English one. NULL only when
 * there are none at all. */
const struct keyboard *keyboards_find(const struct keyboards *keyboards, const char *language);
/* Digits and marks, common to all. */
const struct keyboard *keyboards_digits(const struct keyboards *keyboards);

#endif
