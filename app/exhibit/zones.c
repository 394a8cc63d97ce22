/* documents/<id>/zones/<n>.yaml: which part of a page belongs to which segment. */
#include "base/array.h"
#include "reading.h"
#include "values.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

struct zones {
    struct reader *document; /* whose context is the reading */
    struct page *page;
};

static void read_size(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double n[2];
    (void)field;
    if (!value_reals(r, value, FINDING_BAD_NUMBER, ARRAY_LENGTH(n), n)) {
        return;
    }
    if (n[0] < 1 || n[1] < 1 || n[0] > LIMIT_COORDINATE || n[1] > LIMIT_COORDINATE || floor(n[0]) != n[0] ||
        floor(n[1]) != n[1]) {
        schema_report(r, FINDING_BAD_NUMBER, value,
            "the size of a page is two whole numbers of pixels, such as [2480, 3508]");
        return;
    }
    struct page *page = out;
    page->zone_size = (struct size){(int)n[0], (int)n[1]};
}

/* ---- shapes */

static struct pointf *box_points(struct reader *r, const struct yaml_node *node, size_t *count)
{
    double n[4];
    if (!value_reals(r, node, FINDING_ZONE_SHAPE, ARRAY_LENGTH(n), n)) {
        return NULL;
    }
    if (n[2] <= 0 || n[3] <= 0) {
        schema_report(
            r, FINDING_ZONE_SHAPE, node, "a box is [left, top, width, height] with width and height above 0");
        return NULL;
    }
    struct pointf *points = exhibit_keep(r->exhibit, 4, sizeof *points);
    if (points != NULL) {
        points[0] = (struct pointf){n[0], n[1]};
        points[1] = (struct pointf){n[0] + n[2], n[1]};
        points[2] = (struct pointf){n[0] + n[2], n[1] + n[3]};
        points[3] = (struct pointf){n[0], n[1] + n[3]};
        *count = 4;
    }
    return points;
}

static struct pointf *polygon_points(struct reader *r, const struct yaml_node *node, size_t *count)
{
    if (!schema_expect(r, node, YAML_SEQUENCE)) {
        return NULL;
    }
    if (node->count < 3) {
        schema_report(r, FINDING_ZONE_SHAPE, node,
            "a polygon needs three points at least: write [[x, y], [x, y], [x, y]]");
        return NULL;
    }
    struct pointf *points = exhibit_keep(r->exhibit, node->count, sizeof *points);
    for (const struct yaml_node *item = node->items; item != NULL && points != NULL; item = item->next) {
        double n[2];
        if (!value_reals(r, item, FINDING_ZONE_SHAPE, ARRAY_LENGTH(n), n)) {
            return NULL;
        }
        points[(*count)++] = (struct pointf){n[0], n[1]};
    }
    return points;
}

static struct rectf bounds_of(const struct pointf *points, size_t count)
{
    double left = points[0].x, right = left, top = points[0].y, bottom = top;
    for (size_t i = 1; i < count; i++) {
        left = fmin(left, points[i].x);
        right = fmax(right, points[i].x);
        top = fmin(top, points[i].y);
        bottom = fmax(bottom, points[i].y);
    }
    return (struct rectf){left, top, right - left, bottom - top};
}

/* Twice the area, by the shoelace formula. */
static double area_of(const struct pointf *points, size_t count)
{
    double area = 0;
    for (size_t i = 0, j = count - 1; i < count; j = i++) {
        area += points[j].x * points[i].y - points[i].x * points[j].y;
    }
    return fabs(area);
}

static bool take_shape(
    struct reader *r, const struct yaml_node *map, const struct page *page, struct zone *zone)
{
    const struct yaml_node *box = yaml_get(map, "box"), *polygon = yaml_get(map, "polygon");
    const struct yaml_node *shape = box != NULL ? box : polygon;
    if (shape == NULL || (box != NULL && polygon != NULL)) {
        schema_report(r, FINDING_ZONE_SHAPE, map, "a zone has either a \"box\" or a \"polygon\": %s",
            shape == NULL ? "add one" : "delete one of the two");
        return false;
    }
    struct pointf *points =
        box != NULL ? box_points(r, box, &zone->point_count) : polygon_points(r, polygon, &zone->point_count);
    if (points == NULL) {
        return false;
    }
    zone->points_img = points;
    zone->bounds_img = bounds_of(points, zone->point_count);
    struct rectf b = zone->bounds_img;
    if (area_of(points, zone->point_count) <= 0) {
        schema_report(r, FINDING_ZONE_SHAPE, shape, "this polygon has no inside: its points lie on one line");
        return false;
    }
    if (page->zone_size.w > 0 &&
        (b.x < 0 || b.y < 0 || b.x + b.w > page->zone_size.w || b.y + b.h > page->zone_size.h)) {
        schema_report(r, FINDING_ZONE_OUTSIDE, shape,
            "this zone reaches from %g,%g to %g,%g, but the page is %d x %d pixels: mend the numbers, or the "
            "\"page\" above",
            b.x, b.y, b.x + b.w, b.y + b.h, page->zone_size.w, page->zone_size.h);
        return false;
    }
    return true;
}

/* ---- segments */

static bool take_segment(struct reader *r, const struct yaml_node *node, char out[PLACE_ID_MAX + 1])
{
    const struct zones *zones = r->context;
    const struct reading *reading = zones->document->context;
    if (!schema_expect(r, node, YAML_SCALAR)) {
        return false;
    }
    if (table_find(&reading->segments, node->text) == NULL) {
        char near[120] = "";
        size_t count;
        const char **known = document_segments(reading->document, r->scratch, &count);
        if (known != NULL && schema_is_heard(r->exhibit)) {
            schema_nearest(node->text, known, count, near, sizeof near);
        }
        schema_report(r, FINDING_ZONE_SEGMENT, node,
            "no text of this document has a paragraph {#%.*s}%s: mend the name, or add the anchor",
            STR_ARGS(node->text), near);
        return false;
    }
    memcpy(out, node->text.data, node->text.length);
    out[node->text.length] = '\0';
    return true;
}

