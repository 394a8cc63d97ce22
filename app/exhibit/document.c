/* documents/<id>/document.yaml */
#include "base/array.h"
#include "reading.h"
#include "values.h"

#include <stddef.h>
#include <string.h>

const char *reading_path(struct reader *r, struct str name)
{
    const struct reading *reading = r->context;
    const char *path = arena_format(r->scratch, "%s/%.*s", reading->folder, STR_ARGS(name)).data;
    if (path == NULL) {
        r->exhibit->no_memory = true;
    }
    return path;
}

/* ---- pages */

static bool is_image_name(struct str name)
{
    static const char *const endings[] = {
        ".png", ".jpg", ".jpeg", ".PNG", ".JPG", ".JPEG", ".dzi", "/info.json"};
    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++) {
        if (str_ends_with(name, str_from(endings[i]))) {
            return true;
        }
    }
    return str_equal_c(name, "info.json");
}

static void read_image(struct reader *r, const struct yaml_node *node, struct page *page)
{
    page->image_name = exhibit_keep_str(r->exhibit, node->text);
    page->mark = schema_mark(r, node);
    if (!is_image_name(node->text)) {
        schema_report(r, FINDING_IMAGE_KIND, node,
            "\"%.*s\" is no picture that can be shown: use .png, .jpg, .dzi or info.json",
            STR_ARGS(node->text));
        return;
    }
    enum path_result result = path_judge(node->text);
    const char *path = result == PATH_GOOD ? reading_path(r, node->text) : NULL;
    if (path != NULL) {
        exhibit_note_file(r->exhibit, path);
        result = path_try(r->exhibit->root, path, LIMIT_IMAGE_BYTES);
    }
    if (result == PATH_TOO_LARGE) {
        schema_report(r, FINDING_IMAGE_TOO_LARGE, node,
            "%.*s is larger than %zu MiB: cut it into tiles with  vitrine tile", STR_ARGS(node->text),
            LIMIT_IMAGE_BYTES >> 20);
        return;
    }
    source_report_path(
        r->exhibit->findings, result, page->mark.file, page->mark.line, page->mark.column, node->text, 0);
    if (result == PATH_GOOD && path != NULL) {
        struct str absolute = arena_format(&r->exhibit->arena, "%s/%s", r->exhibit->folder, path);
        page->image = absolute.data;
        r->exhibit->no_memory = r->exhibit->no_memory || absolute.data == NULL;
    }
}

static const struct field page_fields[] = {
    {"image", NULL, 0, FIELD_REQUIRED},
    {"zones", NULL, 0, 0},
    {"resolution", value_number, offsetof(struct page, resolution), 0},
    {"alt", value_string, offsetof(struct page, alt), FIELD_REQUIRED | FIELD_PLAIN},
    {"provenance", value_provenances, offsetof(struct page, provenance), 0},
};

static bool take_page(struct reader *r, const struct yaml_node *map, void *item)
{
    struct reading *reading = r->context;
    struct page *page = item;
    const struct yaml_node *image = yaml_get(map, "image"), *zones = yaml_get(map, "zones");
    if (image != NULL && !yaml_is_empty(image) && schema_expect(r, image, YAML_SCALAR)) {
        read_image(r, image, page);
    }
    if (yaml_pair(map, "provenance") == NULL && !r->source->partial) {
        schema_report(r, FINDING_PROVENANCE_MISSING, map,
            "this page has no \"provenance\": say what the picture is and who made it, as in  provenance: "
            "[{kind: scan, who: \"...\"}]");
    }
    if (zones != NULL && !yaml_is_empty(zones) && schema_expect(r, zones, YAML_SCALAR)) {
        struct reading_page *entry = arena_take(r->scratch, sizeof *entry);
        if (entry == NULL) {
            r->exhibit->no_memory = true;
        } else {
            *entry = (struct reading_page){page, zones, NULL};
            *reading->last_page = entry;
            reading->last_page = &entry->next;
        }
    }
    return true;
}

