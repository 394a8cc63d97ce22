/* A page made of tiles, broken in every way that there is: check has a code for each, and the player shows
 * the rest and says that something is missing. */
#include "work.h"

#include "base/array.h"

#define WHOLE TEST_SOURCE_DIR "/tests/broken/810-tile-exchanged"
#define PAGES "documents/letter/pages/"
#define TILE PAGES "1_files/9/1_0.png"

enum seen { SEEN_WHOLE, SEEN_TORN, SEEN_MISSING };

struct fault {
    const char *what;
    const char *command; /* of the shell, in the exhibit's folder; or NULL */
    const char *file;    /* gets these bytes; or NULL */
    const char *bytes;
    size_t length;
    int code;
    enum seen seen;
};

#define TEXT(t) t, sizeof(t) - 1
#define DZI(size, tile, overlap)                                                                             \
    NULL, PAGES "1.dzi",                                                                                     \
        TEXT(                                                                                                \
            "<Image TileSize=\"" tile "\" Overlap=\"" overlap "\" Format=\"png\"><Size " size "/></Image>"), \
        807, SEEN_MISSING
#define INFO(size, tiles)                                                                                    \
    "sed -i 's|1.dzi|1/info.json|' documents/letter/document.yaml && mkdir " PAGES "1", PAGES "1/info.json", \
        TEXT("{\"@context\": \"http://iiif.io/api/image/3/context.json\", \"id\": \"x\", \"type\": "         \
             "\"ImageService3\", "                                                                           \
             "\"protocol\": \"http://iiif.io/api/image\", \"profile\": \"level0\", " size                    \
             ", \"tiles\": " tiles "}"),                                                                     \
        807, SEEN_MISSING
#define COMMAND(c, code, seen) c, NULL, NULL, 0, code, seen

/* 65536 x 65536 pixels in a PNG of 60 bytes. */
#define GIGANTIC                                                                                             \
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\0\0\0\0\xa8\x43\x5f\x8b\0\0\0\x03IDATx\x9c\x03\x6a"   \
    "\x99\xde\x1b"                                                                                           \
    "\0\0\0\0"

static const struct fault faults[] = {
    {"nothing but exchanged tiles", COMMAND("true", 810, SEEN_WHOLE)},
    {"width of zero", DZI("Width=\"0\" Height=\"256\"", "256", "0")},
    {"negative height", DZI("Width=\"512\" Height=\"-256\"", "256", "0")},
    {"huge width", DZI("Width=\"99999999999999999999\" Height=\"256\"", "256", "0")},
    {"large width", DZI("Width=\"2147483647\" Height=\"2147483647\"", "256", "0")},
    {"tiles of zero", DZI("Width=\"512\" Height=\"256\"", "0", "0")},
    {"huge tiles", DZI("Width=\"512\" Height=\"256\"", "1000000", "0")},
    {"overlap larger than the tile", DZI("Width=\"512\" Height=\"256\"", "256", "300")},
    {"negative overlap", DZI("Width=\"512\" Height=\"256\"", "256", "-1")},
    {"no XML", NULL, PAGES "1.dzi", TEXT("\xff\xfe\0<Image"), 807, SEEN_MISSING},
    {"nothing in the descriptor", NULL, PAGES "1.dzi", "", 0, 807, SEEN_MISSING},
    {"entities", NULL, PAGES "1.dzi",
        TEXT("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Image>&b;</Image>"), 807,
        SEEN_MISSING},
    {"IIIF of zero", INFO("\"width\": 0, \"height\": 256", "[{\"width\": 256, \"scaleFactors\": [1, 2]}]")},
    {"negative IIIF", INFO("\"width\": 512, \"height\": -1", "[{\"width\": 256, \"scaleFactors\": [1, 2]}]")},
    {"huge IIIF", INFO("\"width\": 1e300, \"height\": 256", "[{\"width\": 256, \"scaleFactors\": [1, 2]}]")},
    {"IIIF tiles of zero",
        INFO("\"width\": 512, \"height\": 256", "[{\"width\": 0, \"scaleFactors\": [1]}]")},
    {"IIIF without tiles", INFO("\"width\": 5120, \"height\": 2560", "[]")},
    {"a factor of zero",
        INFO("\"width\": 512, \"height\": 256", "[{\"width\": 256, \"scaleFactors\": [0]}]")},
    {"more tiles than there can be", NULL, PAGES "1.dzi",
        TEXT("<Image TileSize=\"256\" Overlap=\"0\" Format=\"png\"><Size Width=\"67108864\" "
             "Height=\"67108864\"/></Image>"),
        804, SEEN_TORN},
    {"no tile", COMMAND("rm " TILE, 804, SEEN_TORN)},
    {"no folder of tiles", COMMAND("rm -r " PAGES "1_files", 804, SEEN_TORN)},
    {"a folder for a tile", COMMAND("rm " TILE " && mkdir " TILE, 808, SEEN_TORN)},
    {"a pipe for a tile", COMMAND("rm " TILE " && mkfifo " TILE, 808, SEEN_TORN)},
    {"a link out of the exhibit",
        COMMAND("mv " TILE " ../out.png && ln -s ../../../../../../out.png " TILE, 808, SEEN_TORN)},
    {"a link to a device", COMMAND("rm " TILE " && ln -s /dev/zero " TILE, 808, SEEN_TORN)},
    {"a link to itself", COMMAND("rm " TILE " && ln -s 1_0.png " TILE, 808, SEEN_TORN)},
    {"an empty tile", NULL, TILE, "", 0, 808, SEEN_TORN},
    {"a text for a tile", NULL, TILE, TEXT("hello"), 808, SEEN_TORN},
    {"a tile that was cut off", COMMAND("truncate -s -20 " TILE, 808, SEEN_TORN)},
    {"a tile with another byte",
        COMMAND("printf x | dd of=" TILE " bs=1 seek=60 conv=notrunc status=none", 808, SEEN_TORN)},
    {"a smaller tile", COMMAND("cp " PAGES "1_files/8/0_0.png " TILE, 809, SEEN_TORN)},
    {"four gigapixels in 60 bytes", NULL, TILE, TEXT(GIGANTIC), 809, SEEN_TORN},
    {"four gigapixels as the page", "sed -i 's|1.dzi|1.png|' documents/letter/document.yaml", PAGES "1.png",
        TEXT(GIGANTIC), 803, SEEN_MISSING},
};

