/* The glossary. */
#include "internal.h"

static void term_card(const struct view *v, int index, struct card *card, void *context)
{
    size_t count;
    const struct term *term = &exhibit_glossary(v->in->exhibit, &count)[index];
    (void)context;
    card->title = say(v, &term->term, &card->language);
    card->text = prose_words(v, exhibit_prose(v->in->exhibit, &term->text, v->language), 0, 1);
    card->text_lines = 4;
    card->verb = ACTION_GO;
    card->argument = format(v, "term:%s", term->id);
    card->id = c_string(v, format(v, "term.%s", term->id));
}

void put_words(struct view *v)
{
    size_t count = 0;
    exhibit_glossary(v->in->exhibit, &count);
    int y = put_head(v, words(v, "words"), words(v, "words.about"));
    struct cards cards = {
        .id = "words", .name = words(v, "words"), .count = (int)count, .columns = 3, .card = term_card};
    put_cards(v, list_area(v, y), &cards);
}
