/* Places on a map: coast, names, and the message's way. Places too near to one another stand in an inset of
 * their own. */
#include "internal.h"

#include <math.h>
#include <string.h>

/* Equirectangular with the middle latitude true: straight lines, and no shape is drawn out at these
 * latitudes. */
struct projection {
    double west, north, scale_x, scale_y;
    struct rect where; /* window px */
};

static struct projection project(struct rectf degrees, struct rect where)
{
    double middle = (degrees.y - degrees.h / 2) * 3.14159265358979 / 180.0,
           narrow = cos(middle) > 0.2 ? cos(middle) : 0.2;
    double sx = where.w / (degrees.w * narrow), sy = where.h / degrees.h, s = sx < sy ? sx : sy;
    struct projection p = {.scale_x = s * narrow, .scale_y = s, .where = where};
    p.west = degrees.x + degrees.w / 2 - where.w / 2.0 / p.scale_x;
    p.north = degrees.y - degrees.h / 2 + where.h / 2.0 / p.scale_y;
    return p;
}

static struct pointf to_box(const struct projection *p, double latitude, double longitude)
{
    return (struct pointf){(longitude - p->west) * p->scale_x, (p->north - latitude) * p->scale_y};
}

static bool near_box(const struct projection *p, struct pointf at)
{
    return at.x > -p->where.w && at.x < 2.0 * p->where.w && at.y > -p->where.h && at.y < 2.0 * p->where.h;
}

#define NUMBERS_MAX 16

struct map {
    struct projection projection;
    struct box_path *paths;
    size_t count, capacity;
    struct rect numbers[NUMBERS_MAX]; /* of the way's steps, window px */
    int number_count;
};

static struct box_path *new_path(struct view *v, struct map *map, size_t points)
{
    if (map->count == map->capacity) {
        return NULL;
    }
    struct pointf *p = arena_take_array(v->tree->arena, points, sizeof *p);
    if (p == NULL) {
        v->tree->failed = true;
        return NULL;
    }
    struct box_path *path = &map->paths[map->count++];
    *path = (struct box_path){.points = p,
        .count = points,
        .stroke = STROKE_LINE,
        .width_px = v->u / 4 > 1 ? v->u / 4 : 1,
        .ink = v->theme.outline};
    return path;
}

static void add_coast(struct view *v, struct map *map)
{
    const struct view_coast *coast = v->in->coast;
    for (size_t l = 0; coast != NULL && l < coast->line_count; l++) {
        size_t first = coast->starts[l], count = coast->starts[l + 1] - first;
        bool seen = false;
        for (size_t i = 0; i < count && !seen; i++) {
            seen = near_box(&map->projection,
                to_box(&map->projection, coast->points[first + i].y, coast->points[first + i].x));
        }
        struct box_path *path = seen && count > 1 ? new_path(v, map, count) : NULL;
        for (size_t i = 0; path != NULL && i < count; i++) {
            ((struct pointf *)path->points)[i] =
                to_box(&map->projection, coast->points[first + i].y, coast->points[first + i].x);
        }
    }
}

/* A gently curved arrow, so that the way there and the way back do not lie on one another; the first bows
 * most. Where its middle lies is written to *middle, relative to the map. */
static bool add_route(struct view *v, struct map *map, const struct geo_place *from,
    const struct geo_place *to, size_t index, struct pointf *middle)
{
    enum { STEPS = 17 };
    struct pointf a = to_box(&map->projection, from->latitude, from->longitude),
                  b = to_box(&map->projection, to->latitude, to->longitude);
    double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy), bow = 0.05 + 0.06 / (double)(index + 1),
           gap = px(v, 1.5);
    struct box_path *path = length < 4.0 * gap ? NULL : new_path(v, map, STEPS);
    for (int i = 0; path != NULL && i < STEPS; i++) {
        double t = gap / length + (1.0 - 2.0 * gap / length) * i / (STEPS - 1), lift = 4 * t * (1 - t) * bow;
        struct pointf p = {a.x + dx * t + dy * lift, a.y + dy * t - dx * lift};
        ((struct pointf *)path->points)[i] = p;
        *middle = i == STEPS / 2 ? p : *middle;
    }
    if (path != NULL) {
        path->stroke = STROKE_ARROW;
        path->ink = v->theme.accent;
        path->width_px = v->u / 3 > 1.5 ? v->u / 3 : 1.5;
    }
    return path != NULL;
}

