/* The painter of a graphics card, on SDL's own renderer, which needs none and always draws alike: what is
 * beside the page is what is drawn into memory, to the last bit, and the page itself at 1:1 too. Elsewhere
 * that renderer looks at one pixel where a card mixes four: there the page is compared by its mean, and by
 * what a card makes of it in test_painters.sh. */
#include "choose.h"
#include "present.h"
#include "window.h"

#include "check.h"
#include "paint/pixels.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TELEGRAM TEST_SOURCE_DIR "/exhibits/telegram-1950"

enum { W = 900, H = 700 };

struct desk {
    struct window window;
    struct presenter *presenter;
    struct player_paths paths;
    struct player *player, *twin; /* the twin is drawn into memory */
    struct picture picture;
    int64_t now_ms;
    int painted; /* pixels of the last drawing */
    struct rect pages[PAINT_PAGES_MAX];
    int page_count;
    uint32_t expected[W * H], shown[W * H];
};

static void draw_apart(
    void *context, const struct paint_apart *target, bool whole, struct player_frame *frame)
{
    struct desk *desk = context;
    player_draw_apart(desk->player, target, whole, frame);
    desk->painted = 0;
    for (int i = 0; i < frame->damage_count; i++) {
        desk->painted += frame->damage[i].w * frame->damage[i].h;
    }
    desk->page_count = frame->pages.count;
    for (int i = 0; i < frame->pages.count; i++) {
        desk->pages[i] = frame->pages.pages[i].seen;
    }
}

static struct player *open_player(struct desk *desk)
{
    struct error err = {.category = ERROR_NONE};
    struct player_options options = {
        .exhibit = TELEGRAM, .paths = &desk->paths, .mode = MODE_CLASSROOM, .window = {W, H}};
    struct player *player = player_create(&options, desk->now_ms, &err);
    CHECK_THAT(player != NULL && player_wait_ready(player, 20000), "%s", err.message);
    return player;
}

static struct desk *set_up(void)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct error err = {.category = ERROR_NONE};
    bool good = desk != NULL && player_find_paths(&desk->paths, &err) &&
                window_open(&desk->window, true, (struct size){W, H}, "test", &err);
    CHECK_THAT(good, "%s", err.message);
    if (!good) {
        exit(1);
    }
    desk->now_ms = 1000;
    desk->player = open_player(desk);
    desk->twin = open_player(desk);
    desk->presenter = choose_presenter(&desk->window, STAGE_PAINTER_RENDERER, NULL, &err);
    CHECK_THAT(desk->presenter != NULL, "%s", err.message);
    CHECK_TEXT(desk->presenter->name, "renderer-software");
    desk->picture = (struct picture){desk, NULL, draw_apart, player_scan(desk->player)};
    return desk;
}

static void clear_away(struct desk *desk)
{
    presenter_destroy(desk->presenter);
    player_destroy(desk->player);
    player_destroy(desk->twin);
    window_close(&desk->window);
    free(desk);
}

static void pass(struct desk *desk, int64_t ms)
{
    for (int64_t end = desk->now_ms + ms; desk->now_ms < end;) {
        desk->now_ms += end - desk->now_ms < 16 ? end - desk->now_ms : 16;
        player_update(desk->player, desk->now_ms);
        player_update(desk->twin, desk->now_ms);
    }
}

/* Shows until nothing is pending. */
static void show(struct desk *desk, struct occasion occasion)
{
    bool drawn = false;
    int frames = 0;
    CHECK(player_wait_ready(desk->player, 20000));
    do {
        CHECK(presenter_show(desk->presenter, &desk->picture, occasion, &drawn, NULL) && drawn);
        occasion = (struct occasion){.changed = false};
    } while (desk->presenter->pending && ++frames < 1000);
    CHECK(!desk->presenter->pending);
}

/* What the renderer has drawn, read back. */
static void read_back(struct desk *desk)
{
    const char *file = TEST_BINARY_DIR "/test-renderer.png";
    CHECK(presenter_screenshot(desk->presenter, file, NULL)); /* it draws once more what was shown last */
    CHECK(unlink(file) == 0);
    SDL_Renderer *renderer = SDL_GetRenderer(desk->window.handle);
    CHECK(SDL_RenderReadPixels(renderer, NULL, SDL_PIXELFORMAT_ARGB8888, desk->shown, W * 4) == 0);
}

static bool is_on_page(const struct desk *desk, int x, int y)
{
    for (int i = 0; i < desk->page_count; i++) {
        if (rect_contains(desk->pages[i], x, y)) {
            return true;
        }
    }
    return false;
}