static bool take_segments(struct reader *r, const struct yaml_node *map, struct zone *zone)
{
    const struct yaml_node *one = yaml_get(map, "segment"), *many = yaml_get(map, "segments");
    if ((one == NULL) == (many == NULL)) {
        schema_report(r, FINDING_ZONE_SHAPE, map,
            "a zone belongs to a \"segment\", or to several in \"segments\": %s",
            one == NULL ? "add one" : "delete one of the two");
        return false;
    }
    if (many != NULL && !schema_expect(r, many, YAML_SEQUENCE)) {
        return false;
    }
    size_t count = one != NULL ? 1 : many->count;
    char(*segments)[PLACE_ID_MAX + 1] = exhibit_keep(r->exhibit, count, sizeof *segments);
    if (segments == NULL) {
        return false;
    }
    for (const struct yaml_node *node = one != NULL ? one : many->items; node != NULL;
         node = one != NULL ? NULL : node->next) {
        zone->segment_count += take_segment(r, node, segments[zone->segment_count]);
    }
    zone->segments = (const char(*)[PLACE_ID_MAX + 1]) segments;
    return zone->segment_count > 0;
}

static const struct field zone_fields[] = {
    {"segment", NULL, 0, 0},
    {"segments", NULL, 0, 0},
    {"box", NULL, 0, 0},
    {"polygon", NULL, 0, 0},
};

static bool take_zone(struct reader *r, const struct yaml_node *map, void *item)
{
    const struct zones *zones = r->context;
    bool segments = take_segments(r, map, item);
    return take_shape(r, map, zones->page, item) && segments;
}

static void read_list(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        zone_fields, ARRAY_LENGTH(zone_fields), sizeof(struct zone), take_zone};
    struct page *page = out;
    page->zones = schema_list(r, value, &item, &page->zone_count);
}

/* ---- the file */

static const struct field file_fields[] = {
    {"page", NULL, 0, FIELD_REQUIRED},
    {"zones", read_list, 0, FIELD_REQUIRED},
};

static void read_file(struct reader *r, struct page *page)
{
    static const struct yaml_node nothing = {.kind = YAML_SCALAR, .line = 1, .column = 1};
    struct yaml_node *root = NULL;
    if (!yaml_read(r->exhibit->findings, r->scratch, r->source, &root)) {
        r->exhibit->no_memory = true;
        return;
    }
    /* The page's size first, wherever it stands: the zones are held against it. */
    const struct yaml_node *size = yaml_get(root, "page");
    if (size != NULL && size->kind != YAML_BROKEN && !yaml_is_empty(size)) {
        page->zones_mark = schema_mark(r, size);
        read_size(r, NULL, size, page);
    }
    SCHEMA_READ(r, root != NULL ? root : &nothing, file_fields, page);
}

void zones_read(struct reader *r, const struct reading_page *entry)
{
    struct arena scratch = {0};
    struct source source;
    struct zones zones = {r, entry->page};
    struct reader own = {r->exhibit, &scratch, &source, &zones};
    struct source_mark mark = schema_mark(r, entry->zones);
    enum path_result result = path_judge(entry->zones->text);
    const char *path = result == PATH_GOOD ? reading_path(r, entry->zones->text) : NULL;
    if (path != NULL) {
        exhibit_note_file(r->exhibit, path);
        result = source_read(r->exhibit, &scratch, path, LIMIT_YAML_BYTES, &source);
    }
    if (path != NULL && result == PATH_GOOD) {
        read_file(&own, entry->page);
    } else if (result == PATH_LEAVES || result == PATH_MISSING) {
        source_report_path(
            r->exhibit->findings, result, mark.file, mark.line, mark.column, entry->zones->text, 0);
    }
    arena_finish(&scratch);
}

/* ---- looking zones up */

bool exhibit_segment_bounds(const struct page *page, const char *segment, struct rectf *bounds_img)
{
    bool found = false;
    for (size_t i = 0; i < page->zone_count; i++) {
        const struct zone *zone = &page->zones[i];
        for (size_t j = 0; j < zone->segment_count; j++) {
            if (strcmp(zone->segments[j], segment) != 0) {
                continue;
            }
            struct rectf b = zone->bounds_img;
            if (found) {
                double right = fmax(b.x + b.w, bounds_img->x + bounds_img->w),
                       bottom = fmax(b.y + b.h, bounds_img->y + bounds_img->h);
                b.x = fmin(b.x, bounds_img->x);
                b.y = fmin(b.y, bounds_img->y);
                b.w = right - b.x;
                b.h = bottom - b.y;
            }
            *bounds_img = b;
            found = true;
        }
    }
    return found;
}

/* Even-odd rule; the left and upper edges belong to the polygon. */
static bool is_inside(const struct zone *zone, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = zone->point_count - 1; i < zone->point_count; j = i++) {
        struct pointf a = zone->points_img[i], b = zone->points_img[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) {
            inside = !inside;
        }
    }
    return inside;
}

const struct zone *exhibit_zone_at(const struct page *page, double x_img, double y_img)
{
    const struct zone *best = NULL;
    for (size_t i = 0; i < page->zone_count; i++) {
        const struct zone *zone = &page->zones[i];
        double area = zone->bounds_img.w * zone->bounds_img.h;
        if (is_inside(zone, x_img, y_img) &&
            (best == NULL || area < best->bounds_img.w * best->bounds_img.h)) {
            best = zone;
        }
    }
    return best;
}
