#include "layout.h"

#include "base/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SOFT_HYPHEN = 0x00AD,
    HYPHEN = 0x2010,
    HYPHEN_MINUS = 0x002D,
    ELLIPSIS = 0x2026,
    UNBOUNDED = INT32_MAX / 2
};

/* A part of an item in a line, before reordering. */
struct piece {
    const struct item *item;
    int from, to;
    UBiDiLevel level;
    bool ellipsis;
};

/* The layout in hand and what only its making needs. */
struct maker {
    struct tools *tools;
    struct paragraph *p;
    struct text_layout *layout;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    UBiDiLevel *levels;
    int32_t *order;
    size_t level_capacity, order_capacity;
    struct item ellipsis; /* an item for the sign itself; its units are in `sign` */
    uint16_t sign[4];
    int sign_length;
    int32_t ellipsis_width, hyphen_width;
    enum squeeze_way way; /* of the paragraph's language */
};

bool setting_equal(const struct setting *a, const struct setting *b)
{
    if (a->width != b->width || a->line_px != b->line_px || a->align != b->align ||
        a->max_lines != b->max_lines || a->paint_count != b->paint_count) {
        return false;
    }
    for (size_t i = 0; i < a->paint_count; i++) {
        const struct paint *s = &a->paints[i], *t = &b->paints[i];
        if (s->end != t->end || s->ink != t->ink || s->ground != t->ground || s->underline != t->underline ||
            s->tag != t->tag) {
            return false;
        }
    }
    return true;
}

uint64_t setting_hash(uint64_t start, const struct setting *setting)
{
    int numbers[] = {
        setting->width, (int)lround(setting->line_px * 64), (int)setting->align, setting->max_lines};
    uint64_t hash = str_hash_words(start, numbers, sizeof numbers);
    for (size_t i = 0; i < setting->paint_count; i++) {
        const struct paint *paint = &setting->paints[i];
        uint32_t parts[] = {
            (uint32_t)paint->end, paint->ink, paint->ground, paint->underline, (uint32_t)paint->tag};
        hash = str_hash_words(hash, parts, sizeof parts);
    }
    return hash;
}

const struct glyph *layout_glyphs(const struct text_layout *layout, const struct run *run)
{
    const struct glyph_list *list = run->own ? &layout->glyphs : &layout->paragraph->glyphs;
    return list->items + run->glyph_from;
}

static const struct item *item_at(const struct paragraph *p, int unit)
{
    size_t low = 0, high = p->item_count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (p->items[middle].start <= unit) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &p->items[low];
}

static const struct style *style_at(const struct paragraph *p, int unit)
{
    size_t i = 0;
    while (i + 1 < p->source.style_count && unit >= p->source.styles[i].end) {
        i++;
    }
    return &p->source.styles[i];
}

static int paint_at(const struct setting *setting, int unit)
{
    size_t low = 0, high = setting->paint_count > 0 ? setting->paint_count - 1 : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (unit >= setting->paints[middle].end) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (int)low;
}

/* Shapes a piece whose last unit is a soft hyphen with a hyphen in its place: for that long the paragraph
 * says so. */
static bool shape_hyphened(struct maker *m, const struct piece *piece, struct glyph_list *out)
{
    uint16_t *unit = &m->p->source.units[piece->to - 1], hyphen = HYPHEN;
    *unit = fonts_has(m->tools->fonts, piece->item->font, &hyphen, 1) ? HYPHEN : HYPHEN_MINUS;
    bool done = shape_slice(m->tools, &m->p->source, piece->item, piece->from, piece->to, out, NULL);
    *unit = SOFT_HYPHEN;
    return done;
}

/* The first of an item's glyphs whose cluster is at `unit` or behind it; in right-to-left items, where
 * clusters fall, the first before it. */
