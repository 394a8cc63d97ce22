/* The exhibits that are on this machine, for the staff to choose from: what was installed and is kept, what
 * packages brought beside the one that ships with the player, and what the site file names. */
#ifndef KEEPER_SHELF_H
#define KEEPER_SHELF_H

#include "base/error.h"
#include "base/log.h"
#include "bundle/release.h"
#include "exhibit/site.h"
#include "keeper/keeper.h"
#include "view/view.h"

struct shelf_item {
    char path[SITE_PATH_MAX + 80]; /* as it is opened */
    char what[SITE_PATH_MAX + 80]; /* for release_choose(); empty: it is what the site file names */
};
struct shelf {
    const struct site *site;     /* lent */
    const char *named, *shipped; /* as of keeper_choose(); lent */
    struct shelf_item items[VISIT_EXHIBITS];
    int count;
};

/* Where a choice is kept: the site's folder of exhibits, else that of the service's state. `instead`: the
 * exhibit that is played where nothing was chosen; empty: the current release is, and a choice becomes that.
 * False: a choice cannot be kept, or the command line has named an exhibit. */
bool shelf_home(const struct site *site, const char *named, const char *shipped, char home[SITE_PATH_MAX],
    char instead[SITE_PATH_MAX]);
/* What the checker finds in an exhibit, told to the log (may be NULL); *mistakes < 0: it cannot be opened. */
void shelf_check(const char *path, const struct log *log, long *mistakes, long *warnings);
/* The title of an exhibit, in this language where it has it; without one its path. */
void shelf_name(const char *path, const char *language, char title[VIEW_FACT_MAX],
    char title_language[VISIT_LANGUAGE_MAX + 1]);
/* Finds and checks them all; which is played is what `choice` leads to. Sorted by title, the newest first. */
void shelf_look(
    struct shelf *shelf, const struct keeper_choice *choice, const char *language, struct view_staff *facts);
/* Checks the one that was listed at this place, and takes it: it is played from the next sitting on.
 * ERROR_INPUT when there are mistakes in it or it is not there; ERROR_MACHINE. */
bool shelf_take(struct shelf *shelf, int chosen, const struct log *log, struct error *err);

#endif
