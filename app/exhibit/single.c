/* One picture as an exhibit of one page. Nothing is known about it but its name, and nothing is invented. */
#include "base/array.h"
#include "internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PICTURE_ID "picture"

bool single_is(const char *path)
{
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".dzi"};
    size_t length = strlen(path);
    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++) {
        size_t end = strlen(endings[i]);
        if (length > end && strcasecmp(path + length - end, endings[i]) == 0) {
            return true;
        }
    }
    const char *slash = strrchr(path, '/');
    return strcmp(slash != NULL ? slash + 1 : path, "info.json") == 0;
}

static struct string one_string(struct exhibit *exhibit, const char *text)
{
    struct string_entry *entry = exhibit_keep(exhibit, 1, sizeof *entry);
    if (entry == NULL) {
        return (struct string){NULL, 0};
    }
    *entry = (struct string_entry){
        NULL, exhibit_keep_str(exhibit, str_from(text)), {exhibit_keep_c(exhibit, str_from(text)), 1, 1}};
    return (struct string){entry, 1};
}

static void fill(struct exhibit *exhibit, const char *name, const char *title)
{
    static const char *const languages[] = {"en"};
    static const struct provenance_entry scan = {.kind = PROVENANCE_SCAN};
    static const struct provenance list = {NULL, &scan, 1};
    struct document *document = exhibit_keep(exhibit, 1, sizeof *document);
    struct page *page = exhibit_keep(exhibit, 1, sizeof *page);
    struct exhibit_head *head = &exhibit->head;
    head->title = one_string(exhibit, title);
    head->languages = languages;
    head->language_count = 1;
    head->home_document = PICTURE_ID;
    head->idle_s = 90;
    head->provenance = (struct provenances){&list, 1};
    if (document == NULL || page == NULL) {
        return;
    }
    page->image = arena_format(&exhibit->arena, "%s/%s", exhibit->folder, name).data;
    page->image_name = exhibit_keep_str(exhibit, str_from(name));
    page->mark = (struct source_mark){exhibit_note_file(exhibit, name), 1, 1};
    page->alt = head->title;
    page->provenance = head->provenance;
    document->id = PICTURE_ID;
    document->title = head->title;
    document->provenance = head->provenance;
    document->pages = page;
    document->page_count = 1;
    if (page->image == NULL || !table_put(&exhibit->documents, str_from(PICTURE_ID), document)) {
        exhibit->no_memory = true;
    }
    const char **ids = exhibit_keep(exhibit, 1, sizeof *ids);
    if (ids != NULL) {
        ids[0] = PICTURE_ID;
        exhibit->document_ids = (struct names){true, ids, 1};
    }
}

/* The title of …/letter/info.json is "letter", of …/letter.dzi "letter.dzi". */
static const char *title_of(const char *whole, const char *name)
{
    if (strcmp(name, "info.json") != 0) {
        return name;
    }
    const char *slash = strrchr(whole, '/');
    return slash != NULL && slash[1] != '\0' ? slash + 1 : name;
}

struct exhibit *single_open(const char *path, struct findings *findings, struct error *err)
{
    struct exhibit *exhibit = calloc(1, sizeof *exhibit);
    char *whole = realpath(path, NULL);
    if (exhibit == NULL || whole == NULL) {
        if (exhibit == NULL || errno == ENOMEM) {
            error_memory(err);
        } else {
            error_set(err, ERROR_INPUT, "the picture %s cannot be opened: %s", path, strerror(errno));
        }
        free(exhibit);
        free(whole);
        return NULL;
    }
    exhibit->findings = findings;
    exhibit->root = -1;
    char *slash = strrchr(whole, '/');
    *slash = '\0';
    exhibit->folder = whole;
    fill(exhibit, slash + 1, title_of(whole, slash + 1));
    if (exhibit->no_memory) {
        error_memory(err);
        exhibit_destroy(exhibit);
        return NULL;
    }
    return exhibit;
}
