/* The fonts: the table of the tests is assets/fonts.yaml, what it names is there, and a catalogue that is
 * broken is reported. */
#include "helper.h"

#include <fcntl.h>
#include <hb-ot.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const faces[TEXT_FACES] = {"serif", "sans", "typewriter"};

/* A line of fonts.yaml as the table has it. */
static void write_entry(const struct text_font *font, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "  - {face: %s, bold: %s, italic: %s, file: %s",
        faces[font->face], font->bold ? "true" : "false", font->italic ? "true" : "false", font->file);
    if (font->languages != NULL) {
        used += (size_t)snprintf(
            out + used, size - used, ", index: %d, languages: %s", font->index, font->languages);
    }
    used += (size_t)snprintf(out + used, size - used, ", package: %s", font->package);
    if (font->thicken != 0) {
        used += (size_t)snprintf(out + used, size - used, ", thicken: %d", font->thicken);
    }
    snprintf(out + used, size - used, "}\n");
}

static void equals_the_asset(void)
{
    struct text_catalogue catalogue = catalogue_all();
    char line[400], expected[400];
    size_t fonts = 0, directories = 0;
    FILE *file = fopen(TEST_SOURCE_DIR "/assets/fonts.yaml", "r");
    CHECK(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "  - {", 5) == 0 && fonts < catalogue.count) {
            write_entry(&catalogue.fonts[fonts++], expected, sizeof expected);
            CHECK_TEXT(line, expected);
        } else if (strncmp(line, "  - ", 4) == 0 && directories < catalogue.directory_count) {
            snprintf(expected, sizeof expected, "  - %s\n", catalogue.directories[directories++]);
            CHECK_TEXT(line, expected);
        } else {
            CHECK(strncmp(line, "  - ", 4) != 0);
        }
    }
    CHECK_INT(fonts, catalogue.count);
    CHECK_INT(directories, catalogue.directory_count);
    if (file != NULL) {
        fclose(file);
    }
}

static void every_font_opens(void)
{
    struct text_catalogue all = catalogue_all();
    for (size_t i = 0; i < all.count; i++) {
        struct text_font fonts[TEXT_FACES];
        for (int face = 0; face < TEXT_FACES; face++) {
            fonts[face] = all.fonts[i];
            fonts[face].face = (enum text_face)face;
        }
        struct text_catalogue one = {fonts, TEXT_FACES, all.directories, all.directory_count};
        struct error err = {0};
        struct text *text = text_create(&one, &err);
        CHECK_THAT(text != NULL, "%s: %s", all.fonts[i].file, err.message);
        text_destroy(text);
    }
}

/* The order inside the Noto CJK collections is that of fonts.yaml. */
static void collections_are_in_order(void)
{
    static const char *const order[] = {"JP", "KR", "SC", "TC", "HK"};
    static const char *const files[] = {"NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc",
        "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"};
    for (size_t i = 0; i < 4; i++) {
        char path[200], name[100];
        snprintf(path, sizeof path, "/usr/share/fonts/opentype/noto/%s", files[i]);
        hb_blob_t *blob = hb_blob_create_from_file(path);
        for (unsigned k = 0; k < 5; k++) {
            hb_face_t *face = hb_face_create(blob, k);
            unsigned size = sizeof name;
            hb_ot_name_get_utf8(face, HB_OT_NAME_ID_FONT_FAMILY, HB_LANGUAGE_INVALID, &size, name);
            CHECK_THAT(strstr(name, order[k]) != NULL, "%s %u is %s", files[i], k, name);
            hb_face_destroy(face);
        }
        hb_blob_destroy(blob);
    }
}

