/* Visits: pages come and go, tiles come in order, memory stays bounded, and at rest nothing moves. */
#include "help.h"

#include "scan_state.h"

#include "check.h"

#include <dirent.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define GROUND 0xFF1E1B16u

static atomic_int wakes;

static void wake(void *context)
{
    CHECK(context == &wakes);
    atomic_fetch_add(&wakes, 1);
}

static void a_page_comes(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(900, 700, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    atomic_store(&wakes, 0);
    struct scan *scan = help_scan(&(struct scan_options){.wake = wake, .wake_context = &wakes});
    int page = help_open_page(scan, help_path(folder, "p.png")), pids[8];
    CHECK_INT(scan_decoder_pids(scan, pids, 8), 0); /* nothing is started before it is needed */
    struct scan_view view = help_whole_view(scan, page, 800, 600);
    CHECK_INT(scan_view_state(scan, &view), SCAN_LOADING);
    struct picture before = help_compose(scan, view, GROUND); /* bare paper where the page will be */
    CHECK(picture_at(before, 400, 300) >> 24 == 0xFF && picture_at(before, 400, 300) != GROUND);
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan_wait(scan, 30000));
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    CHECK(atomic_load(&wakes) > 0);
    CHECK_INT(scan_decoder_pids(scan, pids, 8), 1); /* one image, one decoder */
    struct scan_statistics statistics = scan_statistics(scan);
    CHECK(statistics.decoded > 10 && statistics.failed == 0 && statistics.cache_bytes > 900 * 700);
    CHECK(!scan_problem(scan, page, NULL));
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(!scan_take(scan, 0)); /* nothing more comes */
    scan_remove_page(scan, page);
    CHECK_INT(scan_view_state(scan, &view), SCAN_FAILED);
    CHECK_INT(scan_statistics(scan).cache_bytes, 0);
    /* The number is used again, for another page. */
    CHECK_INT(help_open_page(scan, help_path(folder, "p.png")), page);
    CHECK_INT(scan_view_state(scan, &view), SCAN_LOADING);
    picture_free(&before);
    scan_destroy(scan);
    scan_destroy(NULL);
    picture_free(&picture);
    help_remove(folder);
}

/* The coarsest level before anything else, what is seen from the middle outwards, the destination before what
 * is only passed. */
