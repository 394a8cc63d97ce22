/* Lines: a shaped paragraph at one width, with its colours. */
#ifndef TEXT_LAYOUT_H
#define TEXT_LAYOUT_H

#include "paragraph.h"
#include "squeeze.h"

/* How a stretch of units is painted. */
struct paint {
    int end; /* the unit behind its last */
    colour ink, ground;
    bool underline;
    int tag;
};

/* Glyphs of one font and one paint, left to right. */
struct run {
    int font;
    unsigned synthesis;
    int paint;
    bool own; /* glyphs of the layout itself (cut clusters, hyphens, ellipses), not of the paragraph */
    int32_t x, width; /* 26.6, from the layout's left */
    int32_t letter;   /* of the width, what stands behind its last cluster */
    size_t glyph_from, glyph_count;
};

struct line {
    int start, end;            /* units, without what hangs */
    int32_t x, width;          /* 26.6 */
    int top, baseline, bottom; /* px from the layout's top */
    size_t run_from, run_count;
};

/* What a layout is made from beside its paragraph. */
struct setting {
    int width; /* px, <= 0: one line */
    double line_px;
    enum text_align align;
    int max_lines;
    const struct paint *paints;
    size_t paint_count;
};

/* All that was asked for, as bytes: equal ones mean equal layouts. */
struct text_key {
    char *bytes;
    size_t length;
    uint64_t hash;
};

struct text_layout {
    struct paragraph *paragraph; /* kept */
    struct setting setting;      /* its paints are owned */
    uint64_t hash;
    struct text_layout *chain;         /* in the cache's bucket */
    struct text_layout *newer, *older; /* by when it was asked for last */
    int64_t asked;                     /* generation */
    struct text_key key; /* its bytes are owned; none: it was never asked for in one that is kept */
    bool has_note;
    int note_key;
    int64_t note; /* text_remember() */
    size_t bytes;

    struct line *lines;
    size_t line_count, line_capacity;
    struct run *runs;
    size_t run_count, run_capacity;
    struct glyph_list glyphs; /* own ones */
    struct text_metrics metrics;
};

/* A new layout; it does not count as the paragraph's user until the cache says so. NULL when memory is out.
 */
struct text_layout *layout_create(
    struct tools *tools, struct paragraph *paragraph, const struct setting *setting);
void layout_destroy(struct text_layout *layout);
bool setting_equal(const struct setting *a, const struct setting *b);
uint64_t setting_hash(uint64_t start, const struct setting *setting);

/* The glyphs of a run, wherever they are. */
const struct glyph *layout_glyphs(const struct text_layout *layout, const struct run *run);

/* fit.c: where the line that begins at `from` ends. */
struct fit {
    int end;     /* of its content, without what hangs */
    int next;    /* where the next line begins */
    bool hyphen; /* it ends in a soft hyphen, which is to be shown */
};
struct fit fit_line(const struct paragraph *p, int from, int32_t width, int32_t hyphen, enum squeeze_way way);
/* The end of the longest stretch from `from` that leaves room for `ellipsis`, at the end of a word where that
 * costs little; never behind `stop`. */
int fit_truncated(const struct paragraph *p, int from, int stop, int32_t width, int32_t ellipsis);

#endif
