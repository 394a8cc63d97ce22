/* Keys and signatures: those of minisign's are understood here, and ours there. */
#include "bundle/minisign.h"

#include "check.h"
#include "work.h"

#include <sodium.h>

static struct minisign_public public;
static struct minisign_secret secret;

static void keys_of_minisign_are_read(void)
{
    struct error err = {0};
    CHECK(files_write_text("k.pub", WORK_PUBLIC) && files_write_text("k.sec", WORK_SECRET));
    CHECK_THAT(minisign_read_public("k.pub", &public, &err), "%s", err.message);
    CHECK_THAT(minisign_read_secret("k.sec", NULL, NULL, &secret, &err), "%s", err.message);
    CHECK(memcmp(public.id, secret.id, sizeof public.id) == 0);
    CHECK(memcmp(public.key, secret.key + 32, sizeof public.key) == 0);
    CHECK(files_write_text("bare.pub", strchr(WORK_PUBLIC, '\n') + 1));
    struct minisign_public bare;
    CHECK(minisign_read_public("bare.pub", &bare, NULL) && memcmp(&bare, &public, sizeof bare) == 0);
}

static void what_is_no_key_is_refused(void)
{
    static const char *const texts[] = {"", "\n", "untrusted comment: x\n", "untrusted comment: x\nRWRM\n",
        WORK_SIGNATURE, WORK_SECRET, WORK_PUBLIC "more\n", "hello"};
    struct minisign_public other;
    struct error err = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK(files_write_text("bad.pub", texts[i]));
        err.category = ERROR_NONE;
        CHECK_THAT(!minisign_read_public("bad.pub", &other, &err), "text %zu", i);
        CHECK_INT(err.category, ERROR_INPUT);
    }
    CHECK(!minisign_read_public("no-such-file", &other, &err));
    CHECK(!minisign_read_public(".", &other, &err));
    struct minisign_secret none;
    CHECK(!minisign_read_secret("k.pub", NULL, NULL, &none, &err));
}

static void a_damaged_secret_key_is_refused(void)
{
    struct error err = {0};
    struct minisign_secret other;
    char text[] = WORK_SECRET;
    char *letter = strstr(text, "RLsC");
    *letter = 'S';
    CHECK(files_write_text("bad.sec", text));
    CHECK(!minisign_read_secret("bad.sec", NULL, NULL, &other, &err));
    CHECK(strstr(err.message, "damaged") != NULL);
}

static void a_signature_of_minisign_is_verified(void)
{
    struct error err = {0};
    CHECK_THAT(minisign_verify(&public, STR("hello\n"), STR(WORK_SIGNATURE), &err), "%s", err.message);
    CHECK(!minisign_verify(&public, STR("hallo\n"), STR(WORK_SIGNATURE), &err));
    CHECK(!minisign_verify(&public, STR("hello"), STR(WORK_SIGNATURE), &err));
}

/* But for those of the first line, which minisign calls untrusted. */
static void every_byte_of_a_signature_matters(void)
{
    const struct str whole = STR(WORK_SIGNATURE);
    char text[sizeof WORK_SIGNATURE];
    for (size_t i = str_find(whole, '\n'); i < whole.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(text, whole.data, whole.length);
            text[i] = (char)(text[i] ^ 1 << bit);
            CHECK_THAT(!minisign_verify(&public, STR("hello\n"), (struct str){text, whole.length}, NULL),
                "byte %zu, bit %d", i, bit);
        }
    }
    for (size_t length = 0; length < whole.length; length++) {
        CHECK(!minisign_verify(&public, STR("hello\n"), (struct str){whole.data, length}, NULL));
    }
    CHECK(!minisign_verify(&public, STR("hello\n"), STR(WORK_SIGNATURE "\n"), NULL));
}

static void another_key_is_named(void)
{
    struct minisign_public other = public;
    struct error err = {0};
    other.id[0] ^= 1;
    CHECK(!minisign_verify(&other, STR("hello\n"), STR(WORK_SIGNATURE), &err));
    CHECK_THAT(
        strstr(err.message, "B9D42588F28A094C") != NULL && strstr(err.message, "B9D42588F28A094D") != NULL,
        "%s", err.message);
}

static void ours_are_the_same_each_time(void)
{
    char once[MINISIGN_TEXT_MAX], again[MINISIGN_TEXT_MAX];
    struct error err = {0};
    CHECK(minisign_sign(&secret, STR("some words"), "a note", "a comment", once, &err));
    CHECK(minisign_sign(&secret, STR("some words"), "a note", "a comment", again, &err));
    CHECK_TEXT(once, again);
    CHECK_THAT(minisign_verify(&public, STR("some words"), str_from(once), &err), "%s", err.message);
    char *comment = strstr(once, "a comment");
    comment[0] = 'A';
    CHECK(!minisign_verify(&public, STR("some words"), str_from(once), &err));
}

