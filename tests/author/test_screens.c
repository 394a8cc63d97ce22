/* describe and render: the same screens in words and in pictures. */
#include "screens.h"
#include "work.h"

#include "base/array.h"
#include "scan/scan.h"

#include <limits.h>

/* ---- describe */

/* Names are printed with C escapes: what a text of an exhibit can have of those is a quote or a backslash. */
static size_t escaped(const struct block *block, char *out, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < block->span_count; i++) {
        for (size_t j = 0; j < block->spans[i].text.length && length + 2 < size; j++) {
            char c = block->spans[i].text.data[j];
            if (c == '"' || c == '\\') {
                out[length++] = '\\';
            }
            out[length++] = c;
        }
    }
    out[length] = '\0';
    return length;
}

static void describes_every_word_of_the_telegram(void)
{
    struct error err = {0};
    struct exhibit *exhibit = exhibit_open(WORK_TELEGRAM, NULL, &err);
    CHECK(exhibit != NULL && exhibit_load_document(exhibit, "telegram"));
    const struct document *document = exhibit != NULL ? exhibit_find_document(exhibit, "telegram") : NULL;
    CHECK(document != NULL && document->layer_count == 1);
    for (size_t t = 0; document != NULL && t < document->layers[0].text.count; t++) {
        const struct prose_text *text = &document->layers[0].text.texts[t];
        char words[600];
        snprintf(words, sizeof words,
            "describe " WORK_TELEGRAM " --place document:telegram/text --lang %s --size 800x600",
            text->language);
        struct run run = work_run(author_describe, words);
        CHECK_INT(run.code, 0);
        CHECK_TEXT(run.err, "");
        const char *at = run.out;
        CHECK_INT(text->block_count, 15);
        for (size_t b = 0; b < text->block_count; b++) {
            char name[4000];
            escaped(&text->blocks[b], name, sizeof name);
            const char *found = strstr(at, name);
            CHECK_THAT(found != NULL, "%s in %s: \"%s\"", text->blocks[b].segment, text->language, name);
            at = found != NULL ? found : at;
        }
        work_done(&run);
    }
    exhibit_destroy(exhibit);
}

static void describes_as_it_is_asked(void)
{
    const char *same = "describe " WORK_TELEGRAM " --place home --size 1280x720";
    struct run plain = work_run(author_describe, same), again = work_run(author_describe, same);
    CHECK_INT(plain.code, 0);
    CHECK_TEXT(again.out, plain.out);
    work_done(&again);
    static const char *const options[] = {"--lang ko", "--text-size 150", "--low-reach", "--size 720x1280"};
    for (size_t i = 0; i < ARRAY_LENGTH(options); i++) {
        char words[600];
        snprintf(words, sizeof words, "describe " WORK_TELEGRAM " --place home %s%s", options[i],
            i == 3 ? "" : " --size 1280x720");
        struct run run = work_run(author_describe, words);
        CHECK_INT(run.code, 0);
        CHECK_THAT(strcmp(run.out, plain.out) != 0, "%s changes nothing", options[i]);
        work_done(&run);
    }
    work_done(&plain);
    struct run contrast =
        work_run(author_describe, "describe " WORK_TELEGRAM " --place home --theme high-contrast");
    CHECK(strstr(contrast.out, "bar.contrast") != NULL && strstr(contrast.out, "{checked}") != NULL);
    work_done(&contrast);
}

/* ---- one changed word */

struct shot {
    struct screens screens;
    uint32_t *pixels;
    struct rect box; /* of the paragraph */
};

#define SHOT_W 1280
#define SHOT_H 720

static bool shoot(struct shot *shot, const char *exhibit, const char *words)
{
    struct error err = {0};
    struct screens_look look = SCREENS_LOOK_DEFAULT;
    struct place place;
    struct rect damage[PAINT_DAMAGE_MAX];
    look.size = (struct size){SHOT_W, SHOT_H};
    shot->pixels = calloc(SHOT_W * SHOT_H, sizeof(uint32_t));
    struct paint_target target = {shot->pixels, SHOT_W, SHOT_H, SHOT_W};
    bool ok = shot->pixels != NULL && place_parse(STR("document:telegram/text#urgent"), &place) &&
              screens_open(&shot->screens, exhibit, &work_paths, &look, &err) &&
              screens_show(&shot->screens, &place, "en", &err);
    CHECK_THAT(ok, "%s", err.message);
    if (!ok) {
        return false;
    }
    player_draw(shot->screens.player, &target, true, damage);
    const struct box_tree *tree = player_tree(shot->screens.player);
    for (size_t i = 0; i < tree->count; i++) {
        if (str_equal_c(tree->boxes[i].name, words)) {
            shot->box = rect_intersect(tree->boxes[i].rect, tree->boxes[i].clip);
        }
    }
    CHECK_THAT(!rect_empty(shot->box), "there is no box \"%s\"", words);
    return true;
}

