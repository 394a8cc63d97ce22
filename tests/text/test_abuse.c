/* What nobody should write: random bytes, broken UTF-8, absurd sizes, and no memory. The sanitizers watch. */
#include "helper.h"

#include <math.h>

enum { WIDTH = 300, HEIGHT = 200, ROUNDS = 700, GUARD = 64 };

static struct text *text;
static uint32_t pixels[GUARD + WIDTH * HEIGHT + GUARD];
static const struct text_target target = {pixels + GUARD, WIDTH, HEIGHT, WIDTH};

/* The allocator under test: every call counts down, and at zero one fails. The linker sends the rooms' calls
 * here (--wrap); those of the libraries they stand on are not touched. */
static long fail_after = -1;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool fails(void)
{
    return fail_after >= 0 && fail_after-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

/* xorshift: the same run every time. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Bytes of any kind, or characters from everywhere, or what is most likely to trip: controls, marks, joiners,
 * surrogates. */
static size_t random_text(uint32_t *state, char *out, size_t size)
{
    static const uint32_t nasty[] = {0x200D, 0x200C, 0xAD, 0x202E, 0x202B, 0x202C, 0x2066, 0x2069, 0x301,
        0x20DD, 0xFE0F, 0x1F1E6, 0x1F468, 0x1F3FD, 0x0E33, 0x0E4D, 0x094D, 0x0915, 0x1100, 0x1161, 0x11A8,
        0x0A, 0x0D, 0x09, 0x0, 0x85, 0x2028, 0x2029, 0xFFFE, 0x10FFFF, 0xE0100, 0x0640, 0xFDFA, 0x3000,
        0x05D0, 0x0627, 0x20, 0x20, 0x61};
    uint32_t kind = next_random(state) % 4;
    size_t used = 0, wanted = next_random(state) % (size - 8);
    while (used < wanted) {
        uint32_t r = next_random(state);
        if (kind == 0) {
            out[used++] = (char)(r & 0xFF);
            continue;
        }
        uint32_t c = kind == 1   ? r % 0x110000
                     : kind == 2 ? nasty[r % (sizeof nasty / sizeof *nasty)]
                                 : r % 0x3000;
        used += utf8_encode(c, out + used);
    }
    return used;
}

static double random_number(uint32_t *state)
{
    static const double odd[] = {0, -1, NAN, INFINITY, -INFINITY, 1e30, 0.001, 2048, 16384};
    uint32_t r = next_random(state);
    return r % 8 == 0 ? odd[r / 8 % 9] : (double)(r % 1000) / 10;
}

static void random_spec(uint32_t *state, struct text_span *spans, struct text_spec *spec)
{
    static const char *const languages[] = {NULL, "", "en", "ko", "zh-Hans", "zh-Hant-HK", "ja", "ar", "he",
        "th", "x", "a-very-long-language-tag-that-is-cut-somewhere-in-the-middle-of-it"};
    for (size_t i = 0; i < spec->span_count; i++) {
        spans[i].flags = next_random(state);
        spans[i].ink = next_random(state);
        spans[i].ground = next_random(state) % 3 == 0 ? next_random(state) : COLOUR_NONE;
        spans[i].language = languages[next_random(state) % 12];
        spans[i].tag = (int)(next_random(state) % 3);
    }
    spec->spans = spans;
    spec->language = languages[next_random(state) % 12];
    spec->face = (enum text_face)(next_random(state) % 4);
    spec->size_px = random_number(state);
    spec->line_px = random_number(state);
    spec->letter_px = next_random(state) % 3 == 0 ? random_number(state) - 20 : 0;
    spec->width_px = (int)(next_random(state) % 500) - 20;
    spec->align = (enum text_align)(next_random(state) % 3);
    spec->max_lines = (int)(next_random(state) % 6) - 1;
    spec->rtl_default = next_random(state) % 2 != 0;
}

/* Whatever was said, lines follow each other, and runs and glyphs lie inside the text. */
static void check_sane(const struct text_layout *layout)
{
    int last = 0, length = layout->paragraph->source.length;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct line *line = &layout->lines[i];
        CHECK(line->start >= last && line->end >= line->start && line->end <= length);
        last = line->end;
        for (size_t k = 0; k < line->run_count; k++) {
            const struct run *run = &layout->runs[line->run_from + k];
            const struct glyph *glyphs = layout_glyphs(layout, run);
            CHECK(run->paint >= 0 && (size_t)run->paint < layout->setting.paint_count);
            for (size_t g = 0; g < run->glyph_count; g++) {
                CHECK(glyphs[g].cluster >= line->start && (glyphs[g].cluster < line->end || run->own));
            }
        }
    }
    struct text_metrics metrics = text_measure(layout);
    CHECK(metrics.line_count >= 1 && metrics.height_px >= 1 && metrics.width_px >= 0);
}

