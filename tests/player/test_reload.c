/* --watch: the screen follows the files, at the same place; a mistake stands on it until it is mended. */
#include "check.h"
#include "watch.h"
#include "work.h"

#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>

static const struct size hd = {1280, 720};
#define TEXT "small/documents/notice/text/translation.en.md"
#define PAGE "small/documents/notice/pages/1.png"

/* A copy of the exhibit in the working folder, as it was when it was copied last. */
static bool copy_exhibit(void)
{
    return system("rm -rf small && cp -r '" SMALL "' small") == 0;
}

static bool change(const char *path, const char *from, const char *to)
{
    char changed[16384];
    const char *text = work_read(path), *at = strstr(text, from);
    if (at == NULL) {
        return false;
    }
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return work_write(path, changed);
}

static bool shows(const struct work *work, const char *words)
{
    const struct box_tree *tree = player_tree(work->player);
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->boxes[i].name.data != NULL &&
            memmem(tree->boxes[i].name.data, tree->boxes[i].name.length, words, strlen(words)) != NULL) {
            return true;
        }
    }
    return false;
}

static void reload_now(struct work *work)
{
    work_event(work, (struct player_event){.kind = PLAYER_RELOAD});
    work_pass(work, 50);
}

static void a_changed_text_shows_at_the_same_place(void)
{
    struct work work;
    CHECK(copy_exhibit() && work_open(&work, "small", MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/text");
    CHECK(shows(&work, "Closed on Mondays"));
    CHECK(change(TEXT, "Closed on Mondays", "Open on Mondays"));
    reload_now(&work);
    CHECK(shows(&work, "Open on Mondays"));
    CHECK(!shows(&work, "Closed on Mondays"));
    CHECK_INT(player_visit(work.player)->here.place.view, PLACE_TEXT);
    CHECK(player_mistake(work.player) == NULL);
    work_close(&work);
}

static void a_mistake_stands_until_it_is_mended(void)
{
    struct work work;
    CHECK(copy_exhibit() && work_open(&work, "small", MODE_CLASSROOM, hd));
    work_go(&work, "people");
    CHECK(change("small/exhibit.yaml", "languages:", "langages:"));
    reload_now(&work);
    const char *mistake = player_mistake(work.player);
    CHECK_THAT(mistake != NULL && strstr(mistake, "exhibit.yaml:") != NULL && strstr(mistake, "VIT-") != NULL,
        "%s", mistake ? mistake : "none");
    CHECK(work_box(&work, "mistake") != NULL);
    CHECK_INT(player_visit(work.player)->here.place.kind, PLACE_PEOPLE);
    CHECK(change("small/exhibit.yaml", "langages:", "languages:"));
    reload_now(&work);
    CHECK(player_mistake(work.player) == NULL);
    CHECK(work_box(&work, "mistake") == NULL);
    CHECK(system("mv small/exhibit.yaml small/gone.yaml") == 0);
    reload_now(&work);
    CHECK(player_mistake(work.player) != NULL);
    CHECK(system("mv small/gone.yaml small/exhibit.yaml") == 0);
    reload_now(&work);
    CHECK(player_mistake(work.player) == NULL);
    work_close(&work);
}

static void a_changed_picture_is_read_anew(void)
{
    struct work work;
    static uint32_t pixels[300 * 200];
    struct paint_target picture = {pixels, 300, 200, 300};
    CHECK(copy_exhibit() && work_open(&work, "small", MODE_CLASSROOM, hd));
    work_go(&work, "document:notice/scan");
    CHECK(player_wait_ready(work.player, 20000));
    double scale = work_box(&work, "page")->look.page->scale;
    reload_now(&work); /* nothing changed: the tiles stay */
    CHECK(player_ready(work.player));
    CHECK(paint_write_png(PAGE, &picture, 0, NULL));
    CHECK(change("small/documents/notice/document.yaml", "    zones: zones/1.yaml\n", ""));
    reload_now(&work);
    CHECK_THAT(player_mistake(work.player) == NULL, "%s", player_mistake(work.player));
    CHECK(player_wait_ready(work.player, 20000));
    CHECK(work_box(&work, "page")->look.page->scale > scale);
    work_close(&work);
}

/* A text was changed: not one tile of a pyramid is read again. A tile was: that one is, and so it is when it
 * had been broken, which the screen then does not say any more. */
static void of_a_pyramid_what_changed_is_read_anew(void)
{
    static const char *const copy =
        "rm -rf tiles && cp -r '" TEST_SOURCE_DIR "/tests/broken/810-tile-exchanged' tiles";
    struct work work;
    CHECK(system(copy) == 0 && work_open(&work, "tiles", MODE_CLASSROOM, hd));
    work_go(&work, "document:letter/scan");
    CHECK(player_wait_ready(work.player, 20000));
    const struct scan *scan = player_scan(work.player);
    long decoded = scan_statistics(scan).decoded;
    CHECK(decoded > 0 && work_box(&work, "page.torn") == NULL);
    CHECK(system("printf '\n\n' >>tiles/documents/letter/text/translation.en.md") == 0);
    reload_now(&work);
    CHECK(player_ready(work.player));
    CHECK_INT(scan_statistics(scan).decoded, decoded);
    CHECK(system("cd tiles/documents/letter/pages/1_files/9 && cp 1_0.png sound.png && head -c 90 sound.png "
                 ">1_0.png") == 0);
    reload_now(&work);
    CHECK(player_wait_ready(work.player, 20000));
    work_pass(&work, 50);
    CHECK(work_box(&work, "page.torn") != NULL);
    decoded = scan_statistics(scan).decoded;
    CHECK(system("cd tiles/documents/letter/pages/1_files/9 && mv sound.png 1_0.png") == 0);
    reload_now(&work);
    CHECK(player_wait_ready(work.player, 20000));
    work_pass(&work, 50);
    CHECK(work_box(&work, "page.torn") == NULL);
    CHECK_INT(scan_statistics(scan).decoded, decoded + 1);
    work_close(&work);
}

static void a_place_that_is_gone_leads_home(void)
{
    struct work work;
    CHECK(copy_exhibit() && work_open(&work, "small", MODE_CLASSROOM, hd));
    CHECK(system("mkdir -p small/documents/other && cp small/documents/notice/document.yaml "
                 "small/documents/other/ && "
                 "cp -r small/documents/notice/text small/documents/notice/pages "
                 "small/documents/notice/zones small/documents/other/") == 0);
    work_go(&work, "document:other/text");
    CHECK_TEXT(player_visit(work.player)->here.place.id, "other");
    CHECK(system("rm -r small/documents/other") == 0);
    reload_now(&work);
    CHECK_INT(player_visit(work.player)->here.place.kind, PLACE_HOME);
    work_close(&work);
}

/* ---- the thread that watches */

static atomic_int wakes;

static void wake(void *context)
{
    (void)context;
    atomic_fetch_add(&wakes, 1);
}

static bool changed_within(struct watch *watch, int ms)
{
    for (int i = 0; i < ms; i += 10) {
        if (watch_changed(watch)) {
            return true;
        }
        nanosleep(&(struct timespec){0, 10000000}, NULL);
    }
    return false;
}

static void changes_are_seen_soon(void)
{
    CHECK(copy_exhibit());
    struct watch *watch = watch_start("small", wake, NULL, NULL);
    CHECK(watch != NULL);
    CHECK(!changed_within(watch, 100));
    CHECK(change(TEXT, "Closed", "Shut"));
    CHECK(changed_within(watch, 400));
    CHECK(atomic_load(&wakes) >= 1);
    CHECK(!changed_within(watch, 150)); /* one burst, one wake */
    CHECK(work_write("small/notes/.hidden.swp", "x"));
    CHECK(!changed_within(watch, 150));
    CHECK(mkdir("small/documents/new", 0755) == 0);
    CHECK(changed_within(watch, 400));
    CHECK(work_write("small/documents/new/document.yaml", "title: x\n"));
    CHECK(changed_within(watch, 400));
    CHECK(work_write("small/new.tmp", "x") && changed_within(watch, 400));
    CHECK(rename("small/new.tmp", "small/people.yaml") == 0); /* as editors save */
    CHECK(changed_within(watch, 400));
    watch_stop(watch);
}

static void one_file_is_watched_too(void)
{
    CHECK(copy_exhibit());
    struct watch *watch = watch_start(PAGE, wake, NULL, NULL);
    CHECK(watch != NULL);
    CHECK(work_write(PAGE, "not a picture any more"));
    CHECK(changed_within(watch, 400));
    watch_stop(watch);
    struct error err = {0};
    CHECK(watch_start("no-such-folder", wake, NULL, &err) == NULL);
    CHECK_INT(err.category, ERROR_MACHINE);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(a_changed_text_shows_at_the_same_place);
    RUN(a_mistake_stands_until_it_is_mended);
    RUN(a_changed_picture_is_read_anew);
    RUN(of_a_pyramid_what_changed_is_read_anew);
    RUN(a_place_that_is_gone_leads_home);
    RUN(changes_are_seen_soon);
    RUN(one_file_is_watched_too);
    return work_leave(folder, check_report());
}
