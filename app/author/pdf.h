/* A small PDF (ISO 32000-1). A page is one grey picture, with its words over it as invisible text: they can
 * be selected, searched and read aloud, and the picture, which looks the same everywhere, is no part of the
 * tagged structure (14.8). The same pages give the same bytes: there are no dates in it.
 *
 *     catalogue ──▶ pages ──▶ page ──▶ picture
 *         │                    ├─────▶ content: the picture as an artifact, then words, marked by number
 *         │                    └─────▶ fonts, which all pages share
 *         └──▶ structure ──▶ document ──▶ heading, paragraph ... ──▶ the numbers of its words on their pages
 */
#ifndef AUTHOR_PDF_H
#define AUTHOR_PDF_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "paint/paint.h"
#include "text/text.h"

#include <stdio.h>

#define PDF_PAGES_MAX 64

struct pdf_glyph { /* what one code stands for */
    struct str text;
    int width; /* thousandths of an em */
};

struct pdf_mark { /* some words on one page */
    int element, page;
};

struct pdf_element { /* a heading, a paragraph */
    const char *type;
    const char *language; /* NULL: the document's */
};

struct pdf {
    FILE *file;
    const char *path;
    struct arena arena;
    long *offsets; /* of each object, by number */
    size_t object_count, object_capacity;
    int pages[PDF_PAGES_MAX]; /* their objects */
    int page_count;
    double points_w, points_h; /* of a page; 72 to the inch */
    int width, height;         /* the same in pixels */

    struct pdf_glyph *glyphs; /* 255 make a font */
    size_t glyph_count, glyph_capacity;
    struct pdf_element *elements;
    size_t element_count, element_capacity;
    struct pdf_mark *marks; /* in reading order; a page's are numbered from 0 */
    size_t mark_count, mark_capacity;
    int page_marks; /* of the page in hand */
    char *content;  /* of the page in hand */
    size_t length, capacity;
    bool failed; /* no memory */
    bool lost;   /* where an object stands in the file could not be told */
};

/* Begins a file of pages of so many points, which have so many pixels; the path is lent until pdf_close().
 * False with ERROR_MACHINE. */
bool pdf_open(struct pdf *pdf, const char *path, double points_w, double points_h, struct size pixels,
    struct error *err);

/* Begins a part of the document: "H1" to "H6" or "P", in a language (lent; NULL: the document's). Its number.
 */
int pdf_element(struct pdf *pdf, const char *type, const char *language);

struct pdf_words {
    const struct text_layout *layout;
    struct str text; /* all of the layout's */
    int x, y;        /* the top left of the first of these lines, pixels */
    int from, lines;
    double line_px, size_px; /* the distance of lines, an em */
};
/* Lines of a layout, on the page in hand, as the next words of an element. */
void pdf_put_words(struct pdf *pdf, int element, const struct pdf_words *words);

/* Ends the page in hand: the target's pixels fill it. False when there are too many, or memory is out. */
bool pdf_add(struct pdf *pdf, const struct paint_target *target, struct error *err);
/* Ends the file, with a title and a language. False with ERROR_MACHINE when not all of it could be written.
 * Accepts one that was not opened. */
bool pdf_close(struct pdf *pdf, struct str title, const char *language, struct error *err);

/* ---- pdf.c for the other two */

/* The number of an object that is yet to be written. */
int pdf_new(struct pdf *pdf);
/* Begins the object here. */
void pdf_begin(struct pdf *pdf, int number);
/* A text as UTF-16 in hexadecimal, which needs no escapes, without brackets. */
void pdf_write_utf16(FILE *file, struct str text);
/* Writes a packed stream as an object of its own; `facts` are more of its dictionary. */
bool pdf_write_stream(struct pdf *pdf, int number, const char *facts, const void *bytes, size_t length);

/* ---- pdf_text.c: the fonts as the resource `number`. */
bool pdf_write_fonts(struct pdf *pdf, int number);

/* ---- pdf_tags.c: the structure as the object `number`. */
void pdf_write_structure(struct pdf *pdf, int number, const char *language);

#endif
