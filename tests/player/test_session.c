/* Whole sittings without a display: scripts, pictures, reports, records. */
#include "check.h"
#include "work.h"

static bool play(
    const char *script, const char *report, const char *record, struct size window, struct error *err)
{
    struct player_paths paths;
    memset(err, 0, sizeof *err);
    if (!player_find_paths(&paths, err)) {
        return false;
    }
    struct player_options player = {.exhibit = SMALL, .paths = &paths, .mode = MODE_KIOSK, .window = window};
    struct session_options options = {
        .player = &player, .script = script, .report = report, .record = record};
    return headless_play(&options, err);
}

static const struct size hd = {1280, 720};

static bool same_files(const char *a, const char *b)
{
    static char copy[1 << 20];
    char *text = work_read(a);
    memcpy(copy, text, sizeof copy);
    return memcmp(copy, work_read(b), sizeof copy) == 0;
}

static void without_a_script_it_ends_at_the_first_picture(void)
{
    struct error err;
    CHECK_THAT(play(NULL, "report.json", NULL, hd, &err), "%s", err.message);
    const char *json = work_read("report.json");
    CHECK(strstr(json, "\"driver\":\"headless/compositor\"") != NULL);
    CHECK(strstr(json, "\"size\":[1280,720]") != NULL);
    CHECK(strstr(json, "\"first_frame_ms\":null") == NULL);
    CHECK(strstr(json, "\"jumps_ms\":[]") != NULL);
    static const char *const keys[] = {"version", "place_ready_ms", "frames", "frame_ms", "interval_ms",
        "late_frames", "cpu_s", "peak_rss_kb", "idle_wakeups_per_s", "tiles", "decoded", "evicted", "failed",
        "cache_bytes_peak", "p50", "p90", "p99", "max"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char key[40];
        snprintf(key, sizeof key, "\"%s\":", keys[i]);
        CHECK_THAT(strstr(json, key) != NULL, "%s", keys[i]);
    }
    unlink("report.json");
}

static const char visit[] = "0 screenshot attract.png\n"
                            "0 tap 0.5 0.5\n"
                            "400 screenshot home.png\n"
                            "500 go document:notice/scan\n"
                            "900 wait ready\n"
                            "900 look 0.5 0.3 1.0 0\n"
                            "1000 look 0.4 0.6 1.5 0\n"
                            "1100 pinch 0.3 0.4 9 300\n"
                            "1500 drag 0.4 0.4 0.3 0.2 200\n"
                            "1600 screenshot moving.png\n"
                            "3000 key Tab\n"
                            "3100 key Enter\n"
                            "3200 wheel 0.3 0.4 -3\n"
                            "3300 resize 900 1400\n"
                            "3900 screenshot end.png\n"
                            "4000 quit\n";

static void a_script_is_played_and_draws_the_same_twice(void)
{
    struct error err;
    static const char *const pictures[] = {"attract", "home", "moving", "end"};
    CHECK(work_write("visit.txt", visit));
    for (int round = 0; round < 2; round++) {
        CHECK_THAT(
            play("visit.txt", "report.json", NULL, hd, &err), "%s:%d: %s", err.file, err.line, err.message);
        for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
            char name[40], kept[40];
            snprintf(name, sizeof name, "%s.png", pictures[i]);
            snprintf(kept, sizeof kept, "%s.kept.png", pictures[i]);
            CHECK_THAT(access(name, F_OK) == 0, "%s", name);
            if (round == 0) {
                CHECK(rename(name, kept) == 0);
            } else {
                CHECK_THAT(same_files(name, kept), "%s differs", name);
            }
        }
    }
    CHECK(!same_files("home.png", "moving.png"));
    CHECK(!same_files("home.png", "attract.png"));
    const char *json = work_read("report.json"), *jumps = strstr(json, "\"jumps_ms\":[");
    CHECK(jumps != NULL && strchr(jumps, ',') < strchr(jumps, ']')); /* two of them */
    CHECK(strstr(json, "\"size\":[900,1400]") != NULL);
}

