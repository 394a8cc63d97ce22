/* Finding a word in all texts of an exhibit, in all its languages.
 *
 * The index is made once, when it is first wanted, by a thread of its own that opens the exhibit for itself
 * and copies what it needs: the player's exhibit stays as little loaded as it was, and no frame waits.
 * Afterwards it never changes. Memory: the texts, and the same texts folded (as long again; Hangul, which is
 * folded to the keys it is typed with, two and a half times), at most SEARCH_BYTES_MAX; what goes beyond that
 * is not searched, and the results say so.
 *
 *     texts ──fold──▶ entries ─┐
 *     query ──fold──▶ words ───┴──▶ hits: whole words, beginnings, insides; this language, others;
 *                                         titles, texts
 *
 * Folding (both sides alike): NFKC and case folding (UAX #31, Unicode 15.1, section 3.13); accents off, ё as
 * е, й kept; width and kana alike; Traditional Han as Simplified; Hangul as two-set keys, so that what is
 * half typed finds what it may become; Arabic without vowel signs and tatweel, forms of alef alike; Hebrew
 * without points, final letters alike; digits of every script alike. Several words must all stand in one
 * paragraph. */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/arena.h"
#include "base/str.h"
#include "exhibit/place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SEARCH_BYTES_MAX ((size_t)96 << 20)
#define SEARCH_QUERY_MAX 96   /* bytes of a query that are looked for */
#define SEARCH_GROUP_HITS 12  /* hits of one group that are shown */
#define SEARCH_DETAIL_MAX 101 /* "<layer>.<language>" with a zero byte */
#define SEARCH_SUGGESTIONS 800

enum search_group {
    SEARCH_TEXTS, /* paragraphs of documents */
    SEARCH_PEOPLE,
    SEARCH_PLACES,
    SEARCH_EVENTS,
    SEARCH_TERMS,
    SEARCH_NOTES,
    SEARCH_RECORDS, /* what the catalogue says of a document */
    SEARCH_QUESTIONS,
    SEARCH_GROUPS
};

enum search_quality { SEARCH_WHOLE, SEARCH_BEGINNING, SEARCH_INSIDE };

struct search_mark { /* bytes from .. to of a line are what was looked for */
    size_t from, to;
};

struct search_line {
    struct str text;
    const char *language; /* NULL: every one's */
    const struct search_mark *marks;
    size_t mark_count;
};

struct search_hit {
    enum search_group group;
    enum search_quality quality;
    struct place place;             /* where it leads: of a paragraph its segment */
    char detail[SEARCH_DETAIL_MAX]; /* of a paragraph the layer and language it was found in,
                                       "<layer>.<language>"; of a question its id; else empty */
    struct search_line title;       /* in the language asked for, where there is one */
    struct search_line line;        /* what was found, a part of the paragraph; empty: it was the title */
    bool elsewhere;                 /* found in another language than the one asked for */
};

/* Zeroed memory is valid and empty. */
struct search_results {
    struct arena arena;
    struct search_hit *hits; /* group by group; the group with the best hit first */
    size_t count;
    size_t totals[SEARCH_GROUPS]; /* found, also what is not shown */
    size_t total;
    bool incomplete; /* the exhibit has more text than is searched */
};

struct search;

/* Starts making the index of the exhibit at `path`. `wake` (or NULL) is called from the thread when it is
 * there. NULL: no memory, or no thread to be had. */
struct search *search_create(const char *path, void (*wake)(void *context), void *context);
/* Stops the thread, however far it came. */
void search_destroy(struct search *search);
/* Is the index there? False for NULL. */
bool search_ready(struct search *search);
/* Waits for it, at most so long; false when it is not there then. */
bool search_wait(struct search *search, int64_t timeout_ms);
/* What the index takes, in bytes, and the texts in it; 0 before it is there. */
size_t search_bytes(struct search *search);
size_t search_text_bytes(struct search *search);

/* Looks for the words of `query`; a query that goes on from the last one only looks where that was found.
 * Results are replaced (and empty for an empty query or before the index is there), and live until the next
 * call with them or search_results_finish(). False when there is no memory. */
bool search_find(
    struct search *search, struct str query, const char *language, struct search_results *results);
void search_results_finish(struct search_results *results);

/* Words of the exhibit for languages that are not spelt on a keyboard. */
struct search_word {
    struct str text;
    bool first; /* not a word but a character that words begin with */
};
/* Nothing typed: the words that matter most (names, then what stands most often), and the characters that
 * words begin with, by pinyin, strokes (zh-Hant) or reading. A query of Latin letters: words whose pinyin, or
 * its initials, begin so. Else words that begin with, then that hold, the query. Lent by the index; returns
 * how many. */
size_t search_suggest(
    struct search *search, struct str query, const char *language, struct search_word *out, size_t capacity);
/* Is this a language whose words are picked rather than spelt? */
bool search_picks_words(const char *language);

/* The folded form of a text: for tests and for whoever wants to compare. The result lives in the arena; empty
 * when there is no memory. */
struct str search_folded(struct str text, struct arena *arena);

#endif
