/* The search screen with something typed and something found; and its keyboard. */
#include "check.h"
#include "measured.h"

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {3840, 2160}};

static const struct box_tree *type_text(struct stand *stand, const char *text)
{
    struct player_event event = {.kind = PLAYER_TEXT};
    snprintf(event.text, sizeof event.text, "%s", text);
    stand->now_ms += 50;
    player_event(stand->player, &event, stand->now_ms);
    player_wait_ready(stand->player, 60000);
    return player_tree(stand->player);
}

static void search_finds(int text_size, bool contrast, bool low_reach)
{
    static const char *const typed[] = {"stalin", "스탈ㄹ", "毛泽东", "ста"};
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        for (size_t l = 0; l < 4; l++) {
            struct stand stand;
            CHECK(stand_open(&stand, NULL, sizes[s]));
            if (stand.player == NULL) {
                return;
            }
            const char *language = exhibit_head(player_exhibit(stand.player))->languages[l];
            struct about about = {"search", language, sizes[s], text_size, contrast, low_reach};
            stand_appear(&stand, language, text_size, contrast, low_reach);
            stand_at(&stand, "search");
            const struct box_tree *tree = type_text(&stand, typed[l]);
            EXPECT(&about, box_find(tree, "hit.1") >= 0, "%s finds nothing", typed[l]);
            check_tree(tree, &about);
            int hide = box_find(tree, "key.hide");
            EXPECT(&about, hide >= 0, "the keyboard cannot be hidden");
            if (hide >= 0) {
                struct rect at = tree->boxes[hide].rect;
                stand_tap(&stand, at.x + at.w / 2, at.y + at.h / 2);
                tree = player_tree(stand.player);
                check_tree(tree, &about);
                EXPECT(&about, box_find(tree, "keyboard") < 0 && box_find(tree, "hit.1") >= 0, "hidden");
                EXPECT(
                    &about, tree->boxes[box_find(tree, "hit.1")].action.verb == ACTION_FIND, "leads nowhere");
            }
            stand_close(&stand);
        }
    }
}

static void search_at_100(void)
{
    search_finds(100, false, false);
}

static void search_at_200(void)
{
    search_finds(200, true, false);
}

static void search_in_low_reach(void)
{
    search_finds(100, false, true);
}

static bool focused(const struct stand *stand, const char *id)
{
    return strcmp(player_visit(stand->player)->here.focus, id) == 0;
}

/* What is said instead of results has room, or scrolls, in the largest type above any keyboard. */
static void nothing_found(void)
{
    static const char *const typed[] = {"", "sdl", "qqqq wwww eeee rrrr qqqq wwww eeee rrrr"};
    static const struct size windows[] = {{1024, 600}, {1600, 1200}, {1080, 1920}, {1280, 800}};
    for (size_t s = 0; s < sizeof windows / sizeof windows[0] * 4; s++) {
        struct stand stand;
        CHECK(stand_open(&stand, NULL, windows[s / 4]));
        if (stand.player == NULL) {
            return;
        }
        const char *language = exhibit_head(player_exhibit(stand.player))->languages[s % 4];
        for (size_t t = 0; t < sizeof typed / sizeof typed[0] * 2; t++) {
            struct about about = {"search", language, windows[s / 4], 200, true, t % 2 != 0};
            stand_appear(&stand, language, 200, true, t % 2 != 0);
            stand_at(&stand, "search");
            const struct box_tree *tree = type_text(&stand, typed[t / 2]);
            for (int taps = 0; taps < 2 && box_find(tree, "caption") < 0; taps++) {
                int listen = box_find(tree, "bar.listen"); /* a caption, and a row for speed and volume */
                struct rect at = listen >= 0 ? tree->boxes[listen].rect : (struct rect){0, 0, 0, 0};
                stand_tap(&stand, at.x + at.w / 2, at.y + at.h / 2);
                tree = player_tree(stand.player);
            }
            EXPECT(&about, box_find(tree, "caption") >= 0, "nothing is captioned");
            int digits = box_find(tree, "key.digits"); /* a row more than letters */
            if (t == 0 && digits >= 0) {
                struct rect at = tree->boxes[digits].rect;
                stand_tap(&stand, at.x + at.w / 2, at.y + at.h / 2);
                tree = player_tree(stand.player);
            }
            EXPECT(&about, box_find(tree, "search.said") >= 0, "\"%s\": nothing is said", typed[t / 2]);
            check_tree(tree, &about);
        }
        stand_close(&stand);
    }
}

/* Up and down go from row to row of the keyboard; keys type, Backspace takes back what a real keyboard typed.
 */
static void keyboard_is_a_grid(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    if (stand.player == NULL) {
        return;
    }
    stand_at(&stand, "search");
    stand_key(&stand, KEY_TAB);
    CHECK(focused(&stand, "key.1.1"));
    stand_key(&stand, KEY_RIGHT);
    CHECK(focused(&stand, "key.1.2"));
    stand_key(&stand, KEY_DOWN);
    CHECK(focused(&stand, "key.2.2") || focused(&stand, "key.2.1"));
    stand_key(&stand, KEY_SELECT);
    CHECK_THAT(strcmp(player_visit(stand.player)->search.query, "a") == 0 ||
                   strcmp(player_visit(stand.player)->search.query, "s") == 0,
        "typed %s", player_visit(stand.player)->search.query);
    stand_key(&stand, KEY_DOWN);
    stand_key(&stand, KEY_DOWN);
    CHECK(strncmp(player_visit(stand.player)->here.focus, "key.", 4) == 0);
    stand_key(&stand, KEY_DOWN);
    CHECK(focused(&stand, "bar.home"));
    stand_key(&stand, KEY_UP);
    CHECK(focused(&stand, "key.hide"));
    for (int i = 0; i < 3; i++) {
        stand_key(&stand, KEY_UP);
    }
    CHECK(strncmp(player_visit(stand.player)->here.focus, "key.1.", 6) == 0);
    stand_at(&stand, "home");
    stand_at(&stand, "search");
    type_text(&stand, "ta");
    stand_key(&stand, KEY_BACK);
    stand_key(&stand, KEY_BACK);
    CHECK(strlen(player_visit(stand.player)->search.query) == 1);
    stand_key(&stand, KEY_BACK);
    CHECK(player_visit(stand.player)->here.place.kind == PLACE_SEARCH);
    stand_key(&stand, KEY_BACK);
    CHECK(player_visit(stand.player)->here.place.kind != PLACE_SEARCH);
    type_text(&stand, "x");
    CHECK(player_visit(stand.player)->search.query[0] == '\0');
    stand_close(&stand);
}

/* All aids at once. */
static void before_anything_is_typed(void)
{
    static const char *const search[] = {"search"};
    struct measured measured = {.screens = search,
        .screen_count = 1,
        .sizes = sizes,
        .size_count = sizeof sizes / sizeof sizes[0],
        .text_size = 200,
        .contrast = true,
        .low_reach = true};
    measure_screens(&measured);
}

int main(void)
{
    RUN(before_anything_is_typed);
    RUN(search_at_100);
    RUN(search_at_200);
    RUN(search_in_low_reach);
    RUN(nothing_found);
    RUN(keyboard_is_a_grid);
    return check_report();
}