static size_t find_cluster(const struct paragraph *p, const struct item *item, int unit)
{
    const struct glyph *glyphs = p->glyphs.items + item->glyph_from;
    bool rtl = (item->level & 1) != 0;
    size_t low = 0, high = item->glyph_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        bool behind = rtl ? glyphs[middle].cluster < unit : glyphs[middle].cluster >= unit;
        if (behind) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* The glyphs of a piece: borrowed from the paragraph when its ends are safe to cut, else shaped anew. */
static bool find_glyphs(struct maker *m, const struct piece *piece, bool hyphen, struct run *run)
{
    const struct item *item = piece->item;
    const struct paragraph *p = m->p;
    struct glyph_list *own = &m->layout->glyphs;
    *run = (struct run){
        .font = item->font, .synthesis = item->synthesis, .letter = shape_letter(&p->source, item)};
    bool trims = piece->from == m->tools->line_start && squeeze_opens(p->source.units[piece->from]) &&
                 squeeze_way_of(languages_get(&m->tools->languages, item->language)->east) != SQUEEZE_NONE;
    bool cut = trims || (p->marks[piece->from] & MARK_UNSAFE) != 0 ||
               (piece->to < item->end && (p->marks[piece->to] & MARK_UNSAFE) != 0);
    if (!cut && !hyphen) {
        bool rtl = (item->level & 1) != 0;
        size_t from = find_cluster(p, item, rtl ? piece->to : piece->from);
        size_t to = find_cluster(p, item, rtl ? piece->from : piece->to);
        run->glyph_from = item->glyph_from + from;
        run->glyph_count = to - from;
        return true;
    }
    run->own = true;
    run->glyph_from = own->count;
    bool done = hyphen ? shape_hyphened(m, piece, own)
                       : shape_slice(m->tools, &p->source, item, piece->from, piece->to, own, NULL);
    run->glyph_count = own->count - run->glyph_from;
    return done;
}

static bool shape_ellipsis(struct maker *m, int at, struct run *run)
{
    struct glyph_list *own = &m->layout->glyphs;
    struct source source = m->p->source;
    source.units = m->sign;
    source.length = m->sign_length;
    *run = (struct run){
        .font = m->ellipsis.font, .synthesis = m->ellipsis.synthesis, .own = true, .glyph_from = own->count};
    if (!shape_slice(m->tools, &source, &m->ellipsis, 0, m->sign_length, own, NULL)) {
        return false;
    }
    run->glyph_count = own->count - run->glyph_from;
    for (size_t i = run->glyph_from; i < own->count; i++) {
        own->items[i].cluster = at;
    }
    return true;
}

/* Splits a run where the paint changes and appends the parts at the pen. */
static bool push_runs(struct maker *m, struct run run, int32_t *pen)
{
    struct text_layout *layout = m->layout;
    const struct glyph *glyphs = layout_glyphs(layout, &run);
    size_t count = run.glyph_count, from = run.glyph_from;
    const struct paint *paints = layout->setting.paints;
    for (size_t i = 0; i < count;) {
        int paint = paint_at(&layout->setting, glyphs[i].cluster);
        int start = paint > 0 ? paints[paint - 1].end : 0, end = paints[paint].end;
        struct run part = run;
        part.paint = paint;
        part.x = *pen;
        part.glyph_from = from + i;
        size_t first = i;
        for (; i < count && (i == first || (glyphs[i].cluster >= start && glyphs[i].cluster < end)); i++) {
            part.width = add_26_6(part.width, glyphs[i].advance);
        }
        part.glyph_count = i - first;
        *pen = add_26_6(*pen, part.width);
        if (!ARRAY_PUSH(layout->runs, layout->run_count, layout->run_capacity, part)) {
            return false;
        }
    }
    return true;
}

static bool push_piece(struct maker *m, struct piece piece)
{
    return ARRAY_PUSH(m->pieces, m->piece_count, m->piece_capacity, piece);
}

/* The line's pieces in logical order; the ellipsis, if there is one, at the end. */
static bool collect(struct maker *m, int start, int end, bool ellipsis)
{
    m->piece_count = 0;
    for (int at = start; at < end;) {
        const struct item *item = item_at(m->p, at);
        struct piece piece = {
            .item = item, .from = at, .to = item->end < end ? item->end : end, .level = item->level};
        if (!push_piece(m, piece)) {
            return false;
        }
        at = piece.to;
    }
    struct piece sign = {
        .item = &m->ellipsis, .from = end, .to = end, .level = m->p->level, .ellipsis = true};
    return !ellipsis || push_piece(m, sign);
}

static bool reorder(struct maker *m)
{
    if (!array_reserve((void **)&m->levels, &m->level_capacity, m->piece_count + 1, sizeof *m->levels) ||
        !array_reserve((void **)&m->order, &m->order_capacity, m->piece_count + 1, sizeof *m->order)) {
        return false;
    }
    for (size_t i = 0; i < m->piece_count; i++) {
        m->levels[i] = m->pieces[i].level;
        m->order[i] = (int32_t)i;
    }
    if (m->piece_count > 1) {
        ubidi_reorderVisual(m->levels, (int32_t)m->piece_count, m->order);
    }
    return true;
}

/* The empty half of a full-width closing mark that stands over the edge. */
static int32_t hanging_half(const struct maker *m, int end, int start, int32_t width)
{
    const struct paragraph *p = m->p;
    int edge = m->layout->setting.width;
    if (end <= start || edge <= 0 || width <= edge * 64 || !squeeze_hangs(p->source.units[end - 1], m->way)) {
        return 0;
    }
    return squeeze_hang(p->advance[end - 1]);
}

static bool make_line(struct maker *m, struct fit fit, int start, bool ellipsis)
{
    struct text_layout *layout = m->layout;
    struct line line = {.start = start, .end = fit.end, .run_from = layout->run_count};
    int32_t pen = 0;
    if (!collect(m, start, fit.end, ellipsis) || !reorder(m)) {
        return false;
    }
    m->tools->line_start = start;
    for (size_t i = 0; i < m->piece_count; i++) {
        const struct piece *piece = &m->pieces[m->order[i]];
        struct run run;
        bool hyphen = fit.hyphen && piece->to == fit.end && !piece->ellipsis;
        bool found = piece->ellipsis ? shape_ellipsis(m, fit.end > start ? fit.end - 1 : start, &run)
                                     : find_glyphs(m, piece, hyphen, &run);
        if (!found || !push_runs(m, run, &pen)) {
            return false;
        }
    }
    line.run_count = layout->run_count - line.run_from;
    /* Letter-spacing behind the last cluster of a line is nobody's. */
    line.width = pen - (line.run_count > 0 ? layout->runs[layout->run_count - 1].letter : 0);
    line.width -= hanging_half(m, fit.end, start, line.width);
    return ARRAY_PUSH(layout->lines, layout->line_count, layout->line_capacity, line);
}

/* The sign for what is left out, in the style of what stands before it: "…", or three points where no font
 * has it. */
static bool prepare_sign(struct maker *m, int at, uint16_t sign)
{
    const struct source *source = &m->p->source;
    struct style style = source->length > 0 ? *style_at(m->p, at) : (struct style){0};
    struct source own = *source;
    m->sign[0] = sign;
    m->sign_length = 1;
    own.units = m->sign;
    own.length = 1;
    m->ellipsis = (struct item){.end = 1,
        .flags = style.flags,
        .language = style.language,
        .script = USCRIPT_COMMON,
        .level = m->p->level};
    m->ellipsis.font = itemise_font(m->tools, &own, &style, 0, 1, USCRIPT_COMMON);
    if (m->ellipsis.font == FONT_NONE && sign == ELLIPSIS) {
        m->sign[0] = m->sign[1] = m->sign[2] = '.';
        m->sign_length = m->ellipsis.end = 3;
        m->ellipsis.font = fonts_first(m->tools->fonts, source->face);
    }
    return m->ellipsis.font != FONT_NONE;
}

static int32_t sign_width(struct maker *m)
{
    struct run run;
    size_t before = m->layout->glyphs.count;
    int32_t width = 0;
    if (m->ellipsis.font != FONT_NONE && shape_ellipsis(m, 0, &run)) {
        const struct glyph *glyphs = layout_glyphs(m->layout, &run);
        for (size_t i = 0; i < run.glyph_count; i++) {
            width += glyphs[i].advance;
        }
    }
    m->layout->glyphs.count = before;
    return width;
}

static bool holds_soft_hyphen(const struct source *source)
{
    for (int i = 0; i < source->length; i++) {
        if (source->units[i] == SOFT_HYPHEN) {
            return true;
        }
    }
    return false;
}

/* Is there anything but spaces and ends of lines from here on? */
static bool has_content(const struct paragraph *p, int from)
{
    for (int i = from; i < p->source.length; i++) {
        if ((p->marks[i] & MARK_SPACE) == 0) {
            return true;
        }
    }
    return false;
}

static int hard_end(const struct paragraph *p, int from)
{
    int at = from + 1;
    while (at < p->source.length && (p->marks[at] & MARK_HARD) == 0) {
        at++;
    }
    return at < p->source.length ? at : p->source.length;
}

/* The last line that may be, with text left over: what fits of all that follows, and the sign. */
static bool make_last_line(struct maker *m, int at, int32_t width)
{
    struct fit fit = {.end = hard_end(m->p, at)};
    if (!prepare_sign(m, at, ELLIPSIS)) {
        return false;
    }
    m->ellipsis_width = sign_width(m);
    fit.end = fit_truncated(m->p, at, fit.end, width, m->ellipsis_width);
    m->layout->metrics.truncated = true;
    return make_line(m, fit, at, true);
}

static bool make_lines(struct maker *m)
{
    const struct paragraph *p = m->p;
    const struct setting *setting = &m->layout->setting;
    int32_t width = setting->width > 0 && setting->width < UNBOUNDED / 64 ? setting->width * 64 : UNBOUNDED;
    if (holds_soft_hyphen(&p->source) && prepare_sign(m, 0, HYPHEN_MINUS)) {
        m->hyphen_width = sign_width(m);
    }
    m->way = squeeze_way_of(languages_get(&m->tools->languages, p->source.language)->east);
    int at = 0;
    do {
        struct fit fit =
            p->source.length > 0 ? fit_line(p, at, width, m->hyphen_width, m->way) : (struct fit){0};
        bool last = setting->max_lines > 0 && (int)m->layout->line_count + 1 >= setting->max_lines;
        if (last && has_content(p, fit.next)) {
            return make_last_line(m, at, width);
        }
        if (!make_line(m, fit, at, false)) {
            return false;
        }
        at = fit.next;
    } while (at < p->source.length);
    return true;
}

/* How far above the baseline, in em, the middle of the line lies. 0.388 is the middle of a capital and of an
 * ideograph, whatever the font, so that faces side by side stand on one line. Scripts that hang deeper stand
 * higher: then what they stack above and below fits a line of 1.5. */
static double middle_of(const struct paragraph *p)
{
    for (size_t i = 0; i < p->item_count; i++) {
        switch (p->items[i].script) {
        case USCRIPT_ARABIC:
        case USCRIPT_SYRIAC:
        case USCRIPT_DEVANAGARI:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
            return 0.298;
        default:
            break;
        }
    }
    return 0.388;
}

static void place_lines(struct text_layout *layout)
{
    const struct setting *setting = &layout->setting;
    bool rtl = (layout->paragraph->level & 1) != 0;
    double size = layout->paragraph->source.size / 64.0, line_px = setting->line_px;
    double middle = middle_of(layout->paragraph);
    int32_t widest = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        widest = layout->lines[i].width > widest ? layout->lines[i].width : widest;
    }
    int32_t room = setting->width > 0 ? setting->width * 64 : (widest + 63) / 64 * 64;
    for (size_t i = 0; i < layout->line_count; i++) {
        struct line *line = &layout->lines[i];
        int32_t rest = room - line->width;
        bool follows = setting->align == TEXT_START || setting->align == TEXT_END;
        bool right = setting->align == TEXT_RIGHT || (follows && (setting->align == TEXT_END) != rtl);
        line->x = setting->align == TEXT_CENTRE ? rest / 2 : right ? rest : 0;
        line->x = line->x & ~63; /* whole pixels: the same word looks the same in each line */
        line->top = (int)lround((double)i * line_px);
        line->bottom = (int)lround((double)(i + 1) * line_px);
        line->baseline = (int)lround((double)i * line_px + line_px / 2 + middle * size);
        for (size_t k = 0; k < line->run_count; k++) {
            layout->runs[line->run_from + k].x += line->x;
        }
    }
    layout->metrics.width_px = (widest + 63) / 64;
}

