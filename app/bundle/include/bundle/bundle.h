/* A bundle is one file with an exhibit in it:
 *
 *     vitrine bundle 1          the head: three lines
 *     list 1234                 bytes of the list
 *     signature 310             bytes of its signature; 0: not signed
 *     ...                       the list, as text: what is in it, with size and hash
 *     ...                       the signature of the list (minisign.h)
 *     ...                       the contents of the files, in the order of the list, without a gap
 *
 * The list is
 *
 *     vitrine list 1
 *     exhibit telegram-1950
 *     serial 1779000000
 *     <BLAKE2b of 256 bits, hex> <bytes> <path>
 *
 * with a line for each file, sorted by the bytes of their paths. There is one way only to write a list, so
 * that the same files give the same bytes; nothing else can be in a bundle: no folders by themselves, no
 * links, no modes, no times, no compression. What a path may be is decided in list.c, for packing as for
 * reading. */
#ifndef BUNDLE_BUNDLE_H
#define BUNDLE_BUNDLE_H

#include "base/error.h"
#include "bundle/minisign.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUNDLE_FILES_MAX 250000
#define BUNDLE_BYTES_MAX (UINT64_C(64) << 30) /* of all files */
#define BUNDLE_LIST_MAX (UINT64_C(64) << 20)
#define BUNDLE_PATH_MAX 1000 /* bytes */
#define BUNDLE_NAME_MAX 200  /* bytes of one of its parts */
#define BUNDLE_DEPTH_MAX 12  /* parts */
#define BUNDLE_SERIAL_MAX UINT64_C(999999999999999999)

struct bundle;

struct bundle_facts {
    const char *name; /* of the folder it was packed from; lent */
    uint64_t serial;  /* a higher one is newer: seconds since 1970, or what the curator chose */
    char hash[65];    /* of the list, and so of everything in it */
    size_t files;
    uint64_t bytes; /* of all files */
};

/* Opens a bundle and reads its list; the contents are looked at when they are copied. With a key it must be
 * signed with it. ERROR_INPUT when it is no bundle, is cut short or longer than it says, is not signed as it
 * should be, or its list is not what a list must be. */
struct bundle *bundle_open(const char *path, const struct minisign_public *key, struct error *err);
/* The same of a folder, which need not hold still: its files are read and hashed, without those whose names
 * begin with a dot. `serial` 0: the time of the latest change to it, so that the same folder gives the same
 * bundle; what is said to change in the future changes now. ERROR_INPUT for a link or anything else that is
 * neither file nor folder, names that do not go together, and what is more than a bundle may hold. */
struct bundle *bundle_open_folder(const char *path, uint64_t serial, struct error *err);
void bundle_destroy(struct bundle *bundle);

struct bundle_facts bundle_facts(const struct bundle *bundle);

/* Writes it as one file, signed when there is a key. `path` has the old file or the whole new one, never a
 * part. It is written beside it, as PATH.part; ERROR_MACHINE when somebody else does that just now. */
bool bundle_write(
    const struct bundle *bundle, const char *path, const struct minisign_secret *key, struct error *err);

/* Copies every file into the empty folder `folder` (a descriptor), readable for all, and waits until folders
 * and files are on the disk. ERROR_INPUT when a file's contents are not what the list says; what was copied
 * so far is left. */
bool bundle_unpack(const struct bundle *bundle, int folder, struct error *err);
/* Has the folder every file, as the list says? What else is in it does not count. */
bool bundle_matches(const struct bundle *bundle, int folder);

#endif
