/* What must hold of any screen, measured on its boxes: no ink cut or lying on other ink, no character without
 * a font, targets large enough, ids plain and unique, contrast, reach. */
#ifndef TESTS_VIEW_MEASURED_H
#define TESTS_VIEW_MEASURED_H

#include "stand.h"

#include "text/text.h"

#include "check.h"

#include <math.h>

struct measured {
    const char *exhibit; /* NULL: the one that ships */
    const char *const *screens;
    size_t screen_count;
    const struct size *sizes;
    size_t size_count;
    int text_size;
    bool contrast, low_reach;
};

struct about { /* what is looked at, for messages */
    const char *screen, *language;
    struct size window;
    int text_size;
    bool contrast, low_reach;
};

static void say_where(const struct about *a)
{
    fprintf(stderr, "    at %s in %s, %dx%d, text %d%s%s\n", a->screen, a->language, a->window.w, a->window.h,
        a->text_size, a->contrast ? ", high contrast" : "", a->low_reach ? ", low reach" : "");
}

#define EXPECT(about, condition, ...)                                                                        \
    do {                                                                                                     \
        int check_before = check_failures;                                                                   \
        CHECK_THAT(condition, __VA_ARGS__);                                                                  \
        if (check_failures > check_before) {                                                                 \
            say_where(about);                                                                                \
        }                                                                                                    \
    } while (0)

static struct rect ink_of(const struct box *box)
{
    struct rect ink = text_measure(box->look.text).ink;
    ink.x += box->rect.x + box->look.text_at.x;
    ink.y += box->rect.y + box->look.text_at.y;
    return ink;
}

/* The page image and the map cut what leaves them, on purpose. */
static bool on_glass(const struct box_tree *tree, int index)
{
    for (int i = index; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == BOX_IMAGE) {
            return true;
        }
    }
    return false;
}

static bool in_region(const struct box_tree *tree, int index)
{
    for (int i = tree->boxes[index].parent; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == BOX_REGION) {
            return true;
        }
    }
    return false;
}

static bool is_ancestor(const struct box_tree *tree, int ancestor, int index)
{
    for (int i = tree->boxes[index].parent; i >= 0; i = tree->boxes[i].parent) {
        if (i == ancestor) {
            return true;
        }
    }
    return false;
}

/* Some letters reach a little out of their own width (the tail of a J, the line of Devanagari): that much is
 * no cut. */
static int overhang(const struct box_tree *tree)
{
    int shorter = tree->window.w < tree->window.h ? tree->window.w : tree->window.h;
    return shorter / 200 > 3 ? shorter / 200 : 3;
}

static void check_ink(const struct box_tree *tree, const struct about *about)
{
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->look.text == NULL || on_glass(tree, (int)i)) {
            continue;
        }
        struct rect ink = ink_of(box), room = rect_inset(box->rect, -overhang(tree), -overhang(tree));
        EXPECT(about, rect_empty(ink) || rect_holds(room, ink),
            "%s: ink %d,%d %dx%d leaves its box %d,%d %dx%d", box->id, ink.x, ink.y, ink.w, ink.h,
            box->rect.x, box->rect.y, box->rect.w, box->rect.h);
        EXPECT(about, in_region(tree, (int)i) || rect_empty(ink) || rect_holds(window, ink),
            "%s: ink %d,%d %dx%d leaves the screen", box->id, ink.x, ink.y, ink.w, ink.h);
        EXPECT(about, text_measure(box->look.text).missing == 0, "%s: %d characters without a font", box->id,
            text_measure(box->look.text).missing);
    }
}

/* Two texts on one sheet never lie on one another. Panels and alerts lie over what is below them on purpose.
 */
static int sheet_of(const struct box_tree *tree, int index)
{
    for (int i = index; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == BOX_PANEL || tree->boxes[i].role == BOX_ALERT ||
            tree->boxes[i].role == BOX_BAR || tree->boxes[i].role == BOX_REGION) {
            return i;
        }
    }
    return 0;
}

static void check_overlap(const struct box_tree *tree, const struct about *about)
{
    for (size_t i = 0; i < tree->count; i++) {
        for (size_t j = i + 1; j < tree->count; j++) {
            const struct box *a = &tree->boxes[i], *b = &tree->boxes[j];
            if (a->look.text == NULL || b->look.text == NULL || is_ancestor(tree, (int)i, (int)j) ||
                sheet_of(tree, (int)i) != sheet_of(tree, (int)j)) {
                continue;
            }
            struct rect common = rect_intersect(ink_of(a), ink_of(b));
            EXPECT(about, common.w <= 2 || common.h <= 2, "%s and %s lie on one another", a->id, b->id);
        }
    }
}

