/* Pixels: inside the clip, inside the ink that was measured, in the colours asked for. */
#include "helper.h"

enum { WIDTH = 640, HEIGHT = 260 };

#define GROUND 0x7FF5F1E8u /* an odd alpha, which must stay */

static struct text *text;
static uint32_t pixels[WIDTH * HEIGHT];
static const struct text_target target = {pixels, WIDTH, HEIGHT, WIDTH};
static const struct rect everything = {-1000, -1000, 3000, 3000};

static void clear(void)
{
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++) {
        pixels[i] = GROUND;
    }
}

/* The box around all pixels that are not the ground. */
static struct rect drawn(void)
{
    int x0 = WIDTH, y0 = HEIGHT, x1 = 0, y1 = 0;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            if (pixels[y * WIDTH + x] != GROUND) {
                x0 = x < x0 ? x : x0;
                y0 = y < y0 ? y : y0;
                x1 = x + 1 > x1 ? x + 1 : x1;
                y1 = y + 1 > y1 ? y + 1 : y1;
            }
        }
    }
    return x1 > x0 ? (struct rect){x0, y0, x1 - x0, y1 - y0} : (struct rect){0};
}

/* Hard cases of what stands above and below. */
static const struct {
    const char *language, *text;
} scripts[] = {{"en", "Ågjy|Ç(Q] fi ffl"}, {"vi", "Ễ Ậ Ộ ự Ẳ gỵ"}, {"ru", "Ёй щ ЙЦ фр"}, {"el", "Ά ᾧ Ὕ ῷ ξ"},
    {"ko", "뷁 쀍 조선 g"}, {"zh-Hans", "毛泽东龘「」，。"}, {"ja", "ガギグゲゴ々ー"},
    {"ar", "إِلَّا الْعَرَبِيَّةُ ج ي"}, {"he", "שָׁלוֹם לְכֻלָּם ץ"}, {"hi", "र्कि ट्ट्रु क्ष्म्य हूँ ॐ"}, {"th", "ที่นี้ ปู่ ฎุ ญู น้ำ กื๊ ฐู"},
    {"en", "\xE1\x88\x80 missing"}};

/* The ink that is measured holds every pixel that is drawn, and not much more. */
static void draws_inside_the_measured_ink(void)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        for (unsigned flags = 0; flags < 4; flags++) {
            for (int face = 0; face < TEXT_FACES; face++) {
                struct text_span span = {
                    .text = str_from(scripts[i].text), .ink = COLOUR_RGB(0), .flags = flags};
                struct text_spec spec = helper_spec(&span, 1, scripts[i].language, 500);
                spec.face = (enum text_face)face;
                spec.size_px = 27.5;
                spec.line_px = 41;
                const struct text_layout *layout = text_lay_out(text, &spec);
                struct rect ink = text_measure(layout).ink;
                clear();
                text_draw(text, layout, &target, 50, 60, everything, COLOUR_NONE);
                ink.x += 50;
                ink.y += 60;
                struct rect found = drawn();
                CHECK_THAT(!rect_empty(found) && rect_holds(rect_inset(ink, -1, -1), found),
                    "%s face %d flags %u: %d,%d %dx%d in %d,%d %dx%d", scripts[i].text, face, flags, found.x,
                    found.y, found.w, found.h, ink.x, ink.y, ink.w, ink.h);
                CHECK_THAT(rect_holds(rect_inset(found, -6, -6), ink),
                    "%s face %d flags %u: %d,%d %dx%d in %d,%d %dx%d", scripts[i].text, face, flags, found.x,
                    found.y, found.w, found.h, ink.x, ink.y, ink.w, ink.h);
            }
        }
    }
}

/* Does the ink of a line of `em` stay in its line, but for `slack` hundredths of an em? */
static void check_fit(size_t i, int face, double em, int slack)
{
    for (unsigned flags = 0; flags < 4; flags++) {
        struct text_span span = {.text = str_from(scripts[i].text), .ink = COLOUR_RGB(0), .flags = flags};
        struct text_spec spec = helper_spec(&span, 1, scripts[i].language, 0);
        spec.face = (enum text_face)face;
        spec.size_px = 100;
        spec.line_px = em * 100;
        struct text_metrics metrics = text_measure(text_lay_out(text, &spec));
        int bottom = metrics.ink.y + metrics.ink.h;
        CHECK_THAT(metrics.ink.y >= -slack && bottom <= metrics.height_px + slack,
            "%s face %d flags %u: %d to %d of %d", scripts[i].text, face, flags, metrics.ink.y, bottom,
            metrics.height_px);
    }
}

/* At a line of 1.5 em every script's ink stays in its line, in every face and style. Two cannot: the highest
 * and the deepest Thai together are 1.53 em in Noto Serif Thai, and fully pointed Arabic in Noto Sans Arabic
 * is 1.7 em: its marks rise. */
