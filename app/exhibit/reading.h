/* What the files that read one document share while they do. */
#ifndef EXHIBIT_READING_H
#define EXHIBIT_READING_H

#include "schema.h"

struct reading_page {
    struct page *page;
    const struct yaml_node *zones; /* the name of its zones file */
    struct reading_page *next;
};

struct reading_layer {
    struct layer *layer;
    const struct yaml_node *map;
    struct reading_layer *next;
};

struct reading {
    struct document *document;
    const char *folder; /* documents/<id> */
    struct reading_page *pages, **last_page;
    struct reading_layer *layers, **last_layer;
    struct table layer_ids;
    struct table segments; /* of all texts */
};

/* "documents/<id>/<name>", kept by the scratch arena; NULL, noted, when there is no memory. */
const char *reading_path(struct reader *r, struct str name);
/* layers.c: finds and reads the texts of all layers and aligns their segments. */
void layers_read(struct reader *r);
/* zones.c: reads the zones file of a page; segments of the layers are known by then. */
void zones_read(struct reader *r, const struct reading_page *entry);
/* Does any text of a loaded document have this segment? */
bool document_has_segment(const struct document *document, const char *segment);
/* All segments of a document, for "did you mean"; NULL when there is no memory. */
const char **document_segments(const struct document *document, struct arena *scratch, size_t *count);

#endif