/* The number of a step of the way, on its arrow. */
static void put_number(struct view *v, int box, struct map *map, size_t index, struct pointf middle)
{
    int size = text_px(v, 3.2);
    struct rect where = {map->projection.where.x + (int)middle.x - size / 2,
        map->projection.where.y + (int)middle.y - size / 2, size, size};
    if (map->number_count < NUMBERS_MAX) {
        map->numbers[map->number_count++] = where;
    }
    int badge = put_group(v, box, BOX_GROUP, where, STR(""), "map.number");
    box_at(v, badge)->look.fill = v->theme.accent;
    colour before = v->on;
    v->on = v->theme.accent;
    struct place_text text = {BOX_LABEL, STYLE_LABEL, number(v, (long)index + 1), v->theme.on_accent, NULL,
        TEXT_BOLD, TEXT_CENTRE, 1};
    int line = (int)(style_line(v, STYLE_LABEL, NULL) + 0.5);
    put_text(v, badge, (struct rect){where.x, where.y + (size - line) / 2, size, 0}, text,
        c_string(v, format(v, "map.number.%zu", index + 1)));
    v->on = before;
}

static const struct geo_place *route_end(const struct view *v, const char *id)
{
    return exhibit_find_place(v->in->exhibit, id);
}

static void add_routes(struct view *v, struct map *map, int box)
{
    size_t count = 0;
    const struct route *routes = exhibit_routes(v->in->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        const struct geo_place *from = route_end(v, routes[i].from), *to = route_end(v, routes[i].to);
        struct pointf middle = {0, 0};
        if (from != NULL && to != NULL && add_route(v, map, from, to, i, &middle)) {
            put_number(v, box, map, i, middle);
        }
    }
}

/* ---- names: each tries the side its author asked for, then the others, until it lies on no name or dot
 * before it */

#define TAKEN_MAX 64

struct names {
    struct rect taken[TAKEN_MAX];
    int count;
};

static void take(struct names *names, struct rect r)
{
    if (names->count < TAKEN_MAX) {
        names->taken[names->count++] = r;
    }
}

static bool is_free(const struct names *names, struct rect r, struct rect map)
{
    if (!rect_holds(map, r)) {
        return false;
    }
    for (int i = 0; i < names->count; i++) {
        if (!rect_empty(rect_intersect(names->taken[i], r))) {
            return false;
        }
    }
    return true;
}

static struct rect label_rect(enum label_side side, struct point at, int gap, int w, int h)
{
    switch (side) {
    case LABEL_LEFT:
        return (struct rect){at.x - gap - w, at.y - h / 2, w, h};
    case LABEL_ABOVE:
        return (struct rect){at.x - w / 2, at.y - gap - h, w, h};
    case LABEL_BELOW:
        return (struct rect){at.x - w / 2, at.y + gap, w, h};
    default:
        return (struct rect){at.x + gap, at.y - h / 2, w, h};
    }
}

static bool find_label(const struct names *names, const struct geo_place *place, struct point at, int gap,
    int w, int h, struct rect map, struct rect *label)
{
    enum label_side sides[5] = {place->label == LABEL_INSET ? LABEL_RIGHT : place->label, LABEL_RIGHT,
        LABEL_LEFT, LABEL_BELOW, LABEL_ABOVE};
    for (int i = 0; i < 5; i++) {
        *label = label_rect(sides[i], at, gap, w, h);
        if (is_free(names, *label, map)) {
            return true;
        }
    }
    return false;
}

static void put_label(struct view *v, int zone, const struct geo_place *place, struct point at, bool inset,
    struct rect map, struct names *names)
{
    const char *language = NULL;
    struct str name = say(v, &place->name, &language);
    const struct text_layout *layout =
        lay(v, STYLE_LABEL, name, language, 0, TEXT_BOLD, v->theme.ink, TEXT_START, 1);
    struct rect label;
    if (layout == NULL) {
        return;
    }
    struct text_metrics m = text_measure(layout);
    if (!find_label(names, place, at, px(v, 1.25), m.width_px + 1, m.height_px,
            rect_inset(map, px(v, 0.5), 0), &label)) {
        return; /* no room: the list beside the map has the name */
    }
    take(names, label);
    struct place_text text = {BOX_LABEL, STYLE_LABEL, name, v->theme.ink, language, TEXT_BOLD, TEXT_START, 1};
    int box = put_text(
        v, zone, label, text, c_string(v, format(v, "map.%s%s.label", inset ? "inset." : "", place->id)));
    box_at(v, box)->look.fill = v->theme.panel; /* coast and way give way to the name */
}

