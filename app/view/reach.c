/* Low reach: what can be touched on the upper part of the screen stands below once more, where a hand reaches
 * from a wheelchair. */
#include "internal.h"

#include <string.h>

struct reach_item {
    struct place_button button;
    const char *id;
    bool control;
    int width; /* as it stands in its row */
};

static void add(struct view *v, const struct place_button *button, const char *id, bool control)
{
    struct reach_item *items = v->reach_items;
    for (int i = 0; i < v->reach_count; i++) { /* the same link twice needs one button */
        if (items[i].button.verb == button->verb && str_equal(items[i].button.argument, button->argument) &&
            str_equal(items[i].button.label, button->label)) {
            return;
        }
    }
    if ((size_t)v->reach_count == v->reach_capacity) {
        size_t capacity = v->reach_capacity > 0 ? v->reach_capacity * 2 : 32;
        struct reach_item *grown = arena_take_array(v->tree->arena, capacity, sizeof *grown);
        if (grown == NULL) {
            v->tree->failed = true;
            return;
        }
        if (v->reach_count > 0) {
            memcpy(grown, items, (size_t)v->reach_count * sizeof *grown);
        }
        v->reach_items = grown;
        v->reach_capacity = capacity;
    }
    v->reach_items[v->reach_count] = (struct reach_item){*button, c_string(v, str_from(id)), control, 0};
    struct place_button *kept = &v->reach_items[v->reach_count].button;
    kept->kind = kept->kind == BUTTON_PRIMARY ? BUTTON_PRIMARY : BUTTON_OUTLINED;
    kept->argument = arena_copy(v->tree->arena, button->argument);
    v->reach_count++;
}

void reach_add(struct view *v, const struct place_button *button, const char *id)
{
    add(v, button, id, false);
}

void reach_add_control(struct view *v, const struct place_button *button, const char *id)
{
    add(v, button, id, true);
}

/* Controls first, so that they stay where they are whatever the text above leads to. */
static void controls_first(struct view *v)
{
    int first = 0;
    for (int i = 0; i < v->reach_count; i++) {
        struct reach_item item = v->reach_items[i];
        if (item.control) {
            memmove(&v->reach_items[first + 1], &v->reach_items[first], (size_t)(i - first) * sizeof item);
            v->reach_items[first++] = item;
        }
    }
}

/* The buttons flow into rows: where each row begins. */
struct rows {
    int *first; /* item numbers; one more for the end */
    int *tall;
    int count;
};

static int item_width(const struct view *v, const struct reach_item *item, int limit)
{
    int width = button_width(v, &item->button), most = limit * 6 / 10;
    return width < most ? width : most;
}

static int row_height(const struct view *v, const struct rows *rows, int row)
{
    int tall = v->target;
    for (int i = rows->first[row]; i < rows->first[row + 1]; i++) {
        int height = button_height(v, &v->reach_items[i].button, v->reach_items[i].width);
        tall = height > tall ? height : tall;
    }
    return tall;
}

/* The height in which as many rows as possible stand whole below `top`: none is cut at the bar. */
static int whole_rows(const struct view *v, const struct rows *rows, int top)
{
    int height = top, row = 0;
    for (; row < rows->count; row++) {
        int next = rows->tall[row] + px(v, 1.5);
        if (height + next > v->reach.h) {
            break;
        }
        height += next;
    }
    bool room = height >= 2 * v->target + px(v, 1); /* for the two arrows at its end */
    return !room || row == rows->count ? v->reach.h : height;
}

static int put_row(struct view *v, int region, int row, struct rect where, void *context)
{
    const struct rows *rows = context;
    int gap = px(v, 1.5), x = where.x;
    for (int i = rows->first[row]; i < rows->first[row + 1]; i++) {
        const struct reach_item *item = &v->reach_items[i];
        struct rect at = {x, where.y, item->width, rows->tall[row]};
        put_button(v, region, at, &item->button, item->id);
        x += item->width + gap;
    }
    return rows->tall[row] + gap;
}

static int height_of_row(const struct view *v, int row, const void *context)
{
    const struct rows *rows = context;
    return rows->tall[row] + px(v, 1.5);
}

/* False when memory is out. */
static bool make_rows(struct view *v, struct rows *rows, int width)
{
    int gap = px(v, 1.5), x = 0;
    rows->first = arena_take_array(v->tree->arena, (size_t)v->reach_count + 2, sizeof *rows->first);
    rows->tall = arena_take_array(v->tree->arena, (size_t)v->reach_count + 2, sizeof *rows->tall);
    if (rows->first == NULL || rows->tall == NULL) {
        v->tree->failed = true;
        return false;
    }
    for (int i = 0; i < v->reach_count; i++) {
        struct reach_item *item = &v->reach_items[i];
        item->width = item_width(v, item, width);
        bool links = i > 0 && v->reach_items[i - 1].control && !item->control;
        if (i == 0 || x + item->width > width || links) {
            rows->first[rows->count++] = i;
            x = 0;
        }
        x += item->width + gap;
    }
    rows->first[rows->count] = v->reach_count;
    for (int row = 0; row < rows->count; row++) {
        rows->tall[row] = row_height(v, rows, row);
    }
    return true;
}

void put_reach(struct view *v)
{
    if (rect_empty(v->reach) || v->reach_count == 0) {
        return;
    }
    int rule = put_group(
        v, v->root, BOX_GROUP, (struct rect){v->reach.x, v->reach.y, v->reach.w, 1}, STR(""), "reach-rule");
    box_at(v, rule)->look.fill = v->theme.outline;
    v->on = v->theme.ground;
    int side = px(v, 3);
    int width = v->reach.w - side - (v->target + px(v, 1) > side ? v->target + px(v, 1) : side);
    struct rows rows = {0};
    controls_first(v);
    if (!make_rows(v, &rows, width)) {
        return;
    }
    struct rect where = v->reach;
    where.h = whole_rows(v, &rows, px(v, 2));
    struct flow flow = {.scroller = SCROLLER_REACH,
        .id = "reach",
        .name = words(v, "reach"),
        .count = rows.count,
        .put = put_row,
        .height = height_of_row,
        .context = &rows,
        .pad_top = px(v, 2),
        .pad_bottom = px(v, 1),
        .pad_side = side};
    put_flow(v, v->root, where, &flow);
}
