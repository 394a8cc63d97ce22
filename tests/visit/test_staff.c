/* The staff's menu: who knocks is asked for the code, who has none comes no further, and who does not go on
 * is gone. */
#include "fake.h"

#include "check.h"

static struct visit visit;
static struct fake_screen screen;

static void begin(bool staff)
{
    struct visit_frame frame = fake_frame(MODE_KIOSK);
    frame.staff = staff;
    fake_screen_init(&screen);
    visit_init(&visit, &frame, 1000);
}

static bool knock(int64_t first_ms, int64_t step_ms)
{
    bool open = false;
    for (int i = 0; i < VISIT_CORNERS; i++) {
        open = visit_knock_corner(&visit, i, first_ms + i * step_ms);
    }
    return open;
}

static void four_corners_in_turn_ask_for_the_code(void)
{
    begin(true);
    fake_act(&screen, &visit, "begin ko", 2000);
    CHECK(knock(3000, 1000) && visit.staff.screen == STAFF_CODE);
    CHECK_TEXT(visit.language, "en"); /* the visitor who was there is gone */
    begin(true);
    CHECK(!knock(3000, 2500) && visit.staff.screen == STAFF_NONE); /* too slow */
    CHECK(knock(30000, 100));
    begin(true);
    CHECK(!visit_knock_corner(&visit, 0, 1) && !visit_knock_corner(&visit, 1, 2) &&
          !visit_knock_corner(&visit, -1, 3) && !visit_knock_corner(&visit, 2, 4) &&
          !visit_knock_corner(&visit, 3, 5)); /* a touch elsewhere came between */
    CHECK(!visit_knock_corner(&visit, 0, 6) && !visit_knock_corner(&visit, 0, 7) &&
          !visit_knock_corner(&visit, 1, 8) && !visit_knock_corner(&visit, 2, 9) &&
          visit_knock_corner(&visit, 3, 10)); /* the first one may be touched twice */
    begin(false);
    CHECK(!knock(3000, 100) && visit.staff.screen == STAFF_NONE); /* there is no menu */
}

static void eight_keys_do_too(void)
{
    static const int keys[] = {0, 1, 0, 1, 2, 3, 2, 3};
    bool open = false;
    begin(true);
    for (int i = 0; i < 8; i++) {
        CHECK(!open);
        open = visit_knock_key(&visit, keys[i], 5000 + i * 500);
    }
    CHECK(open && visit.staff.screen == STAFF_CODE);
    begin(true);
    open = false;
    for (int i = 0; i < 8; i++) {
        open = visit_knock_key(&visit, i == 5 ? -1 : keys[i], 5000 + i * 500) || open;
    }
    CHECK(!open);
}

