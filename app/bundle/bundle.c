#include "internal.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bundle_facts bundle_facts(const struct bundle *bundle)
{
    struct bundle_facts facts = {
        .name = bundle->name, .serial = bundle->serial, .files = bundle->count, .bytes = bundle->bytes};
    uint8_t hash[BUNDLE_HASH];
    list_hash(bundle->list, hash);
    sodium_bin2hex(facts.hash, sizeof facts.hash, hash, sizeof hash);
    return facts;
}

void bundle_destroy(struct bundle *bundle)
{
    if (bundle == NULL) {
        return;
    }
    if (bundle->fd >= 0) {
        close(bundle->fd);
    }
    if (bundle->root >= 0) {
        close(bundle->root);
    }
    arena_finish(&bundle->arena);
    free(bundle->entries);
    free(bundle->path);
    free(bundle);
}

static bool fail(const struct bundle *bundle, const char *message, struct error *err)
{
    return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0, "%s", message);
}

static bool read_text(
    struct bundle *bundle, uint64_t offset, uint64_t size, struct str *text, struct error *err)
{
    char *bytes = arena_take(&bundle->arena, (size_t)size + 1);
    if (bytes == NULL) {
        return error_memory(err);
    }
    if (!file_read_at(bundle->fd, bytes, (size_t)size, offset)) {
        return errno == 0 ? fail(bundle, "the bundle is cut short", err)
                          : file_fail(err, bundle->path, "it cannot be read");
    }
    *text = (struct str){bytes, (size_t)size};
    return true;
}

/* Signed with the key, and its first line as it must be. */
static bool verify(
    const struct bundle *bundle, const struct minisign_public *key, struct str signature, struct error *err)
{
    struct error why = {0};
    if (signature.length == 0) {
        return fail(
            bundle, "it is not signed, and only what is signed is taken here: pack it with --key", err);
    }
    if (!str_starts_with(signature, STR("untrusted comment: " BUNDLE_NOTE "\n"))) {
        return fail(bundle, "its signature does not begin as that of a bundle does", err);
    }
    return minisign_verify(key, bundle->list, signature, &why) ||
           error_set_at(err, why.category, bundle->path, 0, 0, "%s", why.message);
}

static bool read_head(const struct bundle *bundle, uint64_t size, struct head *head, struct error *err)
{
    char text[BUNDLE_HEAD_MAX];
    size_t length = size < sizeof text ? (size_t)size : sizeof text;
    if (!file_read_at(bundle->fd, text, length, 0)) {
        return file_fail(err, bundle->path, "it cannot be read");
    }
    if (!head_read((struct str){text, length}, head)) {
        return fail(bundle, "this is no bundle that vitrine pack made", err);
    }
    bool fits = head->list <= BUNDLE_LIST_MAX && head->signature < MINISIGN_TEXT_MAX &&
                head->length + head->list + head->signature <= size;
    return fits || fail(bundle, "the bundle is cut short, or its list is too long", err);
}

static bool read_bundle(struct bundle *bundle, const struct minisign_public *key, struct error *err)
{
    struct stat status;
    struct head head = {.list = 0};
    struct str signature = {NULL, 0};
    /* Only to open some devices does something: a watchdog begins to wait. */
    if (stat(bundle->path, &status) == 0 && !S_ISREG(status.st_mode)) {
        return fail(bundle, "this is neither a bundle nor a folder", err);
    }
    bundle->fd = file_open(AT_FDCWD, bundle->path, O_RDONLY | O_NONBLOCK, 0);
    if (bundle->fd < 0) {
        return error_set_at(err, ERROR_INPUT, bundle->path, 0, 0, "it cannot be opened: %s", strerror(errno));
    }
    if (fstat(bundle->fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return fail(bundle, "this is neither a bundle nor a folder", err);
    }
    uint64_t size = (uint64_t)status.st_size;
    if (!read_head(bundle, size, &head, err) ||
        !read_text(bundle, head.length, head.list, &bundle->list, err) ||
        !read_text(bundle, head.length + head.list, head.signature, &signature, err) ||
        (key != NULL && !verify(bundle, key, signature, err)) || !list_read(bundle, err)) {
        return false;
    }
    uint64_t start = head.length + head.list + head.signature;
    for (size_t i = 0; i < bundle->count; i++) {
        bundle->entries[i].offset += start;
    }
    return start + bundle->bytes == size ||
           fail(bundle,
               start + bundle->bytes > size ? "the bundle is cut short" : "something hangs on its end", err);
}

struct bundle *bundle_begin(const char *path, struct error *err)
{
    struct bundle *bundle = calloc(1, sizeof *bundle);
    if (bundle == NULL) {
        error_memory(err);
        return NULL;
    }
    bundle->fd = bundle->root = -1;
    bundle->path = strdup(path);
    bool ok = bundle->path != NULL || error_memory(err);
    if (!ok || (sodium_init() < 0 && !error_set(err, ERROR_MACHINE, "libsodium does not start"))) {
        bundle_destroy(bundle);
        return NULL;
    }
    return bundle;
}

struct bundle *bundle_open(const char *path, const struct minisign_public *key, struct error *err)
{
    struct bundle *bundle = bundle_begin(path, err);
    if (bundle != NULL && !read_bundle(bundle, key, err)) {
        bundle_destroy(bundle);
        return NULL;
    }
    return bundle;
}
