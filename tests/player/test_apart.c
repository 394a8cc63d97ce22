/* Pages apart: what a host with a graphics card puts together from a page, and from what lies over it, is
 * what is drawn into memory without one. Here the page is scan's, and the putting together is two lines of C.
 */
#include "work.h"

#include "check.h"
#include "paint/pixels.h"

#define TELEGRAM TEST_SOURCE_DIR "/exhibits/telegram-1950"

enum { W = 900, H = 700, WORDS = W * H };

struct host {
    struct work work; /* drawn apart */
    struct work twin; /* drawn into memory */
    struct player_frame frame;
    uint32_t add[WORDS], keep[WORDS], screen[WORDS], expected[WORDS];
    uint8_t on_page[WORDS];
    bool drawn;
};

static uint32_t channel(uint32_t page, uint32_t keep, uint32_t add, int shift)
{
    uint32_t sum = (page >> shift & 255) * (keep >> shift & 255) / 255 + (add >> shift & 255);
    return (sum > 255 ? 255 : sum) << shift;
}

static void put_together(struct host *host)
{
    struct paint_target screen = {host->screen, W, H, W};
    struct scan_target pixels = {host->screen, W, H, W};
    memset(host->on_page, 0, sizeof host->on_page);
    for (int i = 0; i < host->frame.pages.count; i++) {
        const struct paint_page *page = &host->frame.pages.pages[i];
        paint_fill(&screen, page->seen, page->seen, page->ground);
        scan_compose(player_scan(host->work.player), &page->view, &pixels, page->seen, page->missing);
        for (int y = page->seen.y; y < page->seen.y + page->seen.h; y++) {
            memset(host->on_page + y * W + page->seen.x, 1, (size_t)page->seen.w);
        }
    }
    for (int i = 0; i < WORDS; i++) {
        uint32_t page = host->screen[i], keep = host->keep[i], add = host->add[i];
        host->screen[i] = host->on_page[i] ? channel(page, keep, add, 16) | channel(page, keep, add, 8) |
                                                 channel(page, keep, add, 0)
                                           : add & 0xFFFFFF;
    }
}

/* Draws what has changed since the last time, and the other player's screen whole. */
static void agrees(struct host *host, const char *what)
{
    struct paint_apart apart = {{host->add, W, H, W}, {host->keep, W, H, W}};
    struct paint_target whole = {host->expected, W, H, W};
    struct rect damage[PAINT_DAMAGE_MAX];
    long wrong = 0, beside = 0;
    CHECK(player_wait_ready(host->work.player, 20000) && player_wait_ready(host->twin.player, 20000));
    player_draw_apart(host->work.player, &apart, !host->drawn, &host->frame);
    player_draw(host->twin.player, &whole, true, damage);
    host->drawn = true;
    put_together(host);
    for (int i = 0; i < WORDS; i++) {
        int difference = pixels_far(host->screen[i], host->expected[i]);
        wrong += difference > 3;
        beside += difference > 0 && !host->on_page[i];
    }
    CHECK_THAT(
        wrong == 0 && beside == 0, "%s: %ld pixels are wrong, %ld beside the page", what, wrong, beside);
}

/* Both do the same. */
static void go(struct host *host, const char *place)
{
    work_go(&host->work, place);
    work_go(&host->twin, place);
}

static void look(struct host *host, double x, double y, double scale)
{
    struct camera camera = {x, y, scale, 0};
    player_look(host->work.player, camera, 0, host->work.now_ms);
    player_look(host->twin.player, camera, 0, host->twin.now_ms);
    work_pass(&host->work, 50);
    work_pass(&host->twin, 50);
}

static void tap(struct host *host, const char *id)
{
    CHECK(work_tap(&host->work, id) && work_tap(&host->twin, id));
    work_pass(&host->work, 1500);
    work_pass(&host->twin, 1500);
}

static struct host *host_open(const char *exhibit)
{
    struct host *host = calloc(1, sizeof *host);
    if (host == NULL || !work_open(&host->work, exhibit, MODE_CLASSROOM, (struct size){W, H}) ||
        !work_open(&host->twin, exhibit, MODE_CLASSROOM, (struct size){W, H})) {
        CHECK(false);
        exit(1);
    }
    return host;
}

static void host_close(struct host *host)
{
    work_close(&host->work);
    work_close(&host->twin);
    free(host);
}

static void every_screen_is_the_same(void)
{
    static const char *const places[] = {
        "home", "scan", "parallel", "person:mao-zedong", "document:telegram#p2", "text", "about"};
    struct host *host = host_open(TELEGRAM);
    struct player_appearance contrast = {.high_contrast = true};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            go(host, places[i]);
            agrees(host, places[i]);
        }
        player_appear(host->work.player, &contrast, host->work.now_ms);
        player_appear(host->twin.player, &contrast, host->twin.now_ms);
    }
    host_close(host);
}

static void at_every_camera_with_what_is_lit(void)
{
    struct host *host = host_open(TELEGRAM);
    go(host, "document:telegram#p2");
    agrees(host, "lit");
    CHECK(host->frame.pages.count > 0);
    look(host, 0.4, 0.3, 1);
    agrees(host, "1:1");
    look(host, 0.45, 0.31, 2.4);
    agrees(host, "enlarged");
    go(host, "scan");
    for (int turn = 0; turn < 4; turn++) {
        tap(host, "page.rotate");
        agrees(host, "turned");
    }
    tap(host, "page.zoom-in");
    agrees(host, "zoomed");
    host_close(host);
}

/* What is the point of it all: nothing but the page is another, so nothing is painted. */
static void a_page_that_moves_paints_nothing(void)
{
    struct host *host = host_open(TELEGRAM);
    go(host, "scan");
    look(host, 0.5, 0.5, 1.1);
    agrees(host, "before");
    for (int i = 1; i < 6; i++) {
        long area = 0;
        look(host, 0.5 + i * 0.01, 0.5, 1.1);
        agrees(host, "moved");
        for (int k = 0; k < host->frame.damage_count; k++) {
            area += (long)host->frame.damage[k].w * host->frame.damage[k].h;
        }
        CHECK_THAT(area < W * H / 50, "%ld pixels were painted", area); /* the overview shows where one is */
    }
    host_close(host);
}

static void the_host_is_told_to_fade(void)
{
    struct host *host = host_open(TELEGRAM);
    struct paint_apart apart = {{host->add, W, H, W}, {host->keep, W, H, W}};
    go(host, "home");
    agrees(host, "home");
    struct place place;
    CHECK(place_parse(STR("people"), &place));
    player_go(host->work.player, &place, host->work.now_ms);
    int before = 257, frames = 0;
    for (int i = 0; i < 20; i++, frames++) {
        host->work.now_ms += 16;
        if (!player_update(host->work.player, host->work.now_ms)) {
            break;
        }
        player_draw_apart(host->work.player, &apart, false, &host->frame);
        CHECK_INT(host->frame.fade_begins, i == 0);
        CHECK(host->frame.old_share < before);
        before = host->frame.old_share;
    }
    CHECK(before == 0 && frames >= 8);
    CHECK(!player_moving(host->work.player, host->work.now_ms));
    host_close(host);
}

int main(void)
{
    RUN(every_screen_is_the_same);
    RUN(at_every_camera_with_what_is_lit);
    RUN(a_page_that_moves_paints_nothing);
    RUN(the_host_is_told_to_fade);
    return check_report();
}
