/* What readers keep in an exhibit: memory of its life, and what they met on the way. */
#include "base/array.h"
#include "internal.h"

void *exhibit_keep(struct exhibit *exhibit, size_t count, size_t size)
{
    void *memory = arena_take_array(&exhibit->arena, count, size);
    exhibit->no_memory = exhibit->no_memory || memory == NULL;
    return memory;
}

struct str exhibit_keep_str(struct exhibit *exhibit, struct str text)
{
    struct str kept = arena_copy(&exhibit->arena, text);
    exhibit->no_memory = exhibit->no_memory || kept.data == NULL;
    return kept;
}

const char *exhibit_keep_c(struct exhibit *exhibit, struct str text)
{
    return exhibit_keep_str(exhibit, text).data;
}

const char *exhibit_note_file(struct exhibit *exhibit, const char *relative)
{
    struct str name = str_from(relative);
    const struct table_slot *known = table_find(&exhibit->file_names, name);
    if (known != NULL) {
        return known->key;
    }
    const char *kept = exhibit_keep_c(exhibit, name);
    if (kept == NULL || !table_put(&exhibit->file_names, str_from(kept), NULL) ||
        !ARRAY_PUSH(exhibit->files, exhibit->file_count, exhibit->file_capacity, kept)) {
        exhibit->no_memory = true;
    }
    return kept != NULL ? kept : "";
}

void exhibit_refer(struct exhibit *exhibit, const struct place *place, struct source_mark mark, bool link)
{
    struct reference reference = {*place, mark, link};
    if (!ARRAY_PUSH(exhibit->references, exhibit->reference_count, exhibit->reference_capacity, reference)) {
        exhibit->no_memory = true;
    }
}

void exhibit_frame(
    struct exhibit *exhibit, const char *document, struct rectf box_img, struct source_mark mark)
{
    struct framing framing = {document, box_img, mark};
    if (document == NULL ||
        !ARRAY_PUSH(exhibit->framings, exhibit->framing_count, exhibit->framing_capacity, framing)) {
        exhibit->no_memory = true;
    }
}
