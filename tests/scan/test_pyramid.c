/* Descriptors: right ones, wrong ones and malicious ones. */
#include "help.h"

#include "json.h"
#include "pyramid.h"

#include "check.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct scan_pyramid *open_text(
    const char *folder, const char *name, const char *text, struct error *err)
{
    help_write_text(help_path(folder, name), text);
    *err = (struct error){0};
    return scan_pyramid_open(help_path(folder, name), NULL, err);
}

static void dzi_is_read(void)
{
    char *folder = help_folder();
    struct error err;
    struct scan_pyramid *p = open_text(folder, "a.dzi",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Image TileSize=\"254\" Overlap=\"1\" Format=\"jpg\" "
        "xmlns=\"http://schemas.microsoft.com/deepzoom/2008\"><Size Width=\"1000\" Height=\"701\"/></Image>",
        &err);
    CHECK(p != NULL);
    if (p != NULL) {
        CHECK_INT(scan_pyramid_format(p), SCAN_DZI);
        CHECK_INT(scan_pyramid_level_count(p), 3); /* 1000, 500, 250: what is smaller is not needed */
        CHECK_INT(p->levels[2].number, 10);
        CHECK_INT(p->levels[0].number, 8);
        CHECK_INT(scan_pyramid_level_size(p, 0).w, 250);
        CHECK_INT(scan_pyramid_level_size(p, 0).h, 176);
        CHECK_INT(scan_pyramid_level_size(p, 3).w, 0);
        CHECK_INT(p->levels[2].columns, 4);
        CHECK_INT(p->levels[2].rows, 3);
        struct rect last = pyramid_tile_rect(p, 2, 3, 2);
        CHECK(rect_equal(last, (struct rect){762, 508, 238, 193}));
        CHECK_TEXT(p->tiles, "a_files");
    }
    scan_pyramid_destroy(p);
    /* Ten gigapixels are no trouble. */
    p = open_text(folder, "b.dzi",
        "<Image Format='png' Overlap='0' TileSize='512'><Size Height='100000' Width='100000'/></Image>",
        &err);
    CHECK(p != NULL && scan_pyramid_level_count(p) == 9);
    scan_pyramid_destroy(p);
    help_remove(folder);
}

