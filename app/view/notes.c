/* What it means: the exhibit's context notes. */
#include "internal.h"

/* What it begins with: its first two paragraphs, headings and lists left out. */
static struct str opening_words(const struct view *v, const struct prose_text *text)
{
    struct str all = STR("");
    for (size_t i = 0, taken = 0; i < text->block_count && taken < 2; i++) {
        if (text->blocks[i].kind == BLOCK_PARAGRAPH) {
            all = format(
                v, "%.*s%s%.*s", STR_ARGS(all), taken > 0 ? " " : "", STR_ARGS(prose_words(v, text, i, 1)));
            taken++;
        }
    }
    return all;
}

static void note_card(const struct view *v, int index, struct card *card, void *context)
{
    const char *id = ((const char *const *)context)[index];
    const struct note *note = exhibit_find_note(v->in->exhibit, id);
    const struct prose_text *text =
        note != NULL ? exhibit_prose(v->in->exhibit, &note->text, v->language) : NULL;
    card->id = c_string(v, format(v, "note.%s", id));
    if (text == NULL) {
        card->title = words(v, "missing.note");
        return;
    }
    card->title = text->title;
    card->language = text->language;
    card->text = opening_words(v, text);
    card->text_lines = 4;
    card->verb = ACTION_GO;
    card->argument = format(v, "note:%s", id);
}

void put_meaning(struct view *v)
{
    const struct exhibit_head *head = exhibit_head(v->in->exhibit);
    int y = put_head(v, words(v, "meaning"), words(v, "meaning.about"));
    struct cards cards = {.id = "meaning",
        .name = words(v, "meaning"),
        .count = (int)head->meaning_count,
        .columns = 2,
        .card = note_card,
        .context = (void *)head->meaning};
    put_cards(v, list_area(v, y), &cards);
}
