/* The typewritten sheet: the same bytes again, and the pixels and zones that the exhibit ships. */
#include "sheet.h"
#include "work.h"

#include "base/array.h"
#include "scan/scan.h"

#define TELEGRAM_TILES WORK_TELEGRAM "/documents/telegram/pages/1_files/13" /* the finest */
#define TELEGRAM_ZONES WORK_TELEGRAM "/documents/telegram/zones/1.yaml"

static struct run typeset(const char *exhibit, const char *document, const char *layer, const char *output)
{
    char words[4096];
    snprintf(words, sizeof words, "typeset %s %s --layer %s --output %s --resolution 600", exhibit, document,
        layer, output);
    return work_run(author_typeset, words);
}

enum { TILE = 256, MOST = 50000000 };

/* Is the picture what the tiles of the exhibit show, to the last bit? */
static bool is_committed(struct scan *scan, const char *picture)
{
    struct error err = {0};
    struct size size, part;
    uint32_t *pixels = NULL;
    bool same = scan_decode_whole(scan, picture, MOST, &pixels, &size, &err);
    CHECK_THAT(same, "%s", err.message);
    for (int y = 0; same && y * TILE < size.h; y++) {
        for (int x = 0; same && x * TILE < size.w; x++) {
            char path[1200];
            uint32_t *tile = NULL;
            snprintf(path, sizeof path, "%s/%d_%d.png", TELEGRAM_TILES, x, y);
            same = scan_decode_whole(scan, path, MOST, &tile, &part, &err) &&
                   part.w == (size.w - x * TILE < TILE ? size.w - x * TILE : TILE) &&
                   part.h == (size.h - y * TILE < TILE ? size.h - y * TILE : TILE);
            for (int row = 0; same && row < part.h; row++) {
                const uint32_t *at = pixels + (size_t)(y * TILE + row) * (size_t)size.w + x * TILE;
                same = memcmp(at, tile + (size_t)row * (size_t)part.w, (size_t)part.w * sizeof *at) == 0;
            }
            free(tile);
        }
    }
    free(pixels);
    return same;
}

static struct scan *open_scan(void)
{
    struct error err = {0};
    struct scan_options options = {.decoder_path = work_paths.decoder, .decoders = 1};
    struct scan *scan = scan_create(&options, &err);
    CHECK_THAT(scan != NULL, "%s", err.message);
    return scan;
}

static void sets_the_committed_page_again(void)
{
    char folder[1024], first[1100], path[1200], other[1200];
    work_folder(folder, "typeset");
    snprintf(first, sizeof first, "%s/made/deep", folder);
    struct run run = typeset(WORK_TELEGRAM, "telegram", "translation.en", first);
    CHECK_INT(run.code, 0);
    CHECK_TEXT(run.err, "");
    CHECK_INT(work_lines(run.out), 2);
    work_done(&run);
    run = typeset(WORK_TELEGRAM, "telegram", "translation.en", folder);
    CHECK_INT(run.code, 0);
    work_done(&run);
    const char *names[] = {"1.png", "1.yaml"};
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        snprintf(path, sizeof path, "%s/%s", first, names[i]);
        snprintf(other, sizeof other, "%s/%s", folder, names[i]);
        CHECK_THAT(work_same(path, other), "%s differs from run to run", names[i]);
        CHECK_THAT(i == 0 || work_same(path, TELEGRAM_ZONES),
            "the zones are not the committed ones: set the page anew, as exhibits/README.md says");
    }
    struct scan *scan = open_scan();
    snprintf(path, sizeof path, "%s/1.png", folder);
    CHECK_THAT(scan != NULL && is_committed(scan, path),
        "the page is not the committed one: set it anew and cut it into tiles, as exhibits/README.md says");
    scan_destroy(scan);
    work_remove(folder);
}

