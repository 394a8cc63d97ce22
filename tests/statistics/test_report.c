/* What a report tells, in its three forms. */
#include "statistics/report.h"

#include "season.h"

#include "check.h"

#include <stdlib.h>

static struct cells a_year(int visits)
{
    struct cells cells = {NULL, 0, 0};
    struct season season = {.state = 3, .visits = visits};
    for (int64_t day = cells_days(20260401); day <= cells_days(20260512); day++) {
        struct cells own = {NULL, 0, 0};
        int span = cells_span_of_days(day);
        season_day(&season, span, &own);
        for (size_t i = 0; i < own.count; i++) {
            const struct cell *cell = &own.items[i];
            CHECK(cells_add(&cells, cell->span, cell->kind, cell->name, cell->bin, cell->n));
        }
        int64_t n = cells_sum(&own, CELL_VISITS, NULL);
        if (n > 0) {
            cells_add(&cells, span, CELL_DAYS, NULL, cells_day_bin((double)n), 1);
            cells_add(&cells, span, CELL_RATE, NULL, cells_rate_bin((double)n / 8), 1);
        }
        cells_finish(&own);
    }
    return cells;
}

static char *tell(void (*report)(const struct figures *, const struct report_words *, FILE *),
    const struct cells *cells, const struct report_words *words, int from, int to)
{
    struct figures figures;
    char *text = NULL;
    size_t length = 0;
    CHECK(figures_make(cells, from, to, &figures));
    FILE *stream = open_memstream(&text, &length);
    report(&figures, words, stream);
    fclose(stream);
    figures_finish(&figures);
    return text;
}

static const struct report_words no_words = {.title = "A telegram"};

static void a_period_is_what_lies_in_it(void)
{
    struct cells cells = {NULL, 0, 0};
    struct figures f;
    cells_add(&cells, 20260000, CELL_VISITS, NULL, 0, 1);
    cells_add(&cells, 20260300, CELL_VISITS, NULL, 0, 20);
    cells_add(&cells, 20260500, CELL_VISITS, NULL, 0, 3);
    cells_add(&cells, 20260512, CELL_VISITS, NULL, 0, 30);
    cells_add(&cells, 20260513, CELL_VISITS, NULL, 0, 40);
    static const struct {
        int from, to;
        int64_t visits, left_out;
    } cases[] = {{0, 0, 94, 0}, {20260501, 0, 73, 1}, {20260513, 0, 40, 4}, {20260301, 20260331, 20, 1},
        {20260315, 20260331, 0, 21}, {20250101, 20261231, 94, 0}, {20250101, 20251231, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK(figures_make(&cells, cases[i].from, cases[i].to, &f));
        CHECK_THAT(f.visits == cases[i].visits && f.left_out == cases[i].left_out,
            "case %zu: %d, %d left out", i, (int)f.visits, (int)f.left_out);
        figures_finish(&f);
    }
    cells_finish(&cells);
}

/* No number under five about visitors anywhere in the table. */
static void small_numbers_are_nowhere(void)
{
    static const int visits[] = {1, 2, 5, 40};
    for (size_t i = 0; i < sizeof visits / sizeof visits[0]; i++) {
        struct cells cells = a_year(visits[i]);
        char *csv = tell(report_csv, &cells, &no_words, 0, 0);
        int rows = 0, small = 0;
        char *rest = csv;
        for (char *line = strtok_r(csv, "\r\n", &rest); line != NULL; line = strtok_r(NULL, "\r\n", &rest)) {
            const char *value = strrchr(line, ',') + 1;
            bool personal = strncmp(line, "visits", 6) == 0 && strncmp(line, "visits a", 8) != 0;
            rows++;
            small += personal && atoi(value) > 0 && atoi(value) < CELL_LEAST;
        }
        CHECK_THAT(small == 0, "%d visits a day: %d of %d rows", visits[i], small, rows);
        CHECK(rows > 10);
        free(csv);
        cells_finish(&cells);
    }
}

static void fields_are_quoted_as_the_standard_says(void)
{
    struct cells cells = {NULL, 0, 0};
    cells_add(&cells, 20260512, CELL_VISITS, NULL, 0, 30);
    cells_add(&cells, 20260512, CELL_SEEN, "a \"b\", c", 0, 30);
    char *csv = tell(report_csv, &cells, &no_words, 0, 0);
    CHECK(strncmp(csv, "table,name,from,to,value\r\nvisits,,2026-05-12,2026-05-13,30\r\n", 60) == 0);
    CHECK_THAT(strstr(csv, "visits that saw a place,\"a \"\"b\"\", c\",,,30\r\n") != NULL, "%s", csv);
    for (const char *at = csv; *at != '\0'; at++) {
        CHECK((*at != '\n' || at[-1] == '\r') && (*at != '\r' || at[1] == '\n'));
    }
    free(csv);
    cells_finish(&cells);
}

static int columns(const char *line, size_t length)
{
    int count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)line[i] & 0xc0) != 0x80;
    }
    return count;
}

