#include "yaml_tree.h"

#include "base/array.h"
#include "base/utf8.h"
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct builder {
    yaml_parser_t parser;
    struct findings *findings;
    struct arena *arena;
    struct source *source;
    size_t nodes;
    size_t characters, byte; /* the place that was looked up last */
    bool stop;               /* syntax, a limit or memory: nothing more is read */
    bool no_memory;
};

/* libyaml also ends lines at a lone CR, NEL, LS and PS, where no editor does. Its index counts characters;
 * the line is counted anew from there. Marks come in the order of the file, but for few. */
static void find_place(struct builder *b, yaml_mark_t mark, int *line, int *column)
{
    struct str text = b->source->text;
    if (mark.index < b->characters) {
        b->characters = 0;
        b->byte = 0;
    }
    while (b->characters < mark.index && b->byte < text.length) {
        utf8_next(text, &b->byte);
        b->characters++;
    }
    source_where(b->source, b->byte, line, column);
}

static void complain(struct builder *b, enum finding_code code, yaml_mark_t mark, const char *message)
{
    int line, column;
    find_place(b, mark, &line, &column);
    findings_add(b->findings, code, b->source->file, line, column, "%s", message);
}

static void stop_at(struct builder *b, enum finding_code code, yaml_mark_t mark, const char *message)
{
    complain(b, code, mark, message);
    b->stop = true;
}

static void stop_memory(struct builder *b)
{
    b->stop = true;
    b->no_memory = true;
}

/* What libyaml says, for people who do not read grammars. */
static const char *advice(const char *problem)
{
    static const struct {
        const char *problem, *advice;
    } known[] = {
        {"mapping values are not allowed in this context",
            "a text with \": \" in it must stand in quotation marks, or this line is indented too far"},
        {"did not find expected key",
            "this line does not fit under the ones above: check its indentation, and that a text that "
            "begins with a quotation mark ends with it"},
        {"could not find expected ':'",
            "a key needs a colon and a space behind it, and every line of a text must be indented"},
        {"found character that cannot start any token",
            "indent with spaces, not with a tab; a text that begins with @, % or ` must "
            "stand in quotation marks"},
        {"found unexpected end of stream", "the quotation mark that opens here is never closed"},
        {"did not find expected '-' indicator",
            "every item of this list must begin with \"- \" in the same column"},
        {"did not find expected ',' or ']'", "the list in square brackets lacks a comma or its closing ]"},
        {"did not find expected ',' or '}'", "the map in braces lacks a comma or its closing }"},
        {"block sequence entries are not allowed in this context",
            "a list begins on a new line below its key"},
        {"did not find expected whitespace or line break",
            "put a space behind this character, or the text in quotation marks"},
        {"found unknown escape character",
            "in a text in \"double quotation marks\" a \\ must be written \\\\"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(known); i++) {
        if (strcmp(known[i].problem, problem) == 0) {
            return known[i].advice;
        }
    }
    return "check the indentation and the quotation marks here and in the line above";
}

static void report_syntax(struct builder *b)
{
    if (b->parser.error == YAML_MEMORY_ERROR) {
        stop_memory(b);
        return;
    }
    const char *problem = b->parser.problem != NULL ? b->parser.problem : "unknown problem";
    yaml_mark_t mark = b->parser.problem_mark;
    if (b->parser.context != NULL && strcmp(problem, "found unexpected end of stream") == 0) {
        mark = b->parser.context_mark;
    }
    char message[400];
    snprintf(message, sizeof message, "this is not YAML, and the rest of the file is not read: %s (%s)",
        advice(problem), problem);
    stop_at(b, FINDING_YAML_SYNTAX, mark, message);
}

static bool next_event(struct builder *b, yaml_event_t *event)
{
    if (b->stop) {
        return false;
    }
    if (!yaml_parser_parse(&b->parser, event)) {
        report_syntax(b);
        return false;
    }
    return true;
}

static void refuse_extras(struct builder *b, const yaml_event_t *event, const void *anchor, const void *tag)
{
    if (anchor != NULL) {
        complain(b, FINDING_YAML_ALIAS, event->start_mark,
            "anchors (&name) are not used here: write the text out each time");
    }
    if (tag != NULL) {
        complain(b, FINDING_YAML_TAG, event->start_mark,
            "tags (!name) are not used here: delete it, or put the text in quotation marks");
    }
}

static enum yaml_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return YAML_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
        return YAML_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return YAML_FOLDED;
    default:
        return YAML_PLAIN;
    }
}

