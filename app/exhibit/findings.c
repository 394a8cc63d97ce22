#include "exhibit/findings.h"

#include "base/arena.h"
#include "base/array.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct findings {
    struct arena arena;
    struct finding *items;
    size_t count, capacity;
    size_t errors, left_out;
};

struct findings *findings_create(void)
{
    return calloc(1, sizeof(struct findings));
}

void findings_destroy(struct findings *findings)
{
    if (findings == NULL) {
        return;
    }
    free(findings->items);
    arena_finish(&findings->arena);
    free(findings);
}

/* A message is one line on a screen or in a terminal, whatever bytes of the exhibit it quotes. */
static void soften(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            *text = ' ';
        }
    }
}

static bool keep(struct findings *findings, struct finding finding, const char *file, const char *message)
{
    finding.file = arena_copy(&findings->arena, str_from(file)).data;
    finding.message = arena_copy(&findings->arena, str_from(message)).data;
    return finding.file != NULL && finding.message != NULL &&
           ARRAY_PUSH(findings->items, findings->count, findings->capacity, finding);
}

void findings_add(struct findings *findings, enum finding_code code, const char *file, int line, int column,
    const char *format, ...)
{
    if (findings == NULL) {
        return;
    }
    const struct finding_kind *kind = finding_kind_find((int)code);
    struct finding finding = {.severity = kind != NULL ? kind->severity : SEVERITY_ERROR,
        .code = (int)code,
        .line = line > 0 ? line : 1,
        .column = column > 0 ? column : 1};
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    soften(message);
    findings->errors += finding.severity == SEVERITY_ERROR;
    if (findings->count >= FINDINGS_MAX || !keep(findings, finding, file != NULL ? file : "", message)) {
        findings->left_out++;
    }
}

size_t findings_count(const struct findings *findings)
{
    return findings->count;
}

size_t findings_errors(const struct findings *findings)
{
    return findings->errors;
}

size_t findings_left_out(const struct findings *findings)
{
    return findings->left_out;
}

const struct finding *findings_get(const struct findings *findings, size_t index)
{
    return index < findings->count ? &findings->items[index] : NULL;
}

static int by_place(const void *left, const void *right)
{
    const struct finding *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    if (order == 0) {
        order = (a->line > b->line) - (a->line < b->line);
    }
    if (order == 0) {
        order = (a->column > b->column) - (a->column < b->column);
    }
    if (order == 0) {
        order = (a->code > b->code) - (a->code < b->code);
    }
    return order;
}

void findings_sort(struct findings *findings)
{
    if (findings->count > 1) {
        qsort(findings->items, findings->count, sizeof *findings->items, by_place);
    }
}

void findings_print(const struct findings *findings, const char *folder, FILE *stream)
{
    bool slash = folder != NULL && folder[0] != '\0' && folder[strlen(folder) - 1] != '/';
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        fprintf(stream, "%s%s%s:%d:%d: %s: %s [VIT-%d]\n", folder != NULL ? folder : "", slash ? "/" : "",
            finding->file, finding->line, finding->column,
            finding->severity == SEVERITY_ERROR ? "error" : "warning", finding->message, finding->code);
    }
    if (findings->left_out > 0) {
        fprintf(stream, "%zu more are not listed: mend these first\n", findings->left_out);
    }
}
