/* Looking up what is loaded. Nothing here reads a file or changes anything. */
#include "internal.h"

#include <string.h>

/* ---- texts by language */

struct str exhibit_string(
    const struct exhibit *exhibit, const struct string *string, const char *language, const char **found)
{
    const char *first = exhibit->head.languages[0];
    const struct string_entry *exact = NULL, *fallback = NULL;
    for (size_t i = 0; i < string->count; i++) {
        const struct string_entry *entry = &string->entries[i];
        if (entry->language == NULL || (language != NULL && strcmp(entry->language, language) == 0)) {
            exact = entry;
            break;
        }
        if (strcmp(entry->language, first) == 0) {
            fallback = entry;
        }
    }
    const struct string_entry *entry = exact != NULL       ? exact
                                       : fallback != NULL  ? fallback
                                       : string->count > 0 ? string->entries
                                                           : NULL;
    if (found != NULL) {
        *found = entry == NULL || entry->language == NULL ? language : entry->language;
    }
    return entry != NULL ? entry->text : (struct str){NULL, 0};
}

struct str exhibit_string_exact(const struct string *string, const char *language)
{
    for (size_t i = 0; i < string->count; i++) {
        const struct string_entry *entry = &string->entries[i];
        if (entry->language == NULL || (language != NULL && strcmp(entry->language, language) == 0)) {
            return entry->text;
        }
    }
    return (struct str){NULL, 0};
}

const struct prose_text *exhibit_prose(
    const struct exhibit *exhibit, const struct prose *prose, const char *language)
{
    const char *first = exhibit->head.languages[0];
    const struct prose_text *fallback = NULL;
    for (size_t i = 0; i < prose->count; i++) {
        const struct prose_text *text = &prose->texts[i];
        if (text->language == NULL || (language != NULL && strcmp(text->language, language) == 0)) {
            return text;
        }
        if (strcmp(text->language, first) == 0) {
            fallback = text;
        }
    }
    return fallback != NULL ? fallback : prose->count > 0 ? prose->texts : NULL;
}

const struct provenance *exhibit_provenance(const struct provenances *provenances, const char *language)
{
    for (size_t i = 0; i < provenances->count; i++) {
        const struct provenance *list = &provenances->lists[i];
        if (list->language == NULL || (language != NULL && strcmp(list->language, language) == 0)) {
            return list;
        }
    }
    return NULL;
}

/* ---- documents and notes */

static void *find_value(const struct table *table, const char *id)
{
    const struct table_slot *slot = table_find(table, str_from(id));
    return slot != NULL ? slot->value : NULL;
}

const struct document *exhibit_find_document(const struct exhibit *exhibit, const char *id)
{
    if (id == NULL || id[0] == '\0') {
        id = exhibit->head.home_document;
    }
    return id != NULL ? find_value(&exhibit->documents, id) : NULL;
}

const struct note *exhibit_find_note(const struct exhibit *exhibit, const char *id)
{
    return find_value(&exhibit->notes, id);
}

int exhibit_find_segment(const struct prose_text *text, const char *segment)
{
    for (size_t i = 0; text != NULL && i < text->block_count; i++) {
        if (strcmp(text->blocks[i].segment, segment) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* ---- lists */

static const void *items_of(const struct exhibit *exhibit, enum list_kind kind, size_t *count)
{
    *count = exhibit->lists[kind].count;
    return exhibit->lists[kind].items;
}

static const void *find_in(const struct exhibit *exhibit, enum list_kind kind, const char *id)
{
    return find_value(&exhibit->lists[kind].by_id, id);
}

const struct person *exhibit_people(const struct exhibit *exhibit, size_t *count)
{
    return items_of(exhibit, LIST_PEOPLE, count);
}

const struct person *exhibit_find_person(const struct exhibit *exhibit, const char *id)
{
    return find_in(exhibit, LIST_PEOPLE, id);
}

const struct geo_place *exhibit_places(const struct exhibit *exhibit, size_t *count)
{
    return items_of(exhibit, LIST_PLACES, count);
}

const struct geo_place *exhibit_find_place(const struct exhibit *exhibit, const char *id)
{
    return find_in(exhibit, LIST_PLACES, id);
}

const struct route *exhibit_routes(const struct exhibit *exhibit, size_t *count)
{
    *count = exhibit->route_count;
    return exhibit->routes;
}

struct rectf exhibit_map_extent(const struct exhibit *exhibit)
{
    return exhibit->map_extent;
}

const struct event *exhibit_timeline(const struct exhibit *exhibit, size_t *count)
{
    return items_of(exhibit, LIST_TIMELINE, count);
}

const struct event *exhibit_find_event(const struct exhibit *exhibit, const char *id)
{
    return find_in(exhibit, LIST_TIMELINE, id);
}

const struct term *exhibit_glossary(const struct exhibit *exhibit, size_t *count)
{
    return items_of(exhibit, LIST_GLOSSARY, count);
}

const struct term *exhibit_find_term(const struct exhibit *exhibit, const char *id)
{
    return find_in(exhibit, LIST_GLOSSARY, id);
}

const struct question *exhibit_questions(const struct exhibit *exhibit, size_t *count)
{
    return items_of(exhibit, LIST_QUESTIONS, count);
}
