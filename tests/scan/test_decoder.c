/* The decoder's walls, and what happens when a decoder dies, hangs or lies. */
#include "help.h"

#include "decoder.h"

#include "check.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How the decoder ends when it tries this. */
static int status_of_trying(const char *what)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        execl(VITRINE_DECODE, VITRINE_DECODE, "--try", what, (char *)NULL);
        _exit(99);
    }
    waitpid(pid, &status, 0);
    return status;
}

static void the_forbidden_kills(void)
{
    static const char *const FORBIDDEN[] = {"open", "socket", "exec", "fork", "map"};
    for (size_t i = 0; i < sizeof FORBIDDEN / sizeof FORBIDDEN[0]; i++) {
        int status = status_of_trying(FORBIDDEN[i]);
        CHECK_THAT(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "%s: status %x", FORBIDDEN[i],
            (unsigned)status);
    }
    int status = status_of_trying("nothing");
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 2);
}

/* Asks and waits for the answer. */
static enum decoder_answer ask(struct decoder *d, struct decode_request request, struct decode_reply *reply)
{
    if (!decoder_ask(d, &request)) {
        return DECODER_DEAD;
    }
    enum decoder_answer answer;
    do {
        struct pollfd fd = {.fd = d->socket, .events = POLLIN};
        poll(&fd, 1, 20000);
        answer = decoder_hear(d, &request, reply);
    } while (answer == DECODER_SILENT);
    return answer;
}

static enum decoder_answer decode(struct decoder *d, const struct bytes *file, enum decode_op op,
    uint64_t limit, struct decode_reply *reply)
{
    memcpy(d->bytes, file->data, file->length);
    d->bytes_used = file->length > d->bytes_used ? file->length : d->bytes_used;
    return ask(d,
        (struct decode_request){.op = op, .length = file->length, .limit_pixels = limit, .levels = 1}, reply);
}

static void started(struct decoder *d)
{
    struct error err = {0};
    if (!decoder_start(d, VITRINE_DECODE, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(2);
    }
}

/* What the system says of the process: no privileges to gain, seccomp on, no descriptors but three, no
 * environment. */
static void the_process_is_bare(void)
{
    struct decoder d;
    struct decode_reply reply;
    char path[64], line[256];
    started(&d);
    CHECK_INT(ask(&d, (struct decode_request){.op = 77}, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_REFUSED);
    snprintf(path, sizeof path, "/proc/%d/status", (int)d.pid);
    FILE *file = fopen(path, "r");
    bool seccomp = false, no_new_privileges = false, one_thread = false;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        seccomp = seccomp || strcmp(line, "Seccomp:\t2\n") == 0;
        no_new_privileges = no_new_privileges || strcmp(line, "NoNewPrivs:\t1\n") == 0;
        one_thread = one_thread || strcmp(line, "Threads:\t1\n") == 0;
    }
    CHECK(file != NULL && seccomp && no_new_privileges && one_thread);
    if (file != NULL) {
        fclose(file);
    }
    struct rlimit limit;
    CHECK(prlimit(d.pid, RLIMIT_DATA, NULL, &limit) != 0 || limit.rlim_cur == 1ul << 30);
    CHECK(prlimit(d.pid, RLIMIT_NOFILE, NULL, &limit) != 0 || limit.rlim_cur == 0);
    CHECK(prlimit(d.pid, RLIMIT_CORE, NULL, &limit) != 0 || limit.rlim_cur == 0);
    /* Its descriptors can be listed only by root, since it is not dumpable. */
    for (int fd = 0; fd < 300; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)d.pid, fd);
        if (readlink(path, line, sizeof line) > 0) {
            CHECK_THAT(fd >= DECODE_SOCKET_FD && fd <= DECODE_PIXELS_FD, "descriptor %d is open", fd);
        }
    }
    snprintf(path, sizeof path, "/proc/%d/environ", (int)d.pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        CHECK_INT(read(fd, line, sizeof line), 0);
        close(fd);
    }
    int pid = (int)d.pid;
    decoder_stop(&d);
    CHECK(kill(pid, 0) != 0);
    decoder_stop(&d);
    decoder_stop(&(struct decoder){0});
}

static uint8_t shade(int k, int x, int y)
{
    return (uint8_t)(k == 0 ? 30 + 40 * x + 25 * y : k == 1 ? 100 + 10 * x : 150 - 10 * y);
}