/* The ink of one glyph in 26.6, from its pen on the baseline; false when it has none. */
static bool glyph_ink(struct tools *tools, const struct source *source, const struct run *run,
    const struct glyph *glyph, int32_t box[4])
{
    if (glyph->id == GLYPH_BOX) {
        box[0] = 0, box[1] = -source->size * 7 / 10, box[2] = source->size * 3 / 5, box[3] = 0;
        return true;
    }
    struct font_extents e = fonts_extents(tools->fonts, run->font, glyph->id);
    if (e.x0 == e.x1) {
        return false;
    }
    double factor = (double)source->size / fonts_upem(tools->fonts, run->font);
    box[0] = (int32_t)floor(e.x0 * factor), box[2] = (int32_t)ceil(e.x1 * factor);
    box[1] = (int32_t)floor(-e.y1 * factor), box[3] = (int32_t)ceil(-e.y0 * factor);
    if ((run->synthesis & FONT_SLANT) != 0) {
        box[0] -= box[3] > 0 ? box[3] / 4 : 0;
        box[2] += box[1] < 0 ? -box[1] / 4 : 0;
    }
    int more = (fonts_thickening(tools->fonts, run->font, run->synthesis, source->size) + 1) / 2;
    box[0] -= more, box[1] -= more, box[2] += more, box[3] += more;
    return true;
}

