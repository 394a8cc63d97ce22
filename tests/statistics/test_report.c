/* What a report tells, in its three forms. */
#include "statistics/report.h"

#include "season.h"

#include "check.h"

#include <locale.h>
#include <stdlib.h>
#include <wchar.h>

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

static struct interface *player, *words;

typedef void report_function(const struct report *, FILE *);

static char *tell_all(
    report_function *report, const struct report_exhibit *exhibits, size_t count, const char *language)
{
    const struct report whole = {player, words, language, exhibits, count};
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    report(&whole, stream);
    fclose(stream);
    return text;
}

static char *tell(report_function *report, const struct cells *cells, const char *title, const char *language)
{
    struct figures figures;
    CHECK(figures_make(cells, 0, 0, &figures));
    const struct report_exhibit exhibit = {.title = title, .figures = &figures};
    char *text = tell_all(report, &exhibit, 1, language);
    figures_finish(&figures);
    return text;
}

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
        char *csv = tell(report_csv, &cells, "A telegram", "en");
        int rows = 0, small = 0;
        char *rest = csv;
        for (char *line = strtok_r(csv, "\r\n", &rest); line != NULL; line = strtok_r(NULL, "\r\n", &rest)) {
            const char *value = strrchr(line, ',') + 1;
            const char *table = strchr(line, ',') + 1;
            bool personal = strncmp(table, "visits", 6) == 0 && strncmp(table, "visits a", 8) != 0;
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
    cells_add(&cells, 20260512, CELL_SEEN, "=HYPERLINK(A1,B1)", 0, 30); /* a title may be anything */
    cells_add(&cells, 20260512, CELL_SEEN, "@SUM(A1)", 0, 30);
    char *csv = tell(report_csv, &cells, "A telegram", "en");
    CHECK(strncmp(csv, "exhibit,table,name,from,to,value\r\nA telegram,visits,,2026-05-12,2026-05-13,30\r\n",
              79) == 0);
    CHECK_THAT(strstr(csv, "visits that saw a place,\"a \"\"b\"\", c\",,,30\r\n") != NULL, "%s", csv);
    CHECK(strstr(csv, ",\"'=HYPERLINK(A1,B1)\",,,30\r\n") != NULL &&
          strstr(csv, ",'@SUM(A1),,,30\r\n") != NULL);
    for (const char *at = csv; *at != '\0'; at++) {
        CHECK((*at != '\n' || at[-1] == '\r') && (*at != '\r' || at[1] == '\n'));
    }
    free(csv);
    cells_finish(&cells);
}

/* The columns of a terminal, by its own rules. */
static int columns(const char *line, size_t length)
{
    wchar_t wide[400];
    char copy[800];
    snprintf(copy, sizeof copy, "%.*s", (int)length, line);
    size_t count = mbstowcs(wide, copy, 400);
    int all = 0;
    for (size_t i = 0; i < count && count < 400; i++) {
        int width = wcwidth(wide[i]);
        all += width > 0 ? width : 0;
    }
    return all;
}

/* Where the figure at the end of a row's second column stands: the bars begin at one column in all rows. */
static int bar_at(const char *line, size_t length)
{
    for (size_t i = 0; i + 2 < length; i++) {
        if (memcmp(line + i, "\xe2\x96", 2) == 0) { /* block elements */
            return columns(line, i);
        }
    }
    return -1;
}

static const char *const languages[] = {
    "en", "ko", "zh-Hans", "zh-Hant", "ja", "ru", "el", "ar", "he", "hi", "th"};

static void text_fits_a_terminal(void)
{
    struct cells cells = a_year(40);
    cells_add(&cells, 20260512, CELL_NOTE, "suspect", 0, 12);
    cells_add(&cells, 20260512, CELL_NOTE, "clock", 0, 1);
    cells_add(
        &cells, 20260512, CELL_SEEN, "전보를 읽고 나서 무엇을 생각했는지 쓰는 아주 긴 제목의 자리", 0, 300);
    bool can_measure = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
        char *text = tell(report_text, &cells, "A telegram", languages[l]);
        int bars = 0;
        for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
            size_t length = strcspn(line, "\n");
            CHECK_THAT(
                !can_measure || columns(line, length) <= 80, "%s: %.*s", languages[l], (int)length, line);
            int at = bar_at(line, length);
            CHECK_THAT(!can_measure || at < 0 || at == 48, "%s: the bar begins at %d: %.*s", languages[l], at,
                (int)length, line);
            bars += at >= 0;
        }
        CHECK(bars > 50 && strncmp(text, "A telegram\n", 11) == 0);
        CHECK_THAT(
            strstr(text, "statistics.") == NULL && strstr(text, "{0}") == NULL, "%s: %s", languages[l], text);
        free(text);
    }
    char *text = tell(report_text, &cells, "A telegram", "en");
    CHECK_THAT(strstr(text, "A telegram\nVisits: 1 April – 12 May 2026\n") == text, "%.80s", text);
    CHECK(strstr(text, "length of a visit") != NULL && strstr(text, "; middle half: ") != NULL);
    CHECK(strstr(text, "probably nobody") != NULL && strstr(text, "screen): 12\n") != NULL);
    CHECK(strstr(text, "clock was set forward") != NULL);
    CHECK(strstr(text, "verage") == NULL);
    free(text);
    cells_finish(&cells);
}

