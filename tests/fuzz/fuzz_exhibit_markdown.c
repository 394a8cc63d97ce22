/* Whatever bytes a text has, it becomes blocks of spans: whole UTF-8, spans one behind the other, names that
 * are ids and stand once. The first byte says how the text is read. */
#include "markdown.h"

#include "base/utf8.h"
#include "exhibit/place.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool so)
{
    if (!so) {
        abort();
    }
}

static void check_block(const struct block *block, struct table *anchors)
{
    insist(block->mark.line >= 1 && block->mark.column >= 1);
    insist(place_id_valid(str_from(block->segment)));
    if (block->anchored) {
        insist(table_find(anchors, str_from(block->segment)) == NULL);
        insist(table_put(anchors, str_from(block->segment), NULL));
    }
    for (size_t i = 0; i < block->span_count; i++) {
        const struct span *span = &block->spans[i];
        insist(span->text.length > 0 && utf8_check(span->text) == span->text.length);
        insist(i == 0 || span->text.data == block->spans[i - 1].text.data + block->spans[i - 1].text.length);
        insist(span->link == NULL || span->link->kind >= PLACE_DOCUMENT);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en"};
    struct exhibit exhibit = {
        .findings = findings_create(), .root = -1, .head = {.languages = languages, .language_count = 1}};
    struct arena scratch = {0};
    struct table anchors = {NULL, 0, 0};
    struct source source;
    struct prose_text text = {0};
    unsigned flags = size > 0 ? data[0] & 15u : 0;
    struct str bytes = {size > 0 ? (const char *)data + 1 : "", size > 0 ? size - 1 : 0};
    insist(exhibit.findings != NULL && source_take(exhibit.findings, &scratch, "x.md", bytes, &source));
    struct markdown_origin origin = {{"x.md", 1, 1}, size % 3 != 0, size % 2 != 0};
    markdown_read(&exhibit, &scratch, source.text, origin, flags, &text);
    insist(!exhibit.no_memory);
    for (size_t i = 0; i < text.block_count; i++) {
        check_block(&text.blocks[i], &anchors);
    }
    for (size_t i = 0; i < exhibit.reference_count; i++) {
        insist(exhibit.references[i].mark.line >= 1 && exhibit.references[i].mark.column >= 1);
    }
    table_finish(&anchors);
    findings_destroy(exhibit.findings);
    free(exhibit.references);
    arena_finish(&scratch);
    arena_finish(&exhibit.arena);
    return 0;
}
