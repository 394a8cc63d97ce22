/* What is seen: composed from tiles it must be what it would be without tiles, to the last bit, wherever the
 * camera stands. */
#include "help.h"

#include "compose_state.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>

#define GROUND 0xFF1E1B16u

struct untiled {
    struct picture levels[16]; /* finest first, halved */
    int count;
};

static struct untiled untiled_make(struct picture picture)
{
    struct untiled u = {.count = 1};
    u.levels[0] = picture_part(picture, (struct rect){0, 0, picture.w, picture.h});
    while (u.levels[u.count - 1].w > 1 || u.levels[u.count - 1].h > 1) {
        u.levels[u.count] = picture_halved(u.levels[u.count - 1]);
        u.count++;
    }
    return u;
}

static void untiled_free(struct untiled *u)
{
    for (int i = 0; i < u->count; i++) {
        picture_free(&u->levels[i]);
    }
}

static int clamp(int value, int high)
{
    return value < 0 ? 0 : value >= high ? high - 1 : value;
}

/* Channel `shift` of a square of the level. */
static uint32_t square(struct picture level, int shift, int x, int y, int channel)
{
    uint32_t sum = 0, count = 0;
    for (int j = y << shift; j < (y + 1) << shift && j < level.h; j++) {
        for (int i = x << shift; i < (x + 1) << shift && i < level.w; i++) {
            sum += picture_at(level, i, j) >> channel & 0xFF;
            count++;
        }
    }
    return (sum + count / 2) / count;
}

/* One upright pixel, from the whole level, by the definition of the filter. */
static uint32_t pixel(struct picture level, const struct lens *lens, int x, int y)
{
    struct filter_tap across = filter_tap_at(lens->u + x * lens->step, lens->step);
    struct filter_tap down = filter_tap_at(lens->v + y * lens->step, lens->step);
    uint32_t word = 0xFF000000;
    for (int channel = 0; channel < 24; channel += 8) {
        uint32_t outer = 128;
        for (int i = 0; i < 3; i++) {
            uint32_t inner = 128;
            for (int j = 0; j < 3; j++) {
                if (down.weight[j] != 0) {
                    inner +=
                        down.weight[j] * square(level, lens->shift, clamp(across.first + i, lens->squares.w),
                                             clamp(down.first + j, lens->squares.h), channel);
                }
            }
            outer += across.weight[i] * (inner >> 8);
        }
        word |= (outer >> 8) << channel;
    }
    return word;
}

static struct picture compose_untiled(
    const struct untiled *u, const struct scan_pyramid *pyramid, const struct scan_view *view)
{
    struct size size = {view->view_win.w, view->view_win.h};
    struct picture out = {size.w, size.h, malloc((size_t)size.w * (size_t)size.h * sizeof(uint32_t))};
    for (size_t i = 0; i < (size_t)size.w * (size_t)size.h; i++) {
        out.words[i] = GROUND;
    }
    struct lens lens = lens_make(pyramid, view, lens_level(pyramid, lens_scale(pyramid, view)));
    struct picture level = u->levels[scan_pyramid_level_count(pyramid) - 1 - lens.level];
    for (int y = lens.page_up.y; y < lens.page_up.y + lens.page_up.h; y++) {
        for (int x = lens.page_up.x; x < lens.page_up.x + lens.page_up.w; x++) {
            struct rect at = lens_turn(&lens, (struct rect){x, y, 1, 1});
            out.words[(size_t)at.y * (size_t)size.w + (size_t)at.x] = pixel(level, &lens, x, y);
        }
    }
    return out;
}

static long differences(struct picture a, struct picture b)
{
    long count = a.w != b.w || a.h != b.h ? 1 : 0;
    for (size_t i = 0; count == 0 && i < (size_t)a.w * (size_t)a.h; i++) {
        count += a.words[i] != b.words[i];
    }
    return count;
}

static struct scan_view any_view(int page)
{
    struct scan_view view = {.page = page, .view_win = {0, 0, 20 + rand() % 120, 20 + rand() % 90}};
    view.camera = (struct camera){
        help_random(-0.1, 1.1), help_random(-0.1, 1.1), exp(help_random(-3, 1.6)), rand() % 4};
    if (rand() % 4 == 0) {
        view.camera.scale = ldexp(1, rand() % 5 - 3); /* the scales at which rows are copied */
    }
    return view;
}

