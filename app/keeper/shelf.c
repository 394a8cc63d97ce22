#include "shelf.h"

#include "base/array.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LONGEST_TOLD 5 /* findings of one exhibit in the log */

bool shelf_home(const struct site *site, const char *named, const char *shipped, char home[SITE_PATH_MAX],
    char instead[SITE_PATH_MAX])
{
    const char *state = getenv("STATE_DIRECTORY");
    int length = state != NULL ? (int)strcspn(state, ":") : 0;
    const char *plain = site->exhibit[0] != '\0' ? site->exhibit : site->exhibits[0] == '\0' ? shipped : "";
    home[0] = '\0';
    snprintf(instead, SITE_PATH_MAX, "%s", plain);
    if (site->exhibits[0] != '\0') {
        snprintf(home, SITE_PATH_MAX, "%s", site->exhibits);
    } else if (length > 0 && length < SITE_PATH_MAX - 16) {
        snprintf(home, SITE_PATH_MAX, "%.*s/exhibits", length, state);
    }
    return named == NULL && home[0] != '\0';
}

/* ---- what the checker finds */

static void tell(const struct findings *findings, const char *path, const struct log *log)
{
    int told = 0;
    for (size_t i = 0; log != NULL && i < findings_count(findings) && told < LONGEST_TOLD; i++) {
        const struct finding *finding = findings_get(findings, i);
        if (finding->severity == SEVERITY_ERROR) {
            log_write(log, LOG_ERROR, "%s/%s:%d: %s", path, finding->file, finding->line, finding->message);
            told++;
        }
    }
}

