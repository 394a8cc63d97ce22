/* From an exhibit to the index: every text that a visitor can read there. Documents are many and are read one
 * after the other; the exhibit is opened anew now and then, so that not all of them stay in memory. */
#include "index.h"

#include "base/array.h"
#include "exhibit/exhibit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENTS_AT_ONCE 32

struct gathering {
    struct index *index;
    const char *path;
    struct exhibit *exhibit;
    bool (*stop)(void *context);
    void *context;
    struct arena words; /* of the block at hand */
    uint32_t home;      /* the item with the exhibit's title */
};

/* ---- pieces of text */

static void title_of(struct gathering *g, uint32_t item, const struct string *string)
{
    for (size_t i = 0; i < string->count; i++) {
        index_title(g->index, item, string->entries[i].text, string->entries[i].language);
    }
}

static void string_of(struct gathering *g, uint32_t item, const struct string *string)
{
    for (size_t i = 0; i < string->count; i++) {
        index_text(g->index, item, string->entries[i].text, string->entries[i].language, NULL);
    }
}

/* A block's words; a number before it is read with it. */
static struct str block_words(struct gathering *g, const struct block *block)
{
    size_t length = block->label.length + 1, used = 0;
    for (size_t i = 0; i < block->span_count; i++) {
        length += block->spans[i].text.length + 1;
    }
    char *words = arena_take(&g->words, length);
    if (words == NULL) {
        return STR("");
    }
    if (block->label.length > 0 && block->label.data[0] >= '0' && block->label.data[0] <= '9') {
        memcpy(words, block->label.data, block->label.length);
        used = block->label.length;
        words[used++] = ' ';
    }
    for (size_t i = 0; i < block->span_count; i++) {
        struct str span = block->spans[i].text;
        if (i > 0 && (block->spans[i].flags & SPAN_BREAK) != 0) {
            words[used++] = ' ';
        }
        if (span.length > 0) {
            memcpy(words + used, span.data, span.length);
        }
        used += span.length;
    }
    return (struct str){words, used};
}

static void block_of(
    struct gathering *g, uint32_t item, const struct block *block, const char *language, const char *layer)
{
    index_text(g->index, item, block_words(g, block), language, layer);
    arena_reset(&g->words);
}

static void prose_of(struct gathering *g, uint32_t item, const struct prose *prose)
{
    for (size_t t = 0; t < prose->count; t++) {
        for (size_t b = 0; b < prose->texts[t].block_count; b++) {
            block_of(g, item, &prose->texts[t].blocks[b], prose->texts[t].language, NULL);
        }
    }
}

/* Who made it, from what, and what is noted about that. */
static void provenance_of(struct gathering *g, uint32_t item, const struct provenances *provenances)
{
    for (size_t i = 0; i < provenances->count; i++) {
        const struct provenance *list = &provenances->lists[i];
        for (size_t k = 0; k < list->count; k++) {
            string_of(g, item, &list->entries[k].from);
            string_of(g, item, &list->entries[k].who);
            string_of(g, item, &list->entries[k].note);
        }
    }
}

static void forms_of(struct gathering *g, uint32_t item, const struct name_form *forms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        index_text(g->index, item, forms[i].text, forms[i].language, NULL);
    }
}

/* ---- documents */

/* The items of a document's paragraphs by segment: the same paragraph of all layers and languages is one. */
struct segments {
    uint32_t *slots; /* item + 1; 0: free */
    size_t size;     /* a power of two */
};

static bool segments_open(struct segments *s, const struct document *document)
{
    size_t blocks = 0;
    for (size_t l = 0; l < document->layer_count; l++) {
        for (size_t t = 0; t < document->layers[l].text.count; t++) {
            blocks += document->layers[l].text.texts[t].block_count;
        }
    }
    s->size = 16;
    while (s->size < blocks * 2) {
        s->size *= 2;
    }
    s->slots = calloc(s->size, sizeof *s->slots);
    return s->slots != NULL;
}

static uint32_t segment_item(struct gathering *g, struct segments *s, const struct document *document,
    const char *segment, uint32_t of)
{
    size_t at = (size_t)str_hash(STR_HASH_START, str_from(segment)) & (s->size - 1);
    while (s->slots[at] != 0) {
        if (strcmp(g->index->items[s->slots[at] - 1].segment, segment) == 0) {
            return s->slots[at] - 1;
        }
        at = (at + 1) & (s->size - 1);
    }
    uint32_t item =
        index_item(g->index, SEARCH_TEXTS, PLACE_DOCUMENT, str_from(document->id), str_from(segment));
    if (item != UINT32_MAX) {
        g->index->items[item].titled_by = of;
        s->slots[at] = item + 1;
    }
    return item;
}

