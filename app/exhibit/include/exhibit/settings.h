/* A YAML file of the player's own (the catalogue of fonts) as a tree: read by the same strict reader as an
 * exhibit's files, but one mistake ends it. */
#ifndef EXHIBIT_SETTINGS_H
#define EXHIBIT_SETTINGS_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

struct settings;
struct settings_node; /* lent by the settings */

/* ERROR_MACHINE with file, line and column when it cannot be read or is no YAML. */
struct settings *settings_open(const char *path, struct error *err);
void settings_destroy(struct settings *settings);

/* The outermost node; NULL for an empty file. Every function below accepts NULL and gives nothing for it. */
const struct settings_node *settings_root(const struct settings *settings);
/* The value of a key; NULL when there is none, or the node is no map. */
const struct settings_node *settings_get(const struct settings_node *map, const char *key);
/* The items of a list, one after the other; NULL behind the last, or when the node is no list. */
const struct settings_node *settings_first(const struct settings_node *list);
const struct settings_node *settings_next(const struct settings_node *item);
size_t settings_count(const struct settings_node *list);
/* The words of a scalar; empty for anything else. */
struct str settings_text(const struct settings_node *node);
/* Where it stands in the file, from 1; 0 for NULL. */
int settings_line(const struct settings_node *node);
int settings_column(const struct settings_node *node);

#endif