/* What was recorded leads to the same picture as what was done. */
static void a_record_plays_again(void)
{
    struct error err;
    const char *script = "0 tap 0.5 0.5\n500 tap @bar.contrast\n1000 tap @bar.text-size\n1500 tap 0.5 "
                         "0.4\n2000 key Tab\n2500 quit\n";
    CHECK(work_write("first.txt", script));
    CHECK_THAT(play("first.txt", NULL, "record.txt", hd, &err), "%s", err.message);
    char *record = work_read("record.txt");
    CHECK_THAT(strstr(record, "500 down ") != NULL && strstr(record, "key Tab") != NULL &&
                   strstr(record, "quit") != NULL,
        "%s", record);
    char with_picture[8192];
    char *quit = strstr(record, "quit");
    while (quit != NULL && quit > record && quit[-1] != '\n') {
        quit--;
    }
    if (quit != NULL) {
        *quit = '\0';
    }
    snprintf(with_picture, sizeof with_picture, "%s3000 screenshot again.png\n", record);
    CHECK(work_write("second.txt", with_picture));
    snprintf(with_picture, sizeof with_picture, "%.*s3000 screenshot once.png\n",
        (int)(strstr(script, "2500") - script), script);
    CHECK(work_write("third.txt", with_picture));
    CHECK_THAT(play("second.txt", NULL, NULL, hd, &err), "%s", err.message);
    CHECK_THAT(play("third.txt", NULL, NULL, hd, &err), "%s", err.message);
    CHECK(same_files("once.png", "again.png"));
}

static void what_a_script_does_not_find_is_its_mistake(void)
{
    struct error err;
    CHECK(work_write("bad.txt", "0 go home\n300 wait ready\n400 tap @bar.nonsense\n"));
    CHECK(!play("bad.txt", NULL, NULL, hd, &err));
    CHECK_INT(err.category, ERROR_INPUT);
    CHECK_INT(err.line, 3);
    CHECK(strstr(err.message, "bar.nonsense") != NULL);
    CHECK(work_write("bad.txt", "0 go home\n10 fly\n"));
    CHECK(!play("bad.txt", NULL, NULL, hd, &err));
    CHECK_INT(err.line, 2);
    CHECK(work_write("bad.txt", "0 go home\n10 screenshot no-such-folder/x.png\n"));
    CHECK(!play("bad.txt", NULL, NULL, hd, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
}

static void places_that_cannot_be_written_are_said(void)
{
    struct error err;
    CHECK(!play(NULL, "no-such-folder/report.json", NULL, hd, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(!play(NULL, NULL, "no-such-folder/record.txt", hd, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
}

/* Warned after 90 seconds, reset 20 later, and then the screen is what it was before anybody came, to the
 * pixel. */
static void an_abandoned_visit_ends_at_attract(void)
{
    struct error err;
    CHECK(work_write("idle.txt",
        "0 wait ready\n0 screenshot before.png\n100 tap 0.5 0.5\n600 screenshot home.png\n"
        "700 tap @bar.contrast\n90000 screenshot late.png\n100000 screenshot warning.png\n"
        "110700 screenshot after.png\n110700 quit\n"));
    CHECK_THAT(play("idle.txt", NULL, NULL, hd, &err), "%s", err.message);
    CHECK(!same_files("home.png", "late.png"));
    CHECK(!same_files("late.png", "warning.png"));
    CHECK(same_files("before.png", "after.png"));
}

/* Who sleeps until a deadline and a little less must find it where it was, and in the end there is none. */
static void it_comes_to_rest(void)
{
    enum { W = 640, H = 400, TURNS = 2000 };
    static uint32_t pixels[W * H];
    struct paint_target target = {pixels, W, H, W};
    struct rect damage[PAINT_DAMAGE_MAX];
    struct work work;
    int turns = 0;
    bool good =
        work_open(&work, TEST_SOURCE_DIR "/exhibits/telegram-1950", MODE_CLASSROOM, (struct size){W, H});
    CHECK(good);
    for (; good && turns < TURNS; turns++) {
        int64_t deadline = player_deadline(work.player, work.now_ms);
        if (deadline == INT64_MAX) {
            break;
        }
        int64_t early = work.now_ms + (deadline - work.now_ms) / 2;
        CHECK(deadline == work.now_ms || player_deadline(work.player, early) == deadline);
        work.now_ms = deadline > work.now_ms ? deadline : work.now_ms + 16;
        if (player_update(work.player, work.now_ms)) {
            player_draw(work.player, &target, turns == 0, damage);
        }
    }
    CHECK_THAT(turns < TURNS, "after %d turns", turns);
    work_close(&work);
}

int main(void)
{
    char folder[32];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(without_a_script_it_ends_at_the_first_picture);
    RUN(a_script_is_played_and_draws_the_same_twice);
    RUN(a_record_plays_again);
    RUN(what_a_script_does_not_find_is_its_mistake);
    RUN(places_that_cannot_be_written_are_said);
    RUN(it_comes_to_rest);
    RUN(an_abandoned_visit_ends_at_attract);
    return work_leave(folder, check_report());
}
