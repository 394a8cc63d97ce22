/* Readers for values that name something: provenance, ids, places, the written forms of a name. */
#include "base/array.h"
#include "values.h"

#include <stddef.h>
#include <string.h>

#define SIDE_BY_SIDE(type, list, count)                                                                      \
    _Static_assert(offsetof(type, count) == offsetof(type, list) + sizeof(void *),                           \
        "a list and its count stand side by side")
SIDE_BY_SIDE(struct document, related, related_count);
SIDE_BY_SIDE(struct exhibit_head, meaning, meaning_count);
SIDE_BY_SIDE(struct exhibit_head, about, about_count);
SIDE_BY_SIDE(struct person, in, in_count);
SIDE_BY_SIDE(struct person, forms, form_count);
SIDE_BY_SIDE(struct geo_place, forms, form_count);

/* ---- provenance */

static const char *const provenance_words[PROVENANCE_KINDS] = {
    [PROVENANCE_SCAN] = "scan",
    [PROVENANCE_PHOTOGRAPH] = "photograph",
    [PROVENANCE_RECONSTRUCTION] = "reconstruction",
    [PROVENANCE_TRANSCRIPTION] = "transcription",
    [PROVENANCE_TRANSLATION] = "translation",
    [PROVENANCE_MACHINE_ASSISTED] = "machine-assisted",
    [PROVENANCE_BACK_TRANSLATION] = "back-translation",
    [PROVENANCE_EDITORIAL] = "editorial",
};

static const struct field provenance_fields[] = {
    {"kind", NULL, 0, FIELD_REQUIRED},
    {"who", value_string, offsetof(struct provenance_entry, who), 0},
    {"when", value_date, offsetof(struct provenance_entry, when), 0},
    {"from", value_string, offsetof(struct provenance_entry, from), 0},
    {"note", value_string, offsetof(struct provenance_entry, note), 0},
};

static bool take_kind(struct reader *r, const struct yaml_node *map, void *item)
{
    struct provenance_entry *entry = item;
    const struct yaml_node *node = yaml_get(map, "kind");
    char all[200] = "", near[80];
    if (node == NULL || node->kind == YAML_BROKEN || yaml_is_empty(node) ||
        !schema_expect(r, node, YAML_SCALAR)) {
        return false;
    }
    for (size_t i = 0; i < PROVENANCE_KINDS; i++) {
        if (str_equal_c(node->text, provenance_words[i])) {
            entry->kind = (enum provenance_kind)i;
            return true;
        }
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? ", " : "", provenance_words[i]);
    }
    schema_report(r, FINDING_PROVENANCE_KIND, node, "\"%.*s\" is no kind of provenance%s: use one of %s",
        STR_ARGS(node->text),
        schema_nearest(node->text, provenance_words, PROVENANCE_KINDS, near, sizeof near), all);
    return false;
}

static void read_entries(struct reader *r, const struct yaml_node *list, struct provenance *out)
{
    static const struct schema_item item = {
        provenance_fields, ARRAY_LENGTH(provenance_fields), sizeof(struct provenance_entry), take_kind};
    out->entries = schema_list(r, list, &item, &out->count);
    if (list->kind == YAML_SEQUENCE && list->count == 0) {
        schema_report(r, FINDING_PROVENANCE_MISSING, list,
            "the provenance is empty: say at least of what kind this is, as in [{kind: scan}]");
    }
}

static bool map_has_list(const void *data, const char *language)
{
    return yaml_get(data, language) != NULL;
}

static void read_provenances(
    struct reader *r, const struct yaml_node *value, bool any, struct provenances *out)
{
    size_t count = value->kind == YAML_MAPPING ? value->count : 1;
    struct provenance *lists = exhibit_keep(r->exhibit, count, sizeof *lists);
    if (lists == NULL || count == 0) {
        return;
    }
    out->lists = lists;
    if (value->kind != YAML_MAPPING) {
        read_entries(r, value, &lists[out->count++]);
        return;
    }
    for (const struct yaml_pair *pair = value->pairs; pair != NULL; pair = pair->next) {
        if (pair->value->kind == YAML_BROKEN ||
            !value_check_tag(r, pair->key->text, any, schema_mark(r, pair->key))) {
            continue;
        }
        struct provenance *list = &lists[out->count++];
        list->language = exhibit_keep_c(r->exhibit, pair->key->text);
        read_entries(r, pair->value, list);
    }
    char lacking[200];
    if (!any && !r->source->partial &&
        exhibit_lacking(r->exhibit, map_has_list, value, lacking, sizeof lacking)) {
        schema_report(r, FINDING_PROVENANCE_MISSING, value,
            "no provenance for %s: add it, or write one list for all languages", lacking);
    }
}

