#include "internal.h"

#include "base/array.h"
#include "pixel.h"

#include <stdlib.h>

struct paint *paint_create(struct error *err)
{
    struct paint *paint = calloc(1, sizeof *paint);
    if (paint == NULL) {
        error_memory(err);
        return NULL;
    }
    if (!shape_init(&paint->shape, err)) {
        free(paint);
        return NULL;
    }
    return paint;
}

void paint_destroy(struct paint *paint)
{
    if (paint == NULL) {
        return;
    }
    icon_finish(&paint->icons);
    shape_finish(&paint->shape);
    follower_finish(&paint->follower);
    free(paint->records.items);
    free(paint);
}

void paint_icon(struct paint *paint, const struct paint_target *target, enum box_icon icon, struct rect area,
    struct rect clip, colour c, bool mirrored)
{
    int size = area.w < area.h ? area.w : area.h;
    const struct icon_mask *mask = icon_find(&paint->icons, &paint->shape, icon, size, mirrored);
    if (mask == NULL) {
        return;
    }
    int left = area.x + (area.w - size) / 2, top = area.y + (area.h - size) / 2;
    struct rect r = pixel_clip(target, (struct rect){left, top, size, size}, clip);
    uint32_t share = pixel_share(c >> 24), ink = c & PIXEL_RGB;
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = pixel_row(target, y);
        const unsigned char *cover = mask->cover + (ptrdiff_t)(y - top) * size - left;
        for (int x = r.x; x < r.x + r.w; x++) {
            row[x] = pixel_mix(row[x], ink, pixel_share(cover[x]) * share >> 8);
        }
    }
}

/* ---- where a box may leave its mark */

static struct rect moved(struct rect r, int dx, int dy)
{
    return (struct rect){r.x + dx, r.y + dy, r.w, r.h};
}

static struct rect text_extent(const struct box *box)
{
    struct text_metrics m = text_measure(box->look.text);
    struct rect lines = {0, 0, m.width_px, m.height_px};
    /* Underlines and grounds of spans may stand a little outside of both. */
    struct rect all = rect_inset(rect_union(lines, m.ink), -4, -4);
    return moved(all, box->rect.x + box->look.text_at.x, box->rect.y + box->look.text_at.y);
}

static struct rect box_extent(const struct box *box)
{
    const struct box_look *look = &box->look;
    struct rect extent = {0};
    bool lines = look->outline != COLOUR_NONE && (look->outline_px > 0 || look->hairline_top_px > 0);
    if (look->fill != COLOUR_NONE || lines || look->page != NULL || look->veil > 0) {
        extent = box->rect;
    }
    if (look->text != NULL) {
        extent = rect_union(extent, text_extent(box));
    }
    if (look->icon != ICON_NONE) {
        extent = rect_union(extent, moved(look->icon_at, box->rect.x, box->rect.y));
    }
    for (size_t i = 0; i < look->path_count; i++) {
        extent = rect_union(extent, moved(path_bounds(&look->paths[i]), box->rect.x, box->rect.y));
    }
    return rect_intersect(extent, box->clip);
}

static uint64_t look_hash(const struct box_tree *tree, const struct box *box)
{
    uint64_t hash = box_look_hash(box);
    return box->look.icon != ICON_NONE ? str_hash_bytes(hash, &tree->rtl, sizeof tree->rtl) : hash;
}

/* The ring stands outside its box, around each piece of a link that runs over lines; whatever lies beside it,
 * it is on top. At the edge of what can be seen it draws in rather than lose a side. */
static size_t ring_count(const struct box *box)
{
    return box->fragment_count > 0 ? box->fragment_count : 1;
}

static struct rect ring_at(const struct box_tree *tree, const struct box *box, size_t piece)
{
    struct rect r = box->fragment_count > 0 ? box->fragments[piece] : box->rect;
    struct rect seen = rect_intersect(box->clip, (struct rect){0, 0, tree->window.w, tree->window.h});
    return rect_intersect(rect_inset(r, -2 * tree->focus_px, -2 * tree->focus_px), seen);
}

static bool record_rings(struct records *records, const struct box_tree *tree, const struct box *box)
{
    bool ok = true;
    for (size_t i = 0; ok && i < ring_count(box); i++) {
        struct rect extent = ring_at(tree, box, i);
        uint64_t look = str_hash_bytes(STR_HASH_START, &tree->focus, sizeof tree->focus);
        look = str_hash_bytes(look, &tree->focus_lining, sizeof tree->focus_lining);
        look = str_hash_bytes(look, &tree->focus_px, sizeof tree->focus_px);
        look = str_hash_bytes(look, &box->rect, sizeof box->rect);
        struct record record = {str_hash(STR_HASH_START, STR("focus ring")), look, extent, false};
        ok = ARRAY_PUSH(records->items, records->count, records->capacity, record);
    }
    return ok;
}

