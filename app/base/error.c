#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies what fits, never half a character, as one line: a name from a file may hold line breaks. */
static void copy_line(char *to, size_t size, const char *from)
{
    size_t length = strnlen(from, size - 1);
    if (from[length] != '\0') {
        while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    for (size_t i = 0; i < length; i++) {
        to[i] = (unsigned char)from[i] < 0x20 || from[i] == 0x7F ? ' ' : from[i];
    }
    to[length] = '\0';
}

static void fill(struct error *err, enum error_category category, const char *file, int line, int column,
    const char *format, va_list arguments)
{
    /* The arguments may point into *err, so everything is put together beside it. */
    char message[2 * sizeof err->message];
    struct error made = {.category = category, .line = line, .column = column};
    if (vsnprintf(message, sizeof message, format, arguments) < 0) {
        message[0] = '\0';
    }
    copy_line(made.message, sizeof made.message, message);
    copy_line(made.file, sizeof made.file, file != NULL ? file : "");
    *err = made;
}

bool error_set(struct error *err, enum error_category category, const char *format, ...)
{
    if (err != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, category, NULL, 0, 0, format, arguments);
        va_end(arguments);
    }
    return false;
}

bool error_set_at(struct error *err, enum error_category category, const char *file, int line, int column,
    const char *format, ...)
{
    if (err != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(err, category, file, line, column, format, arguments);
        va_end(arguments);
    }
    return false;
}

bool error_memory(struct error *err)
{
    return error_set(err, ERROR_MACHINE, "out of memory");
}

const char *error_text(const struct error *err, char *buffer, int size)
{
    if (size <= 0) {
        return buffer;
    }
    size_t room = (size_t)size;
    if (err->file[0] == '\0') {
        snprintf(buffer, room, "%s", err->message);
    } else if (err->line <= 0) {
        snprintf(buffer, room, "%s: %s", err->file, err->message);
    } else if (err->column <= 0) {
        snprintf(buffer, room, "%s:%d: %s", err->file, err->line, err->message);
    } else {
        snprintf(buffer, room, "%s:%d:%d: %s", err->file, err->line, err->column, err->message);
    }
    return buffer;
}
