/* A small PDF (ISO 32000-1): one grey picture a page. The same pages give the same bytes: there are no dates
 * in it. */
#ifndef AUTHOR_PDF_H
#define AUTHOR_PDF_H

#include "base/error.h"
#include "base/str.h"
#include "paint/paint.h"

#include <stdio.h>

#define PDF_PAGES_MAX 64

struct pdf {
    FILE *file;
    const char *path;
    long offsets[3 + 3 * PDF_PAGES_MAX]; /* of each object, by number */
    int page_count;
    double points_w, points_h; /* of a page; 72 to the inch */
    bool ok;
};

/* Begins a file; the path is lent until pdf_close(). False with ERROR_MACHINE. */
bool pdf_open(struct pdf *pdf, const char *path, double points_w, double points_h, struct error *err);
/* Adds a page: the target's pixels fill it. False when there are too many, or memory is out. */
bool pdf_add(struct pdf *pdf, const struct paint_target *target, struct error *err);
/* Ends the file, with a title and a language. False with ERROR_MACHINE when not all of it could be written.
 * Accepts one that was not opened. */
bool pdf_close(struct pdf *pdf, struct str title, const char *language, struct error *err);

#endif
