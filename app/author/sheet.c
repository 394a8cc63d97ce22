#include "sheet.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {         /* pixels at 300 dpi: units() makes them the sheet's own */
    CELL = 30, /* a character: a tenth of an inch */
    LINE = 75, /* one and a half of the typewriter's lines */
    SINGLE = 58,
    LEFT = 14 * CELL, /* room for the binding */
    COLUMNS = 60,     /* characters in a line */
    WIDTH = COLUMNS * CELL,
    TOP = 236,
    HEIGHT = 3508,
    BOTTOM = HEIGHT - 256,
    GAP = 38,           /* between paragraphs */
    STAMP_PADDING = 40, /* above and below its words */
    STAMP_SIDE = 58,    /* beside them */
    STAMP_COLUMNS = 26,
    CORNER_COLUMNS = 28,
    LEAST_LINES = 2 /* of a paragraph at the foot or head of a page */
};

#define EM 50.0 /* font size: Courier's characters are 0.6 em wide */

enum place_on_sheet { IN_COLUMN, RIGHT_CORNER, LEFT_CORNER };

/* How a block is set. */
struct manner {
    enum place_on_sheet place;
    enum text_face face;
    int left, right; /* indents, in characters */
    int first;       /* of the first line, in characters */
    enum text_align align;
    int line_px, letter_px;
    int before_px;
    unsigned flags;
    bool balanced; /* lines of about equal length */
    bool keep;     /* not the last on its page */
    colour ink;    /* COLOUR_NONE: black, editors' insertions grey */
};

struct named_manner {
    const char *anchor;
    struct manner manner;
};

static const struct named_manner named[] = {
    {"secrecy", {.place = RIGHT_CORNER, .line_px = LINE, .flags = TEXT_UNDERLINE}},
    {"copies", {.place = RIGHT_CORNER, .line_px = LINE, .flags = TEXT_UNDERLINE}},
    {"stamp", {.place = LEFT_CORNER,
                  .face = TEXT_SANS,
                  .line_px = SINGLE,
                  .align = TEXT_CENTRE,
                  .balanced = true,
                  .before_px = 2 * GAP,
                  .ink = SHEET_STAMP_INK}},
    {"from", {.line_px = LINE, .before_px = 2 * GAP}},
    {"to", {.line_px = LINE}},
    {"date", {.line_px = LINE}},
    {"place", {.line_px = LINE}},
    {"addressee", {.line_px = LINE, .before_px = GAP}},
    {"signature", {.left = COLUMNS / 2, .line_px = LINE, .before_px = 2 * GAP}},
    {"rule", {.line_px = LINE, .before_px = 2 * GAP, .keep = true}},
    {"footnote", {.line_px = SINGLE, .before_px = 0}},
};

struct setting {
    struct sheet *sheet;
    const struct prose_text *prose;
    struct text_span *spans; /* of the block in hand */
    size_t span_count, span_capacity;
    int page, y; /* where the next block goes */
    size_t head; /* blocks before the running text: their corners go to the top of the page */
};

static int units(const struct setting *setting, int px_at_300)
{
    return px_at_300 * setting->sheet->unit;
}

static struct manner in_units(const struct setting *setting, struct manner manner)
{
    manner.line_px = units(setting, manner.line_px);
    manner.letter_px = units(setting, manner.letter_px);
    manner.before_px = units(setting, manner.before_px);
    return manner;
}

static struct manner manner_of(const struct setting *setting, const struct block *block)
{
    for (size_t i = 0; block->anchored && i < ARRAY_LENGTH(named); i++) {
        if (strcmp(block->segment, named[i].anchor) == 0) {
            struct manner manner = named[i].manner;
            manner.face = manner.face == TEXT_SERIF ? TEXT_TYPEWRITER : manner.face;
            return in_units(setting, manner);
        }
    }
    struct manner manner = {.face = TEXT_TYPEWRITER, .line_px = LINE, .before_px = GAP};
    switch (block->kind) {
    case BLOCK_HEADING:
        manner.align = TEXT_CENTRE;
        manner.letter_px = block->level == 1 ? CELL : 0;
        manner.flags = block->level == 1 ? 0 : TEXT_UNDERLINE;
        manner.before_px = block->level == 1 ? 3 * GAP : 2 * GAP;
        manner.balanced = true;
        manner.keep = true;
        break;
    case BLOCK_ITEM:
        manner.left = 5 + 4 * (block->level > 1 ? block->level - 1 : 0);
        break;
    case BLOCK_QUOTE:
        manner.left = manner.right = 5;
        break;
    case BLOCK_PARAGRAPH:
        manner.first = 5;
        break;
    case BLOCK_RULE:
    case BLOCK_CODE:
        break;
    }
    return in_units(setting, manner);
}

