/* The staff's screens: whole in every language and size, walked by keys, and none of them without the code.
 */
#include "check.h"
#include "measured.h"

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {600, 1024}};

static int asked;
static enum visit_request performed;

static enum visit_reply enter(void *context, const char *code, long *wait_s)
{
    (void)context;
    asked++;
    *wait_s = asked > 3 ? 30 : 0;
    return strcmp(code, "2468") == 0 ? REPLY_DONE : asked > 3 ? REPLY_WAIT : REPLY_WRONG;
}

static int listed = 2, taken = -1;

static void look(
    void *context, enum visit_staff_screen screen, const char *language, struct view_staff *facts)
{
    static const char *const titles[] = {"A telegram to Stalin", "스탈린에게 보낸 전보",
        "Телеграмма Сталину, отправленная из Пекина тринадцатого мая"};
    static const char *const languages[] = {"en", "ko", "ru"};
    (void)context, (void)language;
    snprintf(facts->version, sizeof facts->version, "1.2.3");
    snprintf(facts->system, sizeof facts->system, "Debian GNU/Linux 12 (bookworm), Linux 6.1.0-40-amd64");
    snprintf(facts->title, sizeof facts->title, "%s", titles[2]);
    snprintf(facts->title_language, sizeof facts->title_language, "%s", languages[2]);
    facts->uptime_s = 12 * 86400 + 3 * 3600 + 45 * 60;
    snprintf(facts->exhibit, sizeof facts->exhibit,
        "/var/lib/vitrine/exhibits/releases/1796000000-0123456789abcdef 0123456789abcdef0123456789abcdef");
    facts->mistakes = 0;
    facts->warnings = 3;
    facts->shell = true;
    facts->exhibit_count = screen == STAFF_EXHIBITS ? listed : 0;
    for (int i = 0; i < facts->exhibit_count; i++) {
        struct view_exhibit *exhibit = &facts->exhibits[i];
        snprintf(exhibit->title, sizeof exhibit->title, "%s", titles[i % 3]);
        snprintf(exhibit->language, sizeof exhibit->language, "%s", languages[i % 3]);
        exhibit->date = i % 3 == 2 ? (struct date){0} : (struct date){2026, 1 + i % 12, 13};
        snprintf(exhibit->version, sizeof exhibit->version, "%s", i % 3 == 2 ? "17" : "");
        exhibit->mistakes = i % 5 == 3 ? -1 : i % 5 == 4 ? 12 : 0;
        exhibit->warnings = i % 5 == 4 ? 1 : 0;
        exhibit->playing = i == 0;
        exhibit->offered = i > 0 && exhibit->mistakes == 0;
    }
}

static enum visit_reply perform(void *context, enum visit_request request, int chosen)
{
    (void)context;
    performed = request;
    taken = request == REQUEST_SWITCH ? chosen : taken;
    return request == REQUEST_EXPORT   ? REPLY_NO_STICK
           : request == REQUEST_SWITCH ? REPLY_REFUSED
                                       : REPLY_DONE;
}

static bool open_staffed(struct stand *stand, struct size window)
{
    static const struct player_staff staff = {NULL, enter, look, perform};
    struct error err = {0};
    memset(stand, 0, sizeof *stand);
    stand->window = window;
    asked = 0;
    CHECK_THAT(player_find_paths(&stand->paths, &err), "%s", err.message);
    struct player_options options = {.exhibit = stand->paths.exhibit,
        .paths = &stand->paths,
        .mode = MODE_KIOSK,
        .staff = &staff,
        .window = window,
        .reduced_motion = true};
    stand->player = player_create(&options, stand->now_ms, &err);
    CHECK_THAT(stand->player != NULL, "%s", err.message);
    return stand->player != NULL;
}

static void knock(struct stand *stand)
{
    int w = stand->window.w, h = stand->window.h;
    const double x[] = {5, w - 5, w - 5, 5}, y[] = {5, 5, h - 5, h - 5};
    for (int i = 0; i < 4; i++) {
        struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = x[i], .y_win = y[i]};
        player_event(stand->player, &event, stand->now_ms += 300);
        event.kind = PLAYER_FINGER_UP;
        player_event(stand->player, &event, stand->now_ms += 60);
        player_update(stand->player, stand->now_ms);
    }
    player_update(stand->player, stand->now_ms += 1000);
}

