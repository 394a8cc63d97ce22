#include "naming.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_MOST 1200

/* ---- finding it */

static struct exhibit *open_if(const char *path, const struct store_title *title)
{
    struct exhibit *exhibit = exhibit_open(path, NULL, NULL);
    struct store_title own = store_title_of(exhibit);
    if (exhibit != NULL && strcmp(own.text, title->text) != 0) {
        exhibit_destroy(exhibit);
        exhibit = NULL;
    }
    return exhibit;
}

static struct exhibit *open_in(const char *folder, const struct store_title *title)
{
    struct exhibit *exhibit = NULL;
    DIR *stream = opendir(folder);
    for (struct dirent *entry; exhibit == NULL && stream != NULL && (entry = readdir(stream)) != NULL;) {
        char path[PATH_MOST];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && (size_t)length < sizeof path) {
            exhibit = open_if(path, title);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return exhibit;
}

struct exhibit *naming_find(
    const struct store_title *title, const char *named, const struct site *site, const char *shipped)
{
    static const char installed[] = "/var/lib/vitrine/exhibits";
    char folder[PATH_MOST];
    if (title->text[0] == '\0') {
        return named != NULL ? exhibit_open(named, NULL, NULL) : NULL;
    }
    struct exhibit *exhibit = named != NULL ? open_if(named, title) : NULL;
    if (exhibit == NULL && site->exhibit[0] != '\0') {
        exhibit = open_if(site->exhibit, title);
    }
    if (exhibit == NULL) {
        snprintf(
            folder, sizeof folder, "%s/releases", site->exhibits[0] != '\0' ? site->exhibits : installed);
        exhibit = open_in(folder, title);
    }
    const char *slash = strrchr(shipped, '/');
    if (exhibit == NULL && slash != NULL) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - shipped), shipped);
        exhibit = open_in(folder, title);
    }
    return exhibit;
}

/* ---- names for people */

static struct str title_of_document(
    const struct exhibit *exhibit, const struct place *place, const char *language)
{
    const struct document *document = exhibit_find_document(exhibit, place->id);
    return document != NULL ? exhibit_string(exhibit, &document->title, language, NULL) : STR("");
}

static struct str title_of_note(
    const struct exhibit *exhibit, const struct place *place, const char *language)
{
    const struct note *note = exhibit_find_note(exhibit, place->id);
    const struct prose_text *text = note != NULL ? exhibit_prose(exhibit, &note->text, language) : NULL;
    return text != NULL ? text->title : STR("");
}

static struct str title_of_entry(
    const struct exhibit *exhibit, const struct place *place, const char *language)
{
    const struct person *person =
        place->kind == PLACE_PERSON ? exhibit_find_person(exhibit, place->id) : NULL;
    const struct geo_place *geo = place->kind == PLACE_PLACE ? exhibit_find_place(exhibit, place->id) : NULL;
    const struct term *term = place->kind == PLACE_TERM ? exhibit_find_term(exhibit, place->id) : NULL;
    const struct event *event = place->kind == PLACE_EVENT ? exhibit_find_event(exhibit, place->id) : NULL;
    const struct string *title = person != NULL  ? &person->name
                                 : geo != NULL   ? &geo->name
                                 : term != NULL  ? &term->term
                                 : event != NULL ? &event->title
                                                 : NULL;
    return title != NULL ? exhibit_string(exhibit, title, language, NULL) : STR("");
}

static const char *label_place(struct naming *naming, const char *name)
{
    static const char *const views[] = {[PLACE_RECORD] = NULL,
        [PLACE_SCAN] = "view.scan",
        [PLACE_TEXT] = "view.text",
        [PLACE_PARALLEL] = "view.parallel"};
    struct place place;
    if (!place_parse(str_from(name), &place) || !exhibit_load_for(naming->exhibit, &place)) {
        return NULL;
    }
    bool document = place.kind == PLACE_DOCUMENT;
    struct str title = document ? title_of_document(naming->exhibit, &place, naming->language)
                       : place.kind == PLACE_NOTE ? title_of_note(naming->exhibit, &place, naming->language)
                                                  : title_of_entry(naming->exhibit, &place, naming->language);
    if (title.length == 0) {
        return NULL;
    }
    const char *view = document ? views[place.view] : NULL;
    struct str before = view != NULL ? interface_words(naming->interface, naming->language, view) : STR("");
    snprintf(naming->text, sizeof naming->text, "%.*s%s%.*s", STR_ARGS(before), view != NULL ? ": " : "",
        (int)(title.length < 200 ? title.length : 200), title.data);
    return naming->text;
}

const char *naming_label(void *context, enum cell_kind kind, const char *name)
{
    struct naming *naming = context;
    if (kind == CELL_SEEN) {
        return naming->exhibit != NULL ? label_place(naming, name) : NULL;
    }
    if (kind == CELL_LANGUAGE) {
        struct str own = interface_words(naming->interface, name, "language.name");
        bool known = strcmp(name, "en") == 0 ||
                     !str_equal(own, interface_words(naming->interface, "en", "language.name"));
        snprintf(naming->text, sizeof naming->text, "%.*s (%s)", STR_ARGS(own), name);
        return known ? naming->text : NULL;
    }
    return NULL;
}