static bool add_span(struct setting *setting, struct str text, unsigned flags, colour colour_of)
{
    struct text_span span = {.text = text, .flags = flags, .ink = colour_of};
    return ARRAY_PUSH(setting->spans, setting->span_count, setting->span_capacity, span);
}

/* A typewriter has no italics: what is stressed is underlined. */
static unsigned typed_flags(unsigned flags)
{
    return ((flags & SPAN_BOLD) != 0 ? TEXT_BOLD : 0u) | ((flags & SPAN_ITALIC) != 0 ? TEXT_UNDERLINE : 0u);
}

static bool take_spans(struct setting *setting, const struct block *block, const struct manner *manner)
{
    static const char indent[] = "\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0\xC2\xA0"; /* five no-break spaces */
    setting->span_count = 0;
    bool ok = manner->first == 0 || add_span(setting, str_from(indent), 0, SHEET_INK);
    for (size_t i = 0; ok && i < block->span_count; i++) {
        const struct span *span = &block->spans[i];
        colour own = (span->flags & SPAN_EDITORIAL) != 0 ? SHEET_EDITORS_INK : SHEET_INK;
        ok = ((span->flags & SPAN_BREAK) == 0 || add_span(setting, STR("\n"), 0, SHEET_INK)) &&
             add_span(setting, span->text, manner->flags | typed_flags(span->flags),
                 manner->ink != COLOUR_NONE ? manner->ink : own);
    }
    return ok;
}

static const struct text_layout *lay_spans(
    const struct setting *setting, const struct manner *manner, int width)
{
    struct text_spec spec = {.spans = setting->spans,
        .span_count = setting->span_count,
        .language = setting->prose->language,
        .face = manner->face,
        .size_px = (manner->face == TEXT_TYPEWRITER ? EM : EM * 0.84) * setting->sheet->unit,
        .line_px = manner->line_px,
        .letter_px = manner->letter_px,
        .width_px = width,
        .align = manner->align};
    return text_lay_out(setting->sheet->text, &spec);
}

/* The layout of a block at most `width` wide; with balanced lines, as narrow as the same number of lines
 * allows. *width becomes what was used. */
static const struct text_layout *lay_block(
    struct setting *setting, const struct block *block, const struct manner *manner, int *width)
{
    if (!take_spans(setting, block, manner)) {
        return NULL;
    }
    const struct text_layout *layout = lay_spans(setting, manner, *width);
    int lines = layout != NULL ? text_measure(layout).line_count : 0;
    for (int narrower = *width - units(setting, CELL);
         manner->balanced && lines > 1 && narrower >= units(setting, 8 * CELL);
         narrower -= units(setting, CELL)) {
        const struct text_layout *tried = lay_spans(setting, manner, narrower);
        if (tried == NULL || text_measure(tried).line_count > lines) {
            break;
        }
        layout = tried;
        *width = narrower;
    }
    return layout;
}

static bool add_piece(struct setting *setting, struct sheet_piece piece)
{
    struct sheet *sheet = setting->sheet;
    piece.page = setting->page;
    return ARRAY_PUSH(sheet->pieces, sheet->count, sheet->capacity, piece);
}

/* The piece that shows `lines` lines of a layout from line `from` on, the first at (x, y). Ink may reach out
 * of its line: it is cut only where the block goes on on another page. */
static struct sheet_piece piece_of(const struct setting *setting, const struct block *block,
    const struct text_layout *layout, const struct manner *manner, struct point at, int from, int lines)
{
    struct text_metrics metrics = text_measure(layout);
    int top = from > 0 ? at.y : 0;
    int bottom = from + lines < metrics.line_count ? at.y + lines * manner->line_px : setting->sheet->size.h;
    return (struct sheet_piece){.segment = block->segment,
        .box_img = {at.x + metrics.ink.x, at.y, metrics.ink.w, lines * manner->line_px},
        .layout = layout,
        .text_img = {at.x, at.y - from * manner->line_px},
        .shown_img = {0, top, setting->sheet->size.w, bottom - top}};
}

static struct sheet_piece stamp_piece(const struct setting *setting, const struct block *block,
    const struct text_layout *layout, const struct manner *manner, struct point at)
{
    struct text_metrics metrics = text_measure(layout);
    struct point inside = {
        at.x + units(setting, STAMP_SIDE) - metrics.ink.x, at.y + units(setting, STAMP_PADDING)};
    struct sheet_piece piece = piece_of(setting, block, layout, manner, inside, 0, metrics.line_count);
    piece.box_img = rect_inset(piece.box_img, -units(setting, STAMP_SIDE), -units(setting, STAMP_PADDING));
    piece.framed = true;
    return piece;
}

/* ---- the corners */

