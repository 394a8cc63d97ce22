/* Files and folders of the checkout, for the tests of the house. */
#ifndef HOUSE_TREE_H
#define HOUSE_TREE_H

#include <stdbool.h>
#include <stddef.h>

/* `path` is relative to the root, `text` its zero-terminated contents (`length` bytes, which may hold zero
 * bytes). */
typedef void tree_visitor(void *context, const char *path, const char *text, size_t length);

/* Calls `visit` with every regular file under root/folder ("" for all), in no order; .git and build folders
 * are left out. False when a folder or file cannot be read; the others are visited all the same. */
bool tree_walk(const char *root, const char *folder, tree_visitor *visit, void *context);

/* The names in a folder without . and .., sorted, NULL behind the last; NULL when it cannot be read. */
char **tree_names(const char *path);
void tree_free_names(char **names);

/* The whole file with a zero byte behind it, malloc'd; NULL when it cannot be read. */
char *tree_read(const char *path, size_t *length);

#endif
