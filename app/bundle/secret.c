/* Secret keys. minisign's file, before base64:
 *
 *     "Ed"  "Sc" or two zeros  "B2"  salt  operations  memory  ‖  key id  secret key  checksum
 *
 * With "Sc" what is behind the ‖ is covered with a stream that scrypt makes of the password. */
#include "bundle/minisign.h"

#include "keyfile.h"

#include <sodium.h>
#include <string.h>

#define SALT crypto_pwhash_scryptsalsa208sha256_SALTBYTES
#define HEAD_BYTES (2 + 2 + 2 + SALT + 8 + 8)
#define CHECK_BYTES 32
#define BODY_BYTES (MINISIGN_ID + crypto_sign_SECRETKEYBYTES + CHECK_BYTES)
/* What minisign asks for at most; a key file must not make us ask for more. */
#define OPERATIONS_MAX crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE
#define MEMORY_MAX crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE

static uint64_t little_endian(const uint8_t *bytes)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static bool uncover(
    const char *path, const uint8_t *head, const char *password, uint8_t body[BODY_BYTES], struct error *err)
{
    uint8_t stream[BODY_BYTES];
    uint64_t operations = little_endian(head + 6 + SALT), memory = little_endian(head + 6 + SALT + 8);
    if (operations > OPERATIONS_MAX || memory > MEMORY_MAX) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "this key asks for more work than minisign's do");
    }
    if (crypto_pwhash_scryptsalsa208sha256(
            stream, sizeof stream, password, strlen(password), head + 6, operations, (size_t)memory) != 0) {
        return error_memory(err);
    }
    for (size_t i = 0; i < BODY_BYTES; i++) {
        body[i] ^= stream[i];
    }
    sodium_memzero(stream, sizeof stream);
    return true;
}

/* The checksum covers the algorithm's name too. */
static bool is_whole(const uint8_t body[BODY_BYTES])
{
    uint8_t check[CHECK_BYTES];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof check);
    crypto_generichash_update(&state, (const uint8_t *)"Ed", 2);
    crypto_generichash_update(&state, body, BODY_BYTES - CHECK_BYTES);
    crypto_generichash_final(&state, check, sizeof check);
    return sodium_memcmp(check, body + BODY_BYTES - CHECK_BYTES, CHECK_BYTES) == 0;
}

static bool open_body(
    const char *path, const uint8_t *head, minisign_ask *ask, void *context, uint8_t *body, struct error *err)
{
    char password[MINISIGN_PASSWORD_MAX] = "";
    bool encrypted = memcmp(head + 2, "Sc", 2) == 0;
    if (memcmp(head, "Ed", 2) != 0 || memcmp(head + 4, "B2", 2) != 0 ||
        (!encrypted && (head[2] | head[3]) != 0)) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "this is no secret Ed25519 key of minisign's");
    }
    if (encrypted && ask == NULL) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "this key has a password");
    }
    bool ok = !encrypted || (ask(context, path, password, err) && uncover(path, head, password, body, err));
    sodium_memzero(password, sizeof password);
    /* minisign writes no checksum into a key without a password. */
    if (ok && encrypted && !is_whole(body)) {
        ok = error_set_at(err, ERROR_INPUT, path, 0, 0, "this is not the password of the key");
    }
    return ok;
}

bool minisign_read_secret(
    const char *path, minisign_ask *ask, void *context, struct minisign_secret *secret, struct error *err)
{
    uint8_t bytes[HEAD_BYTES + BODY_BYTES], *body = bytes + HEAD_BYTES, made[crypto_sign_SECRETKEYBYTES],
                                            public[crypto_sign_PUBLICKEYBYTES];
    if (sodium_init() < 0) {
        return error_set(err, ERROR_MACHINE, "libsodium does not start");
    }
    bool ok = keyfile_read(path, bytes, sizeof bytes, err) && open_body(path, bytes, ask, context, body, err);
    /* The second half of an Ed25519 secret is the public key, which follows from the first. */
    if (ok) {
        crypto_sign_seed_keypair(public, made, body + MINISIGN_ID);
        ok = sodium_memcmp(made, body + MINISIGN_ID, sizeof made) == 0 ||
             error_set_at(err, ERROR_INPUT, path, 0, 0, "the key is damaged");
    }
    if (ok) {
        memcpy(secret->id, body, sizeof secret->id);
        memcpy(secret->key, body + MINISIGN_ID, sizeof secret->key);
    }
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(made, sizeof made);
    return ok;
}

void minisign_forget(struct minisign_secret *secret)
{
    sodium_memzero(secret, sizeof *secret);
}
