/* A folder of a test's own. */
#ifndef TESTS_KEEPER_PLACE_H
#define TESTS_KEEPER_PLACE_H

#include <stdio.h>
#include <stdlib.h>

static char folder[] = "/tmp/vitrine-keeper-XXXXXX";

/* A path in it; four of them are there at a time. */
static inline const char *at(const char *name)
{
    static char paths[4][200];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[0], "%s/%s", folder, name);
    return paths[next];
}

static inline bool place_open(void)
{
    return mkdtemp(folder) != NULL;
}

/* Removes it; the result is the program's. */
static inline int place_close(int result)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) == 0 ? result : 1;
}

#endif
