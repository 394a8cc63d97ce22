#include "text/text.h"

#include "base/array.h"
#include "base/utf8.h"
#include "cache.h"
#include "draw.h"
#include "utf16.h"

#include <hb-ot.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    GLYPH_LIMIT = 8 * 1024 * 1024,
    PARAGRAPH_LIMIT = 8 * 1024 * 1024,
    UNITS_MAX = 64 * 1024 * 1024,
    SIZE_MAX_PX = 2048,
    LINE_MAX_PX = 16384,
    LINE_SEPARATOR = 0x2028,
    ASKED_MAX = 2048 /* bytes: what is longer is made anew into what it is kept by */
};

struct text {
    struct tools tools;
    struct glyphs *glyphs;
    struct cache cache;
    struct source source; /* scratch: what is being asked for */
    size_t unit_capacity, style_capacity;
    struct paint *paints;
    size_t paint_count, paint_capacity;
    char asked[ASKED_MAX];
    bool refused; /* memory was out for a layout */
};

struct text *text_create(const struct text_catalogue *catalogue, struct error *err)
{
    struct text *text = calloc(1, sizeof *text);
    if (text == NULL) {
        error_memory(err);
        return NULL;
    }
    text->cache.limit = PARAGRAPH_LIMIT;
    if (!tools_init(&text->tools, catalogue, err)) {
        goto out;
    }
    text->glyphs = glyphs_create(GLYPH_LIMIT);
    if (text->glyphs != NULL) {
        return text;
    }
    error_memory(err);
out:
    text_destroy(text);
    return NULL;
}

void text_destroy(struct text *text)
{
    if (text == NULL) {
        return;
    }
    cache_release(&text->cache);
    glyphs_destroy(text->glyphs);
    tools_finish(&text->tools);
    free(text->source.units);
    free(text->source.styles);
    free(text->paints);
    free(text);
}

/* Ends of lines and of paragraphs are LINE SEPARATOR inside, so that a paragraph keeps one direction; a tab
 * is a space; other control characters are shown as what they are, mistakes. */
static uint32_t normalise(uint32_t c)
{
    if (c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2029) {
        return LINE_SEPARATOR;
    }
    if (c == '\t') {
        return ' ';
    }
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? UTF8_REPLACEMENT : c;
}

/* Appends one span's characters. False when memory is out or the text is beyond all measure. */
static bool append_units(struct text *text, struct str s)
{
    struct source *source = &text->source;
    size_t needed = (size_t)source->length + s.length + 1; /* never more units than bytes */
    if (needed > UNITS_MAX ||
        !array_reserve((void **)&source->units, &text->unit_capacity, needed, sizeof *source->units)) {
        return false;
    }
    uint16_t *out = source->units + source->length;
    for (size_t at = 0; at < s.length;) {
        unsigned char byte = (unsigned char)s.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            *out++ = byte;
            at++;
            continue;
        }
        uint32_t c = utf8_next(s, &at);
        if (c == '\r') { /* alone an end of line, before \n nothing */
            if (at < s.length && s.data[at] == '\n') {
                continue;
            }
            c = '\n';
        }
        c = normalise(c);
        out += utf16_encode(c, out); /* never more than the bytes it came from: there is room */
    }
    source->length = (int)(out - source->units);
    return true;
}

static bool append_style(struct text *text, const struct text_span *span, int language)
{
    struct source *source = &text->source;
    struct style style = {source->length, span->flags & SHAPING_FLAGS, language};
    struct style *last = source->style_count > 0 ? &source->styles[source->style_count - 1] : NULL;
    if (last != NULL && last->flags == style.flags && last->language == style.language) {
        last->end = style.end;
        return true;
    }
    return ARRAY_PUSH(source->styles, source->style_count, text->style_capacity, style);
}

static bool append_paint(struct text *text, const struct text_span *span)
{
    struct paint paint = {
        text->source.length, span->ink, span->ground, (span->flags & TEXT_UNDERLINE) != 0, span->tag};
    return ARRAY_PUSH(text->paints, text->paint_count, text->paint_capacity, paint);
}

