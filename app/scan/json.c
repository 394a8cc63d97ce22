#include "json.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct json json_start(const char *bytes, size_t length, const char *file, struct error *err)
{
    return (struct json){.bytes = bytes, .length = length, .line = 1, .file = file, .err = err};
}

bool json_fail(struct json *j, const char *format, ...)
{
    if (!j->failed) {
        char message[256];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
        error_set_at(j->err, ERROR_INPUT, j->file, j->line, 0, "%s", message);
        j->failed = true;
    }
    return false;
}

static char next(struct json *j)
{
    for (; j->at < j->length; j->at++) {
        char c = j->bytes[j->at];
        if (c == '\n') {
            j->line++;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            return c;
        }
    }
    return '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

char json_peek(struct json *j)
{
    char c = j->failed ? '\0' : next(j);
    if (c == '-' || is_digit(c)) {
        return '0';
    }
    return c != '\0' && strchr("{[\"tfn", c) != NULL ? c : '\0';
}

bool json_open(struct json *j, char opener)
{
    if (json_peek(j) != opener) {
        return json_fail(
            j, opener == '{' ? "an object { } should stand here" : "a list [ ] should stand here");
    }
    if (j->depth == JSON_DEPTH) {
        return json_fail(j, "more than %d levels of brackets", JSON_DEPTH);
    }
    j->at++;
    j->closers[j->depth++] = opener == '{' ? '}' : ']';
    j->first = true;
    return true;
}

/* Moves to the next member; false at the end of the innermost bracket, which is left. */
static bool member(struct json *j, char closer)
{
    if (j->failed) {
        return false;
    }
    char c = next(j);
    if (c == closer) {
        j->at++;
        j->depth--;
        j->first = false;
        return false;
    }
    if (!j->first) {
        if (c != ',') {
            return json_fail(j, "a comma or a closing bracket is missing");
        }
        j->at++;
    }
    j->first = false;
    return true;
}

bool json_key(struct json *j, char *key, size_t size)
{
    if (!member(j, '}') || !json_string(j, key, size)) {
        return false;
    }
    if (next(j) != ':') {
        return json_fail(j, "a colon is missing after \"%.40s\"", key);
    }
    j->at++;
    return true;
}

bool json_item(struct json *j)
{
    return member(j, ']');
}

/* The four digits behind \u; they become one '?' or one ASCII character. */
static bool escaped_unit(struct json *j, char *c)
{
    unsigned value = 0;
    for (int i = 0; i < 4; i++) {
        char d = j->at < j->length ? j->bytes[j->at++] : '\0';
        unsigned digit = is_digit(d)            ? (unsigned)(d - '0')
                         : d >= 'a' && d <= 'f' ? (unsigned)(d - 'a' + 10)
                         : d >= 'A' && d <= 'F' ? (unsigned)(d - 'A' + 10)
                                                : 16;
        if (digit == 16) {
            return json_fail(j, "\\u is not followed by four hexadecimal digits");
        }
        value = value * 16 + digit;
    }
    *c = value >= 0x20 && value < 0x7F ? (char)value : '?';
    return true;
}

static bool escaped(struct json *j, char *c)
{
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    char e = j->at < j->length ? j->bytes[j->at++] : '\0';
    const char *found = e == '\0' ? NULL : strchr(FROM, e);
    if (e == 'u') {
        return escaped_unit(j, c);
    }
    if (found == NULL) {
        return json_fail(j, "an unknown escape in a string");
    }
    *c = TO[found - FROM];
    return true;
}

bool json_string(struct json *j, char *text, size_t size)
{
    size_t used = 0;
    if (json_peek(j) != '"') {
        return json_fail(j, "a string should stand here");
    }
    j->at++;
    while (j->at < j->length && j->bytes[j->at] != '"') {
        char c = j->bytes[j->at++];
        if ((unsigned char)c < 0x20) {
            return json_fail(j, "a control character in a string");
        }
        if (c == '\\' && !escaped(j, &c)) {
            return false;
        }
        if (used + 1 < size) {
            text[used++] = (unsigned char)c < 0x80 ? c : '?';
        }
    }
    text[used] = '\0';
    if (j->at >= j->length) {
        return json_fail(j, "a string without an end");
    }
    j->at++;
    return true;
}

/* The digits of RFC 8259's number, checked; the slice that they are. */
static bool number(struct json *j, struct str *digits)
{
    size_t start = j->at;
    const char *b = j->bytes;
    if (j->at < j->length && b[j->at] == '-') {
        j->at++;
    }
    size_t whole = j->at;
    while (j->at < j->length && is_digit(b[j->at])) {
        j->at++;
    }
    if (j->at == whole || (b[whole] == '0' && j->at - whole > 1)) {
        return json_fail(j, "not a number");
    }
    while (
        j->at < j->length && (is_digit(b[j->at]) || strchr(".eE+-", b[j->at]) != NULL) && b[j->at] != '\0') {
        j->at++;
    }
    *digits = (struct str){b + start, j->at - start};
    double value;
    return str_to_double(*digits, &value) || json_fail(j, "not a number");
}

bool json_integer(struct json *j, const char *name, long low, long high, long *value)
{
    struct str digits;
    if (json_peek(j) != '0') {
        return json_fail(j, "%s must be a number", name);
    }
    if (!number(j, &digits)) {
        return false;
    }
    if (!str_to_long(digits, value) || *value < low || *value > high) {
        return json_fail(j, "%s is %.*s; it must be a whole number from %ld to %ld", name,
            (int)(digits.length < 40 ? digits.length : 40), digits.data, low, high);
    }
    return true;
}

static bool word(struct json *j, const char *expected)
{
    size_t length = strlen(expected);
    if (j->length - j->at < length || memcmp(j->bytes + j->at, expected, length) != 0) {
        return json_fail(j, "a word that JSON does not know");
    }
    j->at += length;
    return true;
}

/* One value without what is inside its brackets. */
static bool skip_flat(struct json *j)
{
    char text[8];
    struct str digits;
    switch (json_peek(j)) {
    case '{':
        return json_open(j, '{');
    case '[':
        return json_open(j, '[');
    case '"':
        return json_string(j, text, sizeof text);
    case '0':
        return number(j, &digits);
    case 't':
        return word(j, "true");
    case 'f':
        return word(j, "false");
    case 'n':
        return word(j, "null");
    default:
        return json_fail(j, j->at < j->length ? "a value should stand here" : "the file ends too early");
    }
}

bool json_skip(struct json *j)
{
    int outside = j->depth;
    char key[8];
    bool more = skip_flat(j);
    while (more && j->depth > outside) {
        bool object = j->closers[j->depth - 1] == '}';
        bool inside = object ? json_key(j, key, sizeof key) : json_item(j);
        if (inside && !skip_flat(j)) {
            return false;
        }
        more = !j->failed;
    }
    return more;
}

bool json_end(struct json *j)
{
    if (!j->failed && next(j) != '\0') {
        return json_fail(j, "something stands after the end");
    }
    return !j->failed && (j->at >= j->length || json_fail(j, "a zero byte"));
}
