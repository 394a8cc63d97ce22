/* Writes what a visitor does as a visit script that can be played again. */
#ifndef PLAYER_RECORD_H
#define PLAYER_RECORD_H

#include "player/player.h"

#include <stdio.h>

#define RECORD_FINGERS 16

struct record {
    FILE *file; /* NULL: nothing is recorded */
    struct size window;
    int64_t last_ms;
    struct { /* devices number fingers as they like; in the script they are 1, 2, ... */
        bool down;
        int64_t finger;
    } fingers[RECORD_FINGERS];
};

bool record_open(struct record *record, const char *path, struct size window, struct error *err);
/* `ms` counts from the first frame; what comes before it is at 0. */
void record_event(struct record *record, const struct player_event *event, int64_t ms);
/* Ends the script with a quit. False when something could not be written. */
bool record_close(struct record *record, int64_t ms);

#endif
