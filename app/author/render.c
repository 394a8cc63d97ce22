/* render: pictures of places. */
#include "pictures.h"
#include "screens.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct order {
    const char *exhibit, *output;
    struct option_list places, languages;
    struct screens_look look;
};

struct rendering {
    struct exhibit *exhibit; /* read whole; the player reads its own */
    struct screens screens;
    struct place *places;
    size_t count, capacity;
    struct pictures *pictures;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--output", OPTION_TEXT, &order->output, NULL},
        {"--lang", OPTION_LIST, &order->languages, NULL},
        {"--place", OPTION_LIST, &order->places, NULL},
        SCREENS_LOOK_OPTIONS(&order->look),
    };
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc != 2 || order->output == NULL) {
        return error_set(
            err, ERROR_USAGE, "render wants one exhibit and --output DIR: see vitrine help render");
    }
    order->exhibit = argv[1];
    return true;
}

/* ---- which places */

static bool add_place(struct rendering *r, struct place place)
{
    return !exhibit_has_place(r->exhibit, &place) || ARRAY_PUSH(r->places, r->count, r->capacity, place);
}

static bool add_named(struct rendering *r, enum place_kind kind, const char *id)
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

static bool add_screens(struct rendering *r)
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
static bool add_document(struct rendering *r, const char *id)
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

static bool add_listed(struct rendering *r)
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

static bool choose_places(struct rendering *r, const struct order *order, struct error *err)
{
    if (order->places.count == 0) {
        return (add_screens(r) && add_listed(r)) || error_memory(err);
    }
    for (size_t i = 0; i < order->places.count; i++) {
        struct place place;
        if (!screens_place(r->exhibit, order->places.items[i], &place, err)) {
            return false;
        }
        if (!ARRAY_PUSH(r->places, r->count, r->capacity, place)) {
            return error_memory(err);
        }
    }
    return true;
}

/* ---- their pictures */

static bool picture_name(const char *folder, const struct place *place, const char *language, char *path,
    size_t size, struct error *err)
{
    char words[160];
    place_format(place, words, sizeof words);
    for (char *at = words; *at != '\0'; at++) {
        *at = *at == ':' || *at == '/' || *at == '#' ? '-' : *at;
    }
    int length = snprintf(path, size, "%s/%s.%s.png", folder, words, language);
    return (length > 0 && (size_t)length < size) ||
           error_set(err, ERROR_USAGE, "the name of the folder for the output is too long");
}

static bool render_one(struct rendering *r, const struct place *place, const char *language,
    const char *folder, struct error *err)
{
    char path[4096];
    struct rect damage[PAINT_DAMAGE_MAX];
    struct size size = r->screens.look.size;
    if (!picture_name(folder, place, language, path, sizeof path, err) ||
        !screens_show(&r->screens, place, language, err)) {
        return false;
    }
    struct paint_target target = {pictures_take(r->pictures), size.w, size.h, size.w};
    player_draw(r->screens.player, &target, true, damage);
    pictures_write(r->pictures, target.pixels, path);
    return !pictures_failed(r->pictures);
}

static bool render_language(struct rendering *r, const char *asked, const char *folder, struct error *err)
{
    const char *language = screens_language(r->exhibit, asked, err);
    bool ok = language != NULL;
    for (size_t i = 0; ok && i < r->count; i++) {
        ok = render_one(r, &r->places[i], language, folder, err);
    }
    return ok;
}

static bool render_all(struct rendering *r, const struct order *order, struct error *err)
{
    const struct exhibit_head *head = exhibit_head(r->exhibit);
    size_t count = order->languages.count > 0 ? order->languages.count : head->language_count;
    for (size_t i = 0; i < order->languages.count;
         i++) { /* all are asked before the first picture is drawn */
        if (screens_language(r->exhibit, order->languages.items[i], err) == NULL) {
            return false;
        }
    }
    if (!choose_places(r, order, err) || !author_make_folder(order->output, err)) {
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < (count > 0 ? count : 1); i++) {
        const char *asked = order->languages.count > 0 ? order->languages.items[i]
                            : count > 0                ? head->languages[i]
                                                       : NULL;
        ok = render_language(r, asked, order->output, err);
    }
    return ok;
}

static bool render(
    const struct order *order, const struct player_paths *paths, struct findings *findings, struct error *err)
{
    struct rendering r = {0};
    r.exhibit = author_inspect(order->exhibit, paths, false, findings, err);
    r.pictures = r.exhibit != NULL ? pictures_create(order->look.size, err) : NULL;
    bool ok = r.pictures != NULL && screens_open(&r.screens, order->exhibit, paths, &order->look, err) &&
              render_all(&r, order, err);
    ok = r.pictures != NULL && pictures_finish(r.pictures, err) && ok;
    pictures_destroy(r.pictures);
    screens_close(&r.screens);
    exhibit_destroy(r.exhibit);
    free(r.places);
    return ok;
}

int author_render(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.look = SCREENS_LOOK_DEFAULT};
    struct player_paths paths;
    struct findings *findings = findings_create();
    bool ok = (findings != NULL || error_memory(&err)) && read_order(argc, argv, &order, &err) &&
              author_paths(io, &paths, &err);
    ok = ok && render(&order, &paths, findings, &err);
    int code = ok ? 0 : author_fail(io, &err);
    if (findings != NULL && findings_count(findings) > 0) {
        author_report(findings, order.exhibit, io->err);
    }
    if (findings != NULL && findings_errors(findings) > 0) {
        code = code != 0 ? code : (int)ERROR_INPUT;
    }
    findings_destroy(findings);
    return code;
}
