/* What must not happen to a text on any screen: covered in part by a panel, cut through at the edge of what
 * scrolls, broken off. */
#include "check.h"
#include "stand.h"

#include "text/text.h"

#include <math.h>

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}};
static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static struct rect ink_of(const struct box *box)
{
    struct rect ink = text_measure(box->look.text).ink;
    ink.x += box->rect.x + box->look.text_at.x;
    ink.y += box->rect.y + box->look.text_at.y;
    return ink;
}

static bool is_within(const struct box_tree *tree, int index, enum box_role role)
{
    for (int i = index; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == role) {
            return true;
        }
    }
    return false;
}

/* ---- panels */

static void check_panel(const struct box_tree *tree, const char *what)
{
    int panel = box_find(tree, "panel");
    CHECK_THAT(panel >= 0, "no panel: %s", what);
    for (size_t i = 1; panel >= 0 && i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        struct rect seen = rect_intersect(box->rect, box->clip);
        bool shows = box->look.text != NULL || box->look.page != NULL || box->look.path_count > 0 ||
                     box->action.verb != 0;
        if (shows && !is_within(tree, (int)i, BOX_PANEL) && !is_within(tree, (int)i, BOX_BAR)) {
            struct rect covered = rect_intersect(seen, tree->boxes[panel].rect);
            CHECK_THAT(rect_empty(covered), "%s: the panel covers a part of %s", what, box->id);
        }
    }
}

static void panels_cover_nothing_in_part(void)
{
    static const char *const below[] = {"home", "parallel", "scan", "text", "read", "places", "timeline",
        "words", "meaning", "people", "related", "questions", "about"};
    static const char *const over[] = {"person:mao-zedong", "note:what-it-says"};
    static const int scales[] = {100, 150, 200};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    for (size_t s = 0; stand.player != NULL && s < COUNT(sizes); s++) {
        stand_resize(&stand, sizes[s]);
        for (size_t t = 0; t < COUNT(scales); t++) {
            stand_appear(&stand, "en", scales[t], false, false);
            for (size_t i = 0; i < COUNT(below); i++) {
                char what[160];
                snprintf(
                    what, sizeof what, "%s at %dx%d, %d %%", below[i], sizes[s].w, sizes[s].h, scales[t]);
                stand_at(&stand, below[i]);
                check_panel(stand_at(&stand, over[i % COUNT(over)]), what);
            }
        }
    }
    stand_close(&stand);
}

/* A list keeps its place while a panel stands beside it, however many columns there are then, and after. */
static void panels_keep_the_place(void)
{
    static const char *const lists[] = {"words", "related", "timeline"};
    struct stand stand;
    struct size small = {1024, 600};
    CHECK(stand_open(&stand, NULL, small));
    for (size_t i = 0; stand.player != NULL && i < COUNT(lists); i++) {
        char id[64];
        snprintf(id, sizeof id, "%s.scroll-down", lists[i]);
        const struct box_tree *tree = stand_at(&stand, lists[i]);
        int down = box_find(tree, id);
        CHECK_THAT(down >= 0, "%s does not scroll", lists[i]);
        if (down < 0) {
            continue;
        }
        struct rect at = tree->boxes[down].rect;
        stand_tap(&stand, at.x + at.w / 2, at.y + at.h / 2);
        struct visit_scroll before = player_visit(stand.player)->here.scroll[SCROLLER_MAIN];
        CHECK_THAT(before.item > 0, "%s has not scrolled", lists[i]);
        stand_at(&stand, "person:mao-zedong");
        const struct visit_scroll *beside = &player_visit(stand.player)->here.scroll[SCROLLER_MAIN];
        CHECK_THAT(beside->item == before.item, "%s: item %d became %d beside a panel", lists[i], before.item,
            beside->item);
        stand_key(&stand, KEY_ESCAPE);
        const struct visit_scroll *after = &player_visit(stand.player)->here.scroll[SCROLLER_MAIN];
        CHECK(player_visit(stand.player)->here.panel.kind == PLACE_NONE);
        CHECK_THAT(after->item == before.item && after->fraction == before.fraction, "%s: %d became %d",
            lists[i], before.item, after->item);
    }
    stand_close(&stand);
}

/* ---- lines */

