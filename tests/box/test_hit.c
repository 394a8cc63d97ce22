#include "check.h"
#include "screen.h"

/*     0          500   600        1000
 *   0 ┌───────────┬────────────────┐
 *     │ page      │ text (region)  │     zones on the page, a button over a zone, paragraphs with links
 * 700 ├───────────┴────────────────┤
 *     │ bar                        │ */
static void build(struct screen *s)
{
    static const struct rect two_lines[] = {{800, 100, 100, 30}, {520, 130, 60, 30}};
    static const struct box_page page = {.document = "d"};
    static const int tops[] = {0, 100};
    static const struct box_scroll scroll = {.count = 1, .tops_px = tops};
    screen_start(s);
    struct box *image = screen_add(s, "screen", BOX_IMAGE, (struct rect){0, 0, 500, 700}, "page", NULL);
    image->clip = image->rect;
    image->look.page = &page;
    screen_add(s, "page", BOX_ZONE, (struct rect){50, 50, 400, 400}, "zone.all", "select");
    screen_add(s, "page", BOX_ZONE, (struct rect){100, 100, 100, 50}, "zone.p1", "select");
    screen_add(s, "page", BOX_ZONE, (struct rect){90, 90, 200, 100}, "zone.p2", "select");
    screen_add(s, "screen", BOX_BUTTON, (struct rect){300, 300, 60, 60}, "zoom", "zoom");
    screen_add(s, "page", BOX_ZONE, (struct rect){280, 280, 100, 100}, "zone.under", "select");
    struct box *region = screen_add(s, "screen", BOX_REGION, (struct rect){500, 0, 500, 700}, "text", NULL);
    region->clip = region->rect;
    region->scroll = &scroll;
    screen_add(s, "text", BOX_TEXT, (struct rect){520, 100, 460, 60}, "p1", "select");
    struct box *link = screen_add(s, "p1", BOX_LINK, (struct rect){520, 100, 380, 60}, "p1.link", "go");
    link->fragments = two_lines;
    link->fragment_count = 2;
    screen_add(s, "text", BOX_TEXT, (struct rect){520, 650, 460, 200}, "p2", "select");
    struct box *note = screen_add(s, "text", BOX_TEXT, (struct rect){520, 300, 460, 60}, "note", NULL);
    note->name = STR("words only");
    screen_add(s, "note", BOX_LINK, (struct rect){600, 300, 100, 30}, "note.link", "go");
    struct box *bar = screen_add(s, "screen", BOX_BAR, (struct rect){0, 700, 1000, 100}, "bar", NULL);
    bar->clip = bar->rect;
    screen_add(s, "bar", BOX_BUTTON, (struct rect){0, 700, 100, 100}, "bar.home", "home");
    screen_add(s, "bar", BOX_BUTTON, (struct rect){900, 700, 100, 100}, "bar.listen", "listen")->states =
        BOX_DISABLED;
}

static const char *hit(const struct screen *s, int x, int y)
{
    return screen_id(s, box_hit(&s->tree, x, y, 20));
}

static void finds_what_is_meant(void)
{
    static const struct {
        int x, y;
        const char *id;
    } cases[] = {
        {50, 750, "bar.home"},
        {950, 750, "bar.listen"}, /* disabled, but it says why */
        {500, 750, ""},           /* the bar between its buttons */
        {10, 10, ""},             /* the page beside its zones */
        {60, 60, "zone.all"},
        {120, 110, "zone.p1"}, /* in three zones: the smallest */
        {95, 95, "zone.p2"},
        {310, 310, "zoom"}, /* a button that a later zone lies over */
        {290, 290, "zone.under"},
        {530, 110, "p1.link"}, /* in the paragraph, 20 px above the link's second line */
        {850, 110, "p1.link"},
        {550, 145, "p1.link"},
        {700, 150, "p1"},      /* in the link's rectangle, but in neither fragment */
        {790, 110, "p1.link"}, /* 10 px before it, in the paragraph: the finger means the link */
        {770, 110, "p1"},      /* 30 px before it */
        {850, 90, "p1.link"},  /* above the paragraph, where nothing is */
        {650, 315, "note.link"},
        {650, 345, "note.link"},
        {650, 355, ""},
        {700, 690, "p2"},
        {700, 705, ""}, /* the paragraph goes on below its clip: there is the bar */
        {-1, -1, ""},
        {5000, 5000, ""},
    };
    struct screen s;
    build(&s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *id = hit(&s, cases[i].x, cases[i].y);
        CHECK_THAT(strcmp(id, cases[i].id) == 0, "at %d,%d: \"%s\", not \"%s\"", cases[i].x, cases[i].y, id,
            cases[i].id);
    }
    screen_finish(&s);
}

static void without_slop_links_are_as_large_as_they_are(void)
{
    struct screen s;
    build(&s);
    CHECK_TEXT(screen_id(&s, box_hit(&s.tree, 790, 110, 0)), "p1");
    CHECK_TEXT(screen_id(&s, box_hit(&s.tree, 800, 110, 0)), "p1.link");
    CHECK_TEXT(screen_id(&s, box_hit(&s.tree, 899, 129, 0)), "p1.link");
    CHECK_TEXT(screen_id(&s, box_hit(&s.tree, 900, 129, 0)), "p1");
    screen_finish(&s);
}