static void order_is_by_need(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1300, 1300, 1);
    help_write_dzi(folder, "p", picture, 64, 1);
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 1});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view view = {page, {0.5, 0.5, 1, 0}, {0, 0, 500, 400}}, there = view;
    there.camera.x_page = there.camera.y_page = 0.2;
    there.camera.scale = 2;
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan->wanted_count > 40 && scan->wanted[0].key.level == 0);
    double last = 0;
    uint64_t group = 0;
    for (size_t i = 1; i < scan->wanted_count; i++) {
        struct tile_key key = scan->wanted[i].key;
        last = scan->wanted[i].order >> 32 == group ? last
                                                    : 0; /* what is near only comes after all that is seen */
        group = scan->wanted[i].order >> 32;
        CHECK_INT(key.level, scan_pyramid_level_count(scan->pages[page].pyramid) - 1);
        double dx = fabs(key.x * 64 + 32 - 650.0), dy = fabs(key.y * 64 + 32 - 650.0);
        double distance = fmax(dx, dy) + fmin(dx, dy) / 2;
        CHECK(distance >= last - 40); /* tiles at the edge are smaller, so their middles lie elsewhere */
        last = fmax(last, distance);
    }
    scan_want(scan, &view, 1, &there, 1);
    CHECK_INT(scan->wanted[0].key.level, 0);
    struct tile_key next = scan->wanted[1].key;
    CHECK(abs(next.x * 64 + 32 - 260) <= 64 && abs(next.y * 64 + 32 - 260) <= 64);
    CHECK(scan_wait(scan, 30000));
    CHECK_INT(scan_view_state(scan, &there), SCAN_SHARP);
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* A coarser level stands in, and what it shows is close to what comes. */
static void coarser_stands_in(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1000, 800, 1);
    for (int y = 0; y < 800; y++) {
        for (int x = 0; x < 1000; x++) {
            uint32_t soft = (uint32_t)(128 + 100 * sin(x * 0.02) * cos(y * 0.017));
            picture.words[y * 1000 + x] = 0xFF000000 | soft * 0x010101;
        }
    }
    help_write_dzi(folder, "p", picture, 100, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view coarse = help_whole_view(scan, page, 230, 190),
                     fine = {page, {0.5, 0.5, 1, 0}, {0, 0, 400, 300}};
    help_load(scan, coarse);
    CHECK_INT(scan_view_state(scan, &fine), SCAN_COARSE);
    struct picture before = help_compose(scan, fine, GROUND);
    /* Some of the fine tiles, so that both levels are in one picture. */
    struct scan_view left = fine;
    left.camera.x_page = 0.35;
    left.view_win.w = 200;
    help_load(scan, left);
    struct picture between = help_compose(scan, fine, GROUND);
    help_load(scan, fine);
    struct picture after = help_compose(scan, fine, GROUND);
    int worst = 0, worst_between = 0;
    for (int i = 0; i < 400 * 300; i++) {
        int sharp = (int)(after.words[i] & 0xFF);
        int a = abs((int)(before.words[i] & 0xFF) - sharp), b = abs((int)(between.words[i] & 0xFF) - sharp);
        worst = a > worst ? a : worst;
        worst_between = b > worst_between ? b : worst_between;
    }
    CHECK_THAT(worst <= 6 && worst_between <= 6, "off by %d and %d", worst, worst_between);
    picture_free(&before);
    picture_free(&between);
    picture_free(&after);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

static double mean_difference(struct picture a, struct picture b)
{
    double sum = 0;
    for (size_t i = 0; i < (size_t)a.w * (size_t)a.h; i++) {
        sum += abs((int)(a.words[i] >> 8 & 255) - (int)(b.words[i] >> 8 & 255));
    }
    return sum / ((double)a.w * a.h);
}

/* Tiles for which one has waited come out of what stood in for them, evenly, and then nothing changes any
 * more; those that come soon, or while nothing may move, are there at once. */
/* On the way to another level the nearest one does, and half the tiles; at the level where it will end, and
 * as soon as it stands, it is drawn as fine as ever. Another view of the page does not fly. */
static void a_flight_passes_the_nearest_level(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(900, 700, 3);
    help_write_dzi(folder, "p", picture, 64, 0);
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 1});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    const struct scan_page *p = scan_page(scan, page);
    int finest = scan_pyramid_level_count(p->pyramid) - 1;
    struct scan_view view = {page, {0.5, 0.5, 0.6, 0}, {0, 0, 200, 150}};
    struct scan_view small = {page, {0.5, 0.5, 0.6, 0}, {220, 0, 40, 30}};
    struct scan_view far = view, near = view, views[] = {view, small};
    far.camera.scale = 0.1;
    near.camera.scale = 0.9;
    CHECK_INT(scan_view_level(p, &view), finest); /* 1.67 pixels of it for each of the view */
    scan_want(scan, views, 2, &far, 1);
    CHECK_INT(scan_view_level(p, &view), finest - 1); /* 0.83 */
    CHECK_INT(scan_view_level(p, &small), finest);
    CHECK_INT(scan_view_level(p, &far), finest - 3);
    view.camera.scale = 0.45; /* 1.11 pixels of the second level: the nearest already */
    CHECK_INT(scan_view_level(p, &view), finest - 1);
    view.camera.scale = 0.6;
    scan_want(scan, views, 2, &near, 1);
    CHECK_INT(scan_view_level(p, &view), finest);
    scan_want(scan, views, 2, &far, 1);
    CHECK(scan_wait(scan, 30000));
    scan_want(scan, views, 2, NULL, 0);
    CHECK_INT(scan_view_level(p, &view), finest);
    CHECK(scan_wait(scan, 30000));
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

