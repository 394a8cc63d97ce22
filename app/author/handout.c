#include "handout.h"

#include "base/array.h"
#include "exhibit/interface.h"
#include "pdf.h"
#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DPI 300
#define INK COLOUR_RGB(0x000000)
#define QUIET COLOUR_RGB(0x555555)
#define PAPER COLOUR_RGB(0xFFFFFF)
#define RULE COLOUR_RGB(0x999999)

enum { /* pixels at 300 dpi */
    SIDE = 290,
    TOP = 230,
    BOTTOM = 290,
    FOOT = 170,
    FEW = 600, /* of a page: so little on the last one is too little */
    ITEM_INDENT = 90,
    WRITING_LINE = 100,
    WRITING_LINES = 3,
    LINES_TOGETHER = 2 /* of a paragraph, at the foot and at the head of a page */
};

enum kind { DISPLAY, HEADING, SUBHEADING, BODY, SMALL };

static const struct manner {
    enum text_face face;
    double size, line;
    unsigned flags;
    int before;
} manners[] = {
    [DISPLAY] = {TEXT_SERIF, 100, 1.15, 0, 0},
    [HEADING] = {TEXT_SERIF, 62, 1.25, TEXT_BOLD, 56},
    [SUBHEADING] = {TEXT_SERIF, 46, 1.35, TEXT_BOLD, 44},
    [BODY] = {TEXT_SERIF, 46, 1.45, 0, 22},
    [SMALL] = {TEXT_SANS, 34, 1.4, 0, 24},
};

struct piece {
    const struct text_layout *layout; /* NULL: a line to write on */
    int page, x, y, from, lines;
    double line_px;
    struct str text; /* the layout's */
    int part;        /* which of the parts it belongs to */
};

struct part { /* a heading, a paragraph: maybe on two pages */
    enum kind kind;
    const char *language;
    int element; /* the PDF's; -1: not there yet */
};

struct handout {
    const struct exhibit *exhibit;
    const struct interface *interface;
    struct text *text;
    struct arena arena;
    const char *language;
    int width, height;
    struct piece *pieces;
    size_t count, capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    int page, y;
    double scale; /* of all type */
    bool failed;
};

static struct str words(const struct handout *h, const char *key)
{
    return interface_words(h->interface, h->language, key);
}

/* ---- setting */

static void begin_part(struct handout *h, enum kind kind, const char *language)
{
    struct part part = {kind, language, -1};
    h->failed = !ARRAY_PUSH(h->parts, h->part_count, h->part_capacity, part) || h->failed;
}

static void add_piece(struct handout *h, struct piece piece)
{
    piece.page = h->page;
    piece.part = (int)h->part_count - 1;
    h->failed = !ARRAY_PUSH(h->pieces, h->count, h->capacity, piece) || h->failed;
}

static void turn_page(struct handout *h)
{
    h->page++;
    h->y = TOP;
}

static double line_of(const struct handout *h, enum kind kind, const char *language)
{
    bool wide =
        strncmp(language, "zh", 2) == 0 || strncmp(language, "ja", 2) == 0 || strncmp(language, "ko", 2) == 0;
    return h->scale * manners[kind].size * manners[kind].line * (kind == BODY && wide ? 1.1 : 1.0);
}

/* Line by line onto pages; what is headed keeps two lines of what follows. */
static void put_lines(
    struct handout *h, const struct text_layout *layout, struct str text, int x, double line_px, bool keep)
{
    int total = layout != NULL ? text_measure(layout).line_count : 0, bottom = h->height - BOTTOM;
    h->failed = h->failed || layout == NULL;
    for (int from = 0; from < total;) {
        int room = (int)((bottom - h->y) / line_px), left = total - from;
        int wanted = keep ? left + 3 : left < 2 * LINES_TOGETHER ? left : LINES_TOGETHER;
        if (room < wanted && h->y > TOP) {
            turn_page(h);
            continue;
        }
        int lines = room >= left ? left : left - room < LINES_TOGETHER ? left - LINES_TOGETHER : room;
        lines = lines < 1 ? 1 : lines;
        add_piece(h, (struct piece){layout, 0, x, h->y, from, lines, line_px, text, 0});
        h->y += (int)ceil(lines * line_px);
        from += lines;
    }
}

