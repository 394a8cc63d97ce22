/* A page that is only moved is moved in memory: reading and writing the same pixels once takes half of what
 * it takes to compose them from tiles, and what lies over the page and what comes into view is all that is
 * drawn.
 *
 *     ┌───────────────┐   by     ┌───────────────┐
 *     │ page   ┌────┐ │  ───▶    │:::page:┌────┐:│   : moved
 *     │        │over│ │          │:::┌─┐::│over│:│   what lay over it was moved along, and is drawn anew
 *     │        └────┘ │          │:::└─┘::└────┘:│   in both places
 *     └───────────────┘          └───────────────┘
 */
#include "internal.h"

#include "pixel.h"

#include <string.h>

/* Moving does not pay when so much of 16 has to be drawn all the same. */
#define WORTH 10

/* ---- remembering */

void follower_finish(struct follower *follower)
{
    for (size_t i = 0; i < PAINT_PAGES_MAX; i++) {
        scan_drawing_destroy(follower->memory[i].drawing);
    }
    *follower = (struct follower){0};
}

void follower_begin(struct follower *follower)
{
    follower->count = 0;
    for (size_t i = 0; i < PAINT_PAGES_MAX; i++) {
        follower->memory[i].used = false;
    }
}

void follower_end(struct follower *follower)
{
    for (size_t i = 0; i < PAINT_PAGES_MAX; i++) {
        if (!follower->memory[i].used) {
            scan_drawing_destroy(follower->memory[i].drawing);
            follower->memory[i].drawing = NULL;
        }
    }
}

static bool can_follow(const struct box *box)
{
    const struct box_look *look = &box->look;
    bool lines = look->outline != COLOUR_NONE && (look->outline_px > 0 || look->hairline_top_px > 0);
    return look->fill >> 24 == 255 && !lines && look->text == NULL && look->icon == ICON_NONE &&
           look->path_count == 0 && look->mark_count == 0 && look->veil == 0;
}

/* The drawing of a box; a free one, when it has none yet; NULL: all are taken, or no memory. */
static struct scan_drawing *drawing_of(struct follower *follower, uint64_t id)
{
    size_t at = PAINT_PAGES_MAX;
    for (size_t i = 0; i < PAINT_PAGES_MAX; i++) {
        bool own = follower->memory[i].drawing != NULL && follower->memory[i].id == id;
        if (own && follower->memory[i].used) {
            return NULL; /* two boxes of one name: neither is followed any farther */
        }
        if (own || (at == PAINT_PAGES_MAX && follower->memory[i].drawing == NULL)) {
            at = i;
        }
        if (own) {
            break;
        }
    }
    if (at == PAINT_PAGES_MAX) {
        return NULL;
    }
    if (follower->memory[at].drawing == NULL) {
        follower->memory[at].drawing = scan_drawing_create();
    }
    follower->memory[at].id = id;
    follower->memory[at].used = true;
    return follower->memory[at].drawing;
}

bool follower_add(struct follower *follower, const struct box *box, uint64_t id, size_t record,
    const struct paint_source *source)
{
    struct scan_view view;
    if (follower->count == PAINT_PAGES_MAX || !can_follow(box) || !page_view(box, source, &view)) {
        return false;
    }
    struct scan_drawing *drawing = drawing_of(follower, id);
    if (drawing == NULL) {
        return false;
    }
    struct followed *page = &follower->pages[follower->count++];
    *page = (struct followed){.box = box, .record = record};
    scan_compare(source->scan, drawing, &view, &page->changes);
    return true;
}

/* ---- what is left to draw */

static struct rect shifted(struct rect r, struct point by)
{
    return (struct rect){r.x + by.x, r.y + by.y, r.w, r.h};
}

