/* What went wrong, once, for one failed call. Findings about an exhibit are many and live in
 * exhibit/findings.h. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum error_category {
    ERROR_NONE = 0,
    ERROR_INPUT = 1,  /* the input is at fault: a file, an exhibit, a script */
    ERROR_USAGE = 2,  /* the command line is at fault */
    ERROR_MACHINE = 3 /* memory, disk, display, fonts, a child process */
};

struct error {
    enum error_category category; /* its value is the exit code of the contract */
    char message[480];            /* one line, plain words, and what to do */
    char file[256];               /* the file at fault, or empty */
    int line;                     /* from 1, 0 where there is none */
    int column;                   /* from 1, 0 where there is none */
};

/* Fills *err (which may be NULL) and returns false, so that `return error_set(...)` reads as what it is. */
bool error_set(struct error *err, enum error_category category, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with the place in a file; `file` is copied and may be cut. */
bool error_set_at(struct error *err, enum error_category category, const char *file, int line, int column,
    const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Out of memory: ERROR_MACHINE. Returns false. */
bool error_memory(struct error *err);
/* "file:line:column: message" without what is not known, in at most `size` bytes. Returns buffer. */
const char *error_text(const struct error *err, char *buffer, int size);

#endif
