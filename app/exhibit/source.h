/* A text file of an exhibit: all of it in memory, UTF-8, without what cannot be shown. */
#ifndef EXHIBIT_SOURCE_H
#define EXHIBIT_SOURCE_H

#include "base/arena.h"
#include "exhibit/findings.h"
#include "path.h"

struct source {
    const char *file;  /* relative, for marks; outlives the source */
    struct str text;   /* without a byte order mark; bytes that are no UTF-8 stand as U+FFFD */
    size_t *lines;     /* the byte at which each line begins */
    size_t line_count; /* at least 1 */
    size_t seen_byte; /* what source_where() was asked last, so that a long line is not counted from its start
                         each time */
    int seen_line, seen_column;
    bool partial; /* broken off: what is missing is not to be complained about */
};

struct exhibit;
/* Reads a file of the exhibit into `scratch`. Reports what is wrong with its bytes. The result says whether
 * there is a text; PATH_MISSING is not reported, all else is, at `file`:1:1. */
enum path_result source_read(
    struct exhibit *exhibit, struct arena *scratch, const char *path, size_t limit, struct source *source);
/* The same for bytes that are already there. False when out of memory. */
bool source_take(struct findings *findings, struct arena *scratch, const char *file, struct str bytes,
    struct source *source);

/* Fills the table of lines of source->text. False when out of memory. */
bool source_index(struct source *source, struct arena *scratch);

/* Line `line` (from 1) without its end; empty past the last. */
struct str source_line(const struct source *source, int line);
/* Line and column in characters, from 1, of a byte of the text. */
void source_where(struct source *source, size_t byte, int *line, int *column);

/* Tells about a path that did not work out, at a place in a file. `what` names what was looked for. PATH_GOOD
 * and PATH_NO_MEMORY say nothing. */
void source_report_path(struct findings *findings, enum path_result result, const char *file, int line,
    int column, struct str path, size_t limit);

#endif
