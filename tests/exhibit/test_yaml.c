/* YAML as a tree with places, and what is refused. */
#include "yaml_tree.h"

#include "base/array.h"
#include "internal.h"

#include "check.h"

#include <stdlib.h>
#include <time.h>

struct fixture {
    struct arena arena;
    struct findings *findings;
    struct source source;
    struct yaml_node *root;
};

static void read_bytes(struct fixture *f, const char *bytes, size_t length)
{
    memset(f, 0, sizeof *f);
    f->findings = findings_create();
    CHECK(source_take(f->findings, &f->arena, "x.yaml", (struct str){bytes, length}, &f->source));
    CHECK(yaml_read(f->findings, &f->arena, &f->source, &f->root));
}

static void read_text(struct fixture *f, const char *text)
{
    read_bytes(f, text, strlen(text));
}

static void finish(struct fixture *f)
{
    findings_destroy(f->findings);
    arena_finish(&f->arena);
}

static void check_first(const struct fixture *f, int code, int line, int column)
{
    const struct finding *finding = findings_get(f->findings, 0);
    CHECK(finding != NULL);
    if (finding != NULL) {
        CHECK_INT(finding->code, code);
        CHECK_INT(finding->line, line);
        CHECK_INT(finding->column, column);
    }
}

static void check_node(const struct yaml_node *node, const char *text, int line, int column)
{
    CHECK(node != NULL && node->kind == YAML_SCALAR);
    if (node != NULL && node->kind == YAML_SCALAR) {
        CHECK_TEXT(node->text.data, text);
        CHECK_INT(node->line, line);
        CHECK_INT(node->column, column);
    }
}

static void knows_where_everything_stands(void)
{
    struct fixture f;
    read_text(&f, "\xEF\xBB\xBF# comment\r\ntitle: \"제목\"\r\nlist:\r\n  - one\r\n  - {a: 제목, b: 'x "
                  "y'}\r\ntext: |\r\n  first\r\n  second\r\n");
    CHECK_INT(findings_count(f.findings), 0);
    check_node(yaml_get(f.root, "title"), "제목", 2, 8);
    const struct yaml_node *list = yaml_get(f.root, "list");
    CHECK_INT(list->kind, YAML_SEQUENCE);
    CHECK_INT(list->count, 2);
    check_node(list->items, "one", 4, 5);
    check_node(yaml_get(list->items->next, "a"), "제목", 5, 9);
    check_node(yaml_get(list->items->next, "b"), "x y", 5, 16);
    check_node(yaml_get(f.root, "text"), "first\nsecond\n", 6, 7);
    CHECK_INT(yaml_pair(f.root, "text")->key->column, 1);
    CHECK(yaml_get(f.root, "none") == NULL);
    finish(&f);
}

/* Characters that YAML takes for the end of a line and an editor does not. */
static void counts_lines_as_editors_do(void)
{
    struct fixture f;
    read_text(&f, "a: \"x\xE2\x80\xA8y\"\nb: 1 # \xC2\x85\nc: 2\r\nd: [3]\n");
    CHECK_INT(findings_count(f.findings), 0);
    CHECK_INT(yaml_get(f.root, "b")->line, 2);
    check_node(yaml_get(f.root, "c"), "2", 3, 4);
    check_node(yaml_get(f.root, "d")->items, "3", 4, 5);
    finish(&f);
}

static void knows_what_is_empty(void)
{
    struct fixture f;
    read_text(&f, "a:\nb: ~\nc: null\nd: \"\"\ne: \"~\"\nf: x\ng: \"  \"\n");
    static const char *const empty[] = {"a", "b", "c", "d", "g"};
    for (size_t i = 0; i < ARRAY_LENGTH(empty); i++) {
        CHECK_THAT(yaml_is_empty(yaml_get(f.root, empty[i])), "%s", empty[i]);
    }
    CHECK(!yaml_is_empty(yaml_get(f.root, "e")));
    CHECK(!yaml_is_empty(yaml_get(f.root, "f")));
    finish(&f);
    read_text(&f, "# nothing\n");
    CHECK(f.root == NULL);
    CHECK(!f.source.partial);
    finish(&f);
}

static void keeps_what_stands_before_a_mistake(void)
{
    struct fixture f;
    read_text(&f, "a: 1\nb:\n  - x\n  - y: [1, 2\nc: 3\n");
    CHECK(f.source.partial);
    CHECK_INT(findings_count(f.findings), 1);
    CHECK_INT(findings_get(f.findings, 0)->code, FINDING_YAML_SYNTAX);
    check_node(yaml_get(f.root, "a"), "1", 1, 4);
    check_node(yaml_get(f.root, "b")->items, "x", 3, 5);
    CHECK(yaml_get(f.root, "b")->partial);
    finish(&f);
}

static void says_where_a_quote_began(void)
{
    struct fixture f;
    read_text(&f, "a: 1\nb: \"never closed\nc: 2\n");
    check_first(&f, FINDING_YAML_SYNTAX, 2, 4);
    finish(&f);
    read_text(&f, "a: 1\n\tb: 2\n");
    check_first(&f, FINDING_YAML_SYNTAX, 2, 1);
    finish(&f);
    read_text(&f, "a: note: b\n");
    check_first(&f, FINDING_YAML_SYNTAX, 1, 8);
    finish(&f);
}