static double between(double value, double low, double high)
{
    return value >= low ? (value <= high ? value : high) : low; /* not a number: low */
}

static int to_26_6(double px)
{
    return (int)lround(px * 64);
}

static bool read_spec(struct text *text, const struct text_spec *spec)
{
    struct source *source = &text->source;
    double size = between(spec->size_px, 1, SIZE_MAX_PX);
    source->length = 0;
    source->style_count = text->paint_count = 0;
    source->face = (unsigned)spec->face < TEXT_FACES ? spec->face : TEXT_SERIF;
    source->size = to_26_6(size);
    source->letter = to_26_6(spec->letter_px == 0 ? 0 : between(spec->letter_px, -size / 4, size * 4));
    source->language = languages_intern(&text->tools.languages, spec->language);
    source->rtl_default = spec->rtl_default;
    for (size_t i = 0; i < spec->span_count; i++) {
        const struct text_span *span = &spec->spans[i];
        if (span->text.length == 0) {
            continue;
        }
        int language = span->language != NULL ? languages_intern(&text->tools.languages, span->language)
                                              : source->language;
        if (!append_units(text, span->text) || !append_style(text, span, language) ||
            !append_paint(text, span)) {
            return false;
        }
    }
    return true;
}

static bool append_asked(struct text *text, size_t *length, const void *bytes, size_t count)
{
    if (count > ASKED_MAX - *length) {
        return false;
    }
    if (count > 0) {
        memcpy(text->asked + *length, bytes, count);
    }
    *length += count;
    return true;
}

static bool append_name(struct text *text, size_t *length, const char *name)
{
    const char *known = name != NULL ? name : "\1"; /* none is another than an empty one */
    return append_asked(text, length, known, strlen(known) + 1);
}

/* What is asked for, as bytes. False: there are too many. */
static bool read_key(struct text *text, const struct text_spec *spec, struct text_key *key)
{
    double sizes[] = {spec->size_px, spec->line_px, spec->letter_px};
    int rest[] = {(int)spec->face, spec->width_px, (int)spec->align, spec->max_lines, spec->rtl_default};
    size_t length = 0;
    bool good = append_asked(text, &length, sizes, sizeof sizes) &&
                append_asked(text, &length, rest, sizeof rest) && append_name(text, &length, spec->language);
    for (size_t i = 0; i < spec->span_count && good; i++) {
        const struct text_span *span = &spec->spans[i];
        int64_t parts[] = {(int64_t)span->text.length, span->flags, span->ink, span->ground, span->tag};
        good = append_asked(text, &length, parts, sizeof parts) &&
               append_name(text, &length, span->language) &&
               append_asked(text, &length, span->text.data, span->text.length);
    }
    *key = (struct text_key){text->asked, length, str_hash_words(STR_HASH_START, text->asked, length)};
    return good;
}

const struct text_layout *text_lay_out(struct text *text, const struct text_spec *spec)
{
    struct text_key key;
    bool brief = read_key(text, spec, &key);
    const struct text_layout *known = brief ? cache_recall(&text->cache, &key) : NULL;
    if (known != NULL) {
        return known;
    }
    if (!read_spec(text, spec)) {
        text->refused = true;
        return NULL;
    }
    struct setting setting = {.width = spec->width_px,
        .line_px = between(spec->line_px, 1, LINE_MAX_PX),
        .align = spec->align,
        .max_lines = spec->max_lines > 0 ? spec->max_lines : 0,
        .paints = text->paints,
        .paint_count = text->paint_count};
    const struct text_layout *layout = cache_lay_out(&text->cache, &text->tools, &text->source, &setting);
    if (layout != NULL && brief) {
        cache_keep_key(&text->cache, layout, &key);
    }
    text->refused = text->refused || layout == NULL;
    return layout;
}

bool text_refused(struct text *text)
{
    bool refused = text->refused;
    text->refused = false;
    return refused;
}

struct text_metrics text_measure(const struct text_layout *layout)
{
    return layout->metrics;
}

