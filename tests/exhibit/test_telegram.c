/* The exhibit shows every word of the telegram's text as it was given to us, and nothing of it elsewhere than
 * it belongs. */
#include "exhibit/exhibit.h"

#include "base/array.h"

#include "check.h"
#include "folder.h"

#define EXHIBIT TEST_SOURCE_DIR "/exhibits/telegram-1950"
#define SEED TEST_SOURCE_DIR "/tests/exhibit/telegram-1950-05-13.txt"
#define LINES_MAX 100

struct seed {
    char text[20000];
    const char *lines[LINES_MAX];
    size_t count, next; /* next: the first line that nothing has shown yet */
};

static bool read_seed(struct seed *seed)
{
    FILE *file = fopen(SEED, "r");
    size_t length = file != NULL ? fread(seed->text, 1, sizeof seed->text - 1, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    char *state = NULL;
    for (char *line = strtok_r(seed->text, "\n", &state); line != NULL && seed->count < LINES_MAX;
         line = strtok_r(NULL, "\n", &state)) {
        seed->lines[seed->count++] = line;
    }
    CHECK(length > 2500);
    CHECK_INT(seed->count, 35);
    return length > 0;
}

/* The next line of the text must read so. */
static void shows(struct seed *seed, const char *where, const char *words)
{
    const char *line = seed->next < seed->count ? seed->lines[seed->next] : "(nothing more)";
    CHECK_THAT(strcmp(line, words) == 0, "%s shows\n  %s\nthe text has\n  %s", where, words, line);
    seed->next++;
}

static void shows_str(struct seed *seed, const char *where, struct str words)
{
    char copy[4096];
    snprintf(copy, sizeof copy, "%.*s", STR_ARGS(words));
    shows(seed, where, copy);
}

static struct str english(const struct exhibit *exhibit, const struct string *string)
{
    const char *found = NULL;
    struct str text = exhibit_string(exhibit, string, "en", &found);
    CHECK(found != NULL && strcmp(found, "en") == 0);
    return text;
}

/* The line whole, and then, if anything, a full stop and what we say about it. */
static void shows_sponsor(struct seed *seed, struct str words)
{
    size_t length = strlen(seed->lines[seed->next]);
    bool ends = words.length <= length || words.data[length] == '.';
    shows_str(seed, "the sponsor line", ends ? str_slice(words, 0, length) : words);
}

static void shows_layer(struct seed *seed, const struct exhibit *exhibit, const struct document *telegram)
{
    CHECK_INT(telegram->layer_count, 1);
    const struct prose_text *text = exhibit_prose(exhibit, &telegram->layers[0].text, "en");
    CHECK(text != NULL && strcmp(text->language, "en") == 0);
    for (size_t i = 0; text != NULL && i < text->block_count; i++) {
        const struct block *block = &text->blocks[i];
        char line[8300];
        snprintf(line, sizeof line, "%.*s%s%s", STR_ARGS(block->label), block->label.length > 0 ? " " : "",
            folder_words(block));
        shows(seed, block->segment, line);
        CHECK(block->anchored);
    }
}

/* A field of the record, and below it the lines of its value. "Author(s):" has a colon in the text. */
static void shows_field(struct seed *seed, const struct exhibit *exhibit, const struct record_field *field)
{
    char name[200];
    const char *line = seed->next < seed->count ? seed->lines[seed->next] : "";
    bool colon = line[0] != '\0' && line[strlen(line) - 1] == ':';
    snprintf(name, sizeof name, "%.*s%s", STR_ARGS(english(exhibit, &field->field)), colon ? ":" : "");
    shows(seed, "the record", name);
    struct str value = field->value.count > 0 ? english(exhibit, &field->value) : (struct str){NULL, 0};
    while (value.length > 0) {
        struct str part = str_trim(str_split(&value, '\n'));
        if (part.length > 0) {
            shows_str(seed, name, part);
        }
    }
}

static void shows_every_word(void)
{
    static struct seed seed;
    struct error err = {0};
    struct exhibit *exhibit = exhibit_open(EXHIBIT, NULL, &err);
    CHECK_THAT(exhibit != NULL, "%s", err.message);
    if (exhibit == NULL || !read_seed(&seed)) {
        return;
    }
    CHECK(exhibit_load_all(exhibit));
    const struct document *telegram = exhibit_find_document(exhibit, NULL);
    const struct document *shtykov = exhibit_find_document(exhibit, "shtykov-1950-05-12");
    CHECK(telegram != NULL && shtykov != NULL);
    if (telegram != NULL && shtykov != NULL) {
        /* Its first line describes another document, and stands there. */
        shows_str(&seed, "Shtykov's telegram", english(exhibit, &shtykov->quoted_text));
        CHECK(telegram->date.year == 1950 && telegram->date.month == 5 && telegram->date.day == 13);
        shows(&seed, "the date", "May 13, 1950");
        shows_str(&seed, "the title", english(exhibit, &telegram->title));
        shows_sponsor(&seed, english(exhibit, &exhibit_head(exhibit)->sponsor));
        shows_layer(&seed, exhibit, telegram);
        shows_str(&seed, "the catalogue's summary", english(exhibit, &telegram->quoted_text));
        for (size_t i = 0; i < telegram->record_count; i++) {
            shows_field(&seed, exhibit, &telegram->record[i]);
        }
    }
    CHECK_INT(seed.next, seed.count);
    exhibit_destroy(exhibit);
}

/* What stands in square brackets in the text, and only that, is marked as an editor's. */
static void marks_the_editors_words(void)
{
    struct exhibit *exhibit = exhibit_open(EXHIBIT, NULL, NULL);
    CHECK(exhibit != NULL && exhibit_load_document(exhibit, NULL));
    const struct document *telegram = exhibit_find_document(exhibit, NULL);
    const struct prose_text *text = exhibit_prose(exhibit, &telegram->layers[0].text, "en");
    size_t marked = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        int depth = 0;
        for (size_t j = 0; j < text->blocks[i].span_count; j++) {
            const struct span *span = &text->blocks[i].spans[j];
            for (size_t k = 0; k < span->text.length; k++) {
                bool inside = depth > 0 || span->text.data[k] == '[';
                depth += (span->text.data[k] == '[') - (span->text.data[k] == ']');
                CHECK(((span->flags & SPAN_EDITORIAL) != 0) == inside);
                marked += inside && depth == 0;
            }
        }
        CHECK_INT(depth, 0);
    }
    CHECK_INT(marked, 6); /* the stamp, Stalin, Soviet, to China, N.V., Ed. note */
    exhibit_destroy(exhibit);
}

