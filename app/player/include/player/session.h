/* One sitting of the player on a host (a window, or its headless twin): the script that is played, what is
 * recorded and reported, the files that are watched. The host turns this loop:
 *
 *     wait until session_deadline() or an event ──▶ session_event() ...
 *     session_step()  true: session_draw(), put the damage on the screen, session_presented()
 *     session_settle() ──▶ again, until session_over()
 *
 * A script's events go out through host.send and must come back through session_event(), as those of a
 * visitor do. */
#ifndef PLAYER_SESSION_H
#define PLAYER_SESSION_H

#include "player/player.h"

struct session;

struct session_host {
    void *context;
    /* An event of the script: fingers, keys, wheel, resize; positions in window pixels. */
    void (*send)(void *context, const struct player_event *event);
    /* Writes what is on the screen now. */
    bool (*screenshot)(void *context, const char *path, struct error *err);
};

/* Who looks after a sitting that nobody looks at. Asked when a frame is on the screen, or when nothing is due
 * and all input was taken, and never otherwise; from the session's own thread. Returns when it wants to be
 * asked again at the latest, which may wake the host; INT64_MAX: whenever it is convenient. */
struct session_keeper {
    void *context;
    int64_t (*pulse)(void *context, struct session *session, int64_t now_ms);
};

struct session_options {
    const struct player_options *player; /* its wake is called for everything that arrives */
    struct session_host host;
    const struct session_keeper *keeper;  /* lent; NULL: nobody */
    const char *script, *report, *record; /* files, or NULL */
    bool watch;
    bool silent;    /* headless: the site has no sound */
    bool patient;   /* the clock is virtual: every picture is complete before time goes on */
    int refresh_hz; /* 0: not known, 60 */
};

/* Opens the script and the exhibit. Errors as player_create()'s; ERROR_INPUT with file, line and column for a
 * mistake in the script. */
struct session *session_create(const struct session_options *options, int64_t now_ms, struct error *err);
void session_destroy(struct session *session);
struct player *session_player(struct session *session);
/* Of the display, as soon as it is known. */
void session_set_refresh(struct session *session, int refresh_hz);

/* Something happened to the window. */
void session_event(struct session *session, const struct player_event *event, int64_t now_ms);
/* Plays what is due of the script and brings the player up to `now_ms`. True: draw. */
bool session_step(struct session *session, int64_t now_ms);
/* As player_draw(). */
int session_draw(struct session *session, const struct paint_target *target, bool whole,
    struct rect damage[PAINT_DAMAGE_MAX]);
/* As player_draw_apart(). */
void session_draw_apart(
    struct session *session, const struct paint_apart *target, bool whole, struct player_frame *frame);
/* The host has yet to show part of what is there: until it has, nothing is ready. */
void session_set_pending(struct session *session, bool pending);
/* The damage is on the screen. */
void session_presented(struct session *session, int64_t now_ms);
/* After drawing, or instead of it: screenshots, waiting, readiness. */
void session_settle(struct session *session, int64_t now_ms);
/* When the next session_step() is due; INT64_MAX: only on an event or a wake. */
int64_t session_deadline(const struct session *session, int64_t now_ms);
bool session_moving(const struct session *session, int64_t now_ms);
/* The host slept at rest for so long and was woken so often (context switches). */
void session_rested(struct session *session, int64_t slept_us, long wakeups);

/* Is the keeper to be asked now, if nothing is due and no input waits? */
bool session_pulse_due(const struct session *session, int64_t now_ms);
/* Asks the keeper, if there is one and the first frame has been shown: a frame is on the screen, or nothing
 * is due and no input waits. */
void session_pulse(struct session *session, int64_t now_ms);
/* How the sitting goes. */
struct session_health {
    unsigned long frames, late_frames;
    long decoder_restarts, tiles_failed;
    int64_t visitor_ms; /* when somebody touched it last; 0: nobody yet */
};
struct session_health session_health(const struct session *session);

/* To end: the visitor left, the script quit or failed, or (patient) has nothing left to play. */
void session_quit(struct session *session);
bool session_over(const struct session *session);
/* Writes the report and ends the record. The player is gone afterwards. False with what the script did not
 * find, or what could not be written. */
bool session_finish(struct session *session, const char *driver, struct size size, struct error *err);

/* A monotonic clock in microseconds. */
int64_t session_clock_us(void);

/* The headless twin: a virtual clock, pixels in memory, no display. Plays the script, or without one a visit
 * up to its first complete picture. */
bool headless_play(const struct session_options *options, struct error *err);

#endif
