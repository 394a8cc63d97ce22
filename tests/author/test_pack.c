/* pack, install, rollback, as a curator and a technician meet them. */
#include "bundle/bundle.h"
#include "work.h"

#define SMALL TEST_SOURCE_DIR "/tests/exhibits/small"
#define PUBLIC                                                                                               \
    "untrusted comment: minisign public key B9D42588F28A094C\n"                                              \
    "RWRMCYryiCXUudq3IYNQDIRKY30Q+tfGHMt4GGP2Kytq4+REL2fc6UbN\n"
#define SECRET                                                                                               \
    "untrusted comment: minisign encrypted secret key\n"                                                     \
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAATAmK8ogl1Ll2awmRLsCX8mcgC1Ap"   \
    "VOB55uc4CvjRoqknwjaLbDhmS9q3IYNQDIRKY30Q+tfGHMt4GGP2Kytq4+REL2fc6UbNAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"   \
    "AAAAAAAAAAA=\n"

static bool enter(void)
{
    static char folder[1024];
    return chdir(work_folder(folder, "pack")) == 0 && work_copy(SMALL, "small") &&
           files_write_text("k.pub", PUBLIC) && files_write_text("k.sec", SECRET);
}

/* Runs a command; its code, with what it says on its error output in `err` (lent until the next run). */
static int run(work_command *command, const char *words, const char **said)
{
    static char text[20000];
    struct run run = work_run(command, words);
    snprintf(text, sizeof text, "%s%s", run.out, run.err);
    *said = text;
    int code = run.code;
    work_done(&run);
    return code;
}

static void from_the_curator_to_the_kiosk_and_back(void)
{
    const char *said;
    CHECK_THAT(run(author_pack, "pack small 1.vitrine --key k.sec --serial 1", &said) == 0, "%s", said);
    CHECK_THAT(strstr(said, "small") != NULL && strstr(said, "serial 1,") != NULL &&
                   strstr(said, ", signed") != NULL,
        "%s", said);
    CHECK_THAT(
        run(author_install, "install 1.vitrine --into home --public-key k.pub", &said) == 0, "%s", said);
    CHECK(system("diff -r small home/current") == 0);
    CHECK_INT(run(author_rollback, "rollback --into home", &said), 1);
    CHECK(work_replace(
        "small/documents/notice/text/translation.en.md", "Closed on Mondays", "Open on Mondays"));
    CHECK_THAT(run(author_pack, "pack small 2.vitrine --key k.sec --serial 2", &said) == 0, "%s", said);
    CHECK_THAT(
        run(author_install, "install 2.vitrine --into home --public-key k.pub", &said) == 0, "%s", said);
    CHECK(system("diff -r small home/current") == 0);
    CHECK_INT(run(author_install, "install 1.vitrine --into home --public-key k.pub", &said), 1);
    CHECK_THAT(strstr(said, "newer") != NULL, "%s", said);
    CHECK_THAT(run(author_rollback, "rollback --into home", &said) == 0, "%s", said);
    CHECK(system("grep -q 'Closed on Mondays' home/current/documents/notice/text/translation.en.md") == 0);
}

/* A stick with several bundles on it, one of which somebody else made. */
static void from_a_stick(void)
{
    const char *said;
    CHECK(system("rm -rf home stick && mkdir stick && cp 1.vitrine 2.vitrine stick && touch stick/.3.vitrine "
                 "stick/notes.txt") == 0);
    CHECK_INT(run(author_pack, "pack small stick/9.vitrine --serial 9", &said), 0);
    CHECK_THAT(run(author_install, "install stick --into home --public-key k.pub", &said) == 0, "%s", said);
    CHECK_THAT(
        strstr(said, "9.vitrine: it is not signed") != NULL && strstr(said, "small 2-") != NULL, "%s", said);
    CHECK_THAT(run(author_install, "install stick --into home", &said) == 0, "%s", said);
    CHECK_THAT(strstr(said, "small 9-") != NULL, "%s", said);
    /* A newer one that was damaged on its way does not keep out the one before it. */
    CHECK(system("rm -rf home stick/9.vitrine && { head -c -1 2.vitrine; printf '?'; } > stick/2.vitrine") ==
          0);
    CHECK_THAT(run(author_install, "install stick --into home --public-key k.pub", &said) == 0, "%s", said);
    CHECK_THAT(strstr(said, "stick/2.vitrine: \"") != NULL && strstr(said, "small 1-") != NULL, "%s", said);
    CHECK(system("rm stick/1.vitrine") == 0);
    CHECK_INT(run(author_install, "install stick --into home --public-key k.pub", &said), 1);
    CHECK(system("rm stick/*.vitrine") == 0);
    CHECK_INT(run(author_install, "install stick --into home --public-key k.pub", &said), 1);
    CHECK_THAT(strstr(said, "neither") != NULL, "%s", said);
}

