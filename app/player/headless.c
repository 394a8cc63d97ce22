/* The twin without a display. Its clock jumps from deadline to deadline, and goes in frames of a sixtieth of
 * a second while something moves, so that the same script gives the same pixels on every machine. */
#include "player/session.h"

#include "virtual_voice.h"

#include <stdlib.h>

#define START_MS 1000   /* not 0, which means "never" in a visit */
#define STALLED_MAX 100 /* turns at one moment: what is still not done then needs time to pass */

struct headless {
    struct session *session;
    struct paint_target target;
    int64_t now_ms;
    bool whole;
    bool failed; /* no memory for the pixels */
};

static bool set_size(struct headless *headless, struct size size)
{
    uint32_t *pixels = calloc((size_t)size.w * (size_t)size.h, sizeof *pixels);
    if (pixels == NULL) {
        return false;
    }
    free(headless->target.pixels);
    headless->target = (struct paint_target){pixels, size.w, size.h, size.w};
    headless->whole = true;
    return true;
}

static void send(void *context, const struct player_event *event)
{
    struct headless *headless = context;
    if (event->kind == PLAYER_RESIZE && !set_size(headless, event->window)) {
        headless->failed = true;
        return;
    }
    session_event(headless->session, event, headless->now_ms);
}

static bool screenshot(void *context, const char *path, struct error *err)
{
    const struct headless *headless = context;
    return paint_write_png(path, &headless->target, 0, err);
}

static void turn(struct headless *headless)
{
    struct rect damage[PAINT_DAMAGE_MAX];
    struct session *session = headless->session;
    if (session_step(session, headless->now_ms) || headless->whole) {
        int count = session_draw(session, &headless->target, headless->whole, damage);
        headless->whole = false;
        if (count > 0) {
            session_presented(session, headless->now_ms);
        }
    }
    session_settle(session, headless->now_ms);
}

/* Frames lie at whole sixtieths, so that where a movement starts decides which moments of it are drawn. */
static int64_t next_frame(int64_t now_ms)
{
    return ((now_ms * 60 / 1000 + 1) * 1000 + 59) / 60;
}

bool headless_play(const struct session_options *options, struct error *err)
{
    struct headless headless = {.now_ms = START_MS};
    struct session_options own = *options;
    struct player_options player = *options->player;
    struct virtual_voice voice;
    virtual_voice_init(&voice, player.log);
    player.speaker = options->silent ? NULL : &voice.speaker;
    own.player = &player;
    own.host = (struct session_host){&headless, send, screenshot};
    own.patient = true;
    if (!set_size(&headless, options->player->window)) {
        return error_memory(err);
    }
    headless.session = session_create(&own, headless.now_ms, err);
    if (headless.session == NULL) {
        virtual_voice_finish(&voice);
        free(headless.target.pixels);
        return false;
    }
    int stalled = 0;
    while (!session_over(headless.session) && !headless.failed) {
        turn(&headless);
        int64_t next = session_deadline(headless.session, headless.now_ms);
        if (next == INT64_MAX) {
            break;
        }
        if (next <= headless.now_ms) {
            bool frame = session_moving(headless.session, headless.now_ms) || ++stalled > STALLED_MAX;
            next = frame ? next_frame(headless.now_ms) : headless.now_ms;
        }
        stalled = next > headless.now_ms ? 0 : stalled;
        headless.now_ms = next;
    }
    struct size size = {headless.target.width, headless.target.height};
    bool ok = session_finish(headless.session, "headless/compositor", size, err);
    session_destroy(headless.session);
    virtual_voice_finish(&voice);
    free(headless.target.pixels);
    return headless.failed ? error_memory(err) : ok;
}
