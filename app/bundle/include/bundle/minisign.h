/* Keys and signatures in the formats of minisign: Ed25519 over the BLAKE2b hash of a message ("ED", what
 * minisign writes), with a key id, a comment that is signed and one that is not. `minisign -G` makes the
 * keys, `minisign -V` verifies what is signed here, and the other way round. */
#ifndef BUNDLE_MINISIGN_H
#define BUNDLE_MINISIGN_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define MINISIGN_TEXT_MAX 1024 /* bytes of a signature's four lines, at most */
#define MINISIGN_ID 8
#define MINISIGN_PASSWORD_MAX 1024

struct minisign_public {
    uint8_t id[MINISIGN_ID];
    uint8_t key[32];
};

struct minisign_secret {
    uint8_t id[MINISIGN_ID];
    uint8_t key[64];
};

/* Asks for the password of a key file; zero-terminated into `password`. False with *err when there is none to
 * be had. */
typedef bool minisign_ask(
    void *context, const char *path, char password[MINISIGN_PASSWORD_MAX], struct error *err);

/* A public key's file: two lines, or the second alone. ERROR_INPUT when it is none or cannot be read. */
bool minisign_read_public(const char *path, struct minisign_public *public, struct error *err);

/* A secret key's file, as `minisign -G` writes it (encrypted with scrypt: `ask` is called once, and up to a
 * gigabyte of memory is used for as long as minisign would) or `minisign -G -W` (not encrypted). `ask` may be
 * NULL: an encrypted key is refused. ERROR_INPUT for another format, a wrong password or a damaged key. */
bool minisign_read_secret(
    const char *path, minisign_ask *ask, void *context, struct minisign_secret *secret, struct error *err);
/* Overwrites it. */
void minisign_forget(struct minisign_secret *secret);

/* Signs. `comment` is signed too, `note` is not; each is one line. The four lines go to `text`. False when
 * they do not fit, or memory is out. The same key, message and comment give the same bytes. */
bool minisign_sign(const struct minisign_secret *secret, struct str message, const char *note,
    const char *comment, char text[MINISIGN_TEXT_MAX], struct error *err);

/* Does `signature`, four lines, say that `message` comes from the owner of the key? ERROR_INPUT with what
 * does not fit when it does not. Every byte but those of the first line matters. */
bool minisign_verify(
    const struct minisign_public *public, struct str message, struct str signature, struct error *err);

#endif
