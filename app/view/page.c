/* A page of a document behind glass: the image through a camera, its zones, its controls, and what kind of
 * image it is. */
#include "internal.h"

#include <math.h>
#include <string.h>

const struct view_page_size *page_size(const struct view *v, const char *document, int page)
{
    for (size_t i = 0; i < v->in->page_count; i++) {
        if (v->in->pages[i].page == page && strcmp(v->in->pages[i].document, document) == 0) {
            return &v->in->pages[i];
        }
    }
    return NULL;
}

int page_margin(const struct view *v)
{
    return px(v, 2);
}

double page_max_scale(const struct view *v)
{
    double scale = v->u / 3.0; /* about 2.7 screen pixels an image pixel at 1080 */
    return scale > 2.0 ? scale : 2.0;
}

static struct box_page *new_page(
    struct view *v, const struct document *document, int page, struct camera camera)
{
    struct box_page *look = arena_take(v->tree->arena, sizeof *look);
    if (look == NULL) {
        v->tree->failed = true;
        return NULL;
    }
    *look = (struct box_page){.document = document->id,
        .page = page,
        .x_page = camera.x_page,
        .y_page = camera.y_page,
        .scale = camera.scale,
        .quarter_turns = camera.quarter_turns,
        .missing = v->theme.outline};
    return look;
}

static void put_no_image(struct view *v, int parent, struct rect where, const char *id)
{
    struct place_text text = {
        BOX_ALERT, STYLE_BODY, words(v, "page.missing"), v->theme.table_ink, NULL, 0, TEXT_CENTRE, 0};
    colour before = v->on;
    v->on = v->theme.table;
    put_text(v, parent, (struct rect){where.x + v->gutter, where.y + where.h / 3, where.w - 2 * v->gutter, 0},
        text, id);
    v->on = before;
}

int put_picture(struct view *v, int parent, const struct document *document, int page, struct rect where,
    struct camera camera, const char *id)
{
    const struct view_page_size *size = page_size(v, document->id, page);
    struct str alt = (size_t)page < document->page_count ? say(v, &document->pages[page].alt, NULL) : STR("");
    int box = put_group(v, parent, BOX_IMAGE, where, alt, id);
    struct box *b = box_at(v, box);
    b->look.fill = v->theme.table;
    b->clip = rect_intersect(b->clip, where);
    if (size == NULL || size->failed || size->size_img.w <= 0) {
        put_no_image(v, box, where, c_string(v, format(v, "%s.missing", id)));
        return box;
    }
    struct camera_page page_img = {size->size_img.w, size->size_img.h};
    struct size view = {where.w, where.h};
    if (camera.scale <= 0) {
        camera = camera_clamp(camera, page_img, view, 0, page_max_scale(v));
    }
    b->look.page = new_page(v, document, page, camera);
    return box;
}

int captioned_note(struct view *v, const struct document *document, int width)
{
    size_t before = v->tree->count;
    int note = put_provenance(v, v->root, &document->pages[0].provenance, NULL,
        (struct rect){0, 0, width - 2 * px(v, 2), 0}, "measure");
    box_truncate(v->tree, before);
    return note + px(v, 2);
}

void put_captioned(struct view *v, int parent, const struct document *document, struct rect where,
    struct rectf crop_img, const char *id)
{
    const struct view_page_size *size = page_size(v, document->id, 0);
    int side = px(v, 2);
    struct rect image = {where.x, where.y, where.w, where.h - captioned_note(v, document, where.w)};
    if (image.h < v->target) { /* too little to be a picture; the way to the page is on the screen anyhow */
        return;
    }
    struct camera camera = camera_whole();
    if (size != NULL && !size->failed && size->size_img.w > 0) {
        struct camera_page page = {size->size_img.w, size->size_img.h};
        struct size window = {image.w, image.h};
        struct rectf crop = crop_img.w > 0 ? crop_img : (struct rectf){0, 0, page.width_img, 1};
        camera = camera_for_box(page, window, crop, 0, page_max_scale(v), 0);
        if (camera.scale * page.width_img < window.w || crop_img.w <= 0) {
            camera.scale = window.w / (double)page.width_img;
            camera.y_page = (crop.y + window.h / camera.scale / 2) / page.height_img;
        }
        camera =
            camera_clamp(camera, page, window, 0, page_max_scale(v)); /* no table where there is more page */
    }
    int box = put_picture(v, parent, document, 0, image, camera, id);
    struct str place = format(v, "document:%s/scan", document->id);
    set_action(v, box, ACTION_GO, place);
    if (v->visit->low_reach) {
        struct place_button button = {.kind = BUTTON_OUTLINED,
            .label = words(v, "view.scan"),
            .style = STYLE_BODY,
            .verb = ACTION_GO,
            .argument = place};
        reach_add(v, &button, c_string(v, format(v, "%s.reach", id)));
    }
    put_provenance(v, parent, &document->pages[0].provenance, NULL,
        (struct rect){where.x + side, image.y + image.h + px(v, 1), where.w - 2 * side, 0},
        c_string(v, format(v, "%s.provenance", id)));
}

