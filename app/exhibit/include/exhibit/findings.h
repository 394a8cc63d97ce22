/* What is wrong with an exhibit: any number of findings, each with file, line, column, a permanent code, and
 * what to do. */
#ifndef EXHIBIT_FINDINGS_H
#define EXHIBIT_FINDINGS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

/* The number in VIT-123. A number is never used again for something else; exhibits/README.md says cause and
 * cure of each. */
enum finding_code {
    /* 1xx: files and YAML */
    FINDING_FILE_MISSING = 101,
    FINDING_FILE_UNREADABLE = 102,
    FINDING_FILE_TOO_LARGE = 103,
    FINDING_PATH_LEAVES = 104,
    FINDING_PATH_SYMLINK = 105,
    FINDING_NOT_UTF8 = 106,
    FINDING_CONTROL_CHARACTER = 107,
    FINDING_YAML_SYNTAX = 110,
    FINDING_YAML_ALIAS = 111,
    FINDING_YAML_TAG = 112,
    FINDING_YAML_DUPLICATE_KEY = 113,
    FINDING_YAML_DEPTH = 114,
    FINDING_YAML_SIZE = 115,
    FINDING_YAML_DOCUMENTS = 116,
    FINDING_FILE_STRAY = 120,
    /* 2xx: keys and values */
    FINDING_WRONG_TYPE = 201,
    FINDING_UNKNOWN_KEY = 202,
    FINDING_KEY_MISSING = 203,
    FINDING_FORMAT_VERSION = 204,
    FINDING_BAD_ID = 205,
    FINDING_DUPLICATE_ID = 206,
    FINDING_UNKNOWN_WORD = 207,
    FINDING_BAD_NUMBER = 208,
    FINDING_BAD_DATE = 209,
    FINDING_BAD_TIME = 210,
    FINDING_BAD_BOX = 211,
    FINDING_UNKNOWN_REFERENCE = 212,
    /* 3xx: documents, pages, layers, provenance */
    FINDING_PROVENANCE_MISSING = 301,
    FINDING_PROVENANCE_KIND = 302,
    FINDING_PROVENANCE_UNUSED = 303,
    FINDING_LAYER_WITHOUT_TEXT = 304,
    FINDING_LAYERS_UNALIGNED = 305,
    FINDING_TEXT_WITHOUT_LAYER = 306,
    FINDING_IMAGE_KIND = 307,
    /* 4xx: zones */
    FINDING_ZONE_OUTSIDE = 401,
    FINDING_ZONE_SEGMENT = 402,
    FINDING_ZONE_SHAPE = 403,
    FINDING_CAMERA_OUTSIDE = 404,
    /* 5xx: lists */
    FINDING_EVENT_ORDER = 501,
    FINDING_EVENT_END = 502,
    FINDING_COORDINATES = 503,
    FINDING_MAP_EXTENT = 504,
    FINDING_OFF_THE_MAP = 505,
    FINDING_ROUTE_ORDER = 506,
    /* 6xx: Markdown and links */
    FINDING_LINK_DANGLING = 601,
    FINDING_LINK_WEB = 602,
    FINDING_LINK_NO_PLACE = 603,
    FINDING_HTML = 604,
    FINDING_IMAGE_IN_TEXT = 605,
    FINDING_ANCHOR_MALFORMED = 606,
    FINDING_ANCHOR_MISPLACED = 607,
    FINDING_ANCHOR_DUPLICATE = 608,
    FINDING_NOTE_TITLE = 609,
    FINDING_MARKDOWN_DEPTH = 610,
    FINDING_BRACKETS = 611,
    FINDING_LINK_DEFINITION = 612,
    /* 7xx: languages and plain words */
    FINDING_LANGUAGE_TAG = 701,
    FINDING_LANGUAGE_UNLISTED = 702,
    FINDING_LANGUAGE_LACKING = 703,
    FINDING_SENTENCE_LONG = 704,
    FINDING_LABEL_LONG = 705,
    /* 8xx: what is inside an image; found by the room author, which has the decoders */
    FINDING_IMAGE_UNREADABLE = 801,
    FINDING_IMAGE_SIZE = 802,
    FINDING_IMAGE_TOO_LARGE = 803,
    FINDING_TILE_MISSING = 804,
    FINDING_IMAGE_FEATURE = 805,
    FINDING_IMAGE_WANTS_TILES = 806,
    FINDING_PYRAMID_MALFORMED = 807,
    FINDING_TILE_UNREADABLE = 808,
    FINDING_TILE_SIZE = 809,
    FINDING_TILE_EXCHANGED = 810,
    /* 81x: what the fonts cannot show; found by the room author too */
    FINDING_CHARACTER_WITHOUT_FONT = 811,
    /* 9xx: what a screen cannot hold where it is to stand; found by the room author, which has the screens */
    FINDING_STAND_TARGET = 901,
    FINDING_STAND_TEXT = 902,
    FINDING_STAND_REACH = 903,
    FINDING_STAND_ROOM = 904,
    /* 92x: what only a site file says */
    FINDING_SITE_HOURS = 921,
    FINDING_SITE_CODE = 922
};

/* A row of the table of codes. */
struct finding_kind {
    int code;
    enum severity severity;
    const char *name; /* permanent, lower case and '-' */
};
/* The whole table, by code. */
const struct finding_kind *finding_kinds(size_t *count);
/* NULL for a number that is no code. */
const struct finding_kind *finding_kind_find(int code);

struct finding {
    enum severity severity;
    int code;
    const char *file;    /* relative to the exhibit's folder, with '/' */
    int line, column;    /* from 1; columns count characters */
    const char *message; /* one line: what is wrong and what to do */
};

struct findings; /* owns its texts; keeps the first FINDINGS_MAX in the order they came and counts the rest */
#define FINDINGS_MAX 1000

struct findings *findings_create(void);
void findings_destroy(struct findings *findings);
/* Adds one; file and message are copied, control characters in the message become spaces. `findings` may be
 * NULL. Lost memory is survived: the finding is then only counted. */
void findings_add(struct findings *findings, enum finding_code code, const char *file, int line, int column,
    const char *format, ...) __attribute__((format(printf, 6, 7)));
/* How many are kept, that is, can be got. */
size_t findings_count(const struct findings *findings);
/* How many errors came, also those that are only counted. */
size_t findings_errors(const struct findings *findings);
/* How many are only counted. */
size_t findings_left_out(const struct findings *findings);
const struct finding *findings_get(const struct findings *findings, size_t index);
/* Orders by file, line, column, code. */
void findings_sort(struct findings *findings);
/* "folder/file:line:column: error: message [VIT-123]", one a line, and a last line when some were left out.
 * `folder` may be NULL. */
void findings_print(const struct findings *findings, const char *folder, FILE *stream);

#endif
