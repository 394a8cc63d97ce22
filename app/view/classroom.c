/* What a classroom has more: a strip of tools above the bar, what the pen drew, the spotlight, the black
 * screen. */
#include "internal.h"

#include <string.h>

#define VEIL_ON_PAPER 165 /* of 255: what is dim can still be made out */
#define VEIL_ON_BLACK 200

enum { TOOLS_MAX = 6 };

struct tool {
    const char *id, *key, *letter;
    enum action_verb verb;
    struct str argument;
    unsigned states;
    bool there;
};

static bool has_page(const struct view *v)
{
    return v->visit->here.place.kind == PLACE_DOCUMENT && box_find(v->tree, "page") >= 0;
}

static bool has_lit_text(const struct view *v)
{
    return v->visit->here.place.kind == PLACE_DOCUMENT && v->visit->here.place.view != PLACE_RECORD &&
           !v->visit->tour.active;
}

static int find_tools(const struct view *v, struct tool tools[TOOLS_MAX])
{
    const struct visit *visit = v->visit;
    bool page = has_page(v), drawn = page && visit->ink.stroke_count > 0;
    bool asking = visit->here.place.kind == PLACE_QUESTIONS;
    const struct tool all[TOOLS_MAX] = {
        {"tool.pen", "tool.pen", "P", ACTION_PEN, STR(""), visit->pen ? BOX_CHECKED : 0, page},
        {"tool.undo", "tool.undo", "U", ACTION_PEN, STR("undo"), 0, drawn},
        {"tool.wipe", "tool.wipe", "W", ACTION_PEN, STR("wipe"), 0, drawn},
        {"tool.spotlight", "tool.spotlight", "S", ACTION_SPOTLIGHT, STR(""),
            visit->spotlight ? BOX_CHECKED : 0, has_lit_text(v)},
        {"tool.next-answer", "tool.next-answer", "", ACTION_REVEAL, STR("+1"), 0,
            asking && visit_reveals(visit, true)},
        {"tool.black", "tool.black", "B", ACTION_BLANK, STR(""), 0, true},
    };
    int count = 0;
    for (int i = 0; i < TOOLS_MAX; i++) {
        if (all[i].there) {
            tools[count++] = all[i];
        }
    }
    return count;
}

/* A letter says which key does the same, as long as one does. */
static struct place_button tool_button(const struct view *v, const struct tool *tool, bool lettered)
{
    struct str label = words(v, tool->key);
    lettered = lettered && tool->letter[0] != '\0' && !v->visit->no_shortcuts;
    return (struct place_button){.kind = BUTTON_TAB,
        .label = lettered ? format(v, "%.*s · %s", STR_ARGS(label), tool->letter) : label,
        .name = label,
        .style = STYLE_LABEL,
        .verb = tool->verb,
        .argument = tool->argument,
        .states = tool->states};
}

int classroom_height(const struct view *v)
{
    enum place_kind kind = v->visit->here.place.kind;
    /* Search has its keyboard there, and letters are letters. */
    bool shown = v->visit->frame.mode == MODE_CLASSROOM && kind != PLACE_ATTRACT && kind != PLACE_SEARCH;
    return shown ? v->target : 0;
}

static int tools_width(const struct view *v, const struct tool *tools, int count, bool lettered)
{
    int total = 0;
    for (int i = 0; i < count; i++) {
        struct place_button button = tool_button(v, &tools[i], lettered);
        total += button_width(v, &button);
    }
    return total;
}

/* The strip is one line: the letters go where they do not fit, and then the type is as large as fits. */
static int fit_tools(struct view *v, const struct tool *tools, int count, int room, bool *lettered)
{
    static const double smaller[] = {1.5, 1.25, 1.0};
    int total = tools_width(v, tools, count, true);
    *lettered = total <= room;
    total = *lettered ? total : tools_width(v, tools, count, false);
    for (size_t i = 0; i < sizeof smaller / sizeof smaller[0] && total > room; i++) {
        v->scale = smaller[i] < v->scale ? smaller[i] : v->scale;
        total = tools_width(v, tools, count, false);
    }
    return total;
}

void put_tools(struct view *v)
{
    struct tool tools[TOOLS_MAX];
    int height = classroom_height(v), side = px(v, 2);
    if (height == 0) {
        return;
    }
    int count = find_tools(v, tools);
    struct rect where = {0, v->bar_top, v->in->window.w, height};
    bool lettered;
    double scale = v->scale;
    int total = fit_tools(v, tools, count, where.w - 2 * side, &lettered);
    int strip = put_band(v, BOX_GROUP, where, v->theme.panel, words(v, "tools"), "tools");
    v->on = v->theme.panel;
    int x = where.w - side - total;
    x = x > side ? x : side;
    int most = count > 0 ? (where.w - 2 * side) / count : 0;
    for (int i = 0; i < count; i++) {
        struct place_button button = tool_button(v, &tools[i], lettered);
        int width = button_width(v, &button);
        width = total > where.w - 2 * side ? most : width;
        int box = put_button(v, strip, (struct rect){x, where.y, width, height}, &button, tools[i].id);
        if ((tools[i].states & BOX_CHECKED) != 0) { /* as the bar says it: a line on top */
            box_at(v, box)->look.outline = v->theme.accent;
            box_at(v, box)->look.hairline_top_px = px(v, 0.5);
        }
        x += width;
    }
    v->scale = scale;
    v->on = v->theme.ground;
}