static const struct text_layout *lay(const struct handout *h, enum kind kind, const struct text_span *spans,
    size_t count, const char *language, int width)
{
    struct text_spec spec = {.spans = spans,
        .span_count = count,
        .language = language,
        .face = manners[kind].face,
        .size_px = manners[kind].size * h->scale,
        .line_px = line_of(h, kind, language),
        .width_px = width,
        .rtl_default = interface_is_rtl(h->interface, language)};
    return text_lay_out(h->text, &spec);
}

static void put_words(struct handout *h, enum kind kind, struct str text, colour ink, const char *language)
{
    struct text_span span = {.text = text, .flags = manners[kind].flags, .ink = ink};
    language = language != NULL ? language : h->language;
    h->y += h->y > TOP ? manners[kind].before : 0;
    if (text.length > 0) {
        begin_part(h, kind, language);
        put_lines(h, lay(h, kind, &span, 1, language, h->width - 2 * SIDE), text, SIDE,
            line_of(h, kind, language), kind == HEADING || kind == SUBHEADING);
    }
}

static struct str join_spans(struct handout *h, const struct text_span *spans, size_t count)
{
    size_t length = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        length += spans[i].text.length;
    }
    char *text = arena_take(&h->arena, length + 1);
    for (size_t i = 0; text != NULL && i < count; i++) {
        if (spans[i].text.length > 0) {
            memcpy(text + at, spans[i].text.data, spans[i].text.length);
            at += spans[i].text.length;
        }
    }
    h->failed = h->failed || text == NULL;
    return (struct str){text, at};
}

static void put_block(
    struct handout *h, const struct block *block, enum kind kind, const char *language, struct str number)
{
    struct text_span *spans = arena_take_array(&h->arena, 2 * block->span_count + 1, sizeof *spans);
    struct str label = number.length > 0 ? number : block->label;
    int indent = label.length > 0 ? ITEM_INDENT : 0, width = h->width - 2 * SIDE - indent;
    bool rtl = interface_is_rtl(h->interface, language);
    size_t count = 0;
    kind = block->kind == BLOCK_HEADING ? SUBHEADING : kind;
    for (size_t i = 0; spans != NULL && i < block->span_count; i++) {
        const struct span *span = &block->spans[i];
        unsigned flags = manners[kind].flags | ((span->flags & SPAN_BOLD) != 0 ? (unsigned)TEXT_BOLD : 0u) |
                         ((span->flags & SPAN_ITALIC) != 0 ? (unsigned)TEXT_ITALIC : 0u);
        colour ink = (span->flags & SPAN_EDITORIAL) != 0 || kind == SMALL ? QUIET : INK;
        if ((span->flags & SPAN_BREAK) != 0) {
            spans[count++] = (struct text_span){.text = STR("\n"), .flags = flags, .ink = ink};
        }
        spans[count++] = (struct text_span){.text = span->text, .flags = flags, .ink = ink};
    }
    if (spans == NULL || count == 0) {
        h->failed = h->failed || spans == NULL;
        return;
    }
    h->y += h->y > TOP ? manners[kind].before : 0;
    size_t before = h->count;
    begin_part(h, kind, language);
    put_lines(h, lay(h, kind, spans, count, language, width), join_spans(h, spans, count),
        rtl ? SIDE : SIDE + indent, line_of(h, kind, language), kind == SUBHEADING);
    if (label.length > 0 && before < h->count) { /* the label stands in the first line, beside the text */
        struct text_span span = {.text = label, .flags = manners[kind].flags | TEXT_TABULAR, .ink = INK};
        struct piece first = h->pieces[before];
        first.layout = lay(h, kind, &span, 1, language, indent);
        first.x = rtl ? h->width - SIDE - indent : SIDE;
        first.from = 0;
        first.lines = 1;
        first.text = label;
        h->failed = h->failed || first.layout == NULL || !ARRAY_PUSH(h->pieces, h->count, h->capacity, first);
        if (!h->failed) { /* and is read before it */
            memmove(&h->pieces[before + 1], &h->pieces[before], (h->count - 1 - before) * sizeof first);
            h->pieces[before] = first;
        }
    }
}