/* Every tile size and overlap, thousands of cameras, no pixel different. */
static void tiled_is_untiled(void)
{
    static const int SHAPES[][2] = {
        {16, 0}, {16, 5}, {33, 1}, {64, 7}, {77, 2}, {100, 3}, {254, 1}, {256, 0}};
    char *folder = help_folder();
    struct picture picture = picture_make(391, 283, 7);
    struct untiled untiled = untiled_make(picture);
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 2});
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        char name[16], file[32];
        snprintf(name, sizeof name, "p%zu", i);
        snprintf(file, sizeof file, "p%zu.dzi", i);
        help_write_dzi(folder, name, picture, SHAPES[i][0], SHAPES[i][1]);
        int page = help_open_page(scan, help_path(folder, file));
        const struct scan_pyramid *pyramid = scan_page(scan, page)->pyramid;
        long different = 0;
        for (int n = 0; n < 500; n++) {
            struct scan_view view = any_view(page);
            help_load(scan, view);
            struct picture tiled = help_compose(scan, view, GROUND);
            struct picture expected = compose_untiled(&untiled, pyramid, &view);
            CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
            different += differences(tiled, expected);
            picture_free(&tiled);
            picture_free(&expected);
        }
        CHECK_THAT(different == 0, "tiles of %d, overlap %d: %ld views differ", SHAPES[i][0], SHAPES[i][1],
            different);
    }
    scan_destroy(scan);
    untiled_free(&untiled);
    picture_free(&picture);
    help_remove(folder);
}

/* The same of any page, n times. */
static void check_page(const char *path, const struct untiled *untiled, int cameras)
{
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, path);
    long different = 0;
    for (int n = 0; n < cameras; n++) {
        struct scan_view view = any_view(page);
        help_load(scan, view);
        struct picture tiled = help_compose(scan, view, GROUND);
        struct picture expected = compose_untiled(untiled, scan_page(scan, page)->pyramid, &view);
        different += differences(tiled, expected);
        picture_free(&tiled);
        picture_free(&expected);
    }
    CHECK_THAT(different == 0, "%s: %ld views differ", path, different);
    scan_destroy(scan);
}

/* A single image, whose tiles are cut by its decoder. */
static void image_is_untiled(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(701, 530, 3);
    struct untiled untiled = untiled_make(picture);
    picture_write_png(picture, help_path(folder, "page.png"));
    check_page(help_path(folder, "page.png"), &untiled, 300);
    untiled_free(&untiled);
    picture_free(&picture);
    help_remove(folder);
}

static void iiif_is_untiled(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(391, 283, 6);
    struct untiled untiled = untiled_make(picture);
    for (int version = 2; version <= 3; version++) {
        char inner[600];
        snprintf(inner, sizeof inner, "%s/%d", folder, version);
        help_make_folder(inner);
        help_write_iiif(inner, picture, version == 2 ? 64 : 100, 8, version);
        check_page(help_path(inner, "info.json"), &untiled, 300);
    }
    untiled_free(&untiled);
    picture_free(&picture);
    help_remove(folder);
}

/* Against the definition in floating point, with nothing of the engine's own arithmetic: a mean by area
 * around the point that camera_to_img() names. */
static double by_area(struct picture level, double x, double y, double side, int channel)
{
    double sum = 0, area = 0;
    for (int j = (int)floor(y - side / 2); j <= (int)floor(y + side / 2); j++) {
        for (int i = (int)floor(x - side / 2); i <= (int)floor(x + side / 2); i++) {
            double w = fmin(i + 1, x + side / 2) - fmax(i, x - side / 2),
                   h = fmin(j + 1, y + side / 2) - fmax(j, y - side / 2);
            if (w > 0 && h > 0) {
                sum += w * h * (picture_at(level, clamp(i, level.w), clamp(j, level.h)) >> channel & 0xFF);
                area += w * h;
            }
        }
    }
    return sum / area;
}

