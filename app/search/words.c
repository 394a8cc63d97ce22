/* For languages whose words are picked rather than spelt: which words the exhibit has, how often, in what
 * order. */
#include "index.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define WORDS_MAX 4000     /* of a language */
#define NAME_COUNT 1000    /* a name counts as if it stood so often in the texts */
#define WORD_CHARACTERS 12 /* longer names are no words */
#define MANY_WORDS 300     /* of so many those that stand only once give no first characters */
#define TEXT_UNITS 8192    /* of one entry, at most INDEX_PIECE bytes */

bool search_picks_words(const char *language)
{
    return language != NULL && (strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0);
}

/* ---- counting */

struct counting {
    struct index *index;
    struct word *words;
    size_t count, capacity;
    uint32_t *slots; /* word + 1 by hash; a power of two, twice as many as words */
    size_t slot_count;
    struct folded folded;
};

static bool grow_slots(struct counting *c)
{
    size_t size = c->slot_count > 0 ? c->slot_count * 2 : 1024;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < c->count; i++) {
        size_t at = (size_t)str_hash(STR_HASH_START, str_from(c->words[i].folded)) & (size - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (size - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    free(c->slots);
    c->slots = slots;
    c->slot_count = size;
    return true;
}

static bool add_word(struct counting *c, struct str text, uint32_t times)
{
    if ((c->count + 1) * 2 > c->slot_count && !grow_slots(c)) {
        return false;
    }
    if (!fold_text(c->index->fold, text, false, &c->folded) || c->folded.length == 0) {
        return true;
    }
    struct str folded = {c->folded.bytes, c->folded.length};
    size_t at = (size_t)str_hash(STR_HASH_START, folded) & (c->slot_count - 1);
    for (; c->slots[at] != 0; at = (at + 1) & (c->slot_count - 1)) {
        struct word *word = &c->words[c->slots[at] - 1];
        if (str_equal_c(folded, word->folded)) {
            word->count += times;
            return true;
        }
    }
    struct word word = {.text = arena_copy(&c->index->arena, text).data,
        .folded = arena_copy(&c->index->arena, folded).data,
        .count = times};
    if (word.text == NULL || word.folded == NULL) {
        c->index->incomplete = true;
        return true;
    }
    c->slots[at] = (uint32_t)c->count + 1;
    return ARRAY_PUSH(c->words, c->count, c->capacity, word);
}

static bool is_spelt(struct str word)
{
    size_t at = 0;
    return utf8_next(word, &at) < 0x2E80;
}

/* What people, places and terms are called; other titles are sentences. */
static bool is_name(const struct index *index, const struct index_entry *entry)
{
    uint8_t group = index->items[entry->item].group;
    return entry->title && (group == SEARCH_PEOPLE || group == SEARCH_PLACES || group == SEARCH_TERMS);
}

static bool add_name(struct counting *c, struct str name)
{
    bool good = utf8_count(name) <= WORD_CHARACTERS && memchr(name.data, ' ', name.length) == NULL;
    return !good || is_spelt(name) || add_word(c, name, NAME_COUNT);
}

/* ICU's dictionaries cut the text into words. */
static bool add_text(struct counting *c, UBreakIterator *breaks, struct str text)
{
    UChar units[TEXT_UNITS];
    char bytes[256];
    int32_t length, from, to;
    UErrorCode status = U_ZERO_ERROR;
    bool ok = true;
    u_strFromUTF8(units, TEXT_UNITS, &length, text.data, (int32_t)text.length, &status);
    ubrk_setText(breaks, units, length, &status);
    if (U_FAILURE(status)) {
        return true;
    }
    from = ubrk_first(breaks);
    for (to = ubrk_next(breaks); ok && to != UBRK_DONE; from = to, to = ubrk_next(breaks)) {
        int32_t written = 0;
        if (ubrk_getRuleStatus(breaks) < UBRK_WORD_KANA || to - from < 2) {
            continue;
        }
        u_strToUTF8(bytes, sizeof bytes, &written, units + from, to - from, &status);
        if (U_FAILURE(status)) {
            return true;
        }
        struct str word = {bytes, (size_t)written};
        ok = is_spelt(word) || add_word(c, word, 1);
    }
    return ok;
}

static bool count_words(struct counting *c, uint8_t language)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, c->index->languages[language], NULL, 0, &status);
    bool ok = true;
    for (size_t i = 0; ok && U_SUCCESS(status) && i < c->index->entry_count; i++) {
        const struct index_entry *entry = &c->index->entries[i];
        struct str text = {entry->text, entry->length};
        if (entry->language == language) {
            ok = is_name(c->index, entry) ? add_name(c, text) : add_text(c, breaks, text);
        }
    }
    if (breaks != NULL) {
        ubrk_close(breaks);
    }
    return ok;
}

