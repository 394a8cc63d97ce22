/* Decoders meet every file of the fuzzers' corpora, what these have learnt in the build folder too, and
 * thousands that are damaged in one place: whatever is in them, a decoder answers in time or ends, and the
 * next one works. */
#include "help.h"

#include "decoder.h"

#include "check.h"

#include <dirent.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX 20000
#define FILE_MAX ((size_t)1 << 20)
#define LIMIT_PIXELS (1 << 22)
#define ANSWER_MS 20000 /* under a sanitizer, on a machine that is busy; alone each takes far under one */

struct feeding {
    struct decoder decoder;
    long files, decoded, refused, ended;
};

static void start(struct feeding *f)
{
    struct error err = {0};
    if (!decoder_start(&f->decoder, VITRINE_DECODE, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(2);
    }
}

static void ask(struct feeding *f, const char *name, const uint8_t *data, size_t length, enum decode_op op)
{
    struct decode_request request = {.op = op, .length = length, .limit_pixels = LIMIT_PIXELS, .levels = 2};
    struct decode_reply reply;
    enum decoder_answer answer = DECODER_DEAD;
    memcpy(f->decoder.bytes, data, length);
    f->decoder.bytes_used = length > f->decoder.bytes_used ? length : f->decoder.bytes_used;
    if (decoder_ask(&f->decoder, &request)) {
        struct pollfd fd = {.fd = f->decoder.socket, .events = POLLIN};
        bool came = poll(&fd, 1, ANSWER_MS) == 1;
        CHECK_THAT(came, "%s: no answer", name);
        answer = came ? decoder_hear(&f->decoder, &request, &reply) : DECODER_DEAD;
    }
    CHECK_THAT(answer != DECODER_LIES && answer != DECODER_SILENT, "%s: answer %d", name, (int)answer);
    f->decoded += answer == DECODER_ANSWERED && reply.status == DECODE_DONE;
    f->refused += answer == DECODER_ANSWERED && reply.status == DECODE_REFUSED;
    if (answer != DECODER_ANSWERED) {
        f->ended++;
        decoder_stop(&f->decoder);
        start(f);
    }
}

static void feed(struct feeding *f, const char *name, const uint8_t *data, size_t length)
{
    f->files++;
    ask(f, name, data, length, DECODE_TILE);
    ask(f, name, data, length, DECODE_LOAD);
}

/* A byte here and there, and cut off. */
static void feed_damaged(struct feeding *f, const char *name, const uint8_t *data, size_t length)
{
    uint8_t *copy = malloc(length);
    for (int n = 0; copy != NULL && n < 40; n++) {
        memcpy(copy, data, length);
        for (int k = 0; k < 1 + n % 3; k++) {
            copy[(size_t)rand() % length] = (uint8_t)(n % 4 == 0 ? 0xFF : rand());
        }
        ask(f, name, copy, n % 5 == 0 ? 1 + (size_t)rand() % length : length, DECODE_TILE);
        f->files++;
    }
    free(copy);
}

static void feed_file(struct feeding *f, const char *path, bool damaged_too)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(FILE_MAX);
    size_t length = file != NULL && data != NULL ? fread(data, 1, FILE_MAX, file) : 0;
    if (file != NULL) {
        fclose(file);
        feed(f, path, data, length);
        if (damaged_too && length > 0) {
            feed_damaged(f, path, data, length);
        }
    }
    free(data);
}

/* Every file of a folder and of those in it; returns how many. */
static long feed_folder(struct feeding *f, const char *folder, bool damaged_too)
{
    long before = f->files;
    char path[4096];
    struct stat status;
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        bool named = entry->d_name[0] != '.' &&
                     (size_t)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < sizeof path &&
                     stat(path, &status) == 0;
        if (named && S_ISDIR(status.st_mode)) {
            feed_folder(f, path, damaged_too);
        } else if (named && S_ISREG(status.st_mode) && f->files < FILES_MAX) {
            feed_file(f, path, damaged_too);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return f->files - before;
}

/* The one that has seen all that, or its successor, still decodes. */
static void works_still(struct feeding *f)
{
    long decoded = f->decoded;
    feed_file(f, TEST_SOURCE_DIR "/tests/fuzz/scan_reply/tiny.jpg", false);
    feed_file(f, TEST_SOURCE_DIR "/tests/fuzz/scan_reply/tiny.png", false);
    CHECK_INT(f->decoded - decoded, 4);
}

static void decoders_survive_the_seeds(void)
{
    struct feeding f = {.files = 0};
    start(&f);
    CHECK(feed_folder(&f, TEST_SOURCE_DIR "/tests/fuzz", false) > 100);
    CHECK_THAT(f.decoded > 20 && f.refused > 100, "%ld decoded, %ld refused", f.decoded, f.refused);
    works_still(&f);
    decoder_stop(&f.decoder);
}

static void decoders_survive_damage(void)
{
    struct feeding f = {.files = 0};
    start(&f);
    CHECK(feed_folder(&f, TEST_SOURCE_DIR "/tests/fuzz/scan_reply", true) > 1000);
    works_still(&f);
    decoder_stop(&f.decoder);
}

/* Of the fuzzer that looks at images; where there was none, nothing has been learnt. */
static void decoders_survive_what_was_learnt(void)
{
    struct feeding f = {.files = 0};
    start(&f);
    long found = feed_folder(&f, TEST_SOURCE_DIR "/build/fuzz/learnt/scan_reply", false);
    works_still(&f);
    decoder_stop(&f.decoder);
    if (found == 0) {
        SKIP("no fuzzer has learnt anything here");
    }
}

/* Sound PNGs and damaged ones (x...) that nobody here wrote. */
static void decoders_know_the_png_suite(void)
{
    struct feeding f = {.files = 0};
    char path[4096];
    DIR *entries = opendir(TEST_SOURCE_DIR "/../shared/corpus/pngsuite");
    if (entries == NULL) {
        SKIP("the corpus is not there");
    }
    start(&f);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        const char *end = strrchr(entry->d_name, '.');
        if (end == NULL || strcmp(end, ".png") != 0) {
            continue;
        }
        long decoded = f.decoded;
        snprintf(path, sizeof path, TEST_SOURCE_DIR "/../shared/corpus/pngsuite/%s", entry->d_name);
        feed_file(&f, path, true);
        bool sound = entry->d_name[0] != 'x';
        CHECK_THAT(!sound || f.decoded >= decoded + 2, "%s is sound", entry->d_name);
    }
    closedir(entries);
    works_still(&f);
    decoder_stop(&f.decoder);
}

int main(void)
{
    srand(1950);
    RUN(decoders_survive_the_seeds);
    RUN(decoders_survive_damage);
    RUN(decoders_survive_what_was_learnt);
    RUN(decoders_know_the_png_suite);
    return check_report();
}
