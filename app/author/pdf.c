#include "pdf.h"

#include "base/array.h"
#include "base/stream.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CATALOGUE = 1, PAGES, ABOUT, FONTS, STRUCTURE };

int pdf_new(struct pdf *pdf)
{
    pdf->failed = !ARRAY_PUSH(pdf->offsets, pdf->object_count, pdf->object_capacity, 0) || pdf->failed;
    return (int)pdf->object_count;
}

void pdf_begin(struct pdf *pdf, int number)
{
    if (number > 0 && (size_t)number <= pdf->object_count) {
        pdf->offsets[number - 1] = ftell(pdf->file);
        pdf->lost = pdf->offsets[number - 1] < 0 || pdf->lost;
    }
    fprintf(pdf->file, "%d 0 obj\n", number);
}

bool pdf_open(struct pdf *pdf, const char *path, double points_w, double points_h, struct size pixels,
    struct error *err)
{
    memset(pdf, 0, sizeof *pdf);
    pdf->path = path;
    pdf->points_w = points_w;
    pdf->points_h = points_h;
    pdf->width = pixels.w;
    pdf->height = pixels.h;
    for (int i = CATALOGUE; i <= STRUCTURE; i++) {
        pdf_new(pdf);
    }
    pdf->file = stream_open(path, "w");
    if (pdf->file == NULL) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(errno));
    }
    fputs("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n", pdf->file);
    return true;
}

bool pdf_write_stream(struct pdf *pdf, int number, const char *facts, const void *bytes, size_t length)
{
    uLongf packed_length = compressBound((uLong)length);
    unsigned char *packed = malloc(packed_length);
    bool ok = packed != NULL && compress2(packed, &packed_length, bytes, (uLong)length, 9) == Z_OK;
    if (ok) {
        pdf_begin(pdf, number);
        fprintf(pdf->file, "<< %s/Filter /FlateDecode /Length %lu >>\nstream\n", facts,
            (unsigned long)packed_length);
        fwrite(packed, 1, packed_length, pdf->file);
        fputs("\nendstream\nendobj\n", pdf->file);
    }
    free(packed);
    return ok;
}

/* Rec. 601 luma in whole numbers. */
static unsigned char grey(uint32_t c)
{
    return (unsigned char)(((c >> 16 & 255) * 299 + (c >> 8 & 255) * 587 + (c & 255) * 114 + 500) / 1000);
}

static bool write_picture(struct pdf *pdf, int number, const struct paint_target *target)
{
    char facts[160];
    size_t width = (size_t)target->width, height = (size_t)target->height;
    unsigned char *plain = malloc(width * height);
    for (size_t y = 0; plain != NULL && y < height; y++) {
        const uint32_t *row = &target->pixels[y * (size_t)target->stride];
        for (size_t x = 0; x < width; x++) {
            plain[y * width + x] = grey(row[x]);
        }
    }
    snprintf(facts, sizeof facts,
        "/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8\n",
        target->width, target->height);
    bool ok = plain != NULL && pdf_write_stream(pdf, number, facts, plain, width * height);
    free(plain);
    return ok;
}

static bool write_content(struct pdf *pdf, int number)
{
    struct str words = {pdf->content, pdf->length};
    struct str all = arena_format(&pdf->arena, "/Artifact BMC\nq %.2f 0 0 %.2f 0 0 cm /P Do Q\nEMC\n%.*s",
        pdf->points_w, pdf->points_h, STR_ARGS(words.data != NULL ? words : STR("")));
    return all.data != NULL && pdf_write_stream(pdf, number, "", all.data, all.length);
}

bool pdf_add(struct pdf *pdf, const struct paint_target *target, struct error *err)
{
    if (pdf->page_count >= PDF_PAGES_MAX) {
        return error_set(err, ERROR_INPUT, "the handout has more than %d pages", PDF_PAGES_MAX);
    }
    int page = pdf_new(pdf), content = pdf_new(pdf), picture = pdf_new(pdf);
    if (pdf->failed || !write_content(pdf, content) || !write_picture(pdf, picture, target)) {
        return error_memory(err);
    }
    pdf_begin(pdf, page);
    fprintf(pdf->file,
        "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /StructParents %d /Tabs "
        "/S\n"
        "/Resources << /XObject << /P %d 0 R >> /Font %d 0 R >> >>\nendobj\n",
        PAGES, pdf->points_w, pdf->points_h, content, pdf->page_count, picture, FONTS);
    pdf->pages[pdf->page_count++] = page;
    pdf->page_marks = 0;
    pdf->length = 0;
    return true;
}

void pdf_write_utf16(FILE *file, struct str text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (c >= 0x10000) {
            fprintf(file, "%04X%04X", 0xD800u + ((c - 0x10000) >> 10), 0xDC00u + ((c - 0x10000) & 0x3FF));
        } else {
            fprintf(file, "%04X", c);
        }
    }
}

static void write_head(struct pdf *pdf, struct str title, const char *language)
{
    FILE *file = pdf->file;
    pdf_begin(pdf, CATALOGUE);
    fprintf(file,
        "<< /Type /Catalog /Pages %d 0 R /Lang (%s) /MarkInfo << /Marked true >> /StructTreeRoot %d 0 R\n"
        "/ViewerPreferences << /DisplayDocTitle true >> >>\nendobj\n",
        PAGES, language, STRUCTURE);
    pdf_begin(pdf, PAGES);
    fprintf(file, "<< /Type /Pages /Count %d /Kids [", pdf->page_count);
    for (int i = 0; i < pdf->page_count; i++) {
        fprintf(file, "%d 0 R ", pdf->pages[i]);
    }
    fputs("] >>\nendobj\n", file);
    pdf_begin(pdf, ABOUT);
    fputs("<< /Title <FEFF", file);
    pdf_write_utf16(file, title);
    fputs("> >>\nendobj\n", file);
}

static void write_table(struct pdf *pdf)
{
    long table = ftell(pdf->file);
    size_t count = pdf->object_count + 1;
    pdf->lost = table < 0 || pdf->lost;
    fprintf(pdf->file, "xref\n0 %zu\n0000000000 65535 f \n", count);
    for (size_t i = 1; i < count; i++) {
        fprintf(pdf->file, "%010ld 00000 n \n", pdf->offsets[i - 1]);
    }
    fprintf(pdf->file, "trailer\n<< /Size %zu /Root %d 0 R /Info %d 0 R >>\nstartxref\n%ld\n%%%%EOF\n", count,
        CATALOGUE, ABOUT, table);
}

static void finish(struct pdf *pdf)
{
    free(pdf->offsets);
    free(pdf->glyphs);
    free(pdf->elements);
    free(pdf->marks);
    free(pdf->content);
    arena_finish(&pdf->arena);
    memset(pdf, 0, sizeof *pdf);
}

bool pdf_close(struct pdf *pdf, struct str title, const char *language, struct error *err)
{
    if (pdf->file == NULL) {
        finish(pdf);
        return true;
    }
    FILE *file = pdf->file;
    const char *path = pdf->path;
    write_head(pdf, title, language);
    bool made = pdf_write_fonts(pdf, FONTS);
    pdf_write_structure(pdf, STRUCTURE, language);
    made = made && !pdf->failed;
    write_table(pdf);
    bool written = ferror(file) == 0 && !pdf->lost;
    finish(pdf);
    written = fclose(file) == 0 && written;
    if (!made) {
        return error_memory(err);
    }
    return written || error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: is the disk full?");
}
