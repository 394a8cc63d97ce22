/* statistics: what a screen's visits tell, as text, a table or a page. */
#include "author/author.h"
#include "author/options.h"
#include "exhibit/interface.h"
#include "exhibit/site.h"
#include "naming.h"
#include "statistics/report.h"
#include "statistics/store.h"
#include "tools.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MOST 4096

struct request {
    const char *from, *to, *html, *database, *site, *exhibit, *language;
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
        {"--lang", OPTION_TEXT, &request->language, NULL},
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

/* ---- what is told */

struct figures_of { /* one exhibit */
    struct store_title title;
    struct cells cells;
    struct figures figures;
    struct naming naming;
};

struct telling {
    struct request request;
    struct site site;
    struct player_paths paths;
    struct interface *player, *words;
    struct figures_of *exhibits;
    struct report_exhibit *told;
    size_t count, capacity;
};

static bool open_words(struct telling *telling, const struct author_io *io, struct error *err)
{
    char folder[PLAYER_PATH_MAX + 16];
    if (!author_paths(io, &telling->paths, err)) {
        return false;
    }
    snprintf(folder, sizeof folder, "%s/interface", telling->paths.assets);
    telling->player = interface_open(folder, err);
    snprintf(folder, sizeof folder, "%s/report", telling->paths.assets);
    telling->words = telling->player != NULL ? interface_open(folder, err) : NULL;
    return telling->words != NULL;
}

static bool check_language(struct telling *telling, struct error *err)
{
    const char *language = telling->request.language;
    struct str own = interface_words(telling->player, language, "language.name"),
               english = interface_words(telling->player, "en", "language.name");
    return strcmp(language, "en") == 0 || strncmp(language, "en-", 3) == 0 || !str_equal(own, english) ||
           error_set(err, ERROR_USAGE, "--lang %s: the report has no words in that language", language);
}

static bool read_file(struct telling *telling, const char *path, struct error *err)
{
    struct figures_of *all = realloc(telling->exhibits, (telling->count + 1) * sizeof *all);
    if (all == NULL) {
        return error_memory(err);
    }
    telling->exhibits = all;
    struct figures_of *one = &all[telling->count];
    *one = (struct figures_of){.cells = {NULL, 0, 0}};
    if (!store_read(path, &one->cells, &one->title, err) ||
        (!figures_make(&one->cells, telling->request.from_day, telling->request.to_day, &one->figures) &&
            !error_memory(err))) {
        cells_finish(&one->cells);
        return false;
    }
    one->naming.exhibit =
        naming_find(&one->title, telling->request.exhibit, &telling->site, telling->paths.exhibit);
    telling->count++;
    return true;
}

/* The exhibit's own file, where one was named: that there is none is said by its reader. */
static bool read_one(struct telling *telling, const char *folder, struct error *err)
{
    char path[PATH_MOST];
    struct exhibit *exhibit = exhibit_open(telling->request.exhibit, NULL, err);
    if (exhibit == NULL) {
        return false;
    }
    struct store_title title = store_title_of(exhibit);
    exhibit_destroy(exhibit);
    return (store_path(folder, &title, path, sizeof path) ||
               error_set(err, ERROR_INPUT, "the path is too long: %s", folder)) &&
           read_file(telling, path, err);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Of a folder every exhibit's; where there is none, that of an exhibit without a title is asked for, and says
 * so. */
static bool read_folder(struct telling *telling, const char *folder, struct error *err)
{
    char path[PATH_MOST] = "";
    const struct store_title untitled = {.text = ""};
    while (store_next(folder, path, sizeof path)) {
        if (!read_file(telling, path, err)) {
            return false;
        }
    }
    return telling->count > 0 || ((store_path(folder, &untitled, path, sizeof path) ||
                                      error_set(err, ERROR_INPUT, "the path is too long: %s", folder)) &&
                                     read_file(telling, path, err));
}

static bool read_all(struct telling *telling, struct error *err)
{
    const struct request *request = &telling->request;
    const char *own = telling->site.statistics.folder;
    const char *folder = request->database != NULL ? request->database
                         : own[0] != '\0'          ? own
                                                   : SITE_STATISTICS;
    if (request->database != NULL && !is_folder(folder)) {
        return read_file(telling, folder, err);
    }
    return request->exhibit != NULL ? read_one(telling, folder, err) : read_folder(telling, folder, err);
}

/* The one that was played last stands first. */
static int by_time(const void *a, const void *b)
{
    const struct figures_of *x = a, *y = b;
    return x->figures.to != y->figures.to ? (x->figures.to < y->figures.to) - (x->figures.to > y->figures.to)
                                          : strcmp(x->title.text, y->title.text);
}

/* What is known of its title in the report's language is what it is called there. */
static void take_title(struct figures_of *one, const char *language)
{
    const char *found = NULL;
    if (one->naming.exhibit != NULL) {
        struct str title =
            exhibit_string(one->naming.exhibit, &exhibit_head(one->naming.exhibit)->title, language, &found);
        snprintf(one->title.text, sizeof one->title.text, "%.*s", STR_ARGS(title));
        snprintf(one->title.language, sizeof one->title.language, "%s", found != NULL ? found : "");
    }
}

static bool prepare(struct telling *telling, struct error *err)
{
    telling->told = calloc(telling->count, sizeof *telling->told);
    if (telling->told == NULL) {
        return error_memory(err);
    }
    qsort(telling->exhibits, telling->count, sizeof *telling->exhibits, by_time);
    for (size_t i = 0; i < telling->count; i++) {
        struct figures_of *one = &telling->exhibits[i];
        one->naming.interface = telling->player;
        one->naming.language = telling->request.language;
        take_title(one, telling->request.language);
        telling->told[i] = (struct report_exhibit){.title = one->title.text,
            .language = one->title.language[0] != '\0' ? one->title.language : NULL,
            .figures = &one->figures,
            .label = naming_label,
            .context = &one->naming};
    }
    return true;
}

static void finish(struct telling *telling)
{
    for (size_t i = 0; i < telling->count; i++) {
        figures_finish(&telling->exhibits[i].figures);
        cells_finish(&telling->exhibits[i].cells);
        exhibit_destroy(telling->exhibits[i].naming.exhibit);
    }
    free(telling->exhibits);
    free(telling->told);
    interface_destroy(telling->player);
    interface_destroy(telling->words);
}

/* ---- writing */

/* Beside it first, so that a report that is there is replaced whole or not at all. */
static bool write_page(const char *path, const struct report *report, struct error *err)
{
    char *beside = NULL;
    FILE *file = asprintf(&beside, "%s.part", path) >= 0 ? fopen(beside, "wxe") : NULL;
    if (file == NULL && beside != NULL && errno == EEXIST) {
        unlink(beside);
        file = fopen(beside, "wxe");
    }
    bool good = file != NULL;
    if (good) {
        report_html(report, file);
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

static bool tell(const struct telling *telling, const struct author_io *io, struct error *err)
{
    const struct request *request = &telling->request;
    const struct report report = {.player = telling->player,
        .words = telling->words,
        .language = request->language,
        .exhibits = telling->told,
        .count = telling->count};
    bool good = request->html == NULL || write_page(request->html, &report, err);
    if (request->csv) {
        report_csv(&report, io->out);
    } else if (request->html == NULL) {
        report_text(&report, io->out);
    }
    return good;
}

int author_statistics(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct telling telling = {.request = {.language = "en"}};
    bool good =
        read_request(argc, argv, &telling.request, &err) &&
        (telling.request.site == NULL || site_read(telling.request.site, &telling.site, NULL, &err)) &&
        open_words(&telling, io, &err) && check_language(&telling, &err) && read_all(&telling, &err) &&
        prepare(&telling, &err) && tell(&telling, io, &err);
    finish(&telling);
    return good ? 0 : author_fail(io, &err);
}
