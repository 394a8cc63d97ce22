#include "index.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct index *index_create(void)
{
    struct index *index = calloc(1, sizeof *index);
    if (index == NULL) {
        return NULL;
    }
    index->fold = fold_create();
    if (index->fold == NULL) {
        free(index);
        return NULL;
    }
    index->arena.limit = SEARCH_BYTES_MAX;
    return index;
}

void index_destroy(struct index *index)
{
    if (index == NULL) {
        return;
    }
    words_finish(index);
    folded_finish(&index->scratch);
    fold_destroy(index->fold);
    arena_finish(&index->arena);
    free(index->items);
    free(index->entries);
    free(index);
}

size_t index_bytes(const struct index *index)
{
    return index->arena.used + index->item_capacity * sizeof *index->items +
           index->entry_capacity * sizeof *index->entries;
}

uint8_t index_find_language(const struct index *index, const char *language)
{
    for (size_t i = 0; language != NULL && i < index->language_count; i++) {
        if (strcmp(index->languages[i], language) == 0) {
            return (uint8_t)i;
        }
    }
    return INDEX_ALL;
}

uint8_t index_language(struct index *index, const char *language)
{
    uint8_t found = index_find_language(index, language);
    if (found != INDEX_ALL || language == NULL || index->language_count == INDEX_LANGUAGES) {
        return found;
    }
    struct str copy = arena_copy(&index->arena, str_from(language));
    if (copy.data == NULL) {
        return INDEX_ALL;
    }
    index->languages[index->language_count] = copy.data;
    return (uint8_t)index->language_count++;
}

static bool full(struct index *index)
{
    if (index_bytes(index) >= SEARCH_BYTES_MAX) {
        index->incomplete = true;
    }
    return index->incomplete || index->failed;
}

uint32_t index_item(
    struct index *index, enum search_group group, enum place_kind kind, struct str id, struct str segment)
{
    struct index_item item = {.group = (uint8_t)group, .kind = (uint8_t)kind};
    uint32_t number = (uint32_t)index->item_count;
    item.id = arena_copy(&index->arena, id).data;
    item.segment = segment.length > 0 ? arena_copy(&index->arena, segment).data : NULL;
    item.first_entry = (uint32_t)index->entry_count;
    item.titled_by = number;
    if (item.id == NULL || (segment.length > 0 && item.segment == NULL)) {
        index->incomplete = true;
        return UINT32_MAX;
    }
    if (!ARRAY_PUSH(index->items, index->item_count, index->item_capacity, item)) {
        index->failed = true;
        return UINT32_MAX;
    }
    return number;
}

static bool add(struct index *index, struct str text, struct index_entry entry)
{
    if (full(index) || entry.item == UINT32_MAX || !fold_text(index->fold, text, false, &index->scratch)) {
        return false;
    }
    struct str folded = {index->scratch.bytes, index->scratch.length};
    if (folded.length == 0) {
        return false;
    }
    struct str kept = arena_copy(&index->arena, text), kept_folded = arena_copy(&index->arena, folded);
    if (kept.data == NULL || kept_folded.data == NULL) {
        index->incomplete = true;
        return false;
    }
    entry.text = kept.data;
    entry.length = (uint32_t)kept.length;
    entry.folded = kept_folded.data;
    entry.letters = match_letters(folded);
    entry.folded_length = (uint32_t)kept_folded.length;
    if (!ARRAY_PUSH(index->entries, index->entry_count, index->entry_capacity, entry)) {
        index->failed = true;
        return false;
    }
    return true;
}

void index_title(struct index *index, uint32_t item, struct str text, const char *language)
{
    struct index_entry entry = {.item = item, .language = index_language(index, language), .title = true};
    text = str_slice(str_trim(text), 0, INDEX_PIECE);
    if (add(index, text, entry) && index->items[item].title_count < UINT8_MAX) {
        index->items[item].title_count++;
    }
}

/* The last place up to `limit` where a text may be cut: after a space if there is one in its last quarter,
 * else between two characters. */
static size_t cut_at(struct str text, size_t limit)
{
    for (size_t at = limit; at > limit - limit / 4; at--) {
        if (text.data[at - 1] == ' ') {
            return at;
        }
    }
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xC0) == 0x80) {
        limit--;
    }
    return limit;
}

void index_text(struct index *index, uint32_t item, struct str text, const char *language, const char *layer)
{
    struct index_entry entry = {.item = item, .layer = layer, .language = index_language(index, language)};
    text = str_trim(text);
    index->text_bytes += text.length;
    while (text.length > INDEX_PIECE) {
        size_t cut = cut_at(text, INDEX_PIECE);
        add(index, str_slice(text, 0, cut), entry);
        text = str_slice(text, cut_at(text, cut - INDEX_OVERLAP), text.length);
    }
    add(index, text, entry);
}
