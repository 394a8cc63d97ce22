#include "player/session.h"

#include "keypad.h"
#include "player/record.h"
#include "report.h"
#include "runner.h"
#include "watch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DRAG_US 100000

struct session {
    struct player *player;
    struct runner runner;
    struct report report;
    struct record record;
    struct watch *watch;
    bool linked;        /* the exhibit stands behind a link */
    struct watch *link; /* where that lies */
    bool attended;      /* somebody was there at the last step */
    bool checked;       /* --watch: the exhibit was looked through once, after the first frame */
    const char *report_path, *record_path;
    struct keypad keypad;
    struct site_keypad rules;
    bool patient, quit;
    bool pending; /* the host has not shown all yet */
    int refresh_hz;
    bool shown; /* the first frame was */
    int64_t shown_ms;
    int64_t taken_us;     /* when the first input for the next frame was taken; 0: none yet */
    int64_t presented_us; /* the last frame; 0: nothing was moving then */
    int64_t dragged_us;   /* when a finger moved last */
    bool jumping;
    int64_t jump_us;
    struct session_keeper keeper; /* pulse NULL: nobody */
    int64_t pulse_ms;             /* when it wants to be asked at the latest */
    int64_t visitor_ms;           /* when somebody touched it last; 0: nobody yet */
};

int64_t session_clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The time by which frames are measured: the virtual one where there is one. */
static int64_t frame_clock_us(const struct session *session, int64_t now_ms)
{
    return session->patient ? now_ms * 1000 + 1 : session_clock_us();
}

static bool open_files(struct session *session, const struct session_options *options, struct error *err)
{
    struct runner *runner = &session->runner;
    if (options->script != NULL && !script_open(&runner->script, options->script, err)) {
        return false;
    }
    return options->record == NULL ||
           record_open(&session->record, options->record, options->player->window, err);
}