static void wrong_dzi_is_refused(void)
{
    static const struct {
        const char *text, *word;
        int line;
    } cases[] = {
        {"", "not well-formed", 1},
        {"<Image", "not well-formed", 1},
        {"<Collection/>", "Collection", 1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'/>", "Size is missing", 1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'>\n<Size Width='0' Height='5'/></Image>", "Width", 2},
        {"<Image TileSize='256' Overlap='1' Format='jpg'>\n\n<Size Width='7' Height='-5'/></Image>", "Height",
            3},
        {"<Image TileSize='256' Overlap='1' Format='jpg'><Size Width='99999999999999999999' "
         "Height='5'/></Image>",
            "Width", 1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'><Size Width='100000000' Height='5'/></Image>",
            "Width", 1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'><Size Width='1e3' Height='5'/></Image>", "Width", 1},
        {"<Image TileSize='0' Overlap='0' Format='jpg'><Size Width='9' Height='5'/></Image>", "TileSize", 1},
        {"<Image TileSize='100000' Overlap='0' Format='jpg'><Size Width='9' Height='5'/></Image>", "TileSize",
            1},
        {"<Image TileSize='256' Overlap='-1' Format='jpg'><Size Width='9' Height='5'/></Image>", "Overlap",
            1},
        {"<Image TileSize='256' Overlap='256' Format='jpg'><Size Width='9' Height='5'/></Image>", "smaller",
            1},
        {"<Image TileSize='4096' Overlap='4000' Format='jpg'><Size Width='9' Height='5'/></Image>", "pixels",
            1},
        {"<Image TileSize='256' Format='jpg'><Size Width='9' Height='5'/></Image>", "Overlap is missing", 1},
        {"<Image TileSize='256' Overlap='1'><Size Width='9' Height='5'/></Image>", "Format is missing", 1},
        {"<Image TileSize='256' Overlap='1' Format='../../x'><Size Width='9' Height='5'/></Image>", "Format",
            1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'><Size Width='9' Height='5'/><Size Width='9' "
         "Height='5'/></Image>",
            "twice", 1},
        {"<!DOCTYPE a [<!ENTITY b 'c'>]>\n<Image TileSize='256' Overlap='1' Format='jpg'/>", "document type",
            1},
        {"<Image TileSize='256' Overlap='1' Format='jpg'><Size Width='9' Height='5'/></Image>tail",
            "not well-formed", 1},
    };
    char *folder = help_folder();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err;
        struct scan_pyramid *p = open_text(folder, "a.dzi", cases[i].text, &err);
        CHECK_THAT(p == NULL, "%s", cases[i].text);
        CHECK_INT(err.category, ERROR_INPUT);
        CHECK_THAT(strstr(err.message, cases[i].word) != NULL, "%s: %s", cases[i].text, err.message);
        CHECK_THAT(err.line == cases[i].line, "%s: line %d", cases[i].text, err.line);
        CHECK_TEXT(err.file, help_path(folder, "a.dzi"));
        scan_pyramid_destroy(p);
    }
    help_remove(folder);
}

static const char IIIF3[] =
    "{\n \"@context\": \"http://iiif.io/api/image/3/context.json\",\n \"width\": 2548,\n \"height\": 3308,\n"
    " \"tiles\": [ { \"scaleFactors\": [1, 2, 4], \"width\": 512 } ],\n"
    " \"other\": {\"a\": [true, false, null, -1.5e3, \"\\u00e9\\n\"]} }\n";

static void iiif_is_read(void)
{
    char *folder = help_folder();
    struct error err;
    struct scan_pyramid *p = open_text(folder, "info.json", IIIF3, &err);
    CHECK_THAT(p != NULL, "%d: %s", err.line, err.message);
    if (p != NULL) {
        CHECK_INT(scan_pyramid_format(p), SCAN_IIIF);
        CHECK_INT(p->iiif_version, 3);
        CHECK_INT(p->level_count, 3);
        CHECK_INT(p->levels[0].factor, 4);
        CHECK_INT(p->levels[0].size.w, 637);
        CHECK_INT(p->levels[0].columns, 2);
        CHECK_INT(p->levels[2].size.h, 3308);
    }
    scan_pyramid_destroy(p);
    /* Version 2, tiles that are not square, factors in any order, two entries, a list as context. */
    p = open_text(folder, "info.json",
        "{\"tiles\":[{\"width\":300,\"height\":200,\"scaleFactors\":[1]},{\"scaleFactors\":[16,4,2,8,1],"
        "\"width\":512}],"
        "\"@context\":[\"http://example.org/\",\"http://iiif.io/api/image/2/"
        "context.json\"],\"height\":1000,\"width\":1500}",
        &err);
    CHECK_THAT(p != NULL, "%s", err.message);
    if (p != NULL) {
        CHECK_INT(p->iiif_version, 2);
        CHECK_INT(p->level_count, 3); /* 4, 2, 1: of 4, 8 and 16, all one tile, the finest is kept */
        CHECK_INT(p->levels[0].factor, 4);
        CHECK_INT(p->levels[2].tile.w, 300);
        CHECK_INT(p->levels[2].tile.h, 200);
        CHECK_INT(p->levels[2].rows, 5);
    }
    scan_pyramid_destroy(p);
    help_remove(folder);
}

#define HEAD "{\"@context\":\"http://iiif.io/api/image/3/context.json\",\n"

static void wrong_iiif_is_refused(void)
{
    static const struct {
        const char *text, *word;
        int line;
    } cases[] = {
        {"", "object", 1},
        {"[]", "object", 1},
        {"{", "", 1},
        {HEAD "\"width\":10,\"height\":10}", "tiles is missing", 2},
        {HEAD "\"height\":10,\"tiles\":[{\"width\":64,\"scaleFactors\":[1]}]}", "width is missing", 1},
        {HEAD "\"width\":0}", "width is 0", 2},
        {HEAD "\n\"width\":-3}", "width is -3", 3},
        {HEAD "\"width\":1e9}", "width", 2},
        {HEAD "\"width\":99999999999999999999}", "width", 2},
        {HEAD "\"width\":\"10\"}", "number", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"width\":0,\"scaleFactors\":[1]}]}", "width", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"width\":100000,\"scaleFactors\":[1]}]}", "width", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"width\":64,\"scaleFactors\":[0]}]}", "factor", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"width\":64}]}", "scaleFactors", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"scaleFactors\":[1]}]}", "width", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":7}", "list", 2},
        {HEAD "\"width\":10,\"height\":10,\"tiles\":[{\"width\":64,\"scaleFactors\":[1]}]} x",
            "after the end", 2},
        {"{\"@context\":\"http://iiif.io/api/image/1/context.json\",\"width\":10,\"height\":10,"
         "\"tiles\":[{\"width\":64,\"scaleFactors\":[1]}]}",
            "version", 1},
        {"{\"width\":10,\"height\":10,\"tiles\":[{\"width\":64,\"scaleFactors\":[1]}]}", "version", 1},
        {HEAD "\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "levels of brackets", 2},
        {HEAD "\"a\":\"\\x\"}", "escape", 2},
        {HEAD "\"a\":\"\\u12g4\"}", "hexadecimal", 2},
        {HEAD "\"a\":\"no end", "without an end", 2},
        {HEAD "\"a\" 1}", "colon", 2},
        {HEAD "\"a\":1 \"b\":2}", "comma", 2},
        {HEAD "\"a\":01}", "number", 2},
        {HEAD "\"a\":-}", "number", 2},
        {HEAD "\"width\":10000,\"height\":10000,\"tiles\":[{\"width\":512,\"scaleFactors\":[1,2]}]}",
            "larger ones", 2},
        {HEAD "\"a\":nul}", "word", 2},
    };
    char *folder = help_folder();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err;
        struct scan_pyramid *p = open_text(folder, "info.json", cases[i].text, &err);
        CHECK_THAT(p == NULL, "%s", cases[i].text);
        CHECK_INT(err.category, ERROR_INPUT);
        CHECK_THAT(strstr(err.message, cases[i].word) != NULL, "%s: %s", cases[i].text, err.message);
        CHECK_THAT(err.line == cases[i].line, "%s: line %d", cases[i].text, err.line);
        scan_pyramid_destroy(p);
    }
    help_remove(folder);
}

static void images_are_measured(void)
{
    char *folder = help_folder();
    struct error err = {0};
    struct bytes png = {0};
    uint8_t row[3 * 300] = {0};
    png_begin(&png, 300, 1, 8, 2);
    struct bytes exif = {0};
    exif_orientation(&exif, 6);
    png_chunk(&png, "eXIf", exif.data, exif.length);
    bytes_free(&exif);
    png_end(&png, row, sizeof row, 1);
    bytes_write(&png, help_path(folder, "a.png"));
    bytes_free(&png);
    struct scan_pyramid *p = scan_pyramid_open(help_path(folder, "a.png"), NULL, &err);
    CHECK(p != NULL && scan_pyramid_size(p).w == 1 && scan_pyramid_size(p).h == 300);
    scan_pyramid_destroy(p);

    /* Four gigapixels in 60 bytes. */
    png_begin(&png, 65535, 65535, 8, 2);
    png_chunk(&png, "IDAT", "xyz", 3);
    CHECK(png.length <= 60);
    bytes_write(&png, help_path(folder, "b.png"));
    bytes_free(&png);
    p = scan_pyramid_open(help_path(folder, "b.png"), NULL, &err);
    CHECK(p == NULL && err.category == ERROR_INPUT && strstr(err.message, "vitrine tile") != NULL);
    p = scan_pyramid_open(help_path(folder, "none.png"), NULL, &err);
    CHECK(p == NULL && err.category == ERROR_INPUT && strstr(err.file, "none.png") != NULL);
    p = scan_pyramid_open(folder, NULL, &err);
    CHECK(p == NULL && err.category == ERROR_INPUT);
    help_remove(folder);
}

/* Nothing outside the root is opened, by whatever way it is asked for. */
static void root_is_kept(void)
{
    char *folder = help_folder();
    struct error err = {0};
    struct picture picture = picture_make(40, 30, 1);
    help_make_folder(help_path(folder, "in"));
    help_make_folder(help_path(folder, "out"));
    picture_write_png(picture, help_path(folder, "out/secret.png"));
    picture_write_png(picture, help_path(folder, "in/fine.png"));
    CHECK(symlink("../out/secret.png", help_path(folder, "in/link.png")) == 0);
    CHECK(symlink("fine.png", help_path(folder, "in/inner.png")) == 0);
    CHECK(symlink("../out", help_path(folder, "in/folder")) == 0);
    CHECK(mkfifo(help_path(folder, "in/fifo.png"), 0600) == 0);
    help_make_folder(help_path(folder, "in/folder.png"));
    char root[1024];
    snprintf(root, sizeof root, "%s/in", folder);
    static const char *const REFUSED[] = {"in/link.png", "in/folder/secret.png", "out/secret.png",
        "in/../out/secret.png", "in/fifo.png", "in/folder.png"};
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        struct scan_pyramid *p = scan_pyramid_open(help_path(folder, REFUSED[i]), root, &err);
        CHECK_THAT(p == NULL && err.category == ERROR_INPUT, "%s", REFUSED[i]);
        scan_pyramid_destroy(p);
    }
    static const char *const FINE[] = {"in/fine.png", "in/inner.png", "in/folder.png/../fine.png"};
    for (size_t i = 0; i < sizeof FINE / sizeof FINE[0]; i++) {
        struct scan_pyramid *p = scan_pyramid_open(help_path(folder, FINE[i]), root, &err);
        CHECK_THAT(p != NULL, "%s: %s", FINE[i], err.message);
        scan_pyramid_destroy(p);
    }
    picture_free(&picture);
    help_remove(folder);
}

