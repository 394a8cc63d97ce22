/* A display that hangs turned: the picture is upright for the visitor, and a finger means what it touches. */
#include "input.h"
#include "present.h"
#include "turn.h"
#include "window.h"

#include "check.h"

#include <stdlib.h>

/* Corners of a view of 200 by 300, and where they lie on the panel, pixel by pixel. */
static void corners_lie_where_the_panel_hangs(void)
{
    static const struct size VIEW = {200, 300};
    static const struct {
        int turns;
        struct rect top_left, bottom_left; /* of 10 x 20 pixels */
    } rows[] = {
        {0, {0, 0, 10, 20}, {0, 280, 10, 20}},
        {1, {0, 190, 20, 10}, {280, 190, 20, 10}},
        {2, {190, 280, 10, 20}, {190, 0, 10, 20}},
        {3, {280, 0, 20, 10}, {0, 0, 20, 10}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rect a = turn_rect((struct rect){0, 0, 10, 20}, VIEW, rows[i].turns),
                    b = turn_rect((struct rect){0, 280, 10, 20}, VIEW, rows[i].turns);
        CHECK(memcmp(&a, &rows[i].top_left, sizeof a) == 0);
        CHECK(memcmp(&b, &rows[i].bottom_left, sizeof b) == 0);
    }
    CHECK(turn_size(VIEW, 1).w == 300 && turn_size(VIEW, 3).h == 200 && turn_size(VIEW, 2).w == 200);
}

static void points_go_there_and_back(void)
{
    for (int turns = 0; turns < 4; turns++) {
        struct pointf p = turn_to_view(turn_to_panel((struct pointf){0.25, 0.125}, turns), turns);
        CHECK(p.x == 0.25 && p.y == 0.125);
    }
    struct pointf p = turn_to_view((struct pointf){0, 1}, 1);
    CHECK(p.x == 0 && p.y == 0); /* the panel's lower left corner is at the visitor's upper left */
}

/* Every pixel of the view arrives where turn_rect() says. */
static void lines_are_made_of_the_right_pixels(void)
{
    static const struct size VIEW = {3, 5};
    uint32_t view[15], line[5];
    for (uint32_t i = 0; i < 15; i++) {
        view[i] = i;
    }
    for (int turns = 0; turns < 4; turns++) {
        struct size panel = turn_size(VIEW, turns);
        for (int y = 0; y < VIEW.h; y++) {
            for (int x = 0; x < VIEW.w; x++) {
                struct rect at = turn_rect((struct rect){x, y, 1, 1}, VIEW, turns);
                CHECK(at.x >= 0 && at.x < panel.w && at.y >= 0 && at.y < panel.h);
                turn_line(view, VIEW, turns, 0, at.y, panel.w, line);
                CHECK_INT(line[at.x], y * VIEW.w + x);
                turn_line(view, VIEW, turns, at.x, at.y, 1, line);
                CHECK_INT(line[0], y * VIEW.w + x);
            }
        }
    }
}

static void a_finger_means_what_it_touches(void)
{
    static const struct size VIEW = {500, 1000};
    static const struct {
        int turns;
        double x, y;
    } rows[] = {{0, 50, 200}, {1, 400, 100}, {2, 450, 800}, {3, 100, 900}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct input_state state = {.quarter_turns = rows[i].turns};
        struct player_event out, sent = {.kind = PLAYER_FINGER_DOWN, .finger = 3, .x_win = 50, .y_win = 700};
        struct size panel = turn_size(VIEW, rows[i].turns);
        SDL_Event event = {.type = SDL_FINGERDOWN};
        event.tfinger.touchId = 7;
        event.tfinger.x = (float)0.1;
        event.tfinger.y = (float)0.2;
        CHECK(input_from_event(&state, &event, VIEW, &out));
        CHECK_THAT(out.x_win > rows[i].x - 0.01 && out.x_win < rows[i].x + 0.01 &&
                       out.y_win > rows[i].y - 0.01 && out.y_win < rows[i].y + 0.01,
            "%d turns: %g %g", rows[i].turns, out.x_win, out.y_win);
        CHECK(input_to_event(&sent, VIEW, rows[i].turns, &event) &&
              input_from_event(&state, &event, VIEW, &out));
        CHECK(out.x_win > 49.9 && out.x_win < 50.1 && out.y_win > 699.9 && out.y_win < 700.1);
        event = (SDL_Event){.type = SDL_MOUSEBUTTONDOWN};
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = panel.w / 10;
        event.button.y = panel.h / 5;
        CHECK(input_from_event(&state, &event, VIEW, &out));
        CHECK(out.x_win >= rows[i].x - 1 && out.x_win <= rows[i].x && out.y_win >= rows[i].y - 1 &&
              out.y_win <= rows[i].y);
        event = (SDL_Event){.type = SDL_WINDOWEVENT};
        event.window.event = SDL_WINDOWEVENT_SIZE_CHANGED;
        event.window.data1 = panel.w;
        event.window.data2 = panel.h;
        CHECK(input_from_event(&state, &event, VIEW, &out) && out.window.w == VIEW.w);
    }
}

static int draw_corner(
    void *context, const struct paint_target *target, bool whole, struct rect damage[PAINT_DAMAGE_MAX])
{
    (void)context, (void)whole;
    CHECK(target->width == 200 && target->height == 320);
    target->pixels[0] = 0x112233;
    target->pixels[target->stride * (target->height - 1) + 7] = 0x445566;
    damage[0] = (struct rect){0, 0, 1, 1};
    damage[1] = (struct rect){0, target->height - 10, 20, 10};
    return 2;
}

static void the_picture_stands_upright(void)
{
    struct window window = {.quarter_turns = 1};
    struct error err = {.category = ERROR_NONE};
    const struct picture picture = {NULL, draw_corner, NULL, NULL};
    bool drawn = false;
    CHECK(window_open(&window, true, (struct size){200, 320}, "test", &err));
    struct presenter *presenter = presenter_of_surface(&window, &err);
    CHECK(presenter != NULL && window_size(&window).w == 200 && presenter_size(presenter).h == 320);
    if (presenter != NULL) {
        CHECK(presenter_show(presenter, &picture, (struct occasion){.changed = true}, &drawn, &err) && drawn);
        const SDL_Surface *surface = SDL_GetWindowSurface(window.handle);
        CHECK(surface->w == 320 && surface->h == 200);
        if (surface->format->BytesPerPixel == 4) {
            const uint32_t *pixels = surface->pixels;
            CHECK_INT(pixels[surface->pitch / 4 * 199] & 0xffffff, 0x112233);
            CHECK_INT(pixels[surface->pitch / 4 * 192 + 319] & 0xffffff, 0x445566);
        }
    }
    presenter_destroy(presenter);
    window_close(&window);
}

int main(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    RUN(corners_lie_where_the_panel_hangs);
    RUN(points_go_there_and_back);
    RUN(lines_are_made_of_the_right_pixels);
    RUN(a_finger_means_what_it_touches);
    RUN(the_picture_stands_upright);
    return check_report();
}