/* Beside the page nothing differs; on it no pixel by more than `most`, and all of them by `mean`. */
static void agrees(struct desk *desk, const char *what, int most, double mean)
{
    struct rect damage[PAINT_DAMAGE_MAX];
    struct paint_target target = {desk->expected, W, H, W};
    long beside = 0, wrong = 0, sum = 0, pixels = 1;
    CHECK(player_wait_ready(desk->twin, 20000));
    player_draw(desk->twin, &target, true, damage);
    read_back(desk);
    for (int i = 0; i < W * H; i++) {
        int difference = pixels_far(desk->expected[i], desk->shown[i]);
        bool page = is_on_page(desk, i % W, i / W);
        beside += !page && difference > 0;
        wrong += page && difference > most;
        sum += page ? difference : 0;
        pixels += page;
    }
    CHECK_THAT(beside == 0 && wrong == 0, "%s: %ld pixels beside the page, %ld on it", what, beside, wrong);
    CHECK_THAT((double)sum <= mean * (double)pixels, "%s: %g", what, (double)sum / (double)pixels);
}

static void go(struct desk *desk, const char *words)
{
    struct place place;
    CHECK(place_parse(str_from(words), &place));
    player_go(desk->player, &place, desk->now_ms);
    player_go(desk->twin, &place, desk->now_ms);
    pass(desk, 3000); /* past flights and fades */
}

static void look(struct desk *desk, double x, double y, double scale)
{
    player_look(desk->player, (struct camera){x, y, scale, 0}, 0, desk->now_ms);
    player_look(desk->twin, (struct camera){x, y, scale, 0}, 0, desk->now_ms);
    pass(desk, 50);
}

static const struct occasion changed = {.changed = true}, nothing = {.changed = false};

static void screens_are_what_they_are_in_memory(void)
{
    static const char *const places[] = {
        "home", "scan", "document:telegram#p2", "person:mao-zedong", "about"};
    struct player_appearance contrast = {.high_contrast = true};
    struct desk *desk = set_up();
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            go(desk, places[i]);
            show(desk, changed);
            agrees(desk, places[i], 255, 14);
        }
        player_appear(desk->player, &contrast, desk->now_ms);
        player_appear(desk->twin, &contrast, desk->now_ms);
    }
    clear_away(desk);
}

static void at_one_to_one_the_page_is_exact_and_costs_no_painting(void)
{
    struct desk *desk = set_up();
    go(desk, "scan");
    show(desk, changed);
    for (int i = 0; i < 4; i++) {
        look(desk, 0.4 + 0.05 * i, 0.3 + 0.1 * i, 1);
        show(desk, changed);
        CHECK(desk->page_count > 0);
        agrees(desk, "1:1", 0, 0);
        CHECK_THAT(i == 0 || desk->painted < W * H / 50, "%d pixels were painted", desk->painted);
    }
    look(desk, 0.4, 0.3, 1.7);
    show(desk, changed);
    agrees(desk, "enlarged", 255, 8);
    clear_away(desk);
}

static void what_is_lost_is_drawn_again(void)
{
    struct desk *desk = set_up();
    go(desk, "scan");
    look(desk, 0.4, 0.3, 1);
    show(desk, changed);
    presenter_reset(desk->presenter, true); /* every texture */
    CHECK(desk->presenter->stale);
    show(desk, nothing);
    agrees(desk, "after a loss", 0, 0);
    struct place place;
    CHECK(place_parse(STR("about"), &place));
    player_go(desk->player, &place, desk->now_ms);
    player_go(desk->twin, &place, desk->now_ms);
    pass(desk, 32);
    show(desk, changed);                     /* a fade has begun ... */
    presenter_reset(desk->presenter, false); /* ... and its old picture is gone */
    show(desk, nothing);
    pass(desk, 1000);
    show(desk, changed);
    agrees(desk, "after a fade", 0, 0);
    clear_away(desk);
}

