/* The tree without its pages. Painted once with black where a page would be, and there once more with white:
 * what is black in the one is added to the page, and what the other has more is how much of the page is kept.
 */
#include "internal.h"

#include "pixel.h"
#include "scan/pieces.h"

#define BLACK COLOUR_RGB(0x000000)
#define WHITE COLOUR_RGB(0xFFFFFF)

void apart_find(struct apart *apart, const struct box_tree *tree, const struct paint_source *source)
{
    struct scan_view view;
    apart->count = 0;
    for (size_t i = 0; i < tree->count && apart->count < PAINT_PAGES_MAX; i++) {
        const struct box *box = &tree->boxes[i];
        if (box->look.page != NULL && box->look.fill >> 24 == 255 && page_view(box, source, &view) &&
            scan_has_pieces(source->scan, &view)) {
            apart->boxes[apart->count++] = box;
        }
    }
}

bool apart_has(const struct apart *apart, const struct box *box)
{
    for (int i = 0; i < apart->count; i++) {
        if (apart->boxes[i] == box) {
            return true;
        }
    }
    return false;
}

/* Nothing of it is seen: a later box hides it. */
static bool is_hidden(const struct box_tree *tree, const struct box *page, struct rect seen)
{
    for (const struct box *box = page + 1; box < tree->boxes + tree->count; box++) {
        if (box->look.fill >> 24 == 255 && rect_holds(rect_intersect(box->rect, box->clip), seen)) {
            return true;
        }
    }
    return false;
}

static void list_pages(const struct apart *apart, const struct box_tree *tree,
    const struct paint_source *source, struct rect window, struct paint_pages *pages)
{
    pages->count = 0;
    for (int i = 0; i < apart->count; i++) {
        const struct box *box = apart->boxes[i];
        struct rect seen = rect_intersect(rect_intersect(box->rect, box->clip), window);
        struct paint_page page = {.seen = seen, .ground = box->look.fill, .missing = box->look.page->missing};
        if (!rect_empty(seen) && !is_hidden(tree, box, seen) && page_view(box, source, &page.view)) {
            pages->pages[pages->count++] = page;
        }
    }
}

static uint32_t less(uint32_t a, uint32_t b, int shift)
{
    uint32_t x = a >> shift & 255, y = b >> shift & 255;
    return (x > y ? x - y : 0) << shift;
}

static void find_kept(const struct brush *black, const struct brush *white, struct rect area)
{
    tree_draw_area(white, area);
    for (int y = area.y; y < area.y + area.h; y++) {
        uint32_t *kept = pixel_row(white->target, y);
        const uint32_t *added = pixel_row(black->target, y);
        for (int x = area.x; x < area.x + area.w; x++) {
            uint32_t a = kept[x], b = added[x];
            kept[x] = less(a, b, 16) | less(a, b, 8) | less(a, b, 0);
        }
    }
}

int paint_tree_apart(struct paint *paint, const struct box_tree *tree, const struct paint_source *source,
    const struct paint_apart *target, bool whole, bool tiles_changed, struct rect damage[PAINT_DAMAGE_MAX],
    struct paint_pages *pages)
{
    struct damage changed;
    struct apart apart;
    struct rect window = {0, 0, target->add.width, target->add.height};
    struct brush black = {paint, tree, source, &target->add, &apart, BLACK};
    struct brush white = {paint, tree, source, &target->keep, &apart, WHITE};
    apart_find(&apart, tree, source);
    list_pages(&apart, tree, source, window, pages);
    tree_damage(paint, tree, source, &apart, window, whole, tiles_changed, &changed, NULL);
    int drawn = 0;
    for (int i = 0; i < changed.count; i++) {
        struct rect area = rect_intersect(changed.rects[i], window);
        if (rect_empty(area)) {
            continue;
        }
        tree_draw_area(&black, area);
        for (int k = 0; k < pages->count; k++) {
            struct rect over = rect_intersect(area, pages->pages[k].seen);
            if (!rect_empty(over)) {
                find_kept(&black, &white, over);
            }
        }
        damage[drawn++] = area;
    }
    return drawn;
}
