/* The page for print: a PDF whose parts are where its table says, with words that can be read, the same bytes
 * each time, in every language. */
#include "base/utf8.h"
#include "work.h"

#include <string.h>

#define FILE_A TEST_BINARY_DIR "/handout-a.pdf"
#define FILE_B TEST_BINARY_DIR "/handout-b.pdf"

static bool holds(const char *bytes, size_t size, const char *words)
{
    return memmem(bytes, size, words, strlen(words)) != NULL;
}

/* Each number in the table of objects is where "N 0 obj" begins; returns how many pages there are. */
static int check_pdf(const char *bytes, size_t size)
{
    const char *last = NULL;
    CHECK(size > 1000 && strncmp(bytes, "%PDF-1.5\n", 9) == 0 && strcmp(bytes + size - 6, "%%EOF\n") == 0);
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
    int pages = 0;
    const char page[] = "<< /Type /Page /Parent ";
    for (const char *at = bytes;
         (at = memmem(at, size - (size_t)(at - bytes), page, sizeof page - 1)) != NULL; at++) {
        pages++;
    }
    return pages;
}

/* Without spaces, and without the marks of direction that a reader adds. */
static void squeeze(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0';) {
        struct str rest = str_from(at);
        size_t length = 0;
        uint32_t c = utf8_next(rest, &length);
        if (c > ' ' && !(c >= 0x200E && c <= 0x202E)) {
            memmove(to, at, length);
            to += length;
        }
        at += length;
    }
    *to = '\0';
}

/* What a reader finds in the words of FILE_A. */
static char *words_of(const char *options)
{
    char command[200];
    snprintf(command, sizeof command, "pdftotext %s '" FILE_A "' -", options);
    FILE *pipe = popen(command, "r");
    char *text = calloc(1, 1 << 18);
    size_t length = pipe != NULL && text != NULL ? fread(text, 1, (1 << 18) - 1, pipe) : 0;
    CHECK(pipe != NULL && pclose(pipe) == 0 && length > 1000);
    return text;
}

/* They can be selected, searched and read aloud, in whatever script, and in the order of reading. */
static void every_language_has_its_pages_and_words(void)
{
    static const struct {
        const char *exhibit, *language, *words[3];
    } rows[] = {
        {WORK_TELEGRAM, "en",
            {"A telegram to Stalin", "2. In the evening comrade Mao Zedong has had a meeting with them.",
                "Questions"}},
        {WORK_TELEGRAM, "ko",
            {"스탈린에게 보낸 전보", "2. 저녁에 마오쩌둥 동지가 그들과 회견하였다.",
                "조선 동지들은 필리포프"}},
        {WORK_TELEGRAM, "zh-Hans",
            {"一封致斯大林的电报", "2. 晚间，毛泽东同志会见了他们。", "在同毛泽东同志的谈话中"}},
        {WORK_TELEGRAM, "ru",
            {"Телеграмма Сталину", "2. Вечером товарищ Мао Цзэдун встретился с ними.", "лично с товарищем"}},
        {WORK_LANGUAGES, "ar", {"كلمات للجميع", "الإعلان العالمي لحقوق الإنسان", "وقد وُهبوا عقلًا وضميرًا"}},
        {WORK_LANGUAGES, "he", {"מילים לכולם", "כל בני האדם נולדו בני חורין", "כָּל בְּנֵי הָאָדָם"}},
        {WORK_LANGUAGES, "th", {"ถ้อยคำเพื่อทุกคน", "มนุษย์ทั้งหลายเกิดมามีอิสระ", "ปฏิบัติต่อกันด้วยเจตนารมณ์"}},
        {WORK_LANGUAGES, "hi", {"सबके लिए शब्द", "सभी मनुष्यों को गौरव और अधिकारों", "मात्राएँ: कि, की, कु, कू"}},
    };
    bool reader = system("command -v pdftotext >/dev/null") == 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char words[600];
        snprintf(words, sizeof words, "render %s --handout " FILE_A " --lang %s", rows[i].exhibit,
            rows[i].language);
        struct run run = work_run(author_render, words);
        CHECK_THAT(run.code == 0 && run.err[0] == '\0', "%s: %s", rows[i].language, run.err);
        work_done(&run);
        size_t size;
        char *bytes = files_read(FILE_A, &size);
        int pages = check_pdf(bytes, size);
        CHECK_THAT(pages >= 2 && pages <= 8, "%s: %d pages", rows[i].language, pages);
        CHECK(holds(bytes, size, "/MarkInfo << /Marked true >>") && holds(bytes, size, "/StructTreeRoot") &&
              holds(bytes, size, "/S /Document") && holds(bytes, size, "/S /H1") &&
              holds(bytes, size, "/S /P"));
        free(bytes);
        if (!reader) {
            continue;
        }
        char *text = words_of("");
        const char *from = text;
        squeeze(text);
        for (size_t k = 0; k < 3; k++) {
            char wanted[300];
            snprintf(wanted, sizeof wanted, "%s", rows[i].words[k]);
            squeeze(wanted);
            const char *found = strstr(from, wanted);
            CHECK_THAT(found != NULL, "%s: \"%s\" is not there, or not in its place", rows[i].language,
                rows[i].words[k]);
            from = found != NULL ? found : from;
        }
        free(text);
    }
    if (!reader) {
        SKIP("pdftotext is not there to read the words");
    }
}

/* Words lie where the picture shows them: the title's first word, in points of the page. */
static void its_words_lie_where_they_are_seen(void)
{
    if (system("command -v pdftotext >/dev/null") != 0) {
        SKIP("pdftotext is not there");
    }
    struct run run = work_run(author_render, "render " WORK_TELEGRAM " --handout " FILE_A " --lang en");
    work_done(&run);
    char *text = words_of("-bbox");
    const char *word = strstr(text, ">telegram</word>"), *line = word;
    while (line != NULL && line > text && line[-1] != '\n') {
        line--;
    }
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    CHECK(line != NULL && sscanf(line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &x0, &y0,
                              &x1, &y1) == 4);
    /* 24 points high, after "A " at the left margin of 69.6 */
    CHECK_THAT(x0 > 85 && x0 < 100 && x1 - x0 > 80 && x1 - x0 < 120, "from %.1f to %.1f", x0, x1);
    CHECK_THAT(y0 > 60 && y0 < 90 && y1 - y0 > 15 && y1 - y0 < 32, "from %.1f to %.1f", y0, y1);
    free(text);
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
    char *a = files_read(FILE_A, &a_size), *b = files_read(FILE_B, &b_size);
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
    RUN(every_language_has_its_pages_and_words);
    RUN(its_words_lie_where_they_are_seen);
    RUN(the_same_exhibit_gives_the_same_bytes);
    RUN(what_cannot_be_is_said);
    return check_report();
}
