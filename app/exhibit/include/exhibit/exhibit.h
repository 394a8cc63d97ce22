/* An exhibit folder as checked, immutable data.
 *
 * exhibit_open() reads exhibit.yaml. Everything else is read when it is first asked for, once, through the
 * exhibit_..._load functions (which read files), and looked up afterwards through the exhibit_find_...
 * functions (which never do, are pure, and return NULL for what is not loaded or does not exist). Loaded data
 * never changes and lives as long as the exhibit; a changed file means a new exhibit. What is broken is left
 * out or empty, and reported to the findings: the rest is there. An exhibit belongs to one thread at a time.
 */
#ifndef EXHIBIT_EXHIBIT_H
#define EXHIBIT_EXHIBIT_H

#include "base/error.h"
#include "base/rect.h"
#include "base/str.h"
#include "exhibit/findings.h"
#include "exhibit/place.h"

#include <stdbool.h>
#include <stddef.h>

/* ---- values with their place in a file */

struct source_mark {
    const char *file; /* relative to the exhibit's folder */
    int line, column; /* from 1 */
};

struct date {
    int year, month, day; /* month and day 0 where not given; year 0: no date */
};

/* A string in one or several languages. */
struct string_entry {
    const char *language; /* BCP 47; NULL: for every language */
    struct str text;
    struct source_mark mark;
};
struct string {
    const struct string_entry *entries;
    size_t count; /* 0: not given */
};

/* The text for `language`; where it lacks one the exhibit's default language's, then the first. *found (may
 * be NULL) is the language of what was returned, so that the player can say so. Empty when not given. */
struct exhibit;
struct str exhibit_string(
    const struct exhibit *exhibit, const struct string *string, const char *language, const char **found);
/* Without falling back: only what is said in this language, or for all. For what is said about a text in one
 * language, such as layer.note with the language of the text. */
struct str exhibit_string_exact(const struct string *string, const char *language);

/* ---- prose: CommonMark as blocks of spans */

enum {
    SPAN_BOLD = 1,
    SPAN_ITALIC = 2,
    SPAN_CODE = 4,
    SPAN_EDITORIAL = 8 /* in editors' square brackets */,
    SPAN_BREAK = 16 /* a hard line break stands before it */
};

struct span {
    struct str text;
    unsigned flags;
    const struct place *link; /* NULL: none */
};

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_RULE, BLOCK_CODE };

struct block { /* a leaf block: in a layer, a segment */
    enum block_kind kind;
    int level;                      /* of a heading 1..6; of an item its depth 1.. */
    struct str label;               /* of an item: "1." or "•", as written */
    char segment[PLACE_ID_MAX + 1]; /* its anchor, written or given by order ("s1", "s2", ...) */
    bool anchored;                  /* the anchor was written */
    const struct span *spans;
    size_t span_count;
    struct source_mark mark;
};

struct prose_text {
    const char *language; /* NULL: for every language */
    struct str title;     /* of a note: its first heading; otherwise empty */
    const struct block *blocks;
    size_t block_count;
    struct source_mark mark;
};
struct prose {
    const struct prose_text *texts;
    size_t count;
};
/* As exhibit_string(): NULL when not given at all. */
const struct prose_text *exhibit_prose(
    const struct exhibit *exhibit, const struct prose *prose, const char *language);

/* ---- provenance */

enum provenance_kind {
    PROVENANCE_SCAN,
    PROVENANCE_PHOTOGRAPH,
    PROVENANCE_RECONSTRUCTION,
    PROVENANCE_TRANSCRIPTION,
    PROVENANCE_TRANSLATION,
    PROVENANCE_MACHINE_ASSISTED,
    PROVENANCE_BACK_TRANSLATION,
    PROVENANCE_EDITORIAL,
    PROVENANCE_KINDS
};

struct provenance_entry {
    enum provenance_kind kind;
    struct string who, from, note;
    struct date when;
};
struct provenance {
    const char *language; /* NULL: for every language */
    const struct provenance_entry *entries;
    size_t count;
};
struct provenances { /* one list for all languages, or one per language */
    const struct provenance *lists;
    size_t count;
};
/* The list for `language` (that of a text's own language, not of the screen); NULL when there is none. */
const struct provenance *exhibit_provenance(const struct provenances *provenances, const char *language);

/* ---- documents */