/* ---- zones */

static struct str segment_words(const struct view *v, const struct document *document, const char *segment)
{
    for (size_t i = 0; i < document->layer_count; i++) {
        const struct prose_text *text = exhibit_prose(v->in->exhibit, &document->layers[i].text, v->language);
        int block = text != NULL ? exhibit_find_segment(text, segment) : -1;
        if (block >= 0) {
            return prose_words(v, text, (size_t)block, 1);
        }
    }
    return format(v, "%s", segment);
}

static bool zone_has(const struct zone *zone, const char *segment)
{
    for (size_t i = 0; i < zone->segment_count; i++) {
        if (strcmp(zone->segments[i], segment) == 0) {
            return true;
        }
    }
    return false;
}

/* All of them, also those out of view: keys go through them, and bring each into view. */
static void put_zones(struct view *v, int image, const struct document *document, const struct page *page,
    struct camera camera, struct camera_page size_img)
{
    struct rect where = box_at(v, image)->rect;
    struct size view = {where.w, where.h};
    for (size_t i = 0; i < page->zone_count; i++) {
        const struct zone *zone = &page->zones[i];
        if (zone->segment_count == 0) {
            continue;
        }
        struct rectf r = camera_rect_to_view(camera, size_img, view, zone->bounds_img);
        struct rect zone_win = {
            where.x + (int)floor(r.x), where.y + (int)floor(r.y), (int)ceil(r.w), (int)ceil(r.h)};
        const char *segment = zone->segments[0];
        int box = box_add(v->tree, image, BOX_ZONE, zone_win, "zone.%s.%d", segment, (int)i + 1);
        set_action(v, box, ACTION_SELECT, str_from(segment));
        struct box *b = box_at(v, box);
        b->name = segment_words(v, document, segment);
        b->segment = segment;
        b->states |= zone_has(zone, v->visit->here.segment) ? BOX_SELECTED : 0;
    }
}

static void light_zones(struct view *v, struct box_page *look, const struct page *page, const char *segment)
{
    size_t count = 0;
    if (segment[0] == '\0' || page->zone_count == 0) {
        return;
    }
    struct box_zone *lit = arena_take_array(v->tree->arena, page->zone_count, sizeof *lit);
    for (size_t i = 0; lit != NULL && i < page->zone_count; i++) {
        if (zone_has(&page->zones[i], segment)) {
            lit[count++] = (struct box_zone){page->zones[i].points_img, page->zones[i].point_count};
        }
    }
    look->zones = lit;
    look->zone_count = count;
    look->lit = v->theme.highlight;
    look->outline_px = v->theme.high_contrast ? 4 : 0;
}

void light_picture(struct view *v, int picture, const struct page *page, const char *segment)
{
    const struct box_page *before = box_at(v, picture)->look.page;
    struct box_page *look = before != NULL ? arena_take(v->tree->arena, sizeof *look) : NULL;
    if (look != NULL) {
        *look = *before;
        light_zones(v, look, page, segment);
        box_at(v, picture)->look.page = look;
    }
}

/* ---- the strip below the image: controls, ruler, provenance */

struct strip_button {
    const char *id, *key, *argument;
    enum box_icon icon;
    enum action_verb verb;
};

static const struct strip_button strip_buttons[] = {
    {"page.zoom-in", "page.zoom-in", "in", ICON_PLUS, ACTION_ZOOM},
    {"page.zoom-out", "page.zoom-out", "out", ICON_MINUS, ACTION_ZOOM},
    {"page.whole", "page.whole", "whole", ICON_WHOLE_PAGE, ACTION_ZOOM},
    {"page.rotate", "page.rotate", "", ICON_ROTATE, ACTION_ROTATE},
    {"page.previous", "page.previous", "previous", ICON_PREVIOUS, ACTION_PAGE},
    {"page.next", "page.next", "next", ICON_NEXT, ACTION_PAGE},
};

