/* What the tests of bundles share: a folder to work in, in memory where there is room for it, and a small
 * exhibit. */
#ifndef TESTS_BUNDLE_WORK_H
#define TESTS_BUNDLE_WORK_H

#include "bundle/release.h"

#include "check.h"
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#define WORK_FILES 4

/* What minisign -G -W wrote once, and what it signed: "hello\n". */
#define WORK_PUBLIC                                                                                          \
    "untrusted comment: minisign public key B9D42588F28A094C\n"                                              \
    "RWRMCYryiCXUudq3IYNQDIRKY30Q+tfGHMt4GGP2Kytq4+REL2fc6UbN\n"
#define WORK_SECRET                                                                                          \
    "untrusted comment: minisign encrypted secret key\n"                                                     \
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAATAmK8ogl1Ll2awmRLsCX8mcgC1Ap"   \
    "VOB55uc4CvjRoqknwjaLbDhmS9q3IYNQDIRKY30Q+tfGHMt4GGP2Kytq4+REL2fc6UbNAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"   \
    "AAAAAAAAAAA=\n"
#define WORK_SIGNATURE                                                                                       \
    "untrusted comment: signature from minisign secret key\n"                                                \
    "RURMCYryiCXUuWFCfZ/mtr/YRPW0ehoXH0gP3BVpgWvV16qX4Ord2DR+UpPmc8XnUJR2okEQlbfe3WPRtw0/1tvkQJFsa/KyGw0=\n" \
    "trusted comment: timestamp:1795687162\tfile:m\thashed\n"                                                \
    "bTuSHr8VIFF2aj6Z3Vpzkvb344whNNVWgEmkb/RJ/IlpSY+j1H7FL2o+QuAFGVHE79oWTsK2pPfOZy3Ok4WNDA==\n"

/* A new folder that becomes the current one. */
static inline bool work_enter(char folder[64])
{
    bool memory = access("/dev/shm", W_OK) == 0;
    snprintf(folder, 64, "%s/vitrine-bundle-XXXXXX", memory ? "/dev/shm" : "/tmp");
    return mkdtemp(folder) != NULL && chdir(folder) == 0;
}

static inline int work_leave(const char *folder, int result)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") == 0 && system(command) == 0 ? result : 1;
}

/* An exhibit of four files in three folders, in "<name>"; each version has other contents. */
static inline bool work_exhibit(const char *name, int version)
{
    static const char *const folders[] = {"", "/documents", "/documents/notice"};
    static const char *const files[WORK_FILES] = {
        "exhibit.yaml", "documents/notice/document.yaml", "documents/notice/1.png", "people.yaml"};
    char path[200], text[200];
    bool ok = true;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        snprintf(path, sizeof path, "%s%s", name, folders[i]);
        mkdir(path, 0755);
    }
    for (size_t i = 0; i < WORK_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", name, files[i]);
        snprintf(text, sizeof text, "%s of version %d\n", files[i], version);
        ok = files_write_text(path, text) && ok;
    }
    return ok;
}

static inline struct bundle *work_bundle(int version)
{
    struct error err = {0};
    struct bundle *bundle =
        work_exhibit("exhibit", version) ? bundle_open_folder("exhibit", (uint64_t)version, &err) : NULL;
    CHECK_THAT(bundle != NULL, "%s", err.message);
    return bundle;
}

/* Does the link lead to this bundle's files? */
static inline bool work_leads_to(const char *link, const struct bundle *bundle)
{
    int folder = open(link, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool same = folder >= 0 && bundle_matches(bundle, folder);
    if (folder >= 0) {
        close(folder);
    }
    return same;
}

static inline int work_count_releases(void)
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

static inline bool work_install(const struct bundle *bundle)
{
    struct error err = {0};
    struct release_change change;
    bool ok = release_install(bundle, "home", NULL, NULL, &change, &err);
    CHECK_THAT(ok, "%s", err.message);
    return ok;
}

/* A home with nothing in it but this version. */
static inline struct bundle *work_first(int version)
{
    CHECK(system("rm -rf home") == 0);
    struct bundle *bundle = work_bundle(version);
    CHECK(work_install(bundle));
    return bundle;
}

#endif
