#include "rules.h"

#include "base/array.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void report(struct findings *findings, const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report(struct findings *findings, const char *path, size_t line, const char *format, ...)
{
    char what[120];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    findings->count++;
    snprintf(findings->last, sizeof findings->last, "%s:%zu: %s", path, line, what);
    if (!findings->quiet) {
        fprintf(stderr, "%s\n", findings->last);
    }
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t line_at(const char *text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) {
        line += text[i] == '\n';
    }
    return line;
}

static void blank(char *code, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (code[i] != '\n') {
            code[i] = ' ';
        }
    }
}

/* The end of the comment, string, character constant or preprocessor line that begins at `at`; `at` when none
 * does. */
static size_t skip(const char *text, size_t length, size_t at, bool line_start)
{
    char c = text[at];
    size_t end = at + 1;
    if (c == '/' && text[end] == '*') {
        const char *close = strstr(text + at + 2, "*/");
        return close != NULL ? (size_t)(close - text) + 2 : length;
    }
    if ((c == '/' && text[end] == '/') || (c == '#' && line_start)) {
        while (end < length && (text[end] != '\n' || text[end - 1] == '\\')) {
            end++;
        }
        return end;
    }
    if (c == '"' || c == '\'') {
        while (end < length && text[end] != c && text[end] != '\n') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return end < length ? end + 1 : length;
    }
    return at;
}

char *rules_code(const char *text, size_t length)
{
    char *code = malloc(length + 1);
    if (code == NULL) {
        return NULL;
    }
    memcpy(code, text, length);
    code[length] = '\0';
    bool line_start = true; /* nothing but space since the line began */
    for (size_t at = 0; at < length;) {
        size_t end = skip(text, length, at, line_start);
        if (end > at) {
            blank(code, at, end);
            line_start = false;
            at = end;
        } else {
            line_start = text[at] == '\n' || (line_start && (text[at] == ' ' || text[at] == '\t'));
            at++;
        }
    }
    return code;
}

/* Which room a path lies in: the folder under app/, or nothing. */
static struct str room_of(struct str path)
{
    if (!str_starts_with(path, STR("app/"))) {
        return STR("");
    }
    struct str rest = str_slice(path, 4, SIZE_MAX);
    size_t slash = str_find(rest, '/');
    return slash < rest.length ? str_slice(rest, 0, slash) : STR("");
}

static bool sdl_allowed(struct str path)
{
    return !str_starts_with(path, STR("app/")) || str_equal(room_of(path), STR("stage"));
}

static void check_include(struct findings *findings, const char *path, size_t line, struct str target)
{
    struct str name = str_slice(target, 1, SIZE_MAX);
    name = str_slice(name, 0, str_find(name, target.data[0] == '<' ? '>' : '"'));
    struct str last = name;
    if (str_starts_with(name, STR("/"))) {
        report(findings, path, line, "an include is never an absolute path");
    }
    for (struct str rest = name; rest.length > 0;) {
        last = str_split(&rest, '/');
        if (str_equal(last, STR(".."))) {
            report(findings, path, line, "an include never climbs with ..");
        }
    }
    if (str_starts_with(last, STR("SDL")) && !sdl_allowed(str_from(path))) {
        report(findings, path, line, "SDL is included in app/stage only");
    }
}

static void check_includes(struct findings *findings, const char *path, const char *text, size_t length)
{
    struct str rest = {text, length};
    for (size_t line = 1; rest.length > 0; line++) {
        struct str words = str_trim(str_split(&rest, '\n'));
        if (!str_starts_with(words, STR("#"))) {
            continue;
        }
        words = str_trim(str_slice(words, 1, SIZE_MAX));
        if (str_starts_with(words, STR("include"))) {
            struct str target = str_trim(str_slice(words, 7, SIZE_MAX));
            if (target.length > 0) {
                check_include(findings, path, line, target);
            }
        }
    }
}

/* Does the word at `at` equal `word`, or begin with it where the word ends in an underscore? */
static bool word_at(const char *code, size_t at, const char *word)
{
    size_t length = strlen(word);
    return (at == 0 || !is_word(code[at - 1])) && strncmp(code + at, word, length) == 0 &&
           (word[length - 1] == '_' || !is_word(code[at + length]));
}

static void check_words(
    struct findings *findings, const char *path, const char *code, const char *const words[], const char *why)
{
    for (size_t at = 0; code[at] != '\0'; at++) {
        for (size_t i = 0; words[i] != NULL; i++) {
            if (word_at(code, at, words[i])) {
                report(findings, path, line_at(code, at), "%s: %s", words[i], why);
            }
        }
    }
}

static void check_sdl(struct findings *findings, const char *path, const char *code)
{
    static const char *const words[] = {"SDL_", NULL};
    if (!sdl_allowed(str_from(path))) {
        check_words(findings, path, code, words, "SDL lives in app/stage");
    }
}