static void layers_of(struct gathering *g, const struct document *document, uint32_t of)
{
    struct segments segments;
    if (!segments_open(&segments, document)) {
        g->index->failed = true;
        return;
    }
    for (size_t l = 0; l < document->layer_count; l++) {
        const struct layer *layer = &document->layers[l];
        const char *id = arena_copy(&g->index->arena, str_from(layer->id)).data;
        for (size_t t = 0; t < layer->text.count; t++) {
            const struct prose_text *text = &layer->text.texts[t];
            for (size_t b = 0; b < text->block_count && !g->stop(g->context); b++) {
                const struct block *block = &text->blocks[b];
                if (block->segment[0] != '\0' && block->span_count > 0) {
                    block_of(g, segment_item(g, &segments, document, block->segment, of), block,
                        text->language, id);
                }
            }
        }
    }
    free(segments.slots);
}

static void document_of(struct gathering *g, const struct document *document)
{
    uint32_t item = index_item(g->index, SEARCH_RECORDS, PLACE_DOCUMENT, str_from(document->id), STR(""));
    if (item == UINT32_MAX) {
        return;
    }
    title_of(g, item, &document->title);
    prose_of(g, item, &document->summary);
    provenance_of(g, item, &document->provenance);
    string_of(g, item, &document->from);
    string_of(g, item, &document->to);
    string_of(g, item, &document->date_note);
    string_of(g, item, &document->quoted_text);
    prose_of(g, item, &document->quoted_note);
    provenance_of(g, item, &document->quoted_provenance);
    for (size_t i = 0; i < document->record_count; i++) {
        string_of(g, item, &document->record[i].value);
        string_of(g, item, &document->record[i].added);
    }
    for (size_t i = 0; i < document->page_count; i++) {
        string_of(g, item, &document->pages[i].alt);
        provenance_of(g, item, &document->pages[i].provenance);
    }
    for (size_t i = 0; i < document->layer_count; i++) {
        string_of(g, item, &document->layers[i].title);
        string_of(g, item, &document->layers[i].note);
        provenance_of(g, item, &document->layers[i].provenance);
    }
    layers_of(g, document, item);
}

static bool reopen(struct gathering *g)
{
    exhibit_destroy(g->exhibit);
    g->exhibit = exhibit_open(g->path, NULL, NULL);
    return g->exhibit != NULL;
}

static bool gather_documents(struct gathering *g)
{
    const char *const *ids;
    size_t count;
    if (!exhibit_list_documents(g->exhibit, &ids, &count)) {
        return false;
    }
    for (size_t i = 0; i < count && !g->index->failed; i++) {
        if (g->stop(g->context) || (i > 0 && i % DOCUMENTS_AT_ONCE == 0 && !reopen(g)) ||
            !exhibit_list_documents(g->exhibit, &ids, &count) || i >= count) {
            return false;
        }
        exhibit_load_document(g->exhibit, ids[i]);
        const struct document *document = exhibit_find_document(g->exhibit, ids[i]);
        if (document != NULL) {
            document_of(g, document);
        }
    }
    return true;
}

/* ---- everything else */

static void gather_notes(struct gathering *g)
{
    const char *const *ids;
    size_t count = 0;
    if (!exhibit_list_notes(g->exhibit, &ids, &count)) {
        return;
    }
    for (size_t i = 0; i < count && !g->stop(g->context); i++) {
        exhibit_load_note(g->exhibit, ids[i]);
        const struct note *note = exhibit_find_note(g->exhibit, ids[i]);
        uint32_t item = note != NULL
                            ? index_item(g->index, SEARCH_NOTES, PLACE_NOTE, str_from(note->id), STR(""))
                            : UINT32_MAX;
        for (size_t t = 0; item != UINT32_MAX && t < note->text.count; t++) {
            index_title(g->index, item, note->text.texts[t].title, note->text.texts[t].language);
        }
        if (item != UINT32_MAX) {
            prose_of(g, item, &note->text);
        }
    }
}

static void gather_people(struct gathering *g)
{
    size_t count = 0;
    exhibit_load_people(g->exhibit);
    const struct person *people = exhibit_people(g->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t item = index_item(g->index, SEARCH_PEOPLE, PLACE_PERSON, str_from(people[i].id), STR(""));
        if (item != UINT32_MAX) {
            title_of(g, item, &people[i].name);
            string_of(g, item, &people[i].role);
            string_of(g, item, &people[i].dates);
            forms_of(g, item, people[i].forms, people[i].form_count);
            prose_of(g, item, &people[i].text);
            prose_of(g, item, &people[i].doubt);
        }
    }
}