static enum visit_staff_screen now(const struct stand *stand)
{
    return player_visit(stand->player)->staff.screen;
}

static void check_here(struct stand *stand, struct about *about, const char *screen)
{
    about->screen = screen;
    check_tree(player_tree(stand->player), about);
}

static void type_code(struct stand *stand, const char *code)
{
    for (; *code != '\0'; code++) {
        stand_key(stand, (enum player_key)(KEY_DIGIT_0 + (*code - '0')));
    }
    stand_key(stand, KEY_SELECT);
}

static void stand_whole(int text_size)
{
    struct stand stand;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0] && open_staffed(&stand, sizes[s]); s++) {
        static const char *const languages[] = {
            "en", "ko", "zh-Hans", "zh-Hant", "ja", "ru", "el", "ar", "he", "hi", "th"};
        for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
            struct about about = {.language = languages[l], .window = sizes[s], .text_size = text_size};
            knock(&stand);
            stand_appear(&stand, languages[l], text_size, false, false);
            player_update(stand.player, stand.now_ms += 100);
            EXPECT(&about, now(&stand) == STAFF_CODE, "the pad is not there");
            check_here(&stand, &about, "code");
            asked = 0;
            type_code(&stand, "1111");
            check_here(&stand, &about, "wrong code");
            asked = 3;
            type_code(&stand, "1111");
            check_here(&stand, &about, "too many tries");
            type_code(&stand, "2468");
            EXPECT(&about, now(&stand) == STAFF_MENU, "the menu is not there");
            check_here(&stand, &about, "menu");
            static const char *const items[] = {"staff.item.1", "staff.item.2", "staff.item.3"};
            for (size_t i = 0; i < 3; i++) {
                stand_tap_box(&stand, items[i]);
                check_here(&stand, &about, items[i]);
                stand_tap_box(&stand, "staff.back");
            }
            listed = 7;
            stand_tap_box(&stand, "staff.item.2");
            check_here(&stand, &about, "seven exhibits");
            stand_tap_box(&stand, "staff.take.2");
            check_here(&stand, &about, "refused");
            listed = 2;
            stand_tap_box(&stand, "staff.back");
            stand_tap_box(&stand, "staff.item.6");
            check_here(&stand, &about, "no stick");
            EXPECT(&about, box_find(player_tree(stand.player), "staff.reply") >= 0, "nothing is said");
            stand_tap_box(&stand, "staff.close");
        }
        stand_close(&stand);
    }
}

static void every_screen_stands_whole(void)
{
    stand_whole(100);
}

/* As a classroom begins. The staff have no way to a larger one. */
static void and_in_larger_type(void)
{
    stand_whole(125);
}

static void the_pad_lets_in_who_has_the_code(void)
{
    struct stand stand;
    if (!open_staffed(&stand, sizes[0])) {
        return;
    }
    knock(&stand);
    stand_tap_box(&stand, "staff.key.2");
    stand_tap_box(&stand, "staff.key.4");
    stand_tap_box(&stand, "staff.key.9");
    stand_tap_box(&stand, "staff.key.10"); /* takes it back */
    stand_tap_box(&stand, "staff.key.6");
    stand_tap_box(&stand, "staff.key.8");
    stand_tap_box(&stand, "staff.key.12");
    CHECK(now(&stand) == STAFF_MENU && asked == 1);
    stand_tap_box(&stand, "staff.item.3");
    stand_tap_box(&stand, "staff.cell.1");
    stand_tap_box(&stand, "staff.cell.48");
    CHECK(player_visit(stand.player)->staff.touched == (UINT64_C(1) << 47 | 1));
    stand_key(&stand, KEY_BACK);
    stand_tap_box(&stand, "staff.item.4");
    for (int i = 0; i < 6; i++) {
        CHECK(now(&stand) == STAFF_PICTURE);
        stand_tap_box(&stand, "staff.picture");
    }
    CHECK(now(&stand) == STAFF_MENU);
    stand_tap_box(&stand, "staff.item.7");
    CHECK(performed == REQUEST_RESTART);
    stand_tap_box(&stand, "staff.close");
    CHECK(now(&stand) == STAFF_NONE && player_visit(stand.player)->here.place.kind == PLACE_ATTRACT);
    stand_close(&stand);
}

