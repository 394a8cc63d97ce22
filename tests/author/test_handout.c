/* The page for print: a PDF whose parts are where its table says, the same bytes each time, in every
 * language. */
#include "work.h"

#include <string.h>

#define FILE_A TEST_BINARY_DIR "/handout-a.pdf"
#define FILE_B TEST_BINARY_DIR "/handout-b.pdf"

static char *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, 8 << 20);
    *size = file != NULL && bytes != NULL ? fread(bytes, 1, (8 << 20) - 1, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

static bool holds(const char *bytes, size_t size, const char *words)
{
    return memmem(bytes, size, words, strlen(words)) != NULL;
}

/* Each number in the table of objects is where "N 0 obj" begins; returns how many pages there are. */
static int check_pdf(const char *bytes, size_t size)
{
    const char *last = NULL;
    CHECK(size > 1000 && strncmp(bytes, "%PDF-1.4\n", 9) == 0 && strcmp(bytes + size - 6, "%%EOF\n") == 0);
    for (size_t i = size > 200 ? size - 200 : 0; i < size; i++) {
        last = strncmp(bytes + i, "startxref\n", 10) == 0 ? bytes + i : last;
    }
    long table = last != NULL ? strtol(last + 10, NULL, 10) : 0;
    CHECK(table > 0 && table < (long)size && strncmp(bytes + table, "xref\n0 ", 7) == 0);
    if (table <= 0 || table >= (long)size) {
        return 0;
    }
    long count = strtol(bytes + table + 7, NULL, 10);
    const char *row = strchr(bytes + table + 7, '\n') + 1;
    for (long i = 1; i < count; i++) {
        char head[40];
        long at = strtol(row + 20 * i, NULL, 10);
        snprintf(head, sizeof head, "%ld 0 obj\n", i);
        CHECK_THAT(at > 0 && at < table && strncmp(bytes + at, head, strlen(head)) == 0, "object %ld", i);
    }
    return (int)((count - 4) / 3);
}

static void every_language_has_its_pages(void)
{
    static const char *const languages[] = {"en", "ko", "zh-Hans", "ru"};
    for (size_t i = 0; i < 4; i++) {
        char words[600];
        size_t size;
        snprintf(
            words, sizeof words, "render " WORK_TELEGRAM " --handout " FILE_A " --lang %s", languages[i]);
        struct run run = work_run(author_render, words);
        CHECK_THAT(run.code == 0 && run.err[0] == '\0', "%s: %s", languages[i], run.err);
        work_done(&run);
        char *bytes = read_all(FILE_A, &size);
        int pages = check_pdf(bytes, size);
        CHECK_THAT(pages >= 3 && pages <= 8, "%s: %d pages", languages[i], pages);
        free(bytes);
    }
}

static void the_same_exhibit_gives_the_same_bytes(void)
{
    size_t a_size, b_size;
    struct run run =
        work_run(author_render, "render " WORK_TELEGRAM " --handout " FILE_A " --lang ko --paper letter");
    CHECK_INT(run.code, 0);
    work_done(&run);
    run = work_run(author_render, "render " WORK_TELEGRAM " --handout " FILE_B " --lang ko --paper letter");
    work_done(&run);
    char *a = read_all(FILE_A, &a_size), *b = read_all(FILE_B, &b_size);
    CHECK(a_size > 0 && a_size == b_size && memcmp(a, b, a_size) == 0);
    CHECK(holds(a, a_size, "/MediaBox [0 0 612.00 792.00]") && holds(a, a_size, "/Lang (ko)"));
    free(a);
    free(b);
}

static void what_cannot_be_is_said(void)
{
    static const struct {
        const char *words, *says;
        int code;
    } rows[] = {
        {"render " WORK_TELEGRAM " --handout page.doc", ".pdf or .png", 2},
        {"render " WORK_TELEGRAM " --handout " TEST_BINARY_DIR "/none/page.pdf", "cannot be written", 3},
        {"render " WORK_TELEGRAM " --handout " FILE_A " --lang fr", "it is in", 2},
        {"render " WORK_TELEGRAM " --handout " FILE_A " --lang en --lang ko", "one language", 2},
        {"render " WORK_TELEGRAM " --handout " FILE_A " --output x", "--handout FILE", 2},
        {"render " WORK_TELEGRAM " --handout " FILE_A " --paper a5", "did you mean a4", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct run run = work_run(author_render, rows[i].words);
        CHECK_THAT(run.code == rows[i].code && strstr(run.err, rows[i].says) != NULL, "row %zu: %d %s", i,
            run.code, run.err);
        work_done(&run);
    }
}

int main(void)
{
    RUN(every_language_has_its_pages);
    RUN(the_same_exhibit_gives_the_same_bytes);
    RUN(what_cannot_be_is_said);
    return check_report();
}
