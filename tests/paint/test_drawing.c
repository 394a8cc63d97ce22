/* Fills, outlines, icons and paths by themselves. With an argument the icons are drawn as a sheet into that
 * file, to be looked at. */
#include "check.h"
#include "paint/paint.h"

#include <stdlib.h>

enum { W = 200, H = 160 };
static const struct rect everything = {0, 0, W, H};

static struct paint_target clear(uint32_t *pixels, uint32_t ground)
{
    for (int i = 0; i < W * H; i++) {
        pixels[i] = ground;
    }
    return (struct paint_target){pixels, W, H, W};
}

static long count_of(const uint32_t *pixels, uint32_t c)
{
    long count = 0;
    for (int i = 0; i < W * H; i++) {
        count += (pixels[i] & 0xFFFFFFu) == c;
    }
    return count;
}

static uint32_t pixels[W * H], other[W * H];

static void fills_are_clipped(void)
{
    struct paint_target target = clear(pixels, 0xFFFFFF);
    paint_fill(&target, (struct rect){-10, -10, 30, 30}, (struct rect){5, 5, 100, 100}, COLOUR_RGB(0x102030));
    CHECK_INT(count_of(pixels, 0x102030), 15 * 15);
    CHECK_INT(pixels[5 * W + 5] & 0xFFFFFF, 0x102030);
    CHECK_INT(pixels[4 * W + 5] & 0xFFFFFF, 0xFFFFFF);
    paint_fill(&target, (struct rect){W - 5, H - 5, 4000, 4000}, everything, COLOUR_RGB(0x405060));
    CHECK_INT(count_of(pixels, 0x405060), 25);
    paint_fill(&target, everything, everything, COLOUR_NONE);
    CHECK_INT(count_of(pixels, 0x102030), 15 * 15);
}

static void translucent_fill_mixes(void)
{
    struct paint_target target = clear(pixels, 0x000000);
    paint_fill(&target, everything, everything, 0x80FFFFFFu);
    uint32_t grey = pixels[0] & 255;
    CHECK_THAT(grey >= 127 && grey <= 129, "%u", grey);
    CHECK_INT(count_of(pixels, grey * 0x010101u), W * H);
}

static void outline_is_inside_and_even(void)
{
    struct paint_target target = clear(pixels, 0xFFFFFF);
    paint_outline(&target, (struct rect){20, 20, 40, 30}, 3, everything, 0x80000000u);
    CHECK_INT(count_of(pixels, 0xFFFFFF), W * H - (40 * 30 - 34 * 24));
    CHECK_INT(pixels[20 * W + 20], pixels[20 * W + 40]);
    CHECK_INT(pixels[25 * W + 25] & 0xFFFFFF, 0xFFFFFF);
    clear(pixels, 0xFFFFFF);
    paint_outline(&target, (struct rect){20, 20, 4, 4}, 9, everything, COLOUR_RGB(0));
    CHECK_INT(count_of(pixels, 0), 16);
}

static void blend_meets_both_ends(void)
{
    struct paint_target target = clear(pixels, 0x102030);
    for (int i = 0; i < W * H; i++) {
        other[i] = 0xA0B0C0;
    }
    paint_blend(&target, other, W, everything, 256);
    CHECK_INT(count_of(pixels, 0x102030), W * H);
    paint_blend(&target, other, W, (struct rect){10, 10, 10, 10}, 0);
    CHECK_INT(count_of(pixels, 0xA0B0C0), 100);
    paint_blend(&target, other, W, everything, 128);
    CHECK_INT(pixels[0] & 0xFFFFFF, 0x586878);
}

