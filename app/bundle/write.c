/* A bundle as a file. */
#include "internal.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_all(
    const struct bundle *bundle, int fd, const char *path, struct str signature, struct error *err)
{
    struct head head = {.list = bundle->list.length, .signature = signature.length};
    char text[BUNDLE_HEAD_MAX];
    size_t length = head_write(&head, text);
    if (!file_write(fd, text, length) || !file_write(fd, bundle->list.data, bundle->list.length) ||
        !file_write(fd, signature.data, signature.length)) {
        return file_fail(err, path, "it cannot be written");
    }
    for (size_t i = 0; i < bundle->count; i++) {
        if (!entry_copy(bundle, &bundle->entries[i], fd, err)) {
            return false;
        }
    }
    return file_sync(fd) || file_fail(err, path, "it cannot be written");
}

static bool sign(const struct bundle *bundle, const struct minisign_secret *key, char text[MINISIGN_TEXT_MAX],
    struct error *err)
{
    char comment[BUNDLE_NAME_MAX + 60];
    snprintf(comment, sizeof comment, "vitrine exhibit %s serial %" PRIu64, bundle->name, bundle->serial);
    return minisign_sign(key, bundle->list, BUNDLE_NOTE, comment, text, err);
}

/* The name must be on the disk too; where its folder cannot be opened for that, the file is still good. */
static void sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent = slash != NULL ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int folder = parent != NULL ? file_open(AT_FDCWD, parent, O_RDONLY | O_DIRECTORY, 0) : -1;
    if (folder >= 0) {
        file_sync(folder);
        close(folder);
    }
    free(parent);
}

bool bundle_write(
    const struct bundle *bundle, const char *path, const struct minisign_secret *key, struct error *err)
{
    char signature[MINISIGN_TEXT_MAX] = "", *beside = NULL;
    if (key != NULL && !sign(bundle, key, signature, err)) {
        return false;
    }
    if (asprintf(&beside, "%s.part", path) < 0) {
        return error_memory(err);
    }
    int fd = file_open(AT_FDCWD, beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
    bool ok = fd >= 0 || file_fail(err, path, "it cannot be written");
    ok = ok && write_all(bundle, fd, path, str_from(signature), err);
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = file_fail(err, path, "it cannot be written");
    }
    ok = ok && (rename(beside, path) == 0 || file_fail(err, path, "it cannot be put in place"));
    if (ok) {
        sync_parent(path);
    } else if (fd >= 0) {
        unlink(beside);
    }
    free(beside);
    return ok;
}
