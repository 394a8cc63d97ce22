/* The whole page once more, small, in a corner of the page that is shown close: where one is, and a way to
 * anywhere else by one tap.
 *
 *     +----------------------------+
 *     |  the page, close           |
 *     |                  +-------+ |
 *     |                  |  +-+  | |   what is seen is outlined
 *     |                  |  +-+  | |
 *     |                  +-------+ |
 *     +----------------------------+
 */
#include "internal.h"

#include <math.h>

#define LONG_SIDE 18.0  /* units; of the overview */
#define MOST_OF_VIEW 3  /* it takes at most a third of the view on either axis */
#define SEEN_LEAST 1.25 /* units: what is seen of a very large page is a point that can be found */

/* As large as may be, with the page's shape; a page that is very long is shown in a box that a finger can hit
 * all the same. Empty where the view has no room for it. */
static struct rect overview_rect(
    const struct view *v, struct rect image_win, struct camera_page page, int quarter_turns)
{
    double w = quarter_turns % 2 ? page.height_img : page.width_img;
    double h = quarter_turns % 2 ? page.width_img : page.height_img;
    double k = px(v, LONG_SIDE) / fmax(w, h);
    struct size size = {(int)lround(w * k), (int)lround(h * k)};
    size.w = size.w < v->target ? v->target : size.w;
    size.h = size.h < v->target ? v->target : size.h;
    if (size.w > image_win.w / MOST_OF_VIEW || size.h > image_win.h / MOST_OF_VIEW) {
        double less =
            fmin((double)image_win.w / MOST_OF_VIEW / size.w, (double)image_win.h / MOST_OF_VIEW / size.h);
        size = (struct size){(int)(size.w * less), (int)(size.h * less)};
    }
    if (size.w < v->target || size.h < v->target) {
        return (struct rect){0, 0, 0, 0};
    }
    int gap = px(v, 1.5);
    return (struct rect){
        image_win.x + image_win.w - size.w - gap, image_win.y + image_win.h - size.h - gap, size.w, size.h};
}

static void put_frame(struct view *v, int parent, struct rect where, colour c, int width, const char *id)
{
    struct box *b = box_at(v, put_group(v, parent, BOX_GROUP, where, STR(""), id));
    b->look.outline = c;
    b->look.outline_px = width;
}

/* Two lines, one dark and one in the colour of "you are here": one of them stands out on any page. */
static void put_seen(struct view *v, int overview, struct rectf seen, struct rect on_page)
{
    struct rect where = box_at(v, overview)->rect;
    int least = px(v, SEEN_LEAST) > 6 ? px(v, SEEN_LEAST) : 6, line = px(v, 0.4) > 2 ? px(v, 0.4) : 2;
    double left = fmax(seen.x, on_page.x), top = fmax(seen.y, on_page.y);
    double right = fmin(seen.x + seen.w, on_page.x + on_page.w);
    double bottom = fmin(seen.y + seen.h, on_page.y + on_page.h);
    struct rect r = {(int)floor(left), (int)floor(top), (int)ceil(right - left), (int)ceil(bottom - top)};
    if (r.w < least) {
        r.x = (int)lround((left + right) / 2) - least / 2;
        r.w = least;
    }
    if (r.h < least) {
        r.y = (int)lround((top + bottom) / 2) - least / 2;
        r.h = least;
    }
    r = rect_intersect((struct rect){where.x + r.x, where.y + r.y, r.w, r.h}, where);
    put_frame(v, overview, rect_intersect(rect_inset(r, -1, -1), where), v->theme.table, line + 2,
        "page.overview.seen");
    put_frame(v, overview, r, v->theme.accent, line, "page.overview.seen.line");
}

/* Where a hand does not reach up to it, words below do the same. */
static void reach_moves(struct view *v)
{
    static const struct {
        const char *id, *argument;
    } moves[] = {{"page.left", "left"}, {"page.right", "right"}, {"page.up", "up"}, {"page.down", "down"}};
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .label = words(v, moves[i].id),
            .style = STYLE_LABEL,
            .verb = ACTION_MOVE,
            .argument = str_from(moves[i].argument)};
        reach_add(v, &button, moves[i].id);
    }
}

void put_overview(
    struct view *v, int image, struct camera camera, struct camera_page page, const struct box_page *shown)
{
    struct rect image_win = box_at(v, image)->rect;
    struct size view = {image_win.w, image_win.h};
    struct camera whole = {0.5, 0.5, 0, camera.quarter_turns};
    double fit = camera_fit_scale(page, view, camera.quarter_turns, page_margin(v));
    struct rect where = overview_rect(v, image_win, page, camera.quarter_turns);
    struct box_page *look = shown != NULL ? arena_take(v->tree->arena, sizeof *look) : NULL;
    if (look == NULL || camera.scale <= fit * (1 + 1e-3)) {
        v->tree->failed = v->tree->failed || (shown != NULL && look == NULL);
        return;
    }
    bool touched = !v->visit->low_reach || rect_empty(v->reach);
    if (!touched) {
        reach_moves(v);
    }
    if (rect_empty(where)) {
        return;
    }
    struct size small = {where.w, where.h};
    whole.scale = camera_fit_scale(page, small, camera.quarter_turns, 0);
    *look = *shown;
    look->x_page = look->y_page = 0.5;
    look->scale = whole.scale;
    int box = put_group(v, image, BOX_IMAGE, where, words(v, "page.overview"), "page.overview");
    struct box *b = box_at(v, box);
    b->look.fill = v->theme.table;
    b->look.page = look;
    if (touched) {
        set_action(v, box, ACTION_CENTRE, STR("0.5 0.5"));
    }
    struct rectf all =
        camera_rect_to_view(whole, page, small, (struct rectf){0, 0, page.width_img, page.height_img});
    struct rect on_page = {(int)floor(all.x), (int)floor(all.y), (int)ceil(all.w), (int)ceil(all.h)};
    put_frame(v, box, where, v->theme.table, px(v, 0.25) > 1 ? px(v, 0.25) : 1, "page.overview.frame");
    put_seen(v, box, camera_rect_to_view(whole, page, small, camera_seen(camera, page, view)), on_page);
}