static void read_pages(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        page_fields, ARRAY_LENGTH(page_fields), sizeof(struct page), take_page};
    struct document *document = out;
    document->pages = schema_list(r, value, &item, &document->page_count);
}

/* ---- layers */

static const struct field layer_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"title", value_string, offsetof(struct layer, title), FIELD_REQUIRED},
    {"kind", NULL, 0, FIELD_REQUIRED},
    {"provenance", value_provenances_any, offsetof(struct layer, provenance), 0},
    {"note", value_string_some, offsetof(struct layer, note), FIELD_PLAIN},
};

static bool take_layer(struct reader *r, const struct yaml_node *map, void *item)
{
    static const char *const kinds[] = {[LAYER_TRANSCRIPTION] = "transcription",
        [LAYER_TRANSLATION] = "translation",
        [LAYER_COMMENTARY] = "commentary"};
    struct reading *reading = r->context;
    struct layer *layer = item;
    const struct yaml_node *kind = yaml_get(map, "kind");
    if (kind != NULL && !yaml_is_empty(kind)) {
        int word = schema_word(r, kind, kinds, ARRAY_LENGTH(kinds));
        layer->kind = word >= 0 ? (enum layer_kind)word : LAYER_TRANSLATION;
    }
    if (!schema_id(r, map, &reading->layer_ids, &layer->id)) {
        return false;
    }
    struct reading_layer *entry = arena_take(r->scratch, sizeof *entry);
    if (entry == NULL) {
        r->exhibit->no_memory = true;
        return false;
    }
    *entry = (struct reading_layer){layer, map, NULL};
    *reading->last_layer = entry;
    reading->last_layer = &entry->next;
    return true;
}

static void read_layers(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        layer_fields, ARRAY_LENGTH(layer_fields), sizeof(struct layer), take_layer};
    struct document *document = out;
    document->layers = schema_list(r, value, &item, &document->layer_count);
}

/* ---- the record */

static const struct field record_fields[] = {
    {"field", value_string, offsetof(struct record_field, field), FIELD_REQUIRED},
    {"value", value_string, offsetof(struct record_field, value), 0},
    {"added", value_string, offsetof(struct record_field, added), 0},
};

static void read_record(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        record_fields, ARRAY_LENGTH(record_fields), sizeof(struct record_field), NULL};
    struct document *document = out;
    document->record = schema_list(r, value, &item, &document->record_count);
}

static const struct field quoted_fields[] = {
    {"text", value_string, offsetof(struct document, quoted_text), FIELD_REQUIRED},
    {"note", value_prose, offsetof(struct document, quoted_note), FIELD_PLAIN},
    {"provenance", value_provenances, offsetof(struct document, quoted_provenance), 0},
};

static void read_quoted(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (SCHEMA_READ(r, value, quoted_fields, out) && yaml_pair(value, "provenance") == NULL &&
        !r->source->partial) {
        schema_report(r, FINDING_PROVENANCE_MISSING, value,
            "the quoted summary has no \"provenance\": say whose words these are, as in  provenance: [{kind: "
            "editorial, who: \"...\"}]");
    }
}

/* ---- the whole */

static const struct field document_fields[] = {
    {"title", value_string, offsetof(struct document, title), FIELD_REQUIRED},
    {"date", value_date, offsetof(struct document, date), 0},
    {"date-note", value_string, offsetof(struct document, date_note), 0},
    {"from", value_string, offsetof(struct document, from), 0},
    {"to", value_string, offsetof(struct document, to), 0},
    {"summary", value_prose, offsetof(struct document, summary), FIELD_PLAIN},
    {"quoted-summary", read_quoted, 0, 0},
    {"record", read_record, 0, 0},
    {"pages", read_pages, 0, 0},
    {"layers", read_layers, 0, 0},
    {"related", value_document_ids, offsetof(struct document, related), 0},
    {"provenance", value_provenances, offsetof(struct document, provenance), 0},
};

