/* Which exhibit is it? A hash that is another one when anything that is written in it is another one. */
#ifndef KEEPER_FINGERPRINT_H
#define KEEPER_FINGERPRINT_H

#include <stdbool.h>

#define FINGERPRINT_HEX 33

/* BLAKE2b (128 bits, hexadecimal) over the folder's files in the order of their paths: path and content of
 * .yaml, .md, .dzi and .json, path and size of all others. Folders of tiles (*_files) are left out: the
 * pyramid's description stands for them. Of a single picture: its name and size. False: cannot be read. */
bool fingerprint(const char *exhibit, char hex[FINGERPRINT_HEX]);

#endif
