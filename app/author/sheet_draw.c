/* From a laid out sheet to its picture and its zones. */
#include "sheet.h"

#include "base/stream.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    FRAME = 6,
    FRAME_INNER = 2,
    FRAME_GAP = 14,
    RULE = 4,
    NOTE_LEFT = 420,
    NOTE_RIGHT = 140,
    NOTE_BOTTOM = 150,
    ZONE_MARGIN = 14
}; /* pixels at 300 dpi */

static struct rect whole_of(const struct sheet *sheet)
{
    return (struct rect){0, 0, sheet->size.w, sheet->size.h};
}

static void draw_piece(
    const struct sheet *sheet, const struct sheet_piece *piece, const struct paint_target *target)
{
    struct text_target surface = {target->pixels, target->width, target->height, target->stride};
    struct rect whole = whole_of(sheet);
    int unit = sheet->unit;
    if (piece->rule) {
        struct rect line = piece->box_img;
        line.y += (line.h - RULE * unit) / 2;
        line.h = RULE * unit;
        paint_fill(target, line, whole, SHEET_INK);
        return;
    }
    if (piece->framed) {
        paint_outline(target, piece->box_img, FRAME * unit, whole, SHEET_STAMP_INK);
        paint_outline(target, rect_inset(piece->box_img, FRAME_GAP * unit, FRAME_GAP * unit),
            FRAME_INNER * unit, whole, SHEET_STAMP_INK);
    }
    text_draw(sheet->text, piece->layout, &surface, piece->text_img.x, piece->text_img.y, piece->shown_img,
        COLOUR_NONE);
    if (piece->label != NULL) {
        text_draw(
            sheet->text, piece->label, &surface, piece->label_img.x, piece->label_img.y, whole, COLOUR_NONE);
    }
}

static void draw_note(const struct sheet *sheet, int page, const struct paint_target *target)
{
    char words[sizeof sheet->note + 32];
    struct rect whole = whole_of(sheet);
    int unit = sheet->unit;
    if (sheet->page_count > 1) {
        snprintf(words, sizeof words, "%s  %d / %d", sheet->note, page + 1, sheet->page_count);
    } else {
        snprintf(words, sizeof words, "%s", sheet->note);
    }
    struct text_span span = {.text = str_from(words), .ink = SHEET_EDITORS_INK};
    struct text_spec spec = {.spans = &span,
        .span_count = 1,
        .language = "en",
        .face = TEXT_SANS,
        .size_px = 34 * unit,
        .line_px = 48 * unit,
        .letter_px = 0.5 * unit,
        .width_px = sheet->size.w - (NOTE_LEFT + NOTE_RIGHT) * unit};
    const struct text_layout *layout = text_lay_out(sheet->text, &spec);
    if (layout != NULL) {
        struct text_target surface = {target->pixels, target->width, target->height, target->stride};
        text_draw(sheet->text, layout, &surface, NOTE_LEFT * unit,
            sheet->size.h - NOTE_BOTTOM * unit - text_measure(layout).height_px, whole, COLOUR_NONE);
    }
}

void sheet_draw(const struct sheet *sheet, int page, const struct paint_target *target)
{
    paint_fill(target, whole_of(sheet), whole_of(sheet), SHEET_PAPER);
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->pieces[i].page == page) {
            draw_piece(sheet, &sheet->pieces[i], target);
        }
    }
    draw_note(sheet, page, target);
}

/* A zone is a little wider than its ink, for the highlight's sake, and as high as its lines, so that zones
 * never overlap. */
static struct rect zone_of(const struct sheet *sheet, const struct sheet_piece *piece)
{
    return rect_intersect(
        piece->framed ? piece->box_img : rect_inset(piece->box_img, -ZONE_MARGIN * sheet->unit, 0),
        whole_of(sheet));
}

bool sheet_write_zones(const struct sheet *sheet, int page, const char *path, struct error *err)
{
    FILE *file = stream_open(path, "w");
    if (file == NULL) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: %s", strerror(errno));
    }
    fprintf(file,
        "# Written by vitrine typeset, from the places where the words stand.\npage: [%d, %d]\nzones:\n",
        sheet->size.w, sheet->size.h);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sheet_piece *piece = &sheet->pieces[i];
        if (piece->page == page) {
            struct rect zone = zone_of(sheet, piece);
            fprintf(file, "  - segment: %s\n    box: [%d, %d, %d, %d]\n", piece->segment, zone.x, zone.y,
                zone.w, zone.h);
        }
    }
    bool written = ferror(file) == 0;
    if (fclose(file) != 0 || !written) {
        return error_set_at(err, ERROR_MACHINE, path, 0, 0, "cannot be written: is the disk full?");
    }
    return true;
}
