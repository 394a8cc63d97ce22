#include "box/box.h"

#include <string.h>

static int mirrored(int x, int w, int left, int width)
{
    return 2 * left + width - x - w;
}

/* Does it move along with its parent, as a place on a picture or words in a text do? */
static bool goes_along(const struct box_tree *tree, const struct box *box)
{
    if (box->fragment_count != 0) {
        return true;
    }
    for (int parent = box->parent; parent >= 0; parent = tree->boxes[parent].parent) {
        if (tree->boxes[parent].role == BOX_IMAGE) {
            return true;
        }
    }
    return false;
}

static void shift_fragments(struct box_tree *tree, struct box *box, int dx)
{
    struct rect *moved = arena_take_array(tree->arena, box->fragment_count, sizeof *moved);
    if (moved == NULL) {
        tree->failed = true;
        return;
    }
    memcpy(moved, box->fragments, box->fragment_count * sizeof *moved);
    for (size_t i = 0; i < box->fragment_count; i++) {
        moved[i].x += dx;
    }
    box->fragments = moved;
}

/* Returns how far the text moved within its box. */
static int mirror_look(struct box *box)
{
    struct box_look *look = &box->look;
    int before = look->text_at.x;
    look->icon_at.x = box->rect.w - look->icon_at.x - look->icon_at.w;
    if (look->text_width_px > 0) {
        look->text_at.x = box->rect.w - look->text_at.x - look->text_width_px;
    }
    return look->text_at.x - before;
}

void box_mirror(struct box_tree *tree, size_t first, int left, int width)
{
    if (first >= tree->count) {
        return;
    }
    /* How far each box moves, and how far its words do, and with them the links among them. */
    int *shifts = arena_take_array(tree->arena, tree->count - first, sizeof *shifts);
    int *words = arena_take_array(tree->arena, tree->count - first, sizeof *words);
    if (shifts == NULL || words == NULL) {
        tree->failed = true;
        return;
    }
    for (size_t i = first; i < tree->count; i++) {
        struct box *box = &tree->boxes[i];
        if (goes_along(tree, box)) {
            bool known = box->parent >= (int)first, link = known && box->fragment_count != 0;
            shifts[i - first] = known ? shifts[(size_t)box->parent - first] : 0;
            shifts[i - first] += link ? words[(size_t)box->parent - first] : 0;
            words[i - first] = 0;
        } else {
            shifts[i - first] = mirrored(box->rect.x, box->rect.w, left, width) - box->rect.x;
            words[i - first] = mirror_look(box);
        }
        box->rect.x += shifts[i - first];
        if (box->fragment_count != 0) {
            shift_fragments(tree, box, shifts[i - first]);
        }
        if (box->clip.x >= left && box->clip.x + box->clip.w <= left + width) {
            box->clip.x = mirrored(box->clip.x, box->clip.w, left, width);
        }
    }
}
