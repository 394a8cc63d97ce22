/* install, rollback: the exhibits of a kiosk, one whole one after the other. */
#include "author/options.h"
#include "base/array.h"
#include "bundle/release.h"
#include "tools.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INTO "/var/lib/vitrine/exhibits"
#define PUBLIC_KEY "/etc/vitrine/exhibits.pub"
#define ANY UINT64_MAX /* higher than any serial */

struct order {
    const char *what, *into, *key_path;
    bool keyed, several; /* several: it is a folder with bundles in it */
    struct minisign_public key;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--into", OPTION_TEXT, &order->into, NULL},
        {"--public-key", OPTION_TEXT, &order->key_path, NULL},
    };
    if (!options_read(&argc, argv, options, ARRAY_LENGTH(options), err)) {
        return false;
    }
    if (argc != 2) {
        return error_set(err, ERROR_USAGE,
            "install wants one bundle, or a folder with an exhibit or bundles in it: see vitrine help "
            "install");
    }
    order->what = argv[1];
    return true;
}

/* The key that was named, or the kiosk's own. Only where there is none at all is anything taken that is not
 * signed: a key that cannot be read lets nothing in. */
static bool read_key(struct order *order, struct error *err)
{
    bool own = order->key_path == NULL;
    struct stat status;
    if (own && lstat(PUBLIC_KEY, &status) != 0 && errno == ENOENT) {
        return true;
    }
    order->keyed = true;
    return minisign_read_public(own ? PUBLIC_KEY : order->key_path, &order->key, err);
}

/* ---- what is installed */

static bool has_exhibit(const char *folder)
{
    char path[PLAYER_PATH_MAX];
    return snprintf(path, sizeof path, "%s/exhibit.yaml", folder) < (int)sizeof path &&
           access(path, F_OK) == 0;
}

static bool is_bundle_name(const char *name)
{
    return name[0] != '.' && str_ends_with(str_from(name), STR(".vitrine"));
}

/* The newest bundle in a folder of those that may be installed here and are older than `below`; the first
 * time what may not is told. */
static struct bundle *find_bundle(
    const struct order *order, uint64_t below, const struct author_io *io, struct error *err)
{
    DIR *stream = opendir(order->what);
    struct bundle *newest = NULL;
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        char path[PLAYER_PATH_MAX];
        struct error why = {0};
        if (!is_bundle_name(entry->d_name) ||
            snprintf(path, sizeof path, "%s/%s", order->what, entry->d_name) >= (int)sizeof path) {
            continue;
        }
        struct bundle *bundle = bundle_open(path, order->keyed ? &order->key : NULL, &why);
        uint64_t serial = bundle != NULL ? bundle_facts(bundle).serial : 0;
        if (bundle == NULL) {
            if (below == ANY) {
                author_fail(io, &why);
            }
        } else if (serial < below && (newest == NULL || serial > bundle_facts(newest).serial)) {
            bundle_destroy(newest);
            newest = bundle;
        } else {
            bundle_destroy(bundle);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    if (newest == NULL) {
        error_set_at(err, ERROR_INPUT, order->what, 0, 0,
            "there is neither an exhibit nor a bundle (.vitrine) in it that can be installed here");
    }
    return newest;
}

static struct bundle *open_bundle(
    struct order *order, uint64_t below, const struct author_io *io, struct error *err)
{
    struct stat status;
    if (stat(order->what, &status) != 0) {
        error_set_at(err, ERROR_INPUT, order->what, 0, 0, "it cannot be opened: %s", strerror(errno));
        return NULL;
    }
    if (!S_ISDIR(status.st_mode)) {
        return bundle_open(order->what, order->keyed ? &order->key : NULL, err);
    }
    order->several = !has_exhibit(order->what);
    if (order->several) {
        return find_bundle(order, below, io, err);
    }
    if (order->keyed) {
        error_set_at(err, ERROR_INPUT, order->what, 0, 0,
            "a folder is not signed, and only what is signed is taken here: vitrine pack --key makes a "
            "bundle of it");
        return NULL;
    }
    return bundle_open_folder(order->what, 0, err);
}

/* ---- installing */

/* This player must be able to play it: else it stays with what it has. */
static bool accept(void *context, const char *folder, struct error *err)
{
    const struct author_io *io = context;
    struct findings *findings = findings_create();
    if (findings == NULL) {
        return error_memory(err);
    }
    struct exhibit *exhibit = exhibit_open(folder, findings, err);
    bool ok = exhibit != NULL && (exhibit_load_all(exhibit) || error_memory(err));
    if (ok && findings_errors(findings) > 0) {
        author_report(findings, folder, io->err);
        ok = error_set(err, ERROR_INPUT, "it was not installed: there are mistakes in it");
    }
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    return ok;
}

static void tell(
    const struct author_io *io, const struct bundle_facts *facts, const struct release_change *change)
{
    if (!change->changed) {
        fprintf(io->out, "%s %s was installed already, and is whole\n", facts->name, change->now);
    } else if (change->before[0] == '\0') {
        fprintf(io->out, "%s %s is installed\n", facts->name, change->now);
    } else {
        fprintf(io->out, "%s %s is installed; %s is kept for vitrine rollback\n", facts->name, change->now,
            change->before);
    }
}

/* The newest that is good: one that was damaged on its way must not keep out what came before it. */
static bool install(struct order *order, const struct author_io *io, struct error *err)
{
    struct author_io copy = *io;
    uint64_t below = ANY;
    for (;;) {
        struct release_change change;
        struct bundle *bundle = open_bundle(order, below, io, err);
        if (bundle == NULL) {
            return false;
        }
        struct bundle_facts facts = bundle_facts(bundle);
        bool ok = release_install(bundle, order->into, accept, &copy, &change, err);
        if (ok) {
            tell(io, &facts, &change);
        }
        bundle_destroy(bundle);
        if (ok || !change.refused || !order->several) {
            return ok;
        }
        author_fail(io, err);
        *err = (struct error){0};
        below = facts.serial;
    }
}

int author_install(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct order order = {.into = INTO};
    bool ok = read_order(argc, argv, &order, &err) && read_key(&order, &err) && install(&order, io, &err);
    return ok ? 0 : author_fail(io, &err);
}

int author_rollback(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    const char *into = INTO;
    struct release_change change;
    const struct option options[] = {{"--into", OPTION_TEXT, &into, NULL}};
    bool ok = options_read(&argc, argv, options, ARRAY_LENGTH(options), &err);
    if (ok && argc > 1) {
        ok = error_set(&err, ERROR_USAGE, "rollback takes nothing but --into: see vitrine help rollback");
    }
    ok = ok && release_rollback(into, &change, &err);
    if (ok) {
        fprintf(io->out, "%s is played again; %s is kept for vitrine rollback\n", change.now, change.before);
    }
    return ok ? 0 : author_fail(io, &err);
}
