/* typeset: a document without a scan as a typewritten sheet that says what it is. */
#include "author/options.h"
#include "sheet.h"
#include "tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

struct order { /* what is asked for */
    const char *exhibit, *document, *layer, *output;
    long resolution; /* dots per inch */
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--layer", OPTION_TEXT, &order->layer, NULL},
        {"--output", OPTION_TEXT, &order->output, NULL},
        {"--resolution", OPTION_COUNT, &order->resolution, NULL},
    };
    order->resolution = SHEET_DPI;
    if (!options_read(&argc, argv, options, sizeof options / sizeof options[0], err)) {
        return false;
    }
    if (argc != 3 || order->layer == NULL || order->output == NULL) {
        return error_set(err, ERROR_USAGE,
            "typeset wants an exhibit, a document, --layer LAYER.LANG and --output DIR: see vitrine help "
            "typeset");
    }
    if (order->resolution % SHEET_DPI != 0 || order->resolution < SHEET_DPI ||
        order->resolution > SHEET_DPI_MOST) {
        return error_set(err, ERROR_USAGE, "--resolution is 300, 600, 900 or 1200 dots per inch");
    }
    order->exhibit = argv[1];
    order->document = argv[2];
    return true;
}

static const struct layer *find_layer(const struct document *document, struct str id)
{
    for (size_t i = 0; i < document->layer_count; i++) {
        if (str_equal_c(id, document->layers[i].id)) {
            return &document->layers[i];
        }
    }
    return NULL;
}

static const struct prose_text *find_text(const struct layer *layer, struct str language)
{
    for (size_t i = 0; i < layer->text.count; i++) {
        const char *own = layer->text.texts[i].language;
        if (own != NULL && str_equal_c(language, own)) {
            return &layer->text.texts[i];
        }
    }
    return NULL;
}

/* The text that LAYER.LANG names: neither part has a dot in it. */
static bool find_source(struct exhibit *exhibit, const struct order *order, const struct layer **layer,
    const struct prose_text **text, struct error *err)
{
    struct str language = str_from(order->layer), id = str_split(&language, '.');
    bool loaded = exhibit_load_document(exhibit, order->document);
    const struct document *document = exhibit_find_document(exhibit, order->document);
    if (!loaded) {
        return error_memory(err);
    }
    if (document == NULL || order->document[0] == '\0') {
        return error_set(err, ERROR_INPUT, "%s has no document %s", order->exhibit, order->document);
    }
    *layer = find_layer(document, id);
    if (*layer == NULL) {
        return error_set(
            err, ERROR_INPUT, "the document %s has no layer %.*s", order->document, STR_ARGS(id));
    }
    *text = find_text(*layer, language);
    return *text != NULL ||
           error_set(err, ERROR_INPUT, "the layer %.*s of %s has no text in the language \"%.*s\"",
               STR_ARGS(id), order->document, STR_ARGS(language));
}

static bool is_machine_made(const struct layer *layer, const char *language)
{
    const struct provenance *list = exhibit_provenance(&layer->provenance, language);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (list->entries[i].kind == PROVENANCE_MACHINE_ASSISTED) {
            return true;
        }
    }
    return false;
}

/* The line that stands in every picture, so that it cannot be taken for what it is not wherever it is copied
 * to. */
static void write_note(const struct layer *layer, const char *language, char *note, size_t size)
{
    static const char *const kinds[] = {[LAYER_TRANSCRIPTION] = "transcription",
        [LAYER_TRANSLATION] = "translation",
        [LAYER_COMMENTARY] = "commentary"};
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[64];
    char name[64];
    int length = uloc_getDisplayLanguage(language, "en", wide, 63, &status);
    for (int i = 0; U_SUCCESS(status) && i < length; i++) {
        name[i] = wide[i] < 0x80 ? (char)wide[i] : '?';
    }
    name[U_SUCCESS(status) ? length : 0] = '\0';
    snprintf(note, size, "Modern reconstruction, set from the %s%s %s. Not an image of the document.",
        is_machine_made(layer, language) ? "machine-assisted " : "", name[0] != '\0' ? name : language,
        kinds[layer->kind]);
}

static bool write_page(const struct sheet *sheet, int page, const char *folder,
    const struct paint_target *target, FILE *out, struct error *err)
{
    char picture[4096], zones[4096];
    int length = snprintf(picture, sizeof picture, "%s/%d.png", folder, page + 1);
    snprintf(zones, sizeof zones, "%s/%d.yaml", folder, page + 1);
    if (length < 0 || (size_t)length + 1 >= sizeof picture) {
        return error_set(err, ERROR_USAGE, "the name of the folder for the output is too long");
    }
    sheet_draw(sheet, page, target);
    if (!paint_write_png(picture, target, SHEET_DPI * sheet->unit, err) ||
        !sheet_write_zones(sheet, page, zones, err)) {
        return false;
    }
    fprintf(out, "%s\n%s\n", picture, zones);
    return true;
}

static bool write_sheet(const struct sheet *sheet, const char *folder, FILE *out, struct error *err)
{
    uint32_t *pixels = calloc((size_t)sheet->size.w * (size_t)sheet->size.h, sizeof *pixels);
    if (pixels == NULL) {
        return error_memory(err);
    }
    struct paint_target target = {pixels, sheet->size.w, sheet->size.h, sheet->size.w};
    bool ok = author_make_folder(folder, err);
    for (int page = 0; ok && page < sheet->page_count; page++) {
        ok = write_page(sheet, page, folder, &target, out, err);
    }
    free(pixels);
    return ok;
}

static bool set(
    const struct order *order, struct exhibit *exhibit, struct text *text, FILE *out, struct error *err)
{
    const struct layer *layer = NULL;
    const struct prose_text *source = NULL;
    struct sheet sheet = {0};
    char note[sizeof sheet.note];
    if (!find_source(exhibit, order, &layer, &source, err) || source == NULL) {
        return false;
    }
    write_note(layer, source->language, note, sizeof note);
    bool ok = sheet_lay_out(&sheet, text, source, (int)order->resolution, note, err) &&
              write_sheet(&sheet, order->output, out, err);
    sheet_finish(&sheet);
    return ok;
}

int author_typeset(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {0};
    struct player_paths paths;
    bool ok = read_order(argc, argv, &order, &err) && author_paths(io, &paths, &err);
    struct exhibit *exhibit = ok ? exhibit_open(order.exhibit, NULL, &err) : NULL;
    struct text *text = exhibit != NULL ? player_open_text(&paths, &err) : NULL;
    ok = text != NULL && set(&order, exhibit, text, io->out, &err);
    text_destroy(text);
    exhibit_destroy(exhibit);
    return ok ? 0 : author_fail(io, &err);
}
