#include "view/audit.h"

#include "text/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PREPARED 256 /* boxes whose ids and inks are prepared once; those behind them each time */

struct audit {
    const struct box_tree *tree;
    struct audit_breach *breaches;
    size_t capacity, count;
    uint64_t ids[PREPARED]; /* hashes */
    struct rect inks[PREPARED];
};

static void breach(struct audit *audit, enum audit_rule rule, size_t box, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void breach(struct audit *audit, enum audit_rule rule, size_t box, const char *format, ...)
{
    if (audit->count < audit->capacity) {
        struct audit_breach *b = &audit->breaches[audit->count];
        *b = (struct audit_breach){.rule = rule, .box = (int)box};
        int used = snprintf(b->message, sizeof b->message, "%s: ", audit->tree->boxes[box].id);
        va_list arguments;
        va_start(arguments, format);
        if (used >= 0 && (size_t)used < sizeof b->message) {
            vsnprintf(b->message + used, sizeof b->message - (size_t)used, format, arguments);
        }
        va_end(arguments);
    }
    audit->count++;
}

/* ---- where a box is */

/* The nearest box of one of the roles (a set of bits) that this one is in, itself included; -1: none. */
static int within(const struct box_tree *tree, int box, unsigned roles)
{
    for (int i = box; i >= 0; i = tree->boxes[i].parent) {
        if ((roles & 1u << tree->boxes[i].role) != 0) {
            return i;
        }
    }
    return -1;
}

static bool in_region(const struct box_tree *tree, size_t box)
{
    return within(tree, tree->boxes[box].parent, 1u << BOX_REGION) >= 0;
}

/* The page image and the map cut what leaves them, on purpose. */
static bool on_glass(const struct box_tree *tree, size_t box)
{
    return within(tree, (int)box, 1u << BOX_IMAGE) >= 0;
}

/* Panels and alerts lie over what is below them on purpose. */
static int sheet_of(const struct box_tree *tree, size_t box)
{
    int sheet = within(tree, (int)box, 1u << BOX_PANEL | 1u << BOX_ALERT | 1u << BOX_BAR | 1u << BOX_REGION);
    return sheet >= 0 ? sheet : 0;
}

static bool is_ancestor(const struct box_tree *tree, size_t ancestor, size_t box)
{
    for (int i = tree->boxes[box].parent; i >= 0; i = tree->boxes[i].parent) {
        if ((size_t)i == ancestor) {
            return true;
        }
    }
    return false;
}

/* ---- texts */

static struct rect ink_of(const struct box *box)
{
    struct rect ink = text_measure(box->look.text).ink;
    ink.x += box->rect.x + box->look.text_at.x;
    ink.y += box->rect.y + box->look.text_at.y;
    return ink;
}

static struct rect measured_ink(const struct audit *audit, size_t i)
{
    return i < PREPARED ? audit->inks[i] : ink_of(&audit->tree->boxes[i]);
}

/* Some letters reach a little out of their own width (the tail of a J, the line of Devanagari): that much is
 * no cut. */
static int overhang(const struct box_tree *tree)
{
    int shorter = tree->window.w < tree->window.h ? tree->window.w : tree->window.h;
    return shorter / 200 > 3 ? shorter / 200 : 3;
}

static void audit_text(struct audit *audit, size_t i)
{
    const struct box_tree *tree = audit->tree;
    const struct box *box = &tree->boxes[i];
    if (box->look.text == NULL || on_glass(tree, i)) {
        return;
    }
    int out = overhang(tree), tail = (int)(text_measure(box->look.text).cap_px / 3); /* of an italic letter */
    struct rect ink = ink_of(box), room = rect_inset(box->rect, -(tail > out ? tail : out), -out);
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    if (!rect_empty(ink) && !rect_holds(room, ink)) {
        breach(audit, AUDIT_INK, i, "ink %d,%d %dx%d leaves its box %d,%d %dx%d", ink.x, ink.y, ink.w, ink.h,
            box->rect.x, box->rect.y, box->rect.w, box->rect.h);
    }
    if (!rect_empty(ink) && !in_region(tree, i) && !rect_holds(window, ink)) {
        breach(audit, AUDIT_INK, i, "ink %d,%d %dx%d leaves the screen", ink.x, ink.y, ink.w, ink.h);
    }
    int missing = text_measure(box->look.text).missing;
    if (missing > 0) {
        breach(audit, AUDIT_FONT, i, "%d characters without a font", missing);
    }
}

static void audit_overlap(struct audit *audit, size_t i)
{
    const struct box_tree *tree = audit->tree;
    if (tree->boxes[i].look.text == NULL) {
        return;
    }
    struct rect ink = measured_ink(audit, i);
    for (size_t j = i + 1; j < tree->count; j++) {
        if (tree->boxes[j].look.text == NULL) {
            continue;
        }
        struct rect common = rect_intersect(ink, measured_ink(audit, j));
        if (common.w > 2 && common.h > 2 && sheet_of(tree, i) == sheet_of(tree, j) &&
            !is_ancestor(tree, i, j)) {
            breach(audit, AUDIT_OVERLAP, i, "its text and that of %s lie on one another", tree->boxes[j].id);
        }
    }
}

static void audit_contrast(struct audit *audit, size_t i)
{
    const struct box *box = &audit->tree->boxes[i];
    double icon = box->look.icon != ICON_NONE ? colour_contrast(box->look.icon_ink, box->ground) : 21;
    bool inked = box->look.text != NULL && box->look.ink != COLOUR_NONE;
    double text = inked ? colour_contrast(box->look.ink, box->ground) : 21;
    if (icon < 3.0) {
        breach(audit, AUDIT_CONTRAST, i, "its icon has a contrast of %.2f", icon);
    }
    if (text < 4.5) {
        breach(audit, AUDIT_CONTRAST, i, "its text has a contrast of %.2f", text);
    }
}

/* ---- what acts */

int audit_target_px(struct size window)
{
    int shorter = window.w < window.h ? window.w : window.h, target = (int)ceil(0.06 * shorter);
    return target > 44 ? target : 44;
}

static void audit_action(struct audit *audit, size_t i)
{
    const struct box_tree *tree = audit->tree;
    const struct box *box = &tree->boxes[i];
    int target = audit_target_px(tree->window);
    bool control = box->role == BOX_BUTTON || box->role == BOX_TAB;
    if (control && (box->rect.w < target || box->rect.h < target)) {
        breach(audit, AUDIT_TARGET, i, "%dx%d, under %d", box->rect.w, box->rect.h, target);
    }
    if (box->name.length == 0) {
        breach(audit, AUDIT_NAME, i, "it acts and has no name");
    }
    bool wide = box->rect.x >= 0 && box->rect.x + box->rect.w <= tree->window.w;
    bool tall = in_region(tree, i) || (box->rect.y >= 0 && box->rect.y + box->rect.h <= tree->window.h);
    if (!on_glass(tree, i) && !(wide && tall)) {
        breach(audit, AUDIT_SCREEN, i, "%d,%d %dx%d is off the screen", box->rect.x, box->rect.y, box->rect.w,
            box->rect.h);
    }
}

static void audit_reach(struct audit *audit, size_t i)
{
    const struct box_tree *tree = audit->tree;
    const struct box *box = &tree->boxes[i];
    int low = tree->window.h * 6 / 10;
    struct rect seen = rect_intersect(box->rect, box->clip);
    if (box->rect.y >= low || seen.y >= low || box->role == BOX_SCREEN ||
        (!tree->complete && rect_empty(seen))) {
        return;
    }
    bool again = !tree->complete; /* its like may be scrolled out of the tree */
    for (size_t j = 0; j < tree->count && !again; j++) {
        const struct box *other = &tree->boxes[j];
        again = other->rect.y >= low && other->action.verb == box->action.verb &&
                str_equal(other->action.argument, box->action.argument);
    }
    if (!again || box->role == BOX_BUTTON || box->role == BOX_TAB) {
        breach(audit, AUDIT_REACH, i, "%s at %d above the reach, which begins at %d",
            again ? "a control" : "what it does cannot be done below, and it is", seen.y, low);
    }
}

static void audit_id(struct audit *audit, size_t i)
{
    const struct box_tree *tree = audit->tree;
    const char *id = tree->boxes[i].id;
    if (id[0] == '\0' || id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-")] != '\0') {
        breach(audit, AUDIT_ID, i, "not an id");
    }
    for (size_t j = i + 1; j < tree->count; j++) {
        bool acts = tree->boxes[i].action.verb != 0 || tree->boxes[j].action.verb != 0;
        bool maybe = j >= PREPARED || audit->ids[i] == audit->ids[j];
        if (acts && maybe && strcmp(id, tree->boxes[j].id) == 0) {
            breach(audit, AUDIT_ID, i, "there twice");
        }
    }
}

static void audit_focus(struct audit *audit)
{
    int focused = 0;
    for (size_t i = 0; i < audit->tree->count; i++) {
        if ((audit->tree->boxes[i].states & BOX_FOCUSED) != 0) {
            focused++;
            if (focused > 1 || !box_focusable(audit->tree, (int)i)) {
                breach(audit, AUDIT_FOCUS, i, focused > 1 ? "a second focus" : "it cannot have the focus");
            }
        }
    }
}

static void prepare(struct audit *audit)
{
    for (size_t i = 0; i < audit->tree->count && i < PREPARED; i++) {
        const struct box *box = &audit->tree->boxes[i];
        audit->ids[i] = str_hash_words(STR_HASH_START, box->id, strlen(box->id));
        audit->inks[i] = box->look.text != NULL ? ink_of(box) : (struct rect){0, 0, 0, 0};
    }
}

size_t view_audit(const struct box_tree *tree, bool low_reach, struct audit_breach *breaches, size_t capacity)
{
    struct audit audit = {.tree = tree, .breaches = breaches, .capacity = capacity};
    prepare(&audit);
    for (size_t i = 0; i < tree->count; i++) {
        audit_id(&audit, i);
        audit_text(&audit, i);
        audit_overlap(&audit, i);
        audit_contrast(&audit, i);
        if (tree->boxes[i].action.verb != 0) {
            audit_action(&audit, i);
            if (low_reach) {
                audit_reach(&audit, i);
            }
        }
    }
    audit_focus(&audit);
    return audit.count;
}
