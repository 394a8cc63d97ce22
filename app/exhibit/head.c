/* exhibit.yaml */
#include "base/array.h"
#include "values.h"

#include <stddef.h>
#include <string.h>

#define IDLE_DEFAULT_S 90
#define IDLE_MAX_S 86400

static void read_version(
    struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field, (void)out;
    long version;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    if (!str_to_long(value->text, &version) || version != 1) {
        schema_report(r, FINDING_FORMAT_VERSION, value,
            "this player reads version 1 of the format, not \"%.*s\": write  vitrine: 1  or use a newer "
            "player",
            STR_ARGS(value->text));
    }
}

static const struct field home_fields[] = {
    {"document", value_document_id, offsetof(struct exhibit_head, home_document), FIELD_REQUIRED},
    {"lead", value_prose, offsetof(struct exhibit_head, lead), FIELD_PLAIN | FIELD_LABEL},
    {"picture", value_box, offsetof(struct exhibit_head, home_picture_img), 0},
    {"button", value_string, offsetof(struct exhibit_head, home_button), 0},
};

/* `out` is the whole head: the map only groups. */
static void read_home(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    struct exhibit_head *head = out;
    if (SCHEMA_READ(r, value, home_fields, head) && head->home_picture_img.w > 0 &&
        head->home_document != NULL) {
        exhibit_frame(r->exhibit, head->home_document, head->home_picture_img,
            schema_mark(r, yaml_get(value, "picture")));
    }
}

static void read_idle(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    int idle = IDLE_DEFAULT_S;
    value_whole(r, field, value, &idle);
    if (idle < 1 || idle > IDLE_MAX_S) {
        schema_report(r, FINDING_BAD_NUMBER, value, "\"idle\" is in seconds, from 1 to %d", IDLE_MAX_S);
        idle = IDLE_DEFAULT_S;
    }
    *(int *)out = idle;
}

/* ---- the tour */

static const struct field step_fields[] = {
    {"id", NULL, 0, FIELD_REQUIRED},
    {"place", value_place, offsetof(struct tour_step, place), FIELD_REQUIRED},
    {"camera", value_box, offsetof(struct tour_step, camera_img), 0},
    {"caption", value_prose, offsetof(struct tour_step, caption), FIELD_REQUIRED | FIELD_PLAIN | FIELD_LABEL},
    {"seconds", value_number, offsetof(struct tour_step, seconds), 0},
};

static bool take_step(struct reader *r, const struct yaml_node *map, void *item)
{
    struct tour_step *step = item;
    if (!schema_id(r, map, r->context, &step->id) || step->place.kind == PLACE_NONE) {
        return false;
    }
    if (step->camera_img.w > 0 && step->place.kind == PLACE_DOCUMENT) {
        exhibit_frame(r->exhibit, exhibit_keep_c(r->exhibit, str_from(step->place.id)), step->camera_img,
            schema_mark(r, yaml_get(map, "camera")));
    }
    return true;
}

static void read_tour(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const struct schema_item item = {
        step_fields, ARRAY_LENGTH(step_fields), sizeof(struct tour_step), take_step};
    struct exhibit_head *head = out;
    struct table seen = {NULL, 0, 0};
    r->context = &seen;
    head->tour = schema_list(r, value, &item, &head->tour_count);
    r->context = NULL;
    table_finish(&seen);
}

/* ---- languages, which all other texts are checked against */