/* Every icon marks something, stays in its square, and no two are alike. */
static void icons_differ_and_stay_inside(void)
{
    enum { SIZE = 40 };
    static unsigned char seen[ICON_COUNT][SIZE * SIZE];
    struct paint *paint = paint_create(NULL);
    for (int icon = ICON_NONE + 1; icon < ICON_COUNT; icon++) {
        struct paint_target target = clear(pixels, 0xFFFFFF);
        paint_icon(paint, &target, (enum box_icon)icon, (struct rect){30, 20, SIZE, SIZE}, everything,
            COLOUR_RGB(0), false);
        long inside = 0, outside = 0;
        for (int i = 0; i < W * H; i++) {
            bool in = rect_contains((struct rect){30, 20, SIZE, SIZE}, i % W, i / W);
            bool ink = (pixels[i] & 0xFFFFFFu) != 0xFFFFFFu;
            inside += in && ink;
            outside += !in && ink;
            if (in) {
                seen[icon][(i / W - 20) * SIZE + i % W - 30] = (unsigned char)pixels[i];
            }
        }
        CHECK_THAT(inside > 60, "icon %d marks %ld pixels", icon, inside);
        CHECK_INT(outside, 0);
        /* The outermost pixels are left white: nothing was cut off at the edge. */
        for (int i = 0; i < SIZE; i++) {
            CHECK_THAT(seen[icon][i] == 255 && seen[icon][(SIZE - 1) * SIZE + i] == 255 &&
                           seen[icon][i * SIZE] == 255 && seen[icon][i * SIZE + SIZE - 1] == 255,
                "icon %d touches its edge at %d", icon, i);
        }
        for (int before = ICON_NONE + 1; before < icon; before++) {
            CHECK_THAT(memcmp(seen[before], seen[icon], sizeof seen[0]) != 0, "icons %d and %d are alike",
                before, icon);
        }
    }
    paint_destroy(paint);
}

static void mirrored_icon_is_the_mirror_image(void)
{
    struct paint *paint = paint_create(NULL);
    struct paint_target target = clear(pixels, 0xFFFFFF), mirror = clear(other, 0xFFFFFF);
    paint_icon(paint, &target, ICON_BACK, (struct rect){0, 0, 48, 48}, everything, COLOUR_RGB(0), false);
    paint_icon(paint, &mirror, ICON_BACK, (struct rect){0, 0, 48, 48}, everything, COLOUR_RGB(0), true);
    int worst = 0;
    for (int y = 0; y < 48; y++) {
        for (int x = 0; x < 48; x++) {
            int difference = abs((int)(pixels[y * W + x] & 255) - (int)(other[y * W + 47 - x] & 255));
            worst = difference > worst ? difference : worst;
        }
    }
    CHECK_THAT(worst <= 8, "differs by %d", worst);
    CHECK(memcmp(pixels, other, sizeof pixels) != 0);
    paint_destroy(paint);
}

/* What an icon looks like does not depend on how many others were drawn in between, past what the cache
 * holds. */
static void icon_cache_forgets_without_harm(void)
{
    struct paint *paint = paint_create(NULL);
    struct paint_target first = clear(pixels, 0xFFFFFF), again = clear(other, 0xFFFFFF);
    paint_icon(
        paint, &first, ICON_HOME, (struct rect){0, 0, 40, 40}, everything, COLOUR_RGB(0xA32A1C), false);
    for (int size = 1; size < 100; size++) {
        paint_icon(paint, &again, ICON_LOCK, (struct rect){0, 0, size, size}, (struct rect){0}, COLOUR_RGB(0),
            false);
    }
    paint_icon(
        paint, &again, ICON_HOME, (struct rect){0, 0, 40, 40}, everything, COLOUR_RGB(0xA32A1C), false);
    CHECK(memcmp(pixels, other, sizeof pixels) == 0);
    paint_destroy(paint);
}

static long ink_of(const struct box_path *path)
{
    struct paint *paint = paint_create(NULL);
    struct paint_target target = clear(pixels, 0xFFFFFF);
    paint_path(paint, &target, path, 0, 0, everything);
    long dark = 0;
    for (int i = 0; i < W * H; i++) {
        dark += 255 - (long)(pixels[i] & 255);
    }
    paint_destroy(paint);
    return (dark + 127) / 255;
}

static void strokes_have_their_width(void)
{
    const struct pointf line[] = {{10, 50}, {110, 50}};
    const struct pointf slope[] = {{10, 10}, {110, 110}};
    struct box_path path = {line, 2, false, STROKE_LINE, 4, COLOUR_RGB(0)};
    CHECK_INT(ink_of(&path), 400);
    path.stroke = STROKE_DASHED; /* 16 on, 12 off: 3 whole periods and 16 more */
    CHECK_INT(ink_of(&path), 256);
    path.points = slope;
    path.stroke = STROKE_LINE;
    long ink = ink_of(&path);
    CHECK_THAT(ink >= 560 && ink <= 572, "%ld", ink);
    path.points = line;
    path.stroke = STROKE_ARROW;
    long arrow = ink_of(&path);
    CHECK_THAT(arrow > 450 && arrow < 560, "%ld", arrow);
}

