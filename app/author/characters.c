/* What `check` finds in texts: characters that no font on this machine has. */
#include "tools.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>

struct searching {
    const struct exhibit *exhibit;
    struct text *text;
    struct findings *findings;
    const char *language; /* the exhibit's first */
    uint32_t *known;      /* characters that were reported */
    size_t count, capacity;
    bool no_memory;
};

static bool is_new(struct searching *s, uint32_t character)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->known[i] == character) {
            return false;
        }
    }
    s->no_memory = s->no_memory || !ARRAY_PUSH(s->known, s->count, s->capacity, character);
    return true;
}

/* `face` is the one that the player sets this text in; labels in sans have the same scripts as serif. */
static void search(struct searching *s, enum text_face face, const char *language, struct str text,
    const struct source_mark *mark)
{
    while (text.length > 0) {
        size_t at = text_find_missing(s->text, face, language != NULL ? language : s->language, text);
        if (at >= text.length) {
            return;
        }
        size_t next = at;
        uint32_t character = utf8_next(text, &next);
        if (is_new(s, character)) {
            findings_add(s->findings, FINDING_CHARACTER_WITHOUT_FONT, mark->file, mark->line, mark->column,
                "no font here has \"%.*s\" (U+%04X): a visitor would see an empty box; use another "
                "character, or install a font that has it",
                (int)(next - at), text.data + at, (unsigned)character);
        }
        text = str_slice(text, next, text.length - next);
    }
}

static void search_string(struct searching *s, const struct string *string)
{
    for (size_t i = 0; i < string->count; i++) {
        search(s, TEXT_SERIF, string->entries[i].language, string->entries[i].text, &string->entries[i].mark);
    }
}

static void search_prose(struct searching *s, const struct prose *prose, enum text_face face)
{
    for (size_t i = 0; i < prose->count; i++) {
        const struct prose_text *text = &prose->texts[i];
        search(s, TEXT_SERIF, text->language, text->title, &text->mark);
        for (size_t b = 0; b < text->block_count; b++) {
            const struct block *block = &text->blocks[b];
            for (size_t j = 0; j < block->span_count; j++) {
                search(s, face, text->language, block->spans[j].text, &block->mark);
            }
        }
    }
}

static void search_provenances(struct searching *s, const struct provenances *provenances)
{
    for (size_t i = 0; i < provenances->count; i++) {
        for (size_t j = 0; j < provenances->lists[i].count; j++) {
            const struct provenance_entry *entry = &provenances->lists[i].entries[j];
            search_string(s, &entry->who);
            search_string(s, &entry->from);
            search_string(s, &entry->note);
        }
    }
}

static void search_head(struct searching *s)
{
    const struct exhibit_head *head = exhibit_head(s->exhibit);
    search_string(s, &head->title);
    search_string(s, &head->home_button);
    search_string(s, &head->sponsor);
    const struct prose *proses[] = {&head->lead, &head->credits, &head->rights, &head->licence};
    for (size_t i = 0; i < ARRAY_LENGTH(proses); i++) {
        search_prose(s, proses[i], TEXT_SERIF);
    }
    for (size_t i = 0; i < head->tour_count; i++) {
        search_prose(s, &head->tour[i].caption, TEXT_SERIF);
    }
    search_provenances(s, &head->provenance);
}

static void search_document(struct searching *s, const struct document *document)
{
    const struct string *strings[] = {
        &document->title, &document->date_note, &document->from, &document->to, &document->quoted_text};
    for (size_t i = 0; i < ARRAY_LENGTH(strings); i++) {
        search_string(s, strings[i]);
    }
    search_prose(s, &document->summary, TEXT_SERIF);
    search_prose(s, &document->quoted_note, TEXT_SERIF);
    search_provenances(s, &document->quoted_provenance);
    search_provenances(s, &document->provenance);
    for (size_t i = 0; i < document->record_count; i++) {
        search_string(s, &document->record[i].field);
        search_string(s, &document->record[i].value);
        search_string(s, &document->record[i].added);
    }
    for (size_t i = 0; i < document->page_count; i++) {
        search_string(s, &document->pages[i].alt);
        search_provenances(s, &document->pages[i].provenance);
    }
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        search_string(s, &layer->title);
        search_string(s, &layer->note);
        search_provenances(s, &layer->provenance);
        search_prose(s, &layer->text, TEXT_TYPEWRITER);
    }
}

static void search_forms(
    struct searching *s, const struct name_form *forms, size_t count, const struct string *name)
{
    for (size_t i = 0; i < count; i++) {
        search_string(s, &forms[i].label);
        struct source_mark mark = forms[i].label.count > 0 ? forms[i].label.entries[0].mark
                                  : name->count > 0        ? name->entries[0].mark
                                                           : (struct source_mark){"", 1, 1};
        search(s, TEXT_SERIF, forms[i].language, forms[i].text, &mark);
    }
}

static void search_lists(struct searching *s)
{
    size_t count = 0;
    const struct person *people = exhibit_people(s->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        search_string(s, &people[i].name);
        search_string(s, &people[i].dates);
        search_string(s, &people[i].role);
        search_forms(s, people[i].forms, people[i].form_count, &people[i].name);
        search_prose(s, &people[i].text, TEXT_SERIF);
        search_prose(s, &people[i].doubt, TEXT_SERIF);
    }
    const struct geo_place *places = exhibit_places(s->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        search_string(s, &places[i].name);
        search_forms(s, places[i].forms, places[i].form_count, &places[i].name);
        search_prose(s, &places[i].text, TEXT_SERIF);
        search_prose(s, &places[i].doubt, TEXT_SERIF);
    }
    const struct event *events = exhibit_timeline(s->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        search_string(s, &events[i].place);
        search_string(s, &events[i].title);
        search_prose(s, &events[i].text, TEXT_SERIF);
        search_prose(s, &events[i].doubt, TEXT_SERIF);
    }
    const struct term *terms = exhibit_glossary(s->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        search_string(s, &terms[i].term);
        search_prose(s, &terms[i].text, TEXT_SERIF);
    }
    const struct question *questions = exhibit_questions(s->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        search_prose(s, &questions[i].question, TEXT_SERIF);
        search_prose(s, &questions[i].hint, TEXT_SERIF);
        search_prose(s, &questions[i].answer, TEXT_SERIF);
    }
}

bool characters_check(struct exhibit *exhibit, struct text *text, struct findings *findings)
{
    const struct exhibit_head *head = exhibit_head(exhibit);
    struct searching s = {.exhibit = exhibit, .text = text, .findings = findings};
    s.language = head->language_count > 0 ? head->languages[0] : "en";
    const char *const *ids = NULL;
    size_t count = 0;
    bool ok = exhibit_list_documents(exhibit, &ids, &count);
    search_head(&s);
    for (size_t i = 0; ok && i < count; i++) {
        const struct document *document = exhibit_find_document(exhibit, ids[i]);
        if (document != NULL) {
            search_document(&s, document);
        }
    }
    ok = ok && exhibit_list_notes(exhibit, &ids, &count);
    for (size_t i = 0; ok && i < count; i++) {
        const struct note *note = exhibit_find_note(exhibit, ids[i]);
        if (note != NULL) {
            search_prose(&s, &note->text, TEXT_SERIF);
        }
    }
    search_lists(&s);
    free(s.known);
    return ok && !s.no_memory;
}
