/* Which exhibit is played, where the one that is meant may be broken. */
#include "keeper/keeper.h"

#include "bundle/release.h"
#include "shelf.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define CANDIDATES 4

/* One without a title and without a document shows nothing, though its folder can be opened. */
static bool opens(const char *path, struct error *err)
{
    struct exhibit *exhibit = exhibit_open(path, NULL, err);
    const struct exhibit_head *head = exhibit != NULL ? exhibit_head(exhibit) : NULL;
    bool good = head != NULL && (head->title.count > 0 || head->home_document != NULL);
    if (head != NULL && !good) {
        error_set(
            err, ERROR_INPUT, "the exhibit %s has neither a title nor a document: see vitrine check", path);
    }
    exhibit_destroy(exhibit);
    return good;
}

static void set_trouble(struct player_trouble *trouble, const struct error *err)
{
    time_t now = time(NULL);
    struct tm local = {.tm_mday = 1};
    localtime_r(&now, &local);
    error_text(err, trouble->what, sizeof trouble->what);
    trouble->since = (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    snprintf(trouble->time, sizeof trouble->time, "%02d:%02d", local.tm_hour % 24, local.tm_min % 60);
}

void keeper_choose(
    const struct site *site, const char *named, const char *shipped, struct keeper_choice *choice)
{
    char paths[CANDIDATES][SITE_PATH_MAX + 16];
    size_t count = 0;
    struct error first = {0}, other;
    char home[SITE_PATH_MAX], instead[SITE_PATH_MAX];
    if (shelf_home(site, named, shipped, home, instead) && instead[0] != '\0' &&
        release_chosen(home, instead, paths[0], sizeof paths[0])) {
        count++;
    }
    named = named != NULL ? named : site->exhibit[0] != '\0' ? site->exhibit : NULL;
    if (named != NULL) {
        snprintf(paths[count++], sizeof paths[0], "%s", named);
    }
    if (site->exhibits[0] != '\0') {
        snprintf(paths[count++], sizeof paths[0], "%s/current", site->exhibits);
        snprintf(paths[count++], sizeof paths[0], "%s/previous", site->exhibits);
    }
    if (named == NULL && site->exhibits[0] == '\0') {
        snprintf(paths[count++], sizeof paths[0], "%s", shipped);
    }
    *choice = (struct keeper_choice){.second = false};
    for (size_t i = 0; i < count; i++) {
        other = (struct error){0};
        if (opens(paths[i], i == 0 ? &first : &other)) {
            memcpy(choice->exhibit, paths[i], sizeof choice->exhibit);
            choice->second = i > 0;
            return;
        }
    }
    set_trouble(&choice->trouble, &first);
}