static void the_code_opens_and_time_closes(void)
{
    char code[VISIT_CODE_MAX + 1];
    begin(true);
    knock(3000, 100);
    fake_act(&screen, &visit, "staff enter", 4000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_NONE); /* nothing was typed */
    fake_act(&screen, &visit, "staff digit 1", 4000);
    fake_act(&screen, &visit, "staff digit 2", 4000);
    fake_act(&screen, &visit, "staff digit x", 4000);
    fake_act(&screen, &visit, "staff erase", 4000);
    fake_act(&screen, &visit, "staff digit 7", 4000);
    fake_act(&screen, &visit, "staff enter", 4000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_ENTER);
    CHECK_TEXT(code, "17");
    CHECK(visit.staff.code[0] == '\0' && visit_staff_request(&visit, code) == REQUEST_NONE);
    visit_staff_reply(&visit, REPLY_WAIT, 30, 4000);
    CHECK(visit.staff.screen == STAFF_CODE && visit.staff.wait_s == 30);
    visit_staff_reply(&visit, REPLY_DONE, 0, 5000);
    CHECK(visit.staff.screen == STAFF_MENU);
    fake_act(&screen, &visit, "staff go touch", 6000);
    fake_act(&screen, &visit, "staff cell 47", 6000);
    fake_act(&screen, &visit, "staff cell 48", 6000);
    CHECK(visit.staff.screen == STAFF_TOUCH && visit.staff.touched == UINT64_C(1) << 47);
    fake_act(&screen, &visit, "back", 7000);
    CHECK(visit.staff.screen == STAFF_MENU && visit.staff.touched == 0);
    fake_act(&screen, &visit, "staff go picture", 8000);
    for (int i = 0; i < 6; i++) {
        CHECK(visit.staff.screen == STAFF_PICTURE && visit.staff.picture == i);
        fake_act(&screen, &visit, "staff next", 9000);
    }
    CHECK(visit.staff.screen == STAFF_MENU);
    fake_act(&screen, &visit, "staff do export", 10000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_EXPORT);
    fake_act(&screen, &visit, "staff choose 3", 10000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_NONE); /* nothing is listed here */
    fake_act(&screen, &visit, "staff go exhibits", 10000);
    fake_act(&screen, &visit, "staff choose 64", 10000);
    fake_act(&screen, &visit, "staff choose -1", 10000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_NONE);
    fake_act(&screen, &visit, "staff choose 3", 10000);
    CHECK(visit_staff_request(&visit, code) == REQUEST_SWITCH && visit.staff.chosen == 3);
    visit_staff_reply(&visit, REPLY_REFUSED, 0, 10000);
    CHECK(visit.staff.screen == STAFF_EXHIBITS && visit.staff.reply == REPLY_REFUSED);
    fake_act(&screen, &visit, "scroll main down", 10000); /* who reads on is there */
    fake_act(&screen, &visit, "back", 10000);
    CHECK(visit.staff.screen == STAFF_MENU && visit.staff.reply == REPLY_NONE);
    CHECK(visit_deadline(&visit, 10000) <= 190000);
    visit_tick(&visit, NULL, 189999);
    CHECK(visit.staff.screen == STAFF_MENU);
    visit_tick(&visit, NULL, 190000);
    CHECK(visit.staff.screen == STAFF_NONE && visit.here.place.kind == PLACE_ATTRACT);
    knock(200000, 100);
    visit_tick(&visit, NULL, 231000);
    CHECK(visit.staff.screen == STAFF_NONE); /* nobody typed */
    knock(300000, 100);
    fake_act(&screen, &visit, "home", 301000);
    CHECK(visit.staff.screen == STAFF_NONE);
}

/* A hundred thousand things that a stranger does, with a host that refuses every code. */
static void strangers_come_no_further_than_the_pad(void)
{
    static const char *const acts[] = {"staff digit 1", "staff digit 9", "staff enter", "staff erase",
        "staff close", "staff go menu", "staff go about", "staff do shell", "staff do restart",
        "staff go exhibits", "staff choose 1", "staff cell 3", "staff next", "back", "home", "close",
        "go people", "begin en", "stay", "menu language", "language ko", "go search", "scroll main down"};
    uint64_t random = 1950;
    int64_t now = 1000;
    int doors = 0, codes = 0;
    begin(true);
    for (int i = 0; i < 100000; i++) {
        char code[VISIT_CODE_MAX + 1];
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        unsigned what = (unsigned)(random >> 33) % 100, which = (unsigned)(random >> 40);
        now += (int64_t)(which % 700);
        if (what < 30) {
            doors += visit_knock_corner(&visit, (int)(which % 5) - 1, now);
        } else if (what < 60) {
            doors += visit_knock_key(&visit, (int)(which % 5) - 1, now);
        } else if (what < 62) {
            doors += knock(now, 10);
        } else if (what < 99) {
            fake_act(&screen, &visit, acts[which % (sizeof acts / sizeof acts[0])], now);
        } else {
            now += 40000;
        }
        visit_tick(&visit, NULL, now);
        enum visit_request request = visit_staff_request(&visit, code);
        if (request == REQUEST_ENTER) {
            codes++;
            visit_staff_reply(&visit, REPLY_WRONG, 0, now);
        }
        if (visit.staff.screen > STAFF_CODE || (request != REQUEST_NONE && request != REQUEST_ENTER)) {
            CHECK_THAT(false, "event %d led in", i);
            return;
        }
    }
    CHECK_THAT(doors > 100 && codes > 10, "%d doors, %d codes", doors, codes);
}

int main(void)
{
    RUN(four_corners_in_turn_ask_for_the_code);
    RUN(eight_keys_do_too);
    RUN(the_code_opens_and_time_closes);
    RUN(strangers_come_no_further_than_the_pad);
    return check_report();
}
