#include "suggest.h"

#include <string.h>

#define BEFORE_CHARACTERS 24 /* words that stand before the characters */

struct picking {
    const struct word_list *list;
    struct search_word *out;
    size_t count, capacity;
};

static void put(struct picking *p, const char *text, bool first)
{
    if (p->count < p->capacity) {
        p->out[p->count++] = (struct search_word){str_from(text), first};
    }
}

static bool begins(const char *text, struct str with)
{
    return text != NULL && str_starts_with(str_from(text), with);
}

static bool is_latin(struct str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= 0x80) {
            return false;
        }
    }
    return text.length > 0;
}

static void put_by_sound(struct picking *p, struct str query)
{
    for (size_t i = 0; i < p->list->count; i++) {
        const struct word *word = &p->list->words[i];
        if (begins(word->sounds, query) || begins(word->initials, query)) {
            put(p, word->text, false);
        }
    }
}

static void put_by_letters(struct picking *p, struct str query)
{
    for (int inside = 0; inside < 2; inside++) {
        for (size_t i = 0; i < p->list->count; i++) {
            const char *word = p->list->words[i].folded;
            size_t length = strlen(word);
            bool starts = begins(word, query);
            bool holds = !starts && memmem(word, length, query.data, query.length) != NULL;
            if ((inside ? holds : starts) && length > query.length) {
                put(p, p->list->words[i].text, false);
            }
        }
    }
}

static void put_all(struct picking *p)
{
    for (size_t i = 0; i < p->list->count && i < BEFORE_CHARACTERS; i++) {
        put(p, p->list->words[i].text, false);
    }
    for (size_t i = 0; i < p->list->first_count; i++) {
        put(p, p->list->first[i], true);
    }
}

size_t suggest(const struct index *index, struct folded *scratch, struct str query, const char *language,
    struct search_word *out, size_t capacity)
{
    struct picking p = {.out = out, .capacity = capacity};
    uint8_t number = index_find_language(index, language);
    for (size_t i = 0; i < index->list_count && number != INDEX_ALL; i++) {
        p.list = index->lists[i].language == number ? &index->lists[i] : p.list;
    }
    if (p.list == NULL || !fold_text(index->fold, query, false, scratch)) {
        return 0;
    }
    struct str folded = {scratch->bytes, scratch->length};
    if (folded.length == 0) {
        put_all(&p);
    } else if (is_latin(folded)) {
        put_by_sound(&p, folded);
    } else {
        put_by_letters(&p, folded);
    }
    return p.count;
}
