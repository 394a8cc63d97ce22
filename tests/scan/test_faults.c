/* Decoders die, hang and lie, tiles and images are broken: what is lost is shown as missing, and nothing else
 * is lost. */
#include "help.h"

#include "scan/changes.h"
#include "scan_state.h"

#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUND 0xFF1E1B16u
#define MISSING 0xFFA32A1Cu /* help_compose() hatches with it */

static long count_words(struct picture picture, uint32_t word)
{
    long count = 0;
    for (size_t i = 0; i < (size_t)picture.w * (size_t)picture.h; i++) {
        count += picture.words[i] == word;
    }
    return count;
}

/* Decoders are killed while tiles are under way, again and again; the visit goes on and nothing is missing.
 */
static void decoders_are_killed(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1500, 1200, 8);
    help_write_dzi(folder, "p", picture, 64, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 2, .cache_bytes = 2000000});
    int pages[2] = {
        help_open_page(scan, help_path(folder, "p.dzi")), help_open_page(scan, help_path(folder, "p.png"))};
    int killed = 0, lost = 0;
    for (int n = 0; n < 60; n++) {
        struct scan_view view = help_any_view(pages[n % 2], 400, 300, 0.3, 2);
        scan_want(scan, &view, 1, NULL, 0);
        int pids[8];
        help_sleep(rand() % 4);
        size_t count = scan_decoder_pids(scan, pids, 8);
        if (count > 0) {
            killed += kill(pids[(size_t)rand() % count], SIGKILL) == 0;
        }
        CHECK(scan_wait(scan, 30000));
        enum scan_state state = scan_view_state(scan, &view);
        CHECK(state == SCAN_SHARP || state == SCAN_FAILED);
        lost += state == SCAN_FAILED;
    }
    CHECK_THAT(killed > 30, "%d killed", killed);
    CHECK_THAT(lost == 0, "%d views lost something", lost); /* each tile is tried twice */
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Each rogue costs its tiles, which are drawn as missing; the engine stays well. */
static void rogues_are_survived(void)
{
    static const char *const ROGUES[] = {"rogue-size", "rogue-serial", "rogue-short", "rogue-long",
        "rogue-hang", "rogue-crash", "rogue-once", "rogue-reason"};
    char *folder = help_folder();
    struct picture picture = picture_make(100, 80, 8);
    help_write_dzi(folder, "p", picture, 64, 1);
    picture_write_png(picture, help_path(folder, "p.png"));
    for (size_t i = 0; i < sizeof ROGUES / sizeof ROGUES[0]; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, ROGUES[i]);
        CHECK(symlink(ROGUE_DECODER, path) == 0);
        struct scan *scan =
            help_scan(&(struct scan_options){.decoder_path = path, .decoders = 2, .timeout_ms = 100});
        int pages[2] = {help_open_page(scan, help_path(folder, "p.dzi")),
            help_open_page(scan, help_path(folder, "p.png"))};
        for (int k = 0; k < 2; k++) {
            struct scan_view view = help_whole_view(scan, pages[k], 100, 80);
            scan_want(scan, &view, 1, NULL, 0);
            CHECK(scan_wait(scan, 30000));
            CHECK_INT(scan_view_state(scan, &view), SCAN_FAILED);
            struct picture composed = help_compose(scan, view, GROUND);
            CHECK(count_words(composed, MISSING) > 500);
            picture_free(&composed);
            struct error err = {0};
            CHECK(scan_problem(scan, pages[k], &err) && strstr(err.file, k == 0 ? "p.dzi" : "p.png") != NULL);
        }
        struct scan_statistics statistics = scan_statistics(scan);
        CHECK_INT(statistics.decoded, 0);
        CHECK(statistics.failed >= 2 && (statistics.restarts > 0 || strcmp(ROGUES[i], "rogue-reason") == 0));
        uint32_t *pixels;
        struct size size;
        if (strcmp(ROGUES[i], "rogue-hang") != 0) {
            CHECK(!scan_decode_whole(scan, help_path(folder, "p.png"), 0, &pixels, &size, NULL));
        }
        scan_destroy(scan);
    }
    /* What speaks out of turn, or is no decoder at all, or cannot be started. */
    struct scan *scan = help_scan(&(struct scan_options){.decoder_path = "/bin/true"});
    int page = help_open_page(scan, help_path(folder, "p.png"));
    struct scan_view view = help_whole_view(scan, page, 100, 80);
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan_wait(scan, 30000) && scan_view_state(scan, &view) == SCAN_FAILED);
    scan_destroy(scan);
    struct error err = {0};
    CHECK(scan_create(&(struct scan_options){.decoder_path = "/nowhere/at/all"}, &err) == NULL &&
          err.category == ERROR_MACHINE);
    picture_free(&picture);
    help_remove(folder);
}

