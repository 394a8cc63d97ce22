/* What the files of this room share. An exhibit owns one arena: everything that is lent to callers lives
 * there and dies with it.
 *
 *   folder --path--> bytes --source--> clean text --yaml--> nodes --schema + values--> structs of exhibit.h
 *                                                 \--markdown--> blocks of spans
 *   every link and id that names something else --> references, resolved by check.c when everything is loaded
 */
#ifndef EXHIBIT_INTERNAL_H
#define EXHIBIT_INTERNAL_H

#include "base/arena.h"
#include "exhibit/exhibit.h"
#include "table.h"

/* Limits. What is larger is reported and not read. They are stated in exhibits/README.md. */
#define LIMIT_YAML_BYTES ((size_t)2 << 20)
#define LIMIT_TEXT_BYTES ((size_t)16 << 20)
#define LIMIT_IMAGE_BYTES ((size_t)1 << 30)
#define LIMIT_YAML_DEPTH 24
#define LIMIT_YAML_NODES 100000
#define LIMIT_MARKDOWN_DEPTH 32
#define LIMIT_COORDINATE 1e6 /* pixels; far above any page */

enum list_kind { LIST_PEOPLE, LIST_PLACES, LIST_TIMELINE, LIST_GLOSSARY, LIST_QUESTIONS, LISTS };

/* One of people.yaml, places.yaml ... */
struct list {
    bool there; /* the file is */
    bool loaded;
    bool partial; /* the file is broken: what follows the break is not known */
    void *items;
    size_t count;
    struct table by_id;
};

/* Something of the exhibit that names something else. */
struct reference {
    struct place place;
    struct source_mark mark;
    bool link; /* a link in a text; else a value in a YAML file */
};

/* A part of page 1 of a document that is to be shown. */
struct framing {
    const char *document;
    struct rectf box_img;
    struct source_mark mark;
};

struct names {
    bool listed;
    const char **items;
    size_t count;
};

struct exhibit {
    struct arena arena;
    struct findings *findings; /* borrowed; may be NULL */
    char *folder;              /* absolute; malloc'd */
    int root;                  /* descriptor of the folder; -1 for a single image */
    bool no_memory;            /* an allocation failed since the last load began */
    struct exhibit_head head;
    bool head_partial;
    struct table documents; /* id -> struct document *, also those that turned out missing (NULL) */
    struct table notes;     /* id -> struct note *, likewise */
    struct list lists[LISTS];
    struct route *routes;
    size_t route_count;
    struct rectf map_extent;
    struct names document_ids, note_ids;
    struct reference *references;
    size_t reference_count, reference_capacity;
    struct framing *framings;
    size_t framing_count, framing_capacity;
    const char **files;
    size_t file_count, file_capacity;
    struct table file_names;
    bool checked;
};

/* Memory that lives as long as the exhibit. They return NULL and note it in no_memory where there is none. */
void *exhibit_keep(struct exhibit *exhibit, size_t count, size_t size);
struct str exhibit_keep_str(struct exhibit *exhibit, struct str text);
const char *exhibit_keep_c(struct exhibit *exhibit, struct str text);

/* Notes a file as read (for --watch) and returns its name for marks: kept, never NULL. */
const char *exhibit_note_file(struct exhibit *exhibit, const char *relative);
/* Notes that something names `place`, for the check across files. */
void exhibit_refer(struct exhibit *exhibit, const struct place *place, struct source_mark mark, bool link);
void exhibit_frame(
    struct exhibit *exhibit, const char *document, struct rectf box_img, struct source_mark mark);
/* Is this tag one of the exhibit's languages? */
bool exhibit_has_language(const struct exhibit *exhibit, struct str tag);
/* The position of a language among the exhibit's, or their number. */
size_t exhibit_language_rank(const struct exhibit *exhibit, const char *tag);
/* Does the list of exhibit languages lack some of those that `has` knows? Their names, with commas, into
 * buffer. */
bool exhibit_lacking(const struct exhibit *exhibit, bool (*has)(const void *data, const char *language),
    const void *data, char *buffer, size_t size);

/* head.c, document.c, lists.c, notes.c, single.c, check.c */
bool head_load(struct exhibit *exhibit, struct error *err);
struct document *document_load(struct exhibit *exhibit, const char *id);
struct note *note_load(struct exhibit *exhibit, const char *id);
void list_load(struct exhibit *exhibit, enum list_kind kind);
const char *list_file(enum list_kind kind);
void screens_find(struct exhibit *exhibit);
bool single_is(const char *path);
struct exhibit *single_open(const char *path, struct findings *findings, struct error *err);
void check_across(struct exhibit *exhibit);
/* Files that no one reads: probably a slip of the pen in a name. */
void check_strays(struct exhibit *exhibit);

#endif
