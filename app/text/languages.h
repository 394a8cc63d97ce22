/* The languages that spans name, each looked at once. Numbers are small, stay, and can be compared. */
#ifndef TEXT_LANGUAGES_H
#define TEXT_LANGUAGES_H

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>

struct language {
    char name[36]; /* as given, cut; empty: none */
    hb_language_t hb;
    const char *east; /* whose ideographs: "zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko", or NULL */
    bool rtl;
};

struct languages {
    struct language *items;
    size_t count, capacity;
};

/* The number of a BCP 47 tag (NULL: none, which is 0). Of more than a few hundred, or without memory, the
 * rest are 0. */
int languages_intern(struct languages *languages, const char *name);
/* Lent until the next intern. */
const struct language *languages_get(const struct languages *languages, int number);
void languages_finish(struct languages *languages);

#endif
