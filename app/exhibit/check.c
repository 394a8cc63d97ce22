/* Checks across files: does everything that is named exist, and is everything that exists read? */
#include "base/array.h"
#include "internal.h"
#include "language.h"
#include "reading.h"

#include <stdlib.h>
#include <string.h>

/* ---- does a place exist */

/* A target whose own file is broken is not called missing: that file's finding says what to mend. */
static bool is_unknown(const struct exhibit *exhibit, const struct place *place)
{
    switch (place->kind) {
    case PLACE_PERSON:
        return exhibit->lists[LIST_PEOPLE].partial;
    case PLACE_PLACE:
        return exhibit->lists[LIST_PLACES].partial;
    case PLACE_TERM:
        return exhibit->lists[LIST_GLOSSARY].partial;
    case PLACE_EVENT:
        return exhibit->lists[LIST_TIMELINE].partial;
    case PLACE_DOCUMENT: {
        char folder[PLACE_ID_MAX + 20];
        snprintf(folder, sizeof folder, "documents/%s", place->id);
        return exhibit_find_document(exhibit, place->id) == NULL && exhibit->root >= 0 &&
               path_is_folder(exhibit->root, folder);
    }
    default:
        return false;
    }
}

static bool has_document_place(const struct exhibit *exhibit, const struct place *place)
{
    const struct document *document = exhibit_find_document(exhibit, place->id);
    if (document == NULL) {
        return false;
    }
    bool pages = document->page_count > 0, layers = document->layer_count > 0;
    bool view = place->view == PLACE_SCAN       ? pages
                : place->view == PLACE_TEXT     ? layers
                : place->view == PLACE_PARALLEL ? pages || layers
                                                : true;
    return view && (place->segment[0] == '\0' || document_has_segment(document, place->segment));
}

bool exhibit_has_place(struct exhibit *exhibit, const struct place *place)
{
    switch (place->kind) {
    case PLACE_NONE:
    case PLACE_KINDS:
        return false;
    case PLACE_DOCUMENT:
        exhibit_load_document(exhibit, place->id);
        return has_document_place(exhibit, place);
    case PLACE_NOTE:
        exhibit_load_note(exhibit, place->id);
        return exhibit_find_note(exhibit, place->id) != NULL;
    case PLACE_PERSON:
        exhibit_load_people(exhibit);
        return exhibit_find_person(exhibit, place->id) != NULL;
    case PLACE_PLACE:
        exhibit_load_places(exhibit);
        return exhibit_find_place(exhibit, place->id) != NULL;
    case PLACE_TERM:
        exhibit_load_glossary(exhibit);
        return exhibit_find_term(exhibit, place->id) != NULL;
    case PLACE_EVENT:
        exhibit_load_timeline(exhibit);
        return exhibit_find_event(exhibit, place->id) != NULL;
    default:
        return true;
    }
}

/* ---- what is named and is not there */

static const char **list_ids(const struct exhibit *exhibit, enum list_kind kind, size_t item_size,
    struct arena *scratch, size_t *count)
{
    const struct list *list = &exhibit->lists[kind];
    const char **ids = arena_take_array(scratch, list->count, sizeof *ids);
    *count = ids != NULL ? list->count : 0;
    for (size_t i = 0; i < *count; i++) {
        ids[i] = *(const char *const *)((const char *)list->items + i * item_size);
    }
    return ids;
}

/* What could have been meant. */
static const char *const *known_ids(
    struct exhibit *exhibit, const struct place *place, struct arena *scratch, size_t *count)
{
    const char *const *ids = NULL;
    *count = 0;
    const struct document *document =
        place->kind == PLACE_DOCUMENT ? exhibit_find_document(exhibit, place->id) : NULL;
    if (document != NULL) {
        return document_segments(document, scratch, count);
    }
    switch (place->kind) {
    case PLACE_DOCUMENT:
        exhibit_list_documents(exhibit, &ids, count);
        return ids;
    case PLACE_NOTE:
        exhibit_list_notes(exhibit, &ids, count);
        return ids;
    case PLACE_PERSON:
        return list_ids(exhibit, LIST_PEOPLE, sizeof(struct person), scratch, count);
    case PLACE_PLACE:
        return list_ids(exhibit, LIST_PLACES, sizeof(struct geo_place), scratch, count);
    case PLACE_TERM:
        return list_ids(exhibit, LIST_GLOSSARY, sizeof(struct term), scratch, count);
    case PLACE_EVENT:
        return list_ids(exhibit, LIST_TIMELINE, sizeof(struct event), scratch, count);
    default:
        return NULL;
    }
}

