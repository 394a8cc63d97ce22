/* The window and its pixels, on SDL's driver that needs no display: what is drawn stays, what is lost is
 * said, and a waking wakes. */
#include "present.h"
#include "window.h"

#include "check.h"

#include <pthread.h>
#include <stdlib.h>

#define MS 1000000

static bool open_one(struct window *window, struct presenter **presenter)
{
    struct error err = {.category = ERROR_NONE};
    *presenter = NULL;
    bool good = window_open(window, true, (struct size){320, 200}, "test", &err);
    CHECK_THAT(good, "%s", err.message);
    if (good) {
        *presenter = presenter_of_surface(window, &err);
        CHECK(*presenter != NULL);
    }
    return *presenter != NULL;
}

/* A picture of one pixel's change. */
struct sketch {
    struct size size;
    int draws;
    bool whole;
    uint32_t seen; /* what the pixel was before */
};

static int draw_sketch(
    void *context, const struct paint_target *target, bool whole, struct rect damage[PAINT_DAMAGE_MAX])
{
    static const struct rect changed[] = {
        {10, 10, 5, 5}, {-50, -50, 60, 60}, {300, 190, 100, 100}, {500, 500, 5, 5}};
    struct sketch *sketch = context;
    uint32_t *pixel = &target->pixels[10 * target->stride + 10];
    CHECK(target->stride >= target->width);
    *sketch = (struct sketch){{target->width, target->height}, sketch->draws + 1, whole, *pixel};
    *pixel = 0x123456;
    memcpy(damage, changed, sizeof changed);
    return 4;
}

static void what_is_drawn_stays_and_what_is_lost_is_drawn_again(void)
{
    struct window window = {.handle = NULL};
    struct presenter *presenter;
    struct sketch sketch = {.draws = 0};
    const struct picture picture = {&sketch, draw_sketch, NULL, NULL};
    bool drawn = false;
    if (open_one(&window, &presenter)) {
        CHECK_TEXT(presenter->name, "compositor");
        CHECK(presenter_show(presenter, &picture, (struct occasion){.changed = true}, &drawn, NULL) && drawn);
        CHECK(sketch.whole && sketch.size.w == 320 && sketch.size.h == 200);
        CHECK(presenter_show(presenter, &picture, (struct occasion){.changed = true}, &drawn, NULL) && drawn);
        CHECK(!sketch.whole && sketch.seen == 0x123456);
        CHECK(
            presenter_show(presenter, &picture, (struct occasion){.exposed = true}, &drawn, NULL) && !drawn);
        CHECK_INT(sketch.draws, 2);
        window_resize(&window, (struct size){400, 300});
        CHECK(presenter_size(presenter).w == 400 && window_size(&window).w == 400);
        CHECK(presenter_show(presenter, &picture, (struct occasion){.exposed = true}, &drawn, NULL) && drawn);
        CHECK(sketch.whole && sketch.size.w == 400 && sketch.size.h == 300);
        CHECK(!presenter->paced && !presenter->pending && !presenter->stale);
    }
    presenter_destroy(presenter);
    window_close(&window);
}

static void a_window_that_covers_the_display_has_its_size(void)
{
    struct window window = {.handle = NULL};
    struct size display = {0, 0};
    CHECK(window_open(&window, false, (struct size){0, 0}, "test", NULL));
    SDL_Rect bounds = {0, 0, 0, 0};
    SDL_GetDisplayBounds(0, &bounds);
    display = window_size(&window);
    CHECK(display.w == bounds.w && display.h == bounds.h && display.w > 0);
    CHECK((SDL_GetWindowFlags(window.handle) & SDL_WINDOW_BORDERLESS) != 0);
    CHECK(window_refresh(&window) >= 24);
    CHECK(SDL_IsScreenSaverEnabled() == SDL_FALSE && SDL_IsTextInputActive() == SDL_FALSE);
    CHECK(SDL_WasInit(SDL_INIT_JOYSTICK | SDL_INIT_AUDIO | SDL_INIT_HAPTIC) == 0);
    window_close(&window);
}

static void the_pointer_hides_from_fingers(void)
{
    struct window window = {.handle = NULL};
    CHECK(window_open(&window, true, (struct size){320, 200}, "test", NULL));
    CHECK_INT(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    window_mouse_moved(&window, 160, 100);
    CHECK_INT(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    window_mouse_moved(&window, 0, 0);
    CHECK_INT(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    window_mouse_moved(&window, 1, 0);
    CHECK_INT(SDL_ShowCursor(SDL_QUERY), SDL_ENABLE);
    window_touched(&window);
    CHECK_INT(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    window_close(&window);
}

static void drain(struct window *window)
{
    SDL_Event event;
    while (window_wait(window, 0, &event)) {
    }
}

static void *wake_later(void *window)
{
    nanosleep(&(struct timespec){0, 50 * MS}, NULL);
    window_wake(window);
    window_wake(window);
    return NULL;
}

static void a_waking_from_another_thread_ends_the_wait(void)
{
    struct window window = {.handle = NULL};
    SDL_Event event = {.type = 0};
    pthread_t thread;
    window_wake(&window); /* not open yet: nothing */
    CHECK(window_open(&window, true, (struct size){320, 200}, "test", NULL));
    drain(&window);
    int64_t start = window_clock_ns();
    CHECK(pthread_create(&thread, NULL, wake_later, &window) == 0);
    CHECK(window_wait(&window, start + 20000 * (int64_t)MS, &event) && event.type == window.wake_event);
    CHECK(window_clock_ns() - start < 10000 * (int64_t)MS);
    CHECK(pthread_join(thread, NULL) == 0);
    drain(&window);
    window_wake(&window);
    window_wake(&window);
    window_wake(&window);
    CHECK(window_wait(&window, 0, &event) && event.type == window.wake_event);
    CHECK(!window_wait(&window, 0, &event)); /* three wakings are one */
    window_wake(&window);
    CHECK(window_wait(&window, 0, &event));
    window_close(&window);
}

static void a_wait_ends_on_time(void)
{
    struct window window = {.handle = NULL};
    SDL_Event event;
    CHECK(window_open(&window, true, (struct size){320, 200}, "test", NULL));
    drain(&window);
    for (int i = 1; i <= 5; i++) {
        int64_t until = window_clock_ns() + i * 3300000;
        while (window_clock_ns() < until) {
            CHECK(!window_wait(&window, until, &event));
        }
        CHECK(window_clock_ns() >= until);
    }
    CHECK(!window_wait(&window, window_clock_ns() - 5, &event));
    window_close(&window);
}

static void without_a_display_the_message_says_what_else_there_is(void)
{
    struct window window = {.handle = NULL};
    struct error err = {.category = ERROR_NONE};
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    CHECK(!window_open(&window, true, (struct size){320, 200}, "test", &err));
    CHECK_INT(err.category, ERROR_MACHINE);
    CHECK(strstr(err.message, "vitrine render") != NULL && strstr(err.message, "--headless") != NULL);
    window_close(&window);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
}

int main(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    RUN(what_is_drawn_stays_and_what_is_lost_is_drawn_again);
    RUN(a_window_that_covers_the_display_has_its_size);
    RUN(the_pointer_hides_from_fingers);
    RUN(a_waking_from_another_thread_ends_the_wait);
    RUN(a_wait_ends_on_time);
    RUN(without_a_display_the_message_says_what_else_there_is);
    return check_report();
}
