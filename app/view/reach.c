/* Low reach: what can be touched on the upper part of the screen stands below once more, where a hand reaches
 * from a wheelchair. */
#include "internal.h"

#include <string.h>

struct reach_item {
    struct place_button button;
    const char *id;
    bool control;
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
    v->reach_items[v->reach_count] = (struct reach_item){*button, c_string(v, str_from(id)), control};
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
    int count, width;
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
        int height =
            button_height(v, &v->reach_items[i].button, item_width(v, &v->reach_items[i], rows->width));
        tall = height > tall ? height : tall;
    }
    return tall;
}

/* The height in which as many rows as possible stand whole below `top`: none is cut at the bar. */
static int whole_rows(const struct view *v, const struct rows *rows, int top)
{
    int height = top, row = 0;
    for (; row < rows->count; row++) {
        int next = row_height(v, rows, row) + px(v, 1.5);
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
    int gap = px(v, 1.5), x = where.x, tall = row_height(v, rows, row);
    for (int i = rows->first[row]; i < rows->first[row + 1]; i++) {
        const struct reach_item *item = &v->reach_items[i];
        int width = item_width(v, item, rows->width);
        put_button(v, region, (struct rect){x, where.y, width, tall}, &item->button, item->id);
        x += width + gap;
    }
    return tall + gap;
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
    int side = px(v, 3), gap = px(v, 1.5), x = 0;
    int width = v->reach.w - side - (v->target + px(v, 1) > side ? v->target + px(v, 1) : side);
    struct rows rows = {.width = width};
    controls_first(v);
    rows.first = arena_take_array(v->tree->arena, (size_t)v->reach_count + 2, sizeof *rows.first);
    if (rows.first == NULL) {
        v->tree->failed = true;
        return;
    }
    for (int i = 0; i < v->reach_count; i++) {
        int w = item_width(v, &v->reach_items[i], width);
        bool links = i > 0 && v->reach_items[i - 1].control && !v->reach_items[i].control;
        if (i == 0 || x + w > width || links) {
            rows.first[rows.count++] = i;
            x = 0;
        }
        x += w + gap;
    }
    rows.first[rows.count] = v->reach_count;
    struct rect where = v->reach;
    where.h = whole_rows(v, &rows, px(v, 2));
    struct flow flow = {.scroller = SCROLLER_REACH,
        .id = "reach",
        .name = words(v, "reach"),
        .count = rows.count,
        .put = put_row,
        .context = &rows,
        .pad_top = px(v, 2),
        .pad_bottom = px(v, 1),
        .pad_side = side};
    put_flow(v, v->root, where, &flow);
}