static bool is_listed(const struct exhibit_head *head, const char *tag)
{
    for (size_t i = 0; i < head->language_count; i++) {
        if (strcmp(head->languages[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

static void read_languages(struct reader *r, const struct yaml_node *root)
{
    struct exhibit_head *head = &r->exhibit->head;
    const struct yaml_node *list = yaml_get(root, "languages");
    if (list == NULL || list->kind == YAML_BROKEN || yaml_is_empty(list) ||
        !schema_expect(r, list, YAML_SEQUENCE)) {
        return;
    }
    const char **languages = exhibit_keep(r->exhibit, list->count, sizeof *languages);
    for (const struct yaml_node *node = list->items; node != NULL && languages != NULL; node = node->next) {
        const char *tag = NULL;
        value_tag(r, NULL, node, &tag);
        if (tag != NULL && is_listed(head, tag)) {
            schema_report(
                r, FINDING_DUPLICATE_ID, node, "the language %s stands here a second time: delete one", tag);
        } else if (tag != NULL) {
            languages[head->language_count++] = tag;
            head->languages = languages;
        }
    }
    if (list->count == 0) {
        schema_report(r, FINDING_KEY_MISSING, list, "\"languages\" is empty: name at least one, as in [en]");
    }
}

static const struct field head_fields[] = {
    {"vitrine", read_version, 0, FIELD_REQUIRED},
    {"title", value_string, offsetof(struct exhibit_head, title), FIELD_REQUIRED},
    {"date", value_date, offsetof(struct exhibit_head, date), 0},
    {"languages", NULL, 0, FIELD_REQUIRED},
    {"home", read_home, 0, FIELD_REQUIRED},
    {"idle", read_idle, offsetof(struct exhibit_head, idle_s), 0},
    {"tour", read_tour, 0, 0},
    {"meaning", value_note_ids, offsetof(struct exhibit_head, meaning), 0},
    {"about", value_note_ids, offsetof(struct exhibit_head, about), 0},
    {"credits", value_prose, offsetof(struct exhibit_head, credits), 0},
    {"rights", value_prose, offsetof(struct exhibit_head, rights), 0},
    {"sponsor", value_string, offsetof(struct exhibit_head, sponsor), 0},
    {"licence", value_prose, offsetof(struct exhibit_head, licence), 0},
    {"provenance", value_provenances, offsetof(struct exhibit_head, provenance), 0},
};

static void read_head(struct reader *r, const struct yaml_node *root)
{
    static const char *const english[] = {"en"};
    struct exhibit_head *head = &r->exhibit->head;
    read_languages(r, root);
    if (head->language_count == 0) {
        head->languages = english;
        head->language_count = 1;
    }
    if (SCHEMA_READ(r, root, head_fields, head) && yaml_pair(root, "provenance") == NULL &&
        !r->source->partial) {
        schema_report(r, FINDING_PROVENANCE_MISSING, root,
            "the key \"provenance\" is missing: say who wrote the exhibit's own texts, as in  provenance: "
            "[{kind: editorial, who: \"...\"}]");
    }
}

bool head_load(struct exhibit *exhibit, struct error *err)
{
    struct arena scratch = {0};
    struct source source;
    struct yaml_node *root = NULL;
    struct reader r = {exhibit, &scratch, &source, NULL};
    bool done = false;
    exhibit->head.idle_s = IDLE_DEFAULT_S;
    enum path_result result = source_read(exhibit, &scratch, "exhibit.yaml", LIMIT_YAML_BYTES, &source);
    if (result == PATH_MISSING) {
        error_set(err, ERROR_INPUT,
            "there is no exhibit.yaml in %s: an exhibit is a folder with that file in it", exhibit->folder);
    } else if (result != PATH_GOOD && result != PATH_NO_MEMORY) {
        error_set(err, ERROR_INPUT,
            "exhibit.yaml in %s cannot be read: it must be a file of at most %zu KiB that this user may read",
            exhibit->folder, LIMIT_YAML_BYTES / 1024);
    } else if (result == PATH_NO_MEMORY || !yaml_read(exhibit->findings, &scratch, &source, &root)) {
        error_memory(err);
    } else {
        static const struct yaml_node nothing = {.kind = YAML_SCALAR, .line = 1, .column = 1};
        exhibit->head_partial = source.partial;
        read_head(&r, root != NULL ? root : &nothing);
        done = !exhibit->no_memory || error_memory(err);
    }
    arena_finish(&scratch);
    return done;
}