/* ---- sounds and order */

static UTransliterator *open_sounds(void)
{
    static const UChar id[] = {'H', 'a', 'n', '-', 'L', 'a', 't', 'i', 'n', ';', 'L', 'a', 't', 'i', 'n', '-',
        'A', 'S', 'C', 'I', 'I', 0};
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *sounds = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    return U_SUCCESS(status) ? sounds : NULL;
}

/* "mao ze dong" gives "maozedong" and "mzd". */
static void put_sounds(struct index *index, struct word *word, UTransliterator *sounds)
{
    UChar units[512];
    char joined[256], initials[64];
    int32_t length = 0, limit, from = 0, to = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(units, 256, &length, word->text, -1, &status);
    limit = length;
    if (U_SUCCESS(status)) {
        utrans_transUChars(sounds, units, &length, 512, 0, &limit, &status);
    }
    bool begins = true;
    for (int32_t i = 0; U_SUCCESS(status) && i < length && from < 255 && to < 63; i++) {
        UChar c = units[i] >= 'A' && units[i] <= 'Z' ? (UChar)(units[i] + 32) : units[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter) {
            joined[from++] = (char)c;
        }
        if (letter && begins) {
            initials[to++] = (char)c;
        }
        begins = !letter;
    }
    word->sounds = arena_copy(&index->arena, (struct str){joined, (size_t)from}).data;
    word->initials = arena_copy(&index->arena, (struct str){initials, (size_t)to}).data;
}

static int by_count(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->folded, y->folded);
}

static int by_order(const void *a, const void *b, void *collator)
{
    const char *const *x = a, *const *y = b;
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult order =
        collator != NULL ? ucol_strcollUTF8(collator, *x, -1, *y, -1, &status) : UCOL_EQUAL;
    return order == UCOL_LESS ? -1 : order == UCOL_GREATER ? 1 : strcmp(*x, *y);
}

static UCollator *open_order(const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    const char *locale = strncmp(language, "zh-Hant", 7) == 0 ? "zh@collation=stroke"
                         : language[0] == 'z'                 ? "zh@collation=pinyin"
                                                              : language;
    UCollator *collator = ucol_open(locale, &status);
    return U_SUCCESS(status) ? collator : NULL;
}

static bool put_first(struct index *index, struct word_list *list, const char *language)
{
    list->first = calloc(list->count + 1, sizeof *list->first);
    if (list->first == NULL) {
        return false;
    }
    bool many = list->count > MANY_WORDS;
    for (size_t i = 0; i < list->count && !(many && list->words[i].count < 2); i++) {
        struct str text = str_from(list->words[i].text);
        size_t end = 0, seen = 0;
        utf8_next(text, &end);
        struct str first = str_slice(text, 0, end);
        while (seen < list->first_count && !str_equal_c(first, list->first[seen])) {
            seen++;
        }
        const char *kept = seen == list->first_count ? arena_copy(&index->arena, first).data : NULL;
        if (kept != NULL) {
            list->first[list->first_count++] = kept;
        }
    }
    UCollator *collator = open_order(language);
    qsort_r(list->first, list->first_count, sizeof *list->first, by_order, collator);
    if (collator != NULL) {
        ucol_close(collator);
    }
    return true;
}

static bool collect(struct index *index, uint8_t language)
{
    struct counting c = {.index = index};
    struct word_list *list = &index->lists[index->list_count];
    const char *tag = index->languages[language];
    bool ok = count_words(&c, language);
    free(c.slots);
    folded_finish(&c.folded);
    if (!ok || c.count == 0) {
        free(c.words);
        return ok;
    }
    qsort(c.words, c.count, sizeof *c.words, by_count);
    *list = (struct word_list){.language = language, .words = c.words};
    list->count = c.count < WORDS_MAX ? c.count : WORDS_MAX;
    index->list_count++;
    UTransliterator *sounds = tag[0] == 'z' ? open_sounds() : NULL;
    for (size_t i = 0; sounds != NULL && i < list->count; i++) {
        put_sounds(index, &list->words[i], sounds);
    }
    if (sounds != NULL) {
        utrans_close(sounds);
    }
    return put_first(index, list, tag);
}

bool words_collect(struct index *index)
{
    bool ok = true;
    for (uint8_t i = 0; ok && i < index->language_count && index->list_count < ARRAY_LENGTH(index->lists);
         i++) {
        ok = !search_picks_words(index->languages[i]) || collect(index, i);
    }
    return ok;
}

void words_finish(struct index *index)
{
    for (size_t i = 0; i < index->list_count; i++) {
        free(index->lists[i].words);
        free(index->lists[i].first);
    }
    index->list_count = 0;
}
