/* Regions that scroll: only what is near the screen is laid out, from the item where the visitor stands.
 *
 *         item a ┐ laid out, above the region
 *     ┌── item b ┴──┐ ◀─ visit_scroll.item, of which `fraction` is above the top
 *     │   item c    │
 *     └── item d ┬──┘
 *         item e ┘ one screen below
 *
 * With tree->complete everything is laid out, from the first item on. */
#include "internal.h"

#include <string.h>

struct flowing {
    struct view *v;
    struct flow *flow;
    int parent, region;
    struct rect outer; /* the region, window px */
    struct rect inner; /* x and w of the items, y and h of the region */
    int *tops;         /* of the items laid out so far, window px; one more for the bottom */
    const char **keys;
    int *heights; /* of every item that was measured, and one more; 0: it was not */
};

static int pads(const struct flowing *f, int item)
{
    return (item == 0 ? f->flow->pad_top : 0) + (item == f->flow->count - 1 ? f->flow->pad_bottom : 0);
}

static int put_item(struct flowing *f, int item, int y)
{
    struct rect where = {f->inner.x, y, f->inner.w, 0};
    if (item == 0) {
        where.y += f->flow->pad_top;
    }
    return f->flow->put(f->v, f->region, item, where, f->flow->context) + pads(f, item);
}

/* The height of an item, laid out and taken away again (its texts stay measured). */
static int measure_item(struct flowing *f, int item)
{
    size_t before = f->v->tree->count;
    int reach_before = f->v->reach_count;
    if (f->heights[item] == 0 && f->flow->height != NULL) {
        f->heights[item] = f->flow->height(f->v, item, f->flow->context) + pads(f, item) + 1;
    } else if (f->heights[item] == 0) {
        f->heights[item] = put_item(f, item, 0) + 1;
        box_truncate(f->v->tree, before);
        f->v->reach_count = reach_before;
    }
    return f->heights[item] - 1;
}

static const char *key_of(struct flowing *f, int item)
{
    return f->flow->key != NULL ? f->flow->key(f->v, item, f->flow->context) : NULL;
}

/* The item that must come into view, or -1. */
static int wanted_item(struct flowing *f)
{
    const char *bring = f->v->visit->bring;
    if (bring[0] == '\0' || f->flow->key == NULL) {
        return -1;
    }
    for (int i = 0; i < f->flow->count; i++) {
        const char *key = key_of(f, i);
        if (key != NULL && strcmp(key, bring) == 0) {
            return i;
        }
    }
    return -1;
}

static int first_of_row(const struct flowing *f, int item)
{
    return f->flow->columns > 1 ? item - item % f->flow->columns : item;
}

/* Moves (*item, *y), an item and where its top lies, so that nothing empty shows above the first or below the
 * last one. */
static void clamp_start(struct flowing *f, int *item, int *y)
{
    int top = f->inner.y, bottom = f->inner.y + f->inner.h;
    int below = *y;
    for (int i = *item; i < f->flow->count && below < bottom; i++) {
        below += measure_item(f, i);
    }
    if (below < bottom) {
        *y += bottom - below;
    }
    while (*item > 0 && *y > top) {
        (*item)--;
        *y -= measure_item(f, *item);
    }
    if (*item == 0 && *y > top) {
        *y = top;
    }
}

/* Where the wanted item should lie: where it does if it can be seen whole, else a sixth from the top. */
static void bring_into_view(struct flowing *f, int wanted, int *item, int *y)
{
    wanted = first_of_row(f, wanted);
    int top = f->inner.y, bottom = top + f->inner.h, at = *y, height = measure_item(f, wanted);
    for (int i = *item; i < wanted && at < bottom; i++) {
        at += measure_item(f, i);
    }
    if (wanted >= *item && at >= top && at + height <= bottom) {
        return;
    }
    *item = wanted;
    *y = height < f->inner.h ? top + (f->inner.h - height) / 6 : top;
}

static void find_start(struct flowing *f, int *item, int *y)
{
    const struct visit_scroll *scroll = &f->v->visit->here.scroll[f->flow->scroller];
    *item = scroll->item < f->flow->count ? scroll->item : f->flow->count - 1;
    *item = *item < 0 ? 0 : *item;
    double fraction = first_of_row(f, *item) == *item ? scroll->fraction : 0;
    *item = first_of_row(f, *item);
    *y = f->inner.y - (int)(fraction * measure_item(f, *item) + 0.5);
    clamp_start(f, item, y);
    int wanted = wanted_item(f);
    if (wanted >= 0) {
        bring_into_view(f, wanted, item, y);
        clamp_start(f, item, y);
    }
    /* One screen above is laid out too, so that a drag has somewhere to go. */
    for (int reach = f->inner.y - f->inner.h; *item > 0 && *y > reach;) {
        (*item)--;
        *y -= measure_item(f, *item);
    }
}

static const char *const scroller_words[SCROLLERS] = {"main", "side", "panel", "menu", "reach"};

/* Where there is more than can be seen, two buttons in the right margin: no gesture is needed to read on. */
static void put_scroll_buttons(struct flowing *f, const struct box_scroll *scroll)
{
    struct view *v = f->v;
    if (scroll->at_start && scroll->at_end) {
        return;
    }
    const char *word = scroller_words[f->flow->scroller];
    int x = f->outer.x + f->outer.w - v->target - px(v, 0.5),
        y = f->outer.y + f->outer.h - 2 * v->target - px(v, 1);
    for (int down = 0; down < 2; down++) {
        bool end = down ? scroll->at_end : scroll->at_start;
        struct str name = words_with(v, down ? "scroll.down" : "scroll.up", f->flow->name, STR(""));
        struct place_button button = {.kind = BUTTON_PLAIN,
            .icon = down ? ICON_DOWN : ICON_UP,
            .name = name,
            .style = STYLE_BODY,
            .verb = ACTION_SCROLL,
            .argument = format(v, "%s %s", word, down ? "down" : "up"),
            .states = end ? BOX_DISABLED : 0};
        const char *id = c_string(v, format(v, "%s.%s", f->flow->id, down ? "scroll-down" : "scroll-up"));
        struct rect where = {x, y + down * v->target, v->target, v->target};
        if (v->visit->low_reach && f->outer.y >= v->reach.y) { /* within reach already */
            put_button(v, f->parent, where, &button, id);
        } else {
            put_control(v, f->parent, where, &button, id);
        }
    }
}

