#include "loop.h"

#include "power.h"

#include <sys/resource.h>

#define NS_PER_MS 1000000
#define INPUT_NS 100000000 /* for input, once a picture is due */
#define REST_MS 2000       /* what sleeps at least so long is at rest: a countdown is not */
/* Before SDL hands an event on it may ask the display this and that, and waits for the answers. */
#define EVENT_SWITCHES 40

static int64_t now_ms(void)
{
    return window_clock_ns() / NS_PER_MS;
}

/* ---- events */

static void tell(struct loop *loop, const struct player_event *event)
{
    if (event->kind == PLAYER_RESIZE) {
        loop->size = event->window;
    }
    session_event(loop->session, event, now_ms());
}

static void handle_window(struct loop *loop, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        loop->whole = true;
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        loop->exposed = true;
        break;
    default:
        break;
    }
}

static void handle(struct loop *loop, const SDL_Event *event)
{
    struct player_event meant;
    if (event->type == SDL_QUIT || (!loop->locked && input_leaves(event))) {
        session_quit(loop->session);
    } else if (event->type == loop->window->wake_event) {
        loop->woken = true;
    } else if (event->type == SDL_DISPLAYEVENT) {
        window_cover(loop->window);
    } else if (event->type == SDL_RENDER_TARGETS_RESET || event->type == SDL_RENDER_DEVICE_RESET) {
        presenter_reset(loop->presenter, event->type == SDL_RENDER_DEVICE_RESET);
    } else if (event->type == SDL_WINDOWEVENT) {
        handle_window(loop, &event->window);
    } else if (event->type == SDL_MOUSEMOTION) {
        window_mouse_moved(loop->window, event->motion.xrel, event->motion.yrel);
    } else if (event->type == SDL_FINGERDOWN) {
        window_touched(loop->window);
    }
    if (input_from_event(&loop->input, event, loop->size, &meant)) {
        tell(loop, &meant);
    }
}

/* ---- sleeping */

/* Nothing changes until somebody comes: what the report's idle wake-ups are counted in. */
static bool is_rest(const struct loop *loop, int64_t now, int64_t deadline)
{
    const struct player *player = session_player(loop->session);
    const struct visit *visit = player_visit(player);
    bool by_itself = visit->here.place.kind == PLACE_ATTRACT || (visit->tour.active && !visit->tour.paused);
    bool still = !session_moving(loop->session, now) && player_ready(player);
    return still && !by_itself && (deadline == INT64_MAX || deadline - now >= REST_MS);
}

