/* people.yaml, places.yaml, timeline.yaml, glossary.yaml, questions.yaml */
#include "base/array.h"
#include "dates.h"
#include "values.h"

#include <stddef.h>

/* Every item of a list begins with its id. */
static const char *id_of(const void *item)
{
    return *(const char *const *)item;
}

static struct list *list_of(struct reader *r)
{
    return r->context;
}

static bool take_id(struct reader *r, const struct yaml_node *map, void *item)
{
    return schema_id(r, map, &list_of(r)->by_id, item);
}

/* Once the items stand where they stay: id -> item. */
static void index_items(struct reader *r, struct list *list, size_t size)
{
    for (size_t i = 0; i < list->count; i++) {
        void *item = (char *)list->items + i * size;
        if (!table_put(&list->by_id, str_from(id_of(item)), item)) {
            r->exhibit->no_memory = true;
        }
    }
}

static void read_items(struct reader *r, const struct yaml_node *value, const struct schema_item *item)
{
    struct list *list = list_of(r);
    list->items = schema_list(r, value, item, &list->count);
    index_items(r, list, item->size);
}

/* ---- people */

static const struct field person_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"name", value_string, offsetof(struct person, name), FIELD_REQUIRED},
    {"forms", value_forms, offsetof(struct person, forms), 0},
    {"dates", value_string, offsetof(struct person, dates), 0},
    {"role", value_string, offsetof(struct person, role), FIELD_PLAIN | FIELD_LABEL},
    {"text", value_prose, offsetof(struct person, text), FIELD_PLAIN},
    {"doubt", value_prose, offsetof(struct person, doubt), FIELD_PLAIN},
    {"in", value_places, offsetof(struct person, in), 0},
};
static const struct schema_item person_item = {
    person_fields, ARRAY_LENGTH(person_fields), sizeof(struct person), take_id};

/* ---- places */

static void read_at(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct geo_place *place = out;
    double n[2];
    if (!value_reals(r, value, FINDING_COORDINATES, ARRAY_LENGTH(n), n)) {
        return;
    }
    if (n[0] < -90 || n[0] > 90 || n[1] < -180 || n[1] > 180) {
        schema_report(r, FINDING_COORDINATES, value,
            "[%g, %g] is nowhere on earth: write [latitude, longitude] in degrees, north and east positive, "
            "such as [39.904, 116.407]",
            n[0], n[1]);
        return;
    }
    place->latitude = n[0];
    place->longitude = n[1];
    struct rectf map = r->exhibit->map_extent;
    if (map.w > 0 && (n[1] < map.x || n[1] > map.x + map.w || n[0] > map.y || n[0] < map.y - map.h)) {
        schema_report(r, FINDING_OFF_THE_MAP, value,
            "this lies outside the \"map\" above: widen the map, or mend the numbers");
    }
}

static void read_label_side(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const char *const sides[] = {[LABEL_RIGHT] = "right",
        [LABEL_LEFT] = "left",
        [LABEL_ABOVE] = "above",
        [LABEL_BELOW] = "below",
        [LABEL_INSET] = "inset"};
    int word = schema_word(r, value, sides, ARRAY_LENGTH(sides));
    if (word >= 0) {
        *(enum label_side *)out = (enum label_side)word;
    }
}

static const struct field place_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"name", value_string, offsetof(struct geo_place, name), FIELD_REQUIRED},
    {"forms", value_forms, offsetof(struct geo_place, forms), 0},
    {"at", read_at, 0, FIELD_REQUIRED},
    {"text", value_prose, offsetof(struct geo_place, text), FIELD_PLAIN},
    {"doubt", value_prose, offsetof(struct geo_place, doubt), FIELD_PLAIN},
    {"label", read_label_side, offsetof(struct geo_place, label), 0},
};

static void read_places(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field, (void)out;
    static const struct schema_item item = {
        place_fields, ARRAY_LENGTH(place_fields), sizeof(struct geo_place), take_id};
    read_items(r, value, &item);
}

