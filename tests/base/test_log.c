#include "base/array.h"
#include "base/log.h"

#include "check.h"

#include <stdlib.h>

/* What one call writes; the caller frees it. */
static char *written(enum log_level threshold, enum log_level level, const char *message)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL) {
        return NULL;
    }
    struct log log = {stream, threshold};
    log_write(&log, level, "%s", message);
    fclose(stream);
    return text;
}

static void writes_lines_by_level(void)
{
    static const struct {
        enum log_level threshold, level;
        const char *expected;
    } CASES[] = {
        {LOG_INFO, LOG_INFO, "vitrine: information: x\n"},
        {LOG_INFO, LOG_WARNING, "vitrine: warning: x\n"},
        {LOG_INFO, LOG_ERROR, "vitrine: error: x\n"},
        {LOG_WARNING, LOG_INFO, ""},
        {LOG_WARNING, LOG_WARNING, "vitrine: warning: x\n"},
        {LOG_ERROR, LOG_WARNING, ""},
        {LOG_ERROR, LOG_ERROR, "vitrine: error: x\n"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *text = written(CASES[i].threshold, CASES[i].level, "x");
        CHECK_TEXT(text, CASES[i].expected);
        free(text);
    }
}

static void escapes_what_a_terminal_obeys(void)
{
    static const char *const CASES[][2] = {
        {"a\nvitrine: error: forged", "vitrine: error: a\\nvitrine: error: forged\n"},
        {"\033[2J\r", "vitrine: error: \\x1B[2J\\x0D\n"},
        {"\x7F", "vitrine: error: \\x7F\n"},
        {"\xC2\x9B", "vitrine: error: \\xC2\\x9B\n"}, /* CSI as one character */
        {"\xFF", "vitrine: error: \\xFF\n"},
        {"Рощин 毛泽东", "vitrine: error: Рощин 毛泽东\n"},
        {"\xEF\xBF\xBD", "vitrine: error: \xEF\xBF\xBD\n"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        char *text = written(LOG_INFO, LOG_ERROR, CASES[i][0]);
        CHECK_TEXT(text, CASES[i][1]);
        free(text);
    }
}

static void marks_what_it_cuts(void)
{
    char message[3000];
    memset(message, 'a', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    char *text = written(LOG_INFO, LOG_ERROR, message);
    size_t length = text != NULL ? strlen(text) : 0;
    CHECK(length > 1000 && length < 1100);
    CHECK_TEXT(length > 5 ? text + length - 5 : NULL, "a...\n");
    free(text);
}

static void is_silent_without_a_stream(void)
{
    struct log log = {NULL, LOG_INFO};
    log_write(&log, LOG_ERROR, "x");
    log_write(NULL, LOG_ERROR, "x");
    CHECK(log.stream == NULL);
}

int main(void)
{
    RUN(writes_lines_by_level);
    RUN(escapes_what_a_terminal_obeys);
    RUN(marks_what_it_cuts);
    RUN(is_silent_without_a_stream);
    return check_report();
}
