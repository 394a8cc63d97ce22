#include "base/log.h"

#include "base/utf8.h"

#include <stdarg.h>

/* A file name may hold what would move a terminal's cursor or begin a second line; it is shown, not obeyed.
 */
static void put_escaped(FILE *stream, struct str text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t character = utf8_next(text, &at);
        bool malformed = character == UTF8_REPLACEMENT && at == start + 1;
        if (!malformed && character >= 0x20 && (character < 0x7F || character > 0x9F)) {
            fwrite(text.data + start, 1, at - start, stream);
        } else if (character == '\n') {
            fputs("\\n", stream);
        } else {
            for (; start < at; start++) {
                fprintf(stream, "\\x%02X", (unsigned)(unsigned char)text.data[start]);
            }
        }
    }
}

void log_write(const struct log *log, enum log_level level, const char *format, ...)
{
    static const char *const NAMES[] = {"error", "warning", "information"};
    char message[1024];
    if (log == NULL || log->stream == NULL || level > log->level) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    /* One lock around the line: threads write whole lines. */
    flockfile(log->stream);
    fprintf(log->stream, "vitrine: %s: ", NAMES[level]);
    put_escaped(log->stream, str_from(message));
    fputs((size_t)length < sizeof message ? "\n" : "...\n", log->stream);
    fflush(log->stream);
    funlockfile(log->stream);
}
