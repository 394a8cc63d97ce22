#include "glyphs.h"

#include "base/array.h"
#include "fixed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>

#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_OUTLINE_H

enum { BUCKETS = 8192, BITMAP_MAX = 8192 };

/* A hash chain and a ring by last use run through all entries; the pixels lie behind. */
struct entry {
    uint64_t key;
    struct entry *chain;
    struct entry *newer, *older;
    size_t bytes;
    int16_t left, top;
    uint16_t width, height;
    uint8_t pixels[];
};

/* An outline on its way from HarfBuzz to FreeType: in 26.6, y upwards. */
struct outline {
    FT_Vector *points;
    char *tags;
    short *contours; /* the last point of each */
    size_t count, point_capacity, tag_capacity, contour_count, contour_capacity;
    double scale, slant, dx, dy;
    bool failed;
};

struct glyphs {
    FT_Library library;
    hb_draw_funcs_t *funcs;
    struct outline outline; /* its arrays are used again and again */
    struct entry *buckets[BUCKETS];
    struct entry *newest, *oldest;
    size_t bytes, limit;
};

/* What a glyph of a size costs in the cache beside its pixels. */
static size_t entry_size(size_t width, size_t height)
{
    return sizeof(struct entry) + width * height;
}

static void push_point(struct outline *o, float x, float y, char tag)
{
    double scaled_x = (x + y * o->slant) * o->scale + o->dx, scaled_y = y * o->scale + o->dy;
    size_t count = o->count;
    bool inside = fabs(scaled_x) <= BITMAP_MAX * 64.0 && fabs(scaled_y) <= BITMAP_MAX * 64.0;
    if (o->failed || !inside || count >= INT16_MAX ||
        !array_reserve((void **)&o->tags, &o->tag_capacity, count + 1, sizeof *o->tags) ||
        !array_reserve((void **)&o->points, &o->point_capacity, count + 1, sizeof *o->points)) {
        o->failed = true;
        return;
    }
    o->points[count] = (FT_Vector){round_26_6(scaled_x), round_26_6(scaled_y)};
    o->tags[count] = tag;
    o->count = count + 1;
}

static void close_contour(struct outline *o)
{
    short last = (short)((int)o->count - 1);
    short before = o->contour_count > 0 ? o->contours[o->contour_count - 1] : -1;
    if (!o->failed && last > before &&
        !ARRAY_PUSH(o->contours, o->contour_count, o->contour_capacity, last)) {
        o->failed = true;
    }
}

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    close_contour(data);
    push_point(data, x, y, FT_CURVE_TAG_ON);
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    push_point(data, x, y, FT_CURVE_TAG_ON);
}

static void quadratic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1,
    float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    push_point(data, x1, y1, FT_CURVE_TAG_CONIC);
    push_point(data, x, y, FT_CURVE_TAG_ON);
}

static void cubic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2,
    float y2, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    push_point(data, x1, y1, FT_CURVE_TAG_CUBIC);
    push_point(data, x2, y2, FT_CURVE_TAG_CUBIC);
    push_point(data, x, y, FT_CURVE_TAG_ON);
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    close_contour(data);
}