static void text_fits_a_terminal(void)
{
    struct cells cells = a_year(40);
    cells_add(&cells, 20260512, CELL_NOTE, "suspect", 0, 12);
    cells_add(&cells, 20260512, CELL_NOTE, "clock", 0, 1);
    char *text = tell(report_text, &cells, &no_words, 0, 0);
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        CHECK_THAT(columns(line, length) <= 80, "%.*s", (int)length, line);
    }
    CHECK_THAT(strstr(text, "A telegram: Visits, 1 April 2026 to 12 May 2026\n") == text, "%.80s", text);
    CHECK(strstr(text, "length of a visit") != NULL && strstr(text, "; half of them ") != NULL);
    CHECK(strstr(text, "█") != NULL);
    CHECK(strstr(text, "12 visits are left out because they were probably nobody") != NULL);
    CHECK(strstr(text, "Once the clock was set forward") != NULL);
    CHECK(strstr(text, "verage") == NULL && strstr(text, "mean ") == NULL);
    free(text);
    cells_finish(&cells);
}

static void nothing_is_told_of_nothing(void)
{
    struct cells none = {NULL, 0, 0}, few = {NULL, 0, 0};
    char *text = tell(report_text, &none, &no_words, 0, 0);
    CHECK(strstr(text, "Nothing is known") != NULL);
    free(text);
    cells_add(&few, 20260512, CELL_VISITS, NULL, 0, 3);
    cells_add(&few, 20260512, CELL_LANGUAGE, "ko", 0, 3);
    cells_add(&few, 20260512, CELL_LENGTH, NULL, 4, 3);
    text = tell(report_text, &few, &no_words, 0, 0);
    CHECK(strstr(text, "fewer than 5") != NULL);
    CHECK(strstr(text, "ko") == NULL);
    free(text);
    char *csv = tell(report_csv, &few, &no_words, 0, 0);
    CHECK(strstr(csv, "ko") == NULL);
    free(csv);
    cells_finish(&few);
}

static int count(const char *text, const char *word)
{
    int found = 0;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        found++;
    }
    return found;
}

/* What a reader of the page's source can see without a browser; test_page.sh asks one. */
static void the_page_is_sound(void)
{
    struct cells cells = a_year(40);
    static const struct report_words words = {.title = "A <telegram> & \"more\""};
    cells_add(&cells, 20260512, CELL_SEEN, "<script>alert(1)</script>", 0, 30);
    cells_add(&cells, 20260512, CELL_NOTE, "suspect", 0, 12);
    char *page = tell(report_html, &cells, &words, 0, 0);
    static const char *const pairs[] = {
        "section", "table", "tbody", "svg", "dl", "ul", "li", "tr", "h2", "p", "div"};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char begins[16], begins_with[16], ends[16];
        snprintf(begins, sizeof begins, "<%s>", pairs[i]);
        snprintf(begins_with, sizeof begins_with, "<%s ", pairs[i]);
        snprintf(ends, sizeof ends, "</%s>", pairs[i]);
        int opened = count(page, begins) + count(page, begins_with);
        CHECK_THAT(opened > 0 && opened == count(page, ends), "%s: %d opened, %d closed", pairs[i], opened,
            count(page, ends));
    }
    CHECK(strncmp(page, "<!DOCTYPE html>\n<html lang=\"en\">", 32) == 0);
    CHECK(strstr(page, "<title>Visits: A &lt;telegram&gt; &amp; &quot;more&quot;</title>") != NULL);
    CHECK(strstr(page, "<script") == NULL && strstr(page, "http") == NULL && strstr(page, "url(") == NULL);
    CHECK_INT(count(page, "<h1>"), 1);
    CHECK_INT(count(page, "role=\"img\" aria-label=\""), 3); /* charts; the others are tables themselves */
    CHECK(strstr(page, "href=\"#table-length\"") != NULL &&
          strstr(page, "<table id=\"table-length\">") != NULL);
    CHECK(strstr(page, "nan") == NULL && strstr(page, "inf\"") == NULL && strstr(page, "\"-") == NULL);
    FILE *file = fopen(TEST_BINARY_DIR "/statistics-report.html", "w");
    CHECK(file != NULL && fputs(page, file) >= 0 && fclose(file) == 0);
    free(page);
    cells_finish(&cells);
    struct cells none = {NULL, 0, 0};
    page = tell(report_html, &none, &no_words, 0, 0);
    CHECK(strstr(page, "Nothing is known of this period.") != NULL && strstr(page, "</html>") != NULL);
    free(page);
}

int main(void)
{
    RUN(the_page_is_sound);
    RUN(a_period_is_what_lies_in_it);
    RUN(small_numbers_are_nowhere);
    RUN(fields_are_quoted_as_the_standard_says);
    RUN(text_fits_a_terminal);
    RUN(nothing_is_told_of_nothing);
    return check_report();
}