static void a_changed_word_changes_its_box_and_its_pixels(void)
{
    char folder[1024], copy[1100], text[1200];
    work_folder(folder, "word");
    snprintf(copy, sizeof copy, "%s/exhibit", folder);
    snprintf(text, sizeof text, "%s/documents/telegram/text/translation.en.md", copy);
    CHECK(work_copy(WORK_TELEGRAM, copy));
    CHECK(work_replace(text, "The Chinese comrades", "The Russian comrades"));
    struct shot before = {0}, after = {0};
    if (shoot(&before, WORK_TELEGRAM, "The Chinese comrades are requesting an urgent answer.") &&
        shoot(&after, copy, "The Russian comrades are requesting an urgent answer.")) {
        long inside = 0, outside = 0;
        struct rect box = rect_union(before.box, after.box);
        for (int i = 0; i < SHOT_W * SHOT_H; i++) {
            bool differs = ((before.pixels[i] ^ after.pixels[i]) & 0xFFFFFF) != 0;
            inside += differs && rect_contains(box, i % SHOT_W, i / SHOT_W);
            outside += differs && !rect_contains(box, i % SHOT_W, i / SHOT_W);
        }
        CHECK(inside > 100);
        CHECK_INT(outside, 0);
    }
    screens_close(&before.screens);
    screens_close(&after.screens);
    free(before.pixels);
    free(after.pixels);
    work_remove(folder);
}

/* ---- render */

struct picture {
    char name[NAME_MAX + 1];
    uint64_t hash;
};

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct picture *)a)->hash, y = ((const struct picture *)b)->hash;
    return (x > y) - (x < y);
}

/* A picture of nothing has one colour nearly everywhere. */
static bool is_blank(const uint32_t *pixels, size_t count)
{
    size_t others = 0;
    for (size_t i = 1; i < count; i++) {
        others += pixels[i] != pixels[i - 1];
    }
    return others < count / 500;
}