static int smallest_target(struct size window)
{
    int shorter = window.w < window.h ? window.w : window.h, target = (int)ceil(0.06 * shorter);
    return target > 44 ? target : 44;
}

static void check_targets(const struct box_tree *tree, const struct about *about)
{
    int target = smallest_target(tree->window);
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->action.verb == 0) {
            continue;
        }
        EXPECT(about, box->name.length > 0, "%s has an action and no name", box->id);
        if (box->role == BOX_BUTTON || box->role == BOX_TAB) {
            EXPECT(about, box->rect.w >= target && box->rect.h >= target, "%s is %dx%d, under %d", box->id,
                box->rect.w, box->rect.h, target);
        }
        bool inside = box->rect.x >= 0 && box->rect.x + box->rect.w <= tree->window.w;
        bool tall =
            in_region(tree, (int)i) || (box->rect.y >= 0 && box->rect.y + box->rect.h <= tree->window.h);
        EXPECT(about, on_glass(tree, (int)i) || (inside && tall), "%s at %d,%d %dx%d is off the screen",
            box->id, box->rect.x, box->rect.y, box->rect.w, box->rect.h);
    }
}

static void check_ids(const struct box_tree *tree, const struct about *about)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        size_t plain = strspn(box->id, "abcdefghijklmnopqrstuvwxyz0123456789.-");
        EXPECT(about, box->id[0] != '\0' && box->id[plain] == '\0', "id \"%s\"", box->id);
        for (size_t j = i + 1; box->action.verb != 0 && j < tree->count; j++) {
            EXPECT(about, strcmp(box->id, tree->boxes[j].id) != 0, "id %s twice", box->id);
        }
    }
}

static void check_contrast(const struct box_tree *tree, const struct about *about)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->look.icon != ICON_NONE) {
            double c = colour_contrast(box->look.icon_ink, box->ground);
            EXPECT(about, c >= 3.0, "icon of %s has contrast %.2f", box->id, c);
        }
        if (box->look.text != NULL && box->look.ink != COLOUR_NONE) {
            double c = colour_contrast(box->look.ink, box->ground);
            EXPECT(about, c >= 4.5, "text of %s has contrast %.2f", box->id, c);
        }
    }
}

/* In low reach everything that acts is in the lower 40 %, or has its like there. */
static void check_reach(const struct box_tree *tree, const struct about *about)
{
    int low = tree->window.h * 6 / 10;
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->action.verb == 0 || box->rect.y >= low || box->role == BOX_SCREEN) {
            continue;
        }
        bool again = false;
        for (size_t j = 0; j < tree->count && !again; j++) {
            const struct box *other = &tree->boxes[j];
            again = other->rect.y >= low && other->action.verb == box->action.verb &&
                    str_equal(other->action.argument, box->action.argument);
        }
        EXPECT(about, again, "%s (%s) is out of reach", box->id, box_role_word(box->role));
        EXPECT(about, box->role != BOX_BUTTON && box->role != BOX_TAB, "%s is a control above the reach",
            box->id);
    }
}

static void check_tree(const struct box_tree *tree, const struct about *about)
{
    CHECK(tree != NULL && tree->count > 1 && !tree->failed);
    if (tree == NULL) {
        return;
    }
    check_ink(tree, about);
    check_overlap(tree, about);
    check_targets(tree, about);
    check_ids(tree, about);
    check_contrast(tree, about);
    if (about->low_reach && strcmp(about->screen, "attract") != 0) {
        check_reach(tree, about);
    }
}

static inline void check_one(struct stand *stand, const struct about *about)
{
    check_tree(stand_at(stand, about->screen), about);
}

/* Checks every screen in every language of the exhibit and every size. */
static inline void measure_screens(const struct measured *measured)
{
    struct stand stand;
    if (!stand_open(&stand, measured->exhibit, measured->sizes[0])) {
        CHECK_THAT(stand.player != NULL, "the exhibit does not open");
        return;
    }
    player_complete(stand.player, true);
    const struct exhibit_head *head = exhibit_head(player_exhibit(stand.player));
    for (size_t s = 0; s < measured->size_count; s++) {
        stand_resize(&stand, measured->sizes[s]);
        for (size_t l = 0; l < head->language_count; l++) {
            stand_appear(
                &stand, head->languages[l], measured->text_size, measured->contrast, measured->low_reach);
            for (size_t i = 0; i < measured->screen_count; i++) {
                struct about about = {measured->screens[i], head->languages[l], measured->sizes[s],
                    measured->text_size, measured->contrast, measured->low_reach};
                check_one(&stand, &about);
            }
        }
    }
    stand_close(&stand);
}

#endif
