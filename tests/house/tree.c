#include "tree.h"

#include "base/array.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void tree_free_names(char **names)
{
    for (char **name = names; name != NULL && *name != NULL; name++) {
        free(*name);
    }
    free(names);
}

char **tree_names(const char *path)
{
    DIR *folder = opendir(path);
    char **names = NULL;
    size_t count = 0, capacity = 0;
    bool good = folder != NULL && array_reserve(&names, &capacity, 1, sizeof *names);
    for (struct dirent *entry; good && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char *name = strdup(entry->d_name);
            good = name != NULL && array_reserve(&names, &capacity, count + 2, sizeof *names);
            if (good) {
                names[count++] = name;
            } else {
                free(name);
            }
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    if (!good) {
        tree_free_names(names);
        return NULL;
    }
    qsort(names, count, sizeof *names, by_name);
    return names;
}

char *tree_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t capacity = 0;
    bool good = file != NULL;
    *length = 0;
    while (good && !feof(file)) {
        good = array_reserve(&text, &capacity, *length + 65536, 1);
        if (good) {
            *length += fread(text + *length, 1, capacity - *length - 1, file);
            good = !ferror(file);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    if (!good) {
        free(text);
        return NULL;
    }
    text[*length] = '\0';
    return text;
}

/* Build folders stand at the top and are ignored by git as well. */
static bool left_out(const char *folder, const char *name)
{
    return folder[0] == '\0' && (strcmp(name, ".git") == 0 || strncmp(name, "build", 5) == 0);
}

static bool visit_file(const char *full, const char *path, tree_visitor *visit, void *context)
{
    size_t length;
    char *text = tree_read(full, &length);
    if (text == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        return false;
    }
    visit(context, path, text, length);
    free(text);
    return true;
}

static bool walk_entry(const char *root, const char *path, tree_visitor *visit, void *context)
{
    char full[4096];
    struct stat status;
    if (snprintf(full, sizeof full, "%s/%s", root, path) >= (int)sizeof full || lstat(full, &status) != 0) {
        fprintf(stderr, "cannot reach %s\n", path);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        return tree_walk(root, path, visit, context);
    }
    return !S_ISREG(status.st_mode) || visit_file(full, path, visit, context);
}

bool tree_walk(const char *root, const char *folder, tree_visitor *visit, void *context)
{
    char path[4096];
    bool good = snprintf(path, sizeof path, "%s/%s", root, folder) < (int)sizeof path;
    char **names = good ? tree_names(path) : NULL;
    if (names == NULL) {
        fprintf(stderr, "cannot list %s\n", folder);
        return false;
    }
    for (char **name = names; *name != NULL; name++) {
        if (!left_out(folder, *name)) {
            const char *slash = folder[0] != '\0' ? "/" : "";
            bool fits = snprintf(path, sizeof path, "%s%s%s", folder, slash, *name) < (int)sizeof path;
            good = fits && walk_entry(root, path, visit, context) && good;
        }
    }
    tree_free_names(names);
    return good;
}