static size_t look_at_pictures(
    const char *folder, struct scan *scan, struct size expected, struct picture *pictures, size_t capacity)
{
    size_t count = 0;
    DIR *open_folder = opendir(folder);
    for (struct dirent *entry;
         open_folder != NULL && (entry = readdir(open_folder)) != NULL && count < capacity;) {
        char path[2400];
        uint32_t *pixels = NULL;
        struct size size = {0, 0};
        struct error err = {0};
        if (entry->d_name[0] == '.') {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        bool decoded = scan_decode_whole(scan, path, 0, &pixels, &size, &err);
        CHECK_THAT(
            decoded && size.w == expected.w && size.h == expected.h, "%s: %s", entry->d_name, err.message);
        if (decoded) {
            size_t total = (size_t)size.w * (size_t)size.h;
            CHECK_THAT(!is_blank(pixels, total), "%s is blank", entry->d_name);
            snprintf(pictures[count].name, sizeof pictures[count].name, "%s", entry->d_name);
            pictures[count++].hash = str_hash_bytes(STR_HASH_START, pixels, total * sizeof *pixels);
        }
        free(pixels);
    }
    if (open_folder != NULL) {
        closedir(open_folder);
    }
    return count;
}

static size_t pictures_of(const char *words, const char *folder, struct size size)
{
    static struct picture pictures[1000];
    struct scan_options options = {.decoder_path = work_paths.decoder, .decoders = 1};
    struct error err = {0};
    struct scan *scan = scan_create(&options, &err);
    char line[3000];
    snprintf(line, sizeof line, "render %s --size %dx%d --output %s", words, size.w, size.h, folder);
    struct run run = work_run(author_render, line);
    CHECK_INT(run.code, 0);
    CHECK_TEXT(run.err, "");
    work_done(&run);
    CHECK(scan != NULL);
    size_t count = scan != NULL ? look_at_pictures(folder, scan, size, pictures, ARRAY_LENGTH(pictures)) : 0;
    qsort(pictures, count, sizeof *pictures, by_hash);
    for (size_t i = 1; i < count; i++) {
        CHECK_THAT(pictures[i].hash != pictures[i - 1].hash, "%s and %s are equal", pictures[i].name,
            pictures[i - 1].name);
    }
    scan_destroy(scan);
    return count;
}

static bool is_there(const char *folder, const char *name)
{
    char path[2400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static void renders_every_place(void)
{
    static const char *const names[] = {"attract", "home", "read", "scan", "text", "parallel", "meaning",
        "people", "places", "timeline", "words", "related", "questions", "about",
        "document-stalin-1950-05-14", "note-the-circle", "person-mao-zedong", "place-beijing",
        "term-pseudonym", "event-war-begins"};
    char folder[1024];
    work_folder(folder, "render");
    size_t count = pictures_of(WORK_TELEGRAM " --lang en", folder, (struct size){640, 480});
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        char name[200];
        snprintf(name, sizeof name, "%s.en.png", names[i]);
        CHECK_THAT(is_there(folder, name), "there is no %s", name);
    }
    CHECK_THAT(count >= 14 + 10 + 8 + 8 + 10 + 20 + 20, "%zu pictures", count);
    work_remove(folder);
}

static void renders_every_language_and_look(void)
{
    char folder[1024];
    work_folder(folder, "render-languages");
    CHECK_INT(pictures_of(WORK_TELEGRAM " --place home --place document:telegram/text#p2", folder,
                  (struct size){600, 800}),
        8);
    CHECK(is_there(folder, "home.zh-Hans.png") && is_there(folder, "document-telegram-text-p2.ru.png"));
    work_remove(folder);
    work_folder(folder, "render-looks");
    CHECK_INT(
        pictures_of(WORK_TELEGRAM " --place home --lang zh --theme high-contrast --text-size 200 --low-reach",
            folder, (struct size){1024, 600}),
        1);
    CHECK(is_there(folder, "home.zh-Hans.png"));
    work_remove(folder);
}

static void draws_the_same_again(void)
{
    char folder[1024], first[1100], second[1100];
    work_folder(folder, "render-again");
    static const char *const orders[] = {"attract scan person:stalin", "person:stalin attract scan"};
    for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
        char a[40], b[40], c[40], words[3000];
        sscanf(orders[i], "%39s %39s %39s", a, b, c);
        snprintf(words, sizeof words,
            "render " WORK_TELEGRAM
            " --size 640x480 --lang en --place %s --place %s --place %s --output %s/%zu",
            a, b, c, folder, i);
        struct run run = work_run(author_render, words);
        CHECK_INT(run.code, 0);
        work_done(&run);
    }
    static const char *const names[] = {"attract.en.png", "scan.en.png", "person-stalin.en.png"};
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        snprintf(first, sizeof first, "%.1000s/0/%s", folder, names[i]);
        snprintf(second, sizeof second, "%.1000s/1/%s", folder, names[i]);
        CHECK_THAT(work_same(first, second), "%s depends on what was shown before", names[i]);
    }
    work_remove(folder);
}

static void draws_what_there_is_of_a_faulty_exhibit(void)
{
    char folder[1024], words[3000];
    work_folder(folder, "render-faulty");
    snprintf(words, sizeof words,
        "render " TEST_SOURCE_DIR "/tests/broken/801-image-unreadable --size 640x480 --output %s", folder);
    struct run run = work_run(author_render, words);
    CHECK_INT(run.code, 1);
    CHECK_THAT(strstr(run.err, "[VIT-801]") != NULL, "%s", run.err);
    CHECK(is_there(folder, "home.en.png") && is_there(folder, "scan.en.png") &&
          is_there(folder, "text.en.png"));
    CHECK(!is_there(folder, "people.en.png"));
    work_done(&run);
    run = work_run(
        author_describe, "describe " TEST_SOURCE_DIR "/tests/broken/206-duplicate-id --place people");
    CHECK_INT(run.code, 1);
    CHECK(strstr(run.err, "[VIT-206]") != NULL);
    CHECK(strncmp(run.out, "screen ", 7) == 0);
    work_done(&run);
    work_remove(folder);
}

