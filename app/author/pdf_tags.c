/* What is a heading and what a paragraph, in reading order (ISO 32000-1, 14.7 and 14.8). */
#include "pdf.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

int pdf_element(struct pdf *pdf, const char *type, const char *language)
{
    struct pdf_element element = {type, language};
    pdf->failed =
        !ARRAY_PUSH(pdf->elements, pdf->element_count, pdf->element_capacity, element) || pdf->failed;
    return (int)pdf->element_count - 1;
}

/* The element's words: their numbers, each with its page. */
static void write_element(struct pdf *pdf, int element, int number, int parent, const char *language)
{
    const struct pdf_element *e = &pdf->elements[element];
    pdf_begin(pdf, number);
    fprintf(pdf->file, "<< /Type /StructElem /S /%s /P %d 0 R ", e->type, parent);
    if (e->language != NULL && strcmp(e->language, language) != 0) {
        fprintf(pdf->file, "/Lang (%s) ", e->language);
    }
    fputs("/K [", pdf->file);
    int page = -1, in_page = 0;
    for (size_t i = 0; i < pdf->mark_count; i++) {
        in_page = pdf->marks[i].page != page ? 0 : in_page + 1;
        page = pdf->marks[i].page;
        if (pdf->marks[i].element == element) {
            fprintf(pdf->file, "<< /Type /MCR /Pg %d 0 R /MCID %d >> ", pdf->pages[page], in_page);
        }
    }
    fputs("] >>\nendobj\n", pdf->file);
}

/* From a page's marks back to the elements. */
static void write_parents(struct pdf *pdf, int number, int first)
{
    pdf_begin(pdf, number);
    fputs("<< /Nums [", pdf->file);
    for (int page = 0; page < pdf->page_count; page++) {
        fprintf(pdf->file, "%d [", page);
        for (size_t i = 0; i < pdf->mark_count; i++) {
            if (pdf->marks[i].page == page) {
                fprintf(pdf->file, "%d 0 R ", first + pdf->marks[i].element);
            }
        }
        fputs("]\n", pdf->file);
    }
    fputs("] >>\nendobj\n", pdf->file);
}

void pdf_write_structure(struct pdf *pdf, int number, const char *language)
{
    int document = pdf_new(pdf), parents = pdf_new(pdf), first = parents + 1;
    for (size_t i = 0; i < pdf->element_count; i++) {
        pdf_new(pdf);
    }
    if (pdf->failed) {
        return;
    }
    pdf_begin(pdf, number);
    fprintf(pdf->file,
        "<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d >>\nendobj\n", document,
        parents, pdf->page_count);
    pdf_begin(pdf, document);
    fprintf(pdf->file, "<< /Type /StructElem /S /Document /P %d 0 R /K [", number);
    for (size_t i = 0; i < pdf->element_count; i++) {
        fprintf(pdf->file, "%d 0 R ", first + (int)i);
    }
    fputs("] >>\nendobj\n", pdf->file);
    write_parents(pdf, parents, first);
    for (size_t i = 0; i < pdf->element_count; i++) {
        write_element(pdf, (int)i, first + (int)i, document, language);
    }
}
