/* The words of a page: invisible, but where the picture shows them, letter by letter. A font has no shapes,
 * only the widths of its codes and the text that each stands for (ISO 32000-1, 9.6.5 and 9.10.3); whatever
 * letters a page has, there are as many such fonts as it takes. A reader who selects them selects what is
 * seen. */
#include "pdf.h"

#include "base/array.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define CODES 255     /* from 1 on; see write_font() for 0 */
#define WIDTH_STEP 10 /* widths are rounded to this, and what is lost is moved by */
#define SPACE 250
#define ASCENT 0.8 /* of an em */
#define LETTERS_MAX 600

struct letter {
    size_t from, to; /* bytes; marks and the rest of a ligature go with what they stand on */
    double x, width; /* pixels of the page */
};

struct row {
    struct letter letters[LETTERS_MAX];
    size_t count;
};

/* ---- which code */

/* What nobody sees, and nobody looks for: soft hyphens, joiners' and directions' marks. */
static bool is_unseen(uint32_t c)
{
    return c < 0x20 || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static size_t find_glyph(struct pdf *pdf, struct str text, int width)
{
    for (size_t i = 0; i < pdf->glyph_count; i++) {
        if (pdf->glyphs[i].width == width && str_equal(pdf->glyphs[i].text, text)) {
            return i;
        }
    }
    struct pdf_glyph glyph = {arena_copy(&pdf->arena, text), width};
    pdf->failed = pdf->failed || glyph.text.data == NULL ||
                  !ARRAY_PUSH(pdf->glyphs, pdf->glyph_count, pdf->glyph_capacity, glyph);
    return pdf->glyph_count > 0 ? pdf->glyph_count - 1 : 0;
}

/* ---- letters of a line, as they stand from left to right */

static int line_of(const struct pdf_words *words, struct rect r)
{
    return (int)((r.y + r.h / 2.0) / words->line_px);
}

static bool runs_left(uint32_t c)
{
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
}

/* A mark, or a letter that has become one shape with the one before it. What runs from right to left gets a
 * half of its own, for readers turn code by code round what they have read from the left. */
static void take_follower(struct row *row, uint32_t c, size_t from, size_t to)
{
    struct letter *last = &row->letters[row->count - 1];
    if (!runs_left(c) || row->count >= LETTERS_MAX) {
        last->to = to;
        return;
    }
    last->width /= 2;
    row->letters[row->count++] = (struct letter){from, to, last->x, last->width};
    last->x += last->width;
}

static void take_letter(struct row *row, const struct pdf_words *words, int line, size_t from, size_t to)
{
    struct rect r[2];
    uint32_t c = utf8_next(words->text, &(size_t){from});
    size_t count = text_range(words->layout, from, to, r, 2);
    struct letter *last = row->count > 0 ? &row->letters[row->count - 1] : NULL;
    bool follows = last != NULL && last->to == from;
    if (count > 0 && line_of(words, r[0]) == line && row->count < LETTERS_MAX) {
        row->letters[row->count++] = (struct letter){from, to, words->x + r[0].x, r[0].w};
    } else if (count == 0 && follows && !is_unseen(c) && c != ' ') {
        take_follower(row, c, from, to);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct letter *left = a, *right = b;
    return left->x < right->x   ? -1
           : left->x > right->x ? 1
                                : (left->from > right->from) - (left->from < right->from);
}

/* A line is followed by another: its words are not to run together with the next one's. */
static void end_line(struct row *row, const struct pdf_words *words, double em)
{
    const struct letter *last = row->count > 0 ? &row->letters[row->count - 1] : NULL;
    if (last != NULL && last->to < words->text.length && words->text.data[last->to] == ' ' &&
        row->count < LETTERS_MAX) {
        row->letters[row->count++] =
            (struct letter){last->to, last->to + 1, last->x + last->width, em * SPACE / 1000};
    }
}

/* ---- the content of a page */

static void __attribute__((format(printf, 2, 3))) put(struct pdf *pdf, const char *format, ...)
{
    char words[160];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof words ||
        !array_reserve(&pdf->content, &pdf->capacity, pdf->length + (size_t)length, 1)) {
        pdf->failed = true;
        return;
    }
    memcpy(pdf->content + pdf->length, words, (size_t)length);
    pdf->length += (size_t)length;
}

/* Codes of one font stand in one array, each moved to where it is seen. */
static void put_row(struct pdf *pdf, const struct row *row, const struct pdf_words *words, double baseline)
{
    double point = pdf->points_h / pdf->height, pen = 0;
    size_t font = SIZE_MAX;
    for (size_t i = 0; i < row->count && !pdf->failed; i++) {
        const struct letter *letter = &row->letters[i];
        struct str text = str_slice(words->text, letter->from, letter->to - letter->from);
        int width = (int)lround(letter->width * 1000 / words->size_px / WIDTH_STEP) * WIDTH_STEP;
        size_t code = find_glyph(pdf, text, width);
        if (code / CODES != font) {
            put(pdf, font == SIZE_MAX ? "" : "] TJ\n");
            font = code / CODES;
            put(pdf, "/F%zu %.2f Tf 1 0 0 1 %.2f %.2f Tm [", font, words->size_px * point, letter->x * point,
                pdf->points_h - baseline * point);
            pen = letter->x;
        }
        int gap = (int)lround((letter->x - pen) * 1000 / words->size_px);
        if (gap != 0) {
            put(pdf, "%d", -gap);
            pen += gap * words->size_px / 1000;
        }
        put(pdf, "<%02zX>", code % CODES + 1);
        pen += width * words->size_px / 1000;
    }
    put(pdf, font == SIZE_MAX ? "" : "] TJ\n");
}

void pdf_put_words(struct pdf *pdf, int element, const struct pdf_words *words)
{
    struct row *row = malloc(sizeof *row);
    struct pdf_mark mark = {element, pdf->page_count};
    pdf->failed =
        row == NULL || !ARRAY_PUSH(pdf->marks, pdf->mark_count, pdf->mark_capacity, mark) || pdf->failed;
    if (pdf->failed) {
        free(row);
        return;
    }
    put(pdf, "/%s << /MCID %d >> BDC\nBT 3 Tr\n", pdf->elements[element].type, pdf->page_marks++);
    int base = text_measure(words->layout).first_baseline_px;
    for (int line = words->from; line < words->from + words->lines; line++) {
        row->count = 0;
        for (size_t at = 0; at < words->text.length;) {
            size_t from = at;
            utf8_next(words->text, &at);
            take_letter(row, words, line, from, at);
        }
        end_line(row, words, words->size_px);
        qsort(row->letters, row->count, sizeof row->letters[0], by_place);
        put_row(pdf, row, words, words->y + base + (line - words->from) * words->line_px);
    }
    put(pdf, "ET\nEMC\n");
    free(row);
}

/* ---- the fonts */

/* What its codes stand for, as a CMap. */
static bool write_texts(struct pdf *pdf, int number, const struct pdf_glyph *glyphs, size_t count)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL) {
        return false;
    }
    fputs("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
          "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
          "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
          "1 begincodespacerange\n<01> <FF>\nendcodespacerange\n",
        file);
    for (size_t i = 0; i < count; i++) {
        if (i % 100 == 0) {
            fprintf(file, "%zu beginbfchar\n", count - i < 100 ? count - i : 100);
        }
        fprintf(file, "<%02zX> <", i + 1);
        pdf_write_utf16(file, glyphs[i].text);
        fputs(i % 100 == 99 || i + 1 == count ? ">\nendbfchar\n" : ">\n", file);
    }
    fputs("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n", file);
    bool ok = fclose(file) == 0 && pdf_write_stream(pdf, number, "", text, length);
    free(text);
    return ok;
}