struct glyphs *glyphs_create(size_t limit)
{
    struct glyphs *glyphs = calloc(1, sizeof *glyphs);
    if (glyphs == NULL) {
        return NULL;
    }
    glyphs->limit = limit;
    glyphs->funcs = hb_draw_funcs_create();
    /* Of parts that found no memory FreeType does not tell. */
    if (FT_Init_FreeType(&glyphs->library) != 0 || FT_Get_Module(glyphs->library, "smooth") == NULL) {
        glyphs_destroy(glyphs);
        return NULL;
    }
    hb_draw_funcs_set_move_to_func(glyphs->funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(glyphs->funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(glyphs->funcs, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(glyphs->funcs, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(glyphs->funcs, close_path, NULL, NULL);
    hb_draw_funcs_make_immutable(glyphs->funcs);
    return glyphs;
}

void glyphs_destroy(struct glyphs *glyphs)
{
    if (glyphs == NULL) {
        return;
    }
    for (struct entry *entry = glyphs->newest, *next; entry != NULL; entry = next) {
        next = entry->older;
        free(entry);
    }
    hb_draw_funcs_destroy(glyphs->funcs);
    if (glyphs->library != NULL) {
        FT_Done_FreeType(glyphs->library);
    }
    free(glyphs->outline.points);
    free(glyphs->outline.tags);
    free(glyphs->outline.contours);
    free(glyphs);
}

size_t glyphs_bytes(const struct glyphs *glyphs)
{
    return glyphs->bytes;
}

static size_t bucket_of(uint64_t key)
{
    return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 51) % BUCKETS;
}

static void unlink_use(struct glyphs *glyphs, struct entry *entry)
{
    *(entry->newer != NULL ? &entry->newer->older : &glyphs->newest) = entry->older;
    *(entry->older != NULL ? &entry->older->newer : &glyphs->oldest) = entry->newer;
}

static void link_newest(struct glyphs *glyphs, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = glyphs->newest;
    *(glyphs->newest != NULL ? &glyphs->newest->newer : &glyphs->oldest) = entry;
    glyphs->newest = entry;
}

static void evict_oldest(struct glyphs *glyphs)
{
    struct entry *entry = glyphs->oldest;
    struct entry **link = &glyphs->buckets[bucket_of(entry->key)];
    while (*link != entry) {
        link = &(*link)->chain;
    }
    *link = entry->chain;
    unlink_use(glyphs, entry);
    glyphs->bytes -= entry->bytes;
    free(entry);
}

static struct entry *insert(struct glyphs *glyphs, uint64_t key, size_t width, size_t height)
{
    size_t bytes = entry_size(width, height);
    struct entry *entry = calloc(1, bytes);
    if (entry == NULL) {
        return NULL;
    }
    while (glyphs->oldest != NULL && glyphs->bytes + bytes > glyphs->limit) {
        evict_oldest(glyphs);
    }
    entry->key = key;
    entry->bytes = bytes;
    entry->width = (uint16_t)width;
    entry->height = (uint16_t)height;
    struct entry **bucket = &glyphs->buckets[bucket_of(key)];
    entry->chain = *bucket;
    *bucket = entry;
    link_newest(glyphs, entry);
    glyphs->bytes += bytes;
    return entry;
}

/* Reads an outline, scaled, leaned and thickened as asked. False when there is nothing to fill. */
static bool load_outline(struct glyphs *glyphs, const struct fonts *fonts, int font, unsigned synthesis,
    uint32_t glyph, int size, FT_Outline *out)
{
    struct outline *o = &glyphs->outline;
    o->count = o->contour_count = 0;
    o->failed = false;
    o->scale = (double)size / fonts_upem(fonts, font);
    o->slant = (synthesis & FONT_SLANT) != 0 ? 0.21 : 0;
    hb_font_get_glyph_shape(fonts_hb(fonts, font), glyph, glyphs->funcs, o);
    close_contour(o);
    if (o->failed || o->contour_count == 0 || o->contour_count > INT16_MAX) {
        return false;
    }
    *out = (FT_Outline){.n_contours = (short)o->contour_count,
        .n_points = (short)o->count,
        .points = o->points,
        .tags = o->tags,
        .contours = o->contours};
    int more = fonts_thickening(fonts, font, synthesis, size);
    if (more > 0) { /* down as much as across is too much for the eye: horizontals thicken by two thirds */
        FT_Outline_EmboldenXY(out, more, more * 2 / 3);
        FT_Outline_Translate(out, -more / 2, -more / 3);
    }
    return true;
}

static struct entry *render(struct glyphs *glyphs, uint64_t key, FT_Outline *outline)
{
    FT_BBox box;
    FT_Outline_Get_CBox(outline, &box);
    FT_Pos left = box.xMin >> 6, bottom = box.yMin >> 6, right = (box.xMax + 63) >> 6,
           top = (box.yMax + 63) >> 6;
    if (right <= left || top <= bottom || right - left > BITMAP_MAX || top - bottom > BITMAP_MAX) {
        return insert(glyphs, key, 0, 0);
    }
    struct entry *entry = insert(glyphs, key, (size_t)(right - left), (size_t)(top - bottom));
    if (entry == NULL) {
        return NULL;
    }
    entry->left = (int16_t)left;
    entry->top = (int16_t)-top;
    FT_Bitmap bitmap = {.rows = entry->height,
        .width = entry->width,
        .pitch = (int)entry->width,
        .buffer = entry->pixels,
        .num_grays = 256,
        .pixel_mode = FT_PIXEL_MODE_GRAY};
    FT_Outline_Translate(outline, -left * 64, -bottom * 64);
    FT_Outline_Get_Bitmap(glyphs->library, outline, &bitmap);
    return entry;
}

/* Font 12 bits, style 2, position 4, glyph 16, size 18: what tells two pictures apart, all of it. */
static uint64_t make_key(int font, unsigned synthesis, uint32_t glyph, int size, int sub_x, int sub_y)
{
    return (uint64_t)(unsigned)font << 40 | (uint64_t)synthesis << 38 | (uint64_t)(unsigned)sub_x << 36 |
           (uint64_t)(unsigned)sub_y << 34 | (uint64_t)(glyph & 0xFFFF) << 18 |
           (uint64_t)((unsigned)size & 0x3FFFF);
}

struct bitmap glyphs_get(struct glyphs *glyphs, const struct fonts *fonts, int font, unsigned synthesis,
    uint32_t glyph, int size, int sub_x, int sub_y)
{
    uint64_t key = make_key(font, synthesis, glyph, size, sub_x, sub_y);
    struct entry *entry = glyphs->buckets[bucket_of(key)];
    while (entry != NULL && entry->key != key) {
        entry = entry->chain;
    }
    if (entry == NULL) {
        FT_Outline outline;
        glyphs->outline.dx = sub_x * 16;
        glyphs->outline.dy = -sub_y * 16;
        bool filled = load_outline(glyphs, fonts, font, synthesis, glyph, size, &outline);
        entry = filled ? render(glyphs, key, &outline) : insert(glyphs, key, 0, 0);
        if (entry == NULL) {
            return (struct bitmap){0};
        }
    } else if (entry != glyphs->newest) {
        unlink_use(glyphs, entry);
        link_newest(glyphs, entry);
    }
    return (struct bitmap){entry->left, entry->top, entry->width, entry->height, entry->pixels};
}
