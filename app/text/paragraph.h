/* A paragraph that is itemised and shaped, once, whole, for every width and colour: the part of the work that
 * costs.
 *
 *     units   T h e   t e l e g r a m ...   UTF-16, malformed bytes already U+FFFD, newlines U+2028
 *     marks   one byte a unit: grapheme, break, hard break, space (breaks.h)
 *     advance one number a unit: the width of the cluster that begins there
 *     items   stretches of one level, script, font, style and language, in logical order
 *     glyphs  of all items, each item's in visual order
 *
 * Positions are in 26.6 pixels. */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include "breaks.h"
#include "fixed.h"
#include "fonts.h"
#include "languages.h"

#include <hb.h>
#include <unicode/ubidi.h>

/* What changes the shapes of glyphs. Underline and colours do not. */
enum { SHAPING_FLAGS = TEXT_BOLD | TEXT_ITALIC | TEXT_TABULAR };

enum { GLYPH_BOX = 0xFFFF }; /* the glyph of a character that no font has */

struct style {
    int end; /* the unit behind its last */
    unsigned flags;
    int language;
};

struct glyph {
    uint32_t id;
    int cluster;           /* the first unit that it stands for */
    int32_t advance, x, y; /* x to the right and y down, from the pen */
};

struct item {
    int start, end;
    int font; /* FONT_NONE: boxes */
    unsigned flags, synthesis;
    int language;
    UScriptCode script;
    UBiDiLevel level;
    size_t glyph_from, glyph_count;
};

struct glyph_list {
    struct glyph *items;
    size_t count, capacity;
};

/* What a paragraph is made from, and so what it is found by. */
struct source {
    uint16_t *units;
    int length;
    struct style *styles;
    size_t style_count;
    enum text_face face;
    int size;   /* 26.6 */
    int letter; /* 26.6 */
    int language;
    bool rtl_default;
};

struct paragraph {
    struct source source; /* its arrays are owned */
    uint64_t hash;
    struct paragraph *chain;         /* in the cache's bucket */
    struct paragraph *newer, *older; /* by last use */
    size_t users;                    /* layouts */
    size_t bytes;

    uint8_t *marks;
    int32_t *advance;
    struct item *items;
    size_t item_count, item_capacity;
    struct glyph_list glyphs;
    UBiDiLevel level;
    int missing;
};

/* What itemising and shaping work with; nothing of it is kept in a paragraph. */
struct tools {
    struct fonts *fonts;
    struct breaker *breaker;
    struct languages languages;
    UBiDi *bidi;
    hb_buffer_t *buffer;
    UBiDiLevel *levels; /* scratch of the paragraph in hand, one a unit */
    int16_t *scripts;
    int *fonts_of;
    size_t level_capacity, script_capacity, font_capacity;
    int line_start; /* the unit that begins the line in hand, -1 when there is no line */
};

bool tools_init(struct tools *tools, const struct text_catalogue *catalogue, struct error *err);
void tools_finish(struct tools *tools);

/* Takes a copy of the source; NULL when memory is out. */
struct paragraph *paragraph_create(struct tools *tools, const struct source *source);
void paragraph_destroy(struct paragraph *paragraph);
bool source_equal(const struct source *a, const struct source *b);
uint64_t source_hash(const struct source *source);

/* itemise.c: fills level, items and missing from the units and marks. */
bool paragraph_itemise(struct tools *tools, struct paragraph *paragraph);
/* UAX #9: the levels of all units, and the paragraph's; `wanted` is 0, 1, UBIDI_DEFAULT_LTR or
 * UBIDI_DEFAULT_RTL. */
bool itemise_levels(
    UBiDi *bidi, const uint16_t *units, int length, UBiDiLevel wanted, UBiDiLevel *base, UBiDiLevel *levels);
/* The font for a cluster at `at` of `length` units in this style. `guess` is the script that tells whose
 * ideographs are meant where no language does: USCRIPT_HIRAGANA, USCRIPT_HANGUL or USCRIPT_COMMON. */
int itemise_font(struct tools *tools, const struct source *source, const struct style *style, int at,
    int length, UScriptCode guess);

/* shape.c: appends the glyphs of units from..to of an item to `out`, in visual order. Returns false when
 * memory is out. *missing counts glyphs that the font lacks; may be NULL. */
bool shape_slice(struct tools *tools, const struct source *source, const struct item *item, int from, int to,
    struct glyph_list *out, int *missing);
/* What is added after each cluster of an item, 26.6. */
int32_t shape_letter(const struct source *source, const struct item *item);
/* Shapes all items; fills glyphs, advance and MARK_UNSAFE. */
bool paragraph_shape(struct tools *tools, struct paragraph *paragraph);

#endif
