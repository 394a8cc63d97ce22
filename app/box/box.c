#include "box/box.h"

#include <stdarg.h>
#include <string.h>

void box_start(struct box_tree *tree, struct arena *arena, struct size window)
{
    memset(tree, 0, sizeof *tree);
    tree->arena = arena;
    tree->window = window;
}

/* The boxes grow in the arena; what they outgrow is given back with it. */
static bool make_room(struct box_tree *tree)
{
    if (tree->count < tree->capacity) {
        return true;
    }
    size_t capacity = tree->capacity == 0 ? 128 : tree->capacity * 2;
    struct box *boxes = arena_take_array(tree->arena, capacity, sizeof *boxes);
    if (boxes == NULL) {
        return false;
    }
    if (tree->count != 0) {
        memcpy(boxes, tree->boxes, tree->count * sizeof *boxes);
    }
    tree->boxes = boxes;
    tree->capacity = capacity;
    return true;
}

static char id_character(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char)(c - 'A' + 'a');
    }
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '-';
}

static const char *make_id(struct arena *arena, const char *format, va_list arguments)
{
    size_t length = 0;
    char *id = arena_print(arena, &length, format, arguments);
    for (size_t i = 0; id != NULL && i < length; i++) {
        id[i] = id_character(id[i]);
    }
    return id;
}

int box_add(
    struct box_tree *tree, int parent, enum box_role role, struct rect rect, const char *id_format, ...)
{
    va_list arguments;
    va_start(arguments, id_format);
    const char *id = make_id(tree->arena, id_format, arguments);
    va_end(arguments);
    if (id == NULL || !make_room(tree) || parent >= (int)tree->count) {
        tree->failed = true;
        return -1;
    }
    struct box *box = &tree->boxes[tree->count];
    memset(box, 0, sizeof *box);
    box->id = id;
    box->role = role;
    box->rect = rect;
    box->parent = parent < 0 ? -1 : parent;
    box->clip = parent < 0 ? rect : tree->boxes[parent].clip;
    box->depth = parent < 0 ? 0 : tree->boxes[parent].depth + 1;
    box->ground = parent < 0 ? tree->ground : tree->boxes[parent].ground;
    return (int)tree->count++;
}

static void move_fragments(struct box_tree *tree, struct box *box, int dx, int dy)
{
    struct rect *moved = arena_take_array(tree->arena, box->fragment_count, sizeof *moved);
    if (moved == NULL) {
        tree->failed = true;
        box->fragment_count = 0;
        return;
    }
    for (size_t i = 0; i < box->fragment_count; i++) {
        moved[i] = box->fragments[i];
        moved[i].x += dx;
        moved[i].y += dy;
    }
    box->fragments = moved;
}

void box_move(struct box_tree *tree, size_t first, int dx, int dy)
{
    if (dx == 0 && dy == 0) {
        return;
    }
    for (size_t i = first; i < tree->count; i++) {
        struct box *box = &tree->boxes[i];
        box->rect.x += dx;
        box->rect.y += dy;
        if (box->fragment_count != 0) {
            move_fragments(tree, box, dx, dy);
        }
    }
}

void box_truncate(struct box_tree *tree, size_t count)
{
    if (count < tree->count) {
        tree->count = count;
    }
}

int box_find(const struct box_tree *tree, const char *id)
{
    for (size_t i = 0; id != NULL && i < tree->count; i++) {
        if (strcmp(tree->boxes[i].id, id) == 0) {
            return (int)i;
        }
    }
    return -1;
}