static const struct field route_fields[] = {
    {"from", value_place_id, offsetof(struct route, from), FIELD_REQUIRED},
    {"to", value_place_id, offsetof(struct route, to), FIELD_REQUIRED},
    {"label", value_string, offsetof(struct route, label), FIELD_PLAIN},
    {"order", value_whole, offsetof(struct route, order), FIELD_REQUIRED},
};

static bool take_route(struct reader *r, const struct yaml_node *map, void *item)
{
    const struct route *route = item;
    const struct yaml_node *order = yaml_get(map, "order");
    const struct exhibit *exhibit = r->exhibit;
    /* The routes before this one stand right in front of it. */
    for (size_t i = 1; i <= exhibit->route_count; i++) {
        if (order != NULL && route[-(ptrdiff_t)i].order == route->order) {
            schema_report(r, FINDING_ROUTE_ORDER, order,
                "another route has the order %d already: number them 1, 2, 3 ...", route->order);
            return false;
        }
    }
    if (route->from == NULL || route->to == NULL) {
        return false;
    }
    r->exhibit->route_count++;
    return true;
}

static void read_routes(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field, (void)out;
    static const struct schema_item item = {
        route_fields, ARRAY_LENGTH(route_fields), sizeof(struct route), take_route};
    size_t count;
    r->exhibit->routes = schema_list(r, value, &item, &count);
    r->exhibit->route_count = count;
}

static void read_degrees(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    value_real(r, value, FINDING_MAP_EXTENT, out);
}

struct extent {
    double west, south, east, north;
};

static const struct field extent_fields[] = {
    {"west", read_degrees, offsetof(struct extent, west), FIELD_REQUIRED},
    {"south", read_degrees, offsetof(struct extent, south), FIELD_REQUIRED},
    {"east", read_degrees, offsetof(struct extent, east), FIELD_REQUIRED},
    {"north", read_degrees, offsetof(struct extent, north), FIELD_REQUIRED},
};

static void read_extent(struct reader *r, const struct yaml_node *map)
{
    struct extent e = {0, 0, 0, 0};
    if (!SCHEMA_READ(r, map, extent_fields, &e) || yaml_get(map, "west") == NULL ||
        yaml_get(map, "south") == NULL || yaml_get(map, "east") == NULL || yaml_get(map, "north") == NULL) {
        return;
    }
    if (e.west < -180 || e.east > 180 || e.south < -90 || e.north > 90 || e.west >= e.east ||
        e.south >= e.north) {
        schema_report(r, FINDING_MAP_EXTENT, map,
            "a map reaches from west to a larger east (-180 to 180) and from south to a larger north (-90 to "
            "90): mend the numbers");
        return;
    }
    r->exhibit->map_extent = (struct rectf){e.west, e.north, e.east - e.west, e.north - e.south};
}

static const struct field places_fields[] = {
    {"map", NULL, 0, 0},
    {"places", read_places, 0, FIELD_REQUIRED},
    {"routes", read_routes, 0, 0},
};

static void read_places_file(struct reader *r, const struct yaml_node *root)
{
    const struct yaml_node *map = yaml_get(root, "map");
    if (map != NULL && map->kind != YAML_BROKEN && !yaml_is_empty(map)) {
        read_extent(r, map);
    }
    SCHEMA_READ(r, root, places_fields, r->exhibit);
}

/* ---- timeline */

static const struct field event_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"date", value_date, offsetof(struct event, date), FIELD_REQUIRED},
    {"end", value_date, offsetof(struct event, end), 0},
    {"time", value_time, offsetof(struct event, time), 0},
    {"place", value_string, offsetof(struct event, place), 0},
    {"title", value_string, offsetof(struct event, title), FIELD_REQUIRED | FIELD_PLAIN},
    {"text", value_prose, offsetof(struct event, text), FIELD_PLAIN},
    {"doubt", value_prose, offsetof(struct event, doubt), FIELD_PLAIN},
    {"main", value_flag, offsetof(struct event, main), 0},
    {"document", value_document_id, offsetof(struct event, document), 0},
};