static void late_tiles_fade_in(void)
{
    static const struct {
        int waited_ms;
        bool fades;
    } cases[] = {{SCAN_LATE_MS, true}, {SCAN_LATE_MS + 1000, true}, {SCAN_LATE_MS - 1, true}, {1000, false}};
    char *folder = help_folder();
    struct picture picture = picture_make(1100, 900, 8);
    help_write_dzi(folder, "p", picture, 128, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scan *scan = help_scan(&(struct scan_options){0});
        int page = help_open_page(scan, help_path(folder, "p.dzi"));
        int64_t now = 5000;
        struct scan_view view = {page, {0.5, 0.5, 0.9, 0}, {0, 0, 400, 300}};
        help_load(scan, help_whole_view(scan, page, 500, 400)); /* half the size: what will stand in */
        CHECK(!scan_fade(scan, now, cases[i].fades));
        scan_want(scan, &view, 1, NULL, 0);
        struct picture blurred = help_compose(scan, view, 0);
        now += cases[i].waited_ms;
        CHECK(!scan_fade(scan, now, cases[i].fades));
        scan_want(scan, &view, 1, NULL, 0);
        CHECK(scan_wait(scan, 20000));
        bool late = cases[i].fades && cases[i].waited_ms >= SCAN_LATE_MS;
        CHECK(scan_fading(scan) == late);
        struct picture begun = help_compose(scan, view, 0);
        CHECK(scan_fade(scan, now + SCAN_FADE_MS / 2, cases[i].fades) == late);
        struct picture half = help_compose(scan, view, 0);
        CHECK(scan_fade(scan, now + SCAN_FADE_MS, cases[i].fades) == late); /* the last one */
        struct picture sharp = help_compose(scan, view, 0);
        CHECK(!scan_fading(scan) && !scan_fade(scan, now + SCAN_FADE_MS + 16, cases[i].fades));
        double all = mean_difference(blurred, sharp), first = mean_difference(begun, sharp),
               middle = mean_difference(half, sharp);
        CHECK_THAT(all > 2, "%f", all);
        if (late) {
            CHECK_THAT(mean_difference(begun, blurred) < all / 4, "it begins %f from %f", first, all);
            CHECK_THAT(middle > first * 0.4 && middle < first * 0.6, "half of %f is %f", first, middle);
        } else {
            CHECK(first == 0 && middle == 0);
        }
        picture_free(&blurred);
        picture_free(&begun);
        picture_free(&half);
        picture_free(&sharp);
        scan_destroy(scan);
    }
    picture_free(&picture);
    help_remove(folder);
}