static void refuses_anchors_aliases_and_tags(void)
{
    struct fixture f;
    read_text(&f, "a: &x 1\nb: *x\nc: !!int 3\nd: &y [1]\ne: !z {a: 1}\n");
    CHECK_INT(findings_count(f.findings), 5);
    CHECK_INT(yaml_get(f.root, "b")->kind, YAML_BROKEN);
    check_node(yaml_get(f.root, "a"), "1", 1, 4);
    CHECK_INT(findings_get(f.findings, 1)->code, FINDING_YAML_ALIAS);
    CHECK_INT(findings_get(f.findings, 1)->line, 2);
    CHECK_INT(findings_get(f.findings, 1)->column, 4);
    CHECK_INT(findings_get(f.findings, 4)->code, FINDING_YAML_TAG);
    finish(&f);
}

static void a_bomb_of_aliases_does_not_go_off(void)
{
    struct fixture f;
    char text[8000] = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; i++) {
        char line[200];
        int length = snprintf(line, sizeof line, "a%d: &a%d [", i, i);
        for (int j = 0; j < 9; j++) {
            length +=
                snprintf(line + length, sizeof line - (size_t)length, "*a%d%s", i - 1, j < 8 ? "," : "]\n");
        }
        strcat(text, line);
    }
    read_text(&f, text);
    CHECK(findings_count(f.findings) > 200);
    CHECK(f.arena.used < 200000);
    finish(&f);
}

static void the_first_of_two_keys_counts(void)
{
    struct fixture f;
    read_text(&f, "a: 1\nb: 2\na: 3\n? [x]\n: 4\n");
    check_first(&f, FINDING_YAML_DUPLICATE_KEY, 3, 1);
    check_node(yaml_get(f.root, "a"), "1", 1, 4);
    CHECK_INT(f.root->count, 2);
    CHECK_INT(findings_get(f.findings, 1)->code, FINDING_YAML_SYNTAX);
    finish(&f);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The parser's own work grows with the square of the depth: it must be stopped early. */
static void deep_nesting_is_cheap(void)
{
    static const char *const openings[] = {"[", "{a: ", "- ", "[{a: "};
    for (size_t i = 0; i < ARRAY_LENGTH(openings); i++) {
        struct fixture f;
        size_t length = 1 << 20;
        char *text = malloc(length);
        for (size_t at = 0; at < length; at++) {
            text[at] = openings[i][at % strlen(openings[i])];
        }
        double start = seconds();
        read_bytes(&f, text, length);
        CHECK(seconds() - start < 5);
        CHECK(f.source.partial);
        CHECK_INT(findings_count(f.findings), 1);
        finish(&f);
        free(text);
    }
}

static void counts_depth_and_values(void)
{
    struct fixture f;
    char text[200] = "a: ";
    for (int i = 0; i < LIMIT_YAML_DEPTH; i++) {
        strcat(text, "[");
    }
    size_t length = strlen(text);
    memset(text + length, ']', LIMIT_YAML_DEPTH);
    read_text(&f, text); /* the map is the first level, the innermost list one too many */
    check_first(&f, FINDING_YAML_DEPTH, 1, 3 + LIMIT_YAML_DEPTH);
    finish(&f);
    size_t count = LIMIT_YAML_NODES + 5;
    char *many = malloc(2 * count + 2);
    for (size_t i = 0; i < count; i++) {
        memcpy(many + 1 + 2 * i, "a,", 2);
    }
    many[0] = '[';
    many[2 * count] = ']';
    read_bytes(&f, many, 2 * count + 1);
    check_first(&f, FINDING_YAML_SIZE, 1, 2 + 2 * (LIMIT_YAML_NODES - 1));
    CHECK_INT(f.root->count, LIMIT_YAML_NODES - 1);
    finish(&f);
    free(many);
}

static void one_document_is_enough(void)
{
    struct fixture f;
    read_text(&f, "---\na: 1\n---\nb: 2\n");
    check_first(&f, FINDING_YAML_DOCUMENTS, 3, 1);
    CHECK(yaml_get(f.root, "a") != NULL && yaml_get(f.root, "b") == NULL);
    finish(&f);
    read_text(&f, "---\na: 1\n...\n");
    CHECK_INT(findings_count(f.findings), 0);
    finish(&f);
}

static void bad_bytes_are_placed_and_survived(void)
{
    struct fixture f;
    read_text(&f, "a: 제\xFF목\nb: \xC0\x80\nc: ok\x01\n");
    CHECK_INT(findings_count(f.findings), 2);
    check_first(&f, FINDING_NOT_UTF8, 1, 5);
    CHECK(strstr(findings_get(f.findings, 0)->message, "3 such places") != NULL);
    CHECK_INT(findings_get(f.findings, 1)->code, FINDING_CONTROL_CHARACTER);
    CHECK_INT(findings_get(f.findings, 1)->line, 3);
    CHECK_INT(findings_get(f.findings, 1)->column, 6);
    check_node(yaml_get(f.root, "a"), "제\xEF\xBF\xBD목", 1, 4);
    finish(&f);
    read_bytes(&f, "a: \0b\n", 6);
    check_first(&f, FINDING_CONTROL_CHARACTER, 1, 4);
    finish(&f);
}

int main(void)
{
    RUN(knows_where_everything_stands);
    RUN(counts_lines_as_editors_do);
    RUN(knows_what_is_empty);
    RUN(keeps_what_stands_before_a_mistake);
    RUN(says_where_a_quote_began);
    RUN(refuses_anchors_aliases_and_tags);
    RUN(a_bomb_of_aliases_does_not_go_off);
    RUN(the_first_of_two_keys_counts);
    RUN(deep_nesting_is_cheap);
    RUN(counts_depth_and_values);
    RUN(one_document_is_enough);
    RUN(bad_bytes_are_placed_and_survived);
    return check_report();
}
