/* Shaping: HarfBuzz at the font's own units, scaled to 26.6 pixels, so that one font object serves every
 * size. */
#include "paragraph.h"

#include "base/array.h"
#include "squeeze.h"
#include "utf16.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* Joined scripts, and those that hang from a line, are torn apart by letter-spacing. */
static bool may_space_letters(UScriptCode script)
{
    switch (script) {
    case USCRIPT_ARABIC:
    case USCRIPT_SYRIAC:
    case USCRIPT_MONGOLIAN:
    case USCRIPT_NKO:
    case USCRIPT_MANDAIC:
    case USCRIPT_DEVANAGARI:
    case USCRIPT_BENGALI:
    case USCRIPT_GURMUKHI:
        return false;
    default:
        return true;
    }
}

int32_t shape_letter(const struct source *source, const struct item *item)
{
    return item->font == FONT_NONE || may_space_letters(item->script) ? source->letter : 0;
}

static bool is_invisible_at(const struct source *source, int at)
{
    UChar32 c = utf16_at(source->units, at, source->length);
    return c == 0x2028 || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static int32_t box_advance(const struct source *source)
{
    return source->size * 3 / 5;
}

/* One box a grapheme, nothing for what is not drawn; backwards in right-to-left text. */
static bool shape_boxes(
    const struct source *source, const struct item *item, int from, int to, struct glyph_list *out)
{
    bool rtl = (item->level & 1) != 0;
    for (int k = from; k < to; k++) {
        int at = rtl ? to - 1 - (k - from) : k;
        if (at > from && utf16_is_trail(source->units[at])) {
            continue;
        }
        bool drawn = !is_invisible_at(source, at);
        struct glyph glyph = {GLYPH_BOX, at, drawn ? box_advance(source) + source->letter : 0, 0, 0};
        if (drawn && !ARRAY_PUSH(out->items, out->count, out->capacity, glyph)) {
            return false;
        }
    }
    return true;
}

static void fill_buffer(
    struct tools *tools, const struct source *source, const struct item *item, int from, int to)
{
    hb_buffer_t *buffer = tools->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf16(buffer, source->units, source->length, (unsigned)from, to - from);
    hb_buffer_set_direction(buffer, (item->level & 1) != 0 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    const char *name = uscript_getShortName(item->script);
    hb_buffer_set_script(buffer, hb_script_from_string(name != NULL ? name : "Zyyy", -1));
    hb_buffer_set_language(buffer, languages_get(&tools->languages, item->language)->hb);
}

static void run_shaper(
    struct tools *tools, const struct source *source, const struct item *item, int from, int to)
{
    hb_feature_t features[3 + SQUEEZE_MAX];
    unsigned count = 0;
    if ((item->flags & TEXT_TABULAR) != 0) {
        features[count++] = (hb_feature_t){HB_TAG('t', 'n', 'u', 'm'), 1, 0, (unsigned)-1};
    }
    if (source->letter != 0) { /* spaced letters do not join */
        features[count++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1};
        features[count++] = (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1};
    }
    enum squeeze_way way = squeeze_way_of(languages_get(&tools->languages, item->language)->east);
    if (way != SQUEEZE_NONE) {
        count +=
            squeeze_marks(source->units, source->length, from, to, way, tools->line_start, features + count);
    }
    hb_shape(fonts_hb(tools->fonts, item->font), tools->buffer, features, count);
}

static int32_t scale(hb_position_t value, double factor)
{
    return round_26_6((double)value * factor);
}

/* Adds the space after each cluster: to the last of its glyphs, in right-to-left text before the first. */
static void space_letters(const struct source *source, bool rtl, struct glyph *glyphs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || glyphs[i - 1].cluster != glyphs[i].cluster;
        bool last = i + 1 == count || glyphs[i + 1].cluster != glyphs[i].cluster;
        if ((rtl ? !first : !last) || is_invisible_at(source, glyphs[i].cluster)) {
            continue;
        }
        glyphs[i].advance += source->letter;
        glyphs[i].x += rtl ? source->letter : 0;
    }
}

bool shape_slice(struct tools *tools, const struct source *source, const struct item *item, int from, int to,
    struct glyph_list *out, int *missing)
{
    if (item->font == FONT_NONE) {
        return shape_boxes(source, item, from, to, out);
    }
    fill_buffer(tools, source, item, from, to);
    run_shaper(tools, source, item, from, to);
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(tools->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(tools->buffer, &count);
    if (!hb_buffer_allocation_successful(tools->buffer) ||
        !array_reserve((void **)&out->items, &out->capacity, out->count + count, sizeof *out->items)) {
        return false;
    }
    double factor = (double)source->size / fonts_upem(tools->fonts, item->font);
    struct glyph *glyphs = out->items + out->count;
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] =
            (struct glyph){infos[i].codepoint, (int)infos[i].cluster, scale(positions[i].x_advance, factor),
                scale(positions[i].x_offset, factor), -scale(positions[i].y_offset, factor)};
        if (infos[i].codepoint == 0 && !is_invisible_at(source, glyphs[i].cluster)) {
            glyphs[i] = (struct glyph){GLYPH_BOX, glyphs[i].cluster, box_advance(source), 0, 0};
            *(missing != NULL ? missing : &(int){0}) += 1;
        }
    }
    if (shape_letter(source, item) != 0) {
        space_letters(source, (item->level & 1) != 0, glyphs, count);
    }
    out->count += count;
    return true;
}

/* Sums the advances of each cluster at its first unit, and notes where cutting would change shapes. A unit
 * inside a cluster is unsafe too. */
static void note_clusters(struct tools *tools, struct paragraph *p, const struct item *item)
{
    const struct glyph *glyphs = p->glyphs.items + item->glyph_from;
    for (int i = item->start; i < item->end; i++) {
        p->marks[i] |= MARK_UNSAFE;
    }
    p->marks[item->start] &= (uint8_t)~MARK_UNSAFE;
    unsigned count = 0;
    const hb_glyph_info_t *infos =
        item->font != FONT_NONE ? hb_buffer_get_glyph_infos(tools->buffer, &count) : NULL;
    for (size_t i = 0; i < item->glyph_count; i++) {
        int32_t *advance = &p->advance[glyphs[i].cluster];
        *advance = add_26_6(*advance, glyphs[i].advance);
        bool safe =
            infos == NULL || (hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) == 0;
        if (safe) {
            p->marks[glyphs[i].cluster] &= (uint8_t)~MARK_UNSAFE;
        }
    }
}

bool paragraph_shape(struct tools *tools, struct paragraph *p)
{
    for (size_t i = 0; i < p->item_count; i++) {
        struct item *item = &p->items[i];
        item->glyph_from = p->glyphs.count;
        if (!shape_slice(tools, &p->source, item, item->start, item->end, &p->glyphs, &p->missing)) {
            return false;
        }
        item->glyph_count = p->glyphs.count - item->glyph_from;
        note_clusters(tools, p, item);
    }
    return true;
}
