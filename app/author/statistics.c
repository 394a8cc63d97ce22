/* statistics: what a screen's visits tell, as text, a table or a page. */
#include "author/author.h"
#include "author/options.h"
#include "exhibit/interface.h"
#include "exhibit/site.h"
#include "statistics/report.h"
#include "statistics/store.h"
#include "tools.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
    const char *from, *to, *html, *database, *site, *exhibit;
    bool csv;
    int from_day, to_day; /* 0: not given */
};

static bool read_day(const char *name, const char *text, int *day, struct error *err)
{
    return text == NULL || cells_parse_day(text, day) ||
           error_set(err, ERROR_USAGE, "%s is a day such as 2026-05-13, not \"%s\"", name, text);
}

static bool read_request(int argc, char **argv, struct request *request, struct error *err)
{
    const struct option options[] = {
        {"--from", OPTION_TEXT, &request->from, NULL},
        {"--to", OPTION_TEXT, &request->to, NULL},
        {"--csv", OPTION_FLAG, &request->csv, NULL},
        {"--html", OPTION_TEXT, &request->html, NULL},
        {"--database", OPTION_TEXT, &request->database, NULL},
        {"--site", OPTION_TEXT, &request->site, NULL},
        {"--exhibit", OPTION_TEXT, &request->exhibit, NULL},
    };
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc > 1) {
        return error_set(err, ERROR_USAGE,
            "statistics takes options only, not \"%s\": see vitrine help statistics", argv[1]);
    }
    if (!read_day("--from", request->from, &request->from_day, err) ||
        !read_day("--to", request->to, &request->to_day, err)) {
        return false;
    }
    return request->from_day == 0 || request->to_day == 0 || request->from_day <= request->to_day ||
           error_set(err, ERROR_USAGE, "--from %s is after --to %s", request->from, request->to);
}

/* ---- names for people */

struct naming {
    struct exhibit *exhibit;     /* NULL: ids will do */
    struct interface *interface; /* NULL: so will tags */
    const char *language;        /* the exhibit's first */
    char text[200];
};

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
    static const char *const views[] = {[PLACE_RECORD] = "",
        [PLACE_SCAN] = "The page: ",
        [PLACE_TEXT] = "The text: ",
        [PLACE_PARALLEL] = "Side by side: "};
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
    snprintf(naming->text, sizeof naming->text, "%s%.*s", document ? views[place.view] : "",
        (int)(title.length < 160 ? title.length : 160), title.data);
    return naming->text;
}

static const char *label(void *context, enum cell_kind kind, const char *name)
{
    struct naming *naming = context;
    if (kind == CELL_SEEN) {
        return naming->exhibit != NULL ? label_place(naming, name) : NULL;
    }
    if (kind == CELL_LANGUAGE && naming->interface != NULL) {
        struct str own = interface_words(naming->interface, name, "language.name");
        bool known = strcmp(name, "en") == 0 ||
                     !str_equal(own, interface_words(naming->interface, "en", "language.name"));
        snprintf(naming->text, sizeof naming->text, "%.*s (%s)", STR_ARGS(own), name);
        return known ? naming->text : NULL;
    }
    return NULL;
}

/* Names are a help: where the exhibit or the player's words are not found there are ids. */
static void open_naming(const char *exhibit, const struct author_io *io, struct naming *naming)
{
    struct player_paths paths;
    char words[PLAYER_PATH_MAX + 16];
    bool found = author_paths(io, &paths, NULL);
    if (found) {
        snprintf(words, sizeof words, "%s/interface", paths.assets);
        naming->interface = interface_open(words, NULL);
    }
    const char *path = exhibit != NULL ? exhibit : found && paths.exhibit[0] != '\0' ? paths.exhibit : NULL;
    naming->exhibit = path != NULL ? exhibit_open(path, NULL, NULL) : NULL;
    naming->language = naming->exhibit != NULL && exhibit_head(naming->exhibit)->language_count > 0
                           ? exhibit_head(naming->exhibit)->languages[0]
                           : "en";
}

/* ---- writing */

/* Beside it first, so that a report that is there is replaced whole or not at all. */
static bool write_page(
    const char *path, const struct figures *figures, const struct report_words *words, struct error *err)
{
    char *beside = NULL;
    FILE *file = asprintf(&beside, "%s.part", path) >= 0 ? fopen(beside, "wxe") : NULL;
    if (file == NULL && beside != NULL && errno == EEXIST) {
        unlink(beside);
        file = fopen(beside, "wxe");
    }
    bool good = file != NULL;
    if (good) {
        report_html(figures, words, file);
        good = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0;
        good = fclose(file) == 0 && good;
        good = good && rename(beside, path) == 0;
    }
    if (!good) {
        error_set_at(err, ERROR_MACHINE, path, 0, 0, "the page cannot be written: %s", strerror(errno));
        if (file != NULL) {
            unlink(beside);
        }
    }
    free(beside);
    return good;
}

static bool tell(const struct request *request, const struct cells *cells, const struct report_words *words,
    const struct author_io *io, struct error *err)
{
    struct figures figures;
    if (!figures_make(cells, request->from_day, request->to_day, &figures)) {
        return error_memory(err);
    }
    bool good = request->html == NULL || write_page(request->html, &figures, words, err);
    if (request->csv) {
        report_csv(&figures, words, io->out);
    } else if (request->html == NULL) {
        report_text(&figures, words, io->out);
    }
    figures_finish(&figures);
    return good;
}

static void find_database(const struct request *request, const struct site *site, char *path, size_t size)
{
    const char *folder = site->statistics.folder[0] != '\0' ? site->statistics.folder : SITE_STATISTICS;
    if (request->database != NULL) {
        snprintf(path, size, "%s", request->database);
    } else {
        snprintf(path, size, "%s/%s", folder, STORE_FILE);
    }
}

int author_statistics(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct request request = {.csv = false};
    struct site site = {.idle_s = 0};
    struct naming naming = {.exhibit = NULL};
    struct cells cells = {NULL, 0, 0};
    char path[4096];
    bool good = read_request(argc, argv, &request, &err) &&
                (request.site == NULL || site_read(request.site, &site, NULL, &err));
    find_database(&request, &site, path, sizeof path);
    good = good && store_read(path, &cells, &err);
    if (good) {
        const char *exhibit = request.exhibit != NULL   ? request.exhibit
                              : site.exhibit[0] != '\0' ? site.exhibit
                                                        : NULL;
        open_naming(exhibit, io, &naming);
        char title[200] = "";
        if (naming.exhibit != NULL) {
            struct str own =
                exhibit_string(naming.exhibit, &exhibit_head(naming.exhibit)->title, naming.language, NULL);
            snprintf(title, sizeof title, "%.*s", STR_ARGS(own));
        }
        struct report_words words = {
            .title = title[0] != '\0' ? title : NULL, .label = label, .context = &naming};
        good = tell(&request, &cells, &words, io, &err);
    }
    cells_finish(&cells);
    interface_destroy(naming.interface);
    exhibit_destroy(naming.exhibit);
    return good ? 0 : author_fail(io, &err);
}