static const char *home_of(const struct place *place)
{
    switch (place->kind) {
    case PLACE_DOCUMENT:
        return "a folder in documents/";
    case PLACE_NOTE:
        return "a file in notes/";
    case PLACE_PERSON:
        return "an entry in people.yaml";
    case PLACE_PLACE:
        return "an entry in places.yaml";
    case PLACE_TERM:
        return "an entry in glossary.yaml";
    default:
        return "an entry in timeline.yaml";
    }
}

static void report(struct exhibit *exhibit, const struct reference *reference)
{
    struct arena scratch = {0};
    char words[160], near[120] = "";
    const struct place *place = &reference->place;
    const struct document *document =
        place->kind == PLACE_DOCUMENT ? exhibit_find_document(exhibit, place->id) : NULL;
    size_t count;
    const char *const *ids = known_ids(exhibit, place, &scratch, &count);
    if (ids != NULL && schema_is_heard(exhibit)) {
        schema_nearest(
            str_from(document != NULL ? place->segment : place->id), ids, count, near, sizeof near);
    }
    enum finding_code code = reference->link ? FINDING_LINK_DANGLING : FINDING_UNKNOWN_REFERENCE;
    place_format(place, words, sizeof words);
    if (document == NULL) {
        findings_add(exhibit->findings, code, reference->mark.file, reference->mark.line,
            reference->mark.column, "the exhibit has no %s%s: mend the name, or add %s", words, near,
            home_of(place));
    } else if (place->segment[0] != '\0' && !document_has_segment(document, place->segment)) {
        findings_add(exhibit->findings, code, reference->mark.file, reference->mark.line,
            reference->mark.column,
            "no text of the document %s has a paragraph {#%s}%s: mend the name, or add the anchor", place->id,
            place->segment, near);
    } else {
        findings_add(exhibit->findings, code, reference->mark.file, reference->mark.line,
            reference->mark.column, "the document %s has nothing to show as %s: it has no %s", place->id,
            words, document->page_count == 0 ? "page" : "layer");
    }
    arena_finish(&scratch);
}

static void check_references(struct exhibit *exhibit)
{
    /* Loading a target may add references: by index, up to what there is at the end. */
    for (size_t i = 0; i < exhibit->reference_count; i++) {
        struct reference reference = exhibit->references[i];
        if (!exhibit_has_place(exhibit, &reference.place) && !is_unknown(exhibit, &reference.place)) {
            report(exhibit, &reference);
        }
    }
}

/* Pictures are not opened here; a page's size is known where it has zones. */
static void check_framings(struct exhibit *exhibit)
{
    for (size_t i = 0; i < exhibit->framing_count; i++) {
        const struct framing *framing = &exhibit->framings[i];
        const struct document *document = exhibit_find_document(exhibit, framing->document);
        const struct page *page = document != NULL && document->page_count > 0 ? &document->pages[0] : NULL;
        struct rectf box = framing->box_img;
        if (page != NULL && page->zone_size.w > 0 &&
            (box.x + box.w > page->zone_size.w || box.y + box.h > page->zone_size.h)) {
            findings_add(exhibit->findings, FINDING_CAMERA_OUTSIDE, framing->mark.file, framing->mark.line,
                framing->mark.column,
                "this box reaches to %g,%g, but the page is %d x %d pixels: mend the numbers", box.x + box.w,
                box.y + box.h, page->zone_size.w, page->zone_size.h);
        }
    }
}

void check_across(struct exhibit *exhibit)
{
    check_references(exhibit);
    check_framings(exhibit);
}

/* ---- what is there and is not read */

static bool is_beside(const char *name)
{
    return strncmp(name, "README", 6) == 0 || strncmp(name, "LICEN", 5) == 0;
}

