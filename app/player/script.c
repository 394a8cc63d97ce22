#include "script.h"

#include "base/array.h"
#include "base/stream.h"
#include "base/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_MAX (16 << 20)

/* ---- keys */

static const struct {
    const char *name;
    enum player_key key;
} key_names[] = {
    /* The first name of a key is the one that is written. */
    {"Tab", KEY_TAB},
    {"Shift+Tab", KEY_BACKTAB},
    {"Left", KEY_LEFT},
    {"Right", KEY_RIGHT},
    {"Up", KEY_UP},
    {"Down", KEY_DOWN},
    {"Enter", KEY_SELECT},
    {"Return", KEY_SELECT},
    {"Space", KEY_SELECT},
    {"Backspace", KEY_BACK},
    {"Esc", KEY_ESCAPE},
    {"Escape", KEY_ESCAPE},
    {"PageUp", KEY_PAGE_UP},
    {"PageDown", KEY_PAGE_DOWN},
    {"Home", KEY_HOME},
    {"Plus", KEY_PLUS},
    {"+", KEY_PLUS},
    {"Minus", KEY_MINUS},
    {"-", KEY_MINUS},
    {"F1", KEY_LISTEN},
    {"B", KEY_BLANK},
    {".", KEY_BLANK},
    {"P", KEY_PEN},
    {"S", KEY_SPOTLIGHT},
    {"U", KEY_UNDO},
    {"W", KEY_WIPE},
    {"0", KEY_DIGIT_0},
    {"1", KEY_DIGIT_0 + 1},
    {"2", KEY_DIGIT_0 + 2},
    {"3", KEY_DIGIT_0 + 3},
    {"4", KEY_DIGIT_0 + 4},
    {"5", KEY_DIGIT_0 + 5},
    {"6", KEY_DIGIT_0 + 6},
    {"7", KEY_DIGIT_0 + 7},
    {"8", KEY_DIGIT_0 + 8},
    {"9", KEY_DIGIT_9},
};

enum player_key script_key(struct str name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(key_names); i++) {
        if (str_equal_c(name, key_names[i].name)) {
            return key_names[i].key;
        }
    }
    return KEY_NONE;
}

const char *script_key_name(enum player_key key)
{
    for (size_t i = 0; i < ARRAY_LENGTH(key_names); i++) {
        if (key_names[i].key == key) {
            return key_names[i].name;
        }
    }
    return "";
}

/* ---- one line */

struct reading {
    struct script *script;
    const char *name;
    struct str line;
    size_t at; /* byte in the line */
    int number;
    struct error *err;
};

/* Columns count characters, as the checker's do. */
static bool mistake(struct reading *r, size_t at, const char *what)
{
    int column = (int)utf8_count(str_slice(r->line, 0, at)) + 1;
    return error_set_at(r->err, ERROR_INPUT, r->name, r->number, column, "%s", what);
}