void shelf_check(const char *path, const struct log *log, long *mistakes, long *warnings)
{
    struct findings *findings = findings_create();
    struct exhibit *exhibit = findings != NULL ? exhibit_open(path, findings, NULL) : NULL;
    *mistakes = -1;
    *warnings = 0;
    if (exhibit != NULL && exhibit_load_all(exhibit)) {
        *mistakes = (long)findings_errors(findings);
        *warnings = (long)findings_count(findings) - *mistakes;
        *warnings = *warnings > 0 ? *warnings : 0;
        tell(findings, path, log);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

/* ---- finding them */

static bool is_exhibit(const char *path)
{
    char file[SITE_PATH_MAX + 100];
    struct stat status;
    int length = snprintf(file, sizeof file, "%s/exhibit.yaml", path);
    return length > 0 && (size_t)length < sizeof file && stat(file, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_same(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* What is there already under another name is not listed twice. */
static void add(struct shelf *shelf, const char *path, const char *what)
{
    for (int i = 0; i < shelf->count; i++) {
        if (is_same(shelf->items[i].path, path)) {
            return;
        }
    }
    if (shelf->count < VISIT_EXHIBITS) {
        struct shelf_item *item = &shelf->items[shelf->count++];
        snprintf(item->path, sizeof item->path, "%s", path);
        snprintf(item->what, sizeof item->what, "%s", what);
    }
}

/* The exhibits in a folder: releases by their names, others by their paths. */
static void add_all(struct shelf *shelf, const char *folder, bool releases)
{
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        char path[SITE_PATH_MAX + 80];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && (size_t)length < sizeof path && is_exhibit(path)) {
            add(shelf, path, releases ? entry->d_name : path);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
}

static void find(struct shelf *shelf)
{
    char home[SITE_PATH_MAX], instead[SITE_PATH_MAX], folder[SITE_PATH_MAX + 16];
    shelf_home(shelf->site, shelf->named, shelf->shipped, home, instead);
    shelf->count = 0;
    if (instead[0] != '\0') {
        add(shelf, instead, "");
    }
    if (home[0] != '\0') {
        snprintf(folder, sizeof folder, "%s/releases", home);
        add_all(shelf, folder, true);
    }
    char *shipped = realpath(shelf->shipped, NULL), *slash = shipped != NULL ? strrchr(shipped, '/') : NULL;
    if (slash != NULL && slash > shipped) { /* the folder that packages put theirs into too */
        *slash = '\0';
        add_all(shelf, shipped, false);
    }
    free(shipped);
    if (shelf->named != NULL) {
        add(shelf, shelf->named, shelf->named);
    }
}

/* ---- what there is to know of each */

static struct date day_of(time_t when)
{
    struct tm local = {.tm_mday = 1};
    localtime_r(&when, &local);
    return (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

/* A serial is the time of the latest change, or a number that the curator gave; what a package brought has
 * none. */
static void date_it(const char *path, struct view_exhibit *exhibit)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char *end, file[SITE_PATH_MAX + 100];
    struct stat status;
    bool release = slash != NULL && strstr(path, "/releases/") != NULL;
    unsigned long long serial = release ? strtoull(name, &end, 10) : 0;
    if (release && *end == '-' && serial >= 100000000 && serial < 100000000000) {
        exhibit->date = day_of((time_t)serial);
    } else if (release && *end == '-' && serial > 0) {
        snprintf(exhibit->version, sizeof exhibit->version, "%llu", serial);
    } else if (snprintf(file, sizeof file, "%s/exhibit.yaml", path) < (int)sizeof file &&
               (stat(file, &status) == 0 || stat(path, &status) == 0)) {
        exhibit->date = day_of(status.st_mtime);
    }
}

void shelf_name(const char *path, const char *language, char title[VIEW_FACT_MAX],
    char title_language[VISIT_LANGUAGE_MAX + 1])
{
    struct exhibit *opened = exhibit_open(path, NULL, NULL);
    const char *found = NULL;
    title[0] = '\0';
    if (opened != NULL) {
        struct str text = exhibit_string(opened, &exhibit_head(opened)->title, language, &found);
        snprintf(title, VIEW_FACT_MAX, "%.*s", STR_ARGS(text));
    }
    if (title[0] == '\0') {
        snprintf(title, VIEW_FACT_MAX, "%.390s", path);
    }
    snprintf(title_language, VISIT_LANGUAGE_MAX + 1, "%s", found != NULL ? found : language);
    exhibit_destroy(opened);
}

struct shelved {
    struct shelf_item item;
    struct view_exhibit exhibit;
};

static int by_title(const void *a, const void *b)
{
    const struct view_exhibit *x = &((const struct shelved *)a)->exhibit,
                              *y = &((const struct shelved *)b)->exhibit;
    int order = strcmp(x->title, y->title);
    if (order == 0) {
        int older = x->date.year * 10000 + x->date.month * 100 + x->date.day;
        order = y->date.year * 10000 + y->date.month * 100 + y->date.day - older;
    }
    return order != 0
               ? order
               : strcmp(((const struct shelved *)a)->item.path, ((const struct shelved *)b)->item.path);
}

void shelf_look(
    struct shelf *shelf, const struct keeper_choice *choice, const char *language, struct view_staff *facts)
{
    char home[SITE_PATH_MAX], instead[SITE_PATH_MAX];
    bool kept = shelf_home(shelf->site, shelf->named, shelf->shipped, home, instead);
    find(shelf);
    struct shelved *all = calloc((size_t)shelf->count + 1, sizeof *all);
    facts->exhibit_count = all != NULL ? shelf->count : 0;
    for (int i = 0; i < facts->exhibit_count; i++) {
        struct view_exhibit *exhibit = &all[i].exhibit;
        const char *path = shelf->items[i].path;
        all[i].item = shelf->items[i];
        date_it(path, exhibit);
        shelf_name(path, language, exhibit->title, exhibit->language);
        shelf_check(path, NULL, &exhibit->mistakes, &exhibit->warnings);
        exhibit->playing = choice->exhibit[0] != '\0' && is_same(path, choice->exhibit);
        /* Where one stands in for another it may be chosen for good. */
        exhibit->offered = kept && exhibit->mistakes == 0 && (!exhibit->playing || choice->second);
    }
    if (all != NULL) {
        qsort(all, (size_t)shelf->count, sizeof *all, by_title);
    }
    for (int i = 0; i < facts->exhibit_count; i++) {
        shelf->items[i] = all[i].item;
        facts->exhibits[i] = all[i].exhibit;
    }
    free(all);
}

/* ---- taking one */

bool shelf_take(struct shelf *shelf, int chosen, const struct log *log, struct error *err)
{
    char home[SITE_PATH_MAX], instead[SITE_PATH_MAX];
    struct release_change change;
    long mistakes, warnings;
    if (chosen < 0 || chosen >= shelf->count) {
        return error_set(err, ERROR_MACHINE, "none of the exhibits was chosen");
    }
    const struct shelf_item *item = &shelf->items[chosen];
    if (!shelf_home(shelf->site, shelf->named, shelf->shipped, home, instead)) {
        return error_set(err, ERROR_MACHINE,
            shelf->named != NULL
                ? "the exhibit was named where the player was started: no other can be chosen"
                : "there is no folder to keep a choice in: the site file's exhibits names one");
    }
    shelf_check(item->path, log, &mistakes, &warnings);
    if (mistakes != 0) {
        return error_set(err, ERROR_INPUT, "%s was not taken: there are mistakes in it", item->path);
    }
    if (!release_choose(home, instead[0] != '\0' ? instead : NULL, item->what[0] != '\0' ? item->what : NULL,
            &change, err)) {
        return false;
    }
    log_write(log, LOG_WARNING, "the staff chose the exhibit %s", item->path);
    return true;
}