/* A bar of 1, 2, 5, 10 ... cm: as long as the page's own centimetres are on the screen. */
static void put_ruler(struct view *v, int parent, double scale, double resolution, struct rect where)
{
    double cm_px = scale * resolution / 2.54, length = 1;
    static const double steps[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        length = steps[i];
        if (length * cm_px >= px(v, 9)) {
            break;
        }
    }
    int width = (int)lround(length * cm_px);
    struct pointf *points = arena_take_array(v->tree->arena, 6, sizeof *points);
    struct box_path *paths = arena_take_array(v->tree->arena, 3, sizeof *paths);
    if (points == NULL || paths == NULL || width > where.w) {
        return;
    }
    struct str label = words_with(v, "page.centimetres", format(v, "%g", length), STR(""));
    struct place_text text = {BOX_LABEL, STYLE_LABEL, label, v->theme.quiet, NULL, 0, TEXT_CENTRE, 1};
    const struct text_layout *layout = lay(v, STYLE_LABEL, label, NULL, 0, 0, v->theme.quiet, TEXT_START, 1);
    int text_w = layout != NULL ? text_measure(layout).width_px + 2 : 0;
    int tick = px(v, 0.75), line_y = where.y + where.h - px(v, 1.5);
    int box_w = text_w > width ? text_w : width;
    int text_box = put_text(v, parent,
        (struct rect){where.x, line_y - text_px(v, 2.75 * 1.3) - tick, box_w, 0}, text, "page.ruler");
    (void)text_box;
    int line = put_group(v, parent, BOX_GROUP,
        (struct rect){where.x + (box_w - width) / 2, line_y - tick, width, 2 * tick}, STR(""),
        "page.ruler.line");
    double right = width;
    points[0] = (struct pointf){0, tick};
    points[1] = (struct pointf){right, tick};
    points[2] = (struct pointf){0.5, 0};
    points[3] = (struct pointf){0.5, 2.0 * tick};
    points[4] = (struct pointf){right - 0.5, 0};
    points[5] = (struct pointf){right - 0.5, 2.0 * tick};
    for (size_t i = 0; i < 3; i++) {
        paths[i] = (struct box_path){
            points + 2 * i, 2, false, STROKE_LINE, v->u / 6 > 1 ? v->u / 6 : 1, v->theme.quiet};
    }
    box_at(v, line)->look.paths = paths;
    box_at(v, line)->look.path_count = 3;
}

/* Nobody knows how large the sheet was that a reconstruction stands for: it has no scale. */
static bool is_reconstruction(const struct page *page)
{
    for (size_t l = 0; l < page->provenance.count; l++) {
        const struct provenance *list = &page->provenance.lists[l];
        for (size_t i = 0; i < list->count; i++) {
            if (list->entries[i].kind == PROVENANCE_RECONSTRUCTION) {
                return true;
            }
        }
    }
    return false;
}

/* "2 / 4", where there is room for it; returns the x behind it. */
static int put_page_number(struct view *v, int parent, const struct document *document, struct rect where)
{
    int index = v->visit->here.page < (int)document->page_count ? v->visit->here.page : 0;
    struct str one = number(v, index + 1), all = number(v, (long)document->page_count);
    struct place_text text = {BOX_LABEL, STYLE_LABEL, format(v, "%.*s / %.*s", STR_ARGS(one), STR_ARGS(all)),
        v->theme.quiet, NULL, 0, TEXT_START, 1};
    const struct text_layout *layout =
        lay(v, STYLE_LABEL, text.text, NULL, 0, 0, v->theme.quiet, TEXT_START, 1);
    int width = layout != NULL ? text_measure(layout).width_px + 2 : 0;
    int height = text_px(v, 2.75 * 1.3);
    where.x += px(v, 1);
    if (layout == NULL || width > where.w - px(v, 1)) {
        return where.x;
    }
    int box = put_text(
        v, parent, (struct rect){where.x, where.y + (where.h - height) / 2, width, 0}, text, "page.number");
    box_at(v, box)->name = words_with(v, "page.number", one, all);
    return where.x + width;
}

static void put_strip(struct view *v, int parent, const struct document *document, const struct page *page,
    struct rect where, double scale)
{
    int x = where.x;
    bool several = document->page_count > 1;
    for (size_t i = 0; i < sizeof strip_buttons / sizeof strip_buttons[0]; i++) {
        const struct strip_button *s = &strip_buttons[i];
        if (s->verb == ACTION_PAGE && !several) {
            continue;
        }
        int index = v->visit->here.page, last = (int)document->page_count - 1;
        bool end = s->verb == ACTION_PAGE && (s->icon == ICON_NEXT ? index >= last : index <= 0);
        struct place_button button = {.kind = BUTTON_PLAIN,
            .icon = s->icon,
            .name = words(v, s->key),
            .style = STYLE_BODY,
            .states = end ? BOX_DISABLED : 0,
            .verb = s->verb,
            .argument = str_from(s->argument)};
        if (put_control(v, parent, (struct rect){x, where.y, v->target, v->target}, &button, s->id)) {
            x += v->target;
        }
    }
    if (several && x > where.x) {
        x = put_page_number(v, parent, document, (struct rect){x, where.y, where.x + where.w - x, v->target});
    }
    if (page->resolution > 0 && scale > 0 && !is_reconstruction(page)) {
        x += x > where.x ? v->gutter : 0;
        put_ruler(
            v, parent, scale, page->resolution, (struct rect){x, where.y, where.x + where.w - x, v->target});
    }
}