/* What of the text is drawn holds no line in part: what is cut by the clip is left out. */
static void check_lines(const struct box_tree *tree, const char *what)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->look.text == NULL || is_within(tree, (int)i, BOX_IMAGE)) {
            continue;
        }
        struct rect ink = ink_of(box), seen = rect_intersect(ink, box->clip);
        if (rect_empty(seen) || (seen.y == ink.y && seen.h == ink.h)) {
            continue;
        }
        CHECK_THAT(box->look.text_cut, "%s: %s is cut at %d..%d, its ink is %d..%d", what, box->id, seen.y,
            seen.y + seen.h, ink.y, ink.y + ink.h);
        struct text_metrics m = text_measure(box->look.text);
        double line = (double)m.height_px / m.line_count;
        int from = box->look.text_from_px - box->look.text_at.y,
            to = box->look.text_to_px - box->look.text_at.y;
        double first = from / line, last = to / line; /* in lines */
        double slack = 0.25;                          /* the leading may be cut */
        CHECK_THAT(from == to || (fabs(first - round(first)) < slack && fabs(last - round(last)) < slack),
            "%s: %s shows lines %.2f to %.2f", what, box->id, first, last);
        CHECK_THAT(from == to || (box->rect.y + box->look.text_from_px >= box->clip.y &&
                                     box->rect.y + box->look.text_to_px <= box->clip.y + box->clip.h),
            "%s: %s shows more than its region", what, box->id);
    }
}

static bool shows_text(const struct box *box)
{
    bool cut_away = box->look.text_cut && box->look.text_to_px <= box->look.text_from_px;
    return !cut_away && !rect_empty(rect_intersect(ink_of(box), box->clip));
}

/* What follows a box of text in the same region; -1: nothing. */
static int following(const struct box_tree *tree, size_t index)
{
    for (size_t i = index + 1; i < tree->count; i++) {
        if (tree->boxes[i].parent == tree->boxes[index].parent && tree->boxes[i].look.text != NULL) {
            return (int)i;
        }
    }
    return -1;
}

/* A heading stands never alone at the foot of a text, wherever it is scrolled to: what follows it shows too.
 */
static void headings_stay_with_what_follows(void)
{
    struct stand stand;
    int headings = 0;
    CHECK(stand_open(&stand, NULL, (struct size){1024, 600}));
    stand_at(&stand, "note:about-this-record");
    for (int step = 0; stand.player != NULL && step < 300; step++) {
        const struct box_tree *tree = player_tree(stand.player);
        for (size_t i = 0; i < tree->count; i++) {
            const struct box *box = &tree->boxes[i];
            bool heading = box->role == BOX_HEADING && box->look.text != NULL && box->parent >= 0 &&
                           tree->boxes[box->parent].role == BOX_REGION;
            int next = heading && shows_text(box) ? following(tree, i) : -1;
            if (next >= 0 && tree->boxes[next].role != BOX_HEADING && box->rect.y > box->clip.y) {
                headings++;
                CHECK_THAT(shows_text(&tree->boxes[next]), "step %d: %s stands alone", step, box->id);
            }
        }
        struct player_event wheel = {.kind = PLAYER_WHEEL, .x_win = 800, .y_win = 300, .wheel = -0.1};
        player_event(stand.player, &wheel, stand.now_ms += 16);
        player_update(stand.player, stand.now_ms);
    }
    CHECK_THAT(headings > 20, "%d headings seen", headings);
    stand_close(&stand);
}

static void lists_cut_no_line(void)
{
    static const char *const lists[] = {"words", "timeline", "questions", "related", "about", "people",
        "meaning", "read", "text", "home", "note:what-it-says", "person:mao-zedong"};
    static const int scales[] = {100, 200};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    for (size_t s = 0; stand.player != NULL && s < COUNT(sizes); s++) {
        stand_resize(&stand, sizes[s]);
        for (size_t k = 0; k < COUNT(languages) * COUNT(scales); k++) {
            stand_appear(&stand, languages[k / 2], scales[k % 2], false, false);
            for (size_t i = 0; i < COUNT(lists); i++) {
                const struct box_tree *tree = stand_at(&stand, lists[i]);
                for (int step = 0; step < 5;
                     step++) { /* a little down each time, so that the edge lies anywhere */
                    char what[160];
                    snprintf(what, sizeof what, "%s in %s at %dx%d, %d %%", lists[i], languages[k / 2],
                        sizes[s].w, sizes[s].h, scales[k % 2]);
                    check_lines(tree, what);
                    struct player_event wheel = {.kind = PLAYER_WHEEL,
                        .x_win = sizes[s].w * 0.3,
                        .y_win = sizes[s].h * 0.7,
                        .wheel = -0.37};
                    player_event(stand.player, &wheel, stand.now_ms += 16);
                    player_update(stand.player, stand.now_ms);
                    stand.now_ms += 1000;
                    player_update(stand.player, stand.now_ms);
                    tree = player_tree(stand.player);
                }
            }
        }
    }
    stand_close(&stand);
}

