/* A visit of some minutes, played without a window while something fails: what both tests of this folder
 * play. In a child, so that a crash or a loop ends it alone, and nothing that a library keeps for the life of
 * a process is carried from one fault to the next. */
#ifndef FAILURES_SITTING_H
#define FAILURES_SITTING_H

#include "player/player.h"

struct sitting {
    const char *exhibit; /* a folder */
    const struct player_paths *paths;
    bool decoders;                /* tiles come from processes; else they are white */
    void (*begin)(void *context); /* in the child: from here on it may fail, */
    long (*end)(void *context);   /* and from here on nothing does any more; how often it could have */
    long (*live)(void);           /* pieces of memory that are held; NULL: not known */
    void *context;
};

/* What came of it. */
struct outcome {
    bool finished; /* by itself: no crash, no loop */
    int status;    /* of the child, as waitpid() has it */
    bool opened;   /* there was a player; else there was a message: */
    struct error err;
    char mistake[300]; /* on the screen, at last before nothing failed any more */
    bool blank;        /* a frame was drawn that has one colour only */
    uint64_t frames;   /* digest of all that was drawn while it failed */
    uint64_t reloaded; /* digest of a screen after that, when the exhibit was read anew; 0: no player */
    uint64_t anew;     /* digest of a whole visit in the same process by another player */
    size_t spare;      /* bytes of ICU's spare memory that were used */
    bool refused;      /* or there was none, with a message: the process must be started anew */
    long operations;   /* that could have failed */
    long live, files;  /* pieces of memory and descriptors that the process has at the end and not before */
};

/* Runs `act` in a child; *status as waitpid() has it. False when there is no child. */
typedef bool sitting_child(void *context, int (*act)(void *), void *what, int *status);

/* Plays in a child, and once more when nothing fails. `child` NULL: an ordinary one. */
bool sitting_play(
    const struct sitting *sitting, sitting_child *child, void *context, struct outcome *outcome);

#endif