static void measure_ink(struct tools *tools, struct text_layout *layout)
{
    int32_t ink[4] = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN}, box[4];
    const struct source *source = &layout->paragraph->source;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct line *line = &layout->lines[i];
        for (size_t k = 0; k < line->run_count; k++) {
            const struct run *run = &layout->runs[line->run_from + k];
            const struct glyph *glyphs = layout_glyphs(layout, run);
            int32_t pen = run->x;
            for (size_t g = 0; g < run->glyph_count; pen = add_26_6(pen, glyphs[g].advance), g++) {
                if (!glyph_ink(tools, source, run, &glyphs[g], box)) {
                    continue;
                }
                int32_t x = pen + glyphs[g].x, y = line->baseline * 64 + glyphs[g].y;
                ink[0] = x + box[0] < ink[0] ? x + box[0] : ink[0];
                ink[1] = y + box[1] < ink[1] ? y + box[1] : ink[1];
                ink[2] = x + box[2] > ink[2] ? x + box[2] : ink[2];
                ink[3] = y + box[3] > ink[3] ? y + box[3] : ink[3];
            }
        }
    }
    if (ink[0] < ink[2] && ink[1] < ink[3]) {
        int x0 = ink[0] >> 6, y0 = ink[1] >> 6, x1 = (ink[2] + 63) >> 6, y1 = (ink[3] + 63) >> 6;
        layout->metrics.ink = (struct rect){x0, y0, x1 - x0, y1 - y0};
    }
}