static void break_tile(const char *folder, int kind, struct picture picture)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/p_files/9/2_2.png", folder);
    struct bytes some = {0};
    bytes_add(&some, "\x89PNG\r\n\x1a\nnot really", 18);
    struct picture small = picture_part(picture, (struct rect){0, 0, 50, 66});
    remove(path);
    switch (kind) {
    case 0: /* missing */
        break;
    case 1: /* empty */
        some.length = 0;
        bytes_write(&some, path);
        break;
    case 2: /* rubbish */
        bytes_write(&some, path);
        break;
    case 3: /* of a wrong size */
        picture_write_png(small, path);
        break;
    case 4: /* a folder */
        help_make_folder(path);
        break;
    case 5: /* a link out of the exhibit */
        picture_write_png(small, help_path(folder, "../outside.png"));
        CHECK(symlink("../../../outside.png", path) == 0);
        break;
    case 6: /* a pipe, which would block whoever opens it */
        CHECK(mkfifo(path, 0600) == 0);
        break;
    default: /* cut off */
        picture_free(&small);
        small = picture_part(picture, (struct rect){127, 127, 66, 66});
        picture_write_png(small, path);
        CHECK(truncate(path, 3000) == 0);
    }
    picture_free(&small);
    bytes_free(&some);
}

static int view_level(const struct scan *scan, const struct scan_view *view)
{
    return scan_view_level(&scan->pages[view->page], view);
}

/* One tile is broken in every way there is: it is hatched, the rest is as it should be, and the log names it.
 */
static void broken_tiles_are_hatched(void)
{
    char *folder = help_folder();
    char inner[700], log_path[700];
    snprintf(inner, sizeof inner, "%s/exhibit", folder);
    snprintf(log_path, sizeof log_path, "%s/log", folder);
    help_make_folder(inner);
    struct picture picture = picture_make(400, 400, 8);
    help_write_dzi(inner, "p", picture, 64, 1);
    struct picture good = {0, 0, NULL};
    for (int kind = -1; kind < 8; kind++) {
        if (kind >= 0) {
            break_tile(inner, kind, picture);
        }
        struct log log = {fopen(log_path, "w"), LOG_INFO};
        struct scan *scan = help_scan(&(struct scan_options){.log = &log});
        int page = help_open_page(scan, help_path(inner, "p.dzi"));
        struct scan_view view = {page, {0.5, 0.5, 1, 0}, {0, 0, 400, 400}};
        help_load(scan, view);
        CHECK_INT(scan_view_state(scan, &view), kind < 0 ? SCAN_SHARP : SCAN_FAILED);
        CHECK_INT(scan_statistics(scan).failed, kind < 0 ? 0 : 1);
        struct picture composed = help_compose(scan, view, GROUND);
        if (kind < 0) {
            good = composed;
        } else {
            long outside = 0, hatched = 0;
            for (int y = 0; y < 400; y++) {
                for (int x = 0; x < 400; x++) {
                    bool in_tile = x >= 128 && x < 192 && y >= 128 && y < 192;
                    outside += !in_tile && picture_at(composed, x, y) != picture_at(good, x, y);
                    hatched += in_tile && picture_at(composed, x, y) == MISSING;
                }
            }
            CHECK_INT(outside, 0);
            /* Under the hatching is what the next coarser level has of it, once that has been asked for. */
            help_load(scan, view);
            CHECK(cache_find(&scan->cache, scan_tile_key(scan, page, view_level(scan, &view) - 1, 1, 1)) !=
                  NULL);
            CHECK_THAT(hatched > 64 * 64 / 10 && hatched < 64 * 64 / 3, "%ld", hatched);
            picture_free(&composed);
            char line[1000] = "";
            fclose(log.stream);
            log.stream = fopen(log_path, "r");
            CHECK(log.stream != NULL && fgets(line, sizeof line, log.stream) != NULL);
            CHECK_THAT(strstr(line, "p_files/9/2_2.png") != NULL || strstr(line, "p.dzi: tile 2, 2") != NULL,
                "%s", line);
        }
        scan_destroy(scan);
        fclose(log.stream);
    }
    picture_free(&good);
    picture_free(&picture);
    help_remove(folder);
}