struct zone {
    const struct pointf *points_img; /* a polygon, also for a box: at least 3 */
    size_t point_count;
    struct rectf bounds_img;
    const char (*segments)[PLACE_ID_MAX + 1];
    size_t segment_count;
};

struct page {
    const char *image;     /* absolute path, checked to lie in the exhibit; NULL when there is no such file */
    struct str image_name; /* as written */
    struct source_mark mark; /* of the image's name, for findings about what is inside it */
    double resolution;       /* dpi, 0: not known */
    struct string alt;
    struct provenances provenance;
    struct size zone_size; /* the size the zones were measured in; 0, 0: no zones */
    const struct zone *zones;
    size_t zone_count;
    struct source_mark zones_mark; /* of "page:" in the zones file; file NULL: no zones */
};

enum layer_kind { LAYER_TRANSCRIPTION, LAYER_TRANSLATION, LAYER_COMMENTARY };

struct layer {
    const char *id;
    enum layer_kind kind;
    struct string title, note;
    struct provenances provenance;
    struct prose text; /* one prose_text per language that has a file */
};

struct record_field {
    struct string field, value, added;
};

struct document {
    const char *id;
    struct string title, date_note, from, to;
    struct date date;
    struct prose summary;
    struct string quoted_text; /* the catalogue's own words */
    struct prose quoted_note;
    struct provenances quoted_provenance;
    const struct record_field *record;
    size_t record_count;
    const struct page *pages;
    size_t page_count;
    const struct layer *layers;
    size_t layer_count;
    const char *const *related; /* document ids */
    size_t related_count;
    struct provenances provenance;
};

/* The index of the segment's block in a text, by anchor; -1 when it has none. */
int exhibit_find_segment(const struct prose_text *text, const char *segment);
/* The zones of a page that belong to a segment: the bounding box of all of them; false when there is none. */
bool exhibit_segment_bounds(const struct page *page, const char *segment, struct rectf *bounds_img);
/* The zone at a point, the smallest when several lie there; NULL when none. */
const struct zone *exhibit_zone_at(const struct page *page, double x_img, double y_img);

/* ---- the lists */

struct name_form {
    struct string label;
    struct str text;
    const char *language; /* or NULL */
};

struct person {
    const char *id;
    struct string name, dates, role;
    const struct name_form *forms;
    size_t form_count;
    struct prose text, doubt;
    const struct place *in;
    size_t in_count;
};

enum label_side { LABEL_RIGHT, LABEL_LEFT, LABEL_ABOVE, LABEL_BELOW, LABEL_INSET };

struct geo_place {
    const char *id;
    struct string name;
    const struct name_form *forms;
    size_t form_count;
    double latitude, longitude;
    enum label_side label;
    struct prose text, doubt;
};

struct route {
    const char *from, *to; /* ids of places */
    struct string label;
    int order;
};

struct event {
    const char *id;
    struct date date, end;
    struct str time; /* "23:30" or empty */
    struct string place, title;
    struct prose text, doubt;
    bool main;
    const char *document; /* or NULL */
};

struct term {
    const char *id;
    struct string term;
    struct prose text;
};

struct question {
    const char *id;
    struct prose question, hint, answer;
};

struct note {
    const char *id;
    struct prose text; /* title is prose_text.title */
};

struct tour_step {
    const char *id;
    struct place place;
    struct rectf camera_img; /* w 0: by the segment's zone */
    struct prose caption;
    double seconds; /* 0: by the caption's length */
};

/* ---- the exhibit */

struct exhibit_head { /* exhibit.yaml */
    struct string title;
    struct date date;
    const char *const *languages; /* at least one: "en" where the file names none */
    size_t language_count;
    const char *home_document; /* id; NULL where the file names none */
    struct prose lead;
    struct rectf home_picture_img; /* w 0: the whole page */
    struct string home_button;
    int idle_s; /* 90 where not given */
    const struct tour_step *tour;
    size_t tour_count;
    const char *const *meaning; /* note ids */
    size_t meaning_count;
    const char *const *about;
    size_t about_count;
    struct prose credits, rights, licence;
    struct string sponsor;
    struct provenances provenance;
};

/* Opens a folder with an exhibit.yaml, or one image, .dzi or info.json as an exhibit of one page. NULL with
 * *err (ERROR_INPUT) only when there is nothing to show: no such folder, not readable, no exhibit.yaml.
 * Everything else goes to the findings, which are lent for the exhibit's whole life: loading adds to them.
 * They may be NULL. */
