/* Installing and going back: one exhibit is whole at every moment, and nothing older comes after it. */
#include "bundle/release.h"

#include "check.h"
#include "work.h"

#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/wait.h>

static bool refused(const struct bundle *bundle, const char *says)
{
    struct error err = {0};
    struct release_change change;
    bool ok = release_install(bundle, "home", NULL, NULL, &change, &err);
    CHECK_THAT(!ok && strstr(err.message, says) != NULL, "%s", err.message);
    return !ok && err.category == ERROR_INPUT;
}

static bool rolls_back(void)
{
    struct error err = {0};
    struct release_change change;
    return release_rollback("home", &change, &err);
}

static void the_new_one_is_played_and_the_old_one_kept(void)
{
    struct bundle *first, *second, *third;
    first = work_first(1);
    CHECK(work_leads_to("home/current", first));
    CHECK(access("home/previous", F_OK) != 0 && !rolls_back());
    second = work_bundle(2);
    CHECK(work_install(second));
    CHECK(work_leads_to("home/current", second) && access("home/incoming", F_OK) != 0);
    CHECK_INT(work_count_releases(), 2);
    third = work_bundle(3);
    CHECK(work_install(third));
    CHECK(work_leads_to("home/current", third));
    CHECK_INT(work_count_releases(), 2);
    CHECK(rolls_back());
    CHECK(work_exhibit("exhibit", 2) && system("diff -r exhibit home/current") == 0);
    CHECK(rolls_back());
    CHECK(work_leads_to("home/current", third));
    bundle_destroy(first);
    bundle_destroy(second);
    bundle_destroy(third);
}

static void nothing_older_comes_after(void)
{
    struct bundle *fifth, *other, *fourth;
    fourth = work_first(4);
    fifth = work_bundle(5);
    CHECK(work_install(fifth));
    CHECK(work_exhibit("exhibit", 4));
    CHECK(refused(fourth, "newer"));
    CHECK(work_exhibit("exhibit", 6));
    other = bundle_open_folder("exhibit", 5, NULL);
    CHECK(refused(other, "same serial"));
    CHECK(work_exhibit("exhibit", 5));
    CHECK(work_leads_to("home/current", fifth));
    CHECK(rolls_back()); /* who went back may come again to where they were */
    CHECK(work_install(fifth));
    CHECK(work_leads_to("home/current", fifth));
    CHECK_INT(work_count_releases(), 2);
    bundle_destroy(fourth);
    bundle_destroy(fifth);
    bundle_destroy(other);
}

/* Whoever waits for somebody to go back gains nothing by it. */
static void who_went_back_is_not_led_further_back(void)
{
    struct bundle *first, *second, *between, *other;
    first = work_first(10);
    second = work_bundle(20);
    CHECK(work_install(second));
    CHECK(rolls_back());
    between = work_bundle(15);
    CHECK(refused(between, "newer"));
    CHECK(work_exhibit("exhibit", 21));
    other = bundle_open_folder("exhibit", 20, NULL);
    CHECK(refused(other, "same serial"));
    CHECK(work_exhibit("exhibit", 10) && work_leads_to("home/current", first));
    CHECK(work_exhibit("exhibit", 20));
    CHECK(work_install(second)); /* where they came from */
    CHECK(work_leads_to("home/current", second));
    CHECK(rolls_back());
    bundle_destroy(other);
    other = work_bundle(21);
    CHECK(work_install(other));
    CHECK(work_exhibit("exhibit", 20));
    CHECK(refused(second, "newer"));
    bundle_destroy(first);
    bundle_destroy(second);
    bundle_destroy(between);
    bundle_destroy(other);
}

static void once_more_changes_nothing_but_what_is_damaged(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *bundle = work_first(1);
    CHECK(release_install(bundle, "home", NULL, NULL, &change, &err) && !change.changed);
    CHECK(files_write_text("home/current/people.yaml", "rotten"));
    CHECK(!work_leads_to("home/current", bundle));
    CHECK(release_install(bundle, "home", NULL, NULL, &change, &err) && change.changed);
    CHECK(work_leads_to("home/current", bundle));
    CHECK_INT(work_count_releases(), 1);
    CHECK(access("home/previous", F_OK) != 0);
    bundle_destroy(bundle);
}

