/* pack: an exhibit as one file, signed. */
#include "author/options.h"
#include "base/array.h"
#include "bundle/bundle.h"
#include "password.h"
#include "tools.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct order {
    const char *exhibit, *output, *key;
    long serial;
    struct password_source password;
};

static bool read_order(int argc, char **argv, struct order *order, struct error *err)
{
    const struct option options[] = {
        {"--key", OPTION_TEXT, &order->key, NULL},
        {"--password-file", OPTION_TEXT, &order->password.file, NULL},
        {"--serial", OPTION_COUNT, &order->serial, NULL},
    };
    if (!options_read(&argc, argv, options, ARRAY_LENGTH(options), err)) {
        return false;
    }
    if (argc != 3) {
        return error_set(err, ERROR_USAGE,
            "pack wants the folder of an exhibit and the bundle to write: see vitrine help pack");
    }
    order->exhibit = argv[1];
    order->output = argv[2];
    return (uint64_t)order->serial <= BUNDLE_SERIAL_MAX ||
           error_set(err, ERROR_USAGE, "--serial has at most 18 figures");
}

/* A bundle that lay in the exhibit would be in the next bundle. */
static bool lies_apart(const struct order *order, struct error *err)
{
    const char *slash = strrchr(order->output, '/');
    char *parent = slash != NULL ? strndup(order->output, (size_t)(slash - order->output) + 1) : strdup(".");
    char *folder = parent != NULL ? realpath(parent, NULL) : NULL, *exhibit = realpath(order->exhibit, NULL);
    size_t length = exhibit != NULL ? strlen(exhibit) : 0;
    bool inside = folder != NULL && exhibit != NULL && strncmp(folder, exhibit, length) == 0 &&
                  (folder[length] == '/' || folder[length] == '\0');
    free(parent);
    free(folder);
    free(exhibit);
    return !inside || error_set_at(err, ERROR_USAGE, order->output, 0, 0,
                          "the bundle would lie in the exhibit itself: write it somewhere else");
}

/* Only what vitrine check finds no mistake in is packed; what it finds is told. */
static bool is_sound(const struct order *order, const struct author_io *io, struct error *err)
{
    struct player_paths paths;
    struct stat status;
    struct findings *findings = findings_create();
    if (findings == NULL) {
        return error_memory(err);
    }
    bool ok = author_paths(io, &paths, err);
    if (ok && (stat(order->exhibit, &status) != 0 || !S_ISDIR(status.st_mode))) {
        ok = error_set_at(err, ERROR_INPUT, order->exhibit, 0, 0, "pack takes the folder of an exhibit");
    }
    struct exhibit *exhibit = ok ? author_inspect(order->exhibit, &paths, true, findings, err) : NULL;
    size_t errors = findings_errors(findings);
    author_report(findings, order->exhibit, io->err);
    if (exhibit != NULL && errors > 0) {
        error_set_at(
            err, ERROR_INPUT, order->exhibit, 0, 0, "nothing was packed: mend what is wrong with it first");
    }
    ok = exhibit != NULL && errors == 0;
    exhibit_destroy(exhibit);
    findings_destroy(findings);
    return ok;
}

static bool write_bundle(
    struct order *order, const struct minisign_secret *key, const struct author_io *io, struct error *err)
{
    struct bundle *bundle = bundle_open_folder(order->exhibit, (uint64_t)order->serial, err);
    bool ok = bundle != NULL && bundle_write(bundle, order->output, key, err);
    if (ok) {
        struct bundle_facts facts = bundle_facts(bundle);
        fprintf(io->out, "%s: %s, serial %" PRIu64 ", %zu files, %" PRIu64 " bytes, %s\n", order->output,
            facts.name, facts.serial, facts.files, facts.bytes, key != NULL ? "signed" : "not signed");
    }
    bundle_destroy(bundle);
    return ok;
}

int author_pack(int argc, char **argv, const struct author_io *io)
{
    struct error err = {0};
    struct minisign_secret key = {{0}, {0}};
    struct order order = {.password = {NULL, io->err}};
    bool ok = read_order(argc, argv, &order, &err) && lies_apart(&order, &err) && is_sound(&order, io, &err);
    ok = ok &&
         (order.key == NULL || minisign_read_secret(order.key, password_ask, &order.password, &key, &err));
    ok = ok && write_bundle(&order, order.key != NULL ? &key : NULL, io, &err);
    minisign_forget(&key);
    return ok ? 0 : author_fail(io, &err);
}
