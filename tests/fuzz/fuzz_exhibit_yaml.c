/* Whatever bytes a YAML file has, it becomes a tree or findings, within the limits, and every node stands in
 * the file. */
#include "yaml_tree.h"

#include "internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool so)
{
    if (!so) {
        abort();
    }
}

static size_t walk(const struct source *source, const struct yaml_node *node, int depth)
{
    size_t nodes = 1;
    insist(depth <= LIMIT_YAML_DEPTH);
    insist(node->line >= 1 && (size_t)node->line <= source->line_count && node->column >= 1);
    if (node->kind == YAML_SEQUENCE) {
        size_t count = 0;
        for (const struct yaml_node *item = node->items; item != NULL; item = item->next, count++) {
            nodes += walk(source, item, depth + 1);
        }
        insist(count == node->count);
    } else if (node->kind == YAML_MAPPING) {
        size_t count = 0;
        for (const struct yaml_pair *pair = node->pairs; pair != NULL; pair = pair->next, count++) {
            insist(pair->key->kind == YAML_SCALAR);
            nodes += walk(source, pair->value, depth + 1);
        }
        insist(count == node->count);
    } else if (node->kind == YAML_SCALAR) {
        insist(node->text.data != NULL && node->text.data[node->text.length] == '\0');
        yaml_is_empty(node);
    }
    return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct findings *findings = findings_create();
    struct source source;
    struct yaml_node *root = NULL;
    insist(findings != NULL);
    insist(source_take(findings, &arena, "x.yaml", (struct str){(const char *)data, size}, &source));
    insist(yaml_read(findings, &arena, &source, &root));
    insist(!source.partial || findings_count(findings) > 0);
    if (root != NULL) {
        insist(walk(&source, root, 1) <= LIMIT_YAML_NODES);
    }
    findings_destroy(findings);
    arena_finish(&arena);
    return 0;
}