/* A page that somebody else draws: the box without it, and what is lit on it. */
static bool record_hole(struct records *records, const struct box_tree *tree, const struct box *box,
    const struct paint_source *source)
{
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    struct box bare = *box;
    bare.look.page = NULL;
    uint64_t id = str_hash(STR_HASH_START, str_from(box->id));
    struct record hole = {id, look_hash(tree, &bare), rect_intersect(box_extent(box), window), false};
    struct record lit = {str_hash(id, STR("lit")), look_hash(tree, box),
        rect_intersect(page_zones_extent(box, source), window), false};
    return ARRAY_PUSH(records->items, records->count, records->capacity, hole) &&
           (rect_empty(lit.extent) || ARRAY_PUSH(records->items, records->count, records->capacity, lit));
}

static bool record_box(struct records *records, struct follower *follower, const struct box_tree *tree,
    const struct box *box, struct rect extent, const struct paint_source *source)
{
    uint64_t id = str_hash(STR_HASH_START, str_from(box->id));
    struct record record = {id, 0, extent, box->look.page != NULL};
    if (record.page && follower_add(follower, box, id, records->count, source)) {
        struct box_page still = *box->look.page;
        struct box bare = *box;
        still.x_page = still.y_page = still.scale = 0;
        bare.look.page = &still;
        record.page = false;
        record.look = look_hash(tree, &bare);
    } else {
        record.look = look_hash(tree, box);
    }
    return ARRAY_PUSH(records->items, records->count, records->capacity, record);
}

static bool record_tree(struct records *records, struct follower *follower, const struct box_tree *tree,
    const struct paint_source *source, const struct apart *apart)
{
    struct rect window = {0, 0, tree->window.w, tree->window.h};
    const struct box *focused = NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        struct rect extent = rect_intersect(box_extent(box), window);
        focused = box->states & BOX_FOCUSED ? box : focused;
        if (rect_empty(extent)) {
            continue;
        }
        if (apart_has(apart, box)) {
            ok = record_hole(records, tree, box, source);
        } else {
            ok = record_box(records, follower, tree, box, extent, source);
        }
    }
    if (ok && focused != NULL && tree->focus_px > 0) {
        ok = record_rings(records, tree, focused);
    }
    return ok;
}

/* ---- drawing */

static void draw_lines(const struct brush *brush, const struct box *box, struct rect clip)
{
    const struct box_look *look = &box->look;
    paint_outline(brush->target, box->rect, look->outline_px, clip, look->outline);
    struct rect top = {box->rect.x, box->rect.y, box->rect.w, look->hairline_top_px};
    paint_fill(brush->target, top, clip, look->outline);
}

/* As wide as the words: what a reader's finger would run along. */
static void draw_marks(const struct brush *brush, const struct box *box, struct rect clip)
{
    const struct box_look *look = &box->look;
    for (size_t i = 0; i < look->mark_count; i++) {
        struct rect at = moved(look->marks[i], box->rect.x + look->text_at.x, box->rect.y + look->text_at.y);
        if (look->mark_px == 0) {
            paint_fill(brush->target, at, clip, look->mark);
        } else {
            paint_outline(brush->target, at, look->mark_px, clip, look->mark);
        }
    }
}

/* Row by row, from hole to hole: the edges of the holes that the row meets cut it. */
static void draw_veil(const struct paint_target *target, const struct box_look *look, struct rect clip)
{
    clip = rect_intersect(clip, (struct rect){0, 0, target->width, target->height});
    unsigned left = 255u - (unsigned)look->veil;
    for (int y = clip.y; y < clip.y + clip.h; y++) {
        uint32_t *row = &target->pixels[(size_t)y * (size_t)target->stride];
        for (int x = clip.x; x < clip.x + clip.w;) {
            int until = clip.x + clip.w;
            bool lit = false;
            for (size_t i = 0; i < look->hole_count; i++) {
                struct rect hole = look->holes[i];
                if (y < hole.y || y >= hole.y + hole.h || x >= hole.x + hole.w) {
                    continue;
                }
                int edge = x >= hole.x ? hole.x + hole.w : hole.x;
                until = x >= hole.x && !lit ? edge : edge < until ? edge : until;
                lit = lit || x >= hole.x;
            }
            until = until < clip.x + clip.w ? until : clip.x + clip.w;
            for (; x < until; x++) {
                if (!lit) {
                    uint32_t c = row[x];
                    uint32_t rb = ((c & 0xFF00FFu) * left >> 8) & 0xFF00FFu;
                    uint32_t g = ((c & 0x00FF00u) * left >> 8) & 0x00FF00u;
                    row[x] = (c & 0xFF000000u) | rb | g;
                }
            }
        }
    }
}