static void put_prose(struct handout *h, const struct prose_text *text, enum kind kind, struct str number)
{
    for (size_t i = 0; text != NULL && i < text->block_count; i++) {
        put_block(h, &text->blocks[i], kind, text->language != NULL ? text->language : h->language,
            i == 0 ? number : (struct str){NULL, 0});
    }
}

/* ---- where it comes from, in the same words as on the screen */

static struct str join(struct handout *h, struct str a, const char *between, struct str b)
{
    if (a.length == 0 || b.length == 0) {
        return a.length > 0 ? a : b;
    }
    struct str joined =
        arena_format(&h->arena, "%.*s%.*s%.*s", STR_ARGS(a), STR_ARGS(words(h, between)), STR_ARGS(b));
    h->failed = h->failed || joined.data == NULL;
    return joined;
}

static void put_provenance(struct handout *h, const struct provenances *provenances, const char *language)
{
    static const char *const kinds[PROVENANCE_KINDS] = {"provenance.scan", "provenance.photograph",
        "provenance.reconstruction", "provenance.transcription", "provenance.translation",
        "provenance.machine-assisted", "provenance.back-translation", "provenance.editorial"};
    const struct provenance *list = exhibit_provenance(provenances, language);
    struct str all = {NULL, 0};
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct provenance_entry *entry = &list->entries[i];
        struct str source = exhibit_string(h->exhibit, &entry->from, h->language, NULL),
                   person = exhibit_string(h->exhibit, &entry->who, h->language, NULL),
                   note = exhibit_string(h->exhibit, &entry->note, h->language, NULL);
        struct str from = {NULL, 0}, by = interface_date(h->interface, h->language, entry->when, &h->arena);
        if (source.length > 0) {
            from = interface_format(h->interface, h->language, "provenance.from", &h->arena, &source, 1);
        }
        if (person.length > 0) {
            struct str who =
                interface_format(h->interface, h->language, "provenance.by", &h->arena, &person, 1);
            by = join(h, who, "provenance.comma", by);
        }
        struct str one =
            join(h, join(h, words(h, kinds[entry->kind]), "provenance.comma", from), "provenance.stop", by);
        all = join(h, all, "provenance.stop", join(h, one, "provenance.stop", note));
    }
    put_words(h, SMALL, all, QUIET, NULL);
}

/* ---- what stands on it */

static void put_head(struct handout *h)
{
    const struct exhibit_head *head = exhibit_head(h->exhibit);
    const char *language = NULL;
    put_words(h, SMALL, interface_date(h->interface, h->language, head->date, &h->arena), QUIET, NULL);
    struct str title = exhibit_string(h->exhibit, &head->title, h->language, &language);
    h->y += 10;
    put_words(h, DISPLAY, title, INK, language);
    h->y += 20;
    put_prose(h, exhibit_prose(h->exhibit, &head->lead, h->language), BODY, (struct str){NULL, 0});
}

/* The translation into the language where there is one, else the first layer of it that has a text. */
static const struct layer *find_layer(const struct handout *h, const struct document *document)
{
    const struct layer *found = NULL;
    for (size_t i = 0; document != NULL && i < document->layer_count; i++) {
        const struct layer *layer = &document->layers[i];
        bool spoken = false;
        for (size_t t = 0; t < layer->text.count; t++) {
            const char *language = layer->text.texts[t].language;
            spoken = spoken || language == NULL || strcmp(language, h->language) == 0;
        }
        if (layer->kind != LAYER_COMMENTARY && layer->text.count > 0 && (found == NULL || spoken)) {
            found = layer;
            if (spoken) {
                break;
            }
        }
    }
    return found;
}

static void put_document(struct handout *h)
{
    const struct document *document = exhibit_find_document(h->exhibit, NULL);
    const struct layer *layer = find_layer(h, document);
    const struct prose_text *text =
        layer != NULL ? exhibit_prose(h->exhibit, &layer->text, h->language) : NULL;
    if (text == NULL) {
        return;
    }
    const char *language = NULL;
    struct str title = exhibit_string(h->exhibit, &document->title, h->language, &language);
    put_words(h, HEADING, title, INK, language);
    struct str note =
        exhibit_string_exact(&layer->note, text->language != NULL ? text->language : h->language);
    if (note.length > 0) {
        put_words(h, SMALL, note, QUIET, NULL);
    }
    put_prose(h, text, BODY, (struct str){NULL, 0});
    put_provenance(h, &layer->provenance, text->language);
}

