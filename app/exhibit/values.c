#include "values.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dates.h"
#include "language.h"
#include "markdown.h"
#include "plain.h"

#include <math.h>
#include <string.h>

/* ---- languages */

static const char *listed_like(const struct exhibit *exhibit, struct str tag)
{
    for (size_t i = 0; i < exhibit->head.language_count; i++) {
        if (language_same(tag, str_from(exhibit->head.languages[i]))) {
            return exhibit->head.languages[i];
        }
    }
    return NULL;
}

bool value_check_tag(struct reader *r, struct str tag, bool any, struct source_mark mark)
{
    const char *listed = listed_like(r->exhibit, tag);
    if (!language_is_tag(tag)) {
        findings_add(r->exhibit->findings, FINDING_LANGUAGE_TAG, mark.file, mark.line, mark.column,
            "\"%.*s\" is no language tag%s%s%s: write it as in en, ko, zh-Hans or pt-BR", STR_ARGS(tag),
            listed != NULL ? " (did you mean \"" : "", listed != NULL ? listed : "",
            listed != NULL ? "\"?)" : "");
        return false;
    }
    if (!any && listed == NULL) {
        findings_add(r->exhibit->findings, FINDING_LANGUAGE_UNLISTED, mark.file, mark.line, mark.column,
            "\"%.*s\" is none of the exhibit's languages: add it to \"languages\" in exhibit.yaml, or mend "
            "or delete it",
            STR_ARGS(tag));
    }
    return true;
}

static bool map_has(const void *data, const char *language)
{
    const struct yaml_node *value = yaml_get(data, language);
    return value != NULL && (value->kind != YAML_SCALAR || !yaml_is_empty(value));
}

static void report_lacking(struct reader *r, const struct yaml_node *map)
{
    char lacking[200];
    if (!r->source->partial && exhibit_lacking(r->exhibit, map_has, map, lacking, sizeof lacking)) {
        schema_report(r, FINDING_LANGUAGE_LACKING, map,
            "no text in %s: add it; until then the text of the first language stands there, and the screen "
            "says so",
            lacking);
    }
}

/* ---- texts */

static void check_plain(struct reader *r, const struct field *field, const struct yaml_node *node)
{
    if ((field->flags & FIELD_PLAIN) == 0) {
        return;
    }
    struct str rest = node->text, sentence;
    while (plain_sentence(&rest, &sentence)) {
        size_t words = plain_words(sentence);
        if (words > PLAIN_SENTENCE_WORDS) {
            schema_report(r, FINDING_SENTENCE_LONG, node,
                "a sentence of %zu words; more than %d are hard to read standing: make two of it", words,
                PLAIN_SENTENCE_WORDS);
        }
    }
    size_t words = plain_words(node->text);
    if ((field->flags & FIELD_LABEL) != 0 && words > PLAIN_LABEL_WORDS) {
        schema_report(r, FINDING_LABEL_LONG, node,
            "%zu words; more than %d are too many for a label: shorten it", words, PLAIN_LABEL_WORDS);
    }
}

struct markdown_origin value_origin(const struct reader *r, const struct yaml_node *node)
{
    struct markdown_origin origin = {schema_mark(r, node), true, false};
    bool one_line = node->end_line == node->line;
    if (node->style == YAML_LITERAL) {
        /* The text begins in the next line, as far in as its first line that is not blank. */
        origin.mark.line++;
        origin.indented = true;
        for (int line = node->line + 1; line <= (int)r->source->line_count; line++) {
            struct str text = source_line(r->source, line);
            size_t indent = 0;
            while (indent < text.length && text.data[indent] == ' ') {
                indent++;
            }
            if (indent < text.length) {
                origin.mark.column = (int)indent + 1;
                break;
            }
        }
    } else if (node->style == YAML_QUOTED && one_line) {
        origin.mark.column++;
    } else if (!one_line) {
        origin.exact = false;
    }
    return origin;
}