/* ---- nothing is broken off */

static bool ends_with_one_of(struct str text, const char *const *ends)
{
    for (; *ends != NULL; ends++) {
        if (str_ends_with(text, str_from(*ends))) {
            return true;
        }
    }
    return false;
}

/* An excerpt ends with a sentence, or behind a word and with an ellipsis. */
static void check_excerpt(const struct box *box, const char *what)
{
    static const char *const sentences[] = {
        ".", "!", "?", "”", "’", "»", ")", "。", "！", "？", "）", "”", NULL};
    static const char *const broken[] = {
        ",…", ".…", ";…", ":…", " …", "-…", "–…", "，…", "。…", "；…", "、…", "（…", "“…", NULL};
    bool shortened = str_ends_with(box->name, STR("…"));
    CHECK_THAT(shortened ? !ends_with_one_of(box->name, broken) : ends_with_one_of(box->name, sentences),
        "%s: %s ends \"%.*s\"", what, box->id, STR_ARGS(box->name));
}

static void nothing_is_broken_off(void)
{
    static const char *const screens[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
        "people", "places", "timeline", "words", "related", "questions", "about", "person:pak-heon-yeong",
        "place:beijing", "event:telegram-written", "note:about-this-record", "document:shtykov-1950-05-12"};
    static const int scales[] = {100, 125, 150, 200};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    if (stand.player != NULL) {
        player_complete(stand.player, true);
    }
    for (size_t s = 0; stand.player != NULL && s < COUNT(sizes); s++) {
        stand_resize(&stand, sizes[s]);
        for (size_t k = 0; k < COUNT(languages) * COUNT(scales) * 2; k++) {
            const char *language = languages[k % 4];
            int scale = scales[k / 4 % 4];
            stand_appear(&stand, language, scale, false, k >= 16);
            for (size_t i = 0; i < COUNT(screens); i++) {
                const struct box_tree *tree = stand_at(&stand, screens[i]);
                char what[160];
                snprintf(what, sizeof what, "%s in %s at %dx%d, %d %%%s", screens[i], language, sizes[s].w,
                    sizes[s].h, scale, k >= 16 ? ", low reach" : "");
                for (size_t b = 0; b < tree->count; b++) {
                    const struct box *box = &tree->boxes[b];
                    CHECK_THAT(box->look.text == NULL || !text_measure(box->look.text).truncated,
                        "%s: %s is broken off", what, box->id);
                    bool listed = box->parent >= 0 && tree->boxes[box->parent].role == BOX_BUTTON;
                    if (listed && box->role == BOX_TEXT && strcmp(screens[i], "people") != 0 &&
                        strncmp(screens[i], "person", 6) != 0) {
                        check_excerpt(box, what);
                    }
                }
            }
        }
    }
    stand_close(&stand);
}

/* ---- low reach */

/* Nothing lies on the buttons that scroll, and no row of buttons is cut at the bar. */
static void buttons_within_reach_stand_free(void)
{
    static const char *const screens[] = {"words", "timeline", "parallel", "questions", "note:what-it-says"};
    static const int scales[] = {100, 200};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    for (size_t k = 0; stand.player != NULL && k < COUNT(sizes) * COUNT(scales) * COUNT(languages); k++) {
        stand_resize(&stand, sizes[k / 8]);
        stand_appear(&stand, languages[k % 4], scales[k / 4 % 2], false, true);
        for (size_t i = 0; i < COUNT(screens); i++) {
            const struct box_tree *tree = stand_at(&stand, screens[i]);
            int region = box_find(tree, "reach"), up = box_find(tree, "reach.scroll-up");
            for (size_t b = 0; region >= 0 && b < tree->count; b++) {
                struct rect r = tree->boxes[b].rect, seen = rect_intersect(r, tree->boxes[b].clip);
                if (tree->boxes[b].parent != region || rect_empty(seen)) {
                    continue;
                }
                CHECK_THAT(seen.h == r.h, "%s in %s at %d: %s is cut", screens[i], languages[k % 4],
                    sizes[k / 8].w, tree->boxes[b].id);
                CHECK_THAT(up < 0 || r.x + r.w <= tree->boxes[up].rect.x,
                    "%s in %s at %d: %s lies under an arrow", screens[i], languages[k % 4], sizes[k / 8].w,
                    tree->boxes[b].id);
            }
        }
    }
    stand_close(&stand);
}