static void read_document(struct reader *r, const struct yaml_node *root, struct document *document)
{
    struct reading *reading = r->context;
    if (!SCHEMA_READ(r, root, document_fields, document)) {
        return;
    }
    if (document->page_count == 0 && document->layer_count == 0 && yaml_pair(root, "provenance") == NULL &&
        !r->source->partial) {
        schema_report(r, FINDING_PROVENANCE_MISSING, root,
            "a document without pages and layers needs a \"provenance\": say who wrote its record, as in  "
            "provenance: [{kind: editorial, "
            "who: \"...\"}]");
    }
    layers_read(r);
    for (const struct reading_page *page = reading->pages; page != NULL; page = page->next) {
        zones_read(r, page);
    }
}

static struct document *parse_document(struct reader *r, const char *id)
{
    static const struct yaml_node nothing = {.kind = YAML_SCALAR, .line = 1, .column = 1};
    struct yaml_node *root = NULL;
    struct document *document = exhibit_keep(r->exhibit, 1, sizeof *document);
    struct reading reading = {.document = document};
    reading.last_page = &reading.pages;
    reading.last_layer = &reading.layers;
    reading.folder = arena_format(r->scratch, "documents/%s", id).data;
    if (document == NULL || reading.folder == NULL ||
        !yaml_read(r->exhibit->findings, r->scratch, r->source, &root)) {
        r->exhibit->no_memory = true;
        return NULL;
    }
    document->id = exhibit_keep_c(r->exhibit, str_from(id));
    r->context = &reading;
    read_document(r, root != NULL ? root : &nothing, document);
    r->context = NULL;
    table_finish(&reading.layer_ids);
    table_finish(&reading.segments);
    return document;
}

struct document *document_load(struct exhibit *exhibit, const char *id)
{
    struct arena scratch = {0};
    struct source source;
    struct reader r = {exhibit, &scratch, &source, NULL};
    struct document *document = NULL;
    char path[PLACE_ID_MAX + 40];
    snprintf(path, sizeof path, "documents/%s/document.yaml", id);
    enum path_result result = source_read(exhibit, &scratch, path, LIMIT_YAML_BYTES, &source);
    if (result == PATH_GOOD) {
        document = parse_document(&r, id);
    } else if (result == PATH_MISSING) {
        /* A folder that is not there is the fault of whoever names it; one without its file is its own. */
        char folder[PLACE_ID_MAX + 20];
        snprintf(folder, sizeof folder, "documents/%s", id);
        if (path_is_folder(exhibit->root, folder)) {
            source_report_path(
                exhibit->findings, result, exhibit_note_file(exhibit, path), 1, 1, str_from(path), 0);
        }
    }
    arena_finish(&scratch);
    return document;
}

bool document_has_segment(const struct document *document, const char *segment)
{
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct prose *prose = &document->layers[i].text;
        for (size_t j = 0; j < prose->count; j++) {
            if (exhibit_find_segment(&prose->texts[j], segment) >= 0) {
                return true;
            }
        }
    }
    return false;
}

const char **document_segments(const struct document *document, struct arena *scratch, size_t *count)
{
    size_t all = 0;
    *count = 0;
    for (size_t i = 0; i < document->layer_count; i++) {
        for (size_t j = 0; j < document->layers[i].text.count; j++) {
            all += document->layers[i].text.texts[j].block_count;
        }
    }
    const char **segments = arena_take_array(scratch, all, sizeof *segments);
    for (size_t i = 0; i < document->layer_count && segments != NULL; i++) {
        const struct prose *prose = &document->layers[i].text;
        for (size_t j = 0; j < prose->count; j++) {
            for (size_t k = 0; k < prose->texts[j].block_count; k++) {
                segments[(*count)++] = prose->texts[j].blocks[k].segment;
            }
        }
    }
    return segments;
}
