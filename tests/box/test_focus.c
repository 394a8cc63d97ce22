#include "check.h"
#include "screen.h"

static void build(struct screen *s)
{
    screen_start(s);
    screen_add(s, "screen", BOX_HEADING, (struct rect){0, 0, 1000, 50}, "title", NULL);
    screen_add(s, "screen", BOX_BUTTON, (struct rect){0, 50, 100, 50}, "read", "go");
    struct box *region = screen_add(s, "screen", BOX_REGION, (struct rect){500, 100, 500, 600}, "text", NULL);
    region->clip = region->rect;
    screen_add(s, "text", BOX_LINK, (struct rect){500, 100, 100, 30}, "link.seen", "go");
    screen_add(s, "text", BOX_LINK, (struct rect){500, 5000, 100, 30}, "link.below", "go");
    struct box *bar = screen_add(s, "screen", BOX_BAR, (struct rect){0, 700, 1000, 100}, "bar", NULL);
    bar->clip = bar->rect;
    screen_add(s, "bar", BOX_BUTTON, (struct rect){0, 700, 100, 100}, "bar.home", "home");
    screen_add(s, "bar", BOX_BUTTON, (struct rect){100, 700, 100, 100}, "bar.listen", "listen")->states =
        BOX_DISABLED;
}

/* Walks from `from` until it comes round and writes the ids with spaces between. */
static const char *walk(const struct screen *s, const char *from, int step, char *out, size_t size)
{
    out[0] = '\0';
    const char *at = from, *first = NULL;
    for (size_t i = 0; i < s->tree.count; i++) {
        int index = box_focus_step(&s->tree, at, step);
        at = screen_id(s, index);
        if (index < 0 || (first != NULL && strcmp(at, first) == 0)) {
            break;
        }
        first = first == NULL ? at : first;
        snprintf(out + strlen(out), size - strlen(out), "%s%s", out[0] != '\0' ? " " : "", at);
    }
    return out;
}

static void walks_in_order_and_round(void)
{
    struct screen s;
    char ids[400];
    build(&s);
    CHECK_TEXT(walk(&s, NULL, 1, ids, sizeof ids), "read link.seen link.below bar.home bar.listen");
    CHECK_TEXT(walk(&s, NULL, -1, ids, sizeof ids), "bar.listen bar.home link.below link.seen read");
    CHECK_TEXT(walk(&s, "link.seen", 1, ids, sizeof ids), "link.below bar.home bar.listen read link.seen");
    CHECK_TEXT(walk(&s, "title", 1, ids, sizeof ids), "read link.seen link.below bar.home bar.listen");
    CHECK_TEXT(walk(&s, "gone", -1, ids, sizeof ids), "bar.listen bar.home link.below link.seen read");
    screen_finish(&s);
}

static void a_modal_holds_the_focus(void)
{
    struct screen s;
    char ids[400];
    build(&s);
    screen_add(&s, "screen", BOX_ALERT, (struct rect){400, 200, 200, 200}, "warning", NULL)->states =
        BOX_MODAL;
    screen_add(&s, "warning", BOX_BUTTON, (struct rect){420, 300, 100, 60}, "warning.stay", "stay");
    CHECK_TEXT(walk(&s, NULL, 1, ids, sizeof ids), "bar.home bar.listen warning.stay");
    CHECK(!box_focusable(&s.tree, box_find(&s.tree, "read")));
    CHECK(box_focusable(&s.tree, box_find(&s.tree, "bar.home")));
    CHECK(box_focusable(&s.tree, box_find(&s.tree, "warning.stay")));
    screen_finish(&s);
}

static void what_a_panel_covers_is_left_out(void)
{
    struct screen s;
    char ids[400];
    build(&s);
    screen_add(&s, "screen", BOX_BUTTON, (struct rect){450, 300, 100, 50}, "half", "go");
    screen_add(&s, "screen", BOX_PANEL, (struct rect){500, 0, 500, 700}, "panel", NULL);
    screen_add(&s, "panel", BOX_BUTTON, (struct rect){900, 10, 50, 50}, "panel.close", "close");
    screen_add(&s, "panel", BOX_LINK, (struct rect){600, 9000, 50, 50}, "panel.below", "go");
    CHECK_TEXT(walk(&s, NULL, 1, ids, sizeof ids), "read bar.home bar.listen half panel.close panel.below");
    screen_finish(&s);
}

static void asks_only_for_boxes_that_are_there(void)
{
    struct screen s;
    build(&s);
    CHECK(!box_focusable(&s.tree, -1));
    CHECK(!box_focusable(&s.tree, (int)s.tree.count));
    CHECK(!box_focusable(&s.tree, box_find(&s.tree, "title")));
    CHECK(box_focusable(&s.tree, box_find(&s.tree, "link.below")));
    box_truncate(&s.tree, 2);
    CHECK_INT(box_focus_step(&s.tree, NULL, 1), -1);
    screen_finish(&s);
}

int main(void)
{
    RUN(walks_in_order_and_round);
    RUN(a_modal_holds_the_focus);
    RUN(what_a_panel_covers_is_left_out);
    RUN(asks_only_for_boxes_that_are_there);
    return check_report();
}