static bool is_corner(const struct setting *setting, size_t index)
{
    return index < setting->head && manner_of(setting, &setting->prose->blocks[index]).place != IN_COLUMN;
}

/* Marks of secrecy stand one below the other, from a common stop, so that the longest ends at the margin;
 * beside a higher left corner they stand at half its height. */
static bool put_right_corner(struct setting *setting, int left_bottom, int *bottom)
{
    int stop = units(setting, LEFT) + units(setting, WIDTH), height = 0, y = units(setting, TOP);
    for (int placing = 0; placing < 2; placing++) {
        for (size_t i = 0; i < setting->head; i++) {
            const struct block *block = &setting->prose->blocks[i];
            struct manner manner = manner_of(setting, block);
            if (manner.place != RIGHT_CORNER) {
                continue;
            }
            int width = CORNER_COLUMNS * units(setting, CELL);
            const struct text_layout *layout = lay_block(setting, block, &manner, &width);
            if (layout == NULL) {
                return false;
            }
            struct text_metrics metrics = text_measure(layout);
            struct sheet_piece piece =
                piece_of(setting, block, layout, &manner, (struct point){stop, y}, 0, metrics.line_count);
            if (!placing) {
                stop = units(setting, LEFT) + units(setting, WIDTH) - metrics.width_px < stop
                           ? units(setting, LEFT) + units(setting, WIDTH) - metrics.width_px
                           : stop;
                height += piece.box_img.h;
            } else if (!add_piece(setting, piece)) {
                return false;
            } else {
                y += piece.box_img.h;
            }
        }
        y += !placing && left_bottom - units(setting, TOP) > height
                 ? (left_bottom - units(setting, TOP) - height) / 2
                 : 0;
    }
    *bottom = y;
    return true;
}

static bool put_left_corner(struct setting *setting, int *bottom)
{
    int y = units(setting, TOP);
    for (size_t i = 0; i < setting->head; i++) {
        const struct block *block = &setting->prose->blocks[i];
        struct manner manner = manner_of(setting, block);
        if (manner.place != LEFT_CORNER) {
            continue;
        }
        int width = STAMP_COLUMNS * units(setting, CELL);
        const struct text_layout *layout = lay_block(setting, block, &manner, &width);
        if (layout == NULL || !add_piece(setting, stamp_piece(setting, block, layout, &manner,
                                                      (struct point){units(setting, LEFT), y}))) {
            return false;
        }
        *bottom = y + text_measure(layout).line_count * manner.line_px + units(setting, 2 * STAMP_PADDING);
        y = *bottom + units(setting, GAP);
    }
    return true;
}

/* Where the running text begins: the first point or quotation, or paragraph that has no manner of its own. */
static size_t head_of(const struct setting *setting)
{
    for (size_t i = 0; i < setting->prose->block_count; i++) {
        const struct block *block = &setting->prose->blocks[i];
        struct manner manner = manner_of(setting, block);
        if (block->kind != BLOCK_HEADING && (manner.first > 0 || block->kind != BLOCK_PARAGRAPH)) {
            return i;
        }
    }
    return setting->prose->block_count;
}

static bool put_corners(struct setting *setting)
{
    int left = units(setting, TOP), right = units(setting, TOP);
    bool ok = put_left_corner(setting, &left) && put_right_corner(setting, left, &right);
    setting->y = right > left ? right : left;
    return ok;
}

/* ---- the column */

static void turn_page(struct setting *setting)
{
    setting->page++;
    setting->y = units(setting, TOP);
}

/* How many of `lines` lines stand on this page; 0: turn it first. */
static int lines_here(const struct setting *setting, const struct manner *manner, int lines)
{
    int room = (units(setting, BOTTOM) - setting->y) / manner->line_px;
    int wanted = lines + (manner->keep ? LEAST_LINES : 0);
    if (room >= wanted || setting->y <= units(setting, TOP)) {
        return room < lines ? room : lines;
    }
    if (manner->keep || room < LEAST_LINES || lines < 2 * LEAST_LINES) {
        return 0;
    }
    return lines - room < LEAST_LINES ? lines - LEAST_LINES : room;
}

static const struct text_layout *lay_label(
    struct setting *setting, const struct block *block, const struct manner *manner)
{
    setting->span_count = 0;
    return add_span(setting, block->label, 0, SHEET_INK) ? lay_spans(setting, manner, 0) : NULL;
}

/* A label stands at the start of its line, left or (in right-to-left text) right, and widens the piece. */
static void attach_label(const struct setting *setting, struct sheet_piece *piece,
    const struct text_layout *label, int stop, bool rtl)
{
    struct text_metrics metrics = text_measure(label);
    struct rect inked = metrics.ink;
    piece->label = label;
    piece->label_img = (struct point){
        rtl ? units(setting, 2 * LEFT) + units(setting, WIDTH) - stop - metrics.width_px : stop,
        piece->text_img.y};
    piece->box_img = rect_union(piece->box_img,
        (struct rect){piece->label_img.x + inked.x, piece->box_img.y, inked.w, piece->box_img.h});
}