/* The real ones, and every tile of them. */
static void corpus_opens(void)
{
    static const char *const FILES[] = {
        "dzi/testpattern.dzi", "iiif-tiles/iiif_2_0_tiled/info.json", "iiif-tiles/iiif_3_0_tiled/info.json"};
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        const char *path = help_path(TEST_SOURCE_DIR "/../shared/corpus", FILES[i]);
        struct error err = {0};
        if (access(path, R_OK) != 0) {
            SKIP("the corpus is not there");
        }
        struct scan_pyramid *p = scan_pyramid_open(path, NULL, &err);
        CHECK_THAT(p != NULL, "%s: %s", path, err.message);
        for (int level = 0; p != NULL && level < p->level_count; level++) {
            for (int y = 0; y < p->levels[level].rows; y++) {
                for (int x = 0; x < p->levels[level].columns; x++) {
                    struct size stored;
                    struct rect inner;
                    int fd = pyramid_open_tile(p, level, x, y, &stored, &inner, &err);
                    CHECK_THAT(fd >= 0, "%s: %s: %s", path, err.file, err.message);
                    close(fd);
                }
            }
        }
        scan_pyramid_destroy(p);
    }
}

int main(void)
{
    RUN(dzi_is_read);
    RUN(wrong_dzi_is_refused);
    RUN(iiif_is_read);
    RUN(wrong_iiif_is_refused);
    RUN(images_are_measured);
    RUN(root_is_kept);
    RUN(corpus_opens);
    return check_report();
}