/* Coarser, it is the same sheet: as many pages, every zone where it was, in smaller numbers. */
static void coarser_is_the_same_sheet(void)
{
    char folder[1024], path[1200], words[3000];
    work_folder(folder, "typeset-fine");
    snprintf(
        words, sizeof words, "typeset " WORK_TELEGRAM " telegram --layer translation.en --output %s", folder);
    struct run run = work_run(author_typeset, words);
    CHECK_INT(run.code, 0);
    CHECK_INT(work_lines(run.out), 2);
    work_done(&run);
    snprintf(path, sizeof path, "%s/1.yaml", folder);
    FILE *fine = fopen(TELEGRAM_ZONES, "r"), *coarse = fopen(path, "r");
    CHECK(coarse != NULL && fine != NULL);
    char a[200], b[200];
    int boxes = 0;
    while (coarse != NULL && fine != NULL && fgets(a, sizeof a, coarse) != NULL &&
           fgets(b, sizeof b, fine) != NULL) {
        int x[4], y[4];
        if (sscanf(a, " box: [%d, %d, %d, %d]", &x[0], &x[1], &x[2], &x[3]) != 4) {
            CHECK(strncmp(a, "page:", 5) == 0 || strcmp(a, b) == 0);
            continue;
        }
        CHECK_INT(sscanf(b, " box: [%d, %d, %d, %d]", &y[0], &y[1], &y[2], &y[3]), 4);
        for (int i = 0; i < 4; i++) {
            CHECK_THAT(abs(y[i] - 2 * x[i]) <= 8, "box %d: %d became %d", boxes, x[i], y[i]);
        }
        boxes++;
    }
    CHECK(boxes > 5);
    if (coarse != NULL) {
        fclose(coarse);
    }
    if (fine != NULL) {
        fclose(fine);
    }
    static const char *const wrong[] = {"0", "150", "301", "2400", "six"};
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
        snprintf(words, sizeof words,
            "typeset " WORK_TELEGRAM " telegram --layer translation.en --output %s --resolution %s", folder,
            wrong[i]);
        run = work_run(author_typeset, words);
        CHECK_INT(run.code, 2);
        CHECK_INT(work_lines(run.err), 1);
        work_done(&run);
    }
    work_remove(folder);
}

static void a_changed_word_changes_the_page(void)
{
    char folder[1024], copy[1100], text[1200], page[1200];
    work_folder(folder, "typeset-word");
    snprintf(copy, sizeof copy, "%s/exhibit", folder);
    snprintf(text, sizeof text, "%s/documents/telegram/text/translation.en.md", copy);
    snprintf(page, sizeof page, "%s/1.png", folder);
    CHECK(work_copy(WORK_TELEGRAM, copy));
    CHECK(work_replace(text, "2 days", "3 days"));
    struct run run = typeset(copy, "telegram", "translation.en", folder);
    CHECK_INT(run.code, 0);
    struct scan *scan = open_scan();
    CHECK(scan != NULL && !is_committed(scan, page));
    scan_destroy(scan);
    work_done(&run);
    work_remove(folder);
}

static void says_what_is_wrong(void)
{
    static const struct {
        const char *exhibit, *document, *layer, *words;
        int code;
    } cases[] = {
        {"no-such-exhibit", "telegram", "translation.en", "no-such-exhibit", 1},
        {WORK_TELEGRAM, "letter", "translation.en", "no document letter", 1},
        {WORK_TELEGRAM, "telegram", "original.en", "no layer original", 1},
        {WORK_TELEGRAM, "telegram", "translation.fr", "no text in the language \"fr\"", 1},
        {WORK_TELEGRAM, "telegram", "translation", "no text in the language \"\"", 1},
    };
    char folder[1024];
    work_folder(folder, "typeset-wrong");
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct run run = typeset(cases[i].exhibit, cases[i].document, cases[i].layer, folder);
        CHECK_INT(run.code, cases[i].code);
        CHECK_THAT(strstr(run.err, cases[i].words) != NULL, "%s", run.err);
        CHECK_INT(work_lines(run.err), 1);
        work_done(&run);
    }
    struct run run = work_run(author_typeset, "typeset " WORK_TELEGRAM " telegram --layer translation.en");
    CHECK_INT(run.code, 2);
    work_done(&run);
    run = typeset(WORK_TELEGRAM, "telegram", "translation.en", "/proc/none/such");
    CHECK_INT(run.code, 3);
    CHECK_INT(work_lines(run.err), 1);
    work_done(&run);
    work_remove(folder);
}

/* ---- sheets of texts made up here */

#define BLOCKS 60

struct made {
    struct block blocks[BLOCKS];
    struct span spans[BLOCKS];
    struct prose_text text;
};

static void add_block(
    struct made *made, enum block_kind kind, const char *anchor, const char *label, const char *words)
{
    size_t at = made->text.block_count++;
    made->spans[at] = (struct span){.text = str_from(words)};
    made->blocks[at] = (struct block){.kind = kind,
        .level = 1,
        .label = str_from(label),
        .anchored = anchor[0] != '\0',
        .spans = &made->spans[at],
        .span_count = 1};
    if (anchor[0] != '\0') {
        snprintf(made->blocks[at].segment, sizeof made->blocks[at].segment, "%s", anchor);
    } else {
        snprintf(made->blocks[at].segment, sizeof made->blocks[at].segment, "s%zu", at + 1);
    }
    made->text.blocks = made->blocks;
}

static const char long_words[] = "One word after another fills this paragraph until it has taken several "
                                 "lines of the typewritten page, and then a few "
                                 "more, because only a paragraph that is long enough can be parted by the "
                                 "end of a page and go on upon the next one, which "
                                 "is what this test is about; it must not lose a line, nor show one twice, "
                                 "nor leave one alone at the foot of the page.";