static void note_scroll(struct flowing *f, int first, int count, int end_y)
{
    struct view *v = f->v;
    struct box_scroll *scroll = arena_take(v->tree->arena, sizeof *scroll);
    if (scroll == NULL) {
        v->tree->failed = true;
        return;
    }
    int top = f->inner.y, bottom = top + f->inner.h;
    for (int i = 0; i <= count; i++) {
        f->tops[i] -= top;
    }
    *scroll = (struct box_scroll){
        .scroller = (int)f->flow->scroller,
        .first = first,
        .count = count,
        .tops_px = f->tops,
        .keys = f->keys,
        .total = f->flow->count,
        .viewport_px = f->inner.h,
        .at_start = first == 0 && f->tops[0] >= 0,
        .at_end = first + count == f->flow->count && end_y <= bottom,
    };
    box_at(v, f->region)->scroll = scroll;
    put_scroll_buttons(f, scroll);
}

/* A button of which nothing could be read is not shown at all, unless it is taller than the region: then
 * there is no better place for it, and the focus may be on it. */
static void hide_unread(struct box *box)
{
    bool button = box->role == BOX_BUTTON || box->role == BOX_TAB;
    if (button && box->rect.h <= box->clip.h && box->look.text_to_px <= box->look.text_from_px) {
        box->clip.h = 0;
    }
}

/* A region's edge cuts no line of text: what does not stand whole in it is left out. */
static void show_whole_lines(struct view *v, int region)
{
    for (size_t i = (size_t)region + 1; i < v->tree->count; i++) {
        struct box *box = &v->tree->boxes[i];
        if (box->look.text == NULL || rect_empty(rect_intersect(box->rect, box->clip))) {
            continue;
        }
        int at = box->rect.y + box->look.text_at.y, top = box->clip.y - at, bottom = top + box->clip.h;
        if (top > 0 || bottom < text_measure(box->look.text).height_px) {
            int from, to;
            text_whole_lines(box->look.text, top, bottom, &from, &to);
            box->look.text_cut = true;
            box->look.text_from_px = box->look.text_at.y + from;
            box->look.text_to_px = box->look.text_at.y + to;
            hide_unread(box);
        }
    }
}

/* Does a line of the text show? Asked when lines that are cut were left out. */
static bool shows_a_line(const struct box *box)
{
    bool seen = !rect_empty(rect_intersect(box->rect, box->clip));
    return seen && (!box->look.text_cut || box->look.text_to_px > box->look.text_from_px);
}

/* A heading stands never alone at the foot: it shows with the first line of what follows it. */
static void keep_headings(struct view *v, int region)
{
    int heading = -1;
    for (size_t i = (size_t)region + 1; i < v->tree->count; i++) {
        struct box *box = &v->tree->boxes[i];
        if (box->parent != region || box->look.text == NULL) {
            continue;
        }
        if (heading >= 0 && box->role != BOX_HEADING) {
            struct box *alone = &v->tree->boxes[heading];
            if (box->rect.y > alone->rect.y && box->rect.y + box->rect.h > alone->clip.y &&
                !shows_a_line(box)) {
                alone->look.text_cut = true;
                alone->look.text_from_px = alone->look.text_to_px = alone->look.text_at.y;
            }
        }
        heading = box->role == BOX_HEADING ? (int)i : -1;
    }
}

int put_flow(struct view *v, int parent, struct rect where, struct flow *flow)
{
    int right = flow->pad_side > v->target + px(v, 1) ? flow->pad_side : v->target + px(v, 1);
    int width = where.w - flow->pad_side - right;
    width = flow->max_width > 0 && flow->max_width < width ? flow->max_width : width;
    struct flowing f = {
        v, flow, parent, -1, where, {where.x + flow->pad_side, where.y, width, where.h}, NULL, NULL, NULL};
    f.region = put_group(v, parent, BOX_REGION, where, flow->name, flow->id);
    if (f.region < 0) {
        return -1;
    }
    box_at(v, f.region)->clip = rect_intersect(box_at(v, f.region)->clip, where);
    f.tops = arena_take_array(v->tree->arena, (size_t)flow->count + 1, sizeof *f.tops);
    f.keys = arena_take_array(v->tree->arena, (size_t)flow->count + 1, sizeof *f.keys);
    f.heights = arena_take_array(v->tree->arena, (size_t)flow->count + 1, sizeof *f.heights);
    if (f.tops == NULL || f.keys == NULL || f.heights == NULL) {
        v->tree->failed = true;
        return f.region;
    }
    int item = 0, y = where.y, first, count = 0;
    if (flow->count > 0 && !v->tree->complete) {
        find_start(&f, &item, &y);
    }
    first = item;
    for (; item < flow->count && (v->tree->complete || y < where.y + 2 * where.h); item++) {
        f.tops[count] = y;
        f.keys[count++] = key_of(&f, item);
        y += put_item(&f, item, y);
    }
    f.tops[count] = y;
    show_whole_lines(v, f.region);
    if (!v->tree->complete) {
        keep_headings(v, f.region);
    }
    note_scroll(&f, first, count, y);
    return f.region;
}
