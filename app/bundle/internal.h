/* The bundle among its own files. Each prefix is a file. */
#ifndef BUNDLE_INTERNAL_H
#define BUNDLE_INTERNAL_H

#include "bundle/bundle.h"

#include "base/arena.h"
#include "base/str.h"

#define BUNDLE_HASH 32
#define BUNDLE_HEAD_MAX 128
#define BUNDLE_COPY ((size_t)256 << 10) /* bytes read at a time */
/* The line of a signature that is not signed is always this one, so that no byte of a bundle can be another.
 */
#define BUNDLE_NOTE "signature of a Vitrine bundle"

struct bundle_entry {
    const char *path;
    uint64_t size;
    uint64_t offset; /* of a bundle: where its contents begin */
    uint8_t hash[BUNDLE_HASH];
};

struct bundle {
    int fd;   /* of the bundle's file; -1: a folder */
    int root; /* of the folder; -1: a bundle */
    char *path;
    const char *name;
    uint64_t serial;
    uint64_t bytes;
    struct bundle_entry *entries;
    size_t count, capacity;
    struct str list; /* as it stands in the file */
    struct arena arena;
};

/* ---- list.c */
/* May a file be called so? NULL, or what is wrong with its path. */
const char *list_judge(struct str path);
/* May an exhibit be called so? */
bool list_name_good(struct str name);
/* Sorts the entries and writes the list of them. ERROR_INPUT when they do not go together. */
bool list_write(struct bundle *bundle, struct error *err);
/* Reads bundle->list into the entries, with their offsets from the first content on. */
bool list_read(struct bundle *bundle, struct error *err);
void list_hash(struct str list, uint8_t hash[BUNDLE_HASH]);

/* ---- bundle.c */
/* A bundle of `path` with nothing read yet; the caller destroys it. NULL: no memory, or libsodium does not
 * start. */
struct bundle *bundle_begin(const char *path, struct error *err);

/* ---- names.c */
/* Would every path of these sorted entries be a file of its own on every disk, also on one that takes upper
 * and lower case, or two spellings of an accent, for the same? */
bool names_distinct(const struct bundle *bundle, struct error *err);

/* ---- head.c */
struct head {
    uint64_t list, signature; /* bytes */
    size_t length;            /* of the head itself */
};
size_t head_write(const struct head *head, char text[BUNDLE_HEAD_MAX]);
/* False when `text`, the first bytes of a file, is not exactly what head_write() writes. */
bool head_read(struct str text, struct head *head);
/* A whole number without a sign or leading zeros, up to BUNDLE_SERIAL_MAX. */
bool head_number(struct str text, uint64_t *value);

/* ---- unpack.c */
/* Reads what an entry holds now. */
bool entry_hash(const struct bundle *bundle, const struct bundle_entry *entry, uint8_t hash[BUNDLE_HASH],
    struct error *err);
/* Copies it to `to` and compares its hash with what the list says. */
bool entry_copy(const struct bundle *bundle, const struct bundle_entry *entry, int to, struct error *err);

#endif
