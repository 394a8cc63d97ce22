/* The rules of the house that a text can break. Each rule looks at one file and reports what it finds. */
#ifndef HOUSE_RULES_H
#define HOUSE_RULES_H

#include <stdbool.h>
#include <stddef.h>

enum { RULES_FILE_LINES = 600, RULES_FUNCTION_LINES = 80 };

struct findings {
    int count;
    char last[200]; /* path:line: what, of the newest one */
    bool quiet;     /* do not print */
};

/* Applies every rule that concerns `path` (relative to the root of the checkout). */
void rules_check(struct findings *findings, const char *path, const char *text, size_t length);

/* The same text with comments, strings, character constants and preprocessor lines blanked out, line by line
 * as it was; malloc'd, NULL without memory. */
char *rules_code(const char *text, size_t length);

#endif
