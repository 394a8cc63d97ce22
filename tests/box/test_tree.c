#include "check.h"
#include "screen.h"

static void adds_boxes_under_their_parents(void)
{
    struct screen s;
    screen_start(&s);
    int bar = box_add(&s.tree, 0, BOX_BAR, (struct rect){0, 700, 1000, 100}, "bar");
    s.tree.boxes[bar].clip = (struct rect){0, 700, 1000, 100};
    int home = box_add(&s.tree, bar, BOX_BUTTON, (struct rect){10, 710, 80, 80}, "bar.%s", "home");
    const struct box *box = &s.tree.boxes[home];
    CHECK_TEXT(box->id, "bar.home");
    CHECK_INT(box->parent, bar);
    CHECK_INT(box->depth, 2);
    CHECK(rect_equal(box->clip, (struct rect){0, 700, 1000, 100}));
    CHECK_INT(box->action.verb, 0);
    CHECK_INT(s.tree.boxes[0].parent, -1);
    CHECK(rect_equal(s.tree.boxes[0].clip, (struct rect){0, 0, 1000, 800}));
    CHECK_INT(box_find(&s.tree, "bar.home"), home);
    CHECK_INT(box_find(&s.tree, "bar.back"), -1);
    CHECK_INT(box_find(&s.tree, NULL), -1);
    screen_finish(&s);
}

static void ids_are_of_the_contract(void)
{
    struct screen s;
    screen_start(&s);
    box_add(&s.tree, 0, BOX_BUTTON, (struct rect){0, 0, 1, 1}, "menu.language.%s", "zh-Hans");
    box_add(&s.tree, 0, BOX_BUTTON, (struct rect){0, 0, 1, 1}, "a b_c/%s", "\xC3\xA9");
    CHECK_TEXT(s.tree.boxes[1].id, "menu.language.zh-hans");
    CHECK_TEXT(s.tree.boxes[2].id, "a-b-c---");
    screen_finish(&s);
}

static void grows(void)
{
    struct screen s;
    screen_start(&s);
    for (int i = 0; i < 1000; i++) {
        CHECK(box_add(&s.tree, i, BOX_GROUP, (struct rect){i, 0, 10, 10}, "g%d", i) == i + 1);
    }
    CHECK_INT(s.tree.count, 1001);
    CHECK_TEXT(s.tree.boxes[500].id, "g499");
    CHECK_INT(s.tree.boxes[1000].depth, 1000);
    CHECK(!s.tree.failed);
    box_truncate(&s.tree, 7);
    CHECK_INT(s.tree.count, 7);
    CHECK_INT(box_find(&s.tree, "g6"), -1);
    box_truncate(&s.tree, 70);
    CHECK_INT(s.tree.count, 7);
    screen_finish(&s);
}

static void says_when_memory_ran_out(void)
{
    struct arena arena = {.limit = 4000};
    struct box_tree tree;
    box_start(&tree, &arena, (struct size){10, 10});
    CHECK_INT(box_add(&tree, -1, BOX_SCREEN, (struct rect){0, 0, 10, 10}, "screen"), -1);
    CHECK(tree.failed);
    CHECK_INT(tree.count, 0);
    CHECK_INT(box_hit(&tree, 1, 1, 5), -1);
    CHECK_INT(box_focus_step(&tree, NULL, 1), -1);
    arena_finish(&arena);

    struct screen s;
    screen_start(&s);
    CHECK_INT(box_add(&s.tree, 5, BOX_GROUP, (struct rect){0, 0, 1, 1}, "x"), -1);
    CHECK(s.tree.failed);
    screen_finish(&s);
}

