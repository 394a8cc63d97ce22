#include "find.h"

#include "match.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANK_NONE 0xFF
#define RANKS 12        /* three qualities, here or elsewhere, title or text */
#define LINE_BEFORE 42  /* characters before what was found ... */
#define LINE_LENGTH 150 /* ... and in all */
#define LINE_MARKS 16

/* ---- which entries */

static uint8_t rank_of(const struct index_entry *entry, enum search_quality quality, uint8_t language)
{
    bool here = entry->language == language || entry->language == INDEX_ALL;
    return (uint8_t)((unsigned)quality * 4 + (here ? 0 : 2) + (entry->title ? 0 : 1));
}

struct looking {
    const struct index *index;
    const struct needles *needles;
    struct match_letters letters; /* of the query */
    uint8_t language;
};

static bool look_at(struct finder *finder, const struct looking *l, uint32_t number)
{
    const struct index_entry *entry = &l->index->entries[number];
    enum search_quality quality;
    if (!match_may(entry->letters, l->letters) ||
        !match_all((struct str){entry->folded, entry->folded_length}, l->needles, &quality)) {
        return true;
    }
    uint8_t rank = rank_of(entry, quality, l->language);
    if (rank < finder->ranks[entry->item]) {
        finder->ranks[entry->item] = rank;
        finder->best[entry->item] = number;
    }
    return ARRAY_PUSH(finder->matched, finder->matched_count, finder->matched_capacity, number);
}

/* Does the query only go on from the last one? Then it stands only where that did. */
static bool goes_on(const struct finder *finder)
{
    return finder->last.length > 0 && finder->query.length >= finder->last.length &&
           memcmp(finder->query.bytes, finder->last.bytes, finder->last.length) == 0;
}

static bool look_everywhere(struct finder *finder, const struct looking *l)
{
    size_t before = finder->matched_count;
    bool narrow = goes_on(finder), ok = true;
    finder->last.length = 0; /* until it is done */
    finder->matched_count = 0;
    for (size_t i = 0; ok && i < (narrow ? before : l->index->entry_count); i++) {
        ok = look_at(finder, l, narrow ? finder->matched[i] : (uint32_t)i);
    }
    struct folded swap = finder->last;
    finder->last = finder->query;
    finder->query = swap;
    finder->last.length = ok ? finder->last.length : 0;
    return ok;
}

static bool make_room(struct finder *finder, const struct index *index)
{
    if (finder->ranks == NULL || finder->item_count != index->item_count) {
        free(finder->ranks);
        free(finder->best);
        finder->ranks = calloc(index->item_count + 1, sizeof *finder->ranks);
        finder->best = calloc(index->item_count + 1, sizeof *finder->best);
        finder->item_count = index->item_count;
    }
    if (finder->ranks == NULL || finder->best == NULL) {
        return false;
    }
    memset(finder->ranks, RANK_NONE, index->item_count);
    return true;
}

/* ---- lines with what was found marked */

struct marking {
    const struct index *index;
    struct finder *finder;
    struct search_results *results;
    const struct needles *needles;
    uint8_t language;
};

static int by_place(const void *a, const void *b)
{
    const struct search_mark *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* Marks that touch become one. */
static size_t join(struct search_mark *marks, size_t count)
{
    size_t kept = 0;
    qsort(marks, count, sizeof *marks, by_place);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && marks[i].from <= marks[kept - 1].to) {
            marks[kept - 1].to = marks[i].to > marks[kept - 1].to ? marks[i].to : marks[kept - 1].to;
        } else {
            marks[kept++] = marks[i];
        }
    }
    return kept;
}

/* Where the words stand in the text itself, no worse than `least`: where whole words were found, the same
 * letters inside of others are not meant. */
static size_t find_marks(
    struct marking *m, struct str text, enum search_quality least, struct search_mark marks[LINE_MARKS])
{
    struct folded *line = &m->finder->line;
    size_t count = 0;
    if (!fold_text(m->index->fold, text, true, line)) {
        return 0;
    }
    struct str folded = {line->bytes, line->length};
    for (size_t i = 0; i < m->needles->count; i++) {
        size_t from = 0, at, length = m->needles->words[i].length;
        enum search_quality quality;
        while (count < LINE_MARKS && match_next(folded, m->needles->words[i], from, &at, &quality)) {
            size_t last = line->at[at + length - 1], end = at + length;
            from = end;
            if (quality > least) {
                continue;
            }
            while (end < line->length && line->at[end] == last) {
                end++;
            }
            marks[count].from = line->at[at];
            marks[count++].to = end < line->length ? line->at[end] : text.length;
        }
    }
    return join(marks, count);
}