void text_remember(struct text *text, const struct text_layout *layout, int key, int64_t number)
{
    struct text_layout *own = cache_own(&text->cache, layout);
    if (own != NULL) {
        own->has_note = true;
        own->note_key = key;
        own->note = number;
    }
}

bool text_recall(const struct text_layout *layout, int key, int64_t *number)
{
    *number = layout->note;
    return layout->has_note && layout->note_key == key;
}

bool text_whole_lines(const struct text_layout *layout, int top, int bottom, int *from, int *to)
{
    double size = layout->paragraph->source.size / 64.0;
    int above = (int)(size * 0.85), below = (int)(size * 0.3); /* of the baseline: what letters take */
    *from = bottom;
    *to = top;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct line *line = &layout->lines[i];
        if (line->baseline - above >= top && line->baseline + below <= bottom) {
            *from = line->top < *from ? line->top : *from;
            *to = line->bottom > *to ? line->bottom : *to;
        }
    }
    *from = *from > top ? *from : top;
    *to = *to < bottom ? *to : bottom;
    if (*from >= *to) {
        *from = *to = top;
        return false;
    }
    return true;
}

size_t text_fragments(const struct text_layout *layout, int tag, struct rect *out, size_t capacity)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct line *line = &layout->lines[i];
        const struct run *open = NULL; /* the last run, when it has the tag too */
        for (size_t k = 0; k < line->run_count; k++) {
            const struct run *run = &layout->runs[line->run_from + k];
            if (layout->setting.paints[run->paint].tag != tag || run->width <= 0) {
                open = run->width <= 0 ? open : NULL;
                continue;
            }
            int left = run->x >> 6, right = (run->x + run->width + 63) >> 6;
            if (open == NULL) {
                count++;
            } else if (count <= capacity) {
                left = out[count - 1].x;
            }
            if (count <= capacity) {
                out[count - 1] = (struct rect){left, line->top, right - left, line->bottom - line->top};
            }
            open = run;
        }
    }
    return count;
}

void text_draw(struct text *text, const struct text_layout *layout, const struct text_target *target, int x,
    int y, struct rect clip, colour ink)
{
    draw_layout(text->glyphs, text->tools.fonts, layout, target, x, y, clip, ink);
}

bool text_expect(struct text *text, enum text_face face, const char *language, bool opens)
{
    int number = languages_intern(&text->tools.languages, language);
    const char *east =
        languages_get(&text->tools.languages, number)->east; /* the others are a few hundred kilobytes */
    return east != NULL && fonts_expect(text->tools.fonts, face, east, opens);
}

void text_advance(struct text *text)
{
    cache_advance(&text->cache);
}

size_t text_find_missing(struct text *text, enum text_face face, const char *language, struct str s)
{
    /* Character by character: what is composed of several is there when its parts are. */
    struct source source = {.face = face, .language = languages_intern(&text->tools.languages, language)};
    for (size_t at = 0, from = 0; at < s.length; from = at) {
        uint32_t c = normalise(utf8_next(s, &at));
        uint16_t units[2];
        source.length = utf16_encode(c, units);
        source.units = units;
        struct style style = {source.length, 0, source.language};
        if (c != LINE_SEPARATOR && c != '\r' &&
            itemise_font(&text->tools, &source, &style, 0, source.length, USCRIPT_COMMON) == FONT_NONE) {
            return from;
        }
    }
    return s.length;
}

double text_cap_height(struct text *text, enum text_face face, double size_px)
{
    int font = fonts_first(text->tools.fonts, (unsigned)face < TEXT_FACES ? face : TEXT_SERIF);
    hb_position_t height = 0;
    if (!hb_ot_metrics_get_position(
            fonts_hb(text->tools.fonts, font), HB_OT_METRICS_TAG_CAP_HEIGHT, &height)) {
        height = fonts_upem(text->tools.fonts, font) * 7 / 10;
    }
    return size_px * height / fonts_upem(text->tools.fonts, font);
}

size_t text_memory(const struct text *text)
{
    return glyphs_bytes(text->glyphs) + text->cache.paragraph_bytes + text->cache.layout_bytes;
}

int64_t text_layouts_made(const struct text *text)
{
    return text->cache.made;
}
