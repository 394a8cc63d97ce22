/* What of a screen is said, and in which order. */
#include "box/utter.h"

#include "check.h"
#include "screen.h"

#include <stdio.h>

static const struct text_layout *const shown =
    (const struct text_layout *)&shown; /* only that there is one */

static struct box *add(
    struct screen *screen, const char *parent, enum box_role role, const char *id, const char *name)
{
    struct box *box = screen_add(screen, parent, role, (struct rect){10, 10, 100, 40}, id, NULL);
    box->name = str_from(name);
    box->look.text = role != BOX_GROUP && role != BOX_REGION && role != BOX_PANEL ? shown : NULL;
    return box;
}

static void check_said(struct screen *screen, const char *scope, const char *want)
{
    char got[600] = "";
    size_t count, used = 0;
    const struct box_utterance *said = box_utterances(&screen->tree, scope, &screen->arena, &count);
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(
            got + used, sizeof got - used, "%s%.*s", i > 0 ? "|" : "", STR_ARGS(said[i].text));
    }
    CHECK_TEXT(got, want);
    screen_finish(screen);
}

static void says_each_name_once(void)
{
    struct screen s;
    screen_start(&s);
    add(&s, "screen", BOX_HEADING, "title", "People");
    add(&s, "screen", BOX_TEXT, "p1", "1. Kim Il Sung arrived.");
    add(&s, "p1", BOX_LABEL, "p1.number", "1.");
    add(&s, "p1", BOX_LINK, "p1.link1", "Kim Il Sung");
    add(&s, "screen", BOX_BUTTON, "card", "May 1949: Kim Il talks");
    add(&s, "card", BOX_LABEL, "card.date", "May 1949");
    add(&s, "card", BOX_TEXT, "card.text", "He talks with Mao.");
    add(&s, "screen", BOX_TEXT, "rule", "——————");
    add(&s, "screen", BOX_TEXT, "ko", "스탈린");
    check_said(&s, NULL, "People|1. Kim Il Sung arrived.|May 1949: Kim Il talks|He talks with Mao.|스탈린");
}

static void leaves_out_what_shows_no_words(void)
{
    struct screen s;
    screen_start(&s);
    add(&s, "screen", BOX_GROUP, "group", "Group");
    add(&s, "group", BOX_IMAGE, "map", "Map")->look.text = NULL;
    struct box *icon = add(&s, "screen", BOX_BUTTON, "close", "Close");
    icon->look.text = NULL;
    icon->look.icon = ICON_CLOSE;
    add(&s, "screen", BOX_BUTTON, "reach.p1.link1", "Kim");
    add(&s, "screen", BOX_BAR, "bar", "Controls");
    add(&s, "bar", BOX_BUTTON, "bar.home", "Home");
    check_said(&s, NULL, "Map");
}

static void provenance_comes_last(void)
{
    struct screen s;
    struct box_scroll scroll = {0};
    screen_start(&s);
    add(&s, "screen", BOX_PROVENANCE, "page.from", "Reconstruction");
    add(&s, "screen", BOX_REGION, "text", "Text")->scroll = &scroll;
    add(&s, "text", BOX_TEXT, "p1", "One");
    add(&s, "text", BOX_PROVENANCE, "p1.from", "Translation"); /* its own text's last line */
    add(&s, "screen", BOX_TEXT, "after", "Two");
    check_said(&s, NULL, "One|Translation|Two|Reconstruction");
}

static void zones_speak_for_a_page_alone(void)
{
    for (int beside = 0; beside < 2; beside++) {
        struct screen s;
        screen_start(&s);
        add(&s, "screen", BOX_IMAGE, "page", "A sheet");
        add(&s, "page", BOX_ZONE, "zone.p1.1", "One")->segment = "p1";
        add(&s, "page", BOX_ZONE, "zone.p1.2", "One")->segment = "p1";
        add(&s, "page", BOX_ZONE, "zone.p2.3", "Two")->segment = "p2";
        if (beside) {
            add(&s, "screen", BOX_TEXT, "text.p1", "One, as translated")->segment = "p1";
        }
        check_said(&s, NULL, beside ? "A sheet|One, as translated" : "A sheet|One|Two");
    }
}

static void what_lies_on_top_is_read_alone(void)
{
    struct screen s;
    screen_start(&s);
    add(&s, "screen", BOX_TEXT, "below", "Below");
    add(&s, "screen", BOX_PANEL, "panel", "Details");
    add(&s, "panel", BOX_TEXT, "person", "Joseph Stalin");
    check_said(&s, NULL, "Joseph Stalin");
    screen_start(&s);
    add(&s, "screen", BOX_PANEL, "panel", "Details");
    add(&s, "panel", BOX_TEXT, "person", "Joseph Stalin");
    struct box *sheet = add(&s, "screen", BOX_ALERT, "warning", "Still there? Touch.");
    sheet->states = BOX_MODAL;
    sheet->look.text = NULL;
    add(&s, "warning", BOX_HEADING, "warning.title", "Still there?");
    add(&s, "warning", BOX_TEXT, "warning.text", "Touch.");
    check_said(&s, NULL, "Still there?|Touch.");
    screen_start(&s);
    add(&s, "screen", BOX_TEXT, "page", "Page");
    add(&s, "screen", BOX_GROUP, "tour.caption", "Guided reading");
    add(&s, "tour.caption", BOX_TEXT, "tour.s1", "Here is the stamp.");
    check_said(&s, "tour.caption", "Here is the stamp.");
}

int main(void)
{
    RUN(says_each_name_once);
    RUN(leaves_out_what_shows_no_words);
    RUN(provenance_comes_last);
    RUN(zones_speak_for_a_page_alone);
    RUN(what_lies_on_top_is_read_alone);
    return check_report();
}