static void nothing_is_told_of_nothing(void)
{
    struct cells none = {NULL, 0, 0}, few = {NULL, 0, 0};
    char *text = tell(report_text, &none, "A telegram", "en");
    CHECK(strstr(text, "Nothing is known") != NULL);
    free(text);
    cells_add(&few, 20260512, CELL_VISITS, NULL, 0, 3);
    cells_add(&few, 20260512, CELL_LANGUAGE, "ko", 0, 3);
    cells_add(&few, 20260512, CELL_LENGTH, NULL, 4, 3);
    text = tell(report_text, &few, "A telegram", "en");
    CHECK(strstr(text, "under 5") != NULL);
    CHECK(strstr(text, "ko") == NULL);
    free(text);
    char *csv = tell(report_csv, &few, "A telegram", "en");
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
    cells_add(&cells, 20260512, CELL_SEEN, "<script>alert(1)</script>", 0, 30);
    cells_add(&cells, 20260512, CELL_NOTE, "suspect", 0, 12);
    char *page = tell(report_html, &cells, "A <telegram> & \"more\"", "en");
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
    CHECK_INT(count(page, "<h1><bdi>"), 1);
    CHECK_INT(
        count(page, "role=\"img\" aria-labelledby=\""), 3); /* charts; the others are tables themselves */
    CHECK(strstr(page, "<title id=\"chart-stay-1-name\">") != NULL &&
          strstr(page, "<desc id=\"chart-stay-1-said\">Half of the visits lasted ") != NULL);
    CHECK_INT(count(page, "<details><summary>The figures as a table</summary>"), 3);
    CHECK(strstr(page, "<h2 id=\"came-1\">Half of the days had ") != NULL);
    CHECK(strstr(page, ">Busiest: S") != NULL); /* the season's weekends are */
    CHECK(strstr(page, "nan") == NULL && strstr(page, "inf\"") == NULL && strstr(page, "\"-") == NULL);
    FILE *file = fopen(TEST_BINARY_DIR "/statistics-report.html", "w");
    CHECK(file != NULL && fputs(page, file) >= 0 && fclose(file) == 0);
    free(page);
    cells_finish(&cells);
    struct cells none = {NULL, 0, 0};
    page = tell(report_html, &none, "A telegram", "en");
    CHECK(strstr(page, "Nothing is known of this period.") != NULL && strstr(page, "</html>") != NULL);
    free(page);
}

/* Every language has all its words, and its own direction; two exhibits are two articles, one after the
 * other, each with ids of its own. */
static void a_page_of_two_exhibits_in_every_language(void)
{
    struct cells first = a_year(40), second = a_year(12), third = {NULL, 0, 0};
    struct figures figures[3];
    cells_add(&first, 20260512, CELL_NOTE, "clock", 0, 1);
    CHECK(figures_make(&first, 0, 0, &figures[0]) && figures_make(&second, 0, 0, &figures[1]) &&
          figures_make(&third, 0, 0, &figures[2]));
    const struct report_exhibit exhibits[] = {
        {.title = "A telegram", .language = "en", .figures = &figures[0]},
        {.title = "편지 한 통", .language = "ko", .figures = &figures[1]}, {.figures = &figures[2]}};
    for (size_t l = 0; l < sizeof languages / sizeof languages[0]; l++) {
        char *page = tell_all(report_html, exhibits, 3, languages[l]);
        char head[60];
        snprintf(head, sizeof head, "<!DOCTYPE html>\n<html lang=\"%s\"", languages[l]);
        CHECK(strncmp(page, head, strlen(head)) == 0);
        bool rtl = strcmp(languages[l], "ar") == 0 || strcmp(languages[l], "he") == 0;
        CHECK((strstr(page, "\" dir=\"rtl\">") != NULL) == rtl);
        CHECK_INT(count(page, "<article "), 3);
        CHECK_INT(count(page, "<h1>"), 1);
        CHECK_INT(count(page, "<h2"), 3);
        CHECK_INT(count(page, "id=\"came-1\""), 1);
        CHECK_INT(count(page, "id=\"came-2\""), 1);
        CHECK(strstr(page, "<h2 lang=\"ko\"><bdi>편지 한 통</bdi></h2>") != NULL);
        CHECK_THAT(
            strstr(page, "statistics.") == NULL && strstr(page, "{0}") == NULL && strstr(page, "{1}") == NULL,
            "%s: words are missing", languages[l]);
        char path[200];
        snprintf(path, sizeof path, TEST_BINARY_DIR "/statistics-report.%s.html", languages[l]);
        FILE *file = fopen(path, "w");
        CHECK(file != NULL && fputs(page, file) >= 0 && fclose(file) == 0);
        free(page);
    }
    char *csv = tell_all(report_csv, exhibits, 2, "en");
    CHECK(strstr(csv, "\r\nA telegram,visits,,2026-04-01,") != NULL &&
          strstr(csv, "\r\n편지 한 통,visits,,2026-04-01,") != NULL);
    free(csv);
    char *text = tell_all(report_text, exhibits, 3, "en");
    CHECK(strstr(text, "\nAn exhibit without a title\n  Nothing is known of this period.\n") != NULL);
    free(text);
    for (int i = 0; i < 3; i++) {
        figures_finish(&figures[i]);
    }
    cells_finish(&first);
    cells_finish(&second);
}

int main(void)
{
    struct error err = {0};
    player = interface_open(TEST_SOURCE_DIR "/assets/interface", &err);
    words = player != NULL ? interface_open(TEST_SOURCE_DIR "/assets/report", &err) : NULL;
    CHECK_THAT(words != NULL, "%s", err.message);
    if (words == NULL) {
        return check_report();
    }
    RUN(the_page_is_sound);
    RUN(a_period_is_what_lies_in_it);
    RUN(small_numbers_are_nowhere);
    RUN(fields_are_quoted_as_the_standard_says);
    RUN(text_fits_a_terminal);
    RUN(nothing_is_told_of_nothing);
    RUN(a_page_of_two_exhibits_in_every_language);
    interface_destroy(player);
    interface_destroy(words);
    return check_report();
}
