/* The log: one line a message to a stream, with a level. There is no global: whoever may log is given a
 * struct log. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdio.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO };

struct log {
    FILE *stream;         /* NULL: nothing is written */
    enum log_level level; /* what is less important than this is left out */
};

/* Writes "vitrine: level: message\n". `log` may be NULL. Control characters in the message are escaped. */
void log_write(const struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
