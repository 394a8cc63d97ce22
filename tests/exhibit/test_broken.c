/* Every code has a broken exhibit, or site file, that yields exactly that finding, there and nowhere else;
 * and every code is explained to curators. The codes 8xx need decoders and fonts: for them the folder must be
 * clean as far as this room sees. */
#include "exhibit/exhibit.h"
#include "exhibit/site.h"

#include "base/array.h"

#include "check.h"
#include "files.h"

#include <stdlib.h>

#define ROWS_MAX 200
/* From here on codes are of a display, which author.stand has; and then of site files. */
#define OF_DISPLAYS 901
#define OF_SITES 921

struct row {
    int code, line, column;
    char folder[80], file[120];
};

struct rows {
    struct row items[ROWS_MAX];
    size_t count;
};

static void read_rows(struct rows *rows)
{
    FILE *file = fopen(TEST_SOURCE_DIR "/tests/broken/expected.txt", "r");
    char line[400];
    CHECK(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL && rows->count < ROWS_MAX) {
        struct row *row = &rows->items[rows->count];
        if (line[0] == '#') {
            continue;
        }
        bool good = sscanf(line, "%d %79s %119[^:]:%d:%d", &row->code, row->folder, row->file, &row->line,
                        &row->column) == 5;
        CHECK_THAT(good, "%s", line);
        rows->count += good;
    }
    if (file != NULL) {
        fclose(file);
    }
}

static struct exhibit *read_row(const struct row *row, struct findings *findings)
{
    char path[500];
    struct error err = {0};
    struct exhibit *exhibit = NULL;
    struct site site;
    if (row->code >= OF_SITES) {
        snprintf(path, sizeof path, "%s/tests/broken/%s/%s", TEST_SOURCE_DIR, row->folder, row->file);
        CHECK_THAT(site_read(path, &site, findings, &err), "%s: %s", row->folder, err.message);
        return NULL;
    }
    snprintf(path, sizeof path, "%s/tests/broken/%s", TEST_SOURCE_DIR, row->folder);
    exhibit = exhibit_open(path, findings, &err);
    CHECK_THAT(exhibit != NULL, "%s: %s", row->folder, err.message);
    if (exhibit != NULL) {
        CHECK(exhibit_load_all(exhibit));
    }
    return exhibit;
}

static void check_row(const struct row *row)
{
    struct findings *findings = findings_create();
    struct exhibit *exhibit = read_row(row, findings);
    size_t wanted = row->code < 800 || row->code >= OF_SITES ? 1 : 0;
    CHECK_THAT(findings_count(findings) == wanted, "%s: %zu findings", row->folder, findings_count(findings));
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_get(findings, i);
        const struct finding_kind *kind = finding_kind_find(finding->code);
        bool same = finding->code == row->code && strcmp(finding->file, row->file) == 0 &&
                    finding->line == row->line && finding->column == row->column;
        CHECK_THAT(same && wanted == 1, "%s: %s:%d:%d: %s [VIT-%d]", row->folder, finding->file,
            finding->line, finding->column, finding->message, finding->code);
        CHECK(kind != NULL && kind->severity == finding->severity);
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
}

static void each_yields_its_finding(void)
{
    static struct rows rows;
    read_rows(&rows);
    CHECK(rows.count > 50);
    for (size_t i = 0; i < rows.count; i++) {
        check_row(&rows.items[i]);
    }
}

static void every_code_has_one(void)
{
    static struct rows rows;
    size_t count;
    const struct finding_kind *kinds = finding_kinds(&count);
    read_rows(&rows);
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        if (kinds[i].code >= OF_DISPLAYS && kinds[i].code < OF_SITES) {
            continue;
        }
        for (size_t j = 0; j < rows.count; j++) {
            char name[100];
            snprintf(name, sizeof name, "%d-%s", kinds[i].code, kinds[i].name);
            found += rows.items[j].code == kinds[i].code && strcmp(rows.items[j].folder, name) == 0;
        }
        CHECK_THAT(found == 1, "VIT-%d (%s) has %zu broken exhibits", kinds[i].code, kinds[i].name, found);
    }
    for (size_t j = 0; j < rows.count; j++) {
        CHECK_THAT(finding_kind_find(rows.items[j].code) != NULL, "VIT-%d is no code", rows.items[j].code);
    }
}

/* Each code's line: "| VIT-101 | file-missing | cause | cure |". */
static void every_code_is_explained(void)
{
    size_t count;
    const struct finding_kind *kinds = finding_kinds(&count);
    char *guide = files_read(TEST_SOURCE_DIR "/exhibits/README.md", NULL);
    CHECK(guide != NULL);
    for (size_t i = 0; i < count && guide != NULL; i++) {
        char start[120];
        snprintf(start, sizeof start, "\n| VIT-%d | %s | ", kinds[i].code, kinds[i].name);
        const char *line = strstr(guide, start);
        CHECK_THAT(line != NULL, "no line \"%s\" in exhibits/README.md", start + 1);
        size_t bars = 0, length = 0;
        for (const char *at = line != NULL ? line + 1 : ""; *at != '\0' && *at != '\n'; at++, length++) {
            bars += *at == '|';
        }
        CHECK_THAT(
            line == NULL || (bars == 5 && length > strlen(start) + 30), "%s lacks cause or cure", start + 1);
    }
    free(guide);
}

int main(void)
{
    RUN(each_yields_its_finding);
    RUN(every_code_has_one);
    RUN(every_code_is_explained);
    return check_report();
}
