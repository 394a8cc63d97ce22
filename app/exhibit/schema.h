/* From YAML nodes to structs, by tables of fields. A table says which keys a map may have, of what type each
 * is and where its value goes; unknown keys, missing keys and wrong types are reported in one place, with the
 * nearest known word. */
#ifndef EXHIBIT_SCHEMA_H
#define EXHIBIT_SCHEMA_H

#include "internal.h"
#include "yaml_tree.h"

/* One file that is being read. */
struct reader {
    struct exhibit *exhibit;
    struct arena *scratch;
    struct source *source;
    void *context; /* of whoever reads this file: what its `after` functions need */
};

struct field;
/* Reads the value into `out` (the struct's address plus the field's offset). NULL stands in for nothing. */
typedef void field_read(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out);

enum {
    FIELD_REQUIRED = 1,
    FIELD_PLAIN = 2,  /* our own sentences: warned when long */
    FIELD_LABEL = 4,  /* a short text: warned when it has too many words */
    FIELD_EDITORS = 8 /* square brackets are editors' insertions */
};

struct field {
    const char *key;
    field_read *read; /* NULL: someone else reads it */
    size_t offset;
    unsigned flags;
};

/* Reads a map. False when `map` is none (reported). What is absent is left as it was. */
bool schema_read(
    struct reader *r, const struct yaml_node *map, const struct field *fields, size_t count, void *out);
#define SCHEMA_READ(r, map, fields, out) schema_read((r), (map), (fields), ARRAY_LENGTH(fields), (out))

/* A list of maps. `after` (may be NULL) sees each item once it is read; false drops it. */
struct schema_item {
    const struct field *fields;
    size_t field_count;
    size_t size;
    bool (*after)(struct reader *r, const struct yaml_node *map, void *item);
};
/* Returns the items in exhibit memory; NULL and 0 when there are none. */
void *schema_list(
    struct reader *r, const struct yaml_node *list, const struct schema_item *item, size_t *count);

/* For an item whose first member is `const char *id`: reads the key "id", which must be valid and new in
 * `seen` (key -> item). False, reported, when it is not. */
bool schema_id(struct reader *r, const struct yaml_node *map, struct table *seen, const char **id);

struct source_mark schema_mark(const struct reader *r, const struct yaml_node *node);
void schema_report(const struct reader *r, enum finding_code code, const struct yaml_node *node,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Reports and returns false when the node is not of this kind. */
bool schema_expect(const struct reader *r, const struct yaml_node *node, enum yaml_kind kind);
/* The index of a word; -1, reported, when it is none of them. */
int schema_word(const struct reader *r, const struct yaml_node *node, const char *const *words, size_t count);
/* Will the next finding be kept? If not, what it costs to word it well is saved. */
bool schema_is_heard(const struct exhibit *exhibit);
/* The nearest of `words` as " (did you mean \"x\"?)", or "" when none is near; lives in buffer. */
const char *schema_nearest(
    struct str word, const char *const *words, size_t count, char *buffer, size_t size);

#endif