/* One shape for every width there is: none. */
static bool write_shapes(struct pdf *pdf, int number, const struct pdf_glyph *glyphs, size_t count)
{
    bool ok = true;
    int *objects = calloc(count, sizeof *objects);
    for (size_t i = 0; objects != NULL && i < count && ok; i++) {
        for (size_t k = 0; k < i && objects[i] == 0; k++) {
            objects[i] = glyphs[k].width == glyphs[i].width ? -1 : 0;
        }
        if (objects[i] == 0) {
            char shape[32];
            int length = snprintf(shape, sizeof shape, "%d 0 d0", glyphs[i].width);
            objects[i] = pdf_new(pdf);
            ok = pdf_write_stream(pdf, objects[i], "", shape, (size_t)length);
        }
    }
    const char letter[] = "600 0 d0";
    int m = pdf_new(pdf);
    ok = ok && pdf_write_stream(pdf, m, "", letter, sizeof letter - 1);
    pdf_begin(pdf, number);
    fprintf(pdf->file, "<< /m %d 0 R ", m);
    for (size_t i = 0; objects != NULL && i < count; i++) {
        if (objects[i] > 0) {
            fprintf(pdf->file, "/w%d %d 0 R ", glyphs[i].width, objects[i]);
        }
    }
    fputs(">>\nendobj\n", pdf->file);
    ok = ok && objects != NULL;
    free(objects);
    return ok;
}

