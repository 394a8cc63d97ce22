/* The staff's code, and how often somebody may try it: three times, and then after 30 seconds, a minute, two
 * ... up to an hour. What was tried is kept in a file, before it is tried, so that neither pulling the plug
 * nor a crash gives more tries. */
#ifndef KEEPER_DOOR_H
#define KEEPER_DOOR_H

#include <stdbool.h>
#include <stdint.h>

struct door {
    char path[600]; /* of the file; empty: nothing is kept */
    int tries;      /* in vain, one after the other */
    int64_t last_s; /* of the wall's clock */
};

/* Reads what was kept. */
void door_init(struct door *door, const char *path);
/* Seconds until the next try. Where the clock was put back it waits once more, from now on: a clock that was
 * ahead by years must not shut the staff out for so long. */
long door_wait(struct door *door, int64_t now_s);
/* Is it the code? Counts as a try first. `hash` is of crypto_pwhash_str(). */
bool door_try(struct door *door, const char *hash, const char *code, int64_t now_s);

#endif
