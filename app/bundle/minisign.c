#include "bundle/minisign.h"

#include "file.h"
#include "keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOTE "untrusted comment: "
#define COMMENT "trusted comment: "
#define COMMENT_MAX 400
/* The layout of a signature's second line, before base64. */
#define SIGNATURE_BYTES (2 + MINISIGN_ID + crypto_sign_BYTES)
#define PUBLIC_BYTES (2 + MINISIGN_ID + crypto_sign_PUBLICKEYBYTES)

/* libsodium takes some bytes above 127 for letters: only what it would write itself is base64 here. */
static bool decode(struct str text, uint8_t *bytes, size_t size)
{
    char again[KEYFILE_MAX];
    size_t got = 0;
    bool good = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL) <= sizeof again &&
                sodium_base642bin(bytes, size, text.data, text.length, NULL, &got, NULL,
                    sodium_base64_VARIANT_ORIGINAL) == 0 &&
                got == size;
    if (good) {
        sodium_bin2base64(again, sizeof again, bytes, size, sodium_base64_VARIANT_ORIGINAL);
        good = str_equal_c(text, again);
    }
    sodium_memzero(again, sizeof again);
    return good;
}

/* ---- key files */

bool keyfile_read(const char *path, uint8_t *bytes, size_t size, struct error *err)
{
    char text[KEYFILE_MAX];
    int fd = file_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text) : -1;
    int number = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (length < 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "the key cannot be read: %s", strerror(number));
    }
    struct str rest = {text, (size_t)length}, line = str_split(&rest, '\n');
    if (str_starts_with(line, STR(NOTE))) {
        line = str_split(&rest, '\n');
    }
    bool good =
        length < (ssize_t)sizeof text && decode(str_trim(line), bytes, size) && str_trim(rest).length == 0;
    sodium_memzero(text, sizeof text);
    return good || error_set_at(err, ERROR_INPUT, path, 0, 0,
                       "this is no key of minisign's: make one with minisign -G");
}

bool minisign_read_public(const char *path, struct minisign_public *public, struct error *err)
{
    uint8_t bytes[PUBLIC_BYTES];
    if (sodium_init() < 0) {
        return error_set(err, ERROR_MACHINE, "libsodium does not start");
    }
    if (!keyfile_read(path, bytes, sizeof bytes, err)) {
        return false;
    }
    if (memcmp(bytes, "Ed", 2) != 0) {
        return error_set_at(err, ERROR_INPUT, path, 0, 0, "this is no Ed25519 key of minisign's");
    }
    memcpy(public->id, bytes + 2, sizeof public->id);
    memcpy(public->key, bytes + 2 + MINISIGN_ID, sizeof public->key);
    return true;
}

/* ---- signatures */

/* What the second signature covers: the first one, and the comment. */
static size_t cover(
    uint8_t out[crypto_sign_BYTES + COMMENT_MAX], const uint8_t *signature, struct str comment)
{
    memcpy(out, signature, crypto_sign_BYTES);
    memcpy(out + crypto_sign_BYTES, comment.data, comment.length);
    return crypto_sign_BYTES + comment.length;
}

static void hash(struct str message, uint8_t out[crypto_generichash_BYTES_MAX])
{
    crypto_generichash(
        out, crypto_generichash_BYTES_MAX, (const uint8_t *)message.data, message.length, NULL, 0);
}

bool minisign_sign(const struct minisign_secret *secret, struct str message, const char *note,
    const char *comment, char text[MINISIGN_TEXT_MAX], struct error *err)
{
    uint8_t digest[crypto_generichash_BYTES_MAX], bytes[SIGNATURE_BYTES] = {'E', 'D'};
    uint8_t covered[crypto_sign_BYTES + COMMENT_MAX], second[crypto_sign_BYTES];
    char first_text[sodium_base64_ENCODED_LEN(SIGNATURE_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    char second_text[sodium_base64_ENCODED_LEN(crypto_sign_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    struct str said = str_from(comment);
    if (said.length > COMMENT_MAX) {
        return error_set(err, ERROR_INPUT, "the comment of a signature has at most %d bytes", COMMENT_MAX);
    }
    hash(message, digest);
    memcpy(bytes + 2, secret->id, MINISIGN_ID);
    crypto_sign_detached(bytes + 2 + MINISIGN_ID, NULL, digest, sizeof digest, secret->key);
    size_t length = cover(covered, bytes + 2 + MINISIGN_ID, said);
    crypto_sign_detached(second, NULL, covered, length, secret->key);
    sodium_bin2base64(first_text, sizeof first_text, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    sodium_bin2base64(second_text, sizeof second_text, second, sizeof second, sodium_base64_VARIANT_ORIGINAL);
    int written = snprintf(
        text, MINISIGN_TEXT_MAX, NOTE "%s\n%s\n" COMMENT "%s\n%s\n", note, first_text, comment, second_text);
    return (written > 0 && written < MINISIGN_TEXT_MAX) ||
           error_set(err, ERROR_INPUT, "the comment of a signature is too long");
}

struct parts {
    uint8_t first[SIGNATURE_BYTES], second[crypto_sign_BYTES];
    struct str comment;
};

/* Four lines, each of which ends, and nothing behind them. */
static bool split(struct str text, struct parts *parts)
{
    size_t ends = 0;
    for (size_t i = 0; i < text.length; i++) {
        ends += text.data[i] == '\n';
    }
    if (ends != 4 || text.data[text.length - 1] != '\n') {
        return false;
    }
    struct str note = str_split(&text, '\n'), first = str_split(&text, '\n'),
               comment = str_split(&text, '\n'), second = str_split(&text, '\n');
    parts->comment = str_slice(comment, sizeof COMMENT - 1, comment.length);
    return str_starts_with(note, STR(NOTE)) && str_starts_with(comment, STR(COMMENT)) &&
           parts->comment.length <= COMMENT_MAX && decode(first, parts->first, sizeof parts->first) &&
           decode(second, parts->second, sizeof parts->second);
}

static void id_text(const uint8_t id[MINISIGN_ID], char text[2 * MINISIGN_ID + 1])
{
    for (size_t i = 0; i < MINISIGN_ID; i++) { /* the most significant byte first, as minisign prints it */
        snprintf(text + 2 * i, 3, "%02X", id[MINISIGN_ID - 1 - i]);
    }
}

bool minisign_verify(
    const struct minisign_public *public, struct str message, struct str signature, struct error *err)
{
    struct parts parts;
    uint8_t digest[crypto_generichash_BYTES_MAX], covered[crypto_sign_BYTES + COMMENT_MAX];
    const uint8_t *first = parts.first + 2 + MINISIGN_ID;
    if (!split(signature, &parts) || memcmp(parts.first, "ED", 2) != 0) {
        return error_set(err, ERROR_INPUT, "its signature is none of minisign's");
    }
    if (memcmp(parts.first + 2, public->id, MINISIGN_ID) != 0) {
        char theirs[2 * MINISIGN_ID + 1], ours[2 * MINISIGN_ID + 1];
        id_text(parts.first + 2, theirs);
        id_text(public->id, ours);
        return error_set(err, ERROR_INPUT, "it is signed with the key %s, but %s is the one that counts here",
            theirs, ours);
    }
    hash(message, digest);
    size_t length = cover(covered, first, parts.comment);
    if (crypto_sign_verify_detached(first, digest, sizeof digest, public->key) != 0 ||
        crypto_sign_verify_detached(parts.second, covered, length, public->key) != 0) {
        return error_set(
            err, ERROR_INPUT, "its signature does not fit: it has been changed since it was signed");
    }
    return true;
}