static void fits_the_line(void)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        for (int face = 0; face < TEXT_FACES; face++) {
            bool thai = strcmp(scripts[i].language, "th") == 0,
                 arabic = strcmp(scripts[i].language, "ar") == 0;
            check_fit(i, face, 1.5, thai ? 3 : arabic && face == TEXT_SANS ? 18 : 0);
        }
    }
}

static void stays_in_the_clip(void)
{
    struct text_span span = {.text = STR("Clipped g毛 \xE1\x88\x80"),
        .ink = COLOUR_RGB(0),
        .ground = COLOUR_RGB(0xF2DFA6),
        .flags = TEXT_UNDERLINE};
    struct text_spec spec = helper_spec(&span, 1, "en", 200);
    spec.size_px = 40;
    spec.line_px = 60;
    const struct text_layout *layout = text_lay_out(text, &spec);
    static const struct rect clips[] = {{20, 20, 37, 31}, {0, 0, 1, 1}, {100, 50, 500, 3}, {-5, -5, 30, 400},
        {630, 0, 90, 90}, {10, 10, 0, 50}, {10, 10, -5, 50}};
    for (size_t i = 0; i < sizeof clips / sizeof *clips; i++) {
        clear();
        text_draw(text, layout, &target, 12, 8, clips[i], COLOUR_NONE);
        CHECK(rect_holds(clips[i], drawn()));
    }
    /* Over each edge of the target, by far and by little. */
    for (int y = -130; y < HEIGHT + 20; y += 30) {
        for (int x = -210; x < WIDTH + 20; x += 50) {
            text_draw(text, layout, &target, x, y, everything, COLOUR_NONE);
        }
    }
    /* What is clipped away is what a whole drawing has there, pixel by pixel. */
    static uint32_t whole[WIDTH * HEIGHT];
    clear();
    text_draw(text, layout, &target, 12, 8, everything, COLOUR_NONE);
    memcpy(whole, pixels, sizeof whole);
    clear();
    for (int x = 0; x < WIDTH; x += 7) {
        text_draw(text, layout, &target, 12, 8, (struct rect){x, 0, 7, HEIGHT}, COLOUR_NONE);
    }
    CHECK(memcmp(whole, pixels, sizeof whole) == 0);
}

static void keeps_alpha_and_colours(void)
{
    bool solid = false, other = false;
    clear();
    text_draw(
        text, helper_lay_out(text, "HHHHH IIII", "en", 0), &target, 5, 5, everything, COLOUR_RGB(0xA32A1C));
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++) {
        CHECK(pixels[i] >> 24 == 0x7F);
        solid = solid || (pixels[i] & 0xFFFFFF) == 0xA32A1C;
        /* between ground and ink in every channel */
        unsigned red = pixels[i] >> 16 & 0xFF, green = pixels[i] >> 8 & 0xFF, blue = pixels[i] & 0xFF;
        other =
            other || red > 0xF5 || red < 0xA3 || green > 0xF1 || green < 0x2A || blue > 0xE8 || blue < 0x1C;
    }
    CHECK(solid);
    CHECK(!other);
}

static void draws_half_transparent(void)
{
    clear();
    struct text_span span = {.text = STR("H"), .ink = 0x80000000u};
    struct text_spec spec = helper_spec(&span, 1, "en", 0);
    spec.size_px = 100;
    spec.line_px = 120;
    text_draw(text, text_lay_out(text, &spec), &target, 5, 5, everything, COLOUR_NONE);
    unsigned darkest = 255;
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++) {
        unsigned green = pixels[i] >> 8 & 0xFF;
        darkest = green < darkest ? green : darkest;
    }
    CHECK_THAT(darkest >= 0x76 && darkest <= 0x7A, "%u", darkest);
}

static void draws_grounds_behind_whole_lines(void)
{
    struct text_span spans[] = {{.text = STR("one "), .ink = COLOUR_RGB(0)},
        {.text = STR("two"), .ink = COLOUR_RGB(0), .ground = COLOUR_RGB(0xF2DFA6), .tag = 1}};
    struct text_spec spec = helper_spec(spans, 2, "en", 0);
    const struct text_layout *layout = text_lay_out(text, &spec);
    struct rect link;
    CHECK_INT(text_fragments(layout, 1, &link, 1), 1);
    clear();
    text_draw(text, layout, &target, 0, 0, everything, COLOUR_NONE);
    CHECK_INT(pixels[WIDTH + link.x + 2] & 0xFFFFFF, 0xF2DFA6);
    CHECK_INT(pixels[29 * WIDTH + link.x + 2] & 0xFFFFFF, 0xF2DFA6);
    CHECK_INT(pixels[1 * WIDTH + link.x - 3], GROUND);
    CHECK_INT(pixels[30 * WIDTH + link.x + 2], GROUND);
}

