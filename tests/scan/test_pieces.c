/* A view in pieces, as a graphics card would draw it: here a card of a few lines of C, which looks at each
 * piece's pixels and nothing else. Every pixel of the page is filled once, and is what scan_compose() makes
 * of it. */
#include "scan/pieces.h"

#include "help.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>

#define GROUND 0xFF1E1B16u
#define PIECES 600

struct error_sum {
    long pixels, twice, missed;
    double sum;
    int most;
};

static double channel_at(const uint32_t *words, struct size size, int x, int y, int shift)
{
    x = x < 0 ? 0 : x >= size.w ? size.w - 1 : x;
    y = y < 0 ? 0 : y >= size.h ? size.h - 1 : y;
    return words[(size_t)y * (size_t)size.w + (size_t)x] >> shift & 0xFF;
}

/* Linear, at a place in the piece's own pixels; its border is all that there is around it. */
static uint32_t look(const struct scan_piece *piece, const uint32_t *words, double u, double v)
{
    struct size size = {piece->size.w + 2, piece->size.h + 2};
    double x = u + SCAN_PIECE_BORDER - 0.5, y = v + SCAN_PIECE_BORDER - 0.5;
    int left = (int)floor(x), top = (int)floor(y);
    double fx = x - left, fy = y - top;
    uint32_t word = 0xFF000000u;
    CHECK(x > -0.51 && y > -0.51 && x < size.w - 0.49 && y < size.h - 0.49);
    for (int shift = 0; shift < 24; shift += 8) {
        double above = channel_at(words, size, left, top, shift) * (1 - fx) +
                       channel_at(words, size, left + 1, top, shift) * fx;
        double below = channel_at(words, size, left, top + 1, shift) * (1 - fx) +
                       channel_at(words, size, left + 1, top + 1, shift) * fx;
        word |= (uint32_t)lround(above * (1 - fy) + below * fy) << shift;
    }
    return word;
}

static struct pointf between(struct pointf a, struct pointf b, double share)
{
    return (struct pointf){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

static void draw_piece(
    const struct scan_piece *piece, const uint32_t *words, struct picture out, uint8_t *hits)
{
    for (int y = 0; y < piece->win.h; y++) {
        for (int x = 0; x < piece->win.w; x++) {
            double across = (x + 0.5) / piece->win.w, down = (y + 0.5) / piece->win.h;
            struct pointf eye = between(between(piece->eye[0], piece->eye[1], across),
                between(piece->eye[3], piece->eye[2], across), down);
            size_t at = (size_t)(piece->win.y + y) * (size_t)out.w + (size_t)(piece->win.x + x);
            out.words[at] = look(piece, words, eye.x, eye.y);
            hits[at]++;
        }
    }
}

static struct picture draw_pieces(
    struct scan *scan, const struct scan_view *view, struct rect clip, uint8_t *hits)
{
    struct scan_piece *pieces = calloc(PIECES, sizeof *pieces);
    struct picture out = {view->view_win.w, view->view_win.h, NULL};
    out.words = malloc((size_t)out.w * (size_t)out.h * sizeof *out.words);
    for (size_t i = 0; i < (size_t)out.w * (size_t)out.h; i++) {
        out.words[i] = GROUND;
    }
    size_t count = scan_pieces(scan, view, clip, scan_piece_level(scan, view), pieces, PIECES);
    CHECK(count <= PIECES);
    for (size_t i = 0; i < count; i++) {
        struct size size = {pieces[i].size.w + 2, pieces[i].size.h + 2};
        uint32_t *words = malloc((size_t)size.w * (size_t)size.h * sizeof *words);
        CHECK(pieces[i].there && !pieces[i].failed);
        CHECK(size.w <= SCAN_PIECE_SIDE + 2 && size.h <= SCAN_PIECE_SIDE + 2);
        CHECK(scan_piece_pixels(scan, &pieces[i], words));
        draw_piece(&pieces[i], words, out, hits);
        free(words);
    }
    free(pieces);
    return out;
}

static void compare_pixel(struct error_sum *sum, uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF));
        sum->sum += difference / 3.0;
        sum->most = difference > sum->most ? difference : sum->most;
    }
    sum->pixels++;
}

