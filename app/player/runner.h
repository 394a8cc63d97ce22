/* Plays a script: sends its events when they are due. Drags and pinches run beside the steps that follow
 * them. */
#ifndef PLAYER_RUNNER_H
#define PLAYER_RUNNER_H

#include "player/session.h"
#include "script.h"

#define MOTIONS 4            /* drags and pinches at the same time */
#define RUNNER_WAIT_MS 60000 /* "wait ready" waits no longer */

struct motion { /* one or two fingers on a straight way */
    bool running;
    int fingers;
    int64_t start_ms, duration_ms, moved_ms;
    struct pointf from[2], to[2]; /* window pixels */
    bool widening;                /* a pinch: the distance grows evenly in its logarithm */
    int repeats;                  /* how often it starts again: a large factor takes several pinches */
};

struct raw_finger { /* a finger that the script moves itself */
    int64_t finger;
    struct pointf at_win;
};
#define RAW_FINGERS 16

struct runner {
    struct script script; /* empty: nothing is played */
    struct session_host host;
    struct player *player;
    struct size window;
    size_t next;
    bool started;
    int64_t start_ms; /* when the script's time was 0, moved on by what was waited */
    struct motion motions[MOTIONS];
    struct raw_finger raw[RAW_FINGERS]; /* where they were last, for a lift without a place */
    bool waiting;
    int64_t waiting_since_ms;
    const char *screenshot; /* to be taken of what is drawn next */
    bool jumped;            /* a look of no duration was taken in this step */
    bool quit;
    struct error err; /* what the script did not find; category ERROR_NONE: nothing */
};

/* The script's time begins. */
void runner_start(struct runner *runner, int64_t now_ms);
/* Plays what is due, up to something that the host must handle first. */
void runner_step(struct runner *runner, int64_t now_ms);
/* When the next step is due; INT64_MAX when none is. */
int64_t runner_deadline(const struct runner *runner, int64_t now_ms);
/* Everything has been played. */
bool runner_done(const struct runner *runner);
/* The picture is drawn: readiness and screenshots. */
void runner_settle(struct runner *runner, bool ready, int64_t now_ms);

#endif
