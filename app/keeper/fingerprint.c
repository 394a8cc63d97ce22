#include "fingerprint.h"

#include "base/array.h"

#include <fcntl.h>
#include <fts.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEEPEST 12

static bool ends_with(const char *name, const char *end)
{
    size_t a = strlen(name), b = strlen(end);
    return a > b && strcmp(name + a - b, end) == 0;
}

static bool is_written(const char *name)
{
    static const char *const ends[] = {".yaml", ".md", ".dzi", ".json"};
    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        if (ends_with(name, ends[i])) {
            return true;
        }
    }
    return false;
}

static void take_content(crypto_generichash_state *state, const char *path)
{
    unsigned char bytes[8192];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t count;
    while (fd >= 0 && (count = read(fd, bytes, sizeof bytes)) > 0) {
        crypto_generichash_update(state, bytes, (unsigned long long)count);
    }
    if (fd >= 0) {
        close(fd);
    }
}

static void take_file(crypto_generichash_state *state, const char *under, const FTSENT *entry)
{
    char size[32];
    crypto_generichash_update(state, (const unsigned char *)under, strlen(under) + 1);
    int length = snprintf(size, sizeof size, "%lld", (long long)entry->fts_statp->st_size);
    crypto_generichash_update(state, (const unsigned char *)size, (unsigned long long)length + 1);
    if (is_written(entry->fts_name)) {
        take_content(state, entry->fts_accpath);
    }
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

bool fingerprint(const char *exhibit, char hex[FINGERPRINT_HEX])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_state state;
    char *whole = realpath(exhibit, NULL); /* "current" is a link */
    char *const roots[] = {whole, NULL};
    hex[0] = '\0';
    FTS *walk =
        whole != NULL && sodium_init() >= 0 ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name) : NULL;
    bool good = walk != NULL;
    if (good) {
        size_t skip = strlen(whole);
        crypto_generichash_init(&state, NULL, 0, sizeof hash);
        FTSENT *entry;
        while ((entry = fts_read(walk)) != NULL) {
            bool tiles = entry->fts_info == FTS_D && ends_with(entry->fts_name, "_files");
            if (tiles || entry->fts_level > DEEPEST) {
                fts_set(walk, entry, FTS_SKIP);
            } else if (entry->fts_info == FTS_F) {
                take_file(&state, entry->fts_level > 0 ? entry->fts_path + skip : entry->fts_name, entry);
            }
        }
        crypto_generichash_final(&state, hash, sizeof hash);
        sodium_bin2hex(hex, FINGERPRINT_HEX, hash, sizeof hash);
        fts_close(walk);
    }
    free(whole);
    return good;
}