static bool put_lines(struct setting *setting, const struct block *block, const struct text_layout *layout,
    const struct manner *manner, int x, const struct text_layout *label)
{
    struct text_metrics metrics = text_measure(layout);
    for (int from = 0; from < metrics.line_count;) {
        int lines = lines_here(setting, manner, metrics.line_count - from);
        if (lines <= 0) {
            turn_page(setting);
            continue;
        }
        struct sheet_piece piece =
            piece_of(setting, block, layout, manner, (struct point){x, setting->y}, from, lines);
        if (label != NULL && from == 0) {
            attach_label(setting, &piece, label, units(setting, LEFT) + manner->left * units(setting, CELL),
                metrics.rtl);
        }
        if (!add_piece(setting, piece)) {
            return false;
        }
        from += lines;
        setting->y += lines * manner->line_px;
    }
    return true;
}

static bool put_rule(struct setting *setting, const struct block *block, const struct manner *manner)
{
    if (lines_here(setting, manner, 1) == 0) {
        turn_page(setting);
    }
    struct sheet_piece piece = {.segment = block->segment,
        .rule = true,
        .box_img = {units(setting, LEFT) + units(setting, WIDTH) / 3, setting->y, units(setting, WIDTH) / 3,
            manner->line_px}};
    setting->y += manner->line_px;
    return add_piece(setting, piece);
}

static bool put_framed(struct setting *setting, const struct block *block, const struct manner *manner)
{
    int width = STAMP_COLUMNS * units(setting, CELL);
    const struct text_layout *layout = lay_block(setting, block, manner, &width);
    if (layout == NULL) {
        return false;
    }
    int height = text_measure(layout).line_count * manner->line_px + units(setting, 2 * STAMP_PADDING);
    if (setting->y + height > units(setting, BOTTOM) && setting->y > units(setting, TOP)) {
        turn_page(setting);
    }
    struct sheet_piece piece =
        stamp_piece(setting, block, layout, manner, (struct point){units(setting, LEFT), setting->y});
    setting->y += height;
    return add_piece(setting, piece);
}

static bool put_block(struct setting *setting, const struct block *block)
{
    struct manner manner = manner_of(setting, block);
    if (setting->y > units(setting, TOP)) {
        setting->y += manner.before_px;
    }
    if (block->kind == BLOCK_RULE) {
        return put_rule(setting, block, &manner);
    }
    if (manner.place == LEFT_CORNER) {
        return put_framed(setting, block, &manner);
    }
    const struct text_layout *label = NULL;
    int left = manner.left * units(setting, CELL);
    if (block->label.length > 0) {
        label = lay_label(setting, block, &manner);
        if (label == NULL) {
            return false;
        }
        left += (text_measure(label).width_px + units(setting, CELL) - 1) / units(setting, CELL) *
                    units(setting, CELL) +
                units(setting, CELL); /* to the next stop */
    }
    int width = units(setting, WIDTH) - left - manner.right * units(setting, CELL), whole = width;
    const struct text_layout *layout = lay_block(setting, block, &manner, &width);
    if (layout == NULL) {
        return false;
    }
    int x = units(setting, LEFT) + (text_measure(layout).rtl ? manner.right * units(setting, CELL) : left) +
            (whole - width) / 2;
    return put_lines(setting, block, layout, &manner, x, label);
}

bool sheet_lay_out(struct sheet *sheet, struct text *text, const struct prose_text *prose, int resolution,
    const char *note, struct error *err)
{
    int unit = resolution / SHEET_DPI > 1 ? resolution / SHEET_DPI : 1;
    *sheet = (struct sheet){.text = text, .unit = unit, .size = {SHEET_WIDTH * unit, SHEET_HEIGHT * unit}};
    struct setting setting = {.sheet = sheet, .prose = prose};
    setting.head = head_of(&setting);
    setting.y = units(&setting, TOP);
    snprintf(sheet->note, sizeof sheet->note, "%s", note);
    bool ok = put_corners(&setting);
    for (size_t i = 0; ok && i < prose->block_count; i++) {
        ok = is_corner(&setting, i) || put_block(&setting, &prose->blocks[i]);
    }
    free(setting.spans);
    sheet->page_count = setting.page + 1;
    if (!ok) {
        return error_memory(err);
    }
    return sheet->count > 0 || error_set(err, ERROR_INPUT, "there is nothing to set: the text has no block");
}

void sheet_finish(struct sheet *sheet)
{
    free(sheet->pieces);
    *sheet = (struct sheet){0};
}
