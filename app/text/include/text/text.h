/* Text: from Unicode and a width to positioned glyphs, and from those to pixels.
 *
 *     paragraphs of spans ──itemise──▶ runs of one level, script, language and font
 *         ──shape (HarfBuzz)──▶ a paragraph, for every width and colour
 *         ──break (UAX #14), reorder (UAX #9)──▶ struct text_layout
 *         ──draw (FreeType)──▶ coverage, blended into pixels
 *
 * Everything is in pixels. Nothing here knows a window. A layout is made once, cached by what it was made
 * from, and lent: it stays valid until two text_advance() calls passed without anyone asking for it again.
 * One thread only. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/colour.h"
#include "base/error.h"
#include "base/rect.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_face { TEXT_SERIF, TEXT_SANS, TEXT_TYPEWRITER, TEXT_FACES };

/* One font of the catalogue. The order of the catalogue is the order of fallback within its face. A family is
 * a regular font and the other styles that follow it; where a style is missing the nearest of the same family
 * is thickened or slanted. */
struct text_font {
    enum text_face face;
    int index;             /* the font inside a collection */
    const char *file;      /* absolute, or relative to one of the catalogue's directories */
    const char *languages; /* space-separated BCP 47 prefixes that prefer this font ("zh-Hans ja"), or NULL */
    const char *package;   /* the Debian package it comes from, for messages */
    int thicken;           /* strokes are drawn thicker by this many thousandths of an em, 0 to 100 */
    bool bold, italic;
};

struct text_catalogue {
    const struct text_font *fonts;
    size_t count;
    const char *const *directories;
    size_t directory_count;
};

struct text; /* fonts, glyph cache, layout cache */

/* Remembers the catalogue (copied); a font is opened when a character first needs it. Fails when a face has
 * no font at all that can be opened: ERROR_MACHINE, the message names the package to install. */
struct text *text_create(const struct text_catalogue *catalogue, struct error *err);
void text_destroy(struct text *text);

/* Text of `language` will come in `face`: the next megabytes of its large fonts are read from disk in the
 * background, or with `opens` the next of them is opened; true while there are more. So no frame waits for
 * them when the language is chosen (45 ms for a collection that is not in memory). Returns in some
 * milliseconds; for all languages of an exhibit, and then for all again with `opens`, when there is nothing
 * else to do. */
bool text_expect(struct text *text, enum text_face face, const char *language, bool opens);

/* Start is left, in a paragraph from right to left right; left and right are the same for every paragraph,
 * for labels that follow the screen and not their own language. */
enum text_align { TEXT_START, TEXT_CENTRE, TEXT_END, TEXT_LEFT, TEXT_RIGHT };

/* Flags of a span. */
enum {
    TEXT_BOLD = 1,
    TEXT_ITALIC = 2,
    TEXT_UNDERLINE = 4, /* a hairline under the baseline: a link */
    TEXT_TABULAR = 8,   /* figures of one width */
};

struct text_span {
    /* UTF-8; a newline forces a line break, a tab is a space, other controls show as U+FFFD. */
    struct str text;
    const char *language; /* BCP 47 of this span, or NULL: that of the spec */
    unsigned flags;
    colour ink;
    colour ground; /* behind the glyphs (highlight), or COLOUR_NONE */
    int tag;       /* the caller's; not 0: text_fragments() finds where this span lies (links) */
};

struct text_spec {
    const struct text_span *spans; /* one paragraph's, in logical order */
    size_t span_count;
    /* BCP 47: chooses regional forms, line breaking, direction where nothing else decides. */
    const char *language;
    enum text_face face;
    double size_px;   /* font size (em) */
    double line_px;   /* baseline to baseline */
    double letter_px; /* added after each cluster; only for scripts that are not joined */
    int width_px;     /* lines break here; <= 0: one line */
    enum text_align align;
    int max_lines; /* 0: as many as it takes. Otherwise the last one ends with an ellipsis when text was left
                      out */
    bool rtl_default; /* paragraph direction when the text has no strong character */
};

struct text_layout; /* immutable, lent */

/* Lays a paragraph out, or finds it in the cache. NULL when memory is out. Never fails for what the text
 * says: malformed UTF-8 is shown as U+FFFD, a character that no font has as a box. Measuring is independent
 * of colours and tags of equal shape. */
const struct text_layout *text_lay_out(struct text *text, const struct text_spec *spec);
/* Was there no memory for a layout since this was asked last? */
bool text_refused(struct text *text);

struct text_metrics {
    int width_px;  /* the widest line, advance widths, rounded up */
    int height_px; /* lines x line_px, rounded up */
    int line_count;
    int first_baseline_px; /* from the top: half a line and 0.388 em, in deep scripts (Arabic, Thai,
                              Devanagari) 0.298 em */
    bool truncated;        /* max_lines left something out */
    bool rtl;              /* the paragraph's level is odd */
    /* The bounding box of all ink, relative to the layout's top left; may lie outside 0..width. */
    struct rect ink;
    int missing;   /* characters that no font had */
    double cap_px; /* how high a capital H of its face is at its size, whether there is one in it or not */
};
struct text_metrics text_measure(const struct text_layout *layout);

/* What somebody found out about a layout with much measuring (where its text is to be cut, say), kept with
 * it: one number, for one key. Recalling gives false where nothing, or another key, was kept. */
void text_remember(struct text *text, const struct text_layout *layout, int key, int64_t number);
bool text_recall(const struct text_layout *layout, int key, int64_t *number);

/* The lines whose letters stand whole between `top` and `bottom` (relative to the layout's top): *from .. *to
 * is a band that shows them and nothing of the others. False, and an empty band, where no line does. */
bool text_whole_lines(const struct text_layout *layout, int top, int bottom, int *from, int *to);

/* The rectangles, relative to the layout's top left, one per line and visual piece, that spans with `tag`
 * cover; line height tall. Returns how many there are and writes at most `capacity`. */
size_t text_fragments(const struct text_layout *layout, int tag, struct rect *out, size_t capacity);

/* The same for bytes from .. to-1 of the paragraph's text, all its spans in a row. */
size_t text_range(
    const struct text_layout *layout, size_t from, size_t to, struct rect *out, size_t capacity);

/* Pixels to draw into: 0xAARRGGBB words, `stride` words from row to row. Alpha is ignored and left as it is.
 */
struct text_target {
    uint32_t *pixels;
    int width, height, stride;
};

/* Draws with its top left at (x, y), only inside `clip` (both in target pixels; clip may reach outside the
 * target). Glyphs are blended with gamma-free coverage; underline and ground of spans are drawn too. `ink`
 * not COLOUR_NONE replaces every span's ink. */
void text_draw(struct text *text, const struct text_layout *layout, const struct text_target *target, int x,
    int y, struct rect clip, colour ink);

/* To be called between frames: forgets layouts that nobody asked for in two calls, and keeps the glyph cache
 * under its limit in bytes. */
void text_advance(struct text *text);

/* The first character of `s` that no font of `face` has for `language`, as its byte offset; s.length when
 * every one has. */
size_t text_find_missing(struct text *text, enum text_face face, const char *language, struct str s);

/* Height of a capital H in px at `size_px` in the first font of the face. */
double text_cap_height(struct text *text, enum text_face face, double size_px);

/* Bytes held now: glyph bitmaps and layouts. */
size_t text_memory(const struct text *text);

/* How many layouts were made so far; those that were found do not count. */
int64_t text_layouts_made(const struct text *text);

#endif