/* Nobody asks while a view stands, and what was blurred before it was sharp says nothing of the next jump. */
static void a_jump_from_a_sharp_view_does_not_fade(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1100, 900, 8);
    help_write_dzi(folder, "p", picture, 128, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view view = {page, {0.2, 0.2, 1, 0}, {0, 0, 200, 150}};
    int64_t now = 5000;
    for (int jump = 0; jump < 4; jump++) {
        view.camera.x_page = 0.2 + 0.2 * jump;
        CHECK(!scan_fade(scan, now, true));
        scan_want(scan, &view, 1, NULL, 0);
        CHECK(scan_wait(scan, 20000));
        CHECK(!scan_fading(scan));
        CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
        now += SCAN_LATE_MS + 500;
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* At 3840 x 2160, at any scale, 64 MB are enough for something sharp or a level coarser, and are kept. */
static void memory_is_bounded_at_4k(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(4200, 2500, 8);
    help_write_dzi(folder, "p", picture, 256, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    static const double scales[] = {1, 0.97, 0.75, 0.51, 2.5};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        struct scan_view view = {page, {0.45, 0.55, scales[i], 0}, {0, 0, 3840, 2160}};
        help_load(scan, view);
        CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
        CHECK(scan_statistics(scan).cache_bytes <= (size_t)64 << 20);
        /* 4200 pixels at 0.75 and less fit as they are; only more than the window holds may be drawn coarser.
         */
        CHECK(scan->pages[page].coarser <= 1);
    }
    /* What is on its way when it comes is on top of the limit, and no more. */
    CHECK_THAT(scan_statistics(scan).cache_bytes_peak <= (size_t)66 << 20, "%zu",
        scan_statistics(scan).cache_bytes_peak);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

static void memory_is_bounded(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(2000, 1500, 8);
    help_write_dzi(folder, "p", picture, 128, 1);
    size_t limit = 3000000;
    struct scan *scan = help_scan(&(struct scan_options){.cache_bytes = limit});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    for (int n = 0; n < 80; n++) {
        struct scan_view view = help_any_view(page, 500, 400, 0.2, 3);
        help_load(scan, view);
        CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
        CHECK(scan_statistics(scan).cache_bytes <= limit);
        struct scan_view home = help_whole_view(scan, page, 60, 60);
        CHECK(scan_view_state(scan, &home) == SCAN_SHARP); /* the coarsest level is always there */
    }
    struct scan_statistics statistics = scan_statistics(scan);
    CHECK(statistics.evicted > 100);
    CHECK_THAT(statistics.cache_bytes_peak <= limit + limit / 3, "%zu", statistics.cache_bytes_peak);
    /* A view that the cache cannot hold is drawn a little coarser, and the limit kept. */
    struct scan_view large = {page, {0.5, 0.5, 1, 0}, {0, 0, 1900, 1400}};
    help_load(scan, large);
    CHECK_INT(scan_view_state(scan, &large), SCAN_SHARP);
    CHECK(scan_statistics(scan).cache_bytes <= limit);
    CHECK(scan->pages[page].coarser > 0);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Pages come and go while their tiles are under way. */
static void pages_come_and_go(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(800, 600, 8);
    help_write_dzi(folder, "p", picture, 64, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 2});
    for (int n = 0; n < 60; n++) {
        int a = help_open_page(scan, help_path(folder, "p.dzi")),
            b = help_open_page(scan, help_path(folder, "p.png"));
        struct scan_view views[2] = {help_any_view(a, 300, 200, 0.3, 2), help_any_view(b, 300, 200, 0.3, 2)};
        scan_want(scan, views, 2, NULL, 0);
        help_sleep(rand() % 3);
        scan_take(scan, 100);
        scan_remove_page(scan, n % 2 ? a : b);
        if (n % 5 == 0) {
            struct scan_view left = views[n % 2];
            scan_want(scan, &left, 1, NULL, 0);
            CHECK(scan_wait(scan, 30000));
            CHECK_INT(scan_view_state(scan, &left), SCAN_SHARP);
        }
        scan_remove_page(scan, n % 2 ? b : a);
        CHECK_INT(scan_statistics(scan).cache_bytes, 0);
    }
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Two image pages side by side, one decoder: they must not drive each other out tile by tile. */
static void two_images_share_a_decoder(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1200, 900, 8);
    picture_write_png(picture, help_path(folder, "a.png"));
    picture_write_png(picture, help_path(folder, "b.png"));
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 1});
    struct scan_view views[2];
    for (int k = 0; k < 2; k++) {
        views[k] =
            help_any_view(help_open_page(scan, help_path(folder, k ? "b.png" : "a.png")), 400, 300, 1, 1);
    }
    scan_want(scan, views, 2, NULL, 0);
    CHECK(scan_wait(scan, 30000));
    CHECK(scan_view_state(scan, &views[0]) == SCAN_SHARP && scan_view_state(scan, &views[1]) == SCAN_SHARP);
    CHECK_INT(scan_statistics(scan).restarts, 0);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* How often any thread of this process, or a decoder, has gone to sleep so far. */
static long switches(struct scan *scan)
{
    long total = 0;
    int pids[8];
    size_t count = scan_decoder_pids(scan, pids, 7);
    pids[count++] = (int)getpid();
    for (size_t i = 0; i < count; i++) {
        char path[400], line[256];
        snprintf(path, sizeof path, "/proc/%d/task", pids[i]);
        DIR *tasks = opendir(path);
        struct dirent *entry;
        while (tasks != NULL && (entry = readdir(tasks)) != NULL) {
            int thread = atoi(entry->d_name); /* 0 for "." and "..", and not this very thread */
            snprintf(path, sizeof path, "/proc/%d/task/%d/status", pids[i], thread);
            FILE *file = thread == 0 || thread == (int)getpid() ? NULL : fopen(path, "r");
            while (file != NULL && fgets(line, sizeof line, file) != NULL) {
                long value;
                if (sscanf(line, "voluntary_ctxt_switches: %ld", &value) == 1) {
                    total += value;
                }
            }
            if (file != NULL) {
                fclose(file);
            }
        }
        if (tasks != NULL) {
            closedir(tasks);
        }
    }
    return total;
}

static void nothing_moves_at_rest(void)
{
#ifdef TEST_THREAD_SANITIZER
    SKIP("the sanitizer has a thread of its own");
#endif
    char *folder = help_folder();
    struct picture picture = picture_make(900, 700, 1);
    help_write_dzi(folder, "p", picture, 64, 1);
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 2});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view view = help_whole_view(scan, page, 800, 600);
    help_load(scan, view);
    /* The last reply may still be on its way to sleep when the machine is busy; after that there is no reason
     * at all. */
    long before = 0, after = 1;
    for (int n = 0; n < 4 && after != before; n++) {
        before = switches(scan);
        help_sleep(300);
        after = switches(scan);
    }
    CHECK(before > 0);
    CHECK_INT(after - before, 0);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

static void whole_images_are_decoded(void)
{
    char *folder = help_folder();
    struct error err = {0};
    struct picture picture = picture_make(2300, 150, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){0});
    uint32_t *pixels = NULL;
    struct size size;
    CHECK_THAT(
        scan_decode_whole(scan, help_path(folder, "p.png"), 0, &pixels, &size, &err), "%s", err.message);
    CHECK(size.w == 2300 && size.h == 150);
    CHECK(pixels != NULL && memcmp(pixels, picture.words, 2300 * 150 * sizeof *pixels) == 0);
    free(pixels);
    CHECK(!scan_decode_whole(scan, help_path(folder, "p.png"), 2300 * 149, &pixels, &size, &err));
    CHECK(pixels == NULL && strstr(err.message, "more pixels") != NULL && strstr(err.file, "p.png") != NULL);
    CHECK(!scan_decode_whole(scan, help_path(folder, "none.png"), 0, &pixels, &size, &err));
    CHECK(!scan_decode_whole(scan, folder, 0, &pixels, &size, &err));
    help_write_text(help_path(folder, "t.png"), "no picture");
    CHECK(!scan_decode_whole(scan, help_path(folder, "t.png"), 0, &pixels, &size, &err));
    CHECK_INT(err.category, ERROR_INPUT);
    CHECK(scan_decode_whole(scan, help_path(folder, "p.png"), 0, &pixels, &size, &err));
    free(pixels);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Cameras that make no sense draw something or nothing, and end. */
static void odd_cameras(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(300, 200, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.png"));
    static const double SCALES[] = {-1, 0, 1e-300, 1e-9, 0.001, 1e6, 1e12, 1e300, NAN, INFINITY};
    static const double CENTRES[] = {-1e300, -3, 0, 0.5, 1, 4, 1e300, NAN};
    for (size_t i = 0; i < sizeof SCALES / sizeof SCALES[0]; i++) {
        for (size_t k = 0; k < sizeof CENTRES / sizeof CENTRES[0]; k++) {
            struct scan_view view = {page, {CENTRES[k], 0.4, SCALES[i], (int)i - 4}, {0, 0, 64, 48}};
            help_load(scan, view);
            struct picture composed = help_compose(scan, view, GROUND);
            CHECK(scan_view_state(scan, &view) == SCAN_SHARP);
            picture_free(&composed);
        }
    }
    struct scan_view none = {page, camera_whole(), {0, 0, 0, 0}},
                     strange = {77, camera_whole(), {0, 0, 10, 10}};
    help_load(scan, none);
    help_load(scan, strange);
    CHECK_INT(scan_view_state(scan, &strange), SCAN_FAILED);
    CHECK_INT(scan_page_size(scan, -1).width_img, 1);
    CHECK_INT(scan_add_page(scan, NULL, NULL), -1);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

struct own_source {
    int may_come, asked;
    bool fails;
};

static enum scan_source_answer own_decode(
    void *context, int page, int level, int x, int y, struct size size, uint32_t *pixels)
{
    struct own_source *own = context;
    CHECK(page >= 0 && level >= 0 && x >= 0 && y >= 0);
    own->asked++;
    if (own->may_come-- <= 0) {
        return SCAN_SOURCE_LATER;
    }
    for (int i = 0; i < size.w * size.h; i++) {
        pixels[i] = 0xFF204060u;
    }
    return own->fails ? SCAN_SOURCE_FAILED : SCAN_SOURCE_DONE;
}

/* With a source there are no processes, and what comes depends on what is asked alone. */
static void a_source_gives_the_tiles(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(900, 700, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct own_source own = {0};
    struct scan_source source = {&own, own_decode};
    struct scan *scan = help_scan(&(struct scan_options){.source = &source});
    int page = help_open_page(scan, help_path(folder, "p.png")), pids[8];
    struct scan_view view = help_whole_view(scan, page, 450, 350);
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(!scan_take(scan, 0) && own.asked == 1); /* not yet: nothing more was asked */
    CHECK(!scan_wait(scan, 30000));               /* and nobody waits for what does not come by itself */
    own = (struct own_source){.may_come = 1};
    CHECK(scan_take(scan, 1) && own.asked == 2);
    CHECK_INT(scan_view_state(scan, &view), SCAN_COARSE);
    own.may_come = 1000;
    CHECK(scan_wait(scan, 0));
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    CHECK_INT(scan_statistics(scan).failed, 0);
    CHECK_INT(scan_decoder_pids(scan, pids, 8), 0);
    struct picture seen = help_compose(scan, view, GROUND);
    CHECK_INT(picture_at(seen, 400, 300), 0xFF204060u);
    own.fails = true;
    view.page = help_open_page(scan, help_path(folder, "p.png"));
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan_wait(scan, 0));
    CHECK_INT(scan_view_state(scan, &view), SCAN_FAILED);
    picture_free(&seen);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

int main(void)
{
    srand(1950);
    RUN(a_page_comes);
    RUN(order_is_by_need);
    RUN(coarser_stands_in);
    RUN(a_flight_passes_the_nearest_level);
    RUN(late_tiles_fade_in);
    RUN(a_jump_from_a_sharp_view_does_not_fade);
    RUN(memory_is_bounded);
    RUN(memory_is_bounded_at_4k);
    RUN(pages_come_and_go);
    RUN(two_images_share_a_decoder);
    RUN(nothing_moves_at_rest);
    RUN(whole_images_are_decoded);
    RUN(odd_cameras);
    RUN(a_source_gives_the_tiles);
    return check_report();
}