/* Both ways, with the program itself. */
static void minisign_agrees(void)
{
    char text[MINISIGN_TEXT_MAX];
    size_t size;
    if (system("command -v minisign >minisign.txt") != 0) {
        SKIP("the package minisign is not installed");
    }
    CHECK(files_write_text("message", "some words\n"));
    CHECK(minisign_sign(&secret, STR("some words\n"), "a note", "a comment", text, NULL));
    CHECK(files_write_text("message.minisig", text));
    CHECK(system("minisign -V -q -p k.pub -m message") == 0);
    CHECK(files_write_text("message", "other words\n"));
    CHECK(system("minisign -V -q -p k.pub -m message 2>minisign.txt") != 0);
    CHECK(system("minisign -G -W -f -p new.pub -s new.sec >minisign.txt") == 0);
    CHECK(system("minisign -S -s new.sec -m message -x new.minisig -t 'new comment'") == 0);
    struct minisign_public fresh;
    struct minisign_secret fresh_secret;
    struct error err = {0};
    char *signature = files_read("new.minisig", &size);
    CHECK_THAT(minisign_read_public("new.pub", &fresh, &err), "%s", err.message);
    CHECK_THAT(minisign_read_secret("new.sec", NULL, NULL, &fresh_secret, &err), "%s", err.message);
    CHECK(memcmp(fresh.key, fresh_secret.key + 32, sizeof fresh.key) == 0);
    CHECK_THAT(minisign_verify(&fresh, STR("other words\n"), str_from(signature), &err), "%s", err.message);
    free(signature);
}

/* ---- passwords */

static bool answer(void *context, const char *path, char password[MINISIGN_PASSWORD_MAX], struct error *err)
{
    (void)path;
    if (context == NULL) {
        return error_set(err, ERROR_INPUT, "no answer");
    }
    snprintf(password, MINISIGN_PASSWORD_MAX, "%s", (const char *)context);
    return true;
}

static void put_number(uint8_t *at, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        at[i] = (uint8_t)(value >> 8 * i);
    }
}

/* As minisign does it, with less work than it asks for. */
static void write_encrypted(const char *path, uint64_t memory)
{
    uint8_t bytes[158] = {'E', 'd', 'S', 'c', 'B', '2'}, *body = bytes + 54, stream[104];
    char text[300];
    crypto_generichash_state state;
    memset(bytes + 6, 7, 32);
    put_number(bytes + 38, crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN);
    put_number(bytes + 46, memory);
    memcpy(body, secret.id, 8);
    memcpy(body + 8, secret.key, 64);
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, bytes, 2);
    crypto_generichash_update(&state, body, 72);
    crypto_generichash_final(&state, body + 72, 32);
    CHECK(crypto_pwhash_scryptsalsa208sha256(stream, sizeof stream, "open sesame", 11, bytes + 6,
              crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN,
              crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN) == 0);
    for (size_t i = 0; i < sizeof stream; i++) {
        body[i] ^= stream[i];
    }
    size_t length = (size_t)snprintf(text, sizeof text, "untrusted comment: secret\n");
    sodium_bin2base64(
        text + length, sizeof text - length, bytes, sizeof bytes, sodium_base64_VARIANT_ORIGINAL);
    CHECK(files_write_text(path, text));
}

static void a_password_opens_a_key(void)
{
    struct minisign_secret opened;
    struct error err = {0};
    char right[] = "open sesame", wrong[] = "open barley";
    write_encrypted("locked.sec", crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN);
    CHECK_THAT(minisign_read_secret("locked.sec", answer, right, &opened, &err), "%s", err.message);
    CHECK(memcmp(&opened, &secret, sizeof opened) == 0);
    CHECK(!minisign_read_secret("locked.sec", answer, wrong, &opened, &err));
    CHECK(strstr(err.message, "not the password") != NULL);
    CHECK(!minisign_read_secret("locked.sec", answer, NULL, &opened, &err));
    CHECK_TEXT(err.message, "no answer");
    CHECK(!minisign_read_secret("locked.sec", NULL, NULL, &opened, &err));
    write_encrypted("greedy.sec", UINT64_C(1) << 40);
    CHECK(!minisign_read_secret("greedy.sec", answer, right, &opened, &err));
    CHECK(strstr(err.message, "more work") != NULL);
    minisign_forget(&opened);
    CHECK(sodium_is_zero((const uint8_t *)&opened, sizeof opened));
}

int main(void)
{
    char folder[64];
    if (!work_enter(folder)) {
        perror(folder);
        return 1;
    }
    RUN(keys_of_minisign_are_read);
    RUN(what_is_no_key_is_refused);
    RUN(a_damaged_secret_key_is_refused);
    RUN(a_signature_of_minisign_is_verified);
    RUN(every_byte_of_a_signature_matters);
    RUN(another_key_is_named);
    RUN(ours_are_the_same_each_time);
    RUN(minisign_agrees);
    RUN(a_password_opens_a_key);
    return work_leave(folder, check_report());
}