static void check_purity(struct findings *findings, const char *path, const char *code)
{
    static const char *const words[] = {"fopen", "open", "openat", "opendir", "getenv", "clock_gettime",
        "gettimeofday", "time", "clock", "rand", "random", "printf", "fork", "malloc_trim", "usleep", NULL};
    struct str room = room_of(str_from(path));
    if (!str_equal(room, STR("visit")) && !str_equal(room, STR("view"))) {
        return;
    }
    for (size_t at = 0; code[at] != '\0'; at++) {
        for (size_t i = 0; words[i] != NULL; i++) {
            /* Only a call counts: a member may well be called time. */
            if (word_at(code, at, words[i]) && code[at + strlen(words[i])] == '(' &&
                (at == 0 || (code[at - 1] != '>' && code[at - 1] != '.'))) {
                report(findings, path, line_at(code, at), "%s(): this room is pure", words[i]);
            }
        }
    }
}

static void check_file_length(struct findings *findings, const char *path, const char *text, size_t length)
{
    size_t lines = line_at(text, length) - (length > 0 && text[length - 1] == '\n');
    if (lines > RULES_FILE_LINES) {
        report(findings, path, lines, "%zu lines; a file has at most %d", lines, RULES_FILE_LINES);
    }
}

/* What the reader of function lengths knows between two characters. */
struct brace_reader {
    int depth;
    bool function; /* the outermost brace opened a function */
    size_t start;  /* where the statement at depth 0 began; SIZE_MAX before its first character */
    char previous; /* the last character that is not space */
};

static void end_of_outer_block(
    struct findings *findings, const char *path, const char *code, struct brace_reader *reader, size_t at)
{
    size_t lines = line_at(code, at) - line_at(code, reader->start) + 1;
    if (reader->function && lines > RULES_FUNCTION_LINES) {
        report(findings, path, line_at(code, reader->start), "a function of %zu lines; at most %d", lines,
            RULES_FUNCTION_LINES);
    }
    reader->start = SIZE_MAX;
}

/* A brace at the outermost level that follows a closing parenthesis opens a function. */
static void check_function_lengths(struct findings *findings, const char *path, const char *code)
{
    struct brace_reader reader = {.start = SIZE_MAX};
    for (size_t at = 0; code[at] != '\0'; at++) {
        char c = code[at];
        if (c == ' ' || c == '\n' || c == '\t') {
            continue;
        }
        if (reader.depth == 0 && reader.start == SIZE_MAX) {
            reader.start = at;
        }
        if (c == '{') {
            reader.function = reader.depth == 0 ? reader.previous == ')' : reader.function;
            reader.depth++;
        } else if (c == '}') {
            reader.depth--;
            if (reader.depth == 0) {
                end_of_outer_block(findings, path, code, &reader, at);
            }
        } else if (c == ';' && reader.depth == 0) {
            reader.start = SIZE_MAX;
        }
        reader.previous = c;
    }
    if (reader.depth != 0) {
        report(findings, path, line_at(code, strlen(code)),
            "braces do not balance, so functions cannot be measured");
    }
}

/* The strings below are cut in two so that this file does not break its own rule. */
static void check_marks(struct findings *findings, const char *path, const char *text)
{
    static const char *const words[] = {"TO"
                                        "DO",
        "FIX"
        "ME",
        NULL};
    check_words(findings, path, text, words, "finish it, or open an issue");
}

static void check_machine_paths(struct findings *findings, const char *path, const char *text)
{
    static const char *const places[] = {"/wo"
                                         "rk/",
        "/ho"
        "me/",
        "/ro"
        "ot/",
        "/Us"
        "ers/",
        "/tmp/bri"
        "ef",
        "/tmp/bui"
        "ld",
        ".libr"
        "ary/"};
    for (size_t i = 0; i < ARRAY_LENGTH(places); i++) {
        for (const char *found = strstr(text, places[i]); found != NULL;
             found = strstr(found + 1, places[i])) {
            bool inside = found > text && (is_word(found[-1]) || found[-1] == '.' || found[-1] == '}');
            if (!inside) {
                report(findings, path, line_at(text, (size_t)(found - text)), "a path of one machine: %s",
                    places[i]);
            }
        }
    }
}

static void check_c(struct findings *findings, const char *path, const char *text, size_t length)
{
    char *code = rules_code(text, length);
    if (code == NULL) {
        report(findings, path, 1, "no memory to read it");
        return;
    }
    check_includes(findings, path, text, length);
    check_sdl(findings, path, code);
    check_purity(findings, path, code);
    check_function_lengths(findings, path, code);
    free(code);
}

void rules_check(struct findings *findings, const char *path, const char *text, size_t length)
{
    struct str name = str_from(path);
    bool header = str_ends_with(name, STR(".h")), source = str_ends_with(name, STR(".c"));
    bool program = header || source || str_ends_with(name, STR(".cmake")) ||
                   str_ends_with(name, STR("CMakeLists.txt")) || str_equal(name, STR("packaging/play")) ||
                   str_equal(name, STR("tests/run"));
    if (memchr(text, '\0', length) != NULL) {
        return; /* not a text */
    }
    if (header || source) {
        check_c(findings, path, text, length);
    }
    if (program) {
        check_file_length(findings, path, text, length);
    }
    if (program || !str_starts_with(name, STR("exhibits/"))) {
        check_marks(findings, path, text);
    }
    check_machine_paths(findings, path, text);
}
