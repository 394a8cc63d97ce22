/* The exhibits whose figures are told, for the names of their places. */
#ifndef AUTHOR_NAMING_H
#define AUTHOR_NAMING_H

#include "exhibit/exhibit.h"
#include "exhibit/interface.h"
#include "exhibit/site.h"
#include "statistics/report.h"
#include "statistics/store.h"

struct naming {
    struct exhibit *exhibit;           /* NULL: ids will do */
    const struct interface *interface; /* lent */
    const char *language;              /* of the report */
    char text[300];
};

/* The exhibit with this title among those that may be on this machine: `named` (may be NULL) by the command
 * line, the site's, those beside the one that ships. NULL: none; the caller destroys it. */
struct exhibit *naming_find(
    const struct store_title *title, const char *named, const struct site *site, const char *shipped);
/* report_exhibit's label; the context is a struct naming. */
const char *naming_label(void *context, enum cell_kind kind, const char *name);

#endif
