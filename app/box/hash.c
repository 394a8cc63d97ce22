#include "box/box.h"

#include <string.h>

/* Values are hashed one by one: the bytes between them in a struct mean nothing. */
static uint64_t add_int(uint64_t hash, int64_t value)
{
    return str_hash_bytes(hash, &value, sizeof value);
}

static uint64_t add_double(uint64_t hash, double value)
{
    return str_hash_bytes(hash, &value, sizeof value);
}

static uint64_t add_pointer(uint64_t hash, const void *pointer)
{
    return add_int(hash, (int64_t)(intptr_t)pointer);
}

static uint64_t add_rect(uint64_t hash, struct rect r)
{
    const int values[] = {r.x, r.y, r.w, r.h};
    return str_hash_bytes(hash, values, sizeof values);
}

static uint64_t add_points(uint64_t hash, const struct pointf *points, size_t count)
{
    hash = add_int(hash, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        hash = add_double(add_double(hash, points[i].x), points[i].y);
    }
    return hash;
}

static uint64_t add_page(uint64_t hash, const struct box_page *page)
{
    hash = str_hash(hash, str_from(page->document));
    hash = add_int(add_int(hash, page->page), page->quarter_turns);
    hash = add_double(add_double(add_double(hash, page->x_page), page->y_page), page->scale);
    hash = add_int(add_int(add_int(hash, page->lit), page->outline_px), page->missing);
    hash = add_int(hash, (int64_t)page->zone_count);
    for (size_t i = 0; i < page->zone_count; i++) {
        hash = add_points(hash, page->zones[i].points_img, page->zones[i].count);
    }
    return hash;
}

static uint64_t add_path(uint64_t hash, const struct box_path *path)
{
    hash = add_points(hash, path->points, path->count);
    hash = add_int(add_int(hash, path->closed), path->stroke);
    return add_int(add_double(hash, path->width_px), path->ink);
}

static uint64_t add_look(uint64_t hash, const struct box_look *look)
{
    const int64_t values[] = {look->fill, look->outline, look->outline_px, look->hairline_top_px,
        look->text_at.x, look->text_at.y, look->text_cut, look->text_from_px, look->text_to_px, look->ink,
        look->icon, look->icon_ink};
    hash = str_hash_bytes(hash, values, sizeof values);
    hash = add_pointer(hash, look->text);
    hash = add_rect(hash, look->icon_at);
    hash = add_int(add_int(add_int(hash, look->mark), look->mark_px), (int64_t)look->mark_count);
    for (size_t i = 0; i < look->mark_count; i++) {
        hash = add_rect(hash, look->marks[i]);
    }
    hash = add_int(hash, look->page != NULL);
    if (look->page != NULL) {
        hash = add_page(hash, look->page);
    }
    hash = add_int(hash, (int64_t)look->path_count);
    for (size_t i = 0; i < look->path_count; i++) {
        hash = add_path(hash, &look->paths[i]);
    }
    hash = add_int(add_int(hash, look->veil), (int64_t)look->hole_count);
    for (size_t i = 0; i < look->hole_count; i++) {
        hash = add_rect(hash, look->holes[i]);
    }
    return hash;
}

uint64_t box_look_hash(const struct box *box)
{
    uint64_t hash = add_int(STR_HASH_START, box->role);
    hash = add_int(add_int(hash, box->states), box->ground);
    hash = add_rect(add_rect(hash, box->rect), box->clip);
    return add_look(hash, &box->look);
}
