/* Searching 10 MB of text in four languages: what a key costs, from the query to the results with their
 * lines. The exhibit is made of the words of the one that ships, in disorder, in 120 documents, and written
 * to the build folder. Every query is typed key by key, as a visitor does, after a query that has nothing to
 * do with it; single letters are among them. Times are of the thread that answers, so that a busy machine
 * does not count. Prints a table in milliseconds; exit 1 when a key took longer than 50 ms. */
#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"
#include "search/search.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define FOLDER TEST_BINARY_DIR "/bench-search"
#define NOTES TEST_SOURCE_DIR "/exhibits/telegram-1950/notes"

enum {
    DOCUMENTS = 120,
    PARAGRAPH = 600,
    WORDS = 300,
    MB = 10,
    WORDS_MAX = 20000,
    KEYS_MAX = 40000,
    LIMIT_MS = 50
};

static const char *const languages[] = {"en", "ru", "ko", "zh-Hans"};

struct vocabulary {
    char *text;
    size_t length, capacity;
    struct str words[WORDS_MAX];
    size_t count;
};

struct times {
    double ms[KEYS_MAX];
    size_t count;
    double worst;
    char worst_query[128];
};

static uint64_t state = 7;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % below;
}

static double now_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void read_file(struct vocabulary *v, const char *path)
{
    FILE *file = fopen(path, "re");
    while (file != NULL && !feof(file) && array_reserve(&v->text, &v->capacity, v->length + 65536, 1)) {
        v->length += fread(v->text + v->length, 1, 65536, file);
    }
    if (file != NULL) {
        fclose(file);
    }
}

/* Words between spaces; where there are none, runs of at most 8 characters. What Markdown would understand is
 * left out. */
static void read_words(struct vocabulary *v, const char *language)
{
    DIR *folder = opendir(NOTES);
    char ending[40];
    snprintf(ending, sizeof ending, ".%s.md", language);
    for (struct dirent *e = folder != NULL ? readdir(folder) : NULL; e != NULL; e = readdir(folder)) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", NOTES, e->d_name);
        if (str_ends_with(str_from(e->d_name), str_from(ending))) {
            read_file(v, path);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    struct str rest = {v->text, v->length};
    for (size_t i = 0; i < v->length; i++) {
        v->text[i] = strchr("\n[](){}#*_<>`:|\\!", v->text[i]) != NULL ? ' ' : v->text[i];
    }
    while (rest.length > 0 && v->count < WORDS_MAX) {
        struct str word = str_split(&rest, ' ');
        while (word.length > 0 && v->count < WORDS_MAX) {
            size_t at = 0;
            for (int c = 0; c < (language[0] == 'z' ? 8 : 40) && at < word.length; c++) {
                utf8_next(word, &at);
            }
            v->words[v->count++] = str_slice(word, 0, at);
            word = str_slice(word, at, word.length);
        }
    }
}

static void write_paragraphs(const struct vocabulary *v, const char *path, size_t bytes, bool spaced)
{
    FILE *file = fopen(path, "we");
    size_t paragraph = 0;
    if (file == NULL) {
        exit(3);
    }
    for (size_t written = 0; written < bytes;) {
        struct str word = v->words[draw((uint32_t)v->count)];
        fprintf(file, "%.*s%s", STR_ARGS(word), spaced ? " " : "");
        written += word.length + spaced;
        paragraph += word.length + spaced;
        if (paragraph > PARAGRAPH) {
            fputs("\n\n", file);
            paragraph = 0;
        }
    }
    fclose(file);
}

static void write_exhibit(const struct vocabulary *vocabularies)
{
    char path[600];
    mkdir(FOLDER, 0777);
    mkdir(FOLDER "/documents", 0777);
    FILE *file = fopen(FOLDER "/exhibit.yaml", "we");
    if (file == NULL) {
        exit(3);
    }
    fputs(
        "vitrine: 1\ntitle: Ten megabytes\nlanguages: [en, ru, ko, zh-Hans]\nhome:\n  document: d0\n", file);
    fclose(file);
    for (int d = 0; d < DOCUMENTS; d++) {
        snprintf(path, sizeof path, FOLDER "/documents/d%d", d);
        mkdir(path, 0777);
        snprintf(path, sizeof path, FOLDER "/documents/d%d/text", d);
        mkdir(path, 0777);
        snprintf(path, sizeof path, FOLDER "/documents/d%d/document.yaml", d);
        file = fopen(path, "we");
        if (file == NULL) {
            exit(3);
        }
        fprintf(file, "title: Document %d\nlayers:\n  - id: translation\n    kind: translation\n", d);
        fclose(file);
        for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
            snprintf(path, sizeof path, FOLDER "/documents/d%d/text/translation.%s.md", d, languages[l]);
            write_paragraphs(&vocabularies[l], path,
                (size_t)MB * 1000000 / DOCUMENTS / ARRAY_LENGTH(languages), languages[l][0] != 'z');
        }
    }
}

