/* Bundles: the same folder gives the same bytes, and nothing but those bytes is taken. */
#include "bundle/bundle.h"

#include "check.h"
#include "work.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

static struct minisign_public public;
static struct minisign_secret secret;

static bool pack(const char *path, const struct minisign_secret *key)
{
    struct error err = {0};
    struct bundle *bundle = work_bundle(7);
    bool ok = bundle != NULL && bundle_write(bundle, path, key, &err);
    CHECK_THAT(ok, "%s", err.message);
    bundle_destroy(bundle);
    return ok;
}

/* Opens it and copies it out: is everything in it as it should be? */
static bool unpacks(const char *path, const struct minisign_public *key, struct error *err)
{
    struct bundle *bundle = bundle_open(path, key, err);
    static int count;
    char out[40];
    snprintf(out, sizeof out, "out-%d", ++count);
    bool ok = bundle != NULL && mkdir(out, 0755) == 0;
    int folder = ok ? open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    ok = ok && bundle_unpack(bundle, folder, err);
    CHECK(!ok || bundle_matches(bundle, folder));
    if (folder >= 0) {
        close(folder);
    }
    bundle_destroy(bundle);
    return ok;
}

static void what_goes_in_comes_out(void)
{
    struct error err = {0};
    struct stat status;
    CHECK(pack("a.vitrine", NULL));
    mode_t mask = umask(0077);
    CHECK_THAT(unpacks("a.vitrine", NULL, &err), "%s", err.message);
    umask(mask);
    CHECK(system("diff -r exhibit out-1") == 0);
    CHECK(stat("out-1/documents/notice/1.png", &status) == 0 && (status.st_mode & 0777) == 0644);
    CHECK(stat("out-1/documents", &status) == 0 && (status.st_mode & 0777) == 0755);
    struct bundle *bundle = bundle_open("a.vitrine", NULL, &err);
    struct bundle_facts facts = bundle_facts(bundle);
    CHECK_TEXT(facts.name, "exhibit");
    CHECK_INT(facts.serial, 7);
    CHECK_INT(facts.files, WORK_FILES);
    CHECK_INT(strlen(facts.hash), 64);
    bundle_destroy(bundle);
}

static void the_same_folder_gives_the_same_bytes(void)
{
    CHECK(pack("a.vitrine", &secret));
    CHECK(system("rm -rf exhibit") == 0); /* made anew, its files lie in another order on the disk */
    CHECK(pack("b.vitrine", &secret));
    CHECK(system("cmp a.vitrine b.vitrine") == 0);
    CHECK(access("a.vitrine.part", F_OK) != 0);
}

/* Without a serial it is the time of the latest change, to a file or by adding or removing one. */
static void the_latest_change_is_the_serial(void)
{
    CHECK(work_exhibit("exhibit", 1));
    CHECK(
        system("find exhibit -exec touch -d @1000000000 {} + && touch -d @1100000000 exhibit/people.yaml") ==
        0);
    struct bundle *bundle = bundle_open_folder("exhibit", 0, NULL);
    CHECK_INT(bundle_facts(bundle).serial, 1100000000);
    bundle_destroy(bundle);
    CHECK(system("touch -d @1200000000 exhibit/documents") == 0);
    bundle = bundle_open_folder("exhibit", 0, NULL);
    CHECK_INT(bundle_facts(bundle).serial, 1200000000);
    bundle_destroy(bundle);
}

/* A clock that goes wrong once must not make this the newest bundle for years. */
static void no_change_is_of_the_future(void)
{
    time_t before = time(NULL);
    CHECK(work_exhibit("exhibit", 1) && system("touch -d '2095-01-01' exhibit/people.yaml") == 0);
    struct bundle *bundle = bundle_open_folder("exhibit", 0, NULL);
    CHECK(bundle_facts(bundle).serial >= (uint64_t)before);
    CHECK(bundle_facts(bundle).serial <= (uint64_t)time(NULL));
    bundle_destroy(bundle);
}

