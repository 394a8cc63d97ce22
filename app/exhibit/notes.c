/* notes/<id>.<language>.md */
#include "language.h"
#include "markdown.h"
#include "schema.h"

#include <string.h>

static bool has_text(const void *data, const char *language)
{
    const struct note *note = data;
    for (size_t i = 0; i < note->text.count; i++) {
        if (strcmp(note->text.texts[i].language, language) == 0) {
            return true;
        }
    }
    return false;
}

static void read_text(struct exhibit *exhibit, const char *path, const char *language, struct prose *prose,
    struct prose_text *texts)
{
    struct arena scratch = {0};
    struct source source;
    if (source_read(exhibit, &scratch, path, LIMIT_TEXT_BYTES, &source) == PATH_GOOD) {
        struct prose_text *text = &texts[prose->count++];
        struct markdown_origin origin = {{source.file, 1, 1}, true, false};
        text->language = language;
        markdown_read(exhibit, &scratch, source.text, origin, MARKDOWN_TITLE | MARKDOWN_PLAIN, text);
    }
    arena_finish(&scratch);
}

struct note *note_load(struct exhibit *exhibit, const char *id)
{
    char path[PLACE_ID_MAX + 64], lacking[200];
    size_t languages = exhibit->head.language_count;
    struct note *note = exhibit_keep(exhibit, 1, sizeof *note);
    struct prose_text *texts = exhibit_keep(exhibit, languages, sizeof *texts);
    if (note == NULL || texts == NULL) {
        return NULL;
    }
    note->id = exhibit_keep_c(exhibit, str_from(id));
    note->text.texts = texts;
    for (size_t i = 0; i < languages; i++) {
        const char *language = exhibit->head.languages[i];
        snprintf(path, sizeof path, "notes/%s.%s.md", id, language);
        read_text(exhibit, path, language, &note->text, texts);
    }
    if (note->text.count == 0) {
        return NULL;
    }
    if (exhibit_lacking(exhibit, has_text, note, lacking, sizeof lacking)) {
        findings_add(exhibit->findings, FINDING_LANGUAGE_LACKING, texts[0].mark.file, 1, 1,
            "the note \"%s\" has no text in %s: add notes/%s.<language>.md; until then another language's "
            "text stands there, and the "
            "screen says so",
            id, lacking, id);
    }
    return note;
}