static bool take_one(struct reader *r, const struct yaml_node *value)
{
    return value->kind != YAML_BROKEN && !yaml_is_empty(value) && schema_expect(r, value, YAML_SCALAR);
}

static size_t text_count(struct reader *r, const struct yaml_node *value)
{
    if (value->kind == YAML_MAPPING) {
        return value->count;
    }
    if (value->kind == YAML_SEQUENCE && value->partial) {
        return 0;
    }
    if (value->kind == YAML_SEQUENCE) {
        schema_report(r, FINDING_WRONG_TYPE, value,
            "a text, or a map from languages to texts, is expected here, not a list: write  en: \"...\"  "
            "below the key");
        return 0;
    }
    return 1;
}

static void read_string(struct reader *r, const struct field *field, const struct yaml_node *value,
    bool complete, struct string *string)
{
    size_t count = text_count(r, value);
    struct string_entry *entries = exhibit_keep(r->exhibit, count, sizeof *entries);
    if (count == 0 || entries == NULL) {
        return;
    }
    string->entries = entries;
    if (value->kind == YAML_SCALAR) {
        check_plain(r, field, value);
        entries[string->count++] = (struct string_entry){
            NULL, exhibit_keep_str(r->exhibit, str_trim(value->text)), schema_mark(r, value)};
        return;
    }
    for (const struct yaml_pair *pair = value->pairs; pair != NULL; pair = pair->next) {
        if (!value_check_tag(r, pair->key->text, false, schema_mark(r, pair->key)) ||
            !take_one(r, pair->value)) {
            continue;
        }
        check_plain(r, field, pair->value);
        entries[string->count++] = (struct string_entry){exhibit_keep_c(r->exhibit, pair->key->text),
            exhibit_keep_str(r->exhibit, str_trim(pair->value->text)), schema_mark(r, pair->value)};
    }
    if (complete) {
        report_lacking(r, value);
    }
}

void value_string(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    read_string(r, field, value, true, out);
}

void value_string_some(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    read_string(r, field, value, false, out);
}

static void read_prose(struct reader *r, const struct field *field, const struct yaml_node *node,
    const char *language, struct prose_text *out)
{
    unsigned flags = ((field->flags & FIELD_PLAIN) != 0 ? MARKDOWN_PLAIN : 0u) |
                     ((field->flags & FIELD_LABEL) != 0 ? MARKDOWN_LABEL : 0u) |
                     ((field->flags & FIELD_EDITORS) != 0 ? MARKDOWN_EDITORS : 0u);
    out->language = language;
    markdown_read(r->exhibit, r->scratch, node->text, value_origin(r, node), flags, out);
}

void value_prose(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    struct prose *prose = out;
    size_t count = text_count(r, value);
    struct prose_text *texts = exhibit_keep(r->exhibit, count, sizeof *texts);
    if (count == 0 || texts == NULL) {
        return;
    }
    prose->texts = texts;
    if (value->kind == YAML_SCALAR) {
        read_prose(r, field, value, NULL, &texts[prose->count++]);
        return;
    }
    for (const struct yaml_pair *pair = value->pairs; pair != NULL; pair = pair->next) {
        if (value_check_tag(r, pair->key->text, false, schema_mark(r, pair->key)) &&
            take_one(r, pair->value)) {
            read_prose(
                r, field, pair->value, exhibit_keep_c(r->exhibit, pair->key->text), &texts[prose->count++]);
        }
    }
    report_lacking(r, value);
}

void value_text(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    if (schema_expect(r, value, YAML_SCALAR)) {
        check_plain(r, field, value);
        *(struct str *)out = exhibit_keep_str(r->exhibit, str_trim(value->text));
    }
}

void value_tag(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (schema_expect(r, value, YAML_SCALAR) &&
        value_check_tag(r, value->text, true, schema_mark(r, value))) {
        *(const char **)out = exhibit_keep_c(r->exhibit, value->text);
    }
}

/* ---- dates and numbers */

