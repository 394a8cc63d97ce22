/* Every screen of the shipped exhibit, in every language, size, theme and text size: what must hold of any of
 * them. */
#include "check.h"
#include "measured.h"

static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
    "people", "places", "timeline", "words", "related", "questions", "about", "search",
    "person:pak-heon-yeong", "place:beijing", "event:telegram-written", "term:ap-rf",
    "note:about-this-record", "document:shtykov-1950-05-12"};
static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {3840, 2160}};

static void check_all(bool contrast, bool low_reach, int text_size)
{
    struct measured measured = {.screens = screens,
        .screen_count = sizeof screens / sizeof screens[0],
        .sizes = sizes,
        .size_count = sizeof sizes / sizeof sizes[0],
        .text_size = text_size,
        .contrast = contrast,
        .low_reach = low_reach};
    measure_screens(&measured);
}

static void at_100(void)
{
    check_all(false, false, 100);
}

static void at_150(void)
{
    check_all(false, false, 150);
}

static void at_200(void)
{
    check_all(false, false, 200);
}

static void in_high_contrast(void)
{
    check_all(true, false, 125);
}

static void in_low_reach(void)
{
    check_all(false, true, 100);
}

/* The ids that the arrow keys reach are the ids that have an action. */
static void keys_reach_everything(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    for (size_t i = 1; stand.player != NULL && i < sizeof screens / sizeof screens[0]; i++) {
        const struct box_tree *tree = stand_at(&stand, screens[i]);
        size_t focusable = 0, reached = 0;
        for (size_t b = 0; b < tree->count; b++) {
            focusable += box_focusable(tree, (int)b) ? 1 : 0;
        }
        char first[128] = "";
        for (int step = 0; step < 2000; step++) {
            stand_key(&stand, KEY_RIGHT);
            const char *focus = player_visit(stand.player)->here.focus;
            if (step == 0) {
                snprintf(first, sizeof first, "%s", focus);
            } else if (strcmp(first, focus) == 0) {
                break;
            }
            int at = box_find(player_tree(stand.player), focus);
            CHECK_THAT(at >= 0 && (player_tree(stand.player)->boxes[at].states & BOX_FOCUSED) != 0,
                "%s on %s", focus, screens[i]);
            reached++;
        }
        CHECK_THAT(
            reached >= focusable && focusable > 0, "%s: %zu of %zu reached", screens[i], reached, focusable);
    }
    stand_close(&stand);
}

/* A sheet that lies over the screen covers the focus ring too. */
static void warning_covers_the_focus(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    if (stand.player == NULL) {
        return;
    }
    stand_at(&stand, "meaning");
    stand_key(&stand, KEY_DOWN);
    char focus[128];
    snprintf(focus, sizeof focus, "%s", player_visit(stand.player)->here.focus);
    int before = box_find(player_tree(stand.player), focus);
    CHECK(before >= 0 && (player_tree(stand.player)->boxes[before].states & BOX_FOCUSED) != 0);
    stand.now_ms += 91000;
    player_update(stand.player, stand.now_ms);
    const struct box_tree *tree = player_tree(stand.player);
    int after = box_find(tree, focus);
    CHECK(box_find(tree, "warning") >= 0);
    CHECK(after >= 0 && (tree->boxes[after].states & BOX_FOCUSED) == 0);
    stand_close(&stand);
}

int main(void)
{
    RUN(warning_covers_the_focus);
    RUN(at_100);
    RUN(at_150);
    RUN(at_200);
    RUN(in_high_contrast);
    RUN(in_low_reach);
    RUN(keys_reach_everything);
    return check_report();
}
