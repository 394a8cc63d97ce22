/* The menus that open from the bar, in every language and size of text: they stand whole on the screen. */
#include "check.h"
#include "measured.h"

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {1280, 800}, {1600, 1200}};

static void open_each(struct stand *stand, const struct about *where)
{
    static const char *const menus[][2] = {{"bar.language", "menu.language"},
        {"bar.text-size", "menu.text-size"}, {"bar.speed", "menu.speed"}, {"bar.volume", "menu.volume"}};
    for (size_t i = 0; i < sizeof menus / sizeof menus[0]; i++) {
        struct about about = *where;
        about.screen = menus[i][1];
        stand_at(stand, "home");
        stand_key(stand, KEY_MINUS); /* from now on it is offered to switch such keys off */
        if (!player_visit(stand->player)->listening) {
            stand_tap_box(stand, "bar.listen");
        }
        EXPECT(&about, stand_tap_box(stand, menus[i][0]), "%s is not there", menus[i][0]);
        const struct box_tree *tree = player_tree(stand->player);
        int menu = box_find(tree, menus[i][1]), bar = box_find(tree, "bar");
        EXPECT(&about, menu >= 0 && rect_intersect(tree->boxes[menu].rect, tree->boxes[bar].rect).h == 0,
            "it lies on the bar");
        check_tree(tree, &about);
        if (i == 1) {
            EXPECT(&about, stand_tap_box(stand, "menu.text-size.6"), "it does not offer all");
        } /* which is on the next time, when the type is large, and off the time after */
    }
}

static void menus_stand_whole(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    for (size_t s = 0; stand.player != NULL && s < sizeof sizes / sizeof sizes[0]; s++) {
        const struct exhibit_head *head = exhibit_head(player_exhibit(stand.player));
        stand_resize(&stand, sizes[s]);
        for (size_t i = 0; i < head->language_count * 4; i++) {
            struct about about = {.language = head->languages[i / 4],
                .window = sizes[s],
                .text_size = i & 1 ? 200 : 100,
                .low_reach = (i & 2) != 0};
            stand_appear(&stand, about.language, about.text_size, false, about.low_reach);
            open_each(&stand, &about);
        }
    }
    stand_close(&stand);
}

static void draw_a_stroke(struct stand *stand)
{
    const struct box_tree *tree = player_tree(stand->player);
    int page = box_find(tree, "page");
    struct rect r = page >= 0 ? tree->boxes[page].rect : (struct rect){0};
    struct player_event event = {
        .kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = r.x + r.w / 2.0, .y_win = r.y + r.h / 2.0};
    CHECK(page >= 0);
    if (!player_visit(stand->player)->pen) {
        stand_key(stand, KEY_PEN);
    }
    player_event(stand->player, &event, stand->now_ms);
    event.kind = PLAYER_FINGER_MOVE;
    event.x_win += 60;
    player_event(stand->player, &event, stand->now_ms);
    event.kind = PLAYER_FINGER_UP;
    player_event(stand->player, &event, stand->now_ms);
    player_update(stand->player, ++stand->now_ms);
}

/* All of them at once, in the largest type on the narrowest display. */
static void tools_stand_whole(void)
{
    struct size narrow = {768, 1366};
    struct stand stand;
    CHECK(stand_open_in(&stand, NULL, narrow, MODE_CLASSROOM));
    const struct exhibit_head *head =
        stand.player != NULL ? exhibit_head(player_exhibit(stand.player)) : NULL;
    for (size_t i = 0; head != NULL && i < head->language_count * 2; i++) {
        struct about about = {"parallel", head->languages[i / 2], narrow, i & 1 ? 200 : 100, false, false};
        stand_appear(&stand, about.language, about.text_size, false, false);
        stand_at(&stand, "home");
        stand_at(&stand, "parallel");
        draw_a_stroke(&stand); /* whoever leaves the page leaves the strokes behind */
        EXPECT(&about, box_find(player_tree(stand.player), "tool.undo") >= 0, "no stroke to take back");
        check_tree(player_tree(stand.player), &about);
    }
    stand_close(&stand);
}

int main(void)
{
    RUN(tools_stand_whole);
    RUN(menus_stand_whole);
    return check_report();
}
