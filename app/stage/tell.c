/* A message on a screen for which nothing else is there, no fonts, no words, no exhibit: drawn of strokes. */
#include "present.h"
#include "stage/stage.h"
#include "strokes.h"
#include "window.h"

#define BEAT_NS ((int64_t)1000000000)

static int draw(
    void *context, const struct paint_target *target, bool whole, struct rect damage[PAINT_DAMAGE_MAX])
{
    const struct stage_notice *notice = context;
    const colour ground = COLOUR_RGB(0xfaf7f0), ink = COLOUR_RGB(0x201c18);
    int shorter = target->width < target->height ? target->width : target->height;
    int unit = shorter / 200 > 2 ? shorter / 200 : 2, margin = shorter / 10, y = margin;
    (void)whole;
    for (int row = 0; row < target->height; row++) {
        for (int column = 0; column < target->width; column++) {
            target->pixels[(ptrdiff_t)row * target->stride + column] = ground;
        }
    }
    strokes_sign(target, margin, y, unit, ink);
    y += 30 * unit;
    y += strokes_write(target, notice->title, margin, y, target->width - 2 * margin, unit * 3 / 2, ink);
    y += 6 * unit;
    strokes_write(target, notice->text, margin, y, target->width - 2 * margin, unit, ink);
    damage[0] = (struct rect){0, 0, target->width, target->height};
    return 1;
}

/* True: it is to end. */
static bool take(const SDL_Event *event, bool *exposed)
{
    *exposed = *exposed || event->type == SDL_WINDOWEVENT;
    return event->type == SDL_QUIT;
}

static bool stand(
    struct window *window, struct presenter *presenter, const struct stage_notice *notice, struct error *err)
{
    struct stage_notice own = *notice;
    const struct picture picture = {&own, draw, NULL, NULL};
    int64_t end_ns = window_clock_ns() + notice->seconds * BEAT_NS;
    bool good = true, over = false, exposed = true, drawn = false;
    while (good && !over && window_clock_ns() < end_ns) {
        SDL_Event event;
        if (exposed) {
            good = presenter_show(
                presenter, &picture, (struct occasion){.changed = true, .whole = true}, &drawn, err);
            exposed = false;
        }
        if (window_wait(window, window_clock_ns() + BEAT_NS, &event)) {
            over = take(&event, &exposed);
        } else if (notice->alive != NULL) {
            notice->alive(notice->context);
        }
    }
    return good;
}

bool stage_tell(const struct stage_notice *notice, struct error *err)
{
    struct window window = {.quarter_turns = notice->quarter_turns};
    struct presenter *presenter = NULL;
    bool good = window_open(&window, notice->windowed, notice->size, "Vitrine", err);
    presenter = good ? presenter_of_surface(&window, err) : NULL;
    good = presenter != NULL && stand(&window, presenter, notice, err);
    presenter_destroy(presenter);
    window_close(&window);
    return good;
}