static size_t step_back(struct str text, size_t at, int characters)
{
    while (at > 0 && characters-- > 0) {
        utf8_previous(text, &at);
    }
    return at;
}

static size_t step_on(struct str text, size_t at, int characters)
{
    while (at < text.length && characters-- > 0) {
        utf8_next(text, &at);
    }
    return at;
}

/* The part of a text around the first mark, from a word's beginning to a word's end. */
static struct str around(struct str text, size_t mark)
{
    size_t from = step_back(text, mark, LINE_BEFORE), end;
    if (from > 0) {
        size_t space = from;
        while (space < mark && text.data[space] != ' ') {
            space++;
        }
        from = space < mark ? space + 1 : from;
    }
    end = step_on(text, from, LINE_LENGTH);
    if (end < text.length) {
        size_t space = end;
        while (space > mark && text.data[space] != ' ') {
            space--;
        }
        end = space > mark + LINE_BEFORE ? space : end;
    }
    return str_slice(text, from, end - from);
}

/* A line for the screen: the part of the text with the marks that lie in it, and dots where it is cut. */
static bool put_line(struct marking *m, const struct index_entry *entry, bool whole,
    enum search_quality least, struct search_line *line)
{
    struct search_mark marks[LINE_MARKS];
    struct str text = {entry->text, entry->length};
    size_t count = find_marks(m, text, least, marks), kept = 0;
    struct str part = whole ? text : around(text, count > 0 ? marks[0].from : 0);
    size_t from = (size_t)(part.data - text.data), end = from + part.length;
    const char *head = from > 0 ? "… " : "", *tail = end < text.length ? " …" : "";
    size_t shift = strlen(head);
    struct search_mark *out = arena_take_array(&m->results->arena, count + 1, sizeof *out);
    line->text = arena_format(&m->results->arena, "%s%.*s%s", head, STR_ARGS(part), tail);
    line->language = entry->language == INDEX_ALL ? NULL : m->index->languages[entry->language];
    if (out == NULL || line->text.data == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (marks[i].from >= from && marks[i].to <= end) {
            out[kept++] = (struct search_mark){marks[i].from - from + shift, marks[i].to - from + shift};
        }
    }
    line->marks = out;
    line->mark_count = kept;
    return true;
}

/* ---- hits */

static const struct index_entry *title_of(const struct marking *m, const struct index_item *item)
{
    const struct index_item *titled = &m->index->items[item->titled_by];
    const struct index_entry *first = &m->index->entries[titled->first_entry];
    uint8_t fallback = 0;
    for (uint8_t i = 0; i < titled->title_count; i++) {
        if (first[i].language == m->language || first[i].language == INDEX_ALL) {
            return &first[i];
        }
        if (first[i].language == index_find_language(m->index, "en")) {
            fallback = i;
        }
    }
    return titled->title_count > 0 ? &first[fallback] : NULL;
}

static void put_place(const struct index *index, const struct index_item *item,
    const struct index_entry *entry, struct search_hit *hit)
{
    hit->place.kind = (enum place_kind)item->kind;
    if (item->kind >= PLACE_DOCUMENT) {
        snprintf(hit->place.id, sizeof hit->place.id, "%s", item->id);
    } else if (item->kind == PLACE_QUESTIONS) {
        snprintf(hit->detail, sizeof hit->detail, "%s", item->id);
    }
    if (item->segment != NULL) {
        hit->place.view = PLACE_PARALLEL;
        snprintf(hit->place.segment, sizeof hit->place.segment, "%s", item->segment);
        if (entry->layer != NULL && entry->language != INDEX_ALL) {
            snprintf(
                hit->detail, sizeof hit->detail, "%s.%s", entry->layer, index->languages[entry->language]);
        }
    }
}