/* Nor by whoever chose others, one after the other. */
static void the_newest_stays_whatever_is_chosen(void)
{
    struct bundle *bundles[4];
    struct release_change change;
    struct error err = {0};
    CHECK(system("rm -rf home other && mkdir other") == 0);
    for (int i = 0; i < 2; i++) {
        bundles[i] = work_bundle(10 * (i + 1));
        CHECK(work_install(bundles[i]));
    }
    char *other = realpath("other", NULL), *older = realpath("home/previous", NULL);
    CHECK(other != NULL && release_choose("home", NULL, other, &change, &err));
    CHECK(older != NULL && release_choose("home", NULL, strrchr(older, '/') + 1, &change, &err));
    CHECK(work_exhibit("exhibit", 10) && work_leads_to("home/current", bundles[0]));
    CHECK(work_install(bundles[0])); /* it is there already: what is of no use goes */
    bundles[2] = work_bundle(15);
    CHECK(refused(bundles[2], "newer"));
    bundles[3] = work_bundle(20);
    CHECK(work_install(bundles[3])); /* which was never gone */
    CHECK(work_leads_to("home/current", bundles[3]));
    for (int i = 0; i < 4; i++) {
        bundle_destroy(bundles[i]);
    }
    free(other);
    free(older);
}

/* A visitor who looks at the damaged one keeps what there is of it. */
static void what_is_mended_may_be_played(void)
{
    struct bundle *bundle = work_first(1);
    int played = open("home/current", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(played >= 0 && flock(played, LOCK_SH) == 0);
    CHECK(files_write_text("home/current/people.yaml", "rotten"));
    CHECK(work_install(bundle));
    CHECK(work_leads_to("home/current", bundle) && !bundle_matches(bundle, played));
    CHECK(faccessat(played, "exhibit.yaml", F_OK, 0) == 0 && faccessat(played, "people.yaml", F_OK, 0) == 0);
    CHECK_INT(work_count_releases(), 2);
    CHECK(access("home/previous", F_OK) != 0 && !rolls_back()); /* nobody goes back to it */
    close(played);
    CHECK(work_install(bundle));
    CHECK_INT(work_count_releases(), 1);
    /* What is no folder at all may have the name too. */
    CHECK(system("cd home && mv releases/* kept && touch releases/$(basename $(readlink current))") == 0);
    CHECK(work_install(bundle));
    CHECK(work_leads_to("home/current", bundle));
    bundle_destroy(bundle);
}

static bool refuse(void *context, const char *folder, struct error *err)
{
    char path[200];
    snprintf(path, sizeof path, "%s/exhibit.yaml", folder);
    *(bool *)context = access(path, F_OK) == 0;
    return error_set(err, ERROR_INPUT, "not this one");
}

static void what_is_not_accepted_leaves_no_trace(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *first, *second;
    bool seen = false;
    first = work_first(1);
    second = work_bundle(2);
    CHECK(!release_install(second, "home", refuse, &seen, &change, &err) && seen && change.refused);
    CHECK_TEXT(err.message, "not this one");
    CHECK(work_exhibit("exhibit", 1) && work_leads_to("home/current", first));
    CHECK_INT(work_count_releases(), 1);
    CHECK(access("home/incoming", F_OK) != 0);
    CHECK(files_write_text("exhibit/people.yaml", "changed in between"));
    CHECK(!release_install(second, "home", NULL, NULL, &change, &err) && change.refused);
    CHECK_INT(work_count_releases(), 1);
    CHECK(!release_install(first, "no/home/../../home/lock", NULL, NULL, &change, &err) && !change.refused);
    bundle_destroy(first);
    bundle_destroy(second);
}

static void one_at_a_time(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *bundle = work_first(1);
    int lock = open("home/lock", O_RDWR | O_CLOEXEC);
    CHECK(lock >= 0 && flock(lock, LOCK_EX) == 0);
    CHECK(!release_install(bundle, "home", NULL, NULL, &change, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(strstr(err.message, "try again") != NULL);
    CHECK(!release_rollback("home", &change, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    close(lock);
    CHECK(work_install(bundle));
    bundle_destroy(bundle);
}

/* Two come while a visitor is there: what the visitor looks at stays. */
static void what_is_played_is_not_removed(void)
{
    CHECK(system("rm -rf home") == 0);
    struct bundle *bundles[4];
    int played = -1;
    for (int i = 0; i < 4; i++) {
        bundles[i] = work_bundle(i + 1);
        CHECK(work_install(bundles[i]));
        if (i == 0) {
            played = open("home/current", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            CHECK(flock(played, LOCK_SH) == 0);
        }
    }
    CHECK_INT(work_count_releases(), 3);
    CHECK(bundle_matches(bundles[0], played));
    close(played);
    CHECK(work_install(bundles[3])); /* the next time it goes */
    CHECK_INT(work_count_releases(), 2);
    for (int i = 0; i < 4; i++) {
        bundle_destroy(bundles[i]);
    }
}

/* What a package brings to begin with is a link with the lowest serial: anything comes after it, and it can
 * be gone back to; where it leads is not touched. */
static void the_first_one_may_be_a_packages(void)
{
    struct bundle *first, *second;
    CHECK(
        system("rm -rf home shipped && mkdir -p home/releases shipped && echo kept > shipped/exhibit.yaml && "
               "ln -s ../../shipped home/releases/0-shipped && ln -s releases/0-shipped home/current") == 0);
    first = work_bundle(1);
    CHECK(work_install(first) && work_leads_to("home/current", first));
    CHECK(rolls_back());
    CHECK(system("cmp -s shipped/exhibit.yaml home/current/exhibit.yaml") == 0);
    CHECK(work_install(first));
    second = work_bundle(2);
    CHECK(work_install(second));
    CHECK_INT(work_count_releases(), 2);
    CHECK(access("shipped/exhibit.yaml", F_OK) == 0);
    bundle_destroy(first);
    bundle_destroy(second);
}

static bool chooses(const char *instead, const char *what)
{
    struct error err = {0};
    struct release_change change;
    return release_choose("home", instead, what, &change, &err);
}

static bool leads(const char *link, const char *to)
{
    char target[200] = "";
    return readlink(link, target, sizeof target - 1) > 0 && strcmp(target, to) == 0;
}

/* Which one is played says nothing about what is newest. */
static void nothing_older_comes_after_a_choice(void)
{
    char shipped[200];
    CHECK(system("rm -rf home shipped && mkdir shipped && echo kept > shipped/exhibit.yaml") == 0);
    CHECK(realpath("shipped", shipped) != NULL);
    struct bundle *fourth = work_bundle(4), *fifth;
    fifth = work_bundle(5);
    CHECK(work_install(fifth));
    CHECK(chooses(NULL, shipped) && leads("home/current", "releases/0-shipped"));
    CHECK(work_exhibit("exhibit", 4));
    CHECK(refused(fourth, "newer"));
    CHECK(work_exhibit("exhibit", 5));
    CHECK(work_install(fifth) && work_leads_to("home/current", fifth));
    CHECK(!chooses(NULL, "6-none") && !chooses(NULL, "/none/at/all"));
    bundle_destroy(fourth);
    bundle_destroy(fifth);
}

/* It is kept as long as it is, and its name does not matter. */
static void one_may_be_played_instead_of_another(void)
{
    char path[300], shipped[200], now[RELEASE_NAME_MAX + 20] = "";
    struct bundle *bundles[3];
    CHECK(system("rm -rf home shipped && mkdir shipped && echo kept > shipped/exhibit.yaml") == 0);
    CHECK(realpath("shipped", shipped) != NULL);
    bundles[0] = work_bundle(1);
    CHECK(work_install(bundles[0]));
    CHECK(readlink("home/current", now, sizeof now - 1) > 9);
    CHECK(!release_chosen("home", "/srv/own", path, sizeof path));
    CHECK(chooses("/srv/own", strchr(now, '/') + 1) && release_chosen("home", "/srv/own", path, sizeof path));
    CHECK(work_leads_to(path, bundles[0]));
    CHECK(!release_chosen("home", "/srv/other", path, sizeof path));
    for (int i = 1; i < 3; i++) {
        bundles[i] = work_bundle(i + 1);
        CHECK(work_install(bundles[i]));
    }
    CHECK_INT(work_count_releases(), 3);
    CHECK(release_chosen("home", "/srv/own", path, sizeof path) && access(path, F_OK) == 0);
    CHECK(chooses("/srv/other", shipped) && release_chosen("home", "/srv/other", path, sizeof path));
    CHECK(!release_chosen("home", "/srv/own", path, sizeof path));
    CHECK(chooses("/srv/other", NULL) && !release_chosen("home", "/srv/other", path, sizeof path));
    CHECK(chooses("/srv/other", NULL)); /* it is so already */
    CHECK(work_install(bundles[2]));
    CHECK_INT(work_count_releases(), 2);
    for (int i = 0; i < 3; i++) {
        bundle_destroy(bundles[i]);
    }
}

static void links_are_not_followed(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *bundle = work_bundle(1);
    CHECK(system("rm -rf home elsewhere && mkdir home elsewhere && ln -s ../elsewhere home/releases") == 0);
    CHECK(!release_install(bundle, "home", NULL, NULL, &change, &err));
    CHECK(system("rm home/releases && echo kept > elsewhere/file && ln -s ../elsewhere home/incoming") == 0);
    CHECK(work_install(bundle));
    CHECK(access("elsewhere/file", F_OK) == 0);
    CHECK(system("rm -rf home && mkdir home && touch target && ln -s ../target home/lock") == 0);
    CHECK(!release_install(bundle, "home", NULL, NULL, &change, &err));
    bundle_destroy(bundle);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_mode & 0777 : 0;
}

/* An administrator who keeps their files to themselves installs for the player all the same. */
static void it_is_readable_whatever_the_umask(void)
{
    mode_t mask = umask(0077);
    CHECK(system("rm -rf outer") == 0);
    struct bundle *bundle = work_bundle(1);
    struct error err = {0};
    struct release_change change;
    CHECK(release_install(bundle, "outer/home", NULL, NULL, &change, &err));
    umask(mask);
    CHECK_INT(mode_of("outer"), 0755);
    CHECK_INT(mode_of("outer/home"), 0755);
    CHECK_INT(mode_of("outer/home/releases"), 0755);
    CHECK_INT(mode_of("outer/home/current"), 0755);
    CHECK_INT(mode_of("outer/home/current/documents/notice"), 0755);
    CHECK_INT(mode_of("outer/home/current/documents/notice/1.png"), 0644);
    bundle_destroy(bundle);
}

/* As the player's own user: it goes back, and installs what came into its inbox, over what an administrator
 * installed. */
static bool goes_on_as(uid_t user, const struct bundle *third, const struct bundle *fourth)
{
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        bool ok = setgid(user) == 0 && setuid(user) == 0;
        umask(0027);
        ok = ok && rolls_back() && rolls_back() && work_install(third) && work_install(fourth);
        _exit(ok && work_count_releases() == 2 ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void what_an_administrator_installs_is_the_players(void)
{
    const uid_t player = 65534;
    struct bundle *bundles[4];
    if (geteuid() != 0) {
        SKIP("only an administrator can install for somebody else");
    }
    CHECK(system("rm -rf home && mkdir home && touch foreign && chmod 755 .") == 0);
    CHECK(chown("home", player, player) == 0 && link("foreign", "home/lock") == 0);
    struct stat status;
    for (int i = 0; i < 2; i++) {
        bundles[i] = work_bundle(i + 1);
        CHECK(work_install(bundles[i]));
        CHECK(stat("foreign", &status) == 0 && status.st_uid == 0); /* no link makes others' files theirs */
        unlink("home/lock");
    }
    CHECK(system("test -z \"$(find home ! -type l ! -user 65534)\"") == 0);
    CHECK(work_install(bundles[1]));
    for (int i = 2; i < 4; i++) {
        char name[40];
        snprintf(name, sizeof name, "exhibit-%d", i);
        CHECK(work_exhibit(name, i + 1));
        bundles[i] = bundle_open_folder(name, (uint64_t)i + 1, NULL);
    }
    CHECK(goes_on_as(player, bundles[2], bundles[3]));
    CHECK(work_leads_to("home/current", bundles[3]));
    for (int i = 0; i < 4; i++) {
        bundle_destroy(bundles[i]);
    }
}

/* In a small disk of its own: what was copied when the power failed must not be in the way for ever. */
static bool fits_a_small_disk(
    const struct bundle *first, const struct bundle *second, size_t incoming, size_t rest)
{
    static char bytes[1 << 20];
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
            mount("none", "home", "tmpfs", 0, "size=1m") != 0) {
            _exit(2);
        }
        bool ok = work_install(first) && mkdir("home/incoming", 0755) == 0 &&
                  files_write("home/incoming/rest", bytes, incoming) &&
                  mkdir("home/releases/0-rest", 0755) == 0;
        ok = ok && files_write("home/releases/0-rest/x", bytes, rest);
        _exit(ok && work_install(second) && work_leads_to("home/current", second) ? 0 : 1);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) {
        check_skip_reason = "this system lets nobody mount a disk of their own";
    }
    return WEXITSTATUS(status) != 1;
}

static void what_was_left_makes_room(void)
{
    struct bundle *first, *second;
    CHECK(system("rm -rf home && mkdir home") == 0);
    first = work_bundle(1);
    CHECK(work_exhibit("exhibit-2", 2));
    second = bundle_open_folder("exhibit-2", 2, NULL);
    CHECK(fits_a_small_disk(first, second, 940 << 10, 0));
    CHECK(fits_a_small_disk(first, second, 10 << 10, 940 << 10));
    bundle_destroy(first);
    bundle_destroy(second);
}

static void nothing_installed_is_said(void)
{
    struct error err = {0};
    struct release_change change;
    CHECK(system("rm -rf home") == 0);
    CHECK(!release_rollback("home", &change, &err));
    CHECK_INT(err.category, ERROR_INPUT);
    CHECK(access("home", F_OK) != 0);
    CHECK(mkdir("home", 0755) == 0 && !release_rollback("home", &change, &err));
    CHECK(system("rm -rf home && touch home") == 0);
    struct bundle *bundle = work_bundle(1);
    CHECK(!release_install(bundle, "home", NULL, NULL, &change, &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(release_install(bundle, "deep/er/home", NULL, NULL, &change, &err)); /* folders are made */
    CHECK(system("rm home") == 0);
    bundle_destroy(bundle);
}

int main(void)
{
    char folder[64];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(the_new_one_is_played_and_the_old_one_kept);
    RUN(nothing_older_comes_after);
    RUN(who_went_back_is_not_led_further_back);
    RUN(the_newest_stays_whatever_is_chosen);
    RUN(once_more_changes_nothing_but_what_is_damaged);
    RUN(what_is_mended_may_be_played);
    RUN(what_is_not_accepted_leaves_no_trace);
    RUN(one_at_a_time);
    RUN(what_is_played_is_not_removed);
    RUN(the_first_one_may_be_a_packages);
    RUN(nothing_older_comes_after_a_choice);
    RUN(one_may_be_played_instead_of_another);
    RUN(links_are_not_followed);
    RUN(it_is_readable_whatever_the_umask);
    RUN(what_an_administrator_installs_is_the_players);
    RUN(what_was_left_makes_room);
    RUN(nothing_installed_is_said);
    return work_leave(folder, check_report());
}