static void polygons_fill_either_way_round(void)
{
    const struct pointf square[] = {{10, 10}, {60, 10}, {60, 60}, {10, 60}};
    const struct pointf reversed[] = {{10, 60}, {60, 60}, {60, 10}, {10, 10}};
    struct box_path path = {square, 4, true, STROKE_FILL, 0, COLOUR_RGB(0)};
    CHECK_INT(ink_of(&path), 2500);
    path.points = reversed;
    CHECK_INT(ink_of(&path), 2500);
    path.stroke = STROKE_LINE;
    path.width_px = 2;
    long ink = ink_of(&path);
    CHECK_THAT(ink >= 398 && ink <= 402, "%ld", ink);
}

static void hostile_paths_are_survived(void)
{
    const struct pointf far[] = {{-1e300, 5}, {1e300, 5}, {0.0 / 1.0, -1e18}, {50, 50}};
    const struct pointf still[] = {{5, 5}, {5, 5}, {5, 5}};
    for (int stroke = STROKE_LINE; stroke <= STROKE_ARROW; stroke++) {
        struct box_path path = {far, 4, true, (enum box_stroke)stroke, 3, COLOUR_RGB(0)};
        ink_of(&path);
        path.points = still;
        path.count = 3;
        CHECK_INT(ink_of(&path), 0);
        path.count = 1;
        CHECK_INT(ink_of(&path), 0);
        path.count = 3;
        path.width_px = -1;
        CHECK_INT(ink_of(&path), 0);
    }
}

/* A coast line of many thousand points is more than FreeType's counters hold. */
static void long_lines_are_drawn_whole(void)
{
    enum { POINTS = 40000 };
    struct pointf *points = calloc(POINTS, sizeof *points);
    CHECK(points != NULL);
    for (int i = 0; points != NULL && i < POINTS; i++) {
        int row = i / 200;
        int along = row % 2 == 0 ? i % 200 : 199 - i % 200;
        points[i] = (struct pointf){along * 0.9 + 5, row * 0.7 + 5};
    }
    struct box_path path = {points, POINTS, false, STROKE_LINE, 1, COLOUR_RGB(0)};
    long ink = ink_of(&path);
    CHECK_THAT(ink > 18000, "%ld", ink);
    free(points);
}

static int draw_sheet(const char *path)
{
    enum {
        CELL = 72,
        COLUMNS = 6,
        ROWS = (ICON_COUNT + COLUMNS - 1) / COLUMNS,
        WIDE = CELL * COLUMNS * 2,
        HIGH = CELL * ROWS
    };
    static uint32_t sheet[WIDE * HIGH];
    struct paint_target target = {sheet, WIDE, HIGH, WIDE};
    struct rect all = {0, 0, WIDE, HIGH};
    struct paint *paint = paint_create(NULL);
    paint_fill(&target, all, all, COLOUR_RGB(0xF5F1E8));
    paint_fill(&target, (struct rect){WIDE / 2, 0, WIDE / 2, HIGH}, all, COLOUR_RGB(0));
    for (int icon = 1; icon < ICON_COUNT; icon++) {
        int x = (icon - 1) % COLUMNS * CELL, y = (icon - 1) / COLUMNS * CELL;
        paint_icon(paint, &target, (enum box_icon)icon, (struct rect){x + 16, y + 16, 40, 40}, all,
            COLOUR_RGB(0x1E1B16), false);
        paint_icon(paint, &target, (enum box_icon)icon, (struct rect){WIDE / 2 + x + 24, y + 24, 24, 24}, all,
            COLOUR_RGB(0xFFD400), false);
    }
    paint_destroy(paint);
    struct error err;
    char text[700];
    if (!paint_write_png(path, &target, 0, &err)) {
        fprintf(stderr, "%s\n", error_text(&err, text, sizeof text));
        return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        return draw_sheet(argv[1]);
    }
    RUN(fills_are_clipped);
    RUN(translucent_fill_mixes);
    RUN(outline_is_inside_and_even);
    RUN(blend_meets_both_ends);
    RUN(icons_differ_and_stay_inside);
    RUN(mirrored_icon_is_the_mirror_image);
    RUN(icon_cache_forgets_without_harm);
    RUN(strokes_have_their_width);
    RUN(polygons_fill_either_way_round);
    RUN(hostile_paths_are_survived);
    RUN(long_lines_are_drawn_whole);
    return check_report();
}
