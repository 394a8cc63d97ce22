/* Layouts to pixels: grounds, then glyphs, then the lines under links, all inside the clip. */
#include "draw.h"

#include "blend.h"

#include "base/array.h"

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static void fill(const struct text_target *target, struct rect area, struct rect clip, colour c)
{
    struct rect r = rect_intersect(area, clip);
    uint32_t alpha = c >> 24, weight = alpha + (alpha >> 7);
    for (int y = r.y; y < r.y + r.h; y++) {
        blend_fill(target->pixels + (ptrdiff_t)y * target->stride + r.x, r.w, c, weight);
    }
}

/* `ink` through coverage. weight is the ink's alpha, 0 to 256. */
static void blend(const struct text_target *target, const struct bitmap *bitmap, int x, int y,
    struct rect clip, colour ink, uint32_t weight)
{
    int x0 = clamp(clip.x - x, 0, bitmap->width), x1 = clamp(clip.x + clip.w - x, 0, bitmap->width);
    int y0 = clamp(clip.y - y, 0, bitmap->height), y1 = clamp(clip.y + clip.h - y, 0, bitmap->height);
    for (int row = y0; row < y1 && x0 < x1; row++) {
        const uint8_t *coverage = bitmap->pixels + (size_t)row * (size_t)bitmap->width;
        uint32_t *out = target->pixels + (ptrdiff_t)(y + row) * target->stride + x;
        blend_row(out + x0, coverage + x0, x1 - x0, ink, weight);
    }
}

/* The sign for a character that no font has: an upright frame as high as a capital. */
static void draw_box(const struct text_target *target, int size, int x, int y, struct rect clip, colour ink)
{
    int em = size / 64, left = x + em / 20, width = em / 2, height = em * 7 / 10,
        stroke = em / 16 > 0 ? em / 16 : 1;
    struct rect sides[4] = {{left, y - height, width, stroke}, {left, y - stroke, width, stroke},
        {left, y - height + stroke, stroke, height - 2 * stroke},
        {left + width - stroke, y - height + stroke, stroke, height - 2 * stroke}};
    for (size_t i = 0; i < ARRAY_LENGTH(sides); i++) {
        fill(target, sides[i], clip, ink);
    }
}

struct brush {
    struct glyphs *glyphs;
    struct fonts *fonts;
    const struct text_layout *layout;
    const struct text_target *target;
    int x, y; /* the layout's top left */
    struct rect clip;
    colour ink;
};

static colour ink_of(const struct brush *brush, const struct run *run)
{
    return brush->ink != COLOUR_NONE ? brush->ink : brush->layout->setting.paints[run->paint].ink;
}

/* Where a glyph's pen stands: a pixel of the target and quarters of one. */
struct place {
    int x, y, sub_x, sub_y;
};

/* Ideographs and Hangul stand on whole pixels: nobody sees half of one in a square of 30, and they need a
 * quarter of the pictures. */
static struct place place_glyph(const struct brush *brush, const struct line *line, const struct run *run,
    int32_t pen, const struct glyph *glyph)
{
    bool whole = run->font != FONT_NONE && fonts_is_east(brush->fonts, run->font);
    int32_t x = add_26_6(pen, glyph->x + (whole ? 32 : 8)), y = glyph->y + (glyph->y != 0 ? 8 : 0);
    x = whole ? x & ~63 : x;
    return (struct place){
        brush->x + (x >> 6), brush->y + line->baseline + (y >> 6), (x >> 4) & 3, (y >> 4) & 3};
}

/* Can a glyph there reach into the clip? None is larger than four em. */
static bool near_clip(const struct brush *brush, int x)
{
    int reach = brush->layout->paragraph->source.size / 16;
    return x + reach >= brush->clip.x && x - reach <= brush->clip.x + brush->clip.w;
}

static struct bitmap get_bitmap(
    const struct brush *brush, const struct run *run, const struct glyph *glyph, struct place at)
{
    return glyphs_get(brush->glyphs, brush->fonts, run->font, run->synthesis, glyph->id,
        brush->layout->paragraph->source.size, at.sub_x, at.sub_y);
}

static void draw_glyphs(const struct brush *brush, const struct line *line, const struct run *run)
{
    const struct glyph *glyphs = layout_glyphs(brush->layout, run);
    colour ink = ink_of(brush, run);
    uint32_t weight = (ink >> 24) + (ink >> 31);
    int32_t pen = run->x;
    for (size_t i = 0; i < run->glyph_count; pen = add_26_6(pen, glyphs[i].advance), i++) {
        struct place at = place_glyph(brush, line, run, pen, &glyphs[i]);
        if (!near_clip(brush, at.x)) {
            continue;
        }
        if (glyphs[i].id == GLYPH_BOX) {
            draw_box(brush->target, brush->layout->paragraph->source.size, at.x, at.y, brush->clip, ink);
            continue;
        }
        struct bitmap bitmap = get_bitmap(brush, run, &glyphs[i], at);
        blend(brush->target, &bitmap, at.x + bitmap.left, at.y + bitmap.top, brush->clip, ink, weight);
    }
}