static struct yaml_node *new_node(struct builder *b, const yaml_event_t *event, enum yaml_kind kind)
{
    if (++b->nodes > LIMIT_YAML_NODES) {
        stop_at(b, FINDING_YAML_SIZE, event->start_mark,
            "more values than one file may have; the rest of the file is not read: split it");
        return NULL;
    }
    struct yaml_node *node = arena_take(b->arena, sizeof *node);
    if (node == NULL) {
        stop_memory(b);
        return NULL;
    }
    node->kind = kind;
    int column;
    find_place(b, event->start_mark, &node->line, &node->column);
    find_place(b, event->end_mark, &node->end_line, &column);
    return node;
}

static struct yaml_node *build(struct builder *b, yaml_event_t *event, int depth);

static void build_items(struct builder *b, struct yaml_node *sequence, int depth)
{
    struct yaml_node **tail = &sequence->items;
    yaml_event_t event;
    while (next_event(b, &event)) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return;
        }
        struct yaml_node *item = build(b, &event, depth + 1);
        if (item != NULL) {
            *tail = item;
            tail = &item->next;
            sequence->count++;
        }
    }
    sequence->partial = true;
}

/* Is this a key that can be kept: a scalar, and new in its map? */
static bool accept_key(struct builder *b, const struct yaml_node *key, struct table *seen)
{
    if (key->kind == YAML_BROKEN) {
        return false;
    }
    if (key->kind != YAML_SCALAR) {
        findings_add(b->findings, FINDING_YAML_SYNTAX, b->source->file, key->line, key->column,
            "a key must be a plain word, not %s", yaml_kind_name(key));
        return false;
    }
    if (table_find(seen, key->text) != NULL) {
        findings_add(b->findings, FINDING_YAML_DUPLICATE_KEY, b->source->file, key->line, key->column,
            "the key \"%.*s\" stands here a second time; only the first counts: delete one of them",
            STR_ARGS(key->text));
        return false;
    }
    if (!table_put(seen, key->text, NULL)) {
        stop_memory(b);
    }
    return true;
}

static void build_pairs(struct builder *b, struct yaml_node *mapping, int depth)
{
    struct yaml_pair **tail = &mapping->pairs;
    struct table seen = {NULL, 0, 0};
    yaml_event_t event;
    mapping->partial = true;
    while (next_event(b, &event)) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            mapping->partial = false;
            break;
        }
        struct yaml_node *key = build(b, &event, depth + 1);
        if (key == NULL || !next_event(b, &event)) {
            break;
        }
        struct yaml_node *value = build(b, &event, depth + 1);
        if (value == NULL) {
            break;
        }
        if (accept_key(b, key, &seen)) {
            struct yaml_pair *pair = arena_take(b->arena, sizeof *pair);
            if (pair == NULL) {
                stop_memory(b);
                break;
            }
            *pair = (struct yaml_pair){key, value, NULL};
            *tail = pair;
            tail = &pair->next;
            mapping->count++;
        }
    }
    table_finish(&seen);
}

