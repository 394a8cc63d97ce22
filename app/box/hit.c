#include "reach.h"

#include <limits.h>
#include <string.h>

static int64_t area(struct rect r)
{
    return (int64_t)r.w * r.h;
}

/* The topmost box with an action at the point; zones only when there is nothing else, and then the smallest.
 */
static int hit_exactly(const struct box_tree *tree, int modal, int x, int y)
{
    int zone = -1;
    for (int i = (int)tree->count - 1; i >= 0; i--) {
        const struct box *box = &tree->boxes[i];
        if (!reach_contains(box, x, y, 0) || !reach_allows(tree, modal, i)) {
            continue;
        }
        if (box->action.verb != 0 && box->role == BOX_ZONE) {
            if (zone < 0 || area(box->rect) < area(tree->boxes[zone].rect)) {
                zone = i;
            }
        } else if (box->action.verb != 0 && (zone < 0 || !reach_within(tree, i, zone))) {
            return i;
        }
        if (box->role == BOX_PANEL) {
            break;
        }
    }
    return zone;
}

/* How far (x, y) lies outside, squared; 0 inside. */
static int64_t distance(struct rect r, int x, int y)
{
    int64_t right = (int64_t)r.x + r.w - 1, bottom = (int64_t)r.y + r.h - 1;
    int64_t dx = x < r.x ? r.x - (int64_t)x : x > right ? x - right : 0;
    int64_t dy = y < r.y ? r.y - (int64_t)y : y > bottom ? y - bottom : 0;
    return dx * dx + dy * dy;
}

static int64_t box_distance(const struct box *box, int x, int y)
{
    if (box->fragment_count == 0) {
        return distance(box->rect, x, y);
    }
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < box->fragment_count; i++) {
        int64_t d = distance(box->fragments[i], x, y);
        least = d < least ? d : least;
    }
    return least;
}

static int nearest_link(const struct box_tree *tree, int modal, int x, int y, int slop_px)
{
    int nearest = -1;
    int64_t least = INT64_MAX;
    for (int i = (int)tree->count - 1; i >= 0; i--) {
        const struct box *box = &tree->boxes[i];
        if ((box->role != BOX_LINK && box->role != BOX_PANEL) || !reach_allows(tree, modal, i)) {
            continue;
        }
        if (box->role == BOX_LINK && box->action.verb != 0 && reach_contains(box, x, y, slop_px)) {
            int64_t d = box_distance(box, x, y);
            if (d < least) {
                least = d;
                nearest = i;
            }
        }
        if (box->role == BOX_PANEL && reach_contains(box, x, y, 0)) {
            break;
        }
    }
    return nearest;
}

/* A paragraph's own action is to be selected; it gives way to the links in and beside it. */
static bool is_paragraph(const struct box *box)
{
    return box->role != BOX_LINK && box->role != BOX_ZONE && box->action.word != NULL &&
           strcmp(box->action.word, "select") == 0;
}

int box_hit(const struct box_tree *tree, int x, int y, int slop_px)
{
    int modal = reach_modal(tree);
    int hit = hit_exactly(tree, modal, x, y);
    if (hit >= 0 && tree->boxes[hit].role == BOX_LINK) {
        return hit;
    }
    int link = nearest_link(tree, modal, x, y, slop_px);
    if (link >= 0 && (hit < 0 || is_paragraph(&tree->boxes[hit]) || reach_within(tree, hit, link))) {
        return link;
    }
    return hit;
}

static bool is_region(const struct box *box)
{
    return box->role == BOX_REGION && box->scroll != NULL;
}

static bool is_page(const struct box *box)
{
    return box->role == BOX_IMAGE && box->look.page != NULL;
}

static int innermost(const struct box_tree *tree, int x, int y, bool (*wanted)(const struct box *box))
{
    int modal = reach_modal(tree);
    for (int i = (int)tree->count - 1; i >= 0; i--) {
        const struct box *box = &tree->boxes[i];
        if (!reach_contains(box, x, y, 0) || !reach_allows(tree, modal, i)) {
            continue;
        }
        if (wanted(box)) {
            return i;
        }
        if (box->role == BOX_PANEL) {
            return -1;
        }
    }
    return -1;
}

int box_region_at(const struct box_tree *tree, int x, int y)
{
    return innermost(tree, x, y, is_region);
}

int box_page_at(const struct box_tree *tree, int x, int y)
{
    return innermost(tree, x, y, is_page);
}
