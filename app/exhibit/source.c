#include "source.h"

#include "base/utf8.h"
#include "internal.h"

#include <stdint.h>
#include <string.h>

bool source_index(struct source *source, struct arena *scratch)
{
    size_t count = 1;
    for (size_t i = 0; i < source->text.length; i++) {
        count += source->text.data[i] == '\n';
    }
    source->lines = arena_take_array(scratch, count, sizeof *source->lines);
    if (source->lines == NULL) {
        return false;
    }
    source->line_count = 1;
    source->seen_line = 0;
    for (size_t i = 0; i < source->text.length; i++) {
        if (source->text.data[i] == '\n') {
            source->lines[source->line_count++] = i + 1;
        }
    }
    return true;
}

struct str source_line(const struct source *source, int line)
{
    if (line < 1 || (size_t)line > source->line_count) {
        return (struct str){NULL, 0};
    }
    size_t from = source->lines[line - 1];
    struct str rest = str_slice(source->text, from, source->text.length);
    struct str found = str_slice(rest, 0, str_find(rest, '\n'));
    if (found.length > 0 && found.data[found.length - 1] == '\r') {
        found.length--;
    }
    return found;
}

void source_where(struct source *source, size_t byte, int *line, int *column)
{
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= byte) {
            low = middle;
        } else {
            high = middle;
        }
    }
    size_t from = source->lines[low];
    int columns = 0;
    if (source->seen_line == (int)low + 1 && source->seen_byte <= byte) {
        from = source->seen_byte;
        columns = source->seen_column - 1;
    }
    *line = (int)low + 1;
    *column = columns + (int)utf8_count(str_slice(source->text, from, byte - from)) + 1;
    source->seen_byte = byte;
    source->seen_line = *line;
    source->seen_column = *column;
}

/* What YAML 1.2 calls printable, without the byte order mark. */
static bool is_printable(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' ||
           (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F || c == 0x85) && c != 0xFEFF && c != 0xFFFE &&
               c != 0xFFFF);
}

struct faults {
    size_t bad_utf8, bad_control;     /* how many */
    size_t first_utf8, first_control; /* bytes */
    uint32_t control;
};

static struct faults look(struct str text)
{
    struct faults faults = {0, 0, 0, 0, 0};
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (c == UTF8_REPLACEMENT && at - start == 1) {
            if (faults.bad_utf8++ == 0) {
                faults.first_utf8 = start;
            }
        } else if (!is_printable(c)) {
            if (faults.bad_control++ == 0) {
                faults.first_control = start;
                faults.control = c;
            }
        }
    }
    return faults;
}

/* The text with every fault as U+FFFD, so that the rest can be read. */
static bool mend(struct source *source, struct arena *scratch, size_t faults)
{
    if (source->text.length > SIZE_MAX / 4) {
        return false;
    }
    char *out = arena_take(scratch, source->text.length + faults * 3 + 1);
    if (out == NULL) {
        return false;
    }
    size_t length = 0;
    for (size_t at = 0; at < source->text.length;) {
        size_t start = at;
        uint32_t c = utf8_next(source->text, &at);
        if ((c == UTF8_REPLACEMENT && at - start == 1) || !is_printable(c)) {
            length += utf8_encode(UTF8_REPLACEMENT, out + length);
        } else {
            memcpy(out + length, source->text.data + start, at - start);
            length += at - start;
        }
    }
    out[length] = '\0';
    source->text = (struct str){out, length};
    return true;
}

static void report(struct findings *findings, struct source *source, const struct faults *faults)
{
    int line, column;
    if (faults->bad_utf8 > 0) {
        source_where(source, faults->first_utf8, &line, &column);
        findings_add(findings, FINDING_NOT_UTF8, source->file, line, column,
            "this is not UTF-8 (%zu such place%s in this file): save the file as UTF-8 in your editor",
            faults->bad_utf8, faults->bad_utf8 == 1 ? "" : "s");
    }
    if (faults->bad_control > 0) {
        source_where(source, faults->first_control, &line, &column);
        findings_add(findings, FINDING_CONTROL_CHARACTER, source->file, line, column,
            "an invisible control character U+%04X (%zu such place%s in this file): delete it",
            (unsigned)faults->control, faults->bad_control, faults->bad_control == 1 ? "" : "s");
    }
}

bool source_take(struct findings *findings, struct arena *scratch, const char *file, struct str bytes,
    struct source *source)
{
    *source = (struct source){.file = file, .text = bytes};
    if (str_starts_with(bytes, STR("\xEF\xBB\xBF"))) {
        source->text = str_slice(bytes, 3, bytes.length);
    }
    if (!source_index(source, scratch)) {
        return false;
    }
    struct faults faults = look(source->text);
    if (faults.bad_utf8 + faults.bad_control == 0) {
        return true;
    }
    report(findings, source, &faults);
    return mend(source, scratch, faults.bad_utf8 + faults.bad_control) && source_index(source, scratch);
}

enum path_result source_read(
    struct exhibit *exhibit, struct arena *scratch, const char *path, size_t limit, struct source *source)
{
    struct str bytes = {NULL, 0};
    *source = (struct source){.file = path};
    enum path_result result = path_read(exhibit->root, path, limit, scratch, &bytes);
    if (result == PATH_MISSING) {
        return result;
    }
    const char *file = exhibit_note_file(exhibit, path);
    if (result == PATH_GOOD && !source_take(exhibit->findings, scratch, file, bytes, source)) {
        result = PATH_NO_MEMORY;
    }
    if (result == PATH_NO_MEMORY) {
        exhibit->no_memory = true;
    }
    source_report_path(exhibit->findings, result, file, 1, 1, str_from(path), limit);
    return result;
}

void source_report_path(struct findings *findings, enum path_result result, const char *file, int line,
    int column, struct str path, size_t limit)
{
    switch (result) {
    case PATH_GOOD:
    case PATH_NO_MEMORY:
        break;
    case PATH_MISSING:
        findings_add(findings, FINDING_FILE_MISSING, file, line, column,
            "there is no file %.*s: put it there, or mend the name (capital and small letters differ)",
            STR_ARGS(path));
        break;
    case PATH_LEAVES:
        findings_add(findings, FINDING_PATH_LEAVES, file, line, column,
            "the path \"%.*s\" may lead out of the exhibit: write a plain path such as pages/1.png, without "
            ".. and without a / in "
            "front",
            STR_ARGS(path));
        break;
    case PATH_SYMLINK:
        findings_add(findings, FINDING_PATH_SYMLINK, file, line, column,
            "%.*s is, or leads through, a symbolic link: copy the file itself into the exhibit",
            STR_ARGS(path));
        break;
    case PATH_TOO_LARGE:
        findings_add(findings, FINDING_FILE_TOO_LARGE, file, line, column,
            "%.*s is larger than %zu KiB, the most that is read: split it or make it smaller", STR_ARGS(path),
            limit / 1024);
        break;
    case PATH_NOT_FILE:
        findings_add(findings, FINDING_FILE_UNREADABLE, file, line, column,
            "%.*s is not a file that can be read (it is a folder or something special): put a file there",
            STR_ARGS(path));
        break;
    case PATH_UNREADABLE:
        findings_add(findings, FINDING_FILE_UNREADABLE, file, line, column,
            "%.*s cannot be read: give this user the right to read it, or copy it again", STR_ARGS(path));
        break;
    }
}