static void press(struct search *search, struct str query, const char *language, struct times *times)
{
    static struct search_results results;
    static struct search_word words[SEARCH_SUGGESTIONS];
    double start = now_ms(CLOCK_THREAD_CPUTIME_ID);
    search_find(search, query, language, &results);
    search_suggest(search, query, language, words, SEARCH_SUGGESTIONS);
    double ms = now_ms(CLOCK_THREAD_CPUTIME_ID) - start;
    if (times->count < KEYS_MAX) {
        times->ms[times->count++] = ms;
    }
    if (ms > times->worst) {
        times->worst = ms;
        snprintf(times->worst_query, sizeof times->worst_query, "%.*s", STR_ARGS(query));
    }
}

/* A query key by key. */
static void type(struct search *search, struct str word, const char *language, struct times *times)
{
    for (size_t at = 0; at < word.length;) {
        utf8_next(word, &at);
        press(search, str_slice(word, 0, at), language, times);
    }
}

static void type_letters(
    struct search *search, const char *letters, const char *language, struct times *times)
{
    struct str s = str_from(letters);
    for (size_t at = 0; at < s.length;) {
        size_t from = at;
        utf8_next(s, &at);
        press(search, str_slice(s, from, at - from), language, times);
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void report(const char *name, struct times *times)
{
    qsort(times->ms, times->count, sizeof times->ms[0], by_size);
    printf("%-8s %6zu %8.2f %8.2f %8.2f   %s\n", name, times->count, times->ms[times->count / 2],
        times->ms[times->count * 99 / 100], times->worst, times->worst_query);
}

int main(void)
{
    static const char *const letters[] = {
        "aeiourtnslcdmpz", "аеиоунтсрвлкмпя", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", "的一是中人在了有国大"};
    static struct vocabulary vocabularies[ARRAY_LENGTH(languages)];
    static struct times times[ARRAY_LENGTH(languages)];
    double worst = 0;
    for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
        read_words(&vocabularies[l], languages[l]);
    }
    write_exhibit(vocabularies);
    double start = now_ms(CLOCK_MONOTONIC);
    struct search *search = search_create(FOLDER, NULL, NULL);
    if (!search_wait(search, 300000)) {
        return 3;
    }
    printf("index of %.1f MB of text: %.0f ms on its thread, %.1f MB of memory\n\n",
        (double)search_text_bytes(search) / 1e6, now_ms(CLOCK_MONOTONIC) - start,
        (double)search_bytes(search) / 1e6);
    printf("%-8s %6s %8s %8s %8s   %s\n", "language", "keys", "median", "p99", "most",
        "ms, and the query that took most");
    for (size_t l = 0; l < ARRAY_LENGTH(languages); l++) {
        type_letters(search, letters[l], languages[l], &times[l]);
        for (int i = 0; i < WORDS; i++) {
            type(search, vocabularies[l].words[draw((uint32_t)vocabularies[l].count)], languages[l],
                &times[l]);
        }
        report(languages[l], &times[l]);
        worst = times[l].worst > worst ? times[l].worst : worst;
        free(vocabularies[l].text);
    }
    search_destroy(search);
    return worst > LIMIT_MS ? 1 : 0;
}
