#include "pdf.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Objects: 1 the catalogue, 2 the list of pages, 3 what it is; then for each page itself, its content, its
 * picture. */
enum { CATALOGUE = 1, PAGES, ABOUT, FIRST };

static void begin(struct pdf *pdf, int number)
{
    pdf->offsets[number - 1] = ftell(pdf->file);
    fprintf(pdf->file, "%d 0 obj\n", number);
}

bool pdf_open(struct pdf *pdf, const char *path, double points_w, double points_h, struct error *err)
{
    memset(pdf, 0, sizeof *pdf);
    pdf->path = path;
    pdf->points_w = points_w;
    pdf->points_h = points_h;
    pdf->file = fopen(path, "wb");
    if (pdf->file == NULL) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(errno));
    }
    fputs("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", pdf->file);
    return true;
}

/* Rec. 601 luma in whole numbers. */
static unsigned char grey(uint32_t c)
{
    return (unsigned char)(((c >> 16 & 255) * 299 + (c >> 8 & 255) * 587 + (c & 255) * 114 + 500) / 1000);
}

static unsigned char *pack(const struct paint_target *target, uLongf *length)
{
    size_t pixels = (size_t)target->width * (size_t)target->height;
    unsigned char *plain = malloc(pixels), *packed = NULL;
    *length = compressBound((uLong)pixels);
    packed = plain != NULL ? malloc(*length) : NULL;
    for (int y = 0; packed != NULL && y < target->height; y++) {
        const uint32_t *row = &target->pixels[(size_t)y * (size_t)target->stride];
        for (int x = 0; x < target->width; x++) {
            plain[(size_t)y * (size_t)target->width + (size_t)x] = grey(row[x]);
        }
    }
    if (packed != NULL && compress2(packed, length, plain, (uLong)pixels, 9) != Z_OK) {
        free(packed);
        packed = NULL;
    }
    free(plain);
    return packed;
}

bool pdf_add(struct pdf *pdf, const struct paint_target *target, struct error *err)
{
    if (pdf->page_count >= PDF_PAGES_MAX) {
        return error_set(err, ERROR_INPUT, "the handout has more than %d pages", PDF_PAGES_MAX);
    }
    uLongf length = 0;
    unsigned char *packed = pack(target, &length);
    if (packed == NULL) {
        return error_memory(err);
    }
    int page = FIRST + 3 * pdf->page_count++;
    char content[96];
    int written =
        snprintf(content, sizeof content, "q %.2f 0 0 %.2f 0 0 cm /P Do Q\n", pdf->points_w, pdf->points_h);
    begin(pdf, page);
    fprintf(pdf->file,
        "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R\n"
        "/Resources << /XObject << /P %d 0 R >> >> >>\nendobj\n",
        PAGES, pdf->points_w, pdf->points_h, page + 1, page + 2);
    begin(pdf, page + 1);
    fprintf(pdf->file, "<< /Length %d >>\nstream\n%sendstream\nendobj\n", written, content);
    begin(pdf, page + 2);
    fprintf(pdf->file,
        "<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8\n"
        "/Filter /FlateDecode /Length %lu >>\nstream\n",
        target->width, target->height, (unsigned long)length);
    fwrite(packed, 1, length, pdf->file);
    fputs("\nendstream\nendobj\n", pdf->file);
    free(packed);
    return true;
}

/* As UTF-16 in hexadecimal, which needs no escapes. */
static void write_text(FILE *file, struct str text)
{
    fputs("<FEFF", file);
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (c >= 0x10000) {
            fprintf(file, "%04X%04X", 0xD800u + ((c - 0x10000) >> 10), 0xDC00u + ((c - 0x10000) & 0x3FF));
        } else {
            fprintf(file, "%04X", c);
        }
    }
    fputs(">", file);
}

bool pdf_close(struct pdf *pdf, struct str title, const char *language, struct error *err)
{
    if (pdf->file == NULL) {
        return true;
    }
    FILE *file = pdf->file;
    begin(pdf, CATALOGUE);
    fprintf(file, "<< /Type /Catalog /Pages %d 0 R /Lang (%s) >>\nendobj\n", PAGES, language);
    begin(pdf, PAGES);
    fprintf(file, "<< /Type /Pages /Count %d /Kids [", pdf->page_count);
    for (int i = 0; i < pdf->page_count; i++) {
        fprintf(file, "%d 0 R ", FIRST + 3 * i);
    }
    fputs("] >>\nendobj\n", file);
    begin(pdf, ABOUT);
    fputs("<< /Title ", file);
    write_text(file, title);
    fputs(" >>\nendobj\n", file);
    long table = ftell(file);
    int count = FIRST + 3 * pdf->page_count;
    fprintf(file, "xref\n0 %d\n0000000000 65535 f \n", count);
    for (int i = 1; i < count; i++) {
        fprintf(file, "%010ld 00000 n \n", pdf->offsets[i - 1]);
    }
    fprintf(file, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%ld\n%%%%EOF\n", count,
        CATALOGUE, ABOUT, table);
    bool written = ferror(file) == 0;
    pdf->file = NULL;
    return (fclose(file) == 0 && written) ||
           error_set_at(err, ERROR_MACHINE, pdf->path, 0, 0, "cannot be written: is the disk full?");
}