static bool within(struct rectf degrees, const struct geo_place *place)
{
    return degrees.w > 0 && place->longitude >= degrees.x && place->longitude <= degrees.x + degrees.w &&
           place->latitude <= degrees.y && place->latitude >= degrees.y - degrees.h;
}

static struct point marker_at(const struct projection *p, const struct geo_place *place)
{
    struct pointf at = to_box(p, place->latitude, place->longitude);
    return (struct point){p->where.x + (int)lround(at.x), p->where.y + (int)lround(at.y)};
}

/* On the main map the places that the inset shows are dots without names. */
static void put_marker(struct view *v, int box, const struct projection *p, const struct geo_place *place,
    bool inset, bool named, struct names *names)
{
    struct point at = marker_at(p, place);
    int size = named ? px(v, 1.5) : px(v, 0.75), reach = v->target / 2;
    if (!rect_contains(p->where, at.x, at.y)) {
        return;
    }
    struct rect dot_win = {at.x - size / 2, at.y - size / 2, size, size};
    if (!named) {
        int dot = put_group(v, box, BOX_GROUP, dot_win, STR(""), "map.dot");
        box_at(v, dot)->look.fill = v->theme.accent;
        return;
    }
    int zone =
        box_add(v->tree, box, BOX_ZONE, (struct rect){at.x - reach, at.y - reach, 2 * reach, 2 * reach},
            "map.%s%s", inset ? "inset." : "", place->id);
    set_action(v, zone, ACTION_GO, format(v, "place:%s", place->id));
    box_at(v, zone)->name = say(v, &place->name, &box_at(v, zone)->language);
    int dot = put_group(v, zone, BOX_GROUP, dot_win, STR(""), "map.dot");
    box_at(v, dot)->look.fill = v->theme.accent;
    put_label(v, zone, place, at, inset, p->where, names);
}

