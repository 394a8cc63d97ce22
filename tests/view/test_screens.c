/* Every screen of the shipped exhibit, in every language, size, theme and text size: what must hold of any of
 * them. */
#include "check.h"
#include "measured.h"

static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
    "people", "places", "timeline", "words", "related", "questions", "about", "search",
    "person:pak-heon-yeong", "place:beijing", "event:telegram-written", "term:ap-rf",
    "note:about-this-record", "document:shtykov-1950-05-12"};
/* The ids that the arrow keys reach are the ids that have an action. */
static void keys_reach_everything(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, measured_sizes[0]));
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

/* Close to the page, at every size and in every theme: the overview is there, has room beside the controls,
 * can be hit, and in low reach has its like below. */
static void overview_has_its_place(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, measured_sizes[0]));
    for (size_t s = 0; stand.player != NULL && s < ARRAY_LENGTH(measured_sizes); s++) {
        for (int look = 0; look < 8; look++) {
            struct about about = {
                "scan", "en", measured_sizes[s], look & 4 ? 200 : 100, (look & 1) != 0, (look & 2) != 0};
            stand_resize(&stand, measured_sizes[s]);
            stand_appear(&stand, "en", about.text_size, about.contrast, about.low_reach);
            stand_at(&stand, "home");
            stand_at(&stand, "scan");
            struct camera camera = {0.3, 0.2, 2, look % 4};
            player_look(stand.player, camera, 0, stand.now_ms);
            player_update(stand.player, stand.now_ms + 16);
            const struct box_tree *tree = player_tree(stand.player);
            int page = box_find(tree, "page"), overview = box_find(tree, "page.overview");
            EXPECT(&about, page >= 0, "there is no page");
            if (page >= 0 && overview < 0) { /* only where it would take more than a third */
                EXPECT(&about,
                    tree->boxes[page].rect.h < 3 * audit_target_px(measured_sizes[s]) + 60 ||
                        tree->boxes[page].rect.w < 3 * audit_target_px(measured_sizes[s]) + 60,
                    "no overview on a page of %dx%d", tree->boxes[page].rect.w, tree->boxes[page].rect.h);
                continue;
            }
            struct rect r = tree->boxes[overview].rect, in = tree->boxes[page].rect;
            EXPECT(&about, rect_holds(in, r) && r.w * 3 <= in.w && r.h * 3 <= in.h, "overview %d,%d %dx%d",
                r.x, r.y, r.w, r.h);
            bool low = about.low_reach;
            EXPECT(&about, (tree->boxes[overview].action.verb == ACTION_CENTRE) == !low, "its action");
            EXPECT(&about, (box_find(tree, "page.left") >= 0 && box_find(tree, "page.down") >= 0) == low,
                "its like below");
            EXPECT(&about,
                r.w >= audit_target_px(measured_sizes[s]) && r.h >= audit_target_px(measured_sizes[s]),
                "%dx%d", r.w, r.h);
            int seen = box_find(tree, "page.overview.seen");
            EXPECT(&about, seen >= 0 && rect_holds(r, tree->boxes[seen].rect), "what is seen lies outside");
            check_tree(tree, &about);
        }
    }
    stand_close(&stand);
}

/* A sheet that lies over the screen covers the focus ring too. */
static void warning_covers_the_focus(void)
{
    struct stand stand;
    CHECK(stand_open(&stand, NULL, measured_sizes[0]));
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

/* At the usual size of text nobody has to scroll to see where one can go. */
static void home_stands_whole(void)
{
    static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};
    static const struct size windows[] = {{1920, 1080}, {1366, 768}, {1080, 1920}, {3840, 2160}};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, windows[0]));
    for (size_t i = 0; stand.player != NULL && i < ARRAY_LENGTH(languages) * ARRAY_LENGTH(windows); i++) {
        struct size window = windows[i % ARRAY_LENGTH(windows)];
        const char *language = languages[i / ARRAY_LENGTH(windows)];
        stand_resize(&stand, window);
        stand_appear(&stand, language, 100, false, false);
        const struct box_tree *tree = stand_at(&stand, "home");
        CHECK(box_find(tree, "home.about") >= 0);
        CHECK_THAT(box_find(tree, "home.scroll-down") < 0, "home scrolls in %s at %dx%d", language, window.w,
            window.h);
    }
    stand_close(&stand);
}

int main(void)
{
    RUN(home_stands_whole);
    RUN(warning_covers_the_focus);
    RUN(overview_has_its_place);
    measure_looks(NULL, screens, ARRAY_LENGTH(screens));
    RUN(keys_reach_everything);
    return check_report();
}