static void has_the_same_segments_in_every_language(void)
{
    struct exhibit *exhibit = exhibit_open(EXHIBIT, NULL, NULL);
    CHECK(exhibit != NULL && exhibit_load_document(exhibit, NULL));
    const struct exhibit_head *head = exhibit_head(exhibit);
    const struct layer *layer = &exhibit_find_document(exhibit, NULL)->layers[0];
    const struct prose_text *first = exhibit_prose(exhibit, &layer->text, "en");
    CHECK_INT(head->language_count, 4);
    for (size_t i = 0; i < head->language_count; i++) {
        const struct prose_text *text = exhibit_prose(exhibit, &layer->text, head->languages[i]);
        CHECK_TEXT(text->language, head->languages[i]);
        CHECK_INT(text->block_count, first->block_count);
        for (size_t j = 0; j < text->block_count && j < first->block_count; j++) {
            CHECK_TEXT(text->blocks[j].segment, first->blocks[j].segment);
            CHECK(str_equal(text->blocks[j].label, first->blocks[j].label));
        }
    }
    exhibit_destroy(exhibit);
}

static void has_no_finding(void)
{
    struct findings *findings = findings_create();
    struct exhibit *exhibit = exhibit_open(EXHIBIT, findings, NULL);
    CHECK(exhibit != NULL && exhibit_load_all(exhibit));
    CHECK_INT(findings_count(findings), 0);
    findings_print(findings, NULL, stderr);
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

int main(void)
{
    RUN(shows_every_word);
    RUN(marks_the_editors_words);
    RUN(has_the_same_segments_in_every_language);
    RUN(has_no_finding);
    return check_report();
}