static void moves_with_fragments(void)
{
    static const struct rect fragments[] = {{100, 10, 50, 20}, {0, 30, 40, 20}};
    struct screen s;
    screen_start(&s);
    screen_add(&s, "screen", BOX_TEXT, (struct rect){0, 10, 200, 40}, "text", NULL);
    struct box *link = screen_add(&s, "text", BOX_LINK, (struct rect){0, 10, 150, 40}, "link", "go");
    link->fragments = fragments;
    link->fragment_count = 2;
    box_move(&s.tree, 1, 5, 100);
    CHECK(rect_equal(s.tree.boxes[0].rect, (struct rect){0, 0, 1000, 800}));
    CHECK(rect_equal(s.tree.boxes[1].rect, (struct rect){5, 110, 200, 40}));
    CHECK(rect_equal(s.tree.boxes[2].fragments[1], (struct rect){5, 130, 40, 20}));
    CHECK(rect_equal(s.tree.boxes[2].clip, (struct rect){0, 0, 1000, 800}));
    CHECK(rect_equal(fragments[1], (struct rect){0, 30, 40, 20}));
    screen_finish(&s);
}

/* A panel on the right half with a paragraph, its link, a map and a place on it. */
static void build_for_mirroring(struct screen *s)
{
    static const struct rect fragments[] = {{640, 100, 60, 20}};
    screen_start(s);
    struct box *panel = screen_add(s, "screen", BOX_PANEL, (struct rect){600, 0, 400, 800}, "panel", NULL);
    panel->clip = panel->rect;
    struct box *button = screen_add(s, "panel", BOX_BUTTON, (struct rect){610, 10, 100, 50}, "button", "go");
    button->look.icon_at = (struct rect){5, 5, 40, 40};
    button->look.text_at = (struct point){50, 10};
    button->look.text_width_px = 45;
    screen_add(s, "panel", BOX_TEXT, (struct rect){620, 100, 300, 60}, "text", "select");
    struct box *link = screen_add(s, "text", BOX_LINK, (struct rect){640, 100, 60, 20}, "link", "go");
    link->fragments = fragments;
    link->fragment_count = 1;
    screen_add(s, "panel", BOX_IMAGE, (struct rect){600, 200, 300, 300}, "map", NULL);
    screen_add(s, "map", BOX_BUTTON, (struct rect){620, 250, 30, 30}, "place", "go");
}

static void mirrors_within_a_range(void)
{
    struct screen s;
    build_for_mirroring(&s);
    box_mirror(&s.tree, 1, 0, 1000);
    const struct box *boxes = s.tree.boxes;
    CHECK(rect_equal(boxes[1].rect, (struct rect){0, 0, 400, 800}));
    CHECK(rect_equal(boxes[1].clip, (struct rect){0, 0, 400, 800}));
    CHECK(rect_equal(boxes[2].rect, (struct rect){290, 10, 100, 50}));
    CHECK(rect_equal(boxes[2].clip, (struct rect){0, 0, 400, 800}));
    CHECK(rect_equal(boxes[2].look.icon_at, (struct rect){55, 5, 40, 40}));
    CHECK_INT(boxes[2].look.text_at.x, 5);
    /* The paragraph goes from 620..920 to 80..380; its words, and so the link, stay where they are in it. */
    CHECK(rect_equal(boxes[3].rect, (struct rect){80, 100, 300, 60}));
    CHECK(rect_equal(boxes[4].rect, (struct rect){100, 100, 60, 20}));
    CHECK(rect_equal(boxes[4].fragments[0], (struct rect){100, 100, 60, 20}));
    /* The map is not turned round: the place stays 20 px from its left edge. */
    CHECK(rect_equal(boxes[5].rect, (struct rect){100, 200, 300, 300}));
    CHECK(rect_equal(boxes[6].rect, (struct rect){120, 250, 30, 30}));
    box_mirror(&s.tree, 99, 0, 1000);
    screen_finish(&s);
}

/* Words that are set in from the start of their box are set in from its other side, and their links go with
 * them. */
