/* Where a stretch of the text lies on its lines. */
#include "layout.h"
#include "utf16.h"

enum { LINE_SEPARATOR = 0x2028 };

/* The unit at a byte of the text that the units were made from; a newline was one byte. */
static int unit_at(const struct source *source, size_t byte)
{
    size_t passed = 0;
    int at = 0;
    while (at < source->length && passed < byte) {
        int32_t c = utf16_next(source->units, &at, source->length);
        if (c < 0x80 || c == LINE_SEPARATOR) {
            passed += 1;
        } else {
            passed += c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
    }
    return at;
}

struct stretch {
    const struct text_layout *layout;
    int from, to; /* units */
    struct rect *out;
    size_t capacity, count;
    bool open; /* the last glyph lay in it: the next one widens its rectangle */
};

static void add(struct stretch *s, const struct line *line, int32_t x, int32_t width)
{
    int left = x >> 6, right = (x + width + 63) >> 6;
    s->count += s->open ? 0 : 1;
    if (s->count <= s->capacity) {
        struct rect *r = &s->out[s->count - 1];
        left = s->open ? r->x : left;
        *r = (struct rect){left, line->top, right - left, line->bottom - line->top};
    }
    s->open = true;
}

static void add_line(struct stretch *s, const struct line *line)
{
    s->open = false;
    for (size_t k = 0; k < line->run_count; k++) {
        const struct run *run = &s->layout->runs[line->run_from + k];
        const struct glyph *glyphs = layout_glyphs(s->layout, run);
        int32_t pen = run->x;
        for (size_t i = 0; i < run->glyph_count; i++) {
            bool in = glyphs[i].cluster >= s->from && glyphs[i].cluster < s->to;
            if (in && glyphs[i].advance > 0) {
                add(s, line, pen, glyphs[i].advance);
            }
            s->open = s->open && (in || glyphs[i].advance <= 0);
            pen += glyphs[i].advance;
        }
    }
}

size_t text_range(const struct text_layout *layout, size_t from, size_t to, struct rect *out, size_t capacity)
{
    const struct source *source = &layout->paragraph->source;
    struct stretch s = {.layout = layout, .out = out, .capacity = capacity};
    s.from = unit_at(source, from);
    s.to = unit_at(source, to);
    for (size_t i = 0; i < layout->line_count && s.from < s.to; i++) {
        if (layout->lines[i].end > s.from && layout->lines[i].start < s.to) {
            add_line(&s, &layout->lines[i]);
        }
    }
    return s.count;
}
