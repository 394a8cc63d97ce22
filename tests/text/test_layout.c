/* Layouts: order, direction, links, truncation, spacing, alignment, and what the caches keep. */
#include "helper.h"

static struct text *text;

/* Several spans in one paragraph. */
static const struct text_layout *lay_out(
    const struct text_span *spans, size_t count, const char *language, int width)
{
    struct text_spec spec = helper_spec(spans, count, language, width);
    const struct text_layout *layout = text_lay_out(text, &spec);
    if (layout == NULL) {
        exit(3);
    }
    return layout;
}

static int width_of(const char *s, const char *language)
{
    return text_measure(helper_lay_out(text, s, language, 0)).width_px;
}

static void orders_both_directions(void)
{
    static const struct {
        const char *language, *logical, *visual;
        bool rtl;
    } table[] = {
        {"en", "abc אבג def", "abc גבא def", false},
        {"he", "אבג abc דהו", "והד abc גבא", true},
        {"he", "abc אבג", "גבא abc", true}, /* Hebrew that begins with a Latin word */
        {"en", "אבג abc", "גבא abc", false},
        {NULL, "אבג abc", "abc גבא", true}, /* no language: the first letter decides */
        {"he", "abc", "abc", false},
        {"ar", "123", "123", true},
        {"en", "123", "123", false},
        {"he", "אב 123 גד", "דג 123 בא", true},
        {"he", "(אב)", "(בא)", true}, /* logical ( is drawn on the right: the clusters are mirrored */
        {"en", "a (אב) b", "a (בא) b", false},
        {"en",
            "he said \xE2\x81\xA7"
            "אב, abc\xE2\x81\xA9.",
            "he said abc ,בא.", false},
        {"zh-Hans", "中文abc", "中文abc", false},
    };
    char visual[400];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct text_layout *layout = helper_lay_out(text, table[i].logical, table[i].language, 0);
        helper_visual(layout, visual, sizeof visual);
        if (strncmp(table[i].logical, "(", 1) == 0) { /* the glyphs mirror, the characters stay */
            CHECK_TEXT(visual, ")בא(");
        } else {
            /* Isolates are not drawn; they may stand in the order. */
            size_t length = 0;
            for (const char *at = visual; *at != '\0'; at++) {
                if (strncmp(at, "\xE2\x81", 2) == 0) {
                    at += 2;
                } else {
                    visual[length++] = *at;
                }
            }
            visual[length] = '\0';
            CHECK_TEXT(visual, table[i].visual);
        }
        CHECK_INT(text_measure(layout).rtl, table[i].rtl);
    }
}

static void joins_across_spans(void)
{
    /* A link inside a word must not break its letters apart. */
    struct text_span parts[] = {{.text = STR("الر"), .ink = COLOUR_RGB(0)},
        {.text = STR("فيق"), .ink = COLOUR_RGB(0xA32A1C), .flags = TEXT_UNDERLINE, .tag = 1}};
    CHECK_INT(text_measure(lay_out(parts, 2, "ar", 0)).width_px, width_of("الرفيق", "ar"));
    struct text_span latin[] = {{.text = STR("A"), .ink = 1}, {.text = STR("V"), .ink = 2}};
    CHECK_INT(text_measure(lay_out(latin, 2, "en", 0)).width_px, width_of("AV", "en"));
}