static void filter_is_by_area(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(391, 283, 7);
    struct untiled untiled = untiled_make(picture);
    struct scan *scan = help_scan(&(struct scan_options){0});
    help_write_dzi(folder, "p", picture, 64, 1);
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct camera_page size = scan_page_size(scan, page);
    double worst = 0;
    for (int n = 0; n < 60; n++) {
        struct scan_view view = any_view(page);
        view.camera.scale = help_random(0.26, 4);
        help_load(scan, view);
        struct picture composed = help_compose(scan, view, GROUND);
        int halved = view.camera.scale <= 0.5 ? 1 : 0;
        double factor = halved ? 2 : 1, side = fmax(1, 1 / (view.camera.scale * factor));
        for (int k = 0; k < 200; k++) {
            int x = rand() % composed.w, y = rand() % composed.h;
            struct pointf p = camera_to_img(
                view.camera, size, (struct size){composed.w, composed.h}, (struct pointf){x + 0.5, y + 0.5});
            if (p.x < 0.5 || p.y < 0.5 || p.x > picture.w - 0.5 || p.y > picture.h - 0.5) {
                continue;
            }
            for (int channel = 0; channel < 24; channel += 8) {
                double expected = by_area(untiled.levels[halved], p.x / factor, p.y / factor, side, channel);
                double found = picture_at(composed, x, y) >> channel & 0xFF;
                worst = fmax(worst, fabs(expected - found));
            }
        }
        picture_free(&composed);
    }
    CHECK_THAT(worst < 2.5, "off by %f", worst);
    scan_destroy(scan);
    untiled_free(&untiled);
    picture_free(&picture);
    help_remove(folder);
}