/* What a camera needs to know of the view it looks into. */
static void page_metrics(const struct view *v, const struct document *document, struct camera_page size_img,
    struct rect where, struct visit_metrics *metrics)
{
    memset(metrics, 0, sizeof *metrics);
    metrics->has_page = true;
    metrics->page_view = (struct size){where.w, where.h};
    metrics->page = size_img;
    metrics->page_count = (int)document->page_count;
    metrics->page_margin_px = page_margin(v);
    metrics->page_max_scale = page_max_scale(v);
}

const struct page *page_now(const struct view *v, const struct document *document)
{
    size_t index = (size_t)v->visit->here.page < document->page_count ? (size_t)v->visit->here.page : 0;
    return index < document->page_count ? &document->pages[index] : NULL;
}

int page_provenance_width(const struct view *v, int width)
{
    return width - 2 * px(v, 2);
}

static int provenance_height(struct view *v, const struct page *page, int width, int lines)
{
    size_t before = v->tree->count;
    int height = put_provenance_pinned(
        v, v->root, &page->provenance, NULL, (struct rect){0, 0, width, 0}, lines, "measure");
    box_truncate(v->tree, before);
    return height;
}

void put_page(struct view *v, int parent, const struct document *document, struct rect where, bool controls,
    int provenance_lines)
{
    int index = v->visit->here.page < (int)document->page_count ? v->visit->here.page : 0;
    if (document->page_count == 0) {
        put_no_image(v, parent, where, "page.missing");
        return;
    }
    const struct page *page = &document->pages[index];
    const struct view_page_size *size = page_size(v, document->id, index);
    int side = px(v, 2);
    int note = provenance_height(v, page, page_provenance_width(v, where.w), provenance_lines) + px(v, 2);
    bool torn = size != NULL && size->torn && !size->failed;
    int torn_note = torn ? text_px(v, 2.75 * 1.3) + px(v, 1) : 0;
    note += torn_note;
    int strip = controls && !v->visit->low_reach ? v->target + px(v, 1) : 0;
    struct rect image_win = {where.x, where.y, where.w, where.h - strip - note};
    int image = put_group(v, parent, BOX_IMAGE, image_win, say(v, &page->alt, NULL), "page");
    box_at(v, image)->look.fill = v->theme.table;
    box_at(v, image)->clip = rect_intersect(box_at(v, image)->clip, image_win);
    double scale = 0;
    if (size == NULL || size->failed || size->size_img.w <= 0) {
        put_no_image(v, image, image_win, "page.missing");
    } else {
        struct camera_page size_img = {size->size_img.w, size->size_img.h};
        struct visit_metrics metrics;
        page_metrics(v, document, size_img, image_win, &metrics);
        struct camera camera = visit_camera(v->visit, &metrics, v->in->now_ms);
        if (!v->visit->held && !v->visit->springing) { /* a finger may pull the page beyond its edges */
            camera = camera_clamp(
                camera, size_img, metrics.page_view, metrics.page_margin_px, metrics.page_max_scale);
        }
        struct box_page *look = new_page(v, document, index, camera);
        if (look != NULL) {
            light_zones(v, look, page, v->visit->here.segment);
            box_at(v, image)->look.page = look;
        }
        scale = camera.scale;
        put_zones(v, image, document, page, camera, size_img);
        put_ink(v, image, document->id, camera, size_img);
        if (controls) {
            put_overview(v, image, camera, size_img, look);
        }
    }
    int y = image_win.y + image_win.h;
    if (controls) {
        put_strip(v, parent, document, page,
            (struct rect){where.x + side, y + px(v, 0.5), where.w - 2 * side, v->target},
            strip > 0 ? scale : 0);
    }
    struct rect line = {where.x + side, y + strip + px(v, 1), page_provenance_width(v, where.w), 0};
    if (torn) {
        struct place_text text = {
            BOX_ALERT, STYLE_LABEL, words(v, "page.torn"), v->theme.accent, NULL, 0, TEXT_START, 1};
        put_text(v, parent, line, text, "page.torn");
        line.y += torn_note;
    }
    put_provenance_pinned(v, parent, &page->provenance, NULL, line, provenance_lines, "page.provenance");
}