void value_provenances(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    read_provenances(r, value, false, out);
}

void value_provenances_any(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    read_provenances(r, value, true, out);
}

/* ---- ids and places */

/* A list of exhibit.h is two members side by side, a pointer and a count. */
static void put_list(void *out, const void *items, size_t count)
{
    memcpy(out, &items, sizeof items);
    memcpy((char *)out + sizeof items, &count, sizeof count);
}

static const char *take_id(struct reader *r, const struct yaml_node *node, enum place_kind kind)
{
    if (!schema_expect(r, node, YAML_SCALAR)) {
        return NULL;
    }
    if (!place_id_valid(node->text)) {
        schema_report(r, FINDING_BAD_ID, node,
            "\"%.*s\" is no id: ids have small letters a-z, digits and -, at most %d of them",
            STR_ARGS(node->text), PLACE_ID_MAX);
        return NULL;
    }
    if (kind != PLACE_NONE) {
        struct place place = {.kind = kind};
        memcpy(place.id, node->text.data, node->text.length);
        exhibit_refer(r->exhibit, &place, schema_mark(r, node), false);
    }
    return exhibit_keep_c(r->exhibit, node->text);
}

static void read_ids(struct reader *r, const struct yaml_node *value, enum place_kind kind, void *out)
{
    if (!schema_expect(r, value, YAML_SEQUENCE) || value->count == 0) {
        return;
    }
    size_t count = 0;
    const char **ids = exhibit_keep(r->exhibit, value->count, sizeof *ids);
    for (const struct yaml_node *node = value->items; node != NULL && ids != NULL; node = node->next) {
        const char *id = take_id(r, node, kind);
        if (id != NULL) {
            ids[count++] = id;
        }
    }
    put_list(out, ids, count);
}

void value_ids(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    read_ids(r, value, PLACE_NONE, out);
}

void value_note_ids(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    read_ids(r, value, PLACE_NOTE, out);
}

void value_document_ids(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    read_ids(r, value, PLACE_DOCUMENT, out);
}

void value_document_id(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    *(const char **)out = take_id(r, value, PLACE_DOCUMENT);
}

void value_place_id(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    *(const char **)out = take_id(r, value, PLACE_PLACE);
}

static bool take_place(struct reader *r, const struct yaml_node *value, struct place *out)
{
    struct place place;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return false;
    }
    if (!place_parse(value->text, &place) || (place.kind >= PLACE_DOCUMENT && place.id[0] == '\0')) {
        schema_report(r, FINDING_LINK_NO_PLACE, value,
            "\"%.*s\" is no place of the exhibit: write document:, note:, person:, place:, term: or event: "
            "and an id, such as "
            "document:letter#p2",
            STR_ARGS(value->text));
        return false;
    }
    *out = place;
    exhibit_refer(r->exhibit, &place, schema_mark(r, value), false);
    return true;
}

void value_place(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    take_place(r, value, out);
}

void value_places(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (!schema_expect(r, value, YAML_SEQUENCE) || value->count == 0) {
        return;
    }
    size_t count = 0;
    struct place *places = exhibit_keep(r->exhibit, value->count, sizeof *places);
    for (const struct yaml_node *node = value->items; node != NULL && places != NULL; node = node->next) {
        count += take_place(r, node, &places[count]);
    }
    put_list(out, places, count);
}

/* ---- the forms of a name */

static const struct field form_fields[] = {
    {"label", value_string, offsetof(struct name_form, label), FIELD_REQUIRED},
    {"text", value_text, offsetof(struct name_form, text), FIELD_REQUIRED},
    {"lang", value_tag, offsetof(struct name_form, language), 0},
};

void value_forms(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        form_fields, ARRAY_LENGTH(form_fields), sizeof(struct name_form), NULL};
    size_t count;
    const struct name_form *forms = schema_list(r, value, &item, &count);
    put_list(out, forms, count);
}
