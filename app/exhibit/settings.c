#include "exhibit/settings.h"

#include "base/stream.h"

#include "path.h"
#include "source.h"
#include "yaml_tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_BYTES ((size_t)1 << 20)

struct settings {
    struct arena arena;
    struct yaml_node *root;
};

/* A settings_node is a yaml_node that the other rooms need not know. */
static const struct yaml_node *inside(const struct settings_node *node)
{
    return (const struct yaml_node *)(const void *)node;
}

static const struct settings_node *outside(const struct yaml_node *node)
{
    return (const struct settings_node *)(const void *)node;
}

static bool read_bytes(struct settings *settings, const char *path, struct str *bytes, struct error *err)
{
    const char *slash = strrchr(path, '/');
    struct str folder = slash != NULL ? str_slice(str_from(path), 0, (size_t)(slash - path) + 1) : STR("./");
    struct str name = str_from(slash != NULL ? slash + 1 : path);
    folder = arena_copy(&settings->arena, folder);
    int root = folder.data != NULL ? stream_descriptor(AT_FDCWD, folder.data, O_RDONLY | O_DIRECTORY) : -1;
    bool good = root >= 0 && path_read(root, name.data, LIMIT_BYTES, &settings->arena, bytes) == PATH_GOOD;
    if (root >= 0) {
        close(root);
    }
    return good || error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be read");
}

static bool read_tree(struct settings *settings, const char *path, struct str bytes,
    struct findings *findings, struct error *err)
{
    struct source source;
    if (!source_take(findings, &settings->arena, path, bytes, &source) ||
        !yaml_read(findings, &settings->arena, &source, &settings->root)) {
        return error_memory(err);
    }
    const struct finding *first = findings_get(findings, 0);
    return first == NULL ||
           error_set_at(err, ERROR_MACHINE, path, first->line, first->column, "%s", first->message);
}

struct settings *settings_open(const char *path, struct error *err)
{
    struct settings *settings = calloc(1, sizeof *settings);
    struct findings *findings = findings_create();
    struct str bytes = {NULL, 0};
    bool good = false;
    if (settings == NULL || findings == NULL) {
        error_memory(err);
    } else {
        good = read_bytes(settings, path, &bytes, err) && read_tree(settings, path, bytes, findings, err);
    }
    findings_destroy(findings);
    if (!good) {
        settings_destroy(settings);
        settings = NULL;
    }
    return settings;
}

void settings_destroy(struct settings *settings)
{
    if (settings != NULL) {
        arena_finish(&settings->arena);
        free(settings);
    }
}

const struct settings_node *settings_root(const struct settings *settings)
{
    return settings != NULL ? outside(settings->root) : NULL;
}

const struct settings_node *settings_get(const struct settings_node *map, const char *key)
{
    return map != NULL ? outside(yaml_get(inside(map), key)) : NULL;
}

const struct settings_node *settings_first(const struct settings_node *list)
{
    return list != NULL && inside(list)->kind == YAML_SEQUENCE ? outside(inside(list)->items) : NULL;
}

const struct settings_node *settings_next(const struct settings_node *item)
{
    return item != NULL ? outside(inside(item)->next) : NULL;
}

size_t settings_count(const struct settings_node *list)
{
    return list != NULL && inside(list)->kind == YAML_SEQUENCE ? inside(list)->count : 0;
}

struct str settings_text(const struct settings_node *node)
{
    return node != NULL && inside(node)->kind == YAML_SCALAR ? inside(node)->text : (struct str){NULL, 0};
}

int settings_line(const struct settings_node *node)
{
    return node != NULL ? inside(node)->line : 0;
}

int settings_column(const struct settings_node *node)
{
    return node != NULL ? inside(node)->column : 0;
}