/* A turned view is the upright view, turned. */
static void turns_turn(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(300, 200, 5);
    struct scan *scan = help_scan(&(struct scan_options){0});
    picture_write_png(picture, help_path(folder, "p.png"));
    int page = help_open_page(scan, help_path(folder, "p.png"));
    for (int n = 0; n < 40; n++) {
        struct scan_view up = {
            page, {help_random(0, 1), help_random(0, 1), help_random(0.3, 3), 0}, {0, 0, 90, 70}};
        help_load(scan, up);
        struct picture upright = help_compose(scan, up, GROUND);
        for (int turns = 1; turns < 4; turns++) {
            struct scan_view view = up;
            view.camera.quarter_turns = turns;
            view.view_win = turns % 2 ? (struct rect){0, 0, 70, 90} : (struct rect){0, 0, 90, 70};
            struct picture turned = help_compose(scan, view, GROUND);
            long wrong = 0;
            for (int y = 0; y < 70; y++) {
                for (int x = 0; x < 90; x++) {
                    int tx = turns == 1 ? 69 - y : turns == 2 ? 89 - x : y;
                    int ty = turns == 1 ? x : turns == 2 ? 69 - y : 89 - x;
                    wrong += picture_at(turned, tx, ty) != picture_at(upright, x, y);
                }
            }
            CHECK_INT(wrong, 0);
            picture_free(&turned);
        }
        picture_free(&upright);
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Drawn in pieces it is the same as drawn at once, and nothing outside the clip or the page is touched. */
static void clips_add_up(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(600, 400, 9);
    struct scan *scan = help_scan(&(struct scan_options){0});
    help_write_dzi(folder, "p", picture, 50, 2);
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    for (int n = 0; n < 60; n++) {
        struct scan_view view = any_view(page);
        view.view_win.x = rand() % 30 - 10;
        view.view_win.y = rand() % 30 - 10;
        help_load(scan, view);
        int w = 150, h = 120, stride = 157;
        struct rect page_win = scan_page_rect(scan, &view);
        uint32_t *whole = malloc((size_t)stride * (size_t)h * sizeof *whole),
                 *pieces = malloc((size_t)stride * (size_t)h * sizeof *whole);
        for (int i = 0; i < stride * h; i++) {
            whole[i] = pieces[i] = GROUND;
        }
        scan_compose(scan, &view, &(struct scan_target){whole, w, h, stride}, (struct rect){0, 0, w, h}, 0);
        struct scan_target target = {pieces, w, h, stride};
        for (int y = 0; y < h; y += 17) {
            for (int x = 0; x < w; x += 23) {
                scan_compose(scan, &view, &target, (struct rect){x, y, 23, 17}, 0);
            }
        }
        long differ = 0, outside = 0;
        for (int i = 0; i < stride * h; i++) {
            differ += whole[i] != pieces[i];
            int x = i % stride, y = i / stride;
            bool inside = x < w && rect_contains(rect_intersect(page_win, view.view_win), x, y);
            outside += inside ? whole[i] == GROUND : whole[i] != GROUND;
        }
        CHECK_INT(differ, 0);
        CHECK_INT(outside, 0);
        free(whole);
        free(pieces);
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* One thread or two, the same pixels; large enough that the second one is used. */
static void threads_agree(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1500, 1100, 2), results[2];
    picture_write_png(picture, help_path(folder, "p.png"));
    for (int i = 0; i < 2; i++) {
        struct scan *scan = help_scan(&(struct scan_options){.compose_threads = i});
        int page = help_open_page(scan, help_path(folder, "p.png"));
        struct scan_view view = {page, {0.5, 0.5, 0.63, 1}, {0, 0, 700, 900}};
        help_load(scan, view);
        results[i] = help_compose(scan, view, GROUND);
        scan_destroy(scan);
    }
    CHECK_INT(differences(results[0], results[1]), 0);
    picture_free(&results[0]);
    picture_free(&results[1]);
    picture_free(&picture);
    help_remove(folder);
}

/* A plain page stays plain at every scale, and its edge is where scan_page_rect() says, never a pixel wider
 * than the camera does. */
static void plain_stays_plain(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(333, 222, 1);
    for (int i = 0; i < 333 * 222; i++) {
        picture.words[i] = 0xFFFDFEFF;
    }
    help_write_dzi(folder, "p", picture, 40, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    for (int n = 0; n < 300; n++) {
        struct scan_view view = any_view(page);
        help_load(scan, view);
        struct picture composed = help_compose(scan, view, GROUND);
        struct rect r = scan_page_rect(scan, &view);
        struct rectf edge = camera_rect_to_view(view.camera, scan_page_size(scan, page),
            (struct size){composed.w, composed.h}, (struct rectf){0, 0, 333, 222});
        long wrong = 0;
        for (int y = 0; y < composed.h; y++) {
            for (int x = 0; x < composed.w; x++) {
                wrong += picture_at(composed, x, y) != (rect_contains(r, x, y) ? 0xFFFDFEFF : GROUND);
            }
        }
        CHECK_INT(wrong, 0);
        if (!rect_empty(r)) {
            CHECK(r.x >= edge.x - 1.01 && r.y >= edge.y - 1.01);
            CHECK(r.x + r.w <= edge.x + edge.w + 1.01 && r.y + r.h <= edge.y + edge.h + 1.01);
        }
        picture_free(&composed);
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Zooming across the change of levels does not jump: just under half scale the finer level, at half the
 * coarser one. */
static void levels_meet(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(512, 512, 4);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.png"));
    struct scan_view above = {page, {0.5, 0.5, 0.5 + 1e-6, 0}, {0, 0, 200, 200}}, at = above;
    at.camera.scale = 0.5;
    help_load(scan, above);
    struct picture a = help_compose(scan, above, GROUND);
    help_load(scan, at);
    struct picture b = help_compose(scan, at, GROUND);
    int worst = 0;
    for (int i = 0; i < 200 * 200; i++) {
        for (int channel = 0; channel < 24; channel += 8) {
            int difference = abs((int)(a.words[i] >> channel & 0xFF) - (int)(b.words[i] >> channel & 0xFF));
            worst = difference > worst ? difference : worst;
        }
    }
    CHECK_THAT(worst <= 2, "they differ by %d", worst);
    picture_free(&a);
    picture_free(&b);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Fine stripes become grey, not broad stripes. */
static void no_moire(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1024, 256, 4);
    for (int i = 0; i < 1024 * 256; i++) {
        picture.words[i] = i % 2 ? 0xFF000000 : 0xFFFFFFFF;
    }
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.png"));
    static const double SCALES[] = {0.11, 0.2, 0.26, 0.3, 0.37, 0.45, 0.5};
    for (size_t n = 0; n < sizeof SCALES / sizeof SCALES[0]; n++) {
        struct scan_view view = {page, {0.5, 0.5, SCALES[n], 0}, {0, 0, 100, 20}};
        help_load(scan, view);
        struct picture composed = help_compose(scan, view, GROUND);
        int low = 255, high = 0;
        for (int i = 0; i < 100 * 20; i++) {
            int grey = composed.words[i] & 0xFF;
            low = grey < low ? grey : low;
            high = grey > high ? grey : high;
        }
        CHECK_THAT(low >= 126 && high <= 130, "at %g from %d to %d", SCALES[n], low, high);
        picture_free(&composed);
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

int main(void)
{
    srand(1950);
    RUN(tiled_is_untiled);
    RUN(image_is_untiled);
    RUN(iiif_is_untiled);
    RUN(filter_is_by_area);
    RUN(turns_turn);
    RUN(clips_add_up);
    RUN(threads_agree);
    RUN(plain_stays_plain);
    RUN(levels_meet);
    RUN(no_moire);
    return check_report();
}