struct exhibit *exhibit_open(const char *path, struct findings *findings, struct error *err);
/* An exhibit without anything in it, in the languages of the player's own words (<language>.yaml in this
 * folder). ERROR_MACHINE. */
struct exhibit *exhibit_open_nothing(const char *interface_folder, struct error *err);
void exhibit_destroy(struct exhibit *exhibit);

const struct exhibit_head *exhibit_head(const struct exhibit *exhibit);
/* Of the exhibit's languages only those named are offered from now on, in the order in which they are named;
 * the first is the one to begin with. A longer or shorter form of a tag names it too ("zh" zh-Hans). False
 * when the exhibit has none of them, and then nothing changes; or when out of memory. Before anything is
 * loaded. */
bool exhibit_offer_languages(struct exhibit *exhibit, const char *const *tags, size_t count);
/* The exhibit's own tag for a language: "zh" finds "zh-Hans", "en-GB" finds "en". NULL: it has none such. */
const char *exhibit_find_language(const struct exhibit *exhibit, const char *tag);
/* The same for a language that somebody asked for; NULL asks for the first. NULL with ERROR_USAGE when there
 * is none such, and the message lists what there is. */
const char *exhibit_choose_language(const struct exhibit *exhibit, const char *tag, struct error *err);
const char *exhibit_folder(const struct exhibit *exhibit); /* absolute */

/* Load: read and check files on first call. False when out of memory only; what is missing is missing (see
 * find). */
bool exhibit_load_document(struct exhibit *exhibit, const char *id);
bool exhibit_load_note(struct exhibit *exhibit, const char *id);
bool exhibit_load_people(struct exhibit *exhibit);
bool exhibit_load_places(struct exhibit *exhibit);
bool exhibit_load_timeline(struct exhibit *exhibit);
bool exhibit_load_glossary(struct exhibit *exhibit);
bool exhibit_load_questions(struct exhibit *exhibit);
/* Everything that a screen or panel for this place needs, links' titles included. */
bool exhibit_load_for(struct exhibit *exhibit, const struct place *place);
/* Everything there is, and every check across files (`vitrine check`). */
bool exhibit_load_all(struct exhibit *exhibit);

/* "" or NULL: the home document. */
const struct document *exhibit_find_document(const struct exhibit *exhibit, const char *id);
const struct note *exhibit_find_note(const struct exhibit *exhibit, const char *id);
const struct person *exhibit_people(const struct exhibit *exhibit, size_t *count);
const struct person *exhibit_find_person(const struct exhibit *exhibit, const char *id);
const struct geo_place *exhibit_places(const struct exhibit *exhibit, size_t *count);
const struct geo_place *exhibit_find_place(const struct exhibit *exhibit, const char *id);
const struct route *exhibit_routes(const struct exhibit *exhibit, size_t *count);
/* Degrees: x west, y north, w, h; w 0: not given. */
struct rectf exhibit_map_extent(const struct exhibit *exhibit);
const struct event *exhibit_timeline(const struct exhibit *exhibit, size_t *count);
const struct event *exhibit_find_event(const struct exhibit *exhibit, const char *id);
const struct term *exhibit_glossary(const struct exhibit *exhibit, size_t *count);
const struct term *exhibit_find_term(const struct exhibit *exhibit, const char *id);
const struct question *exhibit_questions(const struct exhibit *exhibit, size_t *count);

/* Ids of all documents (folders of documents/), notes, in order of the alphabet; for check, render and
 * search. Lists folders on first call. What is broken has an id too and is not found. */
bool exhibit_list_documents(struct exhibit *exhibit, const char *const **ids, size_t *count);
bool exhibit_list_notes(struct exhibit *exhibit, const char *const **ids, size_t *count);

/* Does the exhibit have anything for this screen (PLACE_PEOPLE: is there a people.yaml, PLACE_MEANING: are
 * notes named for it, ...)? Known since exhibit_open(); reads nothing. */
bool exhibit_has_screen(const struct exhibit *exhibit, enum place_kind kind);

/* Does the exhibit have this place? Loads what it must to know. */
bool exhibit_has_place(struct exhibit *exhibit, const struct place *place);

/* Every file and folder of texts looked into so far, relative, for --watch; also those that were named and
 * are not there. */
size_t exhibit_files(const struct exhibit *exhibit, const char *const **files);

#endif