static void put_markers(struct view *v, int box, const struct map *map, struct rectf inset_degrees,
    bool inset, struct rect covered)
{
    const struct projection *p = &map->projection;
    size_t count = 0;
    const struct geo_place *places = exhibit_places(v->in->exhibit, &count);
    struct names names = {.count = 0};
    take(&names, covered);
    for (int i = 0; i < map->number_count; i++) {
        take(&names, map->numbers[i]);
    }
    for (size_t i = 0; i < count; i++) { /* no name may lie on any dot */
        struct point at = marker_at(p, &places[i]);
        if (within(inset_degrees, &places[i]) == inset || !inset) {
            take(&names, (struct rect){at.x - px(v, 0.75), at.y - px(v, 0.75), px(v, 1.5), px(v, 1.5)});
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool belongs = within(inset_degrees, &places[i]) == inset;
        if (belongs || !inset) {
            put_marker(v, box, p, &places[i], inset, belongs, &names);
        }
    }
}

/* On the main map a thin frame shows what the inset enlarges. */
static void take_inset_frame(struct view *v, int box, const struct projection *p, struct rectf degrees)
{
    if (degrees.w <= 0) {
        return;
    }
    struct pointf a = to_box(p, degrees.y, degrees.x),
                  b = to_box(p, degrees.y - degrees.h, degrees.x + degrees.w);
    int frame = put_group(v, box, BOX_GROUP,
        (struct rect){p->where.x + (int)a.x, p->where.y + (int)a.y, (int)(b.x - a.x), (int)(b.y - a.y)},
        STR(""), "map.frame");
    box_at(v, frame)->look.outline = v->theme.outline;
    box_at(v, frame)->look.outline_px = 1;
}

static int put_map_box(
    struct view *v, struct rectf degrees, struct rect where, struct rectf inset_degrees, struct rect covered)
{
    bool inset = rect_empty(covered) && inset_degrees.w > 0 && degrees.w == inset_degrees.w;
    struct map map = {.projection = project(degrees, where),
        .capacity = (v->in->coast != NULL ? v->in->coast->line_count : 0) + 64};
    map.paths = arena_take_array(v->tree->arena, map.capacity, sizeof *map.paths);
    int box = put_group(
        v, v->root, BOX_IMAGE, where, words(v, inset ? "map.inset" : "map"), inset ? "map.inset" : "map");
    if (map.paths == NULL || box < 0) {
        v->tree->failed = true;
        return box;
    }
    box_at(v, box)->clip = rect_intersect(box_at(v, box)->clip, where);
    box_at(v, box)->look.fill = v->theme.panel;
    colour before = v->on;
    double scale = v->scale;
    v->on = v->theme.panel;
    v->scale = scale < 1.25 ? scale : 1.25; /* the list beside the map has the names at full size */
    add_coast(v, &map);
    if (!inset) {
        add_routes(v, &map, box);
    }
    box_at(v, box)->look.paths = map.paths;
    box_at(v, box)->look.path_count = map.count;
    if (inset) {
        box_at(v, box)->look.outline = v->theme.outline;
        box_at(v, box)->look.outline_px = px(v, 0.25) > 0 ? px(v, 0.25) : 1;
    } else {
        take_inset_frame(v, box, &map.projection, inset_degrees);
    }
    put_markers(v, box, &map, inset_degrees, inset, covered);
    v->on = before;
    v->scale = scale;
    return box;
}

/* The degrees around all places of the inset, with air; w 0 when there is none. */
static struct rectf inset_extent(const struct view *v)
{
    size_t count = 0;
    const struct geo_place *places = exhibit_places(v->in->exhibit, &count);
    double west = 180, east = -180, south = 90, north = -90;
    for (size_t i = 0; i < count; i++) {
        if (places[i].label == LABEL_INSET) {
            west = fmin(west, places[i].longitude);
            east = fmax(east, places[i].longitude);
            south = fmin(south, places[i].latitude);
            north = fmax(north, places[i].latitude);
        }
    }
    if (west > east) {
        return (struct rectf){0, 0, 0, 0};
    }
    double air = 0.22 * fmax(fmax(east - west, north - south), 1.0);
    return (struct rectf){west - air, north + air, east - west + 4 * air, north - south + 2 * air};
}

static struct rectf all_extent(const struct view *v)
{
    struct rectf extent = exhibit_map_extent(v->in->exhibit);
    size_t count = 0;
    const struct geo_place *places = exhibit_places(v->in->exhibit, &count);
    if (extent.w > 0 && extent.h > 0) {
        return extent;
    }
    double west = 180, east = -180, south = 90, north = -90;
    for (size_t i = 0; i < count; i++) {
        west = fmin(west, places[i].longitude);
        east = fmax(east, places[i].longitude);
        south = fmin(south, places[i].latitude);
        north = fmax(north, places[i].latitude);
    }
    return count > 0 ? (struct rectf){west - 5, north + 5, east - west + 10, north - south + 10}
                     : (struct rectf){-180, 85, 360, 170};
}

static const char *place_key(const struct view *v, int item, void *context)
{
    size_t count;
    (void)context;
    return exhibit_places(v->in->exhibit, &count)[item].id;
}

/* A step of the message's way: its number as on the map, and what was carried. Returns its height. */
static int put_step(struct view *v, size_t index, struct rect where)
{
    size_t count = 0;
    const struct route *routes = exhibit_routes(v->in->exhibit, &count);
    const struct geo_place *from = route_end(v, routes[index].from), *to = route_end(v, routes[index].to);
    int numbered = text_px(v, 3);
    struct place_text figure = {
        BOX_LABEL, STYLE_LABEL, number(v, (long)index + 1), v->theme.accent, NULL, TEXT_BOLD, TEXT_START, 1};
    put_text(v, v->root, (struct rect){where.x, where.y, numbered, 0}, figure,
        c_string(v, format(v, "way.%zu.number", index + 1)));
    struct str label = say(v, &routes[index].label, NULL);
    if (label.length == 0 && from != NULL && to != NULL) {
        label =
            format(v, "%.*s – %.*s", STR_ARGS(say(v, &from->name, NULL)), STR_ARGS(say(v, &to->name, NULL)));
    }
    struct place_text text = {BOX_TEXT, STYLE_LABEL, label, COLOUR_NONE, NULL, 0, TEXT_START, 0};
    return box_height(
        v, put_text(v, v->root, (struct rect){where.x + numbered, where.y, where.w - numbered, 0}, text,
               c_string(v, format(v, "way.%zu", index + 1))));
}

/* The steps in two columns, or one where the screen is narrow; returns the height. */
static int put_way(struct view *v, struct rect where)
{
    size_t count = 0;
    exhibit_routes(v->in->exhibit, &count);
    size_t columns = v->scale > 1.3 ? 1 : 2, rows = (count + columns - 1) / columns;
    int gap = v->gutter, width = (where.w - gap * ((int)columns - 1)) / (int)columns, y = where.y;
    for (size_t r = 0; r < rows; r++) {
        int tall = 0;
        for (size_t c = 0; c < columns && c * rows + r < count; c++) {
            int height =
                put_step(v, c * rows + r, (struct rect){where.x + (int)c * (width + gap), y, width, 0});
            tall = height > tall ? height : tall;
        }
        y += tall + px(v, 0.5);
    }
    return count > 0 ? y - where.y : 0;
}

static struct place_button place_button(const struct view *v, const struct geo_place *place)
{
    struct place_button button = {.kind = BUTTON_TAB,
        .style = STYLE_BODY,
        .verb = ACTION_GO,
        .argument = format(v, "place:%s", place->id)};
    button.label = say(v, &place->name, &button.language);
    return button;
}

static int put_place_item(struct view *v, int region, int item, struct rect where, void *context)
{
    size_t count;
    const struct geo_place *place = &exhibit_places(v->in->exhibit, &count)[item];
    (void)context;
    struct place_button button = place_button(v, place);
    int height = button_height(v, &button, where.w);
    put_button(v, region, (struct rect){where.x, where.y, where.w, height}, &button,
        c_string(v, format(v, "places.%s", place->id)));
    return height;
}

/* As wide as the longest name asks for, so that none is broken; with room for the buttons that scroll. */
static int names_width(const struct view *v, size_t count)
{
    const struct geo_place *places = exhibit_places(v->in->exhibit, &count);
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        struct place_button button = place_button(v, &places[i]);
        int width = button_width(v, &button);
        widest = width > widest ? width : widest;
    }
    return widest + v->target + px(v, 1);
}

