#include "places.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct listing {
    struct exhibit *exhibit;
    struct places *list;
};

static bool add_place(struct listing *r, struct place place)
{
    return !exhibit_has_place(r->exhibit, &place) ||
           ARRAY_PUSH(r->list->items, r->list->count, r->list->capacity, place);
}

static bool add_named(struct listing *r, enum place_kind kind, const char *id)
{
    struct place place = {.kind = kind};
    snprintf(place.id, sizeof place.id, "%s", id);
    return add_place(r, place);
}

/* Is there anything to see of a document in this way? */
static bool has_view(const struct document *document, enum place_view view)
{
    bool pages = document->page_count > 0, layers = document->layer_count > 0;
    return view == PLACE_RECORD || (view == PLACE_SCAN && pages) || (view == PLACE_TEXT && layers) ||
           (view == PLACE_PARALLEL && (pages || layers));
}

static bool add_screens(struct listing *r)
{
    static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
        "people", "places", "timeline", "words", "related", "questions", "about", "search"};
    const struct document *home = exhibit_find_document(r->exhibit, NULL);
    bool ok = true;
    for (size_t i = 0; ok && i < ARRAY_LENGTH(screens); i++) {
        struct place place;
        bool known = place_parse(str_from(screens[i]), &place);
        bool there = known && (place.kind == PLACE_DOCUMENT ? home != NULL && has_view(home, place.view)
                                                            : exhibit_has_screen(r->exhibit, place.kind));
        ok = !there || add_place(r, place);
    }
    return ok;
}

/* The home document has its screens above. Another's record is a place, and each way to read it that it has.
 */
static bool add_document(struct listing *r, const char *id)
{
    const struct document *document = exhibit_find_document(r->exhibit, id);
    const char *home = exhibit_head(r->exhibit)->home_document;
    struct place place = {.kind = PLACE_DOCUMENT};
    snprintf(place.id, sizeof place.id, "%s", id);
    bool ok = true;
    for (int view = PLACE_RECORD; ok && document != NULL && view <= PLACE_PARALLEL; view++) {
        place.view = (enum place_view)view;
        bool shown = has_view(document, place.view) && (home == NULL || strcmp(home, id) != 0);
        ok = !shown || add_place(r, place);
    }
    return ok;
}

static bool add_listed(struct listing *r)
{
    const char *const *ids;
    size_t count = 0;
    bool ok = exhibit_list_documents(r->exhibit, &ids, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_document(r, ids[i]);
    }
    ok = ok && exhibit_list_notes(r->exhibit, &ids, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_named(r, PLACE_NOTE, ids[i]);
    }
    const struct person *people = exhibit_people(r->exhibit, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_named(r, PLACE_PERSON, people[i].id);
    }
    const struct geo_place *places = exhibit_places(r->exhibit, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_named(r, PLACE_PLACE, places[i].id);
    }
    const struct term *terms = exhibit_glossary(r->exhibit, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_named(r, PLACE_TERM, terms[i].id);
    }
    const struct event *events = exhibit_timeline(r->exhibit, &count);
    for (size_t i = 0; ok && i < count; i++) {
        ok = add_named(r, PLACE_EVENT, events[i].id);
    }
    return ok;
}

bool places_list(struct exhibit *exhibit, struct places *list)
{
    struct listing listing = {exhibit, list};
    return add_screens(&listing) && add_listed(&listing);
}

void places_finish(struct places *list)
{
    free(list->items);
    *list = (struct places){0};
}