static struct error_sum compare(struct scan *scan, const struct scan_view *view)
{
    struct error_sum sum = {.pixels = 0};
    struct rect page = scan_page_rect(scan, view), all = {0, 0, view->view_win.w, view->view_win.h};
    uint8_t *hits = calloc((size_t)all.w * (size_t)all.h, 1);
    struct picture drawn = draw_pieces(scan, view, all, hits), composed = help_compose(scan, *view, GROUND);
    for (int y = 0; y < all.h; y++) {
        for (int x = 0; x < all.w; x++) {
            size_t at = (size_t)y * (size_t)all.w + (size_t)x;
            int wanted = rect_contains(page, x, y) ? 1 : 0;
            sum.twice += hits[at] > wanted;
            sum.missed += hits[at] < wanted;
            if (wanted != 0) {
                compare_pixel(&sum, drawn.words[at], composed.words[at]);
            }
        }
    }
    free(hits);
    picture_free(&drawn);
    picture_free(&composed);
    return sum;
}

static struct scan_view any_view(int page, double low, double high)
{
    struct scan_view view = {.page = page, .view_win = {0, 0, 20 + rand() % 140, 20 + rand() % 100}};
    view.camera = (struct camera){
        help_random(-0.1, 1.1), help_random(-0.1, 1.1), exp2(help_random(low, high)), rand() % 4};
    return view;
}

struct pages {
    char *folder;
    struct scan *scan;
    int page[3]; /* tiles of 64 with overlap, of 600 (cut in four), of 37 */
};

static struct pages pages_open(void)
{
    struct pages pages = {.folder = help_folder()};
    const struct scan_options options = {.decoders = 2, .compose_threads = 1};
    const int tiles[3] = {64, 600, 37}, overlaps[3] = {1, 0, 2};
    struct picture picture = picture_make(1100, 731, 5);
    pages.scan = help_scan(&options);
    for (int i = 0; i < 3; i++) {
        char name[16], file[24];
        snprintf(name, sizeof name, "p%d", i);
        snprintf(file, sizeof file, "%s.dzi", name);
        help_write_dzi(pages.folder, name, picture, tiles[i], overlaps[i]);
        pages.page[i] = help_open_page(pages.scan, help_path(pages.folder, file));
    }
    picture_free(&picture);
    return pages;
}

static void pages_close(struct pages *pages)
{
    scan_destroy(pages->scan);
    help_remove(pages->folder);
}

/* Level by level an enlarged view is the compositor's but for rounding; one that is made smaller by up to two
 * lacks the weights in between, and must still be close: the picture is mostly noise. */
static void every_pixel_is_filled_once_and_right(void)
{
    struct pages pages = pages_open();
    srand(3);
    for (int i = 0; i < 240; i++) {
        struct scan_view view = any_view(pages.page[i % 3], i % 2 ? 0 : -3, i % 2 ? 2.5 : 0);
        help_load(pages.scan, view);
        if (!scan_has_pieces(pages.scan, &view)) {
            continue;
        }
        struct error_sum sum = compare(pages.scan, &view);
        CHECK_THAT(
            sum.twice == 0 && sum.missed == 0, "view %d: %ld twice, %ld not", i, sum.twice, sum.missed);
        int most = i % 2 ? 3 : 80;
        CHECK_THAT(sum.most <= most, "view %d (scale %g): %d", i, view.camera.scale, sum.most);
        CHECK_THAT(sum.sum <= (i % 2 ? 0.7 : 14) * (double)(sum.pixels + 1), "view %d: %g", i,
            sum.sum / (double)sum.pixels);
    }
    pages_close(&pages);
}

