#include "schema.h"

#include "base/array.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

struct source_mark schema_mark(const struct reader *r, const struct yaml_node *node)
{
    return (struct source_mark){r->source->file, node->line, node->column};
}

void schema_report(
    const struct reader *r, enum finding_code code, const struct yaml_node *node, const char *format, ...)
{
    char message[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    findings_add(r->exhibit->findings, code, r->source->file, node->line, node->column, "%s", message);
}

bool schema_expect(const struct reader *r, const struct yaml_node *node, enum yaml_kind kind)
{
    if (node->kind == kind) {
        return true;
    }
    if (node->kind != YAML_BROKEN && !node->partial) {
        struct yaml_node wanted = {.kind = kind, .text = STR("x")};
        schema_report(r, FINDING_WRONG_TYPE, node,
            "%s is expected here, not %s: see the example of this file in the guide", yaml_kind_name(&wanted),
            yaml_kind_name(node));
    }
    return false;
}

bool schema_is_heard(const struct exhibit *exhibit)
{
    return exhibit->findings != NULL && findings_count(exhibit->findings) < FINDINGS_MAX;
}

const char *schema_nearest(struct str word, const char *const *words, size_t count, char *buffer, size_t size)
{
    const char *best = NULL;
    size_t best_distance = word.length / 3 > 2 ? word.length / 3 : 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(word, str_from(words[i]));
        if (distance < best_distance || (distance == best_distance && best == NULL)) {
            best = words[i];
            best_distance = distance;
        }
    }
    buffer[0] = '\0';
    if (best != NULL && strlen(best) > best_distance) {
        snprintf(buffer, size, " (did you mean \"%s\"?)", best);
    }
    return buffer;
}

int schema_word(const struct reader *r, const struct yaml_node *node, const char *const *words, size_t count)
{
    if (!schema_expect(r, node, YAML_SCALAR)) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal_c(node->text, words[i])) {
            return (int)i;
        }
    }
    char all[300] = "", near[120];
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    schema_report(r, FINDING_UNKNOWN_WORD, node,
        "\"%.*s\" is none of the words possible here%s: use one of %s", STR_ARGS(node->text),
        schema_nearest(node->text, words, count, near, sizeof near), all);
    return -1;
}

static const struct field *find_field(const struct field *fields, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal_c(key, fields[i].key)) {
            return &fields[i];
        }
    }
    return NULL;
}

static void report_unknown(
    const struct reader *r, const struct field *fields, size_t count, const struct yaml_node *key)
{
    const char *words[40];
    char near[120];
    size_t known = 0;
    for (size_t i = 0; i < count && known < ARRAY_LENGTH(words); i++) {
        words[known++] = fields[i].key;
    }
    schema_report(r, FINDING_UNKNOWN_KEY, key, "the key \"%.*s\" is not known here%s: mend or delete it",
        STR_ARGS(key->text), schema_nearest(key->text, words, known, near, sizeof near));
}

/* In a file that broke off nothing is called missing: it may stand behind the break. */
static void report_missing(
    const struct reader *r, const struct yaml_node *map, const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((fields[i].flags & FIELD_REQUIRED) == 0 || r->source->partial) {
            continue;
        }
        const struct yaml_pair *pair = yaml_pair(map, fields[i].key);
        if (pair == NULL) {
            schema_report(r, FINDING_KEY_MISSING, map, "the key \"%s\" is missing: add it", fields[i].key);
        } else if (yaml_is_empty(pair->value)) {
            schema_report(
                r, FINDING_KEY_MISSING, pair->key, "\"%s\" is empty: it needs a value", fields[i].key);
        }
    }
}

bool schema_read(
    struct reader *r, const struct yaml_node *map, const struct field *fields, size_t count, void *out)
{
    if (!schema_expect(r, map, YAML_MAPPING)) {
        return false;
    }
    for (const struct yaml_pair *pair = map->pairs; pair != NULL; pair = pair->next) {
        const struct field *field = find_field(fields, count, pair->key->text);
        if (field == NULL) {
            report_unknown(r, fields, count, pair->key);
        } else if (field->read != NULL && pair->value->kind != YAML_BROKEN && !yaml_is_empty(pair->value)) {
            field->read(r, field, pair->value, (char *)out + field->offset);
        }
    }
    report_missing(r, map, fields, count);
    return true;
}

void *schema_list(
    struct reader *r, const struct yaml_node *list, const struct schema_item *item, size_t *count)
{
    *count = 0;
    if (!schema_expect(r, list, YAML_SEQUENCE) || list->count == 0) {
        return NULL;
    }
    char *items = exhibit_keep(r->exhibit, list->count, item->size);
    if (items == NULL) {
        return NULL;
    }
    for (const struct yaml_node *node = list->items; node != NULL; node = node->next) {
        char *at = items + *count * item->size;
        memset(at, 0, item->size);
        if (schema_read(r, node, item->fields, item->field_count, at) &&
            (item->after == NULL || item->after(r, node, at))) {
            ++*count;
        }
    }
    return items;
}

bool schema_id(struct reader *r, const struct yaml_node *map, struct table *seen, const char **id)
{
    const struct yaml_node *node = yaml_get(map, "id");
    if (node == NULL || node->kind == YAML_BROKEN || yaml_is_empty(node)) {
        return false; /* reported as missing */
    }
    if (!schema_expect(r, node, YAML_SCALAR)) {
        return false;
    }
    if (!place_id_valid(node->text)) {
        schema_report(r, FINDING_BAD_ID, node,
            "\"%.*s\" cannot be an id: use small letters a-z, digits and -, at most %d of them, such as "
            "\"first-page\"",
            STR_ARGS(node->text), PLACE_ID_MAX);
        return false;
    }
    if (table_find(seen, node->text) != NULL) {
        schema_report(r, FINDING_DUPLICATE_ID, node,
            "the id \"%.*s\" is taken already in this file: choose another", STR_ARGS(node->text));
        return false;
    }
    *id = exhibit_keep_c(r->exhibit, node->text);
    if (*id != NULL && !table_put(seen, str_from(*id), NULL)) {
        r->exhibit->no_memory = true;
    }
    return *id != NULL;
}