static void a_folder_only_where_there_is_no_key(void)
{
    const char *said;
    CHECK(system("rm -rf home") == 0);
    CHECK_INT(run(author_install, "install small --into home --public-key k.pub", &said), 1);
    CHECK_THAT(strstr(said, "not signed") != NULL, "%s", said);
    CHECK(access("home", F_OK) != 0);
    CHECK_THAT(run(author_install, "install small --into home", &said) == 0, "%s", said);
    CHECK(system("diff -r small home/current") == 0);
    CHECK_INT(run(author_install, "install 1.vitrine --into home --public-key no-such-key", &said), 1);
    CHECK_INT(run(author_install, "install 1.vitrine --into home --public-key k.sec", &said), 1);
    CHECK_INT(run(author_install, "install no-such-thing --into home", &said), 1);
}

/* Nothing with a mistake in it leaves the curator's desk, and none is taken by the kiosk. */
static void mistakes_stay_at_home(void)
{
    const char *said;
    struct error err = {0};
    CHECK(work_copy("small", "broken") && work_replace("broken/exhibit.yaml", "languages:", "langages:"));
    CHECK_INT(run(author_pack, "pack broken broken.vitrine", &said), 1);
    CHECK_THAT(strstr(said, "broken/exhibit.yaml:") != NULL && strstr(said, "[VIT-") != NULL, "%s", said);
    CHECK(access("broken.vitrine", F_OK) != 0);
    struct bundle *bundle = bundle_open_folder("broken", 99999999999, &err);
    CHECK(bundle_write(bundle, "broken.vitrine", NULL, &err));
    bundle_destroy(bundle);
    CHECK_INT(run(author_install, "install broken.vitrine --into home", &said), 1);
    CHECK_THAT(strstr(said, "exhibit.yaml:") != NULL && strstr(said, "not installed") != NULL, "%s", said);
    CHECK(system("diff -r small home/current && ! test -e home/incoming") == 0);
    CHECK_INT(run(author_pack, "pack no-such-folder x.vitrine", &said), 1);
    CHECK_INT(run(author_pack, "pack small/documents/notice/pages/1.png x.vitrine", &said), 1);
}

static void it_says_how_it_is_used(void)
{
    const char *said;
    CHECK_INT(run(author_pack, "pack small", &said), 2);
    CHECK_INT(run(author_pack, "pack small a b", &said), 2);
    CHECK_INT(run(author_pack, "pack small small/x.vitrine", &said), 2);
    CHECK_THAT(strstr(said, "somewhere else") != NULL, "%s", said);
    CHECK_INT(run(author_pack, "pack small x.vitrine --key no-such-key", &said), 1);
    CHECK_INT(run(author_pack, "pack small no/such/folder/x.vitrine", &said), 3);
    CHECK_INT(run(author_install, "install", &said), 2);
    CHECK_INT(run(author_install, "install a b", &said), 2);
    CHECK_INT(run(author_rollback, "rollback home", &said), 2);
    CHECK_INT(run(author_rollback, "rollback --into no-such-folder", &said), 1);
}

int main(void)
{
    if (!enter()) {
        perror("work folder");
        return 1;
    }
    RUN(from_the_curator_to_the_kiosk_and_back);
    RUN(from_a_stick);
    RUN(a_folder_only_where_there_is_no_key);
    RUN(mistakes_stay_at_home);
    RUN(it_says_how_it_is_used);
    char folder[1024];
    int result = check_report();
    if (getcwd(folder, sizeof folder) != NULL && chdir("/") == 0) {
        work_remove(folder);
    }
    return result;
}