static void at_one_to_one_it_is_exact(void)
{
    struct pages pages = pages_open();
    for (int i = 0; i < 24; i++) {
        struct scan_view view = any_view(pages.page[i % 3], 0, 0);
        help_load(pages.scan, view);
        struct error_sum sum = compare(pages.scan, &view);
        CHECK_THAT(sum.most == 0 && sum.twice + sum.missed == 0, "view %d: %d", i, sum.most);
    }
    pages_close(&pages);
}

static void a_clip_only_leaves_out(void)
{
    struct pages pages = pages_open();
    struct scan_view view = {pages.page[0], {0.5, 0.5, 0.8, 1}, {0, 0, 150, 120}};
    const struct rect clip = {31, 17, 64, 50};
    uint8_t *hits = calloc(150 * 120, 1), *all = calloc(150 * 120, 1);
    help_load(pages.scan, view);
    struct picture part = draw_pieces(pages.scan, &view, clip, hits);
    struct picture whole = draw_pieces(pages.scan, &view, view.view_win, all);
    for (int i = 0; i < 150 * 120; i++) {
        bool inside = rect_contains(clip, i % 150, i / 150);
        struct error_sum sum = {.pixels = 0};
        compare_pixel(&sum, part.words[i], inside ? whole.words[i] : GROUND);
        CHECK(hits[i] == (inside ? all[i] : 0) && sum.most <= 1);
    }
    free(hits);
    free(all);
    picture_free(&part);
    picture_free(&whole);
    pages_close(&pages);
}

static void what_a_view_lacks_is_said(void)
{
    struct pages pages = pages_open();
    struct scan_view view = {pages.page[0], {0.5, 0.5, 1, 0}, {0, 0, 400, 300}};
    struct picture picture = picture_make(200, 150, 1);
    picture_write_png(picture, help_path(pages.folder, "small.png"));
    picture_free(&picture);
    struct scan_view coarse = {
        help_open_page(pages.scan, help_path(pages.folder, "small.png")), {0.5, 0.5, 0.1, 0}, {0, 0, 90, 90}};
    struct scan_piece pieces[PIECES];
    uint32_t words[66 * 66];
    int middles = 0;
    CHECK(!scan_has_pieces(pages.scan, &(struct scan_view){.page = 77}));
    CHECK_INT(scan_piece_level(pages.scan, &(struct scan_view){.page = 77}), -1);
    CHECK(scan_has_pieces(pages.scan, &view));
    CHECK_INT(scan_piece_level(pages.scan, &view), 0); /* nothing has come: the coarsest is waited for */
    help_load(pages.scan, view);
    int level = scan_piece_level(pages.scan, &view);
    size_t count = scan_pieces(pages.scan, &view, view.view_win, level, pieces, PIECES);
    CHECK(level > 0 && count > 20);
    CHECK_INT(scan_pieces(pages.scan, &view, view.view_win, level, pieces, 0), count);
    CHECK_INT(scan_pieces(pages.scan, &view, (struct rect){0, 0, 0, 0}, level, pieces, PIECES), 0);
    CHECK_INT(scan_pieces(pages.scan, &view, view.view_win, 99, pieces, PIECES), 0);
    for (size_t i = 0; i < count; i++) {
        bool middle = rect_contains(pieces[i].win, 200, 150);
        CHECK(!middle || pieces[i].around == SCAN_AROUND_ALL);
        middles += middle;
    }
    CHECK_INT(middles, 1);
    CHECK(pieces[0].around != SCAN_AROUND_ALL || pieces[0].at.x > 0); /* what lies beyond was not asked for */
    CHECK(scan_piece_pixels(pages.scan, &pieces[0], words));
    scan_remove_page(pages.scan, pages.page[0]);
    CHECK(!scan_piece_pixels(pages.scan, &pieces[0], words));
    help_load(pages.scan, coarse);
    CHECK(!scan_has_pieces(pages.scan, &coarse)); /* one level, looked at from far away */
    pages_close(&pages);
}

int main(void)
{
    RUN(every_pixel_is_filled_once_and_right);
    RUN(at_one_to_one_it_is_exact);
    RUN(a_clip_only_leaves_out);
    RUN(what_a_view_lacks_is_said);
    return check_report();
}
