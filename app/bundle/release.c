#include "bundle/release.h"

#include "file.h"
#include "internal.h"
#include "remove.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define CHOICE "chosen-"
#define CHOICE_NAME_MAX (sizeof CHOICE + 16)
#define INCOMING "incoming"
#define FRESH "link.new"
#define RELEASES "releases"
#define OLD "old-" /* and the name of a release: a damaged one that another took the place of */

struct home {
    const char *path;
    int folder, releases, lock;
    char current[RELEASE_NAME_MAX], previous[RELEASE_NAME_MAX]; /* empty: none */
    char choice[CHOICE_NAME_MAX], chosen[RELEASE_NAME_MAX];     /* the link of a choice, and where it leads */
};

/* ---- the folder */

/* "releases/<name>", as a link of ours says it. Empty when it is none of ours. */
static void read_link(const struct home *home, const char *link, char name[RELEASE_NAME_MAX])
{
    char target[sizeof RELEASES + RELEASE_NAME_MAX];
    ssize_t length = readlinkat(home->folder, link, target, sizeof target);
    struct str text = {target, length > 0 ? (size_t)length : 0};
    name[0] = '\0';
    if (text.length < sizeof target && str_starts_with(text, STR(RELEASES "/"))) {
        struct str rest = str_slice(text, sizeof RELEASES, text.length);
        if (str_find(rest, '/') == rest.length && rest.length < RELEASE_NAME_MAX) {
            snprintf(name, RELEASE_NAME_MAX, "%.*s", STR_ARGS(rest));
        }
    }
}

/* The part of a release's name that says how new it is. */
static bool serial_of(const char *name, uint64_t *serial)
{
    struct str rest = str_from(name);
    return head_number(str_split(&rest, '-'), serial);
}

typedef bool with_folder(const char *path);

/* All the folders on the way to one, and itself. */
static bool each_folder(const char *path, with_folder *visit)
{
    char *copy = strdup(path);
    if (copy == NULL) {
        errno = ENOMEM;
        return false;
    }
    bool ok = copy[0] != '\0';
    for (char *at = ok ? strchr(copy + 1, '/') : NULL; ok && at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        ok = visit(copy);
        *at = '/';
    }
    ok = ok && visit(copy);
    free(copy);
    return ok;
}

/* Those that are open; errno stays what it was. */
static void close_both(int a, int b)
{
    int number = errno;
    if (a >= 0) {
        close(a);
    }
    if (b >= 0) {
        close(b);
    }
    errno = number;
}

/* Makes nothing where there is one already, which may be a link. */
static bool make_folder(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0) {
        return true;
    }
    if (mkdir(path, 0755) != 0) {
        return errno == EEXIST;
    }
    int folder = file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    int above = folder >= 0 ? file_open(folder, "..", O_RDONLY | O_DIRECTORY, 0) : -1;
    bool ok = folder >= 0 && fchmod(folder, 0755) == 0 && (above < 0 || file_give(folder, above));
    close_both(folder, above);
    return ok;
}

/* That it is there must be on the disk too. A folder around it that may not be read was not made here. */
static bool sync_above(const char *path)
{
    int folder = file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    int above = folder >= 0 ? file_open(folder, "..", O_RDONLY | O_DIRECTORY, 0) : -1;
    bool ok = above < 0 || file_sync(above);
    close_both(folder, above);
    return ok;
}

static void home_close(struct home *home)
{
    const int open[] = {home->lock, home->releases, home->folder};
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        if (open[i] >= 0) {
            close(open[i]);
        }
    }
}

static bool take_lock(struct home *home, struct error *err)
{
    int result;
    /* To lock it, it need not be written: whoever made it. */
    home->lock = file_open(home->folder, "lock", O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0644);
    do {
        result = home->lock >= 0 ? flock(home->lock, LOCK_EX | LOCK_NB) : -1;
    } while (result != 0 && errno == EINTR);
    if (result != 0 && home->lock >= 0 && errno == EWOULDBLOCK) {
        return error_set_at(err, ERROR_MACHINE, home->path, 0, 0,
            "something else is being installed there just now: try again when it is done");
    }
    return (result == 0 && file_give(home->lock, home->folder)) ||
           file_fail(err, home->path, "it cannot be locked");
}

