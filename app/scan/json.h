/* A bounded reader of JSON (RFC 8259) that knows its line: one pass over the bytes, no tree, no memory of its
 * own.
 *
 *     json_open(&j, '{');
 *     while (json_key(&j, key, sizeof key)) {
 *         if (...) json_integer(&j, &n); else json_skip(&j);
 *     }
 *
 * After the first mistake every call does nothing and returns false; look at `failed` at the end. */
#ifndef SCAN_JSON_H
#define SCAN_JSON_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define JSON_DEPTH 32

struct json {
    const char *bytes;
    size_t length, at;
    int line; /* of `at`, from 1 */
    int depth;
    char closers[JSON_DEPTH];
    bool first; /* nothing has been read of the innermost array or object */
    bool failed;
    const char *file;
    struct error *err;
};

struct json json_start(const char *bytes, size_t length, const char *file, struct error *err);
/* Notes the first mistake at the present line; returns false. */
bool json_fail(struct json *j, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What comes next: '{' '[' '"' '0' (a number) 't' 'f' 'n', or 0. */
char json_peek(struct json *j);
/* Enters an object '{' or array '['; false, with a mistake noted, when something else stands there. */
bool json_open(struct json *j, char opener);
/* The next key of the innermost object, cut to fit; false, having left it, at its end. */
bool json_key(struct json *j, char *key, size_t size);
/* True while the innermost array has another item; false, having left it, at its end. */
bool json_item(struct json *j);
/* The next value must be a string; it is cut to fit, and what is not ASCII becomes '?'. */
bool json_string(struct json *j, char *text, size_t size);
/* The next value must be a number that is whole and between low and high; `name` is for the message. */
bool json_integer(struct json *j, const char *name, long low, long high, long *value);
/* Passes over the next value, whatever it is. */
bool json_skip(struct json *j);
/* True when nothing but white space is left. */
bool json_end(struct json *j);

#endif
