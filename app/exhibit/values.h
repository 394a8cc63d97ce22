/* Readers for the types of FIELDs: each gets a value that is not empty, reports what is wrong with it and
 * writes what is right. */
#ifndef EXHIBIT_VALUES_H
#define EXHIBIT_VALUES_H

#include "schema.h"

field_read value_string;          /* struct string */
field_read value_string_some;     /* the same, and no language must be there */
field_read value_prose;           /* struct prose */
field_read value_text;            /* struct str: one plain text */
field_read value_tag;             /* const char *: a language tag */
field_read value_date;            /* struct date */
field_read value_time;            /* struct str */
field_read value_number;          /* double, above 0 */
field_read value_whole;           /* int, from 0 to 1,000,000 */
field_read value_flag;            /* bool */
field_read value_box;             /* struct rectf in page pixels, not empty */
field_read value_provenances;     /* struct provenances, for all of the exhibit's languages */
field_read value_provenances_any; /* the same; which languages it must have is checked by the caller */
field_read value_ids;             /* two members: const char *const *ids; size_t count: any ids */
field_read value_document_id;     /* const char *: noted as a reference */
field_read value_place_id;        /* the same, to a place of places.yaml */
field_read value_note_ids;        /* as value_ids: noted as references to notes */
field_read value_document_ids;
field_read value_place;  /* struct place: noted as a reference */
field_read value_places; /* two members: const struct place *places; size_t count: noted as references */
field_read value_forms;  /* two members: const struct name_form *forms; size_t count */

/* Where the text of a scalar begins, for markdown_read(). */
struct markdown_origin;
struct markdown_origin value_origin(const struct reader *r, const struct yaml_node *node);
/* A number, whatever its sign; false, reported as `code`, when it is none. */
bool value_real(struct reader *r, const struct yaml_node *node, enum finding_code code, double *value);
/* Exactly `count` numbers in a list; false, reported, when it is something else. */
bool value_reals(
    struct reader *r, const struct yaml_node *node, enum finding_code code, size_t count, double *values);
/* Reports a tag that is malformed, or (unless `any`) none of the exhibit's. False when malformed. */
bool value_check_tag(struct reader *r, struct str tag, bool any, struct source_mark mark);

#endif