static void mirrors_an_indent(void)
{
    static const struct rect fragments[] = {{150, 10, 50, 20}};
    struct screen s;
    screen_start(&s);
    struct box *text = screen_add(&s, "screen", BOX_TEXT, (struct rect){100, 10, 200, 40}, "text", NULL);
    text->look.text_at = (struct point){30, 0};
    text->look.text_width_px = 160;
    struct box *link = screen_add(&s, "text", BOX_LINK, (struct rect){150, 10, 50, 20}, "link", "go");
    link->fragments = fragments;
    link->fragment_count = 1;
    box_mirror(&s.tree, 0, 0, 1000);
    CHECK(rect_equal(s.tree.boxes[1].rect, (struct rect){700, 10, 200, 40}));
    CHECK_INT(s.tree.boxes[1].look.text_at.x, 10);
    CHECK(rect_equal(
        s.tree.boxes[2].rect, (struct rect){730, 10, 50, 20})); /* 20 px into the words, as before */
    CHECK(rect_equal(s.tree.boxes[2].fragments[0], (struct rect){730, 10, 50, 20}));
    screen_finish(&s);
}

static void mirroring_twice_changes_nothing(void)
{
    struct screen s, t;
    build_for_mirroring(&s);
    build_for_mirroring(&t);
    box_mirror(&s.tree, 0, 0, 1000);
    box_mirror(&s.tree, 0, 0, 1000);
    for (size_t i = 0; i < s.tree.count; i++) {
        CHECK_THAT(
            box_look_hash(&s.tree.boxes[i]) == box_look_hash(&t.tree.boxes[i]), "box %s", s.tree.boxes[i].id);
        CHECK(rect_equal(s.tree.boxes[i].rect, t.tree.boxes[i].rect));
    }
    screen_finish(&s);
    screen_finish(&t);
}

/* Each change that shows must change the hash, and none that does not. */
static void hash_follows_what_shows(void)
{
    static const struct pointf points[] = {{1, 2}, {3, 4}, {5, 6}}, moved[] = {{1, 2}, {3, 4}, {5, 7}};
    static const struct box_zone zones[] = {{points, 3}}, other_zones[] = {{moved, 3}};
    static const struct box_path path = {.points = points, .count = 3, .width_px = 1},
                                 wide = {.points = points, .count = 3, .width_px = 2};
    struct box_page page = {.document = "a", .scale = 1, .zones = zones, .zone_count = 1}, other = page;
    struct box first = {.id = "x", .rect = {1, 2, 3, 4}, .clip = {0, 0, 9, 9}}, box;
    first.look.page = &page;
    first.look.paths = &path;
    first.look.path_count = 1;
    const uint64_t hash = box_look_hash(&first);

#define DIFFERS(change)                                                                                      \
    box = first;                                                                                             \
    other = page;                                                                                            \
    change;                                                                                                  \
    CHECK(box_look_hash(&box) != hash)
    DIFFERS(box.rect.x = 2);
    DIFFERS(box.clip.h = 8);
    DIFFERS(box.states = BOX_PRESSED);
    DIFFERS(box.role = BOX_BUTTON);
    DIFFERS(box.look.fill = 1);
    DIFFERS(box.look.outline_px = 1);
    DIFFERS(box.look.icon = ICON_HOME);
    DIFFERS(box.look.icon_ink = 7);
    DIFFERS(box.look.text = (const struct text_layout *)(const void *)&points[0]);
    DIFFERS(box.look.text_at.y = 1);
    DIFFERS(box.look.path_count = 0);
    DIFFERS(box.look.paths = &wide);
    DIFFERS(box.look.page = NULL);
    DIFFERS(other.scale = 1.5; box.look.page = &other);
    DIFFERS(other.document = "b"; box.look.page = &other);
    DIFFERS(other.zones = other_zones; box.look.page = &other);
    DIFFERS(other.outline_px = 4; box.look.page = &other);
#undef DIFFERS
    box = first;
    other = page;
    box.look.page = &other;
    box.id = "y";
    box.name = STR("name");
    box.action.verb = 3;
    CHECK(box_look_hash(&box) == hash);
}

int main(void)
{
    RUN(adds_boxes_under_their_parents);
    RUN(ids_are_of_the_contract);
    RUN(grows);
    RUN(says_when_memory_ran_out);
    RUN(moves_with_fragments);
    RUN(mirrors_within_a_range);
    RUN(mirrors_an_indent);
    RUN(mirroring_twice_changes_nothing);
    RUN(hash_follows_what_shows);
    return check_report();
}