void value_date(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    enum dates_result result = dates_parse(value->text, out);
    if (result == DATES_MALFORMED) {
        schema_report(r, FINDING_BAD_DATE, value, "\"%.*s\" is no date: write 1950-05-13, 1950-05 or 1950",
            STR_ARGS(value->text));
    } else if (result == DATES_IMPOSSIBLE) {
        schema_report(r, FINDING_BAD_DATE, value, "the calendar has no %.*s: mend the month or the day",
            STR_ARGS(value->text));
    }
}

void value_time(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    if (dates_is_time(value->text)) {
        *(struct str *)out = exhibit_keep_str(r->exhibit, value->text);
    } else {
        schema_report(r, FINDING_BAD_TIME, value,
            "\"%.*s\" is no time of day: write \"23:30\", from 00:00 to 23:59", STR_ARGS(value->text));
    }
}

bool value_real(struct reader *r, const struct yaml_node *node, enum finding_code code, double *value)
{
    if (node->kind == YAML_BROKEN) {
        return false;
    }
    if (node->kind != YAML_SCALAR || !str_to_double(node->text, value) || !isfinite(*value)) {
        schema_report(r, code, node, "a number is expected here, such as 12 or 0.5, not %s%s%.*s%s",
            node->kind == YAML_SCALAR ? "" : yaml_kind_name(node), node->kind == YAML_SCALAR ? "\"" : "",
            STR_ARGS(node->text), node->kind == YAML_SCALAR ? "\"" : "");
        return false;
    }
    return true;
}

bool value_reals(
    struct reader *r, const struct yaml_node *node, enum finding_code code, size_t count, double *values)
{
    if (!schema_expect(r, node, YAML_SEQUENCE)) {
        return false;
    }
    if (node->count != count) {
        schema_report(r, code, node, "%zu numbers are expected here, not %zu: write %s", count, node->count,
            count == 4   ? "[left, top, width, height]"
            : count == 2 ? "two numbers such as [100, 200]"
                         : "all of them");
        return false;
    }
    const struct yaml_node *item = node->items;
    for (size_t i = 0; i < count; i++, item = item->next) {
        if (!value_real(r, item, code, &values[i])) {
            return false;
        }
    }
    return true;
}

void value_number(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double number;
    if (!value_real(r, value, FINDING_BAD_NUMBER, &number)) {
        return;
    }
    if (number <= 0 || number > LIMIT_COORDINATE) {
        schema_report(r, FINDING_BAD_NUMBER, value, "\"%s\" must be above 0 and not above %.0f", field->key,
            LIMIT_COORDINATE);
        return;
    }
    *(double *)out = number;
}

void value_whole(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    long number;
    if (!schema_expect(r, value, YAML_SCALAR)) {
        return;
    }
    if (!str_to_long(value->text, &number) || number < 0 || number > 1000000) {
        schema_report(r, FINDING_BAD_NUMBER, value,
            "\"%s\" must be a whole number from 0 to 1000000, not \"%.*s\"", field->key,
            STR_ARGS(value->text));
        return;
    }
    *(int *)out = (int)number;
}

void value_flag(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    (void)field;
    static const char *const words[] = {"false", "true"};
    int word = schema_word(r, value, words, ARRAY_LENGTH(words));
    if (word >= 0) {
        *(bool *)out = word == 1;
    }
}

void value_box(struct reader *r, const struct field *field, const struct yaml_node *value, void *out)
{
    double n[4];
    if (!value_reals(r, value, FINDING_BAD_BOX, ARRAY_LENGTH(n), n)) {
        return;
    }
    if (n[0] < 0 || n[1] < 0 || n[2] <= 0 || n[3] <= 0 || n[0] + n[2] > LIMIT_COORDINATE ||
        n[1] + n[3] > LIMIT_COORDINATE) {
        schema_report(r, FINDING_BAD_BOX, value,
            "\"%s\" is no box on a page: write [left, top, width, height] in pixels, width and height above "
            "0",
            field->key);
        return;
    }
    *(struct rectf *)out = (struct rectf){n[0], n[1], n[2], n[3]};
}