/* A few lines that would stand alone on another page are brought back by type that is a little smaller. */
static void put_text(struct handout *h)
{
    static const double scales[] = {1.0, 0.96, 0.92, 0.88};
    int pages = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(scales); i++) {
        h->scale = scales[i];
        h->count = h->part_count = 0;
        h->page = 0;
        h->y = TOP;
        put_head(h);
        put_document(h);
        bool few = h->page > 0 && h->y < TOP + FEW;
        pages = i == 0 ? h->page : pages;
        if (!few || h->page < pages) {
            break;
        }
    }
}

static void put_questions(struct handout *h)
{
    size_t count = 0;
    const struct question *questions = exhibit_questions(h->exhibit, &count);
    if (count == 0) {
        return;
    }
    if (h->count > 0) {
        turn_page(h);
    }
    put_words(h, HEADING, words(h, "questions"), INK, NULL);
    for (size_t i = 0; i < count; i++) {
        const struct prose_text *text = exhibit_prose(h->exhibit, &questions[i].question, h->language);
        int needed = 3 * (int)line_of(h, BODY, h->language) + WRITING_LINES * WRITING_LINE;
        if (h->y + needed > h->height - BOTTOM) {
            turn_page(h);
        }
        put_prose(h, text, SUBHEADING, arena_format(&h->arena, "%zu", i + 1));
        h->y -= 10;
        put_prose(
            h, exhibit_prose(h->exhibit, &questions[i].hint, h->language), SMALL, (struct str){NULL, 0});
        for (int line = 0; line < WRITING_LINES && h->y + WRITING_LINE <= h->height - BOTTOM; line++) {
            h->y += WRITING_LINE;
            add_piece(h, (struct piece){.x = SIDE, .y = h->y});
        }
        h->y += 20;
    }
}

static void put_sources(struct handout *h)
{
    const struct exhibit_head *head = exhibit_head(h->exhibit);
    const struct prose *const all[] = {&head->credits, &head->rights, &head->licence};
    h->y += 40;
    for (size_t i = 0; i < ARRAY_LENGTH(all); i++) {
        put_prose(h, exhibit_prose(h->exhibit, all[i], h->language), SMALL, (struct str){NULL, 0});
    }
    put_provenance(h, &head->provenance, h->language);
}

/* ---- drawing */

static void draw_piece(const struct handout *h, const struct piece *piece, const struct paint_target *target)
{
    struct rect whole = {0, 0, h->width, h->height};
    if (piece->layout == NULL) {
        paint_fill(target, (struct rect){SIDE, piece->y, h->width - 2 * SIDE, 2}, whole, RULE);
        return;
    }
    struct text_target surface = {target->pixels, target->width, target->height, target->stride};
    int top = (int)lround(piece->from * piece->line_px), all = text_measure(piece->layout).line_count;
    struct rect clip =
        whole; /* ink may reach out of its line: it is cut only where the text goes on elsewhere */
    clip.y = piece->from > 0 ? piece->y : 0;
    clip.h = piece->from + piece->lines < all ? piece->y + (int)(piece->lines * piece->line_px) - clip.y
                                              : h->height - clip.y;
    text_draw(h->text, piece->layout, &surface, piece->x, piece->y - top, clip, COLOUR_NONE);
}

static void draw_foot(struct handout *h, int page, const struct paint_target *target)
{
    struct str title = exhibit_string(h->exhibit, &exhibit_head(h->exhibit)->title, h->language, NULL);
    struct str line = arena_format(&h->arena, "%.*s  ·  %d / %d", STR_ARGS(title), page + 1, h->page + 1);
    struct text_span span = {.text = line, .ink = QUIET};
    const struct text_layout *layout = lay(h, SMALL, &span, 1, h->language, h->width - 2 * SIDE);
    struct text_target surface = {target->pixels, target->width, target->height, target->stride};
    if (layout != NULL) {
        text_draw(h->text, layout, &surface, SIDE, h->height - FOOT, (struct rect){0, 0, h->width, h->height},
            COLOUR_NONE);
    }
}