/* ---- the pen */

static bool take_stroke(struct view *v, struct box_path *path, const struct visit_point *from, int count,
    struct camera camera, struct camera_page page, struct size size)
{
    struct pointf *points = arena_take_array(v->tree->arena, (size_t)count + 1, sizeof *points);
    if (points == NULL) {
        v->tree->failed = true;
        return false;
    }
    for (int i = 0; i < count; i++) {
        points[i] = camera_to_view(camera, page, size, (struct pointf){(double)from[i].x, (double)from[i].y});
    }
    if (count == 1) { /* a point: a stroke that goes nowhere has no ink */
        points[1] = (struct pointf){points[0].x + 0.5, points[0].y + 0.5};
        count = 2;
    }
    *path = (struct box_path){.points = points,
        .count = (size_t)count,
        .stroke = STROKE_LINE,
        .width_px = px(v, 0.6) > 2 ? px(v, 0.6) : 2,
        .ink = v->theme.accent};
    return true;
}

void put_ink(struct view *v, int image, const char *document, struct camera camera, struct camera_page page)
{
    const struct visit_ink *ink = &v->visit->ink;
    if (ink->stroke_count == 0 || strcmp(ink->document, document) != 0 || ink->page != v->visit->here.page) {
        return;
    }
    struct rect where = box_at(v, image)->rect;
    struct box_path *paths = arena_take_array(v->tree->arena, VISIT_STROKES, sizeof *paths);
    size_t count = 0;
    for (int i = 0, from = 0; paths != NULL && i < ink->stroke_count; from = ink->ends[i], i++) {
        count += take_stroke(v, &paths[count], &ink->points_img[from], ink->ends[i] - from, camera, page,
                     (struct size){where.w, where.h})
                     ? 1
                     : 0;
    }
    int box = put_group(v, image, BOX_GROUP, where, words(v, "tool.drawing"), "page.drawing");
    box_at(v, box)->look.paths = paths;
    box_at(v, box)->look.path_count = count;
}

/* ---- the spotlight: a veil over the screen, with holes where something is lit */

static size_t find_holes(const struct view *v, struct rect *holes, size_t capacity)
{
    size_t count = 0;
    for (size_t i = 0; i < v->tree->count && count < capacity; i++) {
        const struct box *box = &v->tree->boxes[i];
        bool lit = (box->states & BOX_SELECTED) != 0 && (box->role == BOX_ZONE || box->segment != NULL) &&
                   box->role != BOX_BUTTON && box->role != BOX_TAB;
        struct rect seen = rect_intersect(rect_inset(box->rect, -px(v, 1), -px(v, 1)), box->clip);
        if (lit && !rect_empty(seen)) {
            holes[count++] = seen;
        }
    }
    return count;
}

void put_spotlight(struct view *v)
{
    const struct visit *visit = v->visit;
    bool alone = visit->menu == MENU_NONE && visit->here.panel.kind == PLACE_NONE && !visit->blank;
    struct rect *holes = NULL;
    if (!visit->spotlight || !alone || !has_lit_text(v)) {
        return;
    }
    holes = arena_take_array(v->tree->arena, v->tree->count + 1, sizeof *holes);
    size_t count = holes != NULL ? find_holes(v, holes, v->tree->count) : 0;
    if (count > 0) {
        struct rect where = {0, 0, v->in->window.w, v->visit->low_reach ? v->area.h : v->bar_top};
        int box = put_group(v, v->root, BOX_GROUP, where, words(v, "tool.spotlight"), "spotlight");
        box_at(v, box)->look.veil = v->theme.high_contrast ? VEIL_ON_BLACK : VEIL_ON_PAPER;
        box_at(v, box)->look.holes = holes;
        box_at(v, box)->look.hole_count = count;
    }
}

void put_blank(struct view *v)
{
    if (!v->visit->blank) {
        return;
    }
    struct rect window = {0, 0, v->in->window.w, v->in->window.h};
    int box = put_group(v, v->root, BOX_ALERT, window, words(v, "tool.black.on"), "blank");
    box_at(v, box)->states |= BOX_MODAL;
    box_at(v, box)->look.fill = COLOUR_RGB(0x000000);
    box_at(v, box)->ground = COLOUR_RGB(0x000000);
    set_action(v, box, ACTION_BLANK, STR(""));
}
