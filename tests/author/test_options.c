#include "author/options.h"
#include "check.h"

#include <stdbool.h>

struct values {
    bool flag;
    const char *word, *theme;
    struct option_list list;
    struct size size;
    long count;
    char *rest[8];
    int rest_count;
};

static struct error last;

/* Reads words that stand apart by spaces. */
static bool read_words(const char *words, struct values *v)
{
    static char line[200];
    char *argv[32], *rest = line;
    int argc = 0;
    *v = (struct values){0};
    last = (struct error){0};
    const struct option options[] = {
        {"--flag", OPTION_FLAG, &v->flag, NULL},
        {"--word", OPTION_TEXT, &v->word, NULL},
        {"--theme", OPTION_TEXT, &v->theme, "paper high-contrast"},
        {"--lang", OPTION_LIST, &v->list, NULL},
        {"--size", OPTION_SIZE, &v->size, NULL},
        {"--seed", OPTION_COUNT, &v->count, NULL},
    };
    snprintf(line, sizeof line, "%s", words);
    for (char *word = strtok_r(line, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    bool ok = options_read(&argc, argv, options, sizeof options / sizeof options[0], &last);
    v->rest_count = ok ? argc - 1 : 0;
    for (int i = 0; i < v->rest_count; i++) {
        v->rest[i] = argv[i + 1];
    }
    return ok;
}

static void reads_every_kind(void)
{
    struct values v;
    CHECK(read_words(
        "play one --flag --word a two --lang en --lang=ko --size 1024x600 --seed 12 --theme paper", &v));
    CHECK(v.flag);
    CHECK_TEXT(v.word, "a");
    CHECK_TEXT(v.theme, "paper");
    CHECK_INT(v.list.count, 2);
    CHECK_TEXT(v.list.items[1], "ko");
    CHECK_INT(v.size.w, 1024);
    CHECK_INT(v.size.h, 600);
    CHECK_INT(v.count, 12);
    CHECK_INT(v.rest_count, 2);
    CHECK_TEXT(v.rest[0], "one");
    CHECK_TEXT(v.rest[1], "two");
}

static void leaves_what_is_not_given(void)
{
    struct values v;
    CHECK(read_words("play", &v));
    CHECK(!v.flag && v.word == NULL && v.list.count == 0 && v.size.w == 0 && v.rest_count == 0);
}

static void two_dashes_end_the_options(void)
{
    struct values v;
    CHECK(read_words("play --flag -- --word", &v));
    CHECK_INT(v.rest_count, 1);
    CHECK_TEXT(v.rest[0], "--word");
    CHECK(read_words("play -", &v));
    CHECK_TEXT(v.rest[0], "-");
}

static void refused(const char *words, const char *message)
{
    struct values v;
    CHECK_THAT(!read_words(words, &v), "%s", words);
    CHECK_INT(last.category, ERROR_USAGE);
    CHECK_TEXT(last.message, message);
}

static void names_the_nearest_option(void)
{
    refused("play --lnag en", "play has no option --lnag: did you mean --lang?");
    refused("play --sizes=3", "play has no option --sizes: did you mean --size?");
    refused("play --zzzzzzz", "play has no option --zzzzzzz: see vitrine help play");
    refused("play -x", "play has no option -x: see vitrine help play");
}

static void refuses_impossible_values(void)
{
    refused("play --word", "--word wants a value");
    refused("play --flag=yes", "--flag takes no value");
    refused("play --word a --word b", "--word is given twice");
    refused("play --theme papr", "--theme cannot be papr: did you mean paper?");
    refused("play --theme blue-green-and-red",
        "--theme cannot be blue-green-and-red: it is one of paper high-contrast");
    refused("play --seed -3", "--seed cannot be -3: write a whole number");
    const char *sizes[] = {"1920", "1920x", "x1080", "0x0", "1920x1080x3", "99999x99999", "1920X1080"};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct values v;
        char words[64];
        snprintf(words, sizeof words, "play --size %s", sizes[i]);
        CHECK_THAT(!read_words(words, &v), "%s", words);
        CHECK_INT(last.category, ERROR_USAGE);
    }
}

int main(void)
{
    RUN(reads_every_kind);
    RUN(leaves_what_is_not_given);
    RUN(two_dashes_end_the_options);
    RUN(names_the_nearest_option);
    RUN(refuses_impossible_values);
    return check_report();
}