static void a_broken_image_fails_whole(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(700, 600, 8);
    picture_write_png(picture, help_path(folder, "p.png"));
    CHECK(truncate(help_path(folder, "p.png"), 50000) == 0);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.png"));
    struct scan_view view = help_whole_view(scan, page, 700, 600);
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan_wait(scan, 30000));
    CHECK_INT(scan_view_state(scan, &view), SCAN_FAILED);
    struct error err = {0};
    CHECK(scan_problem(scan, page, &err) && strstr(err.message, "cut off") != NULL);
    CHECK_INT(scan_statistics(scan).restarts, 0);
    /* Mended on disk and opened again it is fine. */
    scan_remove_page(scan, page);
    picture_write_png(picture, help_path(folder, "p.png"));
    page = help_open_page(scan, help_path(folder, "p.png"));
    view.page = page;
    help_load(scan, view);
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

/* Puts the same place of another picture into a tile's file: in place of it, or into it. */
static void replace_tile(const char *folder, struct picture from, bool in_place)
{
    struct picture part = picture_part(from, (struct rect){127, 127, 66, 66});
    char path[1024], fresh[1100];
    snprintf(path, sizeof path, "%s/p_files/9/2_2.png", folder);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    picture_write_png(part, in_place ? path : fresh);
    CHECK(in_place || rename(fresh, path) == 0);
    picture_free(&part);
}

/* Decoded since the last call: what a look at the files has cost. */
static long decoded_anew(struct scan *scan, struct scan_view view, long *before)
{
    help_load(scan, view);
    long decoded = scan_statistics(scan).decoded - *before;
    *before += decoded;
    return decoded;
}

/* Tiles are replaced while they are shown: of what has changed, and of nothing else, the new is shown once
 * the page is looked through. */
static void changed_tiles_are_found(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(400, 400, 8), other = picture_make(400, 400, 9);
    help_write_dzi(folder, "p", picture, 64, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view view = {page, {0.5, 0.5, 1, 0}, {0, 0, 400, 400}};
    struct scan_drawing *drawing = scan_drawing_create();
    struct scan_changes changes;
    long decoded = 0;
    CHECK(decoded_anew(scan, view, &decoded) > 40);
    struct picture good = help_compose(scan, view, GROUND);
    scan_compare(scan, drawing, &view, &changes);
    scan_sift_page(scan, page);
    CHECK_INT(decoded_anew(scan, view, &decoded), 0);
    scan_compare(scan, drawing, &view, &changes);
    CHECK(!changes.all && changes.count == 0);
    for (int n = 0; n < 4; n++) {
        replace_tile(folder, n % 2 == 0 ? other : picture, n / 2 == 1);
        scan_sift_page(scan, page);
        CHECK_INT(decoded_anew(scan, view, &decoded), 1);
        scan_compare(scan, drawing, &view, &changes);
        CHECK(
            changes.all); /* the tile is there as it was there: that it is another one is seen all the same */
        struct picture now = help_compose(scan, view, GROUND);
        long outside = 0, inside = 0;
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < 400; x++) {
                bool in_tile = x >= 128 && x < 192 && y >= 128 && y < 192;
                bool differs = picture_at(now, x, y) != picture_at(good, x, y);
                outside += !in_tile && differs;
                inside += in_tile && differs;
            }
        }
        CHECK_INT(outside, 0);
        CHECK(n % 2 == 0 ? inside > 3000 : inside == 0);
        picture_free(&now);
    }
    CHECK(truncate(help_path(folder, "p_files/9/2_2.png"), 100) == 0);
    scan_sift_page(scan, page);
    CHECK_INT(decoded_anew(scan, view, &decoded), 0);
    CHECK_INT(scan_view_state(scan, &view), SCAN_FAILED);
    CHECK(decoded_anew(scan, view, &decoded) <= 1); /* what is under it of the next coarser level */
    long failed = scan_statistics(scan).failed;
    scan_sift_page(scan, page); /* it is as broken as it was: nothing to be tried again */
    CHECK_INT(decoded_anew(scan, view, &decoded), 0);
    CHECK_INT(scan_statistics(scan).failed, failed);
    replace_tile(folder, picture, false);
    scan_sift_page(scan, page);
    CHECK_INT(decoded_anew(scan, view, &decoded), 1);
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    scan_drawing_destroy(drawing);
    scan_destroy(scan);
    picture_free(&good);
    picture_free(&other);
    picture_free(&picture);
    help_remove(folder);
}

