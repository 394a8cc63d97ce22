#include "stage/stage.h"

#include "choose.h"
#include "loop.h"
#include "present.h"
#include "speaker.h"
#include "window.h"

#include <stdio.h>
#include <stdlib.h>

static struct session *open_session(
    const struct stage_options *options, struct loop *loop, const struct speaker *speaker, struct error *err)
{
    const struct size guess = {1920, 1080}; /* until the display is known */
    struct site site = options->site != NULL ? *options->site : (struct site){.idle_s = 0};
    if (options->windowed) {
        site.display = (struct site_display){.width_mm = 0};
    }
    struct player_options player = {
        .exhibit = options->exhibit,
        .trouble = options->trouble,
        .staff = options->staff,
        .paths = options->paths,
        .mode = options->mode,
        .language = options->language,
        .site = &site,
        .window = options->size.w > 0 ? options->size : guess,
        .wake = window_wake,
        .wake_context = loop->window,
        .log = options->log,
        .speaker = speaker != NULL ? speaker_interface(speaker) : NULL,
        .utterances = options->utterances,
        .observer = options->observer,
    };
    struct session_options session = {
        .player = &player,
        .host = {loop, loop_send, loop_screenshot},
        .keeper = options->keeper,
        .script = options->script,
        .report = options->report,
        .record = options->record,
        .watch = options->watch,
    };
    loop->size = player.window;
    return session_create(&session, window_clock_ns() / 1000000, err);
}

static void tell_size(struct loop *loop)
{
    struct player_event event = {.kind = PLAYER_RESIZE, .window = window_size(loop->window)};
    if (event.window.w != loop->size.w || event.window.h != loop->size.h) {
        loop->size = event.window;
        session_event(loop->session, &event, window_clock_ns() / 1000000);
    }
}

static bool play(struct loop *loop, struct error *err)
{
    char driver[96];
    tell_size(loop);
    session_set_refresh(loop->session, window_refresh(loop->window));
    bool played = loop_run(loop, err);
    snprintf(driver, sizeof driver, "%s/%s", SDL_GetCurrentVideoDriver(),
        loop->presenter != NULL ? loop->presenter->name : "none");
    return session_finish(loop->session, driver, loop->size, played ? err : NULL) && played;
}

/* The exhibit comes first: its image is decoded by another process while the display is being opened here. */
bool stage_play(const struct stage_options *options, struct error *err)
{
    struct window window = {.handle = NULL};
    struct loop loop = {.window = &window, .log = options->log};
    bool good = false;
    /* Nothing is typed here: without this the X input method parses a locale's compose tables, 25 ms at every
     * start. Set before there is any thread. */
    setenv("LC_ALL", "C", 1);
    bool silent = options->silent || (options->site != NULL && options->site->silent);
    window.quarter_turns = options->site != NULL && !options->windowed ? options->site->quarter_turns : 0;
    window.locked = options->locked;
    struct speaker *speaker = silent ? NULL : speaker_create(window_wake, &window, options->log, NULL);
    loop.session = open_session(options, &loop, speaker, err);
    if (loop.session == NULL || !window_open(&window, options->windowed, options->size, "Vitrine", err)) {
        goto out;
    }
    loop.presenter = choose_presenter(&window, options->painter, options->log, err);
    if (loop.presenter == NULL) {
        goto out;
    }
    good = play(&loop, err);
out:
    session_destroy(loop.session); /* its threads wake the window: they go first */
    speaker_destroy(speaker);
    presenter_destroy(loop.presenter);
    window_close(&window);
    return good;
}