static bool copy_paints(struct text_layout *layout, const struct setting *setting)
{
    struct paint *paints = calloc(setting->paint_count + 1, sizeof *paints);
    if (paints == NULL) {
        return false;
    }
    if (setting->paint_count > 0) {
        memcpy(paints, setting->paints, setting->paint_count * sizeof *paints);
    }
    layout->setting = *setting;
    layout->setting.paints = paints;
    return true;
}

static double cap_px(struct tools *tools, const struct source *source)
{
    int font = fonts_first(tools->fonts, source->face);
    hb_codepoint_t glyph = 0;
    if (font == FONT_NONE || !hb_font_get_nominal_glyph(fonts_hb(tools->fonts, font), 'H', &glyph)) {
        return 0;
    }
    struct font_extents box = fonts_extents(tools->fonts, font, glyph);
    return source->size / 64.0 * (box.y1 - box.y0) / fonts_upem(tools->fonts, font);
}

static void fill_metrics(struct tools *tools, struct text_layout *layout)
{
    struct text_metrics *metrics = &layout->metrics;
    place_lines(layout);
    metrics->line_count = (int)layout->line_count;
    metrics->height_px = (int)ceil((double)layout->line_count * layout->setting.line_px);
    metrics->first_baseline_px = layout->line_count > 0 ? layout->lines[0].baseline : 0;
    metrics->rtl = (layout->paragraph->level & 1) != 0;
    metrics->missing = layout->paragraph->missing;
    metrics->cap_px = cap_px(tools, &layout->paragraph->source);
    measure_ink(tools, layout);
}

struct text_layout *layout_create(
    struct tools *tools, struct paragraph *paragraph, const struct setting *setting)
{
    struct text_layout *layout = calloc(1, sizeof *layout);
    if (layout == NULL) {
        return NULL;
    }
    struct maker m = {.tools = tools, .p = paragraph, .layout = layout};
    layout->paragraph = paragraph;
    bool done = copy_paints(layout, setting) && make_lines(&m);
    tools->line_start = -1;
    free(m.pieces);
    free(m.levels);
    free(m.order);
    if (!done) {
        layout_destroy(layout);
        return NULL;
    }
    fill_metrics(tools, layout);
    layout->bytes = sizeof *layout + layout->line_capacity * sizeof *layout->lines +
                    layout->run_capacity * sizeof *layout->runs +
                    layout->glyphs.capacity * sizeof *layout->glyphs.items +
                    setting->paint_count * sizeof *setting->paints;
    return layout;
}

void layout_destroy(struct text_layout *layout)
{
    if (layout == NULL) {
        return;
    }
    free((struct paint *)layout->setting.paints);
    free(layout->lines);
    free(layout->runs);
    free(layout->glyphs.items);
    free(layout->key.bytes);
    free(layout);
}
