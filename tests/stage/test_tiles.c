/* What a card shows of a page is what the compositor would: also while late tiles appear. SDL's own renderer
 * stands in for the card, at 1:1, where both are exact. */
#include "help.h"

#include "tiles.h"

#include "check.h"

#include <stdlib.h>

enum { W = 400, H = 300 };

#define GROUND 0xFF1E1B16u

static struct scan_view whole_view(struct scan *scan, int page)
{
    struct scan_view view = {page, camera_whole(), {0, 0, W, H}};
    view.camera = camera_clamp(view.camera, scan_page_size(scan, page), (struct size){W, H}, 0, 8);
    return view;
}

struct canvas {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    struct tiles tiles;
};

static struct canvas canvas_make(void)
{
    struct canvas canvas = {.surface = SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_ARGB8888)};
    canvas.renderer = SDL_CreateSoftwareRenderer(canvas.surface);
    CHECK(canvas.renderer != NULL);
    tiles_init(&canvas.tiles, canvas.renderer, (size_t)64 << 20);
    return canvas;
}

static void canvas_finish(struct canvas *canvas)
{
    tiles_finish(&canvas->tiles);
    SDL_DestroyRenderer(canvas->renderer);
    SDL_FreeSurface(canvas->surface);
}

/* The largest difference of any channel between what both show. */
static int difference(struct canvas *canvas, struct scan *scan, const struct scan_view *view)
{
    struct paint_page page = {.seen = view->view_win, .view = *view, .ground = GROUND};
    tiles_begin(&canvas->tiles, 0, INT64_MAX / 2);
    tiles_draw(&canvas->tiles, scan, &page);
    tiles_end(&canvas->tiles);
    static uint32_t shown[W * H];
    CHECK(SDL_RenderReadPixels(canvas->renderer, NULL, SDL_PIXELFORMAT_ARGB8888, shown, W * 4) == 0);
    struct picture composed = help_compose(scan, *view, GROUND);
    int most = 0;
    for (size_t i = 0; i < (size_t)W * H; i++) {
        for (int shift = 0; shift < 24; shift += 8) {
            int d = abs((int)(shown[i] >> shift & 255) - (int)(composed.words[i] >> shift & 255));
            most = d > most ? d : most;
        }
    }
    picture_free(&composed);
    return most;
}

static void late_tiles_fade_in(void)
{
    char *folder = help_folder();
    struct picture picture = picture_make(1100, 900, 8);
    help_write_dzi(folder, "p", picture, 128, 1);
    struct scan *scan = help_scan(&(struct scan_options){0});
    int page = help_open_page(scan, help_path(folder, "p.dzi"));
    struct scan_view view = {page, {0.5, 0.5, 1, 0}, {0, 0, W, H}};
    struct canvas canvas = canvas_make();
    int64_t now = 5000;
    help_load(scan, whole_view(scan, page));
    scan_fade(scan, now, true);
    scan_want(scan, &view, 1, NULL, 0);
    now += SCAN_LATE_MS;
    scan_fade(scan, now, true);
    scan_want(scan, &view, 1, NULL, 0);
    CHECK(scan_wait(scan, 20000));
    CHECK(scan_fading(scan));
    /* SDL enlarges the stand-in by the nearest pixel. A fade that was left out would be off by over 40. */
    for (int part = 0; part <= 4; part++) {
        scan_fade(scan, now + (int64_t)SCAN_FADE_MS * part / 4, true);
        int most = difference(&canvas, scan, &view);
        CHECK_THAT(most <= (part == 4 ? 0 : 24), "after %d quarters: %d", part, most);
    }
    canvas_finish(&canvas);
    scan_destroy(scan);
    picture_free(&picture);
    help_remove(folder);
}

int main(void)
{
    RUN(late_tiles_fade_in);
    return check_report();
}