static bool mistake_in(struct reading *r, size_t at, const char *format, struct str word)
{
    char what[300];
    snprintf(what, sizeof what, format, STR_ARGS(str_slice(word, 0, 60)));
    return mistake(r, at, what);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_space(struct reading *r)
{
    while (r->at < r->line.length && is_space(r->line.data[r->at])) {
        r->at++;
    }
}

static struct str next_word(struct reading *r)
{
    skip_space(r);
    size_t from = r->at;
    while (r->at < r->line.length && !is_space(r->line.data[r->at])) {
        r->at++;
    }
    return str_slice(r->line, from, r->at - from);
}

struct range {
    const char *name; /* for messages */
    double from, to;
};

static bool read_number(struct reading *r, struct script_step *step, const struct range *range)
{
    struct str word = next_word(r);
    size_t at = r->at - word.length;
    double value;
    char what[200];
    if (word.length == 0) {
        snprintf(what, sizeof what, "here %s is missing", range->name);
        return mistake(r, at, what);
    }
    if (!str_to_double(word, &value)) {
        snprintf(what, sizeof what, "\"%.*s\" is no number: here %s is written",
            STR_ARGS(str_slice(word, 0, 60)), range->name);
        return mistake(r, at, what);
    }
    if (!(value >= range->from && value <= range->to)) {
        snprintf(what, sizeof what, "%s must be from %g to %g", range->name, range->from, range->to);
        return mistake(r, at, what);
    }
    step->n[step->count++] = value;
    return true;
}

#define FRACTION_X                                                                                           \
    {                                                                                                        \
        "x as a fraction of the window", 0, 1                                                                \
    }
#define FRACTION_Y                                                                                           \
    {                                                                                                        \
        "y as a fraction of the window", 0, 1                                                                \
    }
#define DURATION                                                                                             \
    {                                                                                                        \
        "a time in milliseconds", 0, 600000                                                                  \
    }

static const struct verb {
    const char *word;
    int numbers; /* after what is special about the verb */
    struct range ranges[5];
} verbs[SCRIPT_VERBS] = {
    [SCRIPT_GO] = {"go", 0, {{NULL, 0, 0}}},
    [SCRIPT_WAIT] = {"wait", 0, {{NULL, 0, 0}}},
    [SCRIPT_TAP] = {"tap", 2, {FRACTION_X, FRACTION_Y}},
    [SCRIPT_DRAG] = {"drag", 5, {FRACTION_X, FRACTION_Y, FRACTION_X, FRACTION_Y, DURATION}},
    [SCRIPT_PINCH] = {"pinch", 4, {FRACTION_X, FRACTION_Y, {"a factor", 0.001, 1000}, DURATION}},
    [SCRIPT_LOOK] = {"look", 4,
        {{"x as a fraction of the page", 0, 1}, {"y as a fraction of the page", 0, 1},
            {"a scale in screen pixels per image pixel", 0, 1000}, DURATION}},
    [SCRIPT_KEY] = {"key", 0, {{NULL, 0, 0}}},
    [SCRIPT_DOWN] = {"down", 3, {{"a finger's number", 0, 1000}, FRACTION_X, FRACTION_Y}},
    [SCRIPT_MOVE] = {"move", 3, {{"a finger's number", 0, 1000}, FRACTION_X, FRACTION_Y}},
    [SCRIPT_UP] = {"up", 1, {{"a finger's number", 0, 1000}, FRACTION_X, FRACTION_Y}},
    [SCRIPT_WHEEL] = {"wheel", 3, {FRACTION_X, FRACTION_Y, {"a number of steps", -100, 100}}},
    [SCRIPT_TYPE] = {"type", 0, {{NULL, 0, 0}}},
    [SCRIPT_RESIZE] = {"resize", 2, {{"a width in pixels", 200, 8192}, {"a height in pixels", 200, 8192}}},
    [SCRIPT_SCREENSHOT] = {"screenshot", 0, {{NULL, 0, 0}}},
    [SCRIPT_QUIT] = {"quit", 0, {{NULL, 0, 0}}},
};

static bool read_numbers(struct reading *r, struct script_step *step, const struct verb *verb, int count)
{
    bool ok = true;
    for (int i = 0; ok && i < count; i++) {
        ok = read_number(r, step, &verb->ranges[i]);
    }
    return ok;
}

/* Ends the word in the script's own text with a zero byte: what follows it is space or the line's end. */
static const char *keep(const struct reading *r, struct str word)
{
    char *start = r->script->text + (word.data - r->script->text);
    start[word.length] = '\0';
    return start;
}

/* All that stands behind the verb and one space, also when it is only a space. */
static bool read_typed(struct reading *r, struct script_step *step)
{
    struct str text = str_slice(r->line, r->at + 1, r->line.length);
    if (text.length > 0 && text.data[text.length - 1] == '\r') {
        text.length--;
    }
    if (text.length == 0 || text.length >= sizeof((struct player_event *)NULL)->text) {
        return mistake(r, r->at, "here the text is missing that is typed, at most 31 bytes");
    }
    r->at = r->line.length;
    step->text = keep(r, text);
    return true;
}

static bool read_special(struct reading *r, struct script_step *step)
{
    size_t before = r->at;
    struct str word = next_word(r);
    size_t at = r->at - word.length;
    switch (step->verb) {
    case SCRIPT_GO:
        return place_parse(word, &step->place) || mistake_in(r, at, "\"%.*s\" is no place", word);
    case SCRIPT_WAIT:
        return str_equal_c(word, "ready") ||
               mistake_in(r, at, "one can only \"wait ready\", not \"wait %.*s\"", word);
    case SCRIPT_KEY:
        step->key = script_key(word);
        return step->key != KEY_NONE ||
               mistake_in(r, at,
                   "\"%.*s\" is no key: Tab, Shift+Tab, Left, Right, Up, Down, Enter, Space, Esc, Backspace, "
                   "PageUp, PageDown, Home, Plus, Minus",
                   word);
    case SCRIPT_SCREENSHOT:
        step->text = word.length > 0 ? keep(r, word) : NULL;
        return word.length > 0 || mistake(r, at, "here a file's name is missing");
    case SCRIPT_TYPE:
        r->at = before;
        return read_typed(r, step);
    case SCRIPT_TAP:
        if (word.length > 1 && word.data[0] == '@') {
            step->text = keep(r, str_slice(word, 1, word.length));
            return true;
        }
        r->at = before;
        return true;
    default:
        r->at = before;
        return true;
    }
}

static bool read_arguments(struct reading *r, struct script_step *step)
{
    const struct verb *verb = &verbs[step->verb];
    if (!read_special(r, step) || !read_numbers(r, step, verb, step->text != NULL ? 0 : verb->numbers)) {
        return false;
    }
    skip_space(r);
    if (step->verb == SCRIPT_UP && r->at < r->line.length) { /* where it lifts may be left out */
        struct verb rest = {"up", 2, {FRACTION_X, FRACTION_Y}};
        if (!read_numbers(r, step, &rest, 2)) {
            return false;
        }
    }
    size_t at = (skip_space(r), r->at);
    struct str word = next_word(r);
    return word.length == 0 || mistake_in(r, at, "\"%.*s\" is one word too many", word);
}

static bool read_verb(struct reading *r, struct script_step *step)
{
    struct str word = next_word(r);
    for (size_t i = 0; i < SCRIPT_VERBS; i++) {
        if (str_equal_c(word, verbs[i].word)) {
            step->verb = (enum script_verb)i;
            return true;
        }
    }
    return mistake_in(r, r->at - word.length,
        word.length == 0 ? "after the time a verb is missing%.*s"
                         : "\"%.*s\" is no verb: go wait tap drag pinch look key down move up wheel type "
                           "resize screenshot quit",
        word);
}

static bool read_line(struct reading *r)
{
    struct script *script = r->script;
    struct script_step step = {.line = r->number};
    struct str word = next_word(r);
    size_t at = r->at - word.length;
    long ms;
    if (word.length == 0) {
        return true;
    }
    if (!str_to_long(word, &ms) || ms < 0 || ms > 86400000) {
        return mistake_in(
            r, at, "\"%.*s\" is no time: a line begins with whole milliseconds from the first frame", word);
    }
    if (script->count > 0 && ms < script->steps[script->count - 1].ms) {
        return mistake(r, at, "time goes backwards: this step comes before the one above it");
    }
    step.ms = ms;
    if (!read_verb(r, &step) || !read_arguments(r, &step)) {
        return false;
    }
    return ARRAY_PUSH(script->steps, script->count, script->capacity, step) || error_memory(r->err);
}

static bool read_lines(struct script *script, size_t length, struct error *err)
{
    struct str rest = {script->text, length};
    bool ok = true;
    for (int number = 1; ok && rest.length > 0; number++) {
        struct reading r = {script, script->name, str_split(&rest, '\n'), 0, number, err};
        bool comment = r.line.length > 0 && r.line.data[0] == '#';
        if (utf8_check(r.line) < r.line.length || memchr(r.line.data, '\0', r.line.length) != NULL) {
            ok = mistake(&r, 0, "this line is not text (UTF-8)");
        } else if (!comment) {
            ok = read_line(&r);
        }
    }
    return ok;
}

bool script_parse(struct script *script, struct str text, const char *name, struct error *err)
{
    *script = (struct script){0};
    script->name = strdup(name);
    script->text = malloc(text.length + 1);
    if (script->name == NULL || script->text == NULL) {
        script_finish(script);
        return error_memory(err);
    }
    if (text.length > 0) {
        memcpy(script->text, text.data, text.length);
    }
    script->text[text.length] = '\0';
    if (!read_lines(script, text.length, err)) {
        script_finish(script);
        return false;
    }
    return true;
}

bool script_open(struct script *script, const char *path, struct error *err)
{
    *script = (struct script){0};
    FILE *file = stream_open(path, "r");
    char *bytes = NULL;
    size_t length = 0, capacity = 0;
    bool ok = file != NULL;
    while (ok && !feof(file) && !ferror(file) && length < BYTES_MAX) {
        ok = array_reserve(&bytes, &capacity, length + 4096, 1);
        length += ok ? fread(bytes + length, 1, 4096, file) : 0;
    }
    if (file == NULL || ferror(file)) {
        error_set_at(err, ERROR_INPUT, path, 0, 0, "cannot be read: %s", strerror(errno));
        ok = false;
    } else if (!ok) {
        error_memory(err);
    } else if (length >= BYTES_MAX) {
        ok = error_set_at(err, ERROR_INPUT, path, 0, 0, "is too long for a visit script");
    }
    ok = ok && script_parse(script, (struct str){bytes, length}, path, err);
    if (file != NULL) {
        fclose(file);
    }
    free(bytes);
    return ok;
}

void script_finish(struct script *script)
{
    free(script->name);
    free(script->text);
    free(script->steps);
    *script = (struct script){0};
}