static struct yaml_node *build_scalar(struct builder *b, const yaml_event_t *event)
{
    struct yaml_node *node = new_node(b, event, YAML_SCALAR);
    if (node == NULL) {
        return NULL;
    }
    refuse_extras(b, event, event->data.scalar.anchor, event->data.scalar.tag);
    node->style = style_of(event->data.scalar.style);
    node->text =
        arena_copy(b->arena, (struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
    if (node->text.data == NULL) {
        stop_memory(b);
        return NULL;
    }
    return node;
}

/* Takes over the event. NULL when nothing can be built, and then reading stops. A container that breaks off
 * is returned with what it had. */
static struct yaml_node *build(struct builder *b, yaml_event_t *event, int depth)
{
    struct yaml_node *node = NULL;
    enum yaml_event_type_e type = event->type;
    if (depth > LIMIT_YAML_DEPTH) {
        stop_at(b, FINDING_YAML_DEPTH, event->start_mark,
            "nested deeper than any exhibit needs; the rest of the file is not read: check brackets and "
            "indentation");
    } else if (type == YAML_SCALAR_EVENT) {
        node = build_scalar(b, event);
    } else if (type == YAML_ALIAS_EVENT) {
        complain(b, FINDING_YAML_ALIAS, event->start_mark,
            "aliases (*name) are not used here: write the text out; one that begins "
            "with * must stand in quotation marks");
        node = new_node(b, event, YAML_BROKEN);
    } else if (type == YAML_SEQUENCE_START_EVENT) {
        refuse_extras(b, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        node = new_node(b, event, YAML_SEQUENCE);
    } else if (type == YAML_MAPPING_START_EVENT) {
        refuse_extras(b, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        node = new_node(b, event, YAML_MAPPING);
    }
    yaml_event_delete(event);
    if (node != NULL && type == YAML_SEQUENCE_START_EVENT) {
        build_items(b, node, depth);
    } else if (node != NULL && type == YAML_MAPPING_START_EVENT) {
        build_pairs(b, node, depth);
    }
    return node;
}

static void read_stream(struct builder *b, struct yaml_node **root)
{
    yaml_event_t event;
    bool done = false;
    while (!done && next_event(b, &event)) {
        switch (event.type) {
        case YAML_STREAM_END_EVENT:
            done = true;
            yaml_event_delete(&event);
            break;
        case YAML_SCALAR_EVENT:
        case YAML_ALIAS_EVENT:
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT:
            *root = build(b, &event, 1);
            break;
        case YAML_DOCUMENT_START_EVENT:
            if (*root != NULL) {
                stop_at(b, FINDING_YAML_DOCUMENTS, event.start_mark,
                    "a second document (---) begins here and is not read: keep one, or make two files");
            }
            yaml_event_delete(&event);
            break;
        default:
            yaml_event_delete(&event);
        }
    }
}

bool yaml_read(
    struct findings *findings, struct arena *scratch, struct source *source, struct yaml_node **root)
{
    struct builder b = {.findings = findings, .arena = scratch, .source = source};
    *root = NULL;
    if (!yaml_parser_initialize(&b.parser)) {
        return false;
    }
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)source->text.data, source->text.length);
    read_stream(&b, root);
    yaml_parser_delete(&b.parser);
    source->partial = b.stop;
    return !b.no_memory;
}

const struct yaml_pair *yaml_pair(const struct yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != YAML_MAPPING) {
        return NULL;
    }
    for (const struct yaml_pair *pair = map->pairs; pair != NULL; pair = pair->next) {
        if (str_equal_c(pair->key->text, key)) {
            return pair;
        }
    }
    return NULL;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    const struct yaml_pair *pair = yaml_pair(map, key);
    return pair != NULL ? pair->value : NULL;
}

bool yaml_is_empty(const struct yaml_node *node)
{
    if (node->kind != YAML_SCALAR) {
        return false;
    }
    bool plain = node->style == YAML_PLAIN;
    return str_trim(node->text).length == 0 ||
           (plain && (str_equal_c(node->text, "~") || str_equal_c(node->text, "null")));
}

const char *yaml_kind_name(const struct yaml_node *node)
{
    switch (node->kind) {
    case YAML_SCALAR:
        return yaml_is_empty(node) ? "nothing" : "a text";
    case YAML_SEQUENCE:
        return "a list";
    case YAML_MAPPING:
        return "a map (keys with values)";
    default:
        return "something broken";
    }
}
