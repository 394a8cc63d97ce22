/* A text laid out as a typist would have set it: A4 pages of ten characters to the inch, one and a half lines
 * apart, ragged right.
 *
 *     +------------------------------------------+
 *     |  +----------+          Strictly Secret   |  corners: the stamp, the secrecy marks
 *     |  | a stamp  |          --------------    |
 *     |  +----------+                            |
 *     |          H e a d i n g                   |
 *     |  From ...                                |
 *     |       A paragraph begins five            |
 *     |  characters in.                          |
 *     |       1. A point hangs behind            |
 *     |          its number.                     |
 *     |                      13/5-50. Signature  |
 *     |  ------                                  |
 *     |  x/ A footnote, single spaced.           |
 *     |   what this picture is, in small print   |
 *     +------------------------------------------+
 *
 * A block's kind says how it is set, and some anchors say more: stamp, secrecy, copies, from, to, date,
 * place, addressee, signature, rule and footnote. Everything is in pixels of the page
 * (_img). */
#ifndef AUTHOR_SHEET_H
#define AUTHOR_SHEET_H

#include "base/error.h"
#include "base/rect.h"
#include "exhibit/exhibit.h"
#include "paint/paint.h"
#include "text/text.h"

/* At 300 dpi; a finer sheet is a whole number of times as large. */
#define SHEET_WIDTH 2480
#define SHEET_HEIGHT 3508
#define SHEET_DPI 300
#define SHEET_DPI_MOST 1200

#define SHEET_PAPER COLOUR_RGB(0xFBF7EC)
#define SHEET_INK COLOUR_RGB(0x2B2620)
#define SHEET_STAMP_INK COLOUR_RGB(0x5A5488)
/* Editors' insertions and our own note: 4.5:1 on the paper at least. */
#define SHEET_EDITORS_INK COLOUR_RGB(0x6C6863)

/* A block, or the part of it that stands on one page. */
struct sheet_piece {
    const char *segment; /* of the block, lent */
    int page;            /* from 0 */
    struct rect box_img; /* what it covers: its lines, from the first ink to the last, its label and frame */
    const struct text_layout *layout;
    struct point text_img;           /* the layout's top left; part of it may lie above `shown_img` */
    struct rect shown_img;           /* the lines of it that are drawn here */
    const struct text_layout *label; /* of a point; or NULL */
    struct point label_img;
    bool framed;
    bool rule; /* a line across, no text */
};

struct sheet {
    struct text *text;
    int unit;         /* page pixels in one at 300 dpi */
    struct size size; /* of a page */
    struct sheet_piece *pieces;
    size_t count, capacity;
    int page_count;
    char note[160]; /* the line at the foot of each page */
};

/* Lays out one language of a layer. Texts' layouts are lent by `text`: no text_advance() while the sheet is
 * in use. `resolution` is a multiple of SHEET_DPI; `note` is what the foot of every page says. False when
 * memory is out, or (ERROR_INPUT) when there is no block. */
bool sheet_lay_out(struct sheet *sheet, struct text *text, const struct prose_text *prose, int resolution,
    const char *note, struct error *err);
/* Accepts zeroed memory. */
void sheet_finish(struct sheet *sheet);

/* Draws page `page` (from 0) into a target of the sheet's size. */
void sheet_draw(const struct sheet *sheet, int page, const struct paint_target *target);

/* Writes the zones of a page, one box per piece, as zones/<n>.yaml wants them. The bytes depend on the sheet
 * only. */
bool sheet_write_zones(const struct sheet *sheet, int page, const char *path, struct error *err);

#endif
