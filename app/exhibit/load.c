/* Loading on first demand. */
#include "base/array.h"
#include "internal.h"
#include "path.h"
#include "source.h"

#include <stdlib.h>
#include <string.h>

static bool done(struct exhibit *exhibit)
{
    bool good = !exhibit->no_memory;
    exhibit->no_memory = false;
    return good;
}

/* ---- one thing */

/* Reads what is not yet known; what turned out missing is remembered as such. */
static void load_once(struct exhibit *exhibit, struct table *table, const char *id, bool note)
{
    if (id == NULL || !place_id_valid(str_from(id)) || table_find(table, str_from(id)) != NULL ||
        exhibit->root < 0) {
        return;
    }
    const char *key = exhibit_keep_c(exhibit, str_from(id));
    void *item = note ? (void *)note_load(exhibit, id) : (void *)document_load(exhibit, id);
    if (key == NULL || !table_put(table, str_from(key), item)) {
        exhibit->no_memory = true;
    }
}

static const char *document_id(const struct exhibit *exhibit, const char *id)
{
    return id == NULL || id[0] == '\0' ? exhibit->head.home_document : id;
}

bool exhibit_load_document(struct exhibit *exhibit, const char *id)
{
    load_once(exhibit, &exhibit->documents, document_id(exhibit, id), false);
    return done(exhibit);
}

bool exhibit_load_note(struct exhibit *exhibit, const char *id)
{
    load_once(exhibit, &exhibit->notes, id, true);
    return done(exhibit);
}

static bool load_list(struct exhibit *exhibit, enum list_kind kind)
{
    list_load(exhibit, kind);
    return done(exhibit);
}

bool exhibit_load_people(struct exhibit *exhibit)
{
    return load_list(exhibit, LIST_PEOPLE);
}

bool exhibit_load_places(struct exhibit *exhibit)
{
    return load_list(exhibit, LIST_PLACES);
}

bool exhibit_load_timeline(struct exhibit *exhibit)
{
    return load_list(exhibit, LIST_TIMELINE);
}

bool exhibit_load_glossary(struct exhibit *exhibit)
{
    return load_list(exhibit, LIST_GLOSSARY);
}

bool exhibit_load_questions(struct exhibit *exhibit)
{
    return load_list(exhibit, LIST_QUESTIONS);
}

/* ---- what a place needs */

/* The thing itself, so that its title can be shown. */
static bool load_target(struct exhibit *exhibit, const struct place *place)
{
    switch (place->kind) {
    case PLACE_DOCUMENT:
        return exhibit_load_document(exhibit, place->id);
    case PLACE_NOTE:
        return exhibit_load_note(exhibit, place->id);
    case PLACE_PERSON:
        return exhibit_load_people(exhibit);
    case PLACE_PLACE:
        return exhibit_load_places(exhibit);
    case PLACE_TERM:
        return exhibit_load_glossary(exhibit);
    case PLACE_EVENT:
        return exhibit_load_timeline(exhibit);
    default:
        return true;
    }
}

static bool load_links(struct exhibit *exhibit, const struct prose *prose)
{
    bool good = true;
    for (size_t i = 0; i < prose->count; i++) {
        for (size_t j = 0; j < prose->texts[i].block_count; j++) {
            const struct block *block = &prose->texts[i].blocks[j];
            for (size_t k = 0; k < block->span_count; k++) {
                if (block->spans[k].link != NULL) {
                    good = load_target(exhibit, block->spans[k].link) && good;
                }
            }
        }
    }
    return good;
}

static bool load_document_for(struct exhibit *exhibit, const char *id, bool texts)
{
    bool good = exhibit_load_document(exhibit, id);
    const struct document *document = exhibit_find_document(exhibit, id);
    if (document == NULL) {
        return good;
    }
    good = load_links(exhibit, &document->summary) && load_links(exhibit, &document->quoted_note) && good;
    for (size_t i = 0; i < document->related_count; i++) {
        good = exhibit_load_document(exhibit, document->related[i]) && good;
    }
    for (size_t i = 0; i < document->layer_count && texts; i++) {
        good = load_links(exhibit, &document->layers[i].text) && good;
    }
    return good;
}