static void gather_places(struct gathering *g)
{
    size_t count = 0;
    exhibit_load_places(g->exhibit);
    const struct geo_place *places = exhibit_places(g->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t item = index_item(g->index, SEARCH_PLACES, PLACE_PLACE, str_from(places[i].id), STR(""));
        if (item != UINT32_MAX) {
            title_of(g, item, &places[i].name);
            forms_of(g, item, places[i].forms, places[i].form_count);
            prose_of(g, item, &places[i].text);
            prose_of(g, item, &places[i].doubt);
        }
    }
}

static void gather_events(struct gathering *g)
{
    size_t count = 0;
    exhibit_load_timeline(g->exhibit);
    const struct event *events = exhibit_timeline(g->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t item = index_item(g->index, SEARCH_EVENTS, PLACE_EVENT, str_from(events[i].id), STR(""));
        if (item != UINT32_MAX) {
            title_of(g, item, &events[i].title);
            string_of(g, item, &events[i].place);
            prose_of(g, item, &events[i].text);
            prose_of(g, item, &events[i].doubt);
        }
    }
}

static void gather_terms(struct gathering *g)
{
    size_t count = 0;
    exhibit_load_glossary(g->exhibit);
    const struct term *terms = exhibit_glossary(g->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t item = index_item(g->index, SEARCH_TERMS, PLACE_TERM, str_from(terms[i].id), STR(""));
        if (item != UINT32_MAX) {
            title_of(g, item, &terms[i].term);
            prose_of(g, item, &terms[i].text);
        }
    }
}

/* Questions have no place of their own: they lead to their list. */
static void gather_questions(struct gathering *g)
{
    size_t count = 0;
    exhibit_load_questions(g->exhibit);
    const struct question *questions = exhibit_questions(g->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t item =
            index_item(g->index, SEARCH_QUESTIONS, PLACE_QUESTIONS, str_from(questions[i].id), STR(""));
        for (size_t t = 0; item != UINT32_MAX && t < questions[i].question.count; t++) {
            const struct prose_text *text = &questions[i].question.texts[t];
            if (text->block_count > 0) {
                index_title(g->index, item, block_words(g, &text->blocks[0]), text->language);
                arena_reset(&g->words);
            }
        }
        if (item != UINT32_MAX) {
            prose_of(g, item, &questions[i].hint);
            prose_of(g, item, &questions[i].answer);
        }
    }
}

static void gather_head(struct gathering *g)
{
    const struct exhibit_head *head = exhibit_head(g->exhibit);
    uint32_t item = index_item(g->index, SEARCH_NOTES, PLACE_HOME, STR("home"), STR(""));
    g->home = item;
    if (item != UINT32_MAX) {
        title_of(g, item, &head->title);
        prose_of(g, item, &head->lead);
    }
    item = index_item(g->index, SEARCH_NOTES, PLACE_ABOUT, STR("about"), STR(""));
    if (item != UINT32_MAX) {
        title_of(g, item, &head->title);
        prose_of(g, item, &head->credits);
        prose_of(g, item, &head->rights);
        prose_of(g, item, &head->licence);
        string_of(g, item, &head->sponsor);
        provenance_of(g, item, &head->provenance);
    }
}

/* What is said at each step of the guided reading leads to where it is said of; the caption is not a text of
 * the document's, so it stands with the notes. */
static void gather_tour(struct gathering *g)
{
    const struct exhibit_head *head = exhibit_head(g->exhibit);
    for (size_t i = 0; i < head->tour_count && g->home != UINT32_MAX; i++) {
        const struct tour_step *step = &head->tour[i];
        bool home = step->place.kind == PLACE_DOCUMENT && step->place.id[0] == '\0';
        const char *id = home && head->home_document != NULL ? head->home_document : step->place.id;
        uint32_t item =
            index_item(g->index, SEARCH_NOTES, step->place.kind, str_from(id), str_from(step->place.segment));
        if (item != UINT32_MAX) {
            g->index->items[item].titled_by = g->home;
            prose_of(g, item, &step->caption);
        }
    }
}

bool gather(struct index *index, const char *path, bool (*stop)(void *context), void *context)
{
    static void (*const parts[])(struct gathering *) = {gather_people, gather_places, gather_events,
        gather_terms, gather_notes, gather_questions, gather_head, gather_tour};
    struct gathering g = {.index = index, .path = path, .stop = stop, .context = context};
    bool ok = reopen(&g);
    for (size_t i = 0; ok && i < ARRAY_LENGTH(parts); i++) {
        parts[i](&g);
        ok = !stop(context) && !index->failed;
    }
    ok = ok && gather_documents(&g) && !index->failed;
    exhibit_destroy(g.exhibit);
    arena_finish(&g.words);
    return ok;
}
