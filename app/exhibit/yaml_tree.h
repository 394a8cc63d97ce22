/* A YAML file as a tree of nodes, each with its place. The small part of YAML that people write by hand: one
 * document, maps, lists and scalars; anchors, aliases and tags are refused with a finding. */
#ifndef EXHIBIT_YAML_TREE_H
#define EXHIBIT_YAML_TREE_H

#include "source.h"

enum yaml_kind {
    YAML_BROKEN, /* was reported already: whoever meets it says nothing */
    YAML_SCALAR,
    YAML_SEQUENCE,
    YAML_MAPPING
};

enum yaml_style { YAML_PLAIN, YAML_QUOTED, YAML_LITERAL, YAML_FOLDED };

struct yaml_pair;

struct yaml_node {
    enum yaml_kind kind;
    enum yaml_style style;   /* of a scalar */
    int line, column;        /* of its first character, from 1; of a block scalar that of its | or > */
    int end_line;            /* the line it ends in */
    struct str text;         /* of a scalar */
    struct yaml_node *items; /* of a sequence, linked by next */
    struct yaml_pair *pairs; /* of a mapping, linked by next */
    size_t count;            /* of items or pairs */
    bool partial; /* reading stopped inside: what is missing or odd in it is not to be complained about */
    struct yaml_node *next;
};

struct yaml_pair {
    struct yaml_node *key, *value;
    struct yaml_pair *next;
};

/* Reads the source into a tree in `scratch`. *root is NULL for an empty file. On a mistake of syntax or past
 * a limit the tree is what came before it and source->partial is set. False when out of memory only. */
bool yaml_read(
    struct findings *findings, struct arena *scratch, struct source *source, struct yaml_node **root);

/* The pair with this key; NULL when there is none or `map` is no mapping. */
const struct yaml_pair *yaml_pair(const struct yaml_node *map, const char *key);
/* Its value; NULL likewise. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
/* A scalar with nothing in it: "key:" alone, "~", "null" or "". */
bool yaml_is_empty(const struct yaml_node *node);
/* "a list", "a text" ..., for messages. */
const char *yaml_kind_name(const struct yaml_node *node);

#endif