static bool load_note_for(struct exhibit *exhibit, const char *id)
{
    bool good = exhibit_load_note(exhibit, id);
    const struct note *note = exhibit_find_note(exhibit, id);
    return (note == NULL || load_links(exhibit, &note->text)) && good;
}

static bool load_notes_for(struct exhibit *exhibit, const char *const *ids, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = load_note_for(exhibit, ids[i]) && good;
    }
    return good;
}

static bool load_person_for(struct exhibit *exhibit, const char *id)
{
    bool good = exhibit_load_people(exhibit);
    const struct person *person = exhibit_find_person(exhibit, id);
    if (person != NULL) {
        good = load_links(exhibit, &person->text) && load_links(exhibit, &person->doubt) && good;
        for (size_t i = 0; i < person->in_count; i++) {
            good = load_target(exhibit, &person->in[i]) && good;
        }
    }
    return good;
}

static bool load_event_for(struct exhibit *exhibit, const struct event *event)
{
    bool good = load_links(exhibit, &event->text) && load_links(exhibit, &event->doubt);
    return (event->document == NULL || exhibit_load_document(exhibit, event->document)) && good;
}

static bool load_panel_for(struct exhibit *exhibit, const struct place *place)
{
    bool good = load_target(exhibit, place);
    if (place->kind == PLACE_NOTE) {
        return load_note_for(exhibit, place->id);
    }
    if (place->kind == PLACE_PERSON) {
        return load_person_for(exhibit, place->id);
    }
    const struct geo_place *where =
        place->kind == PLACE_PLACE ? exhibit_find_place(exhibit, place->id) : NULL;
    const struct term *term = place->kind == PLACE_TERM ? exhibit_find_term(exhibit, place->id) : NULL;
    const struct event *event = place->kind == PLACE_EVENT ? exhibit_find_event(exhibit, place->id) : NULL;
    if (where != NULL) {
        good = load_links(exhibit, &where->text) && load_links(exhibit, &where->doubt) && good;
    } else if (term != NULL) {
        good = load_links(exhibit, &term->text) && good;
    } else if (event != NULL) {
        good = load_event_for(exhibit, event) && good;
    }
    return good;
}

/* The tour may light up segments of any document. */
static bool load_tour(struct exhibit *exhibit)
{
    bool good = true;
    for (size_t i = 0; i < exhibit->head.tour_count; i++) {
        good = load_target(exhibit, &exhibit->head.tour[i].place) &&
               load_links(exhibit, &exhibit->head.tour[i].caption) && good;
    }
    return good;
}

static bool load_screen_questions(struct exhibit *exhibit)
{
    bool good = exhibit_load_questions(exhibit);
    size_t count;
    const struct question *questions = exhibit_questions(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        good = load_links(exhibit, &questions[i].question) && load_links(exhibit, &questions[i].hint) &&
               load_links(exhibit, &questions[i].answer) && good;
    }
    return good;
}

static bool load_screen_words(struct exhibit *exhibit)
{
    bool good = exhibit_load_glossary(exhibit);
    size_t count;
    const struct term *terms = exhibit_glossary(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        good = load_links(exhibit, &terms[i].text) && good;
    }
    return good;
}

static bool load_screen_timeline(struct exhibit *exhibit)
{
    bool good = exhibit_load_timeline(exhibit);
    size_t count;
    const struct event *events = exhibit_timeline(exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        good = load_event_for(exhibit, &events[i]) && good;
    }
    return good;
}

static bool load_screen_about(struct exhibit *exhibit)
{
    const struct exhibit_head *head = &exhibit->head;
    bool good = load_notes_for(exhibit, head->about, head->about_count);
    return load_links(exhibit, &head->credits) && load_links(exhibit, &head->rights) &&
           load_links(exhibit, &head->licence) && good;
}