static bool take_event(struct reader *r, const struct yaml_node *map, void *item)
{
    struct event *event = item;
    if (event->end.year != 0 && event->date.year != 0 && dates_compare(event->end, event->date) < 0) {
        schema_report(r, FINDING_EVENT_END, yaml_get(map, "end"),
            "this event ends before it begins: mend one of the dates");
        event->end = event->date;
    }
    return take_id(r, map, item);
}
static const struct schema_item event_item = {
    event_fields, ARRAY_LENGTH(event_fields), sizeof(struct event), take_event};

static void check_order(struct reader *r, const struct yaml_node *root)
{
    struct date latest = {0, 0, 0};
    for (const struct yaml_node *node = root->kind == YAML_SEQUENCE ? root->items : NULL; node != NULL;
         node = node->next) {
        const struct yaml_node *value = yaml_get(node, "date");
        struct date date;
        if (value == NULL || value->kind != YAML_SCALAR || dates_parse(value->text, &date) != DATES_GOOD) {
            continue;
        }
        if (latest.year != 0 && dates_compare(date, latest) < 0) {
            schema_report(r, FINDING_EVENT_ORDER, value,
                "this is earlier than the event above it; the screen shows events in the order of this file: "
                "move it up");
        } else {
            latest = date;
        }
    }
}

/* ---- words and questions */

static const struct field term_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"term", value_string, offsetof(struct term, term), FIELD_REQUIRED},
    {"text", value_prose, offsetof(struct term, text), FIELD_REQUIRED | FIELD_PLAIN},
};
static const struct schema_item term_item = {
    term_fields, ARRAY_LENGTH(term_fields), sizeof(struct term), take_id};

static const struct field question_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"question", value_prose, offsetof(struct question, question),
        FIELD_REQUIRED | FIELD_PLAIN | FIELD_LABEL},
    {"hint", value_prose, offsetof(struct question, hint), FIELD_PLAIN},
    {"answer", value_prose, offsetof(struct question, answer), FIELD_PLAIN},
};
static const struct schema_item question_item = {
    question_fields, ARRAY_LENGTH(question_fields), sizeof(struct question), take_id};

/* ---- the files */

static const char *const files[LISTS] = {
    [LIST_PEOPLE] = "people.yaml",
    [LIST_PLACES] = "places.yaml",
    [LIST_TIMELINE] = "timeline.yaml",
    [LIST_GLOSSARY] = "glossary.yaml",
    [LIST_QUESTIONS] = "questions.yaml",
};

const char *list_file(enum list_kind kind)
{
    return files[kind];
}

static void read_file(struct reader *r, enum list_kind kind, const struct yaml_node *root)
{
    switch (kind) {
    case LIST_PEOPLE:
        read_items(r, root, &person_item);
        break;
    case LIST_PLACES:
        read_places_file(r, root);
        break;
    case LIST_TIMELINE:
        read_items(r, root, &event_item);
        check_order(r, root);
        break;
    case LIST_GLOSSARY:
        read_items(r, root, &term_item);
        break;
    case LIST_QUESTIONS:
        read_items(r, root, &question_item);
        break;
    case LISTS:
        break;
    }
}

void list_load(struct exhibit *exhibit, enum list_kind kind)
{
    struct list *list = &exhibit->lists[kind];
    struct arena scratch = {0};
    struct source source;
    struct yaml_node *root = NULL;
    struct reader r = {exhibit, &scratch, &source, list};
    if (list->loaded || exhibit->root < 0) {
        return;
    }
    list->loaded = true;
    enum path_result result = source_read(exhibit, &scratch, files[kind], LIMIT_YAML_BYTES, &source);
    if (result == PATH_GOOD && !yaml_read(exhibit->findings, &scratch, &source, &root)) {
        exhibit->no_memory = true;
    }
    list->partial = result != PATH_MISSING && (result != PATH_GOOD || source.partial);
    if (root != NULL && !yaml_is_empty(root)) {
        /* Of a file that is no list it is not known what should be in it: links there are not reported. */
        list->partial = list->partial || root->kind != (kind == LIST_PLACES ? YAML_MAPPING : YAML_SEQUENCE);
        read_file(&r, kind, root);
    }
    arena_finish(&scratch);
}
