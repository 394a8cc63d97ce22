/* documents/<id>/text/<layer>.<language>.md, and how the segments of all texts of a document align. */
#include "base/array.h"
#include "language.h"
#include "markdown.h"
#include "reading.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>

struct name_parts {
    struct str layer, language;
};

/* Ids have no dots: the first one ends the layer's. */
static bool split_name(const char *name, struct name_parts *parts)
{
    struct str rest = str_from(name);
    if (!str_ends_with(rest, STR(".md"))) {
        return false;
    }
    rest = str_slice(rest, 0, rest.length - 3);
    if (str_find(rest, '.') == rest.length) {
        return false;
    }
    parts->layer = str_split(&rest, '.');
    parts->language = rest;
    return true;
}

static struct reading_layer *find_layer(const struct reading *reading, struct str id)
{
    for (struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        if (str_equal_c(id, entry->layer->id)) {
            return entry;
        }
    }
    return NULL;
}

static void report_stray(struct reader *r, const char *path, struct str layer)
{
    const struct reading *reading = r->context;
    const char *ids[16];
    size_t count = 0;
    char near[120];
    for (const struct reading_layer *entry = reading->layers; entry != NULL && count < ARRAY_LENGTH(ids);
         entry = entry->next) {
        ids[count++] = entry->layer->id;
    }
    if (!r->source->partial) {
        findings_add(r->exhibit->findings, FINDING_TEXT_WITHOUT_LAYER, path, 1, 1,
            "document.yaml has no layer \"%.*s\"%s, so no one reads this text: add the layer, or rename or "
            "delete the file",
            STR_ARGS(layer), schema_nearest(layer, ids, count, near, sizeof near));
    }
}

/* Is this the file of a text that belongs to a layer? Reports it when not. */
static struct reading_layer *judge_name(struct reader *r, const char *name, struct name_parts *parts)
{
    const char *path = reading_path(r, str_from(arena_format(r->scratch, "text/%s", name).data));
    if (path == NULL) {
        return NULL;
    }
    path = exhibit_note_file(r->exhibit, path);
    if (!split_name(name, parts)) {
        findings_add(r->exhibit->findings, FINDING_FILE_STRAY, path, 1, 1,
            "no one reads this file: a text is called <layer>.<language>.md, such as translation.en.md");
        return NULL;
    }
    struct reading_layer *entry = find_layer(r->context, parts->layer);
    if (entry == NULL) {
        report_stray(r, path, parts->layer);
        return NULL;
    }
    /* A transcription is in the language of its paper, whatever the languages of the exhibit. */
    bool any = entry->layer->kind == LAYER_TRANSCRIPTION;
    return value_check_tag(r, parts->language, any, (struct source_mark){path, 1, 1}) ? entry : NULL;
}

static void read_text(
    struct reader *r, const char *name, struct str language, struct prose *prose, struct prose_text *texts)
{
    struct arena scratch = {0};
    struct source source;
    const char *path = reading_path(r, str_from(arena_format(r->scratch, "text/%s", name).data));
    if (path != NULL && source_read(r->exhibit, &scratch, path, LIMIT_TEXT_BYTES, &source) == PATH_GOOD) {
        struct prose_text *text = &texts[prose->count++];
        text->language = exhibit_keep_c(r->exhibit, language);
        struct markdown_origin origin = {{source.file, 1, 1}, true, false};
        markdown_read(r->exhibit, &scratch, source.text, origin, MARKDOWN_EDITORS, text);
    }
    arena_finish(&scratch);
}

static void read_texts(struct reader *r, const char **names, size_t name_count)
{
    const struct reading *reading = r->context;
    struct reading_layer **owners = arena_take_array(r->scratch, name_count, sizeof(void *));
    struct name_parts *parts = arena_take_array(r->scratch, name_count, sizeof *parts);
    if (owners == NULL || parts == NULL) {
        r->exhibit->no_memory = true;
        return;
    }
    for (size_t i = 0; i < name_count; i++) {
        owners[i] = judge_name(r, names[i], &parts[i]);
    }
    for (struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        struct prose_text *texts = exhibit_keep(r->exhibit, name_count, sizeof *texts);
        for (size_t i = 0; i < name_count && texts != NULL; i++) {
            if (owners[i] == entry) {
                read_text(r, names[i], parts[i].language, &entry->layer->text, texts);
            }
        }
        entry->layer->text.texts = texts;
    }
}

