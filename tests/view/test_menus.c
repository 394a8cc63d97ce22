/* The menus that open from the bar, in every language and size of text: they stand whole on the screen. */
#include "check.h"
#include "measured.h"

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {1280, 800}};

static bool tap(struct stand *stand, const char *id)
{
    const struct box_tree *tree = player_tree(stand->player);
    int box = box_find(tree, id);
    if (box < 0) {
        return false;
    }
    struct rect r = tree->boxes[box].rect;
    stand_tap(stand, r.x + r.w / 2.0, r.y + r.h / 2.0);
    return true;
}

static void open_each(struct stand *stand, const struct about *where)
{
    static const char *const menus[][2] = {{"bar.language", "menu.language"},
        {"bar.text-size", "menu.text-size"}, {"bar.speed", "menu.speed"}, {"bar.volume", "menu.volume"}};
    for (size_t i = 0; i < sizeof menus / sizeof menus[0]; i++) {
        struct about about = *where;
        about.screen = menus[i][1];
        stand_at(stand, "home");
        if (!player_visit(stand->player)->listening) {
            tap(stand, "bar.listen");
        }
        EXPECT(&about, tap(stand, menus[i][0]), "%s is not there", menus[i][0]);
        EXPECT(&about, box_find(player_tree(stand->player), menus[i][1]) >= 0, "it does not open");
        check_tree(player_tree(stand->player), &about);
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

int main(void)
{
    RUN(menus_stand_whole);
    return check_report();
}