static void the_nearer_of_two_links(void)
{
    struct screen s;
    screen_start(&s);
    screen_add(&s, "screen", BOX_TEXT, (struct rect){0, 0, 500, 100}, "p", "select");
    screen_add(&s, "p", BOX_LINK, (struct rect){100, 0, 50, 30}, "a", "go");
    screen_add(&s, "p", BOX_LINK, (struct rect){170, 0, 50, 30}, "b", "go");
    CHECK_TEXT(hit(&s, 155, 10), "a");
    CHECK_TEXT(hit(&s, 165, 10), "b");
    CHECK_TEXT(hit(&s, 300, 10), "p");
    /* A link at the end of one paragraph is meant just below it, in the next one, too. */
    screen_add(&s, "p", BOX_LINK, (struct rect){400, 70, 50, 30}, "c", "go");
    screen_add(&s, "screen", BOX_TEXT, (struct rect){0, 100, 500, 100}, "q", "select");
    CHECK_TEXT(hit(&s, 410, 110), "c");
    CHECK_TEXT(hit(&s, 410, 130), "q");
    screen_finish(&s);
}

static void a_row_gives_way_to_its_link_only(void)
{
    struct screen s;
    screen_start(&s);
    screen_add(&s, "screen", BOX_ITEM, (struct rect){0, 0, 500, 100}, "row", "go");
    screen_add(&s, "row", BOX_LINK, (struct rect){100, 0, 50, 30}, "row.link", "go");
    screen_add(&s, "screen", BOX_BUTTON, (struct rect){0, 100, 500, 100}, "button", "zoom");
    CHECK_TEXT(hit(&s, 90, 10), "row.link");
    screen_add(&s, "screen", BOX_LINK, (struct rect){100, 85, 50, 14}, "other", "go");
    CHECK_TEXT(hit(&s, 120, 105), "button"); /* a button is not a paragraph: what is exactly hit is meant */
    screen_finish(&s);
}

static void nothing_is_hit_through_a_panel(void)
{
    struct screen s;
    build(&s);
    struct box *panel = screen_add(&s, "screen", BOX_PANEL, (struct rect){500, 0, 500, 700}, "panel", NULL);
    panel->clip = panel->rect;
    screen_add(&s, "panel", BOX_BUTTON, (struct rect){920, 10, 60, 60}, "panel.close", "close");
    CHECK_TEXT(hit(&s, 850, 110), "");
    CHECK_TEXT(hit(&s, 700, 690), "");
    CHECK_TEXT(hit(&s, 950, 40), "panel.close");
    CHECK_TEXT(hit(&s, 310, 310), "zoom");
    CHECK_TEXT(hit(&s, 50, 750), "bar.home");
    CHECK_INT(box_region_at(&s.tree, 700, 300), -1);
    CHECK_TEXT(screen_id(&s, box_page_at(&s.tree, 10, 10)), "page");
    static const struct box_scroll scroll = {.scroller = 2};
    screen_add(&s, "panel", BOX_REGION, (struct rect){500, 100, 500, 600}, "panel.text", NULL)->scroll =
        &scroll;
    CHECK_TEXT(screen_id(&s, box_region_at(&s.tree, 700, 300)), "panel.text");
    CHECK_INT(box_region_at(&s.tree, 700, 50), -1);
    screen_finish(&s);
}

static void a_modal_leaves_only_itself_and_the_bar(void)
{
    struct screen s;
    build(&s);
    screen_add(&s, "screen", BOX_ALERT, (struct rect){400, 200, 200, 200}, "warning", NULL)->states =
        BOX_MODAL;
    screen_add(&s, "warning", BOX_BUTTON, (struct rect){420, 300, 100, 60}, "warning.stay", "stay");
    screen_add(&s, "screen", BOX_BUTTON, (struct rect){0, 0, 20, 20}, "later", "go");
    CHECK_TEXT(hit(&s, 430, 310), "warning.stay");
    CHECK_TEXT(hit(&s, 120, 110), ""); /* a zone far from the warning */
    CHECK_TEXT(hit(&s, 850, 110), "");
    CHECK_TEXT(hit(&s, 50, 750), "bar.home");
    CHECK_TEXT(hit(&s, 10, 10), "later");
    CHECK_INT(box_page_at(&s.tree, 60, 60), -1);
    CHECK_INT(box_region_at(&s.tree, 700, 300), -1);
    screen_finish(&s);
}

static void regions_and_pages_are_found_at_a_point(void)
{
    struct screen s;
    build(&s);
    CHECK_TEXT(screen_id(&s, box_page_at(&s.tree, 310, 310)), "page");
    CHECK_INT(box_page_at(&s.tree, 700, 300), -1);
    CHECK_TEXT(screen_id(&s, box_region_at(&s.tree, 700, 300)), "text");
    CHECK_INT(box_region_at(&s.tree, 700, 750), -1);
    static const struct box_scroll inner = {.scroller = 1};
    screen_add(&s, "text", BOX_REGION, (struct rect){600, 200, 100, 100}, "inner", NULL)->scroll = &inner;
    CHECK_TEXT(screen_id(&s, box_region_at(&s.tree, 650, 250)), "inner");
    screen_finish(&s);
}

int main(void)
{
    RUN(finds_what_is_meant);
    RUN(without_slop_links_are_as_large_as_they_are);
    RUN(the_nearer_of_two_links);
    RUN(a_row_gives_way_to_its_link_only);
    RUN(nothing_is_hit_through_a_panel);
    RUN(a_modal_leaves_only_itself_and_the_bar);
    RUN(regions_and_pages_are_found_at_a_point);
    return check_report();
}