static void underlines(void)
{
    struct text_span span = {.text = STR("nnn"), .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, "en", 0);
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    struct rect plain = drawn();
    span.flags = TEXT_UNDERLINE;
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    struct rect lined = drawn();
    CHECK(lined.y + lined.h > plain.y + plain.h + 1);
    CHECK(lined.y + lined.h <= 30);
}

static void stands_in_for_styles(void)
{
    /* Symbols have no bold and no italic; Han has no italic and stays upright. */
    struct text_span span = {.text = STR("毛泽东"), .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, "zh-Hans", 0);
    static uint32_t upright[WIDTH * HEIGHT];
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    memcpy(upright, pixels, sizeof upright);
    span.flags = TEXT_ITALIC;
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    CHECK(memcmp(upright, pixels, sizeof upright) == 0);

    span =
        (struct text_span){.text = STR("\xF0\x9D\x92\xB3"), .ink = COLOUR_RGB(0)}; /* MATHEMATICAL SCRIPT X */
    long sums[3];
    static const unsigned flags[] = {0, TEXT_BOLD, TEXT_ITALIC};
    struct rect boxes[3];
    for (int i = 0; i < 3; i++) {
        span.flags = flags[i];
        spec.size_px = 60;
        spec.line_px = 90;
        clear();
        const struct text_layout *layout = text_lay_out(text, &spec);
        CHECK_INT(text_measure(layout).missing, 0);
        text_draw(text, layout, &target, 20, 0, everything, COLOUR_NONE);
        boxes[i] = drawn();
        sums[i] = 0;
        for (size_t k = 0; k < sizeof pixels / sizeof *pixels; k++) {
            sums[i] += 0xF1 - (long)(pixels[k] >> 8 & 0xFF);
        }
    }
    CHECK_THAT(sums[1] > sums[0] + sums[0] / 8, "%ld and %ld", sums[0], sums[1]);
    CHECK_THAT(boxes[2].w > boxes[0].w, "%d and %d", boxes[0].w, boxes[2].w);
}

static void draws_missing_as_a_box(void)
{
    clear();
    text_draw(text, helper_lay_out(text, "\xE1\x88\x80", "en", 0), &target, 10, 10, everything, COLOUR_NONE);
    struct rect box = drawn();
    CHECK_THAT(box.w >= 8 && box.h >= 12, "%dx%d", box.w, box.h);
    CHECK_INT(pixels[(box.y + box.h / 2) * WIDTH + box.x + box.w / 2], GROUND); /* a frame */
    CHECK(pixels[box.y * WIDTH + box.x] != GROUND);
    /* Malformed bytes are REPLACEMENT CHARACTERs: visible, one each. */
    clear();
    text_draw(text, helper_lay_out(text, "\xFF\xC0", "en", 0), &target, 10, 10, everything, COLOUR_NONE);
    CHECK(drawn().w > 25);
}

static void holds_its_limit(void)
{
    struct text *own = helper_open();
    struct text_span span = {.text = STR("Giants & 毛泽东 한글 Ж"), .ink = COLOUR_RGB(0)};
    for (int size = 10; size < 400; size += 3) {
        struct text_spec spec = helper_spec(&span, 1, "en", 0);
        spec.size_px = size;
        spec.line_px = size;
        text_draw(own, text_lay_out(own, &spec), &target, 0, -100, everything, COLOUR_NONE);
        text_advance(own);
        CHECK_THAT(text_memory(own) < (size_t)9 * 1024 * 1024, "%zu", text_memory(own));
    }
    struct text_spec spec = helper_spec(&span, 1, "en", 0); /* and far too large ones */
    spec.size_px = 1e9;
    spec.line_px = 1e9;
    text_draw(own, text_lay_out(own, &spec), &target, -1500, -8000, everything, COLOUR_NONE);
    text_destroy(own);
}

/* A quarter of a pixel tells: the same letter at 1/4 px distances differs. */
static void places_between_pixels(void)
{
    static uint32_t first[WIDTH * HEIGHT];
    struct text_span span = {.text = STR("il"), .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, "en", 0);
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    memcpy(first, pixels, sizeof first);
    spec.letter_px = 0.25;
    clear();
    text_draw(text, text_lay_out(text, &spec), &target, 0, 0, everything, COLOUR_NONE);
    CHECK(memcmp(first, pixels, sizeof first) != 0);
}

int main(void)
{
    text = helper_open();
    RUN(draws_inside_the_measured_ink);
    RUN(fits_the_line);
    RUN(stays_in_the_clip);
    RUN(keeps_alpha_and_colours);
    RUN(draws_half_transparent);
    RUN(draws_grounds_behind_whole_lines);
    RUN(underlines);
    RUN(stands_in_for_styles);
    RUN(draws_missing_as_a_box);
    RUN(holds_its_limit);
    RUN(places_between_pixels);
    text_destroy(text);
    return check_report();
}
