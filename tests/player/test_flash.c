/* Nothing flashes more than three times a second (WCAG 2.3.1): the frames of attract, of a guided reading, of
 * going from screen to screen and of pressing are drawn and measured. A flash is a pair of opposite changes
 * of the relative luminance by a tenth or more, the darker of them under 0.8. Measured in cells of 20 pixels:
 * far smaller than the area that the criterion allows, so this is the stricter test. */
#include "player/player.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 640, HEIGHT = 360, CELL_W = 80, CELL_H = 72 };
enum { ACROSS = WIDTH / CELL_W, DOWN = HEIGHT / CELL_H, CELLS = ACROSS * DOWN };
enum { FRAME_MS = 16, SWINGS = 16 };

struct cell {
    double low, high;   /* since the last swing that counted */
    int direction;      /* of that swing: 1 brighter, -1 darker, 0 none yet */
    int64_t at[SWINGS]; /* the times of the last swings */
    int count;
};

struct watch {
    struct cell cells[CELLS];
    double linear[256];
    int worst; /* swings within one second, in any cell */
    bool started;
};

static void watch_init(struct watch *watch)
{
    memset(watch, 0, sizeof *watch);
    for (int i = 0; i < 256; i++) {
        double c = i / 255.0;
        watch->linear[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
}

static double luminance(const struct watch *watch, const uint32_t *pixels, int cell)
{
    double sum = 0;
    int x0 = cell % ACROSS * CELL_W, y0 = cell / ACROSS * CELL_H;
    for (int y = y0; y < y0 + CELL_H; y += 2) {
        for (int x = x0; x < x0 + CELL_W; x += 2) {
            uint32_t c = pixels[y * WIDTH + x];
            sum += 0.2126 * watch->linear[c >> 16 & 255] + 0.7152 * watch->linear[c >> 8 & 255] +
                   0.0722 * watch->linear[c & 255];
        }
    }
    return sum / (CELL_W / 2 * (CELL_H / 2));
}

static void swing(struct watch *watch, struct cell *cell, int direction, int64_t now_ms)
{
    int within = 0;
    cell->direction = direction;
    cell->at[cell->count++ % SWINGS] = now_ms;
    for (int i = 0; i < SWINGS && i < cell->count; i++) {
        within += now_ms - cell->at[i] < 1000;
    }
    watch->worst = within > watch->worst ? within : watch->worst;
}

static void see(struct watch *watch, const uint32_t *pixels, int64_t now_ms)
{
    for (int i = 0; i < CELLS; i++) {
        struct cell *cell = &watch->cells[i];
        double l = luminance(watch, pixels, i);
        if (!watch->started) {
            cell->low = cell->high = l;
        } else if (cell->direction != 1 && l - cell->low >= 0.1 && cell->low < 0.8) {
            swing(watch, cell, 1, now_ms);
            cell->low = cell->high = l;
        } else if (cell->direction != -1 && cell->high - l >= 0.1 && l < 0.8) {
            swing(watch, cell, -1, now_ms);
            cell->low = cell->high = l;
        }
        cell->low = l < cell->low ? l : cell->low;
        cell->high = l > cell->high ? l : cell->high;
    }
    watch->started = true;
}

/* Two opposite swings are a flash. */
static int flashes(const struct watch *watch)
{
    return watch->worst / 2;
}

/* ---- what is seen */

struct film {
    struct player_paths paths;
    struct player *player;
    uint32_t *pixels;
    int64_t now_ms;
    struct watch watch;
    int frames;
};

static bool film_open(struct film *film, enum visit_mode mode)
{
    struct error err = {0};
    memset(film, 0, sizeof *film);
    watch_init(&film->watch);
    film->pixels = calloc((size_t)WIDTH * HEIGHT, sizeof *film->pixels);
    if (player_find_paths(&film->paths, &err)) {
        struct player_options options = {
            .exhibit = film->paths.exhibit, .paths = &film->paths, .mode = mode, .window = {WIDTH, HEIGHT}};
        film->player = player_create(&options, 0, &err);
    }
    CHECK_THAT(film->player != NULL && film->pixels != NULL, "%s", err.message);
    return film->player != NULL && film->pixels != NULL;
}

static void film_close(struct film *film)
{
    player_destroy(film->player);
    free(film->pixels);
}

static void roll(struct film *film, int64_t ms)
{
    struct paint_target target = {film->pixels, WIDTH, HEIGHT, WIDTH};
    struct rect damage[PAINT_DAMAGE_MAX];
    for (int64_t end = film->now_ms + ms; film->now_ms < end; film->now_ms += FRAME_MS) {
        player_update(film->player, film->now_ms);
        player_wait_ready(film->player, 20000);
        if (player_draw(film->player, &target, !film->watch.started, damage) > 0) {
            film->frames++;
            see(&film->watch, film->pixels, film->now_ms);
        }
    }
}

static void touch(struct film *film, double x, double y)
{
    struct player_event event = {.kind = PLAYER_FINGER_DOWN, .finger = 1, .x_win = x, .y_win = y};
    player_event(film->player, &event, film->now_ms);
    roll(film, 2 * FRAME_MS);
    event.kind = PLAYER_FINGER_UP;
    player_event(film->player, &event, film->now_ms);
}

static void tap_box(struct film *film, const char *id)
{
    const struct box_tree *tree = player_tree(film->player);
    int box = box_find(tree, id);
    if (box >= 0) {
        struct rect r = tree->boxes[box].rect;
        touch(film, r.x + r.w / 2.0, r.y + r.h / 2.0);
    }
}

static void attract_does_not_flash(void)
{
    struct film film;
    if (film_open(&film, MODE_KIOSK)) {
        roll(&film, 25000);
        CHECK_THAT(film.frames > 20, "%d frames", film.frames);
        CHECK_THAT(flashes(&film.watch) <= 3, "%d flashes within a second", flashes(&film.watch));
    }
    film_close(&film);
}

/* What moves by itself for more than five seconds can be paused (WCAG 2.2.2): attract rests after each step,
 * and the guided reading has a pause, which holds the page still. */
static void what_moves_by_itself_rests_or_can_be_paused(void)
{
    struct film film;
    if (film_open(&film, MODE_KIOSK)) {
        int moving = 0, longest = 0;
        for (int i = 0; i < 1500; i++) {
            film.now_ms += FRAME_MS;
            player_update(film.player, film.now_ms);
            moving = player_moving(film.player, film.now_ms) ? moving + 1 : 0;
            longest = moving > longest ? moving : longest;
        }
        CHECK_THAT(longest > 0 && longest * FRAME_MS <= 5300, "attract moves for %d ms", longest * FRAME_MS);
        struct place home = {.kind = PLACE_HOME};
        player_go(film.player, &home, film.now_ms);
        roll(&film, 500);
        tap_box(&film, "home.tour");
        roll(&film, 3000);
        CHECK(
            player_visit(film.player)->tour.active && box_find(player_tree(film.player), "tour.pause") >= 0);
        tap_box(&film, "tour.pause");
        roll(&film, 1500);
        int step = player_visit(film.player)->tour.step, drawn = film.frames;
        CHECK(player_visit(film.player)->tour.paused);
        roll(&film, 20000);
        CHECK_INT(player_visit(film.player)->tour.step, step);
        CHECK_INT(film.frames, drawn);
    }
    film_close(&film);
}

static void a_guided_reading_does_not_flash(void)
{
    struct film film;
    if (film_open(&film, MODE_DEMO)) {
        roll(&film, 25000);
        CHECK_THAT(flashes(&film.watch) <= 3, "%d flashes within a second", flashes(&film.watch));
    }
    film_close(&film);
}

/* As quickly as a hand goes from screen to screen: three touches a second, each with its press and its fade.
 */
static void going_about_does_not_flash(void)
{
    static const char *const ways[] = {"home.people", "bar.home", "home.timeline", "bar.back", "home.words",
        "bar.home", "home.read", "bar.home", "home.places", "bar.back"};
    struct film film;
    if (film_open(&film, MODE_KIOSK)) {
        struct place home = {.kind = PLACE_HOME};
        player_go(film.player, &home, film.now_ms);
        roll(&film, 1000);
        for (int i = 0; i < 30; i++) {
            tap_box(&film, ways[i % 10]);
            roll(&film, 330 - 2 * FRAME_MS);
        }
        CHECK_THAT(film.frames > 60, "%d frames", film.frames);
        CHECK_THAT(flashes(&film.watch) <= 3, "%d flashes within a second", flashes(&film.watch));
    }
    film_close(&film);
}

/* A test that measures must be able to fail. */
static void a_flashing_screen_is_seen(void)
{
    static struct watch watch;
    uint32_t *pixels = calloc((size_t)WIDTH * HEIGHT, sizeof *pixels);
    CHECK(pixels != NULL);
    for (int hz = 2; pixels != NULL && hz <= 8; hz += 6) {
        watch_init(&watch);
        for (int64_t ms = 0; ms < 3000; ms += FRAME_MS) {
            memset(
                pixels, ms * hz * 2 / 1000 % 2 == 0 ? 0x20 : 0xE0, (size_t)WIDTH * HEIGHT * sizeof *pixels);
            see(&watch, pixels, ms);
        }
        CHECK_THAT(flashes(&watch) == hz, "%d Hz: %d flashes", hz, flashes(&watch));
    }
    free(pixels);
}

int main(void)
{
    RUN(a_flashing_screen_is_seen);
    RUN(attract_does_not_flash);
    RUN(what_moves_by_itself_rests_or_can_be_paused);
    RUN(a_guided_reading_does_not_flash);
    RUN(going_about_does_not_flash);
    return check_report();
}