static void a_folder_may_only_have_files_and_folders(void)
{
    static const struct {
        const char *command, *says;
    } rows[] = {
        {"ln -s people.yaml exhibit/link.yaml", "link"},
        {"ln -s documents exhibit/more", "link"},
        {"ln -s /etc/passwd exhibit/documents/notice/2.png", "link"},
        {"mkfifo exhibit/pipe", "neither"},
        {"cp exhibit/people.yaml exhibit/People.yaml", "one name"},
        {"cp exhibit/people.yaml exhibit/'caf\303\251' && cp exhibit/people.yaml exhibit/'cafe\314\201'",
            "one name"},
        {"mkdir exhibit/Documents && cp exhibit/people.yaml exhibit/Documents/x", "one name"},
        {"cp exhibit/people.yaml exhibit/'a\nb'", "characters"},
        {"cp exhibit/people.yaml exhibit/'a\\b'", "characters"},
        {"cp exhibit/people.yaml exhibit/'\377'", "characters"},
        {"cp exhibit/people.yaml exhibit/'a\342\200\256b'", "characters"},
        {"mkdir -p exhibit/1/2/3/4/5/6/7/8/9/10/11/12/13 && touch exhibit/1/2/3/4/5/6/7/8/9/10/11/12/13/x",
            "deep"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct error err = {0};
        CHECK(system("rm -rf exhibit") == 0 && work_exhibit("exhibit", 1) && system(rows[i].command) == 0);
        struct bundle *bundle = bundle_open_folder("exhibit", 1, &err);
        CHECK_THAT(bundle == NULL && strstr(err.message, rows[i].says) != NULL, "%s: %s", rows[i].command,
            err.message);
        CHECK_INT(err.category, ERROR_INPUT);
        bundle_destroy(bundle);
    }
    CHECK(system("rm -rf exhibit && mkdir exhibit") == 0);
    CHECK(bundle_open_folder("exhibit", 1, NULL) == NULL);
    CHECK(bundle_open_folder("no-such-folder", 1, NULL) == NULL);
    CHECK(work_exhibit("exhibit", 1) && system("mkdir exhibit/.git && ln -s / exhibit/.git/x") == 0);
    struct bundle *bundle = bundle_open_folder("exhibit", 1, NULL);
    CHECK(bundle != NULL && bundle_facts(bundle).files == WORK_FILES); /* what is hidden stays at home */
    bundle_destroy(bundle);
    CHECK(system("rm -rf exhibit") == 0);
}

static void only_what_is_signed_with_the_key_is_taken(void)
{
    struct error err = {0};
    struct minisign_public other = public;
    CHECK(pack("plain.vitrine", NULL) && pack("signed.vitrine", &secret));
    CHECK_THAT(unpacks("signed.vitrine", &public, &err), "%s", err.message);
    CHECK(!unpacks("plain.vitrine", &public, &err));
    CHECK(strstr(err.message, "not signed") != NULL);
    other.id[3] ^= 1;
    CHECK(!unpacks("signed.vitrine", &other, &err));
    other = public;
    other.key[3] ^= 1;
    CHECK(!unpacks("signed.vitrine", &other, &err));
    CHECK(unpacks("signed.vitrine", NULL, &err)); /* who has no key trusts whoever installs */
}

static void every_byte_matters(void)
{
    size_t size;
    struct error err = {0};
    CHECK(pack("signed.vitrine", &secret));
    char *bytes = files_read("signed.vitrine", &size);
    for (size_t i = 0; i < size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            CHECK(files_write("bad.vitrine", bytes, size));
            CHECK_THAT(!unpacks("bad.vitrine", &public, &err) && err.category == ERROR_INPUT,
                "byte %zu of %zu, bit %d", i, size, bit);
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
    }
    printf("%zu bits of %zu bytes were turned\n", 8 * size, size);
    free(bytes);
}

static void no_byte_may_be_missing_or_added(void)
{
    size_t size;
    CHECK(pack("signed.vitrine", &secret));
    char *bytes = files_read("signed.vitrine", &size);
    for (size_t length = 0; length < size; length++) {
        CHECK(files_write("bad.vitrine", bytes, length));
        CHECK_THAT(!unpacks("bad.vitrine", &public, NULL), "the first %zu of %zu bytes", length, size);
    }
    CHECK(files_write("bad.vitrine", bytes, size + 1)); /* files_read() puts a zero behind */
    struct error err = {0};
    CHECK(!unpacks("bad.vitrine", &public, &err));
    CHECK_THAT(strstr(err.message, "end") != NULL, "%s", err.message);
    free(bytes);
}

static void what_is_no_file_is_no_bundle(void)
{
    struct error err = {0};
    CHECK(mkfifo("pipe", 0600) == 0);
    CHECK(bundle_open("pipe", NULL, &err) == NULL); /* and does not wait for a writer */
    CHECK(bundle_open("/dev/zero", NULL, &err) == NULL);
    CHECK(bundle_open("/proc/self/mem", NULL, &err) == NULL);
    CHECK(bundle_open(".", NULL, &err) == NULL);
    CHECK(bundle_open("no-such-file", NULL, &err) == NULL);
    CHECK(files_write_text("empty", "") && bundle_open("empty", NULL, &err) == NULL);
}

static void a_file_that_changes_while_it_is_packed_is_noticed(void)
{
    struct error err = {0};
    struct bundle *bundle = work_bundle(1);
    CHECK(files_write_text("exhibit/people.yaml", "people.yaml of version 2\n")); /* as long as it was */
    CHECK(!bundle_write(bundle, "c.vitrine", NULL, &err));
    CHECK_THAT(strstr(err.message, "changed") != NULL, "%s", err.message);
    CHECK(access("c.vitrine", F_OK) != 0 && access("c.vitrine.part", F_OK) != 0);
    CHECK(files_write_text("exhibit/people.yaml", "longer than it was, by a good deal"));
    CHECK(!bundle_write(bundle, "c.vitrine", NULL, &err));
    bundle_destroy(bundle);
}

static void where_nothing_can_be_written_it_is_said(void)
{
    struct error err = {0};
    struct bundle *bundle = work_bundle(1);
    CHECK(!bundle_write(bundle, "no/such/folder.vitrine", NULL, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(!bundle_write(bundle, ".", NULL, &err));
    bundle_destroy(bundle);
}

/* Two that pack into one file do not mix; what somebody put in the way is neither written to nor waited for.
 */
static void one_writes_at_a_time(void)
{
    struct error err = {0};
    struct bundle *bundle = work_bundle(1);
    CHECK(files_write_text("t.vitrine.part", "half of another"));
    int other = open("t.vitrine.part", O_WRONLY | O_CLOEXEC);
    CHECK(other >= 0 && flock(other, LOCK_EX) == 0);
    CHECK(!bundle_write(bundle, "t.vitrine", NULL, &err));
    CHECK_THAT(strstr(err.message, "being written") != NULL, "%s", err.message);
    CHECK(system("test \"$(cat t.vitrine.part)\" = 'half of another' && test ! -e t.vitrine") == 0);
    close(other);
    CHECK(bundle_write(bundle, "t.vitrine", NULL, &err)); /* one that was left is taken over */
    CHECK(access("t.vitrine.part", F_OK) != 0);
    bundle_destroy(bundle);
    bundle = bundle_open("t.vitrine", NULL, &err);
    CHECK_THAT(bundle != NULL, "%s", err.message);
    CHECK(files_write_text("precious", "kept") && link("precious", "t.vitrine.part") == 0);
    CHECK(!bundle_write(bundle, "t.vitrine", NULL, &err));
    CHECK(system("test \"$(cat precious)\" = kept && rm t.vitrine.part && mkfifo t.vitrine.part") == 0);
    CHECK(!bundle_write(bundle, "t.vitrine", NULL, &err));
    CHECK(system("rm t.vitrine.part && ln -s precious t.vitrine.part") == 0);
    CHECK(!bundle_write(bundle, "t.vitrine", NULL, &err));
    CHECK(system("test \"$(cat precious)\" = kept && rm t.vitrine.part") == 0);
    bundle_destroy(bundle);
}

int main(void)
{
    char folder[64];
    if (!work_enter(folder) || !files_write_text("k.pub", WORK_PUBLIC) ||
        !files_write_text("k.sec", WORK_SECRET) || !minisign_read_public("k.pub", &public, NULL) ||
        !minisign_read_secret("k.sec", NULL, NULL, &secret, NULL)) {
        perror(folder);
        return 1;
    }
    RUN(what_goes_in_comes_out);
    RUN(the_same_folder_gives_the_same_bytes);
    RUN(the_latest_change_is_the_serial);
    RUN(no_change_is_of_the_future);
    RUN(a_folder_may_only_have_files_and_folders);
    RUN(only_what_is_signed_with_the_key_is_taken);
    RUN(every_byte_matters);
    RUN(no_byte_may_be_missing_or_added);
    RUN(what_is_no_file_is_no_bundle);
    RUN(a_file_that_changes_while_it_is_packed_is_noticed);
    RUN(where_nothing_can_be_written_it_is_said);
    RUN(one_writes_at_a_time);
    return work_leave(folder, check_report());
}