static void finds_fragments(void)
{
    struct rect rects[8];
    struct text_span one[] = {{.text = STR("see "), .ink = 1}, {.text = STR("the note"), .ink = 2, .tag = 7},
        {.text = STR(" here"), .ink = 1}};
    const struct text_layout *layout = lay_out(one, 3, "en", 0);
    CHECK_INT(text_fragments(layout, 7, rects, 8), 1);
    CHECK_INT(rects[0].y, 0);
    CHECK_INT(rects[0].h, 30);
    CHECK(rects[0].x >= width_of("see", "en") && rects[0].x <= width_of("see", "en") + 8);
    CHECK_THAT(abs(rects[0].w - width_of("the note", "en")) <= 2, "%d", rects[0].w);
    CHECK_INT(text_fragments(layout, 8, rects, 8), 0);

    layout = lay_out(one, 3, "en", width_of("see the", "en") + 2); /* see the|note here */
    CHECK_INT(text_fragments(layout, 7, rects, 8), 2);
    CHECK_INT(rects[1].y, 30);
    CHECK_INT(rects[1].x, 0);
    CHECK_INT(text_fragments(layout, 7, rects, 1), 2);
    CHECK_INT(text_fragments(layout, 7, NULL, 0), 2);

    /* abc [אב de] fg in Hebrew order: the link lies in one piece or two, and never covers what is not its
     * own. */
    struct text_span both[] = {{.text = STR("אבג "), .ink = 1}, {.text = STR("דה abc"), .ink = 2, .tag = 3},
        {.text = STR(" def"), .ink = 1}, {.text = STR(" וז"), .ink = 1}};
    layout = lay_out(both, 4, "he", 0);
    size_t count = text_fragments(layout, 3, rects, 8);
    CHECK_INT(count, 2); /* "abc" is parted from "דה" by " def" */
    int sum = 0;
    for (size_t i = 0; i < count && i < 8; i++) {
        sum += rects[i].w;
    }
    CHECK_THAT(abs(sum - width_of("דה ", "he") - width_of("abc", "en")) < 10, "%d", sum);
}

static void truncates(void)
{
    char lines[400];
    struct text_span span = {
        .text = STR("The telegram of the thirteenth of May was sent in the evening"), .ink = 1};
    struct text_spec spec = helper_spec(&span, 1, "en", 200);
    const struct text_layout *whole = text_lay_out(text, &spec);
    int all = text_measure(whole).line_count;
    CHECK(all > 2);
    CHECK(!text_measure(whole).truncated);
    spec.max_lines = 2;
    const struct text_layout *layout = text_lay_out(text, &spec);
    struct text_metrics metrics = text_measure(layout);
    CHECK_INT(metrics.line_count, 2);
    CHECK(metrics.truncated);
    CHECK(metrics.width_px <= 200);
    CHECK_INT(metrics.height_px, 60);
    helper_lines(layout, lines, sizeof lines);
    CHECK_THAT(strncmp(lines, "The telegram of the|", 20) == 0, "%s", lines);
    spec.max_lines = all;
    CHECK(!text_measure(text_lay_out(text, &spec)).truncated);
    spec.width_px = 3; /* no room for the sign either: it is drawn, nothing else */
    spec.max_lines = 1;
    CHECK(text_measure(text_lay_out(text, &spec)).truncated);

    struct text_span lines_of_two = {.text = STR("one\ntwo"), .ink = 1};
    spec = helper_spec(&lines_of_two, 1, "en", 0);
    spec.max_lines = 1;
    layout = text_lay_out(text, &spec);
    CHECK(text_measure(layout).truncated);
    CHECK_TEXT(helper_lines(layout, lines, sizeof lines), "one");
    struct text_span ended = {.text = STR("one\n  "), .ink = 1};
    spec.spans = &ended;
    CHECK(!text_measure(text_lay_out(text, &spec)).truncated);
}