/* The texts in the order of the exhibit's languages, others behind: the first is what one falls back to. */
static void order_texts(const struct exhibit *exhibit, struct prose *prose)
{
    struct prose_text *texts = (struct prose_text *)prose->texts;
    for (size_t i = 1; i < prose->count; i++) {
        struct prose_text text = texts[i];
        size_t rank = exhibit_language_rank(exhibit, text.language), at = i;
        for (; at > 0 && exhibit_language_rank(exhibit, texts[at - 1].language) > rank; at--) {
            texts[at] = texts[at - 1];
        }
        texts[at] = text;
    }
}

/* ---- what a layer must have */

static bool has_text(const struct prose *prose, const char *language)
{
    for (size_t i = 0; i < prose->count; i++) {
        if (prose->texts[i].language != NULL && strcmp(prose->texts[i].language, language) == 0) {
            return true;
        }
    }
    return false;
}

/* A translation need not be in a language that a transcription is in. */
static bool translated_or_original(const void *data, const char *language)
{
    const struct reading *reading = ((const void *const *)data)[0];
    const struct layer *layer = ((const void *const *)data)[1];
    for (const struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        if (entry->layer->kind == LAYER_TRANSCRIPTION && has_text(&entry->layer->text, language)) {
            return true;
        }
    }
    return has_text(&layer->text, language);
}

static void check_layer(struct reader *r, const struct reading_layer *entry)
{
    const struct reading *reading = r->context;
    const struct layer *layer = entry->layer;
    if (layer->text.count == 0 && !r->source->partial) {
        schema_report(r, FINDING_LAYER_WITHOUT_TEXT, entry->map,
            "the layer \"%s\" has no text: write %s/text/%s.%s.md", layer->id, reading->folder, layer->id,
            r->exhibit->head.languages[0]);
        return;
    }
    char lacking[200];
    const void *data[2] = {reading, layer};
    if (layer->kind != LAYER_TRANSCRIPTION &&
        exhibit_lacking(r->exhibit, translated_or_original, data, lacking, sizeof lacking)) {
        schema_report(r, FINDING_LANGUAGE_LACKING, entry->map,
            "the layer \"%s\" has no text in %s: add %s.<language>.md; until then another language's text "
            "stands there, and the screen "
            "says so",
            layer->id, lacking, layer->id);
    }
}

static void check_layer_provenance(struct reader *r, const struct reading_layer *entry)
{
    const struct layer *layer = entry->layer;
    for (size_t i = 0; i < layer->text.count; i++) {
        const char *language = layer->text.texts[i].language;
        if (language != NULL && exhibit_provenance(&layer->provenance, language) == NULL &&
            !r->source->partial) {
            schema_report(r, FINDING_PROVENANCE_MISSING, entry->map,
                "the layer \"%s\" does not say where its text in %s comes from: add  %s: [{kind: ..., who: "
                "\"...\"}]  to its provenance",
                layer->id, language, language);
        }
    }
    const struct yaml_node *map = yaml_get(entry->map, "provenance");
    for (const struct yaml_pair *pair = map != NULL && map->kind == YAML_MAPPING ? map->pairs : NULL;
         pair != NULL; pair = pair->next) {
        if (language_is_tag(pair->key->text) && !has_text(&layer->text, pair->key->text.data) &&
            layer->text.count > 0) {
            schema_report(r, FINDING_PROVENANCE_UNUSED, pair->key,
                "the layer \"%s\" has a provenance but no text in %.*s: add the text, or delete the "
                "provenance",
                layer->id, STR_ARGS(pair->key->text));
        }
    }
}

/* ---- alignment */

static size_t anchors_in(const struct prose_text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        count += text->blocks[i].anchored;
    }
    return count;
}

/* The text that the others are held against: the first with anchors, else the first; a commentary only when
 * there is nothing else. */
static const struct prose_text *find_measure(const struct reading *reading)
{
    const struct prose_text *best = NULL;
    int best_rank = 0;
    for (const struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        for (size_t i = 0; i < entry->layer->text.count; i++) {
            const struct prose_text *text = &entry->layer->text.texts[i];
            int rank = text->block_count == 0
                           ? 0
                           : 1 + 2 * (anchors_in(text) > 0) + 4 * (entry->layer->kind != LAYER_COMMENTARY);
            if (rank > best_rank) {
                best = text;
                best_rank = rank;
            }
        }
    }
    return best;
}

static void align_by_order(struct reader *r, const struct prose_text *measure, struct prose_text *text)
{
    if (text->block_count != measure->block_count) {
        findings_add(r->exhibit->findings, FINDING_LAYERS_UNALIGNED, text->mark.file, 1, 1,
            "this text has %zu paragraphs and %s has %zu, so they cannot be matched by order: make them "
            "equal, or name the paragraphs "
            "of both with {#p1}, {#p2} ...",
            text->block_count, measure->mark.file, measure->block_count);
        return;
    }
    struct block *blocks = (struct block *)text->blocks;
    for (size_t i = 0; i < text->block_count; i++) {
        memcpy(blocks[i].segment, measure->blocks[i].segment, sizeof blocks[i].segment);
    }
}