static long switches(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

/* Sleeps until `until_ns` or an event, which is handled. What somebody does is worth being woken for; all
 * other wakings are counted, on time or not. */
static void sleep_once(struct loop *loop, int64_t until_ns, bool rest)
{
    SDL_Event event;
    int64_t start_ns = window_clock_ns();
    long before = rest ? switches() : 0;
    bool came = window_wait(loop->window, until_ns, &event);
    if (rest) {
        bool wanted = came && event.type != loop->window->wake_event;
        long woken = switches() - before - (wanted ? EVENT_SWITCHES : 0);
        session_rested(loop->session, (window_clock_ns() - start_ns) / 1000, woken > 0 ? woken : 0);
    }
    if (came) {
        handle(loop, &event);
    }
}

/* Something has to be shown though the picture is the same. */
static bool is_due(const struct loop *loop)
{
    return loop->whole || loop->exposed || loop->presenter->stale || loop->presenter->pending;
}

/* When the next step is due. What an event changed is due at once, but never sooner than a frame after the
 * last: a finger may report faster than the display can show. */
static int64_t due_ns(const struct loop *loop, int64_t now, int64_t *deadline)
{
    /* Where showing waits for the display, that sets the pace; but not all that say so do. */
    int64_t frame_ns = loop->presenter->paced ? loop->frame_ns / 4 * 3 : loop->frame_ns;
    int64_t earliest_ns = loop->frame_start_ns + frame_ns;
    bool at_once = loop->woken || is_due(loop);
    *deadline = at_once ? now : session_deadline(loop->session, now);
    if (*deadline >= INT64_MAX / NS_PER_MS) {
        return INT64_MAX;
    }
    int64_t due = *deadline * NS_PER_MS;
    return due > earliest_ns ? due : earliest_ns;
}

/* Outside the opening hours the display itself is off; a touch turns it on, so that it is told again. */
static void keep_power(struct loop *loop)
{
    bool dark = player_closed(session_player(loop->session));
    if (dark || loop->dark) {
        power_set(loop->window->handle, !dark);
    }
    loop->dark = dark;
}

/* Nothing is due: when no input waits either, and the display answers, the player lives. */
static void beat(struct loop *loop, int64_t now)
{
    SDL_Event event;
    if (window_wait(loop->window, 0, &event)) {
        handle(loop, &event);
    } else {
        window_ask(loop->window);
        session_pulse(loop->session, now);
        keep_power(loop);
    }
}

/* Takes events as they come until a step is due, and then what has come meanwhile: but not for long. Input
 * that comes faster than it is taken, as from a keyboard that is leant on, must not keep the picture, and
 * with it the sign of life, from coming. */
static void wait_for_step(struct loop *loop)
{
    SDL_Event event;
    int64_t latest_ns = INT64_MAX;
    while (!session_over(loop->session)) {
        int64_t now = now_ms(), now_ns = window_clock_ns(), deadline;
        int64_t due = due_ns(loop, now, &deadline);
        bool rest = due > now_ns;
        latest_ns = !rest && latest_ns == INT64_MAX ? now_ns + INPUT_NS : latest_ns;
        if (rest && session_pulse_due(loop->session, now)) {
            beat(loop, now);
        } else if (rest) {
            sleep_once(loop, due, is_rest(loop, now, deadline));
        } else if (now_ns < latest_ns && window_wait(loop->window, 0, &event)) {
            handle(loop, &event);
        } else {
            return;
        }
    }
}

/* ---- drawing */

/* Frames begin on a grid of the display's time; after a rest, or when one was missed, the grid begins anew.
 */
static void keep_pace(struct loop *loop)
{
    int64_t now_ns = window_clock_ns();
    loop->frame_start_ns += loop->frame_ns;
    if (loop->presenter->paced || now_ns - loop->frame_start_ns > loop->frame_ns / 2) {
        loop->frame_start_ns = now_ns;
    }
}

/* The window may have got another size that no event has told yet. */
static bool fits(struct loop *loop)
{
    struct size size = presenter_size(loop->presenter);
    if (size.w <= 0 || (size.w == loop->size.w && size.h == loop->size.h)) {
        return true;
    }
    struct player_event event = {.kind = PLAYER_RESIZE, .window = size};
    loop->whole = true;
    tell(loop, &event);
    return false;
}

static int picture_draw(
    void *context, const struct paint_target *target, bool whole, struct rect damage[PAINT_DAMAGE_MAX])
{
    return session_draw(context, target, whole, damage);
}

static void picture_draw_apart(
    void *context, const struct paint_apart *target, bool whole, struct player_frame *frame)
{
    session_draw_apart(context, target, whole, frame);
}

/* The card, or its driver, has given up: the processor draws from now on, and nobody has to come and see why
 * the screen is dark. False when there is nothing else, or that cannot be had either. */
static bool replace_presenter(struct loop *loop, const struct error *why, struct error *err)
{
    if (!loop->presenter->fragile) {
        if (err != NULL) {
            *err = *why;
        }
        return false;
    }
    log_write(loop->log, LOG_WARNING, "%s: from now on the compositor draws", why->message);
    presenter_destroy(loop->presenter);
    loop->presenter = presenter_of_surface(loop->window, err);
    loop->whole = true;
    return loop->presenter != NULL;
}

static bool draw(struct loop *loop, bool changed, struct error *err)
{
    struct error why = {.category = ERROR_NONE};
    struct picture picture = {
        loop->session, picture_draw, picture_draw_apart, player_scan(session_player(loop->session))};
    struct occasion occasion = {changed, loop->whole, loop->exposed};
    bool drawn = false;
    if (!fits(loop)) {
        return true;
    }
    loop->whole = loop->exposed = false;
    if (!presenter_show(loop->presenter, &picture, occasion, &drawn, &why)) {
        return replace_presenter(loop, &why, err);
    }
    session_set_pending(loop->session, loop->presenter->pending);
    if (drawn) {
        session_presented(loop->session, now_ms());
        session_pulse(loop->session, now_ms());
    }
    return true;
}

static bool turn(struct loop *loop, struct error *err)
{
    int64_t paced_ns = loop->frame_start_ns;
    bool arrival = loop->woken;
    keep_pace(loop);
    loop->woken = false;
    bool changed = session_step(loop->session, now_ms());
    bool drawn = changed || is_due(loop);
    if (drawn && !draw(loop, changed, err)) {
        return false;
    }
    session_settle(loop->session, now_ms());
    /* What draws nothing takes no frame's place: the last tile of a view, or the finger that moves next, need
     * not wait for another. */
    if (!drawn && (arrival || session_deadline(loop->session, now_ms()) > now_ms())) {
        loop->frame_start_ns = paced_ns;
    }
    return true;
}

bool loop_run(struct loop *loop, struct error *err)
{
    loop->frame_ns = 1000000000 / window_refresh(loop->window);
    loop->locked = loop->window->locked;
    loop->woken = loop->whole = true;
    loop->input.quarter_turns = loop->window->quarter_turns;
    bool good = true;
    while (good && !session_over(loop->session)) {
        wait_for_step(loop);
        good = session_over(loop->session) || turn(loop, err);
        if (good && !loop->risen && !loop->whole) {
            loop->risen = true;
            loop->whole = window_rise(loop->window);
        }
    }
    return good;
}

/* ---- what a script asks */

void loop_send(void *context, const struct player_event *event)
{
    struct loop *loop = context;
    SDL_Event out;
    if (event->kind == PLAYER_RESIZE) {
        window_resize(loop->window, event->window);
    } else if (input_to_event(event, loop->size, loop->window->quarter_turns, &out)) {
        SDL_PushEvent(&out);
    }
}

bool loop_screenshot(void *context, const char *path, struct error *err)
{
    const struct loop *loop = context;
    return presenter_screenshot(loop->presenter, path, err);
}