/* In low reach the names stand below with the other buttons. */
static void reach_places(struct view *v, size_t count)
{
    const struct geo_place *places = exhibit_places(v->in->exhibit, &count);
    for (size_t i = 0; i < count; i++) {
        struct place_button button = place_button(v, &places[i]);
        reach_add(v, &button, c_string(v, format(v, "places.%s", places[i].id)));
    }
}

void put_places(struct view *v)
{
    size_t count = 0;
    exhibit_places(v->in->exhibit, &count);
    int head = put_head(v, words(v, "places"), words(v, "places.about")), side = v->margin;
    struct rect all = {v->area.x + side, head, v->area.w - 2 * side, v->area.y + v->area.h - head - px(v, 2)},
                map = all, list = all;
    bool low = v->visit->low_reach;
    if (low) {
        reach_places(v, count);
    } else if (v->portrait) {
        map.h = all.h * 55 / 100;
        list.y += map.h + px(v, 2);
        list.h -= map.h + px(v, 2);
    } else {
        int names = names_width(v, count), least = all.w * 22 / 100, most = all.w * 45 / 100;
        list.w = names < least ? least : names < most ? names : most;
        list.x = all.x + all.w - list.w;
        map.w -= list.w + v->gutter;
    }
    size_t before = v->tree->count;
    int way = put_way(v, (struct rect){map.x, 0, map.w, 0});
    box_truncate(v->tree, before);
    way = way > map.h / 2 ? 0 : way;
    map.h -= way > 0 ? way + px(v, 1.5) : 0;
    struct rectf inset = inset_extent(v);
    struct rect inset_win = {0, 0, 0, 0};
    if (inset.w > 0) {
        int w = map.w * 36 / 100, h = map.h * 50 / 100;
        inset_win = (struct rect){map.x + px(v, 2), map.y + map.h - h - px(v, 2), w, h};
    }
    put_map_box(v, all_extent(v), map, inset, inset_win);
    if (inset.w > 0) {
        put_map_box(v, inset, inset_win, inset, (struct rect){0, 0, 0, 0});
    }
    if (way > 0) {
        put_way(v, (struct rect){map.x, map.y + map.h + px(v, 1.5), map.w, 0});
    }
    struct flow flow = {.scroller = SCROLLER_MAIN,
        .id = "places",
        .name = words(v, "places"),
        .count = (int)count,
        .put = put_place_item,
        .key = place_key};
    if (!low) {
        put_flow(v, v->root, list, &flow);
    }
}