static void report_unmatched(struct reader *r, const struct prose_text *measure, const struct block *block)
{
    const char **segments = arena_take_array(r->scratch, measure->block_count, sizeof *segments);
    char near[120] = "";
    for (size_t i = 0; i < measure->block_count && segments != NULL; i++) {
        segments[i] = measure->blocks[i].segment;
    }
    if (segments != NULL) {
        schema_nearest(str_from(block->segment), segments, measure->block_count, near, sizeof near);
    }
    findings_add(r->exhibit->findings, FINDING_LAYERS_UNALIGNED, block->mark.file, block->mark.line,
        block->mark.column, "%s has no paragraph {#%s}%s: mend the anchor here, or add it there",
        measure->mark.file, block->segment, near);
}

static bool fill_anchors(struct table *table, const struct prose_text *text)
{
    bool good = true;
    for (size_t i = 0; i < text->block_count; i++) {
        if (text->blocks[i].anchored) {
            good = table_put(table, str_from(text->blocks[i].segment), NULL) && good;
        }
    }
    return good;
}

static void align_by_anchors(struct reader *r, const struct table *anchors, const struct prose_text *measure,
    const struct prose_text *text, bool must_have_all)
{
    struct table own = {NULL, 0, 0};
    if (!fill_anchors(&own, text)) {
        r->exhibit->no_memory = true;
    }
    for (size_t i = 0; i < text->block_count; i++) {
        if (text->blocks[i].anchored && table_find(anchors, str_from(text->blocks[i].segment)) == NULL) {
            report_unmatched(r, measure, &text->blocks[i]);
        }
    }
    for (size_t i = 0; i < measure->block_count && must_have_all; i++) {
        const struct block *block = &measure->blocks[i];
        if (block->anchored && table_find(&own, str_from(block->segment)) == NULL) {
            findings_add(r->exhibit->findings, FINDING_LAYERS_UNALIGNED, text->mark.file, 1, 1,
                "this text has no paragraph {#%s}, which stands in %s line %d: put {#%s} in front of the "
                "paragraph that matches",
                block->segment, measure->mark.file, block->mark.line, block->segment);
        }
    }
    table_finish(&own);
}

static void align(struct reader *r)
{
    const struct reading *reading = r->context;
    const struct prose_text *measure = find_measure(reading);
    struct table anchors = {NULL, 0, 0};
    if (measure == NULL) {
        return;
    }
    if (!fill_anchors(&anchors, measure)) {
        r->exhibit->no_memory = true;
    }
    for (struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        struct prose_text *texts = (struct prose_text *)entry->layer->text.texts;
        for (size_t i = 0; i < entry->layer->text.count; i++) {
            if (&texts[i] == measure || texts[i].block_count == 0) {
                continue;
            }
            if (anchors_in(&texts[i]) == 0) {
                align_by_order(r, measure, &texts[i]);
            } else {
                align_by_anchors(r, &anchors, measure, &texts[i], entry->layer->kind != LAYER_COMMENTARY);
            }
        }
    }
    table_finish(&anchors);
}

static void collect_segments(struct reader *r)
{
    struct reading *reading = r->context;
    for (const struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        for (size_t i = 0; i < entry->layer->text.count; i++) {
            const struct prose_text *text = &entry->layer->text.texts[i];
            for (size_t j = 0; j < text->block_count; j++) {
                if (!table_put(&reading->segments, str_from(text->blocks[j].segment), NULL)) {
                    r->exhibit->no_memory = true;
                }
            }
        }
    }
}

void layers_read(struct reader *r)
{
    struct reading *reading = r->context;
    const char **names;
    size_t count;
    const char *folder = reading_path(r, STR("text"));
    if (folder == NULL) {
        return;
    }
    enum path_result result = path_list(r->exhibit->root, folder, r->scratch, &names, &count);
    source_report_path(
        r->exhibit->findings, result, exhibit_note_file(r->exhibit, folder), 1, 1, str_from(folder), 0);
    read_texts(r, names, count);
    for (struct reading_layer *entry = reading->layers; entry != NULL; entry = entry->next) {
        order_texts(r->exhibit, &entry->layer->text);
        check_layer(r, entry);
        check_layer_provenance(r, entry);
    }
    align(r);
    collect_segments(r);
}
