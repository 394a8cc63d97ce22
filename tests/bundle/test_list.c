/* Lists that pack would never write, in bundles that are otherwise sound: nothing of what they name is
 * touched. */
#include "bundle/bundle.h"

#include "check.h"
#include "internal.h"
#include "work.h"

/* The hash of nothing. */
#define EMPTY "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"
#define FIRST "vitrine list 1\nexhibit x\nserial 1\n"
#define NONE(path) EMPTY " 0 " path "\n"

/* Writes a bundle with this list and `more` bytes of contents; how it is refused, or "". */
static const char *judge(const char *list, size_t more, struct error *err)
{
    char head[BUNDLE_HEAD_MAX];
    struct head numbers = {.list = strlen(list)};
    head_write(&numbers, head);
    FILE *file = fopen("bad.vitrine", "we");
    fprintf(file, "%s%s%*s", head, list, (int)more, "");
    fclose(file);
    memset(err, 0, sizeof *err);
    struct bundle *bundle = bundle_open("bad.vitrine", NULL, err);
    bundle_destroy(bundle);
    return bundle == NULL ? err->message : "";
}

static void a_sound_list_is_taken(void)
{
    struct error err;
    CHECK_TEXT(judge(FIRST NONE("a") NONE("b/c") NONE("b/d/e"), 0, &err), "");
    CHECK_TEXT(judge(FIRST EMPTY " 5 a\n", 5, &err), "");
    CHECK_TEXT(judge(FIRST NONE("a-b") NONE("a/b") NONE("a0"), 0, &err), "");
    CHECK_TEXT(judge(FIRST NONE("\355\225\234\352\270\200.yaml"), 0, &err), "");
    CHECK_TEXT(judge(FIRST NONE("a b"), 0, &err), "");
    CHECK_TEXT(
        judge(FIRST NONE("\331\205\333\214\342\200\214\330\256"), 0, &err), ""); /* joiners are letters */
}

static void paths_stay_inside(void)
{
    static const char *const paths[] = {"/etc/passwd", "../x", "a/../x", "a/..", "..", ".", "./a", "a/./b",
        "a//b", "a/", "/", "", ".hidden", "a/.hidden", "a\\b", "a\tb", "a\x7f", "a\302\205", "\377",
        "a\355\240\200", "\357\273\277a", "a\342\200\256b", "a\302\255", "a\330\234", "a\342\200\213",
        "a\342\201\240", "a\363\240\201\201", "1/2/3/4/5/6/7/8/9/10/11/12/13"};
    struct error err;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char list[300];
        snprintf(list, sizeof list, FIRST NONE("%s"), paths[i]);
        CHECK_THAT(judge(list, 0, &err)[0] != '\0', "\"%s\" was taken", paths[i]);
        CHECK_INT(err.category, ERROR_INPUT);
    }
    char name[BUNDLE_PATH_MAX + 2], list[BUNDLE_PATH_MAX + 300];
    memset(name, 'a', sizeof name);
    name[BUNDLE_NAME_MAX + 1] = '\0';
    snprintf(list, sizeof list, FIRST NONE("%s"), name);
    CHECK(judge(list, 0, &err)[0] != '\0');
    name[BUNDLE_NAME_MAX] = '\0';
    snprintf(list, sizeof list, FIRST NONE("%s"), name);
    CHECK_TEXT(judge(list, 0, &err), "");
}

static void names_are_one_of_a_kind(void)
{
    static const char *const lists[] = {
        NONE("a") NONE("a"), NONE("A") NONE("a"), NONE("a/b") NONE("a/b"), NONE("A/b") NONE("a/b"),
        NONE("A/b") NONE("a/c"),                                         /* one folder or two? */
        NONE("a") NONE("a/b"),                                           /* a file and a folder */
        NONE("A") NONE("a/b"), NONE("cafe\314\201") NONE("caf\303\251"), /* two spellings of an accent */
        NONE("STRASSE") NONE("stra\303\237e"),                           /* sharp s */
        NONE("fi") NONE("\357\254\201"),                                 /* a ligature */
        NONE("K") NONE("\342\204\252"),                                  /* the Kelvin sign */
        NONE("b") NONE("a"),                                             /* not in order */
    };
    struct error err;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char list[400];
        snprintf(list, sizeof list, FIRST "%s", lists[i]);
        CHECK_THAT(judge(list, 0, &err)[0] != '\0', "list %zu was taken", i);
        CHECK_INT(err.category, ERROR_INPUT);
    }
}

