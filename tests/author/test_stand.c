/* Does every screen hold what a display and its place ask for? Measured on the telegram, in all its
 * languages. */
#include "work.h"

#include <math.h>

#include "player/player.h"
#include "view/view.h"

#define SITE TEST_BINARY_DIR "/stand-site.yaml"

static void write_site(const char *display, const char *languages)
{
    FILE *file = fopen(SITE, "w");
    if (file == NULL || fprintf(file, "vitrine: 1\ndisplay: %s\nlanguages: [%s]\n", display, languages) < 0 ||
        fclose(file) != 0) {
        abort();
    }
}

static int count(const char *text, const char *what)
{
    int found = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++) {
        found++;
    }
    return found;
}

static void a_fitting_display_holds_every_screen(void)
{
    static const char *const displays[] = {"{width: 930, height: 523, distance: 600, floor: 800}",
        "{width: 527, height: 296, distance: 500, floor: 850}",
        "{width: 1650, height: 928, distance: 1000, floor: 200}"};
    for (size_t i = 0; i < sizeof displays / sizeof displays[0]; i++) {
        write_site(displays[i], i == 0 ? "en" : i == 1 ? "ko" : "ru");
        struct run run = work_run(author_check, "check " WORK_TELEGRAM " --site " SITE);
        CHECK_THAT(run.code == 0 && run.out[0] == '\0', "%s: %s%s", displays[i], run.out, run.err);
        work_done(&run);
    }
}

static void an_unfit_display_is_told_screen_by_screen(void)
{
    write_site("{width: 155, height: 87, distance: 600}", "en");
    struct run run = work_run(author_check, "check " WORK_TELEGRAM " --site " SITE);
    CHECK_INT(run.code, 0); /* a warning is not a mistake of the exhibit's */
    CHECK(strncmp(run.out, SITE ":2:10: warning: ", strlen(SITE ":2:10: warning: ")) == 0);
    CHECK(count(run.out, "[VIT-901]") > 20 && strstr(run.out, "home, in ") != NULL);
    work_done(&run);
    write_site("{width: 930, height: 523, distance: 9000}", "en");
    run = work_run(author_check, "check " WORK_TELEGRAM " --site " SITE);
    CHECK(count(run.out, "[VIT-902]") > 20 && count(run.out, "[VIT-904]") > 0);
    work_done(&run);
    write_site("{width: 930, height: 523, floor: 1200}", "en");
    run = work_run(author_check, "check " WORK_TELEGRAM " --site " SITE);
    CHECK(count(run.out, "[VIT-903]") > 10 && count(run.out, "[VIT-901]") == 0);
    work_done(&run);
}

static void a_mistake_in_the_site_file_is_one(void)
{
    write_site("{width: wide, height: 87}", "en");
    struct run run = work_run(author_check, "check --site " SITE);
    CHECK_INT(run.code, 1);
    CHECK_INT(work_lines(run.out), 1);
    CHECK(strstr(run.out, SITE ":2:18: error: ") != NULL && strstr(run.out, "[VIT-208]") != NULL);
    work_done(&run);
    run = work_run(author_check, "check --site " TEST_BINARY_DIR "/none.yaml");
    CHECK_INT(run.code, 1);
    work_done(&run);
}

static void the_measures_are_right(void)
{
    struct view_display display = {.millimetres_per_px = 0.5, .distance_mm = 600};
    CHECK(fabs(view_cap_px(&display) - 14.66) < 0.01); /* 7.33 mm */
    int top, bottom;
    view_reach(&display, 1080, &top, &bottom);
    CHECK(top == 0 && bottom == 1080);
    display.placed = true;
    display.floor_mm = 100; /* the lower 280 mm are too low; 1120 mm above the edge are within reach */
    view_reach(&display, 1080, &top, &bottom);
    CHECK(top == 0 && bottom == 1080 - 560);
    display.floor_mm = 1000; /* 220 mm of it can be reached */
    view_reach(&display, 1080, &top, &bottom);
    CHECK(top == 1080 - 440 && bottom == 1080);
    display.floor_mm = 1300;
    view_reach(&display, 1080, &top, &bottom);
    CHECK(top == 1080 && bottom == 1080);
}

static bool is_there(const char *name)
{
    char path[600];
    snprintf(path, sizeof path, TEST_BINARY_DIR "/stand-pictures/%s", name);
    return access(path, F_OK) == 0;
}

static void only_the_languages_of_the_site_are_drawn(void)
{
    CHECK(system("rm -rf '" TEST_BINARY_DIR "/stand-pictures'") == 0);
    write_site("{width: 527, height: 296}", "ko, en");
    struct run run = work_run(author_render,
        "render " WORK_TELEGRAM " --site " SITE " --place home --output " TEST_BINARY_DIR "/stand-pictures");
    CHECK_INT(run.code, 0);
    work_done(&run);
    CHECK(is_there("home.ko.png") && is_there("home.en.png"));
    CHECK(!is_there("home.ru.png") && !is_there("home.zh-Hans.png"));
    run = work_run(author_describe, "describe " WORK_TELEGRAM " --site " SITE " --place home");
    CHECK(
        run.code == 0 && strstr(run.out, "\"전보 읽기\"") != NULL); /* a visit begins in the first of them */
    work_done(&run);
    run = work_run(author_describe, "describe " WORK_TELEGRAM " --site " SITE " --place home --lang ru");
    CHECK(run.code == 2 && strstr(run.err, "it is in ko, en") != NULL);
    work_done(&run);
    run = work_run(author_render,
        "render " WORK_TELEGRAM " --site " SITE " --handout " TEST_BINARY_DIR "/stand-handout.pdf --lang ru");
    CHECK_INT(run.code, 2);
    work_done(&run);
}

int main(void)
{
    RUN(only_the_languages_of_the_site_are_drawn);
    RUN(the_measures_are_right);
    RUN(a_mistake_in_the_site_file_is_one);
    RUN(a_fitting_display_holds_every_screen);
    RUN(an_unfit_display_is_told_screen_by_screen);
    return check_report();
}