/* Readers take the size of a font without shapes from its letter m, thought to be six tenths of an em wide:
 * code 0 is that letter, and is never written. */
static bool write_font(struct pdf *pdf, int number, const struct pdf_glyph *glyphs, size_t count)
{
    int texts = pdf_new(pdf), shapes = pdf_new(pdf);
    bool ok = write_texts(pdf, texts, glyphs, count) && write_shapes(pdf, shapes, glyphs, count);
    pdf_begin(pdf, number);
    fprintf(pdf->file,
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 %d 1000 %d] /FontMatrix [0.001 0 0 0.001 0 0]\n"
        "/FontDescriptor << /Type /FontDescriptor /FontName /Words /Flags 4 /FontBBox [0 %d 1000 %d]\n"
        "/ItalicAngle 0 /Ascent %d /Descent %d /CapHeight 700 /StemV 0 >>\n"
        "/Resources << >> /CharProcs %d 0 R /ToUnicode %d 0 R /FirstChar 0 /LastChar %zu\n/Widths [600 ",
        (int)(1000 * ASCENT) - 1000, (int)(1000 * ASCENT), (int)(1000 * ASCENT) - 1000, (int)(1000 * ASCENT),
        (int)(1000 * ASCENT), (int)(1000 * ASCENT) - 1000, shapes, texts, count);
    for (size_t i = 0; i < count; i++) {
        fprintf(pdf->file, "%d ", glyphs[i].width);
    }
    fputs("]\n/Encoding << /Type /Encoding /Differences [0 /m", pdf->file);
    for (size_t i = 0; i < count; i++) {
        fprintf(pdf->file, " /w%d", glyphs[i].width);
    }
    fputs("] >> >>\nendobj\n", pdf->file);
    return ok;
}

bool pdf_write_fonts(struct pdf *pdf, int number)
{
    bool ok = true;
    size_t fonts = (pdf->glyph_count + CODES - 1) / CODES;
    int first = (int)pdf->object_count + 1;
    for (size_t i = 0; i < fonts; i++) {
        pdf_new(pdf);
    }
    for (size_t i = 0; i < fonts && ok && !pdf->failed; i++) {
        size_t left = pdf->glyph_count - i * CODES;
        ok = write_font(pdf, first + (int)i, &pdf->glyphs[i * CODES], left < CODES ? left : CODES);
    }
    pdf_begin(pdf, number);
    fputs("<< ", pdf->file);
    for (size_t i = 0; i < fonts; i++) {
        fprintf(pdf->file, "/F%zu %d 0 R ", i, first + (int)i);
    }
    fputs(">>\nendobj\n", pdf->file);
    return ok;
}