static bool is_link(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

struct session *session_create(const struct session_options *options, int64_t now_ms, struct error *err)
{
    struct session *session = calloc(1, sizeof *session);
    if (session == NULL) {
        error_memory(err);
        return NULL;
    }
    report_start(&session->report);
    session->report.schedstat_fd = options->report != NULL ? 0 : -1;
    session->report_path = options->report;
    session->record_path = options->record;
    session->patient = options->patient;
    if (options->keeper != NULL) {
        session->keeper = *options->keeper;
    }
    if (options->player->site != NULL) {
        session->rules = options->player->site->keypad;
    }
    session_set_refresh(session, options->refresh_hz);
    session->runner.host = options->host;
    session->runner.window = options->player->window;
    bool ok = open_files(session, options, err);
    session->player = ok ? player_create(options->player, now_ms, err) : NULL;
    session->runner.player = session->player;
    if (session->player != NULL && options->watch) {
        session->watch =
            watch_start(options->player->exhibit, options->player->wake, options->player->wake_context, err);
        ok = session->watch != NULL;
    }
    session->linked = !options->watch && is_link(options->player->exhibit);
    if (session->player != NULL && session->linked) {
        /* Without it the other exhibit comes after the next visit all the same. */
        session->link = watch_start_link(
            options->player->exhibit, options->player->wake, options->player->wake_context, NULL);
    }
    if (session->player == NULL || !ok) {
        session_destroy(session);
        return NULL;
    }
    return session;
}

void session_destroy(struct session *session)
{
    if (session == NULL) {
        return;
    }
    watch_stop(session->watch);
    watch_stop(session->link);
    player_destroy(session->player);
    record_close(&session->record, 0);
    report_finish(&session->report);
    script_finish(&session->runner.script);
    free(session);
}

struct player *session_player(struct session *session)
{
    return session->player;
}

void session_set_refresh(struct session *session, int refresh_hz)
{
    session->refresh_hz = refresh_hz > 0 ? refresh_hz : 60;
}

/* What a finger drags moves as long as its reports follow one another. */
static bool drags(const struct session *session)
{
    return !session->patient && session->dragged_us != 0 &&
           session_clock_us() - session->dragged_us < DRAG_US;
}

void session_event(struct session *session, const struct player_event *event, int64_t now_ms)
{
    session->taken_us = session->taken_us != 0 ? session->taken_us : session_clock_us();
    if (event->kind == PLAYER_FINGER_MOVE) {
        session->presented_us = drags(session) ? session->presented_us : 0; /* it rested: nothing was late */
        session->dragged_us = session_clock_us();
    }
    if (event->kind == PLAYER_KEY &&
        !keypad_counts(&session->keypad, &session->rules, event->key, event->repeated, now_ms)) {
        return;
    }
    if (event->kind == PLAYER_RESIZE) {
        session->runner.window = event->window;
    } else if (event->kind != PLAYER_FINGERS_LOST && event->kind != PLAYER_RELOAD) {
        session->visitor_ms = now_ms;
    }
    record_event(&session->record, event, session->shown ? now_ms - session->shown_ms : 0);
    if (player_event(session->player, event, now_ms)) {
        session->quit = true;
    }
}

/* A reload is an event like any other. Once after the first frame too: who watches wants to know what is
 * wrong from the beginning. */
static void look_at_files(struct session *session, int64_t now_ms)
{
    bool first = session->shown && !session->checked;
    if (session->watch != NULL && (first || watch_changed(session->watch))) {
        struct player_event event = {.kind = PLAYER_RELOAD};
        session->checked = session->checked || first;
        player_event(session->player, &event, now_ms);
    }
}

/* What a link leads to is looked at when it may have been turned, and when a visit is over; while somebody is
 * there the exhibit stays. */
static bool look_at_link(struct session *session, int64_t now_ms)
{
    bool attended = !player_by_itself(session->player);
    bool turned = session->link != NULL && !attended && watch_changed(session->link);
    bool look = session->linked && !attended && (turned || session->attended);
    session->attended = attended;
    return look && player_renew(session->player, now_ms);
}

bool session_step(struct session *session, int64_t now_ms)
{
    int64_t start_us = session_clock_us();
    look_at_files(session, now_ms);
    runner_step(&session->runner, now_ms);
    if (session->runner.jumped && !session->jumping) {
        session->jumping = true;
        session->jump_us = start_us;
    }
    session->taken_us = session->taken_us != 0 ? session->taken_us : start_us;
    bool draw = player_update(session->player, now_ms);
    if (look_at_link(session, now_ms)) {
        draw = player_update(session->player, now_ms);
    }
    if (session->patient && draw) {
        player_wait_ready(session->player, RUNNER_WAIT_MS);
    }
    if (!draw) {
        session->taken_us = 0;
    }
    return draw;
}

int session_draw(struct session *session, const struct paint_target *target, bool whole,
    struct rect damage[PAINT_DAMAGE_MAX])
{
    int count = player_draw(session->player, target, whole, damage);
    if (count == 0) {
        session->taken_us = 0;
    }
    return count;
}

void session_draw_apart(
    struct session *session, const struct paint_apart *target, bool whole, struct player_frame *frame)
{
    player_draw_apart(session->player, target, whole, frame);
}

void session_set_pending(struct session *session, bool pending)
{
    session->pending = pending;
}

void session_presented(struct session *session, int64_t now_ms)
{
    struct report *report = &session->report;
    int64_t us = frame_clock_us(session, now_ms);
    bool moving = player_moving(session->player, now_ms) || drags(session);
    double interval_ms = session->presented_us != 0 ? (double)(us - session->presented_us) / 1000.0 : -1;
    if (session->taken_us != 0) {
        samples_add(&report->frames, (double)(session_clock_us() - session->taken_us) / 1000.0);
    }
    report_presented(report, interval_ms, session->refresh_hz);
    session->taken_us = 0;
    session->presented_us = moving ? us : 0;
}

void session_settle(struct session *session, int64_t now_ms)
{
    struct report *report = &session->report;
    bool ready = player_ready(session->player) && !session->pending;
    if (!session->shown && player_coarse(session->player)) {
        session->shown = true;
        session->shown_ms = now_ms;
        report->first_frame_ms = report_age_ms(report);
        runner_start(&session->runner, now_ms);
    }
    if (session->shown && ready && report->place_ready_ms < 0) {
        report->place_ready_ms = report_age_ms(report);
    }
    if (session->jumping && ready) {
        samples_add(&report->jumps, (double)(session_clock_us() - session->jump_us) / 1000.0);
        session->jumping = false;
    }
    if (!player_moving(session->player, now_ms) && !drags(session)) {
        session->presented_us = 0;
    }
    runner_settle(&session->runner, ready, now_ms);
}

int64_t session_deadline(const struct session *session, int64_t now_ms)
{
    int64_t player = player_deadline(session->player, now_ms),
            script = runner_deadline(&session->runner, now_ms);
    int64_t next = player < script ? player : script;
    bool kept = session->keeper.pulse != NULL && session->shown;
    return kept && session->pulse_ms < next ? session->pulse_ms : next;
}

bool session_pulse_due(const struct session *session, int64_t now_ms)
{
    return session->keeper.pulse != NULL && session->shown && now_ms >= session->pulse_ms;
}

void session_pulse(struct session *session, int64_t now_ms)
{
    if (session->keeper.pulse != NULL && session->shown) {
        int64_t next = session->keeper.pulse(session->keeper.context, session, now_ms);
        session->pulse_ms = next > now_ms ? next : now_ms + 1;
    }
}

struct session_health session_health(const struct session *session)
{
    struct scan_statistics tiles = scan_statistics(player_scan(session->player));
    return (struct session_health){
        .frames = (unsigned long)session->report.frame_count,
        .late_frames = (unsigned long)session->report.late_frames,
        .decoder_restarts = tiles.restarts,
        .tiles_failed = tiles.failed,
        .visitor_ms = session->visitor_ms,
    };
}

bool session_moving(const struct session *session, int64_t now_ms)
{
    return player_moving(session->player, now_ms);
}

void session_rested(struct session *session, int64_t slept_us, long wakeups)
{
    session->report.rest_s += (double)slept_us / 1e6;
    session->report.rest_wakeups += wakeups;
}

void session_quit(struct session *session)
{
    session->quit = true;
}

bool session_over(const struct session *session)
{
    const struct runner *runner = &session->runner;
    bool failed = runner->err.category != ERROR_NONE;
    /* A window stays open when its script has ended without a quit; nobody sits before its twin. */
    return session->quit || runner->quit || failed ||
           (session->patient && session->shown && runner_done(runner));
}

bool session_finish(struct session *session, const char *driver, struct size size, struct error *err)
{
    struct report_end end = {
        .driver = driver, .size = size, .tiles = scan_statistics(player_scan(session->player))};
    int64_t ms = session->record.last_ms;
    end.peak_rss_kb = report_peak_rss_kb(player_scan(session->player));
    player_destroy(session->player); /* its decoders end, so that their time counts */
    session->player = NULL;
    end.cpu_s = report_cpu_s(&session->report);
    bool recorded = record_close(&session->record, ms);
    bool ok = session->runner.err.category == ERROR_NONE;
    if (!ok && err != NULL) {
        *err = session->runner.err;
    }
    if (session->report_path != NULL) {
        ok = report_write(&session->report, &end, session->report_path, ok ? err : NULL) && ok;
    }
    if (!recorded && ok) {
        ok = error_set_at(
            err, ERROR_MACHINE, session->record_path, 0, 0, "the record could not be written to its end");
    }
    return ok;
}