/* There is one at most; a name that is longer is none. */
static void find_choice(struct home *home)
{
    int folder = file_open(home->folder, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *stream = folder >= 0 ? fdopendir(folder) : NULL;
    if (stream == NULL && folder >= 0) {
        close(folder);
    }
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        if (strncmp(entry->d_name, CHOICE, sizeof CHOICE - 1) == 0 &&
            strlen(entry->d_name) < CHOICE_NAME_MAX) {
            snprintf(home->choice, sizeof home->choice, "%s", entry->d_name);
            read_link(home, home->choice, home->chosen);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
}

static bool home_open(struct home *home, const char *path, bool make, struct error *err)
{
    *home = (struct home){.path = path, .folder = -1, .releases = -1, .lock = -1};
    if (make && !each_folder(path, make_folder)) {
        return file_fail(err, path, "the folder cannot be made");
    }
    home->folder = file_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (home->folder < 0) {
        return !make && errno == ENOENT
                   ? error_set_at(err, ERROR_INPUT, path, 0, 0, "nothing is installed there")
                   : file_fail(err, path, "the folder cannot be opened");
    }
    if (!take_lock(home, err)) {
        return false;
    }
    home->releases = make ? file_make_folder(home->folder, RELEASES, NULL)
                          : file_open(home->folder, RELEASES, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    if (home->releases < 0) {
        return !make && errno == ENOENT
                   ? error_set_at(err, ERROR_INPUT, path, 0, 0, "nothing is installed there")
                   : file_fail(err, path, "its folder " RELEASES " cannot be opened");
    }
    read_link(home, "current", home->current);
    read_link(home, "previous", home->previous);
    find_choice(home);
    if (make && home->current[0] == '\0' && !each_folder(path, sync_above)) {
        return file_fail(err, path, "its folder cannot be written");
    }
    return !make || file_give(home->releases, home->folder) ||
           file_fail(err, path, "its folder " RELEASES " cannot be given to who owns the one around it");
}

/* ---- links */

/* Points a link at a release: it is the old one or the new one at every moment. */
static bool point(const struct home *home, const char *link, const char *name, struct error *err)
{
    char target[sizeof RELEASES + RELEASE_NAME_MAX];
    snprintf(target, sizeof target, RELEASES "/%s", name);
    remove_tree(home->folder, FRESH);
    bool ok = symlinkat(target, home->folder, FRESH) == 0 &&
              renameat(home->folder, FRESH, home->folder, link) == 0 && file_sync(home->folder);
    return ok || file_fail(err, home->path, "its links cannot be changed");
}

/* ---- what is old */

static bool is_kept(const struct home *home, const char *name)
{
    return strcmp(name, home->current) == 0 || strcmp(name, home->previous) == 0 ||
           strcmp(name, home->chosen) == 0;
}

/* A player that still shows it holds a lock on it. */
static bool is_played(const struct home *home, const char *name)
{
    int folder = file_open(home->releases, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    bool played = folder >= 0 ? flock(folder, LOCK_EX | LOCK_NB) != 0 : errno == EMFILE || errno == ENFILE;
    if (folder >= 0) {
        close(folder);
    }
    return played;
}

typedef void with_release(struct home *home, const char *name, void *context);

static void each_release(struct home *home, with_release *visit, void *context)
{
    int folder = file_open(home->releases, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *stream = folder >= 0 ? fdopendir(folder) : NULL;
    if (stream == NULL) {
        if (folder >= 0) {
            close(folder);
        }
        return;
    }
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] != '.') {
            visit(home, entry->d_name, context);
        }
    }
    closedir(stream);
}

static void find_newest(struct home *home, const char *name, void *context)
{
    char *found = context;
    uint64_t serial, best;
    (void)home;
    if (serial_of(name, &serial) && strlen(name) < RELEASE_NAME_MAX &&
        (!serial_of(found, &best) || serial > best)) {
        snprintf(found, RELEASE_NAME_MAX, "%s", name);
    }
}

/* The newest stays, though another was chosen: nothing older may come after it. */
static void prune(struct home *home, const char *name, void *context)
{
    const char *newest = context;
    if (!is_kept(home, name) && strcmp(name, newest) != 0 && !is_played(home, name)) {
        remove_tree(home->releases, name); /* what does not go now goes with the next one */
    }
}

static void prune_all(struct home *home)
{
    char newest[RELEASE_NAME_MAX] = "";
    each_release(home, find_newest, newest);
    each_release(home, prune, newest);
}

static void find_older(struct home *home, const char *name, void *context)
{
    char *found = context;
    uint64_t installed, serial, best;
    if (!serial_of(home->current, &installed) || !serial_of(name, &serial) || serial >= installed ||
        strlen(name) >= RELEASE_NAME_MAX || (serial_of(found, &best) && serial <= best)) {
        return;
    }
    snprintf(found, RELEASE_NAME_MAX, "%s", name);
}

/* ---- install */

static bool has_room(const struct home *home, const struct bundle *bundle, struct error *err)
{
    struct statvfs disk;
    struct bundle_facts facts = bundle_facts(bundle);
    if (fstatvfs(home->folder, &disk) != 0) {
        return true; /* then it will show when it is written */
    }
    uint64_t unit = disk.f_frsize > 0 ? disk.f_frsize : 4096;
    uint64_t needed = facts.bytes / unit + 2 * facts.files + 16;
    return needed <= disk.f_bavail || error_set_at(err, ERROR_MACHINE, home->path, 0, 0,
                                          "the disk is too full: %" PRIu64 " MB more are needed",
                                          (needed - disk.f_bavail) * unit / 1000000 + 1);
}

/* What an installation that broke off has left goes first; what else is of no use, when it must. */
static bool make_room(struct home *home, const struct bundle *bundle, struct error *err)
{
    if (!remove_tree(home->folder, INCOMING)) {
        return file_fail(err, home->path, "its folder " INCOMING " cannot be removed");
    }
    if (has_room(home, bundle, NULL)) {
        return true;
    }
    prune_all(home);
    return has_room(home, bundle, err);
}

static bool unpack_beside(const struct home *home, const struct bundle *bundle, struct error *err)
{
    int folder = file_make_folder(home->folder, INCOMING, NULL);
    if (folder < 0) {
        return file_fail(err, home->path, "its folder " INCOMING " cannot be made");
    }
    bool ok = bundle_unpack(bundle, folder, err);
    close(folder);
    return ok;
}

static bool is_accepted(const struct home *home, release_accept *accept, void *context, struct error *err)
{
    char *folder = NULL;
    if (accept == NULL) {
        return true;
    }
    if (asprintf(&folder, "%s/" INCOMING, home->path) < 0) {
        return error_memory(err);
    }
    bool ok = accept(context, folder, err);
    free(folder);
    return ok;
}

/* A release of this name that is there already, or whatever has its name, is exchanged for the copy, in one
 * step; a player that shows it keeps it as long as it does. */
static bool put_in_place(const struct home *home, const char *name, struct error *err)
{
    char old[sizeof OLD + RELEASE_NAME_MAX];
    int result = renameat(home->folder, INCOMING, home->releases, name);
    if (result != 0 && (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)) {
        snprintf(old, sizeof old, OLD "%s", name);
        remove_tree(home->releases, old);
        result = renameat2(home->folder, INCOMING, home->releases, name, RENAME_EXCHANGE);
        if (result == 0) {
            (void)renameat(home->folder, INCOMING, home->releases, old); /* else it is removed at once */
        }
    }
    return (result == 0 && file_sync(home->releases) && file_sync(home->folder)) ||
           file_fail(err, home->path, "the copy cannot be put in place");
}

static bool is_whole(const struct home *home, const struct bundle *bundle, const char *name)
{
    int folder = file_open(home->releases, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    bool whole = folder >= 0 && bundle_matches(bundle, folder);
    if (folder >= 0) {
        close(folder);
    }
    return whole;
}

/* Than all that is there, whichever is played: who went back to an older one, or chose another, has the
 * newest still, and that one may come again. */
static bool is_newer(struct home *home, const struct bundle *bundle, const char *name, struct error *err)
{
    char newest[RELEASE_NAME_MAX] = "";
    uint64_t installed, serial = bundle_facts(bundle).serial;
    each_release(home, find_newest, newest);
    if (!serial_of(newest, &installed) || serial > installed || strcmp(name, newest) == 0) {
        return true;
    }
    return error_set_at(err, ERROR_INPUT, home->path, 0, 0,
        serial < installed
            ? "what is installed is newer (%" PRIu64 ", and this is %" PRIu64
              "): pack it anew after the last change, or with a higher --serial if a clock was wrong"
            : "something else with the same serial is installed (%" PRIu64 ", and this is %" PRIu64
              "): pack it anew after the last change",
        installed, serial);
}

static bool flip(struct home *home, const char *name, struct error *err)
{
    if (home->current[0] != '\0' && strcmp(home->current, name) != 0) {
        if (!point(home, "previous", home->current, err)) {
            return false;
        }
        snprintf(home->previous, sizeof home->previous, "%s", home->current);
    }
    if (!point(home, "current", name, err)) {
        return false;
    }
    snprintf(home->current, sizeof home->current, "%s", name);
    return true;
}

static void clean(struct home *home)
{
    remove_tree(home->folder, INCOMING);
    remove_tree(home->folder, FRESH);
    prune_all(home);
}

static bool install(struct home *home, const struct bundle *bundle, release_accept *accept, void *context,
    struct release_change *change, struct error *err)
{
    struct bundle_facts facts = bundle_facts(bundle);
    snprintf(change->before, sizeof change->before, "%s", home->current);
    snprintf(change->now, sizeof change->now, "%" PRIu64 "-%.16s", facts.serial, facts.hash);
    bool again = strcmp(change->now, home->current) == 0;
    if (again && is_whole(home, bundle, change->now)) {
        clean(home);
        return true;
    }
    if ((!again && !is_newer(home, bundle, change->now, err)) || !make_room(home, bundle, err)) {
        return false;
    }
    change->changed = true;
    struct error why = {0};
    bool ok = unpack_beside(home, bundle, &why) && is_accepted(home, accept, context, &why);
    if (!ok) {
        change->refused = why.category == ERROR_INPUT;
        if (err != NULL) {
            *err = why;
        }
    }
    ok = ok && put_in_place(home, change->now, err) && flip(home, change->now, err);
    if (ok) {
        clean(home);
    } else {
        remove_tree(home->folder, INCOMING);
    }
    return ok;
}

bool release_install(const struct bundle *bundle, const char *dir, release_accept *accept, void *context,
    struct release_change *change, struct error *err)
{
    struct home home;
    *change = (struct release_change){.changed = false};
    bool ok = home_open(&home, dir, true, err) && install(&home, bundle, accept, context, change, err);
    home_close(&home);
    return ok;
}

/* ---- going back */

/* The one that a package brought is a link to where the package has it. */
static bool exists(const struct home *home, const char *name)
{
    struct stat status;
    return name[0] != '\0' && fstatat(home->releases, name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

static bool swap_links(struct home *home, const char *back, struct error *err)
{
    bool two = strcmp(back, home->previous) == 0;
    if (two && renameat2(home->folder, "current", home->folder, "previous", RENAME_EXCHANGE) == 0) {
        return file_sync(home->folder) || file_fail(err, home->path, "its links cannot be changed");
    }
    return point(home, "current", back, err) && point(home, "previous", home->current, err);
}

static bool rollback(struct home *home, struct release_change *change, struct error *err)
{
    char back[RELEASE_NAME_MAX] = "";
    if (home->previous[0] != '\0' && strcmp(home->previous, home->current) != 0 &&
        exists(home, home->previous)) {
        memcpy(back, home->previous, sizeof back);
    } else {
        each_release(home, find_older, back); /* an installation broke off between its two links */
    }
    if (home->current[0] == '\0' || !exists(home, back)) {
        return error_set_at(err, ERROR_INPUT, home->path, 0, 0, "there is nothing before it to go back to");
    }
    change->changed = true;
    memcpy(change->before, home->current, sizeof change->before);
    memcpy(change->now, back, sizeof change->now);
    return swap_links(home, back, err);
}

bool release_rollback(const char *dir, struct release_change *change, struct error *err)
{
    struct home home;
    *change = (struct release_change){.changed = false};
    bool ok = home_open(&home, dir, false, err) && rollback(&home, change, err);
    home_close(&home);
    return ok;
}

/* ---- choosing */

static void name_by_hash(const char *before, const char *path, char *name, size_t size)
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof hash + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)path, strlen(path), NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(name, size, "%s%.16s", before, hex);
}

/* Is there a link of this name that leads there, or could there be one? */
static bool may_lead(const struct home *home, const char *name, const char *path)
{
    char target[BUNDLE_PATH_MAX + 1];
    ssize_t length = readlinkat(home->releases, name, target, sizeof target);
    size_t whole = strlen(path);
    return length < 0 ? errno == ENOENT : (size_t)length == whole && memcmp(target, path, whole) == 0;
}

/* What lies elsewhere becomes a release by a link, as what a package brings. */
static bool take_in(const struct home *home, const char *path, char name[RELEASE_NAME_MAX], struct error *err)
{
    const char *last = strrchr(path, '/');
    int length = snprintf(name, RELEASE_NAME_MAX, "0-%s", last + 1);
    if (length >= RELEASE_NAME_MAX || last[1] == '\0' || !may_lead(home, name, path)) {
        name_by_hash("0-", path, name, RELEASE_NAME_MAX);
    }
    return (symlinkat(path, home->releases, name) == 0 && file_sync(home->releases)) ||
           (errno == EEXIST && may_lead(home, name, path)) ||
           file_fail(err, home->path, "it cannot be linked to there");
}

static bool choose(struct home *home, const char *instead, const char *name, struct release_change *change,
    struct error *err)
{
    char link[CHOICE_NAME_MAX] = "";
    if (instead != NULL) {
        name_by_hash(CHOICE, instead, link, sizeof link);
    }
    const char *now = instead == NULL ? home->current : strcmp(link, home->choice) == 0 ? home->chosen : "";
    snprintf(change->before, sizeof change->before, "%s", now);
    snprintf(change->now, sizeof change->now, "%s", name);
    change->changed = strcmp(now, name) != 0;
    if (!change->changed) {
        return true;
    }
    if (instead == NULL) {
        return strcmp(name, home->previous) == 0 ? swap_links(home, name, err) : flip(home, name, err);
    }
    if (strcmp(link, home->choice) != 0 && home->choice[0] != '\0') { /* it was instead of something else */
        unlinkat(home->folder, home->choice, 0);
    }
    return name[0] != '\0' ? point(home, link, name, err)
                           : (unlinkat(home->folder, link, 0) == 0 && file_sync(home->folder)) ||
                                 file_fail(err, home->path, "its links cannot be changed");
}

bool release_choose(
    const char *dir, const char *instead, const char *what, struct release_change *change, struct error *err)
{
    struct home home;
    char name[RELEASE_NAME_MAX] = "";
    *change = (struct release_change){.changed = false};
    bool ok = home_open(&home, dir, true, err);
    if (ok && what != NULL && what[0] == '/') {
        ok = take_in(&home, what, name, err);
    } else if (ok && what != NULL) {
        snprintf(name, sizeof name, "%s", what);
    }
    if (ok && what != NULL && !exists(&home, name)) {
        ok = error_set_at(err, ERROR_INPUT, dir, 0, 0, "%s is not there any more", what);
    }
    ok = ok && choose(&home, instead, name, change, err);
    home_close(&home);
    return ok;
}

bool release_chosen(const char *dir, const char *instead, char *path, size_t size)
{
    char link[CHOICE_NAME_MAX];
    name_by_hash(CHOICE, instead, link, sizeof link);
    int length = snprintf(path, size, "%s/%s", dir, link);
    return length > 0 && (size_t)length < size && access(path, F_OK) == 0;
}