static void there_is_one_way_to_write_it(void)
{
    static const char *const lists[] = {
        "",
        "vitrine list 1\n",
        FIRST,
        "vitrine list 2\nexhibit x\nserial 1\n" NONE("a"),
        "vitrine list 1\r\nexhibit x\nserial 1\n" NONE("a"),
        "vitrine list 1\nexhibit \nserial 1\n" NONE("a"),
        "vitrine list 1\nexhibit ../x\nserial 1\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial 01\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial -1\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial +1\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial 1000000000000000000\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial 99999999999999999999999\n" NONE("a"),
        "vitrine list 1\nexhibit x\nserial\n" NONE("a"),
        FIRST EMPTY " 00 a\n",
        FIRST EMPTY " 0 a",
        FIRST EMPTY " 0 a\n\n",
        FIRST EMPTY "  0 a\n",
        FIRST EMPTY " x a\n",
        FIRST EMPTY " 0\n",
        FIRST "\n" NONE("a"),
        FIRST "0E5751C026E543B2E8AB2EB06099DAA1D1E5DF47778F7787FAAB45CDF12FE3A8 0 a\n",
        FIRST "0e5751c026e543b2 0 a\n",
    };
    struct error err;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        CHECK_THAT(judge(lists[i], 0, &err)[0] != '\0', "list %zu was taken", i);
        CHECK_INT(err.category, ERROR_INPUT);
    }
}

/* Sizes that a bundle does not have, also those whose sum runs over. */
static void bombs_do_not_go_off(void)
{
    struct error err;
    CHECK(judge(FIRST EMPTY " 1 a\n", 0, &err)[0] != '\0');
    CHECK(judge(FIRST EMPTY " 0 a\n", 1, &err)[0] != '\0');
    CHECK(judge(FIRST EMPTY " 68719476736 a\n", 0, &err)[0] != '\0');
    CHECK(judge(FIRST EMPTY " 999999999999999999 a\n", 0, &err)[0] != '\0');
    CHECK(judge(FIRST EMPTY " 18446744073709551615 a\n" EMPTY " 1 b\n", 0, &err)[0] != '\0');
    CHECK(judge(FIRST EMPTY " 999999999999999999 a\n" EMPTY " 999999999999999999 b\n", 0, &err)[0] != '\0');
}

/* Heads alone. The list and signature that they promise are never allocated before the file is known to be so
 * long. */
static void heads_are_exact(void)
{
    static const char *const heads[] = {
        "vitrine bundle 1",
        "vitrine bundle 1\n",
        "vitrine bundle 1\nlist 0\n",
        "vitrine bundle 1\nlist 0\nsignature 0",
        "vitrine bundle 1\nlist 0\nsignature 0\n",
        "vitrine bundle 1\nlist 99999999\nsignature 0\n",
        "vitrine bundle 1\nlist 999999999999999999\nsignature 0\n",
        "vitrine bundle 1\nlist 1\nsignature 999999999999999999\n",
        "vitrine bundle 1\nlist 18446744073709551615\nsignature 0\n",
        "vitrine bundle 1\nlist -1\nsignature 0\n",
        "vitrine bundle 1\nlist  1\nsignature 0\n\n",
        "vitrine bundle 2\nlist 1\nsignature 0\n\n",
        "vitrine bundle 1\nsignature 0\nlist 1\n\n",
        "\nvitrine bundle 1\nlist 1\nsignature 0\n\n",
    };
    struct error err = {0};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        CHECK(files_write_text("bad.vitrine", heads[i]));
        CHECK_THAT(bundle_open("bad.vitrine", NULL, &err) == NULL, "head %zu", i);
        CHECK_INT(err.category, ERROR_INPUT);
    }
    struct head head = {.list = 0}, again;
    char text[BUNDLE_HEAD_MAX];
    head = (struct head){.list = 92620, .signature = 304};
    head.length = head_write(&head, text);
    CHECK(head_read(str_from(text), &again) && memcmp(&head, &again, sizeof head) == 0);
}

int main(void)
{
    char folder[64];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(a_sound_list_is_taken);
    RUN(paths_stay_inside);
    RUN(names_are_one_of_a_kind);
    RUN(there_is_one_way_to_write_it);
    RUN(bombs_do_not_go_off);
    RUN(heads_are_exact);
    return work_leave(folder, check_report());
}