/* Half-way between two screens each pixel lies between what it was and what it will be. */
static void screens_fade(void)
{
    struct desk *desk = set_up();
    uint32_t *before = malloc(sizeof desk->shown), *between = malloc(sizeof desk->shown);
    struct place place;
    long outside = 0, moved = 0;
    go(desk, "home");
    show(desk, changed);
    agrees(desk, "before", 255, 14);
    memcpy(before, desk->shown, sizeof desk->shown);
    CHECK(place_parse(STR("timeline"), &place));
    player_go(desk->player, &place, desk->now_ms);
    player_go(desk->twin, &place, desk->now_ms);
    for (int i = 0; i < 4; i++) {
        pass(desk, 16);
        show(desk, changed);
    }
    read_back(desk);
    memcpy(between, desk->shown, sizeof desk->shown);
    pass(desk, 1000);
    show(desk, changed);
    agrees(desk, "after", 0, 0);
    for (int i = 0; i < W * H; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
            int a = before[i] >> shift & 255, b = between[i] >> shift & 255,
                c = desk->shown[i] >> shift & 255;
            int low = a < c ? a : c, high = a < c ? c : a;
            outside += b < low - 2 || b > high + 2;
            moved += high - low > 60 && b > low + 15 && b < high - 15;
        }
    }
    CHECK_THAT(outside == 0 && moved > 1000, "%ld outside, %ld between", outside, moved);
    free(before);
    free(between);
    clear_away(desk);
}

static void another_size_is_drawn_whole(void)
{
    struct desk *desk = set_up();
    bool drawn = false;
    go(desk, "home");
    show(desk, changed);
    window_resize(&desk->window, (struct size){640, 480});
    SDL_Event event;
    while (window_wait(&desk->window, 0, &event)) {
    }
    CHECK_INT(presenter_size(desk->presenter).w, 640);
    struct player_event resize = {.kind = PLAYER_RESIZE, .window = {640, 480}};
    player_event(desk->player, &resize, desk->now_ms);
    player_update(desk->player, desk->now_ms);
    CHECK(presenter_show(desk->presenter, &desk->picture, nothing, &drawn, NULL) && drawn);
    CHECK_INT(desk->painted, 640 * 480);
    clear_away(desk);
}

static void a_card_is_known_by_its_name(void)
{
    static const char *const software[] = {"llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "swrast",
        "Software Rasterizer", "SVGA3D; build: RELEASE;  LLVM;", "software"};
    static const char *const cards[] = {"Mesa Intel(R) UHD Graphics 620 (KBL GT2)", "V3D 4.2",
        "AMD Radeon Graphics", "NVIDIA GeForce GT 1030/PCIe/SSE2", "virgl", "opengl"};
    for (size_t i = 0; i < 6; i++) {
        CHECK_THAT(choose_is_software(software[i]), "%s", software[i]);
        CHECK_THAT(!choose_is_software(cards[i]), "%s", cards[i]);
    }
}

static void without_a_device_no_card_is_asked_for(void)
{
    char folder[] = "/tmp/vitrine-dev-XXXXXX", path[64];
    CHECK(mkdtemp(folder) != NULL);
    CHECK(!choose_may_have_card(folder) && !choose_may_have_card("/nowhere"));
    snprintf(path, sizeof path, "%s/dri", folder);
    CHECK(mkdir(path, 0700) == 0 && !choose_may_have_card(folder));
    snprintf(path, sizeof path, "%s/dri/card0", folder);
    FILE *file = fopen(path, "w");
    CHECK(
        file != NULL && fclose(file) == 0 && !choose_may_have_card(folder)); /* it shows, but does not draw */
    snprintf(path, sizeof path, "%s/dri/renderD128", folder);
    file = fopen(path, "w");
    CHECK(file != NULL && fclose(file) == 0 && choose_may_have_card(folder));
    snprintf(path, sizeof path, "rm -r '%s'", folder);
    CHECK(system(path) == 0);
}

static void where_there_is_no_card_the_compositor_draws(void)
{
    struct window window = {.handle = NULL};
    CHECK(window_open(&window, true, (struct size){320, 200}, "test", NULL));
    struct error err = {.category = ERROR_NONE};
    CHECK(presenter_of_renderer(&window, false, &err) == NULL); /* it is the processor */
    CHECK_INT(err.category, ERROR_MACHINE);
    setenv("SDL_RENDER_DRIVER", "no-such-driver", 1);
    struct presenter *presenter = choose_presenter(&window, STAGE_PAINTER_COMPOSITOR, NULL, &err);
    CHECK(presenter != NULL);
    CHECK_TEXT(presenter != NULL ? presenter->name : NULL, "compositor");
    presenter_destroy(presenter);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    window_close(&window);
}

int main(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    RUN(screens_are_what_they_are_in_memory);
    RUN(at_one_to_one_the_page_is_exact_and_costs_no_painting);
    RUN(what_is_lost_is_drawn_again);
    RUN(screens_fade);
    RUN(another_size_is_drawn_whole);
    RUN(a_card_is_known_by_its_name);
    RUN(without_a_device_no_card_is_asked_for);
    RUN(where_there_is_no_card_the_compositor_draws);
    return check_report();
}