/* What only shows when a picture is decoded is told as well, and by the exit code. */
static void tells_of_a_page_that_breaks_off(void)
{
    char folder[1024], exhibit[1100], page[1200], words[3400];
    work_folder(folder, "render-torn");
    snprintf(exhibit, sizeof exhibit, "%s/small", folder);
    snprintf(page, sizeof page, "%s/documents/notice/pages/1.png", exhibit);
    CHECK(work_copy(TEST_SOURCE_DIR "/tests/exhibits/small", exhibit) && truncate(page, 9000) == 0);
    snprintf(words, sizeof words, "render %s --size 640x480 --place scan --place home --output %s/made",
        exhibit, folder);
    struct run run = work_run(author_render, words);
    CHECK_INT(run.code, 1);
    CHECK_THAT(strstr(run.err, "document.yaml:") != NULL && strstr(run.err, "[VIT-801]") != NULL &&
                   work_lines(run.err) == 1,
        "%s", run.err);
    snprintf(page, sizeof page, "%s/made", folder);
    CHECK(is_there(page, "scan.en.png") && is_there(page, "home.en.png"));
    work_done(&run);
    snprintf(words, sizeof words, "describe %s --size 640x480 --place scan", exhibit);
    run = work_run(author_describe, words);
    CHECK_INT(run.code, 1);
    CHECK_THAT(strstr(run.err, "[VIT-801]") != NULL, "%s", run.err);
    CHECK(strncmp(run.out, "screen ", 7) == 0);
    work_done(&run);
    work_remove(folder);
}

/* ---- wrong words */

static void says_what_is_wrong(void)
{
    static const struct {
        work_command *command;
        const char *words, *message;
        int code;
    } cases[] = {
        {author_describe, "describe " WORK_TELEGRAM, "--place", 2},
        {author_describe, "describe --place home", "one exhibit", 2},
        {author_describe, "describe " WORK_TELEGRAM " --palce home", "did you mean --place?", 2},
        {author_describe, "describe " WORK_TELEGRAM " --place kitchen", "kitchen is no place", 2},
        {author_describe, "describe " WORK_TELEGRAM " --place person:nobody", "no person:nobody", 2},
        {author_describe, "describe " WORK_TELEGRAM " --place home --lang fr", "en, ko, zh-Hans, ru", 2},
        {author_describe, "describe " WORK_TELEGRAM " --place home --text-size 110",
            "--text-size cannot be 110", 2},
        {author_describe, "describe no/such/exhibit --place home", "no/such/exhibit", 1},
        {author_render, "render " WORK_TELEGRAM, "--output", 2},
        {author_render, "render " WORK_TELEGRAM " --output x --size 10x10", "--size cannot be 10x10", 2},
        {author_render, "render " WORK_TELEGRAM " --output x --lang en --lang tlh", "\"tlh\"", 2},
        {author_render, "render " WORK_TELEGRAM " --output x --place term:none", "no term:none", 2},
        {author_render, "render no/such/exhibit --output x", "no/such/exhibit", 1},
        {author_render, "render " WORK_TELEGRAM " --place home --lang en --output /proc/none/such",
            "/proc/none", 3},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct run run = work_run(cases[i].command, cases[i].words);
        CHECK_THAT(run.code == cases[i].code, "%s: %d", cases[i].words, run.code);
        CHECK_THAT(strstr(run.err, cases[i].message) != NULL, "%s: %s", cases[i].words, run.err);
        CHECK_INT(work_lines(run.err), 1);
        CHECK_TEXT(run.out, "");
        work_done(&run);
    }
    CHECK(access("x", F_OK) != 0);
}

int main(void)
{
    RUN(describes_every_word_of_the_telegram);
    RUN(describes_as_it_is_asked);
    RUN(a_changed_word_changes_its_box_and_its_pixels);
    RUN(renders_every_place);
    RUN(renders_every_language_and_look);
    RUN(draws_the_same_again);
    RUN(draws_what_there_is_of_a_faulty_exhibit);
    RUN(tells_of_a_page_that_breaks_off);
    RUN(says_what_is_wrong);
    return check_report();
}