/* Until it is killed. */
static _Noreturn void ravage(const char *folder, struct picture picture, struct picture other)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (unsigned n = 0;; n++) {
        replace_tile(folder, n % 2 == 0 ? other : picture, n % 3 == 0);
        if (n % 5 == 0) {
            (void)!truncate(help_path(folder, "p_files/9/3_2.png"), 50 + n % 900);
        }
        unlink(help_path(folder, n % 7 == 0 ? "p_files/9/2_2.png" : "p_files/9/1_1.png"));
    }
}

/* While somebody writes, truncates and removes tiles as fast as can be, a visit goes on; when it is quiet
 * again and the page has been looked through, all is as it is on the disk. */
static void tiles_change_under_way(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(400, 400, 8), other = picture_make(400, 400, 9);
    help_write_dzi(folder, "p", picture, 64, 1);
    pid_t vandal = fork(); /* before there are threads */
    if (vandal == 0) {
        ravage(folder, picture, other);
    }
    struct scan *scan = help_scan(&(struct scan_options){.decoders = 2, .cache_bytes = 600000});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    for (int n = 0; n < 80; n++) {
        struct scan_view view = help_any_view(page, 150, 120, 0.5, 2);
        scan_want(scan, &view, 1, NULL, 0);
        CHECK(scan_wait(scan, 30000));
        enum scan_state state = scan_view_state(scan, &view);
        CHECK_THAT(state == SCAN_SHARP || state == SCAN_FAILED, "state %d", (int)state);
        if (n % 4 == 0) {
            scan_sift_page(scan, page);
        }
    }
    kill(vandal, SIGKILL);
    waitpid(vandal, NULL, 0);
    char tiles[1024], aside[1024];
    snprintf(tiles, sizeof tiles, "%s/p_files", folder);
    snprintf(aside, sizeof aside, "%s/aside", folder);
    help_write_dzi(folder, "q", other, 64, 1);
    CHECK(rename(tiles, aside) == 0 && rename(help_path(folder, "q_files"), tiles) == 0);
    scan_sift_page(scan, page);
    struct scan_view view = {page, {0.4, 0.6, 1, 0}, {0, 0, 150, 120}};
    help_load(scan, view);
    CHECK_INT(scan_view_state(scan, &view), SCAN_SHARP);
    struct picture composed = help_compose(scan, view, GROUND);
    CHECK_INT(picture_at(composed, 75, 60), picture_at(other, 160, 240));
    picture_free(&composed);
    scan_destroy(scan);
    picture_free(&other);
    picture_free(&picture);
    help_remove(folder);
}

int main(void)
{
    srand(1950);
    RUN(decoders_are_killed);
    RUN(rogues_are_survived);
    RUN(broken_tiles_are_hatched);
    RUN(a_broken_image_fails_whole);
    RUN(changed_tiles_are_found);
    RUN(tiles_change_under_way);
    return check_report();
}