static bool put_hit(struct marking *m, uint32_t item_number, struct search_hit *hit)
{
    const struct index *index = m->index;
    const struct index_item *item = &index->items[item_number];
    const struct index_entry *entry = &index->entries[m->finder->best[item_number]];
    uint8_t rank = m->finder->ranks[item_number];
    *hit = (struct search_hit){.group = (enum search_group)item->group,
        .quality = (enum search_quality)(rank / 4),
        .elsewhere = (rank & 2) != 0};
    put_place(index, item, entry, hit);
    const struct index_entry *title = title_of(m, item);
    if (title != NULL && !put_line(m, title, true, hit->quality, &hit->title)) {
        return false;
    }
    /* A title found in another language than the one it is shown in is what was found, too. */
    return entry == title || put_line(m, entry, false, hit->quality, &hit->line);
}

/* The best of each group, in the exhibit's order among equals. */
struct chosen {
    uint32_t items[SEARCH_GROUPS][SEARCH_GROUP_HITS];
    size_t counts[SEARCH_GROUPS];
};

static void choose(const uint8_t *ranks, uint32_t item, uint32_t *items, size_t *count)
{
    size_t at = *count;
    while (at > 0 && ranks[items[at - 1]] > ranks[item]) {
        at--;
    }
    if (at == SEARCH_GROUP_HITS) {
        return;
    }
    *count += *count < SEARCH_GROUP_HITS ? 1 : 0;
    memmove(&items[at + 1], &items[at], (*count - at - 1) * sizeof *items);
    items[at] = item;
}

static void choose_all(const struct marking *m, struct chosen *chosen)
{
    struct search_results *results = m->results;
    for (size_t i = 0; i < m->index->item_count; i++) {
        uint8_t group = m->index->items[i].group;
        if (m->finder->ranks[i] != RANK_NONE) {
            results->totals[group]++;
            results->total++;
            choose(m->finder->ranks, (uint32_t)i, chosen->items[group], &chosen->counts[group]);
        }
    }
}

static bool put_group(struct marking *m, const uint32_t *items, size_t count)
{
    struct search_results *results = m->results;
    for (size_t i = 0; i < count; i++) {
        if (!put_hit(m, items[i], &results->hits[results->count])) {
            return false;
        }
        results->count++;
    }
    return true;
}

/* The group with the best hit first. */
static bool put_hits(struct marking *m)
{
    struct search_results *results = m->results;
    struct chosen chosen = {.counts = {0}};
    choose_all(m, &chosen);
    results->hits =
        arena_take_array(&results->arena, (size_t)SEARCH_GROUPS * SEARCH_GROUP_HITS, sizeof *results->hits);
    if (results->hits == NULL) {
        return false;
    }
    for (int rank = 0; rank < RANKS; rank++) {
        for (size_t group = 0; group < SEARCH_GROUPS; group++) {
            bool now = chosen.counts[group] > 0 && m->finder->ranks[chosen.items[group][0]] == rank;
            if (now && !put_group(m, chosen.items[group], chosen.counts[group])) {
                return false;
            }
        }
    }
    return true;
}

static void start(struct search_results *results)
{
    struct arena arena = results->arena;
    arena_reset(&arena);
    *results = (struct search_results){.arena = arena};
}

bool find(const struct index *index, struct finder *finder, struct str query, const char *language,
    struct search_results *results)
{
    start(results);
    results->incomplete = index->incomplete;
    query = str_slice(query, 0, SEARCH_QUERY_MAX);
    if (!fold_text(index->fold, query, false, &finder->query)) {
        return false;
    }
    struct needles needles = needles_of((struct str){finder->query.bytes, finder->query.length});
    if (needles.count == 0) {
        return true;
    }
    struct marking m = {index, finder, results, &needles, index_find_language(index, language)};
    struct looking l = {
        index, &needles, match_letters((struct str){finder->query.bytes, finder->query.length}), m.language};
    return make_room(finder, index) && look_everywhere(finder, &l) && put_hits(&m);
}

void finder_finish(struct finder *finder)
{
    folded_finish(&finder->query);
    folded_finish(&finder->last);
    folded_finish(&finder->line);
    free(finder->matched);
    free(finder->ranks);
    free(finder->best);
    *finder = (struct finder){.matched = NULL};
}