/* ---- few sizes */

/* The size of its letters, from where the first baseline lies (text.h says how). */
static double size_of(const struct box *box)
{
    struct text_metrics m = text_measure(box->look.text);
    return (m.first_baseline_px - (double)m.height_px / m.line_count / 2) / 0.388;
}

static void screens_have_three_sizes(void)
{
    static const char *const screens[] = {"attract", "read", "scan", "text", "parallel", "meaning", "people",
        "places", "timeline", "words", "related", "questions", "about"};
    struct stand stand;
    struct size size = {3840, 2160};
    CHECK(stand_open(&stand, NULL, size));
    for (size_t k = 0; stand.player != NULL && k < COUNT(screens) * COUNT(languages); k++) {
        double seen[16];
        size_t count = 0;
        stand_appear(&stand, languages[k % 4], 100, false, false);
        const struct box_tree *tree = stand_at(&stand, screens[k / 4]);
        double least = 2.75 * size.h / 135 - 2;
        for (size_t i = 0; i < tree->count; i++) {
            const struct box *box = &tree->boxes[i];
            if (box->look.text == NULL || text_measure(box->look.text).line_count == 0 ||
                is_within(tree, (int)i, BOX_BAR)) {
                continue;
            }
            double em = size_of(box);
            size_t same = 0;
            while (same < count && fabs(seen[same] - em) > 4) {
                same++;
            }
            CHECK_THAT(em >= least, "%s in %s: %s is %.0f px", screens[k / 4], languages[k % 4], box->id, em);
            if (same == count && count < COUNT(seen)) {
                seen[count++] = em;
                CHECK_THAT(count <= 3, "%s in %s: a fourth size, %.0f px, in %s", screens[k / 4],
                    languages[k % 4], em, box->id);
            }
        }
    }
    stand_close(&stand);
}

/* ---- where a page comes from */

static void what_kind_of_page_it_is_can_be_read_whole(void)
{
    static const char *const screens[] = {"scan", "parallel"};
    struct stand stand;
    CHECK(stand_open(&stand, NULL, sizes[0]));
    if (stand.player == NULL) {
        return;
    }
    player_complete(stand.player, true);
    for (size_t k = 0; k < COUNT(sizes) * COUNT(languages) * 2 * COUNT(screens); k++) {
        const char *screen = screens[k % 2], *language = languages[k / 2 % 4];
        struct size size = sizes[k / 8 % 3];
        int scale = k >= 24 ? 200 : 100;
        stand_resize(&stand, size);
        stand_appear(&stand, language, scale, false, false);
        const struct box_tree *tree = stand_at(&stand, screen);
        int pinned = box_find(tree, "page.provenance"), end = box_find(tree, "text.page.source");
        CHECK(pinned >= 0);
        const struct box *box = &tree->boxes[pinned];
        struct rect seen = rect_intersect(ink_of(box), box->clip);
        CHECK_THAT(seen.h == ink_of(box).h && !text_measure(box->look.text).truncated,
            "%s in %s at %dx%d, %d %%: the label is cut", screen, language, size.w, size.h, scale);
        bool wordy = strcmp(language, "en") == 0 || strcmp(language, "ru") == 0;
        if (wordy && scale == 200 && strcmp(screen, "parallel") == 0 &&
            size.w > size.h) { /* it takes over three lines */
            CHECK_THAT(end >= 0 && str_equal(tree->boxes[end].name, box->name),
                "%s in %s: what is not pinned stands nowhere", screen, language);
        }
    }
    stand_close(&stand);
}

int main(void)
{
    RUN(panels_cover_nothing_in_part);
    RUN(panels_keep_the_place);
    RUN(lists_cut_no_line);
    RUN(headings_stay_with_what_follows);
    RUN(nothing_is_broken_off);
    RUN(buttons_within_reach_stand_free);
    RUN(screens_have_three_sizes);
    RUN(what_kind_of_page_it_is_can_be_read_whole);
    return check_report();
}
