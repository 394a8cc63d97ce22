/* What stands on the screen when no exhibit can be opened: whole in every language, size and text, and
 * without any way out. */
#include "check.h"
#include "measured.h"

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {600, 1024}, {800, 480}};

static bool open_trouble(struct stand *stand, const struct site *site, struct size window)
{
    struct error err = {0};
    const struct player_trouble trouble = {
        .what =
            "there is no exhibit /var/lib/vitrine/exhibits/current: name a folder with an exhibit.yaml in "
            "it, or a picture",
        .since = {2026, 11, 26},
        .time = "10:05"};
    memset(stand, 0, sizeof *stand);
    stand->window = window;
    CHECK_THAT(player_find_paths(&stand->paths, &err), "%s", err.message);
    struct player_options options = {.trouble = &trouble,
        .paths = &stand->paths,
        .mode = MODE_KIOSK,
        .site = site,
        .window = window,
        .reduced_motion = true};
    stand->player = player_create(&options, stand->now_ms, &err);
    CHECK_THAT(stand->player != NULL, "%s", err.message);
    return stand->player != NULL;
}

static void it_stands_whole_in_every_language(void)
{
    struct stand stand;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0] && open_trouble(&stand, NULL, sizes[s]); s++) {
        const struct exhibit_head *head = exhibit_head(player_exhibit(stand.player));
        CHECK(head->language_count >= 11);
        for (size_t i = 0; i < head->language_count; i++) {
            struct about about = {
                .screen = "trouble", .language = head->languages[i], .window = sizes[s], .text_size = 100};
            stand_appear(&stand, about.language, 100, false, false);
            player_update(stand.player, stand.now_ms += 1000);
            const struct box_tree *tree = player_tree(stand.player);
            check_tree(tree, &about);
            EXPECT(&about, box_find(tree, "trouble.detail") >= 0, "why is not said");
            EXPECT(&about, box_find(tree, "bar.home") < 0, "there is a way on");
        }
        stand_close(&stand);
    }
}

static const char *name_of(const struct stand *stand, const char *id)
{
    const struct box_tree *tree = player_tree(stand->player);
    int box = box_find(tree, id);
    static char name[300];
    snprintf(name, sizeof name, "%.*s", box >= 0 ? (int)tree->boxes[box].name.length : 0,
        box >= 0 ? tree->boxes[box].name.data : "");
    return name;
}

static void it_says_what_since_when_and_what_to_do(void)
{
    struct stand stand;
    struct site site = {.language = "ru", .languages = {"ru", "ko"}, .language_count = 2};
    if (!open_trouble(&stand, &site, sizes[0])) {
        return;
    }
    player_update(stand.player, stand.now_ms += 1000);
    CHECK_TEXT(player_visit(stand.player)->language, "ru");
    CHECK(exhibit_head(player_exhibit(stand.player))->language_count >= 11); /* the staff may speak another */
    stand_appear(&stand, "en", 100, false, false);
    player_update(stand.player, stand.now_ms += 1000);
    CHECK_TEXT(name_of(&stand, "trouble.since"), "Since 26 November 2026, 10:05");
    CHECK(strncmp(name_of(&stand, "trouble.detail"), "there is no exhibit /var/lib/", 29) == 0);
    CHECK(strstr(name_of(&stand, "trouble.do.text"), "every ten seconds") != NULL);
    stand_close(&stand);
}

/* A language is one touch away; whatever else is done, the message stays, and stays at rest. */
static void a_touch_chooses_a_language_and_nothing_else(void)
{
    struct stand stand;
    if (!open_trouble(&stand, NULL, sizes[0])) {
        return;
    }
    player_update(stand.player, stand.now_ms += 1000);
    const struct box_tree *tree = player_tree(stand.player);
    for (size_t i = 0; i < tree->count; i++) {
        if (strncmp(tree->boxes[i].id, "trouble.language.", 17) == 0 &&
            strcmp(tree->boxes[i].action.argument.data, "ko") == 0) {
            struct rect r = tree->boxes[i].rect;
            stand_tap(&stand, r.x + r.w / 2.0, r.y + r.h / 2.0);
            break;
        }
    }
    CHECK_TEXT(player_visit(stand.player)->language, "ko");
    static const enum player_key keys[] = {
        KEY_TAB, KEY_SELECT, KEY_ESCAPE, KEY_BACK, KEY_HOME, KEY_PAGE_DOWN, KEY_DOWN};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct player_event key = {.kind = PLAYER_KEY, .key = keys[i]};
        CHECK(!player_event(stand.player, &key, stand.now_ms += 1000));
        player_update(stand.player, stand.now_ms);
        CHECK(box_find(player_tree(stand.player), "trouble.title") >= 0);
    }
    player_update(stand.player, stand.now_ms += 3600000);
    CHECK(box_find(player_tree(stand.player), "trouble.title") >= 0);
    stand_close(&stand);
}

int main(void)
{
    RUN(it_stands_whole_in_every_language);
    RUN(it_says_what_since_when_and_what_to_do);
    RUN(a_touch_chooses_a_language_and_nothing_else);
    return check_report();
}
