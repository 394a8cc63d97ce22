/* What is searched: items (a paragraph, a person, ...), each with entries (its title and its texts, in every
 * language), each kept as it is shown and as it is compared.
 *
 *     items    0 document ── title entries            (a record)
 *              1 its paragraph p1, titled by 0
 *              2 person ── title entries
 *     entries  in the order of the items' making; each names its item
 */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "fold.h"
#include "match.h"

#include "base/arena.h"
#include "search/search.h"

#define INDEX_LANGUAGES 64
#define INDEX_ALL 0xFF    /* in place of a language: for every one */
#define INDEX_PIECE 4096  /* longer paragraphs are searched in pieces ... */
#define INDEX_OVERLAP 256 /* ... that share this much, so that nothing falls between two */

struct index_item {
    const char *id, *segment; /* segment NULL: none */
    uint32_t first_entry;     /* of its titles */
    uint32_t titled_by;       /* the item whose titles are its own: itself, or a paragraph's document */
    uint8_t title_count, group, kind;
};

struct index_entry {
    const char *text, *folded;
    const char *layer; /* of a paragraph; NULL otherwise */
    struct match_letters letters;
    uint32_t length, folded_length;
    uint32_t item;
    uint8_t language; /* number in index.languages, or INDEX_ALL */
    bool title;
};

struct word {                                      /* of words.c */
    const char *text, *folded, *sounds, *initials; /* sounds, initials: pinyin, else NULL */
    uint32_t count;
    uint32_t order; /* in the list's alphabet */
};

struct word_list {
    uint8_t language;
    struct word *words; /* those that matter most first */
    size_t count;
    const char **first; /* characters that words begin with, in the order of the language */
    size_t first_count;
};

struct index {
    struct arena arena; /* all strings */
    struct fold *fold;
    const char *languages[INDEX_LANGUAGES];
    size_t language_count;
    struct index_item *items;
    size_t item_count, item_capacity;
    struct index_entry *entries;
    size_t entry_count, entry_capacity;
    struct word_list lists[4];
    size_t list_count;
    struct folded scratch;
    size_t text_bytes;
    bool incomplete, failed; /* more text than is searched; no memory */
};

/* index.c */
struct index *index_create(void);
void index_destroy(struct index *index);
size_t index_bytes(const struct index *index);
/* A new item; returns its number. Titles are added right after it. */
uint32_t index_item(
    struct index *index, enum search_group group, enum place_kind kind, struct str id, struct str segment);
void index_title(struct index *index, uint32_t item, struct str text, const char *language);
void index_text(struct index *index, uint32_t item, struct str text, const char *language, const char *layer);
/* The number of a language, INDEX_ALL for NULL. */
uint8_t index_language(struct index *index, const char *language);
/* The same without adding one: INDEX_ALL for what is not there. */
uint8_t index_find_language(const struct index *index, const char *language);

/* gather.c: everything that the exhibit at `path` says. `*stop` is looked at now and then. False when stopped
 * or out of memory; what could not be read is not there. */
bool gather(struct index *index, const char *path, bool (*stop)(void *context), void *context);

/* words.c: the words of languages that are picked from */
bool words_collect(struct index *index);
void words_finish(struct index *index);

#endif