/* The same words for a reader that selects, searches or speaks them. */
static void put_words_under(const struct handout *h, const struct piece *piece, struct pdf *pdf)
{
    static const char *const types[] = {
        [DISPLAY] = "H1", [HEADING] = "H2", [SUBHEADING] = "H3", [BODY] = "P", [SMALL] = "P"};
    if (piece->layout == NULL || piece->part < 0) {
        return;
    }
    struct part *part = &h->parts[piece->part];
    if (part->element < 0) {
        part->element = pdf_element(pdf, types[part->kind], part->language);
    }
    struct pdf_words words = {piece->layout, piece->text, piece->x, piece->y, piece->from, piece->lines,
        piece->line_px, manners[part->kind].size * h->scale};
    pdf_put_words(pdf, part->element, &words);
}

static bool write_page(struct handout *h, int page, const struct paint_target *target, struct pdf *pdf,
    const char *stem, struct error *err)
{
    struct rect whole = {0, 0, h->width, h->height};
    paint_fill(target, whole, whole, PAPER);
    for (size_t i = 0; i < h->count; i++) {
        if (h->pieces[i].page == page) {
            draw_piece(h, &h->pieces[i], target);
            if (pdf != NULL) {
                put_words_under(h, &h->pieces[i], pdf);
            }
        }
    }
    draw_foot(h, page, target);
    if (pdf != NULL) {
        return pdf_add(pdf, target, err);
    }
    struct str path = arena_format(&h->arena, "%s-%d.png", stem, page + 1);
    return path.data != NULL ? paint_write_png(path.data, target, DPI, err) : error_memory(err);
}

static bool write_pages(struct handout *h, const struct handout_order *order, bool as_pdf, struct error *err)
{
    struct pdf pdf = {.file = NULL};
    struct str name = str_from(order->file);
    struct str stem = arena_copy(&h->arena, str_slice(name, 0, name.length - 4));
    uint32_t *pixels = calloc((size_t)h->width * (size_t)h->height, sizeof *pixels);
    struct paint_target target = {pixels, h->width, h->height, h->width};
    bool ok = (pixels != NULL && stem.data != NULL) || error_memory(err);
    ok = ok && (!as_pdf || pdf_open(&pdf, order->file, h->width * 72.0 / DPI, h->height * 72.0 / DPI,
                               (struct size){h->width, h->height}, err));
    for (int page = 0; ok && page <= h->page; page++) {
        ok = write_page(h, page, &target, as_pdf ? &pdf : NULL, stem.data, err);
    }
    struct str title = exhibit_string(h->exhibit, &exhibit_head(h->exhibit)->title, h->language, NULL);
    ok = pdf_close(&pdf, title, h->language, ok ? err : NULL) && ok;
    free(pixels);
    return ok;
}

bool handout_write(const struct handout_order *order, const struct exhibit *exhibit,
    const struct player_paths *paths, struct error *err)
{
    bool letter = strcmp(order->paper, "letter") == 0;
    bool as_pdf = str_ends_with(str_from(order->file), STR(".pdf"));
    struct handout h = {.exhibit = exhibit,
        .language = order->language,
        .width = letter ? 2550 : 2480,
        .height = letter ? 3300 : 3508,
        .scale = 1,
        .y = TOP};
    char folder[PLAYER_PATH_MAX + 16];
    if (!as_pdf && !str_ends_with(str_from(order->file), STR(".png"))) {
        return error_set(
            err, ERROR_USAGE, "--handout cannot be %s: its name ends in .pdf or .png", order->file);
    }
    snprintf(folder, sizeof folder, "%s/interface", paths->assets);
    struct interface *interface = interface_open(folder, err);
    h.text = interface != NULL ? player_open_text(paths, err) : NULL;
    h.interface = interface;
    bool ok = h.text != NULL;
    if (ok) {
        put_text(&h);
        put_questions(&h);
        put_sources(&h);
        ok = !h.failed ? write_pages(&h, order, as_pdf, err) : error_memory(err);
    }
    free(h.pieces);
    free(h.parts);
    text_destroy(h.text);
    interface_destroy(interface);
    arena_finish(&h.arena);
    return ok;
}