static void survives_random_text(void)
{
    uint32_t state = 0x19500513;
    static char bytes[4][400];
    struct rect rects[16];
    for (size_t i = 0; i < GUARD; i++) {
        pixels[i] = pixels[GUARD + WIDTH * HEIGHT + i] = 0xABCDEF01;
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct text_span spans[4] = {0};
        struct text_spec spec = {.span_count = next_random(&state) % 5};
        for (size_t i = 0; i < spec.span_count; i++) {
            spans[i].text.length = random_text(&state, bytes[i], sizeof bytes[i]);
            spans[i].text.data = bytes[i];
        }
        random_spec(&state, spans, &spec);
        const struct text_layout *layout = text_lay_out(text, &spec);
        CHECK(layout != NULL);
        if (layout != NULL) {
            check_sane(layout);
            text_fragments(layout, 1, rects, 16);
            int x = (int)(next_random(&state) % 800) - 400, y = (int)(next_random(&state) % 800) - 400;
            text_draw(
                text, layout, &target, x, y, (struct rect){0, 0, WIDTH, HEIGHT}, next_random(&state) % 2);
        }
        struct str first = {bytes[0], spec.span_count > 0 ? spans[0].text.length : 0};
        CHECK(text_find_missing(text, spec.face, spec.language, first) <= first.length);
        text_advance(text);
    }
    for (size_t i = 0; i < GUARD; i++) {
        CHECK(pixels[i] == 0xABCDEF01 && pixels[GUARD + WIDTH * HEIGHT + i] == 0xABCDEF01);
    }
}

static void shows_malformed_bytes(void)
{
    static const struct {
        const char *bytes;
        int replaced;
    } table[] = {{"\xFF", 1}, {"a\x80z", 1}, {"\xC3", 1}, {"\xE2\x82", 2}, {"\xF0\x9F\x98", 3},
        {"\xED\xA0\x80", 3}, {"\xC0\xAF", 2}, {"\x01\x7F", 2}, {"\xEF\xBF\xBD", 1}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct text_layout *layout = helper_lay_out(text, table[i].bytes, "en", 0);
        int replaced = 0;
        for (int k = 0; k < layout->paragraph->source.length; k++) {
            replaced += layout->paragraph->source.units[k] == 0xFFFD ? 1 : 0;
        }
        CHECK_THAT(replaced == table[i].replaced, "%zu: %d", i, replaced);
        CHECK_INT(text_measure(layout).missing, 0);
        CHECK(!rect_empty(text_measure(layout).ink));
    }
}

static void survives_long_text(void)
{
    size_t length = 1 << 20;
    char *bytes = malloc(length);
    if (bytes == NULL) {
        SKIP("no memory");
    }
    for (size_t i = 0; i < length; i++) {
        bytes[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
    }
    struct text_span span = {.text = {bytes, length}, .ink = COLOUR_RGB(0)};
    struct text_spec spec = helper_spec(&span, 1, "en", 600);
    const struct text_layout *layout = text_lay_out(text, &spec);
    CHECK(layout != NULL && text_measure(layout).line_count > 10000);
    for (size_t i = 0; i < length; i++) {
        bytes[i] = 'm'; /* one word, one line: wider than any screen, and than 32 bits of 26.6 at its size */
    }
    spec.width_px = 0;
    spec.size_px = 500;
    layout = text_lay_out(text, &spec);
    CHECK(layout != NULL && text_measure(layout).width_px > 1000000);
    text_draw(text, layout, &target, -5000000, 0, (struct rect){0, 0, WIDTH, HEIGHT}, COLOUR_NONE);
    free(bytes);
}

/* Fails each allocation in turn. What is asked for is there in the end, and nothing leaks or is lost on the
 * way. */
static void survives_without_memory(void)
{
    struct text_catalogue catalogue = catalogue_all();
    struct error err;
    for (long after = 0; after < 5000; after++) {
        fail_after = after;
        struct text *own = text_create(&catalogue, &err);
        bool failed = fail_after < 0;
        fail_after = -1;
        if (!failed) {
            CHECK(own != NULL);
            text_destroy(own);
            break;
        }
        CHECK(own != NULL || err.category == ERROR_MACHINE);
        text_destroy(own);
    }
    struct text *own = helper_open();
    struct text_span spans[] = {
        {.text = STR("He said te\xC2\xADle\xC2\xADgram «שלום (1950)» "), .ink = 1, .tag = 1},
        {.text = STR("毛泽东 नमस्ते \xE1\x88\x80 \xF0\x9D\x92\xB3"),
            .ink = 2,
            .flags = TEXT_BOLD | TEXT_ITALIC,
            .language = "ko"}};
    struct text_spec spec = helper_spec(spans, 2, "en", 90);
    spec.max_lines = 4;
    spec.letter_px = 1;
    for (long after = 0; after < 5000; after++) {
        fail_after = after;
        const struct text_layout *layout = text_lay_out(own, &spec);
        if (layout != NULL) {
            text_draw(own, layout, &target, 0, 0, (struct rect){0, 0, WIDTH, HEIGHT}, COLOUR_NONE);
        }
        bool failed = fail_after < 0;
        fail_after = -1;
        if (!failed) {
            CHECK(layout != NULL && text_measure(layout).line_count == 4);
            break;
        }
        /* Start from nothing again, so that every allocation gets its turn. */
        text_destroy(own);
        own = helper_open();
    }
    text_destroy(own);
}

int main(void)
{
    text = helper_open();
    RUN(survives_random_text);
    RUN(shows_malformed_bytes);
    RUN(survives_long_text);
    RUN(survives_without_memory);
    text_destroy(text);
    return check_report();
}