static bool break_it(const char *folder, const struct fault *fault)
{
    char line[2000];
    bool ok = true;
    if (fault->command != NULL) {
        snprintf(line, sizeof line, "cd '%s' && %s", folder, fault->command);
        ok = system(line) == 0;
    }
    if (ok && fault->file != NULL) {
        snprintf(line, sizeof line, "%s/%s", folder, fault->file);
        FILE *file = fopen(line, "wb");
        ok = file != NULL && fwrite(fault->bytes, 1, fault->length, file) == fault->length;
        ok = file != NULL && fclose(file) == 0 && ok;
    }
    return ok;
}

static void has_its_code(const char *folder, const struct fault *fault)
{
    char words[1200], code[20];
    snprintf(words, sizeof words, "check %s", folder);
    snprintf(code, sizeof code, "[VIT-%d]\n", fault->code);
    struct run run = work_run(author_check, words);
    const char *other = strstr(run.out, "[VIT-");
    bool first = other != NULL && strncmp(other, code, strlen(code)) == 0;
    CHECK_THAT(first, "%s: code %d and\n%s%s", fault->what, run.code, run.out, run.err);
    CHECK_INT(run.code, fault->code == 810 ? 0 : 1);
    work_done(&run);
}

static bool has(struct player *player, const char *place, const char *id, int64_t *now_ms)
{
    struct place to;
    if (!place_parse(str_from(place), &to)) {
        return false;
    }
    *now_ms += 1000;
    player_go(player, &to, *now_ms);
    player_update(player, *now_ms);
    *now_ms += 1000;
    player_update(player, *now_ms);
    bool ready = player_wait_ready(player, 20000);
    player_update(player, *now_ms);
    CHECK(ready);
    return box_find(player_tree(player), id) >= 0;
}

/* The rest works: the other screens are there, and of the page what is sound. */
static void is_survived(const char *folder, const struct fault *fault)
{
    struct error err = {0};
    struct player_options options = {.exhibit = folder,
        .paths = &work_paths,
        .mode = MODE_CLASSROOM,
        .window = {900, 700},
        .reduced_motion = true};
    int64_t now_ms = 0;
    struct player *player = player_create(&options, now_ms, &err);
    CHECK_THAT(player != NULL, "%s: %s", fault->what, err.message);
    if (player == NULL) {
        return;
    }
    bool torn = has(player, "document:letter/scan", "page.torn", &now_ms);
    bool missing = box_find(player_tree(player), "page.missing") >= 0;
    CHECK_THAT(torn == (fault->seen == SEEN_TORN) && missing == (fault->seen == SEEN_MISSING),
        "%s: torn %d, missing %d", fault->what, torn, missing);
    CHECK_THAT(has(player, "document:letter/text", "text", &now_ms), "%s: the text", fault->what);
    CHECK_THAT(has(player, "home", "bar.home", &now_ms), "%s: home", fault->what);
    player_destroy(player);
}

static void every_fault(void)
{
    char folder[1024], copy[1100];
    for (size_t i = 0; i < ARRAY_LENGTH(faults); i++) {
        work_folder(folder, "pyramid");
        snprintf(copy, sizeof copy, "%s/exhibit", folder);
        CHECK(work_copy(WHOLE, copy));
        bool broken = break_it(copy, &faults[i]);
        CHECK_THAT(broken, "%s", faults[i].what);
        if (broken) {
            has_its_code(copy, &faults[i]);
            is_survived(copy, &faults[i]);
        }
        work_remove(folder);
    }
}

int main(void)
{
    RUN(every_fault);
    return check_report();
}
