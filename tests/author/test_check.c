/* vitrine check, as a curator meets it: silent when all is well, otherwise one line for each mistake, where
 * it is. */
#include "work.h"

#define BROKEN TEST_SOURCE_DIR "/tests/broken"

static void is_silent_about_the_telegram(void)
{
    struct run run = work_run(author_check, "check " WORK_TELEGRAM);
    CHECK_INT(run.code, 0);
    CHECK_TEXT(run.out, "");
    CHECK_TEXT(run.err, "");
    work_done(&run);
}

static void is_silent_about_the_small_example(void)
{
    struct run run = work_run(author_check, "check " TEST_SOURCE_DIR "/tests/exhibits/small");
    CHECK_INT(run.code, 0);
    CHECK_TEXT(run.out, "");
    work_done(&run);
}

static void is_silent_about_ten_languages(void)
{
    struct run run = work_run(author_check, "check " TEST_SOURCE_DIR "/tests/exhibits/languages");
    CHECK_INT(run.code, 0);
    CHECK_TEXT(run.out, "");
    work_done(&run);
}

/* Each folder of tests/broken has one mistake, and expected.txt says which and where. */
static bool check_broken(int code, const char *folder, const char *place)
{
    char words[1200], line[1200], end[40];
    bool site = code >= 900; /* the finding is in a site file */
    snprintf(words, sizeof words, "check %s" BROKEN "/%s%s", site ? "--site " : "", folder,
        site ? "/site.yaml" : "");
    snprintf(line, sizeof line, BROKEN "/%s/%s: ", folder, place);
    snprintf(end, sizeof end, "[VIT-%d]\n", code);
    struct run run = work_run(author_check, words);
    size_t length = strlen(run.out), tail = strlen(end);
    bool error = strncmp(run.out + (strlen(line) < length ? strlen(line) : length), "error: ", 7) == 0;
    bool good = work_lines(run.out) == 1 && strncmp(run.out, line, strlen(line)) == 0 && length > tail &&
                strcmp(run.out + length - tail, end) == 0 && run.code == (error ? 1 : 0);
    CHECK_THAT(good, "%s gave code %d and\n%s%s", folder, run.code, run.out, run.err);
    work_done(&run);
    return good;
}

static void finds_each_mistake(void)
{
    size_t size;
    char *list = files_read(BROKEN "/expected.txt", &size), *rest = list;
    CHECK(list != NULL);
    int seen = 0;
    for (char *line = list != NULL ? strtok_r(list, "\n", &rest) : NULL; line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        int code;
        char folder[200], place[400];
        if (line[0] != '#' && sscanf(line, "%d %199s %399s", &code, folder, place) == 3 && code >= 800) {
            seen += check_broken(code, folder, place);
        }
    }
    CHECK(seen >= 7);
    free(list);
}

/* Findings of the reader pass through the same command: two of them are enough here, tests/exhibit has them
 * all. */
static void passes_on_what_the_reader_found(void)
{
    struct run run =
        work_run(author_check, "check " BROKEN "/209-bad-date " BROKEN "/704-sentence-long " WORK_TELEGRAM);
    CHECK_INT(run.code, 1);
    CHECK_INT(work_lines(run.out), 2);
    CHECK(strstr(run.out, "[VIT-209]") != NULL && strstr(run.out, "[VIT-704]") != NULL);
    work_done(&run);
    run = work_run(author_check, "check " BROKEN "/704-sentence-long");
    CHECK_INT(run.code, 0);
    CHECK(strstr(run.out, ": warning: ") != NULL);
    work_done(&run);
}

static void a_single_image_is_an_exhibit(void)
{
    struct run run =
        work_run(author_check, "check " BROKEN "/805-image-feature/documents/letter/pages/1.png");
    CHECK_INT(run.code, 0);
    CHECK_THAT(
        strncmp(run.out, BROKEN "/805-image-feature/documents/letter/pages/1.png:", strlen(BROKEN) + 48) == 0,
        "%s", run.out);
    CHECK(strstr(run.out, "[VIT-805]") != NULL);
    work_done(&run);
}

static void says_what_cannot_be_opened(void)
{
    struct run run = work_run(author_check, "check no/such/exhibit");
    CHECK_INT(run.code, 1);
    CHECK_TEXT(run.out, "");
    CHECK_INT(work_lines(run.err), 1);
    CHECK(strstr(run.err, "no/such/exhibit") != NULL);
    work_done(&run);
    run = work_run(author_check, "check no/such/exhibit " WORK_TELEGRAM " nor/this/one");
    CHECK_INT(run.code, 1);
    CHECK_INT(work_lines(run.err), 2);
    work_done(&run);
}

static void refuses_wrong_words(void)
{
    struct run run = work_run(author_check, "check");
    CHECK_INT(run.code, 2);
    CHECK_INT(work_lines(run.err), 1);
    work_done(&run);
    run = work_run(author_check, "check --quiet " WORK_TELEGRAM);
    CHECK_INT(run.code, 2);
    CHECK_TEXT(run.err, "vitrine: check has no option --quiet: see vitrine help check\n");
    work_done(&run);
}

int main(void)
{
    RUN(is_silent_about_the_telegram);
    RUN(is_silent_about_the_small_example);
    RUN(is_silent_about_ten_languages);
    RUN(finds_each_mistake);
    RUN(passes_on_what_the_reader_found);
    RUN(a_single_image_is_an_exhibit);
    RUN(says_what_cannot_be_opened);
    RUN(refuses_wrong_words);
    return check_report();
}
