/* Installing and going back: one exhibit is whole at every moment, and nothing older comes after it. */
#include "bundle/release.h"

#include "check.h"
#include "work.h"

#include <dirent.h>
#include <sys/file.h>

static int count_releases(void)
{
    DIR *stream = opendir("home/releases");
    int count = 0;
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    if (stream != NULL) {
        closedir(stream);
    }
    return count;
}

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
    CHECK(system("rm -rf home") == 0);
    first = work_bundle(1);
    CHECK(work_install(first));
    CHECK(work_leads_to("home/current", first));
    CHECK(access("home/previous", F_OK) != 0 && !rolls_back());
    second = work_bundle(2);
    CHECK(work_install(second));
    CHECK(work_leads_to("home/current", second) && access("home/incoming", F_OK) != 0);
    CHECK_INT(count_releases(), 2);
    third = work_bundle(3);
    CHECK(work_install(third));
    CHECK(work_leads_to("home/current", third));
    CHECK_INT(count_releases(), 2);
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
    CHECK(system("rm -rf home") == 0);
    fourth = work_bundle(4);
    CHECK(work_install(fourth));
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
    CHECK_INT(count_releases(), 2);
    bundle_destroy(fourth);
    bundle_destroy(fifth);
    bundle_destroy(other);
}

static void once_more_changes_nothing_but_what_is_damaged(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *bundle;
    CHECK(system("rm -rf home") == 0);
    bundle = work_bundle(1);
    CHECK(work_install(bundle));
    CHECK(release_install(bundle, "home", NULL, NULL, &change, &err) && !change.changed);
    CHECK(work_text("home/current/people.yaml", "rotten"));
    CHECK(!work_leads_to("home/current", bundle));
    CHECK(release_install(bundle, "home", NULL, NULL, &change, &err) && change.changed);
    CHECK(work_leads_to("home/current", bundle));
    CHECK_INT(count_releases(), 1);
    CHECK(access("home/previous", F_OK) != 0);
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
    CHECK(system("rm -rf home") == 0);
    first = work_bundle(1);
    CHECK(work_install(first));
    second = work_bundle(2);
    CHECK(!release_install(second, "home", refuse, &seen, &change, &err) && seen);
    CHECK_TEXT(err.message, "not this one");
    CHECK(work_exhibit("exhibit", 1) && work_leads_to("home/current", first));
    CHECK_INT(count_releases(), 1);
    CHECK(access("home/incoming", F_OK) != 0);
    CHECK(work_text("exhibit/people.yaml", "changed in between"));
    CHECK(!release_install(second, "home", NULL, NULL, &change, &err));
    CHECK_INT(count_releases(), 1);
    bundle_destroy(first);
    bundle_destroy(second);
}

static void one_at_a_time(void)
{
    struct error err = {0};
    struct release_change change;
    struct bundle *bundle;
    CHECK(system("rm -rf home") == 0);
    bundle = work_bundle(1);
    CHECK(work_install(bundle));
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
    CHECK_INT(count_releases(), 3);
    CHECK(bundle_matches(bundles[0], played));
    close(played);
    CHECK(work_install(bundles[3])); /* the next time it goes */
    CHECK_INT(count_releases(), 2);
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
    CHECK_INT(count_releases(), 2);
    CHECK(access("shipped/exhibit.yaml", F_OK) == 0);
    bundle_destroy(first);
    bundle_destroy(second);
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
    RUN(once_more_changes_nothing_but_what_is_damaged);
    RUN(what_is_not_accepted_leaves_no_trace);
    RUN(one_at_a_time);
    RUN(what_is_played_is_not_removed);
    RUN(the_first_one_may_be_a_packages);
    RUN(links_are_not_followed);
    RUN(nothing_installed_is_said);
    return work_leave(folder, check_report());
}