/* From the left edge of a run to the right, in target pixels: neighbours share an edge. */
static struct rect run_box(const struct brush *brush, const struct run *run, int top, int bottom)
{
    int left = brush->x + ((run->x + 32) >> 6), right = brush->x + ((run->x + run->width + 32) >> 6);
    return (struct rect){left, brush->y + top, right - left, bottom - top};
}

static void draw_grounds(const struct brush *brush, const struct line *line)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const struct run *run = &brush->layout->runs[line->run_from + i];
        colour ground = brush->layout->setting.paints[run->paint].ground;
        if (ground != COLOUR_NONE) {
            fill(brush->target, run_box(brush, run, line->top, line->bottom), brush->clip, ground);
        }
    }
}

/* The columns of a bitmap in which rows y0 to y1 hold ink. False when none do. */
static bool find_crossing(const struct bitmap *bitmap, int y0, int y1, int *left, int *right)
{
    *left = bitmap->width;
    *right = 0;
    for (int y = clamp(y0, 0, bitmap->height); y < clamp(y1, 0, bitmap->height); y++) {
        const uint8_t *row = bitmap->pixels + (size_t)y * (size_t)bitmap->width;
        for (int x = 0; x < bitmap->width; x++) {
            if (row[x] > 48) {
                *left = x < *left ? x : *left;
                *right = x + 1 > *right ? x + 1 : *right;
            }
        }
    }
    return *left < *right;
}

/* A line under a run that gives way where a letter hangs through it. `rows` has its top and height, in target
 * pixels, and the run's width. */
static void underline(
    const struct brush *brush, const struct line *line, const struct run *run, struct rect rows)
{
    const struct glyph *glyphs = layout_glyphs(brush->layout, run);
    int size = brush->layout->paragraph->source.size, gap = 1 + size / 64 / 24, from = rows.x;
    int32_t pen = run->x;
    for (size_t i = 0; i < run->glyph_count; pen = add_26_6(pen, glyphs[i].advance), i++) {
        struct place at = place_glyph(brush, line, run, pen, &glyphs[i]);
        if (glyphs[i].id == GLYPH_BOX || !near_clip(brush, at.x)) {
            continue;
        }
        struct bitmap bitmap = get_bitmap(brush, run, &glyphs[i], at);
        int top = at.y + bitmap.top, left, right;
        bool crosses = find_crossing(&bitmap, rows.y - 1 - top, rows.y + rows.h + 1 - top, &left, &right);
        if (crosses && right - left < size / 64 * 3 / 4) {
            int gap_from = at.x + bitmap.left + left - gap, gap_to = at.x + bitmap.left + right + gap;
            fill(brush->target, (struct rect){from, rows.y, gap_from - from, rows.h}, brush->clip,
                ink_of(brush, run));
            from = gap_to > from ? gap_to : from;
        }
    }
    int rest = rows.x + rows.w - from;
    fill(brush->target, (struct rect){from, rows.y, rest, rows.h}, brush->clip, ink_of(brush, run));
}

static void draw_ink(const struct brush *brush, const struct line *line)
{
    int size = brush->layout->paragraph->source.size / 64;
    int thickness = size >= 40 ? size / 24 : 1, under = line->baseline + (size + 4) / 8 + 1;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct run *run = &brush->layout->runs[line->run_from + i];
        draw_glyphs(brush, line, run);
        if (brush->layout->setting.paints[run->paint].underline) {
            underline(brush, line, run, run_box(brush, run, under, under + thickness));
        }
    }
}

void draw_layout(struct glyphs *glyphs, struct fonts *fonts, const struct text_layout *layout,
    const struct text_target *target, int x, int y, struct rect clip, colour ink)
{
    struct rect inside = rect_intersect(clip, (struct rect){0, 0, target->width, target->height});
    struct brush brush = {glyphs, fonts, layout, target, x, y, inside, ink};
    int reach = layout->paragraph->source.size / 64 * 2; /* ink may leave its line by this much */
    if (rect_empty(inside)) {
        return;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < layout->line_count; i++) {
            const struct line *line = &layout->lines[i];
            if (y + line->bottom + reach < inside.y || y + line->top - reach > inside.y + inside.h) {
                continue;
            }
            (pass == 0 ? draw_grounds : draw_ink)(&brush, line);
        }
    }
}