static void fill_made(struct made *made)
{
    add_block(made, BLOCK_HEADING, "", "", "A long report");
    add_block(made, BLOCK_PARAGRAPH, "secrecy", "", "Secret");
    add_block(made, BLOCK_PARAGRAPH, "stamp", "", "Received");
    for (int i = 0; i < 14; i++) {
        add_block(made, BLOCK_PARAGRAPH, "", "", long_words);
        add_block(made, BLOCK_ITEM, "", "1.", "A point.");
    }
    add_block(made, BLOCK_RULE, "", "", "");
    add_block(made, BLOCK_QUOTE, "", "", long_words);
    add_block(made, BLOCK_PARAGRAPH, "signature", "", "Somebody");
}

static bool in_order(const struct sheet *sheet, const struct made *made, int *lines_shown)
{
    bool ok = true;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sheet_piece *piece = &sheet->pieces[i];
        struct rect page = {0, 0, SHEET_WIDTH, SHEET_HEIGHT};
        ok = ok && rect_holds(page, piece->box_img) && piece->page >= 0 && piece->page < sheet->page_count;
        for (size_t j = 0; j < i; j++) {
            const struct sheet_piece *other = &sheet->pieces[j];
            ok = ok &&
                 (other->page != piece->page || rect_empty(rect_intersect(other->box_img, piece->box_img)));
        }
        *lines_shown += strcmp(piece->segment, made->blocks[3].segment) != 0 ? 0 : piece->box_img.h / 75;
    }
    return ok;
}

static void runs_over_to_further_pages(void)
{
    static struct made made;
    struct error err = {0};
    struct sheet sheet = {0};
    int lines = 0;
    struct text *text = player_open_text(&work_paths, &err);
    CHECK_THAT(text != NULL, "%s", err.message);
    if (text == NULL) {
        return;
    }
    made.text.language = "en";
    fill_made(&made);
    CHECK(sheet_lay_out(&sheet, text, &made.text, SHEET_DPI, "note", &err));
    CHECK(sheet.page_count >= 3);
    CHECK(in_order(&sheet, &made, &lines));
    CHECK_INT(lines, text_measure(sheet.pieces[3].layout).line_count);
    size_t found = 0, parted = 0;
    for (size_t b = 0; b < made.text.block_count; b++) {
        size_t pieces = 0;
        for (size_t i = 0; i < sheet.count; i++) {
            pieces += strcmp(sheet.pieces[i].segment, made.blocks[b].segment) == 0;
        }
        found += pieces > 0;
        parted += pieces > 1;
    }
    CHECK_INT(found, made.text.block_count);
    CHECK(parted > 0);
    sheet_finish(&sheet);
    text_destroy(text);
}

static void right_to_left_hangs_on_the_right(void)
{
    static struct made made;
    struct error err = {0};
    struct sheet sheet = {0};
    struct text *text = player_open_text(&work_paths, &err);
    CHECK_THAT(text != NULL, "%s", err.message);
    if (text == NULL) {
        return;
    }
    made.text.language = "ar";
    add_block(&made, BLOCK_ITEM, "", "\xD9\xA1.",
        "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 \xD8\xB9\xD9\x84\xD9\x8A\xD9\x83\xD9\x85");
    CHECK(sheet_lay_out(&sheet, text, &made.text, SHEET_DPI, "note", &err));
    CHECK_INT(sheet.count, 1);
    CHECK(sheet.count == 1 && sheet.pieces[0].label != NULL && sheet.pieces[0].label_img.x > SHEET_WIDTH / 2);
    CHECK(sheet.count == 1 && sheet.pieces[0].box_img.x > SHEET_WIDTH / 2);
    sheet_finish(&sheet);
    text_destroy(text);
}

static void refuses_an_empty_text(void)
{
    struct error err = {0};
    struct sheet sheet = {0};
    struct prose_text nothing = {.language = "en"};
    struct text *text = player_open_text(&work_paths, &err);
    CHECK(text != NULL && !sheet_lay_out(&sheet, text, &nothing, SHEET_DPI, "note", &err));
    CHECK_INT(err.category, ERROR_INPUT);
    sheet_finish(&sheet);
    text_destroy(text);
}

static void can_be_read(void)
{
    CHECK(colour_contrast(SHEET_PAPER, SHEET_INK) >= 7);
    CHECK(colour_contrast(SHEET_PAPER, SHEET_EDITORS_INK) >= 4.5);
    CHECK(colour_contrast(SHEET_PAPER, SHEET_STAMP_INK) >= 4.5);
    CHECK(colour_contrast(SHEET_INK, SHEET_EDITORS_INK) >= 2); /* and told apart */
}

int main(void)
{
    RUN(sets_the_committed_page_again);
    RUN(coarser_is_the_same_sheet);
    RUN(a_changed_word_changes_the_page);
    RUN(says_what_is_wrong);
    RUN(runs_over_to_further_pages);
    RUN(right_to_left_hangs_on_the_right);
    RUN(refuses_an_empty_text);
    RUN(can_be_read);
    return check_report();
}