static void truncates_every_script(void)
{
    static const struct {
        const char *language, *text;
    } table[] = {{"ru", "Вечером тринадцатого мая прибыли товарищи"},
        {"ko", "조선 동지들은 모택동 동지와의 담화에서"},
        {"zh-Hans", "在与毛泽东同志的会谈中，朝鲜同志转达了指示"},
        {"ar", "في مساء الثالث عشر من مايو وصل الرفاق"}, {"th", "ในการสนทนากับสหายเหมาเจ๋อตง"},
        {"hi", "कॉमरेड माओ के साथ बातचीत में"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct text_span span = {.text = str_from(table[i].text), .ink = 1};
        for (int width = 30; width < 200; width += 7) {
            struct text_spec spec = helper_spec(&span, 1, table[i].language, width);
            spec.max_lines = 1;
            const struct text_layout *layout = text_lay_out(text, &spec);
            struct text_metrics metrics = text_measure(layout);
            CHECK_THAT(metrics.truncated && metrics.line_count == 1 && metrics.width_px <= width,
                "%s in %d: %d", table[i].language, width, metrics.width_px);
            const struct line *line = &layout->lines[0];
            const struct run *last = &layout->runs[line->run_from + (metrics.rtl ? 0 : line->run_count - 1)];
            CHECK(last->own); /* the ellipsis stands at the end of reading */
        }
    }
}

static void spaces_letters(void)
{
    struct text_span span = {.text = STR("label"), .ink = 1};
    struct text_spec spec = helper_spec(&span, 1, "en", 0);
    int plain = text_measure(text_lay_out(text, &spec)).width_px;
    spec.letter_px = 3;
    CHECK_THAT(abs(text_measure(text_lay_out(text, &spec)).width_px - plain - 4 * 3) <= 1, "%d and %d", plain,
        text_measure(text_lay_out(text, &spec)).width_px);
    span.text = STR("fi"); /* spaced letters do not join */
    CHECK_INT(text_lay_out(text, &spec)->paragraph->glyphs.count, 2);
    span.text = STR("e\xCC\x81"
                    "e"); /* marks stay where they are */
    int marked = text_measure(text_lay_out(text, &spec)).width_px;
    span.text = STR("\xC3\xA9"
                    "e");
    CHECK_INT(text_measure(text_lay_out(text, &spec)).width_px, marked);
    span.text = STR("الرفيق"); /* joined scripts are not torn */
    int spaced = text_measure(text_lay_out(text, &spec)).width_px;
    spec.letter_px = 0;
    CHECK_INT(text_measure(text_lay_out(text, &spec)).width_px, spaced);
    span.text = STR("שלום");
    plain = text_measure(text_lay_out(text, &spec)).width_px;
    spec.letter_px = 3;
    CHECK_THAT(abs(text_measure(text_lay_out(text, &spec)).width_px - plain - 3 * 3) <= 1, "%d", plain);
}

static void sets_figures_of_one_width(void)
{
    for (int face = 0; face < TEXT_FACES; face++) {
        int first = 0;
        for (int digit = 0; digit <= 9; digit++) {
            char c = (char)('0' + digit), four[5] = {c, c, c, c, 0};
            struct text_span span = {.text = str_from(four), .ink = 1, .flags = TEXT_TABULAR};
            struct text_spec spec = helper_spec(&span, 1, "en", 0);
            spec.face = (enum text_face)face;
            int width = text_measure(text_lay_out(text, &spec)).width_px;
            first = digit == 0 ? width : first;
            CHECK_INT(width, first);
        }
    }
}

static void squeezes_marks(void)
{
    int single = width_of("中，", "zh-Hans");
    CHECK_INT(single, 40);
    CHECK_INT(width_of("」，中", "zh-Hans"), 50);
    CHECK_INT(width_of("」，中", "ja"), 50);
    CHECK_INT(width_of("中：“中", "zh-Hans"), 70);
    CHECK_INT(width_of("，中", "zh-Hant"), 40);
    CHECK_INT(width_of("中」、中", "zh-Hant"), 80);
    CHECK_INT(width_of("中』」中", "zh-Hant"), 70);
}

/* A bracket that opens a line stands at its edge; the empty half of one that closes it may hang over. */
static void trims_the_edges_of_lines(void)
{
    CHECK_INT(width_of("「中」", "ja"), 50);
    CHECK_INT(width_of("「중」", "ko"), width_of("「중", "ko") + width_of("」", "ko"));
    const struct text_layout *layout = helper_lay_out(text, "中中中「中中」中", "ja", 62);
    CHECK_INT((int)layout->line_count, 3);
    CHECK_INT(layout->lines[1].width, 62 * 64);
    layout =
        helper_lay_out(text, "中中中。中中", "ja", 72); /* a little less than four: the full stop stays */
    CHECK_INT((int)layout->line_count, 2);
    CHECK_INT(layout->lines[0].end, 4);
    CHECK_INT(layout->lines[0].width, 72 * 64);
    CHECK_INT(helper_lay_out(text, "中中中。中中", "ja", 71)->lines[0].end, 2);
    CHECK_INT(
        helper_lay_out(text, "中中中。中中", "zh-Hant", 72)->lines[0].end, 2); /* it stands in the middle */
}

/* Figures and brackets match the letters around them: in Arabic those of its own font, in Latin within it
 * Latin's; what has no typewriter does not borrow one. */
static void figures_match_their_letters(void)
{
    const struct paragraph *p = helper_lay_out(text, "عدد 48 صوت", "ar", 0)->paragraph;
    for (size_t i = 0; i < p->item_count; i++) {
        CHECK_INT(p->items[i].font, p->items[0].font);
    }
    p = helper_lay_out(text, "القرار A/RES/217 هنا", "ar", 0)->paragraph;
    int latin = helper_lay_out(text, "A/RES/217", "en", 0)->paragraph->items[0].font;
    CHECK(p->item_count >= 3);
    for (size_t i = 0; i < p->item_count; i++) {
        if (p->items[i].start >= 7 && p->items[i].end <= 16) {
            CHECK_INT(p->items[i].font, latin);
        }
    }
    struct text_span span = {.text = STR("שנת (1948)"), .ink = 1};
    struct text_spec spec = helper_spec(&span, 1, "he", 0);
    int serif = helper_lay_out(text, "1948", "en", 0)->paragraph->items[0].font;
    spec.face = TEXT_TYPEWRITER;
    p = text_lay_out(text, &spec)->paragraph;
    for (size_t i = 0; i < p->item_count; i++) {
        CHECK(p->items[i].start < 4 || p->items[i].font == serif);
    }
}

/* Left and right are the same whichever way the text runs. */
static void stands_left_and_right(void)
{
    static const char *const texts[] = {"one", "אחת"};
    for (int i = 0; i < 2; i++) {
        struct text_span span = {.text = str_from(texts[i]), .ink = 1};
        struct text_spec spec = helper_spec(&span, 1, i == 0 ? "en" : "he", 300);
        spec.align = TEXT_LEFT;
        CHECK_INT(text_lay_out(text, &spec)->lines[0].x, 0);
        spec.align = TEXT_RIGHT;
        const struct text_layout *layout = text_lay_out(text, &spec);
        CHECK(300 * 64 - layout->lines[0].x - layout->lines[0].width < 64);
    }
}

static void chooses_regional_forms(void)
{
    static const char *const languages[] = {"zh-Hans", "zh-Hant", "ja", "ko"};
    int fonts[4];
    for (int i = 0; i < 4; i++) {
        fonts[i] = helper_lay_out(text, "骨", languages[i], 0)->paragraph->items[0].font;
        for (int k = 0; k < i; k++) {
            CHECK(fonts[i] != fonts[k]);
        }
    }
    CHECK_INT(helper_lay_out(text, "骨", "zh", 0)->paragraph->items[0].font, fonts[0]);
    CHECK_INT(helper_lay_out(text, "骨", "zh-TW", 0)->paragraph->items[0].font, fonts[1]);
    CHECK_INT(
        helper_lay_out(text, "骨を見る", "en", 0)->paragraph->items[0].font, fonts[2]); /* kana say whose */
    CHECK_INT(helper_lay_out(text, "骨 한글", "en", 0)->paragraph->items[0].font, fonts[3]);
    /* Quotation marks: full width in Chinese, as of Latin in English and Korean; the apostrophe never. */
    CHECK_INT(width_of("中“中”", "zh-Hans"), 80);
    CHECK(width_of("“中”", "en") < 50);
    CHECK(width_of("“중”", "ko") < 50);
    CHECK_INT(helper_lay_out(text, "don’t", "zh-Hans", 0)->paragraph->item_count, 1);
}

static void aligns(void)
{
    struct text_span span = {.text = STR("one"), .ink = 1};
    struct text_spec spec = helper_spec(&span, 1, "en", 300);
    static const enum text_align aligns[] = {TEXT_START, TEXT_CENTRE, TEXT_END};
    int x[2][3], width[2];
    for (int rtl = 0; rtl < 2; rtl++) {
        span.text = rtl ? STR("אחת") : STR("one");
        spec.language = rtl ? "he" : "en";
        for (int i = 0; i < 3; i++) {
            spec.align = aligns[i];
            const struct text_layout *layout = text_lay_out(text, &spec);
            x[rtl][i] = layout->lines[0].x / 64;
            width[rtl] = layout->lines[0].width / 64;
        }
    }
    CHECK_INT(x[0][0], 0);
    CHECK(abs(x[0][1] - (300 - width[0]) / 2) <= 1 && abs(x[0][2] - (300 - width[0])) <= 1);
    CHECK_INT(x[1][2], 0);
    CHECK(abs(x[1][1] - (300 - width[1]) / 2) <= 1 && abs(x[1][0] - (300 - width[1])) <= 1);
}

static void reports_missing(void)
{
    /* Ethiopic is in no font of the catalogue. */
    CHECK_INT(text_measure(helper_lay_out(text,
                               "a\xE1\x88\x80"
                               "b\xE1\x88\x81",
                               "en", 0))
                  .missing,
        2);
    CHECK_INT(
        text_measure(helper_lay_out(text, "plain \xE2\x80\x8D\xE2\x80\x8C\xC2\xAD\xE2\x80\x8E", "en", 0))
            .missing,
        0);
    CHECK_INT(text_find_missing(text, TEXT_SERIF, "en", STR("ab\xE1\x88\x80")), 2);
    CHECK_INT(
        text_find_missing(text, TEXT_SERIF, "ko", STR("한 毛 я ע 中 न ก")), STR("한 毛 я ע 中 न ก").length);
    CHECK_INT(text_find_missing(text, TEXT_TYPEWRITER, "ru", STR("Съ №\n\t«»")), STR("Съ №\n\t«»").length);
    CHECK_INT(text_find_missing(text, TEXT_SANS, "en", STR("")), 0);
}

static void keeps_marks_with_their_base(void)
{
    /* One font for base and mark, also where the first font has only the base. */
    const struct text_layout *layout =
        helper_lay_out(text, "e\xCC\x81\xCC\xA3 \xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7", "hi", 0);
    for (size_t i = 0; i < layout->paragraph->item_count; i++) {
        CHECK((layout->paragraph->marks[layout->paragraph->items[i].start] & MARK_GRAPHEME) != 0);
    }
    CHECK_INT(text_measure(layout).missing, 0);
    CHECK_INT(width_of("\xC3\xA9", "fr"), width_of("e\xCC\x81", "fr"));
}

static void stays_in_one_font(void)
{
    /* Line ends and spaces that a font lacks are no reason to look through all the others. */
    const struct text_layout *layout = helper_lay_out(text,
        "a\nb\xE2\x80\xAF"
        "c\xE2\x80\x89"
        "d\xE2\x80\x91"
        "e\xC2\xA0"
        "f\xE2\x80\x8B",
        "en", 0);
    CHECK_INT(layout->paragraph->item_count, 1);
    CHECK_INT(layout->paragraph->items[0].font, 0);
    CHECK_INT(text_measure(layout).missing, 0);
}

static void does_not_shape_again(void)
{
    struct text_span span = {.text = STR("in another ink"), .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, "en", 100);
    const struct text_layout *first = text_lay_out(text, &spec);
    CHECK(text_lay_out(text, &spec) == first);
    span.ink = COLOUR_RGB(0xFF0000);
    span.ground = COLOUR_RGB(0x00FF00);
    span.tag = 4;
    span.flags = TEXT_UNDERLINE;
    const struct text_layout *second = text_lay_out(text, &spec);
    CHECK(second != first && second->paragraph == first->paragraph);
    spec.width_px = 60;
    CHECK(text_lay_out(text, &spec)->paragraph == first->paragraph);
    span.flags = TEXT_BOLD;
    CHECK(text_lay_out(text, &spec)->paragraph != first->paragraph);
}

static void forgets(void)
{
    struct text *own = helper_open();
    size_t before = text_memory(own);
    const struct text_layout *layout = helper_lay_out(own, "kept for two", "en", 200);
    size_t with = text_memory(own);
    CHECK(with > before);
    text_advance(own);
    CHECK_INT(text_measure(layout).line_count, 1); /* still lent */
    CHECK(helper_lay_out(own, "kept for two", "en", 200) == layout);
    text_advance(own);
    CHECK(helper_lay_out(own, "kept for two", "en", 200) == layout);
    text_advance(own);
    text_advance(own);
    CHECK(text_memory(own) < with);
    /* Much text and no layout in use: the paragraphs stay under their limit. */
    char *long_text = malloc(100001);
    if (long_text != NULL) {
        memset(long_text, 'x', 100000);
        long_text[100000] = '\0';
        for (int i = 0; i < 12; i++) {
            long_text[i] = ' ';
            helper_lay_out(own, long_text, "en", 500);
            text_advance(own);
            text_advance(own);
        }
        CHECK_THAT(text_memory(own) < (size_t)20 * 1024 * 1024, "%zu", text_memory(own));
    }
    free(long_text);
    text_destroy(own);
}

/* What was asked for in the same words is found; in other words, it is another; and what was found out about
 * it stays with it as long as it is there. */
static void finds_what_was_asked_for(void)
{
    struct text *own = helper_open();
    struct text_span spans[2] = {{.text = STR("ab"), .ink = 1}, {.text = STR("c"), .ink = 2}};
    struct text_spec spec = {
        .spans = spans, .span_count = 2, .language = "en", .size_px = 20, .line_px = 30, .width_px = 200};
    const struct text_layout *first = text_lay_out(own, &spec);
    CHECK(text_lay_out(own, &spec) == first);
    spans[0].text = STR("a");
    spans[1].text = STR("bc");
    CHECK(text_lay_out(own, &spec) != first); /* the same letters, but other colours */
    spans[0].text = STR("ab");
    spans[1].text = STR("c");
    spans[1].language = "";
    CHECK(text_lay_out(own, &spec) != first); /* no language is not the text's language */
    spans[1].language = "en";
    CHECK(text_lay_out(own, &spec) == first); /* that is */
    spans[1].language = NULL;
    CHECK(text_lay_out(own, &spec) == first);
    int64_t number;
    CHECK(!text_recall(first, 3, &number));
    text_remember(own, first, 3, 77);
    CHECK(text_recall(first, 3, &number) && number == 77);
    CHECK(!text_recall(first, 4, &number));
    text_advance(own);
    CHECK(text_lay_out(own, &spec) == first && text_recall(first, 3, &number) && number == 77);
    for (int i = 0; i < 3; i++) {
        text_advance(own);
    }
    first = text_lay_out(own, &spec); /* made anew, and nothing is known of it */
    CHECK(text_measure(first).line_count == 1 && !text_recall(first, 3, &number));
    text_destroy(own);
}

static void measures(void)
{
    struct text_metrics metrics = text_measure(helper_lay_out(text, "one two", "en", 40));
    CHECK_INT(metrics.line_count, 2);
    CHECK_INT(metrics.height_px, 60);
    CHECK_INT(metrics.first_baseline_px, 23); /* 15 + 0.388 x 20 */
    CHECK(metrics.ink.h > 30 && metrics.ink.h < 60);
    metrics = text_measure(helper_lay_out(text, "", "en", 40));
    CHECK_INT(metrics.line_count, 1);
    CHECK_INT(metrics.height_px, 30);
    CHECK(rect_empty(metrics.ink));
    CHECK_THAT(text_cap_height(text, TEXT_SERIF, 100) > 68 && text_cap_height(text, TEXT_SERIF, 100) < 74,
        "%f", text_cap_height(text, TEXT_SERIF, 100));
}

int main(void)
{
    text = helper_open();
    RUN(orders_both_directions);
    RUN(joins_across_spans);
    RUN(finds_fragments);
    RUN(truncates);
    RUN(truncates_every_script);
    RUN(spaces_letters);
    RUN(sets_figures_of_one_width);
    RUN(squeezes_marks);
    RUN(trims_the_edges_of_lines);
    RUN(figures_match_their_letters);
    RUN(stands_left_and_right);
    RUN(chooses_regional_forms);
    RUN(aligns);
    RUN(reports_missing);
    RUN(keeps_marks_with_their_base);
    RUN(stays_in_one_font);
    RUN(does_not_shape_again);
    RUN(forgets);
    RUN(finds_what_was_asked_for);
    RUN(measures);
    text_destroy(text);
    return check_report();
}