static void report_stray(struct exhibit *exhibit, const char *folder, const char *name,
    const char *const *known, size_t count, const char *hint)
{
    char path[512], near[120];
    snprintf(path, sizeof path, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", name);
    findings_add(exhibit->findings, FINDING_FILE_STRAY, path, 1, 1, "no one reads this%s: %s",
        schema_nearest(str_from(name), known, count, near, sizeof near), hint);
}

static const char **names_in(
    struct exhibit *exhibit, const char *folder, struct arena *scratch, size_t *count)
{
    const char **names;
    enum path_result result = path_list(exhibit->root, folder, scratch, &names, count);
    exhibit->no_memory = exhibit->no_memory || result == PATH_NO_MEMORY;
    return names;
}

static void check_folder(struct exhibit *exhibit, const char *folder, const char *const *known, size_t count)
{
    struct arena scratch = {0};
    size_t name_count;
    const char **names = names_in(exhibit, folder, &scratch, &name_count);
    for (size_t i = 0; i < name_count; i++) {
        bool found = is_beside(names[i]);
        for (size_t j = 0; j < count && !found; j++) {
            found = strcmp(names[i], known[j]) == 0;
        }
        if (!found) {
            report_stray(
                exhibit, folder, names[i], known, count, "mend its name, or take it out of the exhibit");
        }
    }
    arena_finish(&scratch);
}

static bool was_read(const struct exhibit *exhibit, const char *path)
{
    return table_find(&exhibit->file_names, str_from(path)) != NULL;
}

static void check_zone_files(struct exhibit *exhibit, const char *document)
{
    struct arena scratch = {0};
    char folder[PLACE_ID_MAX + 40], path[512];
    size_t count;
    snprintf(folder, sizeof folder, "documents/%s/zones", document);
    const char **names = names_in(exhibit, folder, &scratch, &count);
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (!was_read(exhibit, path)) {
            report_stray(exhibit, folder, names[i], NULL, 0,
                "name it as the \"zones\" of a page in document.yaml, or delete it");
        }
    }
    arena_finish(&scratch);
}

static void check_documents(struct exhibit *exhibit)
{
    static const char *const inside[] = {"document.yaml", "pages", "zones", "text"};
    struct arena scratch = {0};
    size_t count;
    const char **names = names_in(exhibit, "documents", &scratch, &count);
    for (size_t i = 0; i < count; i++) {
        char folder[300];
        snprintf(folder, sizeof folder, "documents/%s", names[i]);
        if (!path_is_folder(exhibit->root, folder)) {
            if (!is_beside(names[i])) {
                report_stray(exhibit, "documents", names[i], NULL, 0,
                    "every document is a folder with a document.yaml in it");
            }
        } else if (!place_id_valid(str_from(names[i]))) {
            findings_add(exhibit->findings, FINDING_BAD_ID, folder, 1, 1,
                "the folder's name cannot be an id: use small letters a-z, digits and -, at most %d of them",
                PLACE_ID_MAX);
        } else if (exhibit_find_document(exhibit, names[i]) != NULL) {
            check_folder(exhibit, folder, inside, ARRAY_LENGTH(inside));
            check_zone_files(exhibit, names[i]);
        }
    }
    arena_finish(&scratch);
}

static void check_note_name(struct exhibit *exhibit, const char *name)
{
    char path[300];
    struct str rest = str_from(name);
    snprintf(path, sizeof path, "notes/%s", name);
    bool form = str_ends_with(rest, STR(".md")) && str_find(rest, '.') < rest.length - 3;
    struct str id = str_split(&rest, '.');
    if (!form) {
        report_stray(exhibit, "notes", name, NULL, 0,
            "a note is called <id>.<language>.md, such as who-wrote-it.en.md");
        return;
    }
    struct str language = str_slice(rest, 0, rest.length - 3);
    if (!place_id_valid(id)) {
        findings_add(exhibit->findings, FINDING_BAD_ID, path, 1, 1,
            "\"%.*s\" cannot be an id: use small letters a-z, digits and -, at most %d of them", STR_ARGS(id),
            PLACE_ID_MAX);
    } else if (!language_is_tag(language)) {
        findings_add(exhibit->findings, FINDING_LANGUAGE_TAG, path, 1, 1,
            "\"%.*s\" is no language tag: write it as in en, ko, zh-Hans or pt-BR", STR_ARGS(language));
    } else if (!exhibit_has_language(exhibit, language)) {
        findings_add(exhibit->findings, FINDING_LANGUAGE_UNLISTED, path, 1, 1,
            "\"%.*s\" is none of the exhibit's languages: add it to \"languages\" in exhibit.yaml, or rename "
            "or delete the file",
            STR_ARGS(language));
    }
}

void check_strays(struct exhibit *exhibit)
{
    static const char *const top[] = {"exhibit.yaml", "documents", "notes", "people.yaml", "places.yaml",
        "timeline.yaml", "glossary.yaml", "questions.yaml"};
    struct arena scratch = {0};
    size_t count;
    check_folder(exhibit, "", top, ARRAY_LENGTH(top));
    check_documents(exhibit);
    const char **names = names_in(exhibit, "notes", &scratch, &count);
    for (size_t i = 0; i < count; i++) {
        if (!is_beside(names[i])) {
            check_note_name(exhibit, names[i]);
        }
    }
    arena_finish(&scratch);
}
