/* Pages of 3,000 characters in five scripts: first layout and draw, the same again with everything at hand,
 * and SDL2_ttf's own wrapped rendering of the same text with the same font, size and width. Prints a table in
 * milliseconds; not part of the test run. Then what opening the East Asian fonts costs a frame.
 *
 *     cold     a new struct text: fonts opened, paragraph shaped, glyphs drawn for the first time
 *     warm     the layout is forgotten, the glyphs and fonts are there: another width, as after a resize
 *     scroll   the layout is found and drawn again 7 px higher on a screen of 1,080 px, as when it scrolls
 *     recolour the same text in another ink: nothing is shaped */
#include "text/catalogue.h"

#include <SDL_ttf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 900, HEIGHT = 8000, SCREEN = 1080, SIZE = 28, CHARACTERS = 3000, ROUNDS = 15 };

struct page {
    const char *name, *language, *font;
    const char *script; /* ISO 15924, for SDL2_ttf */
    const char *text;
    int index;
    bool rtl;
};

static const struct page pages[] = {
    {"Latin", "en", "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "Latn",
        "In the evening of the thirteenth of May the comrades from Korea arrived and a conversation took "
        "place. They "
        "informed the Chinese comrades about the following: the present situation differs from the situation "
        "in the "
        "past, and the North may move toward actions; however, this question should be discussed with the "
        "Chinese "
        "comrades and personally with Comrade Mao Zedong. If the Chinese comrades do not agree, then it is "
        "necessary to "
        "postpone the resolution of the question until a new discussion. An answer is requested as quickly "
        "as possible. ",
        0, false},
    {"Cyrillic", "ru", "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "Cyrl",
        "Вечером тринадцатого мая прибыли корейские товарищи, и состоялась беседа. Они сообщили китайским "
        "товарищам "
        "следующее: нынешняя обстановка отличается от прошлой, и Север может приступить к действиям; однако "
        "этот вопрос "
        "должен быть обсуждён с китайскими товарищами и лично с товарищем Мао Цзэдуном. Если китайские "
        "товарищи не "
        "согласны, то решение вопроса следует отложить до нового обсуждения. Просьба ответить как можно "
        "скорее. ",
        0, false},
    {"Hangul", "ko", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "Hang",
        "오월 십삼일 저녁에 조선에서 온 동지들이 도착하여 담화가 이루어졌다. 그들은 중국 동지들에게 다음과 "
        "같이 알렸다. 현재의 정세는 "
        "과거의 정세와 다르며 북쪽은 행동으로 옮겨 갈 수 있다. 그러나 이 문제는 중국 동지들과 그리고 모택동 "
        "동지와 직접 의논하여야 "
        "한다. 만일 중국 동지들이 동의하지 않는다면 새로운 토의가 있을 때까지 문제의 결정을 미루어야 한다. "
        "가능한 한 빨리 회답하여 주기 "
        "바란다. ",
        1, false},
    {"Han", "zh-Hans", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "Hani",
        "五月十三日晚，朝鲜同志到达并举行了会谈。他们向中国同志通报了以下情况：目前的形势与过去的形势有所不同"
        "，北方可以着手行动；"
        "但是这个问题必须由中国同志，并且由毛泽东同志本人亲自讨论。如果中国同志不同意，那么就应当推迟解决这个"
        "问题，直到重新进行"
        "讨论为止。请尽快给予答复。电报于深夜发出，翌日清晨收到，抄送给委员会的全体成员，原件保存在档案馆里，"
        "半个世纪以后才公开。",
        2, false},
    {"Arabic", "ar", "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf", "Arab",
        "في مساء الثالث عشر من مايو وصل الرفاق الكوريون وجرت محادثة. وأبلغوا الرفاق الصينيين بما يلي: إن "
        "الوضع الراهن يختلف عن "
        "الوضع في الماضي ويمكن للشمال أن ينتقل إلى العمل؛ غير أن هذه المسألة يجب أن تناقش مع الرفاق الصينيين "
        "ومع الرفيق ماو تسي "
        "تونغ شخصيا. وإذا لم يوافق الرفاق الصينيون فلا بد من تأجيل حل المسألة إلى حين إجراء مناقشة جديدة. "
        "نرجو الرد بأسرع ما "
        "يمكن. ",
        0, true},
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(
        CLOCK_PROCESS_CPUTIME_ID, &t); /* one thread, no waiting: what it costs, whoever else is busy */
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The sample again and again, 3,000 characters of it. */
static char *repeat(const char *sample)
{
    size_t length = strlen(sample), characters = 0, used = 0;
    char *out = malloc((size_t)CHARACTERS * 4 + 1);
    if (out == NULL) {
        exit(3);
    }
    for (size_t i = 0;; i = (i + 1) % length) {
        characters += ((unsigned char)sample[i] & 0xC0) != 0x80 ? 1 : 0;
        if (characters > CHARACTERS) {
            break;
        }
        out[used++] = sample[i];
    }
    out[used] = '\0';
    return out;
}

struct bench {
    struct text *text;
    struct text_target target;
    struct text_span span;
    struct text_spec spec;
};

static void draw_within(struct bench *b, int y, colour ink, int height)
{
    b->span.ink = ink;
    const struct text_layout *layout = text_lay_out(b->text, &b->spec);
    if (layout == NULL) {
        exit(3);
    }
    text_draw(b->text, layout, &b->target, 0, y, (struct rect){0, 0, WIDTH, height}, COLOUR_NONE);
}

static void draw(struct bench *b, int y, colour ink)
{
    draw_within(b, y, ink, HEIGHT);
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static void measure_ours(const struct page *page, const char *text, uint32_t *pixels, double out[5])
{
    struct text_catalogue catalogue = catalogue_all();
    for (int k = 0; k < 5; k++) {
        out[k] = 1e9;
    }
    for (int round = 0; round < ROUNDS; round++) {
        struct bench b = {.target = {pixels, WIDTH, HEIGHT, WIDTH}, .span = {.text = str_from(text)}};
        b.spec = (struct text_spec){.spans = &b.span,
            .span_count = 1,
            .language = page->language,
            .size_px = SIZE,
            .line_px = SIZE * 1.5,
            .width_px = WIDTH};
        double t0 = now_ms();
        b.text = text_create(&catalogue, NULL);
        if (b.text == NULL) {
            exit(3);
        }
        draw(&b, 0, COLOUR_RGB(0));
        double t1 = now_ms();
        b.spec.width_px = WIDTH - 10;
        draw(&b, 0, COLOUR_RGB(0));
        double t2 = now_ms();
        draw_within(&b, -7, COLOUR_RGB(0), SCREEN);
        double t3 = now_ms();
        draw(&b, 0, COLOUR_RGB(0x101010));
        double t4 = now_ms();
        struct text_metrics metrics = text_measure(text_lay_out(b.text, &b.spec));
        double times[5] = {t1 - t0, t2 - t1, t3 - t2, t4 - t3, metrics.line_count};
        for (int k = 0; k < 5; k++) {
            out[k] = k == 0 && round == 0 ? times[k] : least(out[k], times[k]);
        }
        text_destroy(b.text);
    }
}

static void measure_sdl(const struct page *page, const char *text, double out[2])
{
    out[0] = out[1] = 1e9;
    SDL_Color ink = {0, 0, 0, 255};
    for (int round = 0; round < 3; round++) {
        double t0 = now_ms();
        TTF_Font *font = TTF_OpenFontIndex(page->font, SIZE, page->index);
        if (font == NULL) {
            exit(3);
        }
        TTF_SetFontScriptName(font, page->script);
        TTF_SetFontDirection(font, page->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        SDL_FreeSurface(TTF_RenderUTF8_Blended_Wrapped(font, text, ink, WIDTH));
        double t1 = now_ms();
        SDL_FreeSurface(TTF_RenderUTF8_Blended_Wrapped(font, text, ink, WIDTH - 10));
        double t2 = now_ms();
        TTF_CloseFont(font);
        out[0] = least(out[0], t1 - t0);
        out[1] = least(out[1], t2 - t1);
    }
}

/* Out of memory with a font's file, as after the machine was switched on. */
static void forget_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        close(file);
    }
}

static double wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The first frame in a language whose fonts are not in memory: a heading and 600 characters, on the clock.
 * With `expected` the player had asked for the fonts before, as it does when the first screen stands. out:
 * the asking, the frame. */
static void measure_first_frame(
    const struct page *page, uint32_t *pixels, bool expected, bool forgotten, double out[2])
{
    struct text_catalogue catalogue = catalogue_all();
    struct bench b = {.target = {pixels, WIDTH, HEIGHT, WIDTH}, .span = {.text = STR("Touch to begin")}};
    b.spec = (struct text_spec){.spans = &b.span,
        .span_count = 1,
        .language = "en",
        .size_px = SIZE,
        .line_px = SIZE * 1.5,
        .width_px = WIDTH};
    b.text = text_create(&catalogue, NULL);
    if (b.text == NULL) {
        exit(3);
    }
    draw(&b, 0, COLOUR_RGB(0));
    if (forgotten) {
        forget_file(page->font);
    }
    out[0] = 0;
    for (int opens = 0; expected && opens < 2;) {
        double t0 = wall_ms();
        opens += text_expect(b.text, TEXT_SERIF, page->language, opens == 1) ? 0 : 1;
        out[0] = wall_ms() - t0 > out[0] ? wall_ms() - t0 : out[0];
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    double t2 = wall_ms();
    b.span.text = str_slice(str_from(page->text), 0, 1800);
    b.spec.language = page->language;
    draw(&b, 0, COLOUR_RGB(0));
    out[1] = wall_ms() - t2;
    text_destroy(b.text);
}

static void print_first_frames(uint32_t *pixels)
{
    enum { TIMES = 9 };
    printf("\nThe first frame in a language, 600 characters; milliseconds on the clock, the best of %d "
           "\n",
        TIMES);
    printf("%-9s %14s %14s %14s %14s\n", "", "asking", "asked before", "not asked", "all in memory");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        double best[4] = {1e9, 1e9, 1e9, 1e9};
        if (strstr(pages[i].font, "CJK") == NULL) {
            continue;
        }
        for (int round = 0; round < TIMES; round++) {
            double asked[2], cold[2], warm[2];
            measure_first_frame(&pages[i], pixels, true, true, asked);
            measure_first_frame(&pages[i], pixels, false, true, cold);
            measure_first_frame(&pages[i], pixels, false, false, warm);
            best[0] = least(best[0], asked[0]);
            best[1] = least(best[1], asked[1]);
            best[2] = least(best[2], cold[1]);
            best[3] = least(best[3], warm[1]);
        }
        printf("%-9s %14.2f %14.2f %14.2f %14.2f\n", pages[i].name, best[0], best[1], best[2], best[3]);
    }
}

int main(void)
{
    uint32_t *pixels = malloc(sizeof *pixels * WIDTH * HEIGHT);
    if (pixels == NULL || TTF_Init() != 0) {
        free(pixels);
        return 3;
    }
    memset(pixels, 0xFF, sizeof *pixels * WIDTH * HEIGHT);
    printf("%d characters, %d px, %d px wide; milliseconds of CPU, the best of %d\n", CHARACTERS, SIZE, WIDTH,
        ROUNDS);
    printf("%-9s %8s %8s %8s %9s | %9s %9s | %6s %6s\n", "", "cold", "warm", "scroll", "recolour", "ttf cold",
        "ttf warm", "cold/", "warm/");
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        char *text = repeat(pages[i].text);
        double ours[5], sdl[2];
        measure_ours(&pages[i], text, pixels, ours);
        measure_sdl(&pages[i], text, sdl);
        printf("%-9s %8.2f %8.2f %8.2f %9.2f | %9.2f %9.2f | %6.3f %6.3f\n", pages[i].name, ours[0], ours[1],
            ours[2], ours[3], sdl[0], sdl[1], ours[0] / sdl[0], ours[1] / sdl[1]);
        free(text);
    }
    print_first_frames(pixels);
    TTF_Quit();
    free(pixels);
    return 0;
}