static void draw_box(const struct brush *brush, const struct box *box, struct rect clip)
{
    const struct box_look *look = &box->look;
    const struct paint_target *target = brush->target;
    if (apart_has(brush->apart, box)) {
        paint_fill(target, box->rect, clip, brush->hole);
        page_paint_zones(brush->paint, box, brush->source, target, clip);
    } else if (look->page != NULL) {
        page_paint(brush->paint, box, brush->source, target, clip);
    } else {
        paint_fill(target, box->rect, clip, look->fill);
    }
    if (look->veil > 0) {
        draw_veil(target, look, clip);
    }
    for (size_t i = 0; i < look->path_count; i++) {
        paint_path(brush->paint, target, &look->paths[i], box->rect.x, box->rect.y, clip);
    }
    draw_lines(brush, box, clip);
    draw_marks(brush, box, clip);
    if (look->text != NULL && brush->source->text != NULL) {
        struct rect text_clip = clip;
        if (look->text_cut) {
            struct rect lines = {
                clip.x, box->rect.y + look->text_from_px, clip.w, look->text_to_px - look->text_from_px};
            text_clip = rect_intersect(clip, lines);
        }
        struct text_target pixels = {target->pixels, target->width, target->height, target->stride};
        text_draw(brush->source->text, look->text, &pixels, box->rect.x + look->text_at.x,
            box->rect.y + look->text_at.y, text_clip, look->ink);
    }
    if (look->icon != ICON_NONE) {
        bool mirrored = brush->tree->rtl && icon_points_along(look->icon);
        struct rect area = moved(look->icon_at, box->rect.x, box->rect.y);
        paint_icon(brush->paint, target, look->icon, area, clip, look->icon_ink, mirrored);
    }
}

static void draw_rings(const struct brush *brush, const struct box *box, struct rect area)
{
    for (size_t i = 0; i < ring_count(box); i++) {
        struct rect ring = ring_at(brush->tree, box, i);
        int px = brush->tree->focus_px;
        paint_outline(brush->target, rect_inset(ring, px, px), px, area, brush->tree->focus_lining);
        paint_outline(brush->target, ring, px, area, brush->tree->focus);
    }
}

/* What lies under a fill that hides all of `area` need not be drawn. The root (or the ground) is the last
 * resort. */
static size_t first_visible(const struct box_tree *tree, struct rect area)
{
    for (size_t i = tree->count; i-- > 0;) {
        const struct box *box = &tree->boxes[i];
        if (box->look.fill >> 24 == 255 && rect_holds(rect_intersect(box->rect, box->clip), area)) {
            return i;
        }
    }
    return SIZE_MAX;
}

void tree_draw_area(const struct brush *brush, struct rect area)
{
    const struct box_tree *tree = brush->tree;
    size_t first = first_visible(tree, area);
    if (first == SIZE_MAX) {
        paint_fill(brush->target, area, area, tree->ground | 0xFF000000u);
        first = 0;
    }
    const struct box *focused = NULL;
    for (size_t i = 0; i < tree->count; i++) {
        const struct box *box = &tree->boxes[i];
        focused = box->states & BOX_FOCUSED ? box : focused;
        struct rect clip = rect_intersect(area, box_extent(box));
        if (i >= first && !rect_empty(clip)) {
            draw_box(brush, box, clip);
        }
    }
    if (focused != NULL && tree->focus_px > 0) {
        draw_rings(brush, focused, area);
    }
}

void tree_damage(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct apart *apart, struct rect window, bool whole, bool tiles_changed, struct damage *changed,
    struct scroll *scroll)
{
    struct records now = {0};
    follower_begin(&paint->follower);
    bool recorded = record_tree(&now, &paint->follower, tree, source, apart);
    follower_end(&paint->follower);
    whole = whole || !recorded || tree->ground != paint->ground || tree->window.w != paint->window.w ||
            tree->window.h != paint->window.h;
    *changed = (struct damage){.count = 0};
    for (size_t i = 0; !whole && tiles_changed && i < now.count; i++) {
        if (now.items[i].page) {
            damage_add(changed, now.items[i].extent);
        }
    }
    if (whole || !damage_compare(changed, &paint->records, &now)) {
        *changed = (struct damage){{window}, 1};
    } else {
        scroll_damage(&paint->follower, &paint->records, &now, source, changed, scroll);
    }
    free(paint->records.items);
    paint->records = recorded ? now : (struct records){0};
    paint->ground = tree->ground;
    paint->window = tree->window;
    if (!recorded) {
        free(now.items);
    }
}

int paint_tree(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct paint_target *target, bool whole, bool tiles_changed, struct rect damage[PAINT_DAMAGE_MAX])
{
    struct damage changed, shown;
    struct scroll scroll = {.area = {0}};
    struct apart none = {.count = 0};
    struct rect window = {0, 0, target->width, target->height};
    struct brush brush = {paint, tree, source, target, &none, COLOUR_NONE};
    tree_damage(paint, tree, source, &none, window, whole, tiles_changed, &changed, &scroll);
    shown = changed;
    scroll.area = rect_intersect(scroll.area, window);
    scroll_do(&scroll, target);
    damage_add(&shown, scroll.area);
    for (int i = 0; i < changed.count; i++) {
        struct rect area = rect_intersect(changed.rects[i], window);
        if (!rect_empty(area)) {
            tree_draw_area(&brush, area);
        }
    }
    int count = 0;
    for (int i = 0; i < shown.count; i++) {
        damage[count] = rect_intersect(shown.rects[i], window);
        count += rect_empty(damage[count]) ? 0 : 1;
    }
    return count;
}
