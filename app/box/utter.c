#include "box/utter.h"

#include "base/utf8.h"
#include "reach.h"

#include <string.h>

int box_region_of(const struct box_tree *tree, int box)
{
    for (int i = box; i >= 0; i = tree->boxes[i].parent) {
        if (tree->boxes[i].role == BOX_REGION && tree->boxes[i].scroll != NULL && i != box) {
            return i;
        }
    }
    return -1;
}

/* Punctuation, rules and drawing signs cannot be said. */
static bool can_be_said(struct str name)
{
    for (size_t at = 0; at < name.length;) {
        uint32_t c = utf8_next(name, &at);
        bool ascii = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool sign = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                    (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == UTF8_REPLACEMENT ||
                    (c >= 0xFF01 && c <= 0xFF0F);
        if (ascii || !sign) {
            return true;
        }
    }
    return false;
}

static bool contains(struct str whole, struct str part)
{
    return part.length <= whole.length && memmem(whole.data, whole.length, part.data, part.length) != NULL;
}

static bool under_role(const struct box_tree *tree, int box, enum box_role role)
{
    while (box >= 0 && tree->boxes[box].role != role) {
        box = tree->boxes[box].parent;
    }
    return box >= 0;
}

/* A zone stands for its paragraph. Where a text is beside the page that is read; and of several zones of one
 * paragraph the first. */
static bool said_elsewhere(const struct box_tree *tree, int zone)
{
    const char *segment = tree->boxes[zone].segment;
    for (size_t i = 0; segment != NULL && i < tree->count; i++) {
        const struct box *other = &tree->boxes[i];
        bool text = other->segment != NULL && other->role != BOX_ZONE;
        bool before = other->segment != NULL && (int)i < zone && strcmp(other->segment, segment) == 0;
        if (text || before) {
            return true;
        }
    }
    return false;
}

/* Does it show its name: in words, or as a picture? */
static bool shows_name(const struct box *box)
{
    switch (box->role) {
    case BOX_SCREEN:
    case BOX_GROUP:
    case BOX_BAR:
    case BOX_REGION:
    case BOX_PANEL:
    case BOX_LIST:
        return false;
    case BOX_IMAGE:
    case BOX_ZONE:
        return true;
    default:
        return box->look.text != NULL || box->look.icon == ICON_NONE;
    }
}

/* The nearest ancestor that is said with everything in it. */
static bool within_said(const struct box_tree *tree, const bool *said, int box)
{
    for (int i = tree->boxes[box].parent; i >= 0; i = tree->boxes[i].parent) {
        if (said[i] && contains(tree->boxes[i].name, tree->boxes[box].name)) {
            return true;
        }
    }
    return false;
}

/* A modal sheet's own name is made of its parts, which are said one by one. */
static bool is_sheet(const struct box *box)
{
    return box->role == BOX_ALERT && box->look.text == NULL;
}

static bool is_said(const struct box_tree *tree, const bool *said, int index)
{
    const struct box *box = &tree->boxes[index];
    if (!shows_name(box) || is_sheet(box) || !can_be_said(box->name) || under_role(tree, index, BOX_BAR)) {
        return false;
    }
    if (strncmp(box->id, "reach.", 6) == 0 || within_said(tree, said, index)) {
        return false;
    }
    return box->role != BOX_ZONE || !said_elsewhere(tree, index);
}

/* What alone is read: what was asked for, else what is modal, else the panel that lies on top. -1:
 * everything. */
static int find_scope(const struct box_tree *tree, const char *scope)
{
    if (scope != NULL) {
        return box_find(tree, scope);
    }
    int top = reach_modal(tree);
    for (size_t i = tree->count; top < 0 && i > 0; i--) {
        top = tree->boxes[i - 1].role == BOX_PANEL ? (int)(i - 1) : -1;
    }
    return top;
}

static bool comes_last(const struct box_tree *tree, int index)
{
    return tree->boxes[index].role == BOX_PROVENANCE && box_region_of(tree, index) < 0;
}

const struct box_utterance *box_utterances(
    const struct box_tree *tree, const char *scope, struct arena *arena, size_t *count)
{
    bool *said = arena_take_array(arena, tree->count + 1, sizeof *said);
    struct box_utterance *out = arena_take_array(arena, tree->count + 1, sizeof *out);
    int within = find_scope(tree, scope);
    *count = 0;
    if (said == NULL || out == NULL) {
        return NULL;
    }
    for (int i = 0; i < (int)tree->count; i++) {
        said[i] = (within < 0 || (i != within && reach_within(tree, within, i))) && is_said(tree, said, i);
    }
    for (int last = 0; last < 2; last++) {
        for (int i = 0; i < (int)tree->count; i++) {
            if (said[i] && comes_last(tree, i) == (last == 1)) {
                out[(*count)++] = (struct box_utterance){i, tree->boxes[i].name};
            }
        }
    }
    return out;
}