/* What has come into view: `all` without the part that has been there. */
static void add_uncovered(struct damage *damage, struct rect all, struct rect there)
{
    int right = there.x + there.w, bottom = there.y + there.h;
    damage_add(damage, (struct rect){all.x, all.y, all.w, there.y - all.y});
    damage_add(damage, (struct rect){all.x, bottom, all.w, all.y + all.h - bottom});
    damage_add(damage, (struct rect){all.x, there.y, there.x - all.x, there.h});
    damage_add(damage, (struct rect){right, there.y, all.x + all.w - right, there.h});
}

static int64_t area_within(const struct damage *damage, struct rect all)
{
    int64_t area = 0;
    for (int i = 0; i < damage->count; i++) {
        struct rect r = rect_intersect(damage->rects[i], all);
        area += (int64_t)r.w * r.h;
    }
    return area;
}

/* Where the box stood in the last tree; its records' count when it did not, or looked otherwise. */
static size_t find_before(const struct records *before, const struct record *record)
{
    size_t i = 0;
    while (
        i < before->count && !(before->items[i].id == record->id && before->items[i].look == record->look &&
                                 rect_equal(before->items[i].extent, record->extent))) {
        i++;
    }
    return i;
}

/* The damage that is left when the page is moved; false when that is most of it. */
static bool damage_of_moving(const struct followed *page, const struct records *before, size_t at,
    const struct records *after, const struct paint_source *source, struct damage *changed)
{
    const struct scan_changes *c = &page->changes;
    struct rect all = after->items[page->record].extent;
    struct rect there = rect_intersect(all, shifted(all, c->moved));
    struct damage left = *changed;
    if (rect_empty(there)) {
        return false;
    }
    add_uncovered(&left, all, there);
    for (int i = 0; i < c->count; i++) {
        damage_add(&left, rect_intersect(c->rects[i], all));
    }
    /* What is lit lies to the fraction of a pixel where it is, not to whole ones as at 1:1 the page does. */
    damage_add(&left, rect_intersect(rect_inset(page_zones_extent(page->box, source), -2, -2), all));
    for (size_t i = page->record + 1; i < after->count; i++) {
        damage_add(&left, rect_intersect(after->items[i].extent, all));
    }
    for (size_t i = at + 1; i < before->count; i++) {
        struct rect over = rect_intersect(before->items[i].extent, all);
        damage_add(&left, rect_intersect(shifted(over, c->moved), all));
    }
    if (area_within(&left, all) * 16 > (int64_t)all.w * all.h * WORTH) {
        return false;
    }
    *changed = left;
    return true;
}

void scroll_damage(const struct follower *follower, const struct records *before, const struct records *after,
    const struct paint_source *source, struct damage *changed, struct scroll *scroll)
{
    for (int p = 0; p < follower->count; p++) {
        const struct followed *page = &follower->pages[p];
        const struct scan_changes *c = &page->changes;
        const struct record *record = &after->items[page->record];
        bool still = c->moved.x == 0 && c->moved.y == 0;
        size_t at = find_before(before, record);
        if (at == before->count) {
            continue; /* all of it is damage already */
        }
        for (int i = 0; !c->all && still && i < c->count; i++) {
            damage_add(changed, rect_intersect(c->rects[i], record->extent));
        }
        bool moves = !c->all && !still && scroll != NULL && rect_empty(scroll->area) &&
                     damage_of_moving(page, before, at, after, source, changed);
        if (moves) {
            *scroll = (struct scroll){record->extent, c->moved};
        } else if (c->all || !still) {
            damage_add(changed, record->extent);
        }
    }
}

void scroll_do(const struct scroll *scroll, const struct paint_target *target)
{
    struct rect to = rect_intersect(scroll->area, shifted(scroll->area, scroll->by));
    struct point by = scroll->by;
    if (rect_empty(to)) {
        return;
    }
    for (int i = 0; i < to.h; i++) {
        int y = by.y > 0 ? to.y + to.h - 1 - i : to.y + i;
        memmove(pixel_row(target, y) + to.x, pixel_row(target, y - by.y) + to.x - by.x,
            (size_t)to.w * sizeof *target->pixels);
    }
}