static void reports_what_is_missing(void)
{
    struct text_font fonts[TEXT_FACES];
    for (int face = 0; face < TEXT_FACES; face++) {
        fonts[face] = catalogue_fonts[0];
        fonts[face].face = (enum text_face)face;
    }
    struct text_catalogue catalogue = {fonts, TEXT_FACES, catalogue_directories, 1};
    struct error err = {0};
    fonts[TEXT_SANS].file = "no-such-font.ttf";
    fonts[TEXT_SANS].package = "fonts-of-nowhere";
    CHECK(text_create(&catalogue, &err) == NULL);
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK_THAT(strstr(err.message, "sans") != NULL && strstr(err.message, "fonts-of-nowhere") != NULL, "%s",
        err.message);
    fonts[TEXT_SANS].file = TEST_SOURCE_DIR "/assets/fonts.yaml"; /* there, and no font */
    CHECK(text_create(&catalogue, &err) == NULL);
    struct text_catalogue none = {NULL, 0, NULL, 0};
    CHECK(text_create(&none, &err) == NULL);
    CHECK_INT(err.category, ERROR_MACHINE);
    /* With one family, what it lacks is missing and drawn as boxes, and nothing else happens. */
    fonts[TEXT_SANS] = fonts[TEXT_SERIF];
    fonts[TEXT_SANS].face = TEXT_SANS;
    struct text *text = text_create(&catalogue, &err);
    CHECK(text != NULL);
    if (text != NULL) {
        CHECK_INT(text_measure(helper_lay_out(text, "a毛泽", "zh-Hans", 0)).missing, 2);
        text_destroy(text);
    }
}

/* text_create maps what it needs and no more: a start must not wait for 19 MB of ideographs. */
static void opens_quickly(void)
{
    struct timespec before, after;
    double best = 1e9;
    for (int i = 0; i < 5; i++) {
        clock_gettime(CLOCK_MONOTONIC, &before);
        struct text *text = helper_open();
        helper_lay_out(text, "The telegram", "en", 0);
        clock_gettime(CLOCK_MONOTONIC, &after);
        double ms =
            (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6;
        best = ms < best ? ms : best;
        text_destroy(text);
    }
    printf("open and first Latin layout: %.2f ms\n", best);
    CHECK_THAT(best < 5, "%.2f ms", best);
}

/* Pages of a file that are in memory; -1 when that cannot be said. */
static long resident_pages(const char *path, bool drop)
{
    int file = open(path, O_RDONLY);
    struct stat status;
    long count = -1;
    if (file < 0 || fstat(file, &status) != 0) {
        goto out;
    }
    if (drop) {
        posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    }
    size_t size = (size_t)status.st_size, pages = (size + 4095) / 4096;
    unsigned char *states = calloc(pages, 1);
    void *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (states != NULL && map != MAP_FAILED && mincore(map, size, states) == 0) {
        count = 0;
        for (size_t i = 0; i < pages; i++) {
            count += states[i] & 1;
        }
    }
    if (map != MAP_FAILED) {
        munmap(map, size);
    }
    free(states);
out:
    if (file >= 0) {
        close(file);
    }
    return count;
}

static void reads_ahead(void)
{
    const char *path = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";
    struct text *text = helper_open();
    long pages = resident_pages(path, true);
    if (pages != 0) {
        text_destroy(text);
        SKIP("the font cannot be put out of memory here");
    }
    CHECK(!text_expect(text, TEXT_SANS, "en", false));
    CHECK(text_expect(text, TEXT_SERIF, "ko", false));
    CHECK_INT(resident_pages(path, false), 0);
    int steps = 0, opened = 0;
    while (text_expect(text, TEXT_SANS, "ko", false) && steps < 100) {
        steps++;
    }
    CHECK_THAT(steps > 3 && steps < 100, "%d", steps);
    for (int i = 0; i < 200 && pages < 4000; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
        pages = resident_pages(path, false);
    }
    while (text_expect(text, TEXT_SANS, "ko", true) && opened < 10) {
        opened++;
    }
    CHECK_THAT(opened == 2, "%d", opened); /* regular and bold */
    CHECK_THAT(pages >= 4000, "%ld", pages);
    text_destroy(text);
}

int main(void)
{
    RUN(equals_the_asset);
    RUN(every_font_opens);
    RUN(collections_are_in_order);
    RUN(reports_what_is_missing);
    RUN(opens_quickly);
    RUN(reads_ahead);
    return check_report();
}
