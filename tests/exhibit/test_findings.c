/* Findings are kept in order, counted past the limit, sorted and printed as the contract says. */
#include "exhibit/findings.h"

#include "check.h"

#include <stdlib.h>

static char *printed(const struct findings *findings, const char *folder)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    findings_print(findings, folder, stream);
    fclose(stream);
    return text;
}

static void prints_file_line_column(void)
{
    struct findings *findings = findings_create();
    findings_add(findings, FINDING_BAD_DATE, "timeline.yaml", 4, 9, "the calendar has no %s", "1951-02-29");
    findings_add(findings, FINDING_SENTENCE_LONG, "notes/a.en.md", 3, 1, "long");
    char *text = printed(findings, "exhibits/x");
    CHECK_TEXT(text, "exhibits/x/timeline.yaml:4:9: error: the calendar has no 1951-02-29 [VIT-209]\n"
                     "exhibits/x/notes/a.en.md:3:1: warning: long [VIT-704]\n");
    free(text);
    text = printed(findings, NULL);
    CHECK(strncmp(text, "timeline.yaml:4:9: ", 19) == 0);
    free(text);
    text = printed(findings, "x/");
    CHECK(strncmp(text, "x/timeline.yaml", 15) == 0);
    free(text);
    CHECK_INT(findings_count(findings), 2);
    CHECK_INT(findings_errors(findings), 1);
    findings_destroy(findings);
}

static void sorts_by_place(void)
{
    struct findings *findings = findings_create();
    findings_add(findings, FINDING_HTML, "b", 1, 1, "4");
    findings_add(findings, FINDING_HTML, "a", 10, 1, "3");
    findings_add(findings, FINDING_HTML, "a", 9, 20, "2");
    findings_add(findings, FINDING_HTML, "a", 9, 3, "1");
    findings_sort(findings);
    for (size_t i = 0; i < 4; i++) {
        CHECK_INT(findings_get(findings, i)->message[0] - '0', (int)i + 1);
    }
    CHECK(findings_get(findings, 4) == NULL);
    findings_destroy(findings);
}

static void counts_past_the_limit(void)
{
    struct findings *findings = findings_create();
    for (int i = 0; i < FINDINGS_MAX + 7; i++) {
        findings_add(findings, FINDING_HTML, "a", i + 1, 1, "x");
    }
    CHECK_INT(findings_count(findings), FINDINGS_MAX);
    CHECK_INT(findings_errors(findings), FINDINGS_MAX + 7);
    CHECK_INT(findings_left_out(findings), 7);
    char *text = printed(findings, NULL);
    CHECK(strstr(text, "\n7 more are not listed") != NULL);
    free(text);
    findings_destroy(findings);
}

static void keeps_messages_on_one_line(void)
{
    struct findings *findings = findings_create();
    findings_add(findings, FINDING_HTML, "a", 0, -3, "one\ntwo\x1b[31m\x7f");
    CHECK_TEXT(findings_get(findings, 0)->message, "one two [31m ");
    CHECK_INT(findings_get(findings, 0)->line, 1);
    CHECK_INT(findings_get(findings, 0)->column, 1);
    findings_destroy(findings);
}

static void may_go_nowhere(void)
{
    findings_add(NULL, FINDING_HTML, "a", 1, 1, "x");
    findings_destroy(NULL);
    CHECK(finding_kind_find(100) == NULL);
}

static void codes_and_names_are_unique(void)
{
    size_t count;
    const struct finding_kind *kinds = finding_kinds(&count);
    CHECK(count > 50);
    for (size_t i = 0; i < count; i++) {
        CHECK(finding_kind_find(kinds[i].code) == &kinds[i]);
        CHECK(i == 0 || kinds[i].code > kinds[i - 1].code);
        for (size_t j = 0; j < i; j++) {
            CHECK_THAT(strcmp(kinds[i].name, kinds[j].name) != 0, "%s twice", kinds[i].name);
        }
    }
}

int main(void)
{
    RUN(prints_file_line_column);
    RUN(sorts_by_place);
    RUN(counts_past_the_limit);
    RUN(keeps_messages_on_one_line);
    RUN(may_go_nowhere);
    RUN(codes_and_names_are_unique);
    return check_report();
}