/* Forty exhibits: those that can be played are offered, all of them can be come to, and the one that is
 * touched is the one that is asked for. */
static void a_long_list_scrolls(void)
{
    struct stand stand;
    if (!open_staffed(&stand, sizes[2])) {
        return;
    }
    listed = 40;
    knock(&stand);
    type_code(&stand, "2468");
    stand_tap_box(&stand, "staff.item.2");
    const struct box_tree *tree = player_tree(stand.player);
    CHECK(box_find(tree, "staff.exhibit.1.playing") >= 0 && box_find(tree, "staff.take.1") < 0);
    CHECK(box_find(tree, "staff.take.2") >= 0);
    CHECK(box_find(tree, "staff.take.4") < 0 && box_find(tree, "staff.take.5") < 0);
    CHECK(box_find(tree, "staff.exhibit.38") < 0);
    for (int i = 0; i < 40 && box_find(player_tree(stand.player), "staff.take.38") < 0; i++) {
        stand_tap_box(&stand, "staff.exhibits.scroll-down");
    }
    for (int i = 0; i < 3; i++) {
        stand_tap_box(&stand, "staff.exhibits.scroll-down");
    }
    taken = -1;
    stand_tap_box(&stand, "staff.take.38");
    CHECK(performed == REQUEST_SWITCH);
    CHECK_INT(taken, 37);
    CHECK(now(&stand) == STAFF_EXHIBITS && box_find(player_tree(stand.player), "staff.reply") >= 0);
    listed = 2;
    stand_close(&stand);
}

/* Keys alone: the knock, the pad by its focus, the menu. */
static void keys_are_enough(void)
{
    static const enum player_key keys[] = {
        KEY_UP, KEY_DOWN, KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_LEFT, KEY_RIGHT};
    struct stand stand;
    if (!open_staffed(&stand, sizes[1])) {
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct player_event event = {.kind = PLAYER_KEY, .key = keys[i]};
        player_event(stand.player, &event, stand.now_ms += 200);
        player_update(stand.player, stand.now_ms);
    }
    CHECK(now(&stand) == STAFF_CODE);
    const char *focus = player_visit(stand.player)->here.focus;
    for (int i = 0; i < 40 && strcmp(focus, "staff.key.5") != 0; i++) {
        stand_key(&stand, KEY_DOWN);
    }
    CHECK_TEXT(focus, "staff.key.5");
    stand_key(&stand, KEY_SELECT);
    CHECK_TEXT(player_visit(stand.player)->staff.code, "5");
    stand_key(&stand, KEY_BACK);
    CHECK_TEXT(player_visit(stand.player)->staff.code, "");
    type_code(&stand, "2468");
    CHECK(now(&stand) == STAFF_MENU);
    stand_key(&stand, KEY_BACK);
    CHECK(now(&stand) == STAFF_NONE);
    stand_close(&stand);
}

/* Outside the opening hours too, when nothing else is heard. */
static void the_dark_hears_a_knock(void)
{
    struct stand stand;
    if (!open_staffed(&stand, sizes[0])) {
        return;
    }
    player_close(stand.player, true, ++stand.now_ms);
    player_update(stand.player, ++stand.now_ms);
    CHECK(player_tree(stand.player)->count == 1);
    knock(&stand);
    CHECK(now(&stand) == STAFF_CODE && box_find(player_tree(stand.player), "staff.key.1") >= 0);
    stand_tap_box(&stand, "staff.close");
    CHECK(player_tree(stand.player)->count == 1 && player_closed(stand.player));
    stand_close(&stand);
}

int main(void)
{
    RUN(every_screen_stands_whole);
    RUN(and_in_larger_type);
    RUN(the_pad_lets_in_who_has_the_code);
    RUN(a_long_list_scrolls);
    RUN(keys_are_enough);
    RUN(the_dark_hears_a_knock);
    return check_report();
}