bool exhibit_load_for(struct exhibit *exhibit, const struct place *place)
{
    const struct exhibit_head *head = &exhibit->head;
    switch (place->kind) {
    case PLACE_ATTRACT:
    case PLACE_HOME:
        return load_document_for(exhibit, NULL, false) && load_tour(exhibit) &&
               load_links(exhibit, &head->lead);
    case PLACE_SEARCH: /* reads the exhibit for itself */
        return true;
    case PLACE_READ:
    case PLACE_RELATED:
        return load_document_for(exhibit, NULL, false);
    case PLACE_DOCUMENT:
        return load_document_for(exhibit, place->id, true);
    case PLACE_MEANING:
        return load_notes_for(exhibit, head->meaning, head->meaning_count);
    case PLACE_ABOUT:
        return load_screen_about(exhibit);
    case PLACE_PEOPLE:
        return exhibit_load_people(exhibit);
    case PLACE_PLACES:
        return exhibit_load_places(exhibit);
    case PLACE_TIMELINE:
        return load_screen_timeline(exhibit);
    case PLACE_WORDS:
        return load_screen_words(exhibit);
    case PLACE_QUESTIONS:
        return load_screen_questions(exhibit);
    default:
        return load_panel_for(exhibit, place);
    }
}

/* ---- all there is */

static void keep_names(struct exhibit *exhibit, struct names *names, const char *const *items, size_t count)
{
    names->items = exhibit_keep(exhibit, count, sizeof *names->items);
    for (size_t i = 0; i < count && names->items != NULL; i++) {
        names->items[names->count] = exhibit_keep_c(exhibit, str_from(items[i]));
        names->count += names->items[names->count] != NULL;
    }
    names->listed = true;
}

/* The ids that a folder's names stand for. */
static void list_ids(struct exhibit *exhibit, const char *folder, bool notes, struct names *out)
{
    struct arena scratch = {0};
    const char **names = NULL;
    size_t count = 0, kept = 0;
    enum path_result result =
        exhibit->root >= 0 ? path_list(exhibit->root, folder, &scratch, &names, &count) : PATH_GOOD;
    if (result != PATH_GOOD) {
        source_report_path(
            exhibit->findings, result, exhibit_note_file(exhibit, folder), 1, 1, str_from(folder), 0);
        exhibit->no_memory = exhibit->no_memory || result == PATH_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        struct str id = str_from(names[i]);
        char path[64 + 256];
        if (notes) {
            id = str_ends_with(id, STR(".md")) ? str_slice(id, 0, str_find(id, '.')) : STR("");
        }
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        bool is_folder = !notes && path_is_folder(exhibit->root, path);
        if (!place_id_valid(id) || is_folder == notes) {
            continue; /* check_strays tells about it */
        }
        const char *copy = arena_copy(&scratch, id).data;
        if (copy != NULL && (kept == 0 || strcmp(names[kept - 1], copy) != 0)) {
            names[kept++] = copy;
        }
    }
    keep_names(exhibit, out, names, kept);
    arena_finish(&scratch);
}

bool exhibit_list_documents(struct exhibit *exhibit, const char *const **ids, size_t *count)
{
    if (!exhibit->document_ids.listed) {
        list_ids(exhibit, "documents", false, &exhibit->document_ids);
    }
    *ids = exhibit->document_ids.items;
    *count = exhibit->document_ids.count;
    return done(exhibit);
}

bool exhibit_list_notes(struct exhibit *exhibit, const char *const **ids, size_t *count)
{
    if (!exhibit->note_ids.listed) {
        list_ids(exhibit, "notes", true, &exhibit->note_ids);
    }
    *ids = exhibit->note_ids.items;
    *count = exhibit->note_ids.count;
    return done(exhibit);
}

bool exhibit_load_all(struct exhibit *exhibit)
{
    const char *const *ids;
    size_t count;
    bool good = exhibit_list_documents(exhibit, &ids, &count);
    for (size_t i = 0; i < count; i++) {
        good = exhibit_load_document(exhibit, ids[i]) && good;
    }
    good = exhibit_list_notes(exhibit, &ids, &count) && good;
    for (size_t i = 0; i < count; i++) {
        good = exhibit_load_note(exhibit, ids[i]) && good;
    }
    for (int kind = 0; kind < LISTS; kind++) {
        good = load_list(exhibit, (enum list_kind)kind) && good;
    }
    if (!exhibit->checked && exhibit->root >= 0) {
        exhibit->checked = true;
        check_across(exhibit);
        check_strays(exhibit);
    }
    return done(exhibit) && good;
}