/* Orientation 1..8 of one stored picture: where its top left block must be seen. */
static void orientations_are_honoured(void)
{
    static const int CORNER[9][2] = {{0, 0}, {0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    struct decoder d;
    struct decode_reply reply;
    started(&d);
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct bytes jpeg = jpeg_of_blocks(3, 2, 1, -1, orientation, shade);
        CHECK_INT(decode(&d, &jpeg, DECODE_LOAD, 10000, &reply), DECODER_ANSWERED);
        CHECK_INT(reply.status, DECODE_DONE);
        CHECK_INT(reply.w, orientation < 5 ? 24 : 16);
        CHECK_INT(reply.h, orientation < 5 ? 16 : 24);
        struct decode_request cut = {.op = DECODE_CUT, .w = reply.w, .h = reply.h};
        CHECK_INT(ask(&d, cut, &reply), DECODER_ANSWERED);
        uint32_t at_x = CORNER[orientation][0] ? reply.w - 4 : 3,
                 at_y = CORNER[orientation][1] ? reply.h - 4 : 3;
        CHECK_INT(d.pixels[at_y * reply.w + at_x] & 0xFF, shade(0, 0, 0));
        /* And its neighbour along the stored row: across where the picture is not turned, down where it is.
         */
        bool across = orientation < 5;
        uint32_t next_x = across ? (CORNER[orientation][0] ? at_x - 8 : at_x + 8) : at_x;
        uint32_t next_y = across ? at_y : (CORNER[orientation][1] ? at_y - 8 : at_y + 8);
        CHECK_INT(d.pixels[next_y * reply.w + next_x] & 0xFF, shade(0, 1, 0));
        /* A tile is taken as it is stored. */
        CHECK_INT(decode(&d, &jpeg, DECODE_TILE, 10000, &reply), DECODER_ANSWERED);
        CHECK_INT(reply.w, 24);
        CHECK_INT(d.pixels[0] & 0xFF, shade(0, 0, 0));
        bytes_free(&jpeg);
    }
    decoder_stop(&d);
}

static uint8_t inks(int k, int x, int y)
{
    static const uint8_t STORED[4] = {
        255, 128, 0, 200}; /* Adobe stores inks inverted: no cyan, half magenta, full yellow */
    (void)x;
    (void)y;
    return STORED[k];
}

static void near(uint32_t word, int r, int g, int b)
{
    int dr = abs((int)(word >> 16 & 0xFF) - r), dg = abs((int)(word >> 8 & 0xFF) - g),
        db = abs((int)(word & 0xFF) - b);
    CHECK_THAT(dr <= 3 && dg <= 3 && db <= 3 && word >> 24 == 0xFF, "%08X is not %d %d %d", word, r, g, b);
}

static void inks_become_colours(void)
{
    struct decoder d;
    struct decode_reply reply;
    started(&d);
    struct bytes cmyk = jpeg_of_blocks(1, 1, 4, 0, 0, inks);
    CHECK_INT(decode(&d, &cmyk, DECODE_TILE, 10000, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_DONE);
    near(d.pixels[0], 255 * 200 / 255, 128 * 200 / 255, 0);
    bytes_free(&cmyk);
    /* YCCK: luma 128 without colour is half of every ink. */
    struct bytes ycck = jpeg_of_blocks(1, 1, 4, 2, 0, inks);
    CHECK_INT(decode(&d, &ycck, DECODE_TILE, 10000, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_DONE);
    int r = 255 + (int)(1.402 * (0 - 128)), g = 255 - (int)(0.344 * 0) + (int)(0.714 * 128), b = 255;
    r = r < 0 ? 0 : r;
    g = g > 255 ? 255 : g;
    near(d.pixels[0], (255 - r) * 200 / 255, (255 - g) * 200 / 255, (255 - b) * 200 / 255);
    bytes_free(&ycck);
    struct bytes silent = jpeg_of_blocks(1, 1, 4, -1, 0, inks);
    CHECK_INT(decode(&d, &silent, DECODE_TILE, 10000, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_REFUSED);
    CHECK(strstr(reply.reason, "inks") != NULL);
    bytes_free(&silent);
    decoder_stop(&d);
}

/* One pixel of every kind of PNG, and the colour that it must have. */
static void every_png_is_a_colour(void)
{
    static const struct {
        int colour, bits;
        const char *row, *palette, *transparency;
        size_t row_length, transparency_length;
        int r, g, b;
    } cases[] = {
        {0, 8, "\x40", NULL, NULL, 1, 0, 64, 64, 64},
        {0, 1, "\x80", NULL, NULL, 1, 0, 255, 255, 255},
        {0, 2, "\x40", NULL, NULL, 1, 0, 85, 85, 85},
        {0, 4, "\x30", NULL, NULL, 1, 0, 51, 51, 51},
        {0, 16, "\xC0\x12", NULL, NULL, 2, 0, 192, 192, 192},
        {0, 8, "\x40", NULL, "\0\x40", 1, 2, 255, 255, 255}, /* this grey is transparent: paper */
        {2, 8, "\x10\x20\x30", NULL, NULL, 3, 0, 16, 32, 48},
        {2, 16, "\x10\xFF\x20\0\x30\0", NULL, NULL, 6, 0, 16, 32, 48},
        {2, 8, "\x10\x20\x30", NULL, "\0\x10\0\x20\0\x30", 3, 6, 255, 255, 255},
        {3, 8, "\1", "\0\0\0\x11\x22\x33", NULL, 1, 0, 17, 34, 51},
        {3, 2, "\x40", "\0\0\0\x11\x22\x33", "\xFF\0", 1, 2, 255, 255, 255},
        {4, 8, "\x40\x80", NULL, NULL, 2, 0, 159, 159, 159}, /* half over white */
        {6, 8, "\x10\x20\x30\0", NULL, NULL, 4, 0, 255, 255, 255},
        {6, 8, "\x10\x20\x30\xFF", NULL, NULL, 4, 0, 16, 32, 48},
        {6, 16, "\x10\0\x20\0\x30\0\x80\0", NULL, NULL, 8, 0, 135, 143, 151},
    };
    struct decoder d;
    struct decode_reply reply;
    started(&d);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bytes png = {0};
        png_begin(&png, 1, 1, cases[i].bits, cases[i].colour);
        if (cases[i].palette != NULL) {
            png_chunk(&png, "PLTE", cases[i].palette, 6);
        }
        if (cases[i].transparency != NULL) {
            png_chunk(&png, "tRNS", cases[i].transparency, cases[i].transparency_length);
        }
        png_end(&png, (const uint8_t *)cases[i].row, cases[i].row_length, 1);
        CHECK_INT(decode(&d, &png, DECODE_TILE, 10000, &reply), DECODER_ANSWERED);
        CHECK_THAT(reply.status == DECODE_DONE, "case %zu: %s", i, reply.reason);
        near(d.pixels[0], cases[i].r, cases[i].g, cases[i].b);
        bytes_free(&png);
    }
    decoder_stop(&d);
}

/* A valid picture with any one byte changed, or cut anywhere: an answer or a death, never a lie, and the next
 * decoder works. */
static void hostile_bytes(void)
{
    struct decoder d;
    struct decode_reply reply;
    struct bytes files[2] = {jpeg_of_blocks(3, 2, 3, -1, 0, shade), {0}};
    uint8_t rows[3 * 9 * 7];
    int deaths = 0;
    for (size_t i = 0; i < sizeof rows; i++) {
        rows[i] = (uint8_t)(i * 37);
    }
    png_begin(&files[1], 9, 7, 8, 2);
    png_end(&files[1], rows, 27, 7);
    started(&d);
    srand(1);
    for (int n = 0; n < 3000; n++) {
        struct bytes file = {0};
        bytes_add(&file, files[n % 2].data, files[n % 2].length);
        file.data[(size_t)rand() % file.length] ^= (uint8_t)(1 + rand() % 255);
        file.data[(size_t)rand() % file.length] = (uint8_t)rand();
        file.length = n % 3 == 0 ? (size_t)rand() % file.length : file.length;
        enum decoder_answer answer =
            decode(&d, &file, n % 5 == 0 ? DECODE_LOAD : DECODE_TILE, 100000, &reply);
        CHECK(answer == DECODER_ANSWERED || answer == DECODER_DEAD);
        if (answer == DECODER_DEAD) {
            deaths++;
            decoder_stop(&d);
            started(&d);
        }
        bytes_free(&file);
    }
    CHECK_INT(decode(&d, &files[1], DECODE_TILE, 100000, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_DONE);
    CHECK_THAT(deaths < 300, "%d deaths", deaths);
    decoder_stop(&d);
    bytes_free(&files[0]);
    bytes_free(&files[1]);
}

static void limits_hold(void)
{
    struct decoder d;
    struct decode_reply reply;
    started(&d);
    /* A header that promises four gigapixels, in a well-formed file. */
    struct bytes png = {0};
    uint8_t row[3] = {0};
    png_begin(&png, 65535, 65535, 8, 2);
    png_end(&png, row, 3, 1);
    CHECK_INT(decode(&d, &png, DECODE_LOAD, 50000000, &reply), DECODER_ANSWERED);
    CHECK(reply.status == DECODE_REFUSED && strstr(reply.reason, "more pixels") != NULL);
    CHECK_INT(decode(&d, &png, DECODE_LOAD, UINT64_MAX, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_REFUSED);
    bytes_free(&png);
    /* A cut beyond what is loaded. */
    struct bytes jpeg = jpeg_of_blocks(2, 2, 1, -1, 0, shade);
    CHECK_INT(decode(&d, &jpeg, DECODE_LOAD, 10000, &reply), DECODER_ANSWERED);
    static const uint32_t CUTS[][5] = {{0, 0, 0, 17, 1}, {0, 16, 0, 1, 1}, {0, 0xFFFFFFFF, 0, 2, 2},
        {1, 0, 0, 1, 1}, {0, 0, 0, 0, 5}, {99, 0, 0, 1, 1}, {0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF}};
    for (size_t i = 0; i < sizeof CUTS / sizeof CUTS[0]; i++) {
        struct decode_request cut = {.op = DECODE_CUT,
            .level = CUTS[i][0],
            .x = CUTS[i][1],
            .y = CUTS[i][2],
            .w = CUTS[i][3],
            .h = CUTS[i][4]};
        CHECK_INT(ask(&d, cut, &reply), DECODER_ANSWERED);
        CHECK_INT(reply.status, DECODE_REFUSED);
    }
    CHECK_INT(
        ask(&d, (struct decode_request){.op = DECODE_TILE, .length = UINT64_MAX}, &reply), DECODER_ANSWERED);
    CHECK_INT(reply.status, DECODE_REFUSED);
    bytes_free(&jpeg);
    decoder_stop(&d);
}

/* Valid files that nobody here wrote, against what another library makes of them is beyond this test; but
 * none may fail. */
static void png_suite_decodes(void)
{
    static const char *const NAMES[] = {"basn0g01", "basn0g02", "basn0g04", "basn0g08", "basn0g16",
        "basn2c08", "basn2c16", "basn3p01", "basn3p02", "basn3p04", "basn3p08", "basn4a08", "basn4a16",
        "basn6a08", "basn6a16", "basi0g01", "basi2c08", "basi3p04", "basi4a08", "basi6a16", "tbbn3p08",
        "tp0n2c08", "s01n3p01", "s39i3p04"};
    struct error err = {0};
    struct scan *scan = help_scan(&(struct scan_options){0});
    int found = 0;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/../shared/corpus/pngsuite/%s.png", TEST_SOURCE_DIR, NAMES[i]);
        if (access(path, R_OK) != 0) {
            continue;
        }
        uint32_t *pixels = NULL;
        struct size size = {0, 0};
        found++;
        CHECK_THAT(scan_decode_whole(scan, path, 0, &pixels, &size, &err), "%s: %s", path, err.message);
        CHECK(size.w > 0 && size.h > 0 && pixels != NULL && pixels[0] >> 24 == 0xFF);
        free(pixels);
    }
    scan_destroy(scan);
    if (found == 0) {
        SKIP("the corpus is not there");
    }
}

static void judge_believes_nothing(void)
{
    struct decode_request request = {.op = DECODE_TILE, .serial = 5, .limit_pixels = 100};
    struct decode_reply good = {.magic = DECODE_MAGIC, .serial = 5, .w = 10, .h = 10}, bad, out;
    CHECK_INT(decoder_judge(&request, &good, sizeof good, &out), DECODER_ANSWERED);
    CHECK_INT(decoder_judge(&request, &good, sizeof good - 1, &out), DECODER_LIES);
    bad = good;
    bad.w = 11;
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_LIES);
    bad = good;
    bad.w = bad.h = 0x10000;
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_LIES);
    bad = good;
    bad.h = 0;
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_LIES);
    bad = good;
    bad.status = 2;
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_LIES);
    bad = good;
    bad.magic = 0;
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_LIES);
    request.op = DECODE_CUT;
    request.w = 5;
    request.h = 20;
    CHECK_INT(decoder_judge(&request, &good, sizeof good, &out), DECODER_LIES);
    bad = good;
    bad.status = DECODE_REFUSED;
    memset(bad.reason, '\n', sizeof bad.reason);
    CHECK_INT(decoder_judge(&request, &bad, sizeof bad, &out), DECODER_ANSWERED);
    CHECK(out.w == 0 && strlen(out.reason) < sizeof out.reason && out.reason[0] == '?');
}

int main(void)
{
    RUN(the_forbidden_kills);
    RUN(the_process_is_bare);
    RUN(orientations_are_honoured);
    RUN(inks_become_colours);
    RUN(every_png_is_a_colour);
    RUN(hostile_bytes);
    RUN(limits_hold);
    RUN(png_suite_decodes);
    RUN(judge_believes_nothing);
    return check_report();
}
